"""Whether one model is better than another on the same cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, chi2

from ...core.errors import InputError
from .checks import check_outcome_and_probabilities
from .discrimination import PairedTest, paired_test


@dataclass(frozen=True)
class Reclassification:
    """Net reclassification improvement of a new model over an old one, and its two parts.

    Attributes:
        total: events + nonevents, from -2 to 2.
        events: net share of cases with the outcome that moved up.
        nonevents: net share of cases without it that moved down.
    """

    total: PairedTest
    events: PairedTest
    nonevents: PairedTest


@dataclass(frozen=True)
class McNemar:
    """Cases that only the first (``only_first``) or only the second got right, and the p-values of the difference."""

    only_first: int
    only_second: int
    statistic: float
    p: float
    p_exact: float


def continuous_nri(
    outcome: np.ndarray, old: np.ndarray, new: np.ndarray, level: float = 0.95
) -> Reclassification:
    """Category-free net reclassification improvement (Pencina et al., Stat Med 2011;30:11).

    Standard errors as Hmisc ``improveProb``.

    Args:
        outcome: 0/1, shape (n,).
        old, new: probabilities of the two models, shape (n,).
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    return _reclassification(labels, np.sign(second - first), level)


def categorical_nri(
    outcome: np.ndarray, old: np.ndarray, new: np.ndarray, cuts: Sequence[float], level: float = 0.95
) -> Reclassification:
    """Net reclassification improvement over risk categories (Pencina et al., Stat Med 2008;27:157).

    Args:
        outcome, old, new: as :func:`continuous_nri`.
        cuts: ascending probabilities between the categories; a case at a cut is in the upper one.
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    edges = np.asarray(cuts, float)
    if edges.size == 0 or (np.diff(edges) <= 0).any() or edges.min() <= 0 or edges.max() >= 1:
        raise InputError(f"The cuts {list(cuts)} of the risk categories must rise and lie between 0 and 1.")
    moved = np.searchsorted(edges, second, side="right") - np.searchsorted(edges, first, side="right")
    return _reclassification(labels, np.sign(moved), level)


def _reclassification(labels: np.ndarray, moved: np.ndarray, level: float) -> Reclassification:
    parts = {}
    for event, direction in ((1, 1), (0, -1)):
        change = direction * moved[labels == event]
        n = len(change)
        net = float(change.mean())
        variance = np.abs(change).sum() / n**2 - change.sum() ** 2 / n**3
        parts[event] = (net, max(float(variance), 0.0))
    (up, variance_up), (down, variance_down) = parts[1], parts[0]
    return Reclassification(
        total=paired_test(up + down, float(np.sqrt(variance_up + variance_down)), level),
        events=paired_test(up, float(np.sqrt(variance_up)), level),
        nonevents=paired_test(down, float(np.sqrt(variance_down)), level),
    )


def integrated_discrimination_improvement(
    outcome: np.ndarray, old: np.ndarray, new: np.ndarray, level: float = 0.95
) -> PairedTest:
    """Gain in mean probability of events less that of non-events (Pencina et al., Stat Med 2008;27:157).

    Standard error as Hmisc ``improveProb``.
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    change = second - first
    events, others = change[labels == 1], change[labels == 0]
    if min(len(events), len(others)) < 2:
        raise InputError("The integrated discrimination improvement needs two cases of each class.")
    error = np.sqrt(events.var(ddof=1) / len(events) + others.var(ddof=1) / len(others))
    return paired_test(float(events.mean() - others.mean()), float(error), level)


def mcnemar_test(first_correct: np.ndarray, second_correct: np.ndarray) -> McNemar:
    """McNemar's test of two readers or models on the same cases (Psychometrika 1947;12:153).

    The statistic has Edwards' continuity correction, as R's ``mcnemar.test``; ``p_exact`` is the two-sided binomial.

    Args:
        first_correct, second_correct: whether each case was called right, shape (n,).
    """
    first, second = np.asarray(first_correct), np.asarray(second_correct)
    if first.shape != second.shape or first.ndim != 1:
        raise InputError(
            f"McNemar's test needs the same cases twice; shapes {first.shape} and {second.shape} were given."
        )
    first, second = first.astype(bool), second.astype(bool)
    only_first, only_second = int((first & ~second).sum()), int((~first & second).sum())
    total = only_first + only_second
    if total == 0:
        return McNemar(0, 0, 0.0, 1.0, 1.0)
    gap = abs(only_first - only_second)
    statistic = max(gap - 1, 0) ** 2 / total
    exact = min(1.0, 2 * float(binom.cdf(min(only_first, only_second), total, 0.5)))
    return McNemar(only_first, only_second, float(statistic), float(chi2.sf(statistic, 1)), exact)
