"""From held-out probabilities to the tables of a paper.

Every interval and test has the patient as its unit. Those that take hips as independent, which is what most software
prints, come only on request (``naive``), under names that say so.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.bootstrap import bootstrap_metrics
from ..evaluate.binary.calibration import (
    brier_score,
    calibration_errors,
    calibration_line,
    expected_calibration_error,
    hosmer_lemeshow,
)
from ..evaluate.binary.comparison import continuous_nri, integrated_discrimination_improvement, mcnemar_test
from ..evaluate.binary.cross_validated import auc_over_folds, bootstrap_auc_over_folds, compare_over_folds
from ..evaluate.binary.discrimination import (
    Estimate,
    auc_by_patient,
    auc_delong,
    delong_test,
    threshold_metrics,
)
from ..evaluate.binary.usefulness import decision_curve
from ..evaluate.clusters.bootstrap import percentile_bounds
from ..evaluate.clusters.proportions import clustered_mean
from ..tabular.protocol import NESTED, DlrProtocol

KEYS = ["validation", "group", "classifier"]
# names of the intervals in the performance table
AREA, SHARE, MEAN = "logit DeLong by patient", "Wilson by patient", "logit mean by patient"
BOOTSTRAP = "bootstrap by patient"
NAIVE_AREA, NAIVE_SHARE = "DeLong, hips as independent", "Wilson, hips as independent"
# names of the tests in the comparison table
BY_PATIENT, OVER_FOLDS, NAIVE = "by patient", "over folds", "hips as independent"
_MANY = 100  # hips from which the Hosmer-Lemeshow test has ten groups instead of five


def default_interval(metric: str) -> str:
    """Name of the interval that reports print of a figure."""
    return {"auc": AREA, "brier": MEAN}.get(metric, SHARE)


def area_of(part: pd.DataFrame, level: float = 0.95) -> Estimate:
    """AUC of one model in one validation; in cross-validation the mean of the folds' (:mod:`.cross_validated`)."""
    outcome, probability, patient = (part[c].to_numpy() for c in ("outcome", "probability", "patient"))
    if part["validation"].iloc[0] == NESTED:
        return auc_over_folds(outcome, probability, part["fold"].to_numpy(), patient, level)
    return auc_by_patient(outcome, probability, patient, level)


def performance_table(
    predictions: pd.DataFrame, protocol: DlrProtocol, naive: bool | None = None
) -> pd.DataFrame:
    """Every figure of every model with its interval.

    Args:
        predictions: columns ``validation``, ``group``, ``classifier``, ``fold``, ``row``, ``patient``, ``outcome``,
            ``probability``, ``threshold``.
        naive: adds the intervals that take hips as independent; None as the protocol says.

    Returns:
        Columns ``validation``, ``group``, ``classifier``, ``metric``, ``value``, ``low``, ``high``, ``interval``
        (:data:`BOOTSTRAP`, for the AUC also :data:`AREA`, for the proportions and F1 :data:`SHARE`, for the Brier
        score :data:`MEAN`).
    """
    rows = []
    level = protocol.level
    for key, part in predictions.groupby(KEYS, sort=False):
        outcome, probability = part["outcome"].to_numpy(), part["probability"].to_numpy()
        threshold, patient = part["threshold"].to_numpy(), part["patient"].to_numpy()
        chance = (protocol.bootstraps, protocol.seed)
        sample = bootstrap_metrics(outcome, probability, threshold, patient, *chance, level)
        area = area_of(part, level)
        if key[0] == NESTED:
            drawn = bootstrap_auc_over_folds(outcome, probability, part["fold"].to_numpy(), patient, *chance)
            sample.loc["auc"] = [area.value, *percentile_bounds(drawn, level)]
        shares = threshold_metrics(outcome, probability, threshold, level, patient)
        tables = {BOOTSTRAP: sample, AREA: _one_row(area), SHARE: shares[["value", "low", "high"]]}
        brier = clustered_mean((probability - outcome) ** 2, patient, level)
        tables[MEAN] = pd.DataFrame([brier], columns=["value", "low", "high"], index=["brier"])
        if protocol.naive if naive is None else naive:
            tables[NAIVE_AREA] = _one_row(auc_delong(outcome, probability, level))
            plain = threshold_metrics(outcome, probability, threshold, level)
            tables[NAIVE_SHARE] = plain[["value", "low", "high"]]
        for interval, table in tables.items():
            rows += [(*key, metric, *figures, interval) for metric, *figures in table.itertuples()]
    return pd.DataFrame(rows, columns=[*KEYS, "metric", "value", "low", "high", "interval"])


def _one_row(area: Estimate) -> pd.DataFrame:
    return pd.DataFrame({"value": area.value, "low": area.low, "high": area.high}, index=["auc"])


