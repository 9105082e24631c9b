"""Pictures of the demo: real slice and 3D views of the scene, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ONFHAssistLib.report.case_page import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from .state import Demo

_RAS = np.array([-1.0, -1.0, 1.0])


def take_pictures(demo: Demo) -> dict[str, Picture]:
    """Name to picture; the files lie in ``pictures/``."""
    folder = demo.out / "pictures"
    return {**_views(demo, folder), **_charts(demo, folder)}


def _views(demo: Demo, folder: Path) -> dict[str, Picture]:
    import headless
    import slicer

    from ONFHAssistLib.scene.results.heatmaps import BOTH, show_heat

    heads = {hip.side: np.asarray(hip.head.centre) * _RAS for hip in demo.case.hips if hip.head is not None}
    middle = np.mean(list(heads.values()), axis=0)
    _outlines_only(demo.segmentation)
    _window(demo, list(heads))
    result = {}
    for key, name in (("dlr_t1", "T1"), ("dlr_t2fs", "T2 FS")):
        slicer.util.setSliceViewerLayers(background=demo.volumes[key], fit=True)
        path = _coronal(folder / f"coronal-{key}.png", middle)
        result[f"pelvis {key}"] = Picture(
            path, f"Coronal {name} through the femoral heads; heads blue and green, necrosis orange."
        )
    heatmaps = [n for n in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode") if "Heatmap" in n.GetName()]
    both = next(
        (n for n in heatmaps if n.GetAttribute("ONFHAssist.side") is None), next(iter(heatmaps), None)
    )
    show_heat(demo.volumes[demo.reference], both)
    path = _coronal(folder / f"heat-{BOTH}.png", middle)
    text = "The same with the heat of the stage: what speaks for necrosis."
    if both is None:
        text = "The image is out of the stager's scope, so there is no heat."
    result["heat"] = Picture(path, text)
    show_heat(demo.volumes[demo.reference], None)
    path = headless.grab_3d_view(folder / "3d.png", "anterior", size=(900, 620))
    result["3d"] = Picture(
        path, "The outlines in 3D, seen from the front: the patient's right is on the left."
    )
    return result


def _window(demo: Demo, sides: list[str]) -> None:
    """Grey values by what lies around the heads: the bladder may be as bright as it likes."""
    from ONFHAssistLib.exam.shown_window import window_about
    from ONFHAssistLib.report.case_pictures import centre_of
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    labels = labels_from_segmentation(demo.segmentation, demo.volumes[demo.reference])
    centres = [centre_of(labels, side) for side in sides]
    for key, node in demo.volumes.items():
        display = node.GetDisplayNode()
        display.SetAutoWindowLevel(False)
        display.SetWindowLevelMinMax(*window_about(demo.images[key], centres))


def _outlines_only(segmentation: Any) -> None:
    """Outlines without fill, boxes and arcs hidden: what lies inside is what the reader wants to judge."""
    import slicer

    display = segmentation.GetDisplayNode()
    display.SetSliceIntersectionThickness(3)
    display.SetVisibility2DFill(False)
    for kind in ("vtkMRMLMarkupsROINode", "vtkMRMLMarkupsAngleNode"):
        for node in slicer.util.getNodesByClass(kind):
            node.GetDisplayNode().SetVisibility(False)
    for node in slicer.util.getNodesByClass("vtkMRMLSegmentationNode"):
        if node is not segmentation:  # the regions of the heat
            node.GetDisplayNode().SetVisibility(False)


def _coronal(path: Path, point: np.ndarray) -> Path:
    import headless

    return headless.grab_slice_view(path, "Coronal", point=tuple(point), field_of_view=390.0, size=(900, 620))


def _charts(demo: Demo, folder: Path) -> dict[str, Picture]:
    import pandas as pd

    from ONFHAssistLib.evaluate.figures.binary import draw_contributions, save_figure

    result = {}
    for hip in demo.case.hips:
        side, answer = hip.side, hip.probability
        if answer is None or answer.intercept is None:
            continue
        rows = pd.DataFrame([vars(row) for row in answer.contributions])
        figure = draw_contributions(rows, answer.intercept, f"Hip {side}")
        path = save_figure(figure, folder / f"contributions-{side}.png", dpi=130)
        result[f"contributions {side}"] = Picture(path, f"From the average hip to this one, hip {side}.")
    return result
