"""Ask, fetch and send by DIMSE or DICOMweb, tried again where the archive was away; what comes is whole or not there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from pydicom.dataset import Dataset

from ...core.atomic_files import atomic_folder
from ...core.errors import InputError
from . import dimse, web
from .address import Archive
from .objects import ArchiveError, Sendable, require_consent

T = TypeVar("T")
STUDY_FIELDS = (
    "StudyDate", "StudyTime", "AccessionNumber", "PatientName", "PatientID", "PatientBirthDate", "StudyDescription",
    "ModalitiesInStudy", "StudyInstanceUID", "NumberOfStudyRelatedInstances",
)  # fmt: skip
SERIES_FIELDS = (
    "Modality", "SeriesNumber", "SeriesDescription", "BodyPartExamined", "SeriesInstanceUID",
    "NumberOfSeriesRelatedInstances",
)  # fmt: skip


def tried(archive: Archive, work: Callable[[], T], pause: Callable[[float], object] = time.sleep) -> T:
    """What ``work`` gives, tried again where the archive was away or full.

    Raises:
        ArchiveError: it refuses, or was away at the last try.
    """
    for number in range(1, archive.tries + 1):
        try:
            return work()
        except ArchiveError as error:
            if not error.temporary or number == archive.tries:
                raise
            pause(archive.wait_s * 2 ** (number - 1))
    raise AssertionError("an archive is tried once at least")


def send(archive: Archive, files: Sequence[Sendable], consent: bool = False) -> None:
    """Send files; sending the same again changes nothing in an archive.

    Args:
        consent: whether every header has to agree to it, instead of none forbidding it.

    Raises:
        InputError: a header without consent. ArchiveError: the archive is away or refuses.
    """
    require_consent(files, archive.name, stated=consent)
    way = web if archive.url else dimse
    tried(archive, lambda: way.send(archive, files))


def query_studies(archive: Archive, **wanted: str) -> list[Dataset]:
    """Studies by ``PatientID``, ``AccessionNumber``, ``StudyDate``, ``StudyInstanceUID`` and ``ModalitiesInStudy``.

    Raises:
        InputError: nothing is asked for, which would list the whole archive. ArchiveError: it is away or refuses.
    """
    asked = {keyword: value for keyword, value in wanted.items() if value}
    if not asked:
        raise InputError("Nothing was asked for; name a patient, accession number, date or study.")
    return _query(archive, "STUDY", STUDY_FIELDS, asked)


def query_series(archive: Archive, study: str) -> list[Dataset]:
    """The series of a study.

    Raises:
        ArchiveError: the archive is away or refuses.
    """
    return _query(archive, "SERIES", SERIES_FIELDS, {"StudyInstanceUID": study})


def _query(archive: Archive, level: str, fields: Sequence[str], wanted: dict[str, str]) -> list[Dataset]:
    keys = Dataset()
    keys.QueryRetrieveLevel = level
    for keyword in fields:
        setattr(keys, keyword, "")
    for keyword, value in wanted.items():
        setattr(keys, keyword, value)
    way = web if archive.url else dimse
    return tried(archive, lambda: way.query(archive, keys))


def fetch(archive: Archive, study: str, out: Path, series: str = "") -> int:
    """Fetch a study, or one series of it, into a new folder, which appears when all of it is there.

    Returns:
        The number of objects.

    Raises:
        InputError: the folder holds something. ArchiveError: the archive is away, refuses or has nothing of it.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is not empty; choose a new folder for the study.")
    keys = Dataset()
    keys.QueryRetrieveLevel = "SERIES" if series else "STUDY"
    keys.StudyInstanceUID = study
    if series:
        keys.SeriesInstanceUID = series
    way = web if archive.url else dimse

    def once() -> int:
        with atomic_folder(out) as part:

            def keep(taken: Dataset) -> None:
                name = hashlib.sha256(str(taken.SOPInstanceUID).encode()).hexdigest()[:24]
                taken.save_as(part / f"{name}.dcm", enforce_file_format=True)

            way.fetch(archive, keys, keep)
            count = sum(1 for _ in part.iterdir())
            if not count:
                raise ArchiveError(f"{archive.name} has nothing of that study; nothing was written.")
        return count

    return tried(archive, once)
