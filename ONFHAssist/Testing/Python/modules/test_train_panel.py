"""Train in ONFHCohort: what there is, a training in the worker with its curve, the decision about its model."""

import importlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from support.review_cohort import make_cohort, pelvis

from ONFHAssistLib.bundles.bundle import OWN_MODELS, load_bundle, models_folder
from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.cohort.review.decisions import Decision, utc_now
from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.worker.server import TASKS
from ONFHAssistLib.worker.tasks import image_argument

pytest.importorskip("torch")
PATIENTS = 4


class InThisProcess:
    """Does the worker's tasks at once, where they stand in its table, the real functions; or leaves them running."""

    holds = False

    def submit(self, job):
        self.job = job
        with tempfile.TemporaryDirectory() as folder:
            arguments = self.arguments = job.prepare(Path(folder))
            if self.holds:
                return
            module, function = TASKS[job.task]
            try:
                value = getattr(importlib.import_module(module), function)(arguments, lambda *_: None)
            except ValueError as error:
                job.on_error(str(error))
            else:
                job.on_result(value)

    def cancel(self, job):
        job.on_cancelled()


@pytest.fixture(scope="module")
def worked_up(tmp_path_factory):
    """Four patients, whose hips one reader accepted; the right ones of stage II, the left ones of stage 0."""
    folder = make_cohort(tmp_path_factory.mktemp("review") / "cohort", PATIENTS)
    rows = [
        Decision(case.key, side, "AB", "accept", digest, utc_now(), "")
        for case in open_folder(folder).good
        for side, digest in case.outlines_sha256.items()
    ]
    ReviewState(folder).add(rows)
    stages = [f"case-0{number},{hip}" for number in range(PATIENTS) for hip in ("R,II", "L,0")]
    (folder / "stages.csv").write_text("\n".join(["case,side,ficat_arlet_stage", *stages]))
    return folder


@pytest.fixture
def train(panel, scene, worked_up, tmp_path, monkeypatch):
    """The panel with the cohort's folder, its work elsewhere, and an empty folder of own models."""
    widget = panel("ONFHCohort")
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setenv(OWN_MODELS, str(own))
    worker, ui = InThisProcess(), widget.ui
    before = widget.training.training._runner, widget.training.looking._runner
    widget.own_runner = before[0]
    widget.training.training._runner = widget.training.looking._runner = worker
    widget.worker = worker
    ui.folderEdit.currentPath = str(worked_up)
    ui.trainOutEdit.currentPath = str(tmp_path / "work")
    ui.trainModelCombo.currentIndex = ui.trainModelCombo.findText("Deep features")
    ui.trainStepsSpin.value = 1
    yield widget
    worker.holds = False
    widget.training.cancel()
    if widget.training.candidate is not None:
        ui.trainDiscardButton.click()
    widget.training.training._runner, widget.training.looking._runner = before
    ui.folderEdit.currentPath = ui.trainOutEdit.currentPath = ""


def cells(table, row):
    return [table.item(row, column).text() for column in range(table.columnCount)]


def settled(widget):
    from support.waiting import wait_for

    wait_for(lambda: not widget.training.training.running and not widget.training.looking.running, 60)


def test_what_there_is_is_listed_for_every_network(train):
    ui = train.ui
    ui.trainLookButton.click()
    settled(train)
    counted = "4 patients with 8 hips: 0 corrected, 8 accepted as the network drew them, 4 with a necrosis"
    assert counted in ui.trainStatusLabel.text
    assert "0: 4, I: 0, II: 4" in ui.trainStatusLabel.text
    assert cells(ui.trainTable, 0)[:4] == ["Outlines of femoral head and necrosis", "4", "4", "20"]
    assert cells(ui.trainTable, 0)[4] == "to try it"
    assert "20 or more let the figures say" in ui.trainTable.item(0, 4).toolTip()
    assert (
        "4 patients with a stage will do to try it; 40 or more" in ui.trainStatusLabel.text
    )  # of the chosen network
    assert ui.trainTable.rowCount == 4


