"""How well a survival model discriminates and predicts: concordance, time-dependent AUC, Brier score.

A ``score`` is anything that is larger for hips that collapse sooner. Everything that depends on a horizon
weights hips by the inverse probability of still being followed (IPCW), with the marginal Kaplan-Meier of the
censoring. ``cluster`` names the patient of each hip: two hips of one patient are not two independent
observations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.integrate import trapezoid
from scipy.special import expit, logit
from scipy.stats import t as student

from ONFHAssistLib.core.errors import InputError

from ..estimate import Interval
from ..resampling import drawn_rows
from .outcome import (
    MIN_EVENTS,
    Z95,
    Outcome,
    TooFewEvents,
    censoring_survival,
    check_outcome,
    follow_up,
    kaplan_meier,
    log_rank,
    require_events,
)

__all__ = [
    "MIN_EVENTS",
    "Estimate",
    "Outcome",
    "TooFewEvents",
    "brier_score",
    "censoring_survival",
    "check_outcome",
    "compare_concordance",
    "concordance",
    "follow_up",
    "integrated_brier_score",
    "kaplan_meier",
    "log_rank",
    "require_events",
    "resample",
    "time_dependent_auc",
    "uno_concordance",
]
MIN_FOLLOWED = 5
_CHUNK = 512


@dataclass(frozen=True)
class Estimate(Interval):
    """A figure with its 95% interval and its standard error; NaN where they were not asked for."""

    standard_error: float = np.nan


def check_arrays(time: np.ndarray, event: np.ndarray, *scores: np.ndarray) -> tuple[np.ndarray, ...]:
    """Arrays of equal length: time (float), event (bool) and each score (float).

    Raises:
        InputError: lengths differ, or a score is not finite.
    """
    time, event = np.asarray(time, float), np.asarray(event, bool)
    result = [time, event]
    for score in scores:
        values = np.asarray(score, float)
        if values.shape[:1] != time.shape or event.shape != time.shape:
            raise InputError(
                f"There are {time.size} times, {event.size} events and {len(values)} predictions; give one for a hip."
            )
        if not np.isfinite(values).all():
            row = int(np.argwhere(~np.isfinite(values))[0][0])
            raise InputError(
                f"The prediction in row {row + 1} is not finite; complete this hip or leave it out."
            )
        result.append(values)
    return tuple(result)


def comparable_pairs(time: np.ndarray, event: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """(rows, n) bool: whether the hip of ``rows`` (one with an event) is known to have collapsed before hip
    j.
    """
    later = time[rows, None] < time[None, :]
    known: np.ndarray = later | ((time[rows, None] == time[None, :]) & ~event[None, :])
    return known


def _pairs(time: np.ndarray, event: np.ndarray, score: np.ndarray) -> Iterator[tuple[np.ndarray, ...]]:
    """Blocks of (event rows, comparable, won): ``won`` is 1 where the score ranks the pair rightly, 0.5 at a
    tie.
    """
    for rows in np.array_split(np.flatnonzero(event), max(1, int(event.sum()) // _CHUNK)):
        pairs = comparable_pairs(time, event, rows)
        won = pairs * (
            0.5 * (score[rows, None] > score[None, :]) + 0.5 * (score[rows, None] >= score[None, :])
        )
        yield rows, pairs, won


def _concordance_influence(
    time: np.ndarray, event: np.ndarray, score: np.ndarray, weight: np.ndarray | None = None
) -> tuple[float, np.ndarray]:
    """C and each hip's influence on it; ``weight`` (n,) multiplies the pairs of a hip with an event."""
    won, pairs = np.zeros(time.size), np.zeros(time.size)
    for rows, comparable, right in _pairs(time, event, score):
        scale = 1.0 if weight is None else weight[rows, None]
        right, possible = right * scale, comparable * scale  # noqa: PLW2901 - weighted from here on
        won += right.sum(0)
        pairs += possible.sum(0)
        won[rows] += right.sum(1)
        pairs[rows] += possible.sum(1)
    total = pairs.sum() / 2
    if total == 0:
        raise TooFewEvents(
            "No two hips can be compared: each collapse was seen after the last visit of all others."
        )
    value = won.sum() / 2 / total
    return float(value), (won - value * pairs) / total


