"""A radiograph of the pelvis in the scene."""

import numpy as np

from ONFHAssistLib.imaging.image import Image


def film(circle):
    """A radiograph node of the same patient, with a circle on the right head where wanted."""
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels
    from ONFHAssistLib.scene.volumes import volume_from_image

    image = Image(
        np.full((1, 60, 120), 50, np.int16),
        (2.0, 2.0, 1.0),
        (-119.0, 0.0, 60.0),
        (1, 0, 0, 0, 0, 1, 0, -1, 0),
    )
    node = volume_from_image(image.like(image.array, modality="DX"), "Pelvis AP")
    if circle:
        labels = np.zeros(image.array.shape, np.uint8)
        labels[0, 20:40, 15:35] = 1
        segmentation_from_labels(image.like(labels), node, "reader", {}).SetName("Circles")
    return node
