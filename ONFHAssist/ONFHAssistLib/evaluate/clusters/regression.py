"""Sandwich variance of regression coefficients with the patient as the unit, corrected for few patients."""

from __future__ import annotations

import numpy as np

from ..resampling import Labels, patient_numbers


def sandwich_covariance(scores: np.ndarray, information: np.ndarray, patients: Labels | None) -> np.ndarray:
    """Covariance of coefficients that solve ``scores.sum(axis=0) == 0``, whatever the correlation within patients.

    Liang and Zeger, Biometrika 1986;73:13 (generalised estimating equations, independence as the working correlation),
    with the correction of Mancl and DeRouen, Biometrics 2001;57:126: the score of a patient is divided by what the fit
    leaves of it, since a patient draws the coefficients towards itself. In their notation
    ``D' V^-1 (I - H)^-1 r = (I - M_i M^-1)^-1 s_i`` with a patient's information ``M_i`` and score ``s_i``.

    Args:
        scores: of every row, shape (n, k).
        information: of every row, shape (n, k, k); their sum is the information of the sample.

    Returns:
        Shape (k, k).
    """
    number = patient_numbers(patients, len(scores))
    people, k = int(number.max()) + 1, scores.shape[1]
    score, own = np.zeros((people, k)), np.zeros((people, k, k))
    np.add.at(score, number, scores)
    np.add.at(own, number, information)
    bread = np.linalg.inv(own.sum(axis=0))
    lifted = np.linalg.solve(np.eye(k) - own @ bread, score[:, :, None])[:, :, 0]
    influence = lifted @ bread.T
    return influence.T @ influence


def logistic_sandwich(
    design: np.ndarray, labels: np.ndarray, fitted: np.ndarray, patients: Labels | None
) -> np.ndarray:
    """:func:`sandwich_covariance` of a logistic regression.

    Args:
        design: shape (n, k). labels: 0/1, (n,). fitted: probabilities at the solution, (n,).
    """
    weight = fitted * (1 - fitted)
    return sandwich_covariance(
        design * (labels - fitted)[:, None],
        design[:, :, None] * design[:, None, :] * weight[:, None, None],
        patients,
    )
