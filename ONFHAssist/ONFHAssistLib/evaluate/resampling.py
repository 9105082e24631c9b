"""Bootstrap samples of patients: both hips of a patient are drawn together or stay out together.

Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 8, with the patient as the unit: as many patients as
there are, drawn with replacement.

The two studies draw in two orders, which are kept so that a seed gives the figures that it always gave: the intervals
of binary figures count all samples in one step (:func:`patient_weights`), the survival figures draw one patient after
another (:func:`drawn_patients`, :func:`weights_in_turn`).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Labels = npt.ArrayLike  # of patients, one a row


def patient_numbers(patients: Labels | None, n_rows: int) -> np.ndarray:
    """Patients numbered from 0 in the order of their labels, (n_rows,); None takes every row as its own patient."""
    labels = np.arange(n_rows) if patients is None else np.asarray(patients)
    return np.unique(labels, return_inverse=True)[1]


def patient_weights(patients: Labels | None, n_rows: int, n_resamples: int, seed: int) -> np.ndarray:
    """How often each row is in each sample, shape (n_resamples, n_rows), whole numbers.

    Args:
        patients: patient of every row, any labels; None takes every row as its own patient.
    """
    import pandas as pd

    # patients in the order in which they come, as the draw has always seen them
    number = np.arange(n_rows) if patients is None else pd.factorize(np.asarray(patients))[0]
    n_patients = int(number.max()) + 1
    drawn = np.random.default_rng(seed).multinomial(
        n_patients, np.full(n_patients, 1 / n_patients), n_resamples
    )
    return drawn[:, number]


def drawn_patients(n_patients: int, n_resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Numbers of the patients of each sample, in the order in which they were drawn."""
    generator = np.random.default_rng(seed)
    for _ in range(n_resamples):
        yield generator.integers(0, n_patients, n_patients)


def drawn_rows(patients: Labels | None, n_rows: int, n_resamples: int, seed: int) -> Iterator[np.ndarray]:
    """Row numbers of each sample of :func:`drawn_patients`, the rows of a patient one after another."""
    number = patient_numbers(patients, n_rows)
    rows_of = np.split(np.argsort(number, kind="stable"), np.cumsum(np.bincount(number))[:-1])
    for drawn in drawn_patients(len(rows_of), n_resamples, seed):
        yield np.concatenate([rows_of[k] for k in drawn])


def weights_in_turn(number: np.ndarray, n_resamples: int, seed: int) -> Iterator[np.ndarray]:
    """How often each row is in each sample of :func:`drawn_patients`, (n_rows,) a sample.

    Args:
        number: of the patient of every row, from 0.
    """
    n_patients = int(number.max()) + 1
    for drawn in drawn_patients(n_patients, n_resamples, seed):
        yield np.bincount(drawn, minlength=n_patients)[number].astype(float)


def dealt_to_patients(number: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """Rows whose outcome each row gets in a permutation test: patients of as many rows exchange theirs.

    Args:
        number: of the patient of every row, from 0.
    """
    rows = [np.flatnonzero(number == k) for k in range(int(number.max()) + 1)]
    order = np.empty(number.size, int)
    for size in {len(r) for r in rows}:
        same = [r for r in rows if len(r) == size]
        for mine, other in zip(same, generator.permutation(len(same)), strict=True):
            order[mine] = generator.permutation(same[other])
    return order
