"""Whether one model is better than another on the same cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.stats import binom, chi2, norm

from ...core.errors import InputError
from ..clusters.matched_pairs import clustered_mcnemar
from ..clusters.permutation import sign_flip_test
from ..clusters.proportions import wilson_bounds
from ..clusters.sums import covariance_of_sum, covariance_of_two_means, few_patients, n_patients
from ..resampling import Labels
from .checks import check_outcome_and_probabilities
from .discrimination import PairedTest, paired_test

_NONE = 1e-12  # an error that is none


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
    """Cases that only the first (``only_first``) or only the second got right, and the p-values of the difference.

    Attributes:
        p: of the statistic. p_exact: of the exact test. p_mid: of that with half of what is as likely as was seen.
    """

    only_first: int
    only_second: int
    statistic: float
    p: float
    p_exact: float
    p_mid: float = 1.0


def continuous_nri(
    outcome: np.ndarray,
    old: np.ndarray,
    new: np.ndarray,
    level: float = 0.95,
    patients: Labels | None = None,
) -> Reclassification:
    """Category-free net reclassification improvement (Pencina et al., Stat Med 2011;30:11).

    Standard errors as Hmisc ``improveProb``; with ``patients`` they are of the patients' sums, p with few patients is
    that of exchanging the models within patients, and a part in which all moved alike has Wilson's interval.

    Args:
        outcome: 0/1, shape (n,).
        old, new: probabilities of the two models, shape (n,).
        patients: patient of every row; None takes every row as its own.
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    return _reclassification(labels, np.sign(second - first), level, patients)


def categorical_nri(
    outcome: np.ndarray,
    old: np.ndarray,
    new: np.ndarray,
    cuts: Sequence[float],
    level: float = 0.95,
    patients: Labels | None = None,
) -> Reclassification:
    """Net reclassification improvement over risk categories (Pencina et al., Stat Med 2008;27:157).

    Args:
        outcome, old, new, patients: as :func:`continuous_nri`.
        cuts: ascending probabilities between the categories; a case at a cut is in the upper one.
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    edges = np.asarray(cuts, float)
    if edges.size == 0 or (np.diff(edges) <= 0).any() or edges.min() <= 0 or edges.max() >= 1:
        raise InputError(f"The cuts {list(cuts)} of the risk categories must rise and lie between 0 and 1.")
    moved = np.searchsorted(edges, second, side="right") - np.searchsorted(edges, first, side="right")
    return _reclassification(labels, np.sign(moved), level, patients)


def _reclassification(
    labels: np.ndarray, moved: np.ndarray, level: float, patients: Labels | None
) -> Reclassification:
    if patients is not None:
        return _reclassification_by_patient(labels, moved, level, np.asarray(patients))
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


def _reclassification_by_patient(
    labels: np.ndarray, moved: np.ndarray, level: float, patients: np.ndarray
) -> Reclassification:
    """The same nets with errors by patient (without the factor of few patients, as those of independent hips)."""
    z = norm.ppf(0.5 + level / 2)
    change = np.where(labels == 1, moved, -moved).astype(float)
    few, parts = few_patients(labels, patients), []
    for event in (1, 0):
        own, people = change[labels == event], patients[labels == event]
        net = float(own.mean())
        error = float(np.sqrt(_variance_of_mean(own, people)))
        low, high = net - z * error, net + z * error
        closed = error <= _NONE
        if closed:
            low, high = (2 * b - 1 for b in wilson_bounds((1 + net) / 2, n_patients(people, len(own)), level))
        test = replace(paired_test(net, error, level), low=low, high=high)
        parts.append(replace(test, p=sign_flip_test(own, people)) if closed or few else test)
    events, others = parts
    spread = covariance_of_two_means(
        change[labels == 1], change[labels == 0], labels, patients, corrected=False
    )
    error, net = float(np.sqrt(max(spread[0, 0], 0.0))), events.difference + others.difference
    total = paired_test(net, error, level)
    if min(events.standard_error, others.standard_error) <= _NONE:
        # Zou and Donner, Stat Med 2008;27:1693
        low = net - float(np.hypot(events.difference - events.low, others.difference - others.low))
        high = net + float(np.hypot(events.high - events.difference, others.high - others.difference))
        total = replace(total, low=max(low, -2.0), high=min(high, 2.0))
    if few or error <= _NONE:
        total = replace(total, p=sign_flip_test(change / _class_sizes(labels), patients))
    return Reclassification(total, events, others)


def _variance_of_mean(values: np.ndarray, patients: np.ndarray) -> float:
    return float(covariance_of_sum((values - values.mean()) / len(values), patients, corrected=False)[0, 0])


def _class_sizes(labels: np.ndarray) -> np.ndarray:
    return np.asarray(np.where(labels == 1, labels.sum(), len(labels) - labels.sum()))


def integrated_discrimination_improvement(
    outcome: np.ndarray,
    old: np.ndarray,
    new: np.ndarray,
    level: float = 0.95,
    patients: Labels | None = None,
) -> PairedTest:
    """Gain in mean probability of events less that of non-events (Pencina et al., Stat Med 2008;27:157).

    Standard error as Hmisc ``improveProb``; with ``patients`` that of the patients' sums, and with few patients p is that
    of exchanging the models within patients.
    """
    labels, first = check_outcome_and_probabilities(outcome, old)
    _, second = check_outcome_and_probabilities(outcome, new)
    change = second - first
    events, others = change[labels == 1], change[labels == 0]
    if min(len(events), len(others)) < 2:
        raise InputError("The integrated discrimination improvement needs two cases of each class.")
    variance = float(covariance_of_two_means(events, -others, labels, patients)[0, 0])
    test = paired_test(float(events.mean() - others.mean()), float(np.sqrt(max(variance, 0.0))), level)
    if patients is None or not (few_patients(labels, patients) or variance <= _NONE):
        return test
    signed = np.where(labels == 1, change, -change) / _class_sizes(labels)
    return replace(test, p=sign_flip_test(signed, patients))


def mcnemar_test(
    first_correct: np.ndarray, second_correct: np.ndarray, patients: Labels | None = None
) -> McNemar:
    """McNemar's test of two readers or models on the same cases (Psychometrika 1947;12:153).

    The statistic has Edwards' continuity correction, as R's ``mcnemar.test``; ``p_exact`` is the two-sided binomial.
    With ``patients`` it is Durkalski's, and the exact test exchanges the two within patients
    (:func:`..clusters.matched_pairs.clustered_mcnemar`).

    Args:
        first_correct, second_correct: whether each case was called right, shape (n,).
        patients: patient of every row; None takes every row as its own.
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
    if patients is not None:
        own = clustered_mcnemar(first.astype(int) - second, patients)
        return McNemar(only_first, only_second, own.statistic, own.p, own.p_exact, own.p_mid)
    gap = abs(only_first - only_second)
    statistic = max(gap - 1, 0) ** 2 / total
    exact = min(1.0, 2 * float(binom.cdf(min(only_first, only_second), total, 0.5)))
    mid = (
        exact
        if only_first == only_second
        else exact - float(binom.pmf(min(only_first, only_second), total, 0.5))
    )
    return McNemar(only_first, only_second, float(statistic), float(chi2.sf(statistic, 1)), exact, mid)
