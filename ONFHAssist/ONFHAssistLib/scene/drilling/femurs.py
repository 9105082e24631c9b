"""Outlines of the femur that the user drew as segments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import slicer

from ...core.errors import InputError
from ...drilling.given import femurs_of, is_femur
from ...imaging.image import Image
from ...imaging.labels import side_of_name
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode


def femur_segments(
    segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode, outlines: Image
) -> dict[str, Image]:
    """Side to its femur among the segments named "Femur R", "Femur L" or "Femur", on the voxels of the volume.

    A segment without a side is the femur of the head that it covers, or both.

    Args:
        outlines: of the femoral heads.

    Raises:
        InputError: two segments of one femur, or one connected piece about both heads.
    """
    content, found = segmentation.GetSegmentation(), {}
    for number in range(content.GetNumberOfSegments()):
        name = content.GetNthSegment(number).GetName()
        if not is_femur(name):
            continue
        array = slicer.util.arrayFromSegmentBinaryLabelmap(
            segmentation, content.GetNthSegmentID(number), volume
        )
        if array is None or not array.any():
            continue
        mask = image_from_volume(volume).like(np.asarray(array > 0, np.uint8))
        side = side_of_name(name)
        for one, femur in ({side: mask} if side else femurs_of(mask, outlines, f"'{name}'")).items():
            if one in found:
                raise InputError(f"The segmentation has two femurs {one}; keep one of them.")
            found[one] = femur
    return found
