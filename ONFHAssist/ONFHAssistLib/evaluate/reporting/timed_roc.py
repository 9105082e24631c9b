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
