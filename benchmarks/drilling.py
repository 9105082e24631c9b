"""Do drilling plans keep their rules on simulated hips, how much of a lesion do they reach, how long do they take?

Hips with necrosis of random simulated patients, none of whom the femur finder learned from. The rules are asserted by
the simulator's true bone on its own voxels: a cylinder of points about every wire must lie in the bone with its margin, a
ball about every tip too, and a larger ball must not; no entry lies below the simulator's lesser trochanter. Nothing of
the planner is used for that. With ``--found`` a T1 image is made of every patient and the femur is the one that the
network finds in it; the check stays with the true bone.

    OMP_NUM_THREADS=1 python benchmarks/drilling.py [--hips 60] [--seed 9100] [--wires 3] [--found] [--entry fan]
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

import numpy as np
from scipy import ndimage

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.anatomy.bones import hip_frame
from ONFHAssistLab.simulate.anatomy.patient import Patient, build_patient, draw_patient
from ONFHAssistLib.drilling.plan import PlannedHip, plan_hip
from ONFHAssistLib.drilling.rules import DrillingRules
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import NECROSIS

SCAN = "dlr_t1"
LESSER_MM = (
    27.0  # of the simulator's lesser trochanter below where neck and shaft meet, for a head radius of 25 mm
)
LESSER_TOLERANCE_MM = 3.0
VOXEL_MM = 0.75  # what the surface on voxels of 1 mm may be off


def hips(count: int, seed: int, with_image: bool) -> Iterator[tuple[Patient, str]]:
    """Hips with necrosis and their patients."""
    found, number = 0, seed * 1000
    while found < count:
        number += 1
        parameters = draw_patient(number)
        sides = [s for s in "RL" if parameters.hip(s).arco != "0" and not parameters.hip(s).prosthesis]
        if not sides:
            continue
        patient = build_patient(parameters, 1.0, soft_tissue=with_image)
        for side in sides:
            if found < count and (patient.labels.array == NECROSIS[side]).any():
                found += 1
                yield patient, side


def true_femur(patient: Patient, side: str) -> Image:
    """The femur as the simulator made it."""
    mask = np.zeros(patient.labels.array.shape, np.uint8)
    box, femur = patient.femurs[side]
    mask[box][femur] = 1
    return patient.labels.like(mask)


class TrueBone:
    """The simulator's femur, asked point by point."""

    def __init__(self, femur: Image) -> None:
        self._image, self._bone = femur, np.asarray(femur.array, np.float32)
        ball = np.random.default_rng(0).normal(size=(400, 3))
        self._ball = ball / np.linalg.norm(ball, axis=1, keepdims=True)

    def inside(self, points: np.ndarray) -> np.ndarray:
        """Which LPS points lie in the bone."""
        index = np.moveaxis(self._image.point_to_index(points)[..., ::-1], -1, 0)
        return np.asarray(ndimage.map_coordinates(self._bone, index, order=1, mode="constant") >= 0.5)

    def faults(self, entry: np.ndarray, tip: np.ndarray, rules: DrillingRules, tolerance: float) -> list[str]:
        """What the bone says against one wire."""
        length = np.linalg.norm(tip - entry)
        way = (tip - entry) / length
        turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        a = np.cross(way, [0.3, 0.9, 0.1])
        a /= np.linalg.norm(a)
        ring = np.cos(turn)[:, None] * a + np.sin(turn)[:, None] * np.cross(way, a)
        along = (entry + np.arange(rules.near_entry_mm, length, 0.5)[:, None] * way)[:, None]
        wide = rules.radius_mm + rules.cortex_margin_mm - tolerance
        wrong = {
            "leaves the bone": not self.inside(along + rules.radius_mm * ring).all(),
            "too little bone about it": not self.inside(along + wide * ring).all(),
            "tip too near the joint": not self.inside(
                tip + (rules.least_tip_gap_mm - tolerance) * self._ball
            ).all(),
            "tip too far from the joint": self.inside(
                tip + (rules.most_tip_gap_mm + tolerance) * self._ball
            ).all(),
            "entry off the cortex": list(self.inside(entry + np.array([[2.5], [-2.5]]) * way))
            != [True, False],
        }
        return [name for name, is_wrong in wrong.items() if is_wrong]


def broken(plan: PlannedHip, bone: TrueBone, rules: DrillingRules, tolerance: float) -> list[str]:
    """What the true bone says against a plan, and wires that come too near each other."""
    wires = [(np.array(wire.entry), np.array(wire.tip)) for wire in plan.plan.wires]
    said = [fault for entry, tip in wires for fault in bone.faults(entry, tip, rules, tolerance)]
    part = np.linspace(0, 1, 201)[:, None]
    for number, (a, b) in enumerate(wires):
        for c, d in wires[:number]:
            gap = np.linalg.norm((a + part * (b - a))[:, None] - (c + part * (d - c)), axis=-1).min()
            if rules.entry != "single" and gap < rules.diameter_mm + rules.wire_gap_mm - 0.1:
                said.append("wires too near each other")
    return sorted(set(said))


