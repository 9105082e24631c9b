"""Which clinical findings carry a cohort's survival: univariate Cox models, then backward elimination."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import chi2

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.outcome import Outcome

from ...tabular.tables.cells import odd_cell_sentence
from ...tabular.tables.reader import NO_WORDS, YES_WORDS
from . import partial_likelihood as pl
from .model import CoxModel
from .splines import choose_knots, restricted_cubic

_MAX_CATEGORIES = 8


@dataclass(frozen=True)
class Encoding:
    """How clinical columns become covariates; fitted on one cohort, applied to any.

    Attributes:
        cuts: of each continuous column, for the split ``column>=cut``.
        categories: the levels of a column that is no number, or of two numbers other than 0 and 1. Of two levels the
            second is the covariate ``column=level``, of more each is one against the rest.
        binary: columns that are 0/1 or False/True and stay as they are.
        ordered: columns of stages in whole numbers, which stay as they are too: a hazard ratio for each step.
    """

    cuts: dict[str, float]
    categories: dict[str, tuple[str, ...]]
    binary: tuple[str, ...]
    ordered: tuple[str, ...] = ()

    @property
    def covariates(self) -> list[str]:
        """Names of all covariates that the study's protocol looks at: binary, ordered, one against the rest, split."""
        levels = [
            f"{column}={level}"
            for column, levels in self.categories.items()
            for level in (levels[1:] if len(levels) == 2 else levels)
        ]
        splits = [f"{column}>={cut:g}" for column, cut in self.cuts.items()]
        return [*self.binary, *self.ordered, *levels, *splits]

    @property
    def columns(self) -> tuple[str, ...]:
        """The clinical columns that it reads."""
        return (*self.binary, *self.ordered, *self.categories, *self.cuts)

    def encoded_of(self, column: str) -> list[str]:
        """Every column of :meth:`apply` that comes from one clinical column."""
        levels = [f"{column}={level}" for level in self.categories.get(column, ())]
        splits = [f"{column}>={self.cuts[column]:g}"] if column in self.cuts else []
        own = [] if column in self.categories else [column]
        return [*own, *levels, *splits]

    def covariates_of(self, column: str) -> list[str]:
        """Those of :attr:`covariates` that come from one column."""
        return [
            name
            for name in self.covariates
            if name == column or name.startswith((f"{column}=", f"{column}>="))
        ]

    def apply(self, table: pd.DataFrame) -> pd.DataFrame:
        """Covariates of ``table`` as numbers, in the order of :attr:`covariates`, continuous columns and the first of two
        levels beside them.

        Raises:
            InputError: a column is missing, has an empty cell or a level that was not there when encoding was fitted.
        """
        names = self.columns
        missing = [c for c in names if c not in table.columns]
        if missing:
            raise InputError(
                f"The clinical table lacks the column '{missing[0]}'; add it, or develop without it."
            )
        columns: dict[str, np.ndarray] = {}
        for name in names:
            if table[name].isna().any():
                row = table.index[np.flatnonzero(table[name].isna())[0]]
                raise InputError(
                    f"Column '{name}' is empty in row {row!r}; complete it or leave this hip out."
                )
        for name in (*self.binary, *self.ordered):
            columns[name] = _numbers(table[name], name)
        for name, levels in self.categories.items():
            text = _level_texts(table[name]).str.casefold()
            known = [level.casefold() for level in levels]
            unknown = _level_texts(table[name])[~text.isin(known)]
            if len(unknown):
                raise InputError(
                    f"Column '{name}' holds '{min(unknown)}', which is none of {', '.join(levels)}."
                )
            columns.update(
                {
                    f"{name}={level}": (text == key).to_numpy(float)
                    for level, key in zip(levels, known, strict=True)
                }
            )
        for name, cut in self.cuts.items():
            values = _numbers(table[name], name)
            columns[f"{name}>={cut:g}"] = (values >= cut).astype(float)
            columns[name] = values
        return pd.DataFrame(columns, index=table.index)


