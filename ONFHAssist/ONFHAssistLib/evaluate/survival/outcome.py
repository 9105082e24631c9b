"""Times and events as the survival room takes them, and what is estimated from them alone.

``time`` is the follow-up to the event or to the last visit, ``event`` whether the event (collapse) was seen.
Ties: an event at time t comes before a censoring at time t, everywhere in this room.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

from ONFHAssistLib.core.errors import InputError

from ..resampling import Labels, patient_numbers

Z95 = 1.959963984540054
MIN_EVENTS = 10
# 50 years. A follow-up after hip-preserving surgery beyond that is a follow-up in days.
MONTHS_SUSPICIOUS = 600.0


class TooFewEvents(InputError):  # noqa: N818 - the name says what is wrong
    """The question needs more events (or more hips still followed) than there are."""


@dataclass(frozen=True)
class Outcome:
    """Checked follow-up of n hips.

    Attributes:
        time: (n,) positive and finite, in ``unit``.
        event: (n,) bool, True where the event was seen.
        unit: "months" or "days".
        warnings: sentences for the report, empty when nothing is odd.
        competing: (n,) bool, True where something else made the event impossible (replacement of the hip, death); None
            where none was coded. These hips are not censored: see :mod:`.competing`.
    """

    time: np.ndarray
    event: np.ndarray
    unit: str = "months"
    warnings: tuple[str, ...] = ()
    competing: np.ndarray | None = None

    def __len__(self) -> int:
        return self.time.size

    @property
    def events(self) -> int:
        return int(self.event.sum())

    def take(self, index: np.ndarray) -> Outcome:
        """The rows of ``index`` (a mask or positions), with the same warnings."""
        competing = None if self.competing is None else self.competing[index]
        return Outcome(self.time[index], self.event[index], self.unit, self.warnings, competing)


def check_outcome(
    time: Sequence[float],
    event: Sequence[int],
    *,
    unit: str = "months",
    names: tuple[str, str] = ("time", "event"),
    competing: bool = False,
) -> Outcome:
    """Check follow-up and events as they come from a user's table.

    Args:
        time: follow-up in ``unit``, greater than 0.
        event: 0/1 or False/True; with ``competing`` also 2.
        unit: what the user says that the times are; times that look like days bring a warning.
        names: columns to name in the messages.
        competing: whether 2, a competing event, is taken; else it is refused with what takes it.

    Raises:
        InputError: lengths differ, a time is missing, zero or negative, an event is not 0 or 1, nobody has an
            event.
    """
    times = _numbers(time, names[0])
    events = _numbers(event, names[1])
    if times.size != events.size or times.size == 0:
        raise InputError(
            f"Columns '{names[0]}' and '{names[1]}' have {times.size} and {events.size} rows; "
            "give one time and one event for each hip."
        )
    wrong = np.flatnonzero(~(np.isfinite(times) & (times > 0)))
    if wrong.size:
        raise InputError(
            f"Column '{names[0]}' holds {times[wrong[0]]:g} in row {wrong[0] + 1} ({wrong.size} such rows); a "
            "follow-up is a number greater than 0, so correct or leave out these hips."
        )
    coded = np.unique(events)
    _check_codes(coded, names[1], competing)
    other = events == 2
    if not (events == 1).any():
        if other.any():
            raise InputError(
                f"Column '{names[1]}' holds {int(other.sum())} competing events (2) and no event of interest (1), so "
                f"its risk cannot be estimated; at least {MIN_EVENTS} are needed. Were the codes exchanged?"
            )
        raise InputError(
            f"Column '{names[1]}' holds no event: all {events.size} hips are censored, so nothing can be estimated; "
            f"at least {MIN_EVENTS} events are needed."
        )
    told = _follow_up_warnings(times, events == 1, unit, names)
    return Outcome(times, events == 1, unit, told, other if other.any() else None)


def _check_codes(coded: np.ndarray, name: str, competing: bool) -> None:
    if np.isin(coded, (0.0, 1.0)).all() or (competing and np.isin(coded, (0.0, 1.0, 2.0)).all()):
        return
    shown = ", ".join(f"{value:g}" for value in coded[:5])
    more = "2 for a competing event, " if competing else ""
    told = f"Column '{name}' is coded {shown}; give 1 for a collapse that was seen, {more}"
    told += "0 for a hip that was still uncollapsed at its last visit."
    if not competing and np.isin(coded, (0.0, 1.0, 2.0)).all():
        told += (
            " Where 2 is a competing event (replacement of the hip, death), models of competing risks and the "
            "validation of a finished model take it as it is; made 0, it would make every risk too high."
        )
    raise InputError(told)


def _numbers(values: Sequence[float], name: str) -> np.ndarray:
    try:
        array = np.asarray(values, float)
    except (TypeError, ValueError):
        raise InputError(f"Column '{name}' holds text{_first_text(values)}; give numbers.") from None
    if array.ndim != 1:
        raise InputError(f"Column '{name}' has {array.ndim} axes; give one value for each hip.")
    return array


def _first_text(values: Sequence[float]) -> str:
    """The first cell that is no number, with its row, in words."""
    for row, value in enumerate(values, 1):
        try:
            float(value)
        except (TypeError, ValueError):
            return f", '{value}' in row {row}"
    return ""


def _follow_up_warnings(
    time: np.ndarray, event: np.ndarray, unit: str, names: tuple[str, str]
) -> tuple[str, ...]:
    found = []
    if unit == "months" and time.max() > MONTHS_SUSPICIOUS:
        found.append(
            f"Column '{names[0]}' reaches {time.max():g}, which as months is {time.max() / 12:.0f} years: these look "
            "like days, so divide by 30.44 or say that the unit is days."
        )
    if event.all():
        found.append(f"Column '{names[1]}' is 1 in every row: no hip is censored, check that 0 was not lost.")
    if event.sum() < MIN_EVENTS:
        found.append(
            f"Only {int(event.sum())} events: fewer than the {MIN_EVENTS} that any figure of this room needs."
        )
    return tuple(found)


def require_events(found: int, needed: int, what: str) -> None:
    """Refuse ``what`` where fewer than ``needed`` events were seen.

    Raises:
        TooFewEvents: with both counts.
    """
    if found < needed:
        raise TooFewEvents(
            f"{what} needs at least {needed} events and {found} were seen; follow more hips, or longer."
        )


@dataclass(frozen=True)
class KaplanMeier:
    """Product-limit curve of one group.

    Attributes:
        times: (k,) distinct times, ascending, at which an event or a censoring was seen.
        survival, low, high: (k,) just after each time, with the pointwise interval; NaN bounds where survival
        is 0. at_risk, events, censored: (k,) counts; those at risk are counted just before the time.
    """

    times: np.ndarray
    survival: np.ndarray
    low: np.ndarray
    high: np.ndarray
    at_risk: np.ndarray
    events: np.ndarray
    censored: np.ndarray

    def at(self, months: npt.ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(survival, low, high) at ``months``; 1 before the first time, NaN beyond the last one seen."""
        asked = np.atleast_1d(np.asarray(months, float))
        position = np.searchsorted(self.times, asked, side="right")
        beyond = (asked > self.times[-1]) & (self.survival[-1] > 0)
        columns = (
            np.concatenate([[1.0], column])[position] for column in (self.survival, self.low, self.high)
        )
        survival, low, high = (np.where(beyond, np.nan, column) for column in columns)
        return survival, low, high

    def number_at_risk(self, months: npt.ArrayLike) -> np.ndarray:
        """Hips still followed and without event just before ``months``."""
        position = np.searchsorted(self.times, np.atleast_1d(np.asarray(months, float)), side="left")
        return np.concatenate([self.at_risk, [0]])[position].astype(int)

    def median(self) -> tuple[float, float, float]:
        """Time at which survival falls below 0.5, with the interval of Brookmeyer and Crowley; inf if never.

        Where the curve runs at exactly one half, the middle of that stretch, as R's ``survfit`` prints it.
        """
        return (
            _median(self.times, self.survival),
            _median(self.times, self.low),
            _median(self.times, self.high),
        )


