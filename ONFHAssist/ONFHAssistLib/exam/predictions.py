"""One stage and one probability of a hip out of all series that the models read, with each series' own beside them.

A model looks at every series by itself, upright as it was taken and with that series' own outline. Their answers are put
together as those of experts whose errors are shared: the mean of the logarithms of the stages' probabilities, and of the
log odds of early osteonecrosis (Genest and Zidek 1986, Statistical Science 1:114-135). A series that is sure is so not
outvoted by one that hardly knows. A series that a model did not learn from has no part, and its reason stands with the
answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..core.errors import InputError
from ..core.names import is_deep
from ..core.progress import Progress
from ..early.answer import LIKELY, UNLIKELY, ProbabilityAnswer
from ..early.predictor import Predictor, load_predictor
from ..extract.radiomics import extract_radiomics
from ..imaging.labels import HEAD, NECROSIS
from ..stage.answer import I_OR_II, NECROTIC, STAGES, StageAnswer, stage_of
from ..stage.stager import Stager, load_stager, stage_hips
from .answers import ExamProbability, ExamStage
from .table import Look
from .work import Work, view_of

_LEAST = 1e-3  # of a probability, so that no series alone decides


def staged(work: Work, report: Progress, stager: Stager | None = None) -> dict[str, ExamStage]:
    """The stage of every hip of an examination, by all of its series that show it whole.

    Raises:
        InputError: the stager's bundle is not valid.
    """
    stager = stager or load_stager()
    answers: dict[str, dict[str, StageAnswer]] = {side: {} for side in work.sides}
    withheld: dict[str, dict[str, tuple[str, ...]]] = {side: {} for side in work.sides}
    pairs = [(side, look) for side in work.sides for look, _, _ in work.views[side]]
    for place, (side, look) in enumerate(pairs):
        report(place / max(len(pairs), 1), f"Staging hip {side} on series {look.row.number}")
        view, number = view_of(look, side), look.row.number
        if view is None:
            continue
        try:
            found = stage_hips(view.image, [view.head], stager, heatmaps=False)
        except InputError as error:
            withheld[side][number] = (str(error),)
            continue
        (hip,) = found.hips
        against = (*([hip.problem] if hip.problem else []), *found.out_of_scope)
        if hip.stage is None or against:
            withheld[side][number] = against
            continue
        assert hip.probabilities is not None and hip.distance is not None
        answers[side][number] = StageAnswer(hip.stage, dict(hip.probabilities), hip.uncertainty, hip.distance)
    return {side: pooled(answers[side], withheld[side], stager.certainty) for side in work.sides}


def pooled(
    by_series: Mapping[str, StageAnswer], withheld: Mapping[str, tuple[str, ...]], certainty: float
) -> ExamStage:
    """The answer of all series together; without any there is no stage."""
    if not by_series:
        return ExamStage("", {}, {}, withheld)
    if len(by_series) == 1:
        (one,) = by_series.values()
        return ExamStage(one.stage, one.probabilities, by_series, withheld)
    each = np.array([[one.probabilities[name] for name in STAGES] for one in by_series.values()])
    together = np.exp(np.log(np.maximum(each, _LEAST)).mean(axis=0))
    probabilities = dict(zip(STAGES, (float(p) for p in together / together.sum()), strict=True))
    return ExamStage(stage_of(probabilities, certainty), probabilities, by_series, withheld)


def stage_disagreement(answer: ExamStage) -> tuple[str, ...]:
    """A sentence where series contradict each other: necrosis against none, or stage I against II."""
    said = {}
    for name, stages in (
        ("no necrosis", ("0",)),
        ("stage I", ("I",)),
        ("stage II", ("II",)),
        (I_OR_II, (I_OR_II,)),
    ):
        numbers = [number for number, one in answer.by_series.items() if one.stage in stages]
        if numbers:
            said[name] = f"{name} by series {_listed(numbers)}"
    healthy = "no necrosis" in said and any(one.stage in NECROTIC for one in answer.by_series.values())
    if not healthy and not {"stage I", "stage II"} <= set(said):
        return ()
    return (f"The series disagree on the stage: {'; '.join(said.values())}.",)


def _listed(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:-1]) + f" and {numbers[-1]}" if len(numbers) > 1 else numbers[0]


# probability --------------------------------------------------------------------------------------------------


def probable(work: Work, report: Progress, predictor: Predictor | None = None) -> dict[str, ExamProbability]:
    """The probability of every hip of an examination, by all of its series within the model's scope.

    Raises:
        InputError: the model's bundle is not valid.
    """
    predictor = predictor or load_predictor()
    answers: dict[str, dict[str, ProbabilityAnswer]] = {side: {} for side in work.sides}
    withheld: dict[str, dict[str, tuple[str, ...]]] = {side: {} for side in work.sides}
    pairs = [(side, look) for side in work.sides for look, _, _ in work.views[side]]
    for place, (side, look) in enumerate(pairs):
        number = look.row.number
        report(place / max(len(pairs), 1), f"Probability of hip {side} on series {number}")
        try:
            found = _of_series(look, side, predictor)
        except InputError as error:
            found = (str(error),)
        if isinstance(found, ProbabilityAnswer):
            answers[side][number] = found
        else:
            withheld[side][number] = found
    return {side: together(answers[side], withheld[side]) for side in work.sides}


def _of_series(look: Look, side: str, predictor: Predictor) -> ProbabilityAnswer | tuple[str, ...]:
    """The answer of one series, or why there is none."""
    view = view_of(look, side)
    if view is None or look.segmentation is None:
        return ("It does not show this hip whole.",)
    scope = predictor.scope(view.image, [view.head])
    if scope.out_of_scope:
        return scope.out_of_scope
    told = predictor.for_image(view.image, [view.head])  # a model may have a part for each kind of sequence
    wanted, labels = (HEAD[side], NECROSIS[side]), look.segmentation.labels
    radiomics = extract_radiomics(view.image, labels, told.preset, wanted)
    deep: Mapping[str, float] = {}
    if told.backbone is not None and any(map(is_deep, told.model.feature_names)):
        from ..extract.deep import extract_deep

        deep = extract_deep(view.image, labels, wanted, told.backbone)
    return replace(told.answer(radiomics, deep), contributions=())


def together(
    by_series: Mapping[str, ProbabilityAnswer], withheld: Mapping[str, tuple[str, ...]]
) -> ExamProbability:
    """The answer of all series; without any there is no probability.

    Thresholds of one model may differ by the sequence, so that log odds are averaged as they lie beside their own.
    """
    if not by_series:
        return ExamProbability(None, withheld=withheld)
    values, thresholds = (
        np.clip([getattr(one, name) for one in by_series.values()], _LEAST, 1 - _LEAST)
        for name in ("probability", "threshold")
    )
    mean, least = (float(np.log(one / (1 - one)).mean()) for one in (values, thresholds))
    probability, threshold = (float(1 / (1 + np.exp(-one))) for one in (mean, least))
    if len(by_series) == 1:
        (one,) = by_series.values()
        probability, threshold = one.probability, one.threshold
    reading = LIKELY if probability >= threshold else UNLIKELY
    return ExamProbability(probability, threshold, reading, by_series, withheld)


def probability_disagreement(answer: ExamProbability) -> tuple[str, ...]:
    """A sentence where one series calls early osteonecrosis likely and another does not."""
    said = {
        reading: [number for number, one in answer.by_series.items() if one.reading == reading]
        for reading in (LIKELY, UNLIKELY)
    }
    if not all(said.values()):
        return ()
    parts = [f"{reading} by series {', '.join(numbers)}" for reading, numbers in said.items()]
    return (f"The series disagree on the probability: {'; '.join(parts)}.",)
