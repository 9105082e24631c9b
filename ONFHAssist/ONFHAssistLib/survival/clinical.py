"""No-collapse survival after multiple drilling from three findings: the published clinical DLRC model.

Source: "A radiomics and deep learning nomogram developed and validated for predicting no-collapse survival in
patients with osteonecrosis after multiple drilling" (144 patients, 212 hips, 64 collapses). The study
publishes the hazard ratios, the survival of the whole cohort at 36 and 60 months and the case mix, but no
baseline hazard. Here the baseline is solved so that the case mix gives back the survival of the whole cohort;
the three findings are taken as independent of each other in it, because their joint table is not published,
and half of the hips as having an angle at or above the study's median of 210.5 degrees.

Only the standard library, numpy and scipy are needed, so that this runs in a bare 3D Slicer.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy.optimize import brentq

from ONFHAssistLib.errors import InputError

STAGES = ("I", "II", "IIIA")
ANGLE_CUT_DEG = 210.5
LAST_MONTH = 60.0
Z95 = 1.959963984540054


@dataclass(frozen=True)
class HazardRatio:
    """A published hazard ratio with its 95% interval, of a finding that is present in ``share`` of the hips."""

    name: str
    label: str
    ratio: float
    low: float
    high: float
    share: float

    @property
    def log_ratio(self) -> float:
        return math.log(self.ratio)

    @property
    def standard_error(self) -> float:
        """Of the log hazard ratio; a Wald interval is symmetric on the log scale."""
        return (math.log(self.high) - math.log(self.low)) / (2 * Z95)


@dataclass(frozen=True)
class KnownSurvival:
    """A published Kaplan-Meier estimate with its 95% interval."""

    month: float
    survival: float
    low: float
    high: float

    @property
    def log_variance(self) -> float:
        """Variance of log S. The published intervals are symmetric on the log scale, R's default."""
        return ((math.log(self.high) - math.log(self.low)) / (2 * Z95)) ** 2


# Multivariate table, case mix (of 212 hips) and overall survival of the study.
HAZARD_RATIOS = (
    HazardRatio("arco_iiia", "ARCO stage IIIA", 2.12, 1.25, 3.58, 55 / 212),
    HazardRatio("oedema", "Bone marrow oedema", 2.13, 1.19, 3.81, 129 / 212),
    HazardRatio("angle", f"Combined necrotic angle >= {ANGLE_CUT_DEG} degrees", 2.41, 1.43, 4.07, 0.5),
)
OVERALL_SURVIVAL = (KnownSurvival(36.0, 0.7159, 0.6450, 0.7946), KnownSurvival(60.0, 0.4472, 0.3473, 0.5757))
# Groups below and above the median score of the full DLRC model (not of the clinical model); no interval is
# published for them.
RISK_GROUPS = {"low": (0.9396, 0.8570), "high": (0.5120, 0.1564)}


@dataclass(frozen=True)
class ClinicalInput:
    """What the clinical model asks of one hip.

    Attributes:
        arco: ARCO stage before drilling, one of "I", "II", "IIIA". Stages I and II carry the same risk.
        oedema: whether bone marrow oedema is seen on MRI.
        angle_deg: combined necrotic angle in degrees, the sum of the arcs on the mid-coronal and mid-sagittal
            slice, 0 to 360 (at most 180 each). The model knows only whether it reaches 210.5.

    Raises:
        InputError: a value outside of these.
    """

    arco: str
    oedema: bool
    angle_deg: float

    def __post_init__(self) -> None:
        if self.arco not in STAGES:
            raise InputError(
                f"The ARCO stage {self.arco!r} is not one of {', '.join(STAGES)}, the stages that the study "
                "drilled; the model does not apply to other stages."
            )
        if not isinstance(self.oedema, bool | np.bool_):
            raise InputError(
                f"Bone marrow oedema is {self.oedema!r}; give True (seen on MRI) or False (not seen)."
            )
        try:
            angle = float(self.angle_deg)
        except (TypeError, ValueError):
            angle = math.nan
        if isinstance(self.angle_deg, bool | np.bool_) or not 0 <= angle <= 360:
            raise InputError(
                f"The combined necrotic angle {self.angle_deg!r} is not between 0 and 360 degrees; "
                "give the sum of the two necrotic arcs, at most 180 degrees each."
            )
        object.__setattr__(self, "oedema", bool(self.oedema))
        object.__setattr__(self, "angle_deg", angle)

    @property
    def findings(self) -> tuple[bool, bool, bool]:
        """(ARCO IIIA, oedema, angle at or above 210.5 degrees), the order of :data:`HAZARD_RATIOS`."""
        return self.arco == "IIIA", self.oedema, self.angle_deg >= ANGLE_CUT_DEG


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


