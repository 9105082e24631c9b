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
from .hip import HipMeasurement, measure_hip, with_edge
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
