"""What every figure of merit asks of its input."""

from __future__ import annotations

import numpy as np

from ...core.errors import InputError


def check_outcome_and_scores(outcome: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Outcome as 0/1 integers of shape (n,) and scores as float64 of shape (n,) or (models, n).

    Raises:
        InputError: other lengths, one class only, values other than 0 and 1, a score that is NaN or infinite.
    """
    labels = np.asarray(outcome)
    values = np.asarray(scores, np.float64)
    if labels.ndim != 1 or values.shape[-1:] != labels.shape:
        raise InputError(
            f"There are {labels.size} outcomes and scores of shape {values.shape}; one score a case is needed."
        )
    odd = ~np.isin(labels, (0, 1))
    if odd.any():
        raise InputError(
            f"The outcome of row {int(np.flatnonzero(odd)[0])} is '{labels[odd][0]}'; it must be 0 or 1."
        )
    labels = labels.astype(np.int64)
    if labels.size == 0 or labels.min() == labels.max():
        raise InputError(
            f"All {labels.size} outcomes are of one class; cases with and without the outcome are needed."
        )
    if not np.isfinite(values).all():
        row = int(np.argwhere(~np.isfinite(values))[0][-1])
        raise InputError(f"The score of row {row} is not a finite number; every case needs one.")
    return labels, values


def check_outcome_and_probabilities(
    outcome: np.ndarray, probability: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """As :func:`check_outcome_and_scores`, and the scores must lie within 0..1."""
    labels, values = check_outcome_and_scores(outcome, probability)
    outside = (values < 0) | (values > 1)
    if outside.any():
        row = int(np.argwhere(outside)[0][-1])
        raise InputError(
            f"The probability of row {row} is {values[outside][0]:.4g}; it must lie between 0 and 1."
        )
    return labels, values
