"""What belongs to one case: boxes, linked files and the place of everything under the patient's study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _

from ..imaging.head import FemoralHead
from .attributes import mark_result
from .images.ownership import FOLDER_OF, belongs_to, find_node, results_of, set_image, title_of
from .words import head_name

if TYPE_CHECKING:
    from slicer import (
        vtkMRMLMarkupsFiducialNode,
        vtkMRMLMarkupsROINode,
        vtkMRMLNode,
        vtkMRMLScalarVolumeNode,
        vtkMRMLTextNode,
    )

_FOLDER_SUFFIX = " ONFH results"  # of the folders of version 0.1, which are known by their names
_RAS = np.array([-1.0, -1.0, 1.0])


def box_of_head(
    head: FemoralHead, volume: vtkMRMLScalarVolumeNode, provenance: Mapping[str, str]
) -> vtkMRMLMarkupsROINode:
    """Markups ROI "Femoral head R/L box" of an image, moved if it is there already."""
    node = find_node("vtkMRMLMarkupsROINode", "head box", volume, head.side)
    if node is None:
        name = title_of(_("{head} box").format(head=head_name(head.side)), volume)
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsROINode", name)
        node.CreateDefaultDisplayNodes()
        display = node.GetDisplayNode()
        display.SetFillVisibility(False)
        display.SetHandlesInteractive(False)
        display.SetPropertiesLabelVisibility(False)  # the name would lie on the head
        display.SetGlyphScale(0.5)
        display.SetOpacity(0.4)
        display.SetVisibility2D(
            False
        )  # the outline is what is to be checked, and the arcs' numbers stand there
    if head.box is None:
        raise ValueError("a head without a box was to be drawn")
    low, high = (np.asarray(corner) * _RAS for corner in head.box)
    node.SetCenter(*(0.5 * (low + high)))
    node.SetSize(*np.abs(high - low))
    mark_result(node, "head box", provenance, head.side)
    return node


def control_points(node: vtkMRMLMarkupsFiducialNode | None) -> np.ndarray:
    """Placed control points in LPS mm, shape (n, 3), world coordinates; none for a missing node."""
    if node is None or node.GetScene() is None:
        return np.zeros((0, 3))
    placed = [
        node.GetNthControlPointPositionWorld(i)
        for i in range(node.GetNumberOfControlPoints())
        if node.GetNthControlPointPositionStatus(i) == node.PositionDefined
    ]
    return np.asarray(placed, float).reshape(-1, 3) * _RAS


def text_node(
    name: str,
    text: str,
    role: str,
    provenance: Mapping[str, str],
    volume: vtkMRMLScalarVolumeNode | None = None,
) -> vtkMRMLTextNode:
    """Text node, such as a link to the report file or the plain statement of what a model was trained on.

    Args:
        volume: the image that it is about; None for what is about a cohort.
    """
    node = find_node("vtkMRMLTextNode", role, volume)
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLTextNode", title_of(name, volume))
        set_image(node, volume)
    node.SetText(text)
    mark_result(node, role, provenance)
    return node


def move_to_case_folder(
    volume: vtkMRMLScalarVolumeNode,
    nodes: Iterable[vtkMRMLNode | None],
    of: vtkMRMLScalarVolumeNode | None = None,
) -> int:
    """Make nodes the results of an image, in one folder beside it in the subject hierarchy; returns the folder's item.

    Args:
        of: whose results they are, where they lie in the folder of another image, as those of a radiograph that was
            worked up with an MRI.

    The folder lies where the volume lies (the study, when it came from DICOM), so that Slicer saves and exports the
    results with the study, and removing the folder removes them all.
    """
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    volume_item = _item_of(hierarchy, volume, hierarchy.GetSceneItemID())
    folder = folder_of(volume) or _free_folder(volume)
    if not folder:
        folder = hierarchy.CreateFolderItem(
            hierarchy.GetItemParent(volume_item), _("{volume} ONFH results").format(volume=volume.GetName())
        )
    hierarchy.SetItemAttribute(folder, FOLDER_OF, volume.GetName())
    for node in nodes:
        if node is not None:
            set_image(node, of or volume)
            hierarchy.SetItemParent(_item_of(hierarchy, node, folder), folder)
            for series in _series_of(node):  # the application lists them too, and they go with their chart
                hierarchy.SetItemParent(_item_of(hierarchy, series, folder), folder)
    return folder


def folder_of(volume: vtkMRMLScalarVolumeNode) -> int:
    """The item of the folder that holds the results of an image, whatever either is called now; 0 without one."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    for node in results_of(volume):
        item = hierarchy.GetItemByDataNode(node)
        folder = hierarchy.GetItemParent(item) if item else 0
        if folder and hierarchy.GetItemAttribute(folder, FOLDER_OF):
            return folder
    return 0


def _free_folder(volume: vtkMRMLScalarVolumeNode) -> int:
    """A folder by the image's name in which no other image's results lie, as of version 0.1; 0 without one."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    parent = hierarchy.GetItemParent(hierarchy.GetItemByDataNode(volume))
    folder = known_folder(parent, volume.GetName(), f"{volume.GetName()}{_FOLDER_SUFFIX}")
    if not folder:
        return 0
    children = vtk.vtkIdList()
    hierarchy.GetItemChildren(folder, children, True)
    nodes = [hierarchy.GetItemDataNode(children.GetId(i)) for i in range(children.GetNumberOfIds())]
    strange = any(node is not None and not belongs_to(node, None) for node in nodes)
    return 0 if strange else folder


def known_folder(parent: int, of: str, former_name: str) -> int:
    """The item of the folder below ``parent`` that holds the results of ``of``; 0 where there is none.

    Args:
        former_name: of such a folder in a scene of version 0.1, which said it by its name alone.
    """
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    children = vtk.vtkIdList()
    hierarchy.GetItemChildren(parent, children, False)
    for item in (children.GetId(i) for i in range(children.GetNumberOfIds())):
        if hierarchy.GetItemAttribute(item, FOLDER_OF) == of:
            return item
    return hierarchy.GetItemChildWithName(parent, former_name) if former_name else 0


def _series_of(node: vtkMRMLNode) -> list[vtkMRMLNode]:
    if not node.IsA("vtkMRMLPlotChartNode"):
        return []
    series = (node.GetNthPlotSeriesNode(i) for i in range(node.GetNumberOfPlotSeriesNodes()))
    return [one for one in series if one is not None]


def remove_empty_folder(volume: vtkMRMLScalarVolumeNode) -> None:
    """Take away the folder of a volume's results where they all went elsewhere."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    parent = hierarchy.GetItemParent(hierarchy.GetItemByDataNode(volume))
    folder = known_folder(parent, volume.GetName(), "")
    if folder and not hierarchy.GetNumberOfItemChildren(folder):
        hierarchy.RemoveItem(folder)


def _item_of(hierarchy: slicer.vtkMRMLSubjectHierarchyNode, node: vtkMRMLNode, parent: int) -> int:
    item = hierarchy.GetItemByDataNode(node)
    return item or hierarchy.CreateItem(parent, node)
