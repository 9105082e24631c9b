"""ONFHSurvival: the nomogram follows every change, a model of one's own answers, and a cohort is developed by button."""

import importlib.util

import pandas as pd
import pytest
from support.developed_study import developed_study
from support.waiting import wait_for


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """CSV file of 140 made-up hips with findings, 60 radiomics and 40 deep features."""
    return developed_study(tmp_path_factory)[2]


@pytest.fixture(scope="module")
def developed(tmp_path_factory):
    """Folder of a development on the cohort."""
    return developed_study(tmp_path_factory)[1]


def cell(widget, row, column):
    return widget.ui.pointsTable.item(row, column).text()


def pixels(label):
    """What a label shows, as bytes."""
    image = label.pixmap.toImage() if not callable(label.pixmap) else label.pixmap().toImage()
    return bytes(image.constBits())


def tables(role):
    import slicer

    nodes = slicer.util.getNodesByClass("vtkMRMLTableNode")
    return [n for n in nodes if n.GetAttribute("ONFHAssist.role") == role]


def test_the_nomogram_follows_every_finding_at_once(panel):
    widget = panel("ONFHSurvival")
    widget.ui.arcoCombo.currentIndex = widget.ui.arcoCombo.findText("IIIA")
    widget.ui.oedemaCheckBox.checked = False
    widget.ui.angleSlider.value = 228.0
    assert [cell(widget, row, 2) for row in range(4)] == ["85.4", "0.0", "100.0", "185.4"]
    assert [cell(widget, row, 1) for row in (0, 1, 2, 4, 5)] == ["IIIA", "no", "≥ 210.5°", "60.7%", "26.2%"]
    widget.ui.angleSlider.value = 210.0
    assert [cell(widget, row, 2) for row in range(4)] == ["85.4", "0.0", "0.0", "85.4"]
    assert cell(widget, 4, 1) == "81.3%"
    assert widget.nomogram.controls == {}  # the findings above are the controls


def test_the_panel_opens_on_the_findings_of_the_survival_in_the_scene_and_keeps_what_the_user_sets(panel):
    from ONFHAssistLib.scene.results.survival import survival_to_scene
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    nodes = survival_to_scene(None, "L", ClinicalInput("II", True, 228.0))
    widget = panel("ONFHSurvival")
    p = widget.parameters
    assert (p.side, p.arco, p.oedema, p.angle) == ("L", "II", True, 228.0)
    assert "60.6%" in widget.ui.answerLabel.text
    assert widget.ui.survivalView.mrmlTableNode() is nodes["table"]
    widget.ui.angleSlider.value = 200.0
    widget.exit()
    widget.enter()
    assert widget.parameters.angle == 200.0  # the user's
    survival_to_scene(None, "R", ClinicalInput("I", False, 100.0))
    widget.ui.sideCombo.currentIndex = widget.ui.sideCombo.findText("R")
    assert (widget.parameters.oedema, widget.parameters.angle) == (False, 100.0)  # of that hip
    survival_to_scene(None, "R", ClinicalInput("I", True, 120.0))  # such as by Redo
    widget.exit()
    widget.enter()
    assert (widget.parameters.oedema, widget.parameters.angle) == (True, 120.0)


def test_nomogram_and_curve_are_redrawn_when_the_slider_rests(panel):
    widget = panel("ONFHSurvival")
    widget.ui.angleSlider.value = 150.0
    assert widget.nomogram.draw()
    before = [pixels(label) for label in (widget.ui.nomogramPicture, widget.ui.curvePicture)]
    widget.ui.angleSlider.value = 300.0
    wait_for(lambda: pixels(widget.ui.curvePicture) != before[1], 20)  # by the timer, nobody calls draw
    assert pixels(widget.ui.nomogramPicture) != before[0]


def test_without_matplotlib_the_points_stand_alone(panel, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "matplotlib" else find(name, *a)
    )
    widget = panel("ONFHSurvival")
    widget.ui.oedemaCheckBox.checked = True
    assert not widget.nomogram.draw()
    assert not widget.ui.nomogramPicture.visible
    assert cell(widget, 1, 2) == "86.0"


