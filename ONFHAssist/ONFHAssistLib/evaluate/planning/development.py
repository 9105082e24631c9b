"""How many hips a new prediction model needs (Riley et al., Stat Med 2019;38:1276 and BMJ 2020;368:m441).

The criteria are those of R's and Stata's ``pmsampsize``: an expected shrinkage of at least 0.9, an optimism of at most
0.05 in Nagelkerke's R2, and an overall risk that is known to 0.05; for a binary outcome also the mean error of the
predictions (van Smeden et al., Stat Methods Med Res 2019;28:2455).
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm

from ...core.errors import InputError
from .criteria import Criterion, SampleSize, check_positive, check_share

OPTIMISM = 0.05  # of Nagelkerke's R2
MARGIN = 0.05  # of the overall risk
MEAN_ERROR = 0.05  # of the predictions
_Z95 = 1.96  # as the published tables round it
_MOST_FOR_MEAN_ERROR = 30  # predictors in the simulations behind the formula


def r2_from_c(c_statistic: float, prevalence: float) -> float:
    """Cox and Snell's R2 of a model of which only the C statistic is known (Riley et al., Stat Med 2021;40:859).

    The linear predictor is normal with the same variance in both classes. The paper draws a million cases; here the
    expectation is integrated, so that the answer has no noise of the draw.

    Args:
        c_statistic: above 0.5.
        prevalence: share of hips with the outcome.
    """
    check_share("prevalence", prevalence)
    if not 0.5 < c_statistic < 1:
        raise InputError(f"The C statistic is {c_statistic:g}; a number between 0.5 and 1 is needed.")
    shift = math.sqrt(2) * norm.ppf(c_statistic)
    nodes, weights = np.polynomial.hermite_e.hermegauss(200)
    weights = weights / weights.sum()
    prior = math.log(prevalence / (1 - prevalence))

    def log_odds(x: np.ndarray) -> np.ndarray:
        return np.asarray(prior + shift * x - shift**2 / 2)

    with_event = weights @ -np.logaddexp(0, -log_odds(nodes + shift))
    without = weights @ -np.logaddexp(0, log_odds(nodes))
    model = prevalence * with_event + (1 - prevalence) * without
    null = prevalence * math.log(prevalence) + (1 - prevalence) * math.log(1 - prevalence)
    return float(1 - math.exp(2 * (null - model)))


def r2_from_c_survival(c_index: float, event_share: float) -> float:
    """Cox and Snell's R2 of a survival model of which only the concordance is known.

    The spread of the log hazard gives Royston and Sauerbrei's D, that R2 of D, that O'Quigley's R2, and that the
    likelihood ratio of so many events (Riley et al. 2019, section 6.2).

    Args:
        c_index: above 0.5.
        event_share: hips with the event during follow-up, of all.
    """
    check_share("share of hips with the event", event_share)
    d_squared = 8 / math.pi * spread_from_c(c_index) ** 2
    explained = math.pi / 8 * d_squared / (math.pi**2 / 6 + math.pi / 8 * d_squared)
    o_quigley = -(math.pi**2 / 6) * explained / ((1 - math.pi**2 / 6) * explained - 1)
    return float(1 - (1 - o_quigley) ** event_share)


def spread_from_c(c_index: float) -> float:
    """Standard deviation of a normal log hazard whose concordance, without censoring, is ``c_index``.

    Of two hips that differ by d in log hazard, that with the larger one fails first with probability 1 / (1 + exp(-d)).
    """
    if not 0.5 < c_index < 1:
        raise InputError(f"The concordance is {c_index:g}; a number between 0.5 and 1 is needed.")
    z = np.abs(norm.ppf((np.arange(20_000) + 0.5) / 20_000))

    def gap(spread: float) -> float:
        return float(np.mean(1 / (1 + np.exp(-math.sqrt(2) * spread * z)))) - c_index

    return float(brentq(gap, 1e-6, 1e4))


def largest_r2_binary(prevalence: float) -> float:
    """Largest possible R2 of Cox and Snell at a prevalence (Riley et al. 2019, equation 23)."""
    check_share("prevalence", prevalence)
    null = prevalence * math.log(prevalence) + (1 - prevalence) * math.log(1 - prevalence)
    return 1 - math.exp(2 * null)


def largest_r2_survival(rate: float, follow_up: float) -> float:
    """Largest possible R2 of Cox and Snell at an event rate a unit of time and a mean follow-up."""
    events = check_positive("event rate", rate) * check_positive("mean follow-up", follow_up)
    events = (
        math.ceil(10_000 * events - 1e-6) / 10_000
    )  # the published examples count whole events of 10,000 cases
    return 1 - math.exp(2 * (events * math.log(events) - events))


def hips_for_shrinkage(parameters: int, r2: float, shrinkage: float) -> float:
    """Hips at which the expected uniform shrinkage is ``shrinkage`` (Riley et al. 2019, equation 11), not rounded."""
    if shrinkage <= r2:
        raise InputError(
            f"A shrinkage of {shrinkage:g} cannot be had with an R2 of {r2:g}; ask for a larger one or take a smaller R2."
        )
    return parameters / ((shrinkage - 1) * math.log(1 - r2 / shrinkage))


def expected_shrinkage(hips: float, parameters: int, r2: float) -> float:
    """Shrinkage to be expected of a model with ``parameters`` on ``hips`` hips: equation 11 turned round; 0 where none
    can be had."""
    if hips_for_shrinkage(parameters, r2, 1 - 1e-9) <= hips:
        return 1.0

    def gap(shrinkage: float) -> float:
        return hips_for_shrinkage(parameters, r2, shrinkage) - hips

    low = r2 + 1e-9 * (1 - r2)
    return float(brentq(gap, low, 1 - 1e-9, xtol=1e-12)) if gap(low) < 0 else 0.0


def size_for_binary(parameters: int, prevalence: float, r2: float, shrinkage: float = 0.9) -> SampleSize:
    """Hips for a model of a binary outcome.

    Args:
        parameters: candidate predictor parameters, every dummy and spline term counted, before any selection.
        prevalence: share of hips with the outcome.
        r2: Cox and Snell's, adjusted for optimism, that the model is expected to reach; see :func:`r2_from_c`.
        shrinkage: to be expected at least.

    Raises:
        InputError: a number out of range, or an R2 above what the prevalence allows.
    """
    _check_parameters(parameters)
    check_share("shrinkage", shrinkage)
    largest = largest_r2_binary(prevalence)
    second = _second_criterion(parameters, r2, largest)
    first = math.ceil(hips_for_shrinkage(parameters, r2, shrinkage))
    third = math.ceil((_Z95 / MARGIN) ** 2 * prevalence * (1 - prevalence))
    criteria = [
        Criterion(f"Expected shrinkage of {shrinkage:g} or more", first, f"shrinkage {shrinkage:.3f}"),
        second,
        Criterion(f"Overall risk known to {MARGIN:g}", third, f"prevalence {prevalence:.3f}"),
    ]
    if parameters <= _MOST_FOR_MEAN_ERROR:
        logarithm = (
            -0.508 + 0.259 * math.log(prevalence) + 0.504 * math.log(parameters) - math.log(MEAN_ERROR)
        ) / 0.544
        fourth = math.ceil(math.exp(logarithm))
        criteria.append(Criterion(f"Mean error of the predictions of {MEAN_ERROR:g} at most", fourth))
    hips = max(one.hips for one in criteria)
    return SampleSize(
        hips,
        hips * prevalence,
        tuple(criteria),
        {
            "r2": r2,
            "largest_r2": largest,
            "nagelkerke_r2": r2 / largest,
            "events_per_parameter": hips * prevalence / parameters,
            "without_mean_error": max(one.hips for one in criteria[:3]),
        },
    )


def size_for_survival(
    parameters: int,
    r2: float,
    rate: float,
    follow_up: float,
    horizon: float,
    shrinkage: float = 0.9,
) -> SampleSize:
    """Hips for a model of the time to an event.

    Args:
        parameters, r2, shrinkage: as :func:`size_for_binary`.
        rate: events a unit of time at risk.
        follow_up: mean, in the same unit.
        horizon: at which risks will be predicted, in the same unit.

    Raises:
        InputError: a number out of range, or an R2 above what the event rate allows.
    """
    _check_parameters(parameters)
    check_share("shrinkage", shrinkage)
    check_positive("horizon", horizon)
    largest = largest_r2_survival(rate, follow_up)
    second = _second_criterion(parameters, r2, largest)
    first = math.ceil(hips_for_shrinkage(parameters, r2, shrinkage))

    def margin(hips: float) -> float:
        return risk_interval(rate, hips * follow_up, horizon)[1] - (1 - math.exp(-rate * horizon))

    smallest, largest_hips = 1e-3, 1e9
    third = math.ceil(brentq(lambda n: margin(n) - MARGIN, smallest, largest_hips) - 1e-9)
    criteria = (
        Criterion(f"Expected shrinkage of {shrinkage:g} or more", first, f"shrinkage {shrinkage:.3f}"),
        second,
        Criterion(f"Overall risk at the horizon known to {MARGIN:g}", third),
    )
    hips = max(one.hips for one in criteria)
    low, high = risk_interval(rate, round(hips * follow_up, 1), horizon)
    return SampleSize(
        hips,
        hips * rate * follow_up,
        criteria,
        {
            "r2": r2,
            "largest_r2": largest,
            "nagelkerke_r2": r2 / largest,
            "events_per_parameter": hips * rate * follow_up / parameters,
            "time_at_risk": hips * follow_up,
            "risk": 1 - math.exp(-rate * horizon),
            "risk_low": low,
            "risk_high": high,
        },
    )


def risk_interval(rate: float, time_at_risk: float, horizon: float) -> tuple[float, float]:
    """95% interval of the overall risk at a horizon, from a constant rate (Riley et al. 2019, section 5.3)."""
    error = _Z95 * math.sqrt(rate / time_at_risk)
    return 1 - math.exp(-(rate - error) * horizon), 1 - math.exp(-(rate + error) * horizon)


def _second_criterion(parameters: int, r2: float, largest: float) -> Criterion:
    if not 0 < r2 < largest:
        raise InputError(
            f"An R2 of {r2:g} was given; it must be above 0 and below {largest:.3f}, the largest that these events allow."
        )
    shrinkage = r2 / (r2 + OPTIMISM * largest)
    hips = math.ceil(hips_for_shrinkage(parameters, r2, shrinkage))
    return Criterion(
        f"Optimism of Nagelkerke's R2 of {OPTIMISM:g} at most", hips, f"shrinkage {shrinkage:.3f}"
    )


def _check_parameters(parameters: int) -> None:
    if parameters < 1:
        raise InputError(f"{parameters} candidate predictor parameters were given; 1 or more are needed.")
