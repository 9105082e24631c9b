"""The lowest entry goes by the femur's own lesser trochanter, so that small femurs are not drilled below it."""

from dataclasses import replace

import numpy as np
import pytest
from support.made_femurs import RADIUS, MadeFemur, made_femur

from ONFHAssistLib.drilling.anatomy import entries, landmarks
from ONFHAssistLib.drilling.bone import hip_bone
from ONFHAssistLib.drilling.plan import plan_hip
from ONFHAssistLib.drilling.rules import DrillingRules


def shrunk(made: MadeFemur, times: float) -> MadeFemur:
    """The same femur smaller."""
    femur, labels = (
        replace(one, spacing=tuple(times * np.array(one.spacing)), origin=tuple(times * np.array(one.origin)))
        for one in (made.femur, made.labels)
    )
    return replace(
        made, femur=femur, labels=labels, centre=times * made.centre, junction=times * made.junction
    )


@pytest.mark.parametrize(("side", "below"), [("R", 58.0), ("L", 66.0)])
def test_it_is_seen_where_it_stands_out(side, below):
    made = made_femur(side, (1.5, 1.5, 1.5), lesser_mm=below)
    marks = landmarks(hip_bone(made.labels, side, made.femur))
    assert marks.lesser_trochanter_found
    assert marks.lesser_trochanter_mm == pytest.approx(below, abs=2.5)


def test_without_one_it_is_taken_from_the_size_of_the_head():
    made = made_femur("R", (1.5, 1.5, 1.5))
    marks = landmarks(hip_bone(made.labels, "R", made.femur))
    assert not marks.lesser_trochanter_found
    assert marks.lesser_trochanter_mm == pytest.approx(2.4 * RADIUS, abs=1.0)


def test_no_entry_of_a_small_femur_lies_below_it():
    made = shrunk(made_femur("R", (1.5, 1.5, 1.5), lesser_mm=58.0), 0.8)
    hip = hip_bone(made.labels, "R", made.femur)
    marks = landmarks(hip)
    tip, shaft = np.array(marks.trochanter_tip), np.array(marks.shaft)
    below = (entries(hip, marks, DrillingRules()).surface - tip) @ shaft
    assert 0.8 * 58.0 - 5.0 < below.max() <= marks.lesser_trochanter_mm == pytest.approx(0.8 * 58.0, abs=2.5)


def test_the_rule_can_be_moved_up():
    made = made_femur("R", (1.5, 1.5, 1.5), lesser_mm=62.0)
    rules = DrillingRules(below_lesser_mm=-15.0)
    plan = plan_hip(made.femur, made.labels, "R", rules, made.femur).plan
    assert max(wire.below_trochanter_mm for wire in plan.wires) <= 62.0 - 15.0 + 2.5
    assert any("not below the lesser one" in check.rule for check in plan.checks)
