"""What a run knows of itself, in the words that checklists take: for models of early osteonecrosis and of survival."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ...evaluate.planning.development import expected_shrinkage, r2_from_c, r2_from_c_survival

if TYPE_CHECKING:
    from ...early.develop import DevelopmentResult
    from ...survival.develop.development import Development


@dataclass(frozen=True)
class RunFacts:
    """Sentences of one run; an empty one means that the run does not know.

    Attributes:
        cohort: hips, patients, events. outcome: what is predicted. sample_size: candidates and expected shrinkage.
        missing, partition, predictors, building, final, measures, uncertainty, comparison, output, software: methods.
        specification, internal, flow, explained: results. heterogeneity, clusters, fairness, characteristics,
            sensitivity: what the further sections of the report hold; clusters are scanners and centres. plan: the
            analysis that was written down beforehand.
    """

    cohort: str
    outcome: str
    sample_size: str
    missing: str
    partition: str
    predictors: str
    building: str
    final: str
    measures: str
    uncertainty: str
    comparison: str
    output: str
    software: str
    specification: str
    internal: str
    flow: str
    explained: str
    imbalance: str = ""
    heterogeneity: str = ""
    clusters: str = ""
    fairness: str = ""
    characteristics: str = ""
    sensitivity: str = ""
    plan: str = ""
    external: str = ""

    def with_sections(self, **known: str) -> RunFacts:
        """The same run with what its further sections hold."""
        return replace(self, **known)


def early_facts(result: DevelopmentResult) -> RunFacts:
    """Of a development of models of early osteonecrosis."""
    facts, protocol = result.facts, result.protocol
    hips, events = facts["cases"], facts["events"]
    candidates = max(facts["features"].values(), default=0)
    best = _largest_area(result)
    size = f"{hips} hips, {events} with the outcome, {candidates} candidate features"
    if best:
        kept = max((len(model.terms) for model in result.models.values()), default=0)
        r2 = r2_from_c(min(best, 0.99), events / hips)
        size += (
            f"; at the AUC that was reached, {kept} {_parameters(kept)} without selection would have an expected "
            f"shrinkage of {expected_shrinkage(hips, max(kept, 1), r2):.2f} (Riley et al.), and selection costs more"
        )
    parts = sorted(set(result.predictions["validation"])) if len(result.predictions) else []
    words = {
        "split": "a split by patient, stratified",
        "nested": f"nested cross-validation by patient, {protocol.outer_folds} by {protocol.inner_folds} folds",
        "external": "hips that trained nothing",
    }
    partition = "; ".join(words.get(part, part) for part in parts)
    steps = ", ".join(s.step for s in next(iter(result.selection_logs.values()), []))
    counts = ", ".join(f"{name} {n}" for name, n in facts["features"].items())
    return RunFacts(
        cohort=f"{hips} hips of {facts['patients']} patients, {events} with the outcome",
        outcome=f"the column '{facts['outcome']}', 1 or 0",
        sample_size=size,
        missing="features with a missing training value are left out; clinical columns as the report says",
        partition=partition,
        predictors=f"features: {counts}; z-scored on training hips",
        building=f"{steps}; classifiers {', '.join(protocol.keys)}, tuned in inner folds; seed {protocol.seed}",
        final="the classifier with the best inner folds, so chosen on training hips",
        measures="AUC, Brier, calibration slope and curve, figures at a threshold of training hips, decision curve",
        uncertainty=f"{protocol.level:.0%} intervals with the patient as the unit",
        comparison="feature groups against each other on the same hips: AUC, NRI, IDI, McNemar, each with p",
        output="a probability; the threshold is fixed on training hips",
        software=", ".join(f"{name} {version}" for name, version in facts["versions"].items()),
        specification="coefficients and scaling as JSON in models/, as checked bundles in bundles/",
        internal=partition,
        flow="the features left after each step, and why each left",
        explained="weights or contributions of each selected feature",
        imbalance=f"{events} with and {hips - events} without; no class was weighted or resampled",
    )


def _parameters(count: int) -> str:
    return "parameter" if count == 1 else "parameters"


def _largest_area(result: DevelopmentResult) -> float:
    """Largest held-out AUC of a chosen model; 0 where there is none above a half."""
    if not len(result.chosen) or not len(result.performance):
        return 0.0
    chosen = result.performance.merge(result.chosen)
    areas = chosen.loc[chosen["metric"] == "auc", "value"]
    return float(areas[areas > 0.5].max()) if (areas > 0.5).any() else 0.0


def survival_facts(development: Development) -> RunFacts:
    """Of a development of survival models."""
    cohort, protocol = development.cohort, development.protocol
    outcome, hips = cohort.outcome, len(cohort)
    candidates = {name: table.shape[1] for name, table in cohort.features.items()}
    candidates = {"clinical": cohort.clinical.shape[1], **candidates}
    counts = ", ".join(f"{name} {n}" for name, n in candidates.items())
    found = development.performance
    honest = found.loc[found["figure"] == "C-index", "honest"]
    best = float(honest.max()) if len(honest) else 0.0
    size = f"{hips} hips, {outcome.events} events, candidates: {counts}"
    if best > 0.5:
        share = outcome.events / hips
        kept = max((len(model.cox.names_) for model in development.models.values()), default=1)
        value = expected_shrinkage(hips, kept, r2_from_c_survival(min(best, 0.99), share))
        size += (
            f"; at the C that was reached, {kept} {_parameters(kept)} without selection would have an expected "
            f"shrinkage of {value:.2f} (Riley et al.), and selection costs more"
        )
    months = " and ".join(f"{month:g}" for month in protocol.months)
    often = "once" if protocol.repeats == 1 else f"{protocol.repeats} times"
    internal = f"nested cross-validation by patient, {protocol.folds} folds, {often}" + (
        f"; {protocol.redevelop} bootstrap developments from scratch" if protocol.redevelop else ""
    )
    return RunFacts(
        cohort=f"{hips} hips of {int(cohort.patient_code.max()) + 1} patients, {outcome.events} collapses",
        outcome=f"time to collapse in {outcome.unit}; risks at {months} months",
        sample_size=size,
        missing="empty cells of findings: chained equations in every resample, finished models by Rubin's rules; a "
        "feature with an empty cell is left out",
        partition=internal,
        predictors=f"candidates: {counts}; reproducible features only (ICC), z-scored",
        building="Mann-Whitney, Pearson, LASSO-Cox for signatures; univariate Cox and backward elimination for findings",
        final="the protocol fixes the models; no model is chosen by its performance",
        measures="C, Uno's C, AUC at the horizons, Brier score, calibration curve, observed to expected, decision curve",
        uncertainty="95% intervals with the patient as the unit",
        comparison="every model against the others: difference of C, NRI and IDI",
        output=f"no-collapse survival at {months} months; low and high risk at the median score",
        software="pandas, scipy and numba, with versions in the provenance",
        specification="coefficients, baseline and scaling as JSON in models/, nomograms in figures/",
        internal=internal,
        flow="the features left after each step",
        explained="hazard ratios, nomogram, how often each finding is chosen again",
    )


def answers_for(facts: RunFacts, numbers: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Item to ("yes" or "author", sentence) from a mapping of items to names of facts and the answer each may give.

    Args:
        numbers: item to (attribute of :class:`RunFacts`, whether the run alone can answer).
    """
    found = {}
    for item, (attribute, is_enough) in numbers.items():
        sentence = getattr(facts, attribute)
        if sentence:
            found[str(item)] = ("yes" if is_enough else "author", sentence)
    return found
