"""An examination as a case: what all series gave together lies on the reference, the pipeline does the rest.

The outlines are fused (:mod:`..exam.fusion`), and so is what is measured off them. The stage is read on the reference, the
probability on the fluid-sensitive series where it shows every outlined hip, since its model learned from such images.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, no_progress, part_of
from ..core.vectors import as_point
from ..exam.examine import examine
from ..exam.result import ExamHip, ExamResult
from ..exam.roles import FLUID, Wishes
from ..exam.study import FoundSeries
from ..imaging.files import read_mask
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..imaging.masks.fine import fine_grid, fine_labels, parts_of
from .case import Case
from .pipeline import run_case
from .result import EXTRACT, MEASURE, PROBABILITY, SEGMENT, STAGE, SURVIVAL, CaseResult, HipResult, StepRecord
from .work import Settings, Work

_EXAMINED, _FEATURES = 0.6, 0.82  # shares of the time at which the examination, and the features, are done


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
) -> Examined:
    """Read an examination and answer it.

    Args:
        found: its series, and what else is to be named in its table.
        out: folder for the outlines and heatmaps.
        wishes: series number to its uses, where the user wants others than the automatic ones.
        name: of the examination in messages.

    Raises:
        InputError: as :func:`..exam.examine.examine`, or the reference shows none of the outlined hips.
    """
    report = progress or no_progress
    exam = examine(found, out, wishes, part_of(report, 0.0, _EXAMINED), name)
    image = _image_of(found, exam.reference)
    outlines = read_mask(exam.files["segmentation"])
    still = {hip.side: np.eye(4) for hip in exam.hips}
    case = Case(image, f"series {exam.reference}", outlines_in(image, outlines, still))
    known = _as_case(exam, case, out, settings)
    fluid = _fluid_case(found, exam, outlines)
    features = _features(fluid or case, out, settings, part_of(report, _EXAMINED, _FEATURES))
    rest = run_case(case, out, (STAGE, SURVIVAL), settings, known, part_of(report, _FEATURES, 1.0))
    return Examined(exam, _together(known, features, rest))


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


def _as_case(exam: ExamResult, case: Case, out: Path, settings: Settings) -> CaseResult:
    """What the examination gave, as the pipeline would have given it of the reference."""
    work = Work(case, settings, out, CaseResult(case.name, case.input))
    fine = case.fine
    steps = {
        SEGMENT: StepRecord(
            warnings=exam.warnings, provenance=_provenance(exam), seconds=sum(exam.seconds.values())
        ),
        MEASURE: StepRecord(
            of_hips={hip.side: tuple(dict.fromkeys((*hip.notes, *_notes(hip)))) for hip in exam.hips},
            provenance=_provenance(exam),
        ),
    }
    shown = [hip for hip in exam.hips if hip.side in case.hip_outlines]
    return replace(
        work.result,
        hips=tuple(HipResult(hip.side, head=_boxed(hip.head), findings=hip.findings) for hip in shown),
        steps=steps,
        segmentation=work.write("exam_segmentation", case.outlines),
        segmentation_fine=None if fine is None else work.write("exam_segmentation_fine", fine),
        content_sha256=case.content_sha256,
        outlines_sha256=case.outlines_sha256,
        hip_outlines=case.hip_outlines,
        hip_content=case.hip_content,
    )


def _boxed(head: FemoralHead) -> FemoralHead:
    """With the box of its sphere, as a detector gives it."""
    middle = np.asarray(head.centre, float)
    return replace(head, box=(as_point(middle - head.radius), as_point(middle + head.radius)))


def _notes(hip: ExamHip) -> tuple[str, ...]:
    return () if hip.findings is None else hip.findings.notes


def _provenance(exam: ExamResult) -> dict[str, str]:
    return {**exam.provenance, "series": ", ".join(sorted({n for hip in exam.hips for n in hip.series}))}


def _fluid_case(found: Sequence[FoundSeries], exam: ExamResult, outlines: Image) -> Case | None:
    """The fluid-sensitive series with the fused outlines; None where it is the reference, or misses a hip."""
    number = next((row.number for row in exam.series if FLUID in row.uses), exam.reference)
    lying = {
        one.side: np.array(one.matrix).reshape(4, 4)
        for one in exam.alignments
        if one.series == number and not one.failure
    }
    if number == exam.reference or set(lying) != {hip.side for hip in exam.hips}:
        return None
    image = _image_of(found, number)
    return Case(image, f"series {number}", outlines_in(image, outlines, lying))


def _features(case: Case, out: Path, settings: Settings, progress: Progress) -> CaseResult:
    """Features and probability, with the series that they are of in the record."""
    result = run_case(case, out / "features", (EXTRACT, PROBABILITY), settings, None, progress)
    said = {
        step: replace(record, provenance={**record.provenance, "series": case.name.removeprefix("series ")})
        for step, record in result.steps.items()
    }
    return replace(result, steps=said)


def _together(known: CaseResult, features: CaseResult, rest: CaseResult) -> CaseResult:
    """One result of the three, on the outlines of the first."""
    whole = known.updated(rest)
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
    steps = {**known.steps, **features.steps, **rest.steps}
    return replace(
        whole, steps=steps, segmentation=known.segmentation, segmentation_fine=known.segmentation_fine
    )
