"""Judging on real hips: the found against the true on any grid, withheld answers apart, the worst hips drawn."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.image import imread
from support.outlined_balls import THICK

from ONFHAssistLab.studies.real_hips.comparison import compare_image, match_heads
from ONFHAssistLab.studies.real_hips.figures import real_figures
from ONFHAssistLab.studies.real_hips.judging import Judged
from ONFHAssistLab.studies.real_hips.outlines import against_labels, against_sphere, share_on
from ONFHAssistLab.studies.real_hips.pictures import FOUND, TRUE, View, draw_view
from ONFHAssistLab.studies.real_hips.problems import problem_of_extra, problems_of_hip, worst_first
from ONFHAssistLab.studies.real_hips.table import RealHip
from ONFHAssistLib.case.result import CaseResult, HipResult, Withheld
from ONFHAssistLib.early.answer import LIKELY, UNLIKELY, ProbabilityAnswer
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.stage.answer import StageAnswer

RIGHT, LEFT, RADIUS = (-88.0, 3.0, -5.0), (88.0, 3.0, -5.0), 22.0
FINE = (1.0, 1.0, 1.0)
CORONAL = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])  # slices from front to back, rows downward


def balls(spacing, *parts, direction=None):
    """Label image of a pelvis with balls: (label, centre, radius), later ones over earlier ones."""
    direction = np.eye(3) if direction is None else direction
    low, high = np.array([-120.0, -32.0, -40.0]), np.array([120.0, 38.0, 30.0])
    extent = np.abs(direction.T @ (high - low))
    size = np.ceil(extent / spacing).astype(int)
    corner = 0.5 * (low + high) - direction @ (0.5 * (size - 1) * np.array(spacing))
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(corner), tuple(direction.ravel()))
    points, array = grid.points(), np.zeros(size[::-1], np.uint8)
    for label, centre, radius in parts:
        array[np.linalg.norm(points - np.array(centre), axis=-1) <= radius] = label
    return grid.like(array)


def hip(side="R", truth="healthy", **more):
    centre = RIGHT if side == "R" else LEFT
    return RealHip(
        2, Path("pelvis.nii.gz"), "pelvis.nii.gz", side, centre, RADIUS, truth, patient="p", **more
    )


def head(side="R", centre=RIGHT, radius=RADIUS, necrosis_ml=0.0):
    return FemoralHead(side, centre, radius, score=0.9, head_ml=40.0, necrosis_ml=necrosis_ml)


def judged(*hips, labels=None, contrast=None):
    return Judged(CaseResult("pelvis", "x", hips=hips), labels, contrast, "T1")


# outlines on any grid ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spacing", [FINE, THICK])
def test_a_head_that_is_its_sphere_is_said_to_be(spacing):
    labels = balls(spacing, (1, RIGHT, RADIUS), direction=None if spacing == FINE else CORONAL)
    found = against_sphere(labels, "R", hip())
    assert found["head_dice"] > (0.985 if spacing == FINE else 0.965)
    assert found["head_surface_mm"] < (0.2 if spacing == FINE else 0.6)


def test_a_head_two_mm_too_large_is_two_mm_off_all_around():
    found = against_sphere(balls(FINE, (1, RIGHT, RADIUS + 2.0)), "R", hip())
    assert found["head_surface_mm"] == pytest.approx(2.0, abs=0.15)
    assert found["head_surface_95_mm"] == pytest.approx(2.0, abs=0.5)
    small, large = (
        2 / 3 * r**3 + 0.4 * RADIUS * r**2 - (0.4 * RADIUS) ** 3 / 3 for r in (RADIUS, RADIUS + 2.0)
    )
    assert found["head_dice"] == pytest.approx(
        2 * small / (small + large), abs=0.01
    )  # of the parts above the plane


def test_the_neck_side_of_the_sphere_is_not_judged():
    """A head that is cut at the neck, as every definition cuts elsewhere, is the same head."""
    whole = balls(FINE, (1, RIGHT, RADIUS))
    neck = np.array([-0.78, 0.2, -0.6]) / np.linalg.norm([0.78, 0.2, 0.6])  # outward and down of a right hip
    beyond = (whole.points() - np.array(RIGHT)) @ neck > 0.7 * RADIUS
    cut = whole.like(np.where(beyond, 0, whole.array).astype(np.uint8))
    assert cut.array.sum() < 0.95 * whole.array.sum()
    assert against_sphere(cut, "R", hip())["head_dice"] == against_sphere(whole, "R", hip())["head_dice"]


def test_fine_outlines_are_taken_to_a_thick_truth_by_their_share():
    truth = balls(THICK, (1, RIGHT, RADIUS), (3, (-92.0, 3.0, 6.0), 9.0), direction=CORONAL)
    found = balls((0.5, 0.5, 0.5), (1, RIGHT, RADIUS), (3, (-92.0, 3.0, 6.0), 9.0))
    dead = share_on(found, found.array == 3, truth)
    assert 0.0 < dead[(dead > 0) & (dead < 1)].min() < 0.2 < 0.8 < dead[dead < 1].max()
    assert dead.sum() * truth.voxel_volume_ml == pytest.approx(4 / 3 * np.pi * 0.9**3, rel=0.01)
    against = against_labels(found, "R", truth, hip(truth="implanted"))
    assert against["necrosis_dice"] > 0.93
    assert against["head_dice"] > 0.97
    assert against["head_surface_mm"] < 0.5


def test_equal_outlines_agree_wholly_and_shifted_ones_as_geometry_says():
    truth = balls(FINE, (1, RIGHT, RADIUS), (3, (-92.0, 3.0, 6.0), 9.0))
    equal = against_labels(truth, "R", truth, hip(truth="implanted"))
    assert equal["necrosis_dice"] == equal["head_dice"] == 1.0
    assert equal["head_surface_mm"] == 0.0
    shift = 4.0
    moved = balls(FINE, (1, RIGHT, RADIUS), (3, (-92.0 + shift, 3.0, 6.0), 9.0))
    lens = 1 - 3 * shift / (4 * 9.0) + shift**3 / (16 * 9.0**3)  # overlap of two equal balls
    assert against_labels(moved, "R", truth, hip(truth="implanted"))["necrosis_dice"] == pytest.approx(
        lens, abs=0.01
    )


# heads ------------------------------------------------------------------------------------------------------------


def test_heads_are_matched_by_place_and_the_side_is_judged():
    labels = balls(FINE, (2, RIGHT, RADIUS), (1, LEFT, RADIUS))
    exchanged = judged(HipResult("R", head("R", LEFT)), HipResult("L", head("L", RIGHT)), labels=labels)
    records, extra = compare_image([hip("R"), hip("L")], exchanged)
    assert extra == []
    assert [r["found"] for r in records] == [True, True]
    assert [r["found_side"] for r in records] == ["L", "R"]
    assert [r["right_side"] for r in records] == [False, False]
    assert records[0]["head_dice"] > 0.98  # of the outline at that place, whatever its label says
    assert problems_of_hip(records[0])[0].text == "It was found as the hip L, the wrong side."


def test_a_head_where_no_row_names_one_is_extra():
    labels = balls(FINE, (1, RIGHT, RADIUS), (2, LEFT, RADIUS))
    records, extra = compare_image(
        [hip("R")], judged(HipResult("R", head()), HipResult("L", head("L", LEFT)), labels=labels)
    )
    assert [r["found"] for r in records] == [True]
    assert [(e["side"], e["x"]) for e in extra] == [("L", 88.0)]
    assert "where no row names one" in problem_of_extra(extra[0]).text


def test_a_head_far_from_its_centre_is_missed_and_extra():
    off = (RIGHT[0] + 21.0, *RIGHT[1:])
    assert match_heads([hip()], [head(centre=off)]) == {}
    records, extra = compare_image([hip()], judged(HipResult("R", head(centre=off))))
    assert (records[0]["found"], len(extra)) == (False, 1)
    near = (RIGHT[0] + 3.0, RIGHT[1], RIGHT[2] + 4.0)
    records, extra = compare_image([hip()], judged(HipResult("R", head(centre=near, radius=23.0))))
    assert records[0]["centre_error_mm"] == pytest.approx(5.0)
    assert records[0]["radius_error_mm"] == pytest.approx(1.0)


def test_the_nearer_of_two_heads_is_the_one():
    heads = [head("L", (RIGHT[0] + 8.0, *RIGHT[1:])), head("R", (RIGHT[0] + 1.0, *RIGHT[1:]))]
    assert match_heads([hip()], heads) == {0: heads[1]}


def test_the_hips_of_a_refused_image_are_not_found_and_say_why():
    records, extra = compare_image([hip("R"), hip("L")], Judged(refusal="It is an ADC map."))
    assert [(r["found"], r["refusal"]) for r in records] == [(False, "It is an ADC map.")] * 2
    assert extra == []
    assert problems_of_hip(records[0])[0].text == "Not answered: It is an ADC map."


# figures ----------------------------------------------------------------------------------------------------------


def stage_answer(stage):
    return StageAnswer(stage, {"0": 0.3, "I": 0.3, "II": 0.4}, None, 0.5)


def probability_answer(value):
    return ProbabilityAnswer(value, 0.4, LIKELY if value >= 0.4 else UNLIKELY)


def figures_of(rows, extra=0.0):
    """Figures by name; ``rows`` are (patient, row, hip of the result) of one image each."""
    records, images = [], []
    for number, (patient, row, result) in enumerate(rows):
        found, _ = compare_image([row], judged(result, contrast="T1-weighted" if number % 2 else None))
        records.append({**found[0], "patient": patient})
        images.append(
            {
                "patient": patient,
                "extra_heads": extra,
                "refused": False,
                "contrast_recognised": found[0]["contrast_recognised"],
            }
        )
    return {f.name: f for f in real_figures(pd.DataFrame(records), pd.DataFrame(images), 200)}


def test_answers_that_are_withheld_are_counted_apart():
    given = [HipResult("R", head(), stage=stage_answer(s)) for s in ("0", "0", "0", "I")]
    held = [
        HipResult("R", head(), withheld={"stage": Withheld(("T1",), stage_answer(s))}) for s in ("I", "II")
    ]
    figures = figures_of(
        [(f"p{i}", hip(), one) for i, one in enumerate([*given, *held, HipResult("R", head())])]
    )
    right = figures["healthy_stage_0"]
    assert (right.value, right.n, right.of, right.met) == (0.75, 4, 7, False)
    as_if = figures["healthy_stage_0_with_withheld"]
    assert (as_if.value, as_if.n, as_if.of) == (0.5, 6, 7)
    assert figures["stage_given_healthy"].value == pytest.approx(4 / 7)
    assert figures["stage_withheld_healthy"].value == pytest.approx(2 / 7)
    assert figures["healthy_probability_below"].n == 0
    assert figures["contrast_recognised"].value == pytest.approx(3 / 7)


def test_where_all_is_withheld_nothing_is_reached_nor_missed():
    held = HipResult("R", head(), withheld={"probability": Withheld(("T1",), probability_answer(0.1))})
    figures = figures_of([("a", hip(), held), ("b", hip(), held)])
    target = figures["healthy_probability_below"]
    assert (target.met, target.n, target.of, math.isnan(target.value)) == (None, 0, 2, True)
    assert figures["healthy_probability_below_with_withheld"].value == 1.0
    assert figures["probability_given_healthy"].value == 0.0


def test_one_of_two_stages_is_no_exact_stage_and_no_stage_0():
    rows = [
        ("a", hip(truth="implanted", stage="I", necrosis_ml=3.0), HipResult("R", head(), stage=stage_answer("I or II"))),
        ("b", hip(truth="implanted", stage="II", necrosis_ml=3.0), HipResult("R", head(), stage=stage_answer("II"))),
        ("c", hip(truth="implanted", stage="II", necrosis_ml=3.0), HipResult("R", head(), stage=stage_answer("I"))),
        ("d", hip(truth="implanted", stage="I", necrosis_ml=3.0), HipResult("R", head(), stage=stage_answer("0"))),
    ]  # fmt: skip
    figures = figures_of(rows)
    assert figures["stage_right"].value == 0.25
    assert figures["stage_right_or_among"].value == 0.5
    assert figures["necrotic_not_stage_0_over_2_ml"].value == 0.75


def test_lesions_are_counted_by_size_and_a_missed_head_has_lost_its_lesion():
    def lesion(ml, found_ml):
        return hip(truth="implanted", necrosis_ml=ml), HipResult("R", head(necrosis_ml=found_ml))

    rows = [
        ("a", *lesion(0.6, 0.0)),
        ("b", *lesion(1.5, 1.2)),
        ("c", *lesion(2.0, 0.0)),
        ("d", *lesion(6.0, 5.0)),
    ]
    rows.append(("e", hip(truth="implanted", necrosis_ml=8.0), HipResult("R")))  # not found
    figures = figures_of(rows)
    assert figures["lesions_found_under_1_ml"].value == 0.0
    assert (figures["lesions_found_1_to_2_ml"].value, figures["lesions_found_1_to_2_ml"].n) == (0.5, 2)
    assert (figures["lesions_found_over_2_ml"].value, figures["lesions_found_over_2_ml"].n) == (0.5, 2)
    assert (figures["lesions_found_over_1_ml"].value, figures["lesions_found_over_1_ml"].met) == (0.5, False)
    assert figures["healthy_called_necrotic"].of == 0


def test_a_healthy_hip_with_an_outlined_necrosis_is_called_necrotic():
    figures = figures_of(
        [("a", hip(), HipResult("R", head(necrosis_ml=0.4))), ("b", hip(), HipResult("R", head()))]
    )
    assert (figures["healthy_called_necrotic"].value, figures["healthy_called_necrotic"].met) == (0.5, False)


def test_intervals_know_the_patient_and_do_not_vanish_where_all_agree():
    error = [0.2, 0.2, 2.0, 2.0]

    def row(patient, off):
        return patient, hip(), HipResult("R", head(centre=(RIGHT[0] + off, *RIGHT[1:])))

    alone = figures_of([row(f"p{i}", e) for i, e in enumerate(error * 5)])["centre_error_median_mm"]
    together = figures_of([row(f"p{i // 2 % 2}", e) for i, e in enumerate(error * 5)])[
        "centre_error_median_mm"
    ]
    assert alone.value == together.value == pytest.approx(1.1)
    assert (together.low, together.high) == pytest.approx(
        (0.2, 2.0)
    )  # only two patients stand behind 20 hips
    found = figures_of([row(f"p{i // 2}", e) for i, e in enumerate(error)])["heads_found"]
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(0.342, abs=0.001)  # Wilson, 2 of 2 patients
    worst = figures_of([row("a", 1.0), row("b", 2.0)])["centre_error_worst_mm"]
    assert (worst.value, worst.met, math.isnan(worst.low)) == (pytest.approx(2.0), True, True)


# the worst --------------------------------------------------------------------------------------------------------


def test_the_worst_come_first_and_withheld_answers_last():
    held = {"stage": Withheld(("T1",), stage_answer("I"))}
    results = [
        HipResult("R", head()),
        HipResult("R", head(), withheld=held),
        HipResult("R", head(necrosis_ml=3.0)),
        HipResult("R"),
        HipResult("R", head(necrosis_ml=0.5)),
        HipResult("R", head(centre=(RIGHT[0] + 4.0, *RIGHT[1:]))),
    ]
    records = [compare_image([hip()], judged(one))[0][0] for one in results]
    problems = [problems_of_hip(record) for record in records]
    order = worst_first(problems, [float(r.get("centre_error_mm", math.nan)) for r in records])
    assert order == [3, 2, 4, 5, 1, 0]
    assert [p.text for p in problems[2]] == ["Healthy, but 3.0 ml were outlined as necrosis."]
    assert [p.text for p in problems[1]] == ["Healthy, but it would have been staged I; it was withheld."]
    assert problems[0] == []


def test_the_picture_is_radiological_and_shows_both_outlines_where_they_are(tmp_path):
    blob = (RIGHT[0] + 30.0, RIGHT[1] - 22.0, RIGHT[2] + 20.0)  # to the left, front and top of the right head
    bright = balls(FINE, (1, blob, 7.0)).array
    image = balls(THICK, direction=CORONAL)
    grey = balls(FINE).like(np.where(bright > 0, 1000.0, 100.0).astype(np.float32)).resampled_to(image)
    found = balls(FINE, (1, RIGHT, RADIUS), (3, (RIGHT[0], RIGHT[1], RIGHT[2] + 10.0), 8.0))
    view = View(grey, "a hip", RIGHT, RADIUS, "R", (RIGHT, RADIUS), found, ("R",))
    assert draw_view(view, tmp_path / "hip.png") == "the middle of the necrosis that was found"
    pixels = imread(tmp_path / "hip.png")[..., :3]
    height, width = pixels.shape[:2]
    assert width > 2.5 * height
    third, top = width / 3, 0.08 * height
    scale = 100.0 / third  # mm a pixel

    def middle(mask, panel):
        columns = slice(round(panel * third), round((panel + 1) * third))
        rows, across = np.nonzero(mask[:, columns])
        return across.mean() * scale - 50.0, (rows.mean() - top) * scale - 50.0, len(rows)

    def coloured(colour):
        wanted = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255.0
        mask = np.abs(pixels - wanted).max(axis=-1) < 0.12
        mask[: round(top) + 2] = False  # the heading
        return mask

    # Coronal: the slice is at the lesion's middle, 10 mm above the head's, so that the sphere's circle lies 10 mm lower.
    x, y, count = middle(coloured(TRUE), 0)
    assert (count > 50, x, y) == (True, pytest.approx(0.0, abs=1.5), pytest.approx(10.0, abs=1.5))
    x, y, count = middle(coloured(TRUE), 1)
    assert (count > 50, x, y) == (True, pytest.approx(0.0, abs=1.5), pytest.approx(10.0, abs=1.5))
    x, y, count = middle(coloured(TRUE), 2)
    assert (count > 50, x, y) == (True, pytest.approx(0.0, abs=1.5), pytest.approx(0.0, abs=1.5))
    for panel in range(3):
        assert middle(coloured(FOUND), panel)[2] > 100


def test_left_front_and_top_of_the_patient_are_where_a_radiologist_looks_for_them(tmp_path):
    offset = np.array([25.0, -15.0, 18.0])  # left, front, top
    at = np.array(RIGHT) + offset
    places = {0: (offset[0], -offset[2]), 1: (offset[1], -offset[2]), 2: (offset[0], offset[1])}
    for panel, axis in ((0, 1), (1, 0), (2, 2)):
        centre = at.copy()
        centre[[i for i in range(3) if i != axis]] = np.array(RIGHT)[[i for i in range(3) if i != axis]]
        grid = balls(FINE)
        near = np.linalg.norm(grid.points() - at, axis=-1) < 6.0
        grey = grid.like(np.where(near, 1000.0, 100.0).astype(np.float32))
        draw_view(View(grey, "", tuple(centre), RADIUS, "R"), tmp_path / "one.png")
        pixels = imread(tmp_path / "one.png")[..., :3]
        height, width = pixels.shape[:2]
        third, top = width / 3, 0.08 * height
        scale = 100.0 / third
        part = pixels[:, round(panel * third) + 30 : round((panel + 1) * third) - 30].min(axis=-1) > 0.9
        part[: round(top) + 40] = False  # heading and name of the plane
        part[-60:] = False  # scale
        rows, across = np.nonzero(part)
        right, down = (across.mean() + 30) * scale - 50.0, (rows.mean() - top) * scale - 50.0
        assert (right, down) == (
            pytest.approx(places[panel][0], abs=2),
            pytest.approx(places[panel][1], abs=2),
        )


def test_where_no_head_is_found_every_figure_is_still_there():
    figures = figures_of([("a", hip(), HipResult("R")), ("b", hip(truth="implanted"), HipResult("R"))])
    assert (figures["heads_found"].value, figures["heads_found"].met) == (0.0, False)
    assert figures["lesions_found"].value == 0.0
    assert {f.n for name, f in figures.items() if "stage" in name or "probability" in name} == {0}
