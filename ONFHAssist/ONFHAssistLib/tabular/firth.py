"""Logistic regression that is finite where classes separate: Firth's penalty by Jeffreys' prior.

Firth, Biometrika 1993;80:27; Heinze and Schemper, Stat Med 2002;21:2409. What few events would make infinite is drawn
towards 0, without a penalty to tune: what a small clinical model needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

_MOST_STEPS = 200
_LARGEST_STEP = 5.0
_ENOUGH = 1e-10


@dataclass(frozen=True, eq=False)
class FirthLogistic:
    """Fitted coefficients, the intercept first."""

    coefficients: np.ndarray

    @classmethod
    def fit(cls, x: np.ndarray, outcome: np.ndarray) -> FirthLogistic:
        """Maximise the likelihood times the root of the information's determinant.

        Args:
            x: (n, p), without the column of ones.
            outcome: 0/1, (n,).
        """
        design = np.column_stack([np.ones(len(outcome)), np.asarray(x, float)])
        labels = np.asarray(outcome, float)
        beta = np.zeros(design.shape[1])
        current = _penalised(design, labels, beta)
        for _ in range(_MOST_STEPS):
            p = expit(design @ beta)
            weight = p * (1 - p)
            information = (design * weight[:, None]).T @ design
            inverse = np.linalg.pinv(information, hermitian=True)
            leverage = weight * np.einsum("ij,jk,ik->i", design, inverse, design)
            step = inverse @ (design.T @ (labels - p + leverage * (0.5 - p)))
            step *= min(1.0, _LARGEST_STEP / max(float(np.abs(step).max()), 1e-300))
            share = 1.0
            while share > 1e-8 and _penalised(design, labels, beta + share * step) < current - 1e-12:
                share /= 2
            beta = beta + share * step
            current = _penalised(design, labels, beta)
            if np.abs(share * step).max() < _ENOUGH:
                break
        return cls(beta)

    def probability(self, x: np.ndarray) -> np.ndarray:
        """(n,) probability of the outcome."""
        return np.asarray(expit(self.coefficients[0] + np.asarray(x, float) @ self.coefficients[1:]))


def _penalised(design: np.ndarray, labels: np.ndarray, beta: np.ndarray) -> float:
    """Log-likelihood plus half the log-determinant of the information."""
    eta = design @ beta
    p = expit(eta)
    information = (design * (p * (1 - p))[:, None]).T @ design
    _sign, determinant = np.linalg.slogdet(information)
    return float((labels * eta - np.logaddexp(0, eta)).sum() + 0.5 * determinant)
