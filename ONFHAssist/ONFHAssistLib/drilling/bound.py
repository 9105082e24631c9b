"""What no plan of so many wires can exceed: a proof where a search can only say "not found".

What a wire reaches lies within its reach of a straight line, and the line runs through the neck with the margins that the
rules ask for. So the most that any such line reaches, looked for in all directions and at all places, bounds one wire,
and ``k`` times that bounds ``k`` wires. The lines are looked for on a raster of directions and places; the reach is
taken longer, and the margins smaller, by as much as a line may lie beside its neighbour on the raster, so that none is
left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import fft
from scipy.spatial import ConvexHull, KDTree, QhullError

from .bone import HipBone
from .candidates import SLACK_MM
from .result import FemurLandmarks
from .rules import DrillingRules

MAY_GAIN = 0.2  # of the bound that the finer raster may take off
PLANES = (1.06, 1.2, 1.35, 1.5)  # head radii down the neck, where a line has to lie in the bone
_BATCH = 48  # directions at once
_CHUNK = 2000  # lines at once


@dataclass(frozen=True)
class Raster:
    """Of the lines that are looked at: degrees between directions, mm between places."""

    angle_deg: float
    bin_mm: float

    @property
    def turn(self) -> float:
        """Greatest angle, in radians, of any direction from the next one of the raster: half its diagonal."""
        return float(np.radians(self.angle_deg / np.sqrt(2.0)))

    @property
    def aside_mm(self) -> float:
        """Greatest distance of a place from the middle of its bin."""
        return 0.5 * self.bin_mm * np.sqrt(2.0)


COARSE, FINE = Raster(3.0, 0.5), Raster(1.5, 0.4)


class Passes(Protocol):
    """Which lines of the raster may stand for a wire that keeps the rules."""

    def directions(self, directions: np.ndarray) -> np.ndarray:
        """Which directions (k, 3) may, boolean (k,)."""

    def lines(self, at: np.ndarray, directions: np.ndarray) -> np.ndarray:
        """Which lines through points (k, 3) in directions (k, 3) may, boolean (k,)."""


def wire_bound(hip: HipBone, marks: FemurLandmarks, surface: np.ndarray, rules: DrillingRules) -> float:
    """Greatest share of the lesion that any one wire reaches that enters at ``surface`` and keeps the rules.

    A finer raster is looked at where it may rule the wanted share out and the first one does not.

    Args:
        surface: all possible entries, LPS mm, shape (k, 3).
    """
    most = 1.0
    for raster in (COARSE, FINE):
        passes = _ThroughNeck(hip, marks, surface, rules, raster)
        most = min(most, reach_bound(hip.lesion_points, surface, rules.reach_mm, passes, raster))
        if not 1.0 <= most * rules.wires / rules.wanted_share < 1.0 + MAY_GAIN:
            break
    return most


def reach_bound(
    points: np.ndarray,
    entries: np.ndarray,
    reach_mm: float,
    passes: Passes | None = None,
    raster: Raster | None = None,
) -> float:
    """Greatest share of a lesion that lies within ``reach_mm`` of any one straight wire through ``entries``.

    In a direction d the lesion is projected on the plane square to it, and the places are counted that lie in a disc of
    the reach. Between two directions a point at the distance h along the wire moves by the angle times h; a place and a
    projected point each lie up to half a diagonal from the middle of their bin.

    Args:
        points: voxel centres of the lesion, LPS mm, shape (n, 3).
        entries: all possible entries, LPS mm, shape (k, 3).
        passes: which lines of the raster may stand for one that keeps the rules; all of them if left out.

    Returns:
        0..1; 0 where nothing can be reached.
    """
    if not len(points) or not len(entries):
        return 0.0
    raster = raster or COARSE
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    away = points - middle
    directions = _directions(entries, points, reach_mm, np.radians(raster.angle_deg))
    if passes is not None:
        directions = directions[passes.directions(directions)]
    radius = float(np.linalg.norm(away, axis=1).max())
    wide = reach_mm + radius * raster.turn + 2.0 * raster.aside_mm
    half, edge = int(np.ceil((radius + 1.0) / raster.bin_mm)), int(np.ceil(wide / raster.bin_mm))
    size = int(fft.next_fast_len(2 * (half + edge) + 1, real=True))
    step = np.minimum(np.arange(size), size - np.arange(size)) * raster.bin_mm
    disc = fft.rfft2((step[:, None] ** 2 + step**2 <= wide**2).astype(np.float32))
    place = (np.arange(size) + edge) % size - half - edge  # in bins, of every row and column
    most = 0.0
    for start in range(0, len(directions), _BATCH):
        some = directions[start : start + _BATCH]
        first = np.cross(some, [0.0, 1.0, 0.0])
        first /= np.linalg.norm(first, axis=1)[:, None]
        second = np.cross(some, first)
        u, v = (np.rint(away @ axis.T / raster.bin_mm).astype(int) + half for axis in (first, second))
        number = (np.arange(len(some)) * size + u) * size + v
        counts = np.bincount(number.ravel(), minlength=len(some) * size * size)
        counts = counts.reshape(len(some), size, size).astype(np.float32)
        near = fft.irfft2(fft.rfft2(counts) * disc, s=(size, size)).ravel()
        better = np.flatnonzero(near > most + 0.5)
        for line in _descending(near, better):
            d, i, j = np.unravel_index(line, (len(some), size, size))
            at = middle + raster.bin_mm * (place[i][:, None] * first[d] + place[j][:, None] * second[d])
            kept = np.ones(len(line), bool) if passes is None else passes.lines(at, some[d])
            if kept.any():
                most = float(near[line[kept]].max())
                break
    return min(1.0, np.floor(most + 0.01) / len(points))


def _descending(values: np.ndarray, places: np.ndarray) -> Iterator[np.ndarray]:
    order = places[np.argsort(-values[places], kind="stable")]
    for start in range(0, len(order), _CHUNK):
        yield order[start : start + _CHUNK]


class _ThroughNeck:
    """Lines that lie deep enough in the neck, at an angle to the shaft that is allowed.

    Tips lie in the head, so that every wire crosses the planes square to the neck between it and the entries. Where it
    does so nearer to an entry than ``near_entry_mm``, the rules ask for no margin.
    """

    def __init__(
        self, hip: HipBone, marks: FemurLandmarks, surface: np.ndarray, rules: DrillingRules, raster: Raster
    ) -> None:
        self._hip, self._marks, self._rules, self._raster = hip, marks, rules, raster
        self._surface = KDTree(surface)
        nearest = float(((surface - hip.centre) @ np.asarray(marks.neck)).min())
        self._levels = [factor * hip.radius for factor in PLANES if factor * hip.radius < nearest]
        self._middle = hip.lesion_points.mean(axis=0)

    def directions(self, directions: np.ndarray) -> np.ndarray:
        angle = np.arccos(np.clip(directions @ np.asarray(self._marks.shaft), -1.0, 1.0))
        low, high = np.radians([self._rules.least_shaft_angle_deg, self._rules.most_shaft_angle_deg])
        return np.asarray((angle >= low - self._raster.turn) & (angle <= high + self._raster.turn))

    def lines(self, at: np.ndarray, directions: np.ndarray) -> np.ndarray:
        rules, neck, centre = self._rules, np.asarray(self._marks.neck), self._hip.centre
        isthmus = float((np.asarray(self._marks.isthmus) - centre) @ neck)
        down = directions @ neck  # negative: the way into the head runs up the neck
        kept = np.ones(len(at), bool)
        for level in self._levels:
            left = np.flatnonzero(kept & (np.abs(down) > 0.2))
            along = (level - (at[left] - centre) @ neck) / down[left]
            crossing = at[left] + along[:, None] * directions[left]
            # Beside its neighbour of the raster a line crosses the plane farther off, by the slope between them.
            aside = (
                np.linalg.norm(crossing - self._middle, axis=1) * self._raster.turn + self._raster.aside_mm
            )
            off = aside / (np.abs(down[left]) - self._raster.turn)
            margin = rules.cortex_margin_mm
            if abs(level - isthmus) <= 4.0:
                margin = max(margin, rules.neck_margin_mm)
            shallow = self._hip.depth_at(crossing) < rules.radius_mm + margin - SLACK_MM - off
            shallow = np.flatnonzero(shallow)
            clear = self._surface.query(crossing[shallow])[0] > rules.near_entry_mm + off[shallow]
            kept[left[shallow[clear]]] = False
        return kept


def _outermost(points: np.ndarray) -> np.ndarray:
    """The corners of the convex hull, all points where they lie in a plane."""
    try:
        return np.asarray(points[ConvexHull(points).vertices])
    except QhullError:
        return points


def _directions(entries: np.ndarray, points: np.ndarray, reach_mm: float, step: float) -> np.ndarray:
    """Unit vectors on a raster of ``step`` radians over all lines through an entry that pass near the lesion."""
    middle = points.mean(axis=0)
    axis = middle - entries.mean(axis=0)
    axis /= np.linalg.norm(axis)
    first = np.cross(axis, [0.0, 1.0, 0.0] if abs(axis[1]) < 0.9 else [1.0, 0.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(axis, first)
    ways = _outermost(points) - entries[:, None]
    lengths = np.linalg.norm(ways, axis=2)
    angle = np.arccos(np.clip(ways @ axis / lengths, -1.0, 1.0)) + np.arcsin(
        np.clip(reach_mm / lengths, 0, 1)
    )
    widest = min(float(angle.max()), np.radians(80.0))
    # Tilts are taken as angles along a great circle: such a raster is nowhere wider than its step.
    tilt = np.arange(-widest, widest + step, step)
    a, b = (one.ravel() for one in np.meshgrid(tilt, tilt))
    bent = np.hypot(a, b)
    a, b, bent = (one[bent <= widest + step] for one in (a, b, bent))
    part = np.sinc(bent / np.pi)  # sin(x) / x
    return np.asarray(
        np.cos(bent)[:, None] * axis + (part * a)[:, None] * first + (part * b)[:, None] * second
    )
