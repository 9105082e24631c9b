"""How features relate to the outcome and to each other, for all columns at once."""

from __future__ import annotations

import warnings

import numpy as np
from scipy.stats import norm, rankdata
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path_gram, lasso_path

_LARS_FEATURES = 128


def mann_whitney(values: np.ndarray, outcome: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mann-Whitney U of class 1 and its two-sided p for every column at once.

    Normal approximation with tie and continuity correction, as R's ``wilcox.test(exact = FALSE)``.

    Args:
        values: shape (n, p), finite.
        outcome: 0/1, shape (n,).

    Returns:
        U and p, each of shape (p,). A constant column has p = 1.
    """
    n = len(outcome)
    events = int(outcome.sum())
    others = n - events
    ranks = rankdata(values, axis=0)
    statistic = ranks[outcome == 1].sum(axis=0) - events * (events + 1) / 2
    # sum of t^3 - t over ties is 12 times what averaging takes from the sum of squared ranks
    ties = np.round(12 * (n * (n + 1) * (2 * n + 1) / 6 - (ranks**2).sum(axis=0)))
    variance = events * others / 12 * ((n + 1) - ties / (n * (n - 1)))
    away = statistic - events * others / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (away - 0.5 * np.sign(away)) / np.sqrt(variance)
    p = np.minimum(1.0, 2 * norm.sf(np.abs(z)))
    return statistic, np.where(variance > 0, p, 1.0)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """p-values adjusted for the false discovery rate (Benjamini and Hochberg, J R Stat Soc B 1995;57:289)."""
    n = len(p)
    order = np.argsort(p)[::-1]
    adjusted = np.minimum.accumulate(p[order] * n / np.arange(n, 0, -1))
    result = np.empty(n)
    result[order] = np.minimum(1.0, adjusted)
    return result


def correlations(values: np.ndarray, precision: type = np.float64) -> np.ndarray:
    """Pearson correlations of all columns, shape (p, p), as ``precision``; a constant column correlates with none."""
    centred = values - values.mean(axis=0)
    norms = np.sqrt((centred**2).sum(axis=0))
    unit = (centred / np.where(norms > 0, norms, 1)).astype(precision)
    return unit.T @ unit


def f_statistic(values: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    """F of the one-way analysis of variance between the two classes for every column, shape (p,)."""
    first, second = values[outcome == 1], values[outcome == 0]
    between = len(first) * len(second) / len(values) * (first.mean(axis=0) - second.mean(axis=0)) ** 2
    within = first.var(axis=0) * len(first) + second.var(axis=0) * len(second)
    return between / (np.maximum(within, 1e-300) / (len(values) - 2))


def lasso_coefficients(
    values: np.ndarray, target: np.ndarray, lambdas: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """LASSO coefficients, shape (p, n_lambdas), and intercepts at each penalty (largest first).

    Few features: the exact piecewise linear path (Efron et al., Ann Stat 2004;32:407), read off at the penalties.
    Many, or where rounding spoils the path: coordinate descent.
    """
    n, p = values.shape
    centre, level = values.mean(axis=0), target.mean()
    centred = np.asfortranarray(values - centre)
    gram, product = centred.T @ centred, centred.T @ (target - level)
    coef = _lars(gram, product, n, lambdas) if p <= _LARS_FEATURES else None
    if coef is None:
        with warnings.catch_warnings():
            # with more features than cases the smallest penalties approach an optimum that is not unique
            warnings.simplefilter("ignore", ConvergenceWarning)
            _, coef, _ = lasso_path(
                centred, target - level, alphas=lambdas, precompute=gram, tol=1e-7, max_iter=20_000
            )
    return coef, level - centre @ coef


def _lars(gram: np.ndarray, product: np.ndarray, n: int, lambdas: np.ndarray) -> np.ndarray | None:
    """The exact path at ``lambdas``, or None where it breaks the conditions of the optimum."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a dropped degenerate feature shows in the check below
        knots, _, path = lars_path_gram(
            product, gram, n_samples=n, method="lasso", alpha_min=float(lambdas[-1])
        )
    if len(knots) < 2 or knots[-1] > lambdas[-1] * (1 + 1e-9):
        return None
    right = np.clip(np.searchsorted(-knots, -lambdas), 1, len(knots) - 1)
    gap = knots[right - 1] - knots[right]
    share = np.clip((knots[right - 1] - lambdas) / np.where(gap > 0, gap, 1), 0, 1)
    coef = path[:, right - 1] * (1 - share) + path[:, right] * share
    # Karush-Kuhn-Tucker: the gradient is lambda * sign(b) where b is not 0, and within lambda elsewhere
    gradient = (product[:, None] - gram @ coef) / n
    off = np.where(coef != 0, np.abs(gradient - lambdas * np.sign(coef)), np.abs(gradient) - lambdas)
    return coef if off.max() <= 1e-7 * lambdas[0] else None