@dataclass(frozen=True)
class PublishedModel:
    """The published hazard ratios with a baseline that gives back the survival of the study's whole cohort.

    Between the published months the cumulative baseline hazard follows the one Weibull curve through (0, 0) and
    its values at 36 and 60 months, ``H0(t) = H0(36) * (t / 36) ** shape``: monotone, smooth, zero at zero.

    Attributes:
        hazard_ratios: three findings in the order ARCO IIIA, oedema, angle.
        overall: Kaplan-Meier survival of the whole cohort at 36 and 60 months.
        baseline_hazard: cumulative hazard at these months of a hip without any of the findings.
    """

    hazard_ratios: tuple[HazardRatio, ...]
    overall: tuple[KnownSurvival, ...]
    baseline_hazard: tuple[float, ...]

    @property
    def log_ratios(self) -> np.ndarray:
        return np.array([ratio.log_ratio for ratio in self.hazard_ratios])

    @property
    def shape(self) -> float:
        """Exponent of the Weibull baseline."""
        return _weibull_shape(self.baseline_hazard, [known.month for known in self.overall])

    def cumulative_baseline(self, months: np.ndarray) -> np.ndarray:
        """Cumulative hazard of a hip without any finding at ``months`` (any shape), 0 at month 0."""
        scaled = np.asarray(months, float) / self.overall[0].month
        return self.baseline_hazard[0] * scaled**self.shape

    def log_relative_hazard(self, clinical: ClinicalInput) -> float:
        """Sum of the log hazard ratios of the findings that are present; 0 for a hip without any."""
        return float(self.log_ratios @ np.array(clinical.findings, float))

    def interpolation(self, months: np.ndarray) -> np.ndarray:
        """Weights (n, 2) with which log H at ``months`` > 0 follows from log H at 36 and 60 months."""
        first, last = (known.month for known in self.overall)
        second = np.log(np.asarray(months, float) / first) / math.log(last / first)
        return np.stack([1 - second, second], axis=-1)

    def standard_error(
        self, clinical: ClinicalInput, months: np.ndarray, baseline_uncertainty: bool = True
    ) -> np.ndarray:
        """Standard error of log(-log S) at ``months`` > 0, by the delta method.

        The baseline is not a constant: it is solved from the hazard ratios and the overall survival, so it
        moves with both. Let p be the case mix and S, H survival and cumulative hazard in its eight cells, at
        36 or 60 months. Differentiating ``sum(p * S) = overall`` gives ``d log H0 / d beta_j = -w_j`` with
        ``w_j = sum(p*S*H*x_j) / sum(p*S*H)`` and ``d log H0 / d log(overall) = -overall / sum(p*S*H)``. At
        another month log H0 is the interpolation of these two with weights c, so that the variance of ``log
        H(x) = log H0 + beta.x`` is ``sum_j (x_j - (c.w)_j)^2 se_j^2`` plus that of the overall survival.
        """
        weights = self.interpolation(np.asarray(months, float))
        centre, slope = self._sensitivity()
        errors = np.array([ratio.standard_error for ratio in self.hazard_ratios])
        shift = np.array(clinical.findings, float) - weights @ centre
        variance = (shift**2 * errors**2).sum(axis=-1)
        if baseline_uncertainty:
            spread = self.overall_log_covariance() * np.outer(slope, slope)
            variance = variance + np.einsum("ti,ij,tj->t", weights, spread, weights)
        return np.sqrt(variance)

    def _sensitivity(self) -> tuple[np.ndarray, np.ndarray]:
        """How log H0 at 36 and 60 months falls with each log hazard ratio, (2, 3), and with log(overall),
        (2,).
        """
        cells, shares = _case_mix(self.hazard_ratios)
        hazard = np.outer(self.baseline_hazard, np.exp(cells @ self.log_ratios))
        mass = shares * np.exp(-hazard) * hazard
        total = mass.sum(axis=1)
        return mass @ cells / total[:, None], np.array([k.survival for k in self.overall]) / total

    def overall_log_covariance(self) -> np.ndarray:
        """Covariance (2, 2) of log(overall) at 36 and 60 months: Kaplan-Meier's log has independent
        increments.
        """
        first, last = (known.log_variance for known in self.overall)
        return np.array([[first, first], [first, last]])


def _weibull_shape(hazards: Sequence[float], months: Sequence[float]) -> float:
    return math.log(hazards[1] / hazards[0]) / math.log(months[1] / months[0])


def _case_mix(ratios: Sequence[HazardRatio]) -> tuple[np.ndarray, np.ndarray]:
    """Every combination of findings, shape (8, 3), and its share of the cohort if they are independent, shape
    (8,).
    """
    cells = np.array(list(itertools.product((0.0, 1.0), repeat=len(ratios))))
    shares = np.array([ratio.share for ratio in ratios])
    return cells, np.prod(np.where(cells == 1, shares, 1 - shares), axis=1)


@cache
def published_model() -> PublishedModel:
    """The study's clinical model with the solved baseline (see the module's description)."""
    cells, weights = _case_mix(HAZARD_RATIOS)
    relative = np.exp(cells @ np.array([ratio.log_ratio for ratio in HAZARD_RATIOS]))
    baseline = tuple(
        brentq(
            lambda hazard, s=known.survival: weights @ np.exp(-hazard * relative) - s, 0.0, 10.0, xtol=1e-14
        )
        for known in OVERALL_SURVIVAL
    )
    return PublishedModel(HAZARD_RATIOS, OVERALL_SURVIVAL, baseline)


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


def predict(
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


def curve(
    input: ClinicalInput,  # noqa: A002
    months: Sequence[float] | None = None,
    *,
    baseline_uncertainty: bool = True,
) -> SurvivalEstimate:
    """Survival curve of one hip, at every month from 0 to 60 unless ``months`` says otherwise; as
    :func:`predict`.

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
        survival = np.exp(-hazards[0] * (chosen / known[0]) ** _weibull_shape(hazards, known))
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
            f"Angle below {ANGLE_CUT_DEG} degrees (more than {gap:g} less)",
            replace(input, angle_deg=ANGLE_CUT_DEG - 0.1),
        )
        if angle
        else (
            f"Angle of {ANGLE_CUT_DEG} degrees or more ({gap:g} more)",
            replace(input, angle_deg=ANGLE_CUT_DEG),
        ),
    ]
    here = predict(input, months).survival
    result = []
    for change, other in others:
        estimate = predict(other, months)
        difference = tuple(there - now for there, now in zip(estimate.survival, here, strict=True))
        result.append(Alternative(change, other, estimate, difference))
    return result
