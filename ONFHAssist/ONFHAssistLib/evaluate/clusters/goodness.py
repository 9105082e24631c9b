"""Goodness of fit over groups of like probability where a patient has two hips."""

from __future__ import annotations

import numpy as np
from scipy.stats import chi2

from ..resampling import Labels
from .sums import patient_sums


def scaled_chi_square(
    residuals: np.ndarray, group: np.ndarray, variance: np.ndarray, patients: Labels | None
) -> tuple[float, float, float]:
    """A chi-square over groups, scaled to the variance that patients show.

    Under the null the sum of ``(observed - expected)^2 / variance`` is a weighted sum of chi-squares, the weights being
    the eigenvalues of the covariance by patient over ``variance``. Their sum scales the statistic and their spread its
    degrees of freedom (Rao and Scott, Ann Stat 1984;12:46, second order, after Satterthwaite). The sum of squared
    eigenvalues is taken over pairs of different patients, so that chance in the covariance does not add to it.

    Args:
        residuals: outcome less probability, (n,).
        group: number of the group of every row, from 0, (n,).
        variance: of ``observed - expected`` of each group if hips were independent, (groups,), all above 0.

    Returns:
        Statistic, degrees of freedom, p.
    """
    one = np.zeros((len(residuals), len(variance)))
    one[np.arange(len(residuals)), group] = residuals
    sums = patient_sums(one, patients) / np.sqrt(variance)
    raw = float((sums.sum(axis=0) ** 2).sum())
    trace = float((sums**2).sum())
    products = sums @ sums.T
    people = len(sums)
    square = float((products**2).sum() - (np.diag(products) ** 2).sum()) * people / max(people - 1, 1)
    k = len(variance)
    # eigenvalues of k groups: their squares sum to between trace^2 / k (all alike) and trace^2 (one alone)
    square = float(np.clip(square, trace**2 / k, trace**2))
    degrees = trace**2 / square
    statistic = raw * trace / square
    return statistic, degrees, float(chi2.sf(statistic, degrees))
