"""Outlines of the femur that the user drew as segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import slicer

from ...drilling.given import is_femur
from ...imaging.image import Image
from ...imaging.labels import side_of_name
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def femur_segments(
    segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode
) -> dict[str, Image]:
    """Side to the segment "Femur R" or "Femur L" of a segmentation, on the voxels of the volume; empty without one."""
    content, found = segmentation.GetSegmentation(), {}
    for number in range(content.GetNumberOfSegments()):
        name = content.GetNthSegment(number).GetName()
        side = side_of_name(name) if is_femur(name) else None
        if side is None or side in found:
            continue
        array = slicer.util.arrayFromSegmentBinaryLabelmap(
            segmentation, content.GetNthSegmentID(number), volume
        )
        if array is not None and array.any():
            found[side] = image_from_volume(volume).like(np.asarray(array > 0, np.uint8))
    return found
