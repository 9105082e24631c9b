"""ONFHPredict's develop mode: a table of features to models, charts, report and bundles; stopping keeps what is done."""

import csv
import sys
from pathlib import Path

import pytest
from support.waiting import wait_for

sys.path.insert(0, str(Path(__file__).parents[1] / "predict"))
from support.feature_cohorts import cohort

HIPS = 80


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """CSV file of 80 made-up hips of 40 patients with 40 radiomics and 20 deep features."""
    features, outcome = cohort(n_patients=40, n_features=60, n_related=12, effect=1.0)
    names = {name: f"DL_{j}" for j, name in enumerate(features.columns[::3])}
    rows = features.rename(columns=names).reset_index()
    rows.insert(2, "onfh", outcome.to_numpy())
    rows.insert(3, "scanner", "A")
    path = tmp_path_factory.mktemp("cohort") / "hips.csv"
    rows.to_csv(path, index=False)
    return path


@pytest.fixture
def develop(panel, table, tmp_path):
    """The panel's widget with the table chosen and the quickest protocol."""
    widget = panel("ONFHPredict")
    ui = widget.ui
    ui.developCohortEdit.currentPath = str(table)
    ui.developOutEdit.currentPath = str(tmp_path / "out")
    ui.developClassifiersCombo.currentIndex = ui.developClassifiersCombo.findText("LR")
    ui.developProtocolCombo.currentIndex = ui.developProtocolCombo.findText("Split 7:3")
    ui.developBootstrapsSpin.value = 100
    return widget


def nodes(kind, role):
    import slicer

    found = slicer.util.getNodesByClass(kind)
    return [n for n in found if (n.GetAttribute("ONFHAssist.role") or "").startswith(role)]


def test_the_columns_that_are_no_features_are_offered_and_the_likely_ones_chosen(panel, table, tmp_path):
    ui = panel("ONFHPredict").ui
    assert ui.developGroup.collapsed
    assert not ui.developButton.enabled
    ui.developCohortEdit.currentPath = str(table)
    assert (ui.developOutcomeCombo.currentText, ui.developPatientCombo.currentText) == ("onfh", "case")
    assert ui.developOutcomeCombo.findText("DL_0") == -1
    assert ui.developScannerCombo.findText("scanner") > 0
    assert not ui.developButton.enabled
    ui.developOutEdit.currentPath = str(tmp_path / "out")
    assert ui.developButton.enabled


def test_three_models_come_with_charts_report_and_bundles_that_predict_offers(develop, tmp_path):
    import slicer

    ui = develop.ui
    ui.developButton.click()
    assert ui.developButton.text == "Cancel"
    wait_for(lambda: not develop.development.job.running, 120)
    assert f"{HIPS} hips of 40 patients, 40 with the outcome" in ui.developStatusLabel.text
    (performance,) = nodes("vtkMRMLTableNode", "dlr performance")
    assert performance.GetTable().GetColumnByName("value").IsA("vtkDoubleArray")
    (summary,) = nodes("vtkMRMLTableNode", "dlr summary")
    assert ui.developView.mrmlTableNode() is summary
    assert summary.GetNumberOfRows() == 3  # Rad, DL, DLR in the test part
    assert 0.5 < summary.GetTable().GetColumnByName("auc").GetValue(2) <= 1
    charts = {n.GetName() for n in nodes("vtkMRMLPlotChartNode", "dlr")}
    expected = {
        "ROC split",
        "Calibration split",
        "Decision curves split",
        "LASSO path DLR",
        "LASSO error Rad",
    }
    assert expected | {"Weights DL", "Waterfall of a test hip DLR"} <= charts
    roc = slicer.util.getNode("ROC split")
    names = [roc.GetNthPlotSeriesNode(i).GetName() for i in range(roc.GetNumberOfPlotSeriesNodes())]
    assert names == ["Rad", "DL", "DLR", "chance"]
    curve = roc.GetNthPlotSeriesNode(2)
    column = curve.GetTableNode().GetTable().GetColumnByName
    for name, ends in ((curve.GetXColumnName(), (0, 1)), (curve.GetYColumnName(), (0, 1))):
        values = [column(name).GetValue(i) for i in range(column(name).GetNumberOfTuples())]
        assert (values[0], values[-1]) == ends
        assert values == sorted(values)
    assert ui.developChartCombo.count == len(charts)
    assert ui.developReportButton.enabled
    assert (tmp_path / "out" / "index.html").stat().st_size > 100_000
    bundle = str(tmp_path / "out" / "bundles" / "dlr-own")
    ui.bundleCombo.currentIndex = ui.bundleCombo.findText(bundle)
    assert "not tested in another hospital" in ui.bundleLabel.text
    assert develop.parameters.bundle == bundle
    others = develop.development.other_hips
    ui.developOutEdit.currentPath = str(tmp_path / "judged")
    ui.developValidateButton.click()
    wait_for(lambda: not others.validation.running, 120)
    assert "auc" in ui.developStatusLabel.text and "observed to expected" in ui.developStatusLabel.text
    assert develop.development.report == str(tmp_path / "judged" / "index.html")
    assert nodes("vtkMRMLTableNode", "dlr validation")
    ui.developUpdateButton.click()
    wait_for(lambda: not others.updating.running, 120)
    assert "Closed test procedure" in ui.developStatusLabel.text
    updated = str(tmp_path / "judged" / "updated-model")
    written = (tmp_path / "judged" / "updated-model").is_dir()
    assert develop.parameters.bundle == (updated if written else bundle)


