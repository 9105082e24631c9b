"""How many hips the test of a survival model elsewhere needs (Riley et al., Stat Med 2022;41:1280).

The paper simulates cohorts of a size, fits the calibration slope of pseudo-observations at the horizon on the
complementary log-log scale, and looks for the size at which its robust standard error is small enough. The error
falls with the square root of the number of hips, so that one large simulated cohort says all that is needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from ...core.errors import InputError
from ..survival.metrics import concordance
from .criteria import Criterion, SampleSize, check_positive, check_share
from .external import Widths

_Z95 = 1.96
_LARGE = 100_000  # hips of the simulated cohort
_FOR_C = 3_000  # of those, for the concordance, which compares pairs


@dataclass(frozen=True)
class ExpectedCohort:
    """What the new hips will be like.

    Attributes:
        spread: standard deviation of the log hazard that the model gives; see :func:`.development.spread_from_c`.
        survival: share without the event at the horizon.
        horizon: at which risks are judged, any unit of time.
        followed: share of hips still followed at the horizon, the event left aside.
    """

    spread: float
    survival: float
    horizon: float
    followed: float

    def __post_init__(self) -> None:
        check_positive("spread of the log hazard", self.spread)
        check_share("survival at the horizon", self.survival)
        check_positive("horizon", self.horizon)
        if not 0 < self.followed <= 1:
            raise InputError(
                f"The share of hips followed to the horizon is {self.followed:g}; above 0 and up to 1 is accepted."
            )


def spread_from_d(d_statistic: float) -> float:
    """Standard deviation of the log hazard from Royston and Sauerbrei's D (Stat Med 2004;23:723)."""
    return check_positive("D statistic", d_statistic) / math.sqrt(8 / math.pi)


def pseudo_risks(time: np.ndarray, event: np.ndarray, horizon: float) -> np.ndarray:
    """Jackknife pseudo-observations of the risk by ``horizon``, (n,), each from the Kaplan-Meier curve without that hip.

    Andersen et al., Biometrika 2003;90:15. In O(n log n): leaving a hip out lowers the numbers at risk up to its time.
    """
    n = len(time)
    times, inverse = np.unique(np.minimum(time, horizon), return_inverse=True)
    counted = event & (time <= horizon)
    d = np.bincount(inverse, weights=counted, minlength=len(times))
    left = np.bincount(inverse, minlength=len(times))
    at_risk = n - np.concatenate([[0], np.cumsum(left)[:-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        whole = np.log1p(-d / at_risk)
        without = np.where(at_risk > 1, np.log1p(-d / np.maximum(at_risk - 1, 1)), 0.0)
        own = np.where(at_risk > 1, np.log1p(-np.maximum(d - 1, 0) / np.maximum(at_risk - 1, 1)), 0.0)
    before = np.concatenate([[0.0], np.cumsum(without)[:-1]])
    after = whole.sum() - np.cumsum(whole)
    at_own = np.where(counted, own[inverse], without[inverse])
    log_survival = before[inverse] + at_own + after[inverse]
    return np.asarray(n * (1 - np.exp(whole.sum())) - (n - 1) * (1 - np.exp(log_survival)))


def error_of_slope(pseudo: np.ndarray, log_cumulative_hazard: np.ndarray) -> float:
    """Robust standard error of the calibration slope, complementary log-log link, where the model is right."""
    x = log_cumulative_hazard
    risk = -np.expm1(-np.exp(x))
    gradient = np.exp(x - np.exp(x))[:, None] * np.column_stack([np.ones_like(x), x])
    bread = np.linalg.inv(gradient.T @ gradient)
    meat = gradient * (pseudo - risk)[:, None]
    return float(np.sqrt((bread @ (meat.T @ meat) @ bread)[1, 1]))


def size_for_survival_validation(
    expected: ExpectedCohort, widths: Widths | None = None, seed: int = 0
) -> SampleSize:
    """Hips for the test of a survival model on hips of another centre.

    Args:
        expected: the new hips.
        widths: of the 95% intervals; that of the net benefit is not used.
        seed: of the simulated cohort.
    """
    widths = widths or Widths()
    rng = np.random.default_rng(seed)
    # quantiles in place of draws: the spread of the log hazard is then exactly the one that was asked for
    log_hazard = expected.spread * ndtri((rng.permutation(_LARGE) + 0.5) / _LARGE)
    rate = _baseline_rate(log_hazard, expected)
    failure = rng.exponential(size=_LARGE) / (rate * np.exp(log_hazard))
    leaving = rng.exponential(size=_LARGE) * expected.horizon / max(-math.log(expected.followed), 1e-12)
    time = np.minimum(np.minimum(failure, leaving), expected.horizon)
    event = failure <= np.minimum(leaving, expected.horizon)
    pseudo = pseudo_risks(time, event, expected.horizon)
    slope = error_of_slope(pseudo, math.log(rate * expected.horizon) + log_hazard) * math.sqrt(_LARGE)
    overall = float(np.std(pseudo, ddof=1))  # of a pseudo-observation: its mean is the Kaplan-Meier risk
    ratio = overall / (1 - expected.survival)
    few = slice(0, _FOR_C)
    c = concordance(time[few], event[few], log_hazard[few])
    c_spread = c.standard_error * math.sqrt(_FOR_C)
    criteria = []
    for name, spread, error in (
        ("Observed over expected", ratio, math.asinh(widths.observed_to_expected / 2) / _Z95),
        ("Calibration slope", slope, widths.slope / (2 * _Z95)),
        ("Concordance", c_spread, widths.c_statistic / (2 * _Z95)),
    ):
        width = {"Calibration slope": widths.slope, "Concordance": widths.c_statistic}
        wide = width.get(name, widths.observed_to_expected)
        hips = math.ceil((spread / error) ** 2)
        criteria.append(Criterion(f"{name}, interval {wide:g} wide", hips, f"SE {error:.3f}"))
    hips = max(one.hips for one in criteria)
    share = float(event.mean())
    return SampleSize(
        hips,
        hips * share,
        tuple(criteria),
        {
            "event_share": share,
            "spread": expected.spread,
            "concordance": float(c.value),
            "slope_error_of_one_hip": slope,
        },
    )


def _baseline_rate(log_hazard: np.ndarray, expected: ExpectedCohort) -> float:
    """Constant rate at which the wanted share is left at the horizon."""
    hazard = np.exp(log_hazard) * expected.horizon

    def gap(logarithm: float) -> float:
        return float(np.mean(np.exp(-math.exp(logarithm) * hazard))) - expected.survival

    return math.exp(brentq(gap, -30, 30))
