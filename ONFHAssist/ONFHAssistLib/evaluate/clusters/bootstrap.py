"""Bootstrap intervals of any figure with the patient as the unit: percentile, or corrected for bias and acceleration."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.stats import norm

from ..resampling import Labels, patient_numbers, patient_weights

PERCENTILE, BCA = "percentile", "bca"


def percentile_bounds(sample: np.ndarray, level: float = 0.95) -> tuple[float, float]:
    """Quantiles of the resamples that have a figure; NaN where none has."""
    finite = np.asarray(sample)[np.isfinite(sample)]
    if not len(finite):
        return float("nan"), float("nan")
    low, high = np.quantile(finite, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def bca_bounds(
    value: float, sample: np.ndarray, left_out: np.ndarray, level: float = 0.95
) -> tuple[float, float]:
    """Bias-corrected and accelerated bounds (Efron, J Am Stat Assoc 1987;82:171).

    Args:
        value: the figure. sample: its resamples. left_out: the figure without each patient in turn.
    """
    finite = np.asarray(sample)[np.isfinite(sample)]
    rest = np.asarray(left_out)[np.isfinite(left_out)]
    spread = rest.mean() - rest if len(rest) else np.zeros(1)
    if not len(finite) or np.ptp(finite) == 0 or (spread**2).sum() == 0:
        return percentile_bounds(sample, level)
    below = ((finite < value).sum() + 0.5 * (finite == value).sum()) / len(finite)
    if not 0 < below < 1:
        return percentile_bounds(sample, level)
    bias = norm.ppf(below)
    acceleration = (spread**3).sum() / (6 * (spread**2).sum() ** 1.5)
    z = bias + norm.ppf([0.5 - level / 2, 0.5 + level / 2])
    low, high = np.quantile(finite, norm.cdf(bias + z / (1 - acceleration * z)))
    return float(low), float(high)


def patient_bootstrap(
    figure: Callable[[np.ndarray], np.ndarray],
    n_rows: int,
    patients: Labels | None,
    n_resamples: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    kind: str = BCA,
) -> tuple[float, float, float]:
    """Value, low and high of a figure under weights of the rows.

    Args:
        figure: takes weights (resamples, n_rows), whole numbers, and gives (resamples,); NaN where it cannot be had.
        kind: "bca" or "percentile".
    """
    value = float(figure(np.ones((1, n_rows), int))[0])
    sample = figure(patient_weights(patients, n_rows, n_resamples, seed))
    if kind == PERCENTILE:
        return value, *percentile_bounds(sample, level)
    number = patient_numbers(patients, n_rows)
    without = (number[None, :] != np.arange(int(number.max()) + 1)[:, None]).astype(int)
    return value, *bca_bounds(value, sample, figure(without), level)
