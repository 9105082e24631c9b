"""Figures of cross-validated predictions: ranked inside each fold, where one model made all the scores, then averaged.

Scores of different folds come from different models and may not be ranked against each other: pooled, the AUC of pure
noise lies below one half, because a fold with more events was trained on fewer (Airola et al., Comput Stat Data Anal
2011;55:1828). The average of the folds' AUCs estimates the mean AUC of the fitted models (LeDell, Petersen and van der
Laan, Electron J Stat 2015;9:1583).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..clusters.areas import area_interval
from ..clusters.folds import FoldwiseTest, corrected_t_test, shared_training
from ..clusters.sums import patients_of_each_class
from ..resampling import Labels, patient_weights
from .bootstrap import weighted_auc
from .checks import check_outcome_and_probabilities, check_outcome_and_scores
from .discrimination import Estimate, delong_covariance


def auc_over_folds(
    outcome: np.ndarray,
    scores: np.ndarray,
    fold: np.ndarray,
    patients: Labels | None,
    level: float = 0.95,
) -> Estimate:
    """Mean of the folds' AUCs with an interval by patient.

    The variance within the folds (Obuchowski's, as influence curves give it) holds for the models that were fitted. What
    a new sample would change in them as well is added by the factor of shared training parts
    (:func:`..clusters.folds.shared_training`): intervals without it cover too rarely (Bates, Hastie and Tibshirani, J Am
    Stat Assoc 2024;119:1434). Logit interval, Newcombe's where every fold ranks perfectly.

    Args:
        fold: number of the fold of every row. Folds without two patients of each class are left out.
    """
    labels, values = check_outcome_and_scores(outcome, scores)
    units = np.arange(len(labels)) if patients is None else np.asarray(patients)
    areas, variances = [], []
    for rows in _folds_with_both(labels, fold, units, 2):
        one, covariance = delong_covariance(labels[rows], values[rows], units[rows])
        areas.append(float(one[0]))
        variances.append(float(covariance[0, 0]))
    if not areas:
        return Estimate(float("nan"), level=level)
    k = len(areas)
    area = float(np.mean(areas))
    variance = float(np.sum(variances)) / k**2 * (shared_training(k) if k > 1 else 1.0)
    sizes = patients_of_each_class(labels, units)
    return Estimate(area, *area_interval(area, variance, *sizes, level), level)


def bootstrap_auc_over_folds(
    outcome: np.ndarray,
    scores: np.ndarray,
    fold: np.ndarray,
    patients: Labels | None,
    n_resamples: int = 1000,
    seed: int = 0,
) -> np.ndarray:
    """Means of the folds' AUCs over resampled patients, (n_resamples,)."""
    labels, values = check_outcome_and_scores(outcome, scores)
    weights = patient_weights(patients, len(labels), n_resamples, seed)
    parts = [
        weighted_auc(labels[rows], values[rows], weights[:, rows])
        for rows in _folds_with_both(labels, fold, np.arange(len(labels)), 1)
    ]
    return np.nanmean(parts, axis=0) if parts else np.full(n_resamples, np.nan)


def compare_over_folds(
    outcome: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    fold: np.ndarray,
    first_right: np.ndarray,
    second_right: np.ndarray,
    level: float = 0.95,
) -> dict[str, FoldwiseTest]:
    """Whether the first model is better than the second in cross-validation, by the corrected resampled t test.

    DeLong's test and its like take both models as given. Here they are fitted anew in each fold on parts that share most
    cases, and the spread of the folds' differences is what tells chance from a difference
    (:func:`..clusters.folds.corrected_t_test`).

    Args:
        first, second: probabilities, (n,). first_right, second_right: whether each called the case right.

    Returns:
        ``auc``, ``nri``, ``idi`` and ``accuracy``: each the mean over folds of first less second.
    """
    labels, new = check_outcome_and_probabilities(outcome, first)
    _, old = check_outcome_and_probabilities(outcome, second)
    folds = _folds_with_both(labels, fold, np.arange(len(labels)), 1)
    right = np.asarray(first_right, float) - np.asarray(second_right, float)
    moved, change = np.sign(new - old), new - old

    def gap(values: np.ndarray) -> Callable[[np.ndarray], float]:
        return lambda rows: float(
            values[rows][labels[rows] == 1].mean() - values[rows][labels[rows] == 0].mean()
        )

    def areas(rows: np.ndarray) -> float:
        one = np.ones((1, int(rows.sum())))
        return float(
            (weighted_auc(labels[rows], new[rows], one) - weighted_auc(labels[rows], old[rows], one))[0]
        )

    def accuracy(rows: np.ndarray) -> float:
        return float(right[rows].mean())

    figures: dict[str, Callable[[np.ndarray], float]] = {
        "auc": areas,
        "nri": gap(moved),
        "idi": gap(change),
        "accuracy": accuracy,
    }
    return {
        name: corrected_t_test(np.array([figure(rows) for rows in folds]), level)
        for name, figure in figures.items()
    }


def _folds_with_both(labels: np.ndarray, fold: np.ndarray, units: np.ndarray, least: int) -> list[np.ndarray]:
    """Rows (bool) of each fold that holds at least so many patients of each class."""
    number = np.asarray(fold)
    parts = [number == k for k in np.unique(number)]
    return [rows for rows in parts if min(patients_of_each_class(labels[rows], units[rows])) >= least]
