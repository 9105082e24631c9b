"""The figures of a wire as the theatre uses them: lengths, angles, where it enters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..core.vectors import as_point
from .anatomy import frame_of
from .bone import HipBone
from .checks import Segment, tip_gap
from .geometry import reached
from .result import FemurLandmarks, Wire
from .rules import DrillingRules


def wire_figures(
    hip: HipBone,
    marks: FemurLandmarks,
    wires: Sequence[Segment],
    rules: DrillingRules,
    numbers: Sequence[int] | None = None,
) -> tuple[Wire, ...]:
    """The figures of wires, numbered from 1 in their order where no ``numbers`` are given.

    Angles: to the shaft in space, between the way from entry to tip and the way down the shaft; from the front, both
    projected on the patient's coronal plane; to that plane, positive where the tip lies before the entry.
    """
    named = zip(numbers or range(1, len(wires) + 1), wires, strict=True)
    return tuple(_figures(hip, marks, number, *wire, rules) for number, wire in named)


def reach_share(hip: HipBone, wires: Sequence[Segment], rules: DrillingRules) -> float:
    """Share of the voxels of the lesion within ``rules.reach_mm`` of a wire, 0..1; 0 without a lesion."""
    if not wires or not len(hip.lesion_points):
        return 0.0
    entry, tip = (np.array([wire[end] for wire in wires]) for end in (0, 1))
    return float(reached(hip.lesion_points, entry, tip, rules.reach_mm).mean())


def _figures(
    hip: HipBone, marks: FemurLandmarks, number: int, entry: np.ndarray, tip: np.ndarray, rules: DrillingRules
) -> Wire:
    entry, tip = np.asarray(entry, float), np.asarray(tip, float)
    frame = frame_of(marks, hip.side)
    way = tip - entry
    length = float(np.linalg.norm(way))
    direction = way / max(length, 1e-6)
    flat, shaft = direction * np.array([1.0, 0.0, 1.0]), frame.shaft * np.array([1.0, 0.0, 1.0])
    return Wire(
        number=number,
        entry=as_point(entry),
        tip=as_point(tip),
        length_mm=length,
        angle_to_shaft_deg=_angle(direction, frame.shaft),
        angle_to_shaft_front_deg=_angle(flat, shaft),
        angle_to_coronal_deg=float(np.degrees(np.arcsin(np.clip(-direction[1], -1.0, 1.0)))),
        below_trochanter_mm=float((entry - np.asarray(marks.trochanter_tip)) @ frame.shaft),
        before_shaft_mm=float((entry - np.asarray(marks.shaft_point)) @ frame.forward),
        tip_gap_mm=tip_gap(hip, tip),
        reach_share=reach_share(hip, [(entry, tip)], rules),
    )


def _angle(a: np.ndarray, b: np.ndarray) -> float:
    cosine = a @ b / max(float(np.linalg.norm(a) * np.linalg.norm(b)), 1e-9)
    return float(np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0))))
