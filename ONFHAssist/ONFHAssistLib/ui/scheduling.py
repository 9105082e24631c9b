"""Longer work without a frozen window: steps between the events of the application, or a thread beside it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from typing import Any

import qt

TIME_SLICE_S = 0.02  # several short steps may run in one turn of the event loop, as long as this


class StepScheduler:
    """Runs the steps of a generator, a few at a time, from a timer.

    Args:
        steps: yields between its steps.
        on_done: told the generator's value.
        on_failed: told what went wrong; the generator has cleaned up by then.
    """

    def __init__(
        self,
        steps: Generator[None, None, Any],
        on_done: Callable[[Any], None],
        on_failed: Callable[[Exception], None],
    ) -> None:
        self._steps, self._on_done, self._on_failed = steps, on_done, on_failed
        self._timer = qt.QTimer()
        self._timer.setInterval(1)  # at 0 two turns may come before another timer that is due
        self._timer.connect("timeout()", self._turn)
        self._timer.start()

    def cancel(self) -> None:
        """Stop before the next step; the generator cleans up."""
        self._timer.stop()
        self._steps.close()

    def _turn(self) -> None:
        end = time.perf_counter() + TIME_SLICE_S
        try:
            while True:
                next(self._steps)
                if time.perf_counter() > end:
                    return
        except StopIteration as finished:
            self._timer.stop()
            self._on_done(finished.value)
        except Exception as error:  # noqa: BLE001 - whatever it is, the panel says it
            self._timer.stop()
            self._on_failed(error)


class BackgroundThread:
    """Work that touches neither scene nor widgets, such as writing files, in a thread; told in the event loop.

    Args:
        work: what to do.
        on_done: told that it is done.
        on_failed: told what went wrong.
    """

    def __init__(
        self, work: Callable[[], None], on_done: Callable[[], None], on_failed: Callable[[Exception], None]
    ) -> None:
        self._work, self._on_done, self._on_failed = work, on_done, on_failed
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._timer = qt.QTimer()
        self._timer.setInterval(5)
        self._timer.connect("timeout()", self._look)
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Say nothing any more; returns when the thread has ended, so that its files can be removed."""
        self._timer.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._work()
        except Exception as error:  # noqa: BLE001 - told in the event loop
            self._error = error

    def _look(self) -> None:
        # Slicer's event loop keeps Python's lock; waiting here for a moment is what lets the thread run at all.
        self._thread.join(TIME_SLICE_S / 2)
        if self._thread.is_alive():
            return
        self._timer.stop()
        if self._error is not None:
            self._on_failed(self._error)
        else:
            self._on_done()
