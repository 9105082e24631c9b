"""The label values of a segmentation, the same in files, networks and the scene.

Necrosis is part of the femoral head: a voxel has one label, and the head of a side is the union of its two labels.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

import numpy as np

SIDES = ("R", "L")  # right before left, as a radiologist reads
HEAD = {"R": 1, "L": 2}
NECROSIS = {"R": 3, "L": 4}
NAMES = {
    1: "Femoral head R",
    2: "Femoral head L",
    3: "Necrosis R",
    4: "Necrosis L",
}
NOTES = "notes"  # fact of a label image: what its reader should know, one sentence a line
SEGMENT_NAMES = (
    "segment_names"  # fact: JSON of number to the name that the file gives, where that is none of ours
)
_SIDE_WORDS = {"r": "R", "right": "R", "rt": "R", "l": "L", "left": "L", "lt": "L"}
_NECROSIS_WORDS = {"necrosis", "necrotic", "osteonecrosis", "onfh", "avn", "avascularnecrosis"}
_BONE_WORDS = {"femoral", "femur", "femoris", "fem", "hip"}
_HEAD_WORDS = {"head", "caput"}
_JOINED_WORDS = {"femoralhead", "femhead", "femurhead"}
_OTHER_WORDS = {
    "neck", "cartilage", "acetabulum", "heat", "heatmap", "prosthesis", "oedema", "edema", "box", "sphere", "no", "non",
    "not", "without", "healthy", "shaft",
}  # fmt: skip
_CODES = {"24028007": "R", "7771000": "L", "2812003": "head", "6574001": "necrosis"}  # SNOMED CT


def head_mask(labels: np.ndarray, side: str) -> np.ndarray:
    """Boolean mask of the whole femoral head of ``side``, necrosis included."""
    return (labels == HEAD[side]) | (labels == NECROSIS[side])


def necrosis_mask(labels: np.ndarray, side: str) -> np.ndarray:
    """Boolean mask of the necrosis of ``side``."""
    return labels == NECROSIS[side]


def _words(name: str) -> list[str]:
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return [word.lower() for word in re.findall(r"[^\W\d_]+", apart)]


def label_of_name(name: str) -> int | None:
    """The label that the name of a segment says, None for a name that is none of ours.

    Names as this program gives them, and as people and planning systems write them.

    Example:
        >>> [label_of_name(n) for n in ("Femoral head L", "Femur_Head_R", "NecrosisL", "left femoral head (AVN)")]
        [2, 1, 4, 4]
        >>> [label_of_name(n) for n in ("Segment_1", "head", "Femoral head", "femur_left", "Acetabulum R")]
        [None, None, None, None, None]
    """
    side, found = side_of_name(name), set(_words(name))
    if side is None or found & _OTHER_WORDS:
        return None
    if found & _NECROSIS_WORDS:
        return NECROSIS[side]
    is_head = bool(found & _JOINED_WORDS) or bool(found & _HEAD_WORDS and found & _BONE_WORDS)
    return HEAD[side] if is_head else None


def side_of_name(name: str) -> str | None:
    """The one side that a name says, None where it says none or both."""
    sides = {_SIDE_WORDS[word] for word in _words(name) if word in _SIDE_WORDS}
    return sides.pop() if len(sides) == 1 else None


def label_of_codes(codes: Iterable[str]) -> int | None:
    """The label that SNOMED CT codes of a segment say (head or necrosis, right or left), None where they do not."""
    meant = {_CODES[code] for code in codes if code in _CODES}
    sides = meant & set(SIDES)
    if len(sides) != 1:
        return None
    (side,) = sides
    if "necrosis" in meant:
        return NECROSIS[side]
    return HEAD[side] if "head" in meant else None


def hip_hashes(labels: np.ndarray, before: bytes = b"") -> dict[str, str]:
    """SHA-256 of the outlines of each outlined hip, so that correcting one hip leaves what rests on the other current.

    Args:
        labels: values of this module, any shape.
        before: what else the hash is of, such as that of the image.
    """
    hashes = {}
    for side in SIDES:
        hip = np.zeros(labels.shape, np.uint8)
        hip[labels == HEAD[side]] = 1
        hip[labels == NECROSIS[side]] = 2
        if hip.any():
            digest = hashlib.sha256(before)
            digest.update(hip.data)
            hashes[side] = digest.hexdigest()
    return hashes
