"""Results to the archives: the whole set, or an error by name; the queue keeps who has it, so that each gets it once."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from ..core.errors import InputError
from .archives.address import Archive
from .archives.exchange import send
from .archives.objects import ArchiveError, Sendable, read_sendable
from .identity import deidentified
from .log import LOG, shown
from .metrics import Metrics
from .queue import MADE, Queue, Task
from .receiving.incoming import Incoming
from .settings import NodeSettings

_LONGEST_DOUBLING = 20


class Sender:
    """Sends one study after another."""

    def __init__(self, settings: NodeSettings, queue: Queue, incoming: Incoming, metrics: Metrics) -> None:
        self._settings, self._queue, self._incoming, self._metrics = settings, queue, incoming, metrics
        self._destinations = settings.destinations()
        self.away = ""  # the archive that was away or refused last; "" where none does
        self._waits, self._until = 0, 0.0  # an archive that is away is away for every study

    def send_next(self) -> bool:
        """Send the study whose turn it is; whether there was one."""
        task = None if time.monotonic() < self._until else self._queue.claim_sending()
        if task is None:
            return False
        try:
            files = read_sendable(sorted((self._settings.root / task.result).glob("*.dcm")))
            had = self._queue.delivered(task.number)
            for name, archive in self._destinations.items():
                if name not in had:
                    self._to(task, name, archive, files)
                    self._queue.deliver(task.number, name)
        except InputError as error:
            self._put_off(task, error)
            return True
        self._queue.finish_sending(task.number)
        self._metrics.add("sets_sent")
        self.away, self._waits = "", 0
        LOG.info("study %d: %d objects sent", task.number, len(files))
        return True

    def _to(self, task: Task, name: str, archive: Archive, files: list[Sendable]) -> None:
        if not name:
            send(archive, files)
            return
        beyond = self._settings.elsewhere[name]
        images = read_sendable(sorted(self._incoming.study_folder(task.number).glob("*.dcm")))
        if not images or any(one.consent != "YES" for one in images):
            LOG.info(
                "study %d: not sent to %s, since its headers do not all say YES on consent", task.number, name
            )
            return
        with tempfile.TemporaryDirectory(
            prefix="leaving-", dir=self._settings.root, ignore_cleanup_errors=True
        ) as folder:
            leaving = [*files, *images] if beyond.images else files
            send(archive, read_sendable(deidentified(leaving, beyond.secret.read(), Path(folder))))

    def _put_off(self, task: Task, error: InputError) -> None:
        settings, seconds = self._settings, self._settings.retry_most_s
        if isinstance(error, ArchiveError) and error.temporary:
            seconds = min(seconds, settings.retry_s * 2 ** min(self._waits, _LONGEST_DOUBLING))
            self._waits, self._until = self._waits + 1, time.monotonic() + seconds
        reason = shown(error)
        self._queue.postpone(task, MADE, seconds, reason)
        self._metrics.add("sending_failures")
        self.away = reason
        LOG.warning("study %d: not sent, tried again in %.0f s. %s", task.number, seconds, reason)
