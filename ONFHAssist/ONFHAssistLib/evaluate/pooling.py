"""A figure of several centres as one, with what to expect in the next: random effects, Hartung and Knapp's interval.

The spread between centres is estimated by restricted maximum likelihood, the interval of the mean is Hartung and Knapp's
(Stat Med 2001), which few centres ask for, and the prediction interval says where a new centre's figure will lie
(Higgins, Thompson and Spiegelhalter, J R Stat Soc A 2009). As R's ``metafor::rma(method = "REML", test = "knha")``.
Shares such as C are pooled on the logit scale, ratios on the logarithm's (Snell et al., Stat Methods Med Res 2018).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit
from scipy.stats import t as student

from ONFHAssistLib.core.errors import InputError

from .estimate import Interval

SCALES: dict[str, tuple[Callable[[float], float], Callable[[float], float], Callable[[float], float]]] = {
    # scale -> to it, back, derivative of the way to it
    "identity": (float, float, lambda _v: 1.0),
    "logit": (lambda v: float(logit(v)), lambda v: float(expit(v)), lambda v: 1 / (v * (1 - v))),
    "log": (lambda v: float(np.log(v)), lambda v: float(np.exp(v)), lambda v: 1 / v),
}


@dataclass(frozen=True)
class PooledCentres:
    """A figure over centres.

    Attributes:
        mean: with Hartung and Knapp's 95% interval. low_next, high_next: 95% prediction interval of a new centre (NaN for
            two centres). tau2: variance between centres, on the scale of pooling. i2: share of the variance that lies
            between centres rather than within. centres: how many.
    """

    mean: Interval
    low_next: float
    high_next: float
    tau2: float
    i2: float
    centres: int


def between_centres(values: np.ndarray, variances: np.ndarray) -> float:
    """Variance between centres by restricted maximum likelihood, 0 at least."""

    def gradient(tau2: float) -> float:
        weight = 1 / (variances + tau2)
        mean = (weight @ values) / weight.sum()
        apart = (weight**2) @ ((values - mean) ** 2)
        return float(apart - weight.sum() + (weight**2).sum() / weight.sum())

    if gradient(0.0) <= 0:
        return 0.0
    top = 10 * float(np.var(values, ddof=1)) + float(variances.max())
    while gradient(top) > 0:
        top *= 10
    return float(brentq(gradient, 0.0, top, xtol=1e-14))


def pool_centres(values: np.ndarray, errors: np.ndarray, scale: str = "identity") -> PooledCentres:
    """Random-effects mean of the figures (k,) of centres with their standard errors (k,).

    Raises:
        InputError: fewer than two centres, or a figure without an error.
    """
    there, back, slope = SCALES[scale]
    k = len(values)
    if k < 2:
        raise InputError(f"A figure over centres needs two or more of them, and {k} can be judged.")
    y = np.array([there(float(v)) for v in values])
    variance = np.array([(e * slope(float(v))) ** 2 for v, e in zip(values, errors, strict=True)])
    if not (np.isfinite(y).all() and np.isfinite(variance).all() and (variance > 0).all()):
        raise InputError(
            "A centre's figure has no standard error, or lies at the end of its scale; leave it out."
        )
    tau2 = between_centres(y, variance)
    weight = 1 / (variance + tau2)
    mean = float(weight @ y / weight.sum())
    spread = float((weight @ (y - mean) ** 2) / ((k - 1) * weight.sum()))
    error = float(np.sqrt(spread))
    margin = float(student.isf(0.025, k - 1)) * error
    further = float(student.isf(0.025, k - 2)) * np.sqrt(tau2 + spread) if k > 2 else np.nan
    fixed = 1 / variance
    typical = (k - 1) * fixed.sum() / (fixed.sum() ** 2 - (fixed**2).sum())
    low_next, high_next = (back(mean - further), back(mean + further)) if k > 2 else (np.nan, np.nan)
    return PooledCentres(
        Interval(back(mean), back(mean - margin), back(mean + margin)),
        low_next,
        high_next,
        tau2,
        float(tau2 / (tau2 + typical)),
        k,
    )
