"""No-collapse survival after multiple drilling from three findings, by the published clinical DLRC model.

What is asked of a hip and what is answered; the numbers and the solved baseline are in :mod:`.model`.
Only the standard library, numpy and scipy are needed, so that this runs in a bare 3D Slicer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ONFHAssistLib.core.errors import InputError

from .findings import ANGLE_CUT_DEG, ClinicalInput
from .model import (
    HAZARD_RATIOS,
    OVERALL_SURVIVAL,
    RISK_GROUPS,
    Z95,
    published_model,
    weibull_shape,
)

LAST_MONTH = 60.0


@dataclass(frozen=True)
class SurvivalEstimate:
    """No-collapse survival (0..1) at some months, with the 95% interval; tuples of the same length."""

    months: tuple[float, ...]
    survival: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def as_dict(self) -> dict[str, list[float]]:
        """The four fields as lists, ready for JSON."""
        return {name: list(getattr(self, name)) for name in ("months", "survival", "low", "high")}


@dataclass(frozen=True)
class Contribution:
    """What one finding adds to the log hazard of the patient; 0 where the finding is absent."""

    name: str
    label: str
    present: bool
    log_hazard: float
    hazard_ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class Alternative:
    """The estimate of a hip that differs from the patient's in exactly one finding."""

    change: str
    input: ClinicalInput
    estimate: SurvivalEstimate
    difference: tuple[float, ...]


def _checked_months(months: Sequence[float], first: float) -> np.ndarray:
    try:
        values = np.atleast_1d(np.asarray(months, float))
    except (TypeError, ValueError):
        raise InputError(
            f"The months {months!r} are not numbers; give months from 0 to {LAST_MONTH:.0f}."
        ) from None
    if values.ndim != 1 or values.size == 0:
        raise InputError("No month was given; give one or more months, such as 36 and 60.")
    wrong = values[~((values >= first) & (values <= LAST_MONTH))]
    if wrong.size:
        raise InputError(
            f"Month {wrong[0]:g} is outside of 0 to {LAST_MONTH:.0f}: the study publishes no survival beyond "
            f"{LAST_MONTH:.0f} months; choose months in that range."
        )
    return values


def check_months(months: Sequence[float]) -> None:
    """Raise InputError unless every month is greater than 0 and at most 60."""
    _checked_months(months, 1e-9)


def _estimate(clinical: ClinicalInput, months: np.ndarray, baseline_uncertainty: bool) -> SurvivalEstimate:
    model = published_model()
    survival, low, high = np.ones((3, months.size))
    later = months > 0  # at month 0 every hip is uncollapsed, by definition and without doubt
    if later.any():
        log_hazard = np.log(model.cumulative_baseline(months[later])) + model.log_relative_hazard(clinical)
        margin = Z95 * model.standard_error(clinical, months[later], baseline_uncertainty)
        survival[later] = np.exp(-np.exp(log_hazard))
        low[later] = np.exp(-np.exp(log_hazard + margin))
        high[later] = np.exp(-np.exp(log_hazard - margin))
    return SurvivalEstimate(*(tuple(map(float, values)) for values in (months, survival, low, high)))


def predict_survival(
    input: ClinicalInput,  # noqa: A002 - the word of the house for it
    months: Sequence[float] = (36, 60),
    *,
    baseline_uncertainty: bool = True,
) -> SurvivalEstimate:
    """No-collapse survival of one hip at ``months`` (0 to 60), with 95% intervals.

    The interval is a delta-method interval on the scale log(-log S), so it stays within 0..1. It holds the
    uncertainty of the three hazard ratios (from their published intervals) and, unless
    ``baseline_uncertainty`` is off, of the cohort's overall survival (from its published intervals); the
    baseline follows both. It does not hold the covariances of the hazard ratios (not published; taken as 0),
    the sampling error of the case mix, the assumption that the findings are independent, the choice of the
    cut at 210.5 degrees, or the difference between the study's hospital and yours.

    Raises:
        InputError: a month outside of 0 to 60.
    """
    return _estimate(input, _checked_months(months, 0.0), baseline_uncertainty)


