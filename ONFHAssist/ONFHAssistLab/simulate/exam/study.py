"""An examination on disk: a folder of DICOM series as a scanner sends it, and beside it what is true.

NAME/dicom/S001/IM0001.dcm ...   all series of the folder, also those that do not belong to it
NAME/truth.json                  each series with the true pose of each hip, each hip with its measurements
NAME/segmentation.nii.gz         heads and necrosis at rest on 1 mm, in the one frame of the truth
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

from ..acquisition.dicom_series import seeded_uid, write_dicom_series
from ..anatomy.parameters import draw_patient
from ..anatomy.patient import Patient, build_patient
from .motion import draw_pose, moved, placed
from .plan import CT, HIPS, LOCALISER, OTHER_DATE, OTHER_PART, OTHER_PATIENT, ExamPlan, SeriesPlan
from .scan import scan_back, scan_ct, scan_hips, scan_localiser

TRUTH, OUTLINES, IMAGES = "truth.json", "segmentation.nii.gz", "dicom"
MOST_MM, MOST_DEGREES = 5.0, 5.0  # of a hip, from where it lay first
EARLIER = "20230412"
ATTEMPTS, RETRY = 6, 10_000_019
SEEN_ABOVE_MM = 255.0  # of the hips, where a series of the back is asked for
_MARGIN_MM = 12.0


@dataclass(frozen=True)
class Visit:
    """One of several examinations of a patient.

    Attributes:
        number: from 1; UIDs and folders differ by it.
        date: of the study, YYYYMMDD; "" for the usual one.
        lying: side to the motion of a hip from the patient at rest to where it lay at the beginning, 4 x 4, LPS mm.
        folder: name of its folder; "" for that of the patient.
    """

    number: int = 1
    date: str = ""
    lying: Mapping[str, np.ndarray] = field(default_factory=dict)
    folder: str = ""


ONLY = Visit()


def make_exam(
    plan: ExamPlan, seed: int, out: Path, motion: tuple[float, float] = (MOST_MM, MOST_DEGREES)
) -> Path:
    """Build the patient, scan all series and write them; ``truth.json`` comes last and says that all is there.

    Args:
        plan: see :func:`.plan.plan_exam`.
        seed: same seed and plan, same bytes.
        out: folder in which the examination gets its own.
        motion: most mm and degrees by which a hip lies elsewhere than at first.
    """
    high = any(one.kind == OTHER_PART for one in plan.series)
    patient = _build(seed * 100_003 + plan.number * 7 + 6, plan.kinds, SEEN_ABOVE_MM if high else None)
    return write_exam(patient, plan, seed, out, motion)


def write_exam(
    patient: Patient,
    plan: ExamPlan,
    seed: int,
    out: Path,
    motion: tuple[float, float] = (MOST_MM, MOST_DEGREES),
    visit: Visit = ONLY,
) -> Path:
    """As :func:`make_exam`, of a patient who is built already; ``visit`` says which of his examinations it is."""
    folder = out / (visit.folder or plan.name)
    if folder.exists():
        shutil.rmtree(folder)  # what an interrupted run left
    folder.mkdir(parents=True)
    rows, still = [], True
    for series in plan.series:
        rng = np.random.default_rng([seed, 229, plan.number, series.number, *_of(visit)])
        poses = {side: np.asarray(visit.lying.get(side, np.eye(4))) for side in ("R", "L")}
        if not still:
            poses = {
                side: draw_pose(rng, _centre(patient, side), *motion) @ poses[side] for side in ("R", "L")
            }
        still = still and series.kind != HIPS
        rows.append(_write_series(patient, plan, series, poses, seed, folder / IMAGES, rng, visit))
    write_image(_cropped(patient.labels), folder / OUTLINES)
    truth = {
        "exam": plan.name,
        "scanner": plan.scanner,
        "seed": seed,
        "patient_seed": patient.parameters.seed,
        "hips": {side: _facts(patient, side) for side in ("R", "L")},
        "series": rows,
    }
    write_text(folder / TRUTH, json.dumps(truth, indent=1) + "\n")
    return folder


def _build(number: int, kinds: dict[str, Any], above: float | None) -> Patient:
    """The patient; the next seed where a lesion could not be placed."""
    for attempt in range(ATTEMPTS):
        try:
            parameters = draw_patient(number + RETRY * attempt, **kinds)
            return build_patient(parameters) if above is None else build_patient(parameters, above_mm=above)
        except InputError:
            if attempt + 1 == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _write_series(
    patient: Patient,
    plan: ExamPlan,
    series: SeriesPlan,
    poses: dict[str, np.ndarray],
    seed: int,
    folder: Path,
    rng: np.random.Generator,
    visit: Visit = ONLY,
) -> dict[str, Any]:
    """Scan and write one series; its row of the truth."""
    name, study = f"{plan.name}_{seed}", seeded_uid("exam study", plan.name, seed, *_of(visit))
    scan_seed = seed * 1_000_003 + plan.number + 500_009 * (visit.number - 1)
    offset = np.zeros(3)
    frame = seeded_uid("frame", study)
    date = EARLIER if series.kind == OTHER_DATE else visit.date
    if series.kind == OTHER_DATE:
        study, frame = seeded_uid("earlier study", study), seeded_uid("earlier frame", study)
    if series.repositioned or series.kind == OTHER_DATE:
        offset = rng.normal(0.0, (15.0, 10.0, 25.0))
        frame = seeded_uid("second frame", study)
    if series.kind == OTHER_PATIENT:
        patient = _build(seed * 100_003 + plan.number * 7 + 3, plan.kinds, None)
        name, study, frame = f"{name}_b", seeded_uid("other study", study), seeded_uid("other frame", study)
    images = _scan(patient, plan, series, poses, scan_seed, visit)
    about = patient.parameters
    uid = seeded_uid("exam series", plan.name, seed, series.number, *_of(visit))
    facts = {"frame_of_reference_uid": frame, "study_date": date, "series_uid": uid}
    for number, image in enumerate(images, 1):
        part = f"S{series.number:03d}" if len(images) == 1 else f"S{series.number:03d}/P{number}"
        write_dicom_series(
            replace(placed(image, offset), metadata={**image.metadata, **facts}),
            folder / part,
            name,
            study,
            series_number=series.number,
            sex=about.sex,
            age=about.age,
            laterality=series.side,
        )
    shift = np.eye(4)
    shift[:3, 3] = offset
    known = series.kind in (HIPS, LOCALISER, OTHER_DATE)
    return {
        **asdict(series),
        "uid": uid,
        "belongs": series.kind == HIPS,
        "frame_of_reference_uid": frame,
        "poses": {side: (shift @ poses[side]).round(9).tolist() for side in ("R", "L")} if known else {},
    }


def _scan(
    patient: Patient,
    plan: ExamPlan,
    series: SeriesPlan,
    poses: dict[str, np.ndarray],
    seed: int,
    visit: Visit,
) -> list[Image]:
    if series.kind == OTHER_PART:
        return [scan_back(patient, series, plan.scanner, seed)]
    if series.kind == CT:
        return [scan_ct(patient, series, seed)]
    # The grain is drawn for each series, from the patient's seed and the series' number.
    grain = patient.parameters.seed * 31 + series.number + 1000 * (visit.number - 1)
    lying = moved(patient, poses, grain)
    if series.kind == LOCALISER:
        return scan_localiser(lying, series, plan.scanner, seed)
    return [scan_hips(lying, series, plan.scanner, seed)]


def _of(visit: Visit) -> tuple[int, ...]:
    """What tells a later visit's seeds and UIDs from the first one's, which has those of a patient who came once."""
    return () if visit.number == 1 else (visit.number,)


def _centre(patient: Patient, side: str) -> np.ndarray:
    return np.asarray(patient.truth[side]["centre"], float)


def _cropped(labels: Image) -> Image:
    """The part of the map that holds the heads, with a margin."""
    z, y, x = np.nonzero(labels.array)
    margin = int(_MARGIN_MM / labels.spacing[0])
    low = [int(v.min()) - margin for v in (x, y, z)]
    high = [int(v.max()) + margin + 1 for v in (x, y, z)]
    return labels.cropped((low[0], low[1], low[2]), (high[0], high[1], high[2]))


def _facts(patient: Patient, side: str) -> dict[str, Any]:
    """Truth of a hip with plain numbers."""
    found = patient.truth[side]
    return {
        key: [round(float(v), 4) for v in value]
        if isinstance(value, tuple)
        else round(value, 5)
        if isinstance(value, float)
        else value
        for key, value in found.items()
    }
