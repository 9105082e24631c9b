"""The worker imports what the steps need while the user looks at the image; whatever he asks for comes first."""

import pytest
from support.waiting import wait_for


@pytest.fixture
def runner(slicer_app, monkeypatch):
    """A runner of its own as the shared one, in an application that is used and not tested."""
    import slicer

    from ONFHAssistLib.ui.jobs import JobRunner

    runner = JobRunner()
    monkeypatch.setattr(JobRunner, "_shared", runner)
    monkeypatch.setattr(type(slicer.app), "testingEnabled", lambda _self: False)
    runner.asked = []
    send = runner._send
    monkeypatch.setattr(runner, "_send", lambda request: (runner.asked.append(request), send(request)))
    yield runner
    runner.shutdown()


def tasks(runner):
    import json

    return [json.loads(request)["task"] for request in runner.asked]


def job(task, story, **facts):
    from ONFHAssistLib.ui.jobs import Job

    return Job(task, lambda _folder: {}, story.append, story.append, **facts)


def volume():
    from ONFHAssistLib.scene.selftest import ball_phantom

    return ball_phantom()[0]


def test_choosing_a_volume_warms_the_worker_once(panel, scene, runner):
    import slicer

    widget = panel("ONFHSegment")
    assert runner.asked == []
    widget.parameters.volume = volume()
    assert tasks(runner) == ["warm_up"]
    assert widget.ui.progressBar.isHidden()
    assert widget.ui.statusLabel.text == ""
    widget.parameters.volume = volume()
    panel("ONFHExtract")
    slicer.app.processEvents()
    assert tasks(runner) == ["warm_up"]
    wait_for(lambda: not runner.busy, 240)
    widget.parameters.volume = None
    widget.parameters.volume = volume()
    assert tasks(runner) == ["warm_up"]
    process = runner.process_id
    story = []
    runner.submit(job("no such task", story))
    wait_for(lambda: story)
    assert "There is no task" in story[0]
    assert runner.process_id == process  # the warm one answered


def test_a_new_worker_is_warmed_again(panel, scene, runner):
    widget = panel("ONFHSegment")
    widget.parameters.volume = volume()
    runner.shutdown()
    widget.parameters.volume = volume()
    assert tasks(runner) == ["warm_up", "warm_up"]


def test_a_job_that_needs_little_does_not_wait_for_the_imports(runner):
    runner.warm_up()
    first = runner.process_id
    story = []
    runner.submit(job("no such task", story))
    assert tasks(runner) == ["warm_up", "no such task"]  # sent at once, to a new worker
    assert runner.process_id != first
    wait_for(lambda: story)
    assert not runner.busy


def test_a_job_that_needs_the_imports_waits_for_them_in_the_same_worker(runner):
    runner.warm_up()
    first = runner.process_id
    story = []
    asked = runner.submit(job("no such task", story, needs_all=True))
    assert tasks(runner) == ["warm_up"]
    assert asked.state == "queued"
    wait_for(lambda: story, 240)
    assert tasks(runner) == ["warm_up", "no such task"]
    assert runner.process_id == first


def test_nothing_is_warmed_while_a_job_runs(runner):
    story = []
    runner.submit(job("no such task", story))
    runner.warm_up()
    assert tasks(runner) == ["no such task"]
    wait_for(lambda: story)
    runner.warm_up()
    assert tasks(runner) == ["no such task", "warm_up"]


def test_a_test_run_of_the_application_warms_nothing(panel, scene, runner, monkeypatch):
    import slicer

    monkeypatch.setattr(type(slicer.app), "testingEnabled", lambda _self: True)
    panel("ONFHSegment").parameters.volume = volume()
    assert runner.asked == []
