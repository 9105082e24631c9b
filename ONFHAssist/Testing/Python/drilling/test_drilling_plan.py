"""A plan keeps its rules by the shapes of the bone, reaches the lesion, and says what it cannot do."""

import dataclasses

import numpy as np
import pytest
from support.made_femurs import MadeFemur, made_femur
from support.outlined_hips import rotation

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.drilling.figures import reach_share
from ONFHAssistLib.drilling.plan import judged_wires, plan_drilling, plan_hip
from ONFHAssistLib.drilling.result import DrillingPlan
from ONFHAssistLib.drilling.rules import DrillingRules

VOXEL_MM = 0.6  # what a surface on voxels of 1 mm may be off the shape that it stands for


@pytest.fixture(scope="module")
def right() -> MadeFemur:
    return made_femur("R")


@pytest.fixture(scope="module")
def planned(right):
    return plan_hip(right.femur, right.labels, "R", DrillingRules(), right.femur)


def ends(plan):
    return [(np.array(wire.entry), np.array(wire.tip)) for wire in plan.wires]


def broken_by_shape(made, plan, rules):
    """Sentences on what the shapes of the bone say against a plan; nothing of the planner's is used."""
    said = []
    for number, (entry, tip) in enumerate(ends(plan), 1):
        length = np.linalg.norm(tip - entry)
        along = np.arange(rules.near_entry_mm, length, 0.25)
        depth = made.inside(entry + along[:, None] * (tip - entry) / length)
        if depth.min() < rules.radius_mm + rules.cortex_margin_mm - VOXEL_MM:
            said.append(f"{number} has {depth.min() - rules.radius_mm:.1f} mm of bone about it")
        gap = float(made.inside(tip))
        if not rules.least_tip_gap_mm - VOXEL_MM <= gap <= rules.most_tip_gap_mm + VOXEL_MM:
            said.append(f"{number} ends {gap:.1f} mm short")
        if abs(float(made.inside(entry))) > 1.0:
            said.append(f"{number} enters {float(made.inside(entry)):.1f} mm under the surface")
    return said


def test_every_rule_is_kept_by_the_shapes_of_the_bone(right, planned):
    assert len(planned.plan.wires) == 3
    assert broken_by_shape(right, planned.plan, DrillingRules()) == []
    assert planned.plan.kept, [check.reason for check in planned.plan.checks if not check.kept]


@pytest.mark.parametrize("entry", ["single", "several"])
def test_one_hole_or_several(right, entry):
    rules = DrillingRules(entry=entry, wires=4)
    plan = plan_hip(right.femur, right.labels, "R", rules, right.femur).plan
    assert plan.kept
    places = np.array([wire.entry for wire in plan.wires])
    apart = np.linalg.norm(places[:, None] - places, axis=-1)
    others = apart[~np.eye(4, dtype=bool)]
    assert others.max() < 0.1 if entry == "single" else others.min() > rules.diameter_mm


def test_landmarks_are_those_of_the_shapes(right, planned):
    marks = planned.plan.landmarks
    assert np.degrees(np.arccos(np.array(marks.shaft) @ right.shaft)) < 1.5
    assert np.degrees(np.arccos(np.array(marks.neck) @ right.neck)) < 3.0
    assert marks.neck_shaft_angle_deg == pytest.approx(130, abs=3)
    assert marks.isthmus_radius == pytest.approx(16, abs=0.8)
    assert marks.trochanter_tip[2] == pytest.approx(right.junction[2] + 26.0, abs=1.0)


def test_figures_follow_from_entry_and_tip(right, planned):
    wire = planned.plan.wires[0]
    way = np.array(wire.tip) - wire.entry
    assert wire.length_mm == pytest.approx(np.linalg.norm(way))
    assert wire.angle_to_shaft_deg == pytest.approx(np.degrees(np.arccos(-way[2] / wire.length_mm)), abs=1.5)
    assert wire.angle_to_coronal_deg == pytest.approx(
        np.degrees(np.arcsin(-way[1] / wire.length_mm)), abs=0.01
    )
    below = planned.plan.landmarks.trochanter_tip[2] - wire.entry[2]
    assert wire.below_trochanter_mm == pytest.approx(below, abs=1.5)
    assert wire.tip_gap_mm == pytest.approx(float(right.inside(np.array(wire.tip))), abs=VOXEL_MM)


