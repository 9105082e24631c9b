"""Pictures of the demo: real slice and 3D views of the scene, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .report.case_page import Picture

if TYPE_CHECKING:
    from pathlib import Path

    from .demo import Demo

_RAS = np.array([-1.0, -1.0, 1.0])


def take_pictures(demo: Demo) -> dict[str, Picture]:
    """Name to picture; the files lie in ``pictures/``."""
    folder = demo.out / "pictures"
    pictures: dict[str, Picture] = {}
    pictures.update(_views(demo, folder))
    pictures.update(_charts(demo, folder))
    return pictures


def _views(demo: Demo, folder: Path) -> dict[str, Picture]:
    import headless
    import slicer

    right = np.asarray(demo.heads["R"].centre) * _RAS
    middle = 0.5 * (right + np.asarray(demo.heads["L"].centre) * _RAS)
    display = demo.segmentation.GetDisplayNode()
    display.SetSliceIntersectionThickness(3)
    display.SetVisibility2DFill(False)  # what lies inside the outline is what the reader wants to judge
    for node in slicer.util.getNodesByClass("vtkMRMLMarkupsROINode"):
        node.GetDisplayNode().SetVisibility(False)
    result = {}
    for key, name in (("dlr_t1", "T1"), ("dlr_t2fs", "T2 FS")):
        slicer.util.setSliceViewerLayers(background=demo.volumes[key], fit=True)
        path = headless.grab_slice_view(
            folder / f"coronal-{key}.png",
            "Coronal",
            point=tuple(middle),
            field_of_view=390.0,
            size=(900, 620),
        )
        result[f"pelvis {key}"] = Picture(
            path, f"Coronal {name} through the femoral heads; heads blue and green, necrosis orange."
        )
    for orientation in ("Coronal", "Axial", "Sagittal"):
        path = headless.grab_slice_view(
            folder / f"right-{orientation.lower()}.png",
            orientation,
            point=tuple(right),
            field_of_view=110.0,
            size=(620, 620),
        )
        result[f"right {orientation}"] = Picture(path, f"Right hip, {orientation.lower()} T2 FS.")
    path = headless.grab_3d_view(folder / "3d.png", "anterior", size=(900, 620))
    result["3d"] = Picture(
        path, "The outlines in 3D, seen from the front: the patient's right is on the left."
    )
    return result


def _charts(demo: Demo, folder: Path) -> dict[str, Picture]:
    import pandas as pd

    from .evaluate.figures import draw_contributions, save_figure
    from .evaluate.survival_figures import draw_patient_curve
    from .survival.clinical import curve, reference_curves

    result = {}
    for hip in demo.prediction["hips"]:
        side = hip["side"]
        figure = draw_contributions(pd.DataFrame(hip["contributions"]), hip["intercept"], f"Hip {side}")
        path = save_figure(figure, folder / f"contributions-{side}.png", dpi=130)
        result[f"contributions {side}"] = Picture(path, f"From the average hip to this one, hip {side}.")
    for side, findings in demo.findings.items():
        estimate = curve(findings)
        groups = reference_curves(estimate.months)
        figure = draw_patient_curve(
            estimate.months,
            estimate.survival,
            estimate.low,
            estimate.high,
            {
                f"{name}-risk group of the study": (estimate.months, groups[name].survival)
                for name in ("low", "high")
            },
        )
        path = save_figure(figure, folder / f"survival-{side}.png", dpi=130)
        result[f"survival {side}"] = Picture(
            path, f"No-collapse survival after core decompression, hip {side}."
        )
    return result
