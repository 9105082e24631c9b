"""The node: receives, works up, sends; three threads beside each other on one queue, and one child that works."""

from __future__ import annotations

import shutil
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from ..core.atomic_files import PART
from ..core.errors import InputError
from .log import LOG, shown
from .metrics import Metrics
from .queue import RECEIVING, Queue, Task
from .receiving.incoming import Incoming
from .receiving.receiver import Receiver
from .sender import Sender
from .settings import NodeSettings
from .status import StatusServer, as_json
from .working.children import FAULT, Child, Stopped
from .working.work import FULL_DISK, LEFT, UNCHANGED, Job, Outcome, remove

_TICK_S = 0.25
_JOIN_S = 30.0
_DAY_S = 86400.0
_CLEAN_EVERY_S = 600.0
_AFTER_A_FAULT_S = 5.0


class Node:
    """A node on its folder; :meth:`start` and :meth:`close`, or :meth:`run` until :attr:`stop` is set."""

    def __init__(self, settings: NodeSettings) -> None:
        self.settings, self.stop = settings, threading.Event()
        root = settings.root
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        root.chmod(0o700)
        self._lock = _locked(root / "lock.sqlite")
        self._scratch, self._results = root / "scratch", root / "results"
        remove(self._scratch)
        for folder in (self._scratch, self._results):
            folder.mkdir(exist_ok=True)
        self.queue = Queue(root / "queue.sqlite")
        self.queue.recover(settings.limits.failures)
        self.metrics = Metrics()
        self.incoming = Incoming(root / "images", self.queue, settings.limits)
        self.receiver = Receiver(settings.listen, settings.limits, self.incoming, self.metrics)
        self.sender = Sender(settings, self.queue, self.incoming, self.metrics)
        self._child = Child(settings.threads, settings.secret_variables())
        self._threads: list[threading.Thread] = []
        self.status: StatusServer | None = None
        self._cleaned, self._unsettled = 0.0, False
        self._clean_up()

    def start(self) -> None:
        """Begin.

        Raises:
            InputError: a port is taken, or TLS cannot be set up.
        """
        self.receiver.start()
        if self.settings.status_port:
            pages = {"/health": self.health, "/metrics": self._metrics_page}
            self.status = StatusServer(self.settings.status_host, self.settings.status_port, pages)
        for name, turn in (("work", self._work_next), ("send", self._send_next)):
            thread = threading.Thread(target=self._turns, args=(turn,), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        LOG.info(
            "listening as '%s' on %s, port %d",
            self.settings.listen.title,
            self.settings.listen.host,
            self.receiver.port,
        )

    def run(self) -> None:
        """Serve until :attr:`stop` is set."""
        self.start()
        try:
            while not self.stop.wait(1.0):
                pass
        finally:
            self.close()

    def close(self) -> None:
        """End: nothing further is taken, what is worked on is worked on after the next start."""
        self.stop.set()
        self.receiver.close()
        for thread in self._threads:
            thread.join(_JOIN_S)
        self._child.end()
        if self.status is not None:
            self.status.close()
        self.queue.close()
        self._lock.close()
        LOG.info("stopped")

    def _turns(self, turn: Callable[[], bool]) -> None:
        while not self.stop.is_set():
            try:
                busy = turn()
            except Stopped:
                return
            except Exception as error:  # noqa: BLE001 - a full disk or a fault ends a turn, not the node
                LOG.error("fault in '%s': %s", threading.current_thread().name, shown(type(error).__name__))
                self.stop.wait(_AFTER_A_FAULT_S)
                continue
            if not busy:
                self.stop.wait(_TICK_S)

    def _send_next(self) -> bool:
        if time.monotonic() - self._cleaned > _CLEAN_EVERY_S:
            self._clean_up()
        return self.sender.send_next()

    # work -----------------------------------------------------------------------------------------------------------

    def _work_next(self) -> bool:
        if self._unsettled:  # a full disk, for one, kept the queue from being told
            self.queue.recover()
        task = self.queue.claim_work(self.settings.quiet_s)
        self._unsettled = task is not None
        if task is None:
            return False
        result = f"results/{task.number}-{uuid.uuid4().hex[:12]}"
        folder = self.settings.root / result
        begun = time.monotonic()
        try:
            outcome = self._child.work(self._job(task, folder), self.settings.limits.work_s, self.stop)
        except Stopped:
            self.queue.give_back(task)
            raise
        counted = self._settle(task, outcome, result, time.monotonic() - begun)
        self._unsettled = False
        if not counted:
            LOG.info("study %d: grew meanwhile and is worked up again", task.number)
        if not counted or outcome.end != "made":
            remove(folder)
        if counted and task.result and outcome.end in ("made", LEFT):
            remove(self.settings.root / task.result)
        return True

    def _job(self, task: Task, folder: Path) -> Job:
        return Job(
            str(self.incoming.study_folder(task.number)), str(folder), str(self._scratch), self.settings.steps,
            self.settings.choose, self.settings.pictures, self.settings.printed, task.content,
            self.settings.limits.free_mb,
        )  # fmt: skip

    def _settle(self, task: Task, outcome: Outcome, result: str, seconds: float) -> bool:
        """Write into the queue what became of a study; whether it counts, since no image came meanwhile."""
        number = task.number
        if outcome.end == FULL_DISK:
            self.queue.postpone(
                task, RECEIVING, self.settings.retry_s * 2 ** min(task.waits, 6), outcome.said
            )
            LOG.error("study %d: waits, %s", number, outcome.said)
            return True
        if outcome.end == FAULT:
            self.metrics.add("work_failures")
            given_up = self.queue.fail_work(task, outcome.said, self.settings.limits.failures)
            LOG.error(
                "study %d: failed (%s)%s", number, outcome.said, ", given up" if given_up else ", tried again"
            )
            return True
        if outcome.end == UNCHANGED:
            LOG.info("study %d: what came changes nothing in its results", number)
            return self.queue.finish_unchanged(task)
        if outcome.end == LEFT:
            self.metrics.add("studies_left")
            LOG.info("study %d: not worked up. %s", number, outcome.said)
            return self.queue.leave(task, outcome.said)
        self.metrics.add("studies_worked")
        LOG.info("study %d: worked up in %.1f s, %d objects", number, seconds, outcome.objects)
        return self.queue.finish_work(task, outcome.content, result)

    # look -----------------------------------------------------------------------------------------------------------

    def health(self) -> tuple[int, str, str]:
        """The page of that name: 200 where all is well, 503 where a person should look."""
        counts, free = self.queue.counts(), shutil.disk_usage(self.settings.root).free >> 20
        problems = [f"thread '{one.name}' has ended" for one in self._threads if not one.is_alive()]
        if free < self.settings.limits.free_mb:
            problems.append(f"less than {self.settings.limits.free_mb} MB of the disk are free")
        if self.sender.away:
            problems.append(self.sender.away)
        if counts["failed"]:
            problems.append(f"{counts['failed']} studies failed")
        content: dict[str, Any] = {
            "status": "look" if problems else "ok", "problems": problems, "studies": counts, "free_mb": free,
            "oldest_waiting_s": round(self.queue.oldest_s(), 1),
        }  # fmt: skip
        return as_json(content, 503 if problems else 200)

    def _metrics_page(self) -> tuple[int, str, str]:
        gauges = {
            "oldest_waiting_seconds": self.queue.oldest_s(),
            "free_bytes": float(shutil.disk_usage(self.settings.root).free),
            "resident_bytes": float(psutil.Process().memory_info().rss),
            "archive_away": float(bool(self.sender.away)),
        }
        return 200, "text/plain; version=0.0.4", self.metrics.text(self.queue.counts(), gauges)

    def _clean_up(self) -> None:
        """Remove results that no longer count, what was half written, and images of studies that were done long ago."""
        self._cleaned = time.monotonic()
        if not self._threads:  # nothing is being written yet
            self.incoming.clean()
            counted = self.queue.results()
            for folder in self._results.iterdir():
                if f"results/{folder.name}" not in counted or folder.name.startswith(PART):
                    remove(folder)
            for folder in self.settings.root.glob("leaving-*"):
                remove(folder)
        for number in self.queue.done_before(time.time() - self.settings.limits.keep_days * _DAY_S):
            with self.incoming.storing:  # else an image that comes in between is acknowledged and removed
                if self.queue.forget_images(number):
                    self.incoming.remove(number)


def _locked(path: Path) -> sqlite3.Connection:
    """A lock that this process alone holds; the system lets go of it however the process ends."""
    lock = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise InputError(
            f"Another node works on {path.parent}; stop it first, or name another folder."
        ) from None
    return lock
