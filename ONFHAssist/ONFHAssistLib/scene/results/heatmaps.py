"""Stages and heatmaps in the scene: volumes over the slices with legend and threshold, regions as segments, a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...case.result import STAGE
from ...case.rows import rows_of
from ...core.errors import InputError
from ...imaging.files import read_image
from ...imaging.image import Image
from ...stage.answer import STAGES
from ..attributes import SIDE, mark_result, set_warnings
from ..case import move_to_case_folder, text_node
from ..images.ownership import find_node, results_of, set_image, title_of
from ..outdated import mark_source_segmentation
from ..plots import drawn
from ..segmentations import surfaces_in_steps
from ..tables import PERCENT, table_from_columns
from ..transaction import Steps, remove_nodes, run_all_steps
from ..volumes import image_from_volume, volume_from_image

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode, vtkMRMLTableNode

    from ...case.result import CaseResult

COLOURS = "vtkMRMLColorTableNodeFileInferno.txt"
HEAT_REGION_FROM, SHOWN_FROM, OPACITY = 0.5, 0.25, 0.6
BOTH = "both"
SEGMENT_COLOURS = {"R": (0.84, 0.15, 0.16), "L": (0.90, 0.33, 0.05)}


def staging_to_scene(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> dict[str, Any]:
    """:func:`staging_in_steps`, all at once."""
    return run_all_steps(staging_in_steps(volume, result))


def staging_in_steps(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> Steps[dict[str, Any]]:
    """Put stages and heatmaps into the scene; what an earlier run had put there is replaced.

    Returns:
        ``table``, ``statement``, ``heatmaps`` (side, and "both" where both hips have one, to volume), ``regions`` (the
        segmentation, or None).

    Raises:
        InputError: the volume was moved or replaced meanwhile.
    """
    grid = image_from_volume(volume)
    images = {}
    for hip in result.hips:
        answer = hip.stage
        if answer is not None and answer.heatmap is not None:
            images[hip.side] = read_image(answer.heatmap)
            yield
    if any(not grid.same_grid(heat, tolerance=1e-2) for heat in images.values()):
        raise InputError(
            _("The volume '{name}' was moved or replaced meanwhile; stage the hips again.").format(
                name=volume.GetName()
            )
        )
    step = result.steps[STAGE]
    record = step.provenance
    yield
    remove_heat(volume)
    heatmaps = {}
    for side, heat in images.items():
        yield
        heatmaps[side] = _heat_volume(
            title_of(_("Heatmap {side}").format(side=side), volume), heat, record, side
        )
    yield
    if len(images) == 2:
        whole = grid.like(np.maximum(images["R"].array, images["L"].array).astype(np.float32, copy=False))
        yield
        heatmaps[BOTH] = _heat_volume(title_of(_("Heatmap R and L"), volume), whole, record, None)
    yield
    regions = yield from _regions(volume, images, record)
    yield
    nodes = {
        "table": _table(volume, result),
        "statement": text_node(_("Stage statement"), step.statement, "stage statement", record, volume),
        "heatmaps": heatmaps,
        "regions": regions,
    }
    set_warnings(nodes["table"], _warnings(result))
    mark_source_segmentation([nodes["table"], *heatmaps.values(), regions], result.hip_outlines)
    move_to_case_folder(volume, [nodes["table"], nodes["statement"], *heatmaps.values(), regions])
    return nodes


def _warnings(result: CaseResult) -> list[str]:
    """What the report says of it, in its language."""
    step = result.steps[STAGE]
    return [
        *(f"Out of scope for the stage: {text}" for text in step.out_of_scope),
        *step.warnings,
        *(f"Hip {hip.side}: {hip.failures[STAGE]}" for hip in result.hips if STAGE in hip.failures),
    ]


def remove_heat(volume: vtkMRMLScalarVolumeNode) -> None:
    """Take the heatmaps, their legends and regions of an earlier run on an image out of the scene."""
    for role, kind in (("heatmap", "vtkMRMLScalarVolumeNode"), ("heat regions", "vtkMRMLSegmentationNode")):
        for node in results_of(volume, kind, role):
            display = node.GetDisplayNode()
            legend = display and slicer.vtkSlicerColorLogic.GetColorLegendDisplayNode(display)
            remove_nodes([legend, display, node])


def known_staging(volume: vtkMRMLScalarVolumeNode) -> dict[str, Any] | None:
    """What an earlier staging of an image put into the scene, as :func:`staging_in_steps` gives it; else None."""
    table = find_node("vtkMRMLTableNode", "stage", volume)
    heat = results_of(volume, "vtkMRMLScalarVolumeNode", "heatmap")
    if table is None or not heat:
        return None
    return {
        "table": table,
        "statement": find_node("vtkMRMLTextNode", "stage statement", volume),
        "heatmaps": {node.GetAttribute(SIDE) or BOTH: node for node in heat},
        "regions": find_node("vtkMRMLSegmentationNode", "heat regions", volume),
    }


def shown_heat(heatmaps: Mapping[str, vtkMRMLScalarVolumeNode]) -> str:
    """The key of the heatmap that lies over the slices now, "" where none does."""
    composites = slicer.util.getNodesByClass("vtkMRMLSliceCompositeNode")
    over = composites[0].GetForegroundVolumeID() if composites else None
    return next((key for key, node in heatmaps.items() if node.GetID() == over), "")


def _heat_volume(
    name: str, heat: Image, record: Mapping[str, str], side: str | None
) -> vtkMRMLScalarVolumeNode:
    node = volume_from_image(heat, name)
    node.CreateDefaultDisplayNodes()
    display = node.GetDisplayNode()
    display.SetAndObserveColorNodeID(COLOURS)
    display.SetAutoWindowLevel(False)
    display.SetWindowLevelMinMax(0.0, 1.0)
    display.SetThreshold(SHOWN_FROM, 1.0)
    display.SetApplyThreshold(True)
    mark_result(node, "heatmap", record, side)
    return node


def set_threshold(node: vtkMRMLScalarVolumeNode, lowest: float) -> None:
    """Show heat from ``lowest`` (0..1) on; below, the image shows through."""
    display = node.GetDisplayNode()
    display.SetThreshold(max(float(lowest), 1e-3), 1.0)
    display.SetApplyThreshold(True)


def show_heat(volume: vtkMRMLScalarVolumeNode, node: vtkMRMLScalarVolumeNode, legend: bool = True) -> None:
    """One heatmap over the volume in all slices, with its colour legend and its region's outline; None takes it off."""
    slicer.util.setSliceViewerLayers(background=volume, foreground=node, foregroundOpacity=OPACITY)
    _outline_regions(volume, "" if node is None else node.GetAttribute(SIDE) or BOTH)
    logic = slicer.vtkSlicerColorLogic  # its legend functions are static
    for other in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode"):
        shown = logic.GetColorLegendDisplayNode(other)
        if shown is not None and other is not node:
            shown.SetVisibility(False)
    if node is None:
        return
    display = logic.GetColorLegendDisplayNode(node) or logic.AddDefaultColorLegendDisplayNode(node)
    if display is None:  # an application without the Colors module
        return
    display.SetTitleText(drawn(_("Heat\n1: most")))
    display.SetLabelFormat("%.1f")
    display.SetNumberOfLabels(3)
    display.SetSize(0.08, 0.35)  # a quarter of the usual area: it lies on the image
    display.SetPosition(0.97, 0.5)
    for text in (display.GetTitleTextProperty(), display.GetLabelTextProperty()):
        text.SetFontSize(10)
    display.SetVisibility(legend)


