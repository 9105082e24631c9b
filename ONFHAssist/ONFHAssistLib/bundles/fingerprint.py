"""Whether the files of a folder are those that were hashed a moment ago, without reading them again.

A fingerprint is the name, size, times and file number of every file. It stands in for the hashes only once it has
settled: a file that is written twice within one tick of the file system's clock keeps its time of change, and that tick
lasts up to two seconds (FAT). So a fingerprint counts only where everything in it was at rest for longer than that when
the hashing began; any later write then gets another time. What a fingerprint cannot see is a change by someone who sets
sizes and times back on purpose. Hashes do not stop him either: they lie, unsigned, in the same folder, and tell a
damaged or mixed-up bundle from a whole one, not a forged one from a true one. On Linux and macOS even that is seen,
since the time of the last change of status cannot be set back.
"""

from __future__ import annotations

from pathlib import Path

REST_NS = 3_000_000_000  # longer than the coarsest tick of a file system's clock in use

Fingerprint = tuple[tuple[str, int, int, int, int], ...]


def fingerprint_of(folder: Path) -> Fingerprint:
    """Name, size, time of change, time of change of status (Windows: of making) and number of every file."""
    found = []
    for path in sorted(folder.rglob("*")):
        try:
            facts = path.stat()
        except OSError:  # it went away meanwhile
            continue
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            found.append((name, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino))
    return tuple(found)


def has_settled(fingerprint: Fingerprint, at_ns: int) -> bool:
    """Whether nothing in it was written shortly before ``at_ns`` (of :func:`time.time_ns`), or after it."""
    return all(max(changed, status) + REST_NS < at_ns for _, _, changed, status, _ in fingerprint)