def test_a_new_model_answers_only_after_it_was_accepted(train, tmp_path):
    import headless
    import slicer

    ui = train.ui
    ui.trainButton.click()
    settled(train)
    assert "2 patients; 2 others judged it" in ui.trainStatusLabel.text
    assert "No difference is shown" in ui.trainResultLabel.text  # two patients cannot
    assert cells(ui.trainResultTable, 0)[0] == "probability of the true stage"
    assert load_bundle("backbone-resnet18").path.parent == models_folder()
    assert not slicer.util.getNodesByClass("vtkMRMLPlotChartNode")  # a patient's scene, until it is asked for
    ui.trainChartButton.click()
    assert len(slicer.util.getNodesByClass("vtkMRMLPlotChartNode")) == 1
    table = next(
        n for n in slicer.util.getNodesByClass("vtkMRMLTableNode") if n.GetName() == "Training curve"
    )
    assert table.GetNumberOfRows() == 1
    if os.environ.get("ONFH_PANEL_PICTURES"):
        ui.trainGroup.collapsed = False
        ui.trainLookButton.click()
        settled(train)
        headless.grab(train, Path(os.environ["ONFH_PANEL_PICTURES"]) / "ONFHCohort-train.png", width=560)
    ui.trainButton.click()  # a second training would overwrite the first one's model
    assert "waits for your decision" in ui.trainStatusLabel.text
    ui.trainUseButton.click()
    assert load_bundle("backbone-resnet18").path == tmp_path / "own" / "backbone-resnet18"
    assert "is in use" in ui.trainStatusLabel.text
    assert not ui.trainUseButton.enabled and not ui.trainDiscardButton.enabled


def test_a_discarded_model_is_gone_and_nothing_else_changed(train, tmp_path):
    ui = train.ui
    ui.trainButton.click()
    settled(train)
    candidate = train.training.candidate.folder
    assert candidate.is_dir()
    ui.trainDiscardButton.click()
    assert not candidate.exists()
    assert list((tmp_path / "own").iterdir()) == []
    assert load_bundle("backbone-resnet18").path.parent == models_folder()


def test_a_cancelled_training_is_taken_up_again_and_survives_the_scene(train, tmp_path):
    import slicer

    ui, worker = train.ui, train.worker
    worker.holds = True
    ui.trainButton.click()
    assert ui.trainButton.text == "Cancel"
    slicer.mrmlScene.Clear(0)
    assert train.training.training.running  # it belongs to no patient
    kept = tmp_path / "work" / "backbone-x"
    kept.mkdir(parents=True)
    (kept / "network-0.pt").touch()
    (kept / "plan.json").write_text('{"model": "backbone", "steps": 1}')
    (kept / "curves.jsonl").write_text(
        '{"network": 0, "step": 1, "of": 9, "loss": 2.5}\n{"network": 0, "step": 2, "of": 9, "lo'
    )
    train.training.draw_curve()
    assert [line["step"] for line in train.training.curve()] == [1]
    assert ui.trainChartButton.enabled
    ui.trainButton.click()
    assert not train.training.training.running
    assert ui.trainButton.text == "Go on"
    assert worker.arguments["steps"] == 1
    ui.trainStepsSpin.value = 2
    assert ui.trainButton.text == "Train"  # another training, which would begin anew
    (kept / "plan.json").write_text('{"model": "backbone", "steps": 7}')
    ui.trainModelCombo.currentIndex = 0
    ui.trainModelCombo.currentIndex = ui.trainModelCombo.findText("Deep features")
    assert (ui.trainButton.text, ui.trainStepsSpin.value) == ("Go on", 7)
    ui.trainButton.click()
    assert (worker.arguments["steps"], worker.arguments["goes_on"]) == (7, True)


