"""One segmentation out of several readers': STAPLE or majority, structure by structure.

Warfield SK, Zou KH, Wells WM (2004) IEEE TMI 23:903-921 - STAPLE; the implementation is SimpleITK's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import SimpleITK as sitk  # noqa: N813
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES, head_mask, necrosis_mask
from ..segment.outline_sides import check_sides

METHODS = ("staple", "majority")
_MARGIN_MM = 5.0  # of background around a structure; STAPLE's prior is the structure's share of this box


@dataclass(frozen=True)
class Consensus:
    """What several readers agree on.

    Attributes:
        labels: uint8 label image with the values of :mod:`.labels` on the readers' grid.
        method: "staple" or "majority".
        readers: their names, in the order given.
        performance: structure to a list, reader by reader, of (sensitivity, specificity) against the consensus;
            estimated by STAPLE, or counted against the majority, within the structure's box.
    """

    labels: Image
    method: str
    readers: tuple[str, ...]
    performance: dict[str, list[tuple[float, float]]]


def consensus(
    segmentations: Sequence[Image], method: str = "staple", readers: Sequence[str] = ()
) -> Consensus:
    """Agree on head and necrosis of each side.

    A head is the largest piece of what the readers agree on, without holes; necrosis counts inside it only. By
    majority a voxel belongs to a structure where more than half of the readers say so, so that of two readers both
    must.

    Args:
        segmentations: two or more label images on one grid.
        method: "staple" or "majority".
        readers: names; otherwise "reader 1", "reader 2" and so on.

    Raises:
        InputError: fewer than two, another grid, an unknown method, a wrong number of names, sides that the place
            contradicts, no head agreed on.
    """
    if len(segmentations) < 2:
        raise InputError(f"A consensus needs two or more segmentations, it got {len(segmentations)}.")
    if method not in METHODS:
        raise InputError(f'The method is "{method}"; it must be one of {", ".join(METHODS)}.')
    names = tuple(readers) or tuple(f"reader {i + 1}" for i in range(len(segmentations)))
    if len(names) != len(segmentations):
        raise InputError(f"There are {len(names)} names for {len(segmentations)} segmentations.")
    grid = segmentations[0]
    for number, other in enumerate(segmentations[1:], 2):
        grid.require_same_grid(other, "the first segmentation", f"Segmentation {number}")
    _check_sides(segmentations, names)
    out = np.zeros(grid.array.shape, np.uint8)
    performance: dict[str, list[tuple[float, float]]] = {}
    for side in SIDES:
        votes = [head_mask(s.array, side) for s in segmentations]
        head, found = _agree(votes, grid.spacing, method)
        if not head.any():
            continue
        performance[f"Femoral head {side}"] = found
        out[_one_piece(head)] = HEAD[side]
        votes = [necrosis_mask(s.array, side) for s in segmentations]
        necrosis, found = _agree(votes, grid.spacing, method)
        if necrosis.any():
            performance[f"Necrosis {side}"] = found
        out[necrosis & (out == HEAD[side])] = NECROSIS[side]
    if not out.any():
        raise InputError("The readers agree on no femoral head; compare their segmentations first.")
    return Consensus(grid.like(out), method, names, performance)


def _check_sides(segmentations: Sequence[Image], names: Sequence[str]) -> None:
    for reader, one in zip(names, segmentations, strict=True):
        if one.array.any():  # a reader may have outlined nothing
            check_sides(one, None, f"the segmentation of {reader}")


def _agree(
    votes: list[np.ndarray], spacing: tuple[float, float, float], method: str
) -> tuple[np.ndarray, list[tuple[float, float]]]:
    """Mask of what the readers agree on and each one's sensitivity and specificity."""
    agreed = np.zeros(votes[0].shape, bool)
    union = np.logical_or.reduce(votes)
    if not union.any():
        return agreed, []
    margin = [int(np.ceil(_MARGIN_MM / s)) for s in spacing[::-1]]
    box = tuple(
        slice(max(s.start - m, 0), s.stop + m)
        for s, m in zip(ndimage.find_objects(union.astype(np.uint8))[0], margin, strict=True)
    )
    parts = [vote[box] for vote in votes]
    same = all(np.array_equal(parts[0], part) for part in parts[1:])
    if method == "majority" or same:  # STAPLE has nothing to estimate where all agree
        agreed[box] = np.sum(parts, axis=0) * 2 > len(parts)
        return agreed, [_performance(part, agreed[box]) for part in parts]
    staple = sitk.STAPLEImageFilter()
    staple.SetForegroundValue(1.0)
    probability = staple.Execute([sitk.GetImageFromArray(part.astype(np.uint8)) for part in parts])
    agreed[box] = sitk.GetArrayFromImage(probability) >= 0.5
    return agreed, list(zip(staple.GetSensitivity(), staple.GetSpecificity(), strict=True))


def _performance(vote: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    inside, outside = np.count_nonzero(truth), np.count_nonzero(~truth)
    hits, quiet = np.count_nonzero(vote & truth), np.count_nonzero(~vote & ~truth)
    return hits / inside if inside else float("nan"), quiet / outside if outside else float("nan")


def _one_piece(mask: np.ndarray) -> np.ndarray:
    pieces, count = ndimage.label(mask)
    if count > 1:
        mask = pieces == 1 + int(np.argmax(np.bincount(pieces.ravel())[1:]))
    return ndimage.binary_fill_holes(mask)
