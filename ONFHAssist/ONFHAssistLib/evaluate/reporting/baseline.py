"""Table 1: the hips of each group, each column described as suits its kind, with tests and standardised differences.

Numbers are given as mean and standard deviation where they are about symmetric, else as median and quartiles; all
else as counts. Where patients are known, every test is a Wald test of the group means (of the numbers, their midranks
or the indicators of the levels) with the variance of sums over patients, so that two hips of one patient do not count
twice; without them Welch, Mann-Whitney, Kruskal-Wallis, chi-square and Fisher, as tables of papers have it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import stats

from ...core.errors import InputError
from ..clusters.sums import patient_sums

MEAN, MEDIAN, COUNT = "mean", "median", "count"
_SKEWED = 1.0  # absolute skewness within the groups from which the median describes better
_FEW_LEVELS = 2  # numbers with no more distinct values are levels
_SPARSE = 5.0  # expected count below which Fisher's exact test is taken
_NO = ("0", "no", "false")


@dataclass(frozen=True)
class _Column:
    """One column made ready: its numbers, or its levels with the indicator of each."""

    kind: str
    data: np.ndarray  # (n,) numbers, or codes of the levels; NaN where missing
    levels: tuple[str, ...] = ()


def baseline_table(
    table: pd.DataFrame,
    groups: Sequence[object] | pd.Series,
    patients: Sequence[object] | pd.Series | None = None,
    kinds: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Describe ``table`` by group.

    Args:
        table: a row a hip.
        groups: of each row, in the order in which the columns shall stand; two or more.
        patients: of each row; None takes every row as its own patient and the tests that assume so.
        kinds: column to "mean", "median" or "count" where the choice is not to be made here.

    Returns:
        A row a number, or a level of the others: ``variable``, ``level`` ("" for numbers and for yes/no), ``kind``,
        ``missing``, ``all``, a column a group, ``method``, ``p``, ``difference`` (largest standardised difference of two
        groups); method, p and difference stand in the first row of a variable.

    Raises:
        InputError: one group only, or another number of rows.
    """
    labels = np.asarray(groups).astype(str)
    names = list(dict.fromkeys(labels))
    if len(labels) != len(table):
        raise InputError(f"The table has {len(table)} rows and {len(labels)} groups; give one a row.")
    taken = {"variable", "level", "kind", "missing", "all", "method", "p", "difference"} & set(names)
    if taken:
        raise InputError(
            f"A group is named '{taken.pop()}', which is a column of Table 1; name it otherwise."
        )
    if len(names) < 2:
        raise InputError(f"All rows are of the group '{names[0]}'; a comparison needs two.")
    member = np.array([labels == name for name in names])
    rows: list[dict[str, object]] = []
    for name in table.columns:
        column = _column(table[name], member, (kinds or {}).get(str(name)))
        rows += _describe(
            str(name), column, names, member, None if patients is None else np.asarray(patients)
        )
    columns = ["variable", "level", "kind", "missing", "all", *names, "method", "p", "difference"]
    return pd.DataFrame(rows, columns=columns)


def _column(column: pd.Series, member: np.ndarray, kind: str | None) -> _Column:
    numbers = pd.to_numeric(column, errors="coerce")
    is_number = bool((numbers.notna() == column.notna()).all())
    if is_number and kind != COUNT and (numbers.nunique() > _FEW_LEVELS or kind is not None):
        values = numbers.to_numpy(float)
        return _Column(kind or _centre(values, member), values)
    text = column.map(lambda v: None if pd.isna(v) else f"{v:g}" if isinstance(v, float) else str(v))
    levels = tuple(sorted(text.dropna().unique()))
    codes = pd.Categorical(text, categories=levels).codes.astype(float)
    return _Column(COUNT, np.where(codes < 0, np.nan, codes), levels)


def _centre(values: np.ndarray, member: np.ndarray) -> str:
    skewness = []
    for rows in member:
        own = values[rows & np.isfinite(values)]
        if len(own) > 2 and np.ptp(own) > 0:
            skewness.append(abs(float(stats.skew(own))))
    return MEDIAN if skewness and max(skewness) > _SKEWED else MEAN


