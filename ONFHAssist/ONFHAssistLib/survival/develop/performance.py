"""Figures of developed models, apparent and held out: discrimination, Brier scores, reclassification, usefulness."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
import pandas as pd
from scipy.integrate import trapezoid

from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.calibration import (
    CalibrationCurve,
    CalibrationGroups,
    WeakCalibration,
    calibration_curve,
    calibration_groups,
    weak_calibration,
)
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents
from ONFHAssistLib.evaluate.survival.usefulness import DecisionCurve, decision_curve

from .cohort import SurvivalCohort
from .held_out import HeldOutPredictions
from .models import SurvivalProtocol
from .validation import Optimism

Found = TypeVar("Found")
OPTIMISM_TO_WARN = 0.05
UNO_RESAMPLES = 200  # of an interval that only stands beside Harrell's
BAND_RESAMPLES = 200  # of the band of a decision curve
THRESHOLDS = tuple(np.arange(2, 100, 2) / 100)


class HeldOutCalibration(NamedTuple):
    """Calibration on hips that no model had seen: in groups, smooth, and as intercept and slope."""

    groups: CalibrationGroups
    curve: CalibrationCurve
    weak: WeakCalibration


class PerformanceEvaluator:
    """Figures of developed models, apparent and held out."""

    def __init__(
        self,
        cohort: SurvivalCohort,
        patient: np.ndarray,
        protocol: SurvivalProtocol,
        survival: Mapping[str, Callable[..., np.ndarray]],
        covariates: pd.DataFrame,
        log_hazard: Mapping[str, np.ndarray],
        held_out: HeldOutPredictions,
        warnings: list[str],
    ) -> None:
        self.time, self.event = cohort.outcome.time, cohort.outcome.event
        self.patient, self.protocol, self.models, self.held_out = patient, protocol, tuple(survival), held_out
        self.log_hazard, self.warnings = log_hazard, warnings
        last = float(self.time.max())
        self.months = [m for m in protocol.months if m <= last]
        warnings += [
            f"Nobody was followed for {month:g} {cohort.outcome.unit}; this horizon is left out."
            for month in protocol.months
            if month > last
        ]
        self.grid = [m for m in protocol.grid if m <= last]
        self.survival = {name: predict(covariates, self.grid) for name, predict in survival.items()}

    def _held_out_survival(self, name: str, month: float) -> np.ndarray:
        """Held-out survival (n,)."""
        return self.held_out.survival[name][:, self.protocol.grid.index(month)]

    def _or_warn(self, work: Callable[[], Found]) -> Found | None:
        """The result, or None with the refusal among the warnings."""
        try:
            return work()
        except TooFewEvents as error:
            self.warnings.append(str(error))
            return None

    def performance(self, optimism: Mapping[str, Optimism]) -> pd.DataFrame:
        rows: list[dict[str, object]] = []
        for name in self.models:
            rows += [self._concordance(name, optimism.get(name)), *self._uno_concordance(name)]
            for month in self.months:
                rows += self._rows_at_month(name, month)
            rows += self._integrated_brier(name)
        return pd.DataFrame(
            rows, columns=None if rows else ["model", "figure", "month", "apparent", "honest"]
        )

    def _concordance(self, name: str, found: Optimism | None) -> dict[str, object]:
        apparent = sm.concordance(self.time, self.event, self.log_hazard[name], cluster=self.patient)
        cross_validated = self.held_out.concordance(name, self.protocol.bootstraps, self.protocol.seed)
        gap = apparent.value - cross_validated.value
        if gap > OPTIMISM_TO_WARN:
            self.warnings.append(
                f"The apparent C-index of the {name} model, {apparent.value:.2f}, is optimistic by {gap:.2f}: on hips "
                f"that were not used to develop it, it is {cross_validated.value:.2f}."
            )
        if cross_validated.low <= 0.5:
            self.warnings.append(
                f"The honest C-index of the {name} model, {cross_validated.value:.2f} "
                f"({cross_validated.low:.2f} to {cross_validated.high:.2f}), "
                "does not exclude 0.5: it may not tell hips apart at all."
            )
        row = _row(name, "C-index", np.nan, apparent, cross_validated)
        if found is not None:
            row |= {"optimism_corrected": found.corrected, "bootstrap_632_plus": found.c632_plus}
        return row

    def _uno_concordance(self, name: str) -> list[dict[str, object]]:
        """C that does not depend on the censoring, until the last horizon."""
        # beyond, single late events would weigh as much as all others
        followed = [m for m in self.months if (self.time > m).sum() >= sm.MIN_FOLLOWED]
        if not followed:
            return []
        month, score = followed[-1], self.log_hazard[name]
        repeats, seed = min(self.protocol.bootstraps, UNO_RESAMPLES), self.protocol.seed

        def c(rows: np.ndarray) -> float:
            return sm.uno_concordance(self.time[rows], self.event[rows], score[rows], until=month).value

        def both() -> tuple[sm.Estimate, sm.Estimate]:
            drawn = sm.resample(c, score.size, cluster=self.patient, repeats=repeats, seed=seed)
            apparent = sm.percentile_interval(c(np.arange(score.size)), drawn)
            return apparent, self.held_out.uno_concordance(name, month, repeats, seed)

        found = self._or_warn(both)
        return [] if found is None else [_row(name, "Uno C", month, *found)]

    def _integrated_brier(self, name: str) -> list[dict[str, object]]:
        """Mean Brier score from the first half year with enough events to the last horizon."""
        scores = []
        for month in self.grid:
            survival = self.survival[name][:, self.grid.index(month)], self._held_out_survival(name, month)
            try:
                scores.append([month, *(sm.brier_score(self.time, self.event, s, month) for s in survival)])
            except TooFewEvents:
                continue  # too early for ten events; the protocol's own months were told already
        if len(scores) < 2:
            return []
        months, apparent, cross_validated = np.array(scores).T
        span = months[-1] - months[0]
        mean, held = (sm.Estimate(float(trapezoid(s, months) / span)) for s in (apparent, cross_validated))
        return [_row(name, "Integrated Brier score", months[-1], mean, held)]

    def _rows_at_month(self, name: str, month: float) -> list[dict[str, object]]:
        rows, k = [], self.grid.index(month)
        score, held = self.log_hazard[name], 1 - self._held_out_survival(name, month)

        both = self._or_warn(
            lambda: (
                sm.time_dependent_auc(self.time, self.event, score, month, cluster=self.patient),
                self.held_out.auc(name, month, self.protocol.bootstraps, self.protocol.seed),
            )
        )
        if both is not None:
            rows.append(_row(name, "AUC", month, *both))
            apparent, cross_validated = (
                sm.Estimate(sm.brier_score(self.time, self.event, s, month))
                for s in (self.survival[name][:, k], 1 - held)
            )
            rows.append(_row(name, "Brier score", month, apparent, cross_validated))
        return rows

    def comparison(self) -> pd.DataFrame:
        if "dlrc" not in self.models:
            return pd.DataFrame(columns=["new", "old", "figure", "month", "value", "low", "high"])
        rows = []
        for old in (name for name in self.models if name != "dlrc"):
            gap = self.held_out.difference("dlrc", old, self.protocol.bootstraps, self.protocol.seed)
            rows += [_comparison_row(old, "difference of C", np.nan, gap)]
            for month in self.months:
                found = self._or_warn(partial(self._reclassified, old, month))
                if found is not None:
                    figures = ("continuous_nri", "categorical_nri", "idi")
                    rows += [_comparison_row(old, figure, month, found[figure]) for figure in figures]
        return pd.DataFrame(rows)

    def _reclassified(self, old: str, month: float) -> dict[str, sm.Estimate]:
        step = self.protocol.grid.index(month)
        return self.held_out.reclassification(
            "dlrc", old, month, step, self.protocol.bootstraps, self.protocol.seed
        )

    def calibration(self) -> dict[str, dict[float, HeldOutCalibration]]:
        result: dict[str, dict[float, HeldOutCalibration]] = {}
        for name in self.models:
            result[name] = {}
            for month in self.months:
                found = self._or_warn(partial(self._calibrated, name, month))
                if found is not None:
                    result[name][month] = found
        return result

    def _calibrated(self, name: str, month: float) -> HeldOutCalibration:
        risk = 1 - self._held_out_survival(name, month)
        groups = calibration_groups(self.time, self.event, risk, month, cluster=self.patient)
        curve = calibration_curve(self.time, self.event, risk, month, cluster=self.patient)
        # each repeat judged by itself, hips of a patient and their repeats one cluster: a mean over repeats would be an
        # ensemble's, which is less extreme than the models are
        each = 1 - self.held_out.each_survival[name][:, :, self.protocol.grid.index(month)]
        repeats = len(each)
        weak = weak_calibration(
            np.tile(self.time, repeats),
            np.tile(self.event, repeats),
            each.ravel(),
            month,
            cluster=np.tile(self.patient, repeats),
        )
        return HeldOutCalibration(groups, curve, weak)

    def decision(self) -> dict[float, dict[str, DecisionCurve]]:
        result: dict[float, dict[str, DecisionCurve]] = {}
        for month in self.months:
            curves = {
                name: self._or_warn(
                    partial(
                        decision_curve,
                        self.time,
                        self.event,
                        1 - self._held_out_survival(name, month),
                        month,
                        thresholds=THRESHOLDS,
                        cluster=self.patient,
                        repeats=min(self.protocol.bootstraps, BAND_RESAMPLES),
                        seed=self.protocol.seed,
                    )
                )
                for name in self.models
            }
            result[month] = {name: curve for name, curve in curves.items() if curve is not None}
        return result


def _row(
    model: str, figure: str, month: float, apparent: sm.Estimate, cross_validated: sm.Estimate
) -> dict[str, object]:
    row: dict[str, object] = {"model": model, "figure": figure, "month": month}
    for name, estimate in (("apparent", apparent), ("honest", cross_validated)):
        row |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return row


def _comparison_row(old: str, figure: str, month: float, estimate: sm.Estimate) -> dict[str, object]:
    return {"new": "dlrc", "old": old, "figure": figure, "month": month, **estimate.as_dict()}
