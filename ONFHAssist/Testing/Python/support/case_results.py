"""Results of cases made by hand, for tests of what shows them."""

from collections.abc import Iterable, Mapping

from ONFHAssistLib.case.result import PROBABILITY, STAGE, CaseResult, HipResult, StepRecord, Withheld
from ONFHAssistLib.early.answer import LIKELY, UNLIKELY, FeatureContribution, ProbabilityAnswer
from ONFHAssistLib.extract.radiomics import RadiomicsResult
from ONFHAssistLib.stage.answer import HeatFacts, StageAnswer

PROVENANCE = {"bundle": "test 1", "input": "abc"}


def staged_result(
    results: Mapping[str, StageAnswer],
    out_of_scope: Iterable[str] = (),
    warnings: Iterable[str] = (),
    provenance: Mapping[str, str] = PROVENANCE,
    statement: str = "Simulated.",
) -> CaseResult:
    """Side to stage; withheld where something speaks against it."""
    against = tuple(out_of_scope)
    hips = tuple(
        HipResult(side, withheld={STAGE: Withheld(against, answer)})
        if against
        else HipResult(side, stage=answer)
        for side, answer in results.items()
    )
    record = StepRecord(against, tuple(warnings), statement=statement, provenance=dict(provenance))
    return CaseResult("Hip MRI", "abc", hips=hips, steps={STAGE: record})


def stage_answer(
    stage: str, probabilities: Mapping[str, float], heatmap: object = None, **heat: float
) -> StageAnswer:
    """A stage with its heat; ``heat`` are the facts of :class:`HeatFacts` that are known."""
    facts = HeatFacts(heat["volume_ml"], heat["surface_mm2"], None, heat.get("overlap")) if heat else None
    return StageAnswer(
        stage, dict(probabilities), 0.04, 0.5, None if heatmap is None else str(heatmap), facts
    )


def predicted_result(
    probabilities: Mapping[str, float],
    contributions: Iterable[FeatureContribution] = (
        FeatureContribution("original_firstorder_Mean", 8.0, 1.0, 2.0, 2.0),
    ),
    out_of_scope: Iterable[str] = (),
    warnings: Iterable[str] = (),
    provenance: Mapping[str, str] = PROVENANCE,
    statement: str = "Simulated.",
) -> CaseResult:
    """Side to probability, at a threshold of one half; withheld where something speaks against it."""
    against, rows = tuple(out_of_scope), tuple(contributions)
    hips = []
    for side, probability in probabilities.items():
        reading = LIKELY if probability >= 0.5 else UNLIKELY
        answer = ProbabilityAnswer(probability, 0.5, reading, 0.0, rows)
        radiomics = RadiomicsResult({row.feature: row.value for row in rows}, "native", "p", "0" * 64, 0.1)
        given = {"withheld": {PROBABILITY: Withheld(against, answer)}} if against else {"probability": answer}
        hips.append(HipResult(side, radiomics=radiomics, **given))
    record = StepRecord(against, tuple(warnings), statement=statement, provenance=dict(provenance))
    return CaseResult("Hip MRI", "abc", hips=tuple(hips), steps={PROBABILITY: record})
