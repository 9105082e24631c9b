"""What a step warned of stays with the results: in every panel, after Cancel, after saving and loading, of one image."""

import pytest
from support.run_all_worker import Later, Worker, erode, pelvis
from support.waiting import press, wait_for

METAL = "The left hip holds metal and was left out."


@pytest.fixture
def warned(home):
    """The home panel after a run on "Hip MRI" that warned of metal, whose stage failed."""
    widget = home(Worker(warnings=[METAL], failing=["stage"]))
    press(widget, widget.ui.runAllButton)
    return widget


def notes(widget):
    """What the home panel's line of warnings unfolds, None where the line is hidden."""
    return None if widget.ui.notesButton.isHidden() else widget.ui.notesLabel.text


def test_a_cancelled_run_leaves_the_warnings_of_the_one_before(warned):
    before = notes(warned)
    assert METAL in before
    warned.run.runner = Worker(hold="extract")
    warned.ui.runAllButton.click()
    wait_for(lambda: warned.run.runner.held)
    assert notes(warned) == before
    warned.ui.runAllButton.click()
    assert not warned.run.running
    assert notes(warned) == before


def test_warnings_come_back_with_the_saved_scene_into_every_panel(warned, panel, tmp_path):
    import headless
    import slicer

    before = notes(warned)
    mrb = tmp_path / "case.mrb"
    assert slicer.util.saveScene(str(mrb))
    headless.clear_scene()
    warned.enter()
    assert notes(warned) is None
    assert slicer.util.loadScene(str(mrb))
    warned.enter()
    assert notes(warned) == before
    assert "Stage and probability failed: stage cannot be done." in before
    segment, predict = panel("ONFHSegment"), panel("ONFHPredict")
    assert METAL in segment.ui.warningsLabel.text
    assert not segment.ui.warningsLabel.isHidden()
    assert "stage cannot be done" in predict.ui.warningsLabel.text
    assert METAL not in predict.ui.warningsLabel.text
    survival = panel("ONFHSurvival")
    assert "Left: no necrotic angle" in survival.ui.warningsLabel.text


@pytest.mark.parametrize("other", ["another patient's", "the same, cloned"])
def test_warnings_of_one_image_never_stand_with_another(warned, panel, other):
    import slicer

    from ONFHAssistLib.scene.volumes import volume_from_image

    first = warned.parameters.volume
    if other == "the same, cloned":
        second = slicer.modules.volumes.logic().CloneVolume(first, "Hip MRI copy")
    else:
        second = volume_from_image(pelvis("RL")[0], "Hip MRI")
    before = notes(warned)
    warned.parameters.volume = second
    assert notes(warned) is None
    segment = panel("ONFHSegment")
    segment.parameters.volume = second
    assert segment.ui.warningsLabel.isHidden()
    warned.parameters.volume = first
    first.SetName("Renamed")
    assert notes(warned) == before


def test_a_step_that_is_done_again_takes_back_its_own_warnings_alone(warned):
    warned.run.runner = Worker()
    press(warned, warned.ui.redoPredictButton)
    assert "cannot be done" not in notes(warned)
    assert METAL in notes(warned)
    erode(warned)  # outdated figures keep what was warned of them
    assert METAL in notes(warned)


def test_a_run_that_is_cancelled_on_its_way_into_the_scene_takes_its_warnings_back(home, tmp_path):
    worker = Later(tmp_path)
    worker.warnings = [METAL]
    widget = home(worker)
    widget.ui.runAllButton.click()
    wait_for(lambda: worker.held)
    worker.held.on_result(worker.answer)
    widget.ui.runAllButton.click()
    assert not widget.run.running
    assert notes(widget) is None
