"""How features relate to the outcome and to each other, for all columns at once."""

from __future__ import annotations

import warnings

import numpy as np
from scipy.stats import norm
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import lars_path_gram, lasso_path

_LARS_FEATURES = 128


class RankedColumns:
    """Columns sorted once, so that any resample of the rows is ranked in one pass.

    Attributes:
        values, order: (p, n) the columns as rows, and what sorts each.
    """

    def __init__(self, values: np.ndarray) -> None:
        self.values = np.ascontiguousarray(np.asarray(values, float).T)
        self.order = np.argsort(self.values, axis=1, kind="stable")

    def mann_whitney(
        self,
        outcome: np.ndarray,
        count: np.ndarray | None = None,
        patients: np.ndarray | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """As :func:`mann_whitney`; ``count`` (n,) says how often each row counts, once by default.

        A patient who is drawn twice is two patients, as a bootstrap of patients takes it.
        """
        from .rank_sums import clustered_rank_sums, rank_sums

        event = np.asarray(outcome) == 1
        weight = np.ones(event.size) if count is None else np.asarray(count, float)
        n = people = float(weight.sum())
        events = float(weight[event].sum())
        others = n - events
        effect = np.ones(1)
        if patients is not None:
            code = np.unique(patients, return_inverse=True)[1]
            drawn = np.zeros(int(code.max()) + 1)
            np.maximum.at(drawn, code, weight)
            people = float(drawn.sum())
        if people < n:
            sums, ties, effect = clustered_rank_sums(self.order, self.values, weight, event, code, drawn)
        else:
            sums, ties = rank_sums(self.order, self.values, weight, event)
        statistic = sums - events * (events + 1) / 2
        # with one hip a patient this is events * others / 12 * ((n + 1) - ties / (n * (n - 1))), the textbook's
        spread = np.maximum(n**3 - n - ties, 0) / 12
        variance = events * others / n**2 * spread * people / max(people - 1, 1) * effect
        away = np.maximum(np.abs(statistic - events * others / 2) - 0.5 * (n / people) ** 2, 0)
        z = np.divide(away, np.sqrt(variance), out=np.zeros(away.size), where=variance > 0)
        return statistic, 2 * norm.sf(z)


def mann_whitney(
    values: np.ndarray, outcome: np.ndarray, patients: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Mann-Whitney U of class 1 and its two-sided p for every column at once.

    Normal approximation with tie and continuity correction, as R's ``wilcox.test(exact = FALSE)``. Hips of one patient
    are alike: with ``patients`` the variance is multiplied by the design effect of the ranks, that is, it is taken
    from sums over patients (clustered rank sums with the group known by hip: Rosner, Glynn and Lee, Biometrics
    2006;62:1251; the design effect as Rao and Scott, Biometrics 1992;48:577). With one hip a patient it is R's.

    Args:
        values: shape (n, p), finite.
        outcome: 0/1, shape (n,).
        patients: shape (n,); None takes the hips as independent.

    Returns:
        U and p, each of shape (p,). A constant column has p = 1.
    """
    return RankedColumns(values).mann_whitney(outcome, patients=patients)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """p-values adjusted for the false discovery rate (Benjamini and Hochberg, J R Stat Soc B 1995;57:289)."""
    n = len(p)
    order = np.argsort(p)[::-1]
    adjusted = np.minimum.accumulate(p[order] * n / np.arange(n, 0, -1))
    result = np.empty(n)
    result[order] = np.minimum(1.0, adjusted)
    return result


def correlations(
    values: np.ndarray, precision: type = np.float64, count: np.ndarray | None = None
) -> np.ndarray:
    """Pearson correlations of all columns, shape (p, p), as ``precision``; a constant column correlates with none.

    Row i of ``values`` (n, p) counts ``count[i]`` times, once by default.
    """
    if count is None:
        centred = values - values.mean(axis=0)
    else:
        centred = (values - np.average(values, axis=0, weights=count)) * np.sqrt(count)[:, None]
    norms = np.sqrt((centred**2).sum(axis=0))
    unit = (centred / np.where(norms > 0, norms, 1)).astype(precision)
    return unit.T @ unit


def redundant(
    values: np.ndarray,
    order: np.ndarray,
    limit: float,
    precision: type = np.float64,
    count: np.ndarray | None = None,
) -> np.ndarray:
    """Which column makes each other one redundant, shape (p,); -1 for those that stay.

    Columns are visited in ``order`` (positions, the best first); each one that stays removes those after it whose
    Pearson ``|r|`` with it is beyond ``limit``.

    Args:
        values: shape (n, p).
        precision: of the correlations.
        count: shape (n,), how often each row counts.
    """
    from .rank_sums import first_rivals

    rival = np.full(len(order), -1)
    found = first_rivals(np.abs(correlations(values[:, order], precision, count)) > limit)
    rival[order] = np.where(found < 0, -1, np.asarray(order)[found])
    return rival


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
