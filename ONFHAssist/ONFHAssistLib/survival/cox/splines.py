"""Restricted cubic splines: smooth in a covariate, straight beyond the outer knots."""

from __future__ import annotations

import numpy as np

from ONFHAssistLib.core.errors import InputError

# Harrell, Regression Modeling Strategies, 2015, table 2.3
_QUANTILES = {3: (0.10, 0.50, 0.90), 4: (0.05, 0.35, 0.65, 0.95), 5: (0.05, 0.275, 0.50, 0.725, 0.95)}


def choose_knots(x: np.ndarray, count: int = 3) -> np.ndarray:
    """Knots at Harrell's quantiles.

    Raises:
        InputError: too few distinct values for ``count`` knots.
    """
    if count not in _QUANTILES:
        raise InputError(f"A restricted cubic spline here has 3, 4 or 5 knots, not {count}.")
    knots = np.quantile(x, _QUANTILES[count])
    if np.unique(knots).size < count:
        raise InputError(f"A spline of {count} knots needs more distinct values; use the covariate as it is.")
    return knots


def restricted_cubic(x: np.ndarray, knots: np.ndarray) -> np.ndarray:
    """Basis (n, knots - 1): x itself, then the nonlinear terms in the scaling of R's ``rms::rcs``."""
    x, t = np.asarray(x, float), np.asarray(knots, float)
    width = t[-1] - t[-2]
    scale = (t[-1] - t[0]) ** 2

    def cube(v: np.ndarray) -> np.ndarray:
        return np.clip(v, 0, None) ** 3

    terms = [
        (cube(x - k) - cube(x - t[-2]) * (t[-1] - k) / width + cube(x - t[-1]) * (t[-2] - k) / width) / scale
        for k in t[:-2]
    ]
    return np.column_stack([x, *terms])
