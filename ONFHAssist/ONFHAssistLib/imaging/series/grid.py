"""One check of regular geometry: slices lie in one line at even distances, or two files are named that do not.

highdicom and SimpleITK answer whether positions are regular, not which two files are at fault and by how much; the few
lines of arithmetic stand here instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .frames import Frame

SAME_PLACE_MM = 1e-3
_GAP_SHARE, _GAP_MM = (
    0.05,
    0.05,
)  # by which a gap may differ from the usual one; headers round positions to 0.1 mm
_OFF_GRID_MM = 0.2  # by which a slice may lie beside its place, since small differences of gaps add up
PLANES, REPEATED, MISSING, UNEVEN, SHEARED = "planes", "repeated", "missing", "uneven", "sheared"
_MOST_MISSING = 3  # slices; a wider gap lies between two stacks rather than within one


@dataclass(frozen=True)
class Irregular:
    """Where slices do not lie as a volume needs them.

    Attributes:
        kind: :data:`PLANES`, :data:`REPEATED`, :data:`MISSING`, :data:`UNEVEN` or :data:`SHEARED`.
        first, second: the two frames at fault, neighbours along the normal.
        found: mm between them, or by which the slices are sheared. usual: mm between others.
    """

    kind: str
    first: Frame
    second: Frame
    found: float
    usual: float = 0.0


def sorted_along(frames: Sequence[Frame]) -> list[Frame]:
    """The frames in the order of their places along the normal of the first."""
    normal = frames[0].normal
    return sorted(frames, key=lambda frame: float(frame.position @ normal))


def gaps_of(frames: Sequence[Frame]) -> tuple[np.ndarray, float]:
    """Distances of frames that :func:`sorted_along` has sorted, mm, and the usual one."""
    gaps = np.diff([frame.position @ frames[0].normal for frame in frames])
    return gaps, float(np.quantile(gaps, 0.5, method="lower"))


def is_usual(gap: np.ndarray | float, usual: float) -> np.ndarray:
    """Whether distances are the usual one within what headers round."""
    return np.asarray(np.abs(gap - usual) <= _GAP_SHARE * usual + _GAP_MM)


def spacing_of(frames: Sequence[Frame]) -> float | Irregular:
    """The distance of at least two sorted frames in mm, or what is not regular about them."""
    gaps, usual = gaps_of(frames)
    narrowest = int(np.argmin(gaps))
    if gaps[narrowest] < SAME_PLACE_MM:
        return Irregular(REPEATED, frames[narrowest], frames[narrowest + 1], float(gaps[narrowest]), usual)
    worst = int(np.argmax(np.abs(gaps - usual)))
    spacing = float(gaps.mean())
    if is_usual(gaps, usual).all():
        beside = np.abs(np.cumsum(gaps) - spacing * np.arange(1, len(frames)))
        if beside.max() <= _OFF_GRID_MM:
            return _sheared(frames) or spacing
        return Irregular(UNEVEN, frames[worst], frames[worst + 1], float(gaps[worst]), usual)
    times = gaps[worst] / usual
    whole = round(times)
    missing = 2 <= whole <= _MOST_MISSING + 1 and is_usual(gaps[worst] / whole, usual)
    kind = MISSING if missing else UNEVEN
    return Irregular(kind, frames[worst], frames[worst + 1], float(gaps[worst]), usual)


def _sheared(frames: Sequence[Frame]) -> Irregular | None:
    normal = frames[0].normal
    offsets = np.array([frame.position - frames[0].position for frame in frames])
    beside = np.linalg.norm(offsets - np.outer(offsets @ normal, normal), axis=1)
    worst = int(np.argmax(beside))
    if beside[worst] <= _OFF_GRID_MM:
        return None
    return Irregular(SHEARED, frames[0], frames[worst], float(beside[worst]))
