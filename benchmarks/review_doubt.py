"""How well the order of doubt finds bad outlines: automatic outlines of patients whose truth is known.

Run ``.venv/bin/python benchmarks/review_doubt.py --patients DIR --work DIR``; ``--patients`` is the folder that
``benchmarks/segmentation.py --work`` fills (``patient_*`` with image and truth). Each patient is found, outlined and
measured by the shipped networks, as a cohort would be. An outline is bad where the Dice of the head is below 0.9, that
of a necrosis over 1 ml below 0.8, a necrosis over 1 ml is missed, or a healthy head has one of 1 ml and more. Printed:
the area under the curve of the doubt and of each column, and how many of the bad hips lie in the first fifth of the
worklist. With ``--spoil`` no network is asked: of the true outlines a fifth of the hips is spoilt, each in one of five
ways, and those are the bad ones.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import ndimage

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "ONFHAssist"), str(ROOT / "ONFHAssist" / "Testing" / "Python")]

from support.review_cohort import write_case  # noqa: E402

from ONFHAssistLib.case.case import Case  # noqa: E402
from ONFHAssistLib.case.pipeline import run_case  # noqa: E402
from ONFHAssistLib.case.result import MEASURE, SEGMENT  # noqa: E402
from ONFHAssistLib.case.work import Settings  # noqa: E402
from ONFHAssistLib.cohort.review.doubt import COLUMNS  # noqa: E402
from ONFHAssistLib.cohort.review.folder import open_folder  # noqa: E402
from ONFHAssistLib.cohort.review.worklist import worklist  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.files import read_image, read_mask  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, head_mask, necrosis_mask  # noqa: E402

BAD_HEAD, BAD_NECROSIS, LEAST_ML, FIRST = 0.9, 0.8, 1.0, 0.2
SEED = 19


def work_up(patient: Path, cohort: Path) -> None:
    """One patient as a case, where he is none yet."""
    folder = cohort / "cases" / patient.name
    if (folder / "case.json").exists():
        return
    image = read_image(patient / "image.nii.gz")
    try:
        result = run_case(Case(image, patient.name), folder, [SEGMENT, MEASURE], Settings(find_edges=False))
    except InputError as error:
        print(f"{patient.name}: {error}")
        return
    replace(result).save(folder)
    facts = {
        "case": patient.name,
        "patient": patient.name,
        "image": str((patient / "image.nii.gz").absolute()),
    }
    (folder / "case.json").write_text(json.dumps(facts))


SPOILT = ("shifted", "acetabulum taken in", "top left out", "necrosis in pieces", "necrosis grown by 4 mm")


def spoil(labels: Image, side: str, way: str) -> Image:
    """The outlines with one hip spoilt in one of :data:`SPOILT` ways."""
    array = labels.array.copy()
    head, dead = head_mask(array, side), necrosis_mask(array, side)
    if way.startswith("necrosis") and not dead.any():
        way = SPOILT[0]
    offset = labels.points() - labels.index_to_point(np.argwhere(head).mean(axis=0)[::-1])
    radius = float(np.cbrt(head.sum() * labels.voxel_volume_ml * 1000 * 3 / 4 / np.pi))
    if way == "shifted":
        step = [round(5.0 / s) for s in labels.spacing]
        moved = np.roll(np.where(head, array, 0), (step[1], step[0]), (1, 2))
        array = np.where(moved > 0, moved, np.where(head, 0, array))
    elif way == "acetabulum taken in":
        inward = 1.0 if side == "R" else -1.0
        near = np.linalg.norm(offset - np.array([0.6 * inward, 0.0, 0.8]) * radius, axis=-1) < 0.6 * radius
        array[near & ~head] = HEAD[side]
    elif way == "top left out":
        array[head & (offset[..., 2] > 0.5 * radius)] = 0
    elif way == "necrosis in pieces":
        middle = offset[dead].mean(axis=0)
        array[dead & (np.abs(offset[..., 0] - middle[0]) < 3.0)] = HEAD[side]
    else:
        distance = ndimage.distance_transform_edt(~dead, labels.spacing[::-1])
        array[head & (distance <= 4.0)] = NECROSIS[side]
    return labels.like(array)


def spoilt_cohort(patients: Path, cohort: Path, most: int) -> dict[tuple[str, str], str]:
    """The true outlines as a cohort, a fifth of the hips spoilt; hip to what was done with it."""
    (cohort / "cases").mkdir(parents=True, exist_ok=True)
    (cohort / "cohort.json").write_text(json.dumps({"settings": {"find_edges": False}}))
    names = sorted(patients.glob("patient_*"))[:most]
    rng = np.random.default_rng(SEED)
    done: dict[tuple[str, str], str] = {}
    for number, patient in enumerate(names):
        image = read_image(patient / "image.nii.gz")
        labels = read_mask(patient / "truth.nii.gz", grid=image)
        sides = [side for side in "RL" if head_mask(labels.array, side).any()]
        if rng.random() < 0.4 and sides:  # of 0.4 of the patients one hip: a fifth of the hips
            side, way = str(rng.choice(sides)), SPOILT[number % len(SPOILT)]
            labels = spoil(labels, side, way)
            done[patient.name, side] = way
        if not (cohort / "cases" / patient.name / "case.json").exists():
            write_case(cohort, patient.name, image, labels)
    return done


def is_bad(found: np.ndarray, truth: np.ndarray, side: str, voxel_ml: float) -> bool:
    """Whether an outline should be rejected or corrected."""
    head = dice(head_mask(found, side), head_mask(truth, side))
    ours, real = necrosis_mask(found, side), necrosis_mask(truth, side)
    ml = ours.sum() * voxel_ml, real.sum() * voxel_ml
    dead = max(ml) >= LEAST_ML and dice(ours, real) < BAD_NECROSIS
    return head < BAD_HEAD or dead


def dice(a: np.ndarray, b: np.ndarray) -> float:
    """Twice the overlap over the sum."""
    return 2.0 * float((a & b).sum()) / max(float(a.sum() + b.sum()), 1.0)


def area(score: np.ndarray, bad: np.ndarray) -> float:
    """Share of pairs of a bad and a good hip in which the bad one has the larger score; ties count one half."""
    known = np.isfinite(score)
    high, low = score[known & bad], score[known & ~bad]
    if not len(high) or not len(low):
        return math.nan
    return float(((high[:, None] > low) + 0.5 * (high[:, None] == low)).mean())


def main() -> None:
    """Work up, compare, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--patients", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--spoil", action="store_true")
    given = parser.parse_args()
    spoilt: dict[tuple[str, str], str] = {}
    if given.spoil:
        spoilt = spoilt_cohort(given.patients, given.work, given.most)
    else:
        for patient in sorted(given.patients.glob("patient_*"))[: given.most]:
            work_up(patient, given.work)
    cohort = open_folder(given.work)
    found = worklist(cohort)
    bad, patients = [], []
    for hip in found.hips:
        patients.append(hip.case)
        if given.spoil:
            way = spoilt.get((hip.case, hip.side), "")
            bad.append(bool(way))
            if way:
                print(f"rank {hip.doubt.rank:3d} {hip.case} {hip.side} {way}: {' '.join(hip.doubt.reasons)}")
            continue
        case = cohort.case(hip.case)
        truth = read_mask(given.patients / hip.case / "truth.nii.gz", grid=case.image())
        labels = case.labels()
        bad.append(is_bad(labels.array, truth.array, hip.side, labels.voxel_volume_ml))
    wrong, who = np.array(bad), np.array(patients)
    scores = {"doubt": np.array([hip.doubt.doubt for hip in found.hips])}
    scores |= {name: np.array([hip.doubt.columns[name] for hip in found.hips]) for name in COLUMNS}
    print(f"{len(wrong)} hips of {len(set(patients))} patients, {wrong.sum()} outlines bad")
    first = wrong[: max(1, round(FIRST * len(wrong)))].sum()
    print(f"in the first fifth of the worklist: {first} of {wrong.sum()}")
    rng = np.random.default_rng(SEED)
    for name, score in scores.items():
        drawn = []
        for _ in range(1000):
            people = rng.choice(np.unique(who), len(set(patients)))
            rows = np.concatenate([np.flatnonzero(who == one) for one in people])
            drawn.append(area(score[rows], wrong[rows]))
        known = np.array(drawn)[np.isfinite(drawn)]
        low, high = np.percentile(known, [2.5, 97.5]) if len(known) else (math.nan, math.nan)
        print(f"{name:16s} area {area(score, wrong):.3f} ({low:.3f} to {high:.3f})")


if __name__ == "__main__":
    main()
