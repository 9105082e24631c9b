"""A cohort as users have it, in CSV files, to a :class:`.cohort.SurvivalCohort`; every doubt is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.outcome import MONTHS_SUSPICIOUS

from ...core.names import is_clinical
from ...tabular.tables.cells import odd_cell_sentence
from ...tabular.tables.reader import column_of, need_column, read_features, read_hips, yes_or_no
from ..cox import partial_likelihood as pl
from ..cox.clinical_selection import encode
from .cohort import FEATURE_SETS, SurvivalCohort

DAYS_IN_MONTH = 30.4375
WORDS = {"radiomics": "radiomics (PyRadiomics' names)", "dl": "deep features (DL_0 to DL_511)"}
UNITS = ("months", "days")
FEWEST_READ = 3  # hips of a further reader
_MAX_LEVELS = 8
MOST_EMPTY = 0.4  # of the cells of a finding; with more it is left out, else imputed (:mod:`.completion`)


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
        apart: columns that are no findings, such as the centre.
    """

    path: Path
    patient: str
    time: str
    event: str
    clinical: tuple[str, ...] | None = None
    features: tuple[Path, ...] = ()
    readings: tuple[Path, ...] = ()
    unit: str | None = None
    apart: tuple[str, ...] = ()


def read_survival_cohort(source: CohortTable) -> SurvivalCohort:
    """Read and check a cohort; the follow-up of the result is in months.

    Raises:
        InputError: an unreadable file, a missing column, a wrong outcome (see :func:`.check_outcome`), times that look
            like days without a unit, a named finding that is constant, empty somewhere, or separates the hips with
            an event from the rest.
    """
    if source.unit not in (None, *UNITS):
        raise InputError(f"The unit '{source.unit}' is not known; months or days is accepted.")
    table = read_hips(source.path, source.features, keys_needed=bool(source.readings))
    asked = (source.patient, source.time, source.event)
    for name in asked:
        need_column(table, name, source.path.name)
    table = in_months(table, source)
    patients = patients_of(table, source)
    named = source.clinical is not None
    findings, left_out = (
        usable_findings(table, (*asked, *source.apart))
        if source.clinical is None
        else (list(source.clinical), [])
    )
    left_out += _empty_cells(table, findings)
    readings = [_reading(table, path) for path in source.readings]
    cohort = SurvivalCohort.from_table(
        table.assign(**{source.patient: patients, source.event: yes_or_no(column_of(table, source.event))}),
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


def patients_of(table: pd.DataFrame, source: CohortTable) -> pd.Series:
    """The patient of every hip.

    Raises:
        InputError: an empty cell.
    """
    patients = column_of(table, source.patient)
    empty = np.flatnonzero(patients.isna())
    if empty.size:
        raise InputError(
            f"Column '{source.patient}' is empty in row {empty[0] + 1} ({empty.size} such rows); name the patient of "
            "every hip, because hips of one patient must stay together."
        )
    return patients


def in_months(table: pd.DataFrame, source: CohortTable) -> pd.DataFrame:
    """The table with its follow-up in months.

    Raises:
        InputError: text, or times that look like days without a unit.
    """
    odd = odd_cell_sentence(table[source.time], source.time) if source.time in table.columns else None
    if odd:
        raise InputError(odd)
    time = pd.to_numeric(table[source.time], errors="coerce")
    if source.unit == "days":
        return table.assign(**{source.time: time / DAYS_IN_MONTH})
    if source.unit is None and time.max() > MONTHS_SUSPICIOUS:
        raise InputError(
            f"Column '{source.time}' reaches {time.max():g}, which as months is {time.max() / 12:.0f} years: these look "
            "like days; say that the unit is days, or months if it is so."
        )
    return table


def _reading(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Features of a further reader, of the hips of the cohort and in its order."""
    reading = read_features(path)
    shared = table.index[table.index.isin(reading.index)]
    if len(shared) < FEWEST_READ:
        raise InputError(
            f"{path.name} shares {len(shared)} hips with the cohort; at least {FEWEST_READ} are needed for an ICC."
        )
    return reading.loc[shared]


def usable_findings(table: pd.DataFrame, taken: Sequence[str]) -> tuple[list[str], list[str]]:
    """Columns that can be clinical findings, and a sentence for each that cannot.

    Case, side and features are passed over in silence; a finding varies, is empty in at most two rows of five (or in
    one), and is a number or one of at most 8 texts.
    """
    found, left_out = [], []
    for name in table.columns:
        if name in taken or not is_clinical(name):
            continue
        values = table[name]
        empty = int(values.isna().sum())
        if empty == len(values) or values.nunique() < 2:
            left_out.append(f"Column '{name}' has one value in all hips and is left out.")
        elif empty > _fewest_empty(len(values)):
            left_out.append(
                f"Column '{name}' is empty in {empty} rows and is left out; complete it to use it."
            )
        elif odd := odd_cell_sentence(values, name):
            left_out.append(f"{odd} The column is left out.")
        elif not pd.api.types.is_numeric_dtype(values) and values.nunique() > _MAX_LEVELS:
            left_out.append(
                f"Column '{name}' has {values.nunique()} different texts and is left out; at most {_MAX_LEVELS} "
                "make a category."
            )
        else:
            found.append(name)
    return found, left_out


def _fewest_empty(rows: int) -> int:
    """How many empty cells a finding may have and still be used."""
    return max(1, int(MOST_EMPTY * rows))


def _empty_cells(table: pd.DataFrame, findings: Sequence[str]) -> list[str]:
    """A sentence for each finding whose empty cells will be imputed."""
    told = []
    for name in (n for n in findings if n in table.columns):
        rows = np.flatnonzero(table[name].isna())
        if rows.size:
            told.append(
                f"Column '{name}' is empty in {rows.size} of {len(table)} rows (row {rows[0] + 1}"
                f"{' and others' if rows.size > 1 else ''}); these cells are imputed by chained equations, inside every "
                "resample."
            )
    return told


def _separates(cohort: SurvivalCohort, name: str) -> bool:
    """Whether a finding alone has an infinite hazard ratio: as a number, or at its median."""
    known = cohort.clinical[name].notna().to_numpy()
    encoding = encode(cohort.clinical, [name])
    if any(len(levels) > 2 for levels in encoding.categories.values()):
        return False  # a rare level may well have no event; the selection passes it over
    covariates = encoding.apply(cohort.clinical[known])
    sets = pl.risk_sets(cohort.outcome.time[known], cohort.outcome.event[known])
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
    for name in cohort.clinical:
        empty = cohort.clinical[name].isna()
        if empty.sum() > _fewest_empty(len(empty)):
            raise InputError(
                f"Column '{name}' is empty in {int(empty.sum())} of {len(empty)} rows; at most {MOST_EMPTY:.0%} can be "
                "imputed. Complete it, or leave it out."
            )
        encode(cohort.clinical, [name]).apply(cohort.clinical[~empty.to_numpy()])  # too many texts
        if cohort.clinical[name].nunique() < 2:
            raise InputError(f"Column '{name}' has the same value in every hip; leave it out.")
        if _separates(cohort, name):
            raise InputError(
                f"Column '{name}' separates the hips with an event from the rest: its hazard ratio is infinite; leave "
                "it out, or check that it was known before the follow-up."
            )
