"""The outliner trained further on 12 own patients of a scanner that it has not seen, judged on 12 others.

    python benchmarks/train_own.py --work out/train-own [--scanner signa lowfield]

Patients and scanners are those of ``own_hospital.py``. Judged twice: as *Train* does, on cubes about the outlined heads;
and by the whole way that a user goes, from the volume through the shipped detector to outlines on the image's voxels,
against the simulator's truth. Another hospital's 12 held-out patients say what was forgotten. One thread.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from own_hospital import SCANNERS, make_cohort

from ONFHAssistLab.training.own.cohort import OwnScan, part_by_patient, read_outlines, read_own_cohort
from ONFHAssistLab.training.own.comparison import Comparison, by_patient, compare
from ONFHAssistLab.training.own.lessons.outlines import OutlineLesson
from ONFHAssistLab.training.own.training import OwnPlan, train_own
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import no_progress
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.segment.outliner import Outliner, load_outliner
from ONFHAssistLib.segment.pipeline import segment_hips

PATIENTS, HELD, SEED = 24, 0.5, 5
LESION_ML = 1.0


def whole_way(scans: Sequence[OwnScan], outliner: Outliner) -> dict[str, dict[str, float]]:
    """Patient to mean Dice of necroses and heads, and ml called necrotic in healthy hips; a hip not found counts 0."""
    found: dict[str, dict[str, list[float]]] = {"necrosis": {}, "head": {}, "false": {}}
    for scan in scans:
        image, truth = read_image(scan.image), read_outlines(scan)
        try:
            labels = segment_hips(image, outliner=outliner).segmentation.labels
        except InputError:
            labels = truth.like(np.zeros_like(truth.array))
        for side in scan.sides:
            true, ours = necrosis_mask(truth.array, side), necrosis_mask(labels.array, side)
            if true.sum() * truth.voxel_volume_ml >= LESION_ML:
                found["necrosis"].setdefault(scan.patient, []).append(dice(ours, true))
            elif not true.any():
                found["false"].setdefault(scan.patient, []).append(ours.sum() * truth.voxel_volume_ml)
            heads = head_mask(labels.array, side), head_mask(truth.array, side)
            found["head"].setdefault(scan.patient, []).append(dice(*heads))
    return {what: {who: float(np.mean(v)) for who, v in values.items()} for what, values in found.items()}


def dice(a: np.ndarray, b: np.ndarray) -> float:
    return float(2 * (a & b).sum() / max(int(a.sum() + b.sum()), 1))


def told(where: str, one: Comparison) -> None:
    print(
        f"{where}, {one.figure}: {one.before:.3f} -> {one.after:.3f}, {one.difference:+.3f} "
        f"({one.low:+.3f} to {one.high:+.3f}), p {one.p:.4f}, {len(one.patients)} patients: {one.verdict}"
    )


def compare_whole_way(where: str, scans: Sequence[OwnScan], before: Outliner, after: Outliner) -> None:
    first, second = whole_way(scans, before), whole_way(scans, after)
    for what, words, up in (
        ("necrosis", "Dice of the necrosis", True),
        ("head", "Dice of the head", True),
        ("false", "ml called necrotic in a healthy hip", False),
    ):
        told(f"{where}, whole way", compare(words, first[what], second[what], up))


def forgotten(where: str, scans: Sequence[OwnScan], after: Outliner) -> None:
    lesson = OutlineLesson("outliner-unet", (), no_progress)
    first = lesson.judge(lesson.networks(), scans, no_progress)
    second = lesson.judge([after.network], scans, no_progress)
    for name, before in first.items():
        told(f"{where}, cubes", compare(name, by_patient(before), by_patient(second[name])))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("out/train-own"))
    parser.add_argument("--scanner", nargs="+", choices=SCANNERS, default=list(SCANNERS))
    parser.add_argument("--steps", type=int)
    args = parser.parse_args()
    torch.set_num_threads(1)
    held = {}
    for scanner in SCANNERS:
        make_cohort(args.work / scanner, scanner, PATIENTS, SEED)
        held[scanner] = part_by_patient(read_own_cohort(args.work / scanner), HELD, SEED).held
    for scanner in args.scanner:
        began = time.perf_counter()
        plan = OwnPlan("outliner", held_share=HELD, seed=SEED, steps=args.steps)
        candidate = args.work / f"candidate-{scanner}"
        done = train_own(
            args.work / scanner, candidate, args.work, plan, lambda _s, text: print(text, flush=True)
        )
        assert done is not None
        print(
            f"{scanner}: {done.hips} hips of {done.learned} patients, {done.steps} batches, "
            f"{done.seconds / 60:.1f} minutes, {(time.perf_counter() - began) / 60:.1f} with reading and judging"
        )
        for one in done.comparisons:
            told(f"{scanner}, cubes", one)
        before, after = load_outliner("outliner-unet"), load_outliner(candidate)
        compare_whole_way(scanner, held[scanner], before, after)
        for other, scans in held.items():
            if other != scanner:
                forgotten(f"trained on {scanner}, judged on {other}", scans, after)


if __name__ == "__main__":
    main()
