"""Outlines of the femur that a user brings, as a file with one or both femurs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..imaging.files import read_mask
from ..imaging.image import Image
from ..imaging.labels import SEGMENT_NAMES, SIDES, head_mask, side_of_name


def read_femurs(path: str | Path, labels: Image) -> dict[str, Image]:
    """Side to the mask of the femur on that side.

    Args:
        path: label image or segmentation. Where its segments have names, "Femur R" and the like say what they are; else
            a label is the femur of the side whose outlined head it covers.
        labels: the outlined heads.

    Raises:
        InputError: the file cannot be read, covers no head, or has two labels about one head.
    """
    mask = read_mask(path)
    names = _names(mask.metadata)
    found: dict[str, Image] = {}
    for value in (int(one) for one in np.unique(mask.array) if one > 0):
        name = names.get(value, "")
        if name and not is_femur(name):
            continue
        one = mask.like((np.asarray(mask.array) == value).astype(np.uint8))
        side = (side_of_name(name) if name else None) or _side_of(one, labels)
        if side is None:
            continue
        if side in found:
            raise InputError(f"{path} has two labels of the femur {side}; keep one of them.")
        found[side] = one
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


def _side_of(mask: Image, labels: Image) -> str | None:
    """The side whose head a mask covers by a tenth or more."""
    shares = {}
    for side in SIDES:
        points = labels.index_to_point(np.argwhere(head_mask(labels.array, side))[::7, ::-1])
        if not len(points):
            continue
        index = np.rint(mask.point_to_index(points)).astype(int)
        inside = np.all((index >= 0) & (index < mask.size), axis=1)
        index = index[inside]
        covered = int(np.count_nonzero(mask.array[index[:, 2], index[:, 1], index[:, 0]]))
        shares[side] = covered / len(points)
    best = max(shares, key=lambda side: shares[side], default=None)
    return best if best is not None and shares[best] >= 0.1 else None
