"""The automatic outlines in the scene: segmentation, boxes, warnings; hand-made work is never written over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from slicer.i18n import tr as _

from ...case.result import SEGMENT
from ...core.errors import InputError
from ...imaging.files import read_mask
from ...imaging.head import FemoralHead
from ...imaging.masks.fine import belonging, outlines_hash
from ..case import box_of_head, move_to_case_folder
from ..outdated import BOTH, digest_of
from ..segmentations import READER, segmentation_in_steps
from ..transaction import Steps, run_all_steps
from ..volumes import image_from_volume
from .readers import CONFIRMED_BY

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ...case.result import CaseResult

AUTOMATIC = "automatic"
_AS_FOUND = "ONFHAssist.labelsAsFound"  # hash of the outlines, to know whether somebody corrected them


def found_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    result: CaseResult,
) -> tuple[vtkMRMLSegmentationNode, list[FemoralHead], list[str]]:
    """:func:`found_in_steps`, all at once."""
    return run_all_steps(found_in_steps(volume, segmentation, result))


def found_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode | None,
    result: CaseResult,
) -> Steps[tuple[vtkMRMLSegmentationNode, list[FemoralHead], list[str]]]:
    """Put the outlines that were found into the scene.

    Args:
        segmentation: refilled where it holds the untouched outlines of an earlier run; otherwise it stays as it is and
            the outlines become a segmentation of their own, so that both can be compared.
        result: of a run that outlined; its segmentation is a file that exists.

    Returns:
        The segmentation, the heads, right before left, and the warnings.

    Raises:
        InputError: the volume was moved or replaced meanwhile; nothing was changed.
    """
    step = result.steps[SEGMENT]
    if result.segmentation is None:
        raise InputError("The result names no outlines; run the step again.")
    labels, grid = read_mask(result.segmentation), image_from_volume(volume)
    if not grid.same_grid(labels, tolerance=1e-2):
        raise InputError(
            _("The volume '{name}' was moved or replaced meanwhile; find the heads again.").format(
                name=volume.GetName()
            )
        )
    labels = grid.like(labels.array.astype(np.uint8))
    if result.segmentation_fine is not None:
        labels = belonging(read_mask(result.segmentation_fine), labels, grid) or labels
    heads = [hip.head for hip in result.hips if hip.head is not None]
    yield
    target = segmentation if segmentation is not None and is_uncorrected(segmentation, volume) else None
    record = {**step.provenance, "tool": "detector and outliner"}
    node = yield from segmentation_in_steps(labels, volume, AUTOMATIC, record, target)
    node.SetAttribute(_AS_FOUND, outlines_hash(labels, grid))
    yield
    boxes = [box_of_head(head, volume, record) for head in heads if head.box is not None]
    move_to_case_folder(volume, [node, *boxes])
    return node, heads, list(step.warnings)


def is_uncorrected(segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode) -> bool:
    """Whether the outlines are those of an automatic run, not corrected and not confirmed."""
    stamp = segmentation.GetAttribute(_AS_FOUND)
    if segmentation.GetScene() is None or not stamp or segmentation.GetAttribute(CONFIRMED_BY):
        return False
    if segmentation.GetAttribute(READER) != AUTOMATIC:
        return False
    try:
        return digest_of(segmentation, volume)[BOTH] == stamp
    except InputError:  # emptied by hand
        return False
