"""Nothing that the steps do, and take back, makes the application write on its console that an item is missing."""

import itertools

import pytest
from support.run_all_worker import Worker, pelvis
from support.waiting import press


def result_of(worker, folder):
    """What the worker answers on the pelvis of its hips; its images lie in ``folder``."""
    from ONFHAssistLib.case.case import Case
    from ONFHAssistLib.scene.exchange import run_arguments

    folder.mkdir()
    steps = ("segment", "measure", "stage")
    return worker.result(run_arguments(Case(pelvis(worker.sides)[0], "Hip MRI"), steps, folder))


@pytest.fixture
def silent(capfd):
    """``silent()``: neither a line about a missing item so far, nor an error of the hierarchy itself."""
    import headless

    def check():
        out = capfd.readouterr()
        return not headless.logged("console") and not [
            line for line in (out.out + out.err).splitlines() if "hierarchy item" in line
        ]

    return check


def test_a_change_that_is_taken_back_after_any_step(home, tmp_path, silent):
    from ONFHAssistLib.scene.results.case_result import result_in_steps, result_to_scene
    from ONFHAssistLib.scene.transaction import rolled_back_on_failure

    volume = home(Worker()).parameters.volume
    segmentation, _notes = result_to_scene(volume, None, result_of(Worker(), tmp_path / "a"))
    found = result_of(Worker(sides="R"), tmp_path / "b")
    for stop in itertools.count(1):
        steps = rolled_back_on_failure(result_in_steps(volume, segmentation, found))
        if sum(1 for _ in itertools.islice(steps, stop)) < stop:
            break
        steps.close()
        assert silent(), f"after {stop} steps"
    assert stop > 20


def test_runs_removals_and_a_closed_scene(home, silent):
    import headless
    import slicer

    widget = home(Worker())
    press(widget, widget.ui.runAllButton)
    press(widget, widget.ui.redoPredictButton)
    assert silent()
    slicer.mrmlScene.RemoveNode(widget.parameters.segmentation)
    press(widget, widget.ui.runAllButton)
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    hierarchy.RemoveItem(hierarchy.GetItemByName("Hip MRI ONFH results"))
    assert silent()
    press(widget, widget.ui.runAllButton)
    slicer.mrmlScene.RemoveNode(widget.parameters.volume)
    slicer.app.processEvents()
    assert silent()
    headless.clear_scene()
    assert silent()
