"""Develop the study's four models on a cohort, and say how good they are: apparently, and honestly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.usefulness import DecisionCurve

from ..cox import partial_likelihood as pl
from ..cox.clinical_selection import (
    Elimination,
    Encoding,
    backward_elimination,
    eliminate,
    screen,
    univariate,
)
from ..cox.model import CoxModel
from .cohort import SurvivalCohort
from .completion import completions, kept_by_half, pooled_cox, pooled_univariate
from .held_out import HeldOutPredictions
from .missing import UsualHips
from .models import (
    DevelopedModel,
    PreparedCohort,
    SurvivalProtocol,
    group_cut,
    is_informative,
    model_covariates,
    prevalidated_score,
    restrict_encoding,
    reversed_signatures,
    signature_column,
)
from .performance import HeldOutCalibration, PerformanceEvaluator
from .signature import DevelopedSignature, develop_signature
from .validation import (
    CountedProgress,
    Optimism,
    bootstrap_optimism,
    nested_cross_validation,
    permutation_p,
)

MIN_FOLLOWED_PER_GROUP = 5  # hips of a risk group; beyond, its curve is one hip's luck
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
        calibration: model -> month -> groups, curve, intercept and slope of held-out predictions; missing where events
            were too few.
        decision: month -> model -> decision curve of held-out risks.
        log_hazard: model -> (n,) apparent log hazard, of a Cox model fitted as the study did.
        held_out: the predictions of the nested cross-validation.
        permutation: model -> p of its held-out C; empty unless the protocol asks for permutations.
        warnings: sentences for the report.
    """

    cohort: SurvivalCohort
    protocol: SurvivalProtocol
    models: Mapping[str, DevelopedModel]
    univariate: pd.DataFrame
    elimination: Elimination | None
    signatures: Mapping[str, DevelopedSignature]
    proportional_hazards: Mapping[str, pd.DataFrame]
    performance: pd.DataFrame
    comparison: pd.DataFrame
    optimism: Mapping[str, Optimism]
    calibration: Mapping[str, Mapping[float, HeldOutCalibration]]
    decision: Mapping[float, Mapping[str, DecisionCurve]]
    log_hazard: Mapping[str, np.ndarray]
    held_out: HeldOutPredictions
    warnings: tuple[str, ...]
    permutation: Mapping[str, float] = field(default_factory=dict)

    def risk_groups(self, model: str = "dlrc", *, held_out: bool = True) -> np.ndarray:
        """(n,) bool, True for high risk: above the median score, by default as models saw it that had not met the hip."""
        if held_out:
            return self.held_out.high_risk[model] >= 0.5
        return self.log_hazard[model] > group_cut(self.log_hazard[model])

    def stability(self) -> pd.DataFrame:
        """How often each finding and feature was selected when the development was repeated in the nested folds."""
        counts = self.held_out.selected
        share = {name: count / self.held_out.developments for name, count in counts.most_common()}
        return pd.DataFrame({"selected_in": share}).rename_axis("covariate")


