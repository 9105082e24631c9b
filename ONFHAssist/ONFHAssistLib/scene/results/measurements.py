"""Measurements in the scene: table, angles of the arcs, acetabular edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...case.result import HipResult
from ...case.rows import measurement_row
from ...core.provenance import provenance
from ...imaging.labels import SIDES
from ...measure.findings import AUTOMATIC, HipFindings, findings
from ..attributes import mark_result, set_warnings
from ..case import control_points, move_to_case_folder
from ..images.ownership import find_node, image_of, set_image, title_of
from ..outdated import mark_source_segmentation, outlines_digest
from ..plots import drawn
from ..segmentations import COLOURS, READER, outlines_from_segmentation
from ..tables import PERCENT, columns_of, say_of_empty, table_from_columns
from ..transaction import Steps, run_all_steps
from ..volumes import image_from_volume
from ..words import plane_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slicer import (
        vtkMRMLMarkupsAngleNode,
        vtkMRMLMarkupsFiducialNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLSegmentationNode,
        vtkMRMLTableNode,
    )

UNITS = {
    "radius": "mm",
    "head_ml": "ml",
    "necrosis_ml": "ml",
    "arc_a": "deg",
    "arc_b": "deg",
    "combined_necrotic_angle": "deg",
    "depth_mm": "mm",
}
# As they are shown: what the outlines and the voxels are worth.
DECIMALS: dict[str, int | str] = {
    "radius": 1,
    "head_ml": 1,
    "necrosis_ml": 1,
    "necrotic_share": PERCENT,
    "arc_a": 1,
    "arc_b": 1,
    "combined_necrotic_angle": 1,
    "necrosis_degree_index": 1,
    "necrosis_degree_index_ab": 1,
    "depth_mm": 1,
    "oedema_extent": PERCENT,
}
# What a panel, which is narrower than the table, shows without scrolling.
_FIRST = ("side", "necrosis_ml", "necrotic_share", "jic_type", "combined_necrotic_angle")
EDGE_ROLE = "acetabular edge"
_SUGGESTED_AT = "ONFHAssist.suggestedAt"  # where the edge was found; a reader who moves it makes it his own
_LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])
_MOVED_MM = 0.05


def _titles() -> dict[str, str]:
    """What stands above each column."""
    return {
        "side": _("side"),
        "centre": _("centre"),
        "steinberg": _("extent (Steinberg)"),
        "oedema": _("oedema"),
        "radius": _("head radius"),
        "head_ml": _("head"),
        "necrosis_ml": _("necrosis"),
        "necrotic_share": _("necrotic share"),
        "arc_a": _("arc A"),
        "arc_b": _("arc B"),
        "arc_b_plane": _("plane of arc B"),
        "arcs_from": _("arcs read from"),
        "combined_necrotic_angle": _("combined angle"),
        "necrosis_degree_index": _("degree index"),
        "necrosis_degree_index_ab": _("degree index, A x B"),
        "jic_type": _("JIC type"),
        "jic_edge": _("acetabular edge"),
        "depth_mm": _("depth"),
        "oedema_extent": _("extent of oedema"),
    }


def _texts() -> dict[str, str]:
    """One sentence on a column."""
    return {
        "radius": _("Of the sphere fitted to the articular surface."),
        "necrotic_share": _("Necrotic volume over head volume, 0 to 1."),
        "steinberg": _("Mild under 15%, moderate to 30%, severe above (Steinberg 1995)."),
        "arc_a": _("Necrotic arc in the coronal plane through the head's centre (Kerboul 1974)."),
        "arc_b": _("Necrotic arc in the axial, or by the switch sagittal, plane through the head's centre."),
        "arc_b_plane": _("Plane of arc B."),
        "arcs_from": _("The outline of one series, or the border that all series of an examination show."),
        "combined_necrotic_angle": _("Arc A plus arc B."),
        "necrosis_degree_index": _("A/180 x B/180 x 100, as printed in the DLRC study."),
        "necrosis_degree_index_ab": _("A x B / 100, which gives the DLRC study's figures; its cut is 109.7."),
        "jic_type": _("Type by the weight-bearing thirds (Sugano 2002)."),
        "jic_edge": _("Whether a reader marked the lateral acetabular edge or it was found."),
        "depth_mm": _("Greatest depth of the necrosis below the articular surface."),
        "oedema": _("Suggestion from the signal of head and neck, to be confirmed by a reader."),
        "oedema_extent": _("Share of the living marrow of head and near neck that looks oedematous, 0 to 1."),
    }


def measurements_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    sagittal: bool = False,
    find_edges: bool = True,
) -> vtkMRMLTableNode:
    """Table "*volume* measurements", one row a hip, and the arcs as angles; see :func:`measure_to_scene`."""
    return measure_to_scene(volume, segmentation, sagittal, find_edges)[0]


def measure_to_scene(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    sagittal: bool = False,
    find_edges: bool = True,
) -> tuple[vtkMRMLTableNode, list[HipFindings]]:
    """Measure every outlined hip and draw the arcs; what an earlier measurement drew is replaced.

    Args:
        sagittal: arc B in the sagittal instead of the axial plane.
        find_edges: look for the lateral acetabular edge of a side on which no reader marked it.

    Raises:
        InputError: no outlines, or a marked edge that cannot be one; the scene stays as it was.
    """
    image, labels = image_from_volume(volume), outlines_from_segmentation(segmentation, volume)
    hips = findings(image, labels, marked_edges(volume), sagittal, find_edges)
    return run_all_steps(findings_in_steps(volume, segmentation, hips, outlines_digest(labels, image))), hips


def findings_in_steps(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    hips: list[HipFindings],
    outlines: Mapping[str, str],
) -> Steps[vtkMRMLTableNode]:
    """Table, arcs and edges of hips that were measured, such as by the worker, on the outlines with these hashes."""
    record = {
        **provenance(image_from_volume(volume)),
        "reader": segmentation.GetAttribute(READER) or "",
    }
    columns = _columns(hips)
    table = table_from_columns(
        _("{volume} measurements").format(volume=volume.GetName()),
        columns,
        role="measurements",
        provenance=record,
        units={name: unit for name, unit in UNITS.items() if name in columns},
        descriptions={name: text for name, text in _texts().items() if name in columns},
        titles={name: title for name, title in _titles().items() if name in columns},
        decimals=DECIMALS,
        node=find_node("vtkMRMLTableNode", "measurements", volume),
    )
    say_of_empty(table, "jic_type", [_why_no_type(hip) for hip in hips])
    # For the report, in its language.
    set_warnings(table, (f"Hip {hip.measurement.side}: {note}" for hip in hips for note in hip.notes))
    angles = []
    for hip in hips:
        yield
        angles += [_arc(volume, hip, which, record) for which in "AB"]
    measured = {hip.measurement.side for hip in hips}
    for side in set(SIDES) - measured:
        for which in "AB":
            _remove(find_node("vtkMRMLMarkupsAngleNode", f"arc {which}", volume, side))
    yield
    edges = [_show_edge(volume, hip, record) for hip in hips if hip.edge_source == AUTOMATIC]
    yield
    mark_source_segmentation([table, *angles], outlines)
    own = image_of(segmentation) in (None, volume)  # not the outlines of another series of the study
    move_to_case_folder(volume, [segmentation if own else None, table, *angles, *edges])
    return table


def _columns(hips: list[HipFindings]) -> dict[str, list]:
    rows = [measurement_row(HipResult(hip.measurement.side, findings=hip)) for hip in hips]
    names = [*_FIRST, *(name for name in rows[0] if name not in _FIRST)]
    return {name: [row[name] for row in rows] for name in names}


def _why_no_type(hip: HipFindings) -> str:
    """What a view shows in the place of a JIC type that is not there."""
    if hip.measurement.jic_type:
        return ""
    return _("no edge") if hip.measurement.necrosis_ml else _("no necrosis")


def _arc(
    volume: vtkMRMLScalarVolumeNode, hip: HipFindings, which: str, record: Mapping[str, str]
) -> vtkMRMLMarkupsAngleNode | None:
    """Angle "Arc A R" with its vertex at the head's centre; gone where there is no arc."""
    measured = hip.measurement
    ends = measured.arc_a_ends if which == "A" else measured.arc_b_ends
    node = find_node("vtkMRMLMarkupsAngleNode", f"arc {which}", volume, measured.side)
    if not ends:
        _remove(node)
        return None
    if node is None:
        name = title_of(_("Arc {which} {side}").format(which=which, side=measured.side), volume)
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsAngleNode", name)
        node.CreateDefaultDisplayNodes()
        _style(node, COLOURS[f"Necrosis {measured.side}"])
    first, last = (np.asarray(end) * _LPS_TO_RAS for end in ends)
    centre = np.asarray(measured.centre) * _LPS_TO_RAS
    # Arcs of more than half a turn: count the way round about an axis, not the smaller angle between the legs.
    axis = np.cross(first - centre, last - centre)
    degrees = measured.arc_a if which == "A" else measured.arc_b
    if degrees > 180.0:
        axis = -axis
    node.SetLocked(False)
    node.RemoveAllControlPoints()
    node.SetAngleMeasurementModeToOrientedPositive()
    node.SetOrientationRotationAxis(*(axis / max(float(np.linalg.norm(axis)), 1e-9)))
    for place in (first, centre, last):
        node.AddControlPoint(*place)
    plane = "coronal" if which == "A" else measured.arc_b_plane
    _label(node, drawn(_("Arc {which} {degrees:.0f}°").format(which=which, degrees=degrees)), plane)
    node.SetLocked(True)
    node.SetDescription(
        _("Necrotic arc, {plane} plane through the head's centre: {degrees:.1f}°").format(
            plane=plane_name(plane), degrees=degrees
        )
    )
    node.GetDisplayNode().SetViewNodeIDs(views_of(plane))
    mark_result(node, f"arc {which}", {**record, "plane": plane, "degrees": f"{degrees:.3f}"}, measured.side)
    return node


