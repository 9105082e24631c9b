"""The one reader of users' tables: CSV files with one row a hip, joined by case and side; every doubt is refused by name.

Early diagnosis and survival read their tables here, so that a mistake is the same mistake in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ...core.names import HIP_KEYS, copied_feature, is_clinical, is_feature
from .checks import check_features, check_index

_SHOWN = 14  # columns that a refusal names
NO_WORDS = {"no", "false", "negative", "healthy", "0"}
YES_WORDS = {"yes", "true", "positive", "onfh", "1"}


def read_csv(path: str | Path) -> pd.DataFrame:
    """Content of a CSV file: numbers keep all their bits, ``case`` and ``side`` are text and keep leading zeros.

    Raises:
        InputError: missing, empty, no CSV; a column twice, also where a program has renamed the second one.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"The table {path} does not exist; give a CSV file with one row a hip.")
    try:
        header = pd.read_csv(path, encoding="utf-8-sig", header=None, nrows=1, dtype=str)
        names = [str(name).strip() for name in header.iloc[0]]
        _refuse_copies(names, path.name)
        keys = {raw: str for raw, name in zip(header.iloc[0], names, strict=True) if name in HIP_KEYS}
        table = pd.read_csv(
            path, encoding="utf-8-sig", float_precision="round_trip", low_memory=False, dtype=keys
        )
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from None
    if not isinstance(table.index, pd.RangeIndex):
        raise InputError(
            f"{path.name} has rows with more cells than the {len(names)} columns of its header; name every column, or "
            "save the file again."
        )
    if table.empty:
        raise InputError(f"{path.name} has no rows; it needs one row a hip.")
    table = table.rename(columns=lambda name: str(name).strip())
    for key in HIP_KEYS:
        if key in table.columns:
            table[key] = table[key].str.strip().replace("", np.nan)
    return table


def _refuse_copies(names: Sequence[str], file: str) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise InputError(f"{file} has the column '{twice[0]}' more than once; rename or drop one of them.")
    for name in names:
        original = copied_feature(name)
        if original is not None:
            raise InputError(
                f"{file} has the column '{name}', which a program made of a second column '{original}'; rename or drop "
                "one of them."
            )


def read_hips(
    path: str | Path, features: Iterable[str | Path] = (), *, keys_needed: bool = True
) -> pd.DataFrame:
    """A table with one row a hip and the features of further files, indexed by ``case`` and ``side``.

    Args:
        path: of the table.
        features: CSV files with ``case`` and ``side`` whose features are joined; their other columns are left.
        keys_needed: False takes a table without both keys where nothing is joined to it; its rows are then numbered
            from 1, as ``row``.

    Returns:
        Without the columns of the keys; features are numbers, and NaN where a cell is empty.

    Raises:
        InputError: as :func:`read_csv`; a missing key, a hip twice, a hip that a further file lacks, a feature in two
            files, and a feature that is text or infinite.
    """
    path = Path(path)
    table = read_csv(path)
    files = [Path(one) for one in features]
    if not keys_needed and not files and not set(HIP_KEYS) <= set(table.columns):
        return _numeric(table.set_axis(pd.RangeIndex(1, len(table) + 1, name="row")), path.name)
    hips = _numeric(_keyed(table, path.name), path.name)
    for file in files:
        hips = _joined(hips, read_features(file), file.name)
    return hips


def read_features(path: str | Path) -> pd.DataFrame:
    """The features of a file with ``case`` and ``side``, indexed by both; its other columns are left.

    Raises:
        InputError: as :func:`read_hips`.
    """
    path = Path(path)
    table = _keyed(read_csv(path), path.name)
    return _numeric(table[[c for c in table.columns if is_feature(c)]], path.name)


def need_column(table: pd.DataFrame, name: str, file: str) -> None:
    """Refuse a table that lacks a column, with the columns that it could have meant.

    Raises:
        InputError: so.
    """
    if name not in table.columns and name not in table.index.names:
        known = [key for key in HIP_KEYS if key in table.columns or key in table.index.names]
        known += [str(c) for c in table.columns if is_clinical(c)]
        more = " ..." if len(known) > _SHOWN else ""
        raise InputError(f"{file} lacks the column '{name}'; it has {', '.join(known[:_SHOWN])}{more}.")


def column_of(table: pd.DataFrame, name: str) -> pd.Series:
    """A column of a table of :func:`read_hips`, which may be one of its keys.

    Cases that are all numbers are given as numbers, so that patient 7 and patient 007 are one.
    """
    in_index = name not in table.columns
    level = table.index.get_level_values(name) if in_index else None
    column = pd.Series(level, index=table.index, name=name) if in_index else table[name]
    if name not in HIP_KEYS:
        return column
    numbers = pd.to_numeric(column, errors="coerce")
    return column if numbers.isna().any() else numbers


def yes_or_no(column: pd.Series) -> pd.Series:
    """The words yes and no, true and false, positive and negative, ONFH and healthy, in any case, as 1 and 0.

    A column that holds anything else, or numbers, is given back as it is, for a check to name what is wrong.
    """
    if pd.api.types.is_numeric_dtype(column):
        return column
    words = column.astype("string").str.strip().str.lower()
    if not (words.isin(NO_WORDS | YES_WORDS) | column.isna()).all():
        return column
    return words.map({**dict.fromkeys(NO_WORDS, 0), **dict.fromkeys(YES_WORDS, 1)}).rename(column.name)


def _keyed(table: pd.DataFrame, file: str) -> pd.DataFrame:
    absent = [name for name in HIP_KEYS if name not in table.columns]
    if absent:
        raise InputError(f"{file} lacks the column '{absent[0]}'; every hip needs a case and a side.")
    for name in HIP_KEYS:
        empty = np.flatnonzero(table[name].isna())
        if empty.size:
            raise InputError(
                f"{file}: '{name}' is empty in row {empty[0] + 1} ({empty.size} such rows); every hip needs a case and "
                "a side."
            )
    indexed = table.set_index(list(HIP_KEYS))
    check_index(indexed, file)
    return indexed


def _joined(table: pd.DataFrame, more: pd.DataFrame, file: str) -> pd.DataFrame:
    repeated = [c for c in more.columns if c in table.columns]
    if repeated:
        raise InputError(
            f"{file} holds the column '{repeated[0]}', which another file already gave; leave one out."
        )
    lost = table.index[~table.index.isin(more.index)]
    if len(lost):
        raise InputError(
            f"{file} lacks the hip {' '.join(map(str, lost[0]))} ({len(lost)} such hips); extract its features or "
            "leave it out of the cohort."
        )
    return pd.concat([table, more.loc[table.index]], axis=1)


def _numeric(table: pd.DataFrame, file: str) -> pd.DataFrame:
    """The same with its features checked; what is no feature stays as it was read."""
    columns = [c for c in table.columns if is_feature(c)]
    if not columns:
        return table
    checked = check_features(table[columns], file)
    others = [c for c in table.columns if c not in checked.columns]
    return pd.concat([table[others], checked], axis=1)[list(table.columns)]