def _summed(influence: np.ndarray, cluster: npt.ArrayLike | None) -> np.ndarray:
    if cluster is None:
        return influence
    _, code = np.unique(np.asarray(cluster), return_inverse=True)
    return np.bincount(code, influence)


def _interval(value: float, influence: np.ndarray, cluster: npt.ArrayLike | None) -> Estimate:
    error = float(np.sqrt((_summed(influence, cluster) ** 2).sum()))
    if cluster is not None:
        return share_by_patient(value, error, int(np.unique(np.asarray(cluster)).size))
    low, high = np.clip([value - Z95 * error, value + Z95 * error], 0, 1)
    return Estimate(value, float(low), float(high), error)


def share_by_patient(value: float, error: float, patients: int) -> Estimate:
    """A share such as C or an AUC with an interval on the logit scale by Student's t over the patients.

    Where it is perfect the interval is that of as many patients who were all ranked rightly (Clopper and Pearson); one
    that cannot be computed has none.
    """
    if not (np.isfinite(value) and np.isfinite(error)):
        return Estimate(value, np.nan, np.nan, error)
    if not 0 < value < 1 or error <= 0:
        far = float(0.025 ** (1 / patients))
        low, high = (far, 1.0) if value >= 0.5 else (0.0, 1 - far)
        return Estimate(value, min(low, value), max(high, value), error)
    wide = error * np.sqrt(patients / max(patients - 1, 1)) * student.isf(0.025, max(patients - 1, 1))
    margin = wide / (value * (1 - value))
    low, high = expit(logit(value) + np.array([-margin, margin]))
    return Estimate(value, float(low), float(high), error)


def concordance(
    time: np.ndarray, event: np.ndarray, score: np.ndarray, *, cluster: npt.ArrayLike | None = None
) -> Estimate:
    """Harrell's C with the infinitesimal jackknife standard error of R's ``survival::concordance`` (3.5).

    Pairs tied in time (two events) are not compared, pairs tied in score count half. With ``cluster`` the
    influences are added up by patient before they are squared, and the interval is :func:`share_by_patient`'s.

    Raises:
        TooFewEvents: fewer than 10 events.
    """
    time, event, score = check_arrays(time, event, score)
    require_events(int(event.sum()), MIN_EVENTS, "A concordance index")
    return _interval(*_concordance_influence(time, event, score), cluster)


def compare_concordance(
    time: np.ndarray,
    event: np.ndarray,
    new: np.ndarray,
    old: np.ndarray,
    *,
    cluster: npt.ArrayLike | None = None,
) -> tuple[Estimate, float]:
    """Difference of Harrell's C, new - old, on the same hips, and its two-sided p (paired infinitesimal
    jackknife).
    """
    from scipy.stats import norm

    time, event, new, old = check_arrays(time, event, new, old)
    require_events(int(event.sum()), MIN_EVENTS, "A comparison of concordance indices")
    (first, one), (second, two) = (_concordance_influence(time, event, s) for s in (new, old))
    error = float(np.sqrt((_summed(one - two, cluster) ** 2).sum()))
    value = first - second
    p = float(2 * norm.sf(abs(value) / error)) if error > 0 else 1.0
    return Estimate(value, value - Z95 * error, value + Z95 * error, error), p


