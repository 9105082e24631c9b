"""Whether a probability of 30% comes true in 30% of the cases."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import chi2

from ...core.errors import InputError
from ..clusters.goodness import scaled_chi_square
from ..clusters.proportions import clustered_share
from ..clusters.regression import logistic_sandwich
from ..resampling import Labels
from .checks import check_outcome_and_probabilities
from .discrimination import Estimate
from .smoothing import lowess

_EDGE = 1e-12  # a probability of 0 or 1 has no log-odds
_SEPARATE = (
    "The probabilities separate the outcomes completely, so that a calibration slope does not exist; "
    "evaluate on more cases."
)


@dataclass(frozen=True)
class CalibrationLine:
    """Logistic recalibration ``logit(outcome) = intercept + slope * logit(probability)``.

    Attributes:
        slope: 1 in perfect calibration; below 1 the probabilities are too extreme (overfitting).
        intercept: of that line.
        in_the_large: intercept with the slope held at 1; below 0 the probabilities are too high on the whole.
    """

    slope: Estimate
    intercept: Estimate
    in_the_large: Estimate


@dataclass(frozen=True)
class HosmerLemeshow:
    """Statistic, degrees of freedom, p, and the table of groups (``n``, ``observed``, ``expected``)."""

    statistic: float
    degrees: float
    p: float
    groups: pd.DataFrame


def brier_score(outcome: np.ndarray, probability: np.ndarray) -> float:
    """Mean squared difference of probability and outcome (Brier, Mon Weather Rev 1950;78:1)."""
    labels, values = check_outcome_and_probabilities(outcome, probability)
    return float(np.mean((values - labels) ** 2))


def scaled_brier(outcome: np.ndarray, probability: np.ndarray) -> float:
    """Share by which the Brier score beats the prevalence given to everyone; 1 is perfect, 0 useless."""
    labels, values = check_outcome_and_probabilities(outcome, probability)
    base = labels.mean() * (1 - labels.mean())
    return float(1 - np.mean((values - labels) ** 2) / base)


def calibration_line(
    outcome: np.ndarray, probability: np.ndarray, level: float = 0.95, patients: Labels | None = None
) -> CalibrationLine:
    """Calibration slope, intercept and calibration in the large (Cox, Biometrika 1958;45:562).

    Slope and intercept are those of rms ``val.prob``; the intervals are Wald's, with ``patients`` from the sandwich
    variance of generalised estimating equations (:func:`..clusters.regression.sandwich_covariance`).
    """
    from scipy.stats import norm

    labels, values = check_outcome_and_probabilities(outcome, probability)
    x = logit(np.clip(values, _EDGE, 1 - _EDGE))
    z = float(norm.ppf(0.5 + level / 2))
    events, others = x[labels == 1], x[labels == 0]
    if np.ptp(x) == 0:
        raise InputError("All probabilities are the same; a calibration slope needs different ones.")
    if events.min() >= others.max() or events.max() <= others.min():
        raise InputError(_SEPARATE)
    line, one = np.column_stack([np.ones_like(x), x]), np.ones((len(x), 1))
    beta, covariance = _logistic(line, labels, np.zeros_like(x))
    alone, variance = _logistic(one, labels, x)
    if patients is not None:
        covariance = logistic_sandwich(line, labels, expit(line @ beta), patients)
        variance = logistic_sandwich(one, labels, expit(x + alone[0]), patients)
    se = np.sqrt(np.diag(covariance))

    def estimate(value: float, error: float) -> Estimate:
        return Estimate(float(value), float(value - z * error), float(value + z * error), level)

    return CalibrationLine(
        slope=estimate(beta[1], se[1]),
        intercept=estimate(beta[0], se[0]),
        in_the_large=estimate(alone[0], np.sqrt(variance[0, 0])),
    )


def _logistic(design: np.ndarray, labels: np.ndarray, offset: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and covariance of a logistic regression without penalty, by Newton's method with halved steps."""
    beta = np.zeros(design.shape[1])

    def loss(b: np.ndarray) -> float:
        eta = design @ b + offset
        return float(np.sum(np.logaddexp(0, eta) - labels * eta))

    current = loss(beta)
    for _ in range(100):
        p = expit(design @ beta + offset)
        hessian = (design * (p * (1 - p))[:, None]).T @ design
        try:
            step = np.linalg.solve(hessian, design.T @ (labels - p))
        except np.linalg.LinAlgError:
            break
        share = 1.0
        while loss(beta + share * step) > current and share > 1e-10:
            share /= 2
        beta = beta + share * step
        current = loss(beta)
        if np.abs(share * step).max() < 1e-11 * max(1.0, np.abs(beta).max()):
            return beta, np.linalg.inv(hessian)
    raise InputError(_SEPARATE)


