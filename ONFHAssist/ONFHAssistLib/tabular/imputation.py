"""Multiple imputation of empty cells by chained equations, and Rubin's rules for what is computed on each completion.

Van Buuren and Groothuis-Oudshoorn, J Stat Softw 2011 (mice): each column with empty cells is predicted from all others
in turn. Numbers and stages take a value of one of the five hips whose prediction is closest, with coefficients drawn
from their posterior (predictive mean matching, type 1, mice's ``pmm``); categories are drawn from a multinomial logistic
model of a bootstrap sample. So a value that is filled in is one that was seen. What is known of the outcome belongs
among the predictors (White and Royston, Stat Med 2009: event and cumulative hazard) where coefficients are wanted, and
must not where hips are predicted that the model has not seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from ..core.errors import InputError

DONORS = 5
ROUNDS = 10
MOST_EMPTY = 0.5  # of a column; beyond, the filled-in half would speak for the other
_RIDGE = 1e-5


@dataclass(frozen=True)
class Pooled:
    """Estimates of m completions by Rubin's rules, each (p,).

    Attributes:
        estimate, variance: mean, and within plus (1 + 1/m) between.
        degrees: of freedom after Barnard and Rubin (1999); infinite where nothing was missing.
        fraction_missing: share of the variance that comes from the empty cells (lambda).
    """

    estimate: np.ndarray
    variance: np.ndarray
    degrees: np.ndarray
    fraction_missing: np.ndarray

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Bounds by Student's t."""
        margin = student.ppf(0.5 + level / 2, self.degrees) * np.sqrt(self.variance)
        return self.estimate - margin, self.estimate + margin

    def p(self) -> np.ndarray:
        """Two-sided p against 0."""
        value: np.ndarray = 2 * student.sf(np.abs(self.estimate) / np.sqrt(self.variance), self.degrees)
        return value


def pool(estimates: np.ndarray, variances: np.ndarray, complete_degrees: float = np.inf) -> Pooled:
    """Rubin's rules, as R's ``mice::pool``.

    Args:
        estimates, variances: (m, p) of each completion.
        complete_degrees: of freedom that the complete data would have; infinite for a large sample.

    Raises:
        InputError: fewer than two completions.
    """
    values, within = np.asarray(estimates, float), np.asarray(variances, float).mean(0)
    m = len(values)
    if m < 2:
        raise InputError(f"Rubin's rules need two or more imputations, and there is {m}.")
    between = values.var(axis=0, ddof=1)
    total = within + (1 + 1 / m) * between
    share = (1 + 1 / m) * between / total
    with np.errstate(divide="ignore", invalid="ignore"):
        old = np.where(share > 0, (m - 1) / share**2, np.inf)
        if np.isfinite(complete_degrees):
            observed = (complete_degrees + 1) / (complete_degrees + 3) * complete_degrees * (1 - share)
            degrees = np.where(np.isinf(old), observed, old * observed / (old + observed))
        else:
            degrees = old
    return Pooled(values.mean(0), total, degrees, share)


def impute(
    table: pd.DataFrame,
    columns: Sequence[str],
    count: int,
    seed: int = 0,
    helpers: pd.DataFrame | None = None,
    rounds: int = ROUNDS,
) -> list[pd.DataFrame]:
    """``count`` completions of ``table``; columns that are complete, and all others, come back as they are.

    Args:
        table: a row a hip.
        columns: to be completed, and to predict each other.
        helpers: complete numbers on the index of ``table`` that predict too: the outcome.

    Raises:
        InputError: a column that is empty throughout, in more than half of the rows, or in every row that another
            column could tell it from.
    """
    empty = {name: table[name].isna().to_numpy() for name in columns}
    _refuse_too_empty(table, empty)
    if not any(mask.any() for mask in empty.values()):
        return [table] * count
    _refuse_nothing_to_learn(table, columns, empty, helpers)
    seeds = np.random.SeedSequence(seed).spawn(count)
    return [_one(table, list(columns), empty, helpers, np.random.default_rng(one), rounds) for one in seeds]


def _refuse_too_empty(table: pd.DataFrame, empty: dict[str, np.ndarray]) -> None:
    for name, mask in empty.items():
        if mask.all():
            raise InputError(
                f"Column '{name}' is empty in every row; nothing can be learned about it. Leave it out."
            )
        if mask.mean() > MOST_EMPTY:
            raise InputError(
                f"Column '{name}' is empty in {int(mask.sum())} of {mask.size} rows; at most half may be imputed. "
                "Complete it, or leave it out."
            )
        if mask.any() and table[name].nunique() < 2:
            raise InputError(
                f"Column '{name}' has one value in every row that is filled; an imputation has nothing to learn from. "
                "Leave it out."
            )


def _refuse_nothing_to_learn(
    table: pd.DataFrame, columns: Sequence[str], empty: dict[str, np.ndarray], helpers: pd.DataFrame | None
) -> None:
    if helpers is not None and helpers.shape[1]:
        return
    for name in (n for n in columns if empty[n].any()):
        if not any(
            (~empty[other] & ~empty[name]).any() and not _constant(table[other])
            for other in columns
            if other != name
        ):
            raise InputError(
                f"No other column tells anything of '{name}', which has empty cells; an imputation has nothing to learn "
                "from. Add findings, or leave it out."
            )


