"""Variances where the patient is the unit: what the hips of one patient add to a figure is added up before it is squared.

Any figure that is a mean, a difference of means or a smooth function of such has a first-order expansion in what each
row adds to it (its influence). Summed within patients, the sums are independent, whatever the correlation of the hips:
Liang and Zeger, Biometrika 1986;73:13; for two kinds of rows (events and others) in one patient, Obuchowski, Biometrics
1997;53:567. With one row a patient these are the ordinary variances; with every row twice in its patient nothing changes.
"""

from __future__ import annotations

import numpy as np

from ..resampling import Labels, patient_numbers


def patient_sums(influence: np.ndarray, patients: Labels | None) -> np.ndarray:
    """Sums over the rows of each patient, shape (patients, ...), from (n, ...)."""
    values = np.asarray(influence, float)
    number = patient_numbers(patients, len(values))
    sums = np.zeros((int(number.max()) + 1, *values.shape[1:]))
    np.add.at(sums, number, values)
    return sums


def n_patients(patients: Labels | None, n_rows: int) -> int:
    """How many patients the rows come from."""
    return int(patient_numbers(patients, n_rows).max()) + 1 if n_rows else 0


def covariance_of_sum(influence: np.ndarray, patients: Labels | None, corrected: bool = True) -> np.ndarray:
    """Covariance of the sum of all rows, (k, k), from what each row adds, (n, k) or (n,), with mean 0.

    Args:
        corrected: times G / (G - 1), G patients.
    """
    sums = patient_sums(influence, patients)
    sums = sums.reshape(len(sums), -1)
    size = len(sums)
    product: np.ndarray = sums.T @ sums * (size / max(size - 1, 1) if corrected else 1.0)
    return product


def covariance_of_two_means(
    events: np.ndarray,
    others: np.ndarray,
    outcome: np.ndarray,
    patients: Labels | None,
    corrected: bool = True,
) -> np.ndarray:
    """Covariance of ``mean(events) + mean(others)`` where a patient may have rows of both kinds.

    Obuchowski, Biometrics 1997;53:567, equations 3 to 5, for any values in place of the structural components.

    Args:
        events: values of the m rows with the outcome, shape (figures, m), in the order of the rows.
        others: of the n rows without it, (figures, n).
        outcome: 0/1 of all rows, (m + n,).
        corrected: with the factors I / (I - 1) of that paper.

    Returns:
        Shape (figures, figures).
    """
    of_events, of_others, of_both = covariance_parts(events, others, outcome, patients, corrected)
    return np.asarray(of_events + of_others + of_both)


def covariance_parts(
    events: np.ndarray,
    others: np.ndarray,
    outcome: np.ndarray,
    patients: Labels | None,
    corrected: bool = True,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three parts of :func:`covariance_of_two_means`: of the events, of the others, and of patients with both."""
    labels = np.asarray(outcome)
    number = patient_numbers(patients, len(labels))
    size = int(number.max()) + 1
    parts, scales = [], []
    for values, rows in ((events, labels == 1), (others, labels == 0)):
        centred = np.atleast_2d(np.asarray(values, float))
        centred = centred - centred.mean(axis=1, keepdims=True)
        sums = np.zeros((size, len(centred)))
        np.add.at(sums, number[rows], centred.T / centred.shape[1])
        have = len(np.unique(number[rows]))
        parts.append(sums)
        scales.append(have / max(have - 1, 1) if corrected else 1.0)
    first, second = parts
    both = first.T @ second * (size / max(size - 1, 1) if corrected else 1.0)
    return scales[0] * first.T @ first, scales[1] * second.T @ second, both + both.T


FEW = 15


def few_patients(outcome: np.ndarray, patients: Labels | None) -> bool:
    """Whether a class has so few patients that a test should count exchanges in place of a normal approximation."""
    return min(patients_of_each_class(outcome, patients)) < FEW


def patients_of_each_class(outcome: np.ndarray, patients: Labels | None) -> tuple[int, int]:
    """Number of patients with an event in a hip, and of those with a hip without."""
    labels = np.asarray(outcome)
    number = patient_numbers(patients, len(labels))
    return len(np.unique(number[labels == 1])), len(np.unique(number[labels == 0]))
