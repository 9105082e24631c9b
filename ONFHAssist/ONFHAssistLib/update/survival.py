"""A survival model brought up to date on a hospital's own hips: baseline, slope, or all coefficients anew.

The likelihood of follow-up given the model's cumulative hazard L_i at each hip's own time is that of a Poisson count of
its event with mean L_i (Crowson, Atkinson and Therneau, Stat Methods Med Res 2016). So exp(a) multiplies the baseline
(in the large), b the log hazard (slope), and new coefficients take their place (refit), all nested, as the closed test
procedure needs them. A refit that is chosen is then fitted as a Cox model with a baseline of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.survival.calibration import weak_calibration
from ..evaluate.survival.competing import aalen_johansen
from ..evaluate.survival.metrics import Estimate, concordance
from ..evaluate.survival.outcome import MIN_EVENTS, Z95, TooFewEvents, kaplan_meier, require_events
from ..survival.cox.model import CoxModel
from ..survival.cox.partial_likelihood import Baseline
from ..survival.develop.models import DevelopedModel
from ..survival.external.cohort import ExternalHips, NamedModel, imputed_findings, model_covariates_of
from .closed_test import METHODS, UpdateChoice, closed_test, effective_share, maximise

EVENTS_A_COEFFICIENT = 5  # of a refit; with fewer, the slope is the most that the hips can tell
MIN_GROUP = 5


@dataclass(frozen=True)
class UpdatedSurvival:
    """An updated model and how it came about.

    Attributes:
        model: the new one. choice: what the procedure chose, or was told. factor: exp(a), on the baseline. slope: b.
        warnings: sentences for the card.
    """

    model: DevelopedModel
    choice: UpdateChoice
    factor: float
    slope: float
    warnings: tuple[str, ...]


def update_survival(named: NamedModel, hips: ExternalHips, method: str | None = None) -> UpdatedSurvival:
    """Update a model on hips with a known follow-up.

    Args:
        method: of :data:`.closed_test.METHODS`; None lets the closed test procedure choose.

    Raises:
        InputError: the model cannot be applied, competing events, a refit without enough events.
        TooFewEvents: fewer than 10 events.
    """
    outcome = hips.outcome
    if outcome.competing is not None:
        raise InputError(
            f"The hips have {int(outcome.competing.sum())} competing events (2); a Cox model's risks cannot be brought "
            "up to date with them. Evaluate the model on these hips first: its observed to expected ratio says how far "
            "off it is."
        )
    require_events(outcome.events, MIN_EVENTS, "An update")
    covariates = model_covariates_of(named, hips)
    cox = named.model.cox
    log_hazard = cox.log_hazard(covariates)
    last = cox.last_time_
    event = outcome.event & (outcome.time <= last)
    exposure = cox.cumulative_baseline(np.minimum(outcome.time, last))
    x = covariates.to_numpy(float) - cox.means_
    fits = _poisson_fits(event, exposure, log_hazard, x)
    warnings = imputed_findings(named, hips)
    if "refit" not in fits:
        warnings.append(
            f"{outcome.events} events for {x.shape[1]} coefficients are too few to fit them anew "
            f"({EVENTS_A_COEFFICIENT} each are asked for); the slope is the most that was tried."
        )
    likelihoods = {name: value for name, (_, value) in fits.items()}
    free = {"original": 0, "in the large": 1, "slope": 2, "refit": 1 + x.shape[1]}
    choice = closed_test(likelihoods, {n: free[n] for n in fits}, effective_share(hips.patient))
    if method is not None:
        if method not in METHODS:
            raise InputError(f"The method '{method}' is not known; {', '.join(METHODS)} are.")
        if method not in fits:
            raise InputError(warnings[-1])
        choice = replace(choice, method=method)
    chosen = choice.method
    if chosen == "refit":
        fresh = CoxModel().fit(covariates, outcome, cluster=hips.patient)
        model = _with_groups(
            named.model, fresh, float(np.median(fresh.log_hazard(covariates))), covariates, hips
        )
        return UpdatedSurvival(model, choice, np.nan, np.nan, (*warnings, *fresh.warnings_))
    beta = fits[chosen][0]
    a, b = (float(beta[0]) if beta.size else 0.0), (float(beta[1]) if beta.size > 1 else 1.0)
    if b <= 0:
        raise InputError(
            f"The slope on these hips is {b:.2f}: the model ranks them the wrong way round. Check the coding of findings "
            "and outcome; if they are right, develop a model of your own."
        )
    spread = _poisson_variance(exposure, log_hazard, beta)
    updated = _rescaled(cox, a, b, spread)
    model = _with_groups(named.model, updated, named.model.cut * b, covariates, hips)
    return UpdatedSurvival(model, choice, float(np.exp(a)), b, tuple(warnings))


def closed_figures(named: NamedModel, hips: ExternalHips, months: Sequence[float]) -> dict[str, Estimate]:
    """C and slope; at each month observed to expected, calibration intercept and slope: in closed form, by patients."""
    covariates, outcome = model_covariates_of(named, hips), hips.outcome
    cox = named.model.cox
    score = cox.log_hazard(covariates)
    own = CoxModel().fit(pd.DataFrame({"log_hazard": score}), outcome, cluster=hips.patient)
    value, error = float(own.coef_[0]), float(np.sqrt(own.robust_variance_[0, 0]))
    found = {
        "C-index": concordance(outcome.time, outcome.event, score, cluster=hips.patient),
        "Slope of the log hazard": Estimate(value, value - Z95 * error, value + Z95 * error, error),
    }
    curve = aalen_johansen(outcome.time, outcome.event, None, hips.patient)
    for month in months:
        risk = 1 - cox.predict_survival(covariates, [month])[:, 0]
        try:
            weak = weak_calibration(outcome.time, outcome.event, risk, month, cluster=hips.patient)
        except TooFewEvents:
            continue
        seen, low, high = (float(part[0]) / float(risk.mean()) for part in curve.at([month]))
        found |= {
            f"Observed : expected {month:g} months": Estimate(seen, low, high),
            f"Calibration intercept {month:g} months": weak.intercept,
            f"Calibration slope {month:g} months": weak.slope,
        }
    return found


def _poisson_fits(
    event: np.ndarray, exposure: np.ndarray, log_hazard: np.ndarray, x: np.ndarray
) -> dict[str, tuple[np.ndarray, float]]:
    """Method -> (parameters, log likelihood); constants that no parameter touches are left out."""
    seen = event.astype(float)

    def likelihood(log_ratio: np.ndarray) -> float:
        return float(seen @ log_ratio - exposure @ np.exp(np.clip(log_ratio, -50, 50)))

    expected = float(exposure @ np.exp(log_hazard))
    if expected <= 0:
        raise InputError("The model's hazard is zero until the last visit of every hip; follow them longer.")
    level = float(np.log(seen.sum() / expected))
    fits = {
        "original": (np.empty(0), likelihood(log_hazard)),
        "in the large": (np.array([level]), likelihood(level + log_hazard)),
    }
    fits["slope"] = maximise(lambda b: likelihood(b[0] + b[1] * log_hazard), np.array([level, 1.0]))
    if seen.sum() >= EVENTS_A_COEFFICIENT * x.shape[1]:
        scale = np.maximum(x.std(0), 1e-12)
        z = x / scale
        start = np.concatenate([[level], np.linalg.lstsq(z, log_hazard, rcond=None)[0]])
        fits["refit"] = maximise(lambda b: likelihood(b[0] + z @ b[1:]), start)
    return fits


def _poisson_variance(exposure: np.ndarray, log_hazard: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """(2, 2) variance of (a, b); 0 for what was not fitted."""
    full = np.zeros((2, 2))
    if beta.size:
        design = np.column_stack([np.ones(log_hazard.size), log_hazard])[:, : beta.size]
        slope = float(beta[1]) if beta.size > 1 else 1.0
        mean = exposure * np.exp(beta[0] + slope * log_hazard)
        full[: beta.size, : beta.size] = np.linalg.pinv(design.T @ (design * mean[:, None]))
    return full


def _rescaled(cox: CoxModel, a: float, b: float, spread: np.ndarray) -> CoxModel:
    """The same model with exp(a) on its baseline and b on its coefficients, and wider where these are uncertain."""
    new = CoxModel.from_dict(cox.to_dict())
    new.coef_ = b * cox.coef_
    uncertain = spread[1, 1] * np.outer(cox.coef_, cox.coef_)
    new.variance_ = b**2 * cox.variance_ + uncertain
    new.robust_variance_ = b**2 * cox.robust_variance_ + uncertain
    factor, base = float(np.exp(a)), cox.baseline_
    hazard = factor * base.hazard
    new.baseline_ = Baseline(
        base.times, hazard, factor**2 * base.variance + hazard**2 * spread[0, 0], factor * base.drift
    )
    new.log_hazard_range_ = (b * cox.log_hazard_range_[0], b * cox.log_hazard_range_[1])
    return new


def _with_groups(
    old: DevelopedModel, cox: CoxModel, cut: float, covariates: pd.DataFrame, hips: ExternalHips
) -> DevelopedModel:
    """The model with the curves of its risk groups among these hips, as far as 5 of a group are followed."""
    high = cox.log_hazard(covariates) > cut
    curves = {}
    for group, rows in (("low", ~high), ("high", high)):
        time, event = hips.outcome.time[rows], hips.outcome.event[rows]
        if rows.sum() >= MIN_GROUP:
            months = np.arange(0.0, np.floor(np.sort(time)[-MIN_GROUP]) + 1)
            curves[group] = tuple(map(float, kaplan_meier(time, event).at(months)[0]))
    return replace(old, cox=cox, cut=cut, groups=curves)
