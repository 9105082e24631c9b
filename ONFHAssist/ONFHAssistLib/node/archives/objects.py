"""DICOM files as a connection needs them: class, identifier and transfer syntax, and whether they may be sent at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import UID, ComprehensiveSRStorage

from ...core.errors import InputError
from ...imaging.series.numbers import UNREADABLE, items, tolerant, words

REPORTS = "1.2.840.10008.5.1.4.1.1.88."  # structured reports, which refer to the others
_REFUSED = ("NO", "WITHDRAWN")
assert str(ComprehensiveSRStorage).startswith(REPORTS)


class ArchiveError(InputError):
    """An archive did not do what it was asked.

    Args:
        temporary: whether the same may succeed later: it was away, slow or full.
    """

    def __init__(self, message: str, *, temporary: bool = False) -> None:
        super().__init__(message)
        self.temporary = temporary


@dataclass(frozen=True)
class Sendable:
    """A DICOM file.

    Attributes:
        kind: its SOP class. uid: its SOP instance. syntax: transfer syntax. consent: what its header says of passing it
            on (Consent for Distribution Flag): "YES", "NO", "WITHDRAWN" or "".
    """

    path: Path
    kind: UID
    uid: str
    syntax: UID
    consent: str = ""

    @property
    def name(self) -> str:
        """For messages: the file, and what it is."""
        return f"{self.path.name} ({self.kind.name})"


def read_sendable(paths: Iterable[Path]) -> list[Sendable]:
    """The files as they are sent: reports behind what they refer to.

    Raises:
        InputError: a file is no DICOM object with an identifier.
    """
    found = [_read(path) for path in paths]
    return sorted(found, key=lambda one: (str(one.kind).startswith(REPORTS), str(one.path)))


def files_to_send(folder: Path) -> list[Path]:
    """The file itself, or every file of a folder that does not begin with a point.

    Raises:
        InputError: nothing there.
    """
    if folder.is_file():
        return [folder]
    found = sorted(one for one in folder.rglob("*") if one.is_file() and not one.name.startswith("."))
    if not found:
        raise InputError(f"{folder} holds no file; give a folder of DICOM objects.")
    return found


def _read(path: Path) -> Sendable:
    try:
        with tolerant():
            header = pydicom.dcmread(path, stop_before_pixels=True)
            kind, uid, syntax = (
                header.SOPClassUID,
                str(header.SOPInstanceUID),
                header.file_meta.TransferSyntaxUID,
            )
            return Sendable(path, UID(kind), uid, UID(syntax), consent_of(header))
    except (*UNREADABLE, OSError) as error:
        raise InputError(f"{path} is no DICOM object that could be sent; nothing was sent.") from error


def consent_of(header: Dataset) -> str:
    """What a header says of passing it on: "NO" or "WITHDRAWN" where one entry says so, "YES" where one does, else ""."""
    said = {
        words(one, "ConsentForDistributionFlag")
        for one in items(header, "ConsentForClinicalTrialUseSequence")
    }
    return next((flag for flag in (*_REFUSED, "YES") if flag in said), "")


def require_consent(files: Iterable[Sendable], name: str, stated: bool = False) -> None:
    """Refuse to send what the patient did not agree to.

    Args:
        name: of who would get it. stated: whether every header has to say "YES", instead of none "NO".

    Raises:
        InputError: a file without consent; nothing was sent.
    """
    for one in files:
        if one.consent in _REFUSED or (stated and one.consent != "YES"):
            says = f"says {one.consent}" if one.consent else "says nothing"
            raise InputError(
                f"The header of {one.path.name} {says} on consent for distribution, so the study is not sent to {name}; "
                "nothing was sent."
            )
