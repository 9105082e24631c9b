"""What the views show belongs to the chosen image: heat, outlines, arcs, tables, charts of others go out of sight.

They are hidden, not removed: they come back with their image.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer

from ..attributes import ROLE
from .greys import suit_greys
from .ownership import image_of, is_image, results_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from slicer import vtkMRMLDisplayableNode, vtkMRMLNode, vtkMRMLScalarVolumeNode

_HIDDEN = "ONFHAssist.hiddenWithImage"  # on a display node that was switched off here, and not by the user


def present_image(volume: vtkMRMLScalarVolumeNode, keep: Collection[vtkMRMLNode | None] = ()) -> None:
    """Let slices, 3D, table and chart views show this image and its results, where they showed another's.

    Args:
        keep: results of another series that are chosen with this image, such as its outlines.
    """
    for node in slicer.util.getNodesByClass("vtkMRMLDisplayableNode"):
        owner = image_of(node)
        if owner is not None and not node.IsA("vtkMRMLVolumeNode"):
            _set_hidden(node, owner is not volume and node not in keep)
    suit_greys(volume)
    _clear_slices(volume)
    _clear_table_and_chart(volume)


def hide_results(volume: vtkMRMLScalarVolumeNode) -> None:
    """Keep what came of an image that is not chosen out of sight, until it is."""
    for node in results_of(volume, "vtkMRMLDisplayableNode"):
        if not node.IsA("vtkMRMLVolumeNode"):
            _set_hidden(node, True)


def _set_hidden(node: vtkMRMLDisplayableNode, hidden: bool) -> None:
    for number in range(node.GetNumberOfDisplayNodes()):
        display = node.GetNthDisplayNode(number)
        if display is None:
            continue
        if hidden and display.GetVisibility():
            display.SetVisibility(False)
            display.SetAttribute(_HIDDEN, "yes")
        elif not hidden and display.GetAttribute(_HIDDEN):
            display.RemoveAttribute(_HIDDEN)
            display.SetVisibility(True)


def _clear_slices(volume: vtkMRMLScalarVolumeNode) -> None:
    """The image in place of another one, and no heat or map of another one over it."""
    scene = slicer.mrmlScene
    for composite in slicer.util.getNodesByClass("vtkMRMLSliceCompositeNode"):
        shown = scene.GetNodeByID(composite.GetBackgroundVolumeID() or "")
        over = scene.GetNodeByID(composite.GetForegroundVolumeID() or "")
        if over is not None and (over.GetAttribute(ROLE) or shown is not volume) and not _is_of(over, volume):
            composite.SetForegroundVolumeID(None)
        if shown is not None and shown is not volume and (is_image(shown) or not _is_of(shown, volume)):
            composite.SetBackgroundVolumeID(volume.GetID())


def _clear_table_and_chart(volume: vtkMRMLScalarVolumeNode) -> None:
    scene, logic = slicer.mrmlScene, slicer.app.applicationLogic()
    selection = logic.GetSelectionNode()
    table = scene.GetNodeByID(selection.GetActiveTableID() or "")
    if table is not None and image_of(table) not in (None, volume):
        selection.SetActiveTableID(None)
        logic.PropagateTableSelection()
    chart = scene.GetNodeByID(selection.GetActivePlotChartID() or "")
    if chart is not None and image_of(chart) not in (None, volume):
        selection.SetActivePlotChartID(None)
        logic.PropagatePlotChartSelection()


def _is_of(node: vtkMRMLNode, volume: vtkMRMLScalarVolumeNode) -> bool:
    return node is volume or image_of(node) is volume
