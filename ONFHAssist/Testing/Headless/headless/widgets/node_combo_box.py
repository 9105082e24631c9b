"""``qMRMLWidget`` and ``qMRMLNodeComboBox``, over the real scene."""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

from typing import Any

import slicer
import vtk

from ..qt.pythonqt import QtCore, QtWidgets, kept, native, qproperty
from ..scene.watch import Watch
from .ctk import row_of

_LISTED: dict[
    tuple[str, tuple[str, ...]], bool
] = {}  # class of a node and types that are listed with their children
_NODE_EVENTS = (slicer.vtkMRMLScene.NodeAddedEvent, slicer.vtkMRMLScene.NodeRemovedEvent)


@native
class qMRMLWidget(QtWidgets.QWidget):
    """A widget that hands its scene on: ``mrmlSceneChanged(vtkMRMLScene*)``."""

    mrmlSceneChanged = QtCore.Signal(object)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._scene: Any = None

    def mrmlScene(self) -> Any:
        return self._scene

    def setMRMLScene(self, scene: Any) -> None:
        if scene is not self._scene:
            self._scene = scene
            self.mrmlSceneChanged.emit(scene)


def _listed(node: Any, types: tuple[str, ...], children: bool) -> bool:
    """Whether a node is of one of the types; each class is asked once, since a box looks at each node of each change."""
    name = node.GetClassName()
    if not children:
        return name in types
    if (name, types) not in _LISTED:
        _LISTED[name, types] = any(node.IsA(kind) for kind in types)
    return _LISTED[name, types]


@native
class qMRMLNodeComboBox(QtWidgets.QWidget):
    """Chooses a node of the scene. Nothing is chosen by itself."""

    currentNodeChanged = QtCore.Signal((object,), (bool,))
    currentNodeIDChanged = QtCore.Signal(str)
    nodeAdded = QtCore.Signal(object)
    mrmlSceneChanged = QtCore.Signal(object)

    nodeTypes = kept("QStringList", (), then="_refresh")
    showChildNodeTypes = kept(bool, True, then="_refresh")
    noneEnabled = kept(bool, False, then="_refresh")
    showHidden = kept(bool, False, then="_refresh")
    noneDisplay = kept(str, "None", then="_refresh")
    addEnabled, removeEnabled = kept(bool, True), kept(bool, True)
    editEnabled, renameEnabled = kept(bool, False), kept(bool, False)
    baseName = kept(str, "")

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._scene: Any = None
        self._current: Any = None
        self._nodes: list[Any] = []
        self._looked_at: list[Any] = []
        self._rules: list[tuple[str, str, str | None]] = []
        self._box = QtWidgets.QComboBox()
        self._box.setSizePolicy(QtWidgets.QSizePolicy.Policy.Expanding, QtWidgets.QSizePolicy.Policy.Fixed)
        self._box.setPlaceholderText("Select a node")
        row_of(self, self._box)
        self._watch, self._batches = Watch(self, self._node_event, node=True), Watch(self, self._refresh)
        self._names = Watch(self, self._refresh_names)
        self._box.activated.connect(self._picked)

    # what is listed -------------------------------------------------------------------------------------

    def setMRMLScene(self, scene: Any) -> None:
        if scene is self._scene:
            return
        self._scene = scene
        self._watch.set((scene, event) for event in _NODE_EVENTS)
        self._batches.set([(scene, slicer.vtkMRMLScene.EndBatchProcessEvent)])
        self._refresh()
        self.mrmlSceneChanged.emit(scene)

    def mrmlScene(self) -> Any:
        return self._scene

    def _node_event(self, node: Any) -> None:
        """A node came or went: most are none of those that are listed."""
        if self._fits(node):
            self._refresh()

    def _fits(self, node: Any) -> bool:
        """Whether the node is of a class that is listed."""
        return _listed(node, tuple(self.nodeTypes), self.showChildNodeTypes)

    def _accepts(self, node: Any) -> bool:
        """Whether a node of such a class is listed as it is now."""
        if node.GetHideFromEditors() and not self.showHidden:
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
        types, children = tuple(self.nodeTypes), self.showChildNodeTypes
        self._looked_at = [node for node in everything if _listed(node, types, children)]
        self._nodes = [node for node in self._looked_at if self._accepts(node)]
        self._names.set((node, vtk.vtkCommand.ModifiedEvent) for node in self._looked_at)
        self._box.clear()
        if self.noneEnabled:
            self._box.addItem(self.noneDisplay)
        self._box.addItems([node.GetName() or "" for node in self._nodes])
        self._show_current()
        if self._current is not None and self._current not in self._nodes:
            self.setCurrentNode(None)
        for node in self._nodes:
            if node not in before:
                self.nodeAdded.emit(node)

    def _refresh_names(self) -> None:
        """A node was renamed, hidden, or got or lost the attribute that is asked for."""
        if [node for node in self._looked_at if self._accepts(node)] != self._nodes:
            self._refresh()
            return
        for row, node in enumerate(self._nodes, self._first()):
            if self._box.itemText(row) != node.GetName():
                self._box.setItemText(row, node.GetName() or "")

    def _first(self) -> int:
        """The row of the first node: 1 below "None", otherwise 0."""
        return self._box.count - len(self._nodes)

    def _show_current(self) -> None:
        place = self._nodes.index(self._current) if self._current in self._nodes else -1
        self._box.setCurrentIndex(self._first() + place)

    # what is chosen -------------------------------------------------------------------------------------

    def currentNode(self) -> Any:
        return self._current

    def setCurrentNode(self, node: Any) -> None:
        """Choose a node, by itself or by its ID; one that is not listed chooses nothing."""
        if isinstance(node, str):
            node = self._scene.GetNodeByID(node) if self._scene and node else None
        if node not in self._nodes:
            node = None
        if node is self._current:
            return
        self._current = node
        self._show_current()
        self.currentNodeChanged.emit(node)
        self.currentNodeChanged[bool].emit(node is not None)
        self.currentNodeIDChanged.emit(self.currentNodeID)

    setCurrentNodeID = setCurrentNode
    currentNodeID = qproperty(
        str, lambda self: self._current.GetID() if self._current is not None else "", setCurrentNode
    )

    def _picked(self, row: int) -> None:
        """What a user's click on a row of the list does."""
        self.setCurrentNode(self.nodeFromIndex(row - self._first()))

    def nodeCount(self) -> int:
        return len(self._nodes)

    def nodeFromIndex(self, index: int) -> Any:
        return self._nodes[index] if 0 <= index < len(self._nodes) else None

    def nodes(self) -> list[Any]:
        return list(self._nodes)

    def addAttribute(self, node_type: str, name: str, value: str | None = None) -> None:
        """List only those nodes of this type that have the attribute (with this value, where one is given)."""
        self._rules.append((node_type, name, value))
        self._refresh()

    def removeAttribute(self, node_type: str, name: str) -> None:
        self._rules = [rule for rule in self._rules if rule[:2] != (node_type, name)]
        self._refresh()

    def addNode(self) -> Any:
        """What "Create new ..." of the list does."""
        kind = self.nodeTypes[0]
        title = self.baseName or self._scene.GetTagByClassName(kind)
        node = self._scene.AddNewNodeByClass(kind, self._scene.GenerateUniqueName(title))
        for rule_type, name, value in self._rules:
            if node.IsA(rule_type):
                node.SetAttribute(name, value or "")
        self._refresh()
        self.setCurrentNode(node)
        return node
