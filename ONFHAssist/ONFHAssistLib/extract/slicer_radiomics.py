"""What the SlicerRadiomics extension takes and gives: a parameter file, and one row of PyRadiomics' columns.

Its command-line module hands everything to PyRadiomics' own script (https://github.com/AIM-Harvard/SlicerRadiomics,
``SlicerRadiomicsCLI``): the parameter file unchanged, the label as a setting, and a table of one row as the answer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..core.atomic_files import write_text
from ..core.errors import InputError
from .presets import Preset

VERSION_COLUMN = "diagnostics_Versions_PyRadiomics"
_NOT_FEATURES = ("Image", "Mask", "diagnostics_")


def write_parameter_file(preset: Preset, folder: Path) -> Path:
    """The preset as a file for PyRadiomics, with what it would misread put right (:meth:`.presets.Preset.parameters`).

    Raises:
        InputError: the preset is for maps instead of regions.
    """
    preset.require_regions()
    path = folder / "preset.json"
    write_text(path, json.dumps(preset.parameters(), indent=1))
    return path


def features_of_row(row: Mapping[str, str]) -> dict[str, float]:
    """The features among the columns of the extension's answer, column to number.

    Raises:
        InputError: there are none, or one is no number.
    """
    features = {}
    for name, text in row.items():
        if name.startswith(_NOT_FEATURES):
            continue
        try:
            features[name] = float(text)
        except ValueError as error:
            raise InputError(
                f"SlicerRadiomics answered '{text}' for the feature {name}, not a number; look into its log."
            ) from error
    if not features:
        raise InputError("SlicerRadiomics answered no features; its log in Slicer says why.")
    return features


@dataclass(frozen=True)
class Comparison:
    """Features of one region from two programs.

    Attributes:
        differences: feature to the difference over the larger of the two absolute values, 0 to 2; NaN where one program
            alone gives the feature, 0 where both give no number.
    """

    differences: Mapping[str, float]

    @property
    def shared(self) -> int:
        """How many features both gave."""
        return sum(not math.isnan(value) for value in self.differences.values())

    @property
    def largest(self) -> tuple[str, float]:
        """The feature that differs most, and by how much; "" and 0 where nothing is shared."""
        both = {name: value for name, value in self.differences.items() if not math.isnan(value)}
        name = max(both, key=lambda one: both[one], default="")
        return name, both.get(name, 0.0)


def compare_features(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Comparison:
    """How far two programs are apart, feature by feature; ours first, then what only they have.

    Example:
        >>> compare_features({"a": 1.0, "b": 2.0}, {"a": 1.0, "b": 2.5, "c": 3.0}).largest
        ('b', 0.2)
    """
    names = [*ours, *(name for name in theirs if name not in ours)]
    return Comparison({name: _difference(ours.get(name), theirs.get(name)) for name in names})


def _difference(ours: float | None, theirs: float | None) -> float:
    if ours is None or theirs is None:
        return math.nan
    if math.isnan(ours) or math.isnan(theirs):
        return 0.0 if math.isnan(ours) and math.isnan(theirs) else 2.0
    if ours == theirs:
        return 0.0
    if math.isinf(ours) or math.isinf(theirs):
        return 2.0
    return abs(ours - theirs) / max(abs(ours), abs(theirs))
