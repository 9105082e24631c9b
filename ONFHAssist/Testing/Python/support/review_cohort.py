"""Small cohorts that were worked up, in the folder that a run writes: pelves of two balls, measured by the pipeline."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.result import MEASURE, SEGMENT, CaseResult, StepRecord
from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

RADIUS, SPACING = 20.0, 2.5
CENTRES = {"R": (-70.0, 0.0, 0.0), "L": (70.0, 0.0, 0.0)}


def pelvis(number: int = 0, radius: float = RADIUS) -> tuple[Image, Image]:
    """(image, labels): two balls of marrow in noise, a cone of necrosis in the right one, a little of each its own."""
    grid = Image(np.zeros((22, 22, 80), np.float32), (SPACING,) * 3, (-98.0, -26.0, -26.0))
    rng = np.random.default_rng(number)
    values = rng.normal(300.0, 30.0, grid.array.shape)
    labels = np.zeros(grid.array.shape, np.uint8)
    for side, centre in CENTRES.items():
        offset = grid.points() - np.array(centre)
        distance = np.linalg.norm(offset, axis=-1)
        own = radius + rng.uniform(-0.3, 0.3)
        values[distance <= own] += 500.0
        labels[distance <= own] = HEAD[side]
        if side == "R":
            cone = offset[..., 2] > rng.uniform(0.45, 0.55) * np.maximum(distance, 1e-6)
            labels[(distance <= own) & cone & (distance > 6)] = NECROSIS[side]
            values[labels == NECROSIS[side]] -= 300.0
    return grid.like(values.astype(np.float32), modality="MR", sequence="T1"), grid.like(labels)


def write_case(cohort: Path, key: str, image: Image, labels: Image, patient: str = "") -> CaseResult:
    """One case of a cohort with image, outlines (on its voxels or finer ones) and measurements."""
    folder = cohort / "cases" / key
    write_image(image, folder / "image.nii.gz")
    case = Case(image, key, labels)
    path = write_image(case.outlines, folder / "segmentation.nii.gz")
    fine = None if case.fine is None else str(write_image(case.fine, folder / "segmentation_fine.nii.gz"))
    result = run_case(case, folder, [MEASURE], Settings(find_edges=False))
    steps = {SEGMENT: StepRecord(provenance={"bundle": "outliner"}), **result.steps}
    result = replace(result, segmentation=str(path), segmentation_fine=fine, steps=steps)
    result.save(folder)
    facts = {
        "case": key,
        "patient": patient or key,
        "image": "image.nii.gz",
        "segmentation": "segmentation.nii.gz",
    }
    (folder / "case.json").write_text(json.dumps(facts))
    return result


def make_cohort(folder: Path, cases: int) -> Path:
    """A cohort of ``cases`` patients, ``case-00`` and so on; the settings of the run look for no edge."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = {"schema": "onfh-cohort/1", "settings": {"find_edges": False}}
    (folder / "cohort.json").write_text(json.dumps(settings))
    for number in range(cases):
        write_case(folder, f"case-{number:02d}", *pelvis(number))
    return folder


def copied(cohort: Path, to: Path) -> Path:
    """A copy that a test may change."""
    return Path(shutil.copytree(cohort, to))
