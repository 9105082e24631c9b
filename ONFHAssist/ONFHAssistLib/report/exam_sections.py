"""What the report says of an examination: each hip on two contrasts with the same outlines, and the table of series."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np

from ..core.language import mark, sentence
from ..core.language import text as _
from ..core.vectors import as_point
from ..exam.answers import FLATTENED_MM
from ..exam.result import OTHER_IDENTITY, ExamHip, ExamResult, SeriesRow, aligned_series
from ..exam.shown_window import window_about
from ..imaging.contrast import FAT_SUPPRESSED
from ..imaging.image import Image
from .case_page import Picture, Section
from .case_sections import hip_title

_USES = {
    "reference": mark("reference"), "outline": mark("outline"), "acetabulum": mark("acetabular edge"),
    "fluid": mark("oedema"),
}  # fmt: skip
_INTERVALS = mark(" Intervals in brackets hold with 90% on simulated examinations.")
_NUMBERS = (
    ("necrosis_ml", mark("Necrosis (ml)"), "{:.1f}", 1.0),
    ("necrotic_share", mark("Necrotic share of the head (%)"), "{:.0f}", 100.0),
    ("combined_necrotic_angle", mark("Combined necrotic angle (°)"), "{:.0f}", 1.0),
    ("depth_mm", mark("Depth of the necrosis (mm)"), "{:.0f}", 1.0),
)


def exam_sections(
    exam: ExamResult, images: Callable[[str], Image | None], labels: Image, folder: Path
) -> list[Section]:
    """Pictures on two contrasts, what each number rests on, and the table of series; files are written into ``folder``.

    Args:
        images: gives the image of a series by its number, or None where it is not at hand.
        labels: outlines in the frame of the reference.
    """
    sections = [_contrasts(exam, images, labels, folder), _rests_on(exam), _table(exam)]
    return [one for one in sections if one.rows or one.pictures]


def two_contrasts(exam: ExamResult, side: str) -> list[SeriesRow]:
    """The reference, and the coronal series of the other contrast that shows most of the heads, where there is one.

    Only series in which the hip of ``side`` was aligned can show the outlines.
    """
    reference, aligned = exam.row(exam.reference), aligned_series(exam, side)
    other = [
        row
        for row in exam.series
        if row.uses
        and row.number in aligned
        and row is not reference
        and (row.contrast == FAT_SUPPRESSED) != (reference.contrast == FAT_SUPPRESSED)
    ]
    best = max(other, key=lambda r: (r.plane.endswith("coronal"), sum(r.coverage.values())), default=None)
    return [reference] if best is None else [reference, best]


def as_it_lay(image: Image, matrix: np.ndarray) -> Image:
    """The same voxels placed where the hip lies in the reference: nothing is resampled.

    Args:
        matrix: 4 x 4, LPS mm of the reference to LPS mm of the series.
    """
    back = np.linalg.inv(matrix)
    direction = back[:3, :3] @ np.asarray(image.direction).reshape(3, 3)
    origin = back[:3, :3] @ np.asarray(image.origin) + back[:3, 3]
    return Image(
        image.array, image.spacing, as_point(origin), tuple(direction.ravel().tolist()), image.metadata
    )


def _contrasts(
    exam: ExamResult, images: Callable[[str], Image | None], labels: Image, folder: Path
) -> Section:
    from .case_pictures import draw_contrasts, outlined_sides

    sides = [hip.side for hip in exam.hips if hip.side in outlined_sides(labels)]
    rows = {side: two_contrasts(exam, side) for side in sides}
    found = {row.number: images(row.number) for of_side in rows.values() for row in of_side}
    at_hand = {number: image for number, image in found.items() if image is not None}
    # One window for both hips, so that they can be compared.
    windows = {number: window_about(image, _centres(exam, number)) for number, image in at_hand.items()}
    pictures = []
    for side in sides:
        lying = {
            a.series: np.array(a.matrix).reshape(4, 4)
            for a in exam.alignments
            if a.side == side and not a.failure
        }
        drawn = [
            (row, as_it_lay(at_hand[row.number], lying[row.number]))
            for row in rows[side]
            if row.number in lying and row.number in at_hand
        ]
        if not drawn:
            continue
        own = [windows[row.number] for row, _image in drawn]
        path = draw_contrasts(
            [image for _row, image in drawn], labels, side, folder / f"contrasts-{side}.png", own
        )
        said = "; ".join(
            form.format(number=row.number, contrast=_contradiction(row) or _contrast(row))
            for form, (row, _image) in zip(_places(), drawn, strict=False)
        )
        pictures.append(
            Picture(
                path,
                _("{hip}, coronal and sagittal through the centre of the head: {said}.").format(
                    hip=hip_title(side), said=said
                ),
            )
        )
    return Section(
        _("The hips on two contrasts"),
        _(
            "One outline of all series, head blue and necrosis orange, the same on both; each series lies as the hip was "
            "aligned to the reference. Radiological orientation."
        ),
        pictures=pictures,
    )


def _centres(exam: ExamResult, number: str) -> list[np.ndarray]:
    """The centres of the heads where a series shows them, LPS mm."""
    lying = {
        a.side: np.array(a.matrix).reshape(4, 4)
        for a in exam.alignments
        if a.series == number and not a.failure
    }
    found = [
        lying[hip.side][:3, :3] @ np.asarray(hip.head.centre) + lying[hip.side][:3, 3]
        for hip in exam.hips
        if hip.side in lying
    ]
    return found or [np.asarray(hip.head.centre, float) for hip in exam.hips]


def _contrast(row: SeriesRow) -> str:
    return sentence(row.stated or row.seen) or _("contrast not stated")


def _places() -> tuple[str, str]:
    return _("upper row series {number}, {contrast}"), _("lower row series {number}, {contrast}")


def _rests_on(exam: ExamResult) -> Section:
    """Of each hip which series each finding was read off, with intervals where they are known."""
    rows: list[tuple[str, ...]] = [
        (_("Outline of head and necrosis"), *(", ".join(hip.series) for hip in exam.hips))
    ]
    rows.append((_("Acetabular edge, so the JIC type"), *(hip.edge_series or "–" for hip in exam.hips)))
    rows.append((_("Oedema"), *(hip.oedema_series or "–" for hip in exam.hips)))
    if any(hip.effusion_series for hip in exam.hips):
        rows.append((_("Effusion"), *(_effusion(hip) for hip in exam.hips)))
    for name, title, form, factor in _NUMBERS:
        if any(name in hip.numbers for hip in exam.hips):
            rows.append((_(title), *(_interval(hip, name, form, factor) for hip in exam.hips)))
    if any(hip.surface is not None for hip in exam.hips):
        rows.append((_("Head flattened by 2 mm or more"), *(_flattened(hip) for hip in exam.hips)))
    if any(hip.surface is not None and hip.surface.fracture_line is not None for hip in exam.hips):
        rows.append((_("Subchondral fracture line"), *(_fracture(hip) for hip in exam.hips)))
    return Section(
        _("What it rests on"),
        _("Numbers of series, as in the table below.") + (_(_INTERVALS) if _has_intervals(exam) else ""),
        columns=("", *(hip_title(hip.side) for hip in exam.hips)),
        rows=rows if exam.hips else (),
    )


def _has_intervals(exam: ExamResult) -> bool:
    return any(number.high > number.low for hip in exam.hips for number in hip.numbers.values())


def _effusion(hip: ExamHip) -> str:
    if hip.effusion is None:
        return "–"
    return _("grade {grade}, series {series}").format(grade=hip.effusion.grade, series=hip.effusion_series)


def _interval(hip: ExamHip, name: str, form: str, factor: float) -> str:
    number = hip.numbers.get(name)
    if number is None:
        return "–"
    value, low, high = (form.format(factor * v) for v in (number.value, number.low, number.high))
    between = _(" ({low} to {high})").format(low=low, high=high) if number.high > number.low else ""
    return _("{value}, series {series}").format(value=f"{value}{between}", series=", ".join(number.series))


def _flattened(hip: ExamHip) -> str:
    if hip.surface is None:
        return "–"
    return _("yes") if hip.surface.flattening_mm >= FLATTENED_MM else _("no")


def _fracture(hip: ExamHip) -> str:
    if hip.surface is None or hip.surface.fracture_line is None:
        return "–"
    said = _("suggested") if hip.surface.fracture_line else _("not seen")
    return _("{value}, series {series}").format(value=said, series=hip.surface.fracture_series)


def _table(exam: ExamResult) -> Section:
    """The series of this patient and date: what else was at hand is no matter of a report that leaves the house."""
    own = [row for row in exam.series if row.other != OTHER_IDENTITY]
    rows: Sequence[tuple[str, ...]] = [
        (
            row.number,
            "–" if row.unnamed else row.description,  # names of files and volumes may be those of patients
            sentence(row.plane) or "–",
            _contradiction(row) or _contrast(row),
            " x ".join(f"{mm:.2g}" for mm in row.spacing) or "–",
            _coverage(row.coverage),
            ", ".join(_(_USES[use]) for use in row.uses) or sentence(row.reason) or _("nothing"),
        )
        for row in own
    ]
    notes = [
        _("Series {number}: {note}").format(number=row.number, note=sentence(note))
        for row in own
        for note in row.notes
    ]
    return Section(
        _("Series of the examination"),
        columns=(
            *(_("No."), _("Description"), _("Plane"), _("Contrast"), _("Voxels (mm)")),
            *(_("Heads in view"), _("Used for")),
        ),
        rows=rows,
        note=" ".join(notes),
    )


def _contradiction(row: SeriesRow) -> str:
    said = _("{stated} by header, {seen} by look")
    return said.format(stated=sentence(row.stated), seen=sentence(row.seen)) if row.contradicted else ""


def _coverage(coverage: Mapping[str, float]) -> str:
    return ", ".join(f"{side} {share:.0%}" for side, share in coverage.items()) or "–"
