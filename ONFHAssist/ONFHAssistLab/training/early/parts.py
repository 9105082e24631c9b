"""Linear models of early osteonecrosis, one for each kind of marrow, cross-validated by patient with every choice inside.

A part is a ridge regression on the features whose means differ most between the classes, or the mean of two such. Real
hips count more than simulated ones, and both classes count alike among the real and among the simulated. How many
features and how strong a penalty, the line that puts the log-odds right and the threshold are chosen on hips that an
inner cross-validation of the training part held out; the outer one judges all of it on patients that had no say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import is_deep
from ONFHAssistLib.tabular.folds import patient_folds
from ONFHAssistLib.tabular.linear_model import LinearModel

from .figures import LARGE_ML, Line, fit_line
from .hips import SIMULATED

PARTS = {"bright marrow": ("T1", "T2"), "suppressed marrow": ("T2 FS", "STIR", "PD FS")}
REAL_WEIGHT = 3.0  # of a real hip, as it is or painted, against a simulated one
INNER_FOLDS, INNER_REPEATS = 5, 2
FEWEST = 10  # real hips of each kind from which on they set the threshold
_FLAT = 1e-9  # standard deviation of a column that says nothing


@dataclass(frozen=True)
class Setting:
    """Features, and scikit-learn's inverse strength of the ridge penalty."""

    features: int
    strength: float


SETTINGS = tuple(Setting(k, c) for k in (100, 300) for c in (0.03, 0.1))


@dataclass(frozen=True)
class FittedPart:
    """A ridge regression on z-scores: names (p,), mean (p,), sd (p,), weights (p,), intercept, and how it was set."""

    names: tuple[str, ...]
    mean: np.ndarray
    sd: np.ndarray
    weights: np.ndarray
    intercept: float
    setting: Setting

    def log_odds(self, features: pd.DataFrame) -> np.ndarray:
        """(n,) of the rows of a table."""
        return (
            features[list(self.names)].to_numpy(float) - self.mean
        ) / self.sd @ self.weights + self.intercept

    def with_line(
        self, line: Line, name: str, preset_sha256: str | None, training: Mapping[str, Any]
    ) -> LinearModel:
        """As the model that is saved, with the line in its weights and the threshold of the line."""
        return LinearModel(
            name=name,
            feature_names=self.names,
            mean=tuple(self.mean.tolist()),
            sd=tuple(self.sd.tolist()),
            coefficients=tuple((line.slope * self.weights).tolist()),
            intercept=line.intercept + line.slope * self.intercept,
            threshold=line.threshold,
            preset_sha256=preset_sha256,
            training=training,
        )


def hip_weights(hips: pd.DataFrame) -> np.ndarray:
    """Weight of every hip, shape (n,), with mean 1: real ones count more, and the classes alike in either kind."""
    real, outcome = (hips["kind"] != SIMULATED).to_numpy(), hips["early_onfh"].to_numpy()
    weight = np.where(real, REAL_WEIGHT, 1.0)
    for kind in (real, ~real):
        total = weight[kind].sum()
        classes = [kind & (outcome == one) for one in (0, 1)]
        for rows in classes:
            if rows.any():
                weight[rows] *= total / sum(one.any() for one in classes) / weight[rows].sum()
    return weight / weight.mean()


def fit_part(features: pd.DataFrame, hips: pd.DataFrame, setting: Setting) -> FittedPart:
    """Fit on all rows: a ridge regression, or where radiomics and deep features are there, the mean of two.

    One chooses among all features, the other among the radiomics alone, which no network had a say in: the mean of their
    log-odds, itself a linear model, is steadier than either.

    Args:
        features: (n, p) numbers. hips: facts of the same rows.

    Raises:
        InputError: one class only.
    """
    values, outcome = features.to_numpy(float), hips["early_onfh"].to_numpy()
    if len(np.unique(outcome)) < 2:
        raise InputError(
            f"A training part of {len(hips)} hips has hips with osteonecrosis alone, or without alone; take more "
            "patients, more painted images or fewer folds."
        )
    weight = hip_weights(hips)
    mean = np.average(values, axis=0, weights=weight)
    sd = np.sqrt(np.average((values - mean) ** 2, axis=0, weights=weight))
    z = (values - mean) / np.where(sd > _FLAT, sd, np.inf)
    deep = np.array([is_deep(name) for name in features.columns])
    mixed = bool(deep.any() and not deep.all())
    allowed = [sd > _FLAT, ~deep & (sd > _FLAT)] if mixed else [sd > _FLAT]
    members = [_ridge(z, outcome, weight, setting, one) for one in allowed]
    total = np.mean([weights for weights, _ in members], axis=0)
    used = np.flatnonzero(np.any([weights != 0 for weights, _ in members], axis=0))
    names = tuple(str(features.columns[j]) for j in used)
    start = float(np.mean([intercept for _, intercept in members]))
    return FittedPart(names, mean[used], sd[used], total[used], start, setting)


