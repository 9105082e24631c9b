"""Results to the archives: the whole set, or an error by name; the queue keeps who has it, so that each gets it once."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from pydicom import dcmread
from pydicom.uid import SegmentationStorage

from ..core.errors import InputError
from ..imaging.series.numbers import items, words
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
_WHOLE = "[!.]*.dcm"  # not what is being written


class Sender:
    """Sends one study after another."""

    def __init__(self, settings: NodeSettings, queue: Queue, incoming: Incoming, metrics: Metrics) -> None:
        self._settings, self._queue, self._incoming, self._metrics = settings, queue, incoming, metrics
        self._destinations = settings.destinations()
        self._away: dict[str, str] = {}  # destination to why it did not take the last study
        self._waits: dict[str, int] = {}  # destination to how often it was away, one time after the other
        # Destination, and study or 0, to the moment before which it is not tried: an archive that is away is away for
        # every study, one that refuses does so for one.
        self._until: dict[tuple[str, int], float] = {}

    @property
    def away(self) -> str:
        """Why archives did not take what was sent last; "" where all did."""
        return " ".join(self._away.values())

    def send_next(self) -> bool:
        """Send the study whose turn it is; whether there was one."""
        if all(self._pause(name, 0) > 0 for name in self._destinations):
            return False
        task = self._queue.claim_sending()
        if task is None:
            return False
        try:
            files = read_sendable(sorted((self._settings.root / task.result).glob(_WHOLE)))
            if not files:
                raise InputError("The objects that were made of it are no longer in the node's folder.")
        except Exception as error:  # noqa: BLE001 - one study that cannot be read holds up no other
            self._queue.postpone(task, MADE, self._settings.retry_most_s, _said(error))
            self._metrics.add("sending_failures")
            LOG.warning("study %d: not sent. %s", task.number, _said(error))
            return True
        waits = [self._once(task, name, archive, files) for name, archive in self._destinations.items()]
        if any(waits):
            self._queue.postpone(
                task, MADE, min(wait for wait in waits if wait), self.away or "Tried again later."
            )
            return True
        self._queue.finish_sending(task.number)
        shutil.rmtree(self._settings.root / task.result, ignore_errors=True)
        self._until = {key: until for key, until in self._until.items() if key[1] != task.number}
        self._metrics.add("sets_sent")
        LOG.info("study %d: %d objects sent", task.number, len(files))
        return True

    def _pause(self, name: str, study: int) -> float:
        """For how long a destination is not tried with a study yet, s; with any where ``study`` is 0."""
        until = max(self._until.get((name, 0), 0.0), self._until.get((name, study), 0.0))
        return max(0.0, until - time.monotonic())

    def _once(self, task: Task, name: str, archive: Archive, files: list[Sendable]) -> float:
        """Send to one destination unless it has them; how long to wait before it is tried again, s, 0 when it has."""
        if name in self._queue.delivered(task.number):
            return 0.0
        pause = self._pause(name, task.number)
        if pause > 0:
            return pause
        try:
            self._to(task, name, archive, files)
        except Exception as error:  # noqa: BLE001 - whatever a library meets, the others get theirs
            return self._put_off(task, name, error)
        self._queue.deliver(task.number, name)
        for known in (self._away, self._waits):
            known.pop(name, None)
        return 0.0

    def _to(self, task: Task, name: str, archive: Archive, files: list[Sendable]) -> None:
        if not name:
            send(archive, files)
            return
        beyond = self._settings.elsewhere[name]
        images = read_sendable(sorted(self._incoming.study_folder(task.number).glob(_WHOLE)))
        if not images or any(one.consent != "YES" for one in images):
            LOG.info(
                "study %d: not sent to %s, since its headers do not all say YES on consent", task.number, name
            )
            return
        with tempfile.TemporaryDirectory(
            prefix="leaving-", dir=self._settings.root, ignore_cleanup_errors=True
        ) as folder:
            leaving = [*files, *_worked_up(images, files)] if beyond.images else files
            send(archive, read_sendable(deidentified(leaving, beyond.secret.read(), Path(folder))))

    def _put_off(self, task: Task, name: str, error: Exception) -> float:
        settings, seconds, study = self._settings, self._settings.retry_most_s, task.number
        if isinstance(error, ArchiveError) and error.temporary:
            waits, study = self._waits.get(name, 0), 0
            seconds = min(seconds, settings.retry_s * 2 ** min(waits, _LONGEST_DOUBLING))
            self._waits[name] = waits + 1
        self._until[name, study] = time.monotonic() + seconds
        self._away[name] = _said(error)
        self._metrics.add("sending_failures")
        LOG.warning("study %d: not sent, tried again in %.0f s. %s", task.number, seconds, _said(error))
        return seconds


def _said(error: Exception) -> str:
    """What a person reads of it: our own sentences; of others their kind alone, since a header may stand in them."""
    return shown(error) if isinstance(error, InputError) else f"A fault ({type(error).__name__})."


def _worked_up(images: list[Sendable], objects: list[Sendable]) -> list[Sendable]:
    """The images of the series that the objects outline, which they name."""
    series = {
        words(one, "SeriesInstanceUID")
        for path in (made.path for made in objects if made.kind == SegmentationStorage)
        for one in items(
            dcmread(path, specific_tags=["ReferencedSeriesSequence"]), "ReferencedSeriesSequence"
        )
    }
    return [
        one
        for one in images
        if words(dcmread(one.path, specific_tags=["SeriesInstanceUID"]), "SeriesInstanceUID") in series
    ]