def test_the_hips_that_a_development_needs_are_told_before_there_is_a_table(panel):
    from ONFHAssistLib.evaluate.planning.criteria import for_patients
    from ONFHAssistLib.evaluate.planning.development import r2_from_c, size_for_binary

    for name in ("ONFHPredict", "ONFHSurvival"):
        ui = panel(name).ui
        ui.planParametersSpin.value, ui.planAreaSpin.value = 24, 0.8
        ui.planShareSpin.value, ui.planHipsSpin.value = 17.4, 1.5
        ui.planButton.click()
        assert "Riley" in ui.planLabel.text
    ui = panel("ONFHPredict").ui
    share = ui.planShareSpin.value / 100
    expected = for_patients(size_for_binary(24, share, r2_from_c(0.8, share)), 1.5, 0.5)
    assert ui.planLabel.text.startswith(f"{expected.hips} hips of {expected.patients} patients")


def test_validate_and_update_say_what_they_need(panel, table, tmp_path):
    ui = panel("ONFHPredict").ui
    ui.developCohortEdit.currentPath = ui.developOutEdit.currentPath = ""
    assert not ui.developValidateButton.enabled and not ui.developUpdateButton.enabled
    assert "Choose a model above" in ui.developValidateButton.toolTip
    ui.developCohortEdit.currentPath = str(table)
    ui.developOutEdit.currentPath = str(tmp_path / "out")
    assert ui.developValidateButton.enabled and ui.developUpdateButton.enabled


def test_a_table_of_the_scene_goes_before_the_file(develop, table, tmp_path):
    import slicer

    from ONFHAssistLib.scene.tables import table_from_columns

    with table.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    columns = {
        name: [row[k] if k in (0, 1, 3) else float(row[k]) for row in rows[1:]]
        for k, name in enumerate(rows[0])
        if not name.startswith("DL_")
    }
    node = table_from_columns("own hips", {**columns, "sick": columns["onfh"]}, role="", provenance={})
    ui = develop.ui
    ui.developTableSelector.setCurrentNode(node)
    assert not ui.developCohortEdit.enabled
    ui.developOutcomeCombo.currentIndex = ui.developOutcomeCombo.findText("sick")
    arguments = develop.development.arguments(tmp_path)
    assert (arguments["outcome"], arguments["patient"], arguments["scanner"]) == ("sick", "case", None)
    with Path(arguments["cohort"]).open(encoding="utf-8") as file:
        written = list(csv.DictReader(file))
    assert Path(arguments["cohort"]).name == "own hips.csv"
    name = rows[0][5]
    assert [float(row[name]) for row in written] == columns[name]
    slicer.mrmlScene.RemoveNode(node)
    assert ui.developCohortEdit.enabled


def test_components_of_the_deep_features_are_asked_for_only_when_chosen(develop, tmp_path):
    from ONFHAssistLib.develop.dlr import protocol_from_options

    ui = develop.ui
    assert ui.developComponentsSpin.text == "None: the deep features themselves"
    assert protocol_from_options(develop.development.arguments(tmp_path)).components is None
    ui.developComponentsSpin.value = 12
    assert protocol_from_options(develop.development.arguments(tmp_path)).components == 12


def test_stopping_once_keeps_what_is_finished(develop, tmp_path):
    ui = develop.ui
    ui.developProtocolCombo.currentIndex = 0  # goes on after the split
    ui.developButton.click()
    wait_for(lambda: "split trained" in ui.developStatusLabel.text, 120)
    ui.developButton.click()
    assert "keep what is finished" in ui.developStatusLabel.text
    wait_for(lambda: not develop.development.job.running, 120)
    assert ui.developStatusLabel.text.startswith("Stopped; what was finished is kept.")
    assert ui.developButton.text == "Develop models"
    (performance,) = nodes("vtkMRMLTableNode", "dlr performance")
    column = performance.GetTable().GetColumnByName("validation")
    assert {column.GetValue(i) for i in range(column.GetNumberOfValues())} == {"split"}
    assert (tmp_path / "out" / "tables" / "performance.csv").is_file()


def test_stopping_twice_ends_at_once_and_leaves_nothing(develop, tmp_path):
    ui = develop.ui
    ui.developProtocolCombo.currentIndex = 0
    ui.developClassifiersCombo.currentIndex = 0
    ui.developButton.click()
    ui.developButton.click()
    ui.developButton.click()
    assert not develop.development.job.running
    assert "Cancelled" in ui.developStatusLabel.text
    assert not (tmp_path / "out").exists()
    assert nodes("vtkMRMLTableNode", "dlr") == []


def test_a_wrong_outcome_is_told_in_the_panel(develop):
    ui = develop.ui
    ui.developOutcomeCombo.currentIndex = ui.developOutcomeCombo.findText("scanner")
    ui.developButton.click()
    wait_for(lambda: not develop.development.job.running, 60)
    assert "'scanner' is 'A' for case P000 R; it must be 0 or 1" in ui.developStatusLabel.text
    assert nodes("vtkMRMLTableNode", "dlr") == []
