"""Jobs: answers in the event loop, cancel within two seconds, a killed worker told in plain words."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from support.waiting import wait_for

from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.worker.tasks import image_argument

if os.name == "posix":
    import resource
else:
    resource = None


@pytest.fixture
def runner(slicer_app):
    from ONFHAssistLib.ui.jobs import JobRunner

    runner = JobRunner()
    yield runner
    runner.shutdown()


def job(task, arguments, events, **callbacks):
    from ONFHAssistLib.ui.jobs import Job

    def prepare(folder):
        events.append(("folder", folder))
        (folder / "file.txt").write_text("input")
        return arguments

    return Job(
        task,
        prepare,
        on_result=lambda value: events.append(("result", value)),
        on_error=lambda message: events.append(("error", message)),
        on_progress=lambda fraction, text: events.extend([("progress", fraction), ("text", text)]),
        on_cancelled=lambda: events.append(("cancelled", None)),
        **callbacks,
    )


def measuring(folder, size):
    """Arguments of a measurement: a ball of 18 mm radius in a cube of ``size`` voxels a side, 2 mm where that is 24."""
    folder.mkdir()
    spacing = 48.0 / size
    grid = Image(np.zeros((size,) * 3, np.float32), (spacing,) * 3, (-94.0, -24.0, -24.0))
    inside = np.linalg.norm(grid.points() - [-70, 0, 0], axis=-1) < 18
    return {
        "image": image_argument(grid.like(inside.astype(np.float32) * 500), folder / "image.mha"),
        "labels": image_argument(grid.like(inside.astype(np.uint8)), folder / "labels.mha"),
        "steps": ["measure"],
        "out": str(folder),
    }


def values_of(events, kind):
    return [value for name, value in events if name == kind]


def alive(process_id):
    from ONFHAssistLib.ui.temporary_folders import is_process_alive

    return is_process_alive(process_id)


@pytest.mark.alone
def test_a_job_answers_and_the_worker_stays_warm(runner, tmp_path):
    events, quick = [], measuring(tmp_path / "ball", 24)
    runner.submit(job("run_case", quick, events))
    wait_for(lambda: values_of(events, "result"))
    first = runner.process_id
    started = time.monotonic()
    runner.submit(job("run_case", quick, events))
    wait_for(lambda: len(values_of(events, "result")) == 2)
    assert time.monotonic() - started < 1.0
    assert runner.process_id == first
    assert values_of(events, "progress")[0] == 0.0
    assert not any(folder.exists() for folder in values_of(events, "folder"))


def test_jobs_wait_for_each_other(runner, tmp_path):
    events, quick = [], measuring(tmp_path / "ball", 24)
    first, second = (runner.submit(job("run_case", quick, events)) for _ in range(2))
    assert (first.state, second.state) == ("running", "queued")
    wait_for(lambda: second.state == "done")
    assert first.state == "done"


@pytest.mark.alone
def test_cancelling_kills_within_two_seconds_and_the_next_job_works(runner):
    events = []
    running = runner.submit(job("warm_up", {}, events))
    wait_for(lambda: runner.process_id is not None)
    process_id = runner.process_id
    started = time.monotonic()
    runner.cancel(running)
    assert time.monotonic() - started < 2.0
    assert running.state == "cancelled"
    assert values_of(events, "cancelled") == [None]
    assert not alive(process_id)
    assert not values_of(events, "folder")[0].exists()
    runner.submit(job("warm_up", {}, events))
    wait_for(lambda: values_of(events, "result"))
    assert runner.process_id != process_id


def test_a_worker_for_trainings_gives_its_memory_back(slicer_app, tmp_path):
    from ONFHAssistLib.ui.jobs import JobRunner

    gentle, events = JobRunner(gentle=True), []
    gentle.submit(job("run_case", measuring(tmp_path / "ball", 24), events))
    process_id = gentle.process_id
    wait_for(lambda: values_of(events, "result"))
    assert gentle.process_id is None and not alive(process_id)
    assert not values_of(events, "error")


def test_a_queued_job_is_cancelled_without_touching_the_running_one(runner, tmp_path):
    events, other, quick = [], [], measuring(tmp_path / "ball", 24)
    running = runner.submit(job("run_case", quick, events))
    waiting = runner.submit(job("run_case", quick, other))
    runner.cancel(waiting)
    assert values_of(other, "cancelled") == [None]
    wait_for(lambda: running.state == "done")
    assert values_of(other, "result") == []


def kill(runner):
    wait_for(lambda: runner.process_id is not None)
    process_id = runner.process_id
    os.kill(process_id, getattr(signal, "SIGKILL", signal.SIGTERM))
    return process_id


def test_a_worker_that_is_killed_is_tried_once_more_with_less(runner, tmp_path):
    events, quick = [], measuring(tmp_path / "ball", 24)
    running = runner.submit(job("run_case", quick, events))
    first = kill(runner)
    wait_for(lambda: running.state != "running")
    assert running.state == "done"
    assert not values_of(events, "error")
    assert any("ran out of memory; trying once more" in text for text in values_of(events, "text"))
    assert runner.process_id != first
    settings = Path(f"/proc/{runner.process_id}/environ")
    if settings.exists():
        entries = settings.read_bytes().split(b"\0")
        assert b"OMP_NUM_THREADS=1" in entries
        assert b"CUDA_VISIBLE_DEVICES=" in entries


def test_a_worker_that_is_killed_twice_is_told_and_the_next_job_works(runner, tmp_path):
    events, quick = [], measuring(tmp_path / "ball", 24)
    running = runner.submit(job("warm_up", {}, events))  # long enough to be killed twice on any machine
    first = kill(runner)
    wait_for(lambda: runner.process_id not in (first, None))
    kill(runner)
    wait_for(lambda: running.state != "running")
    assert running.state == "failed"
    assert "ended from outside twice, probably for want of memory" in values_of(events, "error")[0]
    assert not values_of(events, "folder")[0].exists()
    runner.submit(job("run_case", quick, events))
    wait_for(lambda: values_of(events, "result"))


def test_a_worker_that_cannot_start_is_told_with_its_last_words(runner, tmp_path, monkeypatch):
    from ONFHAssistLib.ui import jobs

    # A file of that name is what Python finds first, as where another program has brought a package of the same name.
    (tmp_path / "ONFHAssistLib.py").write_text("")
    monkeypatch.setattr(jobs, "_PACKAGE_PARENT", tmp_path)
    monkeypatch.chdir(tmp_path)
    events = []
    running = runner.submit(job("warm_up", {}, events))
    wait_for(lambda: running.state != "running")
    (message,) = values_of(events, "error")
    assert message.startswith("The worker stopped unexpectedly (code 1); try again. Its last words: ")
    assert "ModuleNotFoundError" in message
    assert "ONFHAssistLib" in message


@pytest.mark.skipif(
    not hasattr(resource, "prlimit"), reason="memory of another process is limited on Linux only"
)
def test_a_worker_without_memory_says_so_and_a_new_one_does_the_job(runner, tmp_path):
    events = []
    small, large = (measuring(tmp_path / str(size), size) for size in (24, 160))
    runner.submit(job("run_case", small, events))
    wait_for(lambda: values_of(events, "result"))
    first = runner.process_id
    taken = int(Path(f"/proc/{first}/statm").read_text(encoding="utf-8").split()[0]) * resource.getpagesize()
    resource.prlimit(first, resource.RLIMIT_AS, (taken + 8_000_000,) * 2)
    runner.submit(job("run_case", large, events))
    wait_for(lambda: len(values_of(events, "result")) == 2 or values_of(events, "error"), 120)
    assert not values_of(events, "error")
    assert any("ran out of memory" in text for text in values_of(events, "text"))
    assert runner.process_id != first
    radii = [
        CaseResult.from_json(value["result"]).hips[0].findings.measurement.radius
        for value in values_of(events, "result")
    ]
    assert radii[1] == pytest.approx(18.0, abs=0.3)


def test_the_worker_leaves_half_of_the_cores_and_what_the_user_has_set(slicer_app, monkeypatch):
    from ONFHAssistLib.ui import jobs

    monkeypatch.setattr(jobs.os, "sched_getaffinity", lambda _process: set(range(6)), raising=False)
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("MKL_NUM_THREADS", "2")
    full, small = jobs.worker_environment(), jobs.worker_environment(small=True)
    assert (full["OMP_NUM_THREADS"], full["MKL_NUM_THREADS"], full["OMP_WAIT_POLICY"]) == (
        "3",
        "2",
        "PASSIVE",
    )
    assert (small["OMP_NUM_THREADS"], small["MKL_NUM_THREADS"], small["CUDA_VISIBLE_DEVICES"]) == (
        "1",
        "1",
        "",
    )
    monkeypatch.setattr(jobs.os, "sched_getaffinity", lambda _process: {0}, raising=False)
    assert jobs.worker_environment()["OMP_NUM_THREADS"] == "1"


def test_the_worker_ends_with_the_application(slicer_app, tmp_path):
    from ONFHAssistLib.ui.jobs import JobRunner

    events, shared = [], JobRunner.shared()
    shared.submit(job("run_case", measuring(tmp_path / "ball", 24), events))
    wait_for(lambda: values_of(events, "result"))
    process_id = shared.process_id
    assert alive(process_id)
    slicer_app.aboutToQuit.emit()
    assert not alive(process_id)


def test_folders_of_dead_sessions_are_swept_and_others_stay(runner, tmp_path, monkeypatch):
    from ONFHAssistLib.ui import temporary_folders as scratch

    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    own = scratch.temporary_folder("run")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    host = scratch._host()
    dead = tmp_path / f"onfh-run-{host}-{ended.pid}-abc"
    others = [
        tmp_path / name for name in ("onfh-results", f"onfh-job-{'0' * 8}-{ended.pid}-abc", "onfh-job-abc")
    ]
    for folder in (dead, *others):
        folder.mkdir()
        (folder / "image.mha").write_bytes(b"x")
    assert scratch.remove_abandoned_folders() == [dead]
    assert Path(own.name).is_dir()
    assert all((folder / "image.mha").exists() for folder in others)
    own.cleanup()


def test_a_wrong_input_is_one_sentence(runner):
    events = []
    missing = {"path": "no.nrrd", "facts": {}}
    runner.submit(
        job("run_case", {"image": missing, "labels": missing, "steps": ["extract"], "out": "no"}, events)
    )
    wait_for(lambda: values_of(events, "error"))
    assert values_of(events, "error") == ["no.nrrd does not exist."]


def longest_block(runner):
    """Longest time in seconds that the event loop was away while a job ran."""
    import slicer

    events, longest = [], 0.0
    runner.submit(job("warm_up", {}, events))
    while not values_of(events, "result"):
        started = time.monotonic()
        slicer.app.processEvents()
        longest = max(longest, time.monotonic() - started)
        time.sleep(0.005)
    return longest


@pytest.mark.alone
def test_the_event_loop_is_free_while_a_job_runs(runner):
    # What we block, we block every time; what a busy machine blocks, it does now and then.
    assert min(longest_block(runner) for _ in range(4)) < 0.1
