"""Splits that keep the hips of one patient together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents


def patient_folds(
    event: np.ndarray, cluster: Sequence | None, folds: int, rng: np.random.Generator
) -> np.ndarray:
    """Number of the fold (n,) of each hip: patients are dealt at random, those with an event first.

    Raises:
        TooFewEvents: fewer patients with an event than folds.
    """
    n = event.size
    _, code = np.unique(np.arange(n) if cluster is None else np.asarray(cluster), return_inverse=True)
    collapsed = np.bincount(code, event) > 0
    if collapsed.sum() < folds:
        raise TooFewEvents(
            f"{folds}-fold cross-validation needs at least {folds} patients with an event and {int(collapsed.sum())} "
            "have one; use fewer folds or follow longer."
        )
    shuffled = rng.permutation(collapsed.size)
    dealt = shuffled[np.argsort(~collapsed[shuffled], kind="stable")]
    patient_fold = np.empty(collapsed.size, int)
    # deal in random order within each round, so that no fold is always served first
    for start in range(0, dealt.size, folds):
        hand = dealt[start : start + folds]
        patient_fold[hand] = rng.permutation(folds)[: hand.size]
    return patient_fold[code]