def encode(table: pd.DataFrame, columns: Sequence[str]) -> Encoding:
    """Learn the encoding of clinical ``columns``.

    Two values are a binary finding whatever their codes (1/2, yes/no, male/female); text goes by level; whole numbers
    within a span of 8 are stages, whose order stays; other numbers are split at their median (:func:`split_at`).

    Raises:
        InputError: a column is missing, has more than 8 levels of text, or numbers with a cell such as ">210".
    """
    found = Encoding({}, {}, ())
    binary, ordered = [], []
    for name in columns:
        if name not in table.columns:
            raise InputError(f"The clinical table lacks the column '{name}'; add it, or develop without it.")
        values = table[name].dropna()
        if pd.api.types.is_numeric_dtype(values):
            distinct = np.unique(values.astype(float))
            if set(distinct) <= {0.0, 1.0}:
                binary.append(name)
            elif distinct.size == 2:
                found.categories[name] = tuple(_level_texts(pd.Series(distinct)))
            elif _are_stages(distinct):
                ordered.append(name)
            else:
                found.cuts[name] = split_at(values.to_numpy(float))
            continue
        odd = odd_cell_sentence(table[name], name)
        if odd:
            raise InputError(odd)
        levels = _levels(values)
        if len(levels) > _MAX_CATEGORIES:
            raise InputError(
                f"Column '{name}' has {len(levels)} different texts; give numbers, or at most "
                f"{_MAX_CATEGORIES} categories."
            )
        found.categories[name] = levels
    return replace(found, binary=tuple(binary), ordered=tuple(ordered))


def split_at(values: np.ndarray) -> float:
    """Where numbers are split, ``values >= cut`` against the rest: at their median, as the study did.

    Where the median is the smallest value, which all reach, the next larger one: such a split is never constant.
    """
    cut, lowest = float(np.median(values)), float(np.min(values))
    above = values[values > lowest]
    return cut if cut > lowest or not above.size else float(above.min())


def _are_stages(distinct: np.ndarray) -> bool:
    whole = bool(np.all(distinct == np.round(distinct)))
    return whole and 2 < distinct.size <= _MAX_CATEGORIES and float(np.ptp(distinct)) <= _MAX_CATEGORIES


def _levels(values: pd.Series) -> tuple[str, ...]:
    """The levels of a column of words, sorted; of two that mean no and yes, no first. Case and blanks do not matter."""
    texts = _level_texts(values)
    spelled = texts.groupby(texts.str.casefold()).agg(lambda same: same.mode().iloc[0])
    levels = sorted(spelled)
    if len(levels) == 2 and levels[0].casefold() in YES_WORDS and levels[1].casefold() in NO_WORDS:
        levels.reverse()
    return tuple(levels)


def _level_texts(values: pd.Series) -> pd.Series:
    """Levels as text, so that 1, 1.0 and "1" are one."""
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return values.map(lambda value: f"{float(value):g}")
    return values.astype(str).str.strip()


def _numbers(values: pd.Series, name: str) -> np.ndarray:
    try:
        return values.to_numpy(float)
    except (TypeError, ValueError):
        text = next(value for value in values if pd.isna(pd.to_numeric(value, errors="coerce")))
        raise InputError(
            f"Column '{name}' holds '{text}', which is no number; write the number alone."
        ) from None


def _usable(covariates: pd.DataFrame, names: Sequence[str]) -> list[str]:
    varies = np.ptp(covariates[list(names)].to_numpy(float), axis=0) > 0
    return [name for name, kept in zip(names, varies, strict=True) if kept]


def univariate(
    covariates: pd.DataFrame, encoding: Encoding, outcome: Outcome, cluster: Labels | None = None
) -> pd.DataFrame:
    """One Cox model for each covariate; for continuous ones both the study's way and the better ones.

    Rows: ``form`` is "as coded", "per step" (of ordered stages), "median split" (what the study did; it throws
    information away and its cut follows the cohort), "continuous, per SD" or "spline" (restricted cubic with 3 knots; p
    of 2 degrees of freedom and ``p_nonlinear``). Columns hr, low, high, p, robust_p (patients as clusters),
    ``better_practice``.
    """
    rows = []
    for name in _usable(covariates, encoding.covariates):
        form = "median split" if ">=" in name else "per step" if name in encoding.ordered else "as coded"
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
    chosen = _usable(covariates, names)
    columns = covariates[chosen].to_numpy(float).T
    return [
        name
        for name, column in zip(chosen, columns, strict=True)
        if _univariate_statistic(sets, column) > limit
    ]


def _univariate_statistic(sets: pl.RiskSets, column: np.ndarray) -> float:
    """Wald chi-square of a covariate alone; 0 where it cannot be fitted."""
    try:
        fitted = pl.fit(sets, column[:, None])
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
    x = covariates[chosen].to_numpy(float)
    while chosen:
        try:
            fitted = pl.fit(sets, x)
        except pl.NotIdentified as error:
            if len(chosen) == 1:
                break
            weakest = min(error.columns, key=lambda k: _univariate_statistic(sets, x[:, k]))
            removed.append((chosen.pop(weakest), np.nan))
            x = np.delete(x, weakest, axis=1)
            continue
        p = chi2.sf(fitted.coef**2 / np.diag(fitted.variance), 1)
        worst = int(np.argmax(p))
        if p[worst] <= keep_below or len(chosen) == 1:
            break
        removed.append((chosen.pop(worst), float(p[worst])))
        x = np.delete(x, worst, axis=1)
    return chosen, removed