def below_lesser(plan: PlannedHip, patient: Patient, side: str) -> bool:
    """Whether a wire enters below the simulator's lesser trochanter, along the simulator's shaft."""
    frame = hip_frame(patient.parameters, side)
    junction = frame.junction + np.asarray(patient.parameters.table_position_mm)
    entries = np.array([wire.entry for wire in plan.plan.wires])
    return bool(((entries - junction) @ frame.shaft).max() > LESSER_MM * frame.scale + LESSER_TOLERANCE_MM)


def reach(plan: PlannedHip, patient: Patient, side: str, reach_mm: float) -> float:
    """Share of the true lesion's voxels within ``reach_mm`` of a wire."""
    points = patient.labels.index_to_point(np.argwhere(patient.labels.array == NECROSIS[side])[:, ::-1])
    nearest = np.full(len(points), np.inf)
    for wire in plan.plan.wires:
        entry, tip = np.array(wire.entry), np.array(wire.tip)
        part = np.clip((points - entry) @ (tip - entry) / ((tip - entry) @ (tip - entry)), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(points - entry - part[:, None] * (tip - entry), axis=1))
    return float((nearest <= reach_mm).mean())


def main() -> None:
    """Plan, check, print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--hips", type=int, default=60)
    ask.add_argument("--seed", type=int, default=9100)
    ask.add_argument("--wires", type=int, default=3)
    ask.add_argument("--entry", default="fan")
    ask.add_argument("--found", action="store_true", help="the femur that the network finds in a T1 image")
    asked = ask.parse_args()
    rules = DrillingRules(wires=asked.wires, entry=asked.entry)
    tolerance = 0.3 if not asked.found else VOXEL_MM
    rows: list[tuple[float, float, str]] = []
    seconds, faults, withheld = [], [], []
    tried, bounds, most = [], [], []
    for patient, side in hips(asked.hips, asked.seed, asked.found):
        femur = true_femur(patient, side)
        image = acquire(patient, SCAN, patient.parameters.seed) if asked.found else patient.tissue
        began = time.process_time()
        plan = plan_hip(image, patient.labels, side, rules, None if asked.found else femur)
        seconds.append(time.process_time() - began)
        if plan.plan.withheld:
            withheld.append(plan.plan.withheld)
            continue
        fault = broken(plan, TrueBone(femur), rules, tolerance)
        if not plan.plan.kept:
            fault.append("its own checks")
        if below_lesser(plan, patient, side):
            fault.append("entry below the lesser trochanter")
        faults.append(fault)
        share = reach(plan, patient, side, rules.reach_mm)
        kind = "reached" if share >= 0.9 else "ruled out" if plan.plan.bound_share < 0.9 else "not found"
        rows.append((share, plan.plan.lesion_ml, kind))
        tried.append(plan.plan.tried_share)
        bounds.append(plan.plan.bound_share)
        most.append((len(plan.plan.share_by_wires), plan.plan.share_by_wires[-1]))
        print(
            f"{patient.parameters.seed} {side}: {share:.0%} of {plan.plan.lesion_ml:.1f} ml, at most "
            f"{plan.plan.bound_share:.0%}, {kind}, {most[-1][0]} wires {most[-1][1]:.0%}, all tried {tried[-1]:.0%}, "
            f"{fault}",
            flush=True,
        )
    shares = np.array([row[0] for row in rows])
    kinds = [row[2] for row in rows]
    print(f"\n{len(rows)} plans, {len(withheld)} withheld: {sorted(set(withheld))}")
    print(
        f"all rules kept by the true bone (tolerance {tolerance} mm): {sum(not f for f in faults)} of {len(faults)}"
    )
    print("faults:", {one: sum(one in f for f in faults) for one in sorted({x for f in faults for x in f})})
    low, high = np.percentile(shares, [25, 75])
    print(f"reach: median {np.median(shares):.0%}, quartiles {low:.0%} to {high:.0%}")
    print({kind: f"{kinds.count(kind)} of {len(kinds)}" for kind in ("reached", "ruled out", "not found")})
    print(f"bound: median {np.median(bounds):.0%}, {min(bounds):.0%} to {max(bounds):.0%}")
    counts, best = np.array(most).T
    print(
        f"wires that fit: median {np.median(counts):.0f} ({counts.min():.0f} to {counts.max():.0f}), reach "
        f"{np.median(best):.0%}"
    )
    print(f"all wires tried together: median {np.median(tried):.0%}, {min(tried):.0%} to {max(tried):.0%}")
    print(f"processor seconds a plan: median {np.median(seconds):.2f}, longest {max(seconds):.2f}")


if __name__ == "__main__":
    main()
