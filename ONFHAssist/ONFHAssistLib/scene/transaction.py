"""Changes of the scene in small steps between which the application goes on, taken back as a whole where they fail.

A change is a generator that yields between its steps. Slicer's own undo is off by default and knows only some nodes.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import slicer
import vtk

from .attributes import ROLE

if TYPE_CHECKING:
    from slicer import vtkMRMLNode

Value = TypeVar("Value")
Steps = Generator[None, None, Value]


def run_all_steps(steps: Steps[Value]) -> Value:
    """All steps without a pause, for scripts; returns the generator's value."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def rolled_back_on_failure(steps: Steps[Value]) -> Steps[Value]:
    """The same steps; when one fails, or the generator is closed before its end, the scene is as it was.

    Nodes that somebody else adds or changes between two steps stay. Results of ours that were there before are refilled,
    removed or redrawn by the steps, so copies of them are kept until the end.
    """
    with _undoing() as before:
        yield from before.take()
        try:
            while True:
                with before.watch():
                    try:
                        next(steps)
                    except StopIteration as end:
                        return end.value
                yield
        finally:  # before what it made is taken back; where it has ended already, this does nothing
            steps.close()


@contextmanager
def one_change() -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """A change in one go: when it fails, the scene is as it was; what others do in the meantime stays.

    Yields:
        ``others``: inside ``with others():`` the application goes on, and the nodes that come are not of this change.
    """
    with _undoing() as before:
        run_all_steps(before.take())
        with before.watch():
            yield before.others


@contextmanager
def _undoing() -> Iterator[_SceneSnapshot]:
    """The one place where a scene is taken back."""
    before = _SceneSnapshot()
    try:
        yield before
    except BaseException:  # GeneratorExit too: the user cancelled
        if not slicer.mrmlScene.IsClosing():
            before.restore()
        raise
    finally:
        before.forget()


def remove_nodes(nodes: Iterable[vtkMRMLNode | None]) -> None:
    """Take nodes out of the scene, what is displayed before its displays.

    A view of Slicer that shows a segmentation keeps the address of a display that goes first, and ends the application
    at the segmentation's next event.
    """
    present = [node for node in nodes if node is not None]
    for node in sorted(present, key=lambda one: one.IsA("vtkMRMLDisplayNode")):
        if node.GetScene() is not None:
            node.GetScene().RemoveNode(node)


