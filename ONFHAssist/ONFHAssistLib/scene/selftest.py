"""A phantom for the modules' self-tests, made with the packages that Slicer brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS
from .segmentations import segmentation_from_labels
from .volumes import image_from_volume, volume_from_image

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def ball_phantom() -> tuple[vtkMRMLScalarVolumeNode, tuple[float, float, float], float]:
    """A bright ball (marrow) in grey (muscle), 70 mm to the patient's right; oblique grid.

    Returns:
        The volume, the ball's centre in RAS mm, and its radius in mm.
    """
    radius, centre_lps = 22.0, np.array([-70.0, 5.0, 30.0])
    angle = np.deg2rad(12.0)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])
    spacing = np.array([1.2, 1.2, 2.0])
    size = np.array([60, 56, 36])
    origin = centre_lps - turn @ (spacing * (size - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(origin), tuple(turn.ravel()))
    distance = np.linalg.norm(grid.points() - centre_lps, axis=-1)
    values = np.where(distance <= radius, 800.0, 300.0)
    values[np.abs(distance - radius - 1.5) < 1.5] = 30.0  # cortex
    volume = volume_from_image(grid.like(values.astype(np.float32)), "Self-test phantom")
    x, y, z = (float(c) for c in centre_lps * [-1, -1, 1])
    return volume, (x, y, z), radius


def necrotic_phantom(
    volume: vtkMRMLScalarVolumeNode | None = None,
) -> tuple[vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, float]:
    """The ball with a cone of necrosis, tilted 40 degrees to the front, outlined by one more reader at each call.

    Returns:
        The volume (the one given, otherwise a new :func:`ball_phantom`), the segmentation, and arc A in degrees by
        spherical geometry: twice acos(cos(opening) / cos(tilt)).
    """
    if volume is None:
        volume = ball_phantom()[0]
    image = image_from_volume(volume)
    offset = image.points() - np.array([-70.0, 5.0, 30.0])
    distance = np.linalg.norm(offset, axis=-1)
    tilt, opening = np.radians(40.0), np.radians(60.0)
    axis = np.array([0.0, -np.sin(tilt), np.cos(tilt)])
    angle = np.arccos(np.clip(offset @ axis / np.maximum(distance, 1e-6), -1, 1))
    labels = np.where(distance <= 22.0, HEAD["R"], 0)
    labels[(distance <= 22.0) & (angle < opening) & (distance > 8.0)] = NECROSIS["R"]
    node = segmentation_from_labels(image.like(labels.astype(np.uint8)), volume, "self-test", {})
    return volume, node, float(2.0 * np.degrees(np.arccos(np.cos(opening) / np.cos(tilt))))
