"""Outlines of the femur that a user brings, as a file with one or both femurs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.files import read_mask
from ..imaging.image import Image
from ..imaging.labels import SEGMENT_NAMES, SIDES, head_mask, side_of_name

LEAST_COVER = 0.1  # of an outlined head, for a mask to be its femur


def read_femurs(path: str | Path, labels: Image) -> dict[str, Image]:
    """Side to the mask of the femur on that side.

    Args:
        path: label image or segmentation. Where its segments have names, "Femur R" and the like say what they are; else
            a label is the femur of the side whose outlined head it covers; one of both femurs is split.
        labels: the outlined heads.

    Raises:
        InputError: the file cannot be read, covers no head, has two labels about one head, or one piece about both.
    """
    mask = read_mask(path)
    names = _names(mask.metadata)
    found: dict[str, Image] = {}
    for value in (int(one) for one in np.unique(mask.array) if one > 0):
        name = names.get(value, "")
        if name and not is_femur(name):
            continue
        one = mask.like((np.asarray(mask.array) == value).astype(np.uint8))
        named = side_of_name(name) if name else None
        for side, femur in ({named: one} if named else femurs_of(one, labels, str(path))).items():
            if side in found:
                raise InputError(f"{path} has two labels of the femur {side}; keep one of them.")
            found[side] = femur
    if not found:
        raise InputError(
            f"{path} holds no femur: a label that covers an outlined head, or a segment named 'Femur R' or 'Femur L', is "
            "expected."
        )
    return found


def is_femur(name: str) -> bool:
    """Whether a segment's name says that it is a femur as a whole.

    Example:
        >>> [is_femur(n) for n in ("Femur R", "left_femur", "Proximal femur L", "Femoral head R")]
        [True, True, True, False]
    """
    words = {word.lower() for word in re.findall(r"[^\W\d_]+", name)}
    return bool(words & {"femur", "femurs"}) and not words & {"head", "neck", "necrosis", "shaft"}


def _names(facts: Mapping[str, str]) -> dict[int, str]:
    return {int(value): str(name) for value, name in json.loads(facts.get(SEGMENT_NAMES, "{}")).items()}


def femurs_of(mask: Image, labels: Image, where: str) -> dict[str, Image]:
    """Side to the femur of a mask of one or both: the pieces that cover the outlined head of that side by a tenth.

    Args:
        where: the file or segment, for the error.

    Raises:
        InputError: one connected piece covers both heads.
    """
    pieces, count = ndimage.label(np.asarray(mask.array) != 0)
    shares = np.array([_covers(mask, pieces, count, labels, side) for side in SIDES])  # (side, piece)
    if np.all(shares >= LEAST_COVER, axis=0).any():
        raise InputError(
            f"{where} covers both femoral heads in one connected piece; give the right and the left femur as two "
            "labels, or part them."
        )
    found = {}
    for number, side in enumerate(SIDES):
        if shares[number].sum() >= LEAST_COVER:
            other = shares[1 - number].sum() >= LEAST_COVER
            mine = np.flatnonzero(shares[number] > shares[1 - number]) + 1
            found[side] = mask.like(np.isin(pieces, mine).astype(np.uint8)) if other else mask
    return found


def _covers(mask: Image, pieces: np.ndarray, count: int, labels: Image, side: str) -> np.ndarray:
    """The share of an outlined head that each piece of a mask covers, 0..1, shape (count,); 0 without a head."""
    points = labels.index_to_point(np.argwhere(head_mask(labels.array, side))[::7, ::-1])
    index = np.rint(mask.point_to_index(points)).astype(int)
    index = index[np.all((index >= 0) & (index < mask.size), axis=1)]
    at = pieces[index[:, 2], index[:, 1], index[:, 0]]
    return np.bincount(at, minlength=count + 1)[1:] / max(len(points), 1)
