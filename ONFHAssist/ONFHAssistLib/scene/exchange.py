"""A case from the scene to the rooms: as images at once, or as files for the worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..imaging.image import Image
from ..worker.tasks import image_argument
from .segmentations import labels_from_segmentation
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def case_images(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode
) -> tuple[Image, Image]:
    """The volume and its labels on the same grid.

    Raises:
        InputError: a node is missing or empty, or no segment of ours is filled.
    """
    return image_from_volume(volume), labels_from_segmentation(segmentation, volume)


def case_arguments(
    volume: vtkMRMLScalarVolumeNode, segmentation: vtkMRMLSegmentationNode, folder: Path
) -> dict[str, Any]:
    """``image`` and ``labels`` of a worker's task, written into ``folder``."""
    image, labels = case_images(volume, segmentation)
    return {
        "image": image_argument(image, folder / "image.mha"),
        "labels": image_argument(labels, folder / "labels.mha"),
    }
