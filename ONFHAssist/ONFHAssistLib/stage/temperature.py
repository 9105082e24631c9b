"""Temperature scaling of an ensemble (Guo et al. 2017, ICML, section 4.2): one number, fitted on hips of no training.

The members' probabilities are pooled first and sharpened or softened then: members that were each calibrated would give
a mean that is not sure enough (Rahaman and Thiery 2021, NeurIPS, "pool-then-calibrate").
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import softmax

from ..core.errors import InputError

TEMPERATURE_RANGE = (0.25, 8.0)
MIN_PROBABILITY = 1e-12


def pooled_probability(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Mean over members of softmax(logits), at the temperature; (members, n, classes) to (n, classes)."""
    return apply_temperature(softmax(np.asarray(logits, float), axis=-1).mean(axis=0), temperature)


def apply_temperature(probability: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities (..., classes) to the power of 1 / temperature, made to add up to 1."""
    return softmax(np.log(np.maximum(probability, MIN_PROBABILITY)) / temperature, axis=-1)


def negative_log_likelihood(
    probability: np.ndarray, stages: np.ndarray, weights: np.ndarray | None = None
) -> float:
    """Mean of -log p of the true class; (n, classes), (n,) and (n,)."""
    chosen = np.take_along_axis(np.asarray(probability), np.asarray(stages)[:, None], axis=1)[:, 0]
    return float(np.average(-np.log(np.maximum(chosen, MIN_PROBABILITY)), weights=weights))


def fit_temperature(logits: np.ndarray, stages: np.ndarray, weights: np.ndarray | None = None) -> float:
    """Temperature of the smallest negative log-likelihood of the pooled probabilities, within 0.25 to 8.

    Args:
        logits: (members, n, classes) of hips that no member was trained on.
        stages: (n,) true classes.
        weights: (n,) how much each counts, such as a third for each of three scans of a hip.

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
        return negative_log_likelihood(pooled_probability(logits, float(np.exp(log_t))), stages, weights)

    found = minimize_scalar(loss, bounds=np.log(TEMPERATURE_RANGE), method="bounded", options={"xatol": 1e-4})
    return float(np.exp(found.x))