def _describe(
    name: str, column: _Column, names: list[str], member: np.ndarray, patients: np.ndarray | None
) -> list[dict[str, object]]:
    known = np.isfinite(column.data)
    common: dict[str, object] = {"variable": name, "kind": column.kind, "missing": int((~known).sum())}
    test, p = ("", np.nan)
    if all((rows & known).sum() > 1 for rows in member):
        test, p = _test(column, member[:, known], known, patients)
    first = {"method": test, "p": p, "difference": _largest_difference(column, member)}
    every = np.ones(len(known), bool)
    if column.kind != COUNT:
        texts = {
            n: _number_text(column, rows & known)
            for n, rows in zip(["all", *names], [every, *member], strict=True)
        }
        return [common | {"level": ""} | texts | first]
    shown = list(range(len(column.levels)))
    is_yes_or_no = len(shown) == 2 and column.levels[0].lower() in _NO
    if is_yes_or_no:
        shown = [1]
    rows_out = []
    for place, code in enumerate(shown):
        texts = {
            n: _count_text(column.data[rows & known] == code)
            for n, rows in zip(["all", *names], [every, *member], strict=True)
        }
        level = "" if is_yes_or_no else column.levels[code]
        rows_out.append(common | {"level": level} | texts | (first if place == 0 else {}))
    return rows_out


def _number_text(column: _Column, rows: np.ndarray) -> str:
    values = column.data[rows]
    if not len(values):
        return "–"
    if column.kind == MEAN:
        spread = values.std(ddof=1) if len(values) > 1 else float("nan")
        return f"{_short(values.mean())} ± {_short(spread)}"
    low, middle, high = np.quantile(values, [0.25, 0.5, 0.75])
    return f"{_short(middle)} ({_short(low)} to {_short(high)})"


def _short(value: float) -> str:
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def _count_text(hits: np.ndarray) -> str:
    return f"{int(hits.sum())} ({hits.mean():.1%})" if len(hits) else "–"


def _test(
    column: _Column, member: np.ndarray, known: np.ndarray, patients: np.ndarray | None
) -> tuple[str, float]:
    values = column.data[known]
    if column.kind == COUNT and len(column.levels) < 2:  # everybody is of one kind
        return "", float("nan")
    if patients is not None:
        words = {MEAN: "means", MEDIAN: "ranks", COUNT: "shares"}[column.kind]
        return f"Wald of {words}, by patient", clustered_wald(
            _scores(column, values), member, patients[known]
        )
    parts = [values[rows] for rows in member]
    if column.kind == COUNT:
        return _count_test(
            np.array([np.bincount(p.astype(int), minlength=len(column.levels)) for p in parts])
        )
    two = len(parts) == 2
    if column.kind == MEAN:
        found = stats.ttest_ind(*parts, equal_var=False) if two else stats.f_oneway(*parts)
        return "Welch t" if two else "analysis of variance", float(found.pvalue)
    found = stats.mannwhitneyu(*parts, method="asymptotic") if two else stats.kruskal(*parts)
    return "Mann-Whitney" if two else "Kruskal-Wallis", float(found.pvalue)


def _count_test(counts: np.ndarray) -> tuple[str, float]:
    """Chi-square of groups (rows) and levels, or Fisher's where an expected count is small."""
    counts = counts[:, counts.sum(axis=0) > 0]
    if counts.shape[1] < 2:
        return "", float("nan")
    if stats.contingency.expected_freq(counts).min() >= _SPARSE:
        return "chi-square", float(stats.chi2_contingency(counts, correction=False).pvalue)
    method = None
    if counts.shape != (2, 2):
        method = stats.MonteCarloMethod(n_resamples=9999, rng=np.random.default_rng(0))
    return "Fisher", float(stats.fisher_exact(counts, method=method).pvalue)


