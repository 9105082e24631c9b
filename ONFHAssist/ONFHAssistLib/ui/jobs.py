"""Jobs for the panels: a warm worker process, a queue, progress, and a cancel that kills the tree.

A training has a worker of its own, of low priority, so that the day's work goes on beside it.

A job's answer arrives in the event loop (a timer looks every 50 ms), never from another thread, so that it may change the
scene. The panel gives callbacks; nothing here knows MRML.

A job that ran out of memory is tried once more in a new worker with as little as possible: one thread, no GPU, nothing
kept from earlier jobs. The networks already look at one femoral head (and one patch) at a time.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import qt
import slicer
from slicer.i18n import tr as _

from ..bundles.bundle import OWN_MODELS
from ..core.language import chosen, sentence
from ..worker.server import GENTLE
from .temporary_folders import remove_abandoned_folders, temporary_folder

POLL_MS = 50
_READERS_S = 0.5  # at most, for what a worker said before it stopped
_MOST_WORDS = 300  # letters of it that are told
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_THREAD_LIMITS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS",
)
_WARM_UP = "warm_up"
_KILLED = (-9, 137, 0xC0000017)  # SIGKILL, as Linux ends what takes too much memory; "no memory" of Windows


@dataclass
class Job:
    """One piece of work and whom to tell.

    Attributes:
        task: name in :data:`ONFHAssistLib.worker.server.TASKS`.
        prepare: writes the job's files into the folder it is given and returns the arguments.
        on_progress: (fraction, text).
        on_result: the task's JSON value.
        on_error: one sentence.
        on_cancelled: nothing was changed.
        background: nobody asked for it: it runs when nothing else is to be done, and gives way to what is.
        needs_all: it imports all that the warm-up does, which therefore goes on; any other job ends it.
        state: "queued", "running", "done", "failed" or "cancelled".
    """

    task: str
    prepare: Callable[[Path], Mapping[str, Any]]
    on_result: Callable[[Any], None]
    on_error: Callable[[str], None]
    on_progress: Callable[[float, str], None] = lambda _fraction, _text: None
    on_cancelled: Callable[[], None] = lambda: None
    background: bool = False
    needs_all: bool = False
    state: str = "queued"
    identifier: int = 0
    retried_small: bool = False
    request: str = field(default="", repr=False)
    folder: tempfile.TemporaryDirectory | None = field(default=None, repr=False)


def interpreter() -> str:
    """The Python to run the worker with: PythonSlicer inside Slicer, this one outside."""
    inside = shutil.which("PythonSlicer")
    if inside and not sys.executable:
        return inside
    return sys.executable or inside or "python3"


def worker_environment(small: bool = False, gentle: bool = False) -> dict[str, str]:
    """Environment of the worker: half of the cores, at most four, since Slicer and its views want the others.

    Threads that wait do so asleep: on a busy computer, spinning costs more than it gains. What the user has set stays.

    Args:
        small: one thread and no GPU.
        gentle: the worker lowers its priority.
    """
    environment = dict(os.environ)
    paths = [str(_PACKAGE_PARENT), environment.get("PYTHONPATH", "")]
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for name in _THREAD_LIMITS:
        environment.setdefault(name, str(max(1, min(4, cores // 2))))
        if small:
            environment[name] = "1"
    environment.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if small:
        environment["CUDA_VISIBLE_DEVICES"] = ""
    if gentle:
        environment[GENTLE] = "1"
    return environment


class JobRunner:
    """Runs jobs one after the other in a worker that stays alive between them.

    Args:
        gentle: the worker gives way to all other processes.
    """

    _shared: JobRunner | None = None
    _training: JobRunner | None = None

    def __init__(self, gentle: bool = False) -> None:
        self._gentle = gentle
        self.log: deque[str] = deque(maxlen=200)
        self._queue: deque[Job] = deque()
        self._running: Job | None = None
        self._process: subprocess.Popen | None = None
        self._lines: queue.SimpleQueue = queue.SimpleQueue()
        self._count = 0
        self._models: str | None = None  # folder of the user's own models that the worker knows
        self._warm = False  # whether this worker was asked to import what the steps need
        self._small = False  # once memory was short, the worker stays small
        self._last_words = ""  # of the worker in this job, on its channel for errors
        self._readers: list[threading.Thread] = []
        self._timer = qt.QTimer()
        self._timer.setInterval(POLL_MS)
        self._timer.connect("timeout()", self.poll)

    @classmethod
    def shared(cls) -> JobRunner:
        """The one runner of all modules for the day's work."""
        if cls._shared is None:
            cls._shared = cls()
            remove_abandoned_folders()
            slicer.app.connect("aboutToQuit()", cls._shared.shutdown)  # no worker outlives the application
        return cls._shared

    @classmethod
    def for_training(cls) -> JobRunner:
        """The one runner of trainings, which take minutes to hours: a worker beside that of :meth:`shared`."""
        if cls._training is None:
            cls._training = cls(gentle=True)
            slicer.app.connect("aboutToQuit()", cls._training.shutdown)
        return cls._training

    # asking ---------------------------------------------------------------------------------------------

    def submit(self, job: Job) -> Job:
        """Queue a job; it starts when those before it have ended."""
        waiting = self._running
        if waiting is not None and waiting.background and not job.needs_all:
            self._kill()
            self._end(waiting, "cancelled")
        self._count += 1
        job.identifier = self._count
        self._queue.append(job)
        self._timer.start()
        self._start_next()
        return job

    def warm_up(self) -> None:
        """Let the worker import what the steps need, while the user looks at the image; once a worker, if it is idle.

        Nothing is said of it, and the next job that does not need it all ends it.
        """
        if self._warm or self.busy:
            return
        self._warm = True
        self.submit(Job(_WARM_UP, lambda _folder: {}, lambda _value: None, self.log.append, background=True))

    def cancel(self, job: Job) -> None:
        """Take a job out of the queue, or kill the worker that runs it; its panel is told at once."""
        if job is self._running:
            self._kill()
            self._end(job, "cancelled")
            job.on_cancelled()
        elif job in self._queue:
            self._queue.remove(job)
            self._end(job, "cancelled")
            job.on_cancelled()
        self._start_next()

    def shutdown(self) -> None:
        """Cancel everything and end the worker (the application closes)."""
        self._timer.stop()
        for job in [*self._queue, *([self._running] if self._running else [])]:
            self.cancel(job)
        self._timer.stop()
        self._kill()

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits, one in the background too."""
        return self._running is not None or bool(self._queue)

    @property
    def process_id(self) -> int | None:
        """Of the worker, None where there is none."""
        return self._process.pid if self._process is not None else None

    # working --------------------------------------------------------------------------------------------

    def _start_next(self) -> None:
        if self._running is not None:
            return
        if not self._queue:
            if self._gentle:
                self._kill()  # a training is followed by none for long; its memory goes back
            return
        job = self._queue.popleft()
        self._running, job.state = job, "running"
        try:
            job.folder = temporary_folder("job")
            arguments = job.prepare(Path(job.folder.name))
            request = {"id": job.identifier, "task": job.task, "arguments": arguments}
            request["language"] = chosen()
            job.request = json.dumps(request)
            self._send(job.request)
        except (OSError, ValueError) as error:  # InputError is a ValueError
            self._end(job, "failed")
            job.on_error(sentence(str(error)))
            self._start_next()

    def _send(self, request: str) -> None:
        self._last_words = ""
        changed = self._models != os.environ.get(OWN_MODELS)  # a warm worker holds the models it has loaded
        process = self._process
        if process is None or process.poll() is not None or changed:
            self._kill()
            process = self._launch()
            self._warm = self._running is not None and self._running.task == _WARM_UP
        process.stdin.write(request + "\n")  # type: ignore[union-attr]  # a pipe, as it was launched
        process.stdin.flush()  # type: ignore[union-attr]

    def _launch(self) -> subprocess.Popen[str]:
        options: dict[str, Any] = {}
        if sys.platform == "win32":
            options["creationflags"] = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
            options["creationflags"] |= subprocess.BELOW_NORMAL_PRIORITY_CLASS if self._gentle else 0
        else:
            options["start_new_session"] = True  # a group of its own, so that the whole tree can be killed
        self._lines = queue.SimpleQueue()
        self._models = os.environ.get(OWN_MODELS)
        process = self._process = subprocess.Popen(
            [interpreter(), "-m", "ONFHAssistLib.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=worker_environment(self._small, self._gentle),
            text=True,
            encoding="utf-8",
            errors="replace",
            **options,
        )
        self._readers = [
            threading.Thread(target=_read, args=(stream, kind, self._lines), daemon=True)
            for stream, kind in ((process.stdout, "answer"), (process.stderr, "log"))
        ]
        for reader in self._readers:
            reader.start()
        return process

    def poll(self) -> None:
        """Deliver what the worker said since the last look; called by the timer."""
        # Slicer's event loop keeps Python's lock: here the threads that read get their turn.
        time.sleep(0.001)
        ended = self._process is not None and self._process.poll() is not None
        for reader in self._readers if ended else ():
            reader.join(_READERS_S)  # its last words are still on their way
        lines = self._lines
        while lines is self._lines and not lines.empty():
            kind, line = lines.get()
            if kind == "log":
                self.log.append(line)
                self._last_words = line.strip()[:_MOST_WORDS] or self._last_words
            else:
                self._deliver(line)
        job = self._running
        if ended and job is not None and self._process is not None and self._process.poll() is not None:
            self._report_crash(job, self._process.returncode)
        if not self.busy:
            self._timer.stop()

    def _deliver(self, line: str) -> None:
        try:
            message = json.loads(line)
        except json.JSONDecodeError:
            self.log.append(line)
            return
        job = self._running
        if message.get("kind") == "log":
            self.log.append(message["text"])
        if job is None or message.get("id") != job.identifier:
            return
        if message["kind"] == "progress":
            job.on_progress(message["fraction"], sentence(message["text"]))
        elif message["kind"] == "result":
            self._running, job.state = None, "done"
            try:
                job.on_result(message["value"])  # files of the answer lie in the job's folder until now
            finally:
                self._end(job, "done")
                self._start_next()
        elif message["kind"] == "error":
            if message.get("memory") and not job.background and self._retry_small(job):
                return
            self._end(job, "failed")
            job.on_error(sentence(message["message"]) if message["input"] else _fault(message["message"]))
            self._start_next()

    def _retry_small(self, job: Job) -> bool:
        """Send the job once more, to a new and small worker; False where that was done before."""
        if job.retried_small:
            return False
        job.retried_small = self._small = True
        job.on_progress(
            0.0, _("The computer ran out of memory; trying once more with one thread and no GPU ...")
        )
        self._kill()
        try:
            self._send(job.request)
        except OSError:
            return False
        return True

    def _report_crash(self, job: Job, code: int) -> None:
        if code in _KILLED and not job.background and self._retry_small(job):
            return
        self._process = None
        self._end(job, "failed")
        if code in _KILLED:
            message = _(
                "The worker was ended from outside twice, probably for want of memory; close other programs or crop "
                "the image, and try again."
            )
        elif code == -signal.SIGTERM:
            message = _("The worker was ended from outside; try again.")
        else:
            message = _("The worker stopped unexpectedly (code {code}); try again.").format(code=code)
            if self._last_words:
                message = _("{message} Its last words: {words}").format(
                    message=message, words=self._last_words
                )
        job.on_error(message)
        self._start_next()

    def _end(self, job: Job, state: str) -> None:
        job.state = state
        if job is self._running:
            self._running = None
        if job.folder is not None:
            job.folder.cleanup()
            job.folder = None

    def _kill(self) -> None:
        process, self._process = self._process, None
        self._warm, self._lines = False, queue.SimpleQueue()
        if process is None:
            return
        if process.poll() is None:
            if sys.platform == "win32":
                command = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(command, check=False, capture_output=True)
            else:
                os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=5)
        if process.stdin is not None:
            process.stdin.close()


def _fault(message: str) -> str:
    return _("This is a fault of ONFHAssist ({message}); the error log has the details.").format(
        message=message
    )


def _read(stream: Any, kind: str, lines: queue.SimpleQueue) -> None:
    for line in stream:
        lines.put((kind, line.rstrip("\n")))
    stream.close()
