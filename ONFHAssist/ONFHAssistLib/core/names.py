"""What the columns of a table are, told from their names alone: keys, features, and everything else.

One definition for the tables that are read, the signatures that are developed and the pages that are written. It needs
nothing but the standard library, so that panels may ask it before any package is installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from os import PathLike
from pathlib import Path

HIP_KEYS = ("case", "side")
PRESET_COLUMN = "preset_sha256"  # of the preset with which a row was extracted
DEEP_PREFIX = "DL_"
FEATURE_CLASSES = ("firstorder", "shape", "shape2D", "glcm", "glrlm", "glszm", "gldm", "ngtdm")
# PyRadiomics' names: image type, class, feature, as wavelet-HLH_gldm_DependenceVariance. A feature begins with a
# capital or a digit (10Percentile), so that a clinical column such as head_shape_index is none.
_RADIOMICS = re.compile(rf"^.+_({'|'.join(FEATURE_CLASSES)})_[A-Z0-9]\w*$")
_DEEP = re.compile(rf"^{DEEP_PREFIX}\d+$")
_COPY = re.compile(r"^(.+)\.\d+$")


def is_radiomics(name: object) -> bool:
    """Whether a column is a radiomics feature, by its name."""
    return _RADIOMICS.match(str(name)) is not None


def is_deep(name: object) -> bool:
    """Whether a column is a deep feature, ``DL_0`` to ``DL_511``, by its name."""
    return _DEEP.match(str(name)) is not None


def is_feature(name: object) -> bool:
    """Whether a column is a radiomics or deep feature, by its name.

    Nothing else of a table is ever taken for a feature, so that no outcome, stage or measurement slips into a model.
    """
    return is_deep(name) or is_radiomics(name)


def feature_class(name: object) -> str:
    """``glcm`` and so on of a radiomics feature, "deep" of a deep one, nothing of any other column."""
    found = _RADIOMICS.match(str(name))
    if found is not None:
        return found.group(1)
    return "deep" if is_deep(name) else ""


def copied_feature(name: object) -> str | None:
    """The feature whose second column a program renamed to ``name`` (``original_glcm_Contrast.1``), or None."""
    found = _COPY.match(str(name))
    return found.group(1) if found is not None and is_feature(found.group(1)) else None


def is_clinical(name: object) -> bool:
    """Whether a column can be a clinical finding or an outcome: no key, no feature, no mark of the extraction."""
    return str(name) not in (*HIP_KEYS, PRESET_COLUMN) and not is_feature(name)


_ENDINGS = (
    ".nii.gz", ".seg.nrrd", ".nii", ".nrrd", ".nhdr", ".mha", ".mhd", ".dcm", ".dicom", ".ima", ".png", ".jpg", ".jpeg",
    ".tif", ".tiff", ".bmp",
)  # fmt: skip


def case_name(path: str | PathLike[str], facts: Mapping[str, str] | None = None) -> str:
    """What a case is called in tables: the name of its file without the ending of an image, or of its folder as a whole.

    The name of a single DICOM file (IM0001) is the same in every patient, so that its study's UID stands for it.

    Args:
        facts: of the image, where it is read.

    Example:
        >>> [case_name(n) for n in ("hip.anna.nii.gz", "hip.bert.nii.gz", "P.01.dcm", "hip.1.2")]
        ['hip.anna', 'hip.bert', 'P.01', 'hip.1.2']
    """
    place = Path(path)
    name = place.name or place.resolve().name
    if place.is_dir():
        return name
    study = (facts or {}).get("study_uid", "")
    if study and (facts or {}).get("series_uid"):
        return study
    ending = next((one for one in _ENDINGS if name.lower().endswith(one)), "")
    return name[: len(name) - len(ending)] or name
