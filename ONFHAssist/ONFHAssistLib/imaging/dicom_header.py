"""What a DICOM header says about a series beyond its geometry: sequence, timing, side and scanner."""

from __future__ import annotations

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
