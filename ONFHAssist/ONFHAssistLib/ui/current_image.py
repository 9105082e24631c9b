"""The image that the five panels work on: one choice for all of them, and all that a panel shows follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer

from ..core.errors import InputError
from ..scene.images.outlines_of import choose_outlines, made_on, outlines_on, radiograph_of, require_own
from ..scene.images.ownership import is_image
from ..scene.images.present import present_image
from ..scene.results.placing import points_on
from ..scene.results.radiographs import is_slice

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

_SHARED = "ONFHAssistImage"  # tag of the node that keeps the choice in the scene
_IMAGE = "image"


def shared_choice() -> vtkMRMLScalarVolumeNode | None:
    """The MRI that was chosen last, in whichever panel."""
    node = slicer.mrmlScene.GetSingletonNode(_SHARED, "vtkMRMLScriptedModuleNode")
    volume = None if node is None else node.GetNodeReference(_IMAGE)
    return volume if is_image(volume) else None


def share_choice(volume: vtkMRMLScalarVolumeNode) -> str | None:
    """Let the other panels work on the MRI that was chosen in one; a radiograph is the choice of that panel alone.

    Returns:
        ID of the MRI that all panels share now.
    """
    if is_slice(volume):
        shared = shared_choice()
        return None if shared is None else shared.GetID()
    node = slicer.mrmlScene.GetSingletonNode(_SHARED, "vtkMRMLScriptedModuleNode")
    if node is None:
        node = slicer.vtkMRMLScriptedModuleNode()
        node.SetSingletonTag(_SHARED)
        node.SetModuleName(_SHARED)
        node.SetName(_SHARED)
        node = slicer.mrmlScene.AddNode(node)
    node.SetNodeReferenceID(_IMAGE, volume.GetID())
    return volume.GetID()


def first_choice(takes_radiographs: bool = False) -> vtkMRMLScalarVolumeNode | None:
    """The image for a panel that has none: the one of the other panels, else an MRI of the scene.

    Of a study as the DICOM browser loads it, that is no localiser, and a coronal series where there is one.

    Args:
        takes_radiographs: whether it may be a single slice where there is no MRI.
    """
    shared = shared_choice()
    if shared is not None:
        return shared
    images = [node for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if is_image(node)]
    slices = [node for node in images if is_slice(node)]
    volumes = _most_fitting_first([node for node in images if node not in slices])
    return next(iter([*volumes, *(slices if takes_radiographs else [])]), None)


def _most_fitting_first(volumes: list[vtkMRMLScalarVolumeNode]) -> list[vtkMRMLScalarVolumeNode]:
    """Of the first volume's examination those that show marrow, coronal ones before others; then a localiser and such."""
    from ..scene.examination.series import loaded_series

    if len(volumes) < 2:
        return volumes
    last = (True, True)
    ranks = {
        one.node_id: (bool(one.found.problem), "coronal" not in one.found.plane)
        for one in loaded_series(volumes[0])
    }
    return sorted(volumes, key=lambda node: ranks.get(node.GetID(), last))


def turn_to(parameters: Any, volume: vtkMRMLScalarVolumeNode) -> None:
    """Give a panel's parameters what belongs to this image: outlines, points, radiograph; of another image nothing."""
    with slicer.util.NodeModify(parameters.parameterNode):
        if hasattr(parameters, "segmentation"):
            parameters.segmentation = own_outlines(parameters.segmentation, volume)
        if hasattr(parameters, "points"):
            parameters.points = points_on(volume)
        if hasattr(parameters, "other"):
            parameters.other = None
        if hasattr(parameters, "radiograph"):
            parameters.radiograph = radiograph_of(volume)


def own_outlines(
    chosen: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode
) -> vtkMRMLSegmentationNode | None:
    """The chosen outlines where they are this image's, else those of the image, else chosen ones of no image that fit."""
    owner = None if chosen is None or chosen.GetScene() is None else made_on(chosen)
    if owner is volume:
        return chosen
    found = outlines_on(volume)
    return chosen if found is None and owner is None and fits(chosen, volume) else found


def fits(segmentation: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode) -> bool:
    """Whether outlines may be used with an image."""
    if segmentation is None or segmentation.GetScene() is None:
        return False
    try:
        require_own(segmentation, volume)
    except InputError:
        return False
    return True


def present(parameters: Any, volume: vtkMRMLScalarVolumeNode) -> None:
    """Show the image with its results, and remember the outlines that are chosen on it."""
    segmentation = getattr(parameters, "segmentation", None)
    if segmentation is not None and segmentation.GetScene() is not None:
        choose_outlines(segmentation, volume)
    present_image(volume, (segmentation,))
