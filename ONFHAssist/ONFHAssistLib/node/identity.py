"""De-identification of what leaves the hospital: PS3.15 E, Basic Application Level Confidentiality Profile.

The table of attributes is dicom-anonymizer's (PS3.15 table E.1-1 of 2024b); here it is applied at every depth of an
object, as E.1.1 wants it. New identifiers follow from the old ones and a secret of the sender, so that
what refers to each other still does, and the same object leaves under the same identifier each time. Reports keep their
content, cleaned (Clean Structured Content Option): persons are taken out of it. Printed reports are not passed on, since
nobody can clean a page.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pydicom import dcmread
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import (
    UID,
    EncapsulatedPDFStorage,
    EnhancedMRImageStorage,
    LegacyConvertedEnhancedMRImageStorage,
    MRImageStorage,
    SegmentationStorage,
)

from ..core.atomic_files import atomic_file
from ..core.errors import InputError, MissingDependencyError
from ..dicom_out.equipment import MANUFACTURER
from ..imaging.series.numbers import words
from .archives.objects import REPORTS, Sendable

_LEAST_SECRET = 16  # characters
_IMAGES = (MRImageStorage, EnhancedMRImageStorage, LegacyConvertedEnhancedMRImageStorage)
_TABLE = "dicomfields_2024b"
_CONTENT = (0x0040, 0xA730)  # Content Sequence: kept and cleaned
_KEPT = {
    _CONTENT,
    (0x0008, 0x103E),  # series description, which is this program's own in its objects
    (0x0040, 0xA123),  # a person's name in a report; its content item is taken out as a whole
}
# What is of a person in a report: names, and what their observer context says beside.
_PERSONS = {"121008", "121009", "121011", "128774", "121029", "121030", "121036"}
_REPEATING = (0x5000, 0x60FF)
_METHOD = "PS3.15 Basic Profile, table of 2024b"
_OPTIONS = (
    ("113100", "Basic Application Confidentiality Profile"),
    ("113104", "Clean Structured Content Option"),
)
Action = Callable[[Dataset, tuple[int, ...]], None]


def deidentified(files: Sequence[Sendable], secret: str, out: Path) -> list[Path]:
    """Write the files without identity into a folder.

    Args:
        secret: of the sender, at least 16 characters; who has it can tell which old identifier became which.

    Returns:
        The files written; printed reports are left out.

    Raises:
        InputError: a secret that is too short, nothing to write, pixels that a person may have written into, or a
            report of another program.
        MissingDependencyError: dicom-anonymizer is not installed.
    """
    if len(secret) < _LEAST_SECRET:
        raise InputError(
            f"The secret for new identifiers has {len(secret)} characters; at least {_LEAST_SECRET} are needed."
        )
    rules = _rules(secret)
    written = []
    for one in files:
        if one.kind == EncapsulatedPDFStorage:
            continue
        clean = dcmread(one.path)
        _refuse_what_cannot_be_cleaned(clean, one)
        without_identity(clean, rules, secret)
        _fresh_head(clean, one)
        path = out / one.path.name
        with atomic_file(path) as part:
            clean.save_as(part, enforce_file_format=True)
        written.append(path)
    if not written:
        raise InputError("Of these objects none may leave without identity; printed reports are not cleaned.")
    return written


def _refuse_what_cannot_be_cleaned(header: Dataset, one: Sendable) -> None:
    """Writing in pixels and free text of a report are not searched: objects that may hold them stay here.

    Raises:
        InputError: pixels with writing, or that may have it; a report of another program.
    """
    burnt = words(header, "BurnedInAnnotation").upper()
    if burnt == "YES":
        raise InputError(
            f"{one.path.name} says that its pixels carry writing, which is not searched; nothing was sent."
        )
    if words(header, "Manufacturer") == MANUFACTURER:
        return
    if str(one.kind).startswith(REPORTS):
        raise InputError(
            f"{one.path.name} is a report of another program, whose text may name the patient; nothing was sent. Leave "
            "it out."
        )
    kind = [str(value).upper() for value in header.get("ImageType", None) or ()][1:2]
    primary = one.kind in _IMAGES and kind in ([], ["PRIMARY"])
    if not primary and one.kind != SegmentationStorage and burnt != "NO":
        raise InputError(
            f"{one.path.name} ({one.kind.name}) is no image of the scanner itself and does not say that its pixels "
            "carry no writing; nothing was sent. Leave it out."
        )


def _fresh_head(clean: Any, one: Sendable) -> None:
    """What stands before the object says who wrote and sent it, and whatever they liked: all of it is new."""
    clean.preamble = bytes(128)
    clean.file_meta = FileMetaDataset()
    clean.file_meta.MediaStorageSOPClassUID = one.kind
    clean.file_meta.MediaStorageSOPInstanceUID = UID(str(clean.SOPInstanceUID))
    clean.file_meta.TransferSyntaxUID = one.syntax


def _rules(secret: str) -> dict[tuple[int, ...], Action]:
    try:
        from dicomanonymizer import simpledicomanonymizer as table
    except ModuleNotFoundError:
        raise MissingDependencyError("dicom-anonymizer", "take the identity out of DICOM objects") from None

    rules: dict[tuple[int, ...], Action] = dict(table.initialize_actions(_TABLE))
    for tag, action in rules.items():
        if action in (table.replace_UID, table.delete_or_empty_or_replace_UID):
            rules[tag] = _new_uids(secret)
    for tag in _KEPT:
        rules.pop(tag, None)
    return rules


def _new_uids(secret: str) -> Action:
    """Replaces the identifiers of an element, and of every element in a sequence."""

    def act(dataset: Dataset, tag: tuple[int, ...]) -> None:
        element = dataset.get((tag[0], tag[1]))
        if element is None or element.VR == "SQ" or not element.value:
            return  # the items of a sequence are walked through by themselves
        many = not isinstance(element.value, str)
        new = [new_uid(str(uid), secret) for uid in (element.value if many else [element.value])]
        element.value = new if many else new[0]

    return act


def new_uid(uid: str, secret: str) -> str:
    """The identifier under which one leaves; those of the standard itself stay.

    Example:
        >>> new_uid("1.2.840.10008.1.2.1", "0123456789abcdef")
        '1.2.840.10008.1.2.1'
    """
    if uid.startswith("1.2.840.10008."):
        return uid
    digest = hmac.new(secret.encode(), uid.encode(), hashlib.sha256).digest()
    return f"2.25.{int.from_bytes(digest[:16], 'big')}"


def without_identity(dataset: Dataset, rules: dict[tuple[int, ...], Action], secret: str) -> None:
    """Take the identity out of an object, at every depth, and write into it how."""
    from dicomanonymizer.simpledicomanonymizer import anonymize_dataset

    def clean(part: Dataset) -> None:
        # The library's own rules are replaced as a whole, so that what is kept here is kept; those that this part
        # has no element for are left out, since a report has thousands of parts.
        anonymize_dataset(part, None, True, lambda: _for(part, rules))
        for element in part:
            if element.VR == "SQ":
                if element.tag == _CONTENT:
                    element.value = [one for one in element.value if not _is_of_a_person(one)]
                for item in element.value:
                    clean(item)

    number = new_uid(words(dataset, "PatientID"), secret)[-12:]
    if words(dataset, "Manufacturer") != MANUFACTURER:
        dataset.pop("SeriesDescription", None)  # what a person wrote
    clean(dataset)
    dataset.PatientName, dataset.PatientID = f"Patient {number}", number
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = _METHOD
    dataset.DeidentificationMethodCodeSequence = [_code(*option) for option in _OPTIONS]
    dataset.LongitudinalTemporalInformationModified = "REMOVED"


def _for(part: Dataset, rules: dict[tuple[int, ...], Action]) -> dict[tuple[int, ...], Action]:
    """The rules for elements that are there; those for repeating groups (curves, overlays) where there may be such."""
    present = {(element.tag.group, element.tag.element) for element in part}
    repeating = any(_REPEATING[0] <= group <= _REPEATING[1] for group, _ in present)
    return {tag: action for tag, action in rules.items() if (repeating if len(tag) > 2 else tag in present)}


def _is_of_a_person(item: Dataset) -> bool:
    if item.get("ValueType") == "PNAME":
        return True
    concept = (item.get("ConceptNameCodeSequence") or [Dataset()])[0]
    return str(concept.get("CodeValue", "")) in _PERSONS


def _code(value: str, meaning: str) -> Dataset:
    made: Any = Dataset()
    made.CodeValue, made.CodingSchemeDesignator, made.CodeMeaning = value, "DCM", meaning
    return made
