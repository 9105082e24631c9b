"""A picture of a plot chart node, drawn with VTK's charts as Slicer's plot view does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

_SERIES = slicer.vtkMRMLPlotSeriesNode


def _axis(axis: vtk.vtkAxis, letter: str, node: slicer.vtkMRMLPlotChartNode) -> None:
    """Set up the chart's axis as the node says; ``letter`` is "X" or "Y"."""

    def get(name: str) -> object:
        return getattr(node, f"Get{letter}Axis{name}")()

    axis.SetTitle((get("Title") or "") if get("TitleVisibility") else "")
    axis.SetGridVisible(bool(node.GetGridVisibility()))
    axis.SetLogScale(bool(get("LogScale")))
    if not get("RangeAuto"):
        axis.SetBehavior(vtk.vtkAxis.FIXED)
        axis.SetRange(*get("Range"))
    axis.GetTitleProperties().SetFontSize(node.GetAxisTitleFontSize())
    axis.GetLabelProperties().SetFontSize(node.GetAxisLabelFontSize())


def _add_series(chart: vtk.vtkChartXY, series: slicer.vtkMRMLPlotSeriesNode) -> None:
    node = series.GetTableNode()
    table = node.GetTable() if node is not None else None
    y = series.GetYColumnName()
    if table is None or table.GetColumnByName(y or "") is None:
        return
    scatter = series.GetPlotType() in {_SERIES.PlotTypeScatter, _SERIES.PlotTypeScatterBar}
    bar = series.GetPlotType() in {_SERIES.PlotTypeBar, _SERIES.PlotTypeScatterBar}
    x = series.GetXColumnName() if scatter else ""
    plot = chart.AddPlot(vtk.vtkChart.BAR if bar else vtk.vtkChart.LINE)
    if x:
        plot.SetInputData(table, x, y)
    else:
        plot.SetUseIndexForXSeries(True)
        plot.SetInputData(table, y, y)
    plot.SetLabel(series.GetName())
    plot.SetColorF(*series.GetColor(), series.GetOpacity())
    if isinstance(plot, vtk.vtkPlotLine):
        plot.SetWidth(series.GetLineWidth())
        plot.GetPen().SetLineType(series.GetLineStyle())
        plot.SetMarkerStyle(series.GetMarkerStyle())
        plot.SetMarkerSize(series.GetMarkerSize())


def chart_image(chart_node: slicer.vtkMRMLPlotChartNode, size: tuple[int, int]) -> np.ndarray:
    """The chart as RGB pixels, shape (height, width, 3), uint8."""
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
    grab = vtk.vtkWindowToImageFilter()
    grab.SetInput(view.GetRenderWindow())
    grab.ReadFrontBufferOff()
    grab.Update()
    image = grab.GetOutput()
    width, height, _ = image.GetDimensions()
    pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(height, width, -1)
    return np.ascontiguousarray(pixels[::-1, :, :3])


def grab_plot(
    path: str | Path, chart_node: slicer.vtkMRMLPlotChartNode, *, size: tuple[int, int] = (640, 480)
) -> Path:
    """Write a picture (PNG) of a plot chart."""
    from PySide6.QtGui import QImage

    pixels = chart_image(chart_node, size)
    height, width, _ = pixels.shape
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    if not image.save(str(path)):
        raise OSError(f"the picture {path} could not be written")
    return path
