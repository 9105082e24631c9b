"""Temperature scaling of an ensemble (Guo et al. 2017, ICML, section 4.2): one number, fitted on validation hips."""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import softmax

from ..errors import InputError

RANGE = (0.25, 8.0)


def pooled_probability(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Mean over members of softmax(logits / temperature); (members, n, classes) to (n, classes)."""
    return softmax(np.asarray(logits, float) / temperature, axis=-1).mean(axis=0)


def negative_log_likelihood(probability: np.ndarray, stages: np.ndarray) -> float:
    """Mean of -log p of the true class; (n, classes) and (n,)."""
    chosen = np.take_along_axis(np.asarray(probability), np.asarray(stages)[:, None], axis=1)
    return float(-np.log(np.maximum(chosen, 1e-12)).mean())


def fit_temperature(logits: np.ndarray, stages: np.ndarray) -> float:
    """Temperature of the smallest negative log-likelihood of the pooled probabilities, within 0.25 to 8.

    Args:
        logits: (members, n, classes) of hips that no member was trained on.
        stages: (n,) true classes.

    Raises:
        InputError: no hips.
    """
    logits, stages = np.asarray(logits, float), np.asarray(stages)
    if logits.ndim != 3 or logits.shape[1] != len(stages) or not len(stages):
        raise InputError(
            f"Temperature scaling needs logits of members x hips x classes for the {len(stages)} validation hips; "
            f"they have shape {logits.shape}."
        )

    def loss(log_t: float) -> float:
        return negative_log_likelihood(pooled_probability(logits, float(np.exp(log_t))), stages)

    found = minimize_scalar(loss, bounds=np.log(RANGE), method="bounded", options={"xatol": 1e-4})
    return float(np.exp(found.x))
