"""What a DICOM header says about a series beyond its geometry: sequence, timing, side and scanner."""

from __future__ import annotations

from collections.abc import Sequence

from pydicom.dataset import Dataset

from .series.numbers import items_of, number, value_of, words
from .series.sequence import read_sequence

_TEXT_FACTS = {
    "modality": "Modality",
    "series_uid": "SeriesInstanceUID",
    "study_uid": "StudyInstanceUID",
    "frame_of_reference_uid": "FrameOfReferenceUID",
    "series_description": "SeriesDescription",
    "body_part": "BodyPartExamined",
    "manufacturer": "Manufacturer",
    "scanner": "ManufacturerModelName",
    "view": "ViewPosition",
}
NUMBER_FACTS = {
    "field_t": "MagneticFieldStrength",
    "echo_time_ms": "EchoTime",
    "repetition_time_ms": "RepetitionTime",
    "inversion_time_ms": "InversionTime",
    "flip_angle_deg": "FlipAngle",
    "echo_train_length": "EchoTrainLength",
    "slice_thickness_mm": "SliceThickness",
}


# By which files of different sequences differ, of those that read_sequence looks at.
SEQUENCE_TAGS = (
    *("SOPClassUID", "Modality", "SeriesDescription", "ImageType", "ScanningSequence", "SequenceVariant"),
    *("ScanOptions", "EchoPulseSequence", "AcquisitionContrast", "ComplexImageComponent", "SequenceName"),
    *("PulseSequenceName", "EchoTime", "RepetitionTime", "InversionTime", "FlipAngle", "DiffusionBValue"),
    *("DiffusionDirectionality", "NumberOfTemporalPositions", "TemporalPositionIdentifier"),
    *("ContrastBolusAgent", "LossyImageCompression"),
)  # fmt: skip


def series_facts(dataset: Dataset) -> dict[str, str]:
    """What later steps ask about a series: modality, sequence, laterality, timing, scanner."""
    facts = {name: words(dataset, tag) for name, tag in _TEXT_FACTS.items()}
    for name, tag in NUMBER_FACTS.items():
        value = _number(dataset, tag)
        if value is not None:
            facts[name] = f"{value:g}"
    laterality = words(dataset, "ImageLaterality") or words(dataset, "Laterality")
    if laterality in ("R", "L"):
        facts["laterality"] = laterality
    if facts.get("modality") == "MR":
        facts |= read_sequence(dataset).facts
    return {name: value for name, value in facts.items() if value}


def facts_of_series(headers: Sequence[Dataset]) -> tuple[dict[str, str], list[str]]:
    """The facts of a series by the first of its headers, and a sentence where the files are of several sequences.

    Its sequence is named only where no file states another one.
    """
    facts = series_facts(headers[0])
    if facts.get("modality") != "MR" or len(headers) < 2:
        return facts, []
    alike: dict[tuple[str, ...], list[Dataset]] = {}
    for header in headers:
        alike.setdefault(tuple(_roughly(words(header, tag)) for tag in SEQUENCE_TAGS), []).append(header)
    if len(alike) == 1:
        return facts, []
    found: dict[str, int] = {}
    for group in alike.values():
        stated = read_sequence(group[0])
        name = stated.name or (stated.kind.phrase if stated.kind else "")
        found[name] = found.get(name, 0) + len(group)
    found.pop("", None)
    if len(found) < 2:
        return facts, []
    listing = ", ".join(f"{name} ({count} files)" for name, count in found.items())
    facts.pop("sequence", None)
    return facts, [
        f"The files of this series are of several sequences: {listing}; no sequence is taken from them."
    ]


def _roughly(text: str) -> str:
    """A number by two digits, since scanners state times that differ by a little from slice to slice."""
    try:
        return f"{float(text):.2g}"
    except ValueError:
        return text


def _number(dataset: Dataset, tag: str) -> float | None:
    return number(dataset, tag) if tag in dataset else _from_functional_groups(dataset, tag)


def _from_functional_groups(dataset: Dataset, tag: str) -> float | None:
    """A value that an enhanced multi-frame object keeps in its shared (else first frame's) functional groups."""
    enhanced_names = {"EchoTime": "EffectiveEchoTime"}
    groups = [
        *(value_of(dataset, "SharedFunctionalGroupsSequence") or []),
        *(value_of(dataset, "PerFrameFunctionalGroupsSequence") or [])[:1],
    ]
    for group in groups:
        for item in items_of(group):
            for name in (tag, enhanced_names.get(tag, tag)):
                if name in item:
                    return number(item, name)
    return None
