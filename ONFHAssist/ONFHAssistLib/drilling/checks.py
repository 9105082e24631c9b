"""Every rule on given wires, by rays cast in the mask of the bone: for found wires as for those that a hand drags.

Nothing here knows how a plan was searched, nor its distances.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ..core.language import mark
from ..imaging.image import Image
from .anatomy import EDGE_MM, frame_of, lowest_entry
from .bone import HipBone
from .geometry import segment_distances
from .result import FemurLandmarks, RuleCheck
from .rules import SEVERAL, SINGLE, DrillingRules

_STEP_MM = 0.5  # along a ray
_FAR_MM = 20.0  # no ray is followed farther
_NECK_MM = 5.0  # to both sides of the isthmus
ON_CORTEX_MM = 2.0  # an entry farther from the surface than this does not lie on it
SAME_MM = 1.0  # entries nearer than this are one hole
IN_BONE = mark("Wire in the bone from the entry to the tip")

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
    hip: HipBone,
    marks: FemurLandmarks,
    wires: Sequence[Segment],
    rules: DrillingRules,
    numbers: Sequence[int] | None = None,
) -> tuple[RuleCheck, ...]:
    """All rules on all wires.

    Args:
        wires: entry and tip of each, LPS mm.
        numbers: of the wires; from 1 on if left out.

    Returns:
        Rule by rule.
    """
    bone = _Bone(hip.bone, np.asarray(hip.bone.array, np.float32))
    found: list[RuleCheck] = []
    named = [
        (number, (np.asarray(entry, float), np.asarray(tip, float)))
        for number, (entry, tip) in zip(numbers or range(1, len(wires) + 1), wires, strict=True)
    ]
    for number, (entry, tip) in named:
        found += _of_wire(bone, hip, marks, number, entry, tip, rules)
    return (*found, *_of_pairs(named, rules))


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
        mark("Length at most {most:g} mm"), length, None, rules.longest_mm, one,
        mark("Wire {wire} is {value:.0f} mm long; {most:g} is most."),
    )  # fmt: skip
    if length < 5.0:
        said = mark("Wire {wire} is shorter than 5 mm.").format(wire=number)
        yield RuleCheck(IN_BONE, False, 0.0, one, said)
        return
    direction = (tip - entry) / length
    along = np.arange(1.0, length, 1.0)
    clear = bone.clearance(entry + along[:, None] * direction, _rays_about(direction)) - rules.radius_mm
    yield _in_bone(clear, along, rules, number)
    later = along >= rules.near_entry_mm
    if later.any():
        yield _limited(
            mark("At least {least:g} mm of bone around the wire"),
            max(float(clear[later].min()), 0.0), rules.cortex_margin_mm, None, one,
            mark("Wire {wire} comes within {value:.1f} mm of the surface of the bone; {least:g} is least."),
        )  # fmt: skip
    from_isthmus = (entry + along[:, None] * direction - np.asarray(marks.isthmus)) @ np.asarray(marks.neck)
    neck = np.abs(from_isthmus) <= _NECK_MM
    if neck.any():
        yield _limited(
            mark("At least {least:g} mm of bone around the wire at the isthmus of the neck"),
            max(float(clear[neck].min()), 0.0), rules.neck_margin_mm, None, one,
            mark("Wire {wire} comes within {value:.1f} mm of the surface of the neck; {least:g} is least."),
        )  # fmt: skip
    yield from _of_tip(bone, hip, number, tip, rules)
    yield from _of_entry(bone, hip, marks, number, entry, direction, rules)


def _in_bone(clear: np.ndarray, along: np.ndarray, rules: DrillingRules, number: int) -> RuleCheck:
    """Once all of the wire has entered, which it must within ``near_entry_mm``, no part of it leaves the bone."""
    inside = np.flatnonzero(clear >= 0)
    first = float(along[inside[0]]) if inside.size else np.inf
    if first > rules.near_entry_mm:
        said = mark("Wire {wire} does not enter the bone within {near:g} mm of its entry.")
        said = said.format(wire=number, near=rules.near_entry_mm)
        return RuleCheck(IN_BONE, False, float("nan"), (number,), said)
    out = np.flatnonzero((clear < 0) & (along > first))
    if out.size:
        said = mark("Wire {wire} leaves the bone {far:.0f} mm from its entry.")
        said = said.format(wire=number, far=along[out[0]])
        return RuleCheck(IN_BONE, False, float(clear[out].min()), (number,), said)
    return RuleCheck(IN_BONE, True, float(clear[inside[0] :].min()), (number,))


def _of_tip(
    bone: _Bone, hip: HipBone, number: int, tip: np.ndarray, rules: DrillingRules
) -> Iterable[RuleCheck]:
    one = (number,)
    yield _limited(
        mark("Tip {least:g} to {most:g} mm short of the joint surface"),
        float(bone.clearance(tip[None], _sphere_rays(300))[0]), rules.least_tip_gap_mm, rules.most_tip_gap_mm, one,
        mark("Wire {wire} ends {value:.1f} mm short of the joint surface; {least:g} to {most:g} is allowed."),
    )  # fmt: skip
    yield _limited(
        mark("Tip in the femoral head"), float(np.linalg.norm(tip - hip.centre)), None, hip.radius, one,
        mark("Wire {wire} ends {value:.0f} mm from the middle of the head, outside it."),
    )  # fmt: skip


def _of_entry(
    bone: _Bone,
    hip: HipBone,
    marks: FemurLandmarks,
    number: int,
    entry: np.ndarray,
    direction: np.ndarray,
    rules: DrillingRules,
) -> Iterable[RuleCheck]:
    frame, one = frame_of(marks, hip.side), (number,)
    yield _limited(
        mark("Entry {least:g} to {most:.0f} mm below the tip of the greater trochanter, not below the lesser one"),
        float((entry - np.asarray(marks.trochanter_tip)) @ frame.shaft),
        rules.highest_entry_mm, lowest_entry(marks, rules), one,
        mark("Wire {wire} enters {value:.0f} mm below the tip of the trochanter; {least:g} to {most:.0f} is allowed."),
    )  # fmt: skip
    near = bone.inside(
        entry + ON_CORTEX_MM * np.vstack([direction, -direction, -frame.outward, frame.outward])
    )
    lateral = float((entry - np.asarray(marks.shaft_point)) @ frame.outward)
    on_cortex = bool(near[0] and not near[1] and near[2] and not near[3] and lateral > 0)
    said = mark("Wire {wire} does not enter through the lateral cortex.").format(wire=number)
    yield RuleCheck(mark("Entry on the lateral cortex"), on_cortex, lateral, one, "" if on_cortex else said)
    if hip.views:
        yield _limited(
            mark("Entry at least {least:g} mm from the edge of the image"),
            float(hip.from_edge(entry)), EDGE_MM, None, one,
            mark("Wire {wire} enters {value:.1f} mm from the edge of the image, where the bone seems to end; {least:g} "
                 "is least."),
        )  # fmt: skip
    yield _limited(
        mark("Angle to the shaft {least:g} to {most:g} degrees"),
        float(np.degrees(np.arccos(np.clip(direction @ frame.shaft, -1.0, 1.0)))),
        rules.least_shaft_angle_deg, rules.most_shaft_angle_deg, one,
        mark("Wire {wire} stands at {value:.0f} degrees to the shaft; {least:g} to {most:g} is allowed."),
    )  # fmt: skip


def _of_pairs(wires: Sequence[tuple[int, Segment]], rules: DrillingRules) -> Iterable[RuleCheck]:
    for second in range(1, len(wires)):
        for first in range(second):
            (number, (a, b)), (other, (c, d)) = wires[first], wires[second]
            pair = (number, other)
            apart = float(np.linalg.norm(a - c))
            if rules.entry == SINGLE:
                yield _limited(
                    mark("One entry for all wires"), apart, None, SAME_MM, pair,
                    mark("Wires {first} and {second} enter {value:.0f} mm apart."),
                )  # fmt: skip
                yield _limited(
                    mark("At least {least:g} mm of bone between the tips of two wires"),
                    max(float(np.linalg.norm(b - d)) - rules.diameter_mm, 0.0), rules.wire_gap_mm, None, pair,
                    mark("Wires {first} and {second} leave {value:.1f} mm of bone between the tips of two wires; "
                         "{least:g} is least."),
                )  # fmt: skip
                continue
            if rules.entry != SEVERAL:
                yield _limited(
                    mark("Entries within {most:g} mm of each other"), apart, None, rules.fan_window_mm, pair,
                    mark("Wires {first} and {second} enter {value:.0f} mm apart; {most:g} is most."),
                )  # fmt: skip
            yield _limited(
                mark("At least {least:g} mm of bone between two wires"),
                max(float(segment_distances(a[None], b[None], c, d)[0]) - rules.diameter_mm, 0.0),
                rules.wire_gap_mm, None, pair,
                mark("Wires {first} and {second} leave {value:.1f} mm of bone between two wires; {least:g} is least."),
            )  # fmt: skip


def _limited(
    rule: str, value: float, low: float | None, high: float | None, wires: tuple[int, ...], said: str
) -> RuleCheck:
    """A check of a number against its limits; ``rule`` and ``said`` are texts with placeholders."""
    kept = (low is None or value >= low) and (high is None or value <= high)
    facts = {
        "wire": wires[0],
        "first": wires[0],
        "second": wires[-1],
        "value": value,
        "least": low,
        "most": high,
    }
    return RuleCheck(rule.format(**facts), kept, value, wires, "" if kept else said.format(**facts))


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
