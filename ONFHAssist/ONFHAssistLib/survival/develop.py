"""Develop the study's four models on a cohort, and say how good they are: apparently, and honestly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate import survival_metrics as sm
from ONFHAssistLib.evaluate.survival_calibration import (
    CalibrationCurve,
    CalibrationGroups,
    calibration_curve,
    calibration_groups,
)
from ONFHAssistLib.evaluate.survival_outcome import TooFewEvents
from ONFHAssistLib.evaluate.survival_usefulness import DecisionCurve, decision_curve, reclassification

from .clinical_selection import Elimination, Encoding, backward_elimination, screen, univariate
from .cohort import SurvivalCohort
from .cox import CoxModel
from .models import (
    DevelopedModel,
    Prepared,
    Protocol,
    column_of,
    covariates_of,
    fair_score,
    informative,
    only_used,
)
from .signature import DevelopedSignature, develop_signature
from .validate import HeldOut, Optimism, Progress, bootstrap_optimism, nested_cross_validation

OPTIMISM_TO_WARN = 0.05
Stage = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Development:
    """All that came of :func:`develop`.

    Attributes:
        models: name -> finished model. One that selected nothing is missing, or whose signature says nothing about hips
            that did not choose it, and a warning says so; its apparent figures are still there.
        univariate, elimination: the clinical part (``elimination`` None where nothing entered).
        signatures: name -> signature with its funnel and LASSO path.
        proportional_hazards: model -> table of the Schoenfeld test.
        performance: a row a model and figure: apparent and honest value with 95% intervals.
        comparison: a row for each model against DLRC and each month: differences of C, NRI, IDI, on held-out risks.
        optimism: model -> bootstrap estimate; empty where the protocol leaves it out.
        calibration: model -> month -> (groups, curve) of held-out predictions; missing where events were too few.
        decision: month -> model -> decision curve of held-out risks.
        log_hazard: model -> (n,) apparent log hazard, of a Cox model fitted as the study did.
        held_out: the predictions of the nested cross-validation.
        warnings: sentences for the report.
    """

    cohort: SurvivalCohort
    protocol: Protocol
    models: Mapping[str, DevelopedModel]
    univariate: pd.DataFrame
    elimination: Elimination | None
    signatures: Mapping[str, DevelopedSignature]
    proportional_hazards: Mapping[str, pd.DataFrame]
    performance: pd.DataFrame
    comparison: pd.DataFrame
    optimism: Mapping[str, Optimism]
    calibration: Mapping[str, Mapping[float, tuple[CalibrationGroups, CalibrationCurve]]]
    decision: Mapping[float, Mapping[str, DecisionCurve]]
    log_hazard: Mapping[str, np.ndarray]
    held_out: HeldOut
    warnings: tuple[str, ...]

    def risk_groups(self, model: str = "dlrc", *, held_out: bool = True) -> np.ndarray:
        """(n,) bool, True for high risk: above the median score, by default as models saw it that had not met the hip."""
        if held_out:
            return self.held_out.high_risk[model] >= 0.5
        return self.log_hazard[model] > np.median(self.log_hazard[model])

    def stability(self) -> pd.DataFrame:
        """How often each finding and feature was selected when the development was repeated in the nested folds."""
        counts = self.held_out.selected
        share = {name: count / self.held_out.developments for name, count in counts.most_common()}
        return pd.DataFrame({"selected_in": share}).rename_axis("covariate")


def develop(
    cohort: SurvivalCohort, protocol: Protocol | None = None, progress: Stage | None = None
) -> Development:
    """Run the protocol of the DLRC study on ``cohort``, hips of one patient together in every split.

    Args:
        cohort: with clinical findings and at least one feature set.
        protocol: settings.
        progress: called with the stage's name, and how many of how many developments are done.

    Raises:
        InputError: wrong columns or values; see :class:`.SurvivalCohort`.
        TooFewEvents: fewer patients with an event than folds, or than 10 events.
    """
    protocol = protocol or Protocol()
    sm.need_events(cohort.outcome.events, sm.MIN_EVENTS, "The development of survival models")
    warnings = list(cohort.outcome.warnings)
    prepared = Prepared.of(cohort, protocol)
    covariates = prepared.encoding.apply(cohort.clinical)
    table, elimination = _clinical(cohort, prepared.encoding, covariates, protocol, warnings)
    signatures = {
        name: develop_signature(
            features,
            cohort.outcome,
            cluster=prepared.patient,
            readings=cohort.readings.get(name, ()),
            protocol=protocol.signature,
            name=name,
        )
        for name, features in cohort.features.items()
    }
    for name, found in signatures.items():
        covariates[column_of(name)] = found.signature.score(cohort.features[name])
    fair = covariates.copy()
    every = np.arange(len(cohort))
    for name, found in signatures.items():
        fair[column_of(name)] = fair_score(prepared, found, every, protocol)
    models = _models(cohort, prepared, fair, elimination, signatures, warnings)
    # apparent figures are the study's: the same hips choose the features, weigh the signatures and judge them
    findings = list(elimination.model.names_) if elimination else []
    full = [name for name, found in signatures.items() if found.signature.features]
    as_study = {
        name: CoxModel().fit(covariates, cohort.outcome, names)
        for name, names in covariates_of(findings, full, full).items()
        if names
    }
    log_hazard = {name: cox.log_hazard(covariates) for name, cox in as_study.items()}
    tests = {n: m.cox.test_proportional_hazards(fair, cohort.outcome) for n, m in models.items()}
    for name, test in tests.items():
        if test.loc["GLOBAL", "p"] < 0.05:
            p = test.loc["GLOBAL", "p"]
            warnings.append(
                f"The {name} model's hazard ratios change with time (Schoenfeld test, p = {p:.3g})."
            )
    held = nested_cross_validation(prepared, protocol, _stage(progress, "nested cross-validation"))
    apparent = {
        n: sm.concordance(cohort.outcome.time, cohort.outcome.event, s).value for n, s in log_hazard.items()
    }
    optimism = {}
    if protocol.redevelop:
        optimism = bootstrap_optimism(prepared, protocol, apparent, _stage(progress, "bootstrap"))
    survival = {name: cox.predict_survival for name, cox in as_study.items()}
    judge = _Judge(cohort, prepared.patient, protocol, survival, covariates, log_hazard, held, warnings)
    performance = judge.performance(optimism)
    return Development(
        cohort,
        protocol,
        models,
        table,
        elimination,
        signatures,
        tests,
        performance,
        judge.comparison(),
        optimism,
        judge.calibration(),
        judge.decision(),
        log_hazard,
        held,
        tuple(dict.fromkeys(warnings)),
    )


def _stage(progress: Stage | None, name: str) -> Progress | None:
    return None if progress is None else lambda done, total: progress(name, done, total)


def _clinical(
    cohort: SurvivalCohort,
    encoding: Encoding,
    covariates: pd.DataFrame,
    protocol: Protocol,
    warnings: list[str],
) -> tuple[pd.DataFrame, Elimination | None]:
    table = univariate(covariates, encoding, cohort.outcome, cohort.patient)
    entered = screen(covariates, encoding.covariates, cohort.outcome, protocol.enter_below)
    if not entered:
        warnings.append(
            f"No clinical finding has a univariate p below {protocol.enter_below:g}; there is no such model."
        )
        return table, None
    found = backward_elimination(
        covariates, entered, cohort.outcome, keep_below=protocol.keep_below, cluster=cohort.patient
    )
    return table, found


def _models(
    cohort: SurvivalCohort,
    prepared: Prepared,
    fair: pd.DataFrame,
    elimination: Elimination | None,
    signatures: Mapping[str, DevelopedSignature],
    warnings: list[str],
) -> dict[str, DevelopedModel]:
    """Models fitted to covariates whose signature scores are ``fair`` (see :func:`.models.fair_score`)."""
    findings = list(elimination.model.names_) if elimination else []
    useful = []
    for name, found in signatures.items():
        if not found.signature.features:
            warnings.append(f"LASSO-Cox selected none of the {name} features; there is no {name} model.")
        elif informative(fair[column_of(name)].to_numpy(), cohort.outcome):
            useful.append(name)
        else:
            warnings.append(
                f"The {name} signature says nothing about hips that did not choose it; it is left out."
            )
    models = {}
    for name, names in covariates_of(findings, list(signatures), useful).items():
        if names:
            cox = CoxModel().fit(fair, cohort.outcome, names, cohort.patient)
            warnings.extend(f"{name}: {sentence}" for sentence in cox.warnings_)
            kept = {s: signatures[s].signature for s in useful if column_of(s) in names}
            cut = float(np.median(cox.log_hazard(fair)))
            models[name] = DevelopedModel(name, only_used(prepared.encoding, names), kept, cox, cut)
    return models


class _Judge:
    """Figures of developed models, apparent and held out."""

    def __init__(
        self,
        cohort: SurvivalCohort,
        patient: np.ndarray,
        protocol: Protocol,
        survival: Mapping[str, Callable[..., np.ndarray]],
        covariates: pd.DataFrame,
        log_hazard: Mapping[str, np.ndarray],
        held: HeldOut,
        warnings: list[str],
    ) -> None:
        self.time, self.event = cohort.outcome.time, cohort.outcome.event
        self.patient, self.protocol, self.models, self.held = patient, protocol, tuple(survival), held
        self.log_hazard, self.warnings = log_hazard, warnings
        last = float(self.time.max())
        self.months = [m for m in protocol.months if m <= last]
        warnings += [
            f"Nobody was followed for {month:g} {cohort.outcome.unit}; this horizon is left out."
            for month in protocol.months
            if month > last
        ]
        self.survival = {name: predict(covariates, self.months) for name, predict in survival.items()}

    def _held(self, name: str, month: float) -> np.ndarray:
        """Held-out survival (n,)."""
        return self.held.survival[name][:, self.protocol.months.index(month)]

    def _try(self, work: Callable[[], object]) -> object | None:
        """The result, or None with the refusal among the warnings."""
        try:
            return work()
        except TooFewEvents as error:
            self.warnings.append(str(error))
            return None

    def performance(self, optimism: Mapping[str, Optimism]) -> pd.DataFrame:
        rows: list[dict[str, object]] = []
        for name in self.models:
            rows += [self._concordance(name, optimism.get(name))]
            for k, month in enumerate(self.months):
                rows += self._at(name, k, month)
        return pd.DataFrame(
            rows, columns=None if rows else ["model", "figure", "month", "apparent", "honest"]
        )

    def _concordance(self, name: str, found: Optimism | None) -> dict[str, object]:
        apparent = sm.concordance(self.time, self.event, self.log_hazard[name], cluster=self.patient)
        honest = self.held.concordance(name, self.patient, self.protocol.bootstraps, self.protocol.seed)
        gap = apparent.value - honest.value
        if gap > OPTIMISM_TO_WARN:
            self.warnings.append(
                f"The apparent C-index of the {name} model, {apparent.value:.2f}, is optimistic by {gap:.2f}: on hips "
                f"that were not used to develop it, it is {honest.value:.2f}."
            )
        if honest.low <= 0.5:
            self.warnings.append(
                f"The honest C-index of the {name} model, {honest.value:.2f} ({honest.low:.2f} to {honest.high:.2f}), "
                "does not exclude 0.5: it may not tell hips apart at all."
            )
        row = _row(name, "C-index", np.nan, apparent, honest)
        if found is not None:
            row |= {"optimism_corrected": found.corrected, "bootstrap_632_plus": found.c632_plus}
        return row

    def _at(self, name: str, k: int, month: float) -> list[dict[str, object]]:
        rows = []
        score, held = self.log_hazard[name], 1 - self._held(name, month)
        both = self._try(
            lambda: [
                sm.time_dependent_auc(self.time, self.event, s, month, cluster=self.patient)
                for s in (score, held)
            ]
        )
        if both is not None:
            rows.append(_row(name, "AUC", month, *both))
            values = [
                sm.Estimate(sm.brier_score(self.time, self.event, s, month))
                for s in (self.survival[name][:, k], 1 - held)
            ]
            rows.append(_row(name, "Brier score", month, *values))
        return rows

    def comparison(self) -> pd.DataFrame:
        if "dlrc" not in self.models:
            return pd.DataFrame(columns=["new", "old", "figure", "month", "value", "low", "high"])
        rows = []
        for old in (name for name in self.models if name != "dlrc"):
            args = (self.patient, self.protocol.bootstraps, self.protocol.seed)
            rows += [_compared(old, "difference of C", np.nan, self.held.difference("dlrc", old, *args))]
            for month in self.months:
                found = self._try(lambda o=old, m=month: self._reclassified(o, m))
                if found is not None:
                    figures = ("continuous_nri", "categorical_nri", "idi")
                    rows += [_compared(old, figure, month, getattr(found, figure)) for figure in figures]
        return pd.DataFrame(rows)

    def _reclassified(self, old: str, month: float) -> object:
        risks = (1 - self._held(name, month) for name in (old, "dlrc"))
        return reclassification(
            self.time,
            self.event,
            *risks,
            month,
            cluster=self.patient,
            repeats=self.protocol.bootstraps,
            seed=self.protocol.seed,
        )

    def calibration(self) -> dict[str, dict[float, tuple[CalibrationGroups, CalibrationCurve]]]:
        result: dict[str, dict[float, tuple[CalibrationGroups, CalibrationCurve]]] = {}
        for name in self.models:
            result[name] = {}
            for month in self.months:
                args = (self.time, self.event, 1 - self._held(name, month), month)
                pair = self._try(
                    lambda a=args: (calibration_groups(*a), calibration_curve(*a, cluster=self.patient))
                )
                if pair is not None:
                    result[name][month] = pair
        return result

    def decision(self) -> dict[float, dict[str, DecisionCurve]]:
        result: dict[float, dict[str, DecisionCurve]] = {}
        for month in self.months:
            curves = {
                name: self._try(
                    lambda n=name, m=month: decision_curve(self.time, self.event, 1 - self._held(n, m), m)
                )
                for name in self.models
            }
            result[month] = {name: curve for name, curve in curves.items() if curve is not None}
        return result


def _row(
    model: str, figure: str, month: float, apparent: sm.Estimate, honest: sm.Estimate
) -> dict[str, object]:
    row: dict[str, object] = {"model": model, "figure": figure, "month": month}
    for name, estimate in (("apparent", apparent), ("honest", honest)):
        row |= {name: estimate.value, f"{name}_low": estimate.low, f"{name}_high": estimate.high}
    return row


def _compared(old: str, figure: str, month: float, estimate: sm.Estimate) -> dict[str, object]:
    return {"new": "dlrc", "old": old, "figure": figure, "month": month, **estimate.as_dict()}
