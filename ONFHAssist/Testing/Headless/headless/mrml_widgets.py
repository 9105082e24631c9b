"""Slicer's widgets that choose something from the MRML scene: qMRMLWidget, qMRMLNodeComboBox and their kin."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

import slicer
import vtk
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QWidget

from .ctk_widgets import ctkRangeWidget, ctkSliderWidget
from .qt_names import native, qproperty
from .scene_watch import Watch

_NODE_EVENTS = (slicer.vtkMRMLScene.NodeAddedEvent, slicer.vtkMRMLScene.NodeRemovedEvent)
_BATCH_ENDS = slicer.vtkMRMLScene.EndBatchProcessEvent


def keep(name: str, kind: object) -> object:
    """A property that is only remembered."""
    return qproperty(
        kind, lambda self: self._kept[name], lambda self, value: self._kept.__setitem__(name, value)
    )


@native
class qMRMLWidget(QWidget):
    """A widget that hands its scene on: ``mrmlSceneChanged(vtkMRMLScene*)``."""

    mrmlSceneChanged = Signal(object)
    _scene: object

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = None

    def mrmlScene(self) -> slicer.vtkMRMLScene | None:
        return self._scene

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        if scene is not self._scene:
            self._scene = scene
            self.mrmlSceneChanged.emit(scene)


@native
class qMRMLNodeComboBox(QWidget):
    """Chooses a node of the scene. Nothing is chosen by itself."""

    currentNodeChanged = Signal((object,), (bool,))
    currentNodeIDChanged = Signal(str)
    nodeActivated = Signal(object)
    nodeAdded = Signal(object)
    nodeAddedByUser = Signal(object)
    nodeAboutToBeRemoved = Signal(object)
    mrmlSceneChanged = Signal(object)
    _scene: object
    _current: object
    _kept: dict
    _nodes: list
    _looked_at: list
    _rules: list
    _box: QComboBox
    _watch: Watch
    _batches: Watch
    _names: Watch

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = self._current = None
        self._kept = {
            "nodeTypes": (), "noneEnabled": False, "addEnabled": True, "removeEnabled": True,
            "editEnabled": False, "renameEnabled": False, "showHidden": False, "showChildNodeTypes": True,
            "hideChildNodeTypes": (), "baseName": "", "selectNodeUponCreation": True, "noneDisplay": "None",
            "interactionNodeSingletonTag": "",
        }  # fmt: skip
        self._nodes, self._looked_at, self._rules, self._box = [], [], [], QComboBox()
        self._box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._box.setPlaceholderText("Select a node")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        self._watch, self._batches = Watch(self, self._node_event, node=True), Watch(self, self._refresh)
        self._names = Watch(self, self._refresh_names)
        self._box.activated.connect(self._picked)

    # what is listed -------------------------------------------------------------------------------------

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        if scene is self._scene:
            return
        self._scene = scene
        self._watch.set((scene, event) for event in _NODE_EVENTS)
        self._batches.set([(scene, _BATCH_ENDS)])
        self._refresh()
        self.mrmlSceneChanged.emit(scene)

    def mrmlScene(self) -> slicer.vtkMRMLScene | None:
        return self._scene

    def _node_event(self, node: slicer.vtkMRMLNode) -> None:
        """A node came or went: most are none of those that are listed."""
        if self._fits(node):
            self._refresh()

    def _fits(self, node: slicer.vtkMRMLNode) -> bool:
        """Whether the node is of a class that is listed."""
        kind = node.GetClassName()
        types, hidden = self._kept["nodeTypes"], self._kept["hideChildNodeTypes"]
        if self._kept["showChildNodeTypes"]:
            return any(node.IsA(t) for t in types) and not any(node.IsA(t) for t in hidden)
        return kind in types

    def _accepts(self, node: slicer.vtkMRMLNode) -> bool:
        """Whether a node of such a class is listed as it is now."""
        if node.GetHideFromEditors() and not self._kept["showHidden"]:
            return False
        return all(
            not node.IsA(t)
            or (node.GetAttribute(name) is not None and value in (None, node.GetAttribute(name)))
            for t, name, value in self._rules
        )

    def _refresh(self) -> None:
        scene = self._scene
        if scene is not None and scene.IsBatchProcessing():
            return
        before = set(self._nodes)
        everything = [] if scene is None else [scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes())]
        fitting = [node for node in everything if self._fits(node)]
        self._nodes = [node for node in fitting if self._accepts(node)]
        self._looked_at = fitting
        self._names.set((node, vtk.vtkCommand.ModifiedEvent) for node in fitting)
        self._box.clear()
        if self._kept["noneEnabled"]:
            self._box.addItem(self._kept["noneDisplay"])
        self._box.addItems([node.GetName() or "" for node in self._nodes])
        self._show_current()
        if self._current is not None and self._current not in self._nodes:
            self.nodeAboutToBeRemoved.emit(self._current)
            self.setCurrentNode(None)
        for node in self._nodes:
            if node not in before:
                self.nodeAdded.emit(node)

    def _refresh_names(self) -> None:
        """A node was renamed, hidden, or got or lost the attribute that is asked for."""
        if [node for node in self._looked_at if self._accepts(node)] != self._nodes:
            self._refresh()
            return
        first = self._box.count - len(self._nodes)
        for row, node in enumerate(self._nodes):
            if self._box.itemText(first + row) != node.GetName():
                self._box.setItemText(first + row, node.GetName() or "")

    def _show_current(self) -> None:
        first = self._box.count - len(self._nodes)
        known = self._current in self._nodes
        self._box.setCurrentIndex(first + self._nodes.index(self._current) if known else first - 1)

    def _set(self, name: str, value: object) -> None:
        self._kept[name] = value
        self._refresh()

    # what is chosen -------------------------------------------------------------------------------------

    def currentNode(self) -> slicer.vtkMRMLNode | None:
        return self._current

    def setCurrentNode(self, node: slicer.vtkMRMLNode | str | None) -> None:
        if isinstance(node, str):
            node = self._scene.GetNodeByID(node) if self._scene and node else None
        if node is not None and node not in self._nodes:
            node = None
        if node is self._current:
            return
        self._current = node
        self._show_current()
        self.currentNodeChanged.emit(node)
        self.currentNodeChanged[bool].emit(node is not None)
        self.currentNodeIDChanged.emit(node.GetID() if node is not None else "")

    def setCurrentNodeID(self, node_id: str) -> None:
        self.setCurrentNode(node_id or None)

    def setCurrentNodeIndex(self, index: int) -> None:
        self.setCurrentNode(self.nodeFromIndex(index))

    def _picked(self, row: int) -> None:
        """What a user's click on a row of the list does."""
        self.setCurrentNode(self.nodeFromIndex(row - (self._box.count - len(self._nodes))))
        self.nodeActivated.emit(self._current)

    def nodeCount(self) -> int:
        return len(self._nodes)

    def nodeFromIndex(self, index: int) -> slicer.vtkMRMLNode | None:
        return self._nodes[index] if 0 <= index < len(self._nodes) else None

    def nodes(self) -> list[slicer.vtkMRMLNode]:
        return list(self._nodes)

    def addAttribute(self, node_type: str, name: str, value: str | None = None) -> None:
        """List only those nodes of this type that have the attribute (with this value, where one is given)."""
        self._rules.append((node_type, name, value))
        self._refresh()

    def removeAttribute(self, node_type: str, name: str) -> None:
        self._rules = [rule for rule in self._rules if rule[:2] != (node_type, name)]
        self._refresh()

    def addNode(self, node_type: str | None = None) -> slicer.vtkMRMLNode | None:
        """What "Create new ..." of the list does."""
        kind = node_type or (self._kept["nodeTypes"] or (None,))[0]
        if self._scene is None or kind is None:
            return None
        title = self._kept["baseName"] or self._scene.GetTagByClassName(kind)
        node = self._scene.AddNewNodeByClass(kind, self._scene.GenerateUniqueName(title))
        for rule_type, name, value in self._rules:
            if node.IsA(rule_type):
                node.SetAttribute(name, value or "")
        self._refresh()
        if self._kept["selectNodeUponCreation"]:
            self.setCurrentNode(node)
        self.nodeAddedByUser.emit(node)
        return node

    def removeCurrentNode(self) -> None:
        if self._current is not None:
            self._scene.RemoveNode(self._current)

    nodeTypes = qproperty(
        "QStringList", lambda self: self._kept["nodeTypes"], lambda self, v: self._set("nodeTypes", tuple(v))
    )
    hideChildNodeTypes = qproperty(
        "QStringList",
        lambda self: self._kept["hideChildNodeTypes"],
        lambda self, v: self._set("hideChildNodeTypes", tuple(v)),
    )
    noneEnabled = qproperty(
        bool, lambda self: self._kept["noneEnabled"], lambda self, v: self._set("noneEnabled", bool(v))
    )
    showHidden = qproperty(
        bool, lambda self: self._kept["showHidden"], lambda self, v: self._set("showHidden", bool(v))
    )
    showChildNodeTypes = qproperty(
        bool,
        lambda self: self._kept["showChildNodeTypes"],
        lambda self, v: self._set("showChildNodeTypes", bool(v)),
    )
    noneDisplay = qproperty(
        str, lambda self: self._kept["noneDisplay"], lambda self, v: self._set("noneDisplay", v)
    )
    addEnabled, removeEnabled = keep("addEnabled", bool), keep("removeEnabled", bool)
    editEnabled, renameEnabled = keep("editEnabled", bool), keep("renameEnabled", bool)
    selectNodeUponCreation, baseName = keep("selectNodeUponCreation", bool), keep("baseName", str)
    interactionNodeSingletonTag = keep("interactionNodeSingletonTag", str)
    currentNodeID = qproperty(
        str, lambda self: self._current.GetID() if self._current is not None else "", setCurrentNodeID
    )


