"""A step that fails or is cancelled: its own half-made nodes go, and what the user did meanwhile stays."""

from types import SimpleNamespace

import pytest

from ONFHAssistLib.core.errors import Cancelled, InputError

KEPT = {"number": [1.0, 2.0]}
ENDS = [InputError("The mask is empty."), ZeroDivisionError("no"), Cancelled()]


@pytest.fixture
def known(scene):
    """A table that an earlier step made."""
    from ONFHAssistLib.scene.tables import table_from_columns

    return table_from_columns("Known", KEPT, role="measurements", provenance={"created": "before"})


@pytest.fixture
def ui(slicer_app):
    import qt

    bar, label, button = qt.QProgressBar(), qt.QLabel(), qt.QPushButton()
    button.text = "Go"
    return SimpleNamespace(progressBar=bar, statusLabel=label, button=button)


class Runner:
    """A worker that answers at once, with one list to fill."""

    def submit(self, job):
        job.on_result([])

    def cancel(self, _job):
        raise AssertionError("there is nothing in the worker to cancel")


def add_as_the_user():
    """By a button of another module, while events are processed."""
    import qt
    import slicer

    qt.QTimer.singleShot(0, lambda: slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", "User's"))


def half_done(known):
    """What a step does to the scene before it fails."""
    import slicer

    from ONFHAssistLib.scene.case import text_node
    from ONFHAssistLib.scene.tables import table_from_columns

    text_node("Half-made", "text", "statement", {})
    slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", "Half-made").CreateDefaultDisplayNodes()
    table_from_columns("Known", {"number": [3.0]}, role="measurements", provenance={}, node=known)
    known.SetName("Changed")


def assert_as_before(known):
    import slicer

    from ONFHAssistLib.scene.attributes import read_attributes
    from ONFHAssistLib.scene.tables import columns_of

    scene = slicer.mrmlScene
    names = [scene.GetNthNode(i).GetName() for i in range(scene.GetNumberOfNodes())]
    assert "User's" in names
    assert "Half-made" not in names
    assert not slicer.util.getNodesByClass("vtkMRMLSegmentationDisplayNode")
    assert known.GetScene() is scene
    assert known.GetName() == "Known"
    assert columns_of(known) == KEPT
    assert read_attributes(known) == {"created": "before"}


def expected_word(error):
    return {InputError: "empty", ZeroDivisionError: "fault of ONFHAssist", Cancelled: "Cancelled"}[
        type(error)
    ]


@pytest.mark.parametrize("error", ENDS, ids=lambda e: type(e).__name__)
def test_a_quick_step_that_fails_is_taken_back_and_no_more(known, ui, error):
    from ONFHAssistLib.ui.run import run_step

    def work(progress):
        half_done(known)
        add_as_the_user()
        progress(0.5, "half way")
        raise error

    assert not run_step(ui, "Working ...", work)
    assert_as_before(known)
    assert expected_word(error) in ui.statusLabel.text


@pytest.mark.parametrize("error", ENDS[:2], ids=lambda e: type(e).__name__)
def test_an_answer_of_the_worker_that_fails_on_its_way_is_taken_back(known, ui, scene, error):
    from support.waiting import wait_for

    from ONFHAssistLib.ui.run import PanelJob

    job = PanelJob(ui.button, ui.progressBar, ui.statusLabel, Runner())

    def finish(_answer):
        half_done(known)
        add_as_the_user()
        while scene.GetFirstNodeByName("User's") is None:
            yield
        raise error

    job.toggle("Working ...", "task", lambda _folder: {}, finish)
    wait_for(lambda: not job.running)
    assert_as_before(known)
    assert expected_word(error) in ui.statusLabel.text
    assert ui.button.text == "Go"


def test_an_answer_put_into_the_scene_at_once_is_taken_back_too(known, ui):
    from support.waiting import wait_for

    from ONFHAssistLib.ui.run import PanelJob

    job = PanelJob(ui.button, ui.progressBar, ui.statusLabel, Runner())

    def finish(_answer):
        half_done(known)
        raise InputError("The mask is empty.")

    job.toggle("Working ...", "task", lambda _folder: {}, finish)
    add_as_the_user()
    wait_for(lambda: not job.running)
    assert_as_before(known)


def test_an_answer_that_is_cancelled_on_its_way_is_taken_back(known, ui):
    import slicer
    from support.waiting import wait_for

    from ONFHAssistLib.ui.run import PanelJob

    job = PanelJob(ui.button, ui.progressBar, ui.statusLabel, Runner())
    steps = []

    def finish(_answer):
        half_done(known)
        while True:
            steps.append(len(steps))
            yield

    job.toggle("Working ...", "task", lambda _folder: {}, finish)
    wait_for(lambda: len(steps) > 1)
    slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode", "User's")
    job.cancel()
    assert not job.running
    assert_as_before(known)
    assert "Cancelled" in ui.statusLabel.text


def test_a_node_that_the_user_takes_away_meanwhile_stays_away(known, ui, scene):
    import qt

    from ONFHAssistLib.ui.run import run_step

    other = scene.AddNewNodeByClass("vtkMRMLTextNode", "Note")

    def work(progress):
        qt.QTimer.singleShot(0, lambda: scene.RemoveNode(other))
        progress(0.5)
        raise InputError("The mask is empty.")

    run_step(ui, "Working ...", work)
    assert other.GetScene() is None


def test_a_check_that_fails_leaves_the_scene_alone(known, ui, scene):
    from ONFHAssistLib.ui.run import run_check

    def check(_progress):
        scene.AddNewNodeByClass(
            "vtkMRMLTableNode", "Another's"
        )  # such as of a module that is imported for the first time
        raise InputError("PyTorch is missing.")

    assert not run_check(ui, "Checking ...", check)
    assert scene.GetFirstNodeByName("Another's") is not None
    assert "PyTorch" in ui.statusLabel.text
