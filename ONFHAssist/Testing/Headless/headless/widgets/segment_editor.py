"""``qMRMLSegmentEditorWidget`` on Slicer's own segment editor logic, which masks, overwrites and undoes.

There is no mouse: :func:`stroke` does what a drag with *Paint* or *Erase* does, and an effect takes a labelmap from a
script as in the application. The other effects can be chosen, and do nothing.
"""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

from ..qt.pythonqt import QtCore, QtWidgets, kept, native
from ..scene.watch import Watch
from .node_combo_box import qMRMLNodeComboBox
from .tables import qMRMLSegmentsTableView

_EFFECTS = (
    "Threshold", "Paint", "Draw", "Erase", "Level tracing", "Grow from seeds", "Fill between slices", "Margin",
    "Hollow", "Smoothing", "Scissors", "Islands", "Logical operators", "Mask volume",
)  # fmt: skip
_LOGIC = slicer.vtkSlicerSegmentEditorLogic


class qSlicerSegmentEditorAbstractEffect:
    """An effect of the editor: what a script does with it, not what the mouse does."""

    __slots__ = ("_logic", "name")
    ModificationModeSet = _LOGIC.ModificationModeSet
    ModificationModeAdd = _LOGIC.ModificationModeAdd
    ModificationModeRemove = _LOGIC.ModificationModeRemove
    ModificationModeRemoveAll = _LOGIC.ModificationModeRemoveAll

    def __init__(self, name: str, logic: Any) -> None:
        self.name, self._logic = name, logic

    def parameterSetNode(self) -> Any:
        return self._logic.GetSegmentEditorNode()

    def defaultModifierLabelmap(self) -> Any:
        """An empty labelmap (``vtkOrientedImageData``) on the geometry that is edited."""
        self._logic.ResetModifierLabelmapToDefault()
        return self._logic.GetModifierLabelmap()

    def saveStateForUndo(self) -> None:
        self._logic.SaveStateForUndo()

    def modifySelectedSegmentByLabelmap(self, labelmap: Any, mode: int, bypassMasking: bool = False) -> None:
        """Add the voxels of the labelmap to the chosen segment, or take them away, where masking allows it."""
        node = self.parameterSetNode()
        self._logic.ModifySegmentByLabelmap(
            node.GetSegmentationNode(), node.GetSelectedSegmentID(), labelmap, mode, True, bypassMasking
        )


