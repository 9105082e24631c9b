"""From held-out probabilities to the tables of a paper."""

from __future__ import annotations

import itertools

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
from ..evaluate.binary.discrimination import auc_delong, delong_test, threshold_metrics
from ..evaluate.binary.usefulness import decision_curve
from ..tabular.protocol import DlrProtocol

KEYS = ["validation", "group", "classifier"]


def performance_table(predictions: pd.DataFrame, protocol: DlrProtocol) -> pd.DataFrame:
    """Every figure of every model with its interval.

    Args:
        predictions: columns ``validation``, ``group``, ``classifier``, ``row``, ``patient``, ``outcome``,
            ``probability``, ``threshold``.

    Returns:
        Columns ``validation``, ``group``, ``classifier``, ``metric``, ``value``, ``low``, ``high``, ``interval``
        ("bootstrap by patient", and for the AUC also "DeLong", for the proportions and F1 also "Wilson").
    """
    rows = []
    for key, part in predictions.groupby(KEYS, sort=False):
        outcome, probability = part["outcome"].to_numpy(), part["probability"].to_numpy()
        threshold = part["threshold"].to_numpy()
        sample = bootstrap_metrics(
            outcome,
            probability,
            threshold,
            part["patient"].to_numpy(),
            protocol.bootstraps,
            protocol.seed,
            protocol.level,
        )
        closed = auc_delong(outcome, probability, protocol.level)
        wilson = threshold_metrics(outcome, probability, threshold, protocol.level)
        tables = {
            "bootstrap by patient": sample,
            "DeLong": pd.DataFrame(
                {"value": closed.value, "low": closed.low, "high": closed.high}, index=["auc"]
            ),
            "Wilson": wilson[["value", "low", "high"]],
        }
        for interval, table in tables.items():
            rows += [(*key, metric, *figures, interval) for metric, *figures in table.itertuples()]
    return pd.DataFrame(rows, columns=[*KEYS, "metric", "value", "low", "high", "interval"])


def calibration_table(predictions: pd.DataFrame) -> pd.DataFrame:
    """Brier score, slope, intercept, Hosmer-Lemeshow, expected calibration error and E statistics of every model.

    A slope that does not exist (complete separation) and a test with too few groups are NaN.
    """
    rows = []
    for key, part in predictions.groupby(KEYS, sort=False):
        outcome, probability = part["outcome"].to_numpy(), part["probability"].to_numpy()
        row = dict(zip(KEYS, key, strict=True)) | {"brier": brier_score(outcome, probability)}
        try:
            line = calibration_line(outcome, probability)
            for name in ("slope", "intercept", "in_the_large"):
                figure = getattr(line, name)
                row |= {name: figure.value, f"{name}_low": figure.low, f"{name}_high": figure.high}
        except InputError:
            row |= {"slope": np.nan, "intercept": np.nan, "in_the_large": np.nan}
        try:
            test = hosmer_lemeshow(outcome, probability, external=True)
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


def comparison_table(predictions: pd.DataFrame, chosen: pd.DataFrame, level: float) -> pd.DataFrame:
    """The feature groups against each other, each with its chosen classifier, on the same cases.

    Args:
        chosen: columns ``validation``, ``group``, ``classifier``.

    Returns:
        ``first`` less ``second``: difference in AUC with interval, z and p (paired DeLong); NRI and IDI of ``first`` over
        ``second`` with p; McNemar's exact p at the thresholds.
    """
    rows = []
    best = predictions.merge(chosen, on=KEYS)
    for validation, part in best.groupby("validation", sort=False):
        by_group = {name: one.sort_values("row") for name, one in part.groupby("group", sort=False)}
        for second, first in itertools.combinations(by_group, 2):
            a, b = by_group[first], by_group[second]
            outcome, new, old = (
                a["outcome"].to_numpy(),
                a["probability"].to_numpy(),
                b["probability"].to_numpy(),
            )
            test = delong_test(outcome, new, old, level)
            nri = continuous_nri(outcome, old, new, level).total
            idi = integrated_discrimination_improvement(outcome, old, new, level)
            right = [(one["probability"] >= one["threshold"]).to_numpy() == (outcome == 1) for one in (a, b)]
            rows.append(
                {
                    "validation": validation,
                    "first": f"{first} ({a['classifier'].iloc[0]})",
                    "second": f"{second} ({b['classifier'].iloc[0]})",
                    "auc_difference": test.difference,
                    "low": test.low,
                    "high": test.high,
                    "z": test.z,
                    "p": test.p,
                    "nri": nri.difference,
                    "nri_p": nri.p,
                    "idi": idi.difference,
                    "idi_p": idi.p,
                    "mcnemar_p": mcnemar_test(*right).p_exact,
                }
            )
    return pd.DataFrame(rows)


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
