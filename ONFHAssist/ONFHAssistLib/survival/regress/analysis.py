"""Findings and collapse in one regression: empty cells imputed, competing events kept, patients as clusters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.clusters.folds import shared_training
from ONFHAssistLib.evaluate.resampling import weights_in_turn
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.calibration import weak_calibration
from ONFHAssistLib.evaluate.survival.competing import competing_horizon, observed_risk
from ONFHAssistLib.evaluate.survival.outcome import Z95, TooFewEvents, require_events

from ...tabular.folds import IN_ROUNDS, patient_folds
from ...tabular.imputation import Pooled, impute, outcome_helpers, pool
from ..cox.clinical_selection import encode
from ..cox.weighted import WeightedFit
from .models import (
    Design,
    cause_specific_risk,
    fit_cause,
    fit_subdistribution,
    interval_censored,
    subdistribution_risk,
)

CAUSE, SUBDISTRIBUTION, COMPETING = "cause-specific", "subdistribution", "competing event"
Fit = Callable[[Design, pd.DataFrame], WeightedFit]


@dataclass(frozen=True)
class Regression:
    """What came of :func:`regress`.

    Attributes:
        design: of the hips. months: horizons.
        ratios: a row a model and covariate: hazard ratio, low, high, p, clustered by patient, pooled over imputations,
            and ``fraction_missing``.
        held_out: a row a model, figure and month: AUC, observed to expected, calibration intercept and slope of risks of
            hips that the model had not seen.
        interval: hazard ratios with collapse known to lie between visits; empty where no visits are known.
        imputations: how many completions; 1 where nothing was empty. warnings: sentences for the report.
    """

    design: Design
    months: tuple[float, ...]
    ratios: pd.DataFrame
    held_out: pd.DataFrame
    interval: pd.DataFrame
    imputations: int
    warnings: tuple[str, ...] = field(default=())


def regress(
    findings: pd.DataFrame,
    design: Design,
    *,
    months: Sequence[float] = (36.0, 60.0),
    imputations: int = 20,
    free_until: np.ndarray | None = None,
    folds: int = 5,
    bootstraps: int = 200,
    seed: int = 0,
) -> Regression:
    """Fit the models of ``findings`` (n, c) as they were recorded, empty cells imputed inside each fit.

    Args:
        imputations: completions by chained equations, pooled by Rubin's rules, where a cell is empty.
        free_until: (n,) last visit without collapse, for the sensitivity analysis.
        folds: of the cross-validation, by patients; each training part is imputed with its own outcome, the held-out hips
            are completed without theirs.

    Raises:
        InputError: a finding that cannot be used or imputed (named). TooFewEvents: fewer than 10 events.
    """
    require_events(int(design.event.sum()), sm.MIN_EVENTS, "A regression")
    names = list(findings.columns)
    helpers = outcome_helpers(design.time, design.event, findings.index)
    if design.competing is not None:
        helpers["competing"] = design.competing.astype(float)
    some = bool(findings.isna().any().any())
    count = max(2, imputations) if some else 1
    completed = impute(findings, names, count, seed, helpers)
    tables = [covariates_of(table, names, findings) for table in completed]
    warnings = _imputation_words(findings, count) if some else []
    fits: dict[str, Fit] = {CAUSE: fit_cause}
    if design.competing is not None:
        if design.competing.sum() >= 2 * tables[0].shape[1]:
            fits[COMPETING] = lambda d, x: fit_cause(d, x, True)
        if design.plain:
            fits[SUBDISTRIBUTION] = fit_subdistribution
        else:
            warnings.append(
                "With late entry, weights or strata, Fine and Gray's model is left out; cause-specific ones know them."
            )
    ratios = []
    for model, fit in fits.items():
        ratios.append(_ratios(model, [fit(design, x) for x in tables], list(tables[0].columns)))
    interval = pd.DataFrame()
    if free_until is not None:
        interval = interval_censored(design, tables[0], free_until)
    chosen = tuple(sorted({float(m) for m in months if m < design.time.max()}))
    held_out = pd.DataFrame()
    if design.plain:
        held_out = _held_out(findings, design, chosen, folds, bootstraps, seed, warnings)
    else:
        warnings.append("Held-out figures are given for hips without late entry, weights and strata.")
    return Regression(
        design,
        chosen,
        pd.concat(ratios, ignore_index=True),
        held_out,
        interval,
        count,
        tuple(dict.fromkeys(warnings)),
    )


def covariates_of(table: pd.DataFrame, names: Sequence[str], pattern: pd.DataFrame) -> pd.DataFrame:
    """Covariates of completed findings: numbers as they are, each level but the first against the rest.

    Args:
        pattern: the findings whose levels and kinds count, so that every completion has the same columns.
    """
    encoding = encode(pattern, list(names))
    applied = encoding.apply(table)
    levels = [f"{c}={level}" for c, values in encoding.categories.items() for level in values[1:]]
    return applied[[*encoding.binary, *encoding.ordered, *levels, *encoding.cuts]]


def _imputation_words(findings: pd.DataFrame, count: int) -> list[str]:
    empty = findings.isna().sum()
    shown = ", ".join(f"'{name}' in {number}" for name, number in empty[empty > 0].items())
    return [
        f"Empty cells ({shown} of {len(findings)} rows) were filled {count} times by chained equations that know the "
        "outcome, and the results pooled by Rubin's rules. That is right where whether a cell is empty depends on what "
        "is in the table."
    ]


def _ratios(model: str, fits: list[WeightedFit], names: list[str]) -> pd.DataFrame:
    coef = np.array([fit.coef for fit in fits])
    variance = np.array([np.diag(fit.robust) for fit in fits])
    pooled = (
        pool(coef, variance)
        if len(fits) > 1
        else Pooled(coef[0], variance[0], np.full(len(names), np.inf), np.zeros(len(names)))
    )
    low, high = pooled.interval()
    return pd.DataFrame(
        {
            "model": model,
            "covariate": names,
            "hr": np.exp(pooled.estimate),
            "low": np.exp(low),
            "high": np.exp(high),
            "p": pooled.p(),
            "fraction_missing": pooled.fraction_missing,
        }
    )


def _held_out(
    findings: pd.DataFrame,
    design: Design,
    months: tuple[float, ...],
    folds: int,
    bootstraps: int,
    seed: int,
    warnings: list[str],
) -> pd.DataFrame:
    if not months:
        return pd.DataFrame()
    patient = np.arange(design.time.size) if design.patient is None else design.patient
    number = np.unique(patient, return_inverse=True)[1]
    fold = patient_folds(design.event, number, folds, seed, IN_ROUNDS)
    other = np.zeros(design.time.size, bool) if design.competing is None else design.competing
    models = [CAUSE] if design.competing is None else [CAUSE, SUBDISTRIBUTION]
    risks = {model: np.zeros((design.time.size, len(months))) for model in models}
    for k in range(folds):
        inside, outside = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        learned, judged = _completed_apart(findings, design, inside, outside, seed + k)
        part = design.take(inside)
        try:
            first = fit_cause(part, learned)
            second = fit_cause(part, learned, True) if design.competing is not None else None
            risks[CAUSE][outside] = cause_specific_risk(first, second, judged, months)
            if SUBDISTRIBUTION in risks:
                gray = fit_subdistribution(part, learned)
                risks[SUBDISTRIBUTION][outside] = subdistribution_risk(gray, judged, months)
        except (ValueError, TooFewEvents) as error:
            warnings.append(f"There are no held-out figures, since a fold cannot be fitted: {error}")
            return pd.DataFrame()
    rows = []
    for model, found in risks.items():
        for step, month in enumerate(months):
            try:
                figures = _figures(design, other, number, fold, found[:, step], month, bootstraps, seed)
            except TooFewEvents as error:
                warnings.append(str(error))
                continue
            rows += [
                {"model": model, "figure": name, "month": month, **value.as_dict()}
                for name, value in figures.items()
            ]
    return pd.DataFrame(rows)


def _completed_apart(
    findings: pd.DataFrame, design: Design, inside: np.ndarray, outside: np.ndarray, seed: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One completion of the training hips with their outcome, and of the others without theirs."""
    names = list(findings.columns)
    training = findings.iloc[inside]
    helpers = outcome_helpers(design.time[inside], design.event[inside], training.index)
    learned = impute(training, names, 1, seed, helpers)[0]
    judged = findings.iloc[outside]
    if judged.isna().any().any():
        both = pd.concat([learned, judged])
        judged = impute(both, names, 1, seed + 1)[0].iloc[len(learned) :]
    return covariates_of(learned, names, findings), covariates_of(judged, names, findings)


