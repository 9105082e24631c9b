"""Figures of cross-validation: computed inside each fold and averaged, with an interval that knows what folds share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import t as student


@dataclass(frozen=True)
class FoldwiseTest:
    """Mean of the folds' figures with its standard error, t, degrees of freedom, two-sided p and interval."""

    difference: float
    standard_error: float
    t: float
    degrees: int
    p: float
    low: float
    high: float


def shared_training(n_folds: int) -> float:
    """By how much the variance of a mean over folds exceeds that of independent folds: 1 + K / (K - 1).

    Any two training parts of K folds share most of their cases. Nadeau and Bengio, Mach Learn 2003;52:239: the variance
    of the mean of J results is ``(1 / J + n_test / n_train)`` times theirs, here with J = K and
    n_test / n_train = 1 / (K - 1).
    """
    return 1 + n_folds / (n_folds - 1)


def corrected_t_test(folds: np.ndarray, level: float = 0.95) -> FoldwiseTest:
    """Whether the mean over folds differs from 0: the corrected resampled t test (Nadeau and Bengio, 2003).

    Args:
        folds: the figure in each fold, such as a difference in AUC; NaN where a fold cannot have one.
    """
    values = np.asarray(folds, float)
    values = values[np.isfinite(values)]
    k = len(values)
    if k < 2:
        nothing = float("nan")
        mean = float(values.mean()) if k else nothing
        return FoldwiseTest(mean, nothing, nothing, max(k - 1, 0), nothing, nothing, nothing)
    mean = float(values.mean())
    error = float(np.sqrt(values.var(ddof=1) / k * shared_training(k)))
    if error <= 1e-12:
        same = abs(mean) <= 1e-12
        statistic = 0.0 if same else float(np.copysign(np.inf, mean))
        # folds without any spread say nothing of chance: no p but 1 where nothing differs
        return FoldwiseTest(mean, error, statistic, k - 1, 1.0 if same else float("nan"), mean, mean)
    statistic = mean / error
    margin = float(student.ppf(0.5 + level / 2, k - 1)) * error
    p = float(2 * student.sf(abs(statistic), k - 1))
    return FoldwiseTest(mean, error, statistic, k - 1, p, mean - margin, mean + margin)
