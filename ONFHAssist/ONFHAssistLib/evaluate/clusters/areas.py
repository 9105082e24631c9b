"""Areas under ROC curves where a patient has two hips, and intervals that stay inside 0 to 1 without closing at 1."""

from __future__ import annotations

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import norm

from ..resampling import Labels
from .sums import covariance_of_two_means, patients_of_each_class

_TINY = 1e-12


def obuchowski_covariance(
    of_events: np.ndarray, of_others: np.ndarray, outcome: np.ndarray, patients: Labels | None
) -> np.ndarray:
    """Covariance of AUCs of clustered data (Obuchowski, Biometrics 1997;53:567); DeLong's with one row a patient.

    Args:
        of_events, of_others: structural components, (models, m) and (models, n), as
            :func:`..binary.discrimination.delong_components` gives them.
        outcome: 0/1, (m + n,), in the order of the rows.
    """
    return covariance_of_two_means(of_events, of_others, outcome, patients)


def logit_interval(value: float, error: float, level: float = 0.95) -> tuple[float, float]:
    """Interval symmetric in the log-odds, so that it stays within 0 to 1 (Qin and Hotilovac, Stat Methods Med Res
    2008;17:207; Pepe 2003, The Statistical Evaluation of Medical Tests, 5.2.4)."""
    width = norm.ppf(0.5 + level / 2) * error / (value * (1 - value))
    centre = logit(value)
    return float(expit(centre - width)), float(expit(centre + width))


def newcombe_interval(
    area: float, n_events: float, n_others: float, level: float = 0.95
) -> tuple[float, float]:
    """Score interval of an AUC from sizes alone, which has a width at 0 and 1 too.

    Newcombe, Stat Med 2006;25:559, method 5. The standard error at each candidate is Hanley and McNeil's (Radiology
    1982;143:29) with both sizes in its brackets replaced by their mean, and the bounds are the candidates that a z test
    just accepts.
    """
    z = float(norm.ppf(0.5 + level / 2))
    middle = (n_events + n_others) / 2

    def distance(candidate: float) -> float:
        rest = (middle - 1) * ((1 - candidate) / (2 - candidate) + candidate / (1 + candidate))
        variance = candidate * (1 - candidate) * (1 + rest) / (n_events * n_others)
        return abs(area - candidate) - z * float(np.sqrt(variance))

    def bound(end: float) -> float:
        inner = min(max(area, _TINY), 1 - _TINY)
        edge = min(max(end, _TINY), 1 - _TINY)
        if abs(area - end) < _TINY or distance(edge) <= 0:
            return end
        return float(brentq(distance, edge, inner, xtol=1e-12))

    return bound(0.0), bound(1.0)


def area_interval(
    area: float, variance: float, n_events: float, n_others: float, level: float = 0.95
) -> tuple[float, float]:
    """Logit interval from a variance; where the ranking is perfect (or shows no variance), Newcombe's from the sizes.

    Args:
        n_events, n_others: patients with an event in a hip, and with a hip without.
    """
    if variance <= _TINY or not _TINY < area < 1 - _TINY:
        return newcombe_interval(area, n_events, n_others, level)
    return logit_interval(area, float(np.sqrt(variance)), level)


def mover_difference(
    areas: np.ndarray,
    variances: np.ndarray,
    outcome: np.ndarray,
    patients: Labels | None,
    level: float = 0.95,
) -> tuple[float, float]:
    """Bounds of the first of two AUCs less the second from the bounds of each, as if they were independent.

    Zou and Donner, Stat Med 2008;27:1693. Wider than a paired interval; for differences that show no variance.
    """
    sizes = patients_of_each_class(outcome, patients)
    (a, b), gap = areas, float(areas[0] - areas[1])
    (low_a, high_a), (low_b, high_b) = (
        area_interval(float(area), float(v), *sizes, level) for area, v in zip(areas, variances, strict=True)
    )
    return gap - float(np.hypot(a - low_a, high_b - b)), gap + float(np.hypot(high_a - a, b - low_b))