def test_reach_is_counted_on_the_voxels_of_the_lesion(right, planned):
    points = right.labels.index_to_point(np.argwhere(right.labels.array == 3)[:, ::-1])
    nearest = np.full(len(points), np.inf)
    for entry, tip in ends(planned.plan):
        part = np.clip((points - entry) @ (tip - entry) / ((tip - entry) @ (tip - entry)), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(points - entry - part[:, None] * (tip - entry), axis=1))
    assert planned.plan.reach_share == pytest.approx((nearest <= 5.0).mean(), abs=0.03)
    assert planned.plan.lesion_ml == pytest.approx(len(points) / 1000, rel=0.03)


GRIDS = [
    ((1.0, 1.0, 1.0), rotation(0, 0, 0) @ np.diag([-1.0, -1.0, 1.0])),
    ((0.9, 0.9, 3.0), rotation(9, -6, 12)),
    ((3.2, 0.8, 0.8), rotation(-7, 10, 5)[:, [2, 0, 1]]),
]


@pytest.mark.parametrize(("spacing", "direction"), GRIDS)
def test_flipped_oblique_and_anisotropic_volumes(spacing, direction):
    made = made_femur("L", spacing, direction)
    plan = plan_hip(made.femur, made.labels, "L", DrillingRules(), made.femur).plan
    assert plan.kept, plan
    coarse = 0.3 * max(spacing) if max(spacing) > 1 else 0.0
    rules = DrillingRules()
    eased = dataclasses.replace(
        rules, cortex_margin_mm=rules.cortex_margin_mm - coarse, least_tip_gap_mm=rules.least_tip_gap_mm - coarse,
        most_tip_gap_mm=rules.most_tip_gap_mm + coarse,
    )  # fmt: skip
    said = [one for one in broken_by_shape(made, plan, eased) if "enters" not in one or coarse == 0]
    assert said == []


def test_left_is_the_mirror_image_of_right(planned):
    made = made_femur("L")
    left = plan_hip(made.femur, made.labels, "L", DrillingRules(), made.femur).plan
    mine = planned.plan
    assert all(wire.entry[0] > 85 for wire in left.wires)
    assert all(wire.entry[0] < -85 for wire in mine.wires)
    assert left.reach_share == pytest.approx(mine.reach_share, abs=0.06)
    assert left.landmarks.neck_shaft_angle_deg == pytest.approx(mine.landmarks.neck_shaft_angle_deg, abs=1.0)
    forward = [np.mean([w.angle_to_coronal_deg for w in plan.wires]) for plan in (left, mine)]
    assert forward[0] == pytest.approx(forward[1], abs=6)
    assert min(forward) > 0  # both lesions lie in front


def test_a_wire_dragged_out_of_the_bone_is_broken_and_says_where(planned):
    wires = ends(planned.plan)
    wires[1] = (wires[1][0], wires[1][1] + np.array([0.0, -30.0, 0.0]))
    plan = judged_wires(planned.bone, planned.plan.landmarks, wires, DrillingRules(), planned.plan)
    reasons = [check.reason for check in plan.checks if not check.kept and check.wires == (2,)]
    assert any(reason.startswith("Wire 2 leaves the bone") for reason in reasons), reasons
    assert not plan.kept
    assert all(check.kept for check in plan.checks if check.wires == (1,))


