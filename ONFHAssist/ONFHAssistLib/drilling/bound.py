"""What no plan of so many wires can exceed: a proof where a search can only say "not found"."""

from __future__ import annotations

import numpy as np

ANGLE_DEG = 3.0  # between the directions that are looked at


def reach_bound(
    points: np.ndarray, voxel_mm3: float, entries: np.ndarray, reach_mm: float, wires: int
) -> float:
    """Greatest share of a lesion that lies within ``reach_mm`` of any ``wires`` straight wires through ``entries``.

    What lies within r of a line lies in a cylinder of area pi r^2, and within the lesion's extent e along the line, so
    that a wire reaches at most pi r^2 e. The extent is taken in every direction from the entries to the lesion, in steps
    of 3 degrees; between two of them it changes by no more than the lesion's diameter times the angle in radians.

    Args:
        points: voxel centres of the lesion, LPS mm, shape (n, 3).
        voxel_mm3: volume of a voxel.
        entries: all possible entries, LPS mm, shape (k, 3).

    Returns:
        0..1; 1 where nothing is proven.
    """
    if not len(points) or not len(entries):
        return 1.0
    middle = points.mean(axis=0)
    edge = voxel_mm3 ** (1 / 3)
    away = points - middle
    reach_mm += 0.5 * np.sqrt(3.0) * edge  # a voxel counts by its centre, as far as its corners reach
    diameter = 2.0 * float(np.linalg.norm(away, axis=1).max()) + np.sqrt(3.0) * edge
    directions = _directions(entries, points, reach_mm)
    along = away @ directions.T
    extent = float((along.max(axis=0) - along.min(axis=0)).max()) + np.sqrt(3.0) * edge
    extent = min(extent + diameter * np.radians(ANGLE_DEG), diameter)
    return float(min(1.0, wires * np.pi * reach_mm**2 * extent / (len(points) * voxel_mm3)))


def _directions(entries: np.ndarray, points: np.ndarray, reach_mm: float) -> np.ndarray:
    """Unit vectors, no farther than :data:`ANGLE_DEG` from any line through an entry that passes near the lesion."""
    middle = points.mean(axis=0)
    axis = middle - entries.mean(axis=0)
    distance = float(np.linalg.norm(axis))
    axis /= distance
    widest = 0.0
    for entry in entries:
        ways = points - entry
        lengths = np.linalg.norm(ways, axis=1)
        angle = np.arccos(np.clip(ways @ axis / lengths, -1.0, 1.0)) + np.arcsin(
            np.clip(reach_mm / lengths, 0, 1)
        )
        widest = max(widest, float(angle.max()))
    first = np.cross(axis, [0.0, 1.0, 0.0] if abs(axis[1]) < 0.9 else [1.0, 0.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(axis, first)
    step = np.radians(ANGLE_DEG)
    found = [axis]
    for tilt in np.arange(step, min(widest, np.pi / 2) + step, step):
        turns = np.linspace(0, 2 * np.pi, int(np.ceil(2 * np.pi * np.sin(tilt) / step)) + 1)[:-1]
        around = np.cos(turns)[:, None] * first + np.sin(turns)[:, None] * second
        found.extend(np.cos(tilt) * axis + np.sin(tilt) * around)
    return np.array(found)
