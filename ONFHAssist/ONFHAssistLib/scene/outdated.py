"""Which results no longer follow from the outlines: each carries the hash of the outlines that it was made from.

A hash, not a time: it survives saving and reloading, and an undone correction makes the results valid again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.errors import InputError
from ..core.provenance import outline_sha256
from .attributes import OUTLINES
from .case import outlines_on
from .segmentations import labels_from_segmentation

if TYPE_CHECKING:
    from slicer import vtkMRMLNode, vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ..imaging.image import Image


def outlines_digest(labels: Image) -> str:
    """Hash of a label image's voxels."""
    return outline_sha256(labels)


def mark_source_segmentation(nodes: Iterable[vtkMRMLNode | None], digest: str | None) -> None:
    """Say which outlines these results rest on; nothing where it is not known."""
    for node in nodes:
        if node is not None and digest:
            node.SetAttribute(OUTLINES, digest)


def rests_on_other_outlines(node: vtkMRMLNode, digest: str | None) -> bool:
    """Whether ``node`` rests on other outlines than those of ``digest``; False where either is unknown."""
    rests_on = node.GetAttribute(OUTLINES)
    return bool(digest and rests_on and rests_on != digest)


class OutlineWatch:
    """The hash of a segmentation's present outlines, made anew only when they were modified."""

    def __init__(self) -> None:
        self._seen: tuple | None = None
        self._digest: str | None = None

    def forget_case(self) -> None:
        """The patient's scene is closed; another segmentation may have the ID of his."""
        self._seen = self._digest = None

    def digest(
        self, segmentation: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode | None
    ) -> str | None:
        """Hash of the outlines on the grid of ``volume``; None without outlines."""
        if segmentation is None or segmentation.GetScene() is None:
            return None
        if volume is None or volume.GetScene() is None:
            return None
        state = (segmentation.GetID(), volume.GetID(), _modified(segmentation))
        if state != self._seen:
            self._seen = (
                state  # first: reading the segments adds nodes for a moment, whose observers ask again
            )
            try:
                self._digest = outlines_digest(labels_from_segmentation(segmentation, volume))
            except InputError:  # emptied, or a volume without voxels
                self._digest = None
        return self._digest

    def digest_on(self, volume: vtkMRMLScalarVolumeNode) -> str | None:
        """:meth:`digest` of the outlines that were made on ``volume``, where there are such and no choice."""
        return self.digest(outlines_on(volume), volume)


def _modified(node: vtkMRMLSegmentationNode) -> tuple:
    """What changes whenever a segment's voxels, name or presence do."""
    segmentation = node.GetSegmentation()
    state = []
    for identifier in segmentation.GetSegmentIDs():
        segment = segmentation.GetSegment(identifier)
        voxels = segment.GetRepresentation("Binary labelmap")
        state.append((identifier, segment.GetName(), voxels.GetMTime() if voxels is not None else 0))
    return tuple(state)
