"""The voxels of segments: on the grid of their image, or on finer ones (:mod:`...imaging.masks.fine`).

A segmentation has a geometry of its own, in which the Segment Editor edits. That of the outlines that were found is the
finer one, so that they are smooth in all planes; the image stays what the segmentation refers to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy

from ...core.vectors import as_index, as_point
from ...imaging.image import Image
from ...imaging.masks.fine import (
    fine_grid,
    fine_labels,
    is_finer,
    on_one_grid,
    parts_in,
    place_of,
    recropped,
    repeated,
)

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

_LABELMAP = "Binary labelmap"
_FLIP_XY = np.diag([-1.0, -1.0, 1.0, 1.0])


def set_geometry(
    node: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode, labels: Image, image: Image
) -> None:
    """Let a segmentation be edited on the voxels of ``labels``, all over the image."""
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    if not is_finer(labels, image):
        return
    whole = fine_grid(image, parts=parts_in(labels, image))
    extent = [edge for n in whole.size for edge in (0, n - 1)]
    text = slicer.vtkSegmentationConverter.SerializeImageGeometry(_matrix(node, whole), extent)
    name = slicer.vtkSegmentationConverter.GetReferenceImageGeometryParameterName()
    node.GetSegmentation().SetConversionParameter(name, text)


def write_segment(
    node: vtkMRMLSegmentationNode,
    identifier: str,
    mask: np.ndarray,
    volume: vtkMRMLScalarVolumeNode,
    labels: Image,
    image: Image,
) -> None:
    """Fill a segment that is there.

    Args:
        mask: boolean, on the voxels of ``labels``, which are those of the image or finer ones.
    """
    if not is_finer(labels, image):
        slicer.util.updateSegmentBinaryLabelmapFromArray(mask.astype(np.uint8), node, identifier, volume)
        return
    low, parts = place_of(labels, image)
    data = slicer.vtkOrientedImageData()
    first = low * parts
    data.SetExtent([int(edge) for a, n in zip(first, labels.size, strict=True) for edge in (a, a + n - 1)])
    scalars = numpy_to_vtk(mask.astype(np.uint8).ravel(), deep=True)
    data.GetPointData().SetScalars(scalars)
    data.SetGeometryFromImageToWorldMatrix(_matrix(node, fine_grid(image, parts=as_index(parts))))
    segmentation = node.GetSegmentation()
    segment = segmentation.GetSegment(identifier)
    segmentation.SeparateSegmentLabelmap(identifier)
    segment.RemoveAllRepresentations()
    segment.SetLabelValue(1)
    segment.AddRepresentation(_LABELMAP, data)


def read_segments(
    node: vtkMRMLSegmentationNode, segments: Mapping[int, str], volume: vtkMRMLScalarVolumeNode, image: Image
) -> Image:
    """One label image of several segments, the later ones over the earlier; finer than the image where one of them is.

    Args:
        segments: label to ID. image: that of ``volume``.
    """
    found = {value: _finer(node, identifier, image) for value, identifier in segments.items()}
    finest = [one for one in found.values() if one is not None]
    if not finest or len({parts_in(one, image) for one in finest}) > 1:
        array = np.zeros(image.array.shape, np.uint8)
        for value, identifier in segments.items():
            array[_mask_of(node, identifier, volume, array.shape)] = value
        return image.like(array)
    parts, whole = parts_in(finest[0], image), None
    for value, identifier in segments.items():
        piece = found[value]
        if piece is None:  # one that was drawn on the image's own voxels
            mask = _mask_of(node, identifier, volume, image.array.shape)
            piece = repeated(image.like(mask), image, parts)
        piece = piece.like(np.where(piece.array != 0, value, 0).astype(np.uint8))
        if whole is not None:
            below, piece = on_one_grid(whole, piece, image)
            piece = below.like(np.where(piece.array != 0, piece.array, below.array))
        whole = piece
    assert whole is not None
    return replace(recropped(whole, image), metadata=image.metadata)


def _matrix(node: vtkMRMLSegmentationNode, grid: Image) -> vtk.vtkMatrix4x4:
    """Voxels of a grid to the coordinates of a segmentation, which may be under a linear transform."""
    to_world = _to_world(node)
    assert to_world is not None
    matrix = vtk.vtkMatrix4x4()
    matrix.DeepCopy((np.linalg.inv(to_world) @ _FLIP_XY @ grid.affine).ravel())
    return matrix


def _to_world(node: vtkMRMLSegmentationNode) -> np.ndarray | None:
    transform = node.GetParentTransformNode()
    if transform is None:
        return np.eye(4)
    if not transform.IsTransformToWorldLinear():
        return None
    matrix = vtk.vtkMatrix4x4()
    transform.GetMatrixTransformToWorld(matrix)
    return np.asarray(slicer.util.arrayFromVTKMatrix(matrix))


def _finer(node: vtkMRMLSegmentationNode, identifier: str, image: Image) -> Image | None:
    """A segment on finer voxels of the image; None where it is not on such, or empty."""
    segment = node.GetSegmentation().GetSegment(identifier)
    stored, to_world = segment.GetRepresentation(_LABELMAP), _to_world(node)
    if stored is None or to_world is None:
        return None
    scalars, extent = stored.GetPointData().GetScalars(), stored.GetExtent()
    shape = [extent[axis + 1] - extent[axis] + 1 for axis in (4, 2, 0)]
    if scalars is None or min(shape) < 1:
        return None
    matrix = vtk.vtkMatrix4x4()
    stored.GetImageToWorldMatrix(matrix)
    affine = _FLIP_XY @ to_world @ np.asarray(slicer.util.arrayFromVTKMatrix(matrix))
    spacing = np.linalg.norm(affine[:3, :3], axis=0)
    if np.allclose(spacing, image.spacing, rtol=1e-4):  # most segments, and nothing to look for
        return None
    axes = affine[:3, :3] / spacing
    if not np.allclose(axes.T @ axes, np.eye(3), atol=1e-3):
        return None
    origin = affine[:3, :3] @ np.array(extent[::2], float) + affine[:3, 3]
    mask = (vtk_to_numpy(scalars).reshape(shape) == segment.GetLabelValue()).astype(np.uint8)
    if not mask.any():
        return None
    return fine_labels(
        Image(mask, as_point(spacing), as_point(origin), tuple(axes.ravel())), image, clip=True
    )


def _mask_of(
    node: vtkMRMLSegmentationNode, identifier: str, volume: vtkMRMLScalarVolumeNode, shape: tuple[int, ...]
) -> np.ndarray:
    """A segment's voxels on the grid of ``volume``, boolean.

    Where the segment lies on this grid already they are copied; Slicer's own way through a label map node in the scene
    takes 0.1 s a segment, and tells every observer of nodes.
    """
    segment = node.GetSegmentation().GetSegment(identifier)
    stored = segment.GetRepresentation(_LABELMAP)
    if stored is None or not _on_grid(node, stored, volume):
        return np.asarray(slicer.util.arrayFromSegmentBinaryLabelmap(node, identifier, volume)) > 0
    mask = np.zeros(shape, bool)
    extent, scalars = stored.GetExtent(), stored.GetPointData().GetScalars()
    first, last = np.array(extent[::2])[::-1], np.array(extent[1::2])[::-1]
    if scalars is None or (last < first).any():
        return mask
    values = vtk_to_numpy(scalars).reshape(last - first + 1)
    low, high = np.maximum(first, 0), np.minimum(last + 1, shape)
    if (high > low).all():  # a segment may reach out of the volume
        inside = tuple(slice(a, b) for a, b in zip(low - first, high - first, strict=True))
        place = tuple(slice(a, b) for a, b in zip(low, high, strict=True))
        mask[place] = values[inside] == segment.GetLabelValue()
    return mask


def _on_grid(
    node: vtkMRMLSegmentationNode, stored: vtk.vtkImageData, volume: vtkMRMLScalarVolumeNode
) -> bool:
    if node.GetParentTransformNode() is not volume.GetParentTransformNode():
        return False
    theirs, ours = vtk.vtkMatrix4x4(), vtk.vtkMatrix4x4()
    stored.GetImageToWorldMatrix(theirs)
    volume.GetIJKToRASMatrix(ours)
    a, b = (slicer.util.arrayFromVTKMatrix(matrix) for matrix in (theirs, ours))
    return bool(np.allclose(a, b, rtol=0.0, atol=1e-4))
