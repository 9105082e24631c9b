"""Which update of a model a hospital's patients ask for: the closed test procedure of Vergouwe et al.

Vergouwe et al., Stat Med 2017 (A closed testing procedure to select an appropriate method for updating prediction
models). The model as it is, the intercept (or baseline) anew, intercept and slope anew, and all coefficients anew are
nested. First the original is tested against the refit: if the hips do not refute it, it stays. Else the intercept
alone is tested against the refit, then intercept and slope; the simplest one that is not refuted is taken, so that the
chance of an unneeded update is that of the first test. Tests are likelihood ratios; where hips come from patients with
two, the likelihoods are scaled to the number of patients, so that a second hip counts for what it adds at most.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import chi2

from ..core.errors import InputError

METHODS = ("original", "in the large", "slope", "refit")
LEVEL = 0.05


@dataclass(frozen=True)
class UpdateChoice:
    """What the procedure chose, and why.

    Attributes:
        method: of :data:`METHODS`.
        log_likelihood: method -> log likelihood of the hips. ``parameters``: method -> how many were fitted.
        tests: (simpler method, statistic, degrees of freedom, p) in the order in which they were made.
    """

    method: str
    log_likelihood: Mapping[str, float]
    parameters: Mapping[str, int]
    tests: tuple[tuple[str, float, int, float], ...]

    def sentence(self) -> str:
        """The path of the procedure in words."""
        told = "; ".join(
            f"{name} against the refit: chi-square {statistic:.2f} on {freedom}, p = {p:.3g}"
            for name, statistic, freedom, p in self.tests
        )
        return f"Closed test procedure (Vergouwe et al. 2017): {told}; chosen: {WORDS[self.method]}."


WORDS = {
    "original": "the model as it is",
    "in the large": "recalibration in the large",
    "slope": "recalibration of intercept and slope",
    "refit": "all coefficients anew",
}


def closed_test(
    log_likelihood: Mapping[str, float],
    parameters: Mapping[str, int],
    effective: float = 1.0,
    level: float = LEVEL,
) -> UpdateChoice:
    """Choose by likelihood ratio tests against the refit.

    Args:
        log_likelihood: of each of :data:`METHODS` that can be had ("in the large" may be missing for a model without
            an intercept, "refit" for one with too few events: then the slope takes its place).
        parameters: of the same.
        effective: factor of the likelihoods, independent units a row (patients over hips).
        level: of each test.
    """
    known = [name for name in METHODS if name in log_likelihood]
    largest = known[-1]
    tests = []
    for name in known[:-1]:
        statistic = max(0.0, 2 * effective * (log_likelihood[largest] - log_likelihood[name]))
        freedom = parameters[largest] - parameters[name]
        p = float(chi2.sf(statistic, freedom))
        tests.append((name, statistic, freedom, p))
        if p >= level:
            return UpdateChoice(name, log_likelihood, parameters, tuple(tests))
    return UpdateChoice(largest, log_likelihood, parameters, tuple(tests))


@dataclass(frozen=True)
class Logistic:
    """A logistic fit: ``coef`` (p,) with the intercept first, its log likelihood and covariance."""

    coef: np.ndarray
    log_likelihood: float
    variance: np.ndarray


def logistic(y: np.ndarray, x: np.ndarray, offset: np.ndarray | None = None) -> Logistic:
    """Maximum likelihood of outcomes (n,) on columns (n, p) and a constant, with an offset.

    Raises:
        InputError: the columns separate the outcomes, so that there is no maximum.
    """
    design = np.column_stack([np.ones(y.size), x])
    shift = np.zeros(y.size) if offset is None else offset
    beta = np.zeros(design.shape[1])

    def likelihood(beta: np.ndarray) -> float:
        eta = design @ beta + shift
        return float(y @ eta - np.logaddexp(0, eta).sum())

    now = likelihood(beta)
    for _ in range(60):
        p = expit(design @ beta + shift)
        information = design.T @ (design * (p * (1 - p))[:, None])
        step = np.linalg.lstsq(information, design.T @ (y - p), rcond=None)[0]
        for _ in range(30):
            new = likelihood(beta + step)
            if new >= now - 1e-12:
                break
            step = step / 2
        beta, gain, now = beta + step, new - now, new
        if abs(gain) < 1e-12 * (1 + abs(now)):
            break
    if np.abs(design @ beta + shift).min() > 12:
        raise InputError(
            "The features separate the hips with the outcome from the rest; a refit has no finite coefficients here."
        )
    return Logistic(beta, now, np.linalg.pinv(information))


def effective_share(patients: Sequence[object] | np.ndarray) -> float:
    """Patients over hips."""
    labels = np.asarray(patients)
    return float(np.unique(labels).size / labels.size)


Likelihood = Callable[[np.ndarray], float]


def maximise(likelihood: Likelihood, start: np.ndarray) -> tuple[np.ndarray, float]:
    """Maximum of a smooth log likelihood of few parameters."""
    found = minimize(lambda b: -likelihood(b), start, method="BFGS", options={"gtol": 1e-8})
    return np.asarray(found.x), -float(found.fun)
