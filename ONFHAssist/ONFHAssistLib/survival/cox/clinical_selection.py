"""Which clinical findings carry a cohort's survival: univariate Cox models, then backward elimination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import chi2

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.outcome import Outcome

from . import partial_likelihood as pl
from .model import CoxModel
from .splines import choose_knots, restricted_cubic

_MAX_CATEGORIES = 8


@dataclass(frozen=True)
class Encoding:
    """How clinical columns become covariates; fitted on one cohort, applied to any.

    Attributes:
        cuts: median of each continuous column, for the split ``column>=cut``.
        categories: each level of a column of text, for one column ``column=level`` against the rest.
        binary: columns that are 0/1 or False/True and stay as they are.
    """

    cuts: dict[str, float]
    categories: dict[str, tuple[str, ...]]
    binary: tuple[str, ...]

    @property
    def covariates(self) -> list[str]:
        """Names of all covariates that the study's protocol looks at: binary, one against the rest, median split."""
        levels = [f"{column}={level}" for column, levels in self.categories.items() for level in levels]
        return [*self.binary, *levels, *(f"{column}>={cut:g}" for column, cut in self.cuts.items())]

    def apply(self, table: pd.DataFrame) -> pd.DataFrame:
        """Covariates of ``table`` as numbers, in the order of :attr:`covariates`, continuous columns beside them.

        Raises:
            InputError: a column is missing, has an empty cell or a level that was not there when encoding was fitted.
        """
        missing = [c for c in (*self.binary, *self.categories, *self.cuts) if c not in table.columns]
        if missing:
            raise InputError(
                f"The clinical table lacks the column '{missing[0]}'; add it, or develop without it."
            )
        columns: dict[str, np.ndarray] = {}
        for name in (*self.binary, *self.categories, *self.cuts):
            if table[name].isna().any():
                row = table.index[np.flatnonzero(table[name].isna())[0]]
                raise InputError(
                    f"Column '{name}' is empty in row {row!r}; complete it or leave this hip out."
                )
        for name in self.binary:
            columns[name] = table[name].to_numpy(float)
        for name, levels in self.categories.items():
            text = table[name].astype(str)
            unknown = sorted(set(text) - set(levels))
            if unknown:
                raise InputError(
                    f"Column '{name}' holds '{unknown[0]}', which is none of {', '.join(levels)}."
                )
            columns.update({f"{name}={level}": (text == level).to_numpy(float) for level in levels})
        for name, cut in self.cuts.items():
            values = table[name].to_numpy(float)
            columns[f"{name}>={cut:g}"] = (values >= cut).astype(float)
            columns[name] = values
        return pd.DataFrame(columns, index=table.index)


def encode(table: pd.DataFrame, columns: Sequence[str]) -> Encoding:
    """Learn the encoding of clinical ``columns``: text by level, numbers with more than two values by their median.

    Raises:
        InputError: a column is missing or has more than 8 levels of text.
    """
    cuts: dict[str, float] = {}
    categories: dict[str, tuple[str, ...]] = {}
    binary = []
    for name in columns:
        if name not in table.columns:
            raise InputError(f"The clinical table lacks the column '{name}'; add it, or develop without it.")
        values = table[name].dropna()
        if pd.api.types.is_numeric_dtype(values):
            if set(np.unique(values.astype(float))) <= {0.0, 1.0}:
                binary.append(name)
            else:
                cuts[name] = float(values.median())
        else:
            levels = tuple(sorted(values.astype(str).unique()))
            if len(levels) > _MAX_CATEGORIES:
                raise InputError(
                    f"Column '{name}' has {len(levels)} different texts; give numbers, or at most "
                    f"{_MAX_CATEGORIES} categories."
                )
            categories[name] = levels
    return Encoding(cuts, categories, tuple(binary))


def _usable(covariates: pd.DataFrame, names: Sequence[str]) -> list[str]:
    return [name for name in names if np.ptp(covariates[name].to_numpy(float)) > 0]


def univariate(
    covariates: pd.DataFrame, encoding: Encoding, outcome: Outcome, cluster: Labels | None = None
) -> pd.DataFrame:
    """One Cox model for each covariate; for continuous ones both the study's way and the better ones.

    Rows: ``form`` is "as coded", "median split" (what the study did; it throws information away and its cut follows
    the cohort), "continuous, per SD" or "spline" (restricted cubic with 3 knots; p of 2 degrees of freedom and
    ``p_nonlinear``). Columns hr, low, high, p, robust_p (patients as clusters), ``better_practice``.
    """
    rows = []
    for name in _usable(covariates, encoding.covariates):
        form = "median split" if ">=" in name else "as coded"
        rows.append(_one(covariates[[name]], outcome, cluster, name, form))
    for name in _usable(covariates, list(encoding.cuts)):
        spread = covariates[name].std()
        rows.append(_one(covariates[[name]] / spread, outcome, cluster, name, "continuous, per SD"))
        spline = _spline_row(covariates[name].to_numpy() / spread, outcome, name)
        if spline is not None:
            rows.append(spline)
    table = pd.DataFrame(rows)
    table["better_practice"] = ~table["form"].eq("median split")
    return table


