"""A plot chart node drawn with VTK's charts, as Slicer's plot view does, and pictures of render windows."""

from __future__ import annotations

from typing import Any

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

from ..qt.pythonqt import QtGui

_SERIES = slicer.vtkMRMLPlotSeriesNode


def _axis(axis: Any, letter: str, node: Any) -> None:
    """Set up the chart's axis as the node says; ``letter`` is "X" or "Y"."""

    def get(name: str) -> Any:
        return getattr(node, f"Get{letter}Axis{name}")()

    axis.SetTitle((get("Title") or "") if get("TitleVisibility") else "")
    axis.SetGridVisible(bool(node.GetGridVisibility()))
    axis.SetLogScale(bool(get("LogScale")))
    if not get("RangeAuto"):
        axis.SetBehavior(vtk.vtkAxis.FIXED)
        axis.SetRange(*get("Range"))
    axis.GetTitleProperties().SetFontSize(node.GetAxisTitleFontSize())
    axis.GetLabelProperties().SetFontSize(node.GetAxisLabelFontSize())


def _add_series(chart: Any, series: Any) -> None:
    node = series.GetTableNode()
    table = node.GetTable() if node is not None else None
    y = series.GetYColumnName()
    if table is None or table.GetColumnByName(y or "") is None:
        return
    kind = series.GetPlotType()
    x = series.GetXColumnName() if kind in {_SERIES.PlotTypeScatter, _SERIES.PlotTypeScatterBar} else ""
    bar = kind in {_SERIES.PlotTypeBar, _SERIES.PlotTypeScatterBar}
    plot = chart.AddPlot(vtk.vtkChart.BAR if bar else vtk.vtkChart.LINE)
    plot.SetUseIndexForXSeries(not x)
    plot.SetInputData(table, x or y, y)
    plot.SetLabel(series.GetName())
    plot.SetColorF(*series.GetColor(), series.GetOpacity())
    if isinstance(plot, vtk.vtkPlotLine):
        plot.SetWidth(series.GetLineWidth())
        plot.GetPen().SetLineType(series.GetLineStyle())
        plot.SetMarkerStyle(series.GetMarkerStyle())
        plot.SetMarkerSize(series.GetMarkerSize())


def chart_image(chart_node: Any, size: tuple[int, int]) -> QtGui.QImage:
    """The chart, in this width and height."""
    view = vtk.vtkContextView()
    view.GetRenderWindow().SetOffScreenRendering(1)
    view.GetRenderWindow().SetMultiSamples(8)
    view.GetRenderWindow().SetSize(*size)
    view.GetRenderer().SetBackground(1, 1, 1)
    chart = vtk.vtkChartXY()
    view.GetScene().AddItem(chart)
    chart.SetTitle((chart_node.GetTitle() or "") if chart_node.GetTitleVisibility() else "")
    chart.GetTitleProperties().SetFontSize(chart_node.GetTitleFontSize())
    chart.GetLegend().GetLabelProperties().SetFontSize(chart_node.GetLegendFontSize())
    chart.SetShowLegend(bool(chart_node.GetLegendVisibility()))
    _axis(chart.GetAxis(vtk.vtkAxis.BOTTOM), "X", chart_node)
    _axis(chart.GetAxis(vtk.vtkAxis.LEFT), "Y", chart_node)
    for index in range(chart_node.GetNumberOfPlotSeriesNodes()):
        _add_series(chart, chart_node.GetNthPlotSeriesNode(index))
    view.GetRenderWindow().Render()
    return image_of(view.GetRenderWindow())


def image_of(window: Any) -> QtGui.QImage:
    """What a ``vtkRenderWindow`` shows."""
    grab = vtk.vtkWindowToImageFilter()
    grab.SetInput(window)
    grab.ReadFrontBufferOff()
    grab.SetInputBufferTypeToRGB()
    grab.Update()
    width, height, _ = grab.GetOutput().GetDimensions()
    rows = vtk_to_numpy(grab.GetOutput().GetPointData().GetScalars()).reshape(height, 3 * width)
    pixels = np.ascontiguousarray(rows[::-1])  # VTK begins below, Qt above
    return QtGui.QImage(pixels.data, width, height, 3 * width, QtGui.QImage.Format.Format_RGB888).copy()
