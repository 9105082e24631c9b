"""The cases of a cohort that lie in an archive: found by a query, each fetched by the worker that does it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ...core.atomic_files import atomic_folder, write_text
from ...core.errors import InputError
from .folder import CohortFolder
from .sources import STUDY, Source, named


def archived_sources(archive: Path, query: Mapping[str, str], folder: CohortFolder) -> list[Source]:
    """The studies that an archive has for a query, by their UID; they are fetched into the run's folder.

    Args:
        archive: settings as ``onfh dicom query`` takes them.
        query: keyword to value, such as ``StudyDate``: "20260101-20260131".

    Raises:
        InputError: nothing was asked for, or the archive has nothing. ArchiveError: it is away or refuses.
    """
    from ...node.archives.address import read_archive
    from ...node.archives.exchange import query_studies

    there = read_archive(archive)
    found: dict[str, Source] = {}
    for row in query_studies(there, **query):
        uid = str(row.get("StudyInstanceUID", "") or "")
        if not uid:
            continue
        stated = str(row.get("PatientID", "") or "")
        found[uid] = Source(
            uid, STUDY, str(folder.studies / uid), patient=f"\0{stated.upper()}" if stated.strip() else "",
            archive=str(archive.absolute()), study_uid=uid,
            instances=int(row.get("NumberOfStudyRelatedInstances") or 0),
        )  # fmt: skip
    if not found:
        raise InputError(
            f"The archive {there.name} has no study for what was asked; ask for another date or patient."
        )
    return named([found[uid] for uid in sorted(found)])


def fetch_source(source: Source) -> None:
    """Fetch the study of a case; again, in the place of what is there, where the archive has more of it by now.

    Raises:
        ArchiveError: the archive is away, refuses or has nothing of it; what was fetched before is as it was then.
    """
    from ...node.archives.address import read_archive
    from ...node.archives.exchange import fetch

    place = Path(source.path)
    kept = place.with_name(f"{place.name}.count")
    if place.is_dir() and source.instances <= _count(kept, place):
        return
    with atomic_folder(place) as part:
        count = fetch(read_archive(Path(source.archive)), source.study_uid, part)
    # An archive may count objects that it does not send: these are not asked for again each time.
    write_text(kept, f"{max(count, source.instances)}\n")


def _count(kept: Path, place: Path) -> int:
    """How many instances the archive had when the study was fetched; of an earlier version, how many files there are."""
    try:
        return int(kept.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return sum(1 for one in place.iterdir() if one.is_file())
