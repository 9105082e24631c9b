"""What a DICOM header says about a series beyond its geometry: sequence, timing, side and scanner."""

from __future__ import annotations

from pydicom.dataset import Dataset

from .sequence import read_sequence

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
_NUMBER_FACTS = {
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
    facts = {name: str(dataset.get(tag, "") or "") for name, tag in _TEXT_FACTS.items()}
    for name, tag in _NUMBER_FACTS.items():
        value = dataset.get(tag)
        if value is None:
            value = _from_functional_groups(dataset, tag)
        if value not in (None, ""):
            facts[name] = f"{float(value):g}"
    laterality = str(dataset.get("ImageLaterality", "") or dataset.get("Laterality", "") or "")
    if laterality in ("R", "L"):
        facts["laterality"] = laterality
    if facts.get("modality") == "MR":
        facts |= read_sequence(dataset).facts
    return {name: value for name, value in facts.items() if value}


def _from_functional_groups(dataset: Dataset, tag: str) -> object:
    """A value that an enhanced multi-frame object keeps in its shared (else first frame's) functional groups."""
    enhanced_names = {"EchoTime": "EffectiveEchoTime"}
    groups = [
        *dataset.get("SharedFunctionalGroupsSequence", []),
        *dataset.get("PerFrameFunctionalGroupsSequence", [])[:1],
    ]
    for group in groups:
        for element in group:
            if element.VR == "SQ" and element.value:
                for name in (tag, enhanced_names.get(tag, tag)):
                    if name in element.value[0]:
                        return element.value[0].get(name)
    return None