def develop(
    cohort: SurvivalCohort, protocol: SurvivalProtocol | None = None, progress: Stage | None = None
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
    protocol = protocol or SurvivalProtocol()
    sm.require_events(cohort.outcome.events, sm.MIN_EVENTS, "The development of survival models")
    warnings = list(cohort.outcome.warnings)
    prepared = PreparedCohort.of(cohort, protocol)
    filled = completions(cohort.clinical, cohort.outcome, protocol.imputations, protocol.seed)
    each = [prepared.encoding.apply(one) for one in filled]
    covariates = each[0].copy()
    table, elimination = _clinical(cohort, prepared.encoding, each, protocol, warnings)
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
        covariates[signature_column(name)] = found.signature.score(cohort.features[name])
    every = np.arange(len(cohort))
    unseen = {
        signature_column(name): prevalidated_score(prepared, found, every, protocol)
        for name, found in signatures.items()
    }
    prevalidated = [one.assign(**unseen) for one in each]
    models = _models(cohort, prepared, prevalidated, elimination, signatures, warnings)
    # apparent figures are the study's: the same hips choose the features, weigh the signatures and judge them
    findings = list(elimination.model.names_) if elimination else []
    full = [name for name, found in signatures.items() if found.signature.features]
    as_study = {
        name: CoxModel().fit(covariates, cohort.outcome, names)
        for name, names in model_covariates(findings, full, full).items()
        if names
    }
    log_hazard = {name: cox.log_hazard(covariates) for name, cox in as_study.items()}
    tests = {n: m.cox.test_proportional_hazards(prevalidated[0], cohort.outcome) for n, m in models.items()}
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
    models = {
        name: replace(model, groups=_group_curves(cohort, held, name)) for name, model in models.items()
    }
    survival = {name: cox.predict_survival for name, cox in as_study.items()}
    evaluator = PerformanceEvaluator(
        cohort, prepared.patient, protocol, survival, covariates, log_hazard, held, warnings
    )
    performance = evaluator.performance(optimism)
    permutation = {}
    if protocol.permutations:
        here = {name: held.concordance_value(name) for name in held.score}
        stage = _stage(progress, "permutations")
        permutation = permutation_p(prepared, protocol, here, protocol.permutations, stage)
    return Development(
        cohort,
        protocol,
        models,
        table,
        elimination,
        signatures,
        tests,
        performance,
        evaluator.comparison(),
        optimism,
        evaluator.calibration(),
        evaluator.decision(),
        log_hazard,
        held,
        tuple(dict.fromkeys(warnings)),
        permutation,
    )


def _group_curves(
    cohort: SurvivalCohort, held: HeldOutPredictions, name: str
) -> dict[str, tuple[float, ...]]:
    """Survival of the held-out low- and high-risk hips at each month, as long as 5 of the group are followed."""
    time, event = cohort.outcome.time, cohort.outcome.event
    high = held.high_risk[name] >= 0.5
    curves = {}
    for group, rows in (("low", ~high), ("high", high)):
        if rows.sum() >= MIN_FOLLOWED_PER_GROUP:
            last = np.sort(time[rows])[-MIN_FOLLOWED_PER_GROUP]
            months = np.arange(0.0, np.floor(last) + 1)
            curves[group] = tuple(map(float, sm.kaplan_meier(time[rows], event[rows]).at(months)[0]))
    return curves


def _stage(progress: Stage | None, name: str) -> CountedProgress | None:
    return None if progress is None else lambda done, total: progress(name, done, total)


def _clinical(
    cohort: SurvivalCohort,
    encoding: Encoding,
    each: list[pd.DataFrame],
    protocol: SurvivalProtocol,
    warnings: list[str],
) -> tuple[pd.DataFrame, Elimination | None]:
    """The clinical part on ``each`` completion of the findings; there is one where nothing was empty."""
    covariates = each[0]
    table = pooled_univariate([univariate(x, encoding, cohort.outcome, cohort.patient) for x in each])
    entered = kept_by_half(
        [screen(x, encoding.covariates, cohort.outcome, protocol.enter_below) for x in each]
    )
    warnings.extend(_not_entered(cohort, encoding, table, entered, protocol.enter_below))
    if not entered:
        warnings.append(
            f"No clinical finding has a univariate p below {protocol.enter_below:g}; there is no such model."
        )
        return table, None
    found = backward_elimination(
        covariates, entered, cohort.outcome, keep_below=protocol.keep_below, cluster=cohort.patient
    )
    if len(each) > 1:
        sets = pl.risk_sets(cohort.outcome.time, cohort.outcome.event)
        kept = kept_by_half([eliminate(x, entered, sets, protocol.keep_below)[0] for x in each])
        kept = kept or list(found.model.names_)
        gone = tuple((name, np.nan) for name in entered if name not in kept)
        found = Elimination(pooled_cox(each, cohort.outcome, kept, cohort.patient), gone)
    if found.removed:
        listed = ", ".join(
            f"{name} ({_p_of(p) if np.isfinite(p) else 'it follows from the others'})"
            for name, p in found.removed
        )
        warnings.append(f"Removed from the clinical model by backward elimination: {listed}.")
    return table, found


def _not_entered(
    cohort: SurvivalCohort, encoding: Encoding, table: pd.DataFrame, entered: list[str], below: float
) -> list[str]:
    """A sentence that names every finding of which nothing enters the clinical model, with its smallest p."""
    out = []
    forms = table[~table["form"].isin(("continuous, per SD", "spline"))] if len(table) else table
    for finding in cohort.clinical.columns:
        names = encoding.covariates_of(finding)
        if set(names) & set(entered):
            continue
        known = forms[forms["covariate"].isin(names)] if len(forms) else forms
        p = known["p"].min() if len(known) and "p" in known else np.nan
        out.append(f"{finding} ({_p_of(p)})")
    if not out:
        return []
    return [f"Not in the clinical model, since the univariate p is not below {below:g}: {', '.join(out)}."]


def _p_of(p: float) -> str:
    return f"p = {p:.2g}" if np.isfinite(p) else "cannot be estimated"


def _models(
    cohort: SurvivalCohort,
    prepared: PreparedCohort,
    prevalidated: list[pd.DataFrame],
    elimination: Elimination | None,
    signatures: Mapping[str, DevelopedSignature],
    warnings: list[str],
) -> dict[str, DevelopedModel]:
    """Models fitted to covariates whose signature scores are ``prevalidated`` (see
    :func:`.models.prevalidated_score`)."""
    findings = list(elimination.model.names_) if elimination else []
    useful = []
    for name, found in signatures.items():
        if not found.signature.features:
            warnings.append(f"LASSO-Cox selected none of the {name} features; there is no {name} model.")
        elif is_informative(prevalidated[0][signature_column(name)].to_numpy(), cohort.outcome):
            useful.append(name)
        else:
            warnings.append(
                f"The {name} signature says nothing about hips that did not choose it; it is left out."
            )
    models = {}
    for name, names in model_covariates(findings, list(signatures), useful).items():
        if names:
            cox = pooled_cox(prevalidated, cohort.outcome, names, cohort.patient)
            while wrong := reversed_signatures(cox.names_, cox.coef_):
                warnings.append(
                    f"Beside the other covariates of the {name} model the {wrong[0].replace('_', ' ')} would count the "
                    "wrong way round (a larger score for later collapse); it is left out of this model."
                )
                names = [covariate for covariate in names if covariate not in wrong]  # noqa: PLW2901
                cox = pooled_cox(prevalidated, cohort.outcome, names, cohort.patient)
            warnings.extend(f"{name}: {sentence}" for sentence in cox.warnings_)
            kept = {s: signatures[s].signature for s in useful if signature_column(s) in names}
            cut = group_cut(cox.log_hazard(prevalidated[0]))
            encoding = restrict_encoding(prepared.encoding, names)
            usual = UsualHips.of(prevalidated, cox.names_)
            models[name] = DevelopedModel(name, encoding, kept, cox, cut, usual=usual)
    return models
