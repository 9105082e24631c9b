"""Plain models beside the study's: clinical columns alone, ridge, elastic net, Firth on a few features, boosted trees.

An imaging model is worth its price where it beats what the clinic knows already, and a long selection where it beats
one penalty. All are fitted on the folds of the nested cross-validation, with their one setting chosen by log-loss in
inner folds of patients.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from ..evaluate.binary.calibration import brier_score
from ..evaluate.binary.cross_validated import auc_over_folds
from ..evaluate.binary.discrimination import delong_components
from ..evaluate.clusters.folds import shared_training
from ..evaluate.clusters.sums import covariance_of_sum
from ..tabular.firth import FirthLogistic
from ..tabular.folds import patient_folds

CLINICAL = "Clinical (Firth)"
_INNER = 3
_FEW = 5  # features of Firth's model
_RIDGE = (1e-4, 1e-3, 1e-2, 1e-1)
_NET = (0.02, 0.1, 0.5)
Fit = Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]


def encode_columns(clinical: pd.DataFrame, train: np.ndarray) -> np.ndarray:
    """Numbers z-scored on ``train`` with the median in empty cells, all else as indicators of the levels seen there."""
    parts = []
    for name in clinical.columns:
        column = clinical[name]
        numbers = pd.to_numeric(column, errors="coerce")
        if bool((numbers.notna() == column.notna()).all()):
            own = numbers.iloc[train]
            filled = numbers.fillna(own.median() if own.notna().any() else 0.0)
            spread = float(filled.iloc[train].std(ddof=0))
            if spread > 0:
                parts.append(((filled - filled.iloc[train].mean()) / spread).to_numpy()[:, None])
        else:
            levels = sorted(column.iloc[train].dropna().astype(str).unique())[1:]
            parts += [(column.astype(str) == level).to_numpy(float)[:, None] for level in levels]
    return np.hstack(parts) if parts else np.empty((len(clinical), 0))


def compare_plain_models(
    features: pd.DataFrame,
    clinical: pd.DataFrame,
    outcome: np.ndarray,
    patients: np.ndarray,
    fold: np.ndarray,
    seed: int = 0,
    clinical_alone: bool = False,
    progress: Callable[[float, str], None] | None = None,
) -> pd.DataFrame:
    """Held-out probabilities of every plain model, a column each, in the order of the rows.

    Args:
        features: complete numeric columns; a column that is empty somewhere is left out.
        clinical: may have no column; then the clinical model is missing.
        fold: of each row, a patient's rows in one.
        clinical_alone: leave the others out, which take some time.
    """
    usable = features.loc[:, features.notna().all() & (features.std(ddof=0) > 0)]
    values, labels = usable.to_numpy(float), np.asarray(outcome)
    held: dict[str, np.ndarray] = {}
    folds = np.unique(fold)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # of solvers that stop early; what they say is judged on held-out hips
        for number, one in enumerate(folds):
            train, out = np.flatnonzero(fold != one), np.flatnonzero(fold == one)
            found = _fold(values, clinical, labels, patients, train, out, seed, clinical_alone)
            for name, probability in found.items():
                held.setdefault(name, np.full(len(labels), np.nan))[out] = probability
            if progress is not None:
                progress((number + 1) / len(folds), f"Plain models: fold {number + 1} of {len(folds)}")
    return pd.DataFrame(held, index=features.index)


def _fold(
    values: np.ndarray,
    clinical: pd.DataFrame,
    labels: np.ndarray,
    patients: np.ndarray,
    train: np.ndarray,
    out: np.ndarray,
    seed: int,
    clinical_alone: bool,
) -> dict[str, np.ndarray]:
    mean, spread = values[train].mean(axis=0), values[train].std(axis=0)
    z = (values - mean) / np.where(spread > 0, spread, 1.0)
    y = labels[train]
    found = {}
    encoded = encode_columns(clinical, train)
    if encoded.shape[1]:
        found[CLINICAL] = FirthLogistic.fit(encoded[train], y).probability(encoded[out])
    if clinical_alone:
        return found
    inner = patient_folds(y, pd.factorize(patients[train])[0], _INNER, seed)
    for name, points, make in (("Ridge", _RIDGE, _ridge), ("Elastic net", _NET, _elastic_net)):
        best = _best_point(points, make, z[train], y, inner)
        found[name] = make(best)(z[train], y)(z[out])
    strength = np.abs(z[train][y == 1].mean(axis=0) - z[train][y == 0].mean(axis=0))
    few = np.argsort(-strength, kind="stable")[:_FEW]
    found[f"Firth, {_FEW} features"] = FirthLogistic.fit(z[np.ix_(train, few)], y).probability(
        z[np.ix_(out, few)]
    )
    found["Boosted trees"] = _boosted(seed)(z[train], y)(z[out])
    return found


def _best_point(
    points: Sequence[float], make: Callable[[float], Fit], z: np.ndarray, y: np.ndarray, inner: np.ndarray
) -> float:
    """The setting with the smallest log-loss over inner folds; the strongest penalty of equals."""
    losses = []
    for point in points:
        loss = 0.0
        for one in np.unique(inner):
            p = make(point)(z[inner != one], y[inner != one])(z[inner == one])
            p = np.clip(p, 1e-6, 1 - 1e-6)
            loss -= float((y[inner == one] * np.log(p) + (1 - y[inner == one]) * np.log(1 - p)).sum())
        losses.append(loss)
    return points[int(np.argmin(losses))]


def _answers(model: Any) -> Callable[[np.ndarray], np.ndarray]:
    return lambda z: np.asarray(model.predict_proba(z)[:, 1])


def _ridge(strength: float) -> Fit:
    from sklearn.linear_model import LogisticRegression

    return lambda z, y: _answers(LogisticRegression(C=strength, max_iter=2000).fit(z, y))


def _elastic_net(strength: float) -> Fit:
    from sklearn.linear_model import LogisticRegression

    def fit(z: np.ndarray, y: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        model = LogisticRegression(
            C=strength, l1_ratio=0.5, solver="saga", max_iter=300, tol=1e-2, random_state=0
        )
        return _answers(model.fit(z, y))

    return fit


def _boosted(seed: int) -> Fit:
    from sklearn.ensemble import HistGradientBoostingClassifier

    def fit(z: np.ndarray, y: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        model = HistGradientBoostingClassifier(
            max_iter=60,
            learning_rate=0.1,
            max_depth=3,
            min_samples_leaf=8,
            early_stopping=False,
            random_state=seed,
        )
        return _answers(model.fit(z, y))

    return fit


def plain_model_table(
    held: pd.DataFrame,
    reference: np.ndarray,
    outcome: np.ndarray,
    patients: np.ndarray,
    fold: np.ndarray,
    level: float = 0.95,
) -> pd.DataFrame:
    """Each plain model, and how much the study's model is better on the same held-out hips.

    Hips are compared within their fold only; the variance is that of sums over patients, of a difference times
    :func:`..evaluate.clusters.folds.shared_training`, since the folds' models share training hips.

    Args:
        held: a column a model. reference: probabilities of the study's model. All (n,), held out in ``fold``.

    Returns:
        ``model``, ``auc`` with ``low`` and ``high``, ``brier``, ``gain`` (of the study's model over it) with
        ``gain_low``, ``gain_high`` and ``p``.
    """
    from scipy.stats import norm

    own, own_added = _area_within_folds(outcome, reference, fold)
    width = float(norm.ppf(0.5 + level / 2))
    rows = []
    for name in held.columns:
        values = held[name].to_numpy()
        area, added = _area_within_folds(outcome, values, fold)
        whole = auc_over_folds(outcome, values, fold, patients, level)
        gain = own - area
        inflation = shared_training(len(np.unique(fold)))
        error = float(np.sqrt(covariance_of_sum(own_added - added, patients)[0, 0] * inflation))
        p = float(2 * norm.sf(abs(gain) / error)) if error > 0 else 1.0
        row = {"model": name, "auc": whole.value, "low": whole.low, "high": whole.high}
        row["brier"] = brier_score(outcome, values)
        rows.append(
            row | {"gain": gain, "gain_low": gain - width * error, "gain_high": gain + width * error, "p": p}
        )
    return pd.DataFrame(rows)


def _area_within_folds(outcome: np.ndarray, score: np.ndarray, fold: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean of the folds' AUCs, and what each hip adds to it."""
    labels = np.asarray(outcome)
    areas, parts = [], []
    for one in np.unique(fold):
        rows = np.flatnonzero(fold == one)
        events, others = rows[labels[rows] == 1], rows[labels[rows] == 0]
        if min(len(events), len(others)) < 2:
            continue
        own, of_events, of_others = delong_components(labels[rows], score[rows][None])
        areas.append(float(own[0]))
        parts.append((events, others, of_events[0], of_others[0]))
    added = np.zeros(len(labels))
    for area, (events, others, of_events, of_others) in zip(areas, parts, strict=True):
        added[events] += (of_events - area) / (len(events) * len(areas))
        added[others] += (of_others - area) / (len(others) * len(areas))
    return float(np.mean(areas)), added
