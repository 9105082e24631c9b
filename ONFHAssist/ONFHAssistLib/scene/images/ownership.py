"""Which image of the scene a result belongs to: two patients in one scene never share an outline, a number or a page.

A node reference says it, which survives renaming, saving and loading into a scene where IDs differ. Beside it stands what
the image is (series UID, or hash of voxels and place), so that a result is never taken for that of another image which
got the ID of a deleted one, and finds its own image again when that is loaded anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import slicer

from ...core.errors import InputError
from ...core.provenance import image_id
from ..attributes import PROVENANCE_PREFIX, ROLE, SIDE
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slicer import vtkMRMLNode, vtkMRMLScalarVolumeNode

IMAGE = "ONFHAssist.image"  # role of the reference from a result to its image
ORPHAN = "ONFHAssist.imageGone"  # on a result whose image is not in the scene: the name of that image
FOLDER_OF = (
    "ONFHAssist.folderOf"  # on a folder of results: name of its image, for people and for scenes of 0.1
)
_ORPHAN_IMAGE = "ONFHAssist.imageGoneIs"  # on such a result: what that image is
_INPUT = f"{PROVENANCE_PREFIX}input"
# Results of no image: what was developed on a table of patients.
_OF_COHORTS = ("development ", "dlr ", "survival report")


def is_image(node: vtkMRMLNode | None) -> bool:
    """Whether a node of the scene is an image of a patient: a scalar volume that is no label map and no result."""
    return (
        node is not None
        and node.GetScene() is not None
        and node.IsA("vtkMRMLScalarVolumeNode")
        and not node.IsA("vtkMRMLLabelMapVolumeNode")
        and not node.GetAttribute(ROLE)
    )


def set_image(node: vtkMRMLNode, volume: vtkMRMLScalarVolumeNode | None) -> None:
    """Say whose result a node is; None where it is of no image."""
    for name in (ORPHAN, _ORPHAN_IMAGE):
        node.RemoveAttribute(name)
    node.SetNodeReferenceID(IMAGE, None if volume is None else volume.GetID())


def image_of(node: vtkMRMLNode) -> vtkMRMLScalarVolumeNode | None:
    """The image that a result belongs to; None where it belongs to none, or to one that is not in the scene."""
    return slicer.mrmlScene.GetNodeByID(node.GetNodeReferenceID(IMAGE) or "")


def belongs_to(node: vtkMRMLNode, volume: vtkMRMLScalarVolumeNode | None) -> bool:
    """Whether a node is a result of this image; with None, whether it is one of no image."""
    wanted = None if volume is None or volume.GetScene() is None else volume.GetID()
    return (node.GetNodeReferenceID(IMAGE) or None) == wanted and not node.GetAttribute(ORPHAN)


def results_of(
    volume: vtkMRMLScalarVolumeNode | None, class_name: str = "vtkMRMLNode", role: str | None = None
) -> list[vtkMRMLNode]:
    """The results of an image, of a class and role where these are given, in the order of the scene."""
    return [
        node
        for node in slicer.util.getNodesByClass(class_name)
        if (volume is not None or node.GetAttribute(ROLE))
        and belongs_to(node, volume)
        and role in (None, node.GetAttribute(ROLE))
    ]


def find_node(
    class_name: str, role: str, volume: vtkMRMLScalarVolumeNode | None, side: str | None = None
) -> vtkMRMLNode | None:
    """The first result of an image with a class, role (and side), or None.

    Args:
        volume: whose result; None for results of no image, such as those of a cohort.
    """
    found = results_of(volume, class_name, role)
    return next((node for node in found if side is None or node.GetAttribute(SIDE) == side), None)


def title_of(text: str, volume: vtkMRMLScalarVolumeNode | None) -> str:
    """Name for a new result whose name does not say its image: with it where another image has one of that name."""
    if volume is None:
        return text
    nodes = [node for node in slicer.util.getNodesByClass("vtkMRMLNode") if node.GetName() == text]
    taken = any(node.GetAttribute(ORPHAN) or image_of(node) not in (None, volume) for node in nodes)
    return f"{text} ({volume.GetName()})" if taken else text


def adopt_results() -> None:
    """Settle whose each result is, after a scene was loaded or an image has come or gone.

    A result of version 0.1 carries no reference: its image is that of its outlines, of its folder, or the one with the
    same voxels. A reference to an image that is no longer there is dropped, since another image may get its ID.
    """
    for node in _results():
        identifier = node.GetNodeReferenceID(IMAGE)
        if identifier and not is_image(slicer.mrmlScene.GetNodeByID(identifier)):
            node.SetNodeReferenceID(IMAGE, None)
            node.SetAttribute(ORPHAN, node.GetAttribute(ORPHAN) or "?")
    homeless = [node for node in _results() if not node.GetNodeReferenceID(IMAGE) and not _of_cohort(node)]
    if homeless:
        images = [n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if is_image(n)]
        identities = dict(_identities(images))
        for node in homeless:
            same = identities.get(node.GetAttribute(_ORPHAN_IMAGE) or node.GetAttribute(_INPUT) or "")
            if node.GetAttribute(
                ORPHAN
            ):  # another image may have the ID, or the name, of the one that is gone
                volume = same
            else:
                volume = image_by_outlines(node) or same or _image_by_folder(node, images)
            if volume is not None:
                set_image(node, volume)


def disown(volume: vtkMRMLScalarVolumeNode) -> None:
    """An image is about to leave the scene: its results stay, and are no other image's."""
    results = results_of(volume)
    identity = next((identity for identity, _volume in _identities([volume])), "") if results else ""
    for node in results:
        node.SetNodeReferenceID(IMAGE, None)
        node.SetAttribute(ORPHAN, volume.GetName() or "?")
        node.SetAttribute(_ORPHAN_IMAGE, identity)


