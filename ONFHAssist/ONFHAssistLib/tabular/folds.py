"""Splits that keep the hips of a patient together and the share of events alike."""

from __future__ import annotations

import numpy as np

from ..core.errors import InputError


def patient_folds(outcome: np.ndarray, patients: np.ndarray, n_folds: int, seed: int) -> np.ndarray:
    """Number of the fold of every row, shape (n,).

    Patients with and without an event are dealt in a seeded random order, larger ones first, each to the fold that
    has the fewest rows of that kind (a patient with an event in either hip counts as one with an event).

    Raises:
        InputError: fewer patients with, or without, an event than folds.
    """
    outcome, patients = np.asarray(outcome), np.asarray(patients)
    n_patients = int(patients.max()) + 1
    events = np.zeros(n_patients, bool)
    np.logical_or.at(events, patients, outcome == 1)
    hips = np.bincount(patients, minlength=n_patients)
    generator = np.random.default_rng(seed)
    fold_of = np.full(n_patients, -1)
    total = np.zeros(n_folds, int)
    for stratum in (True, False):
        members = np.flatnonzero((events == stratum) & (hips > 0))
        if len(members) < n_folds:
            kind = "with" if stratum else "without"
            raise InputError(
                f"{n_folds} folds need at least {n_folds} patients {kind} the outcome, there are {len(members)}; "
                "take fewer folds or add cases."
            )
        members = generator.permutation(members)
        members = members[np.argsort(-hips[members], kind="stable")]
        size = np.zeros(n_folds, int)
        for member in members:
            fold = int(np.lexsort((total, size))[0])
            fold_of[member] = fold
            size[fold] += hips[member]
            total[fold] += hips[member]
    return fold_of[patients]


def most_folds(outcome: np.ndarray, patients: np.ndarray) -> int:
    """Largest number of folds that each hold a patient with and a patient without an event."""
    with_event = np.unique(patients[outcome == 1])
    return min(len(with_event), len(np.setdiff1d(patients, with_event)))


def patient_split(
    outcome: np.ndarray, patients: np.ndarray, test_share: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Row numbers of training and test, split by patient, stratified and seeded.

    Of each stratum (patients with, patients without an event) ``round(test_share * patients)`` go to the test part.
    """
    outcome, patients = np.asarray(outcome), np.asarray(patients)
    if not 0 < test_share < 1:
        raise InputError(
            f"The share of the test part is {test_share}; it must lie between 0 and 1, such as 0.3."
        )
    events = np.zeros(int(patients.max()) + 1, bool)
    np.logical_or.at(events, patients, outcome == 1)
    generator = np.random.default_rng(seed)
    chosen: list[np.ndarray] = []
    for stratum in (True, False):
        members = generator.permutation(np.intersect1d(np.flatnonzero(events == stratum), patients))
        chosen.append(members[: round(test_share * len(members))])
    test = np.isin(patients, np.concatenate(chosen))
    return np.flatnonzero(~test), np.flatnonzero(test)
