"""From a number of the glance to its picture: the slice through the head, the heatmap, the chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer

from .answers import show_chart
from .attributes import ROLE, SIDE
from .case import find_node
from .heatmaps import show_heat

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

_CHARTS = {"prediction": "contribution chart", "survival": "survival chart"}


def show_result(role: str, side: str, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Show what a result of ``role`` ("measurements", "stage", "prediction", "survival") of a hip rests on.

    Returns:
        Whether there was something to show.
    """
    if role in _CHARTS:
        chart = find_node("vtkMRMLPlotChartNode", _CHARTS[role], side)
        if chart is not None:
            show_chart(chart)
        return chart is not None
    if volume is None or volume.GetScene() is None:
        return False
    if role == "stage":
        heat = _heatmap(side)
        if heat is None:
            return False
        show_heat(volume, heat)
    else:
        slicer.util.setSliceViewerLayers(background=volume)
    return _jump_to_head(side)


def _heatmap(side: str) -> vtkMRMLScalarVolumeNode | None:
    for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode"):
        if node.GetAttribute(ROLE) == "heatmap" and node.GetAttribute(SIDE) == side:
            return node
    return None


def _jump_to_head(side: str) -> bool:
    """All slices through the centre of the head, known from its arc or its box."""
    arc = find_node("vtkMRMLMarkupsAngleNode", "arc A", side)
    box = find_node("vtkMRMLMarkupsROINode", "head box", side)
    if arc is not None:
        centre = arc.GetNthControlPointPositionWorld(1)
    elif box is not None:
        centre = box.GetCenter()
    else:
        return False
    for node in slicer.util.getNodesByClass("vtkMRMLSliceNode"):
        node.JumpSliceByCentering(*centre)
    return True
