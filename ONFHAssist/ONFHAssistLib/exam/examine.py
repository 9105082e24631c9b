"""An examination worked up: table, roles, alignment, one outline of each hip, and what is measured off it.

Everything ends in the frame of the reference series. What cannot be used is named in the result, and the rest goes on.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..core.progress import Progress, no_progress, part_of
from ..core.provenance import provenance
from ..core.vectors import as_point
from ..imaging.files import write_image
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..measure.acetabulum import find_acetabular_edge
from ..measure.findings import AUTOMATIC, HipFindings
from ..measure.hip import HipMeasurement, measure_hip, with_edge
from ..measure.oedema import Oedema, suggest_oedema
from ..segment.outliner import HeadOutline, load_outliner, outline_of
from ..segment.pipeline import completed_outline
from .alignment import HipView, align_hip, unmoved
from .fusion import canvas_of, fused, hip_grid, probability_of, weights
from .result import Alignment, ExamHip, ExamResult
from .roles import (
    ACETABULUM,
    FLUID,
    OUTLINE,
    Wishes,
    assign_reference,
    chosen_reference,
    require_known,
    with_uses,
)
from .study import FoundSeries, read_study
from .table import WHOLE, Look, look_at, of_one_patient, of_the_same_hip

OUTLINES = "segmentation.nii.gz"
WIDE_ANGLE = 30.0  # degrees between two series of one hip that are said


@dataclass
class _Work:
    """An examination under way: looks with their roles, the reference, and of each side its aligned views."""

    looks: list[Look]
    reference: Look
    alignments: list[Alignment] = field(default_factory=list)
    views: dict[str, list[tuple[Look, HipView, np.ndarray]]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def view_for(self, side: str, use: str) -> tuple[Look, HipView, np.ndarray] | None:
        """The aligned series of a side that has a use; the reference's own where it has it, too."""
        found = [one for one in self.views.get(side, []) if use in one[0].row.uses]
        return found[0] if found else None


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
) -> ExamResult:
    """Work an examination up and write its outlines and ``exam.json`` into ``out``.

    Args:
        study: folder of all its series, or the series themselves; what else is among them is named.
        wishes: series number to its uses, where the user wants others than the automatic ones.
        name: of the examination; that of the folder by default.

    Raises:
        InputError: no series that shows a whole femoral head, or two patients with equally many.
    """
    report = progress or no_progress
    begun = time.perf_counter()
    looks, reference, warnings = _table(study, wishes or {}, part_of(report, 0.0, 0.55), strict=True)
    assert reference is not None
    seconds = {"table": time.perf_counter() - begun}
    work = _Work(looks, reference, warnings=warnings)
    begun = time.perf_counter()
    _align(work, part_of(report, 0.55, 0.85))
    seconds["alignment"] = time.perf_counter() - begun
    begun = time.perf_counter()
    hips, labels = _outline(work, part_of(report, 0.85, 1.0))
    seconds["outline"] = time.perf_counter() - begun
    path = write_image(labels, out / OUTLINES)
    result = ExamResult(
        name or _name_of(study), tuple(look.row for look in looks), reference.row.number, tuple(work.alignments),
        tuple(hips), {"segmentation": str(path)}, tuple(dict.fromkeys(work.warnings)), seconds, provenance(),
    )  # fmt: skip
    result.write(out)
    report(1.0, "Done")
    return result


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
        f"Series {look.row.number}: {look.row.reason}"
        for look in looks
        if not look.row.usable and ("patient" in look.row.reason or "hip" in look.row.reason)
    ]
    return looks, looks[place], warnings


def _require_numbers(found: list[FoundSeries], wishes: Wishes) -> None:
    from .result import SeriesRow

    require_known(wishes, [SeriesRow(one.number, one.uid, one.description, one.modality) for one in found])


# alignment ---------------------------------------------------------------------------------------------------


