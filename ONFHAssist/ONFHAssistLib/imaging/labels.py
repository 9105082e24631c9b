"""The label values of a segmentation, the same in files, networks and the scene.

Necrosis is part of the femoral head: a voxel has one label, and the head of a side is the union of its two labels.
"""

from __future__ import annotations

import hashlib

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


def head_mask(labels: np.ndarray, side: str) -> np.ndarray:
    """Boolean mask of the whole femoral head of ``side``, necrosis included."""
    return (labels == HEAD[side]) | (labels == NECROSIS[side])


def necrosis_mask(labels: np.ndarray, side: str) -> np.ndarray:
    """Boolean mask of the necrosis of ``side``."""
    return labels == NECROSIS[side]


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
