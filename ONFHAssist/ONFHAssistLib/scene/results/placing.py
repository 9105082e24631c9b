"""Markups that the user places with the mouse: points of a femoral head, acetabular edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from ..attributes import ROLE
from ..images.ownership import results_of, set_image
from .measurements import edge_node

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsFiducialNode, vtkMRMLScalarVolumeNode


def new_points(volume: vtkMRMLScalarVolumeNode | None = None) -> vtkMRMLMarkupsFiducialNode:
    """An empty point list for one femoral head on an image."""
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", _("Femoral head points"))
    node.CreateDefaultDisplayNodes()
    set_image(node, volume)
    return node


def points_on(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLMarkupsFiducialNode | None:
    """The point list for a head that was begun last on an image, or None."""
    lists = results_of(volume, "vtkMRMLMarkupsFiducialNode")
    return next((node for node in reversed(lists) if not node.GetAttribute(ROLE)), None)


def place_edge(volume: vtkMRMLScalarVolumeNode, side: str) -> vtkMRMLMarkupsFiducialNode:
    """Let the next click mark the lateral acetabular edge of "R" or "L" on an image anew."""
    node = edge_node(volume, side)
    node.RemoveAllControlPoints()
    start_placing(node, many=False)
    return node


def start_placing(points: vtkMRMLMarkupsFiducialNode, many: bool) -> None:
    """Let the next click in a slice add a point; with ``many`` every click until the user presses Esc."""
    application = slicer.app.applicationLogic()
    selection = application.GetSelectionNode()
    selection.SetReferenceActivePlaceNodeClassName("vtkMRMLMarkupsFiducialNode")
    selection.SetActivePlaceNodeID(points.GetID())
    interaction = application.GetInteractionNode()
    interaction.SetPlaceModePersistence(int(many))
    interaction.SetCurrentInteractionMode(interaction.Place)
