"""``onfh cohort run``: every step of every case, resumable at any moment, on this machine or a cluster."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...case.work import Settings
from ...core.errors import InputError, is_disk_full
from ...core.progress import Progress
from ...core.serial import to_json_value
from ...extract.cohort import Clock
from .archive import archived_sources
from .assemble import Listed, assemble, write_listed
from .cluster import at_address, started, work_on_cluster
from .folder import CohortFolder, DiskFullError, new_folder, only_run
from .local import work_locally
from .sources import Source, read_sources
from .steps import DEEP, RADIOMICS, Plan, make_plan
from .work_case import CURRENT, FAILED, FULL, Outcome, is_current


@dataclass(frozen=True)
class Machines:
    """Where the work is done.

    Attributes:
        workers: processes of this machine, or jobs of the cluster.
        threads: of each worker's networks; 0 shares the cores of this machine out.
        scheduler: address of a Dask scheduler to use instead. cluster: "slurm", "lsf" or "kubernetes" to start one.
    """

    workers: int = 1
    threads: int = 0
    scheduler: str = ""
    cluster: str = ""

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise InputError(f"The number of workers is {self.workers}; it should be at least 1.")
        if self.threads < 0:
            raise InputError(f"The number of threads is {self.threads}; it should be at least 1.")
        if self.scheduler and self.cluster:
            raise InputError(
                "Both a scheduler and a cluster are named; a scheduler runs already, a cluster is started."
            )


@dataclass(frozen=True)
class CohortRun:
    """What a run left behind.

    Attributes:
        done: cases with a result. failed: cases without. current: cases of which nothing had to be done.
        table: CSV of the hips. failures: CSV of what could not be done. tables: name to CSV file.
        computed: step to how many cases it was computed for. seconds: of this run.
    """

    done: int
    failed: int
    current: int
    table: Path
    failures: Path
    tables: Mapping[str, Path]
    computed: Mapping[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def run_cohort(
    studies: str | Path,
    out: str | Path,
    steps: Iterable[str] = (),
    machines: Machines = Machines(),
    settings: Settings | None = None,
    progress: Progress | None = None,
    query: Mapping[str, str] | None = None,
) -> CohortRun:
    """Work a cohort up.

    Args:
        studies: folder of studies, table (CSV) of images or studies, or an archive's settings (TOML) with a ``query``.
        out: folder for the results; that of an earlier run is gone on with.
        steps: of :data:`.steps.STEPS`; all of them where none is named.
        query: PatientID, AccessionNumber, StudyDate, StudyInstanceUID, ModalitiesInStudy of studies in the archive.

    Raises:
        InputError: the sources, steps or settings are wrong, another run works in the folder, or its disk is full.
        Cancelled: raised by ``progress``; what is done stays done.
    """
    begun = time.perf_counter()
    plan = make_plan(steps, settings)
    folder = CohortFolder(Path(out).absolute())
    if Path(studies).suffix.lower() == ".toml":
        sources = archived_sources(Path(studies), query or {}, folder)
    else:
        sources = read_sources(studies)
    folder = new_folder(out)
    listed = [Listed(one.case, one.patient, one.name) for one in sources]
    try:
        with only_run(folder):
            write_listed(folder, listed, _described(studies, plan))
            reasons, computed, current = _work(sources, plan, folder, machines, progress)
            facts = {
                "plan": plan.facts, "steps": list(plan.steps), "cases_done": len(sources) - len(reasons),
                "cases_failed": len(reasons), "computed": dict(computed), "workers": machines.workers,
                "seconds": round(time.perf_counter() - begun, 1),
            }  # fmt: skip
            wanted = RADIOMICS in plan.steps or DEEP in plan.steps
            tables = assemble(folder, listed, reasons, facts, wanted)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError(folder.path) from error
        raise
    return CohortRun(
        len(sources) - len(reasons), len(reasons), current, tables["hips"], tables["failures"], tables,
        dict(computed), time.perf_counter() - begun,
    )  # fmt: skip


def _described(studies: str | Path, plan: Plan) -> dict[str, Any]:
    return {
        "studies": str(Path(studies).absolute()),
        "steps": list(plan.steps),
        "settings": to_json_value(plan.settings),
        "plan": plan.digest,
        "facts": {step: dict(facts) for step, facts in plan.facts.items()},
    }


def _work(
    sources: list[Source], plan: Plan, folder: CohortFolder, machines: Machines, progress: Progress | None
) -> tuple[dict[str, str], Counter[str], int]:
    """Do what is left to do; why cases failed, what was computed, and how many had nothing left."""
    left = [one for one in sources if not is_current(one, plan, folder)]
    clock = Clock(progress, len(sources), len(sources) - len(left))
    reasons: dict[str, str] = {}
    computed: Counter[str] = Counter()
    current = len(sources) - len(left)
    with closing(_stream(left, plan, folder, machines, progress)) as stream:
        for source, outcome in stream:
            if outcome.end == FULL:
                raise DiskFullError(folder.path)
            if outcome.end == FAILED:
                reasons[source.case] = outcome.reason
            current += outcome.end == CURRENT
            computed.update(outcome.ran)
            clock.tick(f"{source.case} failed" if outcome.end == FAILED else source.case)
    return reasons, computed, current


def _stream(
    left: list[Source],
    plan: Plan,
    folder: CohortFolder,
    machines: Machines,
    progress: Progress | None,
) -> Generator[tuple[Source, Outcome], None, None]:
    """Each case with what became of it; to be closed, which ends what still works."""
    out = str(folder.path)
    if not left:
        return
    if machines.scheduler:
        yield from work_on_cluster(
            at_address(machines.scheduler), left, plan, out, machines.threads, progress
        )
    elif machines.cluster:
        with started(machines.cluster, machines.workers) as connect:
            yield from work_on_cluster(connect, left, plan, out, machines.threads, progress)
    else:
        yield from work_locally(left, plan, out, machines.workers, machines.threads)