def _scores(column: _Column, values: np.ndarray) -> np.ndarray:
    """(n, k): what is averaged in each group."""
    if column.kind == MEAN:
        return values[:, None]
    if column.kind == MEDIAN:
        return np.asarray(stats.rankdata(values)[:, None] / len(values))
    return np.asarray(values[:, None] == np.arange(1, len(column.levels)), float)


def clustered_wald(scores: np.ndarray, member: np.ndarray, patients: np.ndarray) -> float:
    """p of equal means of ``scores`` (n, k) in the groups ``member`` (g, n), patients independent and hips not.

    The covariance of the means is that of sums over patients, with G / (G - 1) for the G patients of each group
    (Liang and Zeger 1986; with one hip a patient and two groups, Welch's). Satterthwaite's degrees of freedom for one
    difference, Hotelling's F with patients less groups for several.
    """
    means, influence, spread, sizes = [], [], [], []
    for rows in member:
        mean = scores[rows].mean(axis=0)
        added = np.where(rows[:, None], (scores - mean) / rows.sum(), 0.0)
        have = len(np.unique(patients[rows]))
        influence.append(added * np.sqrt(have / max(have - 1, 1)))
        means.append(mean)
        sizes.append(have)
    sums = patient_sums(np.concatenate(influence, axis=1), patients)
    covariance = sums.T @ sums
    k = scores.shape[1]
    spread = [float(covariance[g * k, g * k]) for g in range(len(member))]
    difference = np.concatenate([mean - means[0] for mean in means[1:]])
    contrast = np.hstack([np.tile(-np.eye(k), (len(means) - 1, 1)), np.eye(k * (len(means) - 1))])
    of_difference = contrast @ covariance @ contrast.T
    rank = int(np.linalg.matrix_rank(of_difference, tol=1e-12))
    if rank == 0:  # without any spread within the groups nothing says what chance would do
        return 1.0 if np.allclose(difference, 0) else float("nan")
    wald = float(difference @ np.linalg.pinv(of_difference, rcond=1e-10) @ difference)
    if rank == 1 and len(means) == 2:
        own = [v**2 / max(n - 1, 1) for v, n in zip(spread, sizes, strict=True)]
        freedom = sum(spread) ** 2 / sum(own) if sum(own) > 0 else float(len(sums) - 2)
        return float(2 * stats.t.sf(np.sqrt(wald), freedom))
    freedom = len(sums) - len(means)
    scale = (freedom - rank + 1) / (freedom * rank)
    return float(stats.f.sf(wald * scale, rank, freedom - rank + 1)) if scale > 0 else float("nan")


def _largest_difference(column: _Column, member: np.ndarray) -> float:
    """Largest standardised difference of two groups (Yang and Dalton, SAS Global Forum 2012:335; Austin 2009)."""
    known = np.isfinite(column.data)
    found = [
        standardised_difference(column.data[a & known], column.data[b & known], len(column.levels))
        for a, b in combinations(member, 2)
    ]
    finite = [value for value in found if np.isfinite(value)]
    return max(finite) if finite else float("nan")


def standardised_difference(first: np.ndarray, second: np.ndarray, levels: int = 0) -> float:
    """Difference of the means over the pooled standard deviation; for ``levels`` codes, Mahalanobis' of the shares."""
    if min(len(first), len(second)) < 2:
        return float("nan")
    if not levels:
        pooled = np.sqrt((first.var(ddof=1) + second.var(ddof=1)) / 2)
        apart = abs(float(first.mean() - second.mean()))
        return float(apart / pooled) if pooled > 0 else (0.0 if apart == 0 else float("nan"))
    shares = [np.bincount(part.astype(int), minlength=levels)[1:] / len(part) for part in (first, second)]
    gap = shares[0] - shares[1]
    if not len(gap) or np.allclose(gap, 0):
        return 0.0
    covariance = sum(np.diag(share) - np.outer(share, share) for share in shares) / 2
    if np.linalg.matrix_rank(covariance, tol=1e-12) == 0:
        return float("nan")
    return float(np.sqrt(gap @ np.linalg.pinv(covariance, rcond=1e-10) @ gap))
