"""The image that the five panels work on: one choice for all of them, and all that a panel shows follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import slicer

from ..core.errors import InputError
from ..scene.outlines_of import choose_outlines, made_on, outlines_on, radiograph_of, require_own
from ..scene.ownership import is_image
from ..scene.present import present_image
from ..scene.results.placing import points_on
from ..scene.results.radiographs import is_radiograph_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

MODULES = ("ONFHAssist", "ONFHSegment", "ONFHExtract", "ONFHPredict", "ONFHSurvival")


def first_choice(module: str) -> vtkMRMLScalarVolumeNode | None:
    """The image for a panel that has none: the one of another panel, else the first of the scene."""
    for name in MODULES:
        node = None if name == module else _parameter_node(name)
        volume = None if node is None else node.GetNodeReference("volume")
        if is_image(volume) and not is_radiograph_volume(volume):
            return volume
    images = [node for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if is_image(node)]
    return next((node for node in images if not is_radiograph_volume(node)), None)


def share_choice(module: str, volume: vtkMRMLScalarVolumeNode) -> None:
    """Let the other panels work on the MRI that was chosen in one; a radiograph is the choice of that panel alone."""
    if is_radiograph_volume(volume):
        return
    for name in MODULES:
        node = None if name == module else _parameter_node(name)
        if node is not None and node.GetNodeReferenceID("volume") != volume.GetID():
            node.SetNodeReferenceID("volume", volume.GetID())


def _parameter_node(module: str) -> Any:
    return slicer.mrmlScene.GetSingletonNode(module, "vtkMRMLScriptedModuleNode")


def turn_to(parameters: Any, volume: vtkMRMLScalarVolumeNode) -> None:
    """Give a panel's parameters what belongs to this image: outlines, points, radiograph; of another image nothing."""
    names = type(parameters).__annotations__ if hasattr(type(parameters), "__annotations__") else {}
    with slicer.util.NodeModify(parameters.parameterNode):
        if "segmentation" in names:
            parameters.segmentation = own_outlines(parameters.segmentation, volume)
        if "points" in names:
            parameters.points = points_on(volume)
        if "other" in names:
            parameters.other = None
        if "radiograph" in names:
            parameters.radiograph = radiograph_of(volume)


def own_outlines(
    chosen: vtkMRMLSegmentationNode | None, volume: vtkMRMLScalarVolumeNode
) -> vtkMRMLSegmentationNode | None:
    """The chosen outlines where they are this image's, else those of the image, else chosen ones that fit it."""
    if chosen is not None and chosen.GetScene() is not None and made_on(chosen) is volume:
        return chosen
    found = outlines_on(volume)
    return chosen if found is None and fits(chosen, volume) else found


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
