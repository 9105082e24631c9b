"""Checks of what a model is fitted on: each mistake of a table is refused by name, with what to do.

A feature table has one row a hip, indexed by ``case`` and ``side`` (or by ``case`` alone), and numeric columns.
The preset with which it was extracted travels as ``table.attrs["preset_sha256"]`` or, after a CSV, as a text
column ``preset_sha256``.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ...core.names import PRESET_COLUMN

MIN_PER_CLASS = 10


def preset_of(features: pd.DataFrame) -> str | None:
    """SHA-256 of the preset of a feature table, or None where the table does not say.

    Raises:
        InputError: rows of one table were extracted with different presets.
    """
    if PRESET_COLUMN in features.columns:
        found = features[PRESET_COLUMN].dropna().astype(str).unique()
        if len(found) > 1:
            raise InputError(
                f"The column '{PRESET_COLUMN}' holds {len(found)} different presets "
                f"({found[0][:12]}, {found[1][:12]}); extract all cases with one preset."
            )
        if len(found) == 1:
            return str(found[0])
    sha = features.attrs.get(PRESET_COLUMN)
    return str(sha) if sha else None


def row_label(key: object) -> str:
    """A row's index as a person would say it: ``P003 R``."""
    return " ".join(str(part) for part in key) if isinstance(key, tuple) else str(key)


def check_index(table: pd.DataFrame | pd.Series, name: str) -> None:
    """Raise :class:`InputError` where a case (and side) has more than one row."""
    twice = table.index[table.index.duplicated()]
    if len(twice):
        raise InputError(
            f"{name} holds case {row_label(twice[0])} more than once; keep one row for each case and side."
        )


def check_features(features: pd.DataFrame, name: str = "The feature table") -> pd.DataFrame:
    """The table as float64 columns, without the preset column; NaN (missing) is allowed.

    Raises:
        InputError: empty, a case or column twice, text in a numeric column, an infinite value.
    """
    sha = preset_of(features)
    table = features.drop(columns=[PRESET_COLUMN], errors="ignore")
    if table.shape[0] == 0 or table.shape[1] == 0:
        raise InputError(
            f"{name} has {table.shape[0]} rows and {table.shape[1]} feature columns; it needs both."
        )
    check_index(table, name)
    twice = table.columns[table.columns.duplicated()]
    if len(twice):
        raise InputError(f"{name} has the column '{twice[0]}' more than once; rename or drop one of them.")
    for column, kind in table.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind):
            _refuse_text(table[column], column, name)
    values = table.to_numpy(np.float64, na_value=np.nan)
    infinite = np.isinf(values)
    if infinite.any():
        row, column = np.argwhere(infinite)[0]
        raise InputError(
            f"{name} holds an infinite value in the column '{table.columns[column]}' "
            f"for case {row_label(table.index[row])}; extract that case again or drop the column."
        )
    checked = pd.DataFrame(values, index=table.index, columns=[str(c) for c in table.columns])
    if sha:
        checked.attrs[PRESET_COLUMN] = sha
    return checked


def _refuse_text(column: pd.Series, label: object, name: str) -> None:
    numbers = pd.to_numeric(column, errors="coerce")
    wrong = column[numbers.isna() & column.notna()]
    key, value = (wrong.index[0], wrong.iloc[0]) if len(wrong) else (column.index[0], column.iloc[0])
    raise InputError(
        f"{name} holds the text '{value}' in the column '{label}' for case {row_label(key)}; "
        "a number is needed: correct it or leave the column out of the features."
    )


def align(series: pd.Series, features: pd.DataFrame, name: str) -> pd.Series:
    """``series`` in the order of the rows of ``features``; a plain array of the same length is taken as is."""
    if not isinstance(series, pd.Series):
        if len(series) != len(features):
            raise InputError(f"{name} has {len(series)} values for {len(features)} rows of features.")
        return pd.Series(np.asarray(series), index=features.index)
    check_index(series, name)
    absent = features.index.difference(series.index)
    if len(absent):
        raise InputError(f"{name} has no value for case {row_label(absent[0])}; add it or drop that case.")
    return series.reindex(features.index)


