"""How a model does in subgroups, with a test of whether it does differently in them.

An interval in each subgroup invites to read a difference where there is none; the test of the difference (interaction)
is what counts (Brookes et al., J Clin Epidemiol 2004;57:229). Subgroups may share patients, as right and left hips do:
the covariance of their figures is that of sums over patients. p-values of several variables are adjusted by Holm.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from ..binary.discrimination import delong_components
from ..clusters.areas import area_interval
from ..clusters.sums import covariance_of_sum, patients_of_each_class
from ..survival.metrics import comparable_pairs

Influence = Callable[[np.ndarray], tuple[float, np.ndarray]]
_FEWEST = 5  # hips of each class, or events, below which a subgroup has no figure
_MOST_LEVELS = 6
EVERYONE = "all hips"


def subgroup_auc(
    outcome: np.ndarray,
    score: np.ndarray,
    variables: pd.DataFrame,
    patients: np.ndarray | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """AUC in each subgroup. Columns as :func:`_table`; ``events`` are hips with the outcome.

    Args:
        outcome: 0/1, (n,). score: (n,). variables: (n, v), a few levels each; see :func:`as_levels`.
    """
    labels = np.asarray(outcome)

    def influence(rows: np.ndarray) -> tuple[float, np.ndarray]:
        if min((labels[rows] == 1).sum(), (labels[rows] == 0).sum()) < _FEWEST:
            return np.nan, np.zeros(len(labels))
        area, of_events, of_others = delong_components(labels[rows], np.asarray(score)[rows][None])
        added = np.zeros(len(labels))
        at = np.flatnonzero(rows)
        events, others = at[labels[at] == 1], at[labels[at] == 0]
        added[events] = (of_events[0] - area[0]) / len(events)
        added[others] = (of_others[0] - area[0]) / len(others)
        return float(area[0]), added

    return _table(influence, labels == 1, variables, patients, level)


def subgroup_concordance(
    time: np.ndarray,
    event: np.ndarray,
    score: np.ndarray,
    variables: pd.DataFrame,
    patients: np.ndarray | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Harrell's C in each subgroup, columns as :func:`_table`."""
    seen, times, values = np.asarray(event, bool), np.asarray(time, float), np.asarray(score, float)

    def influence(rows: np.ndarray) -> tuple[float, np.ndarray]:
        added = np.zeros(len(seen))
        if (seen & rows).sum() < _FEWEST:
            return np.nan, added
        at = np.flatnonzero(rows)
        first = np.flatnonzero(seen[at])
        pairs = comparable_pairs(times[at], seen[at], first)
        own = values[at]
        won = pairs * (0.5 * (own[first, None] > own) + 0.5 * (own[first, None] >= own))
        total = pairs.sum()
        if total == 0:
            return np.nan, added
        value = won.sum() / total
        gain = won - value * pairs
        own_added = gain.sum(axis=0)
        own_added[first] += gain.sum(axis=1)
        added[at] = own_added / total
        return float(value), added

    return _table(influence, seen, variables, patients, level)


def _table(
    influence: Influence,
    events: np.ndarray,
    variables: pd.DataFrame,
    patients: np.ndarray | None,
    level: float,
) -> pd.DataFrame:
    """``variable``, ``level``, ``hips``, ``events``, ``value``, ``low``, ``high``, ``difference`` (from the rest of the
    levels together) with ``difference_low`` and ``difference_high``, ``p`` of the interaction and ``p_holm``."""
    n = len(events)
    rows = [_row(EVERYONE, "", np.ones(n, bool), influence, events, patients, level)[0]]
    tests = []
    for name in variables.columns:
        levels = [v for v in pd.unique(variables[name]) if pd.notna(v)]
        found = []
        for one in sorted(levels, key=str):
            member = (variables[name] == one).to_numpy()
            row, added = _row(str(name), str(one), member, influence, events, patients, level)
            rest = variables[name].notna().to_numpy() & ~member
            row |= _difference(row["value"], added, *influence(rest), patients, level)
            rows.append(row)
            found.append((row["value"], added))
        p = _interaction([f for f in found if np.isfinite(f[0])], patients)
        tests.append(p)
        for row in rows[-len(levels) :] if levels else []:
            row["p"] = p
    adjusted = dict(zip(map(str, variables.columns), _holm(np.array(tests)), strict=True))
    for row in rows[1:]:
        row["p_holm"] = adjusted[str(row["variable"])]
    columns = ["variable", "level", "hips", "events", "value", "low", "high"]
    columns += ["difference", "difference_low", "difference_high", "p", "p_holm"]
    return pd.DataFrame(rows).reindex(columns=columns)


