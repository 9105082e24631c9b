"""Folders for files that live as long as a job: named after their owner, so that those of a dead session can be swept.

A name is ``onfh-KIND-HOST-PROCESS-random``. Only folders of this pattern, of this host and of a process that is gone
are ever removed.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
from pathlib import Path

_PATTERN = re.compile(r"onfh-(?:job|run)-(?P<host>[0-9a-f]{8})-(?P<process>\d+)-")
_STILL_ACTIVE, _QUERY = 259, 0x1000


def temporary_folder(kind: str) -> tempfile.TemporaryDirectory:
    """A new folder of this process; ``kind`` is "job" or "run"."""
    prefix = f"onfh-{kind}-{_host()}-{os.getpid()}-"
    # On Windows a file of a worker that was just killed may still be open; the next session sweeps it.
    return tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)


def remove_abandoned_folders() -> list[Path]:
    """Remove what sessions that crashed had left; returns the folders that are gone."""
    swept = []
    for folder in Path(tempfile.gettempdir()).glob("onfh-*"):
        owner = _PATTERN.match(folder.name)
        if owner is None or owner["host"] != _host() or folder.is_symlink():
            continue
        if not is_process_alive(int(owner["process"])):
            shutil.rmtree(folder, ignore_errors=True)  # another user's folder stays
            if not folder.exists():
                swept.append(folder)
    return swept


def _host() -> str:
    """A temporary folder may be shared between computers, or with a container."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def is_process_alive(process: int) -> bool:
    """Whether a process of this computer runs; asking does not disturb it, on Windows either."""
    if sys.platform == "win32":  # there os.kill would end it
        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(_QUERY, False, process)
        if not handle:
            return False
        code = ctypes.c_ulong()
        kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return code.value == _STILL_ACTIVE
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # not ours, so it is there
        return True
    return True
