"""A figure with the interval that belongs to it, as every table, bundle and report hands it on."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Interval:
    """A figure with its interval; NaN bounds where none was asked for.

    Attributes:
        value, low, high: the figure and the bounds of its interval.
    """

    value: float
    low: float = math.nan
    high: float = math.nan

    def as_dict(self) -> dict[str, float]:
        """``value``, ``low`` and ``high``."""
        return {"value": self.value, "low": self.low, "high": self.high}

    def __str__(self) -> str:
        return f"{self.value:.3f} ({self.low:.3f}-{self.high:.3f})"


def number_or_none(value: float | None) -> float | None:
    """A number as JSON takes it: None where there is none, because JSON has no NaN."""
    return None if value is None or math.isnan(value) else float(value)


def json_figure(
    value: float | None, low: float | None = None, high: float | None = None
) -> dict[str, float | None]:
    """``value``, ``low`` and ``high`` of a metric as JSON takes them."""
    return {"value": number_or_none(value), "low": number_or_none(low), "high": number_or_none(high)}
