"""The one pipeline of all steps: ``onfh run``, the modules, the worker and the demo are this function.

A step that fails says so in the result and the others are done, as long as they can be: without outlines nothing can go
on. Each image is read before it comes here, the heads' spheres are fitted once, and features that are known are taken.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from ..core.errors import InputError, is_out_of_memory
from ..core.progress import Progress, no_progress, part_of
from ..imaging.head import FemoralHead
from ..imaging.reading import Reading
from .case import Case
from .result import (
    EXTRACT,
    MEASURE,
    PROBABILITY,
    RADIOGRAPH,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    HipResult,
    StepRecord,
)  # fmt: skip
from .steps import estimate_survival, extract, extract_radiograph, measure, predict, segment, stage
from .work import Settings, Work

ALL_STEPS = (SEGMENT, MEASURE, EXTRACT, PROBABILITY, STAGE, RADIOGRAPH, SURVIVAL)
# Of the whole time, as seen on the sample patient with two cores.
_SHARES = {
    SEGMENT: 28, MEASURE: 4, EXTRACT: 24, PROBABILITY: 12, STAGE: 20, RADIOGRAPH: 20, SURVIVAL: 2,
}  # fmt: skip
_LOG = logging.getLogger(__name__)


_STEPS: dict[str, Callable[[Work, Progress], StepRecord]] = {
    SEGMENT: segment,
    MEASURE: measure,
    EXTRACT: extract,
    PROBABILITY: predict,
    STAGE: stage,
    RADIOGRAPH: extract_radiograph,
    SURVIVAL: estimate_survival,
}


def run_case(
    case: Case,
    out: str | Path,
    steps: Iterable[str] = ALL_STEPS,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    known: CaseResult | None = None,
    progress: Progress | None = None,
) -> CaseResult:
    """Work a case up.

    Args:
        case: whose outlines, where it has some, are kept: they are not found again.
        out: folder for the outlines and heatmaps.
        steps: of :data:`ALL_STEPS`, done in that order. The step of the radiograph is left out of a case without one.
        known: what was found for this case earlier.
        progress: called with a share 0..1 and a text.

    Returns:
        The result; :meth:`.result.CaseResult.did` says of each step whether it succeeded.

    Raises:
        InputError: an unknown step, an input that no step can use, outlines on the other side of the patient than their
            labels say, or the only step that was asked for failed.
    """
    wanted = plan(case, steps)
    said = case.side_warnings
    work = Work(case, settings.completed(), Path(out), _empty(case), known)
    report = progress or no_progress
    for step, start, end in wanted:
        begun = time.perf_counter()
        try:
            record = _STEPS[step](work, part_of(report, start, end))
        except InputError as error:
            if step == SEGMENT or len(wanted) == 1:
                raise
            record = StepRecord(failure=str(error))
        except Exception as error:
            if len(wanted) == 1 or step == SEGMENT or is_out_of_memory(error):
                raise
            _LOG.exception("step %s", step)
            record = StepRecord(failure=f"this is a fault of ONFHAssist ({type(error).__name__}: {error})")
        record = replace(record, warnings=(*said, *record.warnings), seconds=time.perf_counter() - begun)
        said = ()  # the first step says it
        work.result = work.result.with_step(step, record)
    report(1.0, "Done")
    return work.result


def plan(case: Case, steps: Iterable[str]) -> list[tuple[str, float, float]]:
    """The steps that :func:`run_case` will do, each with the share of the time at which it begins and ends.

    Raises:
        InputError: an unknown step, or none.
    """
    asked = tuple(steps)
    unknown = [step for step in asked if step not in ALL_STEPS]
    if unknown or not asked:
        what = f"There is no step '{unknown[0]}'" if unknown else "No step was asked for"
        raise InputError(f"{what}; steps are {', '.join(ALL_STEPS)}.")
    done = [step for step in ALL_STEPS if step in asked]
    if case.labels is not None and SEGMENT in done:
        done.remove(SEGMENT)
    if RADIOGRAPH in done and (case.radiograph is None or case.radiograph_labels is None):
        done.remove(RADIOGRAPH)
    return shares(done)


def shares(steps: Sequence[str]) -> list[tuple[str, float, float]]:
    """Each step with the share of the time at which it begins and ends."""
    whole, at, planned = sum(_SHARES[step] for step in steps), 0.0, []
    for step in steps:
        planned.append((step, at, at + _SHARES[step] / whole))
        at = planned[-1][2]
    return planned


def _empty(case: Case) -> CaseResult:
    hips = () if case.labels is None else tuple(HipResult(head.side, head=head) for head in _heads(case))
    return CaseResult(
        case.name,
        case.input,
        case.content_sha256,
        case.outlines_sha256,
        hips=hips,
        hip_outlines=case.hip_outlines,
        hip_content=case.hip_content,
        edges={side: (float(x), float(y), float(z)) for side, (x, y, z) in case.edges.items()},
        reading=Reading.of(case.image.metadata),
    )


def _heads(case: Case) -> tuple[FemoralHead, ...]:
    try:
        return case.heads
    except InputError:  # an outline too small for a sphere; the steps that need one say so
        return ()
