"""Which results no longer follow from the outlines: each carries the hashes of the outlines that it was made from.

A hash, not a time: it survives saving and reloading, and an undone correction makes the results valid again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..core.errors import InputError
from ..imaging.labels import SIDES
from ..imaging.masks.fine import outline_hashes, outlines_hash
from .attributes import OUTLINES
from .images.outlines_of import outlines_on
from .segmentations import outlines_from_segmentation
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLNode, vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ..imaging.image import Image

BOTH = "both"


def outlines_digest(labels: Image, image: Image | None = None) -> dict[str, str]:
    """Hashes of the outlines of each hip, by side, and of all of them, as ``both``.

    Args:
        labels: as :func:`..segmentations.outlines_from_segmentation` gives them.
        image: to which they belong, which must be said where they may be on finer voxels than its own.
    """
    image = labels if image is None else image
    return {**outline_hashes(labels, image), BOTH: outlines_hash(labels, image)}


def digest_of(segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode) -> dict[str, str]:
    """:func:`outlines_digest` of a segmentation as it is now.

    Raises:
        InputError: nothing is outlined, or the volume has no voxels.
    """
    return outlines_digest(outlines_from_segmentation(segmentation, volume), image_from_volume(volume))


def mark_source_segmentation(nodes: Iterable[vtkMRMLNode | None], digest: Mapping[str, str] | None) -> None:
    """Say which outlines these results rest on, hip by hip; nothing where it is not known."""
    text = " ".join(f"{side}={digest[side]}" for side in SIDES if side in digest) if digest else ""
    for node in nodes:
        if node is not None and text:
            node.SetAttribute(OUTLINES, text)


def rests_on_other_outlines(node: vtkMRMLNode, side: str, digest: Mapping[str, str] | None) -> bool:
    """Whether what ``node`` says of a hip rests on other outlines of it than those of ``digest``.

    False where either is unknown. Results of version 0.1 know one hash, of the outlines of both hips.
    """
    rests_on = node.GetAttribute(OUTLINES)
    if not digest or not rests_on:
        return False
    if "=" not in rests_on:
        return rests_on != digest.get(BOTH)
    known = dict(part.split("=", 1) for part in rests_on.split())
    return side in known and known[side] != digest.get(side)


class OutlineWatch:
    """The hash of a segmentation's present outlines, made anew only when they were modified."""

    def __init__(self) -> None:
        self._seen: tuple | None = None
        self._digest: dict[str, str] | None = None

    def forget_case(self) -> None:
        """The patient's scene is closed; another segmentation may have the ID of his."""
        self._seen = self._digest = None

    def digest(
        self, segmentation: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode | None
    ) -> dict[str, str] | None:
        """Hashes of the outlines on the grid of ``volume`` (:func:`outlines_digest`); None without outlines."""
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
                self._digest = digest_of(segmentation, volume)
            except InputError:  # emptied, or a volume without voxels
                self._digest = None
        return self._digest

    def digest_on(self, volume: vtkMRMLScalarVolumeNode) -> dict[str, str] | None:
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