def survival_curve(
    input: ClinicalInput,  # noqa: A002
    months: Sequence[float] | None = None,
    *,
    baseline_uncertainty: bool = True,
) -> SurvivalEstimate:
    """Survival curve of one hip, at every month from 0 to 60 unless ``months`` says otherwise; as
    :func:`predict_survival`.

    Only 36 and 60 months rest on published figures; between them the curve is the Weibull interpolation of
    :class:`PublishedModel`.
    """
    chosen = np.arange(LAST_MONTH + 1) if months is None else _checked_months(months, 0.0)
    return _estimate(input, chosen, baseline_uncertainty)


def reference_curves(months: Sequence[float] | None = None) -> dict[str, SurvivalEstimate]:
    """The study's curves of "low" and "high" risk (below and above the median score of the full DLRC model),
    "all" hips.

    Weibull curves through the published survival at 36 and 60 months. For the two groups no interval is
    published: ``low`` and ``high`` are NaN. For "all" they pass through the published intervals at 36 and 60
    months.
    """
    chosen = np.arange(LAST_MONTH + 1) if months is None else _checked_months(months, 0.0)
    known = [k.month for k in OVERALL_SURVIVAL]
    curves = {}
    for group, values in (*RISK_GROUPS.items(), ("all", tuple(k.survival for k in OVERALL_SURVIVAL))):
        hazards = [-math.log(value) for value in values]
        survival = np.exp(-hazards[0] * (chosen / known[0]) ** weibull_shape(hazards, known))
        margin = np.full(chosen.size, np.nan)
        if group == "all":
            margin = Z95 * _overall_log_error(chosen, survival)
        bounds = survival * np.exp(-margin), np.minimum(survival * np.exp(margin), 1.0)
        curves[group] = SurvivalEstimate(*(tuple(map(float, v)) for v in (chosen, survival, *bounds)))
    return curves


def _overall_log_error(months: np.ndarray, survival: np.ndarray) -> np.ndarray:
    """Standard error of log of the whole cohort's survival on its Weibull curve; 0 at month 0."""
    model = published_model()
    errors = np.zeros(months.size)
    later = months > 0
    weights = model.interpolation(months[later])
    at_known = np.log([known.survival for known in model.overall])
    spread = model.overall_log_covariance() / np.outer(at_known, at_known)
    variance = np.einsum("ti,ij,tj->t", weights, spread, weights)
    errors[later] = -np.log(survival[later]) * np.sqrt(variance)
    return errors


def contributions(input: ClinicalInput) -> list[Contribution]:  # noqa: A002
    """What each finding adds to the log hazard of this hip, in the order ARCO IIIA, oedema, angle."""
    return [
        Contribution(
            ratio.name,
            ratio.label,
            present,
            ratio.log_ratio if present else 0.0,
            ratio.ratio if present else 1.0,
            ratio.low if present else 1.0,
            ratio.high if present else 1.0,
        )
        for ratio, present in zip(HAZARD_RATIOS, input.findings, strict=True)
    ]


def alternatives(input: ClinicalInput, months: Sequence[float] = (36, 60)) -> list[Alternative]:  # noqa: A002
    """What would change the estimate: one hip for each finding, like this one but for that finding.

    These compare hips; they do not say what a treatment that removes a finding would do.
    """
    stage, _, angle = input.findings
    gap = abs(input.angle_deg - ANGLE_CUT_DEG)
    others = [
        ("ARCO stage II instead of IIIA", replace(input, arco="II"))
        if stage
        else (f"ARCO stage IIIA instead of {input.arco}", replace(input, arco="IIIA")),
        (
            "No bone marrow oedema" if input.oedema else "Bone marrow oedema",
            replace(input, oedema=not input.oedema),
        ),
        (
            f"Angle below {ANGLE_CUT_DEG} degrees (more than {gap:.0f} less)",
            replace(input, angle_deg=ANGLE_CUT_DEG - 0.1),
        )
        if angle
        else (
            f"Angle of {ANGLE_CUT_DEG} degrees or more ({gap:.1f} more)",
            replace(input, angle_deg=ANGLE_CUT_DEG),
        ),
    ]
    here = predict_survival(input, months).survival
    result = []
    for change, other in others:
        estimate = predict_survival(other, months)
        difference = tuple(there - now for there, now in zip(estimate.survival, here, strict=True))
        result.append(Alternative(change, other, estimate, difference))
    return result
