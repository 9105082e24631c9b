"""What is measured off the outline of all series of a hip, and what each series measures by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ..core.errors import InputError
from ..core.vectors import as_point
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..measure.acetabulum import find_acetabular_edge
from ..measure.border import Border, BorderNetwork, find_border, with_arcs
from ..measure.border_map import BorderLook
from ..measure.effusion import effusion_grade, effusion_thickness
from ..measure.findings import AUTOMATIC, MARKED, HipFindings
from ..measure.hip import HipMeasurement, measure_hip, with_edge
from ..measure.oedema import Oedema, suggest_oedema
from ..measure.surface import LINE_CONTRAST, SurfaceView, flattening, line_contrast
from ..segment.outliner import load_outliner
from .answers import Effusion, HeadSurface
from .intervals import numbers_of
from .outlines import DrawnHip
from .result import ExamHip
from .roles import ACETABULUM, FLUID
from .work import AlignedView, Work

WIDE_ANGLE = 30.0  # degrees between two series of one hip that are said


def measured_hip(work: Work, side: str, labels: Image, drawn: DrawnHip) -> ExamHip:
    """The answer for one hip."""
    notes: list[str] = []
    first = work.views[side][0][1]
    # A series alone is measured on its own voxels, so that it gives what it gave by itself.
    try:
        measured = measure_hip(first.labels if drawn.series == (first.series,) else labels, side)
    except InputError as error:  # the other hip, and stage and probability of this one, stand without it
        return ExamHip(side, first.head, drawn.series, notes=(f"Hip {side} was not measured: {error}",))
    border = border_in(work.views[side], side, measured, drawn)
    if border is not None:
        measured = with_arcs(measured, border.arcs)
    measured, edge, edge_series, source = typed(work, side, measured, notes)
    oedema, fluid_series = oedema_of(work, side, notes)
    effusion, effusion_series = effusion_of(work, side, measured, notes)
    place = None if edge is None else as_point(edge)
    found = HipFindings(measured, place, source, oedema, tuple(notes))
    head = replace(
        first.head, centre=measured.centre, radius=measured.radius, box=None, head_ml=measured.head_ml,
        necrosis_ml=measured.necrosis_ml,
    )  # fmt: skip
    own = own_measurements(work, side)
    return ExamHip(
        side,
        head,
        drawn.series,
        found,
        edge_series,
        fluid_series,
        _disagreement(own),
        own,
        numbers_of(measured, own, drawn, labels, load_outliner(), border),
        effusion,
        effusion_series,
        surface_of(work, side, measured, drawn),
    )


def border_in(
    views: Sequence[AlignedView],
    side: str,
    measured: HipMeasurement,
    drawn: DrawnHip,
    networks: Sequence[BorderNetwork] | None = None,
) -> Border | None:
    """The border of a necrosis on the surface by several series; None of one series alone, which keeps what its outline
    measures, and without necrosis."""
    if len(drawn.series) < 2 or measured.necrosis_ml <= 0:
        return None
    sphere = (np.array(measured.centre), measured.radius)
    return find_border(border_look(views, drawn), sphere, side, networks=networks)


def border_look(views: Sequence[AlignedView], drawn: DrawnHip) -> BorderLook:
    """What the series of an outline say about the border of its necrosis."""
    head, dead = drawn.log_odds
    own = [
        replace(drawn.grid, array=np.where(part.seen, part.necrosis, np.nan).astype(np.float32))
        for part in drawn.parts
    ]
    used = [
        SurfaceView(view.image, matrix, view.contrast)
        for look, view, matrix in views
        if look.row.number in drawn.series
    ]
    return BorderLook(used, head, dead, own)


def own_measurements(work: Work, side: str) -> dict[str, HipMeasurement]:
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
        said.append(f"No necrosis on series {none}, but on others.")
    return tuple(said)


def typed(
    work: Work, side: str, measured: HipMeasurement, notes: list[str]
) -> tuple[HipMeasurement, np.ndarray | None, str, str]:
    """With the JIC type by the edge that a reader marked, else by the one that is found.

    Returns:
        The measurements, the edge in the reference's frame or None, the number of its series, and where it comes from
        (:data:`..measure.findings.MARKED`, :data:`..measure.findings.AUTOMATIC` or "").

    """
    marked = work.marked_edge(side)
    if marked is not None:
        try:
            return with_edge(measured, marked[0]), marked[0], marked[1], MARKED
        except InputError as error:
            notes.append(str(error))
    elif side in work.edges:
        number = work.edges[side].series or work.reference.row.number
        notes.append(
            f"The acetabular edge {side} was marked on series {number}, in which this hip was not aligned; "
            "it was not taken."
        )
    edge, number = acetabular_edge(work, side, measured.centre, measured.radius, notes)
    if edge is None:
        return measured, None, "", ""
    try:
        return with_edge(measured, edge), edge, number, AUTOMATIC
    except InputError as error:
        notes.append(str(error))
        return measured, None, "", ""


def acetabular_edge(
    work: Work, side: str, centre: tuple[float, float, float], radius: float, notes: list[str]
) -> tuple[np.ndarray | None, str]:
    """The acetabular edge in the reference's frame, from the series that shows it."""
    chosen = work.view_for(side, ACETABULUM)
    if chosen is None:
        why = work.why_none(side, ACETABULUM)
        notes.append(
            f"The acetabular edge {side} was not looked for: {why}."
            if why
            else f"No series shows the acetabular edge {side}: one without fat suppression is needed."
        )
        return None, ""
    look, view, matrix = chosen
    there = matrix[:3, :3] @ np.array(centre) + matrix[:3, 3]
    try:
        edge = find_acetabular_edge(view.image, side, there, radius)
    except InputError as error:
        notes.append(str(error))
        return None, ""
    return np.linalg.inv(matrix)[:3, :3] @ edge + np.linalg.inv(matrix)[:3, 3], look.row.number


