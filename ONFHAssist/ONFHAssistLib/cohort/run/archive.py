"""The cases of a cohort that lie in an archive: found by a query, each fetched by the worker that does it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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
