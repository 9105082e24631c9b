"""What belongs to one case: boxes, linked files and the place of everything under the patient's study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import slicer

from ..imaging.head import FemoralHead
from .attributes import ROLE, SIDE, mark

if TYPE_CHECKING:
    from slicer import (
        vtkMRMLMarkupsFiducialNode,
        vtkMRMLMarkupsROINode,
        vtkMRMLNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLSegmentationNode,
        vtkMRMLTextNode,
    )

FOLDER_SUFFIX = " ONFH results"
_RAS = np.array([-1.0, -1.0, 1.0])


def box_of_head(head: FemoralHead, provenance: Mapping[str, str]) -> vtkMRMLMarkupsROINode:
    """Markups ROI "Femoral head R/L box", moved if it is there already."""
    name = f"Femoral head {head.side} box"
    node = find_node("vtkMRMLMarkupsROINode", "head box", head.side)
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsROINode", name)
        node.CreateDefaultDisplayNodes()
        display = node.GetDisplayNode()
        display.SetFillVisibility(False)
        display.SetHandlesInteractive(False)
        display.SetPropertiesLabelVisibility(False)  # the name would lie on the head
        display.SetGlyphScale(0.5)
        display.SetOpacity(0.4)  # the outline is what is to be checked
    low, high = (np.asarray(corner) * _RAS for corner in head.box)
    node.SetCenter(*(0.5 * (low + high)))
    node.SetSize(*np.abs(high - low))
    mark(node, "head box", provenance, head.side)
    return node


def points_of(node: vtkMRMLMarkupsFiducialNode | None) -> np.ndarray:
    """Placed control points in LPS mm, shape (n, 3), world coordinates; none for a missing node."""
    if node is None or node.GetScene() is None:
        return np.zeros((0, 3))
    placed = [
        node.GetNthControlPointPositionWorld(i)
        for i in range(node.GetNumberOfControlPoints())
        if node.GetNthControlPointPositionStatus(i) == node.PositionDefined
    ]
    return np.asarray(placed, float).reshape(-1, 3) * _RAS


def find_node(class_name: str, role: str, side: str | None = None) -> vtkMRMLNode | None:
    """The first node of a class with a role (and side) of ours, or None."""
    for node in slicer.util.getNodesByClass(class_name):
        if node.GetAttribute(ROLE) == role and (side is None or node.GetAttribute(SIDE) == side):
            return node
    return None


def outlines_on(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLSegmentationNode | None:
    """The only segmentation of ours that was made on ``volume``; None where there is none or a choice."""
    role = slicer.vtkMRMLSegmentationNode.GetReferenceImageGeometryReferenceRole()
    found = [
        node
        for node in slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
        if node.GetAttribute(ROLE) == "segmentation" and node.GetNodeReferenceID(role) == volume.GetID()
    ]
    return found[0] if len(found) == 1 else None


def text_node(name: str, text: str, role: str, provenance: Mapping[str, str]) -> vtkMRMLTextNode:
    """Text node, such as a link to the report file or the plain statement of what a model was trained on."""
    node = find_node("vtkMRMLTextNode", role)
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTextNode", name)
    node.SetText(text)
    mark(node, role, provenance)
    return node


def gather(volume: vtkMRMLScalarVolumeNode, nodes: Iterable[vtkMRMLNode | None]) -> int:
    """Put results into one folder beside their volume in the subject hierarchy; returns the folder's item.

    The folder lies where the volume lies (the study, when it came from DICOM), so that Slicer saves and exports the
    results with the study, and removing the folder removes them all.
    """
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    volume_item = _item_of(hierarchy, volume, hierarchy.GetSceneItemID())
    parent = hierarchy.GetItemParent(volume_item)
    name = f"{volume.GetName()}{FOLDER_SUFFIX}"
    folder = hierarchy.GetItemChildWithName(parent, name)
    if not folder:
        folder = hierarchy.CreateFolderItem(parent, name)
    for node in nodes:
        if node is not None:
            hierarchy.SetItemParent(_item_of(hierarchy, node, folder), folder)
            for series in _series_of(node):  # the application lists them too, and they go with their chart
                hierarchy.SetItemParent(_item_of(hierarchy, series, folder), folder)
    return folder


def _series_of(node: vtkMRMLNode) -> list[vtkMRMLNode]:
    if not node.IsA("vtkMRMLPlotChartNode"):
        return []
    series = (node.GetNthPlotSeriesNode(i) for i in range(node.GetNumberOfPlotSeriesNodes()))
    return [one for one in series if one is not None]


def remove_empty_folder(volume: vtkMRMLScalarVolumeNode) -> None:
    """Take away the folder of a volume's results where they all went elsewhere."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    parent = hierarchy.GetItemParent(hierarchy.GetItemByDataNode(volume))
    folder = hierarchy.GetItemChildWithName(parent, f"{volume.GetName()}{FOLDER_SUFFIX}")
    if folder and not hierarchy.GetNumberOfItemChildren(folder):
        hierarchy.RemoveItem(folder)


def _item_of(hierarchy: slicer.vtkMRMLSubjectHierarchyNode, node: vtkMRMLNode, parent: int) -> int:
    item = hierarchy.GetItemByDataNode(node)
    return item or hierarchy.CreateItem(parent, node)
