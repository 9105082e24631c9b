"""What changed over time in the scene: a table, the growth as a chart, and the joint surface as a coloured model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _

from ...followup.growth import GROWN, HEALED, UNCHANGED
from ...followup.result import FollowUp, HipChange, HipFollowUp
from ..attributes import mark_result, set_warnings
from ..case import move_to_case_folder
from ..images.ownership import find_node, results_of, set_image, title_of
from ..plots import BLUE, ORANGE, Series, chart, legend_line
from ..results.features_and_prediction import show_chart
from ..show import zoom_3d_to_heads
from ..tables import table_from_columns
from ..transaction import Steps, remove_nodes
from ..words import hip_name

if TYPE_CHECKING:
    from slicer import (
        vtkMRMLColorTableNode,
        vtkMRMLModelNode,
        vtkMRMLPlotChartNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLTableNode,
    )

TABLE_ROLE, LINE_ROLE = "follow-up", "follow-up course"
CHART_ROLE, MODEL_ROLE = "follow-up chart", "joint surface change"
COLOURS_ROLE = "joint surface colours"
_BLUE, _WHITE, _RED = np.array(
    [[0.13, 0.4, 0.67], [0.97, 0.97, 0.97], [0.7, 0.09, 0.17]]
)  # as the page's maps have it
_ABOVE_DEG = 50.0  # from which the joint surface is looked at: the weight-bearing roof and its front
MOST_MM = 3.0  # of sinking, at which the colours end
_COLOURS = {"R": BLUE, "L": ORANGE}
_LINES = {"R": "solid", "L": "dashdot"}
_NUMBERS = ("growth_ml", "low_ml", "high_ml", "sunk_mm", "alignment_mm")


def follow_up_in_steps(volume: vtkMRMLScalarVolumeNode | None, result: FollowUp) -> Steps[dict[str, Any]]:
    """Table, chart and models of a follow-up in place of an earlier one's.

    Args:
        volume: of the first examination, in whose frame everything is; None where that is a folder's.

    Returns:
        Nodes ``table``, ``chart`` and ``models`` (a list).
    """
    remove_nodes(results_of(volume, "vtkMRMLModelNode", MODEL_ROLE))
    yield
    table = table_of(volume, result)
    yield
    drawn = chart_of(volume, result)
    yield
    models = []
    for hip in result.hips:
        # The last date of each hip whose surface could be read: surfaces of several dates would lie in each other.
        change = next((one for one in reversed(hip.changes) if "model" in one.files), None)
        if change is not None:
            models.append(surface_of(volume, hip, change, result))
            yield
    return {"table": table, "chart": drawn, "models": models}


def show_course(drawn: vtkMRMLPlotChartNode | None, models: Sequence[vtkMRMLModelNode]) -> None:
    """The chart beside the 3D view, in which the coloured joint surfaces are seen from above and in front."""
    layout = slicer.vtkMRMLLayoutNode.SlicerLayoutConventionalPlotView
    slicer.app.layoutManager().setLayout(layout)
    if drawn is not None:
        show_chart(drawn)
    zoom_3d_to_heads(models, above_deg=_ABOVE_DEG)


def table_of(volume: vtkMRMLScalarVolumeNode | None, result: FollowUp) -> vtkMRMLTableNode:
    """Table "follow-up": a row a hip and date, right before left."""
    words = {GROWN: _("grown"), UNCHANGED: _("unchanged"), HEALED: _("healed")}
    rows: list[dict[str, Any]] = []
    for hip in result.hips:
        changes = {one.date: one for one in hip.changes}
        for state in hip.states:
            change = changes.get(state.date)
            said = "" if change is None else _("not compared")
            if change is not None and change.growth is not None:
                said = words[change.growth.called]
            numbers = dict.fromkeys(_NUMBERS, math.nan) if change is None else _numbers(change)
            rows.append(
                {"side": hip.side, "date": state.date, "months": state.months, "called": said, **numbers,
                 "tracks": _tracks(change), "remark": _remark(change)}
            )  # fmt: skip
    names = ("side", "date", "months", "called", *_NUMBERS, "tracks", "remark")
    units = {"sunk_mm": "mm", "alignment_mm": "mm"} | dict.fromkeys(_NUMBERS[:3], "ml")
    table = table_from_columns(
        title_of(_("Follow-up"), volume),
        {name: [row[name] for row in rows] for name in names},
        role=TABLE_ROLE,
        provenance=dict(result.provenance),
        units=units,
        titles={
            "side": _("side"), "date": _("date"), "months": _("months"), "called": _("necrosis"),
            "growth_ml": _("growth"), "low_ml": _("from"), "high_ml": _("to"), "sunk_mm": _("surface sank"),
            "alignment_mm": _("aligned to"), "tracks": _("drill tracks"), "remark": _("remark"),
        },
        decimals=dict.fromkeys(("months", *_NUMBERS), 1),
        node=find_node("vtkMRMLTableNode", TABLE_ROLE, volume),
    )  # fmt: skip
    set_image(table, volume)
    set_warnings(table, result.warnings)
    move_to_folder(volume, table)
    return table


def _numbers(change: HipChange) -> dict[str, float]:
    growth, sunk = change.growth, change.sunk_told
    values = (
        *((math.nan,) * 3 if growth is None else (growth.ml, growth.low, growth.high)),
        math.nan if sunk is None else sunk.value,
        change.alignment_mm,
    )
    return dict(zip(_NUMBERS, values, strict=True))


def _tracks(change: HipChange | None) -> str:
    words = {"new": _("new"), "lost": _("lost"), "kept": _("kept")}
    return "" if change is None else ", ".join(words[one.state] for one in change.tracks)


def _remark(change: HipChange | None) -> str:
    return "" if change is None else " ".join(filter(None, (change.failure, *change.notes)))


def chart_of(volume: vtkMRMLScalarVolumeNode | None, result: FollowUp) -> vtkMRMLPlotChartNode:
    """Growth over months, a line a hip, dotted between which it lies; the hips are told apart without colour, too."""
    series, hips = [], []
    for hip in result.hips:
        line, colour = _line_of(volume, hip, result), _COLOURS[hip.side]
        hips.append(
            Series(hip_name(hip.side), line, "months", "growth_ml", line=_LINES[hip.side], colour=colour)
        )
        ends = [
            Series(hip.side, line, "months", end, line="dot", colour=colour) for end in ("low_ml", "high_ml")
        ]
        series += [hips[-1], *ends]
    node = chart(
        title_of(_("Growth of the necrosis"), volume),
        series,
        title=_("Growth of the necrosis since the first date"),
        x_title=_("Months"),
        y_title=_("ml, dotted: 90% interval"),
        role=CHART_ROLE,
        provenance=dict(result.provenance),
        below=[legend_line(hips)],
        node=find_node("vtkMRMLPlotChartNode", CHART_ROLE, volume),
    )
    set_image(node, volume)
    move_to_folder(volume, node)
    return node


def _line_of(volume: vtkMRMLScalarVolumeNode | None, hip: HipFollowUp, result: FollowUp) -> vtkMRMLTableNode:
    """What the chart draws of a hip: its first date as 0, then every date that could be compared."""
    compared = [
        (state.months, one.growth.ml, one.growth.low, one.growth.high)
        for state, one in zip(hip.states[1:], hip.changes, strict=True)
        if one.growth is not None
    ]
    rows = [(hip.states[0].months, 0.0, 0.0, 0.0), *compared]
    table = table_from_columns(
        title_of(_("Growth {side}").format(side=hip.side), volume),
        dict(zip(("months", *_NUMBERS[:3]), map(list, zip(*rows, strict=True)), strict=True)),
        role=LINE_ROLE,
        provenance=dict(result.provenance),
        side=hip.side,
        node=find_node("vtkMRMLTableNode", LINE_ROLE, volume, hip.side),
    )
    set_image(table, volume)
    move_to_folder(volume, table)
    return table


def surface_of(
    volume: vtkMRMLScalarVolumeNode | None, hip: HipFollowUp, change: HipChange, result: FollowUp
) -> vtkMRMLModelNode:
    """The joint surface of a hip, red where it sank and blue where it rose, mm."""
    name = title_of(_("Joint surface {side} since the first date").format(side=hip.side), volume)
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLModelNode", name)
    node.SetAndObservePolyData(_read_surface(Path(change.files["model"])))
    node.CreateDefaultDisplayNodes()
    display = node.GetDisplayNode()
    display.SetAndObserveColorNodeID(_colours(volume, result).GetID())
    display.SetActiveScalarName("sunk_mm")
    display.SetScalarRangeFlag(slicer.vtkMRMLDisplayNode.UseManualScalarRange)
    display.SetScalarRange(-MOST_MM, MOST_MM)
    display.SetScalarVisibility(True)
    display.SetBackfaceCulling(False)
    display.SetVisibility2D(True)
    mark_result(node, MODEL_ROLE, dict(result.provenance), hip.side)
    set_image(node, volume)
    move_to_folder(volume, node)
    return node


def _colours(volume: vtkMRMLScalarVolumeNode | None, result: FollowUp) -> vtkMRMLColorTableNode:
    """Blue where the surface rose, white where it stayed, red where it sank."""
    node = find_node("vtkMRMLColorTableNode", COLOURS_ROLE, volume)
    if node is not None:
        return node
    name = title_of(_("Joint surface: blue rose, red sank"), volume)
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLColorTableNode", name)
    node.SetTypeToUser()
    node.SetNumberOfColors(256)
    for number, share in enumerate(np.linspace(-1.0, 1.0, 256)):
        colour = _WHITE + abs(share) * ((_RED if share > 0 else _BLUE) - _WHITE)
        node.SetColor(number, f"{share * MOST_MM:+.2f} mm", *(float(v) for v in colour), 1.0)
    mark_result(node, COLOURS_ROLE, dict(result.provenance))
    set_image(node, volume)
    return node


def _read_surface(path: Path) -> vtk.vtkPolyData:
    """A surface of ``onfh followup``, whose points are LPS mm, in the RAS of the scene."""
    reader = vtk.vtkPolyDataReader()
    reader.SetFileName(str(path))
    turn = vtk.vtkTransform()
    turn.Scale(-1.0, -1.0, 1.0)
    moved = vtk.vtkTransformPolyDataFilter()
    moved.SetInputConnection(reader.GetOutputPort())
    moved.SetTransform(turn)
    normals = vtk.vtkPolyDataNormals()
    normals.SetInputConnection(moved.GetOutputPort())
    normals.SplittingOff()
    normals.Update()
    return normals.GetOutput()


def move_to_folder(volume: vtkMRMLScalarVolumeNode | None, node: Any) -> None:
    """Beside its image, where it has one."""
    if volume is not None:
        move_to_case_folder(volume, [node])