def test_a_model_of_ones_own_takes_the_place_of_the_published_one(panel, developed):
    from ONFHAssistLib.scene.attributes import read_attributes

    widget = panel("ONFHSurvival")
    published = widget.ui.answerLabel.text
    widget.ui.modelEdit.currentPath = str(developed)
    names = [cell(widget, row, 0) for row in range(widget.ui.pointsTable.rowCount)]
    assert {"DL signature", "Total points", "No collapse at 36 months"} <= set(names)
    assert widget.ui.answerLabel.text != published
    assert "risk" in widget.ui.answerLabel.text
    assert "DL signature</b> is not known of this hip" in widget.ui.nomogramNote.text
    spin, row = widget.nomogram.controls["dl_signature"], names.index("DL signature")
    total = names.index("Total points")
    spin.value = -1.0
    low, low_total, low_answer = (
        float(cell(widget, row, 2)),
        float(cell(widget, total, 2)),
        widget.ui.answerLabel.text,
    )
    spin.value = 1.0
    high, high_total = float(cell(widget, row, 2)), float(cell(widget, total, 2))
    assert high > low
    assert high_total - low_total == pytest.approx(high - low, abs=0.11)
    assert widget.ui.answerLabel.text != low_answer
    assert "DL signature" not in widget.ui.nomogramNote.text  # set by the user, nothing stands in
    widget.ui.applyButton.click()
    (table,) = tables("survival")
    assert read_attributes(table)["dl_signature"] == "1"
    shown = table.GetTable().GetColumnByName("survival").GetValue(0)
    assert f"<b>{100 * shown:.1f}%</b> at 36 months" in widget.ui.answerLabel.text
    widget.ui.modelEdit.currentPath = ""
    assert widget.ui.answerLabel.text == published


def test_signatures_come_from_the_features_that_extract_put_into_the_scene(panel, developed, cohort):
    from ONFHAssistLib.scene.images.ownership import set_image
    from ONFHAssistLib.scene.selftest import ball_phantom
    from ONFHAssistLib.scene.tables import table_from_columns
    from ONFHAssistLib.survival.cox.model import read_json
    from ONFHAssistLib.survival.develop.models import DevelopedModel

    hip, volume = pd.read_csv(cohort).iloc[7], ball_phantom()[0]
    for role, names in (
        ("radiomics", [n for n in hip.index if "_Made" in n]),
        ("deep features", [n for n in hip.index if n.startswith("DL_")]),
    ):
        columns = {"feature": names, "L": [float(hip[n]) for n in names]}
        set_image(table_from_columns(role, columns, role=role, provenance={}), volume)
    widget = panel("ONFHSurvival")
    widget.ui.modelEdit.currentPath = str(developed)
    assert "is not known of this hip" in widget.ui.nomogramNote.text  # the features are the left hip's
    widget.ui.sideCombo.currentIndex = widget.ui.sideCombo.findText("L")
    model = DevelopedModel.from_dict(read_json(developed / "models" / "dlrc.json"))
    expected = model.signatures["dl"].score(pd.DataFrame([hip]))[0]
    assert widget.nomogram.controls["dl_signature"].value == pytest.approx(expected, abs=0.006)
    assert "signature</b> is not known" not in widget.ui.nomogramNote.text


def test_a_model_that_cannot_be_used_is_named_and_the_published_one_answers(panel, tmp_path):
    import headless

    widget = panel("ONFHSurvival")
    published = widget.ui.answerLabel.text
    (tmp_path / "model.json").write_text('{"format": "other"}', encoding="utf-8")
    widget.ui.modelEdit.currentPath = str(tmp_path / "model.json")
    assert "not a survival model" in widget.ui.nomogramNote.text
    assert widget.ui.answerLabel.text == published
    widget.ui.applyButton.click()
    assert "not a survival model" in widget.ui.statusLabel.text
    assert headless.logged("error")
    assert tables("survival") == []


def choose(widget, cohort, out):
    widget.ui.cohortEdit.currentPath = str(cohort)
    widget.ui.reportEdit.currentPath = str(out)


