"""Feature selection that keeps its story: how many went in, how many came out, why each one left.

Every step is a scikit-learn transformer for a binary outcome. It takes a DataFrame (or an array) and works inside
a ``Pipeline`` or, with the story of all steps together, inside a :class:`Selection`. The steps of the DLR study are
``ZScore, MannWhitney, PearsonRedundancy, MinimumRedundancy, Lasso``, made by :func:`dlr_steps`.

Selection belongs inside the cross-validation: fit it on training cases only.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ..folds import most_folds, patient_folds
from .association import (
    benjamini_hochberg,
    correlations,
    f_statistic,
    lasso_coefficients,
    mann_whitney,
    redundant,
)
from .selection_log import FeatureStep, Selection, SelectionStep

__all__ = [
    "FeatureStep",
    "Lasso",
    "MannWhitney",
    "MinimumRedundancy",
    "MissingOutlier",
    "PearsonRedundancy",
    "Reproducible",
    "Selection",
    "SelectionStep",
    "ZScore",
    "dlr_steps",
]


class MissingOutlier(FeatureStep):
    """Drop features with missing values and features ruled by outliers; fill what may be missing by the median.

    An outlier lies more than ``fence`` interquartile ranges outside the quartiles (Tukey's outer fence at 3).

    Args:
        max_missing: largest share of missing training values of a feature that stays.
        max_outliers: largest share of outlying training values of a feature that stays.
        fence: distance in interquartile ranges beyond which a value counts as outlying.
    """

    def __init__(self, max_missing: float = 0.0, max_outliers: float = 0.1, fence: float = 3.0) -> None:
        self.max_missing = max_missing
        self.max_outliers = max_outliers
        self.fence = fence

    def _choose(self, values, outcome, patients):  # noqa: ARG002
        absent = np.isnan(values)
        self.missing_ = absent.mean(axis=0)
        all_absent = absent.all(axis=0)
        filled = np.where(all_absent, 0.0, values)
        holes = absent.any()
        low, middle, high = (np.nanquantile if holes else np.quantile)(filled, [0.25, 0.5, 0.75], axis=0)
        margin = self.fence * (high - low)
        outlying = (filled < low - margin) | (filled > high + margin)
        self.outlying_ = outlying.mean(axis=0)
        self.median_ = middle
        return ~all_absent & (self.missing_ <= self.max_missing) & (self.outlying_ <= self.max_outliers)

    def _apply(self, values):
        return np.where(np.isnan(values), self.median_[self.support_], values)

    def _reason(self, j):
        if self.missing_[j] > self.max_missing or self.missing_[j] == 1:
            return f"missing in {self.missing_[j]:.0%} of the training cases"
        return f"outlying in {self.outlying_[j]:.0%} of the training cases"

    def _title(self):
        return f"Missing <= {self.max_missing:.0%}, outlying <= {self.max_outliers:.0%}"


class ZScore(FeatureStep):
    """Subtract the mean and divide by the population standard deviation; a constant feature leaves."""

    def _choose(self, values, outcome, patients):  # noqa: ARG002
        self.mean_ = values.mean(axis=0)
        self.scale_ = values.std(axis=0)
        # rounding leaves a spread of some 1e-16 of the size of a constant
        return self.scale_ > 1e-12 * np.maximum(np.abs(self.mean_), 1e-300)

    def _apply(self, values):
        return (values - self.mean_[self.support_]) / self.scale_[self.support_]

    def _reason(self, j):
        return f"the same value ({self.mean_[j]:.6g}) in every training case"

    def _title(self):
        return "z-score"


class Reproducible(FeatureStep):
    """Keep features whose intraclass correlation reaches a minimum (within and between readers).

    Args:
        icc: one value a feature, or a DataFrame with one column a comparison (all must reach the minimum).
        minimum: 0.75 in the DLRC study.
    """

    def __init__(self, icc: pd.Series | pd.DataFrame, minimum: float = 0.75) -> None:
        self.icc = icc
        self.minimum = minimum

    def _choose(self, values, outcome, patients):  # noqa: ARG002
        lowest = self.icc.min(axis=1, skipna=False) if isinstance(self.icc, pd.DataFrame) else self.icc
        absent = [name for name in self.feature_names_in_ if name not in lowest.index]
        if absent:
            raise InputError(f"The table of intraclass correlations lacks the feature '{absent[0]}'; add it.")
        self.lowest_ = lowest.reindex(self.feature_names_in_).to_numpy(float)
        return self.lowest_ >= self.minimum

    def _reason(self, j):
        return f"intraclass correlation {self.lowest_[j]:.3f} < {self.minimum}"

    def _title(self):
        return f"ICC >= {self.minimum}"


class MannWhitney(FeatureStep):
    """Keep features that differ between the classes by the Mann-Whitney U test, the patient as its unit.

    Args:
        alpha: features with p below it stay.
        adjust: None, or "bh" for Benjamini and Hochberg's false discovery rate.
        keep_at_least: number of features with the smallest p that stay in any case.
    """

    def __init__(self, alpha: float = 0.05, adjust: str | None = None, keep_at_least: int = 1) -> None:
        self.alpha = alpha
        self.adjust = adjust
        self.keep_at_least = keep_at_least

    def _choose(self, values, outcome, patients):
        if self.adjust not in (None, "bh"):
            raise InputError(f"The adjustment of p-values is '{self.adjust}'; it must be None or 'bh'.")
        self.statistic_, self.pvalues_ = mann_whitney(values, outcome, patients)
        self.tested_ = self.pvalues_ if self.adjust is None else benjamini_hochberg(self.pvalues_)
        return _or_best(self.tested_ < self.alpha, self.tested_, self.keep_at_least)

    def _reason(self, j):
        return f"p = {self.tested_[j]:.3g} >= {self.alpha}" + (" after adjustment" if self.adjust else "")

    def _title(self):
        return f"Mann-Whitney p < {self.alpha}" + (" (Benjamini-Hochberg)" if self.adjust else "")


class PearsonRedundancy(FeatureStep):
    """Of features that correlate beyond a limit keep the one that is more related to the outcome.

    Features are visited from the most to the least related (the distance of their AUC from 0.5, which orders them
    like the Mann-Whitney test); each one that is kept removes those after it with ``|r|`` beyond the limit.
    """

    def __init__(self, limit: float = 0.9) -> None:
        self.limit = limit

    def _choose(self, values, outcome, patients):  # noqa: ARG002
        statistic, _ = mann_whitney(values, outcome)
        relation = np.abs(statistic / (outcome.sum() * (1 - outcome).sum()) - 0.5)
        order = np.argsort(-relation, kind="stable")
        # float32 halves the time of the largest product here; it decides |r| > 0.9 to 1e-6
        self.rival_ = redundant(values, order, self.limit, np.float32)
        return self.rival_ < 0

    def _reason(self, j):
        rival = self.feature_names_in_[self.rival_[j]]
        return f"|r| > {self.limit} with {rival}, which is more related to the outcome"

    def _title(self):
        return f"Pearson |r| <= {self.limit}"


class MinimumRedundancy(FeatureStep):
    """Minimum redundancy, maximum relevance: keep ``k`` features, chosen one by one.

    Relevance is the F statistic of the one-way analysis of variance, redundancy the mean ``|r|`` to the features
    already chosen, the score their quotient: "FCQ" of Ding and Peng (J Bioinform Comput Biol 2005;3:185), the
    default of the package ``mrmr_selection``, with its floor of 0.001 under each correlation.
    """

    def __init__(self, k: int = 30) -> None:
        self.k = k

    def _choose(self, values, outcome, patients):  # noqa: ARG002
        relevance = f_statistic(values, outcome)
        close = np.maximum(np.abs(correlations(values)), 0.001)
        self.order_ = [int(np.argmax(relevance))]
        open_ = np.ones(len(relevance), bool)
        open_[self.order_[0]] = False
        redundancy = np.zeros(len(relevance))
        while len(self.order_) < min(self.k, len(relevance)):
            redundancy += close[:, self.order_[-1]]
            score = np.where(open_, relevance * len(self.order_) / redundancy, -np.inf)
            self.order_.append(int(np.argmax(score)))
            open_[self.order_[-1]] = False
        return ~open_

    def _reason(self, j):  # noqa: ARG002
        return f"not among the {self.k} of most relevance and least redundancy"

    def _title(self):
        return f"mRMR to {self.k}"


class Lasso(FeatureStep):
    """Keep features with a coefficient in a LASSO regression, its penalty chosen by cross-validation.

    Least squares on the 0/1 outcome as in the study; the objective is that of glmnet (family "gaussian",
    Friedman et al., J Stat Softw 2010;33:1) and scikit-learn: ``||y - Xb||^2 / 2n + lambda |b|_1``.

    Args:
        rule: "min" for the penalty of least error, "1se" for the largest within one standard error of it.
        n_folds: folds, stratified by outcome, a patient's hips together; fewer (``n_folds_``) where a class has fewer
            patients.
        seed: of the folds.
        n_lambdas: penalties, evenly spaced in logarithm from the largest to ``ratio`` of it.
        ratio: smallest penalty as a share of the largest.

    Attributes:
        lambdas_, coef_path_: penalties, and coefficients of shape (p, n_lambdas).
        cv_error_, cv_error_se_: mean squared error over the folds and its standard error.
        lambda_: the penalty chosen. coef_: its coefficients, shape (p,).
    """

    def __init__(
        self, rule: str = "min", n_folds: int = 10, seed: int = 0, n_lambdas: int = 100, ratio: float = 1e-3
    ) -> None:
        self.rule = rule
        self.n_folds = n_folds
        self.seed = seed
        self.n_lambdas = n_lambdas
        self.ratio = ratio

    def _choose(self, values, outcome, patients):
        if self.rule not in ("min", "1se"):
            raise InputError(f"The rule of the LASSO is '{self.rule}'; it must be 'min' or '1se'.")
        patients = np.arange(len(outcome)) if patients is None else np.asarray(patients)
        self.n_folds_ = max(2, min(self.n_folds, most_folds(outcome, patients)))
        fold = patient_folds(outcome, patients, self.n_folds_, self.seed)
        target = outcome.astype(float)
        top = np.abs((values - values.mean(axis=0)).T @ (target - target.mean())).max() / len(target)
        self.lambdas_ = max(top, 1e-12) * np.logspace(0, np.log10(self.ratio), self.n_lambdas)
        self.coef_path_, _ = lasso_coefficients(values, target, self.lambdas_)
        errors = np.empty((self.n_folds_, self.n_lambdas))
        for k in range(self.n_folds_):
            train, test = fold != k, fold == k
            coef, intercept = lasso_coefficients(values[train], target[train], self.lambdas_)
            errors[k] = np.mean((target[test, None] - values[test] @ coef - intercept) ** 2, axis=0)
        weight = np.bincount(fold) / len(fold)
        self.cv_error_ = weight @ errors
        self.cv_error_se_ = np.sqrt(weight @ (errors - self.cv_error_) ** 2 / (self.n_folds_ - 1))
        best = int(np.argmin(self.cv_error_))
        self.lambda_min_ = self.lambdas_[best]
        limit = self.cv_error_[best] + self.cv_error_se_[best]
        within = int(np.argmax(self.cv_error_ <= limit))
        self.lambda_1se_ = self.lambdas_[within]
        chosen = best if self.rule == "min" else within
        # with no signal the best penalty keeps nothing: take the first on the path that keeps a feature
        occupied = np.flatnonzero((self.coef_path_ != 0).any(axis=0))
        chosen = max(chosen, int(occupied[0])) if len(occupied) else chosen
        self.lambda_ = self.lambdas_[chosen]
        self.coef_ = self.coef_path_[:, chosen]
        return self.coef_ != 0 if len(occupied) else np.ones(values.shape[1], bool)

    def _reason(self, j):  # noqa: ARG002
        return f"coefficient 0 at lambda = {self.lambda_:.4g}"

    def _title(self):
        return f"LASSO, {self.n_folds_}-fold, lambda {self.rule}"


def dlr_steps(
    alpha: float = 0.05,
    adjust: str | None = None,
    limit: float = 0.9,
    k: int = 30,
    rule: str = "min",
    seed: int = 0,
) -> list[FeatureStep]:
    """The steps of the DLR study: missing and outlying, z-score, Mann-Whitney, Pearson, mRMR, LASSO."""
    return [
        MissingOutlier(),
        ZScore(),
        MannWhitney(alpha, adjust),
        PearsonRedundancy(limit),
        MinimumRedundancy(k),
        Lasso(rule, seed=seed),
    ]


def _or_best(support: np.ndarray, badness: np.ndarray, at_least: int) -> np.ndarray:
    if support.sum() >= min(at_least, len(support)):
        return support
    best = np.argsort(badness, kind="stable")[:at_least]
    return np.isin(np.arange(len(support)), best)
