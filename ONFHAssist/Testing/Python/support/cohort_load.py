"""The parts of ``benchmarks/cohort_run.py``: cohorts that are run, killed, run elsewhere and compared to the byte."""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from support.cohort_cases import contents

TABLES = (
    "tables/hips.*",
    "tables/examinations.*",
    "tables/failures.*",
    "tables/warnings.*",
    "tables/features.*",
)
RESULTS = ("cases/*/result.json", "cases/*/exam.json", "cases/*/*.nii.gz")
ONFH = (sys.executable, "-m", "ONFHAssistLab")
_PACKAGES = Path(__file__).resolve().parents[3]


def command(studies: Path, out: Path, asked: argparse.Namespace, *more: str) -> list[str]:
    """``onfh cohort run`` as a user types it."""
    steps = ("--steps", asked.steps) if asked.steps else ()
    preset = ("--preset", asked.preset)
    return [*ONFH, "cohort", "run", str(studies), "--out", str(out), "--json", *steps, *preset, *more]


def environment() -> dict[str, str]:
    """With this tree on the path."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(_PACKAGES), os.environ.get("PYTHONPATH", "")])}


def run(studies: Path, out: Path, asked: argparse.Namespace, *more: str) -> dict[str, Any]:
    """A whole run; what it prints."""
    done = subprocess.run(
        command(studies, out, asked, *more), env=environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def cohort(asked: argparse.Namespace, default: int) -> Path:
    """As many studies as asked for, links to those there are; a table as it is."""
    if asked.studies.suffix == ".csv":
        table: Path = asked.studies
        return table
    count = asked.cases or default
    folder = asked.out / "studies"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    there = sorted(one for one in asked.studies.iterdir() if one.is_dir())
    for number in range(count):
        study = there[number % len(there)]
        images = study / "dicom" if (study / "dicom").is_dir() else study
        copied = folder / f"case{number:05d}"
        if number < len(there):
            copied.symlink_to(images.resolve())
        else:  # the same study twice would be refused: other identifiers, same voxels
            _renamed(images, copied, number // len(there))
    return folder


def _renamed(source: Path, target: Path, turn: int) -> None:
    """A copy of a study under other identifiers."""
    import pydicom

    for path in sorted(one for one in source.rglob("*") if one.is_file()):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        one = pydicom.dcmread(path)
        one.StudyInstanceUID = f"{one.StudyInstanceUID}.{turn}"[-64:]
        one.PatientID = f"{one.PatientID}-{turn}"
        one.save_as(place)


def same(first: Path, second: Path, *patterns: str) -> bool:
    """Whether two runs left the same bytes; what differs is printed."""
    mine, theirs = contents(first, *patterns), contents(second, *patterns)
    differ = sorted(name for name in mine.keys() | theirs.keys() if mine.get(name) != theirs.get(name))
    print(f"  {len(mine)} files compared with {first.name}: {'the same bytes' if not differ else differ[:8]}")
    return not differ and bool(mine)


def run_scale(asked: argparse.Namespace) -> bool:
    """One worker, then two, each with one thread."""
    studies, seconds = cohort(asked, 100), {}
    for workers in (1, 2):
        out = asked.out / f"workers{workers}"
        shutil.rmtree(out, ignore_errors=True)
        begun = time.perf_counter()
        found = run(studies, out, asked, "--workers", str(workers), "--threads", "1")
        seconds[workers] = time.perf_counter() - begun
        print(
            f"{workers} worker(s): {seconds[workers]:.1f} s, {found['done']} done, {found['failed']} failed",
            flush=True,
        )
    print(
        f"two workers are {seconds[1] / seconds[2]:.2f} times as fast as one; load {os.getloadavg()[0]:.1f}"
    )
    return same(asked.out / "workers1", asked.out / "workers2", *TABLES, *RESULTS)


def run_kill(asked: argparse.Namespace) -> bool:
    """SIGKILL at ten moments of one run that is gone on with each time, against an undisturbed one."""
    studies = cohort(asked, 3)
    straight, killed = asked.out / "straight", asked.out / "killed"
    for one in (straight, killed):
        shutil.rmtree(one, ignore_errors=True)
    begun = time.perf_counter()
    run(studies, straight, asked, "--threads", "1")
    whole = time.perf_counter() - begun
    rng = random.Random(asked.seed)
    print(f"undisturbed: {whole:.1f} s", flush=True)
    for moment in range(asked.moments):
        process = subprocess.Popen(
            command(studies, killed, asked, "--threads", "1"), env=environment(), stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        before, began = _answers(killed), time.perf_counter()
        # Every other time while it starts or in the first step, else shortly after one more answer was kept.
        while moment % 2 and process.poll() is None and _answers(killed) == before:
            time.sleep(0.02)
        try:
            process.wait(rng.random() * (2.0 if moment % 2 else 0.3 * whole))
            print(f"  run {moment + 1} ended by itself", flush=True)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            print(
                f"  killed after {time.perf_counter() - began:.1f} s, {_answers(killed)} answers kept",
                flush=True,
            )
    run(studies, killed, asked, "--threads", "1")
    return same(straight, killed, *TABLES, *RESULTS)


def _answers(out: Path) -> int:
    """How many answers of steps are kept."""
    return len(list(out.glob("cases/*/steps/*.json")))


def run_dask(asked: argparse.Namespace) -> bool:
    """A cluster of two processes, and one whose scheduler is away for a while."""
    studies = cohort(asked, 4)
    outs = [asked.out / name for name in ("local", "dask", "away")]
    for one in outs:
        shutil.rmtree(one, ignore_errors=True)
    run(studies, outs[0], asked, "--threads", "1")
    whole = True
    for out, away in zip(outs[1:], (0.0, asked.away), strict=True):
        with _Cluster(asked.out / f"scratch-{out.name}") as running:
            more = ("--scheduler", running.address, "--threads", "1")
            process = subprocess.Popen(
                command(studies, out, asked, *more), env=environment(), stdout=subprocess.PIPE, text=True
            )
            if away:
                _wait_for_case(out)
                running.stop()
                print(f"  no scheduler and no workers for {away:.0f} s", flush=True)
                time.sleep(away)
                running.start()
            said, _ = process.communicate()
        found = json.loads(said)
        print(
            f"{out.name}: {found['done']} done, {found['failed']} failed in {found['seconds']:.1f} s",
            flush=True,
        )
        whole = same(outs[0], out, *TABLES, *RESULTS) and whole
    return whole


def _wait_for_case(out: Path) -> None:
    end = time.monotonic() + 1800
    while not list(out.glob("cases/*/case.json")) and time.monotonic() < end:
        time.sleep(0.5)


class _Cluster:
    """A scheduler and two workers, each a process, on a port that stays the same."""

    def __init__(self, scratch: Path) -> None:
        from support.orthanc import free_port

        self._port, self._scratch = free_port(), scratch
        self._processes: list[subprocess.Popen[bytes]] = []
        self.address = f"tcp://127.0.0.1:{self._port}"

    def __enter__(self) -> _Cluster:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()

    def start(self) -> None:
        """Begin."""
        python = (sys.executable, "-m", "distributed.cli")
        scheduler = (
            *python[:2],
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            str(self._port),
            "--no-dashboard",
        )
        worker = (
            *python[:2], "distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-dashboard",
            "--local-directory", str(self._scratch), "--memory-limit", "0",
        )  # fmt: skip
        for one in (scheduler, worker, worker):
            self._processes.append(
                subprocess.Popen(one, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            )

    def stop(self) -> None:
        """End all of it at once, as a power cut would."""
        for process in self._processes:
            for child in (
                psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ()
            ):
                child.kill()
            process.kill()
            process.wait()
        self._processes = []


def run_restage(asked: argparse.Namespace) -> bool:
    """Another stager: only what rests on it is computed, and back again the tables are as they were."""
    from ONFHAssistLib.bundles.bundle import load_bundle
    from ONFHAssistLib.bundles.defaults import default_stager

    studies, out = cohort(asked, 2), asked.out / "restaged"
    shutil.rmtree(out, ignore_errors=True)
    first = run(studies, out, asked)
    before = contents(out, *TABLES)
    bundle = asked.out / "another-stager"
    shutil.rmtree(bundle, ignore_errors=True)
    shutil.copytree(load_bundle(default_stager()).path, bundle)
    metadata = bundle / "configs" / "metadata.json"
    content = json.loads(metadata.read_text(encoding="utf-8"))
    metadata.write_text(json.dumps({**content, "version": f"{content['version']}.1"}), encoding="utf-8")
    second = run(studies, out, asked, "--stager", str(bundle))
    third = run(studies, out, asked)
    for name, found in (("first", first), ("another stager", second), ("back again", third)):
        print(f"{name}: {found['computed']} in {found['seconds']:.1f} s")
    return set(second["computed"]) <= {"stage", "survival", "report"} and contents(out, *TABLES) == before


def run_flat(asked: argparse.Namespace) -> bool:
    """One worker over many examinations: time, memory and open files of each case."""
    studies, out = cohort(asked, 30), asked.out / "flat"
    shutil.rmtree(out, ignore_errors=True)
    _watch(command(studies, out, asked), out)
    return True


def run_regions(asked: argparse.Namespace) -> bool:
    """Many small regions in one run: measured and extracted, with given outlines."""
    from support.cohort_cases import write_cohort, write_table

    folder, out, count = asked.out / "regions", asked.out / "small", asked.cases or 10_000
    shutil.rmtree(out, ignore_errors=True)
    table = write_cohort(folder, 50)
    rows = [
        {"case": f"K{n:05d}", "image": f"image{n % 50}.nii.gz", "segmentation": "outlines.nii.gz"}
        for n in range(count)
    ]
    write_table(table, rows)
    asked.steps, asked.preset = "measure,radiomics", "ibsi"
    _watch(command(table, out, asked), out)
    return True


def _watch(arguments: list[str], out: Path) -> None:
    """Run, and print how time, memory and open files went along."""
    process = psutil.Popen(arguments, env=environment(), stdout=subprocess.PIPE, text=True)
    seen: list[tuple[float, float, float, int, float, float]] = []
    begun = time.perf_counter()
    while process.poll() is None:
        try:
            tree = [process, *process.children(recursive=True)]
            memory = sum(one.memory_info().rss for one in tree) / 2**20
            files = sum(one.num_fds() for one in tree)
            own, used = process.memory_info().rss / 2**20, sum(sum(one.cpu_times()[:2]) for one in tree)
            seen.append((time.perf_counter() - begun, memory, own, files, time.time(), used))
        except psutil.Error:
            pass
        time.sleep(0.5)
    cases = sorted(
        (path.stat().st_mtime, json.loads(path.read_text())["seconds"])
        for path in out.glob("cases/*/case.json")
    )
    print(f"{len(cases)} cases in {seen[-1][0]:.1f} s")
    times = np.diff([at for at, _ in cases]) if len(cases) > 10 else np.array([one for _, one in cases])
    for name, part in (
        ("first", slice(0, max(1, len(times) // 10))),
        ("last", slice(-max(1, len(times) // 10), None)),
    ):
        print(f"  {name} tenth: {np.median(times[part]):.3f} s a case (median)")
    each = np.array(seen)
    # Where other work runs beside it the clock says little: processor time of the run and its workers tells.
    spent = np.maximum.accumulate(each[:, 5])  # a worker that ends takes its own out of the sum
    costs = np.diff(np.interp([at for at, _ in cases], each[:, 4], spent))
    tenth = max(1, len(costs) // 10)
    first, last = float(np.mean(costs[:tenth])), float(np.mean(costs[-tenth:]))
    print(f"  processor seconds a case (mean): {first:.3f} in the first tenth, {last:.3f} in the last")
    for share in (0.1, 0.5, 0.95):
        at = each[min(len(each) - 1, int(share * len(each)))]
        print(
            f"  at {share:.0%}: {at[1]:.0f} MB in all, {at[2]:.0f} MB of it the run's own, {at[3]:.0f} open files"
        )


def run_tables(asked: argparse.Namespace) -> bool:
    """Tables of many cases, each a copy of one of a run."""
    from ONFHAssistLib.cohort.run.assemble import Listed, assemble
    from ONFHAssistLib.cohort.run.folder import CohortFolder

    count = asked.cases or 10_000
    there = sorted(path.parent for path in asked.studies.glob("cases/*/case.json"))
    folder = CohortFolder(asked.out / "many")
    shutil.rmtree(folder.path, ignore_errors=True)
    for number in range(count):
        target = folder.case(f"K{number:05d}")
        target.mkdir(parents=True)
        for name in ("case.json", "rows.json", "result.json"):
            shutil.copy2(there[number % len(there)] / name, target / name)
    listed = [Listed(f"K{number:05d}", f"P{number:05d}", f"K{number:05d}") for number in range(count)]
    for features in (False, True):
        begun = time.perf_counter()
        tables = assemble(folder, listed, features=features)
        seconds = time.perf_counter() - begun
        sizes = {path.name: round(path.stat().st_size / 1e6, 1) for path in sorted(folder.tables.iterdir())}
        print(
            f"{count} cases, features {features}: {seconds:.1f} s, {len(tables)} tables; MB: {sizes}",
            flush=True,
        )
    peak = psutil.Process().memory_info().rss / 2**20
    print(f"  memory at the end {peak:.0f} MB")
    return True


def run_slurm(asked: argparse.Namespace) -> bool:
    """A SLURM with two nodes on this machine (Debian's slurm-wlm and munge), used by dask-jobqueue."""
    from support.slurm import two_nodes

    studies = cohort(asked, 2)
    outs = [asked.out / name for name in ("local", "slurm")]
    for one in outs:
        shutil.rmtree(one, ignore_errors=True)
    run(studies, outs[0], asked, "--threads", "1")
    with two_nodes(asked.out / "slurm-state") as settings:
        os.environ.update(settings)
        found = run(studies, outs[1], asked, "--cluster", "slurm", "--workers", "2", "--threads", "1")
    print(f"SLURM: {found['done']} done, {found['failed']} failed in {found['seconds']:.1f} s")
    return same(outs[0], outs[1], *TABLES, *RESULTS)