def hosmer_lemeshow(
    outcome: np.ndarray,
    probability: np.ndarray,
    groups: int = 10,
    external: bool = False,
    patients: Labels | None = None,
) -> HosmerLemeshow:
    """Hosmer-Lemeshow test over groups of like probability (Hosmer and Lemeshow, Commun Stat 1980;9:1043).

    Groups are cut at the quantiles of the probability (R's type 7), as ``ResourceSelection::hoslem.test`` does; equal
    cuts merge groups.

    Args:
        groups: number of groups.
        external: probabilities of a model fitted on other cases: then the degrees of freedom are the number of
            groups, else that less two.
        patients: patient of every row, with probabilities of a model fitted on other cases: the statistic is scaled to
            the variance that patients show (:func:`..clusters.goodness.scaled_chi_square`), the groups are cut at
            probabilities that occur, and the degrees of freedom may be broken. None takes every row as its own.
    """
    labels, values = check_outcome_and_probabilities(outcome, probability)
    method: Literal["linear", "inverted_cdf"] = "linear" if patients is None else "inverted_cdf"
    cuts = np.unique(np.quantile(values, np.linspace(0, 1, groups + 1), method=method))
    group = np.clip(np.searchsorted(cuts, values, side="left") - 1, 0, max(len(cuts) - 2, 0))
    table = pd.DataFrame({"group": group, "n": 1, "observed": labels, "expected": values})
    table = table.groupby("group")[["n", "observed", "expected"]].sum()
    if len(table) < 3:
        raise InputError(
            f"The probabilities fall into {len(table)} group(s); the Hosmer-Lemeshow test needs three or more."
        )
    n, observed, expected = (table[column].to_numpy(float) for column in ("n", "observed", "expected"))
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = (observed - expected) ** 2 / (expected * (1 - expected / n))
    variance = expected * (1 - expected / n)
    if patients is not None and (variance > 0).all():
        within = np.searchsorted(table.index.to_numpy(), group)
        return HosmerLemeshow(*scaled_chi_square(labels - values, within, variance, patients), table)
    # a group that is sure (0 or 1) and right adds nothing; sure and wrong is infinitely wrong
    statistic = float(np.nansum(parts))
    degrees = len(table) if external else len(table) - 2
    return HosmerLemeshow(statistic, degrees, float(chi2.sf(statistic, degrees)), table)


def expected_calibration_error(outcome: np.ndarray, probability: np.ndarray, bins: int = 10) -> float:
    """Mean gap of probability and share of events over bins of equal width, weighted by size.

    Naeini et al., AAAI 2015; Guo et al., ICML 2017, equation 3, for the probability of the event.
    """
    labels, values = check_outcome_and_probabilities(outcome, probability)
    which = np.minimum((values * bins).astype(int), bins - 1)
    gap = np.bincount(which, weights=values - labels, minlength=bins)
    return float(np.abs(gap).sum() / len(labels))


def calibration_bins(
    outcome: np.ndarray,
    probability: np.ndarray,
    bins: int = 10,
    level: float = 0.95,
    patients: Labels | None = None,
) -> pd.DataFrame:
    """Points of a calibration plot: groups of like size by probability.

    Returns:
        Columns ``n``, ``predicted`` (mean probability), ``observed`` (share of events), ``low``, ``high`` (Wilson, for
        the number of independent hips that the patients are worth).
    """
    labels, values = check_outcome_and_probabilities(outcome, probability)
    order = np.argsort(values, kind="stable")
    rows = []
    for part in np.array_split(order, min(bins, len(order))):
        share = clustered_share(labels[part], None if patients is None else np.asarray(patients)[part], level)
        rows.append((len(part), values[part].mean(), share.value, share.low, share.high))
    return pd.DataFrame(rows, columns=["n", "predicted", "observed", "low", "high"])


def calibration_curve(outcome: np.ndarray, probability: np.ndarray) -> pd.DataFrame:
    """Smooth calibration curve: lowess of the outcome on the probability, as rms ``val.prob`` draws it.

    Returns:
        Columns ``predicted`` (ascending) and ``observed``, one row a distinct probability.
    """
    labels, values = check_outcome_and_probabilities(outcome, probability)
    order = np.argsort(values, kind="stable")
    smooth = lowess(values[order], labels[order].astype(float))
    frame = pd.DataFrame({"predicted": values[order], "observed": smooth})
    return frame.groupby("predicted", as_index=False)["observed"].mean()


def calibration_errors(outcome: np.ndarray, probability: np.ndarray) -> dict[str, float]:
    """``eavg``, ``e90``, ``emax``: mean, 90th percentile and largest gap of probability and smooth curve.

    Harrell's E statistics, as rms ``val.prob``.
    """
    curve = calibration_curve(outcome, probability)
    gap = np.abs(np.asarray(probability) - np.interp(probability, curve["predicted"], curve["observed"]))
    return {"eavg": float(gap.mean()), "e90": float(np.quantile(gap, 0.9)), "emax": float(gap.max())}
