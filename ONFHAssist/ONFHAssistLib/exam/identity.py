"""Whose a series is, and when it was taken: what is compared, and never shown.

Headers of one examination agree in patient and date. Where two differ, they are never read together, and the fields that
differ are named; what stands in them goes into no message, file or result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydicom.dataset import Dataset

from ..imaging.series.numbers import words

_PATIENT = ("PatientID", "PatientName", "PatientBirthDate", "PatientSex")
NAMES = {
    "PatientID": "Patient ID",
    "PatientName": "Patient's Name",
    "PatientBirthDate": "Patient's Birth Date",
    "PatientSex": "Patient's Sex",
    "StudyDate": "Study Date",
    "StudyInstanceUID": "Study Instance UID",
}
_SEXES = ("M", "F")  # O and empty are no statement


@dataclass(frozen=True)
class Identity:
    """What a header states of patient and examination; its text form says nothing.

    Attributes:
        stated: keyword to the text, normalised; what is not stated is not there.
    """

    stated: dict[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, header: Dataset) -> Identity:
        """Of one DICOM header."""
        found = {key: _plain(words(header, key)) for key in (*_PATIENT, "StudyDate", "StudyInstanceUID")}
        if found["PatientSex"] not in _SEXES:
            found["PatientSex"] = ""
        return cls({key: text for key, text in found.items() if text})

    def differences(self, other: Identity) -> tuple[str, ...]:
        """Names of the fields by which two headers are of different patients or examinations; () where of one.

        A field that one of them leaves empty tells nothing. Two studies of one date are one examination that was
        registered twice; without dates their UID decides.
        """
        keys = [key for key in (*_PATIENT, "StudyDate") if key in self.stated and key in other.stated]
        if "StudyDate" not in keys:
            keys.append("StudyInstanceUID")
        return tuple(NAMES[key] for key in keys if self._differs(other, key))

    def _differs(self, other: Identity, key: str) -> bool:
        one, two = self.stated.get(key), other.stated.get(key)
        return one is not None and two is not None and one != two


def grouped(identities: Sequence[Identity]) -> list[list[int]]:
    """Indices of the headers by patient and examination, each group in the order given."""
    groups: list[list[int]] = []
    for number, identity in enumerate(identities):
        for group in groups:
            if all(not identity.differences(identities[other]) for other in group):
                group.append(number)
                break
        else:
            groups.append([number])
    return groups


def _plain(text: str) -> str:
    return " ".join(text.replace("^", " ").replace("=", " ").upper().split())
