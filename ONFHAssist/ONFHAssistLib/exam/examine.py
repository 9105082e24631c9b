"""An examination worked up: table, roles, alignment, one outline of each hip, and what is measured off it.

Everything ends in the frame of the reference series. What cannot be used is named in the result, and the rest goes on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, no_progress, part_of
from ..core.provenance import provenance
from ..core.vectors import as_point
from ..imaging.files import write_image
from ..imaging.image import Image
from .answers import ExamProbability, ExamStage
from .fusion import canvas_of
from .measurements import measured_hip
from .outlines import centre_of, draw
from .predictions import probability_disagreement, probable, stage_disagreement, staged
from .result import ExamHip, ExamResult
from .roles import Wishes, assign_reference, chosen_reference, require_known, with_uses
from .study import FoundSeries, read_study
from .table import Look, look_at, of_one_patient, of_the_same_hip
from .work import MarkedEdge, Work, align

OUTLINES = "segmentation.nii.gz"


def series_table(study: Path, wishes: Wishes | None = None, progress: Progress | None = None) -> ExamResult:
    """The table of a study's series with what each would be used for; nothing is aligned or written.

    Raises:
        InputError: no folder, no image in it, or roles of series that there are not.
    """
    begun = time.perf_counter()
    looks, reference, warnings = _table(study, wishes or {}, progress)
    return ExamResult(
        study.resolve().name, tuple(look.row for look in looks), reference.row.number if reference else "",
        warnings=tuple(warnings), seconds={"table": time.perf_counter() - begun}, provenance=provenance(),
    )  # fmt: skip


def examine(
    study: Path | Sequence[FoundSeries],
    out: Path,
    wishes: Wishes | None = None,
    progress: Progress | None = None,
    name: str = "",
    predict: bool = True,
    edges: Mapping[str, MarkedEdge] | None = None,
) -> ExamResult:
    """Work an examination up and write its outlines and ``exam.json`` into ``out``.

    Args:
        study: folder of all its series, or the series themselves; what else is among them is named.
        wishes: series number to its uses, where the user wants others than the automatic ones.
        name: of the examination; that of the folder by default.
        predict: also give stage and probability.
        edges: side to the lateral acetabular edge that a reader marked on one of the series.

    Raises:
        InputError: no series that shows a whole femoral head, two patients with equally many, or an edge that was marked
            on a series that there is not.
    """
    report = progress or no_progress
    work, result = outlined_examination(study, out, wishes, part_of(report, 0.0, 0.85), name, edges)
    if predict:
        begun = time.perf_counter()
        stages = staged(work, part_of(report, 0.85, 0.92))
        hips = with_answers(result.hips, stages, probable(work, part_of(report, 0.92, 1.0)))
        seconds = {**result.seconds, "stage and probability": time.perf_counter() - begun}
        warnings = tuple(dict.fromkeys(work.warnings))
        result = replace(result, hips=hips, seconds=seconds, warnings=warnings, provenance=provenance())
    result.write(out)
    report(1.0, "Done")
    return result


def outlined_examination(
    study: Path | Sequence[FoundSeries],
    out: Path,
    wishes: Wishes | None = None,
    progress: Progress | None = None,
    name: str = "",
    edges: Mapping[str, MarkedEdge] | None = None,
) -> tuple[Work, ExamResult]:
    """The first part of :func:`examine`, same arguments: aligned, outlined and measured, without stage and probability.

    The outlines are written into ``out``, the result is not.
    """
    report = progress or no_progress
    seconds: dict[str, float] = {}
    work = aligned_examination(study, wishes, part_of(report, 0.0, 0.8), seconds, edges)
    begun = time.perf_counter()
    hips, labels = _outlined(work, part_of(report, 0.8, 1.0))
    seconds["outline"] = time.perf_counter() - begun
    path = write_image(labels, out / OUTLINES)
    return work, ExamResult(
        name or _name_of(study), tuple(look.row for look in work.looks), work.reference.row.number,
        tuple(work.alignments),
        tuple(hips), {"segmentation": str(path)}, tuple(dict.fromkeys(work.warnings)), seconds, provenance(),
    )  # fmt: skip


def aligned_examination(
    study: Path | Sequence[FoundSeries],
    wishes: Wishes | None = None,
    progress: Progress | None = None,
    seconds: dict[str, float] | None = None,
    edges: Mapping[str, MarkedEdge] | None = None,
) -> Work:
    """The table of an examination with its roles, and every hip aligned; arguments as of :func:`examine`.

    Args:
        seconds: where given, takes the time of each part.
    """
    report, times = progress or no_progress, {} if seconds is None else seconds
    begun = time.perf_counter()
    looks, reference, warnings = _table(study, wishes or {}, part_of(report, 0.0, 0.65), strict=True)
    assert reference is not None
    times["table"] = time.perf_counter() - begun
    _require_marked(looks, edges or {})
    work = Work(looks, reference, warnings=warnings, chosen=frozenset(wishes or {}), edges=dict(edges or {}))
    begun = time.perf_counter()
    align(work, part_of(report, 0.65, 1.0))
    times["alignment"] = time.perf_counter() - begun
    for side in sorted(set(work.edges) - set(work.sides)):
        work.warnings.append(
            f"The acetabular edge {side} was not used: no series shows that femoral head whole."
        )
    return work


def _name_of(study: Path | Sequence[FoundSeries]) -> str:
    return study.resolve().name if isinstance(study, Path) else "the examination"


def _table(
    study: Path | Sequence[FoundSeries], wishes: Wishes, progress: Progress | None, strict: bool = False
) -> tuple[list[Look], Look | None, list[str]]:
    """Looks with their roles, the reference, and warnings; without ``strict`` a folder without a reference is a table."""
    found = read_study(study) if isinstance(study, Path) else list(study)
    _require_numbers(found, wishes)
    looks = look_at(found, progress)
    try:
        looks = of_one_patient(looks, chosen_reference(wishes))
        reference = assign_reference(looks, wishes)
    except InputError as error:
        if strict:
            raise
        return looks, None, [str(error)]
    checked = of_the_same_hip(looks, reference)
    looks = with_uses(checked, reference, wishes)
    place = checked.index(reference)
    warnings = [
        f"Series {look.row.number}: {look.row.reason}" for look in looks if look.row.other and look.row.reason
    ]
    return looks, looks[place], warnings


def _require_numbers(found: list[FoundSeries], wishes: Wishes) -> None:
    from .result import SeriesRow

    require_known(wishes, [SeriesRow(one.number, one.uid, one.description, one.modality) for one in found])


def _require_marked(looks: list[Look], edges: Mapping[str, MarkedEdge]) -> None:
    """Every marked edge lies on a series that there is."""
    numbers = [look.row.number for look in looks]
    for side, mark in edges.items():
        if mark.series and mark.series not in numbers:
            raise InputError(
                f"The acetabular edge {side} was marked on series {mark.series}, which this examination does not have; "
                f"it has {', '.join(numbers)}."
            )


def _outlined(work: Work, report: Progress) -> tuple[list[ExamHip], Image]:
    """Every hip's outline on one canvas of 1 mm, and its measurements."""
    canvas = canvas_of([as_point(centre_of(work, side)) for side in work.sides])
    array = np.zeros(canvas.array.shape, np.uint8)
    drawn = {}
    for place, side in enumerate(work.sides):
        report(place / len(work.sides), f"Outlining hip {side} from all series")
        drawn[side] = draw(work, side, canvas, array)
    labels = canvas.like(array)
    return [measured_hip(work, side, labels, drawn[side]) for side in work.sides], labels


def with_answers(
    hips: Sequence[ExamHip],
    stages: Mapping[str, ExamStage] | None = None,
    probabilities: Mapping[str, ExamProbability] | None = None,
) -> tuple[ExamHip, ...]:
    """The hips with the stage and the probability of each side, and what their series disagree on."""
    found = []
    for hip in hips:
        notes = hip.notes
        stage, probability = (stages or {}).get(hip.side), (probabilities or {}).get(hip.side)
        if stage is not None:
            notes = (*notes, *stage_disagreement(stage))
        if probability is not None:
            notes = (*notes, *probability_disagreement(probability))
        found.append(replace(hip, stage=stage, probability=probability, notes=notes))
    return tuple(found)
