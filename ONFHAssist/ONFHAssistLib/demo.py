"""The simulated patient through all four steps, by the modules' own logic, into a scene that 3D Slicer opens.

Needs the headless application of ``Testing/Headless`` (``make setup``); in 3D Slicer the same is done by hand.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from .errors import InputError
from .hips import feature_rows_as_csv, write_text
from .image import Image, read_image
from .segment import labels as lab
from .survival.clinical import ClinicalInput

Progress = Callable[[float, str], None]
MODULES = Path(__file__).resolve().parent.parent
RIM_UNSTEADY_MM = 0.6  # a careful reader's click
RIM_POINTS = 8
BRIGHTEST_PERCENT = 99.7  # fluid in the bladder may saturate; marrow and muscle are to be told apart


@dataclass
class Demo:
    """What one run gathers on its way from the images to the page."""

    out: Path
    seed: int
    report: Progress
    patient: Any = None
    images: dict[str, Image] = field(default_factory=dict)
    volumes: dict[str, Any] = field(default_factory=dict)
    segmentation: Any = None
    heads: dict[str, Any] = field(default_factory=dict)
    prediction: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Any] = field(default_factory=dict)
    findings: dict[str, ClinicalInput] = field(default_factory=dict)


def run_demo(out: str | Path, seed: int = 7, progress: Progress | None = None) -> dict[str, Any]:
    """Simulate a patient whose right hip is necrotic and go through all steps.

    Args:
        out: new, empty or an earlier demo's folder.
        seed: which patient.

    Returns:
        ``index`` (HTML page), ``scene`` (.mrb), ``tables`` and ``pictures`` (paths).

    Raises:
        InputError: the folder holds other files; the headless application is not installed.
    """
    out = Path(out)
    if out.exists() and any(out.iterdir()) and not (out / "case.mrb").is_file():
        raise InputError(f"{out} is not empty and not an earlier demo; choose another folder.")
    start_headless()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=out.parent) as folder:
        new = Path(folder) / out.name
        new.mkdir()
        demo = Demo(new, seed, progress or (lambda _fraction, _text: None))
        for step in (_simulate, _load, _segment, _extract_and_predict, _survive, _write):
            step(demo)
        if out.exists():
            out.replace(Path(folder) / "earlier")
        new.replace(out)
    return {
        "index": out / "index.html",
        "scene": out / "case.mrb",
        "tables": sorted((out / "tables").iterdir()),
        "pictures": sorted((out / "pictures").iterdir()),
    }


def start_headless() -> Any:
    """Start (or confirm) a Slicer and load the five modules; returns the ``headless`` package.

    Raises:
        InputError: neither the real application nor the headless one is there.
    """
    folder = MODULES / "Testing" / "Headless"
    if not folder.is_dir():
        raise InputError(
            f"The demo needs the source tree ({folder} is missing); clone the project and run 'make demo'."
        )
    sys.path.insert(0, str(folder))
    try:
        import headless

        headless.start()
    except ImportError as error:
        raise InputError(f"The headless Slicer is not installed ({error}); run 'make setup'.") from error
    import slicer

    if not hasattr(slicer.modules, "onfhsegment"):
        headless.load_modules(MODULES)
    slicer.mrmlScene.Clear(0)
    return headless


def _logic(module: str) -> Any:
    """A new logic of a module that Slicer (real or headless) has loaded."""
    return getattr(sys.modules[module], f"{module}Logic")()


def _simulate(demo: Demo) -> None:
    from .simulate.dicom_series import write_dicom_series
    from .simulate.mri import PROTOCOLS, acquire
    from .simulate.patient import build_patient, draw_patient

    demo.report(0.02, "Simulating a patient")
    held = {"stage": "II", "arco": "II", "oedema": 0.6}
    demo.patient = build_patient(draw_patient(demo.seed, right=held, left="0", sex="M"))
    for number, protocol in enumerate(("dlr_t2fs", "dlr_t1")):
        demo.report(0.10 + 0.05 * number, f"Acquiring {protocol}")
        image = acquire(demo.patient, PROTOCOLS[protocol], seed=demo.seed)
        folder = demo.out / "dicom" / protocol
        write_dicom_series(image, folder, patient_id=f"SIM{demo.seed:04d}")
        demo.images[protocol] = read_image(folder)


def _load(demo: Demo) -> None:
    from .scene.volumes import volume_from_image

    for protocol, name in (("dlr_t2fs", "Hip T2 FS coronal"), ("dlr_t1", "Hip T1 coronal")):
        node = demo.volumes[protocol] = volume_from_image(demo.images[protocol], name)
        node.CreateDefaultDisplayNodes()
        display = node.GetDisplayNode()
        display.SetAutoWindowLevel(False)
        display.SetWindowLevelMinMax(
            0.0, float(np.percentile(demo.images[protocol].array, BRIGHTEST_PERCENT))
        )


def _segment(demo: Demo) -> None:
    """The sphere tool with a reader's clicks on the rim; the necrosis as an outline drawn by hand would be."""
    from .scene.attributes import mark
    from .scene.segmentations import labels_from_segmentation, segmentation_from_labels
    from .simulate.mri import truth_labels

    logic = _logic("ONFHSegment")
    volume, image = demo.volumes["dlr_t2fs"], demo.images["dlr_t2fs"]
    rng = np.random.default_rng(demo.seed)
    for side in lab.SIDES:
        demo.report(0.22, f"Femoral head {side}")
        points = logic.new_points()
        points.SetName(f"Rim points {side}")
        for point in _rim_points(demo.patient.truth[side], rng):
            points.AddControlPoint(*(point * [-1, -1, 1]))
        demo.segmentation, demo.heads[side], _warnings = logic.sphere(
            volume, demo.segmentation, points, 24.0, True, "demo reader"
        )
        points.GetDisplayNode().SetVisibility(False)
        mark(points, "rim points", {}, side)
    labels = labels_from_segmentation(demo.segmentation, volume).array.copy()
    truth = truth_labels(demo.patient, image).array
    for side in lab.SIDES:
        labels[(truth == lab.NECROSIS[side]) & (lab.head_mask(labels, side))] = lab.NECROSIS[side]
    segmentation_from_labels(image.like(labels), volume, "demo reader", {}, demo.segmentation)
    demo.nodes["measurements"], _hips = logic.measure(volume, demo.segmentation)


