"""The demo's page: the report of the case, and beside it what the simulator knows of the patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ONFHAssistLib.report.case_page import Picture, Section, write_case_page

if TYPE_CHECKING:
    from .state import Demo

BANNER = (
    "This patient does not exist: the images were simulated, and the models learned from simulated disease only. "
    "The figures below say nothing about real patients and are not a diagnosis."
)
SIDES = {"R": "Right", "L": "Left"}
FILES = {
    "case.mrb": "the scene; open it in 3D Slicer",
    "tables/radiomics-one-row-a-hip.csv": "1,197 features of each hip",
    "dicom/dlr_t2fs": "the T2 FS series as DICOM",
    "dicom/dlr_t1": "the T1 series as DICOM",
    "dicom/pdfs_axial": "the axial PD FS series as DICOM, for which the patient lies elsewhere",
}


def write_page(demo: Demo, pictures: Mapping[str, Picture]) -> Path:
    """Write ``index.html``."""
    from ONFHAssistLib.scene.report.case_report import case_page

    page = case_page(demo.volumes[demo.reference], demo.segmentation, demo.out / "pictures")
    first, *rest = page.sections
    whole = replace(
        page,
        title="Simulated patient: both hips",
        banner=BANNER,
        sections=[_images(pictures), first, _truth(demo), *rest, _drivers(demo, pictures)],
        files=FILES,
    )
    return write_case_page(whole, demo.out / "index.html")


def _images(pictures: Mapping[str, Picture]) -> Section:
    return Section(
        "The images",
        "Radiological orientation: the patient's right is on the left of the picture. The outlines are of all three "
        "series together; nobody corrected them.",
        pictures=[pictures["pelvis dlr_t1"], pictures["pelvis dlr_t2fs"], pictures["heat"], pictures["3d"]],
    )


def _truth(demo: Demo) -> Section:
    """What was found beside what the simulator made: such a table there is for no real patient."""
    from ONFHAssistLib.readers.agreement import compare_segmentations
    from ONFHAssistLib.scene.segmentations import labels_from_segmentation

    from ..simulate.acquisition.mri import truth_labels

    found = labels_from_segmentation(demo.segmentation, demo.volumes[demo.reference])
    result = compare_segmentations(truth_labels(demo.patient, found), found)
    rows = [
        (p.structure, f"{p.first_ml:.1f} ml", f"{p.second_ml:.1f} ml", f"{p.dice:.2f}")
        for p in result.structures
        if p.first_ml > 0 or p.second_ml > 0
    ]
    rows += [
        (f"Combined necrotic angle {h.side}", f"{h.first_angle:.0f}°", f"{h.second_angle:.0f}°", "")
        for h in result.hips
        if h.first_angle or h.second_angle
    ]
    stages = {hip.side: hip.stage.stage for hip in demo.case.hips if hip.stage is not None}
    rows += [
        (f"Stage {side}", demo.patient.truth[side]["stage"], stages[side], "")
        for side in SIDES
        if side in stages
    ]
    return Section(
        "Found beside the truth",
        "The simulator knows what it drew; of a real patient nobody does.",
        columns=("", "True", "Found", "Dice"),
        rows=rows,
    )


def _drivers(demo: Demo, pictures: Mapping[str, Picture]) -> Section:
    results = {}
    for hip in demo.case.hips:
        result = hip.probability
        if result is not None and result.intercept is not None:
            parts = [row.contribution for row in result.contributions if row.contribution is not None]
            results[hip.side] = result.intercept, result.intercept + sum(parts)
    return Section(
        "What drove the probability",
        "Each bar is one feature's step from the average hip to this one, the strongest on top.",
        pictures=[pictures[f"contributions {side}"] for side in results],
        columns=("Hip", "Log-odds of the average hip", "of this hip"),
        rows=[
            (SIDES[side], f"{average:.2f}", f"{of_hip:.2f}") for side, (average, of_hip) in results.items()
        ],
    )
