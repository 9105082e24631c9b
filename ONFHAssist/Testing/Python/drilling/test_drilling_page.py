"""The page for the theatre says what the plan is, with pictures whose right is the patient's left."""

import dataclasses

import numpy as np
import pytest
from support.made_femurs import made_femur

from ONFHAssistLib.drilling.plan import PlannedHip, judged_wires, plan_drilling
from ONFHAssistLib.drilling.result import HipPlan
from ONFHAssistLib.report.drilling.page import write_drilling_page
from ONFHAssistLib.report.drilling.pictures import ABOVE, FRONT, cuts_along


@pytest.fixture(scope="module")
def planned():
    made = made_femur("R", (1.5, 1.5, 1.5))
    image = made.femur.like((300.0 * made.femur.array + 50.0).astype(np.float32))
    return image, *plan_drilling(image, made.labels, femurs={"R": made.femur})


def test_figures_rules_picture_and_disclaimer_stand_on_the_page(planned, tmp_path):
    image, plan, hips = planned
    left = PlannedHip(HipPlan("L", withheld="Of the shaft L 3 mm are seen."))
    text = write_drilling_page(plan, [*hips, left], image, "case 1", tmp_path / "page.html").read_text(
        "utf-8"
    )
    wire = plan.hips[0].wires[0]
    for said in (
        "not a medical device", "case 1", plan.hips[0].statement, f">{wire.length_mm:.0f}</td>",
        "Of the shaft L 3 mm are seen.", "data:image/png;base64,", "At least 3 mm of bone around the wire",
    ):  # fmt: skip
        assert said in text, said


def test_a_broken_rule_stands_on_its_card(planned, tmp_path):
    image, plan, hips = planned
    wires = [(np.array(wire.entry), np.array(wire.tip) - np.array([0, 35, 0])) for wire in plan.hips[0].wires]
    broken = judged_wires(hips[0].bone, plan.hips[0].landmarks, wires, plan.rules, plan.hips[0])
    now = dataclasses.replace(plan, hips=(broken,))
    text = write_drilling_page(
        now, [PlannedHip(broken, hips[0].bone)], image, "", tmp_path / "p.html"
    ).read_text("utf-8")
    assert "Wire 1 leaves the bone" in text


def test_cuts_hold_the_wires_and_look_as_a_radiologist_does(planned):
    _image, plan, hips = planned
    cuts = cuts_along(hips[0])
    for name, grid in cuts.items():
        columns = np.asarray(grid.direction).reshape(3, 3)
        assert columns[0, 0] > 0.5  # to the right in the picture is the patient's left
        assert columns[2 if name == FRONT else 1, 1] == pytest.approx(-1 if name == FRONT else 1, abs=0.15)
        wire = plan.hips[0].wires[1]
        off = np.abs(grid.point_to_index(np.array([wire.entry, wire.tip]))[:, 2]) * grid.spacing[2]
        assert off.max() < 20
    assert list(cuts) == [FRONT, ABOVE]
