"""Risk where something else can come first: replacement of the hip or death beside collapse.

A competing event is no censoring: 1 - Kaplan-Meier with it censored is the risk in a world where nobody dies, and too
high for patients. ``event`` marks the event of interest, ``competing`` what made it impossible; both False is a hip
that was still followed. ``cluster`` names the patient of each hip. Without any competing event every figure here is
that of :mod:`.metrics` and :mod:`.outcome`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ONFHAssistLib.core.errors import InputError

from ..resampling import Labels
from .outcome import (
    MIN_EVENTS,
    Z95,
    TooFewEvents,
    censoring_survival,
    log_survival_influence,
    require_events,
    summed_by_patient,
)

MIN_FOLLOWED = 5


@dataclass(frozen=True)
class CumulativeIncidence:
    """Aalen-Johansen curve of one event.

    Attributes:
        times: (k,) distinct times of the data, ascending.
        risk, low, high, standard_error: (k,) just after each time; log(-log) intervals.
        influence: (n, k) of each hip, whose squares, added up by patient, are the variance.
    """

    times: np.ndarray
    risk: np.ndarray
    low: np.ndarray
    high: np.ndarray
    standard_error: np.ndarray
    influence: np.ndarray

    def at(self, months: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(risk, low, high) at ``months``; 0 before the first time, the last value beyond the last one."""
        asked = np.atleast_1d(np.asarray(months, float))
        position = np.searchsorted(self.times, asked, side="right")
        risk, low, high = (
            np.concatenate([[0.0], column])[position] for column in (self.risk, self.low, self.high)
        )
        return risk, low, high


def aalen_johansen(
    time: np.ndarray, event: np.ndarray, competing: np.ndarray | None = None, cluster: Labels | None = None
) -> CumulativeIncidence:
    """Cumulative incidence of ``event`` with its infinitesimal jackknife variance.

    Risk as R's ``cmprsk::cuminc`` and ``survival::survfit`` of a factor, standard error as the latter's (clustered with
    ``cluster``). Aalen and Johansen, Scand J Stat 1978.
    """
    time, event = np.asarray(time, float), np.asarray(event, bool)
    other = np.zeros(time.size, bool) if competing is None else np.asarray(competing, bool)
    times, slot = np.unique(time, return_inverse=True)
    column = np.arange(times.size)
    died = np.bincount(slot, event, times.size)
    gone = np.bincount(slot, event | other, times.size)
    at_risk = np.cumsum(np.bincount(slot, minlength=times.size)[::-1])[::-1]
    whole = np.cumprod(1 - gone / at_risk)
    before = np.concatenate([[1.0], whole[:-1]])
    step = before * died / at_risk
    risk = np.cumsum(step)
    # how each hip moves the survival before a time, and the share of those at risk who have the event then
    moved = np.zeros((time.size, times.size))
    moved[:, 1:] = log_survival_influence(time, event | other)[:, :-1]
    exposed = slot[:, None] >= column
    own = (slot[:, None] == column) & event[:, None]
    influence = np.cumsum(moved * step + before / at_risk * (own - exposed * (died / at_risk)), axis=1)
    error = np.sqrt((summed_by_patient(influence, cluster) ** 2).sum(0))
    with np.errstate(divide="ignore", invalid="ignore"):
        margin = Z95 * error / (risk * np.abs(np.log(risk)))
        low, high = risk ** np.exp(margin), risk ** np.exp(-margin)
    low[risk == 0] = high[risk == 0] = 0.0
    return CumulativeIncidence(times, risk, low, high, error, influence)


def observed_risk(
    time: np.ndarray, event: np.ndarray, month: float, competing: np.ndarray | None = None
) -> float:
    """Risk of the event by ``month``: 1 - Kaplan-Meier, or Aalen-Johansen; the last value seen beyond the last time."""
    time, event = np.asarray(time, float), np.asarray(event, bool)
    gone = event if competing is None else event | np.asarray(competing, bool)
    times, slot = np.unique(time, return_inverse=True)
    died, left = (np.bincount(slot, mark, times.size) for mark in (event, gone))
    at_risk = np.cumsum(np.bincount(slot, minlength=times.size)[::-1])[::-1]
    before = np.concatenate([[1.0], np.cumprod(1 - left / at_risk)[:-1]])
    return float((before * died / at_risk)[times <= month].sum())


def pseudo_values(
    time: np.ndarray, event: np.ndarray, month: float, competing: np.ndarray | None = None
) -> np.ndarray:
    """(n,) pseudo-observations of the event by ``month``: what each hip says of the risk, censored or not.

    R's ``survival::pseudo``: risk + n x influence (Andersen and Pohar Perme, Stat Methods Med Res 2010; infinitesimal
    jackknife in place of leaving hips out).

    Raises:
        TooFewEvents: nobody was followed beyond ``month`` and the last times are censored.
    """
    curve = aalen_johansen(time, event, competing)
    position = int(np.searchsorted(curve.times, month, side="right")) - 1
    if position < 0:
        return np.zeros(np.asarray(time).size)
    values: np.ndarray = curve.risk[position] + curve.influence.shape[0] * curve.influence[:, position]
    return values


