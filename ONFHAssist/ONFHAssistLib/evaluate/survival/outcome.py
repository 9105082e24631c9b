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
    """

    time: np.ndarray
    event: np.ndarray
    unit: str = "months"
    warnings: tuple[str, ...] = ()

    def __len__(self) -> int:
        return self.time.size

    @property
    def events(self) -> int:
        return int(self.event.sum())

    def take(self, index: np.ndarray) -> Outcome:
        """The rows of ``index`` (a mask or positions), with the same warnings."""
        return Outcome(self.time[index], self.event[index], self.unit, self.warnings)


def check_outcome(
    time: Sequence[float],
    event: Sequence[int],
    *,
    unit: str = "months",
    names: tuple[str, str] = ("time", "event"),
) -> Outcome:
    """Check follow-up and events as they come from a user's table.

    Args:
        time: follow-up in ``unit``, greater than 0.
        event: 0/1 or False/True.
        unit: what the user says that the times are; times that look like days bring a warning.
        names: columns to name in the messages.

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
    if not np.isin(coded, (0.0, 1.0)).all():
        shown = ", ".join(f"{value:g}" for value in coded[:5])
        raise InputError(
            f"Column '{names[1]}' is coded {shown}; give 1 for a collapse that was seen and 0 for a hip that was "
            "still uncollapsed at its last visit (a competing event has to be made 0, censored)."
        )
    if not events.any():
        raise InputError(
            f"Column '{names[1]}' holds no event: all {events.size} hips are censored, so nothing can be estimated; "
            f"at least {MIN_EVENTS} events are needed."
        )
    return Outcome(times, events.astype(bool), unit, _follow_up_warnings(times, events, unit, names))


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
        """Time at which survival falls to 0.5 or below, with the interval of Brookmeyer and Crowley; inf if
        never.
        """

        def first(column: np.ndarray) -> float:
            below = np.flatnonzero(np.nan_to_num(column, nan=0.0) <= 0.5)
            return float(self.times[below[0]]) if below.size else np.inf

        return first(self.survival), first(self.low), first(self.high)


def _counts(time: np.ndarray, event: np.ndarray) -> tuple[np.ndarray, ...]:
    times, code = np.unique(time, return_inverse=True)
    died = np.bincount(code, event, times.size)
    left = np.bincount(code, ~event, times.size)
    at_risk = np.cumsum((died + left)[::-1])[::-1]
    return times, at_risk, died, left


def kaplan_meier(time: np.ndarray, event: np.ndarray) -> KaplanMeier:
    """Kaplan-Meier with Greenwood's variance and log-log intervals, as R's ``survfit(conf.type =
    "log-log")``.
    """
    event = np.asarray(event, bool)
    times, at_risk, died, left = _counts(np.asarray(time, float), event)
    survival = np.cumprod(1 - died / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(died / (at_risk * (at_risk - died)))
        margin = Z95 * np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = survival ** np.exp(margin), survival ** np.exp(-margin)
    none_yet = survival == 1
    low[none_yet] = high[none_yet] = 1.0
    low[survival == 0] = high[survival == 0] = np.nan
    return KaplanMeier(times, survival, low, high, at_risk, died, left)


def follow_up(time: np.ndarray, event: np.ndarray) -> tuple[float, float, float]:
    """Median follow-up in the unit of ``time`` with its 95% interval, by the reverse Kaplan-Meier method.

    Schemper and Smith, Control Clin Trials 1996: events count as censored and censored hips as events.
    """
    return kaplan_meier(time, ~np.asarray(event, bool)).median()


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


def log_rank(time: np.ndarray, event: np.ndarray, group: npt.ArrayLike) -> LogRank:
    """Compare the survival of groups, as R's ``survdiff`` with rho = 0.

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
    spread = deaths * (everyone - deaths) / np.maximum(everyone - 1, 1)
    variance = np.diag((spread[:, None] * share).sum(0)) - np.einsum("t,ti,tj->ij", spread, share, share)
    excess = (died.sum(0) - expected)[1:]
    statistic = float(excess @ np.linalg.pinv(variance[1:, 1:]) @ excess)
    return LogRank(
        statistic, float(chi2.sf(statistic, labels.size - 1)), tuple(labels.tolist()), died.sum(0), expected
    )
