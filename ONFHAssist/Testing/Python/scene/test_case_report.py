"""The report of a case: what the scene holds, hip by hip, as a page and as a PDF; warnings are never left out."""

import re
from dataclasses import replace

import numpy as np
import pytest
from support.case_results import predicted_result, stage_answer, staged_result

from ONFHAssistLib.early.answer import FeatureContribution
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image


def staged(labels, folder, against=()):
    """A staging of the right hip of the phantom, with what speaks against it."""
    write_image(labels.like((labels.array > 0).astype(np.float32) * 0.9), folder / "heat.nrrd")
    probabilities = {"0": 0.002, "I": 0.038, "II": 0.96}
    answer = stage_answer(
        "II", probabilities, folder / "heat.nrrd", volume_ml=20.0, surface_mm2=400.0, overlap=0.5
    )
    return staged_result(
        {"R": replace(answer, uncertainty=0.021, distance=1.4)},
        against,
        ["The image does not state its modality."],
        {"bundle": "stage-test 1", "input": "abc"},
        "Learned from simulated hips.",
    )


def predicted(probability, warnings=("The image does not state its sequence.",)):
    row = FeatureContribution("f", 1.0, 0.0, 1.0, 0.1)
    facts = {"bundle": "dlr-test 1", "input": "abc"}
    return predicted_result({"R": probability}, [row], (), warnings, facts, "Learned from balls.")


@pytest.fixture
def case(scene, tmp_path):
    """Volume and segmentation of a necrotic head on the patient's right, with the results of all steps."""
    from ONFHAssistLib.scene.results.features_and_prediction import prediction_to_scene
    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene
    from ONFHAssistLib.scene.results.measurements import measure_to_scene
    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation
    from ONFHAssistLib.scene.selftest import necrotic_phantom
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    volume, segmentation, _arc = necrotic_phantom()
    measure_to_scene(volume, segmentation)
    staging_to_scene(volume, staged(labels_from_segmentation(segmentation, volume), tmp_path))
    prediction_to_scene(volume, predicted(0.2))
    survival_to_scene(volume, "R", ClinicalInput("II", True, 228.0))
    return volume, segmentation


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_page_gives_stage_probability_measurements_and_survival_in_whole_figures(case, tmp_path):
    from ONFHAssistLib.scene.report.case_report import write_report

    page = write_report(*case, tmp_path / "case.html").read_text(encoding="utf-8")
    said = text_of(page)
    assert "Stage II probability 96%, spread between the networks 2%" in said
    assert "Early osteonecrosis 20%, unlikely" in said
    assert "under 1% 4% 96%" in said  # the probabilities of stages 0, I and II
    assert re.search(r"No collapse at 36 months \d\d%", said)
    assert "Head radius (mm) 22.0" in said
    assert "axial slices, voxels of 1.2 x 1.2 x 2 mm" in said
    assert "below with the heat of the stage" in said
    assert page.count("data:image/png;base64,") == 2  # the hip and its curve
    assert not re.search(r'(src|href)="https?:', page)


def test_warnings_of_every_step_and_contradictions_stand_above_the_figures(case, tmp_path):
    from ONFHAssistLib.scene.report.case_report import write_report

    said = text_of(write_report(*case, tmp_path / "case.html").read_text(encoding="utf-8"))
    above = said[: said.index("Right hip Stage II")]
    assert "no reader has confirmed the outlines" in above
    assert "The image does not state its modality." in above
    assert "The image does not state its sequence." in above
    assert "Right hip: stage and probability of early osteonecrosis disagree" in above
    assert "not a diagnosis" in above


def test_what_is_out_of_scope_gets_no_stage_and_says_why(case, tmp_path):
    from ONFHAssistLib.scene.report.case_report import write_report
    from ONFHAssistLib.scene.results.heatmaps import staging_to_scene
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    volume, segmentation = case
    labels = labels_from_segmentation(segmentation, volume)
    staging_to_scene(volume, staged(labels, tmp_path, ["Hip R looks unlike the hips of the training."]))
    said = text_of(write_report(volume, segmentation, tmp_path / "case.html").read_text(encoding="utf-8"))
    assert "Out of scope for the stage: Hip R looks unlike" in said
    assert "with the heat of the stage" not in said
    assert "Right hip Stage: no answer" in said
    assert "Stage II" not in said
    assert "disagree" not in said


