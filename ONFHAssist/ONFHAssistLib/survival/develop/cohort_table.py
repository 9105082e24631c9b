"""A cohort as users have it, in CSV files, to a :class:`.cohort.SurvivalCohort`; every doubt is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import MONTHS_SUSPICIOUS

from ..cox import partial_likelihood as pl
from ..cox.clinical_selection import encode
from .cohort import FEATURE_SETS, SurvivalCohort, is_feature

DAYS_IN_MONTH = 30.4375
WORDS = {"radiomics": "radiomics (PyRadiomics' names)", "dl": "deep features (DL_0 to DL_511)"}
UNITS = ("months", "days")
_KEYS = ["case", "side"]
_LEVELS_AT_MOST = 8


@dataclass(frozen=True)
class CohortTable:
    """Where a cohort is and what its columns are.

    Attributes:
        path: CSV file, a row a hip.
        patient, time, event: columns. Hips of one patient are never split; ``event`` is 1 for a collapse that was seen.
        clinical: columns of the findings; None takes every other column that can be one.
        features: further CSV files with ``case`` and ``side``, whose radiomics and deep features are joined.
        readings: the same of further readers, for the ICC; their hips may be fewer.
        unit: of ``time``, "months" or "days"; None is months, and times that look like days are refused.
    """

    path: Path
    patient: str
    time: str
    event: str
    clinical: tuple[str, ...] | None = None
    features: tuple[Path, ...] = ()
    readings: tuple[Path, ...] = ()
    unit: str | None = None


def read_survival_cohort(source: CohortTable) -> SurvivalCohort:
    """Read and check a cohort; the follow-up of the result is in months.

    Raises:
        InputError: an unreadable file, a missing column, a wrong outcome (see :func:`.check_outcome`), times that look
            like days without a unit, a named finding that is constant, empty somewhere, or separates the hips with
            an event from the rest.
    """
    if source.unit not in (None, *UNITS):
        raise InputError(f"The unit '{source.unit}' is not known; months or days is accepted.")
    table = read_csv(source.path)
    for path in source.features:
        table = _joined(table, read_csv(path), source.path, path)
    asked = (source.patient, source.time, source.event)
    for name in asked:
        _need_column(table, name, source.path)
    table = _in_months(table, source)
    _need_patients(table, source)
    named = source.clinical is not None
    findings, left_out = (list(source.clinical), []) if named else usable_findings(table, asked)
    readings = [_reading(table, read_csv(path), path) for path in source.readings]
    cohort = SurvivalCohort.from_table(
        _keyed(table),
        time=source.time,
        event=source.event,
        patient=source.patient,
        clinical=findings,
        readings=readings,
    )
    if not named:
        findings, separating = _without_separation(cohort)
        left_out += separating
        cohort = replace(cohort, clinical=cohort.clinical[findings])
    else:
        _check_findings(cohort)
    doubts = [
        f"The cohort has no {WORDS[name]}: their signature is missing, and no model uses it."
        for name in FEATURE_SETS
        if name not in cohort.features
    ]
    if not findings and not cohort.features:
        raise InputError(
            f"{source.path} has no finding and no feature beside the outcome; a model needs at least one of them."
        )
    told = (*cohort.outcome.warnings, *doubts, *left_out)
    return replace(cohort, outcome=replace(cohort.outcome, warnings=told))


def read_csv(path: str | Path) -> pd.DataFrame:
    """Content of a CSV file, numbers as numbers.

    Raises:
        InputError: missing, empty or no CSV.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"The cohort table {path} does not exist.")
    try:
        table = pd.read_csv(path, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise InputError(
            f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
        ) from None
    if table.empty:
        raise InputError(f"{path} has no rows; it needs one row a hip.")
    return table.rename(columns=lambda name: str(name).strip())


def _need_column(table: pd.DataFrame, name: str, path: Path) -> None:
    if name not in table.columns:
        shown = [c for c in table.columns if not is_feature(c)][:12]
        raise InputError(
            f"{path.name} lacks the column '{name}'; it has {', '.join(shown)}{' ...' if len(shown) == 12 else ''}."
        )


def _need_patients(table: pd.DataFrame, source: CohortTable) -> None:
    empty = np.flatnonzero(table[source.patient].isna())
    if empty.size:
        raise InputError(
            f"Column '{source.patient}' is empty in row {empty[0] + 1} ({empty.size} such rows); name the patient of "
            "every hip, because hips of one patient must stay together."
        )


def _in_months(table: pd.DataFrame, source: CohortTable) -> pd.DataFrame:
    time = pd.to_numeric(table[source.time], errors="coerce")
    if source.unit == "days":
        return table.assign(**{source.time: time / DAYS_IN_MONTH})
    if source.unit is None and time.max() > MONTHS_SUSPICIOUS:
        raise InputError(
            f"Column '{source.time}' reaches {time.max():g}, which as months is {time.max() / 12:.0f} years: these look "
            "like days; say that the unit is days, or months if it is so."
        )
    return table


def _keyed(table: pd.DataFrame) -> pd.DataFrame:
    """Index by case and side where the table has both and they are unique, else by row number from 1."""
    if set(_KEYS) <= set(table.columns) and not table.duplicated(_KEYS).any():
        return table.set_index(_KEYS, drop=False)
    return table.set_axis(pd.RangeIndex(1, len(table) + 1, name="row"))


def _joined(table: pd.DataFrame, more: pd.DataFrame, where: Path, path: Path) -> pd.DataFrame:
    for one, name in ((table, where), (more, path)):
        if not set(_KEYS) <= set(one.columns):
            raise InputError(
                f"{name.name} lacks the columns 'case' and 'side', by which features are joined."
            )
        if one.duplicated(_KEYS).any():
            raise InputError(f"{name.name} holds a hip twice; one row a hip is needed.")
    features = more[[*_KEYS, *(c for c in more.columns if is_feature(c) and c not in table.columns)]]
    joined = table.merge(features, on=_KEYS, how="left", indicator=True)
    lost = joined[joined["_merge"] == "left_only"]
    if len(lost):
        first = lost.iloc[0]
        raise InputError(
            f"{path.name} lacks the hip {first['case']} {first['side']} ({len(lost)} such hips); extract its features "
            "or leave it out of the cohort."
        )
    return joined.drop(columns="_merge")


def _reading(table: pd.DataFrame, reading: pd.DataFrame, path: Path) -> pd.DataFrame:
    if not set(_KEYS) <= set(reading.columns) or not set(_KEYS) <= set(table.columns):
        raise InputError(
            f"{path.name} and the cohort need the columns 'case' and 'side', to pair two readings."
        )
    known = table[_KEYS].merge(reading, on=_KEYS)
    if len(known) < 3:
        raise InputError(
            f"{path.name} shares {len(known)} hips with the cohort; at least 3 are needed for an ICC."
        )
    return known.set_index(_KEYS)[[c for c in known.columns if is_feature(c)]]


def usable_findings(table: pd.DataFrame, taken: Sequence[str]) -> tuple[list[str], list[str]]:
    """Columns that can be clinical findings, and a sentence for each that cannot.

    Case, side and features are passed over in silence; a finding varies, has no empty cell, and is a number or one of at
    most 8 texts.
    """
    found, left_out = [], []
    for name in table.columns:
        if name in taken or name in _KEYS or is_feature(name):
            continue
        values = table[name]
        empty = int(values.isna().sum())
        if empty == len(values) or values.nunique() < 2:
            left_out.append(f"Column '{name}' has one value in all hips and is left out.")
        elif empty:
            left_out.append(
                f"Column '{name}' is empty in {empty} rows and is left out; complete it to use it."
            )
        elif not pd.api.types.is_numeric_dtype(values) and values.nunique() > _LEVELS_AT_MOST:
            left_out.append(
                f"Column '{name}' has {values.nunique()} different texts and is left out; at most {_LEVELS_AT_MOST} "
                "make a category."
            )
        else:
            found.append(name)
    return found, left_out


def _separates(cohort: SurvivalCohort, name: str) -> bool:
    """Whether a finding alone has an infinite hazard ratio: as a number, or at its median."""
    encoding = encode(cohort.clinical, [name])
    if encoding.categories:
        return False  # a rare level may well have no event; the selection passes it over
    covariates = encoding.apply(cohort.clinical)
    sets = pl.risk_sets(cohort.outcome.time, cohort.outcome.event)
    for column in covariates:
        x = covariates[column].to_numpy(float)
        if np.ptp(x) > 0:
            try:
                pl.fit(sets, x[:, None])
            except pl.NotIdentified as error:
                if error.kind == "separated":
                    return True
    return False


def _without_separation(cohort: SurvivalCohort) -> tuple[list[str], list[str]]:
    odd = [name for name in cohort.clinical if _separates(cohort, name)]
    left_out = [
        f"Column '{name}' separates the hips with an event from the rest and is left out: its hazard ratio is infinite."
        for name in odd
    ]
    return [name for name in cohort.clinical if name not in odd], left_out


def _check_findings(cohort: SurvivalCohort) -> None:
    encode(cohort.clinical, list(cohort.clinical)).apply(cohort.clinical)  # empty cells, too many texts
    for name in cohort.clinical:
        if cohort.clinical[name].nunique() < 2:
            raise InputError(f"Column '{name}' has the same value in every hip; leave it out.")
        if _separates(cohort, name):
            raise InputError(
                f"Column '{name}' separates the hips with an event from the rest: its hazard ratio is infinite; leave "
                "it out, or check that it was known before the follow-up."
            )