def test_develop_offers_the_columns_and_judges_the_unit(panel, cohort, tmp_path):
    widget = panel("ONFHSurvival")
    ui = widget.ui
    assert ui.developGroup.collapsed
    assert not ui.developButton.enabled
    choose(widget, cohort, tmp_path / "out")
    assert (ui.patientCombo.currentText, ui.timeCombo.currentText, ui.eventCombo.currentText) == (
        "case", "months", "collapse"
    )  # fmt: skip
    assert ui.developButton.enabled
    assert ui.timeCombo.findText("DL_0") == -1
    assert "look like" not in ui.followUpLabel.text
    ui.unitCombo.currentIndex = ui.unitCombo.findText("days")
    assert "look like months" in ui.followUpLabel.text
    table = pd.read_csv(cohort)
    table.assign(months=table["months"] * 30.4).to_csv(tmp_path / "days.csv", index=False)
    ui.unitCombo.currentIndex = ui.unitCombo.findText("months")
    ui.cohortEdit.currentPath = str(tmp_path / "days.csv")
    assert "look like days" in ui.followUpLabel.text
    ui.timeCombo.currentIndex = ui.timeCombo.findText("arco_stage")
    assert "holds text" in ui.followUpLabel.text


def test_a_cohort_is_developed_in_the_worker_and_its_model_answers(panel, cohort, tmp_path):
    import slicer

    widget = panel("ONFHSurvival")
    choose(widget, cohort, tmp_path / "out")
    widget.ui.bootstrapsSpin.value = 0
    widget.ui.developButton.click()
    assert widget.ui.developButton.text == "Cancel"
    wait_for(lambda: not widget.development.job.running, 120)
    assert "140 hips, 41 collapses" in widget.ui.developStatusLabel.text
    assert (tmp_path / "out" / "index.html").is_file()
    (performance,) = tables("development performance")
    assert performance.GetTable().GetColumnByName("honest").IsA("vtkDoubleArray")
    assert widget.ui.performanceView.mrmlTableNode() is performance
    charts = {n.GetName() for n in slicer.util.getNodesByClass("vtkMRMLPlotChartNode")}
    assert {
        "Held-out risk groups, DLRC model",
        "Decision curves at 36 months",
        "Calibration at 36 months",
    } <= charts
    low, high = slicer.util.getNode("Decision curves at 36 months").GetYAxisRange()
    assert -0.2 < low < 0 < high < 0.7  # where the models are, not where acting on all ends
    assert widget.ui.openReportButton.enabled
    assert widget.parameters.model == str(tmp_path / "out")
    assert "risk" in widget.ui.answerLabel.text  # the new model answers above


def test_develop_can_be_cancelled_and_leaves_nothing(panel, cohort, tmp_path):
    widget = panel("ONFHSurvival")
    choose(widget, cohort, tmp_path / "out")
    widget.ui.bootstrapsSpin.value = 2000
    widget.ui.developButton.click()
    wait_for(lambda: widget.ui.developProgressBar.value > 0, 60)
    widget.ui.developButton.click()
    assert not widget.development.job.running
    assert "Cancelled" in widget.ui.developStatusLabel.text
    assert widget.ui.developButton.text == "Develop models"
    assert not (tmp_path / "out").exists()
    assert tables("development performance") == []


def test_a_wrong_cohort_is_told_in_the_panel(panel, cohort, tmp_path):
    table = pd.read_csv(cohort)
    table.assign(collapse=table.index % 3).to_csv(tmp_path / "coded.csv", index=False)
    widget = panel("ONFHSurvival")
    choose(widget, tmp_path / "coded.csv", tmp_path / "out")
    widget.ui.developButton.click()
    wait_for(lambda: not widget.development.job.running, 60)
    assert "'collapse' is coded 0, 1, 2" in widget.ui.developStatusLabel.text
    widget.ui.monthsEdit.text = "three"
    widget.ui.developButton.click()
    assert "'three' are not numbers" in widget.ui.developStatusLabel.text


# outdated ---------------------------------------------------------------------------------------------------


