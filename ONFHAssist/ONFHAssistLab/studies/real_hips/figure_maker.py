"""One figure of an evaluation on real hips: with its interval by patients, its number and what is wanted of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.binary.discrimination import wilson_interval
from ONFHAssistLib.evaluate.estimate import json_figure, number_or_none
from ONFHAssistLib.evaluate.resampling import drawn_rows

WITH_WITHHELD = "_with_withheld"  # ends the name of a figure as it would have been, were no answer withheld
SHARE, MM, NUMBER, COUNT = "share", "mm", "number", "count"
FINDING, OUTLINE, LESIONS, ANSWERS = "Finding the heads", "Outline of the head", "Necrosis", "Answers"
_STATISTICS: dict[str, Callable[[np.ndarray], float]] = {
    "mean": lambda v: float(v.mean()),
    "median": lambda v: float(np.median(v)),
    "95th": lambda v: float(np.percentile(v, 95)),
    "5th": lambda v: float(np.percentile(v, 5)),
    "worst": lambda v: float(v.max()),
    "sum": lambda v: float(v.sum()),
}


@dataclass(frozen=True)
class Wanted:
    """What is wanted of a figure: at least, or at most, a limit."""

    limit: float
    at_least: bool = True

    def is_met(self, value: float) -> bool:
        """Whether a figure, but for the last digit of its arithmetic, is on the right side."""
        return value >= self.limit - 1e-9 if self.at_least else value <= self.limit + 1e-9


@dataclass(frozen=True)
class RealFigure:
    """One figure.

    Attributes:
        name: for programs. words: for people. group: of the page.
        kind: "share" (0..1), "mm", "number" or "count".
        value: NaN where nothing can be judged. low, high: 95% interval by patients; NaN where there is none.
        n: hips (or images) that it rests on. of: that it could rest on, with those that got no answer.
        wanted: None where nothing is.
    """

    name: str
    words: str
    group: str
    kind: str
    value: float
    low: float
    high: float
    n: int
    of: int
    wanted: Wanted | None = None

    @property
    def met(self) -> bool | None:
        """Whether what is wanted is reached; None where nothing is wanted, or nothing could be judged."""
        if self.wanted is None or math.isnan(self.value):
            return None
        return self.wanted.is_met(self.value)

    def as_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        target = None if self.wanted is None else self.wanted.limit
        return {
            **json_figure(self.value, self.low, self.high),
            "n": self.n,
            "of": self.of,
            "target": number_or_none(target),
            "met": self.met,
        }


class FigureMaker:
    """Makes figures of one evaluation: the same resamples' number and seed everywhere."""

    def __init__(self, resamples: int, seed: int) -> None:
        self.resamples, self.seed = resamples, seed

    def __call__(
        self,
        rows: pd.DataFrame,
        values: pd.Series | None,
        name: str,
        words: str,
        group: str,
        kind: str = SHARE,
        statistic: str = "mean",
        wanted: Wanted | None = None,
    ) -> RealFigure:
        """A statistic of the rows' values; rows without a value are counted and left out."""
        if values is None:
            values = pd.Series(math.nan, rows.index)
        numbers = pd.to_numeric(values, errors="coerce").to_numpy(float) if len(rows) else np.zeros(0)
        known = np.isfinite(numbers)
        kept, patients = numbers[known], rows["patient"].to_numpy()[known]
        if not len(kept):
            return RealFigure(name, words, group, kind, math.nan, math.nan, math.nan, 0, len(rows), wanted)
        value = _STATISTICS[statistic](kept)
        low, high = self._interval(kept, patients, kind, statistic)
        return RealFigure(name, words, group, kind, value, low, high, len(kept), len(rows), wanted)

    def _interval(
        self, values: np.ndarray, patients: np.ndarray, kind: str, statistic: str
    ) -> tuple[float, float]:
        """Percentiles over resampled patients. All or none have no spread there: Wilson's bound, a count a patient."""
        n_patients = len(set(patients))
        if statistic == "worst" or n_patients < 2:
            return math.nan, math.nan
        if kind in (SHARE, COUNT) and np.ptp(values) == 0 and values[0] in (0.0, 1.0):
            hits = n_patients if values[0] else 0
            scale = len(values) if statistic == "sum" else 1
            low, high = wilson_interval(hits, n_patients)
            return low * scale, high * scale
        compute = _STATISTICS[statistic]
        drawn = [
            compute(values[rows]) for rows in drawn_rows(patients, len(values), self.resamples, self.seed)
        ]
        low, high = np.percentile(drawn, [2.5, 97.5])
        return float(low), float(high)


def column(rows: pd.DataFrame, name: str) -> pd.Series:
    return rows[name] if name in rows else pd.Series(math.nan, rows.index, dtype=object)


def flag(condition: pd.Series, known: pd.Series) -> pd.Series:
    """1 and 0 where something is known, else NaN."""
    return condition.astype(float).where(known)