@native
class qMRMLSliderWidget(ctkSliderWidget):
    """A slider that has a scene; the stand-in takes no units from it."""

    mrmlSceneChanged = Signal(object)
    quantity = qproperty(str, lambda _self: "", lambda _self, _v: None)

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        self.mrmlSceneChanged.emit(scene)


@native
class qMRMLRangeWidget(ctkRangeWidget):
    """A range that has a scene; the stand-in takes no units from it."""

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        """Nothing of the scene is needed."""


@native
class qMRMLVolumeThresholdWidget(ctkRangeWidget):
    """The lower and upper display threshold of a volume."""

    _volume: object

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._volume = None
        self.valuesChanged.connect(self._apply)

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        """Nothing of the scene is needed."""

    def setMRMLVolumeNode(self, volume: slicer.vtkMRMLScalarVolumeNode | None) -> None:
        self._volume = None
        if volume is not None and volume.GetImageData() is not None:
            self.setRange(*volume.GetImageData().GetScalarRange())
            display = volume.GetDisplayNode()
            if display is not None:
                self.setValues(display.GetLowerThreshold(), display.GetUpperThreshold())
        self._volume = volume

    def mrmlVolumeNode(self) -> slicer.vtkMRMLScalarVolumeNode | None:
        return self._volume

    def _apply(self, low: float, high: float) -> None:
        display = self._volume.GetDisplayNode() if self._volume is not None else None
        if display is not None:
            display.SetThreshold(low, high)
            display.SetApplyThreshold(True)
