"""A radiograph in the red view: upright, in its own plane and alone, and the view as it was when it is over.

Slicer turns a view into the plane of a volume by the smallest angle to what the view shows at the time. From an axial
view that leaves open which way up a frontal film comes out, so that the frame is stated here: the one of the usual three
views that lies nearest to the film, with the patient's head up and his right on the left of the screen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
import vtk

from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSliceNode

_LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0])
_BEFORE = "ONFHAssist.beforeRadiograph"  # on the view that faces one: layout and frame that it had, as JSON
_FACED = "ONFHAssist.radiograph"  # reference of that view to the radiograph
# What the usual views show to the right, upwards and towards the viewer, RAS.
_USUAL = tuple(
    np.array(frame, float).T
    for frame in (
        ((-1, 0, 0), (0, 0, 1), (0, 1, 0)),  # coronal
        ((0, -1, 0), (0, 0, 1), (-1, 0, 0)),  # sagittal
        ((-1, 0, 0), (0, 1, 0), (0, 0, 1)),  # axial
    )
)


def upright_frame(volume: vtkMRMLScalarVolumeNode) -> np.ndarray:
    """Columns: what a view of a single slice has to the right, upwards and towards the viewer; RAS, of length 1.

    Raises:
        InputError: as :func:`.volumes.image_from_volume`.
    """
    axes = _LPS_TO_RAS @ np.asarray(image_from_volume(volume).direction, float).reshape(3, 3)
    along, down = axes[:, 0], axes[:, 1]
    normal = np.cross(along, down)
    usual = max(_USUAL, key=lambda frame: round(abs(float(normal @ frame[:, 2])), 6))
    frames = [
        (sign_x * x, sign_y * y)
        for x, y in ((along, down), (down, along))
        for sign_x in (1.0, -1.0)
        for sign_y in (1.0, -1.0)
    ]
    right, up = max(frames, key=lambda xy: round(float(xy[0] @ usual[:, 0] + xy[1] @ usual[:, 1]), 6))
    return np.column_stack([right, up, np.cross(right, up)])


def face_radiograph(volume: vtkMRMLScalarVolumeNode) -> None:
    """Show a radiograph alone, upright and in its own plane, as large as the red view allows.

    Raises:
        InputError: as :func:`.volumes.image_from_volume`; the views stay as they were.
    """
    frame, manager, node = upright_frame(volume), slicer.app.layoutManager(), _red()
    if not is_facing():
        before = {"layout": int(manager.layout), "frame": _matrix_of(node).tolist()}
        node.SetAttribute(_BEFORE, json.dumps(before))
    node.SetNodeReferenceID(_FACED, volume.GetID())
    manager.setLayout(slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView)
    slicer.util.setSliceViewerLayers(background=volume)
    bounds = [0.0] * 6
    volume.GetRASBounds(bounds)
    matrix = np.eye(4)
    matrix[:3, :3] = frame
    matrix[:3, 3] = 0.5 * (np.array(bounds[::2]) + np.array(bounds[1::2]))
    _set_matrix(node, matrix)
    slicer.util.resetSliceViews()


def is_facing() -> bool:
    """Whether the red view was turned to a radiograph."""
    return bool(_red().GetAttribute(_BEFORE))


def faced_radiograph() -> vtkMRMLScalarVolumeNode | None:
    """The radiograph that the red view was turned to; None where it was not, or where it is gone."""
    return _red().GetNodeReference(_FACED)


def leave_radiograph() -> None:
    """Layout and red view as they were before :func:`face_radiograph`; what somebody chose since stays."""
    node = _red()
    text = node.GetAttribute(_BEFORE)
    if not text:
        return
    node.RemoveAttribute(_BEFORE)  # first: what follows tells observers, who ask again
    node.RemoveNodeReferenceIDs(_FACED)
    before, manager = json.loads(text), slicer.app.layoutManager()
    if manager.layout == slicer.vtkMRMLLayoutNode.SlicerLayoutOneUpRedSliceView:
        manager.setLayout(before["layout"])
    _set_matrix(node, np.asarray(before["frame"]))


class FacingWatch:
    """Ends the view of a radiograph as soon as another image is shown in it, or none."""

    def __init__(self) -> None:
        self._composite: Any = None
        self._tag: int | None = None

    def follow(self) -> None:
        """Watch the red view from now on."""
        composite = slicer.app.layoutManager().sliceWidget("Red").mrmlSliceCompositeNode()
        if composite is self._composite:
            return
        if self._composite is not None:
            self._composite.RemoveObserver(self._tag)
        self._composite = composite
        self._tag = composite.AddObserver(vtk.vtkCommand.ModifiedEvent, self._on_modified)

    def _on_modified(self, composite: Any, _event: str) -> None:
        if not is_facing() or slicer.mrmlScene.IsBatchProcessing():
            return
        faced = faced_radiograph()
        if faced is None or composite.GetBackgroundVolumeID() != faced.GetID():
            leave_radiograph()


def _red() -> vtkMRMLSliceNode:
    return slicer.app.layoutManager().sliceWidget("Red").mrmlSliceNode()


def _matrix_of(node: vtkMRMLSliceNode) -> np.ndarray:
    return np.asarray(slicer.util.arrayFromVTKMatrix(node.GetSliceToRAS()))


def _set_matrix(node: vtkMRMLSliceNode, matrix: np.ndarray) -> None:
    node.GetSliceToRAS().DeepCopy(slicer.util.vtkMatrixFromArray(matrix))
    node.UpdateMatrices()