def _outline_regions(volume: vtkMRMLScalarVolumeNode, shown: str) -> None:
    """In the slices the regions of the heat that is shown ("R", "L", "both"), and none without heat; 3D is left alone."""
    for node in results_of(volume, "vtkMRMLSegmentationNode", "heat regions"):
        display = node.GetDisplayNode()
        if display is not None:
            for identifier in node.GetSegmentation().GetSegmentIDs():
                side = identifier.removeprefix("Heat")
                display.SetSegmentVisibility2DOutline(identifier, shown in (side, BOTH))


def _regions(
    volume: vtkMRMLScalarVolumeNode, images: Mapping[str, Image], record: Mapping[str, str]
) -> Steps[vtkMRMLSegmentationNode | None]:
    """Segmentation "*volume* heat" with the region at or above 0.5 of each hip that has one."""
    masks = {side: heat.array >= HEAT_REGION_FROM for side, heat in images.items()}
    if not any(mask.any() for mask in masks.values()):
        return None
    node = slicer.mrmlScene.AddNewNodeByClass(
        "vtkMRMLSegmentationNode", _("{volume} heat").format(volume=volume.GetName())
    )
    node.CreateDefaultDisplayNodes()
    node.SetReferenceImageGeometryParameterFromVolumeNode(volume)
    for side, mask in masks.items():
        if mask.any():
            identifier = node.GetSegmentation().AddEmptySegment(
                f"Heat{side}", _("Heat {side}").format(side=side), SEGMENT_COLOURS[side]
            )
            yield
            slicer.util.updateSegmentBinaryLabelmapFromArray(mask.astype(np.uint8), node, identifier, volume)
            ml = np.count_nonzero(mask) * float(np.prod(volume.GetSpacing())) / 1000.0
            node.GetSegmentation().GetSegment(identifier).SetTag("ONFHAssist.volumeMl", f"{ml:.3f}")
    yield
    yield from surfaces_in_steps(node)
    display = node.GetDisplayNode()
    display.SetOpacity2DFill(0.0)  # the heat itself shows what is inside
    display.SetOpacity3D(0.7)
    mark_result(node, "heat regions", record)
    set_image(node, volume)
    _outline_regions(volume, "")  # until the heat is shown
    return node


