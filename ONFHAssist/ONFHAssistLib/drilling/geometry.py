"""Distances between points, segments and pairs of segments, many at once; mm, any frame."""

from __future__ import annotations

import numpy as np


def point_segment(points: np.ndarray, entry: np.ndarray, tip: np.ndarray) -> np.ndarray:
    """Distance of every point (n, 3) from every segment (k, 3) to (k, 3), shape (k, n), float32."""
    points, entry, tip = (np.asarray(one, np.float32) for one in (points, entry, tip))
    way = tip - entry
    squared = np.maximum((way**2).sum(axis=1), 1e-6)
    # |p - e - t w|^2 = |p - e|^2 - 2 t (p - e).w + t^2 |w|^2, with t the place on the segment.
    along = points @ way.T - (entry * way).sum(axis=1)
    part = np.clip(along / squared, 0.0, 1.0)
    apart = (points**2).sum(axis=1)[:, None] - 2.0 * points @ entry.T + (entry**2).sum(axis=1)
    return np.sqrt(np.maximum(apart - 2.0 * part * along + part**2 * squared, 0.0)).T


def segment_distances(
    entry: np.ndarray, tip: np.ndarray, other_entry: np.ndarray, other_tip: np.ndarray
) -> np.ndarray:
    """Least distance of segments (k, 3) to (k, 3) from one other segment, shape (k,).

    After Ericson C (2005) Real-Time Collision Detection, section 5.1.9.
    """
    d1, d2 = tip - entry, other_tip - other_entry
    r = entry - other_entry
    a, e = np.maximum((d1**2).sum(axis=1), 1e-9), max(float(d2 @ d2), 1e-9)
    f, c, b = r @ d2, (d1 * r).sum(axis=1), d1 @ d2
    denominator = a * e - b * b
    s = np.where(denominator > 1e-9, np.clip((b * f - c * e) / np.maximum(denominator, 1e-9), 0, 1), 0.0)
    t = (b * s + f) / e
    s = np.where(t < 0, np.clip(-c / a, 0, 1), np.where(t > 1, np.clip((b - c) / a, 0, 1), s))
    t = np.clip(t, 0, 1)
    gap = (entry + s[:, None] * d1) - (other_entry + t[:, None] * d2)
    return np.asarray(np.linalg.norm(gap, axis=1))


def reached(points: np.ndarray, entry: np.ndarray, tip: np.ndarray, reach_mm: float) -> np.ndarray:
    """Which points (n, 3) lie within ``reach_mm`` of any of the segments (k, 3) to (k, 3), boolean (n,)."""
    if not len(entry) or not len(points):
        return np.zeros(len(points), bool)
    # About the points themselves: in single precision, far from the origin, the squares would lose tenths of a mm.
    middle = points.mean(axis=0)
    found = point_segment(points - middle, np.asarray(entry) - middle, np.asarray(tip) - middle)
    return np.asarray((found <= reach_mm).any(axis=0))
