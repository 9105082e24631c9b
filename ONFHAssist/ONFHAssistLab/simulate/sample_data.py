"""The files behind Slicer's Sample Data module: an examination, a healthy patient and a radiograph, small enough for the
extension."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image

from .acquisition.mri import acquire, get_protocol, truth_labels
from .acquisition.radiograph import radiograph
from .anatomy.patient import Patient, build_patient, draw_patient
from .exam.motion import draw_pose, moved
from .exam.scan import box_of

SEED = 20240105
GREY_SCALE = 240.0  # fewer grey levels than a scanner's: noise compresses badly
CHECKSUMS = "checksums.json"
STAGE_TWO = {
    "arco": "II", "jic_type": "C2", "combined_angle_deg": 225.0, "content": "mixed", "lesion_subtlety": 0.1,
    "lesion_sclerosis": 0.75, "oedema": 0.45, "effusion_mm": 2.0,
}  # fmt: skip
MOTION = (4.0, 4.0)  # most mm and degrees by which a hip lies elsewhere in the later series
HALF_AXIAL_MM = (190.0, 95.0, 60.0)  # of what the axial series shows, about the hips


def sample_images() -> dict[str, Image]:
    """File stem -> image: right-sided stage II (four series, outlines, radiograph) and a healthy patient (T2 FS)."""
    sick = build_patient(draw_patient(SEED, sex="M", bmi=23.5, height_cm=174.0, right=STAGE_TWO, left="0"))
    healthy = build_patient(draw_patient(SEED + 1, sex="F", bmi=22.5, height_cm=163.0, right="0", left="0"))
    t1 = acquire(sick, replace(get_protocol("dlr_t1"), scale=GREY_SCALE), SEED)
    return {
        "onfh-right-stage2-t1": t1,
        "onfh-right-stage2-t2fs": acquire(sick, replace(get_protocol("dlr_t2fs"), scale=GREY_SCALE), SEED),
        "onfh-right-stage2-outlines": truth_labels(sick, t1),
        **later_series(sick),
        "onfh-right-stage2-radiograph": radiograph(sick, SEED)[0],
        "healthy-t2fs": acquire(healthy, replace(get_protocol("dlr_t2fs"), scale=GREY_SCALE), SEED),
    }


def later_series(patient: Patient) -> dict[str, Image]:
    """File stem -> image: what was scanned later, with the hips elsewhere: an axial series, and one hip sagittal."""
    rng = np.random.default_rng([SEED, 31])
    found = {}
    for number, (plane, side) in enumerate((("axial", None), ("sagittal", "R")), 3):
        poses = {s: draw_pose(rng, np.asarray(patient.truth[s]["centre"], float), *MOTION) for s in "RL"}
        lying = moved(patient, poses, SEED + number)
        name = f"dlr_pdfs_{plane}"
        base = get_protocol("ingenia_pdfs_" + plane)
        protocol = replace(
            base, name=name, pixel_mm=0.95, acquired_mm=1.0, slice_mm=4.5, gap_mm=0.45, scale=GREY_SCALE
        )
        image = acquire(lying, protocol, SEED + number)
        centres = np.array([lying.truth[s]["centre"] for s in ("RL" if side is None else side)])
        half = HALF_AXIAL_MM if side is None else (40.0, 80.0, 80.0)
        found[f"onfh-right-stage2-{plane}"] = box_of(image, centres.mean(axis=0), np.array(half))
    return found


def write_sample_data(folder: str | os.PathLike) -> dict[str, str]:
    """Write the sample data as NRRD with a table of SHA-256; returns file name -> SHA-256."""
    folder = Path(folder)
    sums = {}
    for stem, image in sample_images().items():
        path = write_image(image, folder / f"{stem}.nrrd")
        sums[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    write_text(folder / CHECKSUMS, json.dumps(sums, indent=1) + "\n")
    return sums


def check_sample_data(folder: str | os.PathLike) -> dict[str, Image]:
    """Read the sample data, refusing files whose SHA-256 is not the stated one (ValueError names the file)."""
    folder = Path(folder)
    sums = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    for name, expected in sums.items():
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != expected:
            raise ValueError(f"{folder / name} is not the file that {CHECKSUMS} describes.")
    return {Path(name).stem: read_image(folder / name) for name in sums}
