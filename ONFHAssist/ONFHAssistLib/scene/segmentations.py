"""Segmentations of the scene to and from label images, with SNOMED CT terminology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import slicer

from ..errors import InputError
from ..image import Image
from ..segment import labels as lab
from .attributes import mark
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


def segmentation_from_labels(
    labels: Image,
    volume: vtkMRMLScalarVolumeNode,
    reader: str,
    provenance: Mapping[str, str],
    node: vtkMRMLSegmentationNode | None = None,
) -> vtkMRMLSegmentationNode:
    """Make, or bring up to date, the segmentation "*volume* ONFH".

    Args:
        labels: label image on the grid of ``volume``.
        reader: who or what outlined, kept with the segmentation.
        node: an earlier segmentation to update; its segments of other names stay.
    """
    if node is None:
        node = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentationNode", f"{volume.GetName()} ONFH")
        node.CreateDefaultDisplayNodes()
        node.GetDisplayNode().SetVisibility2DFill(False)  # the marrow under an outline must stay readable
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    for value, name in lab.NAMES.items():
        mask = labels.array == value
        if mask.any():
            _set_segment(node, volume, value, name, mask)
        elif node.GetSegmentation().GetSegment(SEGMENT_IDS[value]) is not None:
            node.GetSegmentation().RemoveSegment(SEGMENT_IDS[value])
    mark(node, "segmentation", provenance)
    node.SetAttribute(READER, reader)
    node.CreateClosedSurfaceRepresentation()
    return node


def _set_segment(
    node: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode, value: int, name: str, mask: np.ndarray
) -> None:
    segmentation = node.GetSegmentation()
    identifier = SEGMENT_IDS[value]
    if segmentation.GetSegment(identifier) is None:
        segmentation.AddEmptySegment(identifier, name, COLOURS[name])
    segment = segmentation.GetSegment(identifier)
    segment.SetTag(segment.GetTerminologyEntryTagName(), terminology(name))
    slicer.util.updateSegmentBinaryLabelmapFromArray(mask.astype(np.uint8), node, identifier, volume)


def labels_from_segmentation(node: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode) -> Image:
    """Label image on the grid of ``volume``; segments are known by their names, so hand-made ones count too.

    Raises:
        InputError: no segmentation, none of our segments in it, or all of them empty.
    """
    grid = image_from_volume(volume)
    if node is None or node.GetScene() is None:
        raise InputError("No segmentation is chosen; outline the femoral heads first.")
    segmentation = node.GetSegmentation()
    array = np.zeros(grid.array.shape, np.uint8)
    for value, name in lab.NAMES.items():
        identifier = segmentation.GetSegmentIdBySegmentName(name)
        if identifier:
            mask = slicer.util.arrayFromSegmentBinaryLabelmap(node, identifier, volume)
            array[np.asarray(mask) > 0] = value
    if not array.any():
        expected = ", ".join(f"'{name}'" for name in lab.NAMES.values())
        raise InputError(f"The segmentation '{node.GetName()}' has no filled segment named {expected}.")
    return grid.like(array)
