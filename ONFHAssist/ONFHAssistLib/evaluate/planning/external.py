"""How many hips the test of a model elsewhere needs, binary outcome (Riley et al., Stat Med 2021;40:4230).

The criteria are those of R's and Stata's ``pmvalsampsize``: intervals of given widths for observed over expected, the
calibration slope, the C statistic and the net benefit. Where the package draws a million linear predictors, the
expectations are integrated here: same answer without the noise of the draw.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import beta, norm

from ...core.errors import InputError
from .criteria import Criterion, SampleSize, check_positive, check_share

_Z95 = 1.96
_NODES = 20_000


@dataclass(frozen=True)
class LinearPredictors:
    """How the log-odds of the model will spread in the new hips: points of equal probability.

    Attributes:
        values: (m,) quantiles at (k + 0.5) / m.
        words: for the report.
    """

    values: np.ndarray
    words: str

    @classmethod
    def normal(cls, mean: float, spread: float) -> LinearPredictors:
        """Normal, as mean and standard deviation."""
        check_positive("standard deviation of the log-odds", spread)
        return cls(norm.ppf(_levels(), mean, spread), f"normal, mean {mean:g}, SD {spread:g}")

    @classmethod
    def of_beta_probabilities(cls, first: float, second: float) -> LinearPredictors:
        """Probabilities with a beta distribution."""
        check_positive("first shape of the beta distribution", first)
        check_positive("second shape of the beta distribution", second)
        shares = np.clip(beta.ppf(_levels(), first, second), 1e-300, 1 - 1e-16)
        return cls(logit(shares), f"of beta({first:g}, {second:g}) probabilities")

    @classmethod
    def of_c_statistic(cls, c_statistic: float, prevalence: float) -> LinearPredictors:
        """Two normal classes of equal variance, as far apart as the C statistic says, calibrated at the prevalence.

        Riley et al. 2021, section 4.6.3: the variance is 2 times the squared normal quantile of C, and the means lie
        one variance apart, so that the model is calibrated; the paper searches the mean, which follows from Bayes.
        """
        _check_c(c_statistic)
        check_share("prevalence", prevalence)
        variance = 2 * norm.ppf(c_statistic) ** 2
        lower = math.log(prevalence / (1 - prevalence)) - variance / 2
        grid = np.linspace(-9, 9, 40_001) * math.sqrt(variance)
        grid = np.unique(np.concatenate([grid + lower, grid + lower + variance]))
        share = (1 - prevalence) * norm.cdf(grid, lower, math.sqrt(variance))
        share = share + prevalence * norm.cdf(grid, lower + variance, math.sqrt(variance))
        values = np.interp(_levels(), share, grid)
        return cls(values, f"two normal classes, C {c_statistic:g}, prevalence {prevalence:g}")


@dataclass(frozen=True)
class Widths:
    """Widths of the 95% intervals that are asked for; the defaults are those of ``pmvalsampsize``."""

    observed_to_expected: float = 0.2
    slope: float = 0.2
    c_statistic: float = 0.1
    net_benefit: float = 0.2


def _levels() -> np.ndarray:
    return (np.arange(_NODES) + 0.5) / _NODES


def _check_c(c_statistic: float) -> None:
    if not 0.5 < c_statistic < 1:
        raise InputError(f"The C statistic is {c_statistic:g}; a number between 0.5 and 1 is needed.")


def error_of_ratio(width: float, ratio: float = 1.0) -> float:
    """Standard error of the logarithm of observed over expected whose interval has this width.

    Rounded up to four digits, as the published tables have it.
    """
    check_positive("width of the interval of observed over expected", width)
    return math.ceil(1e4 * math.asinh(width / (2 * ratio)) / _Z95) / 1e4


def hips_for_slope(predictors: LinearPredictors, error: float) -> float:
    """Hips at which the calibration slope has this standard error (Riley et al. 2021, equation 7), not rounded."""
    x = predictors.values
    information = expit(x) * expit(-x)
    i00, i01, i11 = (float(np.mean(information * x**k)) for k in range(3))
    return i00 / (error**2 * (i00 * i11 - i01**2))


def error_of_c(c_statistic: float, hips: float, prevalence: float) -> float:
    """Standard error of a C statistic (Newcombe, Stat Med 2006;25:559, method 4)."""
    half = hips / 2 - 1
    above = c_statistic * (1 - c_statistic)
    above *= 1 + half * (1 - c_statistic) / (2 - c_statistic) + half * c_statistic / (1 + c_statistic)
    return math.sqrt(above / (hips**2 * prevalence * (1 - prevalence)))


def hips_for_net_benefit(
    sensitivity: float, specificity: float, prevalence: float, threshold: float, error: float
) -> float:
    """Hips at which the standardised net benefit has this standard error (Riley et al. 2021, equation 12)."""
    w = (1 - prevalence) / prevalence * threshold / (1 - threshold)
    terms = (
        sensitivity * (1 - sensitivity) / prevalence,
        w**2 * specificity * (1 - specificity) / (1 - prevalence),
        w**2 * (1 - specificity) ** 2 / (prevalence * (1 - prevalence)),
    )
    return sum(terms) / error**2


def size_for_binary_validation(
    prevalence: float,
    c_statistic: float,
    predictors: LinearPredictors,
    widths: Widths | None = None,
    threshold: float | None = None,
    sensitivity: float | None = None,
    specificity: float | None = None,
) -> SampleSize:
    """Hips for the test of a model on hips of another centre.

    Args:
        prevalence: expected share of hips with the outcome.
        c_statistic: expected.
        predictors: expected spread of the log-odds.
        widths: of the intervals.
        threshold: of the probability, where the net benefit matters too; sensitivity and specificity there follow
            from ``predictors`` unless they are given.

    Raises:
        InputError: a number out of range.
    """
    check_share("prevalence", prevalence)
    _check_c(c_statistic)
    widths = widths or Widths()
    ratio_error = error_of_ratio(widths.observed_to_expected)
    first = math.ceil((1 - prevalence) / (prevalence * ratio_error**2) - 1e-9)
    slope_error = check_positive("width of the interval of the slope", widths.slope) / (2 * _Z95)
    second = math.ceil(hips_for_slope(predictors, slope_error))
    c_error = check_positive("width of the interval of the C statistic", widths.c_statistic) / (2 * _Z95)
    third = math.ceil(brentq(lambda n: error_of_c(c_statistic, n, prevalence) - c_error, 4, 1e9))
    criteria = [
        Criterion(
            f"Observed over expected, interval {widths.observed_to_expected:g} wide",
            first,
            f"SE of its logarithm {ratio_error:.3f}",
        ),
        Criterion(f"Calibration slope, interval {widths.slope:g} wide", second, f"SE {slope_error:.3f}"),
        Criterion(f"C statistic, interval {widths.c_statistic:g} wide", third, f"SE {c_error:.4f}"),
    ]
    if threshold is not None:
        check_share("threshold", threshold)
        risk = expit(predictors.values)
        if sensitivity is None or specificity is None:
            above = risk >= threshold
            sensitivity = float(risk[above].sum() / risk.sum())
            specificity = float((1 - risk)[~above].sum() / (1 - risk).sum())
        error = check_positive("width of the interval of the net benefit", widths.net_benefit) / (2 * _Z95)
        # the published table rounds the standard error to 0.051
        fourth = math.ceil(
            hips_for_net_benefit(sensitivity, specificity, prevalence, threshold, round(error, 3))
        )
        detail = f"sensitivity {sensitivity:.2f}, specificity {specificity:.2f} at {threshold:g}"
        criteria.append(
            Criterion(f"Standardised net benefit, interval {widths.net_benefit:g} wide", fourth, detail)
        )
    hips = max(one.hips for one in criteria)
    return SampleSize(hips, hips * prevalence, tuple(criteria), {"prevalence": prevalence})