def calibration_table(predictions: pd.DataFrame) -> pd.DataFrame:
    """Brier score, slope, intercept, Hosmer-Lemeshow, expected calibration error and E statistics of every model.

    Intervals and the test have the patient as their unit. A slope that does not exist (complete separation) and a test
    with too few groups are NaN.
    """
    rows = []
    for key, part in predictions.groupby(KEYS, sort=False):
        outcome, probability = part["outcome"].to_numpy(), part["probability"].to_numpy()
        patient = part["patient"].to_numpy()
        row = dict(zip(KEYS, key, strict=True)) | {"brier": brier_score(outcome, probability)}
        try:
            line = calibration_line(outcome, probability, patients=patient)
            for name in ("slope", "intercept", "in_the_large"):
                figure = getattr(line, name)
                row |= {name: figure.value, f"{name}_low": figure.low, f"{name}_high": figure.high}
        except InputError:
            row |= {"slope": np.nan, "intercept": np.nan, "in_the_large": np.nan}
        # doubled rows of the same patients must not change the number of groups
        groups = 10 if len(part["patient"].unique()) >= _MANY else 5
        try:
            test = hosmer_lemeshow(outcome, probability, groups, external=True, patients=patient)
            row |= {
                "hosmer_lemeshow": test.statistic,
                "hosmer_lemeshow_df": test.degrees,
                "hosmer_lemeshow_p": test.p,
            }
        except InputError:
            row |= {"hosmer_lemeshow": np.nan, "hosmer_lemeshow_df": np.nan, "hosmer_lemeshow_p": np.nan}
        row |= {
            "ece": expected_calibration_error(outcome, probability),
            **calibration_errors(outcome, probability),
        }
        rows.append(row)
    return pd.DataFrame(rows)


def comparison_table(
    predictions: pd.DataFrame, chosen: pd.DataFrame, level: float, naive: bool = False
) -> pd.DataFrame:
    """The feature groups against each other, each with its chosen classifier, on the same cases.

    Args:
        chosen: columns ``validation``, ``group``, ``classifier``.
        naive: adds the tests that take hips as independent and pool folds.

    Returns:
        ``first`` less ``second``: difference in AUC with interval, z and p; NRI and IDI of ``first`` over ``second`` with
        interval and p; p of the difference in accuracy at the thresholds (``mcnemar_p``). ``test`` says how:
        :data:`BY_PATIENT` (Obuchowski's paired test, McNemar's by exchange of patients, mid-p), in cross-validation
        :data:`OVER_FOLDS` (corrected t test of the folds' differences; then z is that t).
    """
    rows = []
    best = predictions.merge(chosen, on=KEYS)
    for validation, part in best.groupby("validation", sort=False):
        by_group = {name: one.sort_values("row") for name, one in part.groupby("group", sort=False)}
        for second, first in itertools.combinations(by_group, 2):
            a, b = by_group[first], by_group[second]
            named = {
                "validation": validation,
                "first": f"{first} ({a['classifier'].iloc[0]})",
                "second": f"{second} ({b['classifier'].iloc[0]})",
            }
            if validation == NESTED:
                rows.append(named | _compared_over_folds(a, b, level))
            else:
                rows.append(named | _compared(a, b, level, a["patient"].to_numpy()) | {"test": BY_PATIENT})
            if naive:
                rows.append(named | _compared(a, b, level, None) | {"test": NAIVE})
    return pd.DataFrame(rows)


def _right(part: pd.DataFrame) -> np.ndarray:
    return (part["probability"] >= part["threshold"]).to_numpy() == (part["outcome"] == 1).to_numpy()


def _compared(a: pd.DataFrame, b: pd.DataFrame, level: float, patients: np.ndarray | None) -> dict[str, Any]:
    outcome, new, old = a["outcome"].to_numpy(), a["probability"].to_numpy(), b["probability"].to_numpy()
    test = delong_test(outcome, new, old, level, patients)
    nri = continuous_nri(outcome, old, new, level, patients).total
    idi = integrated_discrimination_improvement(outcome, old, new, level, patients)
    matched = mcnemar_test(_right(a), _right(b), patients)
    return {
        "auc_difference": test.difference,
        "low": test.low,
        "high": test.high,
        "z": test.z,
        "p": test.p,
        "nri": nri.difference,
        "nri_low": nri.low,
        "nri_high": nri.high,
        "nri_p": nri.p,
        "idi": idi.difference,
        "idi_low": idi.low,
        "idi_high": idi.high,
        "idi_p": idi.p,
        "mcnemar_p": matched.p_exact if patients is None else matched.p_mid,
    }


def _compared_over_folds(a: pd.DataFrame, b: pd.DataFrame, level: float) -> dict[str, Any]:
    found = compare_over_folds(
        a["outcome"].to_numpy(),
        a["probability"].to_numpy(),
        b["probability"].to_numpy(),
        a["fold"].to_numpy(),
        _right(a),
        _right(b),
        level,
    )
    area = found["auc"]
    row = {"auc_difference": area.difference, "low": area.low, "high": area.high, "z": area.t, "p": area.p}
    for name in ("nri", "idi"):
        test = found[name]
        row |= {
            name: test.difference,
            f"{name}_low": test.low,
            f"{name}_high": test.high,
            f"{name}_p": test.p,
        }
    return row | {"mcnemar_p": found["accuracy"].p, "test": OVER_FOLDS}


def decision_table(predictions: pd.DataFrame, chosen: pd.DataFrame, level: float) -> pd.DataFrame:
    """Decision curves of the chosen classifier of every feature group, with treat all and treat none."""
    frames = []
    for validation, part in predictions.merge(chosen, on=KEYS).groupby("validation", sort=False):
        by_group = {name: one.sort_values("row") for name, one in part.groupby("group", sort=False)}
        some = next(iter(by_group.values()))
        curve = decision_curve(
            some["outcome"].to_numpy(),
            {name: one["probability"].to_numpy() for name, one in by_group.items()},
            patients=some["patient"].to_numpy(),
            level=level,
        )
        frames.append(curve.assign(validation=validation))
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
