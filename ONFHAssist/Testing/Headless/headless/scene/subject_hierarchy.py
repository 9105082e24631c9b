"""Items of the subject hierarchy for nodes of the scene.

In the application, plugins written in Qt add an item for each data node; the wheel has the hierarchy without them.
"""

from __future__ import annotations

import weakref
from typing import Any

import slicer
import vtk

from ..message_log import Message, messages

_OWNERS = {
    "vtkMRMLSegmentationNode": "Segmentations",
    "vtkMRMLLabelMapVolumeNode": "LabelMaps",
    "vtkMRMLVolumeNode": "Volumes",
    "vtkMRMLMarkupsNode": "Markups",
    "vtkMRMLModelNode": "Models",
    "vtkMRMLTransformNode": "Transforms",
    "vtkMRMLTableNode": "Tables",
    "vtkMRMLTextNode": "Texts",
    "vtkMRMLPlotChartNode": "Plots",
    "vtkMRMLPlotSeriesNode": "Plots",
}


_OF_CLASS: dict[str, str | None] = {}  # the same of each class, asked of each node of each closed scene


def _owner(node: Any) -> str | None:
    name = node.GetClassName()
    if name not in _OF_CLASS:
        _OF_CLASS[name] = next((plugin for kind, plugin in _OWNERS.items() if node.IsA(kind)), None)
    return _OF_CLASS[name]


def _add(scene: Any, node: Any) -> None:
    plugin = _owner(node)
    if plugin is None or node.GetHideFromEditors() or scene.IsBatchProcessing():
        return
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
    if hierarchy.GetItemByDataNode(node):
        return
    item = hierarchy.CreateItem(hierarchy.GetSceneItemID(), node)
    hierarchy.SetItemOwnerPluginName(item, plugin)


def _watch_segments(segmentation: Any, watched: list[Any]) -> None:
    """As the application: from its coming on, also after it has left the scene, each change is written to its item.

    Where it has none, the application writes a line to its console, and so does this ("console" in the messages).
    """

    def changed(node: Any, _event: str) -> None:
        scene = slicer.mrmlScene
        if node.GetScene() is not None and node.GetScene().IsImporting():
            return
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
        if hierarchy is not None and not hierarchy.GetItemByDataNode(node):
            messages.append(
                Message(
                    "console", f"Unable to find subject hierarchy item for segmentation node {node.GetName()}"
                )
            )

    if any(one() is segmentation for one in watched):
        return
    watched[:] = [*(one for one in watched if one() is not None), weakref.ref(segmentation)]
    for event in (
        slicer.vtkSegmentation.SegmentAdded,
        slicer.vtkSegmentation.SegmentRemoved,
        slicer.vtkSegmentation.SegmentModified,
        slicer.vtkMRMLDisplayableNode.DisplayModifiedEvent,
    ):
        segmentation.AddObserver(event, changed)


def follow(scene: Any) -> None:
    """Give each data node an item under the scene from now on; an item goes with its node."""
    watched: list[Any] = []  # weak references to segmentations; one that comes back is watched already

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def added(_scene: Any, _event: str, node: Any) -> None:
        _add(scene, node)
        if node.IsA("vtkMRMLSegmentationNode"):
            _watch_segments(node, watched)

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def removed(_scene: Any, _event: str, node: Any) -> None:
        if scene.IsBatchProcessing() or _owner(node) is None:
            return
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(scene)
        item = hierarchy.GetItemByDataNode(node)
        if item:
            hierarchy.RemoveItem(item, False, False)

    def imported(*_: Any) -> None:
        for index in range(scene.GetNumberOfNodes()):
            _add(scene, scene.GetNthNode(index))

    def closed(*_: Any) -> None:
        # MRML remembers the hierarchy of the closed scene for as long as a script holds it, and asks it about items of
        # the next one for ever. So it stays in the scene, empty.
        hierarchy = scene.GetSubjectHierarchyNode()
        if hierarchy is not None and hierarchy.GetScene() is None:
            hierarchy.RemoveAllItems(False)
            scene.AddNode(hierarchy)

    scene.AddObserver(slicer.vtkMRMLScene.EndCloseEvent, closed)
    scene.AddObserver(slicer.vtkMRMLScene.NodeAddedEvent, added)
    scene.AddObserver(slicer.vtkMRMLScene.NodeAboutToBeRemovedEvent, removed)
    scene.AddObserver(slicer.vtkMRMLScene.EndBatchProcessEvent, imported)
