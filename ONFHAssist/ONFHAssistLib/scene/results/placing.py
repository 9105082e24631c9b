"""Markups that the user places with the mouse: points of a femoral head, acetabular edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from .measurements import edge_node

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsFiducialNode


def new_points() -> vtkMRMLMarkupsFiducialNode:
    """An empty point list for one femoral head."""
    node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsFiducialNode", _("Femoral head points"))
    node.CreateDefaultDisplayNodes()
    return node


def place_edge(side: str) -> vtkMRMLMarkupsFiducialNode:
    """Let the next click mark the lateral acetabular edge of "R" or "L" anew."""
    node = edge_node(side)
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
