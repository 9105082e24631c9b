"""Slice and 3D views that the hips fill, as a reader would set them by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import slicer

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsROINode, vtkMRMLSliceNode

USUAL_HEAD_MM = 50.0  # across, where no box says it
AROUND_HEAD = 2.2  # a slice view shows this many times the size of a head in its narrower direction: the whole joint
_MARGIN = 1.1  # around the heads in 3D


def zoom_slices_to_head(centre: Sequence[float], size_mm: float = USUAL_HEAD_MM) -> None:
    """All slice views through ``centre`` (RAS mm), with the head in their middle and the joint filling them.

    A view that shows less, since the user went closer, stays as close as it is, as long as it shows the whole head.
    """
    for node in slicer.util.getNodesByClass("vtkMRMLSliceNode"):
        node.JumpSliceByCentering(*centre)
        shown = min(node.GetFieldOfView()[:2])
        if not size_mm <= shown <= AROUND_HEAD * size_mm:
            _set_narrower_side(node, AROUND_HEAD * size_mm)


def _set_narrower_side(node: vtkMRMLSliceNode, mm: float) -> None:
    columns, rows = node.GetDimensions()[:2]
    scale = mm / max(min(columns, rows), 1)
    node.SetFieldOfView(scale * max(columns, 1), scale * max(rows, 1), node.GetFieldOfView()[2])
    node.UpdateMatrices()


def zoom_3d_to_heads(boxes: Sequence[vtkMRMLMarkupsROINode]) -> bool:
    """All 3D views from the front, the patient's right on the left, filled by the boxes of the heads.

    Returns:
        Whether there was a box.
    """
    corners = np.array([corner for box in boxes for corner in _corners(box)])
    if not len(corners):
        return False
    low, high = corners.min(axis=0), corners.max(axis=0)
    width, depth, height = high - low
    manager = slicer.app.layoutManager()
    for index in range(manager.threeDViewCount):
        view = manager.threeDWidget(index).threeDView()
        columns, rows = view.renderWindow().GetSize()
        camera = view.renderWindow().GetRenderers().GetFirstRenderer().GetActiveCamera()
        tall = max(height, width * max(rows, 1) / max(columns, 1)) * _MARGIN
        away = 0.5 * tall / math.tan(math.radians(0.5 * camera.GetViewAngle())) + 0.5 * depth
        x, y, z = 0.5 * (low + high)
        camera.SetFocalPoint(x, y, z)
        camera.SetPosition(x, y + away, z)
        camera.SetViewUp(0.0, 0.0, 1.0)
        camera.SetParallelScale(0.5 * tall)
        view.renderWindow().GetRenderers().GetFirstRenderer().ResetCameraClippingRange()
    return True


def _corners(box: vtkMRMLMarkupsROINode) -> np.ndarray:
    bounds = [0.0] * 6
    box.GetRASBounds(bounds)
    return np.array([bounds[::2], bounds[1::2]])
