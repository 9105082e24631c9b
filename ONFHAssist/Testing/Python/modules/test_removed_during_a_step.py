"""What is removed from the scene ends the work on it at once, whichever button had started it."""

import tempfile
from pathlib import Path

import pytest

BUTTONS = {
    "find": ("ONFHSegment", lambda w: (w.find.job, w.find.on_find)),
    "measure": ("ONFHSegment", lambda w: (w.measurements.job, w.measurements.on_measure)),
    "extract": ("ONFHExtract", lambda w: (w.job, w.on_apply)),
    "robustness": ("ONFHExtract", lambda w: (w.robustness.job, w.robustness.on_test)),
    "predict": ("ONFHPredict", lambda w: (w.job, w.on_apply)),
    "stage": ("ONFHPredict", lambda w: (w.staging.job, w.staging.on_stage)),
}


class Busy:
    """A worker that is at it until it is told to stop."""

    def __init__(self):
        self.job = None

    def submit(self, job):
        self.job, self.folder = job, tempfile.TemporaryDirectory()
        job.prepare(Path(self.folder.name))

    def cancel(self, job):
        assert job is self.job
        self.job = None
        job.on_cancelled()


@pytest.fixture
def working(panel, scene):
    """``working(name)``: (panel, job, worker, volume, segmentation) while the step of that name runs."""
    from ONFHAssistLib.scene.selftest import necrotic_phantom

    used = []

    def start(name):
        volume, segmentation, _arc = necrotic_phantom()
        module, parts = BUTTONS[name]
        widget = panel(module)
        widget.parameters.volume, widget.parameters.segmentation = volume, segmentation
        job, begin = parts(widget)
        used.append((job, job._runner))
        job._runner = Busy()
        begin()
        assert job.running
        return widget, job, job._runner, volume, segmentation

    yield start
    for job, runner in used:
        job._runner = runner


@pytest.mark.parametrize("name", BUTTONS)
def test_a_removed_volume_ends_the_step(working, name):
    import headless
    import slicer

    _widget, job, worker, volume, _segmentation = working(name)
    slicer.mrmlScene.RemoveNode(slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTableNode"))
    assert job.running  # nothing to do with it
    slicer.mrmlScene.RemoveNode(volume)
    assert not job.running
    assert worker.job is None
    assert job.statusLabel.text == (
        "'Self-test phantom' was removed from the scene, so the work on it has ended."
    )
    slicer.app.processEvents()
    assert not headless.logged("error")
    assert not headless.logged("exception")


def test_outlines_that_are_measured_end_it_too_and_those_that_are_not_used_do_not(working):
    import slicer

    _widget, job, _worker, _volume, segmentation = working("measure")
    slicer.mrmlScene.RemoveNode(segmentation)
    assert not job.running
    _widget, job, _worker, _volume, segmentation = working("find")
    slicer.mrmlScene.RemoveNode(segmentation)
    assert job.running
    job.cancel()