def uno_concordance(
    time: np.ndarray, event: np.ndarray, score: np.ndarray, *, until: float | None = None
) -> Estimate:
    """Uno's C, which does not depend on the censoring: pairs weighted by 1 / G(T-)^2 of the earlier hip.

    Source: Uno et al., Stat Med 2011. ``until`` leaves out events at or after that time, so that the weights
        stay finite; without it, all events count. The censoring distribution is estimated on the same hips.
        No standard error: use :func:`resample`.

    Raises:
        TooFewEvents: fewer than 10 events before ``until``.
    """
    time, event, score = check_arrays(time, event, score)
    counted = event if until is None else event & (time < until)
    require_events(int(counted.sum()), MIN_EVENTS, "Uno's concordance index")
    followed = censoring_survival(time, event)(time)
    weight = np.divide(1.0, followed**2, out=np.zeros(time.size), where=followed > 0)
    numerator = denominator = 0.0
    for rows in np.array_split(np.flatnonzero(counted), max(1, int(counted.sum()) // _CHUNK)):
        pairs = comparable_pairs(time, event, rows)
        won = 0.5 * (score[rows, None] > score[None, :]) + 0.5 * (score[rows, None] >= score[None, :])
        numerator += (weight[rows, None] * pairs * won).sum()
        denominator += (weight[rows, None] * pairs).sum()
    return Estimate(float(numerator / denominator))


@dataclass(frozen=True)
class Horizon:
    """Hips sorted by what is known of them at a time: those with the event by then, those still without it."""

    case: np.ndarray
    control: np.ndarray
    case_weight: np.ndarray
    control_weight: float


def at_horizon(
    time: np.ndarray, event: np.ndarray, month: float, what: str, *, resampled: bool = False
) -> Horizon:
    """Cases, controls and their IPCW weights at ``month``: 1 / G(T-) for cases, 1 / G(month) for controls.

    Raises:
        TooFewEvents: fewer than 10 events by ``month``, or fewer than 5 hips followed beyond it; where the hips are
            ``resampled`` from enough, one of each will do.
    """
    case, control = np.flatnonzero(event & (time <= month)), np.flatnonzero(time > month)
    needed, followed_on = (1, 1) if resampled else (MIN_EVENTS, MIN_FOLLOWED)
    require_events(case.size, needed, f"{what} at {month:g}")
    if control.size < followed_on:
        raise TooFewEvents(
            f"{what} at {month:g} needs at least {followed_on} hips followed beyond that time without an event and "
            f"{control.size} are; choose an earlier time."
        )
    followed = censoring_survival(time, event)
    return Horizon(case, control, 1 / followed(time[case]), 1 / float(followed(np.nextafter(month, np.inf))))


def _censoring_influence(
    time: np.ndarray, event: np.ndarray, case: np.ndarray, effect: np.ndarray
) -> np.ndarray:
    """What estimating G adds to each hip's influence, where ``effect`` (cases) is each case's share in the
    figure.

    1 / G_hat(s-) - 1 / G(s-) is close to (1 / G(s-)) * sum_k of the integral over u < s of dM_k(u) / Y(u),
    with M_k the censoring martingale of hip k and Y(u) those at risk of censoring.
    """
    times, slot = np.unique(time, return_inverse=True)
    total = np.bincount(slot, minlength=times.size)
    died = np.bincount(slot, event, times.size)
    exposed = np.cumsum(total[::-1])[::-1] - died
    left = total - died
    added = np.bincount(slot[case], effect, times.size)
    later = added[::-1].cumsum()[::-1] - added  # effect of the cases after each time
    share = np.divide(later, exposed, out=np.zeros(times.size), where=exposed > 0)
    hazard = np.divide(left, exposed, out=np.zeros(times.size), where=exposed > 0)
    compensator = np.concatenate([[0.0], np.cumsum(share * hazard)])
    return np.where(event, -compensator[slot], share[slot] - compensator[slot + 1])


def time_dependent_auc(
    time: np.ndarray,
    event: np.ndarray,
    score: np.ndarray,
    month: float,
    *,
    cluster: npt.ArrayLike | None = None,
) -> Estimate:
    """Cumulative/dynamic AUC at ``month``: collapsed by then against still uncollapsed, with IPCW.

    Value and interval as R's ``riskRegression::Score(cens.model = "km")``: Blanche et al., Stat Med 2013; the
    influence function holds the estimation of the censoring weights.

    Raises:
        TooFewEvents: fewer than 10 events by ``month`` or fewer than 5 hips followed beyond it.
    """
    time, event, score = check_arrays(time, event, score)
    hips = at_horizon(time, event, month, "A time-dependent AUC")
    higher = score[hips.case, None] > score[None, hips.control]
    won = 0.5 * higher + 0.5 * (score[hips.case, None] >= score[None, hips.control])
    weight = hips.case_weight / hips.case_weight.sum()
    value = float(weight @ won.mean(1))
    effect = weight * (won.mean(1) - value)
    influence = _censoring_influence(time, event, hips.case, effect)
    influence[hips.case] += effect
    influence[hips.control] += (weight @ won - value) / hips.control.size
    # riskRegression divides by n - 1
    return _interval(value, influence * np.sqrt(time.size / (time.size - 1)), cluster)


def brier_score(time: np.ndarray, event: np.ndarray, survival: np.ndarray, month: float) -> float:
    """Weighted mean squared error of the predicted ``survival`` (n,) at ``month``; 0 is perfect.

    Graf et al., Stat Med 1999; the weights of :func:`at_horizon`, divided by n as in riskRegression.

    Raises:
        TooFewEvents: as :func:`time_dependent_auc`.
    """
    time, event, survival = check_arrays(time, event, survival)
    hips = at_horizon(time, event, month, "A Brier score")
    lost = (hips.case_weight * survival[hips.case] ** 2).sum()
    return float((lost + hips.control_weight * ((1 - survival[hips.control]) ** 2).sum()) / time.size)


def integrated_brier_score(
    time: np.ndarray, event: np.ndarray, survival: np.ndarray, months: npt.ArrayLike
) -> float:
    """Mean Brier score over ``months`` (k,), ascending, by the trapezoidal rule; ``survival`` is (n, k).

    Months in which :func:`brier_score` would refuse because of too few events are not counted as zero: choose
    months between the tenth event and the last five hips.

    Raises:
        InputError: fewer than two months, or not ascending.
    """
    at, survival = np.asarray(months, float), np.asarray(survival, float)
    if at.size < 2 or (np.diff(at) <= 0).any() or survival.shape[1:] != (at.size,):
        raise InputError(
            "An integrated Brier score needs two or more ascending months and one column for each."
        )
    scores = [brier_score(time, event, survival[:, k], month) for k, month in enumerate(at)]
    return float(trapezoid(scores, at) / (at[-1] - at[0]))


def resample(
    statistic: Callable[[np.ndarray], float | np.ndarray],
    n: int,
    *,
    cluster: npt.ArrayLike | None = None,
    repeats: int = 500,
    seed: int = 0,
) -> np.ndarray:
    """Bootstrap: ``statistic`` of the row indices of each resample, shape (repeats, ...).

    Patients are drawn, not hips, when ``cluster`` is given. A resample in which the statistic refuses for
    lack of events gives NaN.
    """
    results: list[np.ndarray | None] = []
    for rows in drawn_rows(cluster, n, repeats, seed):
        try:
            results.append(np.asarray(statistic(rows), float))
        except TooFewEvents:
            results.append(None)
    shape = next((r.shape for r in results if r is not None), ())
    return np.array([np.full(shape, np.nan) if r is None else r for r in results])


def percentile_interval(value: float, drawn: np.ndarray) -> Estimate:
    """``value`` with the 2.5% and 97.5% quantiles and the standard deviation of bootstrap values (repeats,)."""
    kept = drawn[np.isfinite(drawn)]
    if kept.size < 0.9 * drawn.size:
        raise TooFewEvents(
            f"Only {kept.size} of {drawn.size} bootstrap samples have enough events; an interval needs more hips."
        )
    low, high = np.quantile(kept, [0.025, 0.975])
    return Estimate(float(value), float(low), float(high), float(kept.std(ddof=1)))
