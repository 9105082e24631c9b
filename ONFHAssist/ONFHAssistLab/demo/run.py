"""A simulated examination through all four steps, as *Run all* does them, into a scene that 3D Slicer opens.

Needs the headless application of ``Testing/Headless`` (``make setup``); in 3D Slicer the same is done by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ONFHAssistLib.case.features import feature_rows_as_csv
from ONFHAssistLib.core.atomic_files import atomic_folder, write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress, no_progress, part_of
from ONFHAssistLib.imaging.files import read_image

from .state import Demo

if TYPE_CHECKING:
    from ONFHAssistLib.imaging.image import Image

    from ..simulate.anatomy.patient import Patient

MODULES = Path(__file__).resolve().parents[2]
# Key to the name of the volume; the first two were scanned without a pause, before the last one the patient moved.
SERIES = {"dlr_t1": "Hip T1 coronal", "dlr_t2fs": "Hip T2 FS coronal", "pdfs_axial": "Hip PD FS axial"}
MOVED = "pdfs_axial"
MOST_MM, MOST_DEGREES = 4.0, 4.0


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
    with atomic_folder(out) as new:
        demo = Demo(new, seed, progress or no_progress)
        for step in (_simulate, _load, _run_all, _write):
            step(demo)
    return {
        "index": out / "index.html",
        "scene": out / "case.mrb",
        "tables": sorted((out / "tables").iterdir()),
        "pictures": sorted((out / "pictures").iterdir()),
    }


def start_headless() -> Any:
    """Start (or confirm) a Slicer and load the six modules; returns the ``headless`` package.

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


def _simulate(demo: Demo) -> None:
    from ..simulate.acquisition.dicom_series import write_dicom_series
    from ..simulate.anatomy.patient import build_patient, draw_patient

    demo.report(0.02, "Simulating a patient")
    held = {"stage": "II", "arco": "II", "oedema": 0.6}
    demo.patient = build_patient(draw_patient(demo.seed, right=held, left="0", sex="M"))
    for number, key in enumerate(SERIES):
        demo.report(0.08 + 0.05 * number, f"Acquiring {SERIES[key]}")
        image = _scan(demo.patient, key, demo.seed)
        folder = demo.out / "dicom" / key
        write_dicom_series(image, folder, patient_id=f"SIM{demo.seed:04d}")
        demo.images[key] = read_image(folder)


def _scan(patient: Patient, key: str, seed: int) -> Image:
    from dataclasses import replace

    import numpy as np

    from ..simulate.acquisition.mri import PROTOCOLS, acquire, get_protocol
    from ..simulate.exam.motion import draw_pose, moved

    if key != MOVED:
        return acquire(patient, PROTOCOLS[key], seed=seed)
    rng = np.random.default_rng([seed, 37])
    centres = {side: np.asarray(patient.truth[side]["centre"], float) for side in "RL"}
    poses = {side: draw_pose(rng, centre, MOST_MM, MOST_DEGREES) for side, centre in centres.items()}
    protocol = replace(get_protocol("ingenia_pdfs_axial"), name=key, pixel_mm=0.9, acquired_mm=1.0)
    return acquire(moved(patient, poses, seed), protocol, seed=seed)


def _load(demo: Demo) -> None:
    from ONFHAssistLib.scene.volumes import volume_from_image

    for key, name in SERIES.items():
        node = demo.volumes[key] = volume_from_image(demo.images[key], name)
        node.CreateDefaultDisplayNodes()


def _run_all(demo: Demo) -> None:
    """The examination in this process, then everything into the scene at once."""
    from dataclasses import replace

    from ONFHAssistLib.case.examination import run_examination
    from ONFHAssistLib.exam.examine import OUTLINES
    from ONFHAssistLib.exam.study import read_study
    from ONFHAssistLib.scene.examination.results import exam_in_steps
    from ONFHAssistLib.scene.results.case_result import result_to_scene
    from ONFHAssistLib.scene.transaction import run_all_steps

    found = read_study(demo.out / "dicom")
    uids = {image.metadata["series_uid"]: key for key, image in demo.images.items()}
    demo.numbers = {uids[one.uid]: one.number for one in found}
    done = run_examination(
        found, demo.out / "case", progress=part_of(demo.report, 0.24, 0.68), name="the demo"
    )
    demo.result, demo.exam = done.result, replace(done.exam, files={"segmentation": OUTLINES})
    demo.result.save(demo.out / "case")
    demo.exam.write(
        demo.out / "case"
    )  # its files named as they lie in the folder, which is still to be moved
    demo.report(0.68, "Putting the results into the scene")
    demo.segmentation, _notes = result_to_scene(demo.volumes[demo.reference], None, demo.result)
    volumes = {number: demo.volumes[key] for key, number in demo.numbers.items()}
    run_all_steps(exam_in_steps(volumes, demo.exam, demo.result.hip_outlines))


def _write(demo: Demo) -> None:
    from .page import write_page
    from .pictures import take_pictures

    demo.report(0.72, "Taking pictures")
    pictures = take_pictures(demo)
    demo.report(0.82, "Writing the report")
    write_page(demo, pictures)
    demo.report(0.92, "Writing tables and scene")
    _write_tables(demo)
    _save_scene(demo.out / "case.mrb")
    demo.report(1.0, "Done")


def _write_tables(demo: Demo) -> None:
    """Every table node as CSV, and the radiomics also in the usual one row a hip."""
    import csv
    import io

    import slicer

    from ONFHAssistLib.scene.tables import columns_of

    for node in slicer.util.getNodesByClass("vtkMRMLTableNode"):
        content = columns_of(node)
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(content)
        writer.writerows(zip(*content.values(), strict=True))
        name = node.GetName().lower().replace(" ", "-")
        write_text(demo.out / "tables" / f"{name}.csv", stream.getvalue())
    features = {hip.side: hip.radiomics.features for hip in demo.case.hips if hip.radiomics is not None}
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
