"""Tests by exchanging two models within patients: exact however few patients there are."""

from __future__ import annotations

import numpy as np
from scipy.stats import rankdata

from ..resampling import Labels, patient_numbers
from .sums import patient_sums

MAX_EXACT = 13  # patients up to which all exchanges are counted
DRAWS = 9999
_SAME = 1e-9


def _signs(people: int, seed: int, draws: int) -> tuple[np.ndarray, bool]:
    """Exchanges (rows) of patients (columns) as -1 and 1; all of them where they are few."""
    if people <= MAX_EXACT:
        codes = np.arange(2**people)[:, None] >> np.arange(people)
        return 1.0 - 2.0 * (codes & 1), True
    return np.random.default_rng(seed).choice([-1.0, 1.0], (draws, people)), False


def _share_as_large(drawn: np.ndarray, seen: float, exact: bool) -> float:
    count = int((np.abs(drawn) >= abs(seen) - _SAME * max(1.0, abs(seen))).sum())
    return count / len(drawn) if exact else (count + 1) / (len(drawn) + 1)


def sign_flip_test(
    differences: np.ndarray, patients: Labels | None, seed: int = 0, draws: int = DRAWS
) -> float:
    """Two-sided p of the sum of differences between two models, each patient's hips exchanged together.

    All exchanges up to 13 patients, else drawn ones with the seen one counted (Phipson and Smyth, Stat Appl Genet Mol
    Biol 2010;9:39).

    Args:
        differences: what each row adds to the figure, (n,).
    """
    sums = patient_sums(differences, patients)
    signs, exact = _signs(len(sums), seed, draws)
    return _share_as_large(signs @ sums, float(sums.sum()), exact)


def exchange_areas_test(
    outcome: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    patients: Labels | None,
    seed: int = 0,
    draws: int = DRAWS,
) -> float:
    """Two-sided p of a difference in AUC by exchanging the two models' ranks within patients.

    Bandos, Rockette and Gur, Stat Med 2005;24:2873, with the patient in place of the case.
    """
    labels = np.asarray(outcome) == 1
    ranks = np.stack([rankdata(first), rankdata(second)])
    number = patient_numbers(patients, len(labels))
    signs, exact = _signs(int(number.max()) + 1, seed, draws)
    swapped = signs[:, number] < 0

    def areas(values: np.ndarray) -> np.ndarray:
        # without the constant, which cancels in the difference
        return np.asarray(rankdata(values, axis=1)[:, labels].sum(axis=1) / (labels.sum() * (~labels).sum()))

    drawn = areas(np.where(swapped, ranks[1], ranks[0])) - areas(np.where(swapped, ranks[0], ranks[1]))
    seen = float((areas(ranks[:1]) - areas(ranks[1:]))[0])
    return _share_as_large(drawn, seen, exact)


def exact_sign_distribution(net: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Distribution of ``sum of +-net`` with fair signs, by convolution.

    Args:
        net: whole numbers, (patients,).

    Returns:
        The sums that can be reached, and their probabilities.
    """
    sizes = np.abs(np.asarray(net, int))
    sizes = sizes[sizes > 0]
    share = np.ones(1)
    for size in sizes:
        step = np.zeros(2 * size + 1)
        step[[0, -1]] = 0.5
        share = np.convolve(share, step)
    reach = int(sizes.sum())
    return np.arange(-reach, reach + 1), share
