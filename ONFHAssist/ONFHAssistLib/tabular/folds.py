"""Splits that keep the hips of a patient together and the share of events alike, for all studies.

A seed gives the folds that it always gave: the studies deal patients in two orders, and :data:`DEALS` keeps both.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..core.errors import InputError
from ..evaluate.resampling import Labels, patient_numbers
from ..evaluate.survival.outcome import TooFewEvents

BALANCED = "balanced"
IN_ROUNDS = "in rounds"


def patient_folds(
    outcome: np.ndarray,
    patients: Labels | None,
    n_folds: int,
    seed: int | np.random.Generator,
    deal: str = BALANCED,
) -> np.ndarray:
    """Number of the fold of every row, shape (n,). A patient with an event in either hip counts as one with an event.

    Args:
        outcome: what the folds are stratified by, shape (n,): the class (1 or 0), or whether the event was seen.
        patients: patient of every row, any labels; None takes every row as its own patient.
        n_folds: number of folds.
        seed: or a generator, where folds are drawn again and again.
        deal: :data:`BALANCED` (the DLR study's models) deals patients with and without an event one after the other,
            larger ones first, each to the fold that has the fewest rows of that kind. :data:`IN_ROUNDS` (survival) deals
            those with an event first, then the others, one patient a fold and round.

    Raises:
        InputError: fewer patients with an event than folds; where the deal is balanced also without.
    """
    event = np.asarray(outcome) == 1
    number = patient_numbers(patients, event.size)
    with_event = np.bincount(number, event) > 0
    hips = np.bincount(number)
    return DEALS[deal](with_event, hips, n_folds, np.random.default_rng(seed))[number]


def _balanced(
    with_event: np.ndarray, hips: np.ndarray, n_folds: int, generator: np.random.Generator
) -> np.ndarray:
    """Fold of every patient; the same number of rows of each kind in every fold, as nearly as patients allow."""
    fold_of = np.full(len(hips), -1)
    total = np.zeros(n_folds, int)
    for stratum in (True, False):
        members = np.flatnonzero(with_event == stratum)
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
    return fold_of


def _in_rounds(
    with_event: np.ndarray, hips: np.ndarray, n_folds: int, generator: np.random.Generator
) -> np.ndarray:
    """Fold of every patient; the same number of patients with an event in every fold, or one more."""
    if with_event.sum() < n_folds:
        raise TooFewEvents(
            f"{n_folds}-fold cross-validation needs at least {n_folds} patients with an event and "
            f"{int(with_event.sum())} have one; use fewer folds or follow longer."
        )
    shuffled = generator.permutation(len(hips))
    dealt = shuffled[np.argsort(~with_event[shuffled], kind="stable")]
    fold_of = np.empty(len(hips), int)
    # in random order within each round, so that no fold is always served first
    for start in range(0, dealt.size, n_folds):
        hand = dealt[start : start + n_folds]
        fold_of[hand] = generator.permutation(n_folds)[: hand.size]
    return fold_of


Deal = Callable[[np.ndarray, np.ndarray, int, np.random.Generator], np.ndarray]
DEALS: dict[str, Deal] = {BALANCED: _balanced, IN_ROUNDS: _in_rounds}


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