def check_outcome(outcome: pd.Series, features: pd.DataFrame, fewest: int = MIN_PER_CLASS) -> pd.Series:
    """The outcome as 0/1 integers in the order of ``features``.

    Raises:
        InputError: values other than 0/1 or yes/no booleans, a missing one, one class only, or fewer than
            ``fewest`` cases in a class.
    """
    name = f"The outcome '{outcome.name}'" if getattr(outcome, "name", None) else "The outcome"
    aligned = align(outcome, features, name)
    if aligned.isna().any():
        raise InputError(
            f"{name} is missing for case {row_label(aligned.index[aligned.isna()][0])}; fill or drop it."
        )
    odd = aligned[~aligned.isin([0, 1])]
    if len(odd):
        raise InputError(f"{name} is '{odd.iloc[0]}' for case {row_label(odd.index[0])}; it must be 0 or 1.")
    labels = aligned.astype(int)
    counts = np.bincount(labels.to_numpy(), minlength=2)
    if counts.min() == 0:
        raise InputError(
            f"{name} has one class only: all {counts.sum()} cases are {int(counts.argmax())}; add cases of both."
        )
    if counts.min() < fewest:
        raise InputError(
            f"{name} has {counts.min()} cases of class {int(counts.argmin())}; "
            f"at least {fewest} of each class are needed to fit a model."
        )
    return labels


def check_patients(patients: pd.Series | None, features: pd.DataFrame) -> np.ndarray:
    """Number of the patient of every row, shape (n,), so that both hips of a patient stay together.

    Without ``patients`` the level ``case`` of the index says who is who.
    """
    if patients is None:
        index = features.index
        level = index.get_level_values("case") if "case" in index.names else index
        return np.asarray(pd.factorize(level)[0])
    aligned = align(patients, features, "The patient column")
    if aligned.isna().any():
        raise InputError(
            f"The patient of case {row_label(aligned.index[aligned.isna()][0])} is missing; name the patient."
        )
    return np.asarray(pd.factorize(aligned)[0])


def check_split(
    train: np.ndarray, test: np.ndarray, patients: np.ndarray, names: pd.Index | None = None
) -> None:
    """Raise :class:`InputError` when a patient has a row in both parts of a split.

    Args:
        train: row numbers of the training part.
        test: row numbers of the test part.
        patients: number of the patient of every row.
        names: index of the table, to name the case.
    """
    shared = np.intersect1d(patients[train], patients[test])
    if len(shared):
        row = int(np.flatnonzero(patients == shared[0])[0])
        who = row_label(names[row]) if names is not None else f"number {shared[0]}"
        raise InputError(
            f"The patient of case {who} is in both the training and the test part; "
            "put all hips of a patient on one side of the split."
        )


def table_for_model(
    features: pd.DataFrame, names: tuple[str, ...], model: str, preset_sha256: str | None
) -> pd.DataFrame:
    """The columns ``names`` of a feature table, complete and extracted with the preset of the model.

    Raises:
        InputError: a column is missing, holds text, NaN or infinities, or the preset is another.
    """
    absent = [name for name in names if name not in features.columns]
    if absent:
        more = f" and {len(absent) - 1} more" if len(absent) > 1 else ""
        raise InputError(
            f"The feature table lacks the column '{absent[0]}'{more} that the model '{model}' uses; "
            "extract with the preset of the model."
        )
    theirs = preset_of(features)
    if preset_sha256 and theirs and theirs != preset_sha256:
        raise InputError(
            f"The feature table was extracted with the preset {theirs[:12]}, the model '{model}' was trained "
            f"with {preset_sha256[:12]}; extract again with the preset of the model."
        )
    table = check_features(features[list(names)])
    holes = np.argwhere(table.isna().to_numpy())
    if len(holes):
        case, column = row_label(table.index[holes[0][0]]), table.columns[holes[0][1]]
        raise InputError(f"The feature '{column}' is missing for case {case}; extract that case again.")
    return table
