"""Whether acting on a model does more good than treating everybody or nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit, logit
from scipy.stats import norm

from ...core.errors import InputError
from ..clusters.areas import area_interval
from ..clusters.sums import covariance_parts, patients_of_each_class
from ..resampling import Labels
from .checks import check_outcome_and_probabilities
from .discrimination import confusion_counts, delong_components

THRESHOLDS = np.round(np.arange(0.01, 1.0, 0.01), 2)
TREAT_ALL, TREAT_NONE = "Treat all", "Treat none"


def decision_curve(
    outcome: np.ndarray,
    probability: Mapping[str, np.ndarray],
    thresholds: npt.ArrayLike = THRESHOLDS,
    patients: np.ndarray | None = None,
    prevalence: float | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Net benefit of models, of treating all and of treating none (Vickers and Elkin, Med Decis Making 2006;26:565).

    ``net benefit = prevalence * sensitivity - (1 - prevalence) * (1 - specificity) * threshold / (1 - threshold)``.
    The interval is the normal one of that mean, with the patient as the unit (Sande et al., Stat Med 2020;39:2980,
    for independent cases).

    Args:
        outcome: 0/1, shape (n,).
        probability: model name to probabilities, shape (n,).
        thresholds: probabilities above 0 and below 1 at which one would treat.
        patients: patient of every row; None takes every row as its own.
        prevalence: of the population that is meant; None takes that of the data. Another one than that of the data
            also shifts the probabilities (see :func:`shift_prevalence`).

    Returns:
        Columns ``model``, ``threshold``, ``net_benefit``, ``low``, ``high``.
    """
    grid = np.asarray(thresholds, float)
    if grid.size == 0 or grid.min() <= 0 or grid.max() >= 1:
        raise InputError("The thresholds of a decision curve must lie between 0 and 1, both excluded.")
    labels = np.asarray(outcome)
    curves = {}
    for name, values in probability.items():
        labels, checked = check_outcome_and_probabilities(outcome, values)
        moved = checked if prevalence is None else shift_prevalence(checked, labels.mean(), prevalence)
        curves[name] = moved[:, None] >= grid
    curves[TREAT_ALL] = np.ones((len(labels), len(grid)), bool)
    own = labels.mean()
    wanted = own if prevalence is None else prevalence
    weight = np.where(labels == 1, wanted / own, (1 - wanted) / (1 - own))
    gain = np.where(labels[:, None] == 1, 1.0, -grid / (1 - grid)) * weight[:, None]
    units = np.arange(len(labels)) if patients is None else pd.factorize(np.asarray(patients))[0]
    frames = [_net_benefit(name, called * gain, grid, units, level) for name, called in curves.items()]
    frames.append(_net_benefit(TREAT_NONE, np.zeros_like(gain), grid, units, level))
    return pd.concat(frames, ignore_index=True)


def _net_benefit(
    name: str, gain: np.ndarray, grid: np.ndarray, units: np.ndarray, level: float
) -> pd.DataFrame:
    mean = gain.mean(axis=0)
    n_units = int(units.max()) + 1
    # the spread of the patients' sums about what the mean expects of their number of hips
    sums = np.zeros((n_units, len(grid)))
    np.add.at(sums, units, gain - mean)
    error = np.sqrt((sums**2).sum(axis=0) * n_units / max(n_units - 1, 1)) / len(gain)
    margin = norm.ppf(0.5 + level / 2) * error
    return pd.DataFrame(
        {"model": name, "threshold": grid, "net_benefit": mean, "low": mean - margin, "high": mean + margin}
    )


def shift_prevalence(probability: np.ndarray, trained: float, wanted: float) -> np.ndarray:
    """Probabilities for another prevalence, by Bayes' rule on the odds (Saerens et al., Neural Comput 2002;14:21)."""
    for name, share in (("own", trained), ("wanted", wanted)):
        if not 0 < share < 1:
            raise InputError(f"The {name} prevalence is {share}; it must lie between 0 and 1, both excluded.")
    with np.errstate(divide="ignore"):
        shifted: np.ndarray = expit(logit(np.asarray(probability, float)) + logit(wanted) - logit(trained))
    return shifted


def performance_by_prevalence(
    outcome: np.ndarray,
    probability: np.ndarray,
    threshold: float | np.ndarray,
    prevalences: Sequence[float] = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9),
    level: float = 0.95,
    patients: Labels | None = None,
) -> pd.DataFrame:
    """What the model gives where the disease is rarer or more frequent than in the data.

    Sensitivity, specificity and AUC stay. What changes is the interval of the AUC (a study of this size would hold fewer
    cases of one class: logit interval of the variance by patient, with the classes in that proportion), PPV, NPV and
    the net benefit at the threshold on the shifted probability that calls the same cases.

    Args:
        threshold: of all cases, or (n,) one of each: then a false positive weighs by the odds at its own threshold, and
            the table shows the mean of the thresholds.

    Returns:
        Columns ``prevalence``, ``auc``, ``auc_low``, ``auc_high``, ``ppv``, ``npv``, ``threshold``, ``net_benefit``,
        ``net_benefit_all``.
    """
    labels, values = check_outcome_and_probabilities(outcome, probability)
    limits = np.broadcast_to(np.asarray(threshold, float), values.shape)
    count, false = confusion_counts(labels, values, threshold), (values >= limits) & (labels == 0)
    sensitivity = count["tp"] / (count["tp"] + count["fn"])
    false_positive = count["fp"] / (count["fp"] + count["tn"])
    area, of_events, of_others = delong_components(labels, values[None])
    parts = [float(part[0, 0]) for part in covariance_parts(of_events, of_others, labels, patients)]
    people = patients_of_each_class(labels, patients)
    rows = []
    for prevalence in prevalences:
        moved = shift_prevalence(limits, labels.mean(), prevalence)
        n_events = max(2.0, prevalence * len(labels))
        n_others = max(2.0, (1 - prevalence) * len(labels))
        more = labels.sum() / n_events, (len(labels) - labels.sum()) / n_others
        variance = parts[0] * more[0] + parts[1] * more[1] + parts[2] * float(np.sqrt(more[0] * more[1]))
        low, high = area_interval(float(area[0]), variance, people[0] / more[0], people[1] / more[1], level)
        positive = prevalence * sensitivity + (1 - prevalence) * false_positive
        with np.errstate(divide="ignore"):
            odds = moved / (1 - moved)
        odds_of_others = float(odds[labels == 0].mean())
        odds_of_called = float(odds[false].mean()) if false.any() else odds_of_others
        rows.append(
            {
                "prevalence": prevalence,
                "auc": area[0],
                "auc_low": low,
                "auc_high": high,
                "ppv": prevalence * sensitivity / positive if positive > 0 else np.nan,
                "npv": (1 - prevalence) * (1 - false_positive) / (1 - positive) if positive < 1 else np.nan,
                "threshold": float(moved.mean()),
                "net_benefit": prevalence * sensitivity - (1 - prevalence) * false_positive * odds_of_called,
                "net_benefit_all": prevalence - (1 - prevalence) * odds_of_others,
            }
        )
    return pd.DataFrame(rows)
