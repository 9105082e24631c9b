"""The node's side of the child: started, asked, given up on after a time, replaced after a crash or many studies."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO

import psutil  # type: ignore[import-untyped]

from .work import Job, Outcome, plain

FAULT = "fault"
_STUDIES = 100  # after which a fresh child takes over, so that nothing can pile up in one
_LOOK_S = 0.2
_PACKAGES = Path(__file__).resolve().parents[3]


class Stopped(Exception):  # noqa: N818 - a decision, not an error
    """The node ends; the study is worked up after the next start."""


class Child:
    """At most one process at a time.

    Args:
        hidden: environment variables that the process does not get, since they hold secrets that it does not need.
    """

    def __init__(self, threads: int, hidden: Collection[str] = ()) -> None:
        self._threads, self._hidden, self._done = threads, hidden, 0
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes] = queue.Queue()

    def work(self, job: Job, seconds: float, stop: threading.Event) -> Outcome:
        """Have a study worked up; a crash and a limit of time are outcomes, too.

        Raises:
            Stopped: the node ends.
        """
        process = self._running()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps(plain(job)).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            return self._crashed()
        until = time.monotonic() + seconds
        while True:
            if stop.is_set():
                self.end()
                raise Stopped
            if time.monotonic() > until:
                self.end()
                return Outcome(FAULT, said=f"it took longer than {seconds:.0f} s")
            try:
                line = self._answers.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if not line.endswith(b"\n"):
                return self._crashed()
            self._done += 1
            return Outcome(**json.loads(line))

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._done >= _STUDIES):
            self.end()
        if self._process is None:
            self._done = 0
            threads = str(self._threads)
            settings = {
                **{name: text for name, text in os.environ.items() if name not in self._hidden},
                "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads, "NUMBA_NUM_THREADS": threads,
                "PYTHONPATH": os.pathsep.join([str(_PACKAGES), *filter(None, [os.environ.get("PYTHONPATH")])]),
            }  # fmt: skip
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ONFHAssistLib.node.working.child", str(os.getpid())],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=settings,
                start_new_session=True,
            )  # fmt: skip
            self._answers = queue.Queue()
            threading.Thread(target=_read, args=(self._process.stdout, self._answers), daemon=True).start()
        return self._process

    def _crashed(self) -> Outcome:
        process = self._process
        self.end()
        code = None if process is None else process.returncode
        how = f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
        return Outcome(FAULT, said=f"its process ended ({how})")

    def end(self) -> None:
        """End the process with all that it started."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(psutil.Error):
            for one in psutil.Process(process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    one.kill()
        process.kill()
        process.wait()
        if process.stdin is not None:
            with contextlib.suppress(OSError):  # the last line did not go out
                process.stdin.close()


def _read(stream: IO[bytes], answers: queue.Queue[bytes]) -> None:
    """Every line of a process, and b"" when it ended."""
    with stream:
        for line in stream:
            answers.put(line)
    answers.put(b"")
