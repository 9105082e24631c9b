"""One case of a cohort in the scene: its image, its outlines to be corrected, the views at the hip; and back again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...cohort.review.corrections import read_correction
from ...cohort.review.folder import ReviewFolder
from ...core.errors import InputError
from ...exam.shown_window import window_about
from ...imaging.image import Image
from ...imaging.labels import SIDES, head_mask
from ...imaging.masks.fine import is_finer, on_image
from ..case import move_to_case_folder
from ..images.ownership import results_of
from ..outdated import digest_of
from ..segmentations import outlines_from_segmentation, segmentation_in_steps
from ..show import zoom_slices_to_head
from ..transaction import Steps, remove_nodes
from ..volumes import image_from_volume, volume_from_image

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

_TO_RAS = np.array([-1.0, -1.0, 1.0])


@dataclass(frozen=True)
class CaseImages:
    """What lies in the files of a case; read beside the event loop.

    Attributes:
        key: of the case. image: as it lies. outlines: the reader's corrected ones where there are some, else the first;
            as fine as they are. corrected: whether they are corrected ones.
    """

    key: str
    image: Image
    outlines: Image
    corrected: bool


def read_case(folder: ReviewFolder, key: str, reader: str) -> CaseImages:
    """Image and outlines of a case: a reader's corrected ones of hips that he holds as corrected, else the first.

    Raises:
        InputError: a file is missing or cannot be read, or the outlines lie on other voxels than the image.
    """
    case = folder.case(key)
    image = case.image().require_volume(f"The image of {case.key}")
    labels = case.labels()
    image.require_same_grid(labels, f"the image of {case.key}", "Its segmentation")
    own = read_correction(folder, case, reader.strip(), image) if reader.strip() else None
    fine = case.fine(labels, image)
    outlines = own or (labels if fine is None else fine)
    return CaseImages(case.key, image, outlines, own is not None)


def case_in_steps(
    found: CaseImages, side: str, reader: str
) -> Steps[tuple[vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode]]:
    """The case as an image with its outlines, shown at the head of ``side``."""
    volume = volume_from_image(found.image, found.key)
    yield
    record = {"tool": "corrected outlines" if found.corrected else "outlines of a cohort"}
    node = yield from segmentation_in_steps(found.outlines, volume, reader or "automatic", record)
    move_to_case_folder(volume, [node])
    yield
    _set_window(volume, found)
    show_hip(volume, found.outlines, side)
    return volume, node


def show_hip(volume: vtkMRMLScalarVolumeNode, outlines: Image, side: str) -> None:
    """All slices through the head of ``side``, filled by the joint."""
    centre = _centre(outlines, side)
    slicer.util.setSliceViewerLayers(background=volume)
    if centre is not None:
        zoom_slices_to_head((centre * _TO_RAS).tolist())


def corrected_outlines(
    segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode
) -> tuple[Image, Image | None]:
    """The outlines of the scene on the voxels of the image, and the finer ones of which they are the share.

    Raises:
        InputError: a node is gone, nothing is outlined, or a structure cannot be told.
    """
    if volume is None or volume.GetScene() is None:
        raise InputError(_("The image of this hip was removed from the scene; open the hip again."))
    outlines, image = outlines_from_segmentation(segmentation, volume), image_from_volume(volume)
    return (on_image(outlines, image), outlines) if is_finer(outlines, image) else (outlines, None)


def outlines_now(
    segmentation: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode | None
) -> dict[str, str]:
    """Hashes of the outlines as they are, to know whether somebody changed them; empty where there are none."""
    if segmentation is None or volume is None or None in (segmentation.GetScene(), volume.GetScene()):
        return {}
    try:
        return {side: text for side, text in digest_of(segmentation, volume).items() if side in SIDES}
    except InputError:  # emptied by hand
        return {"empty": "yes"}


def remove_case(volume: vtkMRMLScalarVolumeNode | None) -> None:
    """Take a case with all that came of it out of the scene, so that hundreds of cases need no more room than one."""
    if volume is None or volume.GetScene() is None:
        return
    from ..case import folder_of

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    folder = folder_of(volume)
    remove_nodes([*results_of(volume), volume])
    if folder and not hierarchy.GetNumberOfItemChildren(folder):
        hierarchy.RemoveItem(folder)


def _set_window(volume: vtkMRMLScalarVolumeNode, found: CaseImages) -> None:
    centres = [centre for side in SIDES if (centre := _centre(found.outlines, side)) is not None]
    low, high = window_about(found.image, centres)
    volume.CreateDefaultDisplayNodes()
    display = volume.GetDisplayNode()
    if display is not None:
        display.SetAutoWindowLevel(False)
        display.SetWindowLevelMinMax(low, high)


def _centre(outlines: Image, side: str) -> np.ndarray | None:
    found = np.argwhere(head_mask(outlines.array, side))
    return None if not len(found) else outlines.index_to_point(found.mean(axis=0)[::-1])
