"""Feature tables as users have them, in CSV files, with outcome, patient, scanner and split; every doubt is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ...core.errors import InputError
from ...core.names import PRESET_COLUMN, is_deep, is_feature
from ..names import GROUPS
from .reader import column_of, need_column, read_hips, yes_or_no


@dataclass(frozen=True)
class TableSource:
    """Where a cohort is and what its columns are.

    Attributes:
        path: CSV file with one row a hip.
        outcome: column, 1 with and 0 without early osteonecrosis.
        patient: column; hips of one patient are never split. None takes ``case``.
        features: further CSV files with ``case`` and ``side`` whose features are joined.
        groups: of Rad, DL and DLR; empty takes all that the columns allow.
        scanner: column, for harmonisation. split: column with "train" and "test".
    """

    path: Path
    outcome: str
    patient: str | None = None
    features: tuple[Path, ...] = ()
    groups: tuple[str, ...] = ()
    scanner: str | None = None
    split: str | None = None


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """A cohort that was read: all on one index of case and side.

    Attributes:
        features: numeric where the file held numbers; ``attrs["preset_sha256"]`` says the preset where it is known.
        outcome, patients, scanner, split: one value a hip.
        groups: group to columns.
        sequence: of the MRI, where the file of the hips has a column of this name.
        backbones: SHA-256 of the backbones that made the deep features, where files say it.
    """

    features: pd.DataFrame
    outcome: pd.Series
    patients: pd.Series
    groups: Mapping[str, list[str]]
    scanner: pd.Series | None = None
    split: pd.Series | None = None
    backbones: tuple[str, ...] = ()
    sequence: pd.Series | None = None


def read_feature_table(source: TableSource) -> FeatureTable:
    """Read a cohort's files.

    Raises:
        InputError: an unreadable file, a missing column, a hip twice, a hip without features, no feature at all, an
            outcome that is text, presets that differ.
    """
    table = read_hips(source.path, source.features)
    files = [source.path, *source.features]
    for column in (source.outcome, source.patient, source.scanner, source.split):
        if column is not None:
            need_column(table, column, source.path.name)
    columns = [str(c) for c in table.columns if is_feature(c)]
    if not columns:
        raise InputError(
            f"{source.path.name} has no feature columns (PyRadiomics' names or DL_0 ...); extract them first, or give "
            "their files."
        )
    features = table[[*columns, *([PRESET_COLUMN] if PRESET_COLUMN in table.columns else [])]].copy()
    sha = _preset_of_files(files)
    if sha:
        features.attrs[PRESET_COLUMN] = sha
    return FeatureTable(
        features=features,
        outcome=yes_or_no(column_of(table, source.outcome)),
        patients=column_of(table, source.patient or "case"),
        groups=_groups(features, source.groups, source.path.name),
        scanner=None if source.scanner is None else column_of(table, source.scanner),
        split=None if source.split is None else column_of(table, source.split),
        backbones=_facts_of_files(files, "backbone_sha256"),
        sequence=column_of(table, "sequence") if "sequence" in table.columns else None,
    )


def dlr_feature_groups(features: pd.DataFrame) -> dict[str, list[str]]:
    """Rad, DL and DLR: deep features are the columns ``DL_...``, radiomics the other numeric ones.

    A table with one kind only gives that group alone.
    """
    deep = [str(c) for c in features.columns if is_deep(c)]
    rest = [str(c) for c in features.columns if not is_deep(c) and str(c) != PRESET_COLUMN]
    groups = {"Rad": rest, "DL": deep, "DLR": rest + deep}
    return (
        groups if rest and deep else {name: columns for name, columns in list(groups.items())[:2] if columns}
    )


def _groups(features: pd.DataFrame, wanted: Sequence[str], name: str) -> dict[str, list[str]]:
    possible = dlr_feature_groups(features)
    for group in wanted:
        if group not in GROUPS:
            raise InputError(f"The feature group '{group}' is not known; choose from {', '.join(GROUPS)}.")
        if group not in possible:
            lacking = "deep features (DL_0 ...)" if "DL" not in possible else "radiomics"
            raise InputError(f"{name} has no {lacking}, which the feature group '{group}' needs.")
    return {group: possible[group] for group in possible if not wanted or group in wanted}


def _preset_of_files(files: Sequence[Path]) -> str | None:
    found = _facts_of_files(files, PRESET_COLUMN)
    if len(found) > 1:
        raise InputError(
            f"The feature files were made with {len(found)} different presets ({found[0][:12]}, {found[1][:12]}); "
            "extract all with one preset."
        )
    return found[0] if found else None


def _facts_of_files(files: Sequence[Path], key: str) -> tuple[str, ...]:
    """What the files beside the tables say of how they were made: ``manifest.json`` of a cohort, or the provenance of
    a single case. A manifest counts only where the hash in it is that of the table."""
    found = []
    for path in files:
        for beside in (path.with_name("manifest.json"), path.with_name(path.name + ".provenance.json")):
            try:
                facts = json.loads(beside.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            expected = facts.get("table_sha256")
            if expected and expected != hashlib.sha256(path.read_bytes()).hexdigest():
                continue
            if facts.get(key):
                found.append(str(facts[key]))
    return tuple(dict.fromkeys(found))
