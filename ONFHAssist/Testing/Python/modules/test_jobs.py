"""Jobs: answers in the event loop, cancel within two seconds, a killed worker told in plain words."""

import os
import signal
import time

import pytest
from modules.waiting import wait_for


@pytest.fixture
def runner(slicer_app):
    from ONFHAssistLib.ui.jobs import JobRunner

    runner = JobRunner()
    yield runner
    runner.shutdown()


def job(task, arguments, story, **callbacks):
    from ONFHAssistLib.ui.jobs import Job

    def prepare(folder):
        story.append(("folder", folder))
        (folder / "file.txt").write_text("input")
        return arguments

    return Job(
        task,
        prepare,
        on_result=lambda value: story.append(("result", value)),
        on_error=lambda message: story.append(("error", message)),
        on_progress=lambda fraction, text: story.append(("progress", fraction)),
        on_cancelled=lambda: story.append(("cancelled", None)),
        **callbacks,
    )


def said(story, kind):
    return [value for name, value in story if name == kind]


def alive(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_job_answers_and_the_worker_stays_warm(runner):
    story = []
    runner.submit(job("warm_up", {}, story))
    wait_for(lambda: said(story, "result"))
    first = runner.process_id
    started = time.monotonic()
    runner.submit(job("warm_up", {}, story))
    wait_for(lambda: len(said(story, "result")) == 2)
    assert time.monotonic() - started < 1.0
    assert runner.process_id == first
    assert said(story, "progress")[0] == 0.0
    assert not any(folder.exists() for folder in said(story, "folder"))


def test_jobs_wait_for_each_other(runner):
    story = []
    first, second = (runner.submit(job("warm_up", {}, story)) for _ in range(2))
    assert (first.state, second.state) == ("running", "queued")
    wait_for(lambda: second.state == "done")
    assert first.state == "done"


def test_cancelling_kills_within_two_seconds_and_the_next_job_works(runner):
    story = []
    running = runner.submit(job("warm_up", {}, story))
    wait_for(lambda: runner.process_id is not None)
    process_id = runner.process_id
    started = time.monotonic()
    runner.cancel(running)
    assert time.monotonic() - started < 2.0
    assert running.state == "cancelled"
    assert said(story, "cancelled") == [None]
    assert not alive(process_id)
    assert not said(story, "folder")[0].exists()
    runner.submit(job("warm_up", {}, story))
    wait_for(lambda: said(story, "result"))
    assert runner.process_id != process_id


def test_a_queued_job_is_cancelled_without_touching_the_running_one(runner):
    story, other = [], []
    running = runner.submit(job("warm_up", {}, story))
    waiting = runner.submit(job("warm_up", {}, other))
    runner.cancel(waiting)
    assert said(other, "cancelled") == [None]
    wait_for(lambda: running.state == "done")
    assert said(other, "result") == []


def test_a_killed_worker_is_told_and_the_next_job_works(runner):
    story = []
    running = runner.submit(job("warm_up", {}, story))
    wait_for(lambda: runner.process_id is not None)
    os.kill(runner.process_id, getattr(signal, "SIGKILL", signal.SIGTERM))
    wait_for(lambda: running.state != "running")
    assert running.state == "failed"
    assert "ended from outside" in said(story, "error")[0]
    runner.submit(job("warm_up", {}, story))
    wait_for(lambda: said(story, "result"))


def test_a_wrong_input_is_one_sentence(runner):
    story = []
    missing = {"path": "no.nrrd", "facts": {}}
    runner.submit(job("extract_hips", {"image": missing, "labels": missing, "preset": "dlr-mri"}, story))
    wait_for(lambda: said(story, "error"))
    assert said(story, "error") == ["no.nrrd does not exist."]


def longest_block(runner):
    """Longest time in seconds that the event loop was away while a job ran."""
    import slicer

    story, longest = [], 0.0
    runner.submit(job("warm_up", {}, story))
    while not said(story, "result"):
        started = time.monotonic()
        slicer.app.processEvents()
        longest = max(longest, time.monotonic() - started)
        time.sleep(0.005)
    return longest


def test_the_event_loop_is_free_while_a_job_runs(runner):
    # What we block, we block every time; what a busy machine blocks, it does now and then.
    assert min(longest_block(runner) for _ in range(4)) < 0.1
