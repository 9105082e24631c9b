"""Work that several files of tests need, done once for all processes of one run of pytest, in a folder of that run.

Nothing outlives the run, so nothing can be stale.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE_S = 900.0  # a busy machine is slow, not wrong


def done_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder in which ``make`` did its work: here, or in the process that asked for ``name`` first."""
    base = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent  # each worker has a folder of its own in that of the run
    folder, ended = base / name, base / f"{name}.ended"
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + PATIENCE_S
        while not ended.exists():
            assert time.monotonic() < end, f"waited too long for '{name}'"
            time.sleep(0.05)
    else:
        said = "failed"
        try:
            make(folder)
            said = "done"
        finally:
            part = base / f"{name}.part"
            part.write_text(said, encoding="utf-8")
            part.replace(ended)  # whole when it is there
    assert ended.read_text(encoding="utf-8") == "done", f"'{name}' failed where it was made"
    return folder
