"""Nomogram of any Cox model: points for each covariate, total points, survival at chosen months.

As R's ``rms::nomogram`` (6.5): the axis of a continuous covariate runs over "pretty" values around its range, the
covariate whose axis spans most log hazard gets 100 points, and every axis starts at 0 points at its best end.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ONFHAssistLib.core.errors import InputError

from ..published.model import PublishedModel, published_model

if TYPE_CHECKING:
    from ..cox.model import CoxModel

MAX_POINTS = 100.0


def pretty(low: float, high: float, count: int = 5) -> np.ndarray:
    """About ``count`` + 1 round values that cover low..high, by the rule of R's ``pretty``."""
    bias, bias5 = 1.5, 0.5 + 1.5 * 1.5
    gap = high - low
    size = max(abs(low), abs(high))
    if gap < 1e-10 * max(size, 1e-300):  # one value
        cell = size * min(1, 3 / count) or 1.0
        cell /= 1 if size == 0 else 1 + (1 / (1 + bias))
    else:
        cell = gap / count
    base = 10.0 ** math.floor(math.log10(cell))
    unit = base
    if 2 * base - cell < bias * (cell - unit):
        unit = 2 * base
        if 5 * base - cell < bias5 * (cell - unit):
            unit = 5 * base
            if 10 * base - cell < bias * (cell - unit):
                unit = 10 * base
    first, last = math.floor(low / unit + 1e-7), math.ceil(high / unit - 1e-7)
    missing = int(0.5 + count // 3 - (last - first))
    if missing > 0:  # at least a third of the steps that were asked for
        more = missing // 2
        first, last = first - (missing - more), last + more
    return np.array([k * unit for k in range(first, last + 1)]).round(12)


@dataclass(frozen=True)
class Axis:
    """One covariate: ``values`` at its ticks and their ``points``; ``coef`` is its log hazard ratio a unit."""

    name: str
    values: np.ndarray
    points: np.ndarray
    coef: float

    @property
    def discrete(self) -> bool:
        return self.values.size == 2

    def at(self, value: float) -> float:
        """Points of ``value``, also beyond the ticks."""
        slope = (self.points[-1] - self.points[0]) / (self.values[-1] - self.values[0])
        return float(self.points[0] + slope * (value - self.values[0]))


@dataclass(frozen=True)
class SurvivalAxis:
    """Survival at ``month``: ticks and the total points at which they lie."""

    month: float
    survival: np.ndarray
    points: np.ndarray


@dataclass(frozen=True)
class PatientPoints:
    """A patient on the nomogram: points of each covariate, their sum, survival at each month."""

    values: Mapping[str, float]
    points: Mapping[str, float]
    total: float
    survival: Mapping[float, float]


@dataclass(frozen=True)
class Nomogram:
    """Axes of a nomogram; :mod:`.figure` draws it.

    Attributes:
        axes: a covariate each, in the model's order.
        total: ticks of the axis of total points.
        survival: one axis for each month.
        points_per_log_hazard: 1 of log hazard in points.
        offset: log hazard (against a hip with average covariates) at 0 points.
        hazard: cumulative hazard at each month of a hip with average covariates.
    """

    axes: tuple[Axis, ...]
    total: np.ndarray
    survival: tuple[SurvivalAxis, ...]
    points_per_log_hazard: float
    offset: float
    hazard: Mapping[float, float]

    def survival_at(self, total: float, month: float) -> float:
        """Survival at one of the nomogram's months of a hip with ``total`` points."""
        log_hazard = total / self.points_per_log_hazard + self.offset
        return math.exp(-self.hazard[month] * math.exp(log_hazard))

    def patient(self, values: Mapping[str, float]) -> PatientPoints:
        """Where a patient with these covariate ``values`` stands.

        Raises:
            InputError: a covariate is missing or not a finite number.
        """
        points = {}
        for axis in self.axes:
            value = values.get(axis.name)
            if value is None or not math.isfinite(value):
                raise InputError(f"The nomogram needs a number for '{axis.name}' and got {value!r}; add it.")
            points[axis.name] = axis.at(float(value))
        total = sum(points.values())
        survival = {month: self.survival_at(total, month) for month in self.hazard}
        return PatientPoints(
            {axis.name: float(values[axis.name]) for axis in self.axes}, points, total, survival
        )


def _ticks(minimum: float, maximum: float) -> np.ndarray:
    if {minimum, maximum} == {0.0, 1.0}:
        return np.array([0.0, 1.0])
    return pretty(minimum, maximum, 10)


_SURVIVAL_TICKS = np.array(
    [0.01, 0.05, *np.arange(0.1, 0.95, 0.1).round(1), 0.95, 0.99]
)  # rms' default without the doubled ends


def nomogram(model: CoxModel, months: Sequence[float] = (36, 60)) -> Nomogram:
    """Build the nomogram of a fitted model.

    Covariates that are 0/1 get two ticks, others pretty values around their range. The axis of total points covers 0
    to the largest sum in the model's data, as in rms.

    Raises:
        InputError: a month beyond the model's follow-up or before its first event, or no covariate with an effect.
    """
    ticks = [_ticks(low, high) for low, high in zip(model.minimum_, model.maximum_, strict=True)]
    model.check_months(months)
    hazard = {float(m): float(h) for m, h in zip(months, model.cumulative_baseline(months), strict=True)}
    shift = -float(model.coef_ @ model.means_)
    return _build(model.names_, model.coef_, ticks, hazard, shift, model.log_hazard_range_[1])


def clinical_nomogram(months: Sequence[float] = (36, 60), model: PublishedModel | None = None) -> Nomogram:
    """The nomogram of the published clinical model: three findings, absent or present."""
    model = model or published_model()
    hazard = {float(m): float(model.cumulative_baseline(np.array(m))) for m in months}
    names = tuple(ratio.name for ratio in model.hazard_ratios)
    return _build(
        names, model.log_ratios, [np.array([0.0, 1.0])] * 3, hazard, 0.0, float(model.log_ratios.sum())
    )


def _build(
    names: Sequence[str],
    coefs: np.ndarray,
    ticks: Sequence[np.ndarray],
    hazard: Mapping[float, float],
    shift: float,
    largest: float,
) -> Nomogram:
    """``shift``: log hazard where all covariates are 0; ``largest``: log hazard that the total axis must reach."""
    spans = [abs(coef) * (tick[-1] - tick[0]) for coef, tick in zip(coefs, ticks, strict=True)]
    if not max(spans) > 0:
        raise InputError("No covariate of the model has an effect; a nomogram has nothing to show.")
    scale = MAX_POINTS / max(spans)
    axes, offset = [], shift
    for name, coef, tick in zip(names, coefs, ticks, strict=True):
        contribution = coef * tick
        offset += contribution.min()
        axes.append(Axis(name, tick, (contribution - contribution.min()) * scale, float(coef)))
    total = pretty(0.0, (largest - offset) * scale, 10)
    survival = []
    for month, base in hazard.items():
        if base <= 0:
            raise InputError(f"The model saw no event by {month:g}; choose a later time for the nomogram.")
        points = (np.log(-np.log(_SURVIVAL_TICKS) / base) - offset) * scale
        inside = (points >= total[0] - 1e-9) & (points <= total[-1] + 1e-9)
        survival.append(SurvivalAxis(month, _SURVIVAL_TICKS[inside], points[inside]))
    return Nomogram(tuple(axes), total, tuple(survival), scale, offset, dict(hazard))
