"""A worked-up case with its DICOM series: two hips, one with a necrosis, and an answer of every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pydicom
from scipy.spatial.transform import Rotation
from support.dicom_files import enhanced, slice_datasets, write_shuffled
from support.geometry import centred

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.case.pipeline import run_case
from ONFHAssistLib.case.result import (
    MEASURE,
    PROBABILITY,
    SEGMENT,
    STAGE,
    SURVIVAL,
    CaseResult,
    HipResult,
    StepRecord,
    Withheld,
)  # fmt: skip
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.early.answer import LIKELY, ProbabilityAnswer
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.imaging.masks.fine import fine_grid, fine_labels
from ONFHAssistLib.stage.answer import HeatFacts, StageAnswer

PATIENT, NUMBER = "Geheim Anna", "NR-4711"  # a name as people type it, of which libraries complain
TAGS = {
    "PatientName": PATIENT,
    "PatientID": NUMBER,
    "PatientBirthDate": "19700102",
    "PatientSex": "F",
    "StudyDate": "20240102",
    "StudyTime": "101500",
    "StudyID": "1",
    "AccessionNumber": "A1",
    "ReferringPhysicianName": "",
    "Manufacturer": "Maker",
    "SliceThickness": "4.6",
}
CENTRES = {"R": np.array([-72.0, 4.0, -3.0]), "L": np.array([72.0, 4.0, -3.0])}
RADIUS = 22.0
CORONAL = (1.0, 0, 0, 0, 0, 1.0, 0, -1.0, 0)
SAGITTAL = (0, 0, 1.0, 1.0, 0, 0, 0, -1.0, 0)
_TURN = Rotation.from_euler("xyz", [6.0, -8.0, 11.0], degrees=True).as_matrix()
# How scanners store a hip: rows and columns along any axis of the patient, and turned.
DIRECTIONS = {
    "coronal": CORONAL,
    "oblique": tuple((_TURN @ np.diag([-1.0, -1.0, 1.0])).ravel()),
    "sagittal": tuple((_TURN @ np.reshape(SAGITTAL, (3, 3))).ravel()),
}


@dataclass(frozen=True)
class WorkedUp:
    """A case folder, the folder of its series, and what is in them."""

    folder: Path
    series: Path
    result: CaseResult
    case: Case

    @property
    def image(self) -> Image:
        """The series as it is read."""
        return self.case.image


def pelvis(direction: tuple[float, ...]) -> Image:
    """Two grey balls on slices of 4.6 mm; the axes of the patient lie in the voxels as ``direction`` says."""
    axes = np.abs(np.reshape(direction, (3, 3)))
    spacing = (2.5, 2.5, 4.6)
    reach = axes.T @ np.array([104.0, 34.0, 34.0])
    size = tuple(int(2 * r / s) for r, s in zip(reach, spacing, strict=True))
    grid = centred(size, spacing, direction, np.array([0.0, 4.0, -3.0]))
    near = np.minimum(*(grid.distances(centre) for centre in CENTRES.values()))
    return grid.like(np.where(near < RADIUS, 800, 300).astype(np.int16))


def outlines(grid: Image) -> Image:
    """Both heads, the right one with a cone of necrosis, on any grid."""
    labels = np.zeros(grid.array.shape, np.uint8)
    points = grid.points()
    for side, centre in CENTRES.items():
        offset = points - centre
        distance = np.linalg.norm(offset, axis=-1)
        labels[distance <= RADIUS] = HEAD[side]
        cone = offset @ np.array([0.0, -0.5, 0.866]) > 0.45 * np.maximum(distance, 1e-6)
        labels[(distance <= RADIUS) & cone & (distance > 7) & (side == "R")] = NECROSIS[side]
    return grid.like(labels)


def worked_up(
    folder: Path, direction: str = "coronal", multiframe: bool = False, finer: bool = True
) -> WorkedUp:
    """Write a series and a case folder with an answer of every kind; the left stage is withheld."""
    image = pelvis(DIRECTIONS[direction])
    if multiframe:
        order = np.random.default_rng(3).permutation(image.size[2]).tolist()
        one = enhanced(image, order, slopes=False)
        one.SOPClassUID = one.file_meta.MediaStorageSOPClassUID = pydicom.uid.EnhancedMRImageStorage
        for name, value in TAGS.items():
            if name != "SliceThickness":
                setattr(one, name, value)
        (folder / "series").mkdir(parents=True)
        pydicom.dcmwrite(folder / "series" / "IM1.dcm", one, enforce_file_format=True)
    else:
        write_shuffled(slice_datasets(image, **TAGS), folder / "series")
    image = read_image(folder / "series")
    return work_up(image, folder, finer)


def work_up(image: Image, folder: Path, finer: bool = True) -> WorkedUp:
    """The case folder of a series that was read."""
    fine = fine_labels(outlines(fine_grid(image)), image) if finer else None
    case = Case(image, "series", fine if finer else outlines(image))
    out = folder / "case"
    result = run_case(case, out, (MEASURE,))
    result = replace(result, segmentation=str(write_image(case.outlines, out / "segmentation.nii.gz")))
    if case.fine is not None:
        path = write_image(case.fine, out / "segmentation_fine.nii.gz")
        result = replace(result, segmentation_fine=str(path))
    heat = case.outlines.like(np.where(case.outlines.array == NECROSIS["R"], 1 / 3, 0).astype(np.float32))
    result = with_answers(result, str(write_image(heat, out / "heatmap_R.nii.gz")))
    survived = run_case(case, out, (SURVIVAL,), known=result)
    for side in "RL":
        result = result.with_hip(replace(result.hip(side), survival=survived.hip(side).survival))
    result = result.with_step(SURVIVAL, survived.steps[SURVIVAL])
    result.save(out)
    return WorkedUp(out, folder / "series", result, case)


def with_answers(result: CaseResult, heatmap: str | None) -> CaseResult:
    """With outlines that networks found, a stage and a probability on the right, and withheld ones on the left."""
    made = {"created": "2026-01-02T03:04:05+00:00", "software": "ONFHAssist 0.2.0; Python 3.11"}
    facts = {**made, "bundle": "stage-onfhnet 3", "bundle_sha256": "ab" * 32}
    heat = HeatFacts(1.7, 612.5, (-71.1, -3.03, 11.9), 0.4, 1 / 7, None, 0.0)
    stage = StageAnswer(
        "I or II", {"0": 0.1, "I": 1 / 3, "II": 0.9 - 1 / 3}, 0.0123456789012345, 0.5, heatmap, heat
    )
    probability = ProbabilityAnswer(2 / 3, 0.41, LIKELY, -0.7)
    right = replace(_found(result.hip("R")), stage=stage, probability=probability)
    reasons = ("The image is no T2 with fat suppression.", "Its slices are 4.6 mm.")
    held = {
        STAGE: Withheld(reasons, replace(stage, stage="II", heatmap=None)),
        PROBABILITY: Withheld(reasons[:1], replace(probability, probability=0.987654321)),
    }
    left = replace(_found(result.hip("L")), withheld=held)
    for hip in (right, left):
        result = result.with_hip(hip)
    networks = {**made, "outliner": "outliner 2", "outliner_sha256": "cd" * 32, "reader": "automatic"}
    steps = {
        SEGMENT: StepRecord(provenance=networks),
        **result.steps,
        PROBABILITY: StepRecord(reasons[:1], ("Fat is doubtful.",), {}, "Simulated patients.", facts),
        STAGE: StepRecord(reasons, ("One network is unsure.",), {}, "Simulated hips.", facts),
    }
    return replace(result, steps=steps)


def _found(hip: HipResult) -> HipResult:
    """With the head as a detector finds it: not quite where the sphere of the outline lies."""
    measured = hip.findings.measurement
    centre = np.array(measured.centre) + np.array([0.3, -1 / 3, 0.7])
    box = tuple(as_point(centre + sign * 25.1) for sign in (-1, 1))
    volumes = measured.head_ml, measured.necrosis_ml
    return replace(hip, head=FemoralHead(hip.side, as_point(centre), 24.9, box, 0.912345678901, *volumes))


def comparable(hip: HipResult) -> HipResult:
    """A hip without what a report does not hold: features, file names, numbers of withheld answers."""
    stage = None if hip.stage is None else replace(hip.stage, heatmap=None)
    return replace(hip, stage=stage, withheld={})
