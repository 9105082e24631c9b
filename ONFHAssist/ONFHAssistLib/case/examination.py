"""An examination as a case: what all series gave together lies on the reference, the pipeline does the rest.

The outlines are fused (:mod:`..exam.fusion`), and so is what is measured off them; stage and probability are those of all
series. The heat is made on the reference; the features are of the fluid-sensitive series where that shows every outlined
hip, else of the reference, too.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError, is_out_of_memory
from ..core.progress import Progress, no_progress, part_of
from ..core.vectors import as_point
from ..early.answer import ProbabilityAnswer
from ..exam.examine import examine
from ..exam.result import ExamHip, ExamResult
from ..exam.roles import FLUID, Wishes
from ..exam.study import FoundSeries
from ..exam.work import MarkedEdge
from ..imaging.files import read_mask
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..imaging.masks.fine import fine_grid, fine_labels, parts_of
from ..measure.findings import MARKED
from .case import Case
from .pipeline import run_case
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
)
from .work import Settings, Work

_LOG = logging.getLogger(__name__)
_EXAMINED, _FEATURES, _STAGED = 0.75, 0.88, 0.98  # shares of the time at which each is done


@dataclass(frozen=True)
class Examined:
    """An examination and what came of it.

    Attributes:
        exam: series, roles, alignments, fused measurements.
        result: the same hips as a case of the reference series, with stage, probability and survival.
    """

    exam: ExamResult
    result: CaseResult


def run_examination(
    found: Sequence[FoundSeries],
    out: Path,
    wishes: Wishes | None = None,
    settings: Settings = Settings(),  # noqa: B008 - frozen
    progress: Progress | None = None,
    name: str = "",
    radiograph: tuple[Image, Image] | None = None,
    edges: Mapping[str, MarkedEdge] | None = None,
) -> Examined:
    """Read an examination and answer it.

    Args:
        found: its series, and what else is to be named in its table.
        out: folder for the outlines and heatmaps.
        wishes: series number to its uses, where the user wants others than the automatic ones.
        name: of the examination in messages.
        radiograph: AP radiograph of the same patient with its outlines, for the survival.
        edges: side to the acetabular edge that a reader marked on one of the series.

    Raises:
        InputError: as :func:`..exam.examine.examine`, or the reference shows none of the outlined hips.
    """
    report = progress or no_progress
    exam = examine(found, out, wishes, part_of(report, 0.0, _EXAMINED), name, edges=edges)
    image = _image_of(found, exam.reference)
    outlines = read_mask(exam.files["segmentation"])
    case = reference_case(exam, image, outlines)
    known = as_case(exam, case, out, settings)
    fluid = fluid_case(found, exam, outlines, set(case.hip_outlines))
    features = _features(fluid or case, out, settings, known, part_of(report, _EXAMINED, _FEATURES))
    staged = _step(case, out, (STAGE,), settings, known, part_of(report, _FEATURES, _STAGED))
    known = joined(exam, known, features, staged)
    steps: tuple[str, ...] = (SURVIVAL,)
    if radiograph is not None:
        case = replace(case, radiograph=radiograph[0], radiograph_labels=radiograph[1])
        steps = (RADIOGRAPH, SURVIVAL)
    survival = _step(case, out, steps, settings, known, part_of(report, _STAGED, 1.0))
    return Examined(exam, kept(known, known.updated(survival)))


def _step(
    case: Case,
    out: Path,
    steps: tuple[str, ...],
    settings: Settings,
    known: CaseResult,
    progress: Progress,
    fresh: bool = False,
) -> CaseResult:
    """Steps of the pipeline; that they cannot be done is said in their records, and the rest goes on.

    Args:
        fresh: without what is known, since the case is another image.
    """
    try:
        return run_case(case, out, steps, settings, None if fresh else known, progress)
    except InputError as error:
        failure = str(error)
    except Exception as error:
        if is_out_of_memory(error):
            raise
        _LOG.exception("steps %s", ", ".join(steps))
        failure = f"this is a fault of ONFHAssist ({type(error).__name__}: {error})"
    return replace(
        known,
        hips=tuple(HipResult(hip.side, head=hip.head) for hip in known.hips),
        steps={step: StepRecord(failure=failure) for step in steps},
    )


def reference_case(exam: ExamResult, image: Image, outlines: Image) -> Case:
    """The reference with the fused outlines of the hips that it shows whole.

    Another hip lies in another series' frame, which nothing ties to this image: its outline would lie somewhere.

    Raises:
        InputError: as :func:`outlines_in`.
    """
    shown = {one.side for one in exam.alignments if one.series == exam.reference and not one.failure}
    still = {hip.side: np.eye(4) for hip in exam.hips if hip.side in shown}
    marked = {
        hip.side: hip.findings.edge
        for hip in exam.hips
        if hip.side in shown and hip.findings is not None and hip.findings.edge_source == MARKED
        if hip.findings.edge is not None
    }
    return Case(image, f"series {exam.reference}", outlines_in(image, outlines, still), marked)


def outlines_in(image: Image, outlines: Image, lying: dict[str, np.ndarray]) -> Image:
    """Fused outlines on the voxels of a series, or finer ones of them, each hip as it lay when the series was taken.

    Args:
        image: of the series. outlines: in the frame of the reference.
        lying: side to 4 x 4, LPS mm of the reference to LPS mm of the series; other hips are left out.

    Raises:
        InputError: nothing is outlined in the field of view.
    """
    thick = max(parts_of(image.spacing)) > 1
    grid = fine_grid(image) if thick else image.like(np.zeros(image.array.shape, np.uint8))
    array = np.zeros(grid.array.shape, np.uint8)
    for side, matrix in lying.items():
        own = np.where(np.isin(outlines.array, (HEAD[side], NECROSIS[side])), outlines.array, 0)
        turn = matrix[:3, :3]
        moved = Image(
            own.astype(np.uint8),
            outlines.spacing,
            as_point(turn @ np.asarray(outlines.origin) + matrix[:3, 3]),
            tuple((turn @ np.asarray(outlines.direction).reshape(3, 3)).ravel().tolist()),
        )
        np.maximum(array, moved.resampled_to(grid, "nearest").array, out=array)
    if not array.any():
        raise InputError("The series shows none of the outlined hips; choose another reference.")
    labels = grid.like(array)
    return (fine_labels(labels, image, clip=True) or labels) if thick else labels


def _image_of(found: Sequence[FoundSeries], number: str) -> Image:
    return next(one for one in found if one.number == number).read()


def case_of_exam(exam: ExamResult, case: Case) -> CaseResult:
    """All that an examination says of the hips, as a case of its reference (:func:`reference_case`) without features,
    heat or files; what a report is made of."""
    known = _measured(exam, case)
    held: dict[str, dict[str, tuple[str, ...]]] = {STAGE: {}, PROBABILITY: {}}
    for hip in exam.hips:
        for step, pooled in ((STAGE, hip.stage), (PROBABILITY, hip.probability)):
            if pooled is not None and not pooled.by_series:
                said = [f"Series {one}: {why}" for one, reasons in pooled.withheld.items() for why in reasons]
                held[step][hip.side] = tuple(said)
    records = {step: StepRecord(of_hips=said, provenance=_provenance(exam)) for step, said in held.items()}
    return replace(
        known, hips=tuple(_pooled(hip, exam) for hip in known.hips), steps={**known.steps, **records}
    )


def as_case(
    exam: ExamResult, case: Case, out: Path, settings: Settings, name: str = "exam_segmentation"
) -> CaseResult:
    """What the examination gave, as the pipeline would have given it of the reference; ``name`` is that of its files."""
    work = Work(case, settings, out, CaseResult(case.name, case.input))
    fine = case.fine
    return replace(
        _measured(exam, case),
        segmentation=work.write(name, case.outlines),
        segmentation_fine=None if fine is None else work.write(f"{name}_fine", fine),
    )


def _measured(exam: ExamResult, case: Case) -> CaseResult:
    """Heads and findings of the hips that the reference shows, and what was said of them."""
    steps = {
        SEGMENT: StepRecord(
            warnings=(*exam.warnings, *_unanswered(exam, case)),
            provenance=_provenance(exam),
            seconds=sum(exam.seconds.values()),
        ),
        MEASURE: measured_of(exam),
    }
    shown = [hip for hip in exam.hips if hip.side in case.hip_outlines]
    return CaseResult(
        case.name,
        case.input,
        hips=tuple(HipResult(hip.side, head=_boxed(hip.head), findings=hip.findings) for hip in shown),
        steps=steps,
        content_sha256=case.content_sha256,
        outlines_sha256=case.outlines_sha256,
        hip_outlines=case.hip_outlines,
        hip_content=case.hip_content,
        edges=dict(case.edges),
    )


def measured_of(exam: ExamResult) -> StepRecord:
    """The record of the measurements of all series, with what these disagree on."""
    notes = {hip.side: tuple(dict.fromkeys((*hip.notes, *_notes(hip)))) for hip in exam.hips}
    return StepRecord(of_hips=notes, provenance=_provenance(exam))


def _unanswered(exam: ExamResult, case: Case) -> list[str]:
    """A sentence on each hip of the examination that its reference does not show whole."""
    return [
        f"Hip {hip.side} has no answer on the reference, series {exam.reference}, which does not show it whole; it was "
        f"read on series {', '.join(hip.series)}. Make one of these the reference for it."
        for hip in exam.hips
        if hip.side not in case.hip_outlines
    ]


def _boxed(head: FemoralHead) -> FemoralHead:
    """With the box of its sphere, as a detector gives it."""
    middle = np.asarray(head.centre, float)
    return replace(head, box=(as_point(middle - head.radius), as_point(middle + head.radius)))


def _notes(hip: ExamHip) -> tuple[str, ...]:
    return () if hip.findings is None else hip.findings.notes


def _provenance(exam: ExamResult) -> dict[str, str]:
    return {**exam.provenance, "series": ", ".join(sorted({n for hip in exam.hips for n in hip.series}))}


def fluid_case(
    found: Sequence[FoundSeries], exam: ExamResult, outlines: Image, sides: set[str]
) -> Case | None:
    """The fluid-sensitive series with the fused outlines; None where it is the reference, or misses one of the hips."""
    for number in (row.number for row in exam.series if FLUID in row.uses):
        lying = {
            one.side: np.array(one.matrix).reshape(4, 4)
            for one in exam.alignments
            if one.series == number and one.side in sides and not one.failure
        }
        if set(lying) == sides:
            if number == exam.reference:
                return None
            image = _image_of(found, number)
            return Case(image, f"series {number}", outlines_in(image, outlines, lying))
    return None


def _features(case: Case, out: Path, settings: Settings, known: CaseResult, progress: Progress) -> CaseResult:
    """Features and probability, with the series that they are of in the record."""
    steps = (EXTRACT, PROBABILITY)
    return of_series(_step(case, out / "features", steps, settings, known, progress, fresh=True), case)


def of_series(result: CaseResult, case: Case) -> CaseResult:
    """With the series that its features are of in the records."""
    said = {
        step: replace(record, provenance={**record.provenance, "series": case.name.removeprefix("series ")})
        for step, record in result.steps.items()
    }
    return replace(result, steps=said)


def joined(exam: ExamResult, known: CaseResult, features: CaseResult, staged: CaseResult) -> CaseResult:
    """The result of an examination: outlines of all series, with the answers of all in the place of those of one."""
    whole = _together(known, features, staged)
    hips = tuple(_pooled(hip, exam) for hip in whole.hips)
    return replace(whole, hips=hips, steps=_said(whole, exam))


def _together(known: CaseResult, features: CaseResult, staged: CaseResult) -> CaseResult:
    """One result of the three, on the outlines of the first."""
    whole = known.updated(staged)
    for side in SIDES:
        hip, of_features = whole.hip(side), features.hip(side)
        if hip.head is None:
            continue
        whole = whole.with_hip(
            replace(
                hip,
                radiomics=of_features.radiomics,
                deep=of_features.deep,
                probability=of_features.probability,
                withheld={**hip.withheld, **of_features.withheld},
                failures={**hip.failures, **of_features.failures},
            )
        )
    return replace(kept(known, whole), steps={**known.steps, **features.steps, **staged.steps})


def kept(known: CaseResult, whole: CaseResult) -> CaseResult:
    """With the heads as the examination has them and the files of the outlines, which a later step does not name."""
    heads = {hip.side: hip.head for hip in known.hips}
    return replace(
        whole,
        hips=tuple(replace(hip, head=heads.get(hip.side, hip.head)) for hip in whole.hips),
        segmentation=known.segmentation,
        segmentation_fine=known.segmentation_fine,
    )


def _pooled(hip: HipResult, exam: ExamResult) -> HipResult:
    """With the stage and the probability of all series in the place of those of one; its heat and features stay."""
    of_exam = next(one for one in exam.hips if one.side == hip.side)
    withheld, failures = dict(hip.withheld), dict(hip.failures)
    stage, probability = hip.stage, hip.probability
    if of_exam.stage is not None and of_exam.stage.by_series:
        withheld.pop(STAGE, None)
        own = hip.computed_stage or next(iter(of_exam.stage.by_series.values()))
        failures.pop(STAGE, None)
        each = tuple(of_exam.stage.by_series.values())
        stage = replace(
            own,
            stage=of_exam.stage.stage,
            probabilities=of_exam.stage.probabilities,
            uncertainty=each[0].uncertainty if len(each) == 1 else None,  # several series have none in common
            distance=max(one.distance for one in each),
        )
    pooled = of_exam.probability
    if pooled is not None and pooled.probability is not None:
        withheld.pop(PROBABILITY, None)
        failures.pop(PROBABILITY, None)
        answer = hip.computed_probability or ProbabilityAnswer(0.0, 0.5, "")
        probability = replace(
            answer, probability=pooled.probability, threshold=pooled.threshold, reading=pooled.reading
        )
    return replace(hip, stage=stage, probability=probability, withheld=withheld, failures=failures)


def _said(known: CaseResult, exam: ExamResult) -> dict[str, StepRecord]:
    """The records with what the answers of all series rest on; what held back those of one series alone goes."""
    steps = dict(known.steps)
    stages = sorted({n for hip in exam.hips if hip.stage is not None for n in hip.stage.by_series})
    likely = sorted(
        {n for hip in exam.hips if hip.probability is not None for n in hip.probability.by_series}
    )
    if stages and STAGE in steps:
        text = f"The stage is by series {', '.join(stages)}; the heat is of series {exam.reference}."
        steps[STAGE] = _answered(steps[STAGE], text, exam.reference)
    if likely and PROBABILITY in steps:
        own = steps[PROBABILITY].provenance.get("series", exam.reference)
        text = f"The probability is by series {', '.join(likely)}; features and contributions are of series {own}."
        steps[PROBABILITY] = _answered(steps[PROBABILITY], text, own)
    return steps


def _answered(record: StepRecord, text: str, number: str) -> StepRecord:
    """A record whose answers are those of all series; that one alone failed is no more than a warning."""
    said = (f"Of series {number} alone: {record.failure}",) if record.failure else ()
    return replace(record, out_of_scope=(), failure="", warnings=(*record.warnings, text, *said))
