"""*Run all* of the home panel by its real buttons; the networks stand aside, everything else is real."""

from pathlib import Path

import pytest
from support.run_all_worker import Later, Worker, contents, erode, lines
from support.waiting import press, wait_for


def test_run_all_answers_both_hips_and_one_folder_takes_it_back(home):
    import slicer

    widget = home(Worker())
    before = contents()
    press(widget, widget.ui.runAllButton)
    assert widget.run.runner.steps_asked() == [
        ["segment", "measure", "extract", "probability", "stage", "survival"]
    ]
    shown = lines(widget)
    assert [line[:5] for line in shown] == ["Right"] * 4 + ["Left:"] * 3
    assert "Stage I, probability 70%, spread 4%" in shown[0]
    assert "Early osteonecrosis 93% (likely)" in shown[1]
    assert "Head radius 20." in shown[2]
    assert "No collapse" in shown[3]
    assert "assumed: ARCO I, no subchondral fracture" in shown[3]
    assert "Left: no necrotic angle" in widget.ui.notesLabel.text
    assert not any("outdated" in line for line in shown)
    assert (widget.ui.runAllButton.text, widget.ui.redoPredictButton.enabled) == ("Run all", True)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    hierarchy.RemoveItem(hierarchy.GetItemByName("Hip MRI ONFH results"))
    kinds = {slicer.mrmlScene.GetNodeByID(i).GetClassName() for i in contents() if i not in before}
    assert all(kind.endswith(("DisplayNode", "StorageNode", "Properties")) for kind in kinds), kinds


@pytest.mark.parametrize(
    ("step", "number"), [("segment", 1), ("measure", 1), ("extract", 2), ("probability", 3), ("stage", 3)]
)
def test_cancel_at_every_step_leaves_scene_and_disk_as_they_were(home, step, number):
    widget = home(Worker(hold=step))
    before = contents()
    widget.ui.runAllButton.click()
    wait_for(lambda: widget.run.runner.held)
    folder = Path(widget.run.runner.asked[-1][1]["image"]["path"]).parent
    assert folder.is_dir()
    assert widget.ui.runAllButton.text == "Cancel"
    assert f"Step {number} of 4" in widget.ui.statusLabel.text
    assert not widget.ui.redoPredictButton.enabled
    widget.ui.runAllButton.click()
    assert contents() == before
    assert not folder.exists()
    assert widget.ui.statusLabel.text == "Cancelled; the scene is as it was."
    assert widget.ui.runAllButton.text == "Run all"


def test_a_correction_marks_what_rests_on_it_until_it_is_redone(home):
    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    corrected = erode(widget)
    assert [("outdated" in line) for line in lines(widget)] == [True] * 4 + [
        False
    ] * 3  # the left hip is as it was
    press(widget, widget.ui.redoPredictButton)
    assert [("outdated" in line) for line in lines(widget)] == [False, False, True, True, False, False, False]
    press(widget, widget.ui.redoSegmentButton)
    assert widget.parameters.segmentation is corrected  # kept, and measured
    assert [steps.count("segment") for steps in widget.run.runner.steps_asked()] == [1, 0, 0]
    assert ["outdated" in line for line in lines(widget)] == [False, False, False, True, False, False, False]
    press(widget, widget.ui.redoSurvivalButton)
    assert "outdated" not in widget.ui.glanceLabel.text


def test_one_hip_of_an_operated_patient_is_answered_with_the_warning(home):
    widget = home(Worker(sides="R", warnings=["The left hip holds metal and was left out."]))
    press(widget, widget.ui.runAllButton)
    assert all(line.startswith("Right: ") for line in lines(widget))
    assert len(lines(widget)) == 4
    assert "left hip holds metal" in widget.ui.notesLabel.text
    assert not widget.ui.notesButton.isHidden()


def test_a_failed_step_is_told_and_the_others_are_done(home):
    widget = home(Worker(failing=["stage"]))
    press(widget, widget.ui.runAllButton)
    assert "Stage and probability failed: stage cannot be done." in widget.ui.notesLabel.text
    assert "Stage" not in widget.ui.glanceLabel.text
    assert "assumed: ARCO II" in widget.ui.glanceLabel.text


def test_without_outlines_nothing_is_changed(home):
    import headless

    widget = home(Worker(failing=["segment"]))
    before = contents()
    press(widget, widget.ui.runAllButton)
    assert contents() == before
    assert headless.logged("error")
    assert widget.ui.statusLabel.text == "segment cannot be done."
    assert not widget.ui.redoPredictButton.enabled


def test_a_volume_that_is_removed_meanwhile_ends_the_run_at_once(home):
    import headless
    import slicer

    widget = home(Worker(hold="stage"))
    widget.ui.runAllButton.click()
    worker = widget.run.runner
    wait_for(lambda: worker.held)
    folder = Path(worker.asked[-1][1]["image"]["path"]).parent
    slicer.mrmlScene.RemoveNode(slicer.util.getNode("Hip MRI"))
    assert not widget.run.running
    assert not folder.exists()
    told = "'Hip MRI' was removed from the scene, so the work on it has ended."
    assert widget.ui.statusLabel.text == told
    slicer.app.processEvents()
    assert (widget.ui.runAllButton.text, widget.ui.runAllButton.enabled) == ("Run all", False)
    assert widget.ui.statusLabel.text == told
    assert not slicer.util.getNodesByClass("vtkMRMLTableNode")
    assert not headless.logged("error")
    assert not headless.logged("exception")


def test_a_volume_that_is_removed_while_its_results_come_takes_them_along(home, tmp_path):
    import slicer

    worker = Later(tmp_path)
    widget = home(worker)
    widget.ui.runAllButton.click()
    wait_for(lambda: worker.held)
    worker.held.on_result(worker.answer)
    wait_for(lambda: slicer.util.getNodesByClass("vtkMRMLTableNode") or not widget.run.running)
    assert widget.run.running
    slicer.mrmlScene.RemoveNode(widget.parameters.volume)
    assert not widget.run.running
    assert not slicer.util.getNodesByClass("vtkMRMLTableNode")
    assert "was removed" in widget.ui.statusLabel.text


def test_the_report_is_one_file_that_names_nobody_unless_asked(home, tmp_path):
    import slicer

    widget = home(Worker())
    assert not widget.ui.reportButton.enabled
    press(widget, widget.ui.runAllButton)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.CreateSubjectItem(hierarchy.GetSceneItemID(), "Doe^Jane")
    hierarchy.SetItemParent(hierarchy.GetItemByDataNode(widget.parameters.volume), patient)
    widget.ui.reportEdit.currentPath = str(tmp_path / "case")
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    for said in ("93%", "Simulated.", "70%", "Assumed: ARCO I", "not a diagnosis"):
        assert said in page
    assert page.count("data:image/png;base64,") == 3  # two hips and one survival curve
    assert 'src="http' not in page
    assert "Doe^Jane" not in page
    assert [p.name for p in tmp_path.iterdir()] == ["case.html"]
    widget.ui.patientCheckBox.checked = True
    erode(widget)
    widget.ui.reportButton.click()
    page = (tmp_path / "case.html").read_text(encoding="utf-8")
    assert "Doe^Jane" in page
    assert "Outdated" in page
    widget.ui.reportEdit.currentPath = str(tmp_path / "nowhere" / "case.html")
    widget.ui.reportButton.click()
    assert "does not exist" in widget.ui.statusLabel.text