def _results() -> list[vtkMRMLNode]:
    """Results, and what else belongs to an image, such as the points of a head."""
    nodes = slicer.util.getNodesByClass("vtkMRMLNode")
    return [node for node in nodes if node.GetAttribute(ROLE) or node.GetNodeReferenceID(IMAGE)]


def _of_cohort(node: vtkMRMLNode) -> bool:
    return (node.GetAttribute(ROLE) or "").startswith(_OF_COHORTS)


def _identities(images: Iterable[vtkMRMLScalarVolumeNode]) -> Iterator[tuple[str, vtkMRMLScalarVolumeNode]]:
    for volume in reversed(list(images)):  # of equal ones, such as a clone, the first counts
        try:
            yield image_id(image_from_volume(volume)), volume
        except InputError:  # without voxels, or under a warp
            continue


def image_by_outlines(node: vtkMRMLNode) -> vtkMRMLScalarVolumeNode | None:
    """The image whose grid outlines have, where they are outlines and it is in the scene."""
    if not node.IsA("vtkMRMLSegmentationNode"):
        return None
    role = slicer.vtkMRMLSegmentationNode.GetReferenceImageGeometryReferenceRole()
    volume = slicer.mrmlScene.GetNodeByID(node.GetNodeReferenceID(role) or "")
    return volume if is_image(volume) else None


def _image_by_folder(
    node: vtkMRMLNode, images: list[vtkMRMLScalarVolumeNode]
) -> vtkMRMLScalarVolumeNode | None:
    """In scenes of version 0.1: the only image of the name that the folder of the results says."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    item = hierarchy.GetItemByDataNode(node)
    folder = hierarchy.GetItemParent(item) if item else 0
    if not folder:
        return None
    name = hierarchy.GetItemAttribute(folder, FOLDER_OF) or hierarchy.GetItemName(folder).removesuffix(
        " ONFH results"
    )
    named = [volume for volume in images if volume.GetName() == name]
    return named[0] if len(named) == 1 else None
