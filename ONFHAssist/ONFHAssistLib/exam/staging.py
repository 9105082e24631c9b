"""One stage of a hip out of all series that the stager reads, with each series' own beside it.

The stager looks at every series by itself, upright as it was taken. Their probabilities are put together as the product
of experts whose errors are shared, that is the mean of their logarithms (Genest and Zidek 1986, Statistical Science
1:114-135): a series that is sure of one stage is not outvoted by one that hardly knows. A series that the stager did not
learn from has no part, and its reason stands with the answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress
from ..stage.answer import I_OR_II, NECROTIC, STAGES, StageAnswer, stage_of
from ..stage.stager import Stager, load_stager, stage_hips
from .answers import ExamStage
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
    for name, stages in (("no necrosis", ("0",)), ("stage I", ("I",)), ("stage II", ("II",)), (I_OR_II, (I_OR_II,))):
        numbers = [number for number, one in answer.by_series.items() if one.stage in stages]
        if numbers:
            said[name] = f"{name} by series {_listed(numbers)}"
    healthy = "no necrosis" in said and any(one.stage in NECROTIC for one in answer.by_series.values())
    if not healthy and not {"stage I", "stage II"} <= set(said):
        return ()
    return (f"The series disagree on the stage: {'; '.join(said.values())}.",)


def _listed(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:-1]) + f" and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
