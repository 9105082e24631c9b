"""Every rule on given wires, by rays cast in the mask of the bone: for found wires as for those that a hand drags.

Nothing here knows how a plan was searched, nor its distances.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..imaging.image import Image
from .anatomy import frame_of
from .bone import HipBone
from .geometry import segment_distances
from .result import FemurLandmarks, RuleCheck
from .rules import SEVERAL, SINGLE, DrillingRules

_STEP_MM = 0.5  # along a ray
_FAR_MM = 20.0  # no ray is followed farther
_NECK_MM = 5.0  # to both sides of the isthmus
ON_CORTEX_MM = 2.0  # an entry farther from the surface than this does not lie on it
SAME_MM = 1.0  # entries nearer than this are one hole

Segment = tuple[np.ndarray, np.ndarray]  # entry and tip, LPS mm


@dataclass(frozen=True)
class _Bone:
    """The mask as floats, for linear interpolation."""

    image: Image
    array: np.ndarray

    def inside(self, points: np.ndarray) -> np.ndarray:
        index = np.moveaxis(self.image.point_to_index(points)[..., ::-1], -1, 0)
        return np.asarray(ndimage.map_coordinates(self.array, index, order=1, mode="constant") >= 0.5)

    def clearance(self, points: np.ndarray, rays: np.ndarray) -> np.ndarray:
        """Distance in mm from points (n, 3) along unit rays (m, 3) to where the bone ends, the least of all, (n,)."""
        steps = np.arange(0.0, _FAR_MM, _STEP_MM)
        at = points[:, None, None, :] + steps[:, None] * rays[:, None, :]
        kept = np.cumprod(self.inside(at), axis=2).sum(axis=2)  # steps inside, the first at the point itself
        return np.asarray(_STEP_MM * (kept.min(axis=1) - 0.5).clip(0.0))


def check_wires(
    hip: HipBone, marks: FemurLandmarks, wires: Sequence[Segment], rules: DrillingRules
) -> tuple[RuleCheck, ...]:
    """All rules on all wires.

    Args:
        wires: entry and tip of each, LPS mm.

    Returns:
        Rule by rule; wires are numbered from 1.
    """
    bone = _Bone(hip.bone, np.asarray(hip.bone.array, np.float32))
    found: list[RuleCheck] = []
    for number, (entry, tip) in enumerate(wires, 1):
        found += _of_wire(bone, hip, marks, number, np.asarray(entry, float), np.asarray(tip, float), rules)
    return (*found, *_of_pairs([(np.asarray(a, float), np.asarray(b, float)) for a, b in wires], rules))


def tip_gap(hip: HipBone, tip: np.ndarray) -> float:
    """Distance in mm from a point to the nearest surface of the bone, by rays; 0 outside."""
    bone = _Bone(hip.bone, np.asarray(hip.bone.array, np.float32))
    return float(bone.clearance(np.asarray(tip, float)[None], _sphere_rays(300))[0])


def _of_wire(
    bone: _Bone,
    hip: HipBone,
    marks: FemurLandmarks,
    number: int,
    entry: np.ndarray,
    tip: np.ndarray,
    rules: DrillingRules,
) -> Iterable[RuleCheck]:
    length = float(np.linalg.norm(tip - entry))
    one = (number,)
    yield _limited(
        f"Length at most {rules.longest_mm:g} mm", length, None, rules.longest_mm, one, "is {0:.0f} mm long"
    )
    if length < 5.0:
        yield RuleCheck("Wire in the bone", False, 0.0, one, f"Wire {number} is shorter than 5 mm.")
        return
    direction = (tip - entry) / length
    along = np.arange(1.0, length, 1.0)
    clear = bone.clearance(entry + along[:, None] * direction, _rays_about(direction)) - rules.radius_mm
    yield _in_bone(clear, along, rules, number)
    later = along >= rules.near_entry_mm
    if later.any():
        yield _limited(
            f"At least {rules.cortex_margin_mm:g} mm of bone around the wire",
            max(float(clear[later].min()), 0.0), rules.cortex_margin_mm, None, one,
            "comes within {0:.1f} mm of the surface of the bone",
        )  # fmt: skip
    from_isthmus = (entry + along[:, None] * direction - np.asarray(marks.isthmus)) @ np.asarray(marks.neck)
    neck = np.abs(from_isthmus) <= _NECK_MM
    if neck.any():
        yield _limited(
            f"At least {rules.neck_margin_mm:g} mm of bone around the wire at the isthmus of the neck",
            max(float(clear[neck].min()), 0.0), rules.neck_margin_mm, None, one,
            "comes within {0:.1f} mm of the surface of the neck",
        )  # fmt: skip
    yield _limited(
        f"Tip {rules.least_tip_gap_mm:g} to {rules.most_tip_gap_mm:g} mm short of the joint surface",
        float(bone.clearance(tip[None], _sphere_rays(300))[0]), rules.least_tip_gap_mm, rules.most_tip_gap_mm, one,
        "ends {0:.1f} mm short of the joint surface",
    )  # fmt: skip
    off_centre = float(np.linalg.norm(tip - hip.centre))
    said = f"Wire {number} ends {off_centre:.0f} mm from the middle of the head, outside it."
    inside = off_centre <= hip.radius
    yield RuleCheck("Tip in the femoral head", inside, off_centre, one, "" if inside else said)
    yield from _of_entry(bone, marks, hip.side, number, entry, direction, rules)


def _in_bone(clear: np.ndarray, along: np.ndarray, rules: DrillingRules, number: int) -> RuleCheck:
    """Once all of the wire has entered, which it must within ``near_entry_mm``, no part of it leaves the bone."""
    rule = "Wire in the bone from the entry to the tip"
    inside = np.flatnonzero(clear >= 0)
    first = float(along[inside[0]]) if inside.size else np.inf
    if first > rules.near_entry_mm:
        said = f"Wire {number} does not enter the bone within {rules.near_entry_mm:g} mm of its entry."
        return RuleCheck(rule, False, float("nan"), (number,), said)
    out = np.flatnonzero((clear < 0) & (along > first))
    if out.size:
        said = f"Wire {number} leaves the bone {along[out[0]]:.0f} mm from its entry."
        return RuleCheck(rule, False, float(clear[out].min()), (number,), said)
    return RuleCheck(rule, True, float(clear[inside[0] :].min()), (number,))


def _of_entry(
    bone: _Bone,
    marks: FemurLandmarks,
    side: str,
    number: int,
    entry: np.ndarray,
    direction: np.ndarray,
    rules: DrillingRules,
) -> Iterable[RuleCheck]:
    frame, one = frame_of(marks, side), (number,)
    below = float((entry - np.asarray(marks.trochanter_tip)) @ frame.shaft)
    yield _limited(
        f"Entry {rules.highest_entry_mm:g} to {rules.lowest_entry_mm:g} mm below the tip of the trochanter",
        below, rules.highest_entry_mm, rules.lowest_entry_mm, one,
        "enters {0:.0f} mm below the tip of the trochanter",
    )  # fmt: skip
    near = bone.inside(
        entry + ON_CORTEX_MM * np.vstack([direction, -direction, -frame.outward, frame.outward])
    )
    lateral = float((entry - np.asarray(marks.shaft_point)) @ frame.outward)
    on_cortex = bool(near[0] and not near[1] and near[2] and not near[3] and lateral > 0)
    yield RuleCheck(
        "Entry on the lateral cortex", on_cortex, lateral, one,
        "" if on_cortex else f"Wire {number} does not enter through the lateral cortex.",
    )  # fmt: skip
    angle = float(np.degrees(np.arccos(np.clip(direction @ frame.shaft, -1.0, 1.0))))
    yield _limited(
        f"Angle to the shaft {rules.least_shaft_angle_deg:g} to {rules.most_shaft_angle_deg:g} degrees",
        angle, rules.least_shaft_angle_deg, rules.most_shaft_angle_deg, one,
        "stands at {0:.0f} degrees to the shaft",
    )  # fmt: skip


def _of_pairs(wires: Sequence[Segment], rules: DrillingRules) -> Iterable[RuleCheck]:
    for second in range(1, len(wires)):
        for first in range(second):
            (a, b), (c, d) = wires[first], wires[second]
            pair = (first + 1, second + 1)
            apart = float(np.linalg.norm(a - c))
            if rules.entry == SINGLE:
                said = f"Wires {pair[0]} and {pair[1]} enter {apart:.0f} mm apart."
                same = apart <= SAME_MM
                yield RuleCheck("One entry for all wires", same, apart, pair, "" if same else said)
                gap, where = float(np.linalg.norm(b - d)), "between the tips of two wires"
            else:
                gap, where = float(segment_distances(a[None], b[None], c, d)[0]), "between two wires"
            if rules.entry not in (SINGLE, SEVERAL):
                yield _limited(
                    f"Entries within {rules.fan_window_mm:g} mm of each other",
                    apart, None, rules.fan_window_mm, pair, "enter {0:.0f} mm apart",
                )  # fmt: skip
            yield _limited(
                f"At least {rules.wire_gap_mm:g} mm of bone {where}",
                max(gap - rules.diameter_mm, 0.0), rules.wire_gap_mm, None, pair,
                "leave {0:.1f} mm of bone " + where,
            )  # fmt: skip


def _limited(
    rule: str, value: float, low: float | None, high: float | None, wires: tuple[int, ...], said: str
) -> RuleCheck:
    """A check of a number against its limits; ``said`` goes on after "Wire 2" or "Wires 1 and 2"."""
    kept = (low is None or value >= low) and (high is None or value <= high)
    who = f"Wire {wires[0]}" if len(wires) == 1 else f"Wires {wires[0]} and {wires[1]}"
    limit = " to ".join(f"{one:g}" for one in (low, high) if one is not None)
    word = "allowed" if low is not None and high is not None else "least" if high is None else "most"
    reason = "" if kept else f"{who} {said.format(value)}; {limit} is {word}."
    return RuleCheck(rule, kept, value, wires, reason)


def _rays_about(direction: np.ndarray) -> np.ndarray:
    """Unit rays square to a wire and slanting to both its ends, shape (80, 3)."""
    first = np.cross(direction, [0.0, 1.0, 0.0] if abs(direction[1]) < 0.9 else [1.0, 0.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(direction, first)
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    around = np.cos(angles)[:, None] * first + np.sin(angles)[:, None] * second
    slants = np.radians([-40.0, -20.0, 0.0, 20.0, 40.0])
    return np.concatenate([np.cos(slant) * around + np.sin(slant) * direction for slant in slants])


def _sphere_rays(count: int) -> np.ndarray:
    """``count`` unit vectors spread evenly over all directions (a Fibonacci lattice)."""
    number = np.arange(count) + 0.5
    up = 1.0 - 2.0 * number / count
    turn = np.pi * (1.0 + np.sqrt(5.0)) * number
    flat = np.sqrt(1.0 - up**2)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), up], 1)