def _row(
    variable: str,
    level_name: str,
    member: np.ndarray,
    influence: Influence,
    events: np.ndarray,
    patients: np.ndarray | None,
    level: float,
) -> tuple[dict[str, Any], np.ndarray]:
    value, added = influence(member)
    row: dict[str, Any] = {"variable": variable, "level": level_name, "hips": int(member.sum())}
    row |= {"events": int((events & member).sum()), "value": value, "low": np.nan, "high": np.nan}
    if np.isfinite(value):
        variance = float(covariance_of_sum(added, patients)[0, 0])
        own = None if patients is None else np.asarray(patients)[member]
        sizes = patients_of_each_class(events[member].astype(int), own)
        row["low"], row["high"] = area_interval(value, variance, *sizes, level)
    return row, added


def _difference(
    value: float,
    added: np.ndarray,
    other: float,
    other_added: np.ndarray,
    patients: np.ndarray | None,
    level: float,
) -> dict[str, float]:
    gap = value - other
    if not np.isfinite(gap):
        return {}
    error = float(np.sqrt(covariance_of_sum(added - other_added, patients)[0, 0]))
    width = float(norm.ppf(0.5 + level / 2)) * error
    return {"difference": gap, "difference_low": gap - width, "difference_high": gap + width}


def _interaction(found: list[tuple[float, np.ndarray]], patients: np.ndarray | None) -> float:
    """p of equal figures in all levels: a Wald test with the covariance over patients."""
    if len(found) < 2:
        return float("nan")
    values = np.array([value for value, _ in found])
    influence = np.column_stack([added for _, added in found])
    covariance = covariance_of_sum(influence, patients)
    contrast = np.hstack([-np.ones((len(values) - 1, 1)), np.eye(len(values) - 1)])
    of_difference = contrast @ covariance @ contrast.T
    gap = contrast @ values
    rank = int(np.linalg.matrix_rank(of_difference, tol=1e-14))
    if rank == 0:
        return 1.0 if np.allclose(gap, 0) else float("nan")
    return float(chi2.sf(gap @ np.linalg.pinv(of_difference) @ gap, rank))


def _holm(p: np.ndarray) -> np.ndarray:
    """Adjusted by Holm (Scand J Stat 1979;6:65); a missing p stays missing and is not counted."""
    adjusted = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    largest = 0.0
    for place, at in enumerate(known[np.argsort(p[known], kind="stable")]):
        largest = max(largest, min(1.0, (len(known) - place) * p[at]))
        adjusted[at] = largest
    return adjusted


def as_levels(table: pd.DataFrame) -> pd.DataFrame:
    """Columns of few levels as they are, 0 and 1 as no and yes, numbers cut at their median, the others left out."""
    kept = {}
    for name in table.columns:
        column = table[name]
        numbers = pd.to_numeric(column, errors="coerce")
        levels = column.nunique()
        if levels < 2:
            continue
        if set(numbers.dropna()) == {0, 1} and bool((numbers.notna() == column.notna()).all()):
            kept[name] = numbers.map({0: "no", 1: "yes"})
        elif levels <= _MOST_LEVELS:
            kept[name] = column
        elif bool((numbers.notna() == column.notna()).all()):
            cut = float(numbers.median())
            text = np.where(numbers >= cut, f"{cut:.4g} or more", f"under {cut:.4g}")
            kept[name] = pd.Series(text, index=column.index).where(numbers.notna())
    return pd.DataFrame(kept, index=table.index)
