"""What no plan of so many wires can exceed: a proof where a search can only say "not found".

What a wire reaches lies within its reach of a straight line through an entry. So the most that any such line reaches,
looked for in all directions and at all places, bounds one wire, and ``k`` times that bounds ``k`` wires. The lines are
looked for on a raster of directions and places, and the reach is taken longer by as much as a line may lie beside its
neighbour on the raster, so that none is left out.
"""

from __future__ import annotations

import numpy as np
from scipy import fft

ANGLE_DEG = 2.0  # between the directions that are looked at
BIN_MM = 0.5  # of the raster of places
_BATCH = 64  # directions at once


def reach_bound(points: np.ndarray, entries: np.ndarray, reach_mm: float) -> float:
    """Greatest share of a lesion that lies within ``reach_mm`` of any one straight wire through ``entries``.

    In a direction d the lesion is projected on the plane square to it, and the places are counted that lie in a disc of
    the reach. Between two directions a point at the distance h along the wire moves by h sin(angle); a place and a
    projected point each lie up to half a diagonal from the middle of their bin.

    Args:
        points: voxel centres of the lesion, LPS mm, shape (n, 3).
        entries: all possible entries, LPS mm, shape (k, 3).

    Returns:
        0..1; 0 where nothing can be reached.
    """
    if not len(points) or not len(entries):
        return 0.0
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    away = points - middle
    directions = _directions(entries, points, reach_mm)
    radius = float(np.linalg.norm(away, axis=1).max())
    # Directions lie at most half a diagonal of their raster from the next one.
    apart = radius * np.sin(np.radians(ANGLE_DEG / np.sqrt(2.0)))
    wide = reach_mm + apart + BIN_MM * np.sqrt(2.0)
    half = int(np.ceil((radius + 1.0) / BIN_MM))
    size = fft.next_fast_len(2 * half + 1 + 2 * int(np.ceil(wide / BIN_MM)), real=True)
    step = np.minimum(np.arange(size), size - np.arange(size)) * BIN_MM
    disc = fft.rfft2((step[:, None] ** 2 + step**2 <= wide**2).astype(np.float32))
    most = 0.0
    for start in range(0, len(directions), _BATCH):
        some = directions[start : start + _BATCH]
        first = np.cross(some, [0.0, 1.0, 0.0])
        first /= np.linalg.norm(first, axis=1)[:, None]
        second = np.cross(some, first)
        u, v = (np.rint(away @ axis.T / BIN_MM).astype(int) + half for axis in (first, second))
        number = (np.arange(len(some)) * size + u) * size + v
        counts = np.bincount(number.ravel(), minlength=len(some) * size * size)
        counts = counts.reshape(len(some), size, size).astype(np.float32)
        near = fft.irfft2(fft.rfft2(counts) * disc, s=(size, size))
        most = max(most, float(near.max()))
    return min(1.0, (np.floor(most + 0.01)) / len(points))


def _directions(entries: np.ndarray, points: np.ndarray, reach_mm: float) -> np.ndarray:
    """Unit vectors on a raster of :data:`ANGLE_DEG` over all lines through an entry that pass near the lesion."""
    middle = points.mean(axis=0)
    axis = middle - entries.mean(axis=0)
    axis /= np.linalg.norm(axis)
    first = np.cross(axis, [0.0, 1.0, 0.0] if abs(axis[1]) < 0.9 else [1.0, 0.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(axis, first)
    widest = 0.0
    for entry in entries:
        ways = points - entry
        lengths = np.linalg.norm(ways, axis=1)
        angle = np.arccos(np.clip(ways @ axis / lengths, -1.0, 1.0))
        widest = max(widest, float((angle + np.arcsin(np.clip(reach_mm / lengths, 0, 1))).max()))
    widest = min(widest, np.radians(80.0))
    # Tilts are taken as angles along a great circle: such a raster is nowhere wider than its step.
    tilt = np.arange(-widest, widest + np.radians(ANGLE_DEG), np.radians(ANGLE_DEG))
    a, b = (one.ravel() for one in np.meshgrid(tilt, tilt))
    bent = np.hypot(a, b)
    a, b, bent = (one[bent <= widest + np.radians(ANGLE_DEG)] for one in (a, b, bent))
    part = np.sinc(bent / np.pi)  # sin(x) / x
    return np.asarray(
        np.cos(bent)[:, None] * axis + (part * a)[:, None] * first + (part * b)[:, None] * second
    )
