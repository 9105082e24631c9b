"""Cox models with a ridge or an elastic net on many covariates: plain models beside the study's selection.

Minimises ``-loglik(beta) / n + penalty * (share * sum |beta| + (1 - share) / 2 * sum beta^2)`` with Breslow's ties, the
objective of R's glmnet (family "cox", alpha = share), by accelerated proximal gradient steps (Beck and Teboulle, SIAM J
Imaging Sci 2009;2:183) with restarts; with ``share`` 1 it is :mod:`.lasso_cox`'s.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ONFHAssistLib.evaluate.survival.outcome import Outcome

from ...tabular.folds import IN_ROUNDS, patient_folds
from . import _coxnet
from .lasso_cox import _Likelihood

_STEPS = 2000
_STRIDES = np.geomspace(1.0, 0.01, 6)  # of the largest penalty


class _Smooth:
    """Minus the mean log likelihood of z-scored covariates (n, p), and its gradient."""

    def __init__(self, z: np.ndarray, outcome: Outcome) -> None:
        self.likelihood = _Likelihood(outcome.time, outcome.event)
        self.z = np.ascontiguousarray(z[self.likelihood.order])
        self.n = len(z)

    def __call__(self, beta: np.ndarray) -> tuple[float, np.ndarray]:
        gradient, curvature = np.empty(self.n), np.empty(self.n)
        value = _coxnet.derivatives(self.z @ beta, self.likelihood.arrays, gradient, curvature)
        return -value / self.n, -(gradient @ self.z) / self.n

    def largest_penalty(self, share: float) -> float:
        """The smallest penalty that leaves nothing in the model; of a ridge, which never does, that of share 0.001."""
        pull = np.abs(self(np.zeros(self.z.shape[1]))[1]).max()
        return float(pull / max(share, 1e-3))


def net_coefficients(
    z: np.ndarray,
    outcome: Outcome,
    penalty: float,
    share: float,
    start: np.ndarray | None = None,
    tolerance: float = 1e-9,
) -> np.ndarray:
    """Coefficients (p,) at one penalty.

    Args:
        z: covariates (n, p), on one scale. share: of the penalty that is the LASSO's; 0 is a ridge.
        start: coefficients to begin from.
        tolerance: relative change of the objective at which it stops.
    """
    smooth = _Smooth(z, outcome)

    def objective(value: float, beta: np.ndarray) -> float:
        return value + penalty * (share * np.abs(beta).sum() + (1 - share) / 2 * float(beta @ beta))

    beta = np.zeros(z.shape[1]) if start is None else start.copy()
    ahead, momentum, width = beta.copy(), 1.0, 1.0
    reached = objective(smooth(beta)[0], beta)
    for _ in range(_STEPS):
        value, slope = smooth(ahead)
        while True:
            moved = ahead - width * slope
            new = np.sign(moved) * np.maximum(np.abs(moved) - width * penalty * share, 0.0)
            new /= 1 + width * penalty * (1 - share)
            step = new - ahead
            there = smooth(new)[0]
            if there <= value + slope @ step + step @ step / (2 * width) + 1e-14:
                break
            width /= 2
        now = objective(there, new)
        if now > reached:  # the momentum overshot: go on from the last coefficients
            ahead, momentum = beta.copy(), 1.0
            if np.array_equal(new, beta) or width < 1e-12:
                break
            width *= 0.9
            continue
        following = (1 + np.sqrt(1 + 4 * momentum**2)) / 2
        ahead = new + (momentum - 1) / following * (new - beta)
        done = reached - now < tolerance * abs(reached) and np.abs(new - beta).max() < 1e-5
        beta, momentum, reached = new, following, now
        width *= 1.1
        if done:
            break
    return beta


def choose_penalty(
    z: np.ndarray, outcome: Outcome, patients: np.ndarray, share: float, folds: int = 3, seed: int = 0
) -> float:
    """The penalty with the best cross-validated partial likelihood (Verweij and van Houwelingen, Stat Med 1993)."""
    penalties = _Smooth(z, outcome).largest_penalty(share) * _STRIDES
    fold = patient_folds(outcome.event, patients, folds, seed, IN_ROUNDS)
    gained = np.zeros(len(penalties))
    whole = _Likelihood(outcome.time, outcome.event)
    for k in range(folds):
        train = fold != k
        part = outcome.take(train)
        inside = _Likelihood(part.time, part.event)
        beta = None
        for number, penalty in enumerate(penalties):
            beta = net_coefficients(z[train], part, float(penalty), share, beta, 1e-6)
            eta = (z @ beta)[None]
            gained[number] += float(whole.values(eta)[0] - inside.values(eta[:, train])[0])
    return float(penalties[int(np.argmax(gained))])


def net_score(
    z: np.ndarray,
    outcome: Outcome,
    patients: np.ndarray,
    train: np.ndarray,
    out: Sequence[int] | np.ndarray,
    share: float,
    seed: int = 0,
) -> np.ndarray:
    """Log hazard of the rows ``out`` by a model of the rows ``train``, its penalty chosen among them."""
    part = outcome.take(train)
    penalty = choose_penalty(z[train], part, patients[train], share, seed=seed)
    return np.asarray(z[out] @ net_coefficients(z[train], part, penalty, share, tolerance=1e-7))
