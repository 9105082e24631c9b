"""Segmentations of the scene to and from label images, with SNOMED CT terminology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import slicer
import vtk
from slicer.i18n import tr as _
from vtk.util.numpy_support import vtk_to_numpy

from ..core.errors import InputError
from ..imaging import labels as lab
from ..imaging.image import Image
from .attributes import mark_result
from .ownership import set_image
from .transaction import Steps, run_all_steps
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

# Okabe and Ito's palette: apart for colour-blind readers too; necrosis warm, heads cool.
COLOURS = {
    "Femoral head R": (0.34, 0.71, 0.91),
    "Femoral head L": (0.0, 0.62, 0.45),
    "Necrosis R": (0.90, 0.62, 0.0),
    "Necrosis L": (0.84, 0.37, 0.0),
}
READER = "ONFHAssist.reader"
SEGMENT_IDS = {1: "FemoralHeadR", 2: "FemoralHeadL", 3: "NecrosisR", 4: "NecrosisL"}
_LATERALITY_CODES = {"R": "SCT^24028007^Right", "L": "SCT^7771000^Left"}
_HEAD_CODE = "SCT^2812003^Head of femur"
_CONTEXT = "Segmentation category and type - DICOM master list"
_REGIONS = "Anatomic codes - DICOM master list"


def terminology(name: str) -> str:
    """Slicer's serialised terminology entry for a segment of ours."""
    side = _LATERALITY_CODES[name[-1]]
    if name.startswith("Necrosis"):
        return (
            f"{_CONTEXT}~SCT^49755003^Morphologically Altered Structure~SCT^6574001^Necrosis~^^~"
            f"{_REGIONS}~{_HEAD_CODE}~{side}"
        )
    return f"{_CONTEXT}~SCT^123037004^Anatomical Structure~{_HEAD_CODE}~{side}~{_REGIONS}~^^~^^"


def segment_title(value: int) -> str:
    """What people read as the name of the segment of a label."""
    return {1: _("Femoral head R"), 2: _("Femoral head L"), 3: _("Necrosis R"), 4: _("Necrosis L")}[value]


def segment_of(node: vtkMRMLSegmentationNode, value: int) -> str:
    """ID of the segment of a label, "" where there is none.

    A segment is known by its name, in English or in the language of the application, so that hand-made and renamed ones
    count; else by the ID that ours have, in whatever language they were made.
    """
    segmentation = node.GetSegmentation()
    for name in (lab.NAMES[value], segment_title(value)):
        identifier = segmentation.GetSegmentIdBySegmentName(name)
        if identifier:
            return identifier
    segment = segmentation.GetSegment(SEGMENT_IDS[value])
    others = {n for v in lab.NAMES if v != value for n in (lab.NAMES[v], segment_title(v))}
    return SEGMENT_IDS[value] if segment is not None and segment.GetName() not in others else ""


def has_head(node: vtkMRMLSegmentationNode) -> bool:
    """Whether a segmentation has a segment of a femoral head."""
    return any(segment_of(node, value) for value in lab.HEAD.values())


def segmentation_from_labels(
    labels: Image,
    volume: vtkMRMLScalarVolumeNode,
    reader: str,
    provenance: Mapping[str, str],
    node: vtkMRMLSegmentationNode | None = None,
) -> vtkMRMLSegmentationNode:
    """:func:`segmentation_in_steps`, all at once."""
    return run_all_steps(segmentation_in_steps(labels, volume, reader, provenance, node))


def segmentation_in_steps(
    labels: Image,
    volume: vtkMRMLScalarVolumeNode,
    reader: str,
    provenance: Mapping[str, str],
    node: vtkMRMLSegmentationNode | None = None,
) -> Steps[vtkMRMLSegmentationNode]:
    """Make, or bring up to date, the segmentation "*volume* ONFH".

    Args:
        labels: label image on the grid of ``volume``.
        reader: who or what outlined, kept with the segmentation.
        node: an earlier segmentation to update; its segments of other names stay.
    """
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass(
            "vtkMRMLSegmentationNode", _("{volume} ONFH").format(volume=volume.GetName())
        )
        node.CreateDefaultDisplayNodes()
        node.GetDisplayNode().SetVisibility2DFill(False)  # the marrow under an outline must stay readable
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    for value, name in lab.NAMES.items():
        mask = labels.array == value
        if mask.any():
            _set_segment(node, volume, value, name, mask)
            yield
        elif node.GetSegmentation().GetSegment(SEGMENT_IDS[value]) is not None:
            node.GetSegmentation().RemoveSegment(SEGMENT_IDS[value])
    mark_result(node, "segmentation", provenance)
    set_image(node, volume)
    node.SetAttribute(READER, reader)
    yield
    yield from surfaces_in_steps(node)
    return node


def surfaces_in_steps(node: vtkMRMLSegmentationNode) -> Steps[None]:
    """Closed surfaces of all segments, one a step; Slicer's own function makes them all in one go."""
    segmentation = node.GetSegmentation()
    name = "Closed surface"
    for identifier in segmentation.GetSegmentIDs():
        alone, copy = slicer.vtkSegmentation(), slicer.vtkSegment()
        copy.DeepCopy(segmentation.GetSegment(identifier))
        alone.SetSourceRepresentationName("Binary labelmap")
        alone.AddSegment(copy, identifier)
        if alone.CreateRepresentation(name):
            segmentation.GetSegment(identifier).AddRepresentation(name, copy.GetRepresentation(name))
        yield


def _set_segment(
    node: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode, value: int, name: str, mask: np.ndarray
) -> None:
    segmentation = node.GetSegmentation()
    identifier = SEGMENT_IDS[value]
    if segmentation.GetSegment(identifier) is None:
        segmentation.AddEmptySegment(identifier, segment_title(value), COLOURS[name])
    segment = segmentation.GetSegment(identifier)
    segment.SetTag(segment.GetTerminologyEntryTagName(), terminology(name))
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask.astype(np.uint8), node, identifier, volume)


def _mask_of(
    node: vtkMRMLSegmentationNode, identifier: str, volume: vtkMRMLScalarVolumeNode, shape: tuple[int, ...]
) -> np.ndarray:
    """A segment's voxels on the grid of ``volume``, boolean.

    Where the segment lies on this grid already, as those of ours do, they are copied; Slicer's own way through a label
    map node in the scene takes 0.1 s a segment, and tells every observer of nodes.
    """
    segment = node.GetSegmentation().GetSegment(identifier)
    stored = segment.GetRepresentation("Binary labelmap")
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


def labels_from_segmentation(node: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode) -> Image:
    """Label image on the grid of ``volume``; segments are found as :func:`segment_of` says, so hand-made ones count.

    Raises:
        InputError: no segmentation, none of our segments in it, or all of them empty.
    """
    grid = image_from_volume(volume)
    if node is None or node.GetScene() is None:
        raise InputError(_("No segmentation is chosen; outline the femoral heads first."))
    array = np.zeros(grid.array.shape, np.uint8)
    for value in lab.NAMES:
        identifier = segment_of(node, value)
        if identifier:
            array[_mask_of(node, identifier, volume, array.shape)] = value
    if not array.any():
        expected = ", ".join(f"'{segment_title(value)}'" for value in lab.NAMES)
        raise InputError(
            _("The segmentation '{name}' has no filled segment named {expected}.").format(
                name=node.GetName(), expected=expected
            )
        )
    return grid.like(array)