@dataclass(frozen=True)
class CompetingHorizon:
    """What is known of n hips at a month, with inverse probability of censoring weights (0 where nothing is known)."""

    case: np.ndarray
    control: np.ndarray
    weight: np.ndarray
    asked: np.ndarray


def competing_horizon(
    time: np.ndarray, event: np.ndarray, competing: np.ndarray, month: float, what: str
) -> CompetingHorizon:
    """Cases (event by ``month``) and controls (followed beyond it, or a competing event by then), each (n,) bool.

    Raises:
        TooFewEvents: fewer than 10 events by ``month`` or fewer than 5 controls.
    """
    case = event & (time <= month)
    control = (time > month) | (competing & (time <= month))
    require_events(int(case.sum()), MIN_EVENTS, f"{what} at {month:g}")
    if control.sum() < MIN_FOLLOWED:
        raise TooFewEvents(
            f"{what} at {month:g} needs at least {MIN_FOLLOWED} hips without the event by then and "
            f"{int(control.sum())} are known; choose an earlier time."
        )
    # the time just before which a hip must have been followed for its fate at the month to be known
    asked = np.where(time > month, np.nextafter(month, np.inf), time)
    followed = censoring_survival(time, event | competing)(asked)
    weight = np.where(case | control, 1 / np.maximum(followed, 1e-12), 0.0)
    return CompetingHorizon(case, control, weight, asked)


def _weight_influence(
    time: np.ndarray, gone: np.ndarray, asked: np.ndarray, effect: np.ndarray
) -> np.ndarray:
    """What estimating the censoring adds to each hip's influence (:func:`.metrics.time_dependent_auc` says how)."""
    times, slot = np.unique(time, return_inverse=True)
    left = np.bincount(slot, ~gone, times.size)
    exposed = np.cumsum(np.bincount(slot, minlength=times.size)[::-1])[::-1] - np.bincount(
        slot, gone, times.size
    )
    seen = np.bincount(np.searchsorted(times, asked, side="left"), effect, times.size + 1)
    later = seen[::-1].cumsum()[::-1][1:]  # effect of the hips asked about after each time
    share = np.divide(later, exposed, out=np.zeros(times.size), where=exposed > 0)
    hazard = np.divide(left, exposed, out=np.zeros(times.size), where=exposed > 0)
    compensator = np.concatenate([[0.0], np.cumsum(share * hazard)])
    return np.where(gone, -compensator[slot], share[slot] - compensator[slot + 1])


def competing_auc(
    time: np.ndarray,
    event: np.ndarray,
    competing: np.ndarray,
    score: np.ndarray,
    month: float,
    cluster: Labels | None = None,
) -> tuple[float, float]:
    """Cumulative/dynamic AUC at ``month`` and its standard error: collapsed by then against everyone known not to be.

    Blanche et al., Stat Med 2013, their second definition of a control (also hips with a competing event), which is
    that of ``riskRegression::Score``; the influence function holds the estimation of the weights.

    Raises:
        TooFewEvents: see :func:`competing_horizon`.
    """
    time, event, competing = np.asarray(time, float), np.asarray(event, bool), np.asarray(competing, bool)
    hips = competing_horizon(time, event, competing, month, "A time-dependent AUC")
    case, control = np.flatnonzero(hips.case), np.flatnonzero(hips.control)
    first = hips.weight[case] / hips.weight[case].sum()
    second = hips.weight[control] / hips.weight[control].sum()
    higher = score[case, None] > score[None, control]
    won = 0.5 * higher + 0.5 * (score[case, None] >= score[None, control])
    value = float(first @ won @ second)
    effect = np.zeros(time.size)
    effect[case] = first * (won @ second - value)
    effect[control] = second * (first @ won - value)
    influence = effect + _weight_influence(time, event | competing, hips.asked, effect)
    return value, float(np.sqrt((summed_by_patient(influence, cluster) ** 2).sum()))


def competing_brier(
    time: np.ndarray, event: np.ndarray, competing: np.ndarray, risk: np.ndarray, month: float
) -> float:
    """Weighted mean squared error of predicted risks at ``month``, as riskRegression computes it.

    Raises:
        TooFewEvents: see :func:`competing_horizon`.
    """
    hips = competing_horizon(time, event, competing, month, "A Brier score")
    return float((hips.weight * (hips.case - risk) ** 2).sum() / time.size)


def competing_concordance(
    time: np.ndarray, event: np.ndarray, competing: np.ndarray, score: np.ndarray
) -> float:
    """Wolbers' C: a hip with the event against hips followed longer and hips that had a competing event before.

    Wolbers et al., Epidemiology 2009: hips with a competing event stay comparable for ever. Without weights for the
    censoring.

    Raises:
        TooFewEvents: fewer than 10 events.
    """
    require_events(int(event.sum()), MIN_EVENTS, "A concordance index")
    rows = np.flatnonzero(event)
    pairs = (time[rows, None] < time) | ((time[rows, None] == time) & ~event) | competing
    won = 0.5 * (score[rows, None] > score) + 0.5 * (score[rows, None] >= score)
    if not pairs.any():
        raise InputError("No two hips can be compared.")
    return float((pairs * won).sum() / pairs.sum())
