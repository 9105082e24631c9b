"""Findings with empty cells in a development: completed inside every resample, and pooled where a model is finished.

Every development of the cross-validation and the bootstrap completes its own training hips, with their outcome, once
(Schomaker and Heumann, Stat Med 2018: a bootstrap of which each sample is imputed), and the others without theirs, as a
new patient would be. The finished models rest on several completions: a finding stays that at least half of them keep
(Wood, White and Royston, Stat Med 2008), coefficients and variances are pooled by Rubin's rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.stats import norm

from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.outcome import Z95, Outcome

from ...tabular.imputation import impute, outcome_helpers, pool
from ..cox.model import CoxModel
from ..cox.partial_likelihood import Baseline

ROUNDS_INSIDE = 5  # of the chained equations in a resample


def has_empty_cells(clinical: pd.DataFrame) -> bool:
    """Whether anything has to be imputed."""
    return bool(clinical.isna().any().any())


def completions(clinical: pd.DataFrame, outcome: Outcome, count: int, seed: int) -> list[pd.DataFrame]:
    """The findings of all hips completed ``count`` times with the outcome; once, as they are, where nothing is empty."""
    if not has_empty_cells(clinical):
        return [clinical]
    helpers = outcome_helpers(outcome.time, outcome.event, clinical.index)
    return impute(clinical, list(clinical.columns), count, seed, helpers)


def completed_inside(clinical: pd.DataFrame, outcome: Outcome, rows: np.ndarray, seed: int) -> pd.DataFrame:
    """All n hips completed for a development on ``rows``: these with their outcome, the others without theirs."""
    if not has_empty_cells(clinical):
        return clinical
    names, inside = list(clinical.columns), np.unique(rows)
    outside = np.setdiff1d(np.arange(len(clinical)), inside)
    training = clinical.iloc[inside]
    helpers = outcome_helpers(outcome.time[inside], outcome.event[inside], training.index)
    learned = impute(training, names, 1, seed, helpers, ROUNDS_INSIDE)[0]
    rest = clinical.iloc[outside]
    if has_empty_cells(rest):
        both = pd.concat([learned, rest])
        rest = impute(both, names, 1, seed + 1, None, ROUNDS_INSIDE)[0].iloc[len(learned) :]
    order = np.argsort(np.concatenate([inside, outside]))
    return pd.concat([learned, rest]).iloc[order]


def kept_by_half(chosen: Sequence[Sequence[str]]) -> list[str]:
    """What at least half of the selections hold, in the order in which it first comes."""
    counts = Counter(name for names in chosen for name in dict.fromkeys(names))
    return [name for name in counts if 2 * counts[name] >= len(chosen)]


def pooled_cox(
    tables: Sequence[pd.DataFrame], outcome: Outcome, names: Sequence[str], cluster: Labels | None
) -> CoxModel:
    """A Cox model of several completions: coefficients and variances by Rubin's rules, their mean baseline.

    Raises:
        InputError: as :meth:`CoxModel.fit`.
    """
    fits = [CoxModel().fit(table, outcome, names, cluster) for table in tables]
    first = fits[0]
    if len(fits) == 1:
        return first
    coef = np.array([fit.coef_ for fit in fits])
    between = np.cov(coef, rowvar=False).reshape(coef.shape[1], -1) * (1 + 1 / len(fits))
    first.variance_ = np.mean([fit.variance_ for fit in fits], axis=0) + between
    first.robust_variance_ = np.mean([fit.robust_variance_ for fit in fits], axis=0) + between
    first.coef_ = coef.mean(0)
    first.means_ = np.mean([fit.means_ for fit in fits], axis=0)
    first.minimum_ = np.min([fit.minimum_ for fit in fits], axis=0)
    first.maximum_ = np.max([fit.maximum_ for fit in fits], axis=0)
    parts = {
        name: np.mean([getattr(fit.baseline_, name) for fit in fits], axis=0)
        for name in ("hazard", "variance", "drift")
    }
    first.baseline_ = Baseline(first.baseline_.times, **parts)
    return first


def pooled_univariate(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Tables of :func:`.clinical_selection.univariate` of several completions as one, by Rubin's rules."""
    first = tables[0].copy()
    if len(tables) == 1:
        return first
    joined = pd.concat(tables)
    for position, row in first.iterrows():
        same = joined[(joined["covariate"] == row["covariate"]) & (joined["form"] == row["form"])]
        if "hr" not in same or same["hr"].isna().any() or len(same) < len(tables):
            continue
        coef = np.log(same[["hr"]].to_numpy(float))
        error = (np.log(same["high"]) - np.log(same["low"])).to_numpy(float)[:, None] / (2 * Z95)
        found = pool(coef, error**2)
        low, high = found.interval()
        first.loc[position, ["hr", "low", "high", "p"]] = np.array(
            [np.exp(found.estimate[0]), np.exp(low[0]), np.exp(high[0]), found.p()[0]]
        )
        robust = same["robust_p"].to_numpy(float).clip(1e-300, 1 - 1e-12)[:, None]
        wide = np.maximum(np.abs(coef) / norm.isf(robust / 2), 1e-12)
        first.loc[position, "robust_p"] = pool(coef, wide**2).p()[0]
    return first
