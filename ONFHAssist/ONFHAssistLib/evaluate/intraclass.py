"""Intraclass correlation: how far ratings of the same hips agree, for every feature at once.

Shrout and Fleiss, Psychological Bulletin 86 (1979); intervals: McGraw and Wong, Psychological Methods 1 (1996).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from ..core.errors import InputError

ICC_KINDS = ("1,1", "2,1", "3,1")


@dataclass(frozen=True)
class IntraclassCorrelation:
    """Intraclass correlation with its interval; arrays of one entry a feature, or scalars."""

    icc: np.ndarray
    low: np.ndarray
    high: np.ndarray


def intraclass_correlation(
    ratings: np.ndarray, kind: str = "2,1", confidence: float = 0.95
) -> IntraclassCorrelation:
    """Agreement of single ratings.

    Args:
        ratings: shape (subjects, raters) or (subjects, raters, features), complete.
        kind: "1,1" (one-way random effects: each rating of a subject is by another rater, such as a perturbation drawn at
            random), "2,1" (two-way random effects, absolute agreement) or "3,1" (two-way mixed effects, consistency).
        confidence: of the two-sided interval.

    Returns:
        NaN where a feature has the same value throughout or is not finite.

    Raises:
        InputError: fewer than two subjects or raters, or an unknown kind.
    """
    ratings = np.asarray(ratings, float)
    if kind not in ICC_KINDS:
        raise InputError(f"ICC({kind}) is not known; choose 1,1, 2,1 or 3,1.")
    n, k = ratings.shape[:2]
    if n < 2 or k < 2:
        raise InputError(f"Agreement needs at least two subjects and two raters; here are {n} and {k}.")
    total = ratings.mean(axis=(0, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = k * ((ratings.mean(axis=1) - total) ** 2).sum(axis=0) / (n - 1)
        raters = n * ((ratings.mean(axis=0) - total) ** 2).sum(axis=0) / (k - 1)
        rest = ((ratings - total) ** 2).sum(axis=(0, 1)) - (n - 1) * between - (k - 1) * raters
        error = np.maximum(rest, 0.0) / ((n - 1) * (k - 1))
        if kind == "1,1":
            within = ((ratings - ratings.mean(axis=1, keepdims=True)) ** 2).sum(axis=(0, 1))
            raters, error = 0.0 * raters, within / (n * (k - 1))
        make = {"1,1": _one_way, "2,1": _absolute, "3,1": _consistent}[kind]
        agreement = make(between, raters, error, n, k, 1 - (1 - confidence) / 2)
    flat = ~np.isfinite(total) | (between + raters + error == 0)
    return IntraclassCorrelation(
        *(np.where(flat, np.nan, part) for part in (agreement.icc, agreement.low, agreement.high))
    )


def _one_way(
    between: np.ndarray, _raters: np.ndarray, error: np.ndarray, n: int, k: int, level: float
) -> IntraclassCorrelation:
    return _by_ratio(between, error, k, n - 1, n * (k - 1), level)


def _consistent(
    between: np.ndarray, _raters: np.ndarray, error: np.ndarray, n: int, k: int, level: float
) -> IntraclassCorrelation:
    return _by_ratio(between, error, k, n - 1, (n - 1) * (k - 1), level)


def _by_ratio(
    between: np.ndarray, error: np.ndarray, k: int, d1: int, d2: int, level: float
) -> IntraclassCorrelation:
    f = between / error
    low, high = f / stats.f.ppf(level, d1, d2), f * stats.f.ppf(level, d2, d1)
    icc = (between - error) / (between + (k - 1) * error)
    bounds = [np.where(np.isinf(v), 1.0, (v - 1) / (v + k - 1)) for v in (low, high)]
    return IntraclassCorrelation(icc, *bounds)


def _absolute(
    between: np.ndarray, raters: np.ndarray, error: np.ndarray, n: int, k: int, level: float
) -> IntraclassCorrelation:
    icc = (between - error) / (between + (k - 1) * error + k * (raters - error) / n)
    a = k * icc / (n * (1 - icc))
    b = 1 + k * icc * (n - 1) / (n * (1 - icc))
    freedom = (a * raters + b * error) ** 2 / (
        (a * raters) ** 2 / (k - 1) + (b * error) ** 2 / ((n - 1) * (k - 1))
    )
    f_low, f_high = stats.f.ppf(level, n - 1, freedom), stats.f.ppf(level, freedom, n - 1)
    spread = k * raters + (k * n - k - n) * error
    low = n * (between - f_low * error) / (f_low * spread + n * between)
    high = n * (f_high * between - error) / (spread + n * f_high * between)
    exact = icc == 1
    return IntraclassCorrelation(icc, np.where(exact, 1.0, low), np.where(exact, 1.0, high))
