"""What a plan says of itself follows from its figures as they stand, also after a wire was moved or deleted."""

from dataclasses import replace

import numpy as np
import pytest
from support.made_femurs import made_femur

from ONFHAssistLib.drilling.plan import judged_wires, plan_hip
from ONFHAssistLib.drilling.result import HipPlan, RuleCheck, Wire
from ONFHAssistLib.drilling.rules import DrillingRules
from ONFHAssistLib.drilling.statement import statement

KEPT = RuleCheck("rule", True, 1.0, (1,))
BROKEN = RuleCheck("rule", False, 1.0, (1,), "Wire 1 leaves the bone.")


def plan(count, reach, needed=None, one=1.0, shares=(0.3, 0.5, 0.6), tried=0.95, check=KEPT):
    wires = tuple(Wire(n, (0, 0, 0), (0, 0, 9), 9, 0, 0, 0, 0, 0, 0, 0) for n in range(1, count + 1))
    return HipPlan(
        "R", wires, (check,), reach, 4.0, "", min(1.0, count * one), shares, tried, one, needed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (plan(3, 0.92, 3), ["3 wires reach 92% of the necrosis (4.0 ml) within 5 mm."]),
        (
            plan(1, 0.3),
            [
                "One wire reaches 30%",
                "A reach of 90% was not found with so many",
                "The most that was found is 60%",
            ],
        ),
        (plan(3, 0.5, one=0.2), ["More than 60% cannot be reached by so many that keep the rules"]),
        (plan(3, 0.5, one=0.2981), ["More than 89.5% cannot be reached by so many"]),
        (plan(3, 0.5, one=0.2801), ["More than 85% cannot be reached by so many"]),
        (plan(3, 0.5, 3), ["A reach of 90% was found with 3 wires that stand elsewhere."]),
        (plan(3, 0.5, 5), ["it is not ruled out either. With 5 wires 90% was found."]),
        (
            plan(3, 0.5, tried=0.8),
            [
                "would not do it: no more than 3 were found to fit, and all that were tried reach 80% together."
            ],
        ),
        (
            plan(2, 0.5, tried=0.8),
            ["would not do it: 3 reach 60%, and all that were tried reach 80% together."],
        ),
        (plan(3, 0.95, one=0.2, check=BROKEN), ["3 wires reach 95%", "The wires as they stand break rules."]),
        (plan(0, 0.0), ["No wire is left."]),
    ],
)
def test_each_case_has_its_sentence(what, said):
    text = statement(what, DrillingRules())
    for part in said:
        assert part in text
    assert len(set(text.split(". "))) == len(text.split(". "))


@pytest.fixture(scope="module")
def small():
    """A small lesion that two wires reach."""
    made = made_femur("R", (1.5, 1.5, 1.5), lesion_mm=5.0, lesion_at=(0.0, -0.1, 0.35))
    return plan_hip(made.femur, made.labels, "R", DrillingRules(wires=2), made.femur)


def test_after_a_move_nothing_is_left_of_what_was_said_before(small):
    assert small.plan.reach_share >= 0.9
    away = [(np.array(w.entry), np.array(w.tip) + np.array([0.0, 14.0, 0.0])) for w in small.plan.wires]
    now = judged_wires(small.bone, small.plan.landmarks, away, DrillingRules(wires=2), small.plan)
    assert now.reach_share < 0.5
    assert now.statement.startswith(f"2 wires reach {now.reach_share:.0%} of the necrosis")
    assert f"A reach of 90% was found with {now.wires_needed} wires that stand elsewhere." in now.statement
    back = judged_wires(
        small.bone, now.landmarks, [(np.array(w.entry), np.array(w.tip)) for w in small.plan.wires],
        DrillingRules(wires=2), now,
    )  # fmt: skip
    assert back == small.plan


def test_a_wire_that_is_left_keeps_its_number_and_the_bound_goes_by_the_wires_that_there_are(small):
    wire = small.plan.wires[1]
    ends = [(np.array(wire.entry), np.array(wire.tip) + np.array([0.0, 0.0, 20.0]))]
    before = replace(small.plan, one_wire_bound=0.3, bound_share=0.6)
    now = judged_wires(small.bone, small.plan.landmarks, ends, DrillingRules(wires=2), before, [2])
    assert [one.number for one in now.wires] == [2]
    assert {one.wires for one in now.checks} == {(2,)}
    assert all(one.reason.startswith("Wire 2") for one in now.checks if not one.kept)
    assert now.bound_share == pytest.approx(0.3)
    assert "More than 30% cannot be reached by so many" in now.statement
    assert now.statement.startswith("One wire reaches")
