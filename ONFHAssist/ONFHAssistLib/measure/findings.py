"""Everything that step 1 says of a hip: measurements, acetabular edge and JIC type, suggestion of marrow oedema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from ..core.errors import InputError
from ..core.vectors import as_point
from ..imaging.image import Image
from ..imaging.labels import SIDES, head_mask
from ..imaging.masks.fine import fine_labels, on_image
from ..segment.outline_sides import check_sides
from .acetabulum import find_acetabular_edge
from .hip import OF_SERIES, HipMeasurement, measure_hip, with_edge
from .oedema import Oedema, suggest_oedema

MARKED, AUTOMATIC = "marked", "automatic"


@dataclass(frozen=True)
class HipFindings:
    """One hip.

    Attributes:
        measurement: see :class:`.hip.HipMeasurement`.
        edge: lateral acetabular edge in LPS mm, or None.
        edge_source: "marked" by a reader, "automatic", or "" without an edge.
        oedema: the suggestion; None where the image cannot tell.
        notes: sentences on what could not be found and why, and on the sides and geometry of the outlines.
    """

    measurement: HipMeasurement
    edge: tuple[float, float, float] | None
    edge_source: str
    oedema: Oedema | None
    notes: tuple[str, ...]


def findings(
    image: Image,
    labels: Image,
    edges: Mapping[str, np.ndarray] | None = None,
    sagittal: bool = False,
    find_edges: bool = True,
    fine: Image | None = None,
) -> list[HipFindings]:
    """Measure every outlined hip, right before left.

    Args:
        image: MRI of any contrast.
        labels: its segmentation, on the same grid, or on finer voxels of it (:mod:`..imaging.masks.fine`), off which
            volumes, sphere and arcs are then read.
        edges: side to a lateral acetabular edge that a reader marked, LPS mm.
        sagittal: arc B in the sagittal instead of the axial plane.
        find_edges: look for the edge where none is marked.
        fine: the finer outlines of which ``labels`` are the share, where those are known.

    Raises:
        InputError: another grid, sides that the place contradicts (:func:`.outline_sides.check_sides`), or a marked edge
            that lies below the head's centre.
    """
    if fine is None and not image.same_grid(labels):
        fine = fine_labels(labels, image)
        labels = labels if fine is None else on_image(fine, image)
    image.require_same_grid(labels, "the image", "The segmentation")
    said = check_sides(labels, image)
    full = labels if fine is None else fine
    sides = [side for side in SIDES if head_mask(full.array, side).any()]
    found = [
        _of_hip(image, labels, full, side, (edges or {}).get(side), sagittal, find_edges) for side in sides
    ]
    return [replace(hip, notes=(*hip.notes, *said)) for hip in found]


def _of_hip(
    image: Image,
    labels: Image,
    full: Image,
    side: str,
    edge: np.ndarray | None,
    sagittal: bool,
    find_edges: bool,
) -> HipFindings:
    notes = []
    source = MARKED if edge is not None else ""
    measured = measure_hip(full, side, edge, sagittal=sagittal)
    centre = np.array(measured.centre)
    if edge is None and find_edges:
        try:
            edge = find_acetabular_edge(image, side, centre, measured.radius)
            measured = with_edge(measured, edge)
            source = AUTOMATIC
            if _blurs_the_roof(image):
                notes.append(
                    f"The acetabular edge {side} was read off axial slices {image.sliced_spacing[2]:.0f} mm apart, which "
                    "blur the roof: check it on the image."
                )
        except InputError as error:
            edge = None
            notes.append(str(error))
    oedema = None
    try:
        oedema = suggest_oedema(image, labels, side, centre, measured.radius)
    except InputError as error:
        notes.append(str(error))
    place = None if edge is None else as_point(edge)
    return HipFindings(measured, place, source, oedema, tuple(notes))


def _blurs_the_roof(image: Image) -> bool:
    """Whether slices lie across the coronal plane of the roof and so far apart that it is seen in one or two of them."""
    return abs(float(image.slice_normal[2])) > 0.7 and image.sliced_spacing[2] > 3.0


def after_examination(
    earlier: HipFindings | None, now: HipFindings, same: bool, find_edges: bool = True
) -> tuple[HipFindings, str]:
    """What holds of a hip that an examination measured before, and a sentence where its arcs no longer do ("" else).

    Several series show where a necrosis ends on the surface, and one of them the acetabular edge; the outline alone gives
    neither again, so that both stay as long as the outline does. An edge that a reader has marked since, or taken away,
    counts.

    Args:
        earlier: what was known; None where nothing was. now: of the present outline and the edges that are marked now.
        same: whether voxels and outline of this hip are as they were then.
        find_edges: whether an edge that nobody marked is wanted.
    """
    if earlier is None or earlier.measurement.arcs_from != OF_SERIES or now.measurement.necrosis_ml <= 0:
        return now, ""
    before = f"those of all series ({earlier.measurement.combined_necrotic_angle:.0f} degrees together)"
    if not same:
        return now, f"the arcs are read off the outline, which was changed, instead of {before}."
    plane = earlier.measurement.arc_b_plane
    if plane != now.measurement.arc_b_plane:
        return now, f"the arcs are read off the outline, since {before} lie in the {plane} plane."
    marked = MARKED in (now.edge_source, earlier.edge_source)
    chosen = now if marked or not find_edges or earlier.edge is None else earlier
    measured = replace(earlier.measurement, jic_type=None)
    if chosen.edge is not None:
        measured = with_edge(measured, np.array(chosen.edge))
    return replace(earlier, measurement=measured, edge=chosen.edge, edge_source=chosen.edge_source), ""


def findings_as_json(hips: list[HipFindings]) -> list[dict[str, Any]]:
    """Lists and numbers only, for a file or another process."""
    return [asdict(hip) for hip in hips]


def findings_from_json(rows: list[Mapping[str, Any]]) -> list[HipFindings]:
    """What :func:`findings_as_json` gave, as it was."""
    return [
        HipFindings(
            HipMeasurement(**_tuples(row["measurement"])),
            _tuple(row["edge"]),
            row["edge_source"],
            None if row["oedema"] is None else Oedema(**row["oedema"]),
            tuple(row["notes"]),
        )
        for row in rows
    ]


def _tuples(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _tuple(value) for name, value in fields.items()}


def _tuple(value: Any) -> Any:
    return tuple(_tuple(one) for one in value) if isinstance(value, list | tuple) else value