def _ridge(
    z: np.ndarray, outcome: np.ndarray, weight: np.ndarray, setting: Setting, allowed: np.ndarray
) -> tuple[np.ndarray, float]:
    """Weights (p,) of z-scores, 0 of those that are not chosen among the allowed ones, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    means = [np.average(z[outcome == k], axis=0, weights=weight[outcome == k]) for k in (1, 0)]
    gap = np.where(allowed, np.abs(means[0] - means[1]), -1.0)
    chosen = np.argsort(-gap, kind="stable")[: min(setting.features, int(allowed.sum()))]
    fitted = LogisticRegression(C=setting.strength, max_iter=3000).fit(
        z[:, chosen], outcome, sample_weight=weight
    )
    weights = np.zeros(z.shape[1])
    weights[chosen] = fitted.coef_[0]
    return weights, float(fitted.intercept_[0])


def folds_of(hips: pd.DataFrame, count: int, seed: int) -> np.ndarray:
    """Fold of every hip, shape (n,): no patient in two; real and simulated patients are dealt apart."""
    fold = np.zeros(len(hips), int)
    for real in (False, True):
        rows = ((hips["kind"] != SIMULATED) == real).to_numpy()
        if not rows.any():
            continue
        part = hips[rows]
        if not real:
            fold[rows] = patient_folds(part["early_onfh"].to_numpy(), part["patient"].to_numpy(), count, seed)
            continue
        # every real patient has hips with and without painted disease: there is nothing to balance
        number, names = pd.factorize(part["patient"], sort=True)
        fold[rows] = (np.random.default_rng(seed).permutation(len(names)) % count)[number]
    return fold


def held_out(features: pd.DataFrame, hips: pd.DataFrame, setting: Setting, seed: int) -> np.ndarray:
    """Log-odds of every hip, shape (n,), by models that did not see its patient, averaged over repeats."""
    total = np.zeros(len(hips))
    for repeat in range(INNER_REPEATS):
        fold = folds_of(hips, INNER_FOLDS, seed + repeat)
        for number in range(INNER_FOLDS):
            out = fold == number
            total[out] += fit_part(features[~out], hips[~out], setting).log_odds(features[out])
    return total / INNER_REPEATS


def developed(
    features: pd.DataFrame, hips: pd.DataFrame, seed: int, settings: Sequence[Setting] = SETTINGS
) -> tuple[FittedPart, Line]:
    """Choose the setting, fit on all rows, and fit line and threshold on rows that were held out."""
    scores = [held_out(features, hips, one, seed) for one in settings]
    best = int(np.argmin([weighted_log_loss(hips, score) for score in scores]))
    return fit_part(features, hips, settings[best]), fitted_line(hips, scores[best])


def weighted_log_loss(hips: pd.DataFrame, log_odds: np.ndarray) -> float:
    """Of log-odds after a line of their own, hips weighted as in the fit."""
    from sklearn.linear_model import LogisticRegression

    outcome, weight = hips["early_onfh"].to_numpy(), hip_weights(hips)
    line = LogisticRegression(C=100.0).fit(log_odds[:, None], outcome, sample_weight=weight)
    odds = line.decision_function(log_odds[:, None])
    return float(np.average(np.logaddexp(0, np.where(outcome == 1, -odds, odds)), weights=weight))


def fitted_line(hips: pd.DataFrame, log_odds: np.ndarray) -> Line:
    """Line of the log-odds and its threshold.

    Where real hips are among them, the threshold is that of :func:`even_threshold` between real hips without anything to
    see and real ones with a necrosis over 2 ml: what a reader must not miss, on images that no simulator made. Elsewhere
    it is Youden's of all.
    """
    outcome, plain = hips["early_onfh"].to_numpy(), expit(log_odds)
    line = fit_line(outcome, plain)
    real = (hips["kind"] != SIMULATED).to_numpy()
    large = real & (outcome == 1) & (hips["necrosis_ml"] > LARGE_ML).to_numpy()
    bare = real & (outcome == 0) & (hips["shows"] == "").to_numpy()
    if min(large.sum(), bare.sum()) < FEWEST:
        return line
    rows = large | bare
    return replace(line, threshold=even_threshold(outcome[rows], line.of(plain[rows])))


def even_threshold(outcome: np.ndarray, probability: np.ndarray) -> float:
    """The threshold whose smaller share, of the well below it or of the sick above it, is as large as can be.

    Both are wanted alike, and Youden's threshold may give up one for the other. Of equally good ones the middle is taken.
    """
    at = np.unique(probability)
    between = (at[1:] + at[:-1]) / 2
    well, sick = (probability[outcome == k][:, None] for k in (0, 1))
    least = np.minimum((well < between).mean(axis=0), (sick >= between).mean(axis=0))
    return float(np.median(between[least >= least.max() - 1e-12]))


def cross_validated(
    features: pd.DataFrame,
    hips: pd.DataFrame,
    folds: int,
    seed: int,
    settings: Sequence[Setting] = SETTINGS,
) -> pd.DataFrame:
    """Held-out answers of every hip: ``fold``, ``probability`` and ``threshold``, on the index of ``hips``."""
    fold = folds_of(hips, folds, seed)
    answers = pd.DataFrame({"fold": fold, "probability": 0.0, "threshold": 0.0}, index=hips.index)
    for number in range(folds):
        out = fold == number
        model, line = developed(features[~out], hips[~out], seed + 1000 * (number + 1), settings)
        answers.loc[out, "probability"] = line.of(expit(model.log_odds(features[out])))
        answers.loc[out, "threshold"] = line.threshold
    return answers