def test_a_wire_dragged_onto_another_says_so(planned):
    wires = ends(planned.plan)
    shift = np.array([0.5, 0.5, 0.5])
    wires[1] = (wires[0][0] + shift, wires[0][1] + shift)
    plan = judged_wires(planned.bone, planned.plan.landmarks, wires, DrillingRules(), planned.plan)
    reasons = [check.reason for check in plan.checks if not check.kept and check.wires == (1, 2)]
    assert reasons == ["Wires 1 and 2 leave 0.0 mm of bone between two wires; 2 is least."]


@pytest.mark.parametrize(
    ("move", "said"),
    [
        ((0.0, 0.0, 6.0), "of the joint surface; 5 to 10 is allowed"),
        ((20.0, 0.0, -20.0), "short of the joint surface"),
    ],
)
def test_a_tip_too_near_or_too_far_from_the_joint_surface(planned, move, said):
    wires = ends(planned.plan)
    wires[0] = (wires[0][0], wires[0][1] + np.array(move) * [-1, 1, 1])
    plan = judged_wires(planned.bone, planned.plan.landmarks, wires, DrillingRules(), planned.plan)
    reasons = " ".join(check.reason for check in plan.checks if not check.kept)
    assert "short of the joint surface" in reasons, reasons


def test_a_small_lesion_is_reached():
    made = made_femur("R", lesion_mm=6.0, lesion_at=(0.0, -0.1, 0.35))
    plan = plan_hip(made.femur, made.labels, "R", DrillingRules(), made.femur).plan
    assert plan.reach_share >= 0.9
    assert plan.wires_needed <= 3
    assert "cannot" not in plan.statement
    assert "not found" not in plan.statement


def test_what_is_too_large_is_ruled_out_by_a_bound():
    made = made_femur("R", lesion_mm=17.0)
    plan = plan_hip(made.femur, made.labels, "R", DrillingRules(), made.femur).plan
    assert plan.reach_share <= plan.bound_share < 0.9
    assert (
        f"More than {np.ceil(100 * plan.bound_share):.0f}% cannot be reached by so many that keep"
        in plan.statement
    )
    more = dataclasses.replace(DrillingRules(), wires=7, entry="several")
    many = plan_hip(made.femur, made.labels, "R", more, made.femur).plan
    assert many.reach_share > plan.reach_share


def test_an_image_that_ends_above_the_shaft_gets_no_plan():
    made = made_femur("R", down_mm=70.0)
    plan = plan_hip(made.femur, made.labels, "R", DrillingRules(), made.femur).plan
    assert plan.wires == ()
    assert "Of the shaft R below the lesser trochanter" in plan.withheld


def test_a_femur_that_does_not_cover_the_head_is_refused(right):
    array = right.femur.array * (right.labels.array == 0)
    plan = plan_hip(right.femur, right.labels, "R", DrillingRules(), right.femur.like(array)).plan
    assert plan.withheld.startswith("The given outline of the femur R covers 0% of the outlined head")


def test_rules_that_nothing_keeps_give_no_plan(right):
    rules = DrillingRules(neck_margin_mm=10.0, cortex_margin_mm=10.0, diameter_mm=10.0)
    plan = plan_hip(right.femur, right.labels, "R", rules, right.femur).plan
    assert plan.wires == ()
    assert "loosen the rules" in plan.withheld


def test_without_necrosis_there_is_nothing_to_drill(right):
    healthy = right.labels.like((right.labels.array > 0).astype(np.uint8))
    with pytest.raises(InputError, match="no necrosis"):
        plan_drilling(right.femur, healthy, femurs={"R": right.femur})


def test_a_plan_is_written_and_read_as_it_was(right):
    plan, hips = plan_drilling(right.femur, right.labels, femurs={"R": right.femur})
    again = DrillingPlan.from_json(plan.to_json())
    assert again.rules == plan.rules
    assert again.hips[0].wires == plan.hips[0].wires
    assert again.hips[0].landmarks == plan.hips[0].landmarks
    assert reach_share(hips[0].bone, ends(again.hips[0]), again.rules) == plan.hips[0].reach_share
    assert "not a medical device" in again.disclaimer
