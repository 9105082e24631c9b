"""Probabilities that come true: the line that held-out training cases ask of a classifier's log-odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from ..core.errors import InputError
from .portable_models import PortableCalibrated, PortableEstimator, PortableKernel, PortableLinear

LEAST_SLOPE = 0.05  # of the line, whatever chance says


def platt_sigmoid(decision: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and offset of ``expit(slope * decision + offset)`` with Platt's smoothed targets.

    Platt, Advances in Large Margin Classifiers 1999, with the targets of Lin et al., Mach Learn 2007;68:267.
    """
    events, others = int(labels.sum()), int(len(labels) - labels.sum())
    target = np.where(labels == 1, (events + 1) / (events + 2), 1 / (others + 2))

    def loss(ab: np.ndarray) -> tuple[float, np.ndarray]:
        eta = ab[0] * decision + ab[1]
        gap = expit(eta) - target
        return float(np.sum(np.logaddexp(0, eta) - target * eta)), np.array([gap @ decision, gap.sum()])

    start = np.array([0.0, np.log((events + 1) / (others + 1))])
    found = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-8})
    return float(found.x[0]), float(found.x[1])


def calibration_sigmoid(scores: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """:func:`platt_sigmoid`, whose slope is held at :data:`LEAST_SLOPE` or above.

    Held-out scores that rank the wrong way by chance must not turn a classifier round: then it says nearly the same
    probability to all.
    """
    slope, offset = platt_sigmoid(scores, labels)
    if slope >= LEAST_SLOPE:
        return slope, offset
    share = (labels.sum() + 1) / (len(labels) + 2)
    return LEAST_SLOPE, float(np.log(share / (1 - share)) - LEAST_SLOPE * scores.mean())


def calibrate(estimator: PortableEstimator, slope: float, offset: float) -> PortableEstimator:
    """The classifier with ``expit(slope * log-odds + offset)`` as its probability (of a kernel, its decision value)."""
    if isinstance(estimator, PortableLinear):
        return PortableLinear(slope * estimator.coefficients, slope * estimator.intercept + offset)
    if isinstance(estimator, PortableKernel):
        return replace(estimator, slope=slope, offset=offset)
    if isinstance(estimator, PortableCalibrated):
        raise InputError("The classifier is calibrated already.")
    return PortableCalibrated(estimator, slope, offset)


def log_loss(labels: np.ndarray, probability: np.ndarray) -> float:
    """Mean negative log-likelihood of 0/1 outcomes."""
    held = np.clip(probability, 1e-15, 1 - 1e-15)
    return float(-np.mean(np.where(labels == 1, np.log(held), np.log(1 - held))))
