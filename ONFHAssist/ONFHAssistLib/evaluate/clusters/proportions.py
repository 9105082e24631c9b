"""Intervals of shares of hips: Wilson's, for as many independent hips as the patients are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import norm
from scipy.stats import t as student

from ..resampling import Labels
from .sums import covariance_of_sum, n_patients

HIPS_OF_A_PATIENT = 2  # no patient is worth more than this many independent hips


@dataclass(frozen=True)
class Share:
    """A share with its interval.

    Attributes:
        value, low, high: NaN of no hips.
        effective: number of independent hips that would know the share as well.
    """

    value: float
    low: float
    high: float
    effective: float


def wilson_bounds(share: float, total: float, level: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion (Wilson, J Am Stat Assoc 1927;22:209) of a total that may be broken; NaN of none."""
    if not total > 0:
        return float("nan"), float("nan")
    z = norm.ppf(0.5 + level / 2)
    centre = (share + z**2 / (2 * total)) / (1 + z**2 / total)
    margin = z / (1 + z**2 / total) * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    low = 0.0 if share <= 0 else centre - margin
    high = 1.0 if share >= 1 else centre + margin
    return float(low), float(high)


def effective_size(hits: np.ndarray, patients: Labels | None) -> float:
    """Number of independent hips that would give the variance that patients give.

    The share's binomial variance over its variance by patient (Kish's design effect; Korn and Graubard, Surv Methodol
    1998;24:193; Dean and Pagano, Stat Methods Med Res 2015;24:1). A share of 0 or 1 shows no variance: then every
    patient counts once, which is the cautious side. Not above two hips a patient.
    """
    values = np.asarray(hits, float)
    if patients is None or not len(values):
        return float(len(values))
    people = n_patients(patients, len(values))
    share = values.mean()
    spread = share * (1 - share)
    if spread == 0:
        return float(people)
    variance = float(covariance_of_sum((values - share) / len(values), patients, corrected=False)[0, 0])
    most = float(HIPS_OF_A_PATIENT * people)
    return most if variance * most <= spread else float(spread / variance)


def clustered_share(hits: np.ndarray, patients: Labels | None, level: float = 0.95) -> Share:
    """Share of hips with Wilson's interval at the effective number of hips; with one hip a patient, Wilson's own.

    Args:
        hits: 0/1 or false/true, shape (n,).
        patients: patient of every hip; None takes every row as its own.
    """
    values = np.asarray(hits, float)
    if not len(values):
        return Share(float("nan"), float("nan"), float("nan"), 0.0)
    size = effective_size(values, patients)
    return Share(float(values.mean()), *wilson_bounds(float(values.mean()), size, level), size)


def clustered_mean(
    values: np.ndarray, patients: Labels | None, level: float = 0.95
) -> tuple[float, float, float]:
    """Mean of values within 0 to 1 (such as squared errors) with a t interval by patient, symmetric in the log-odds."""
    own = np.asarray(values, float)
    mean, people = float(own.mean()), n_patients(patients, len(own))
    variance = float(covariance_of_sum((own - mean) / len(own), patients)[0, 0])
    if not 0 < mean < 1 or people < 2:
        return mean, float("nan"), float("nan")
    width = student.ppf(0.5 + level / 2, people - 1) * np.sqrt(variance) / (mean * (1 - mean))
    return mean, float(expit(logit(mean) - width)), float(expit(logit(mean) + width))