def oedema_of(work: Work, side: str, notes: list[str]) -> tuple[Oedema | None, str]:
    """The suggestion of oedema by the fluid-sensitive series, with that series' own outline."""
    chosen = work.view_for(side, FLUID)
    if chosen is None:
        why = work.why_none(side, FLUID)
        notes.append(
            f"Oedema of hip {side} was not looked for: {why}."
            if why
            else f"No fluid-sensitive series shows hip {side}; oedema was not looked for."
        )
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


def effusion_of(
    work: Work, side: str, measured: HipMeasurement, notes: list[str]
) -> tuple[Effusion | None, str]:
    """The grade of the joint's fluid on the fluid-sensitive series."""
    chosen = work.view_for(side, FLUID)
    if chosen is None:
        return None, ""
    look, view, matrix = chosen
    try:
        mm = effusion_thickness(view.image, matrix, np.array(measured.centre), measured.radius, side)
    except InputError as error:
        notes.append(str(error))
        return None, ""
    return Effusion(effusion_grade(mm), mm), look.row.number


def surface_of(work: Work, side: str, measured: HipMeasurement, drawn: DrawnHip) -> HeadSurface:
    """Flattening by all series, and a fracture line on the one that shows fluid."""
    sphere = (np.array(measured.centre), measured.radius)
    views = [SurfaceView(view.image, matrix, view.contrast) for _, view, matrix in work.views[side]]
    depth, place = flattening(views, sphere, side)
    contrast, series = line_of(work, side, measured, drawn)
    line = None if contrast is None else contrast >= LINE_CONTRAST
    return HeadSurface(depth, as_point(place), line, series)


def line_of(work: Work, side: str, measured: HipMeasurement, drawn: DrawnHip) -> tuple[float | None, str]:
    """Contrast of a line under the surface on the series that shows fluid, and the number of that series."""
    chosen = work.view_for(side, FLUID)
    if chosen is None or measured.necrosis_ml <= 0:
        return None, ""
    look, view, matrix = chosen
    sphere = (np.array(measured.centre), measured.radius)
    contrast = line_contrast(view.image, matrix, drawn.inside, drawn.dead, sphere, side)
    return contrast, look.row.number if contrast is not None else ""
