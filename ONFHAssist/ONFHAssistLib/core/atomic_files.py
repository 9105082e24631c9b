"""Files and folders that appear only when they are whole, and survive a power cut once they have."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PART = ".part-"  # how the name of what is not whole yet begins


@contextmanager
def atomic_file(path: str | Path, suffix: str | None = None) -> Iterator[Path]:
    """A path to write to, which takes the place of ``path`` when the block ends without an error.

    The folder of ``path`` is made where it is not there. The path to write to has the same suffix and lies in the same
    folder, so that taking the place is one step of the file system. Whatever happens, nothing else is left behind.

    Args:
        suffix: of the path to write to, where a writer does not take the suffix of ``path`` as it is, such as ".NII".

    Raises:
        OSError: for example where the disk is full; an earlier file at ``path`` is as it was then.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with atomic_file(Path(folder) / "a" / "table.csv") as part:
        ...         _ = part.write_text("case,side")
        ...     sorted(p.name for p in Path(folder).rglob("*.*"))
        ['table.csv']
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    ending = "".join(path.suffixes[-2:]) if suffix is None else suffix
    handle, name = tempfile.mkstemp(prefix=PART, suffix=ending, dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _to_disk(part)
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def atomic_folder(path: str | Path) -> Iterator[Path]:
    """A new, empty folder to fill, which takes the place of ``path`` when the block ends without an error.

    It has the same name. What lay at ``path`` before goes when the new one is there.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=PART, dir=path.parent, ignore_cleanup_errors=True) as temporary:
        new = Path(temporary) / path.name
        new.mkdir()
        yield new
        if path.exists():
            path.replace(Path(temporary) / "replaced")
        new.replace(path)


def remove_parts(folder: str | Path, name: str | None = None) -> list[Path]:
    """Remove what a process that was ended left of files and folders that were not whole yet.

    Nothing else may be writing there meanwhile.

    Args:
        folder: in which they lie; it need not exist.
        name: only what would have become a folder of this name; everything if left out.

    Returns:
        What was removed.
    """
    parts = [part for part in Path(folder).glob(f"{PART}*") if name is None or (part / name).is_dir()]
    for part in parts:
        if part.is_dir():
            shutil.rmtree(part, ignore_errors=True)
        else:
            part.unlink(missing_ok=True)
    return sorted(parts)


def write_text(path: str | Path, text: str) -> Path:
    """Write a text file (UTF-8, line ends as they are) that appears only when it is whole."""
    with atomic_file(path) as part:
        part.write_bytes(text.encode("utf-8"))
    return Path(path)


def write_json(path: str | Path, content: Mapping[str, Any]) -> Path:
    """Write JSON that appears only when it is whole; what JSON does not know is written as its text."""
    return write_text(path, json.dumps(content, indent=1, ensure_ascii=False, default=str) + "\n")


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