def _rim_points(truth: Mapping[str, Any], rng: np.random.Generator) -> np.ndarray:
    """Points (LPS mm) on the articular rim in the middle coronal and two neighbouring slices, as a reader clicks them."""
    angles = np.deg2rad(np.linspace(-20, 200, RIM_POINTS))
    forward = np.resize([-9.0, 0.0, 9.0], RIM_POINTS)
    in_plane = np.sqrt(truth["radius"] ** 2 - forward**2)
    offsets = np.column_stack([in_plane * np.cos(angles), forward, in_plane * np.sin(angles)])
    return np.asarray(truth["centre"]) + offsets + rng.normal(0, RIM_UNSTEADY_MM, offsets.shape)


def _extract_and_predict(demo: Demo) -> None:
    def report(fraction: float, text: str) -> None:
        demo.report(0.30 + 0.35 * fraction, text)

    volume = demo.volumes["dlr_t2fs"]
    demo.prediction, nodes = _logic("ONFHPredict").predict(volume, demo.segmentation, "rad-dlr-mri", report)
    demo.nodes.update(nodes)


def _survive(demo: Demo) -> None:
    logic = _logic("ONFHSurvival")
    for side in lab.SIDES:
        truth = demo.patient.truth[side]
        angle = logic.measured_angle(side)
        if angle is None or truth["arco"] == "0":
            continue
        demo.findings[side] = ClinicalInput(truth["arco"], bool(truth["oedema"]), round(angle, 1))
        demo.nodes[f"survival {side}"] = logic.to_scene(demo.volumes["dlr_t2fs"], side, demo.findings[side])


def _write(demo: Demo) -> None:
    from .demo_page import write_page
    from .demo_pictures import take_pictures

    demo.report(0.70, "Taking pictures")
    pictures = take_pictures(demo)
    demo.report(0.85, "Writing tables and scene")
    _write_tables(demo)
    _save_scene(demo.out / "case.mrb")
    write_page(demo, pictures)
    demo.report(1.0, "Done")


def _write_tables(demo: Demo) -> None:
    """Every table node as CSV, and the radiomics also in the usual one row a hip."""
    import csv
    import io

    import slicer

    from .scene.tables import columns_of

    for node in slicer.util.getNodesByClass("vtkMRMLTableNode"):
        content = columns_of(node)
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(content)
        writer.writerows(zip(*content.values(), strict=True))
        name = node.GetName().lower().replace(" ", "-")
        write_text(demo.out / "tables" / f"{name}.csv", stream.getvalue())
    features = {side: result["features"] for side, result in demo.prediction["radiomics"].items()}
    rows = feature_rows_as_csv(f"SIM{demo.seed:04d}", features)
    write_text(demo.out / "tables" / "radiomics-one-row-a-hip.csv", rows)


def _save_scene(path: Path) -> None:
    import slicer
    import vtk

    window = vtk.vtkOutputWindow.GetInstance()
    mode = window.GetDisplayMode()
    window.SetDisplayModeToNever()  # the archive names each file that it packs
    try:
        saved = slicer.util.saveScene(str(path))
    finally:
        window.SetDisplayMode(mode)
    if not saved:
        raise RuntimeError(f"the scene could not be saved to {path}")
