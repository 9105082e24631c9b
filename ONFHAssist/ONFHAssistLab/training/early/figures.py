"""What cross-validated probabilities of early osteonecrosis are worth: recalibrated, at a threshold, part by part.

Line and threshold of a fold come from hips that an inner cross-validation of the other folds held out (:mod:`.parts`);
the final model gets both from all hips in the same way. So the figures are those of hips that nothing was fitted on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.bootstrap import bootstrap_interval
from ONFHAssistLib.evaluate.binary.calibration import calibration_line, expected_calibration_error
from ONFHAssistLib.evaluate.binary.discrimination import Estimate, auc_by_patient, youden_threshold
from ONFHAssistLib.evaluate.clusters.proportions import clustered_share

from ...simulate.acquisition.protocols import SEQUENCES
from .hips import PAINTED, REAL, SIMULATED

LARGE_ML = 2.0
LEAST_OF_A_CLASS = 2  # hips, for an area with an interval
RESAMPLES = 200  # of patients, for the calibration
_EDGE = 1e-6
Figure = dict[str, Any]  # "what", "hips", "patients", "value", "low", "high"


@dataclass(frozen=True)
class Line:
    """Recalibration ``logit(p) -> intercept + slope * logit(p)`` and the threshold after it."""

    slope: float
    intercept: float
    threshold: float

    def of(self, probability: np.ndarray) -> np.ndarray:
        """Recalibrated probabilities."""
        return expit(self.intercept + self.slope * _logit(probability))


def _logit(probability: np.ndarray) -> np.ndarray:
    return logit(np.clip(probability, _EDGE, 1 - _EDGE))


def fit_line(outcome: np.ndarray, probability: np.ndarray) -> Line:
    """Logistic recalibration with Youden's threshold; a weak ridge holds the slope where the classes do not overlap."""
    from sklearn.linear_model import LogisticRegression

    x = _logit(probability)
    fitted = LogisticRegression(C=10.0).fit(x[:, None], outcome)
    line = Line(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]), 0.5)
    return replace(line, threshold=float(youden_threshold(outcome, line.of(probability))))


# figures --------------------------------------------------------------------------------------------------------


def figures_of(hips: pd.DataFrame) -> list[Figure]:
    """Every figure of hips with a probability.

    Args:
        hips: the columns of :func:`.hips.outlined_hips` and ``probability`` and ``threshold``.
    """
    called = hips["probability"] >= hips["threshold"]
    without, kind = hips["early_onfh"] == 0, hips["kind"]
    simulated, painted, plain = kind == SIMULATED, kind == PAINTED, hips["shows"] == ""
    large = hips["necrosis_ml"] > LARGE_ML
    parts = [
        ("Real hips as they are: below the threshold", kind == REAL, ~called),
        ("Real hips, painted necrosis over 2 ml: above", painted & ~without & large, called),
        ("Real hips, painted necrosis up to 2 ml: above", painted & ~without & ~large, called),
        ("Real hips, painted look-alike: below", painted & without & ~plain, ~called),
        ("Simulated, nothing to see: below", simulated & without & plain, ~called),
        ("Simulated look-alike: below", simulated & without & ~plain, ~called),
        ("Simulated stage I: above", simulated & (hips["stage"] == "I"), called),
        ("Simulated stage II: above", simulated & (hips["stage"] == "II"), called),
    ]
    figures = [share(hips, where, right, what) for what, where, right in parts]
    figures.append(area(hips, ~simulated, "Real hips, with and without painted necrosis: AUC"))
    figures.append(area(hips, simulated, "Simulated: AUC"))
    figures += [
        area(hips, simulated & (hips["sequence"] == one), f"Simulated, {one}: AUC") for one in SEQUENCES
    ]
    return [*(figure for figure in figures if figure), *calibration(hips)]


def share(hips: pd.DataFrame, where: pd.Series, right: pd.Series, what: str) -> Figure | None:
    """A share with Wilson's interval at the number of independent hips that the patients are worth."""
    part = hips[where]
    if part.empty:
        return None
    found = clustered_share(right[where].to_numpy(), part["patient"].to_numpy())
    return _figure(what, part, found.value, found.low, found.high)


def area(hips: pd.DataFrame, where: pd.Series, what: str) -> Figure | None:
    """The area under the curve with its interval by patient."""
    part = hips[where]
    if min((part["early_onfh"] == label).sum() for label in (0, 1)) < LEAST_OF_A_CLASS:
        return None
    found = auc_by_patient(
        part["early_onfh"].to_numpy(), part["probability"].to_numpy(), part["patient"].to_numpy()
    )
    return _figure(what, part, found.value, found.low, found.high)


def calibration(hips: pd.DataFrame) -> list[Figure]:
    """Slope and expected error of the probabilities, with intervals over resampled patients (:func:`error_ends`).

    A sample of one class, or one whose classes do not overlap, has no slope.
    """
    outcome, probability = hips["early_onfh"].to_numpy(), hips["probability"].to_numpy()

    def figure(compute: Callable[[np.ndarray, np.ndarray], float]) -> Callable[[np.ndarray], float]:
        def of_rows(rows: np.ndarray) -> float:
            try:
                return compute(outcome[rows], probability[rows])
            except InputError:
                return float("nan")

        return of_rows

    figures = []
    for what, compute in (
        ("Calibration slope", lambda y, p: calibration_line(y, p).slope.value),
        ("Expected calibration error", expected_calibration_error),
    ):
        if not np.isfinite(figure(compute)(np.arange(len(hips)))):
            continue
        found = bootstrap_interval(figure(compute), len(hips), hips["patient"].to_numpy(), RESAMPLES)
        ends = error_ends(found) if compute is expected_calibration_error else (found.low, found.high)
        figures.append(_figure(what, hips, found.value, *ends))
    return figures


def error_ends(found: Estimate) -> tuple[float, float]:
    """Interval of an expected calibration error from its percentiles over resamples.

    It is a sum of sizes: chance alone makes it larger than the truth, and every resample larger once more, so that the
    percentiles may all lie above it. The upper end is half their width above the figure, which takes off the excess of
    the resamples; the lower end is that of the basic bootstrap, which takes off as much again, and no size is below 0.
    In cohorts of 150 patients it holds the truth 91% to 95% of the time, percentiles 30% to 96%; that of perfectly
    calibrated probabilities, 0, half the time, percentiles never.
    """
    return max(0.0, 2 * found.value - found.high), found.value + (found.high - found.low) / 2


def _figure(what: str, part: pd.DataFrame, value: float, low: float, high: float) -> Figure:
    patients = int(part["patient"].nunique())
    return {"what": what, "hips": len(part), "patients": patients, "value": value, "low": low, "high": high}