def test_what_the_button_added_goes_out_of_date_with_findings_measurement_and_outlines(panel):
    import slicer

    from ONFHAssistLib.scene.outdated import OutlineWatch
    from ONFHAssistLib.scene.results.measurements import measure_to_scene
    from ONFHAssistLib.scene.selftest import necrotic_phantom
    from ONFHAssistLib.scene.summary import case_lines

    volume, segmentation, _arc = necrotic_phantom()
    measure_to_scene(volume, segmentation)
    widget, watch = panel("ONFHSurvival"), OutlineWatch()

    def told():
        line = next(
            line for line in case_lines(volume, watch.digest(segmentation, volume)) if "No collapse" in line
        )
        return "outdated" in line, widget.ui.outdatedLabel.text

    widget.ui.measurementsButton.click()
    widget.ui.applyButton.click()
    assert told() == (False, "")
    widget.ui.oedemaCheckBox.checked = True  # the panel has moved on; the scene says what it was given
    assert "other findings" in told()[1]
    widget.ui.oedemaCheckBox.checked = False
    assert told() == (False, "")
    # As after another measurement on the same outlines, such as with arc B in the other plane.
    column = next(iter(tables("measurements"))).GetTable().GetColumnByName("combined_necrotic_angle")
    column.SetValue(0, column.GetValue(0) + 5.0)
    widget.update_panel()
    glance, sentence = told()
    assert glance and "other outlines or measurements" in sentence
    column.SetValue(0, column.GetValue(0) - 5.0)
    mask = slicer.util.arrayFromSegmentBinaryLabelmap(segmentation, "FemoralHeadR", volume)
    mask[: mask.shape[0] // 2] = 0
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask, segmentation, "FemoralHeadR", volume)
    widget.exit()
    widget.enter()
    glance, sentence = told()
    assert glance and "other outlines or measurements" in sentence


def test_an_angle_set_by_hand_rests_on_no_outlines(panel):
    from ONFHAssistLib.scene.results.measurements import measure_to_scene
    from ONFHAssistLib.scene.selftest import necrotic_phantom
    from ONFHAssistLib.scene.summary import case_lines

    volume, segmentation, _arc = necrotic_phantom()
    measure_to_scene(volume, segmentation)
    widget = panel("ONFHSurvival")
    widget.ui.angleSlider.value = 33.0
    widget.ui.applyButton.click()
    lines = case_lines(volume, {"R": "0" * 64})  # of no outlines that there are
    assert "outdated" in next(line for line in lines if "Head radius" in line)
    assert "outdated" not in next(line for line in lines if "No collapse" in line)
    assert widget.ui.outdatedLabel.text == ""


# other hips -------------------------------------------------------------------------------------------------


def test_the_model_above_is_judged_and_updated_on_the_hips_of_the_table(panel, cohort, developed, tmp_path):
    table = pd.read_csv(cohort)
    table.assign(months=table["months"] * 0.5).to_csv(tmp_path / "sooner.csv", index=False)
    widget = panel("ONFHSurvival")
    choose(widget, tmp_path / "sooner.csv", tmp_path / "judged")
    ui = widget.ui
    assert not ui.validateButton.enabled  # the published model has no file
    assert "Choose a model above" in ui.updateButton.toolTip
    ui.modelCombo.currentIndex = ui.modelCombo.count - 1
    ui.modelEdit.currentPath = str(developed / "models" / "clinical.json")
    ui.monthsEdit.text = "24"
    assert ui.validateButton.enabled
    ui.validateButton.click()
    others = widget.development.other_hips
    wait_for(lambda: not others.validation.running, 120)
    assert "Observed : expected 24 months" in ui.developStatusLabel.text
    assert (tmp_path / "judged" / "index.html").is_file()
    assert widget.development.report == str(tmp_path / "judged" / "index.html")
    assert ui.openReportButton.enabled
    ui.updateButton.click()
    wait_for(lambda: not others.updating.running, 120)
    assert "Closed test procedure" in ui.developStatusLabel.text
    assert widget.parameters.model == str(tmp_path / "judged" / "updated-model")
    assert "risk" in ui.answerLabel.text  # the new model answers above
