"""A cohort as a whole: in processes, on Dask, with a case that takes its worker down, and one run at a time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest
from support.cohort_cases import STEPS, contents, small_plan, write_cohort, write_table

from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.cohort.run import cluster
from ONFHAssistLib.cohort.run.cluster import needs, started, work_on_cluster
from ONFHAssistLib.cohort.run.folder import new_folder, only_run
from ONFHAssistLib.cohort.run.run import CohortRun, Machines, run_cohort
from ONFHAssistLib.cohort.run.sources import read_sources
from ONFHAssistLib.core import parallel
from ONFHAssistLib.core.errors import Cancelled, InputError

SETTINGS = Settings(preset="ibsi")
TABLES = ("tables/*.csv", "tables/*.parquet", "tables/schema.json")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases, and a third whose image is a pipe that nobody fills: its worker waits for ever."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    path = write_cohort(tmp_path_factory.mktemp("cohort"), 2)
    os.mkfifo(path.parent / "pipe.nii.gz")
    rows = pd.read_csv(path).to_dict("records")
    return write_table(path, [*rows, {"case": "Stuck", "image": "pipe.nii.gz"}])


def kill_worker_when(done: Path) -> threading.Thread:
    """Kill the worker process as the system does that has no memory left, once a file is there."""

    def kill() -> None:
        end = time.monotonic() + 600
        while not done.exists() and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)  # the next case is handed out at once
        for child in psutil.Process().children(recursive=True):
            if "spawn_main" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGKILL)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


@pytest.fixture(scope="module")
def local(table: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[CohortRun, Path]:
    """The run with one worker, which is killed while it works on the third case."""
    out = tmp_path_factory.mktemp("local") / "out"
    killer = kill_worker_when(out / "cases" / "K1" / "case.json")
    result = run_cohort(table, out, STEPS, Machines(1), SETTINGS)
    killer.join(10)
    return result, out


def test_a_case_that_takes_its_worker_down_is_listed_and_the_rest_is_done(
    local: tuple[CohortRun, Path],
) -> None:
    result, _out = local
    assert (result.done, result.failed, result.current) == (2, 1, 0)
    failures = pd.read_csv(result.failures)
    assert list(failures["case"]) == ["Stuck"]
    assert "process ended without an answer" in failures["reason"][0]
    assert list(pd.read_csv(result.table)["case"]) == ["K0", "K0", "K1", "K1"]
    assert result.computed == {"segment": 2, "measure": 2, "radiomics": 2}
    left = [
        one for one in psutil.Process().children(recursive=True) if "spawn_main" in " ".join(one.cmdline())
    ]
    assert left == []


def test_dask_gives_the_same_tables_to_the_byte(
    local: tuple[CohortRun, Path], table: Path, tmp_path: Path
) -> None:
    distributed = pytest.importorskip("distributed")
    two = table.parent / "two.csv"
    two.write_text("".join(table.read_text(encoding="utf-8").splitlines(keepends=True)[:3]))
    said: list[str] = []
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, protocol="tcp"
    ) as running:
        machines = Machines(scheduler=running.scheduler_address)
        result = run_cohort(
            two, tmp_path / "out", STEPS, machines, SETTINGS, lambda _s, text: said.append(text)
        )
    assert (result.done, result.failed) == (2, 0)
    for name in ("hips", "examinations", "warnings", "features"):
        for suffix in (".csv", ".parquet"):
            mine = result.tables[name].with_suffix(suffix).read_bytes()
            assert mine == local[0].tables[name].with_suffix(suffix).read_bytes()
    assert "2 of 2" in said[-1]


def test_what_was_under_way_when_the_scheduler_went_is_handed_out_again(table: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from contextlib import contextmanager

    folder = new_folder(tmp_path / "out")
    sources = read_sources(table)[:2]
    connections = []

    @contextmanager
    def connect():
        """A scheduler of its own each time, as one that was started anew; the first is gone after the first case."""
        if len(connections) == 1:
            connections.append("refused")
            raise InputError("No Dask scheduler answers")
        with (
            distributed.LocalCluster(
                n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, protocol="tcp"
            ) as running,
            distributed.Client(running, set_as_default=False) as client,
        ):
            connections.append(client)
            yield client

    ends = []
    for source, outcome in work_on_cluster(connect, sources, small_plan(), str(folder.path), patience_s=1.0):
        ends.append((source.case, outcome.end))
        if len(connections) == 1:
            connections[0].close()
    assert sorted(ends) == [("K0", "done"), ("K1", "done")]
    assert len(connections) == 3


def test_a_scheduler_that_is_not_there_is_named(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(parallel, "SCHEDULER_ANSWERS_S", 0.5)
    with pytest.raises(InputError, match=r"127\.0\.0\.1:9"):
        run_cohort(table, tmp_path / "out", STEPS, Machines(scheduler="tcp://127.0.0.1:9"), SETTINGS)


def test_a_second_run_into_the_folder_is_refused_and_a_killed_one_holds_nothing(
    table: Path, tmp_path: Path
) -> None:
    folder = new_folder(tmp_path / "out")
    script = (
        "import sys, time\n"
        "from ONFHAssistLib.cohort.run.folder import new_folder, only_run\n"
        "with only_run(new_folder(sys.argv[1])):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(600)\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(folder.path)],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(InputError, match=rf"Another run works in .*process {other.pid} on "):
            run_cohort(table, folder.path, STEPS, Machines(), SETTINGS)
    finally:
        other.kill()
        other.communicate()
    with only_run(folder):
        assert (folder.path / ".owner.json").is_file()


def test_cancelled_it_leaves_what_is_done(local: tuple[CohortRun, Path], table: Path, tmp_path: Path) -> None:
    import shutil

    out = Path(shutil.copytree(local[1], tmp_path / "out"))
    before = contents(out, *TABLES)

    def cancel(_share: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        run_cohort(table, out, STEPS, Machines(), SETTINGS, cancel)
    assert contents(out, *TABLES) == before
    with only_run(new_folder(out)):
        pass


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"workers": 0}, "number of workers is 0"),
        ({"scheduler": "tcp://a:1", "cluster": "slurm"}, "Both a scheduler and a cluster"),
    ],
)
def test_machines_that_cannot_be_are_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Machines(**change)


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("a year's work")
    with pytest.raises(InputError, match=r"holds other files and no cohort\.json"):
        new_folder(tmp_path)


def test_a_cluster_whose_package_is_not_installed_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setitem(sys.modules, "dask_jobqueue", None)
    with pytest.raises(
        InputError, match=r"'dask-jobqueue' is needed to use a SLURM cluster.*onfhassist\[cluster\]"
    ):
        started("slurm", 2).__enter__()
    assert str(needs("x", "do y")).startswith(
        "The Python package 'x' is needed to do y; install it with: pip install"
    )
    with pytest.raises(InputError, match="no cluster 'sge'; slurm, lsf, kubernetes"):
        started("sge", 2).__enter__()
    assert cluster.CLUSTERS == ("slurm", "lsf", "kubernetes")
