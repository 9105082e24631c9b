"""The same function over many items: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for_end
from typing import Any

from .errors import InputError, MissingDependencyError

SCHEDULER_ANSWERS_S = 5.0  # or there is none at this address
_TASKS_AHEAD = 3  # items handed out for each worker, so that memory does not grow with the cohort
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@contextmanager
def map_unordered(
    function: Callable[..., Any],
    items: Sequence[Any],
    extra: tuple[Any, ...],
    workers: int,
    scheduler: str | None,
) -> Iterator[Iterator[tuple[Any, Any]]]:
    """Iterator over (item, function(item, *extra)) in the order in which they finish.

    Args:
        function: importable, never raises.
        items: handed out one by one.
        extra: further arguments, the same for all.
        workers: processes; 1 works in this process.
        scheduler: address of a Dask scheduler, which is used instead of processes.
    """
    if scheduler is not None:
        with dask_client(scheduler) as client:
            yield _from_dask(client, function, items, extra)
    elif workers == 1 or len(items) <= 1:
        yield ((item, function(item, *extra)) for item in items)
    else:
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), start_worker)
        try:
            with threads_stated():
                yield _from_pool(pool, function, items, extra, workers * _TASKS_AHEAD)
        except BaseException:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
        pool.shutdown(wait=True)


def _from_pool(
    pool: ProcessPoolExecutor,
    function: Callable[..., Any],
    items: Sequence[Any],
    extra: tuple[Any, ...],
    ahead: int,
) -> Iterator[tuple[Any, Any]]:
    waiting = iter(items)
    running = {
        pool.submit(function, item, *extra): item for _, item in zip(range(ahead), waiting, strict=False)
    }
    while running:
        finished, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            item = running.pop(future)
            following = next(waiting, None)
            if following is not None:
                running[pool.submit(function, following, *extra)] = following
            yield item, future.result()


@contextmanager
def threads_stated(threads: int = 1) -> Iterator[None]:
    """How many threads libraries take, PyTorch too, in a process that starts meanwhile: they read it when they load.

    Processes share the cores; their libraries should not each take all of them.
    """
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, str(threads)))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def start_worker() -> None:
    """First of all in a process that works for this one: one thread for ITK, and its end with that of this process."""
    import SimpleITK as sitk  # noqa: N813 - its documented short name

    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()


def _exit_with_parent(sentinel: int) -> None:
    """Without this a worker whose parent was killed would wait for work for ever."""
    wait_for_end([sentinel])
    os._exit(1)


# Dask ---------------------------------------------------------------------------------------------------------------


@contextmanager
def dask_client(address: str) -> Iterator[Any]:
    """A client of a Dask scheduler.

    Raises:
        InputError: Dask is not installed, or no scheduler answers at the address.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingDependencyError("distributed", "use a Dask cluster") from None
    try:
        client = Client(address, timeout=SCHEDULER_ANSWERS_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise InputError(
            f"No Dask scheduler answers at {address}; start one with 'dask scheduler'."
        ) from error
    try:
        yield client
    finally:
        client.close()


def _from_dask(
    client: Any, function: Callable[..., Any], items: Sequence[Any], extra: tuple[Any, ...]
) -> Iterator[tuple[Any, Any]]:
    from distributed import as_completed

    if not items:
        return
    cores = sum(client.ncores().values())
    if not cores:
        raise InputError("The Dask cluster has no workers; start one with 'dask worker ADDRESS'.")
    waiting = iter(items)

    def submit(item: Any) -> Any:
        future = client.submit(function, item, *extra, pure=False)
        running[future.key] = item
        return future

    running: dict[str, Any] = {}
    first = [submit(item) for _, item in zip(range(cores * _TASKS_AHEAD), waiting, strict=False)]
    stream = as_completed(first, loop=client.loop)
    for future in stream:
        item, result = running.pop(future.key), future.result()
        following = next(waiting, None)
        if following is not None:
            stream.add(submit(following))
        yield item, result
