"""One probability of early osteonecrosis of a hip out of all series that the model reads, with each series' own beside it.

The model looks at every series within its scope by itself, with that series' own outline of the head. Their log odds are
averaged, as the stages are (:mod:`.staging`). A series that the model did not learn from has no part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress
from ..early.answer import LIKELY, UNLIKELY, ProbabilityAnswer
from ..early.predictor import Predictor, load_predictor
from ..extract.radiomics import extract_radiomics
from ..imaging.labels import HEAD, NECROSIS
from .answers import ExamProbability
from .table import Look
from .work import Work, view_of

_LEAST = 1e-3  # of a probability, so that no series alone decides


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
    wanted, labels = (HEAD[side], NECROSIS[side]), look.segmentation.labels
    radiomics = extract_radiomics(view.image, labels, predictor.preset, wanted)
    deep: Mapping[str, float] = {}
    if predictor.backbone is not None:
        from ..extract.deep import extract_deep

        deep = extract_deep(view.image, labels, wanted, predictor.backbone)
    return replace(predictor.answer(radiomics, deep), contributions=())


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
