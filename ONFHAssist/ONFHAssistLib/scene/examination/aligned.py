"""A series as it lies on the reference: its own voxels under a transform, each hip by its own alignment.

The voxels are shared, nothing is resampled: the views cut through them where the hip lay when the series was taken. Two
hips that moved apart are two rigid motions; thin-plate splines through points about both heads are exact at these points
and pass from one into the other between them. Such volumes are for the views alone: no selector lists them, no scene
file holds them, and they are made anew where they are wanted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _

from ...exam.result import ExamResult
from ..attributes import ROLE
from ..images.ownership import results_of, set_image
from ..transaction import remove_nodes
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLTransformNode

ROLE_OF_ALIGNED = "aligned series"
_NUMBER = "ONFHAssist.series"  # of the series that such a volume is
_MADE_OF = "ONFHAssist.alignedFrom"  # reference to the volume whose voxels it shares
_REACH_MM = 35.0  # of the points about a head's centre along each axis
_FLIP = np.diag([-1.0, -1.0, 1.0, 1.0])
_ALIKE_MM = 0.25  # motions of both hips that differ by less at their heads are one


def aligned_volume(
    reference: vtkMRMLScalarVolumeNode, volume: vtkMRMLScalarVolumeNode, exam: ExamResult, number: str
) -> vtkMRMLScalarVolumeNode:
    """The volume of a series to be shown with what lies in the reference's frame: itself, or itself under its alignment.

    Args:
        reference: volume of the reference series. volume: of the series. number: of the series.
    """
    transform = _transform_of(exam, number)
    if volume is reference or transform is None:
        return volume
    for node in results_of(reference, "vtkMRMLScalarVolumeNode", ROLE_OF_ALIGNED):
        if node.GetAttribute(_NUMBER) == number and node.GetNodeReference(_MADE_OF) is volume:
            return node
    name = _("{volume}, aligned").format(volume=volume.GetName())
    motion = _hidden("vtkMRMLTransformNode", _("{volume} alignment").format(volume=volume.GetName()))
    motion.SetAndObserveTransformFromParent(transform)
    copy = _hidden("vtkMRMLScalarVolumeNode", name)
    affine = (
        _FLIP @ image_from_volume(volume).affine
    )  # where the scene shows it, a transform of its own included
    copy.SetIJKToRASMatrix(slicer.util.vtkMatrixFromArray(affine))
    copy.SetAndObserveImageData(volume.GetImageData())
    copy.CreateDefaultDisplayNodes()
    copy.GetDisplayNode().SetSaveWithScene(False)
    copy.SetAndObserveTransformNodeID(motion.GetID())
    copy.SetNodeReferenceID(_MADE_OF, volume.GetID())
    copy.SetAttribute(_NUMBER, number)
    for node in (copy, motion):
        node.SetAttribute(ROLE, ROLE_OF_ALIGNED)
        set_image(node, reference)
    return copy


def remove_aligned(reference: vtkMRMLScalarVolumeNode) -> None:
    """Take away what :func:`aligned_volume` made, since the examination was read anew."""
    nodes = results_of(reference, "vtkMRMLNode", ROLE_OF_ALIGNED)
    remove_nodes(sorted(nodes, key=lambda node: bool(node and node.IsA("vtkMRMLTransformNode"))))


def _hidden(class_name: str, name: str) -> vtkMRMLScalarVolumeNode | vtkMRMLTransformNode:
    node = slicer.mrmlScene.CreateNodeByClass(class_name)
    node.UnRegister(None)
    node.SetName(slicer.mrmlScene.GenerateUniqueName(name))
    node.SetHideFromEditors(True)
    node.SetSaveWithScene(False)
    return slicer.mrmlScene.AddNode(node)


def _transform_of(exam: ExamResult, number: str) -> vtk.vtkAbstractTransform | None:
    """From RAS of the reference to RAS of the series; None where the series was not aligned, or did not move."""
    centres = {hip.side: np.asarray(hip.head.centre, float) for hip in exam.hips}
    motions = {
        one.side: np.array(one.matrix).reshape(4, 4)
        for one in exam.alignments
        if one.series == number and not one.failure and one.side in centres
    }
    if not motions or all(np.allclose(matrix, np.eye(4)) for matrix in motions.values()):
        return None
    points = {side: _about(centres[side]) for side in motions}
    there = {side: _moved(points[side], matrix) for side, matrix in motions.items()}
    for matrix in motions.values():
        everywhere = {other: _moved(points[other], matrix) for other in motions}
        if all(np.abs(everywhere[other] - there[other]).max() <= _ALIKE_MM for other in motions):
            rigid = vtk.vtkMatrixToLinearTransform()
            rigid.SetInput(slicer.util.vtkMatrixFromArray(_FLIP @ matrix @ _FLIP))
            return rigid
    spline = vtk.vtkThinPlateSplineTransform()
    spline.SetBasisToR()
    spline.SetSourceLandmarks(_vtk_points(points))
    spline.SetTargetLandmarks(_vtk_points(there))
    spline.Update()
    return spline


def _about(centre: np.ndarray) -> np.ndarray:
    """The centre of a head and six points about it, LPS mm."""
    return centre + _REACH_MM * np.concatenate([np.zeros((1, 3)), np.eye(3), -np.eye(3)])


def _moved(points: np.ndarray, matrix: np.ndarray) -> np.ndarray:
    return points @ matrix[:3, :3].T + matrix[:3, 3]


def _vtk_points(sides: dict[str, np.ndarray]) -> vtk.vtkPoints:
    points = vtk.vtkPoints()
    for place in np.concatenate(list(sides.values())) * np.array([-1.0, -1.0, 1.0]):
        points.InsertNextPoint(*place)
    return points
