"""Pictures of the demo: real slice and 3D views of the scene, and the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .report.case_page import Picture

if TYPE_CHECKING:
    from .demo import Demo

_RAS = np.array([-1.0, -1.0, 1.0])
BLUE, ORANGE, GREEN, GREY = "#0072b2", "#d55e00", "#009e73", "#999999"


def take_pictures(demo: Demo) -> dict[str, Picture]:
    """Name to picture; the files lie in ``pictures/``."""
    folder = demo.out / "pictures"
    pictures: dict[str, Picture] = {}
    pictures.update(_views(demo, folder))
    pictures.update(_charts(demo, folder))
    return pictures


def _views(demo: Demo, folder) -> dict[str, Picture]:
    import headless
    import slicer

    right = np.asarray(demo.heads["R"].centre) * _RAS
    middle = 0.5 * (right + np.asarray(demo.heads["L"].centre) * _RAS)
    display = demo.segmentation.GetDisplayNode()
    display.SetOpacity2DFill(0.18)
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
    display.SetOpacity3D(1.0)
    for name in ("Femoral head R", "Femoral head L"):
        identifier = demo.segmentation.GetSegmentation().GetSegmentIdBySegmentName(name)
        display.SetSegmentOpacity3D(identifier, 0.45)
    path = headless.grab_3d_view(folder / "3d.png", "anterior", size=(900, 620))
    result["3d"] = Picture(
        path, "The outlines in 3D, seen from the front: the patient's right is on the left."
    )
    return result


def _charts(demo: Demo, folder) -> dict[str, Picture]:
    result = {}
    for hip in demo.prediction["hips"]:
        path = folder / f"contributions-{hip['side']}.png"
        _contribution_chart(hip, path)
        result[f"contributions {hip['side']}"] = Picture(
            path, f"What drove the probability, hip {hip['side']}."
        )
    for side, findings in demo.findings.items():
        path = folder / f"survival-{side}.png"
        _survival_chart(findings, side, path)
        result[f"survival {side}"] = Picture(
            path, f"No-collapse survival after core decompression, hip {side}."
        )
    return result


def _contribution_chart(hip: dict, path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    rows = list(reversed(hip["contributions"][:12]))
    figure, axes = plt.subplots(figsize=(8.4, 0.42 * len(rows) + 1.3), layout="constrained")
    values = [row["contribution"] for row in rows]
    axes.barh([row["feature"] for row in rows], values, color=[ORANGE if v > 0 else BLUE for v in values])
    axes.axvline(0, color="black", linewidth=0.8)
    axes.set_xlabel("contribution to the log-odds (orange speaks for osteonecrosis)")
    axes.set_title(f"Hip {hip['side']}: probability {100 * hip['dlr_probability']:.1f}%", loc="left")
    axes.tick_params(axis="y", labelsize=8)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _survival_chart(findings, side: str, path) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    from .survival.clinical import curve, predict, reference_curves

    estimate = curve(findings)
    groups = reference_curves(estimate.months)
    figure, axes = plt.subplots(figsize=(8.4, 4.6), layout="constrained")
    axes.fill_between(estimate.months, estimate.low, estimate.high, color=BLUE, alpha=0.18, linewidth=0)
    axes.plot(
        estimate.months,
        estimate.survival,
        color=BLUE,
        linewidth=2.4,
        label=f"this hip ({side}), 95% interval",
    )
    axes.plot(estimate.months, groups["low"].survival, "--", color=GREEN, label="low-risk group of the study")
    axes.plot(
        estimate.months, groups["high"].survival, "--", color=ORANGE, label="high-risk group of the study"
    )
    for month, value in zip(*(predict(findings).as_dict()[k] for k in ("months", "survival")), strict=True):
        axes.plot(month, value, "o", color=BLUE)
        axes.annotate(
            f"{100 * value:.1f}%", (month, value), textcoords="offset points", xytext=(6, 7), color=BLUE
        )
    axes.set(xlabel="months after surgery", ylabel="probability of no collapse", ylim=(0, 1.02), xlim=(0, 62))
    axes.set_xticks(range(0, 61, 12))
    axes.legend(frameon=False, loc="lower left")
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, dpi=130)
    plt.close(figure)
