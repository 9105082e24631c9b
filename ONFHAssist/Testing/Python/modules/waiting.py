"""Waiting for something with the event loop running."""

import time
from collections.abc import Callable


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Process events until ``condition()`` holds; fails after ``seconds``."""
    import slicer

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        slicer.app.processEvents()
        time.sleep(0.01)