def _table(volume: vtkMRMLScalarVolumeNode, result: CaseResult) -> vtkMRMLTableNode:
    rows = rows_of(result, "stage")
    # A panel is narrow: the answer stands first, and whether the image was in scope behind the numbers.
    names = [*(name for name in rows[0] if name != "scope"), "scope"]
    columns = {name: [row[name] for row in rows] for name in names}
    return table_from_columns(
        _("{volume} stage").format(volume=volume.GetName()),
        columns,
        role="stage",
        provenance=result.steps[STAGE].provenance,
        units={"heat volume": "ml", "heat surface": "mm2"},
        decimals={
            **dict.fromkeys((*(f"P({stage})" for stage in STAGES), "spread"), PERCENT),
            "heat volume": 1,
            "heat surface": 0,
            "overlap": 2,
            "distance": 2,
        },
        titles={
            "side": _("side"),
            "stage": _("stage"),
            "scope": _("scope"),
            "spread": _("spread"),
            "heat volume": _("heat volume"),
            "heat surface": _("heat surface"),
            "overlap": _("overlap"),
            "distance": _("distance"),
        },
        descriptions={
            "scope": _("Whether the image is like those of the training; if not, no stage is given."),
            "spread": _("Standard deviation over the networks of the probability of the stage given."),
            "heat volume": _("Of the region with heat of 0.5 or more."),
            "overlap": _("Dice coefficient of that region and the necrosis outline."),
            "distance": _("From the hips of the training; above 1 is unlike them."),
        },
        node=find_node("vtkMRMLTableNode", "stage", volume),
    )


def show_3d(regions: vtkMRMLSegmentationNode | None, segmentation: vtkMRMLSegmentationNode | None) -> None:
    """The heat regions in 3D, inside the outlined heads made half transparent where there are any."""
    for node, opacity in ((regions, 0.8), (segmentation, 0.6)):  # of the heads half of it
        if node is None or node.GetScene() is None:
            continue
        node.CreateClosedSurfaceRepresentation()
        display = node.GetDisplayNode()
        display.SetVisibility(True)
        display.SetVisibility3D(True)
        display.SetOpacity3D(opacity)
    slicer.util.resetThreeDViews()
