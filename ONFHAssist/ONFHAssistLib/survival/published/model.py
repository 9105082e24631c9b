"""The published clinical DLRC model as numbers: hazard ratios, survival of the cohort, and the baseline between them.

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
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq

from .findings import ANGLE_CUT_DEG, ClinicalInput

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
class PublishedSurvival:
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
OVERALL_SURVIVAL = (
    PublishedSurvival(36.0, 0.7159, 0.6450, 0.7946),
    PublishedSurvival(60.0, 0.4472, 0.3473, 0.5757),
)
# Groups below and above the median score of the full DLRC model (not of the clinical model); no interval is
# published for them.
RISK_GROUPS = {"low": (0.9396, 0.8570), "high": (0.5120, 0.1564)}
# (model, figure, month) -> value and, where published, its 95% interval. All are apparent: of the hips that chose the
# features and weigh the models.
PUBLISHED_FIGURES: dict[tuple[str, str, float | None], tuple[float, ...]] = {
    ("clinical", "C-index", None): (0.64, 0.56, 0.71),
    ("radiomics", "C-index", None): (0.73, 0.70, 0.82),
    ("dl", "C-index", None): (0.76, 0.70, 0.82),
    ("dlrc", "C-index", None): (0.78, 0.73, 0.84),
    ("clinical", "AUC", 36.0): (0.65,),
    ("radiomics", "AUC", 36.0): (0.80,),
    ("dl", "AUC", 36.0): (0.80,),
    ("dlrc", "AUC", 36.0): (0.83,),
    ("clinical", "AUC", 60.0): (0.77,),
    ("radiomics", "AUC", 60.0): (0.87,),
    ("dl", "AUC", 60.0): (0.84,),
    ("dlrc", "AUC", 60.0): (0.87,),
}


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
    overall: tuple[PublishedSurvival, ...]
    baseline_hazard: tuple[float, ...]

    @property
    def log_ratios(self) -> np.ndarray:
        return np.array([ratio.log_ratio for ratio in self.hazard_ratios])

    @property
    def shape(self) -> float:
        """Exponent of the Weibull baseline."""
        return weibull_shape(self.baseline_hazard, [known.month for known in self.overall])

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


def weibull_shape(hazards: Sequence[float], months: Sequence[float]) -> float:
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