def _constant(column: pd.Series) -> bool:
    return len(column.dropna().unique()) < 2


def _is_category(column: pd.Series) -> bool:
    return not pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(
        column.dropna().infer_objects()
    )


def _one(
    table: pd.DataFrame,
    columns: list[str],
    empty: dict[str, np.ndarray],
    helpers: pd.DataFrame | None,
    rng: np.random.Generator,
    rounds: int,
) -> pd.DataFrame:
    work: dict[str, np.ndarray] = {}
    categories = {name for name in columns if _is_category(table[name])}
    for name in columns:
        values = table[name].to_numpy(object if name in categories else float)
        seen = values[~empty[name]]
        work[name] = np.where(empty[name], rng.choice(seen, values.size), values)
    fixed = np.empty((len(table), 0)) if helpers is None else helpers.to_numpy(float)
    in_turn = sorted((n for n in columns if empty[n].any()), key=lambda n: int(empty[n].sum()))
    for _ in range(rounds):
        for name in in_turn:
            others = [_numbers(work[o], o in categories) for o in columns if o != name]
            x = _standardised(np.column_stack([*others, fixed]))
            draw = _draw_category if name in categories else _match
            work[name] = np.where(empty[name], work[name], work[name])
            work[name][empty[name]] = draw(x, work[name], empty[name], rng)
    filled = {}
    for name in in_turn:
        column = pd.Series(work[name], index=table.index)
        filled[name] = column if name in categories else column.astype(float)
    return table.assign(**filled)


def _numbers(values: np.ndarray, category: bool) -> np.ndarray:
    """(n, k) numbers of a column: itself, or an indicator of each level but the first."""
    if not category:
        return values.astype(float)[:, None]
    levels = sorted({str(v) for v in values})
    texts = values.astype(str)
    if len(levels) < 2:
        return np.zeros((len(values), 1))
    return np.column_stack([texts == level for level in levels[1:]]).astype(float)


def _standardised(x: np.ndarray) -> np.ndarray:
    spread = x.std(0)
    varies = spread > 1e-12
    return (x[:, varies] - x[:, varies].mean(0)) / spread[varies]


def _match(x: np.ndarray, y: np.ndarray, empty: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Predictive mean matching of type 1: seen hips by the estimate, empty ones by a draw of the coefficients."""
    design = np.column_stack([np.ones(len(x)), x])
    seen, values = design[~empty], y[~empty].astype(float)
    cross = seen.T @ seen
    cross = cross + _RIDGE * np.diag(np.diag(cross))
    inverse = np.linalg.inv(cross)
    estimate = inverse @ seen.T @ values
    freedom = max(len(values) - design.shape[1], 1)
    scatter = float(((values - seen @ estimate) ** 2).sum())
    sigma = np.sqrt(scatter / rng.chisquare(freedom))
    drawn = estimate + sigma * np.linalg.cholesky((inverse + inverse.T) / 2) @ rng.normal(size=estimate.size)
    apart = np.abs((design[empty] @ drawn)[:, None] - seen @ estimate)
    donors = min(DONORS, len(values))
    nearest = np.argpartition(apart + 1e-12 * rng.random(apart.shape), donors - 1, axis=1)[:, :donors]
    chosen = rng.integers(0, donors, len(nearest))
    return values[nearest[np.arange(len(nearest)), chosen]]


def _draw_category(x: np.ndarray, y: np.ndarray, empty: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A level drawn from a multinomial logistic model of a bootstrap sample of the hips that have one."""
    from sklearn.linear_model import LogisticRegression

    rows = np.flatnonzero(~empty)
    drawn = rng.choice(rows, rows.size)
    labels = y[drawn].astype(str)
    if np.unique(labels).size < 2:
        return np.full(int(empty.sum()), y[drawn][0], object)
    model = LogisticRegression(C=10.0, max_iter=1000).fit(x[drawn], labels)
    chance = np.cumsum(model.predict_proba(x[empty]), axis=1)
    level = (rng.random(len(chance))[:, None] > chance).sum(1).clip(0, chance.shape[1] - 1)
    by_name = {str(v): v for v in y[rows]}
    found = np.empty(len(level), object)
    found[:] = [by_name[model.classes_[k]] for k in level]
    return found


def outcome_helpers(time: np.ndarray, event: np.ndarray, index: pd.Index) -> pd.DataFrame:
    """What White and Royston (2009) let the outcome tell an imputation: the event and the Nelson-Aelen hazard."""
    _, slot = np.unique(time, return_inverse=True)
    at_risk = np.cumsum(np.bincount(slot)[::-1])[::-1]
    hazard = np.cumsum(np.bincount(slot, event) / at_risk)
    return pd.DataFrame({"event": np.asarray(event, float), "hazard": hazard[slot]}, index=index)