def _label(node: vtkMRMLMarkupsAngleNode, text: str, plane: str) -> None:
    """Write ``text`` at the leg's end from which it runs out of the head: labels stand to the right of their point."""
    across = (
        1 if plane == "sagittal" else 0
    )  # RAS: right in the picture is posterior, else the patient's left
    outer = min((0, 2), key=lambda k: node.GetNthControlPointPositionWorld(k)[across])
    for k in range(3):
        node.SetNthControlPointLabel(k, text if k == outer else "")


def views_of(plane: str) -> list[str]:
    """Slice views that now show a plane: an arc seen edge-on is clutter, and in 3D both numbers lie on each other.

    Empty, which means all views, where no slice view shows the plane.
    """
    slices = slicer.util.getNodesByClass("vtkMRMLSliceNode")
    return [node.GetID() for node in slices if node.GetOrientation().lower() == plane]


def _style(node: vtkMRMLMarkupsAngleNode, colour: tuple[float, float, float]) -> None:
    display = node.GetDisplayNode()
    display.SetSelectedColor(*colour)
    display.SetColor(*colour)
    display.SetTextScale(2.6)
    display.SetUseGlyphScale(False)
    display.SetGlyphSize(1.6)
    display.SetPropertiesLabelVisibility(False)  # it would lie in the arc, on the lesion and its heat
    display.SetPointLabelsVisibility(True)
    display.SetSliceProjection(False)


