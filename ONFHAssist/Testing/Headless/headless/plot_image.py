"""A picture of a plot chart node, drawn with VTK's charts as Slicer's plot view does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

_SERIES = slicer.vtkMRMLPlotSeriesNode


def _axis(axis: vtk.vtkAxis, title: str, automatic: bool, limits: tuple, log: bool, grid: bool) -> None:
    axis.SetTitle(title or "")
    axis.SetGridVisible(grid)
    axis.SetLogScale(log)
    if not automatic:
        axis.SetBehavior(vtk.vtkAxis.FIXED)
        axis.SetRange(*limits)
    axis.GetTitleProperties().SetFontSize(14)
    axis.GetLabelProperties().SetFontSize(12)


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
    chart.GetTitleProperties().SetFontSize(16)
    chart.SetShowLegend(bool(chart_node.GetLegendVisibility()))
    grid, titles = bool(chart_node.GetGridVisibility()), chart_node.GetAxisTitleVisibility()
    _axis(
        chart.GetAxis(vtk.vtkAxis.BOTTOM), chart_node.GetXAxisTitle() if titles else "",
        chart_node.GetXAxisRangeAuto(), chart_node.GetXAxisRange(), bool(chart_node.GetXAxisLogScale()), grid,
    )  # fmt: skip
    _axis(
        chart.GetAxis(vtk.vtkAxis.LEFT), chart_node.GetYAxisTitle() if titles else "",
        chart_node.GetYAxisRangeAuto(), chart_node.GetYAxisRange(), bool(chart_node.GetYAxisLogScale()), grid,
    )  # fmt: skip
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
