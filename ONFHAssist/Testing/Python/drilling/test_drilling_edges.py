"""No wire enters where the bone only seems to end, because the image does."""

import numpy as np
import pytest
from support.made_femurs import TIP_ABOVE, made_femur

from ONFHAssistLib.drilling.bone import hip_bone
from ONFHAssistLib.drilling.plan import judged_wires, plan_hip
from ONFHAssistLib.drilling.rules import DrillingRules
from ONFHAssistLib.imaging.head_sphere import lateral_axis


def cut_beside(made, side, beside_mm, level_mm):
    """Image, labels and femur without the slices lateral of a point beside the shaft, below the trochanter's tip."""
    outward = lateral_axis(side)
    point = made.junction + beside_mm * outward + (level_mm - TIP_ABOVE) * made.shaft
    columns = np.asarray(made.femur.direction).reshape(3, 3)
    axis = int(np.abs(columns.T @ outward).argmax())
    at, grows = made.femur.point_to_index(point)[axis], columns[:, axis] @ outward > 0
    low, high = np.zeros(3, int), np.array(made.femur.size)
    if grows:
        high[axis] = int(np.floor(at)) + 1
    else:
        low[axis] = int(np.ceil(at))
    return [one.cropped(tuple(low), tuple(high)) for one in (made.femur, made.labels, made.femur)]


def from_faces(image, points):
    """Distance in mm to the nearest face of an image's box."""
    index = image.point_to_index(points)
    sides = np.concatenate([index + 0.5, np.array(image.size) - 0.5 - index], axis=-1)
    return (sides * np.tile(image.spacing, 2)).min(axis=-1)


def leaning(side, degrees):
    """Axes of an image whose lateral face runs nearer to the shaft higher up; one of them is flipped."""
    tilt = np.radians(degrees if side == "R" else -degrees)
    lean = np.array([[np.cos(tilt), 0, np.sin(tilt)], [0, 1, 0], [-np.sin(tilt), 0, np.cos(tilt)]])
    return lean @ np.diag([-1.0, 1.0, 1.0])


@pytest.mark.parametrize(("side", "spacing"), [("R", (1.2, 1.2, 1.2)), ("L", (1.0, 2.0, 1.2))])
def test_entries_keep_clear_of_a_face_that_cuts_the_trochanter(side, spacing):
    made = made_femur(side, spacing, leaning(side, 5.0))
    image, labels, femur = cut_beside(made, side, 13.5, 25.0)
    plan = plan_hip(image, labels, side, DrillingRules(), femur).plan
    entries = np.array([wire.entry for wire in plan.wires])
    assert len(entries) == 3, plan.withheld
    assert from_faces(image, entries).min() >= 3.0
    assert np.abs(made.inside(entries)).max() < 1.3
    assert "lies at the edge of the image; entries were sought on the rest" in plan.warnings[0]


def test_a_femur_cut_lengthwise_gets_no_plan():
    image, labels, femur = cut_beside(made_femur("R", (1.5, 1.5, 1.5)), "R", 9.0, 40.0)
    plan = plan_hip(image, labels, "R", DrillingRules(), femur).plan
    assert plan.wires == ()
    assert plan.withheld.startswith("The edge of the image cuts the shaft of the femur R lengthwise")


def test_a_trochanter_that_reaches_the_edge_gets_no_plan():
    made = made_femur("R", (1.5, 1.5, 1.5), leaning("R", 12.0))
    image, labels, femur = cut_beside(made, "R", 8.0, 1.0)
    plan = plan_hip(image, labels, "R", DrillingRules(), femur).plan
    assert plan.withheld.startswith("The greater trochanter R reaches the edge of the image")


def test_an_entry_dragged_to_the_edge_breaks_a_rule():
    made = made_femur("R", (1.5, 1.5, 1.5))
    plan = plan_hip(made.femur, made.labels, "R", DrillingRules(), made.femur)
    wires = [(np.array(wire.entry), np.array(wire.tip)) for wire in plan.plan.wires]
    at = int(np.ceil(made.femur.point_to_index(wires[0][0])[0])) - 1
    view = made.femur.cropped((at, 0, 0), made.femur.size)
    bone = hip_bone(made.labels, "R", made.femur, views=[view])
    now = judged_wires(bone, plan.plan.landmarks, wires, DrillingRules(), plan.plan)
    reasons = [check.reason for check in now.checks if not check.kept and check.wires == (1,)]
    assert any(
        "from the edge of the image, where the bone seems to end; 3 is least" in one for one in reasons
    )