def view_of(look: Look, side: str) -> HipView | None:
    """A hip as a series shows it; None where it does not show it whole."""
    head = look.head(side)
    if head is None or look.image is None or look.segmentation is None:
        return None
    if look.row.coverage.get(side, 0.0) < WHOLE:
        return None
    labels = look.segmentation.fine or look.segmentation.labels
    return HipView(look.row.number, look.row.contrast, look.image, head, labels)


def _align(work: _Work, report: Progress) -> None:
    """All used series of each hip against the reference, or against the best that shows that hip."""
    used = [look for look in work.looks if look.row.uses]
    used.sort(key=lambda look: look is not work.reference)
    pairs = [(side, look) for side in SIDES for look in used]
    for place, (side, look) in enumerate(pairs):
        report(place / max(len(pairs), 1), f"Aligning hip {side} in series {look.row.number}")
        view = view_of(look, side)
        if view is None:
            continue
        aligned = work.views.setdefault(side, [])
        if not aligned:
            if look is not work.reference:
                work.warnings.append(
                    f"Side {side}: the reference does not show this hip; it is put where series {look.row.number} has it."
                )
            work.alignments.append(unmoved(view))
            aligned.append((look, view, np.eye(4)))
            continue
        found = align_hip(aligned[0][1], view)
        work.alignments.append(found)
        if found.failure:
            work.warnings.append(
                f"Side {side}: series {look.row.number} could not be aligned and is left out: {found.failure}."
            )
            continue
        aligned.append((look, view, np.array(found.matrix).reshape(4, 4)))


# outline and measurements ------------------------------------------------------------------------------------


def _outline(work: _Work, report: Progress) -> tuple[list[ExamHip], Image]:
    """Every hip's outline on one canvas of 1 mm, and its measurements."""
    sides = [side for side in SIDES if work.views.get(side)]
    canvas = canvas_of([work.views[side][0][1].head.centre for side in sides])
    array = np.zeros(canvas.array.shape, np.uint8)
    used: dict[str, tuple[str, ...]] = {}
    for place, side in enumerate(sides):
        report(place / len(sides), f"Outlining hip {side} from all series")
        used[side] = _draw(work, side, canvas, array)
    labels = canvas.like(array)
    return [_measured(work, side, labels, used[side]) for side in sides], labels


def _draw(work: _Work, side: str, canvas: Image, array: np.ndarray) -> tuple[str, ...]:
    """The outline of a hip into the canvas; numbers of the series that it rests on."""
    chosen = [one for one in work.views[side] if OUTLINE in one[0].row.uses] or work.views[side][:1]
    centre = np.array(work.views[side][0][1].head.centre)
    if len(chosen) > 1:
        outliner = load_outliner()
        grid, kinds = hip_grid(as_point(centre)), weights()
        parts = [
            probability_of(view, matrix, grid, outliner, f"{look.row.contrast} {look.row.plane}")
            for look, view, matrix in chosen
        ]
        drawn = outline_of(canvas, grid, fused(parts, kinds), outliner, centre)
        done = None if drawn is None else completed_outline(drawn, side)
        if done is not None:
            _paint(array, canvas, done[0], side)
            return tuple(look.row.number for look, _, _ in chosen)
        work.warnings.append(
            f"Side {side}: the series together show no head; the outline of one of them is used."
        )
    look, view, matrix = chosen[0]
    _copy(array, canvas, view, matrix, side)
    return (look.row.number,)


def _paint(array: np.ndarray, canvas: Image, drawn: HeadOutline, side: str) -> None:
    start = np.rint(canvas.point_to_index(drawn.grid.origin)).astype(int)
    part = array[tuple(slice(a, a + n) for a, n in zip(start[::-1], drawn.head.shape, strict=True))]
    part[drawn.head & (part == 0)] = HEAD[side]
    part[drawn.necrosis] = NECROSIS[side]


def _copy(array: np.ndarray, canvas: Image, view: HipView, matrix: np.ndarray, side: str) -> None:
    """One series' own outline, nearest voxels."""
    index = np.rint(view.labels.point_to_index(canvas.points() @ matrix[:3, :3].T + matrix[:3, 3])).astype(
        int
    )
    inside = np.all((index >= 0) & (index < np.array(view.labels.size)), axis=-1)
    x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
    found = np.where(inside, view.labels.array[z, y, x], 0)
    for label in (HEAD[side], NECROSIS[side]):
        array[found == label] = label