def test_findings_of_another_model_replace_those_of_the_first_and_its_assumptions(case, tmp_path):
    import slicer

    from ONFHAssistLib.core.resources import resource_path
    from ONFHAssistLib.scene.report.case_report import write_report
    from ONFHAssistLib.scene.results.survival import model_survival_to_scene
    from ONFHAssistLib.scene.summary import ASSUMED
    from ONFHAssistLib.survival.calculator import load_calculator

    volume, segmentation = case
    slicer.util.getNode("No-collapse survival R").SetAttribute(ASSUMED, "ARCO II")
    calculator = load_calculator(next((resource_path("Models") / "dlrc-xray" / "models").glob("*.json")))
    values = {axis.name: 0.5 * sum(calculator.ranges[axis.name]) for axis in calculator.scales.axes}
    model_survival_to_scene(volume, "R", calculator, values)
    said = text_of(write_report(volume, segmentation, tmp_path / "case.html").read_text(encoding="utf-8"))
    assert calculator.title in said
    assert "ARCO stage II;" not in said
    assert "Assumed" not in said
    for name, value in values.items():
        assert f"{name.replace('_', ' ')}: {value:g}" in said


def test_a_confirmed_outline_names_its_reader_and_a_new_answer_forgets_old_warnings(case, tmp_path):
    from ONFHAssistLib.scene.report.case_report import write_report
    from ONFHAssistLib.scene.results.features_and_prediction import prediction_to_scene
    from ONFHAssistLib.scene.results.readers import confirm

    volume, segmentation = case
    confirm(segmentation, "Dr Reader")
    prediction_to_scene(volume, predicted(0.8, ()))
    said = text_of(write_report(volume, segmentation, tmp_path / "case.html").read_text(encoding="utf-8"))
    assert "confirmed by Dr Reader" in said
    assert "does not state its sequence" not in said
    assert "disagree" not in said


def test_the_pdf_has_a4_pages_with_the_picture_and_nothing_is_left_beside_it(case, tmp_path):
    from ONFHAssistLib.scene.report.case_report import write_report

    folder = tmp_path / "out"
    folder.mkdir()
    content = write_report(*case, folder / "case.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox \[\s*0 0 (\d+)[\d.]* (\d+)", content)
    assert boxes
    assert {(int(w), int(h)) for w, h in boxes} <= {(594, 841), (595, 841), (595, 842)}
    assert b"/Subtype /Image" in content
    assert [p.name for p in folder.iterdir()] == ["case.pdf"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.001, "under 1%"), (0.42, "42%"), (0.999, "over 99%"), (float("nan"), "–")]
)
def test_probabilities_read_as_whole_percent_and_never_as_certainty(value, text):
    from ONFHAssistLib.report.case_sections import share

    assert share(value) == text


def test_both_hips_are_drawn_with_one_window_and_the_brightest_far_away_does_not_darken_them():
    from ONFHAssistLib.report.case_pictures import window_of

    grid = Image(np.zeros((30, 30, 90), np.float32), (2.0,) * 3, (-90.0, -30.0, -30.0))
    labels, values = np.zeros(grid.array.shape, np.uint8), np.full(grid.array.shape, 100.0, np.float32)
    for code, x in ((1, -60.0), (2, 60.0)):
        ball = np.linalg.norm(grid.points() - np.array([x, 0.0, 0.0]), axis=-1) <= 20.0
        labels[ball], values[ball] = code, 400.0 * code
    values[:, :, 44:46] = 9000.0  # a full bladder between them
    low, high = window_of(grid.like(values), grid.like(labels), ["R", "L"])
    assert (low, high) == (100.0, 800.0)


def test_long_texts_stand_on_the_left_and_figures_on_the_right_of_their_columns():
    from ONFHAssistLib.report.case_page import CasePage, Section, render

    rows = [
        ("1. Title", "yes", "split by patient, stratified: 17 training, 7 test hips"),
        ("2. Aim", "no", ""),
    ]
    page = render(
        CasePage("T", (), [Section("CLEAR", columns=("Item", "Answer", "From this run"), rows=rows)], {})
    )
    assert "<td>split by patient" in page
    assert '<td class="number brief">yes</td>' in page
    assert "<td>1. Title</td>" in page
