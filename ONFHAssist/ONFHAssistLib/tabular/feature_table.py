"""Feature tables as users have them, in CSV files, with outcome, patient, scanner and split; every doubt is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from ..core.errors import InputError
from ..early.develop import dlr_feature_groups
from .checks import PRESET_COLUMN, check_index
from .names import GROUPS, KEYS, is_feature

_NO = {"no", "false", "negative", "healthy"}
_YES = {"yes", "true", "positive", "onfh"}


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
        backbones: SHA-256 of the backbones that made the deep features, where files say it.
    """

    features: pd.DataFrame
    outcome: pd.Series
    patients: pd.Series
    groups: Mapping[str, list[str]]
    scanner: pd.Series | None = None
    split: pd.Series | None = None
    backbones: tuple[str, ...] = ()


def read_feature_table(source: TableSource) -> FeatureTable:
    """Read a cohort's files.

    Raises:
        InputError: an unreadable file, a missing column, a hip twice, a hip without features, no feature at all, an
            outcome that is text, presets that differ.
    """
    table = _keyed(read_csv(source.path), source.path)
    files = [source.path, *source.features]
    for path in source.features:
        table = _joined(table, _keyed(read_csv(path), path), path)
    for column in (source.outcome, source.patient, source.scanner, source.split):
        if column not in (None, "case") and column not in table.columns:
            shown = [str(c) for c in table.columns if not is_feature(c)][:12]
            raise InputError(
                f"{source.path.name} lacks the column '{column}'; it has {', '.join([*KEYS, *shown])}."
            )
    columns = [str(c) for c in table.columns if is_feature(c)]
    if not columns:
        raise InputError(
            f"{source.path.name} has no feature columns (PyRadiomics' names or DL_0 ...); extract them with "
            "'onfh cohort extract' or give their files."
        )
    features = table[[*columns, *([PRESET_COLUMN] if PRESET_COLUMN in table.columns else [])]].copy()
    sha = _preset_of_files(files)
    if sha:
        features.attrs[PRESET_COLUMN] = sha
    return FeatureTable(
        features=features,
        outcome=_outcome(_column(table, source.outcome)),
        patients=_column(table, source.patient or "case"),
        groups=_groups(features, source.groups, source.path.name),
        scanner=None if source.scanner is None else _column(table, source.scanner),
        split=None if source.split is None else _column(table, source.split),
        backbones=_facts_of_files(files, "backbone_sha256"),
    )


def read_csv(path: str | Path) -> pd.DataFrame:
    """Content of a CSV file; numbers keep all their bits.

    Raises:
        InputError: missing, empty, a column twice, or no CSV.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"The table {path} does not exist; give a CSV file with one row a hip.")
    try:
        header = pd.read_csv(path, encoding="utf-8-sig", header=None, nrows=1, dtype=str)
        table = pd.read_csv(path, encoding="utf-8-sig", float_precision="round_trip", low_memory=False)
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from None
    names = [str(name).strip() for name in header.iloc[0]]
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError(
            f"{path.name} has the column '{twice[0]}' more than once; rename or drop one of them."
        )
    if table.empty:
        raise InputError(f"{path.name} has no rows; it needs one row a hip.")
    return table.rename(columns=lambda name: str(name).strip())


def _keyed(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    absent = [name for name in KEYS if name not in table.columns]
    if absent:
        raise InputError(f"{path.name} lacks the column '{absent[0]}'; every hip needs a case and a side.")
    indexed = table.astype({"case": str, "side": str}).set_index(list(KEYS))
    check_index(indexed, path.name)
    return indexed


def _joined(table: pd.DataFrame, more: pd.DataFrame, path: Path) -> pd.DataFrame:
    new = [c for c in more.columns if is_feature(c)]
    repeated = [c for c in new if c in table.columns]
    if repeated:
        raise InputError(
            f"{path.name} holds the column '{repeated[0]}', which another file already gave; leave one out."
        )
    lost = table.index.difference(more.index)
    if len(lost):
        raise InputError(
            f"{path.name} lacks the hip {' '.join(map(str, lost[0]))} ({len(lost)} such hips); extract its "
            "features or leave it out of the cohort."
        )
    return pd.concat([table, more.loc[table.index, new]], axis=1)


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if name == "case":
        return pd.Series(table.index.get_level_values("case"), index=table.index, name="case")
    return table[name]


def _outcome(column: pd.Series) -> pd.Series:
    """The words yes and no, true and false, in any case, as 1 and 0; anything else stays for :func:`check_outcome`."""
    if pd.api.types.is_numeric_dtype(column):
        return column
    words = column.astype("string").str.strip().str.lower()
    known = words.isin(_NO | _YES | {"0", "1"}) | column.isna()
    if not known.all():
        return column
    return words.map({**dict.fromkeys(_NO | {"0"}, 0), **dict.fromkeys(_YES | {"1"}, 1)}).rename(column.name)


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
