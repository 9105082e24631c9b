"""From a number of the glance to what it rests on: slices with arcs or heat, the chart, the table; each in its layout."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer

from ..imaging.labels import SIDES
from .attributes import TABLE_LINK
from .images.ownership import find_node
from .readable import make_layout_readable
from .results.facing import leave_radiograph
from .results.features_and_prediction import show_chart
from .results.heatmaps import show_heat

if TYPE_CHECKING:
    from slicer import vtkMRMLDisplayableNode, vtkMRMLScalarVolumeNode, vtkMRMLSliceNode, vtkMRMLTableNode

_CHARTS = {"prediction": "contribution chart", "survival": "survival chart"}
USUAL_HEAD_MM = 50.0  # across, where no box says it
AROUND_HEAD = (
    2.2  # a slice view shows this many times the size of a head in its narrower direction: the whole joint
)
_MARGIN = 1.1  # around the heads in 3D


def show_link(link: str, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Follow a link of :func:`.summary.case_lines`, such as "stage:R" or "table-stage:R"; whether there was something."""
    role, _colon, side = link.partition(":")
    if role.startswith(TABLE_LINK):
        return show_table(role.removeprefix(TABLE_LINK), side, volume)
    return show_result(role, side, volume)


def show_result(role: str, side: str, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Show what a result of ``role`` ("measurements", "stage", "prediction", "survival") of a hip rests on.

    Measurements are shown on the slices through the head's centre, in whose planes the arcs lie; a stage by its heat over
    these slices; a probability by chart and table of what drove it and a survival by its chart, beside the slices.

    Returns:
        Whether there was something to show.
    """
    if role in _CHARTS:
        chart = find_node("vtkMRMLPlotChartNode", _CHARTS[role], volume, side)
        if chart is not None:
            names = None
            if role == "prediction":
                names = find_node("vtkMRMLTableNode", "contributions", volume, side)
            _set_layout("SlicerLayoutFourUpPlotView" if names is None else "SlicerLayoutFourUpPlotTableView")
            show_chart(chart)
            _activate(names)
            _show_slices(side, volume)
        return chart is not None
    if volume is None or volume.GetScene() is None:
        return False
    heat = find_node("vtkMRMLScalarVolumeNode", "heatmap", volume, side) if role == "stage" else None
    if role == "stage" and heat is None:
        return False
    _set_layout("SlicerLayoutFourUpView")
    show_heat(volume, heat)
    return jump_to_head(side, volume)


def show_table(role: str, side: str, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Open the table of a result beside the slices through its head."""
    table = find_node("vtkMRMLTableNode", role, volume, side) or find_node("vtkMRMLTableNode", role, volume)
    if table is None:
        return False
    _set_layout("SlicerLayoutFourUpTableView")
    _activate(table)
    _show_slices(side, volume)
    return True


def _activate(table: vtkMRMLTableNode | None) -> None:
    """Show a table in the layout's table view."""
    if table is not None:
        make_layout_readable()
        logic = slicer.app.applicationLogic()
        logic.GetSelectionNode().SetActiveTableID(table.GetID())
        logic.PropagateTableSelection()


def _set_layout(name: str) -> None:
    leave_radiograph()  # else the axial view would stay turned
    slicer.app.layoutManager().setLayout(getattr(slicer.vtkMRMLLayoutNode, name))


def _show_slices(side: str, volume: vtkMRMLScalarVolumeNode | None) -> None:
    if volume is not None and volume.GetScene() is not None:
        slicer.util.setSliceViewerLayers(background=volume)
        jump_to_head(side, volume)


def show_heads_in_3d(volume: vtkMRMLScalarVolumeNode) -> None:
    """The 3D view filled by the heads; all that there is to see, where there is no box of them."""
    slicer.util.resetThreeDViews()  # also its frame and letters
    boxes = [find_node("vtkMRMLMarkupsROINode", "head box", volume, side) for side in SIDES]
    zoom_3d_to_heads([box for box in boxes if box is not None])


def jump_to_head(side: str, volume: vtkMRMLScalarVolumeNode) -> bool:
    """All slices through the centre of the head, known from its arc or its box, and filled by the joint."""
    arc = find_node("vtkMRMLMarkupsAngleNode", "arc A", volume, side)
    box = find_node("vtkMRMLMarkupsROINode", "head box", volume, side)
    if arc is not None:
        centre = arc.GetNthControlPointPositionWorld(1)
    elif box is not None:
        centre = box.GetCenter()
    else:
        return False
    zoom_slices_to_head(centre, USUAL_HEAD_MM if box is None else max(box.GetSize()))
    return True


def zoom_slices_to_head(centre: Sequence[float], size_mm: float = USUAL_HEAD_MM) -> None:
    """All slice views through ``centre`` (RAS mm), with the head in their middle and the joint filling them.

    A view that shows less, since the user went closer, stays as close as it is, as long as it shows the whole head.
    """
    for node in slicer.util.getNodesByClass("vtkMRMLSliceNode"):
        node.JumpSliceByCentering(*centre)
        shown = min(node.GetFieldOfView()[:2])
        if not size_mm <= shown <= AROUND_HEAD * size_mm:
            _set_narrower_side(node, AROUND_HEAD * size_mm)


def _set_narrower_side(node: vtkMRMLSliceNode, mm: float) -> None:
    columns, rows = node.GetDimensions()[:2]
    scale = mm / max(min(columns, rows), 1)
    node.SetFieldOfView(scale * max(columns, 1), scale * max(rows, 1), node.GetFieldOfView()[2])
    node.UpdateMatrices()


def zoom_3d_to_heads(boxes: Sequence[vtkMRMLDisplayableNode], above_deg: float = 0.0) -> None:
    """All 3D views from the front, the patient's right on the left, filled by what bounds or is the heads.

    Args:
        above_deg: how far from above, 90 for straight down.
    """
    corners = np.array([corner for box in boxes for corner in _corners(box)])
    if not len(corners):
        return
    low, high = corners.min(axis=0), corners.max(axis=0)
    width, depth, height = high - low
    sine, cosine = math.sin(math.radians(above_deg)), math.cos(math.radians(above_deg))
    up, deep = height * cosine + depth * sine, depth * cosine + height * sine  # as they are seen from there
    manager = slicer.app.layoutManager()
    for index in range(manager.threeDViewCount):
        view = manager.threeDWidget(index).threeDView()
        columns, rows = _size_of(view)
        camera = view.renderWindow().GetRenderers().GetFirstRenderer().GetActiveCamera()
        tall = max(up, width * max(rows, 1) / max(columns, 1)) * _MARGIN
        away = 0.5 * tall / math.tan(math.radians(0.5 * camera.GetViewAngle())) + 0.5 * deep
        x, y, z = 0.5 * (low + high)
        camera.SetFocalPoint(x, y, z)
        camera.SetPosition(x, y + away * cosine, z + away * sine)
        camera.SetViewUp(0.0, -sine, cosine)
        camera.SetParallelScale(0.5 * tall)
        view.renderWindow().GetRenderers().GetFirstRenderer().ResetCameraClippingRange()


def _size_of(view: Any) -> tuple[int, int]:
    """Columns and rows of a 3D view as the layout has it now; its picture has those of the layout before for a while."""
    rows = slicer.app.layoutManager().viewport().layout()
    if rows is not None:  # as in the layout of no view at all
        rows.activate()
    return view.width, view.height


def _corners(box: vtkMRMLDisplayableNode) -> np.ndarray:
    bounds = [0.0] * 6
    box.GetRASBounds(bounds)
    return np.array([bounds[::2], bounds[1::2]])
