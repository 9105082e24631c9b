"""ROC curves at a time: who has collapsed by then against who is still without, with censoring weighted.

Cumulative/dynamic curves by inverse probability of censoring (Blanche et al., Stat Med 2013;32:5381); the area below
is :func:`..survival.metrics.time_dependent_auc`.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ..survival.metrics import at_horizon, check_arrays


def timed_roc_curve(time: np.ndarray, event: np.ndarray, score: np.ndarray, month: float) -> pd.DataFrame:
    """Points from (0, 0) to (1, 1): ``threshold``, ``false_positive_rate``, ``sensitivity``.

    Args:
        score: larger for hips that collapse sooner, (n,).

    Raises:
        TooFewEvents: fewer than 10 events by ``month`` or fewer than 5 hips followed beyond it.
    """
    time, event, score = check_arrays(time, event, score)
    hips = at_horizon(time, event, month, "A ROC curve")
    weight = hips.case_weight / hips.case_weight.sum()
    thresholds = np.unique(score[np.concatenate([hips.case, hips.control])])[::-1]
    sensitivity = [(weight * (score[hips.case] >= cut)).sum() for cut in thresholds]
    false = [(score[hips.control] >= cut).mean() for cut in thresholds]
    return pd.DataFrame(
        {
            "threshold": np.append(np.inf, thresholds),
            "false_positive_rate": np.append(0.0, false),
            "sensitivity": np.append(0.0, sensitivity),
        }
    )


def roc_within_folds(
    time: np.ndarray, event: np.ndarray, score: np.ndarray, fold: np.ndarray, month: float
) -> pd.DataFrame:
    """The curve of held-out scores that may be compared within a fold only: ``false_positive_rate``, ``sensitivity``.

    Each hip that collapsed by ``month`` has the share of the controls of its own fold that score higher (its placement
    value, Pepe and Cai, Biometrics 2004;60:528). The curve is the distribution of these, hips weighted by 1 / G and by
    the controls that they were compared with, so that the area below is the AUC within folds.

    Args:
        score, fold: (repeats, n): of each repeat of the cross-validation.

    Raises:
        TooFewEvents: as :func:`timed_roc_curve`.
    """
    hips = at_horizon(time, event, month, "A ROC curve")
    placed, weights = [], []
    for values, number in zip(score, fold, strict=True):
        for one in np.unique(number):
            inside = number[hips.case] == one
            cases, controls = values[hips.case[inside]], values[hips.control[number[hips.control] == one]]
            if len(cases) and len(controls):
                higher = 0.5 * (controls > cases[:, None]) + 0.5 * (controls >= cases[:, None])
                placed.append(higher.mean(axis=1))
                weights.append(hips.case_weight[inside] * len(controls))
    value, weight = np.concatenate(placed), np.concatenate(weights)
    order = np.argsort(value, kind="stable")
    reached = np.cumsum(weight[order]) / weight.sum()
    last = np.append(np.flatnonzero(np.diff(value[order])), len(value) - 1)
    rates = value[order][last]
    # a step up at each placement value: the curve is flat between
    x = np.concatenate([[0.0], np.repeat(rates, 2), [1.0]])
    y = np.concatenate([[0.0], np.repeat(np.append(0.0, reached[last]), 2)[1:-1], [reached[-1]]])
    return pd.DataFrame({"false_positive_rate": x, "sensitivity": np.append(y[:-1], 1.0)})
