"""Which series of a study is worked up: hip MRI by rule, the best plane and sequence first; why others are not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import SegmentationStorage

from ...core.errors import InputError
from ...exam.study import FoundSeries, read_study
from ...imaging.series.numbers import UNREADABLE, items, tolerant, words
from ..settings import Choice

_DESCRIPTIONS = ("StudyDescription", "SeriesDescription", "ProtocolName", "RequestedProcedureDescription")
_NAMES = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "OtherPatientIDs",
    "AccessionNumber",
    "ReferringPhysicianName",
)
_TAGS = (
    *("SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID", "BodyPartExamined", *_DESCRIPTIONS, *_NAMES),
    *("InstitutionName", "ReferencedSeriesSequence", "ContentDate", "ContentTime"),
)  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """What was chosen.

    Attributes:
        series: numbers and UIDs of the series that may be worked up, best first.
        reasons: number of a series to why it is not; in words without identity.
        identity: values of the headers that are of a person or a place, for a log to leave out.
        files: series UID to the files of it.
        outlines: series UID to the newest segmentation that refers to it.
    """

    series: tuple[FoundSeries, ...]
    reasons: dict[str, str]
    identity: tuple[str, ...]
    files: dict[str, list[Path]]
    outlines: dict[str, Path]

    def why(self) -> str:
        """One sentence on the series that are not worked up."""
        return (
            " ".join(f"Series {number}: {reason}" for number, reason in self.reasons.items())
            or "There is no series."
        )


def choose(folder: Path, rules: Choice) -> Chosen:
    """Choose among the series of a study's folder.

    Raises:
        InputError: no image in it.
    """
    headers = _headers(folder)
    identity = {
        words(header, name) for _, header in headers for name in (*_NAMES, *_DESCRIPTIONS, "InstitutionName")
    }
    files: dict[str, list[Path]] = {}
    texts: dict[str, Dataset] = {}
    outlines: dict[str, tuple[str, Path]] = {}
    for path, header in headers:
        if words(header, "SOPClassUID") == SegmentationStorage:
            drawn = (words(header, "ContentDate") + words(header, "ContentTime"), path)
            for referred in items(header, "ReferencedSeriesSequence"):
                uid = words(referred, "SeriesInstanceUID")
                outlines[uid] = max(drawn, outlines.get(uid, drawn))
            continue
        files.setdefault(words(header, "SeriesInstanceUID"), []).append(path)
        texts.setdefault(words(header, "SeriesInstanceUID"), header)
    fitting, reasons = [], {}
    for one in read_study(folder):
        problem = _problem(one, texts.get(one.uid), rules)
        if problem:
            reasons[one.number] = problem
        else:
            fitting.append(one)
    fitting.sort(key=lambda one: _rank(one, rules))
    drawn_on = {uid: path for uid, (_, path) in outlines.items()}
    return Chosen(tuple(fitting), reasons, tuple(sorted(identity - {""})), files, drawn_on)


def _headers(folder: Path) -> list[tuple[Path, Dataset]]:
    found: list[tuple[Path, Dataset]] = []
    with tolerant():
        for path in sorted(folder.glob("*.dcm")):
            try:
                found.append(
                    (path, pydicom.dcmread(path, stop_before_pixels=True, specific_tags=list(_TAGS)))
                )
            except UNREADABLE:
                continue
    if not found:
        raise InputError("The study holds no readable image.")
    return found


def _problem(one: FoundSeries, header: Dataset | None, rules: Choice) -> str:
    """Why a series is not worked up; "" where it may be."""
    if header is None or not is_hip(header, rules):
        return "It is not said to be of a hip."
    if one.problem:
        return one.problem
    if "." in one.number:
        return "It holds several echoes or stacks, of which a person has to choose."
    if one.slices < rules.least_slices:
        return f"It has {one.slices} slices, fewer than {rules.least_slices}."
    return ""


def is_hip(header: Dataset, rules: Choice) -> bool:
    """Whether a header says that its series is of a hip."""
    said = " ".join(words(header, name) for name in _DESCRIPTIONS).casefold()
    own = words(header, "SeriesDescription").casefold()
    if any(word.casefold() in own for word in rules.not_words):
        return False
    part = words(header, "BodyPartExamined").upper()
    return part in rules.body_parts or any(word.casefold() in said for word in rules.words)


def _rank(one: FoundSeries, rules: Choice) -> tuple[int, int, float]:
    plane = one.plane.rpartition(" ")[2]
    sequence = one.facts.get("sequence", "")
    pixels = one.spacing[0] * one.spacing[1] * one.spacing[2] if one.spacing else 1e9
    return _place(plane, rules.planes), _place(sequence, rules.sequences), pixels


def _place(name: str, order: tuple[str, ...]) -> int:
    return order.index(name) if name in order else len(order)
