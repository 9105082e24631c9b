"""Figures of several centres side by side and pooled: for probabilities and for survival alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ..core.errors import InputError
from .estimate import Interval
from .pooling import PooledCentres, pool_centres
from .resampling import Labels

Z95 = 1.959963984540054


@dataclass(frozen=True)
class InternalExternal:
    """What the centres say of each model.

    Attributes:
        centres: a row a model, centre and figure: value, low, high, standard_error, hips, events; ``month`` of a figure
            that has one.
        pooled: model -> figure -> over centres.
        warnings: centres that could not be judged and why.
        figures: figure -> scale on which it is pooled, in the order in which they are shown.
    """

    centres: pd.DataFrame
    pooled: Mapping[str, Mapping[str, PooledCentres]]
    warnings: tuple[str, ...]
    figures: Mapping[str, str]


@dataclass(frozen=True)
class CentreFigure:
    """One figure of one centre with its standard error; ``month`` is NaN where there is none."""

    interval: Interval
    standard_error: float
    month: float = np.nan

    @classmethod
    def of(cls, value: float, error: float, month: float = np.nan) -> CentreFigure:
        """With Wald's interval."""
        return cls(Interval(value, value - Z95 * error, value + Z95 * error), error, month)

    @classmethod
    def of_ratio(cls, value: float, error: float, month: float = np.nan) -> CentreFigure:
        """With Wald's interval of the logarithm; ``error`` is that of the ratio itself."""
        spread = float(np.exp(Z95 * error / value))
        return cls(Interval(value, value / spread, value * spread), error, month)


def names_of_centres(centre: Labels, patients: Labels) -> tuple[np.ndarray, list[str]]:
    """(n,) names of the hips' centres, and each name once in order.

    Raises:
        InputError: fewer than two centres, or a patient in two.
    """
    labels = np.asarray(centre).astype(str)
    names = sorted(set(labels))
    if len(names) < 2:
        raise InputError(f"All hips are of the centre '{names[0]}'; two or more are needed.")
    homes = pd.Series(labels).groupby(np.asarray(patients)).nunique()
    if (homes > 1).any():
        raise InputError(
            f"The patient '{homes[homes > 1].index[0]}' has hips in two centres; give every patient one centre."
        )
    return labels, names


def centre_rows(
    model: str, centre: str, found: Mapping[str, CentreFigure], hips: int, events: int
) -> list[dict[str, object]]:
    """Rows of :attr:`InternalExternal.centres`."""
    return [
        {
            "model": model,
            "centre": centre,
            "figure": figure,
            "month": one.month,
            **one.interval.as_dict(),
            "standard_error": one.standard_error,
            "hips": hips,
            "events": events,
        }
        for figure, one in found.items()
    ]


def over_centres(
    rows: list[dict[str, object]], scales: Mapping[str, str], warnings: list[str]
) -> InternalExternal:
    """Pool the figures of the centres, each on its scale.

    Args:
        rows: of :func:`centre_rows`. warnings: sentences so far; those of figures that cannot be pooled are added.

    Raises:
        InputError: fewer than two centres that could be judged.
    """
    table = pd.DataFrame(rows)
    judged = len(set(table["centre"])) if len(table) else 0
    if judged < 2:
        raise InputError(f"{judged} centres can be judged and two are needed. {' '.join(warnings)}".strip())
    pooled: dict[str, dict[str, PooledCentres]] = {}
    for model in dict.fromkeys(table["model"]):
        for figure, scale in scales.items():
            mine = table[(table["model"] == model) & (table["figure"] == figure)]
            if not len(mine):
                continue
            values, errors = (mine[name].to_numpy(float) for name in ("value", "standard_error"))
            try:
                pooled.setdefault(model, {})[figure] = pool_centres(values, errors, scale)
            except InputError as error:
                warnings.append(f"{model}, {figure}: {error}")
    return InternalExternal(table, pooled, tuple(warnings), scales)