def _remove(node: object) -> None:
    if node is not None:
        slicer.mrmlScene.RemoveNode(node)


def measured_sagittally(volume: vtkMRMLScalarVolumeNode) -> bool:
    """Whether the measurements on an image took arc B in the sagittal plane."""
    table = find_node("vtkMRMLTableNode", "measurements", volume)
    planes = [] if table is None else columns_of(table).get("arc_b_plane", [])
    return "sagittal" in list(planes)


def edge_node(volume: vtkMRMLScalarVolumeNode, side: str) -> vtkMRMLMarkupsFiducialNode:
    """The point list "Acetabular edge R/L" of an image, made if it is not there."""
    node = find_node("vtkMRMLMarkupsFiducialNode", EDGE_ROLE, volume, side)
    if node is None:
        name = title_of(_("Acetabular edge {side}").format(side=side), volume)
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", name)
        set_image(node, volume)
        node.CreateDefaultDisplayNodes()
        display = node.GetDisplayNode()
        display.SetUseGlyphScale(False)
        display.SetGlyphSize(3.0)
        display.SetTextScale(2.6)
        display.SetSelectedColor(1.0, 1.0, 0.0)
        node.SetMaximumNumberOfControlPoints(1)
        mark_result(node, EDGE_ROLE, {}, side)
    return node


def marked_edges(volume: vtkMRMLScalarVolumeNode) -> dict[str, np.ndarray]:
    """Side to the edge that a reader marked on an image, LPS mm; one that was found and not moved since is none."""
    edges = {}
    for side in SIDES:
        node = find_node("vtkMRMLMarkupsFiducialNode", EDGE_ROLE, volume, side)
        placed = control_points(node)
        if len(placed) and not _is_suggestion(node, placed[0]):
            edges[side] = placed[0]
    return edges


def _is_suggestion(node: vtkMRMLMarkupsFiducialNode, place: np.ndarray) -> bool:
    stamp = node.GetAttribute(_SUGGESTED_AT)
    if not stamp:
        return False
    return bool(np.linalg.norm(place - np.array([float(v) for v in stamp.split()])) < _MOVED_MM)


def _show_edge(
    volume: vtkMRMLScalarVolumeNode, hip: HipFindings, record: Mapping[str, str]
) -> vtkMRMLMarkupsFiducialNode:
    side = hip.measurement.side
    node = edge_node(volume, side)
    node.RemoveAllControlPoints()
    label = drawn(_("Acetabular edge {side} (found)").format(side=side))
    place = np.asarray(hip.edge, float)
    node.AddControlPoint(*(place * _LPS_TO_RAS), label)
    node.SetAttribute(_SUGGESTED_AT, " ".join(f"{v:.4f}" for v in place))
    mark_result(node, EDGE_ROLE, record, side)
    return node
