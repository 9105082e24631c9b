"""The folder of a cohort run: what is in it, that one run at a time works in it, and whether its disk is full.

``cohort.json`` says what the run was asked, ``cases/NAME`` holds a folder for each case, ``tables`` the tables.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_json
from ...core.errors import InputError, is_disk_full

SCHEMA = "onfh-cohort/1"
COHORT_FILE, CASE_FILE = "cohort.json", "case.json"
CASES, TABLES, STUDIES = "cases", "tables", "studies"
IMAGE = "image.nii.gz"
_LOCK, _OWNER, _LOCKS = ".lock", ".owner.json", ".locks"
PATIENCE_S = 1800.0  # with another worker that has the same case under way
FREE_MB = 64  # below which a disk counts as full: what is written then may not be whole
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class CohortFolder:
    """Paths in the folder of a run."""

    path: Path

    @property
    def tables(self) -> Path:
        """Folder of the tables."""
        return self.path / TABLES

    @property
    def studies(self) -> Path:
        """Folder of what was fetched from an archive."""
        return self.path / STUDIES

    def case(self, name: str) -> Path:
        """Folder of a case."""
        return self.path / CASES / name

    @contextmanager
    def only_worker(self, name: str, case: str, patience_s: float = PATIENCE_S) -> Iterator[None]:
        """While the block runs, no other worker works on a case: one that a lost scheduler left may still do.

        The locks lie beside the cases, so that a case that fails leaves no folder.

        Raises:
            InputError: the other one works for longer than the patience.
        """
        from filelock import FileLock, Timeout

        (self.path / _LOCKS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path / _LOCKS / name)
        try:
            lock.acquire(timeout=patience_s)
        except Timeout:
            raise InputError(
                f"Another worker still works on the case {case}; end it, or wait for its end, and start again."
            ) from None
        try:
            yield
        finally:
            lock.release()

    def is_full(self) -> bool:
        """Whether its disk has hardly any room left."""
        return shutil.disk_usage(self.path).free < FREE_MB * _MEGABYTE

    def write_cohort(self, content: Mapping[str, Any]) -> Path:
        """``cohort.json``: what the run was asked."""
        created = datetime.now(UTC).isoformat(timespec="seconds")
        return write_json(self.path / COHORT_FILE, {"schema": SCHEMA, "created": created, **content})


class DiskFullError(InputError):
    """The disk of the run's folder is full; finished cases are kept."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"The disk of {folder} is full; every case and step that was finished is kept, so make room and start again."
        )


def new_folder(out: str | Path) -> CohortFolder:
    """The folder of a run, made where it is not there.

    Raises:
        InputError: it cannot be made, is a file, or holds other things than a run.
    """
    path = Path(out).absolute()
    if path.exists() and not path.is_dir():
        raise InputError(f"{out} is a file; give a folder for the cohort.")
    if path.is_dir() and any(path.iterdir()):
        owned = (path / COHORT_FILE).exists() or (path / _LOCK).exists()
        begun = {one.name for one in path.iterdir()} - {_LOCKS} == {
            CASES
        }  # one that ended before it was listed
        if not owned and not begun:
            raise InputError(
                f"{out} holds other files and no {COHORT_FILE}; give a new folder for the cohort."
            )
    try:
        (path / CASES).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        if is_disk_full(error):
            raise DiskFullError(path) from error
        raise InputError(f"The folder {out} cannot be made: {error.strerror}.") from error
    return CohortFolder(path)


@contextmanager
def only_run(folder: CohortFolder) -> Iterator[None]:
    """While the block runs, no other run works in the folder.

    The system holds the lock for the process, and lets it go when that ends, however it ends.

    Raises:
        InputError: another run works in the folder.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder.path / _LOCK)
    owner = folder.path / _OWNER
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise InputError(
            f"Another run works in {folder.path}{_who(owner)}; wait for its end, or give another folder."
        ) from None
    try:
        facts = {"process": os.getpid(), "computer": socket.gethostname()}
        write_json(owner, facts)
        yield
    finally:
        with contextlib.suppress(OSError):
            owner.unlink(missing_ok=True)
        lock.release()


def _who(owner: Path) -> str:
    try:
        facts = json.loads(owner.read_text(encoding="utf-8"))
        return f" (process {facts['process']} on {facts['computer']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def read_case_file(folder: Path) -> dict[str, Any]:
    """``case.json`` of a case's folder; {} where there is none that is whole."""
    try:
        content = json.loads((folder / CASE_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def folder_names(keys: Sequence[str]) -> dict[str, str]:
    """Each case's key with the name of its folder: the key itself where every file system takes that, else made plain.

    Names that one system holds for the same (``Anna`` and ``anna``) are told apart by a part of the key's hash.
    """
    import hashlib

    plain = {
        key: "".join(c if c.isalnum() or c in "-_." else "_" for c in key).strip(".")[:80] for key in keys
    }
    counts: dict[str, int] = {}
    for name in plain.values():
        counts[name.casefold()] = counts.get(name.casefold(), 0) + 1
    reserved = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}

    def named(key: str) -> str:
        name = plain[key]
        if (
            name
            and name == key
            and counts[name.casefold()] == 1
            and name.split(".")[0].casefold() not in reserved
        ):
            return name
        return f"{name or 'case'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"

    return {key: named(key) for key in keys}
