"""Intervals by drawing patients, not hips: both hips of a patient go in or stay out together.

The resamples are whole-number weights of the rows, so that the figures of all resamples come from a few matrix
products instead of a loop.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..resampling import patient_weights
from .checks import check_outcome_and_scores
from .discrimination import Estimate, auc, threshold_metrics


def weighted_auc(outcome: np.ndarray, scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """AUC of one score under each row of ``weights``; NaN where a class is absent.

    Args:
        outcome: 0/1, shape (n,).
        scores: shape (n,).
        weights: shape (resamples, n).
    """
    order = np.argsort(scores, kind="stable")
    ranked, labels = scores[order], np.asarray(outcome)[order]
    drawn = weights[:, order].astype(np.float64)
    others = np.cumsum(drawn * (labels == 0), axis=1)
    others = np.concatenate([np.zeros((len(drawn), 1)), others], axis=1)
    first = np.searchsorted(ranked, ranked, side="left")
    last = np.searchsorted(ranked, ranked, side="right")
    below = 0.5 * (others[:, first] + others[:, last])
    events = drawn * (labels == 1)
    pairs = events.sum(axis=1) * others[:, -1]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(pairs > 0, (events * below).sum(axis=1) / pairs, np.nan)


def bootstrap_auc(
    outcome: np.ndarray,
    scores: np.ndarray,
    patients: np.ndarray | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Estimate:
    """AUC with the percentile interval over resampled patients."""
    labels, values = check_outcome_and_scores(outcome, scores)
    sample = weighted_auc(labels, values, patient_weights(patients, len(labels), n_resamples, seed))
    low, high = np.nanquantile(sample, [0.5 - level / 2, 0.5 + level / 2])
    return Estimate(float(auc(labels, values)), float(low), float(high), level)


def bootstrap_metrics(
    outcome: np.ndarray,
    probability: np.ndarray,
    threshold: float | np.ndarray,
    patients: np.ndarray | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> pd.DataFrame:
    """AUC, Brier score and the figures at a fixed threshold with percentile intervals over resampled patients.

    Args:
        outcome, probability: shape (n,).
        threshold: chosen on training data; one for all, or one a row where folds have their own.

    Returns:
        Indexed by the metric; columns ``value``, ``low``, ``high``.
    """
    labels, values = check_outcome_and_scores(outcome, probability)
    weights = patient_weights(patients, len(labels), n_resamples, seed)
    called, event = values >= threshold, labels == 1
    # integer products have no fast routine
    cells = np.stack([called & event, called & ~event, ~called & ~event, ~called & event], axis=1).astype(
        float
    )
    tp, fp, tn, fn = (weights.astype(float) @ cells).T
    with np.errstate(invalid="ignore", divide="ignore"):
        sample = {
            "accuracy": (tp + tn) / (tp + fp + tn + fn),
            "sensitivity": tp / (tp + fn),
            "specificity": tn / (tn + fp),
            "ppv": tp / (tp + fp),
            "npv": tn / (tn + fn),
            "precision": tp / (tp + fp),
            "recall": tp / (tp + fn),
            "f1": 2 * tp / (2 * tp + fp + fn),
            "auc": weighted_auc(labels, values, weights),
            "brier": (weights @ (values - labels) ** 2) / weights.sum(axis=1),
        }
    point = threshold_metrics(labels, values, threshold)["value"].to_dict()
    point |= {"auc": float(auc(labels, values)), "brier": float(np.mean((values - labels) ** 2))}
    bounds = [0.5 - level / 2, 0.5 + level / 2]
    rows = {}
    for name, figures in sample.items():
        finite = figures[np.isfinite(figures)]
        low, high = np.quantile(finite, bounds) if len(finite) else (np.nan, np.nan)
        rows[name] = (point[name], float(low), float(high))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high"])


def bootstrap_interval(
    figure: Callable[[np.ndarray], float],
    n_rows: int,
    patients: np.ndarray | None = None,
    n_resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Estimate:
    """Any figure with its percentile interval; slower than the functions above, one call a resample.

    Args:
        figure: takes row numbers (with repeats) and gives the figure, NaN where it cannot be had.
    """
    weights = patient_weights(patients, n_rows, n_resamples, seed)
    rows = np.arange(n_rows)
    sample = np.array([figure(np.repeat(rows, weight)) for weight in weights])
    low, high = np.nanquantile(sample, [0.5 - level / 2, 0.5 + level / 2])
    return Estimate(float(figure(rows)), float(low), float(high), level)
