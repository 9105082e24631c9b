"""Which outlines are an image's: those that were made on it, of several the chosen ones, and never another image's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...core.provenance import image_id
from ..attributes import PROVENANCE_PREFIX, ROLE
from ..volumes import facts_of_volume, image_from_volume
from .ownership import ORPHAN, image_by_outlines, image_of, results_of

if TYPE_CHECKING:
    from slicer import vtkMRMLNode, vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

_CHOSEN = (
    "ONFHAssist.chosen"  # on a segmentation: of several of its image it is the one that a panel chose last
)
RADIOGRAPH = "ONFHAssist.radiograph"  # role of the reference from a case's result to its radiograph
_SAME_PLACE = ("study_uid", "frame_of_reference_uid")
_MARGIN_MM = 5.0  # by which outlines may reach out of the image, such as of another series of the study


def outlines_on(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLSegmentationNode | None:
    """The outlines of an image: the ones chosen last, else the only ones; None without any, or with a choice open."""
    found = [
        node
        for node in slicer.util.getNodesByClass("vtkMRMLSegmentationNode")
        if node.GetAttribute(ROLE) in (None, "segmentation") and made_on(node) is volume
    ]
    chosen = [node for node in found if node.GetAttribute(_CHOSEN)]
    ours = [node for node in found if node.GetAttribute(ROLE)]
    return next((some[0] for some in (chosen, ours, found) if len(some) == 1), None)


def choose_outlines(segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode) -> None:
    """Remember that a panel chose these outlines of an image, for when it comes back to the image."""
    if made_on(segmentation) is not volume or segmentation.GetAttribute(_CHOSEN):
        return
    for node in slicer.util.getNodesByClass("vtkMRMLSegmentationNode"):
        if node is not segmentation and node.GetAttribute(_CHOSEN) and made_on(node) is volume:
            node.RemoveAttribute(_CHOSEN)
    segmentation.SetAttribute(_CHOSEN, "yes")


def made_on(segmentation: vtkMRMLSegmentationNode) -> vtkMRMLScalarVolumeNode | None:
    """The image of the scene on which outlines were made, or None."""
    if segmentation.GetAttribute(ORPHAN):
        return None
    return image_of(segmentation) or image_by_outlines(segmentation)


def require_own(segmentation: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode) -> None:
    """Refuse outlines of another image; those of another series in the same place of the same study are good.

    Outlines that say nothing of their image, as a file from elsewhere, must lie within the image.

    Raises:
        InputError: they are of another image, or lie outside this one.
    """
    if segmentation is None or segmentation.GetScene() is None:
        return
    owner = made_on(segmentation)
    if owner is volume:
        return
    names = {"outlines": segmentation.GetName(), "volume": volume.GetName()}
    if owner is not None:
        if not _same_place(owner, volume):
            raise InputError(
                _(
                    "The outlines '{outlines}' were made on '{other}', not on '{volume}'; choose the outlines of "
                    "'{volume}', or none to find its heads anew."
                ).format(other=owner.GetName(), **names)
            )
        return
    known = segmentation.GetAttribute(f"{PROVENANCE_PREFIX}input")
    gone = segmentation.GetAttribute(ORPHAN)
    if gone or (known and known != image_id(image_from_volume(volume))):
        raise InputError(
            _(
                "The outlines '{outlines}' were made on an image that is not in the scene, not on '{volume}'; choose the "
                "outlines of '{volume}', or none to find its heads anew."
            ).format(**names)
        )
    if not _lies_within(segmentation, volume):
        raise InputError(
            _(
                "The outlines '{outlines}' lie outside '{volume}', so they are of another image; choose the outlines of "
                "'{volume}', or none to find its heads anew."
            ).format(**names)
        )


def require_one_patient(volume: vtkMRMLScalarVolumeNode, radiograph: vtkMRMLScalarVolumeNode) -> None:
    """Refuse an MRI with a radiograph that the subject hierarchy, as DICOM fills it, gives to another patient.

    Raises:
        InputError: both have a patient, and not the same.
    """
    patients = [patient_item(node) for node in (volume, radiograph)]
    if all(patients) and patients[0] != patients[1]:
        raise InputError(
            _(
                "'{volume}' and the radiograph '{radiograph}' are of two patients; choose a radiograph of the same one, "
                "or none."
            ).format(volume=volume.GetName(), radiograph=radiograph.GetName())
        )


def patient_item(node: vtkMRMLNode) -> int:
    """Item of the patient above a node in the subject hierarchy; 0 where there is none."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    item = hierarchy.GetItemByDataNode(node)
    return hierarchy.GetItemAncestorAtLevel(item, "Patient") if item else 0


def radiograph_of(volume: vtkMRMLScalarVolumeNode) -> vtkMRMLScalarVolumeNode | None:
    """The radiograph that an image's survival was last asked with; None where it was asked without."""
    for node in results_of(volume, "vtkMRMLTextNode", "case result"):
        return slicer.mrmlScene.GetNodeByID(node.GetNodeReferenceID(RADIOGRAPH) or "")
    return None


def _same_place(first: vtkMRMLScalarVolumeNode, second: vtkMRMLScalarVolumeNode) -> bool:
    """Whether two images are series of one study in one frame of reference, or one image and its copy."""
    facts = [facts_of_volume(node) for node in (first, second)]
    if all(facts[0].get(name) and facts[0].get(name) == facts[1].get(name) for name in _SAME_PLACE):
        return True
    return image_id(image_from_volume(first)) == image_id(image_from_volume(second))


def _lies_within(segmentation: vtkMRMLSegmentationNode, volume: vtkMRMLScalarVolumeNode) -> bool:
    outlines, image = [0.0] * 6, [0.0] * 6
    segmentation.GetRASBounds(outlines)
    volume.GetRASBounds(image)
    if outlines[0] > outlines[1]:  # nothing is outlined, which is said elsewhere
        return True
    inside = (
        outlines[k] >= image[k] - _MARGIN_MM and outlines[k + 1] <= image[k + 1] + _MARGIN_MM
        for k in (0, 2, 4)
    )
    return all(inside)
