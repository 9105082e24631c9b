"""Cases on a Dask cluster: one that runs, or one that dask-jobqueue or dask-kubernetes starts; scheduling is theirs.

The folder of the run and the studies have to be visible under the same paths on every machine: workers write there, only
what became of a case travels. A scheduler that goes away takes nothing with it: when it is back, what was under way is
handed out again, and a case that was finished meanwhile is found to be.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from ...core import parallel
from ...core.errors import InputError, MissingDependencyError
from ...core.progress import Progress
from .local import CRASHED
from .sources import Source
from .steps import Plan
from .work_case import FAILED, Outcome, work_case

SLURM, LSF, KUBERNETES = "slurm", "lsf", "kubernetes"
CLUSTERS = (SLURM, LSF, KUBERNETES)
PATIENCE_S = 600.0  # that a scheduler may be away
_LOOK_S, _COUNT_S, _ANSWER_S = 0.1, 2.0, 30.0
_ONE_AT_A_TIME = threading.Lock()
Connect = Callable[[], AbstractContextManager[Any]]


def work_on_cluster(
    connect: Connect,
    sources: Sequence[Source],
    plan: Plan,
    out: str,
    threads: int = 0,
    progress: Progress | None = None,
    patience_s: float = PATIENCE_S,
) -> Iterator[tuple[Source, Outcome]]:
    """Each case with what became of it, in the order in which they end; as many at a time as there are workers.

    Args:
        connect: gives a client of the scheduler.
        patience_s: how long the scheduler may be away at a time.

    Raises:
        InputError: there is no scheduler at the start, or it stayed away.
    """
    waiting = deque(sources)
    away: float | None = None
    first = True
    while waiting:
        served = False
        try:
            with connect() as client:
                first, away = False, None
                for source, outcome in _served(client, waiting, plan, out, threads):
                    served = True
                    yield source, outcome
        except _Lost:
            pass
        except InputError:
            if first:
                raise
        if not waiting:
            return
        now = time.monotonic()
        away = now if away is None or served else away
        if now - away > patience_s:
            raise InputError(
                "The Dask scheduler went away and did not come back; every case that was finished is kept, start again."
            )
        if progress is not None:
            progress(0.0, "The Dask scheduler does not answer; waiting for it")
        time.sleep(min(2.0, patience_s / 10))


class _Lost(Exception):  # noqa: N818 - not an error: the scheduler is asked again
    """The scheduler is away; what was under way is waiting again."""


def _served(
    client: Any, waiting: deque[Source], plan: Plan, out: str, threads: int
) -> Iterator[tuple[Source, Outcome]]:
    running: dict[Any, Source] = {}
    workers, counted = 0, 0.0
    try:
        while waiting or running:
            if time.monotonic() - counted > _COUNT_S:
                workers, counted = _workers(client), time.monotonic()
            while waiting and len(running) < workers:
                future = client.submit(worked, waiting[0], plan, out, threads, pure=False)
                running[future] = (
                    waiting.popleft()
                )  # now, so that none is lost where it could not be handed out
            ended = [future for future in running if future.done()]
            for future in ended:
                source = running.pop(future)
                outcome = _outcome_of(future)
                if outcome is None:
                    waiting.appendleft(source)
                else:
                    yield source, outcome
            if not ended:
                time.sleep(_LOOK_S)
    except InputError:
        raise
    except Exception as error:  # a lost connection has many names
        raise _Lost from error
    finally:
        waiting.extendleft(reversed(list(running.values())))


def _workers(client: Any) -> int:
    if client.status not in ("running", "connecting"):
        raise _Lost
    try:
        return len(client.nthreads())
    except Exception as error:
        raise _Lost from error


def _outcome_of(future: Any) -> Outcome | None:
    """What became of a case; None where the cluster lost it, so that it is handed out again."""
    from distributed import KilledWorker

    if future.status in {"cancelled", "lost"}:
        return None
    try:
        found: Outcome = future.result(timeout=_ANSWER_S)
    except KilledWorker:
        return Outcome(FAILED, CRASHED)
    except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
        if future.status == "error":  # it could not even be begun there
            return Outcome(FAILED, f"A worker could not begin the case ({type(error).__name__}: {error}).")
        return None
    return found


def worked(source: Source, plan: Plan, out: str, threads: int) -> Outcome:
    """:func:`work_case` on a worker of the cluster: one case at a time in a process, whatever its threads."""
    import SimpleITK as sitk  # noqa: N813 - its documented short name

    with _ONE_AT_A_TIME:
        sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
        if threads:
            import torch

            torch.set_num_threads(threads)
        return work_case(source, plan, out)


# where ------------------------------------------------------------------------------------------------------------


def at_address(address: str) -> Connect:
    """A scheduler that runs, at ``tcp://...``."""

    @contextmanager
    def connect() -> Iterator[Any]:
        with parallel.dask_client(address) as client:
            if not client.nthreads():
                with contextlib.suppress(TimeoutError):
                    client.wait_for_workers(1, timeout=10)
            if not client.nthreads():
                raise InputError("The Dask cluster has no workers; start one with 'dask worker ADDRESS'.")
            yield client

    return connect


@contextmanager
def started(kind: str, workers: int) -> Iterator[Connect]:
    """A cluster of jobs, as many as workers, for the time of the block; queue, cores and memory are Dask's settings.

    Raises:
        InputError: an unknown kind, or its package is not installed.
    """
    if kind not in CLUSTERS:
        raise InputError(f"There is no cluster '{kind}'; {', '.join(CLUSTERS)} are known.")
    client_of = _client_class()
    with _memory_settings(), _cluster(kind, workers) as cluster:

        @contextmanager
        def connect() -> Iterator[Any]:
            client = client_of(cluster, set_as_default=False)
            try:
                yield client
            finally:
                client.close()

        yield connect


def _client_class() -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise needs("distributed", "use a Dask cluster") from None
    return Client


def _cluster(kind: str, workers: int) -> AbstractContextManager[Any]:
    if kind == KUBERNETES:
        try:
            from dask_kubernetes.operator import KubeCluster
        except ImportError:
            raise needs("dask-kubernetes", "use a Kubernetes cluster") from None
        cluster: AbstractContextManager[Any] = KubeCluster(n_workers=workers)
        return cluster
    try:
        import dask_jobqueue
    except ImportError:
        raise needs("dask-jobqueue", f"use a {kind.upper()} cluster") from None
    made = (dask_jobqueue.SLURMCluster if kind == SLURM else dask_jobqueue.LSFCluster)()
    made.scale(jobs=workers)
    jobs: AbstractContextManager[Any] = made
    return jobs


def needs(package: str, purpose: str) -> MissingDependencyError:
    """The error that names the package and the extra that brings it."""
    error = MissingDependencyError(package, purpose)
    error.args = (
        f"The Python package '{package}' is needed to {purpose}; install it with: pip install 'onfhassist[cluster]'.",
    )
    return error


@contextmanager
def _memory_settings() -> Iterator[None]:
    """A crash counts against the case after one more try, and workers rest before their memory is full."""
    import dask

    settings = {
        "distributed.scheduler.allowed-failures": 1,
        "distributed.worker.memory.pause": 0.8,
        "distributed.worker.memory.terminate": 0.95,
    }
    with dask.config.set(settings):
        yield