def _figures(
    design: Design,
    other: np.ndarray,
    patient: np.ndarray,
    fold: np.ndarray,
    risk: np.ndarray,
    month: float,
    bootstraps: int,
    seed: int,
) -> dict[str, sm.Estimate]:
    """AUC within folds, observed to expected, calibration intercept and slope."""
    hips = competing_horizon(design.time, design.event, other, month, "A time-dependent AUC")
    case, control = np.flatnonzero(hips.case), np.flatnonzero(hips.control)
    together = (fold[case, None] == fold[control]).astype(float)
    won = 0.5 * (risk[case, None] > risk[control]) + 0.5 * (risk[case, None] >= risk[control])

    def auc(weight: np.ndarray) -> float:
        first, second = (weight * hips.weight)[case], (weight * hips.weight)[control]
        total = first @ together @ second
        return float(first @ (together * won) @ second / total) if total > 0 else np.nan

    def ratio(rows: np.ndarray) -> float:
        seen = observed_risk(design.time[rows], design.event[rows], month, other[rows])
        return seen / float(risk[rows].mean())

    n = design.time.size
    drawn = np.array([auc(w) for w in weights_in_turn(patient, bootstraps, seed)])
    plain = sm.percentile_interval(auc(np.ones(n)), drawn)
    error = plain.standard_error * float(np.sqrt(shared_training(int(fold.max()) + 1)))
    low, high = np.clip([plain.value - Z95 * error, plain.value + Z95 * error], 0, 1)
    weak = weak_calibration(
        design.time, design.event, risk, month, competing=other if other.any() else None, cluster=patient
    )
    ratios = sm.resample(ratio, n, cluster=patient, repeats=bootstraps, seed=seed)
    return {
        "AUC": sm.Estimate(plain.value, float(low), float(high), error),
        "Observed : expected": sm.percentile_interval(ratio(np.arange(n)), ratios),
        "Calibration intercept": weak.intercept,
        "Calibration slope": weak.slope,
    }
