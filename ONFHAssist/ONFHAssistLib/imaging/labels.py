"""The label values of a segmentation, the same in files, networks and the scene.

Necrosis is part of the femoral head: a voxel has one label, and the head of a side is the union of its two labels.
"""

from __future__ import annotations

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
