"""A probability model brought up to date on a hospital's own hips: intercept, slope, or all coefficients anew.

Steyerberg et al., Stat Med 2004: the log-odds of the model enter a logistic regression as an offset (in the large), with
a slope, or its terms are weighed anew. Any classifier takes intercept and slope; coefficients anew, a linear one. Of a
bundle with a model for each kind of sequence those take intercept and slope together whose sequences the hips have.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.special import expit, logit

from ..core.errors import InputError
from ..early.head_to_head import probabilities_of, refuse_units_of
from ..evaluate.binary.discrimination import youden_threshold
from ..tabular.by_sequence import ModelBySequence, ProbabilityModel, SequencePart
from ..tabular.linear_model import LinearModel
from ..tabular.portable_classifier import PortableClassifier
from ..tabular.portable_models import PortableCalibrated, PortableKernel, PortableLinear, bounded_log_odds
from ..tabular.tables.checks import check_outcome, check_patients
from ..tabular.tables.feature_table import FeatureTable
from .closed_test import METHODS, UpdateChoice, closed_test, effective_share, logistic

SingleModel = LinearModel | PortableClassifier
CASES_A_COEFFICIENT = 5  # of the smaller class, for a refit
MIN_CASES = 10  # of each class, for anything at all
_EDGE = 1e-9


@dataclass(frozen=True)
class UpdatedProbability:
    """An updated model and how it came about.

    Attributes:
        model: the new one. choice: what the procedure chose, or was told. intercept, slope: a, b on the log-odds.
        warnings: sentences for the card. hips, patients, events: what it was updated on.
    """

    model: ProbabilityModel
    choice: UpdateChoice
    intercept: float
    slope: float
    warnings: tuple[str, ...]
    hips: int
    patients: int
    events: int


def update_probability(
    model: ProbabilityModel, table: FeatureTable, method: str | None = None
) -> UpdatedProbability:
    """Update a model on hips with a known outcome.

    Raises:
        InputError: the model cannot be applied or is of a kind that takes no update; fewer than 10 hips of a class;
            features in other units.
    """
    features = table.features
    labels = check_outcome(table.outcome, features, MIN_CASES).to_numpy(float)
    patients = check_patients(table.patients, features)
    refuse_units_of(model, table)
    probability = probabilities_of(model, table)
    log_odds = _log_odds(model, probability, table)
    fits = {
        "original": (np.empty(0), float(labels @ log_odds - np.logaddexp(0, log_odds).sum())),
    }
    large = logistic(labels, np.empty((labels.size, 0)), log_odds)
    slope = logistic(labels, log_odds[:, None])
    fits["in the large"] = (large.coef, large.log_likelihood)
    fits["slope"] = (slope.coef, slope.log_likelihood)
    warnings, terms = [], _terms_of(model, table)
    smaller = int(min(labels.sum(), labels.size - labels.sum()))
    if terms is not None and smaller >= CASES_A_COEFFICIENT * terms.shape[1]:
        refit = logistic(labels, terms)
        fits["refit"] = (refit.coef, refit.log_likelihood)
    else:
        count = len(model.terms)
        warnings.append(
            f"{smaller} hips in the smaller class and {count} coefficients: they are not fitted anew "
            f"({CASES_A_COEFFICIENT} hips each are asked for, of a linear model); the slope is the most that was tried."
        )
    free = {"original": 0, "in the large": 1, "slope": 2, "refit": 1 + len(model.terms)}
    likelihoods = {name: value for name, (_, value) in fits.items()}
    choice = closed_test(likelihoods, {n: free[n] for n in fits}, effective_share(patients))
    if method is not None:
        if method not in METHODS:
            raise InputError(f"The method '{method}' is not known; {', '.join(METHODS)} are.")
        if method not in fits:
            raise InputError(warnings[0])
        choice = replace(choice, method=method)
    beta = fits[choice.method][0]
    counts = (labels.size, int(np.unique(patients).size), int(labels.sum()))
    if choice.method == "refit":
        assert not isinstance(model, ModelBySequence)  # has no terms that could be weighed anew
        new = _refitted(model, beta)
        threshold = youden_threshold(labels, probabilities_of(new, table))
        return UpdatedProbability(
            replace(new, threshold=threshold), choice, np.nan, np.nan, tuple(warnings), *counts
        )
    a, b = (float(beta[0]) if beta.size else 0.0), (float(beta[1]) if beta.size > 1 else 1.0)
    if b <= 0:
        raise InputError(
            f"The slope on these hips is {b:.2f}: the model ranks them the wrong way round. Check the coding of the "
            "outcome and the outlines; if they are right, train a model of your own."
        )
    if isinstance(model, ModelBySequence):
        asked, left = _parts_of(model, table)
        warnings += [
            f"No hip has the sequence {' or '.join(p.sequences)}: that part stays as it was." for p in left
        ]
        moved = model.with_models({part.title: _recalibrated(part.model, a, b) for part in asked})
        return UpdatedProbability(moved, choice, a, b, tuple(warnings), *counts)
    return UpdatedProbability(_recalibrated(model, a, b), choice, a, b, tuple(warnings), *counts)


def _parts_of(model: ModelBySequence, table: FeatureTable) -> tuple[list[SequencePart], list[SequencePart]]:
    """Parts that hips of the table are for, and the others."""
    here = set() if table.sequence is None else set(table.sequence.astype(str))
    asked = [part for part in model.parts if here & set(part.sequences)]
    return asked, [part for part in model.parts if part not in asked]


def _log_odds(model: ProbabilityModel, probability: np.ndarray, table: FeatureTable) -> np.ndarray:
    """As the updated model will see them: held away from 0 and 1 where trees and neighbours say so."""
    if isinstance(model, ModelBySequence):
        odds = np.empty(probability.size)
        for part in _parts_of(model, table)[0]:
            rows = table.sequence.isin(part.sequences).to_numpy() if table.sequence is not None else slice(0)
            odds[rows] = _log_odds(part.model, probability[rows], table)
        return odds
    if isinstance(model, LinearModel) or isinstance(model.estimator, PortableLinear | PortableKernel):
        return logit(np.clip(probability, _EDGE, 1 - _EDGE))
    return bounded_log_odds(probability)


def _terms_of(model: ProbabilityModel, table: FeatureTable) -> np.ndarray | None:
    """(n, p) z-scored terms of a linear model without harmonisation and components; else None."""
    if isinstance(model, ModelBySequence) or (
        isinstance(model, PortableClassifier)
        and (
            model.components is not None
            or model.scanners is not None
            or not isinstance(model.estimator, PortableLinear)
        )
    ):
        return None
    values = table.features[list(model.feature_names)].to_numpy(float)
    return (values - np.asarray(model.mean)) / np.asarray(model.sd)


def _recalibrated(model: SingleModel, a: float, b: float) -> SingleModel:
    """Log-odds a + b times the old ones; the threshold moves with them, so that the same hips lie above it."""
    old = model.threshold
    threshold = None if old is None else float(expit(a + b * logit(np.clip(old, _EDGE, 1 - _EDGE))))
    if isinstance(model, LinearModel):
        return replace(
            model,
            coefficients=tuple(b * c for c in model.coefficients),
            intercept=a + b * model.intercept,
            threshold=threshold,
        )
    core, line = model.estimator, model.estimator
    if isinstance(core, PortableLinear):
        line = PortableLinear(b * core.coefficients, a + b * core.intercept)
    elif isinstance(core, PortableKernel | PortableCalibrated):
        line = replace(core, slope=b * core.slope, offset=a + b * core.offset)
    else:
        line = PortableCalibrated(core, b, a)
    return replace(model, estimator=line, threshold=0.5 if threshold is None else threshold)


def _refitted(model: SingleModel, beta: np.ndarray) -> SingleModel:
    if isinstance(model, LinearModel):
        return replace(model, coefficients=tuple(map(float, beta[1:])), intercept=float(beta[0]))
    return replace(model, estimator=PortableLinear(beta[1:].copy(), float(beta[0])))