def _one(
    column: pd.DataFrame, outcome: Outcome, cluster: Labels | None, name: str, form: str
) -> dict[str, object]:
    try:
        summary = CoxModel().fit(column, outcome, cluster=cluster).summary().iloc[0]
    except InputError as error:
        return {"covariate": name, "form": form, "note": str(error)}
    values = {key: float(summary[key]) for key in ("hr", "low", "high", "p", "robust_p")}
    return {"covariate": name, "form": form, **values, "note": ""}


def _spline_row(x: np.ndarray, outcome: Outcome, name: str) -> dict[str, object] | None:
    try:
        basis = restricted_cubic(x, choose_knots(x))
        sets = pl.risk_sets(outcome.time, outcome.event)
        curved, straight = pl.fit(sets, basis), pl.fit(sets, basis[:, :1])
    except (InputError, pl.NotIdentified):
        return None
    whole = 2 * (curved.fitted - curved.null)
    bend = 2 * (curved.fitted - straight.fitted)
    return {
        "covariate": name,
        "form": "spline",
        "p": float(chi2.sf(whole, basis.shape[1])),
        "p_nonlinear": float(chi2.sf(bend, basis.shape[1] - 1)),
        "note": "",
    }


def screen(covariates: pd.DataFrame, names: Sequence[str], outcome: Outcome, below: float) -> list[str]:
    """Those of ``names`` whose univariate Wald p is under ``below``; without tables, for resampling."""
    sets = pl.risk_sets(outcome.time, outcome.event)
    limit = chi2.isf(below, 1)
    return [
        name for name in _usable(covariates, names) if _univariate_statistic(sets, covariates[name]) > limit
    ]


def _univariate_statistic(sets: pl.RiskSets, column: pd.Series) -> float:
    """Wald chi-square of a covariate alone; 0 where it cannot be fitted."""
    try:
        fitted = pl.fit(sets, column.to_numpy(float)[:, None])
    except pl.NotIdentified:
        return 0.0
    return float(fitted.coef[0] ** 2 / fitted.variance[0, 0])


@dataclass(frozen=True)
class Elimination:
    """The model that backward elimination left, and what left it in which order."""

    model: CoxModel
    removed: tuple[tuple[str, float], ...]


def backward_elimination(
    covariates: pd.DataFrame,
    names: Sequence[str],
    outcome: Outcome,
    *,
    keep_below: float = 0.05,
    cluster: Labels | None = None,
    ties: str = "efron",
) -> Elimination:
    """Start from all of ``names`` and take away the one with the largest Wald p until all are below ``keep_below``.

    The plain variance decides, as in the study; the robust one is in the summary. The last covariate stays whatever
    its p. Of covariates that repeat each other (the levels of a category) the one with the weakest univariate
    effect is left out before the start.

    Raises:
        InputError: no usable covariate, or as :meth:`CoxModel.fit`.
    """
    chosen, removed = eliminate(
        covariates, names, pl.risk_sets(outcome.time, outcome.event, ties), keep_below
    )
    if not chosen:
        raise InputError("No clinical covariate is left to fit: all are constant; give columns that vary.")
    return Elimination(CoxModel(ties).fit(covariates, outcome, chosen, cluster), tuple(removed))


def eliminate(
    covariates: pd.DataFrame, names: Sequence[str], sets: pl.RiskSets, keep_below: float
) -> tuple[list[str], list[tuple[str, float]]]:
    """Names that backward elimination leaves, and (name, p) of those removed; NaN for those that cannot be fitted."""
    chosen = _usable(covariates, names)
    removed: list[tuple[str, float]] = [(name, np.nan) for name in names if name not in chosen]
    while chosen:
        try:
            fitted = pl.fit(sets, covariates[chosen].to_numpy(float))
        except pl.NotIdentified as error:
            if len(chosen) == 1:
                break
            weakest = min(error.columns, key=lambda k: _univariate_statistic(sets, covariates[chosen[k]]))
            removed.append((chosen.pop(weakest), np.nan))
            continue
        p = chi2.sf(fitted.coef**2 / np.diag(fitted.variance), 1)
        worst = int(np.argmax(p))
        if p[worst] <= keep_below or len(chosen) == 1:
            break
        removed.append((chosen.pop(worst), float(p[worst])))
    return chosen, removed
