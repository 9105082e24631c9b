"""Waiting for something with the event loop running, and how long the loop was away."""

import gc
import time
from collections.abc import Callable

PATIENCE_S = 900.0  # a busy machine is slow, not wrong; what hangs is ended all the same


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Process events until ``condition()`` holds; fails after ``seconds``, or :data:`PATIENCE_S` where that is more."""
    import slicer

    end = time.monotonic() + max(seconds, PATIENCE_S)
    while not condition():
        assert time.monotonic() < end, "waited too long"
        slicer.app.processEvents()
        time.sleep(0.01)


def press(widget: object, button: object, seconds: float = 60.0) -> None:
    """Press a button of the home panel and wait until its run has ended."""
    button.click()
    wait_for(lambda: not widget.run.running, seconds)


LONGEST_S = 0.1  # that the event loop may be away
TRIES = 3


class HeartBeat:
    """A timer that should beat every 2 ms; what keeps it from beating keeps the window from answering.

    Attributes:
        blocks: between two beats, (processor seconds of this thread, seconds by the clock). On a busy machine the clock
            counts what others take; the processor time is ours.
    """

    def __init__(self) -> None:
        import qt

        self.blocks: list[tuple[float, float]] = []
        self.saw: list[str] = []  # what ``see()`` said at each beat, to find what a block was
        self.see: Callable[[], str] = lambda: ""
        self._last = self._now()
        self._timer = qt.QTimer()
        self._timer.setInterval(2)
        self._timer.connect("timeout()", self._beat)

    def __enter__(self) -> "HeartBeat":
        # The garbage of a thousand tests before this one is not the product's to collect.
        gc.collect()
        gc.freeze()
        self._last = self._now()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._beat()
        self._timer.stop()
        gc.unfreeze()

    @staticmethod
    def _now() -> tuple[float, float]:
        return time.thread_time(), time.perf_counter()

    def _beat(self) -> None:
        now = self._now()
        self.blocks.append((now[0] - self._last[0], now[1] - self._last[1]))
        self.saw.append(self.see())
        self._last = now