def _median(times: np.ndarray, column: np.ndarray) -> float:
    tolerance = np.sqrt(np.finfo(float).eps)
    known = np.nan_to_num(column, nan=1.0)  # bounds of a survival of 0 are not known
    reached = np.flatnonzero(known < 0.5 + tolerance)
    if not reached.size:
        return np.inf
    first = reached[0]
    if abs(known[first] - 0.5) < tolerance:
        left = reached[known[reached] < known[first] - tolerance]
        if left.size:
            return float((times[first] + times[left[0]]) / 2)
    return float(times[first])


def _counts(time: np.ndarray, event: np.ndarray) -> tuple[np.ndarray, ...]:
    times, code = np.unique(time, return_inverse=True)
    died = np.bincount(code, event, times.size)
    left = np.bincount(code, ~event, times.size)
    at_risk = np.cumsum((died + left)[::-1])[::-1]
    return times, at_risk, died, left


def kaplan_meier(time: np.ndarray, event: np.ndarray, cluster: Labels | None = None) -> KaplanMeier:
    """Kaplan-Meier with log-log intervals, as R's ``survfit(conf.type = "log-log")``.

    Args:
        time, event: (n,) of the hips.
        cluster: (n,) patient of each hip. The variance is then the infinitesimal jackknife's, influences of one
            patient's hips added up before they are squared (R's ``survfit(cluster = patient)``); None takes Greenwood's.
    """
    event = np.asarray(event, bool)
    times, at_risk, died, left = _counts(np.asarray(time, float), event)
    survival = np.cumprod(1 - died / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        if cluster is None:
            variance = np.cumsum(died / (at_risk * (at_risk - died)))
        else:
            influence = log_survival_influence(time, event)
            variance = (summed_by_patient(influence, cluster) ** 2).sum(0)
        margin = Z95 * np.sqrt(variance) / np.abs(np.log(survival))
        low, high = survival ** np.exp(margin), survival ** np.exp(-margin)
    none_yet = survival == 1
    low[none_yet] = high[none_yet] = 1.0
    low[survival == 0] = high[survival == 0] = np.nan
    return KaplanMeier(times, survival, low, high, at_risk, died, left)


def log_survival_influence(time: np.ndarray, event: np.ndarray) -> np.ndarray:
    """(n, k) influence of each hip on log S at each distinct time: the derivative by its weight."""
    time, event = np.asarray(time, float), np.asarray(event, bool)
    times, at_risk, died, _ = _counts(time, event)
    slot = np.searchsorted(times, time)
    stays = np.maximum(at_risk - died, 1e-12)
    paid = np.cumsum(died / (at_risk * stays))
    column = np.arange(times.size)
    exposure = paid[np.minimum(slot[:, None], column)]
    jump = (event[:, None] & (slot[:, None] <= column)) / stays[slot][:, None]
    influence: np.ndarray = exposure - jump
    return influence


def summed_by_patient(influence: np.ndarray, cluster: Labels | None) -> np.ndarray:
    """Influences (n, ...) of hips added up by patient, (patients, ...); as they are without ``cluster``."""
    if cluster is None:
        return influence
    number = patient_numbers(cluster, len(influence))
    summed = np.zeros((int(number.max()) + 1, *influence.shape[1:]))
    np.add.at(summed, number, influence)
    return summed


def follow_up(
    time: np.ndarray, event: np.ndarray, cluster: Labels | None = None
) -> tuple[float, float, float]:
    """Median follow-up in the unit of ``time`` with its 95% interval, by the reverse Kaplan-Meier method.

    Schemper and Smith, Control Clin Trials 1996: events count as censored and censored hips as events.
    """
    return kaplan_meier(time, ~np.asarray(event, bool), cluster).median()


def censoring_survival(time: np.ndarray, event: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """G(t-): probability of being still followed just before t, as a function of an array of times.

    Marginal Kaplan-Meier of the censoring. Hips with an event at a time leave before those censored at that
    time, as in R's ``prodlim(reverse = TRUE)``, which riskRegression uses for its weights.
    """
    times, at_risk, died, left = _counts(np.asarray(time, float), np.asarray(event, bool))
    exposed = at_risk - died
    steps = 1 - np.divide(left, exposed, out=np.zeros_like(left), where=exposed > 0)
    before = np.concatenate([[1.0], np.cumprod(steps)])
    return lambda at: before[np.searchsorted(times, at, side="left")]


@dataclass(frozen=True)
class LogRank:
    """Log-rank test of any number of groups; ``observed`` and ``expected`` events in the order of ``groups``."""

    statistic: float
    p: float
    groups: tuple[Any, ...]
    observed: np.ndarray
    expected: np.ndarray


def log_rank(
    time: np.ndarray, event: np.ndarray, group: npt.ArrayLike, cluster: Labels | None = None
) -> LogRank:
    """Compare the survival of groups: R's ``survdiff`` with rho = 0, and with patients its robust counterpart.

    Args:
        time, event: (n,) of the hips.
        group: (n,) labels.
        cluster: (n,) patient of each hip. Then the test is the robust score test of a Cox model with the groups as its
            covariates (Lin and Wei, JASA 1989; R's ``coxph(..., cluster, ties = "breslow")$rscore``): the same observed
            less expected events, set against what they vary by between patients.

    Raises:
        InputError: fewer than two groups.
        TooFewEvents: no event at all.
    """
    event = np.asarray(event, bool)
    require_events(int(event.sum()), 1, "A log-rank test")
    labels, code = np.unique(np.asarray(group), return_inverse=True)
    if labels.size < 2:
        raise InputError(
            f"All hips are in the group {labels[0]!r}; a log-rank test needs two groups or more."
        )
    times, slot = np.unique(np.asarray(time, float), return_inverse=True)
    shape = (times.size, labels.size)
    died, total = np.zeros(shape), np.zeros(shape)
    np.add.at(died, (slot, code), event)
    np.add.at(total, (slot, code), 1)
    at_risk = np.cumsum(total[::-1], axis=0)[::-1]
    everyone, deaths = at_risk.sum(1), died.sum(1)
    share = at_risk / everyone[:, None]
    expected = (deaths[:, None] * share).sum(0)
    excess = (died.sum(0) - expected)[1:]
    if cluster is None:
        spread = deaths * (everyone - deaths) / np.maximum(everyone - 1, 1)
        variance = np.diag((spread[:, None] * share).sum(0)) - np.einsum("t,ti,tj->ij", spread, share, share)
    else:
        scores = summed_by_patient(log_rank_scores(time, event, np.eye(labels.size)[code]), cluster)
        variance = scores.T @ scores
    statistic = float(excess @ np.linalg.pinv(variance[1:, 1:]) @ excess)
    return LogRank(
        statistic, float(chi2.sf(statistic, labels.size - 1)), tuple(labels.tolist()), died.sum(0), expected
    )


def log_rank_scores(time: np.ndarray, event: np.ndarray, x: np.ndarray) -> np.ndarray:
    """(n, p) score residuals of covariates ``x`` (n, p) at no effect: of 0/1 groups, observed less expected."""
    times, slot = np.unique(np.asarray(time, float), return_inverse=True)
    at_risk = np.cumsum(np.bincount(slot, minlength=times.size)[::-1])[::-1]
    sums = np.zeros((times.size, x.shape[1]))
    np.add.at(sums, slot, x)
    mean = np.cumsum(sums[::-1], axis=0)[::-1] / at_risk[:, None]
    hazard = np.bincount(slot, event, times.size) / at_risk
    exposed = np.cumsum(hazard)[slot][:, None] * x - np.cumsum(hazard[:, None] * mean, axis=0)[slot]
    residual: np.ndarray = event[:, None] * (x - mean[slot]) - exposed
    return residual