def test_a_model_that_waits_is_found_again_after_a_restart(train, tmp_path):
    ui = train.ui
    ui.trainButton.click()
    settled(train)
    shown = [cells(ui.trainResultTable, row) for row in range(ui.trainResultTable.rowCount)]
    ui.folderEdit.currentPath = ""
    assert train.training.candidate is None
    assert not ui.trainUseButton.enabled and ui.trainResultLabel.text == ""
    ui.folderEdit.currentPath = str(tmp_path / "elsewhere")
    assert train.training.candidate.folder == tmp_path / "work" / "new-backbone"
    assert [cells(ui.trainResultTable, row) for row in range(ui.trainResultTable.rowCount)] == shown
    assert "A new model waits for your decision: Deep features." in ui.trainResultLabel.text
    assert ui.trainUseButton.enabled and ui.trainDiscardButton.enabled


def test_corrected_hips_have_a_row_of_their_own_and_the_verdict_where_they_are_enough(train, tmp_path):
    def figures(patients, hips, after, verdict, corrected=None):
        return {"figure": "Dice of the necrosis", "before": 0.8, "after": after, "difference": after - 0.8, "low": -0.1,
                "high": 0.2, "p": 0.01, "verdict": verdict, "patients": patients, "hips": hips,
                "corrected_hips": 9, "corrected": corrected}  # fmt: skip

    metadata = tmp_path / "work" / "new-outliner" / "configs" / "metadata.json"
    metadata.parent.mkdir(parents=True)
    few, enough = (figures(count, 9, 0.9, "better") for count in (5, 6))
    ui = train.ui
    for corrected, verdict in ((few, "It is worse"), (enough, "It is better")):
        whole = figures(9, 18, 0.75, "worse", corrected)
        record = {"own_training": {"compared": [whole], "warnings": ["Of the 18 hips that judge, 9 were."]}}
        metadata.write_text(json.dumps(record))
        train.training.update()
        assert [cells(ui.trainResultTable, row)[:4] for row in range(2)] == [
            ["Dice of the necrosis", "18", "0.800", "0.750"],
            ["    corrected hips", "9", "0.800", "0.900"],
        ]
        assert verdict in ui.trainResultLabel.text
        assert ("The verdict is that of the corrected hips." in ui.trainResultLabel.text) == (
            corrected is enough
        )
        assert "Of the 18 hips that judge, 9 were." in ui.trainResultLabel.text


@pytest.mark.parametrize("content", ["{half", "{}"])
def test_what_is_no_new_model_does_not_wait(train, tmp_path, content):
    folder = tmp_path / "work" / "new-outliner" / "configs"
    folder.mkdir(parents=True)
    (folder / "metadata.json").write_text(content)
    train.training.update()
    assert train.training.candidate is None


def test_a_case_is_measured_while_a_training_runs(train, tmp_path):
    """Two real workers: the day's work does not wait, and comes first where there is too little for both."""
    from support.waiting import wait_for

    from ONFHAssistLib.ui.jobs import Job, JobRunner

    panel, day, training = train.training, JobRunner.shared(), train.own_runner
    panel.training._runner = training
    image, labels = pelvis()
    arguments = {
        "image": image_argument(image, tmp_path / "image.mha"),
        "labels": image_argument(labels, tmp_path / "labels.mha"),
        "steps": ["measure"],
        "out": str(tmp_path),
    }
    measured = []
    train.ui.trainStepsSpin.value = 500
    panel.on_train()
    try:
        day.submit(Job("run_case", lambda _folder: arguments, measured.append, measured.append))
        wait_for(lambda: measured, 60)
        assert panel.training.running
        assert len(CaseResult.from_json(measured[0]["result"]).hips) == 2
        assert training.process_id not in {None, day.process_id}
        if hasattr(os, "getpriority"):
            wait_for(lambda: priority(training) == min(19, priority(day) + 10), 20)
    finally:
        panel.training.cancel()
    assert training.process_id is None and not training.busy


def priority(runner):
    return os.getpriority(os.PRIO_PROCESS, runner.process_id)


def test_why_a_cohort_is_not_enough_is_said(train, tmp_path):
    ui = train.ui
    ui.folderEdit.currentPath = str(make_cohort(tmp_path / "other", 1))
    ui.trainButton.click()
    settled(train)
    assert "is accepted or corrected yet" in ui.trainStatusLabel.text
