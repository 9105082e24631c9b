"""Plot charts of the scene, drawn from tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from .attributes import mark_result

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLPlotSeriesNode, vtkMRMLTableNode

GREEN, ORANGE, BLUE, GREY = (0.0, 0.62, 0.45), (0.84, 0.37, 0.0), (0.0, 0.45, 0.70), (0.6, 0.6, 0.6)
_DASHES = {"solid": "LineStyleSolid", "dash": "LineStyleDash", "none": "LineStyleNone"}
NAMED_BARS = 3  # in the chart, which has a quarter of the window; its table names all
_TITLE_SIZE, _TEXT_SIZE = 15, 12  # for a quarter of the window


@dataclass(frozen=True)
class Series:
    """One series of a chart: columns of a table and how to draw them."""

    name: str
    table: vtkMRMLTableNode
    x: str
    y: str
    kind: str = "line"  # or "bar", which stand at 0, 1, 2 where x is ""
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
    below: Sequence[str] = (),
    node: vtkMRMLPlotChartNode | None = None,
) -> vtkMRMLPlotChartNode:
    """Make, or redraw, a chart node; series of an earlier drawing are removed.

    Args:
        below: lines below the title of the horizontal axis that say which curve is which; they stand in for the legend,
            which Slicer lays over the upper right of the curves and cannot put elsewhere.
    """
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
    node.SetXAxisTitle("\n".join([x_title, *below]))
    node.SetYAxisTitle(y_title)
    node.SetTitleFontSize(_TITLE_SIZE)
    node.SetAxisTitleFontSize(_TEXT_SIZE)
    node.SetLegendVisibility(len(series) > 1 and not below)
    node.SetLegendFontSize(10)  # it lies on the curves
    if y_range is not None:
        node.SetYAxisRangeAuto(False)
        node.SetYAxisRange(*y_range)
    mark_result(node, role, provenance, side)
    return node


def legend_line(parts: Mapping[str, tuple[float, float, float]]) -> str:
    """A line for ``below``: each name after the word of its colour, such as "blue: this hip; green: low risk"."""
    words = {GREEN: _("green"), ORANGE: _("orange"), BLUE: _("blue"), GREY: _("grey")}
    return "; ".join(f"{words[colour]}: {name}" for name, colour in parts.items())


def bar_legend(names: Sequence[str]) -> list[str]:
    """Lines for ``below``: what the first bars are, by their numbers; Slicer has no names on an axis."""
    return [f"{number}  {name}" for number, name in enumerate(names[:NAMED_BARS], 1)]


def _series_node(series: Series) -> vtkMRMLPlotSeriesNode:
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", series.name)
    kinds = slicer.vtkMRMLPlotSeriesNode
    node.SetAndObserveTableNodeID(series.table.GetID())
    if series.kind == "line":
        node.SetPlotType(kinds.PlotTypeScatter)
    else:
        node.SetPlotType(kinds.PlotTypeScatterBar if series.x else kinds.PlotTypeBar)
    node.SetXColumnName(series.x)
    if series.kind == "line":
        node.SetMarkerStyle(kinds.MarkerStyleNone)
        node.SetLineStyle(getattr(kinds, _DASHES[series.line]))
        node.SetLineWidth(2)
    if series.label_column:
        node.SetLabelColumnName(series.label_column)
    node.SetYColumnName(series.y)
    node.SetColor(*series.colour)
    return node
