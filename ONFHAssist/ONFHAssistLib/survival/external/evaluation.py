"""A finished survival model on hips that it has not seen: discrimination, calibration, usefulness; two side by side.

Nothing is fitted but what judges (calibration lines). Intervals are by patient throughout: influences added up by
patient where there is a closed form, patients drawn otherwise. With competing events, observed risks are
Aalen-Johansen's and the pairs of AUC and C know them (:mod:`ONFHAssistLib.evaluate.survival.competing`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.calibration import (
    CalibrationCurve,
    CalibrationGroups,
    WeakCalibration,
    calibration_curve,
    calibration_groups,
    weak_calibration,
)
from ONFHAssistLib.evaluate.survival.competing import (
    competing_auc,
    competing_brier,
    competing_concordance,
    observed_risk,
)
from ONFHAssistLib.evaluate.survival.outcome import Z95, TooFewEvents, log_rank
from ONFHAssistLib.evaluate.survival.usefulness import DecisionCurve, decision_curve, reclassification

from ...core.errors import InputError
from ..cox.model import CoxModel
from .cohort import ExternalHips, NamedModel, imputed_findings, model_covariates_of

Found = TypeVar("Found")
THRESHOLDS = tuple(np.arange(2, 100, 2) / 100)


@dataclass(frozen=True)
class Calibrated:
    """Calibration of one model at one month."""

    groups: CalibrationGroups
    curve: CalibrationCurve
    weak: WeakCalibration


@dataclass(frozen=True)
class ModelOnHips:
    """What one model says of the hips.

    Attributes:
        name: of the model. log_hazard (n,), risk month -> (n,), high_risk (n,) above the development's median.
        calibration: month -> figures; decision: month -> curve; both missing where events were too few.
        log_rank_p: of its risk groups, by patient; NaN where all hips are in one.
    """

    name: str
    log_hazard: np.ndarray
    risk: Mapping[float, np.ndarray]
    high_risk: np.ndarray
    calibration: Mapping[float, Calibrated]
    decision: Mapping[float, DecisionCurve]
    log_rank_p: float


@dataclass(frozen=True)
class ExternalEvaluation:
    """One or two models on the same hips.

    Attributes:
        hips, months, models: what was judged.
        performance: a row a model, figure and month: value, low, high.
        comparison: a row a figure and month: second model less first; empty for one model.
        warnings: sentences for the report.
    """

    hips: ExternalHips
    months: tuple[float, ...]
    models: tuple[ModelOnHips, ...]
    performance: pd.DataFrame
    comparison: pd.DataFrame
    warnings: tuple[str, ...]


def evaluate_survival(
    named: Sequence[NamedModel],
    hips: ExternalHips,
    months: Sequence[float] = (36.0, 60.0),
    bootstraps: int = 500,
    seed: int = 0,
) -> ExternalEvaluation:
    """Judge one model, or two side by side, on hips that they have not seen.

    Raises:
        InputError: a model cannot be applied, or no month lies within both follow-ups.
        TooFewEvents: fewer than 10 events.
    """
    sm.require_events(hips.outcome.events, sm.MIN_EVENTS, "The evaluation of a survival model")
    judge = _Judge(hips, bootstraps, seed)
    longest = min(float(hips.outcome.time.max()), *(one.model.cox.last_time_ for one in named))
    chosen = tuple(sorted({float(m) for m in months if 0 < m <= longest}))
    judge.warnings += [
        f"Month {m:g} is beyond the follow-up of the hips or of the model ({longest:.0f} months); it is left out."
        for m in sorted(set(months) - set(chosen))
    ]
    if not chosen:
        raise InputError(
            f"None of the months {', '.join(f'{m:g}' for m in months)} lies within the follow-up of the hips and of the "
            f"model, {longest:.0f} months; choose an earlier month."
        )
    models, rows = [], []
    for one in named:
        found, figures = judge.model(one, chosen)
        models.append(found)
        rows += figures
    comparison = judge.compare(models[0], models[1], chosen) if len(models) == 2 else []
    columns = ["model", "figure", "month", "value", "low", "high"]
    return ExternalEvaluation(
        hips,
        chosen,
        tuple(models),
        pd.DataFrame(rows, columns=columns),
        pd.DataFrame(comparison, columns=columns[1:]),
        tuple(dict.fromkeys([*hips.outcome.warnings, *judge.warnings])),
    )


class _Judge:
    """Figures of models on the same hips."""

    def __init__(self, hips: ExternalHips, bootstraps: int, seed: int) -> None:
        self.time, self.event = hips.outcome.time, hips.outcome.event
        self.other, self.patient, self.hips = hips.outcome.competing, hips.patient, hips
        self.bootstraps, self.seed = bootstraps, seed
        self.warnings: list[str] = []

    def _or_warn(self, work: Callable[[], Found]) -> Found | None:
        try:
            return work()
        except TooFewEvents as error:
            self.warnings.append(str(error))
            return None

    def _drawn(self, figure: Callable[[np.ndarray], float]) -> sm.Estimate:
        """A figure of rows with its percentile interval over patients."""
        n = self.time.size
        drawn = sm.resample(figure, n, cluster=self.patient, repeats=self.bootstraps, seed=self.seed)
        return sm.percentile_interval(figure(np.arange(n)), drawn)

    def model(
        self, named: NamedModel, months: Sequence[float]
    ) -> tuple[ModelOnHips, list[tuple[object, ...]]]:
        covariates = model_covariates_of(named, self.hips)
        self.warnings += imputed_findings(named, self.hips)
        cox = named.model.cox
        score = cox.log_hazard(covariates)
        risk = dict(zip(months, (1 - cox.predict_survival(covariates, months)).T, strict=True))
        rows: list[tuple[object, ...]] = [(named.name, "C-index", np.nan, *_three(self._concordance(score)))]
        if self.other is None:
            uno = self._or_warn(lambda: self._drawn(lambda r: self._uno(r, score, months[-1])))
            rows += [] if uno is None else [(named.name, "Uno C", months[-1], *_three(uno))]
            rows += [(named.name, "Slope of the log hazard", np.nan, *_three(self._cox_slope(score)))]
        calibration, decision = {}, {}
        for month in months:
            auc = self._or_warn(partial(self._auc, score, month))
            if auc is None:
                continue
            calibration[month] = self._calibrated(risk[month], month)
            decision[month] = self._decision(risk[month], month)
            figures = self._calibration_figures(calibration[month])
            figures = {"AUC": auc, "Brier score": self._brier(risk[month], month), **figures}
            rows += [(named.name, name, month, *_three(value)) for name, value in figures.items()]
        high = score > named.model.cut
        p = np.nan if high.all() or not high.any() else self._log_rank(high)
        return ModelOnHips(named.name, score, risk, high, calibration, decision, p), rows

    def _log_rank(self, high: np.ndarray) -> float:
        return log_rank(self.time, self.event, high, self.patient).p

    def _concordance(self, score: np.ndarray) -> sm.Estimate:
        if self.other is None:
            return sm.concordance(self.time, self.event, score, cluster=self.patient)
        other = self.other
        return self._drawn(lambda r: competing_concordance(self.time[r], self.event[r], other[r], score[r]))

    def _uno(self, rows: np.ndarray, score: np.ndarray, until: float) -> float:
        return sm.uno_concordance(self.time[rows], self.event[rows], score[rows], until=until).value

    def _cox_slope(self, score: np.ndarray) -> sm.Estimate:
        """Coefficient of the log hazard in a Cox model of its own: 1 is right, below it hazards are too far apart."""
        own = CoxModel().fit(pd.DataFrame({"log_hazard": score}), self.hips.outcome, cluster=self.patient)
        value, error = float(own.coef_[0]), float(np.sqrt(own.robust_variance_[0, 0]))
        return sm.Estimate(value, value - Z95 * error, value + Z95 * error, error)

    def _auc(self, score: np.ndarray, month: float) -> sm.Estimate:
        if self.other is None:
            return sm.time_dependent_auc(self.time, self.event, score, month, cluster=self.patient)
        value, error = competing_auc(self.time, self.event, self.other, score, month, self.patient)
        return sm.share_by_patient(value, error, int(np.unique(self.patient).size))

    def _brier(self, risk: np.ndarray, month: float) -> sm.Estimate:
        def one(rows: np.ndarray) -> float:
            if self.other is None:
                return sm.brier_score(self.time[rows], self.event[rows], 1 - risk[rows], month)
            return competing_brier(self.time[rows], self.event[rows], self.other[rows], risk[rows], month)

        return self._drawn(one)

    def _calibrated(self, risk: np.ndarray, month: float) -> Calibrated:
        groups = min(4, self.time.size // 10)
        arguments = (self.time, self.event, risk, month)
        return Calibrated(
            calibration_groups(*arguments, groups=groups, competing=self.other, cluster=self.patient),
            calibration_curve(
                *arguments,
                cluster=self.patient,
                competing=self.other,
                repeats=min(self.bootstraps, 200),
                seed=self.seed,
            ),
            weak_calibration(*arguments, competing=self.other, cluster=self.patient),
        )

    @staticmethod
    def _calibration_figures(found: Calibrated) -> dict[str, sm.Estimate]:
        return {
            "Observed : expected": found.curve.observed_to_expected,
            "Calibration intercept": found.weak.intercept,
            "Calibration slope": found.weak.slope,
            "ICI": found.curve.ici,
        }

    def _decision(self, risk: np.ndarray, month: float) -> DecisionCurve:
        return decision_curve(
            self.time,
            self.event,
            risk,
            month,
            thresholds=THRESHOLDS,
            cluster=self.patient,
            repeats=min(self.bootstraps, 200),
            seed=self.seed,
            competing=self.other,
        )

    def compare(
        self, first: ModelOnHips, second: ModelOnHips, months: Sequence[float]
    ) -> list[tuple[object, ...]]:
        """Second less first: C, AUC, Brier score, NRI and IDI."""
        rows: list[tuple[object, ...]] = []
        if self.other is None:
            gap, _ = sm.compare_concordance(
                self.time, self.event, second.log_hazard, first.log_hazard, cluster=self.patient
            )
            rows.append(("Difference of C", np.nan, *_three(gap)))
        for month in (m for m in months if m in first.calibration):
            risks = first.risk[month], second.risk[month]

            def auc(r: np.ndarray, month: float = month) -> float:
                return self._auc_of(r, second.log_hazard, month) - self._auc_of(r, first.log_hazard, month)

            def brier(r: np.ndarray, month: float = month, risks: tuple = risks) -> float:
                return self._brier_of(r, risks[1], month) - self._brier_of(r, risks[0], month)

            rows.append(("Difference of AUC", month, *_three(self._drawn(auc))))
            rows.append(("Difference of the Brier score", month, *_three(self._drawn(brier))))
            if self.other is None:
                found = reclassification(
                    self.time,
                    self.event,
                    *risks,
                    month,
                    cluster=self.patient,
                    repeats=self.bootstraps,
                    seed=self.seed,
                )
                rows.append(("Continuous NRI", month, *_three(found.continuous_nri)))
                rows.append(("IDI", month, *_three(found.idi)))
        return rows

    def _auc_of(self, rows: np.ndarray, score: np.ndarray, month: float) -> float:
        other = np.zeros(self.time.size, bool) if self.other is None else self.other
        return competing_auc(self.time[rows], self.event[rows], other[rows], score[rows], month)[0]

    def _brier_of(self, rows: np.ndarray, risk: np.ndarray, month: float) -> float:
        other = np.zeros(self.time.size, bool) if self.other is None else self.other
        return competing_brier(self.time[rows], self.event[rows], other[rows], risk[rows], month)


def observed_at(evaluation: ExternalEvaluation, month: float) -> float:
    """Observed risk of all hips by ``month``."""
    outcome = evaluation.hips.outcome
    return observed_risk(outcome.time, outcome.event, month, outcome.competing)


def _three(value: sm.Estimate) -> tuple[float, float, float]:
    return value.value, value.low, value.high