def _measured(work: _Work, side: str, labels: Image, used: tuple[str, ...]) -> ExamHip:
    notes: list[str] = []
    first = work.views[side][0][1]
    # A series alone is measured on its own voxels, so that it gives what it gave by itself.
    measured = measure_hip(first.labels if used == (first.series,) else labels, side)
    edge, edge_series = _edge(work, side, measured.centre, measured.radius, notes)
    if edge is not None:
        measured = with_edge(measured, edge)
    oedema, fluid_series = _oedema(work, side, notes)
    place = None if edge is None else as_point(edge)
    found = HipFindings(measured, place, AUTOMATIC if place else "", oedema, tuple(notes))
    head = replace(
        first.head, centre=measured.centre, radius=measured.radius, box=None, head_ml=measured.head_ml,
        necrosis_ml=measured.necrosis_ml,
    )  # fmt: skip
    own = _own(work, side)
    return ExamHip(side, head, used, found, edge_series, fluid_series, _disagreement(own), own)


def _own(work: _Work, side: str) -> dict[str, HipMeasurement]:
    """What each aligned series measures by itself."""
    found = {}
    for look, view, _ in work.views[side]:
        try:
            found[look.row.number] = measure_hip(view.labels, side)
        except InputError:
            continue  # too little of an outline for a sphere; the outline of all series is measured
    return found


def _disagreement(own: Mapping[str, HipMeasurement]) -> tuple[str, ...]:
    """A sentence where the series disagree by more than a reader would pass over."""
    if len(own) < 2:
        return ()
    said = []
    angles = {number: one.combined_necrotic_angle for number, one in own.items()}
    low, high = min(angles, key=angles.__getitem__), max(angles, key=angles.__getitem__)
    if angles[high] - angles[low] > WIDE_ANGLE:
        said.append(
            f"The series disagree on the combined angle: {angles[low]:.0f} degrees on series {low}, {angles[high]:.0f} "
            f"on series {high}."
        )
    dead = {one.necrosis_ml > 0 for one in own.values()}
    if len(dead) > 1:
        none = ", ".join(number for number, one in own.items() if one.necrosis_ml == 0)
        said.append(f"Series {none} shows no necrosis, others do.")
    return tuple(said)


def _edge(
    work: _Work, side: str, centre: tuple[float, float, float], radius: float, notes: list[str]
) -> tuple[np.ndarray | None, str]:
    """The acetabular edge in the reference's frame, from the series that shows it."""
    chosen = work.view_for(side, ACETABULUM)
    if chosen is None:
        notes.append(f"No series shows the acetabular edge {side}: one without fat suppression is needed.")
        return None, ""
    look, view, matrix = chosen
    there = matrix[:3, :3] @ np.array(centre) + matrix[:3, 3]
    try:
        edge = find_acetabular_edge(view.image, side, there, radius)
    except InputError as error:
        notes.append(str(error))
        return None, ""
    return np.linalg.inv(matrix)[:3, :3] @ edge + np.linalg.inv(matrix)[:3, 3], look.row.number


def _oedema(work: _Work, side: str, notes: list[str]) -> tuple[Oedema | None, str]:
    """The suggestion of oedema by the fluid-sensitive series, with that series' own outline."""
    chosen = work.view_for(side, FLUID)
    if chosen is None:
        notes.append(f"No fluid-sensitive series shows hip {side}; oedema was not looked for.")
        return None, ""
    look, view, _ = chosen
    assert look.segmentation is not None
    try:
        head: FemoralHead = view.head
        return (
            suggest_oedema(view.image, look.segmentation.labels, side, np.array(head.centre), head.radius),
            look.row.number,
        )
    except InputError as error:
        notes.append(str(error))
        return None, ""
