"""A cohort of one phantom for the module's self-test, made with the packages that Slicer brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import slicer

from ...case.case import Case
from ...case.result import CaseResult, HipResult
from ...imaging.files import write_image
from ..segmentations import labels_from_segmentation, segment_of
from ..selftest import necrotic_phantom
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

CASE = "phantom"


def cohort_of_a_phantom(folder: str) -> None:
    """A folder as a run of a cohort leaves it, with one case; the scene is empty afterwards."""
    volume, segmentation, _arc = necrotic_phantom()
    image, labels = image_from_volume(volume), labels_from_segmentation(segmentation, volume)
    place = Path(folder) / "cases" / CASE
    write_image(image, place / "image.nii.gz")
    path = write_image(labels, place / "segmentation.nii.gz")
    case = Case(image, CASE, labels)
    result = CaseResult(
        CASE,
        case.input,
        segmentation=str(path),
        hips=tuple(HipResult(head.side, head=head) for head in case.heads),
        hip_outlines=case.hip_outlines,
    )
    result.save(place)
    facts = {"case": CASE, "patient": CASE, "image": "image.nii.gz", "segmentation": "segmentation.nii.gz"}
    (place / "case.json").write_text(json.dumps(facts), encoding="utf-8")
    slicer.mrmlScene.Clear(0)


def erase_top(segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode) -> None:
    """Take the uppermost slices with something in them away from the head and its necrosis."""
    for value in (1, 3):
        identifier = segment_of(segmentation, value)
        mask = slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, identifier, volume)
        filled = np.flatnonzero(mask.any(axis=(1, 2)))
        mask[filled[-3] :] = 0
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask, segmentation, identifier, volume)
