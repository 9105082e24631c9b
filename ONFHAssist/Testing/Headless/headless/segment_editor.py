"""``qMRMLSegmentEditorWidget`` as far as modules drive it from a script. Painting with the mouse is not there."""

# ruff: noqa: N801, N815 - the names are those of Slicer, CTK and Qt
from __future__ import annotations

from types import SimpleNamespace

import slicer
import vtk
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from .mrml_views import qMRMLSegmentsTableView
from .mrml_widgets import keep, qMRMLNodeComboBox
from .qt_names import native
from .scene_watch import Watch

_EFFECTS = (
    "Threshold", "Paint", "Draw", "Erase", "Level tracing", "Grow from seeds", "Fill between slices", "Margin",
    "Hollow", "Smoothing", "Scissors", "Islands", "Logical operators", "Mask volume",
)  # fmt: skip


@native
class qMRMLSegmentEditorWidget(QWidget):
    """Keeps its choices on a real ``vtkMRMLSegmentEditorNode`` and shows them."""

    activeEffectChanged = Signal(object)
    currentSegmentIDChanged = Signal(str)
    segmentationNodeChanged = Signal(object)
    sourceVolumeNodeChanged = Signal(object)
    _scene: object
    _node: object
    _kept: dict
    _watch: Watch
    _volumes: qMRMLNodeComboBox
    _segmentations: qMRMLNodeComboBox
    _table: qMRMLSegmentsTableView
    _buttons: dict
    _order: tuple

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene = self._node = None
        self._kept = {
            "segmentationNodeSelectorVisible": True, "sourceVolumeNodeSelectorVisible": True, "readOnly": False,
            "switchToSegmentationsButtonVisible": True, "unorderedEffectsVisible": True,
            "maximumNumberOfUndoStates": 5, "autoShowSourceVolumeNode": True,
        }  # fmt: skip
        self._watch, self._order, self._buttons = Watch(self, self.updateWidgetFromMRML), (), {}
        self._segmentations, self._volumes = qMRMLNodeComboBox(), qMRMLNodeComboBox()
        self._table = qMRMLSegmentsTableView()
        self._segmentations.nodeTypes = ["vtkMRMLSegmentationNode"]
        self._volumes.nodeTypes = ["vtkMRMLScalarVolumeNode"]
        box = QVBoxLayout(self)
        for label, widget in (("Segmentation:", self._segmentations), ("Source volume:", self._volumes)):
            box.addWidget(QLabel(label))
            box.addWidget(widget)
        box.addWidget(self._table)
        self._effects(box)
        self._segmentations.currentNodeChanged.connect(self.setSegmentationNode)
        self._volumes.currentNodeChanged.connect(self.setSourceVolumeNode)
        self._table.selectionChanged.connect(self._segment_picked)

    def _effects(self, box: QVBoxLayout) -> None:
        grid = QGridLayout()
        for index, name in enumerate(_EFFECTS):
            button = QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.clicked.connect(self._effect_clicked)
            grid.addWidget(button, index // 3, index % 3)
            self._buttons[name] = button
        box.addLayout(grid)

    # scene and nodes ------------------------------------------------------------------------------------

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:
        self._scene = scene
        self._segmentations.setMRMLScene(scene)
        self._volumes.setMRMLScene(scene)

    def mrmlScene(self) -> slicer.vtkMRMLScene | None:
        return self._scene

    def setMRMLSegmentEditorNode(self, node: slicer.vtkMRMLSegmentEditorNode | None) -> None:
        self._node = node
        self._watch.set([(node, vtk.vtkCommand.ModifiedEvent)])
        self.updateWidgetFromMRML()

    def mrmlSegmentEditorNode(self) -> slicer.vtkMRMLSegmentEditorNode | None:
        return self._node

    def updateWidgetFromMRML(self) -> None:
        segmentation, volume = self.segmentationNode(), self.sourceVolumeNode()
        self._segmentations.setCurrentNode(segmentation)
        self._volumes.setCurrentNode(volume)
        if self._table.segmentationNode() is not segmentation:
            self._table.setSegmentationNode(segmentation)
        if tuple(self._table.selectedSegmentIDs()) != (self.currentSegmentID(),):
            self._table.setSelectedSegmentIDs([self.currentSegmentID()])
        active = self._node.GetActiveEffectName() if self._node is not None else ""
        for name, button in self._buttons.items():
            button.setChecked(name == active)

    def segmentationNode(self) -> slicer.vtkMRMLSegmentationNode | None:
        return self._node.GetSegmentationNode() if self._node is not None else None

    def setSegmentationNode(self, node: slicer.vtkMRMLSegmentationNode | None) -> None:
        if self._node is not None and self.segmentationNode() is not node:
            self._node.SetAndObserveSegmentationNode(node)
            self.segmentationNodeChanged.emit(node)

    def sourceVolumeNode(self) -> slicer.vtkMRMLScalarVolumeNode | None:
        return self._node.GetSourceVolumeNode() if self._node is not None else None

    def setSourceVolumeNode(self, node: slicer.vtkMRMLScalarVolumeNode | None) -> None:
        if self._node is None or self.sourceVolumeNode() is node:
            return
        self._node.SetAndObserveSourceVolumeNode(node)
        segmentation = self.segmentationNode()
        if segmentation is not None and node is not None:
            segmentation.SetReferenceImageGeometryParameterFromVolumeNode(node)
        self.sourceVolumeNodeChanged.emit(node)

    def currentSegmentID(self) -> str:
        return (self._node.GetSelectedSegmentID() or "") if self._node is not None else ""

    def setCurrentSegmentID(self, segment_id: str) -> None:
        if self._node is not None and segment_id != self.currentSegmentID():
            self._node.SetSelectedSegmentID(segment_id)
            self.currentSegmentIDChanged.emit(segment_id)

    def _effect_clicked(self, on: bool) -> None:
        self.setActiveEffectByName(self.sender().text if on else "")

    def _segment_picked(self, *_selection: object) -> None:
        ids = self._table.selectedSegmentIDs()
        if ids:
            self.setCurrentSegmentID(ids[0])

    # effects --------------------------------------------------------------------------------------------

    def availableEffectNames(self) -> tuple[str, ...]:
        return _EFFECTS

    def setEffectNameOrder(self, names: list[str]) -> None:
        self._order = tuple(names)
        for name, button in self._buttons.items():
            button.setVisible(name in self._order or self._kept["unorderedEffectsVisible"])

    def effectNameOrder(self) -> tuple[str, ...]:
        return self._order

    def setActiveEffectByName(self, name: str) -> None:
        if self._node is None or (name and name not in _EFFECTS):
            return
        self._node.SetActiveEffectName(name or "")
        self.activeEffectChanged.emit(self.activeEffect())

    def setActiveEffect(self, effect: SimpleNamespace | None) -> None:
        self.setActiveEffectByName(effect.name if effect is not None else "")

    def activeEffect(self) -> SimpleNamespace | None:
        """The active effect by its name only: it does nothing here."""
        name = self._node.GetActiveEffectName() if self._node is not None else ""
        return SimpleNamespace(name=name) if name else None

    def setupViewObservations(self) -> None:
        """There are no views to observe."""

    removeViewObservations = installKeyboardShortcuts = uninstallKeyboardShortcuts = setupViewObservations
    undo = redo = setupViewObservations

    def setMaximumNumberOfUndoStates(self, states: int) -> None:
        self._kept["maximumNumberOfUndoStates"] = states

    def setSegmentationNodeSelectorVisible(self, visible: bool) -> None:
        self._segmentations.setVisible(visible)

    def setSourceVolumeNodeSelectorVisible(self, visible: bool) -> None:
        self._volumes.setVisible(visible)

    def setSwitchToSegmentationsButtonVisible(self, visible: bool) -> None:
        self._kept["switchToSegmentationsButtonVisible"] = visible

    segmentationNodeSelectorVisible = keep("segmentationNodeSelectorVisible", bool)
    sourceVolumeNodeSelectorVisible = keep("sourceVolumeNodeSelectorVisible", bool)
    switchToSegmentationsButtonVisible = keep("switchToSegmentationsButtonVisible", bool)
    unorderedEffectsVisible, readOnly = keep("unorderedEffectsVisible", bool), keep("readOnly", bool)
    maximumNumberOfUndoStates = keep("maximumNumberOfUndoStates", int)
    autoShowSourceVolumeNode = keep("autoShowSourceVolumeNode", bool)