@native
class qMRMLSegmentEditorWidget(QtWidgets.QWidget):
    """Keeps its choices on a real ``vtkMRMLSegmentEditorNode`` and shows them."""

    currentSegmentIDChanged = QtCore.Signal(str)
    segmentationNodeChanged = QtCore.Signal(object)
    sourceVolumeNodeChanged = QtCore.Signal(object)
    autoShowSourceVolumeNode = kept(bool, True)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._scene: Any = None
        self._node: Any = None
        self._logic = _LOGIC()
        self._logic.SetVerbose(True)  # as in the application: what cannot be done is said on the console
        self._watch = Watch(self, self.updateWidgetFromMRML)
        self._shown = {"segmentation": "", "volume": "", "segment": "", "effect": ""}
        self._segmentations, self._volumes = qMRMLNodeComboBox(), qMRMLNodeComboBox()
        self._table = qMRMLSegmentsTableView()
        self._segmentations.nodeTypes = ["vtkMRMLSegmentationNode"]
        self._volumes.nodeTypes = ["vtkMRMLScalarVolumeNode"]
        box = QtWidgets.QVBoxLayout(self)
        for label, widget in (("Segmentation:", self._segmentations), ("Source volume:", self._volumes)):
            box.addWidget(QtWidgets.QLabel(label))
            box.addWidget(widget)
        box.addWidget(self._table)
        self._buttons: dict[str, Any] = {}
        grid = QtWidgets.QGridLayout()
        for index, name in enumerate(_EFFECTS):
            button = QtWidgets.QToolButton()
            button.setText(name)
            button.setCheckable(True)
            button.clicked.connect(self._effect_clicked)
            grid.addWidget(button, index // 3, index % 3)
            self._buttons[name] = button
        box.addLayout(grid)
        self._segmentations.currentNodeChanged.connect(self.setSegmentationNode)
        self._volumes.currentNodeChanged.connect(self.setSourceVolumeNode)
        self._table.selectionChanged.connect(self._segment_picked)

    # scene and nodes ------------------------------------------------------------------------------------

    def setMRMLScene(self, scene: Any) -> None:
        self._scene = scene
        self._logic.SetMRMLScene(scene)
        self._segmentations.setMRMLScene(scene)
        self._volumes.setMRMLScene(scene)
        self._observe()

    def mrmlScene(self) -> Any:
        return self._scene

    def setMRMLSegmentEditorNode(self, node: Any) -> None:
        self._node = node
        self._logic.SetSegmentEditorNode(node)
        self._observe()

    def _observe(self) -> None:
        ends = slicer.vtkMRMLScene.EndBatchProcessEvent
        self._watch.set([(self._node, vtk.vtkCommand.ModifiedEvent), (self._scene, ends)])
        self.updateWidgetFromMRML()

    def mrmlSegmentEditorNode(self) -> Any:
        return self._node

    def updateWidgetFromMRML(self) -> None:
        if self._scene is None or self._scene.IsClosing() or self._scene.IsBatchProcessing():
            return
        segmentation, volume = self.segmentationNode(), self.sourceVolumeNode()
        self._segmentations.setCurrentNode(segmentation)
        self._volumes.setCurrentNode(volume)
        if self._table.segmentationNode() is not segmentation:
            self._table.setSegmentationNode(segmentation)
        if self._changed("segmentation", _id(segmentation)):
            self._segmentation_chosen(segmentation)
            self.segmentationNodeChanged.emit(segmentation)
        volume = self.sourceVolumeNode()
        if self._changed("volume", _id(volume)):
            if volume is not None and self.autoShowSourceVolumeNode:
                _show(volume)
            self.sourceVolumeNodeChanged.emit(volume)
        segment = self.currentSegmentID()
        self._table.setSelectedSegmentIDs([segment])
        if self._changed("segment", segment):
            self.currentSegmentIDChanged.emit(segment)
        active = self._node.GetActiveEffectName() or "" if self._node is not None else ""
        for name, button in self._buttons.items():
            button.setChecked(name == active)
        if self._changed("effect", active) and active and self.segmentationNode() is not None:
            self._logic.SetSourceRepresentationToBinaryLabelMap()

    def _changed(self, name: str, now: str) -> bool:
        before, self._shown[name] = self._shown[name], now
        return now != before

    def _segmentation_chosen(self, segmentation: Any) -> None:
        """Its reference volume becomes the source, its first segment the chosen one."""
        self.setActiveEffect(None)
        if segmentation is None:
            return
        role = segmentation.GetReferenceImageGeometryReferenceRole()
        self._logic.SetSourceVolumeNode(segmentation.GetNodeReference(role))
        segmentation.CreateDefaultDisplayNodes()
        self.setCurrentSegmentID(segmentation.GetSegmentation().GetNthSegmentID(0))

    def segmentationNode(self) -> Any:
        return self._logic.GetSegmentationNode()

    def setSegmentationNode(self, node: Any) -> None:
        if self.segmentationNode() is not node:
            self._logic.SetSegmentationNode(node)

    def sourceVolumeNode(self) -> Any:
        return self._logic.GetSourceVolumeNode()

    def setSourceVolumeNode(self, node: Any) -> None:
        """The logic writes an error where no segmentation was chosen before."""
        self._logic.SetSourceVolumeNode(node)

    def currentSegmentID(self) -> str:
        return (self._node.GetSelectedSegmentID() or "") if self._node is not None else ""

    def setCurrentSegmentID(self, segment_id: str) -> None:
        if self._node is not None:
            self._node.SetSelectedSegmentID(segment_id)

    def _segment_picked(self, *_selection: Any) -> None:
        for segment_id in self._table.selectedSegmentIDs():
            self.setCurrentSegmentID(segment_id)

    # effects --------------------------------------------------------------------------------------------

    def availableEffectNames(self) -> tuple[str, ...]:
        return _EFFECTS

    def _effect_clicked(self, on: bool) -> None:
        self.setActiveEffectByName(self.sender().text if on else "")

    def setActiveEffectByName(self, name: str) -> None:
        if self._node is not None and (not name or name in _EFFECTS):
            self._node.SetActiveEffectName(name or "")

    def setActiveEffect(self, effect: Any) -> None:
        self.setActiveEffectByName(effect.name if effect is not None else "")

    def activeEffect(self) -> qSlicerSegmentEditorAbstractEffect | None:
        name = self._node.GetActiveEffectName() if self._node is not None else ""
        return qSlicerSegmentEditorAbstractEffect(name, self._logic) if name else None

    def undo(self) -> None:
        self._logic.Undo()

    def redo(self) -> None:
        self._logic.Redo()


def _id(node: Any) -> str:
    return node.GetID() if node is not None and node.GetID() else ""


def _show(volume: Any) -> None:
    """Show the volume behind all slice views, where a view has not got it yet."""
    manager = slicer.app.layoutManager()
    for name in manager.sliceViewNames():
        composite = manager.sliceWidget(name).mrmlSliceCompositeNode()
        if volume.GetID() not in (composite.GetBackgroundVolumeID(), composite.GetForegroundVolumeID()):
            composite.SetBackgroundVolumeID(volume.GetID())
            composite.SetForegroundVolumeID(None)
            composite.SetLabelVolumeID(None)


def stroke(editor: Any, points: Iterable[Iterable[float]], radius: float) -> int:
    """Do what a drag of the mouse does with *Paint* or *Erase*: a ball at each point; the number of voxels in reach.

    Args:
        editor: a ``qMRMLSegmentEditorWidget`` with a chosen segment and one of the two effects active.
        points: centres of the brush in the segmentation's RAS coordinates, in mm.
        radius: of the brush, in mm; at least the voxel in which a point lies is reached.

    Raises:
        ValueError: neither effect is active, or no segment is chosen.
    """
    effect = editor.activeEffect()
    modes = {"Paint": _LOGIC.ModificationModeAdd, "Erase": _LOGIC.ModificationModeRemove}
    if effect is None or effect.name not in modes or not editor.currentSegmentID():
        raise ValueError("a stroke needs a chosen segment and the effect Paint or Erase")
    labelmap = effect.defaultModifierLabelmap()
    extent, matrix = labelmap.GetExtent(), vtk.vtkMatrix4x4()
    labelmap.GetImageToWorldMatrix(matrix)
    to_world = slicer.util.arrayFromVTKMatrix(matrix)
    to_voxel = np.linalg.inv(to_world)
    shape = [extent[axis + 1] - extent[axis] + 1 for axis in (4, 2, 0)]
    voxels = vtk_to_numpy(labelmap.GetPointData().GetScalars()).reshape(shape)
    reach = radius * np.linalg.norm(to_voxel[:3, :3], axis=1)  # in voxels along i, j, k
    for point in points:
        centre = (to_voxel @ [*point, 1.0])[:3]
        low = np.maximum(np.floor(centre - reach), extent[::2]).astype(int)
        high = np.minimum(np.ceil(centre + reach), extent[1::2]).astype(int)
        if (low > high).any():
            continue
        k, j, i = np.mgrid[tuple(slice(low[axis], high[axis] + 1) for axis in (2, 1, 0))]
        away = np.stack([i - centre[0], j - centre[1], k - centre[2]])
        inside = np.linalg.norm(np.tensordot(to_world[:3, :3], away, 1), axis=0) <= radius
        inside |= (np.abs(away) <= 0.5).all(axis=0)
        box = tuple(slice(low[a] - extent[2 * a], high[a] - extent[2 * a] + 1) for a in (2, 1, 0))
        voxels[box][inside] = 1
    labelmap.Modified()
    effect.saveStateForUndo()
    effect.modifySelectedSegmentByLabelmap(labelmap, modes[effect.name])
    return int(voxels.sum())
