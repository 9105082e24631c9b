"""Radiographs in the scene: which volumes are one, and their lengths."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...imaging import labels as lab
from ...imaging.image import Image
from ...imaging.radiograph import (
    MAY_BE_MAGNIFIED,
    RADIOGRAPHS,
    corrected_for_magnification,
    is_radiograph,
)
from ..attributes import FACT_PREFIX, read_attributes, write_attributes
from ..case import control_points
from ..images.ownership import find_node
from ..segmentations import READER, labels_from_segmentation, segmentation_from_labels
from ..volumes import dicom_file_of, image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsFiducialNode, vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

_LPS_TO_RAS = np.diag([-1.0, -1.0, 1.0, 1.0])
UNSTATED = "unstated"  # what a file without header leaves open; a header says "detector" or "calibrated"


def is_slice(volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Whether a volume has voxels in a single slice, as every projection has."""
    return (
        volume is not None
        and volume.GetImageData() is not None
        and volume.GetImageData().GetDimensions()[2] == 1
    )


def is_radiograph_volume(volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Whether a volume is a single projection by its DICOM header, or because the user said so."""
    return is_slice(volume) and is_radiograph(image_from_volume(volume))


def what_to_load(volume: vtkMRMLScalarVolumeNode | None) -> list[str]:
    """Sentences on what a case wants where ``volume`` is no MRI: also where to choose what is there instead."""
    if volume is not None and not is_slice(volume):
        return []
    volumes = slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if volume is None else [volume]
    films = [node for node in volumes if is_slice(node) and not node.IsA("vtkMRMLLabelMapVolumeNode")]
    load = _("Load a hip MRI (DICOM, NIfTI or NRRD), or take one from the Sample Data module.")
    return [*map(why_no_mri, films), load]


def why_no_mri(volume: vtkMRMLScalarVolumeNode | None) -> str:
    """Why a volume cannot be the MRI of a case, and what to do; "" where it may be one, or is None."""
    if not is_slice(volume):
        return ""
    assert volume is not None
    if is_radiograph_volume(volume):
        text = _(
            "'{name}' is a radiograph, not an MRI: choose it in the box Radiograph, and the hip MRI in the box MRI."
        )
    else:
        text = _(
            "'{name}' is a single slice, not an MRI volume. If it is a radiograph, tick that in ONFHSegment and "
            "choose it in the box Radiograph; choose the hip MRI in the box MRI."
        )
    return text.format(name=volume.GetName())


def settle_radiograph(volume: vtkMRMLScalarVolumeNode) -> None:
    """Give a radiograph from Slicer's DICOM module the voxels and the geometry that the command line reads.

    Slicer takes neither Patient Orientation, nor the magnification, nor MONOCHROME1 (bone dark) from its header, so that
    a film that hangs mirrored would change the sides of the patient. Nothing happens where that was done already.

    Raises:
        InputError: the file states no pixel spacing, or is no single grey radiograph.
    """
    file = dicom_file_of(volume)
    if (
        file is None
        or "orientation" in read_attributes(volume, FACT_PREFIX)
        or not is_radiograph_volume(volume)
    ):
        return
    from ...imaging.files import read_image

    image = read_image(file)
    slicer.util.updateVolumeFromArray(volume, image.array)
    _place(volume, image)


def declare_radiograph(volume: vtkMRMLScalarVolumeNode, is_one: bool = True) -> None:
    """Take a slice whose file states no modality (PNG, NRRD, NIfTI) for a radiograph, or no longer.

    Raises:
        InputError: it has several slices, or its header names another modality.
    """
    if not is_slice(volume):
        raise InputError(
            _("'{name}' has several slices; a radiograph is a single projection; choose its file.").format(
                name=volume.GetName()
            )
        )
    if not is_one:
        for name in ("modality", "orientation", "pixel_spacing"):
            volume.RemoveAttribute(f"{FACT_PREFIX}{name}")
        return
    modality = image_from_volume(volume).metadata.get("modality", "")
    if modality and modality not in RADIOGRAPHS:
        raise InputError(
            _("The header of '{name}' says {modality}; that is no radiograph.").format(
                name=volume.GetName(), modality=modality
            )
        )
    facts = {"modality": "DX", "orientation": "assumed", "pixel_spacing": UNSTATED}
    write_attributes(volume, facts, FACT_PREFIX)


def magnification_of(volume: vtkMRMLScalarVolumeNode) -> float | None:
    """By how much lengths were corrected here, 1 for not yet; None where the header's spacing is the patient's."""
    facts = image_from_volume(volume).metadata
    stated = read_attributes(volume, FACT_PREFIX).get("magnification")
    if stated is not None:
        return float(stated)
    return 1.0 if facts.get("pixel_spacing") in (*MAY_BE_MAGNIFIED, UNSTATED) else None


def correct_magnification(
    volume: vtkMRMLScalarVolumeNode,
    magnification: float,
    segmentation: vtkMRMLSegmentationNode | None = None,
    points: vtkMRMLMarkupsFiducialNode | None = None,
) -> None:
    """Bring the pixel spacing of a radiograph from the detector into the plane of the hips; may be done again.

    Outlines, head boxes and points that were made before keep their place on the film.

    Raises:
        InputError: as :func:`.radiograph.corrected_for_magnification`, or the volume is under a transform.
    """
    if volume.GetParentTransformNode() is not None:
        raise InputError(
            _("'{name}' is under a transform; harden the transform first.").format(name=volume.GetName())
        )
    image, before = image_from_volume(volume), magnification_of(volume)
    if before is not None:  # back to the detector first
        x, y, z = image.spacing
        facts = {**image.metadata, "pixel_spacing": "detector"}
        image = replace(image, spacing=(x * before, y * before, z), metadata=facts)
    corrected = corrected_for_magnification(image, magnification)
    labels = None
    if segmentation is not None:
        try:
            labels = labels_from_segmentation(segmentation, volume)
        except InputError:  # nothing of ours in it
            labels = None
    _place(volume, corrected)
    scale = (before or 1.0) / magnification
    if segmentation is not None and labels is not None:
        reader = segmentation.GetAttribute(READER) or ""
        segmentation_from_labels(corrected.like(labels.array), volume, reader, {}, segmentation)
    _move_with_radiograph(volume, points, np.asarray(corrected.origin), scale)


def _place(volume: vtkMRMLScalarVolumeNode, image: Image) -> None:
    volume.SetIJKToRASMatrix(slicer.util.vtkMatrixFromArray(_LPS_TO_RAS @ image.affine))
    facts = {name: value for name, value in image.metadata.items() if name != "source"}
    write_attributes(volume, facts, FACT_PREFIX)


def _move_with_radiograph(
    volume: vtkMRMLScalarVolumeNode,
    points: vtkMRMLMarkupsFiducialNode | None,
    origin: np.ndarray,
    scale: float,
) -> None:
    if points is not None:
        for number, point in enumerate(control_points(points)):
            moved = (origin + (point - origin) * scale) * np.array([-1.0, -1.0, 1.0])
            points.SetNthControlPointPositionWorld(number, *moved)
    start = origin * np.array([-1.0, -1.0, 1.0])
    for side in lab.SIDES:
        box = find_node("vtkMRMLMarkupsROINode", "head box", volume, side)
        if box is not None:
            centre = np.asarray(box.GetCenter())
            box.SetCenter(*(start + (centre - start) * scale))
            box.SetSize(*(np.asarray(box.GetSize()) * scale))
