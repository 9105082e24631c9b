"""Cases in processes of this machine: each a process of its own that stays warm, so that a crash ends one case alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from ...core import parallel
from .sources import Source
from .steps import Plan
from .work_case import FAILED, Outcome, work_case

CRASHED = (
    "Its process ended without an answer: a library crashed on this case, or the machine ran out of memory."
)
_FIRST_CASE_MB = 1500.0  # that a case is taken to need before one was seen
_MOST_OF_SHARE = 0.6  # of a worker's share of the memory; one that holds more between cases is replaced
_LOOK_S = 1.0
_MEGABYTE = 1 << 20


class _Lane:
    """One worker process, started when it gets its first case."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def submit(self, source: Source, plan: Plan, out: str) -> Future[Outcome]:
        if self._pool is None:
            spawn = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, spawn, _start)
        try:
            return self._pool.submit(work_case, source, plan, out)
        except BrokenProcessPool:  # it ended between two cases
            self.end()
            return self.submit(source, plan, out)

    def end(self) -> None:
        """End the process, whatever it does."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=True, cancel_futures=True)


def work_locally(
    sources: Sequence[Source], plan: Plan, out: str, workers: int, threads: int = 1
) -> Iterator[tuple[Source, Outcome]]:
    """Each case with what became of it, in the order in which they end.

    No more cases are under way than there are workers, and a further one is begun only while the memory that is free is
    as much as the most that a case was seen to need.

    Args:
        threads: of each worker's networks.
    """
    lanes = [_Lane() for _ in range(max(1, min(workers, len(sources))))]
    share = memory_mb() / len(lanes)
    waiting, need = deque(sources), _FIRST_CASE_MB
    running: dict[Future[Outcome], tuple[_Lane, Source]] = {}
    idle = list(lanes)
    try:
        while waiting or running:
            while waiting and idle and (not running or psutil.virtual_memory().available / _MEGABYTE >= need):
                lane, source = idle.pop(0), waiting.popleft()
                with parallel.threads_stated(threads):
                    running[lane.submit(source, plan, out)] = (lane, source)
            for future in wait(running, _LOOK_S, FIRST_COMPLETED).done:
                lane, source = running.pop(future)
                idle.append(lane)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    outcome = Outcome(FAILED, CRASHED)
                    lane.end()
                need = max(need, outcome.peak_mb)
                if outcome.memory_mb > _MOST_OF_SHARE * share:
                    lane.end()
                yield source, outcome
    finally:
        for lane in lanes:
            lane.end()


def memory_mb() -> float:
    """Memory of this machine, or of the part of it that its container gives to this process."""
    total = float(psutil.virtual_memory().total)
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            total = min(total, float(Path(name).read_text(encoding="ascii")))
        except (OSError, ValueError):  # another system, or no limit ("max")
            continue
    return total / _MEGABYTE


def _start() -> None:
    """First of all in a worker: Ctrl-C is its parent's to hear, and what libraries print is no answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout.flush()
    os.dup2(2, 1)
    parallel.start_worker()
