"""Plot charts of the scene, drawn from tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import slicer

from .attributes import mark

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLPlotSeriesNode, vtkMRMLTableNode

_DASHES = {"solid": "LineStyleSolid", "dash": "LineStyleDash", "none": "LineStyleNone"}
_KINDS = {"line": "PlotTypeScatter", "bar": "PlotTypeBar"}


@dataclass(frozen=True)
class Series:
    """One series of a chart: columns of a table and how to draw them."""

    name: str
    table: vtkMRMLTableNode
    x: str
    y: str
    kind: str = "line"  # or "bar"
    line: str = "solid"  # or "dash", "none"
    colour: tuple[float, float, float] = (0.0, 0.45, 0.70)
    label_column: str | None = None


def chart(
    name: str,
    series: Sequence[Series],
    *,
    title: str,
    x_title: str,
    y_title: str,
    role: str,
    provenance: Mapping[str, str],
    side: str | None = None,
    y_range: tuple[float, float] | None = None,
    node: vtkMRMLPlotChartNode | None = None,
) -> vtkMRMLPlotChartNode:
    """Make, or redraw, a chart node; series of an earlier drawing are removed."""
    scene = slicer.mrmlScene
    if node is None:
        node = scene.AddNewNodeByClass("vtkMRMLPlotChartNode", name)
    old = [node.GetNthPlotSeriesNode(i) for i in range(node.GetNumberOfPlotSeriesNodes())]
    node.RemoveAllPlotSeriesNodeIDs()
    for entry in old:
        if entry is not None:
            scene.RemoveNode(entry)
    for entry in series:
        node.AddAndObservePlotSeriesNodeID(_series_node(entry).GetID())
    node.SetTitle(title)
    node.SetXAxisTitle(x_title)
    node.SetYAxisTitle(y_title)
    node.SetLegendVisibility(len(series) > 1)
    node.SetLegendFontSize(10)  # it lies on the curves
    if y_range is not None:
        node.SetYAxisRangeAuto(False)
        node.SetYAxisRange(*y_range)
    mark(node, role, provenance, side)
    return node


def _series_node(series: Series) -> vtkMRMLPlotSeriesNode:
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", series.name)
    kinds = slicer.vtkMRMLPlotSeriesNode
    node.SetAndObserveTableNodeID(series.table.GetID())
    node.SetPlotType(getattr(kinds, _KINDS[series.kind]))
    if series.kind == "line":
        node.SetXColumnName(series.x)
        node.SetMarkerStyle(kinds.MarkerStyleNone)
        node.SetLineStyle(getattr(kinds, _DASHES[series.line]))
        node.SetLineWidth(2)
    if series.label_column:
        node.SetLabelColumnName(series.label_column)
    node.SetYColumnName(series.y)
    node.SetColor(*series.colour)
    return node
