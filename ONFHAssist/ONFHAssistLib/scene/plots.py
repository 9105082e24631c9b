"""Plot charts of the scene, drawn from tables; curves differ in line as well as in colour, so that grey print reads.

Slicer's views draw with VTK's own fonts, which have no Chinese characters and take none from elsewhere: texts that
they cannot draw stand in English there, while names of nodes and tables are in the language of the panels.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from ..core.language import ENGLISH, PLACEHOLDER, chosen, read_ts
from ..core.resources import resource_path
from .attributes import mark_result

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLPlotSeriesNode, vtkMRMLTableNode

GREEN, ORANGE, BLUE, GREY = (0.0, 0.62, 0.45), (0.84, 0.37, 0.0), (0.0, 0.45, 0.70), (0.6, 0.6, 0.6)
_LINES = {
    "solid": "LineStyleSolid",
    "dash": "LineStyleDash",
    "dot": "LineStyleDot",
    "dashdot": "LineStyleDashDot",
    "none": "LineStyleNone",
}
_FIRST_UNDRAWN = 0x2E80  # of the characters of East Asia
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
    line: str = "solid"  # or "dash", "dot", "dashdot", "none"
    width: int = 2
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
    node.SetTitle(drawn(title))
    node.SetXAxisTitle("\n".join(map(drawn, [x_title, *below])))
    node.SetYAxisTitle(drawn(y_title))
    node.SetTitleFontSize(_TITLE_SIZE)
    node.SetAxisTitleFontSize(_TEXT_SIZE)
    node.SetLegendVisibility(len(series) > 1 and not below)
    node.SetLegendFontSize(10)  # it lies on the curves
    if y_range is not None:
        node.SetYAxisRangeAuto(False)
        node.SetYAxisRange(*y_range)
    mark_result(node, role, provenance, side)
    return node


def legend_line(series: Sequence[Series]) -> str:
    """A line for ``below``: each curve after the word of its line, such as "solid: observed; dashed: perfect"."""
    words = {"solid": _("solid"), "dash": _("dashed"), "dot": _("dotted"), "dashdot": _("dash-dot")}
    return "; ".join(f"{drawn(words[one.line])}: {drawn(one.name)}" for one in series)


def drawn(text: str) -> str:
    """A text as a plot, slice or 3D view can draw it: itself, or its English source where it holds Chinese characters."""
    return text if all(ord(one) < _FIRST_UNDRAWN for one in text) else _source_of(text)


@lru_cache(maxsize=512)
def _source_of(text: str) -> str:
    """The English text of a translation, values filled in; the text itself where it is none of ours."""
    for pattern, source in _translations(chosen()):
        match = pattern.fullmatch(text)
        if match is not None:
            values = {name: drawn(value) for name, value in match.groupdict().items()}
            return _filled(source, values)
    return text


def _filled(source: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found.group(1), found.group()), source)


@lru_cache
def _translations(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Pattern of every translation of panels and scene with its source, the longest first."""
    if language == ENGLISH:
        return []
    found = []
    for _context, source, translation in read_ts(resource_path("Translations", f"ONFHAssist_{language}.ts")):
        if not translation or "<" in translation:
            continue
        pieces, last, names = [], 0, set()
        for match in PLACEHOLDER.finditer(translation):
            name = match.group(1)
            group = f"(?P={name})" if name in names else f"(?P<{name}>.+?)"
            pieces += [re.escape(translation[last : match.start()]), group]
            names.add(name)
            last = match.end()
        found.append((translation, "".join([*pieces, re.escape(translation[last:])]), source))
    return [
        (re.compile(pattern), source)
        for _text, pattern, source in sorted(found, key=lambda one: -len(one[0]))
    ]


def bar_legend(names: Sequence[str]) -> list[str]:
    """Lines for ``below``: what the first bars are, by their numbers; Slicer has no names on an axis."""
    return [f"{number}  {drawn(name)}" for number, name in enumerate(names[:NAMED_BARS], 1)]


def _series_node(series: Series) -> vtkMRMLPlotSeriesNode:
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLPlotSeriesNode", drawn(series.name))
    kinds = slicer.vtkMRMLPlotSeriesNode
    node.SetAndObserveTableNodeID(series.table.GetID())
    if series.kind == "line":
        node.SetPlotType(kinds.PlotTypeScatter)
    else:
        node.SetPlotType(kinds.PlotTypeScatterBar if series.x else kinds.PlotTypeBar)
    node.SetXColumnName(series.x)
    if series.kind == "line":
        node.SetMarkerStyle(kinds.MarkerStyleNone)
        node.SetLineStyle(getattr(kinds, _LINES[series.line]))
        node.SetLineWidth(series.width)
    if series.label_column:
        node.SetLabelColumnName(series.label_column)
    node.SetYColumnName(series.y)
    node.SetColor(*series.colour)
    return node