class _SceneSnapshot:
    """What the scene held before the first step."""

    def __init__(self) -> None:
        self._watching = False
        self._added: list[str] = []
        self._removed: list[vtkMRMLNode] = []
        self._copies: dict[str, tuple[vtkMRMLNode, vtkMRMLNode]] = {}
        self._displays: dict[str, list[str]] = {}
        self._places: dict[str, int] = {}
        self._folders: set[int] = set()
        scene = slicer.mrmlScene
        self._tags = [
            scene.AddObserver(scene.NodeAddedEvent, self._on_added),
            scene.AddObserver(scene.NodeAboutToBeRemovedEvent, self._on_removed),
        ]

    @contextmanager
    def watch(self) -> Iterator[None]:
        """Nodes that come and go inside are of the change."""
        self._watching = True
        try:
            yield
        finally:
            self._watching = False

    @contextmanager
    def others(self) -> Iterator[None]:
        """Inside :meth:`watch`: nodes that come and go here are somebody else's."""
        self._watching = False
        try:
            yield
        finally:
            self._watching = True

    def take(self) -> Steps[None]:
        """Copy what the steps may change: results of ours with their displays and series; images only go as a whole."""
        hierarchy = _hierarchy()
        self._folders = set(_folders(hierarchy))
        for node in _results():
            if node.IsA("vtkMRMLDisplayableNode"):
                self._displays[node.GetID()] = [
                    node.GetNthDisplayNodeID(i) for i in range(node.GetNumberOfDisplayNodes())
                ]
            for one in [node, *_dependants(node)]:
                item = hierarchy.GetItemByDataNode(one)
                self._places[one.GetID()] = hierarchy.GetItemParent(item) if item else 0
                if not one.IsA("vtkMRMLVolumeNode"):
                    self._copies[one.GetID()] = (one, _copy_of(one))
            yield

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _on_added(self, _scene: Any, _event: str, node: vtkMRMLNode) -> None:
        if self._watching and not node.IsA("vtkMRMLScriptedModuleNode"):
            self._added.append(node.GetID())

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _on_removed(self, _scene: Any, _event: str, node: vtkMRMLNode) -> None:
        if self._watching and node.GetID() not in self._added:
            self._removed.append(node)

    def restore(self) -> None:
        scene = slicer.mrmlScene
        remove_nodes([scene.GetNodeByID(identifier) for identifier in reversed(self._added)])
        # What is displayed before its displays: it is told of them, and by then has its item in the subject hierarchy.
        for node in sorted(self._removed, key=lambda one: one.IsA("vtkMRMLDisplayNode")):
            scene.AddNode(node)
        self._restore_contents()
        self._restore_places()

    def _restore_contents(self) -> None:
        scene = slicer.mrmlScene
        for (
            identifier,
            displays,
        ) in self._displays.items():  # a node forgets a display that is removed before it
            node = scene.GetNodeByID(identifier)
            for number, display in enumerate(displays if node is not None else ()):
                node.SetAndObserveNthDisplayNodeID(number, display)
        for node, copy in self._copies.values():
            if node.GetScene() is not None:
                node.Copy(copy)

    def _restore_places(self) -> None:
        scene, hierarchy = slicer.mrmlScene, _hierarchy()
        for identifier, parent in self._places.items():
            node = scene.GetNodeByID(identifier)
            if node is not None and parent:
                item = hierarchy.GetItemByDataNode(node) or hierarchy.CreateItem(parent, node)
                hierarchy.SetItemParent(item, parent)
        for folder in set(_folders(hierarchy)) - self._folders:
            hierarchy.RemoveItem(folder, False, False)

    def forget(self) -> None:
        for tag in self._tags:
            slicer.mrmlScene.RemoveObserver(tag)
        self._copies.clear()
        self._removed.clear()


def _copy_of(node: vtkMRMLNode) -> vtkMRMLNode:
    """A copy outside the scene; that its measurements find no units there is no news to the user."""
    copy = node.CreateNodeInstance()
    warned = vtk.vtkObject.GetGlobalWarningDisplay()
    vtk.vtkObject.SetGlobalWarningDisplay(0)
    try:
        copy.Copy(node)
    finally:
        vtk.vtkObject.SetGlobalWarningDisplay(warned)
    return copy


def _results() -> list[vtkMRMLNode]:
    scene = slicer.mrmlScene
    nodes = (scene.GetNthNode(i) for i in range(scene.GetNumberOfNodes()))
    return [node for node in nodes if node.GetAttribute(ROLE)]


def _dependants(node: vtkMRMLNode) -> list[vtkMRMLNode]:
    found = []
    if node.IsA("vtkMRMLDisplayableNode"):
        found += [node.GetNthDisplayNode(i) for i in range(node.GetNumberOfDisplayNodes())]
    if node.IsA("vtkMRMLPlotChartNode"):
        found += [node.GetNthPlotSeriesNode(i) for i in range(node.GetNumberOfPlotSeriesNodes())]
    return [one for one in found if one is not None]


def _hierarchy() -> slicer.vtkMRMLSubjectHierarchyNode:
    return slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)


def _folders(hierarchy: slicer.vtkMRMLSubjectHierarchyNode) -> list[int]:
    """Items without a node: folders, studies and patients."""
    items = vtk.vtkIdList()
    hierarchy.GetItemChildren(hierarchy.GetSceneItemID(), items, True)
    identifiers = [items.GetId(i) for i in range(items.GetNumberOfIds())]
    return [item for item in identifiers if hierarchy.GetItemDataNode(item) is None]
