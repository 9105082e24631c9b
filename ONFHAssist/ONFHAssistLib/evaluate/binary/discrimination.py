"""How well scores tell cases with the outcome from cases without: ROC, AUC, and the table at a threshold."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.stats import norm, rankdata

from ...core.errors import InputError
from ..clusters.areas import area_interval, mover_difference, obuchowski_covariance
from ..clusters.permutation import exchange_areas_test
from ..clusters.proportions import clustered_share, wilson_bounds
from ..clusters.sums import few_patients, patients_of_each_class
from ..estimate import Interval
from ..resampling import Labels
from .checks import check_outcome_and_scores

_CLOSED = 1e-12  # a variance that is none


@dataclass(frozen=True)
class Estimate(Interval):
    """A figure with its interval.

    Attributes:
        level: of the interval, such as 0.95.

    Example:
        >>> sick = [0, 0, 0, 0, 1, 1, 1, 1]
        >>> area = auc_delong(sick, [0.1, 0.4, 0.35, 0.5, 0.3, 0.8, 0.9, 0.7])
        >>> print(area)
        0.812 (0.425-1.000)
        >>> round(area.value, 4)
        0.8125
    """

    level: float = 0.95


@dataclass(frozen=True)
class PairedTest:
    """Difference of two figures on the same cases: ``first - second``, standard error, z, two-sided p, interval."""

    difference: float
    standard_error: float
    z: float
    p: float
    low: float
    high: float


def auc(outcome: np.ndarray, scores: np.ndarray) -> np.ndarray | float:
    """Area under the ROC curve by the Mann-Whitney statistic; ties count half.

    Args:
        outcome: 0/1, shape (n,).
        scores: shape (n,) or (models, n); larger means more likely.
    """
    labels, values = check_outcome_and_scores(outcome, scores)
    ranks = rankdata(values, axis=-1)
    events = labels.sum()
    area = (ranks[..., labels == 1].sum(axis=-1) - events * (events + 1) / 2) / (
        events * (len(labels) - events)
    )
    return float(area) if values.ndim == 1 else area


def delong_components(outcome: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """AUCs and structural components: for each case, the share of the other class that it is ranked right against.

    In O(n log n) by midranks (Sun and Xu, IEEE Signal Process Lett 2014;21:1389, equations 10 to 12).

    Args:
        outcome: 0/1, shape (n,), at least two cases of each class.
        scores: shape (models, n).

    Returns:
        AUCs of shape (models,), components of the m events (models, m) and of the n others (models, n).
    """
    labels, values = check_outcome_and_scores(outcome, np.atleast_2d(scores))
    events, others = values[:, labels == 1], values[:, labels == 0]
    m, n = events.shape[1], others.shape[1]
    if min(m, n) < 2:
        raise InputError(
            f"DeLong's interval needs two cases of each class; there are {m} with the outcome, {n} without."
        )
    pooled = rankdata(np.concatenate([events, others], axis=1), axis=1)
    of_events = (pooled[:, :m] - rankdata(events, axis=1)) / n
    of_others = 1.0 - (pooled[:, m:] - rankdata(others, axis=1)) / m
    return of_events.mean(axis=1), of_events, of_others


def delong_covariance(
    outcome: np.ndarray, scores: np.ndarray, patients: Labels | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """AUC of several scores on the same cases and their covariance (DeLong et al., Biometrics 1988;44:837).

    Args:
        outcome: 0/1, shape (n,), at least two cases of each class.
        scores: shape (models, n).
        patients: patient of every row (then Obuchowski's covariance); None takes every row as its own.

    Returns:
        AUCs of shape (models,), covariance of shape (models, models).
    """
    area, of_events, of_others = delong_components(outcome, scores)
    return area, obuchowski_covariance(of_events, of_others, outcome, patients)


def auc_delong(outcome: np.ndarray, scores: np.ndarray, level: float = 0.95) -> Estimate:
    """AUC with DeLong's interval, cut to 0..1 as pROC's ``ci.auc`` does."""
    area, covariance = delong_covariance(outcome, scores)
    margin = norm.ppf(0.5 + level / 2) * np.sqrt(covariance[0, 0])
    return Estimate(
        float(area[0]), float(max(0.0, area[0] - margin)), float(min(1.0, area[0] + margin)), level
    )


def auc_by_patient(
    outcome: np.ndarray, scores: np.ndarray, patients: Labels | None, level: float = 0.95
) -> Estimate:
    """AUC with an interval that knows the patient and never closes: logit of Obuchowski's variance, Newcombe's at 1.

    See :func:`..clusters.areas.area_interval`.
    """
    area, covariance = delong_covariance(outcome, scores, patients)
    sizes = patients_of_each_class(outcome, patients)
    return Estimate(
        float(area[0]), *area_interval(float(area[0]), float(covariance[0, 0]), *sizes, level), level
    )


def delong_test(
    outcome: np.ndarray,
    first: np.ndarray,
    second: np.ndarray,
    level: float = 0.95,
    patients: Labels | None = None,
) -> PairedTest:
    """Whether two scores on the same cases have the same AUC (paired DeLong test, pROC's ``roc.test``).

    Equal scores have difference 0 and p = 1. With ``patients`` the variance is Obuchowski's; where patients are few or
    the variance closes, p is that of exchanging the scores within patients, and a closed interval that of the two AUCs.
    """
    area, covariance = delong_covariance(outcome, np.stack([first, second]), patients)
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    test = paired_test(float(area[0] - area[1]), float(np.sqrt(max(variance, 0.0))), level)
    if patients is None or (closed := variance <= _CLOSED) + few_patients(outcome, patients) == 0:
        return test
    p = exchange_areas_test(outcome, first, second, patients)
    if not closed:
        return replace(test, p=p)
    low, high = mover_difference(area, np.diag(covariance), outcome, patients, level)
    return replace(test, p=p, low=low, high=high)


def paired_test(difference: float, standard_error: float, level: float = 0.95) -> PairedTest:
    """z test of a difference with its standard error; without any spread p is 1 at 0 and 0 elsewhere."""
    if standard_error > 0:
        z = difference / standard_error
    else:
        z = 0.0 if difference == 0 else float(np.copysign(np.inf, difference))
    margin = norm.ppf(0.5 + level / 2) * standard_error
    return PairedTest(
        difference, standard_error, z, float(2 * norm.sf(abs(z))), difference - margin, difference + margin
    )


def roc_curve(outcome: np.ndarray, scores: np.ndarray) -> pd.DataFrame:
    """Points of the ROC curve from (0, 0) to (1, 1).

    Returns:
        Columns ``threshold`` (a case is called positive at or above it; infinite first),
        ``false_positive_rate``, ``sensitivity``.
    """
    labels, values = check_outcome_and_scores(outcome, scores)
    order = np.argsort(-values, kind="stable")
    ranked = values[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    true = np.cumsum(labels[order])[last]
    false = last + 1 - true
    return pd.DataFrame(
        {
            "threshold": np.append(np.inf, ranked[last]),
            "false_positive_rate": np.append(0.0, false / false[-1]),
            "sensitivity": np.append(0.0, true / true[-1]),
        }
    )


def youden_threshold(outcome: np.ndarray, scores: np.ndarray) -> float:
    """Threshold of the largest sensitivity + specificity - 1 (Youden, Cancer 1950;3:32), for training data.

    It lies halfway between two neighbouring scores, so that a repeat that differs by rounding is called alike; of
    equally good ones the largest is taken.
    """
    curve = roc_curve(outcome, scores)
    index = curve["sensitivity"] - curve["false_positive_rate"]
    best = 1 + int(np.argmax(index.to_numpy()[1:].round(12)))  # the first point calls nobody positive
    at = float(curve["threshold"].iloc[best])
    below = float(curve["threshold"].iloc[best + 1]) if best + 1 < len(curve) else at
    return (at + below) / 2


def wilson_interval(hits: int, total: int, level: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion (Wilson, J Am Stat Assoc 1927;22:209); NaN of an empty total."""
    return wilson_bounds(hits / total if total else float("nan"), total, level)


def confusion_counts(
    outcome: np.ndarray, scores: np.ndarray, threshold: float | np.ndarray
) -> dict[str, int]:
    """Counts ``tp``, ``fp``, ``tn``, ``fn`` where a score at or above the threshold calls a case positive."""
    labels, values = check_outcome_and_scores(outcome, scores)
    called = values >= threshold
    return {
        "tp": int((called & (labels == 1)).sum()),
        "fp": int((called & (labels == 0)).sum()),
        "tn": int((~called & (labels == 0)).sum()),
        "fn": int((~called & (labels == 1)).sum()),
    }


def threshold_metrics(
    outcome: np.ndarray,
    scores: np.ndarray,
    threshold: float | np.ndarray,
    level: float = 0.95,
    patients: Labels | None = None,
) -> pd.DataFrame:
    """Accuracy, sensitivity, specificity, PPV, NPV, precision, recall and F1 at a fixed threshold.

    Proportions carry Wilson's interval. F1 = 2 TP / (2 TP + FP + FN) is one to one with the Jaccard share
    J = TP / (TP + FP + FN), a proportion of the cases that are positive or called so: its interval is that of J
    (Wilson) put through F1 = 2 J / (1 + J).

    Args:
        outcome, scores: shape (n,).
        threshold: chosen on training data, see :func:`youden_threshold`; one, or one a row.
        patients: patient of every row: Wilson's interval is then of the number of independent hips that they are worth
            (:func:`..clusters.proportions.clustered_share`). None takes every row as its own.

    Returns:
        Indexed by the metric; columns ``value``, ``low``, ``high``, ``hits``, ``total``. A figure without any case
        to count is NaN.
    """
    labels, values = check_outcome_and_scores(outcome, scores)
    event, called = labels == 1, values >= threshold
    shares = {
        "accuracy": (called == event, np.ones_like(event)),
        "sensitivity": (called, event),
        "specificity": (~called, ~event),
        "ppv": (event, called),
        "npv": (~event, ~called),
        "precision": (event, called),
        "recall": (called, event),
        "f1": (event & called, event | called),
    }
    people = None if patients is None else np.asarray(patients)
    rows = {}
    for name, (hit, of) in shares.items():
        share = clustered_share(hit[of], None if people is None else people[of], level)
        rows[name] = (share.value, share.low, share.high, int(hit[of].sum()), int(of.sum()))
    value, low, high, hits, total = rows["f1"]
    rows["f1"] = (2 * value / (1 + value), 2 * low / (1 + low), 2 * high / (1 + high), hits, total)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high", "hits", "total"])
