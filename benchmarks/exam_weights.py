"""How much each series of an examination counts in the fused outline: whether learned weights beat equal ones.

    python benchmarks/exam_weights.py --keep FOLDER

``FOLDER`` is that of ``benchmarks/exam_cache.py``, of examinations that no figure is told of. The terms of a weight and
the shifts of the log odds (``TERMS`` and ``SHIFTS`` of :mod:`ONFHAssistLib.exam.fusion`) are those that
make the true outline most likely: binomial likelihood of the voxels within 6 mm of the true border, every head counting
alike, with a normal prior that holds what the data do not tell near equal weights. Of every hip with more than two series
a random part is combined too. Cross-validated by examinations, against equal weights; then the errors of the combined
angle and the share with single numbers of ``Resources/exam_weights.json`` changed (``--errors``).
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from exam_cache import kept_in, load_kept
from exam_store import store, stored
from examinations import chemical_shift
from scipy import ndimage
from scipy.optimize import minimize

from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.exam.fusion import (
    SHIFTS,
    TERMS,
    FusionWeights,
    SeriesProbability,
    canvas_of,
    combined,
    fused,
    hip_grid,
    shifts,
    terms,
)
from ONFHAssistLib.exam.outlines import centre_of, completed, outlining_views, paint, parts_of
from ONFHAssistLib.exam.work import Work
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.measure.hip import measure_hip
from ONFHAssistLib.segment.outliner import SPACING_MM, load_outliner

NEAR_MM = 6.0  # of the true border
PRIOR = 0.5, 4.0  # standard deviations of the terms and of the shifts before anything is seen
VOXELS = 40.0  # neighbours err together: a head is so many voxels, not thousands
FOLDS = 4
NAMES = (*TERMS, *SHIFTS)
TRIALS: tuple[dict[str, float], ...] = (
    {}, {"bias": -0.5}, {"bias": -1.0}, {"rim": -1.5}, {"rim": -3.0}, {"fat-suppressed": -0.5}, {"fat-suppressed": 0.5},
    {"fat-suppressed": -0.5, "rim": -1.5}, {"along": -0.7}, {"above": 0.7}, {"above": -0.7},
)  # fmt: skip


@dataclass(frozen=True)
class Border:
    """The voxels about a border: log odds (series, voxels), terms (series, TERMS, voxels), shifts, seen, truth."""

    exam: str
    logits: np.ndarray
    terms: np.ndarray
    shifts: np.ndarray
    seen: np.ndarray
    true: np.ndarray


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--errors", action="store_true")
    chosen = parser.parse_args()
    rng = np.random.default_rng(5)
    borders: dict[str, list[Border]] = {"head": [], "necrosis": []}
    for path in kept_in(chosen.keep):
        for of, found in borders_of(path, rng):
            borders[of].append(found)
    for of, own in borders.items():
        exams = sorted({border.exam for border in own})
        held = np.zeros(2)
        for fold in range(FOLDS):
            test = [border for border in own if exams.index(border.exam) % FOLDS == fold]
            fitted = fit([border for border in own if exams.index(border.exam) % FOLDS != fold])
            equal = np.zeros(len(NAMES) + 1)
            equal[-1] = fitted[-1]
            held += [loss(equal, test) * len(test), loss(fitted, test) * len(test)]
        found = fit(own)
        numbers = {name: round(float(value), 4) for name, value in zip(NAMES, found[:-1], strict=True)}
        print(
            f"{of}: {len(own)} borders of {len(exams)} examinations; log-loss held out {held[0] / len(own):.4f} with "
            f"equal weights, {held[1] / len(own):.4f} learned; {numbers}",
            flush=True,
        )
    if chosen.errors:
        print_errors(kept_in(chosen.keep))


def print_errors(paths: list[Path]) -> None:
    """Mean errors of the hips with a necrosis over 1 ml, by all their series, for each of :data:`TRIALS`."""
    errors: dict[str, list[tuple[float, float]]] = {str(trial): [] for trial in TRIALS}
    outliner = load_outliner()
    for path in paths:
        kept = load_kept(path)
        for side, grid, parts, _ in hips_of(path, kept):
            if kept["truth"]["hips"][side]["necrosis_ml"] < 1.0 or len(parts) < 2:
                continue
            centre = grid.index_to_point(0.5 * (np.array(grid.size) - 1))
            canvas = canvas_of([centre])
            true = measure_hip(canvas.like(true_labels(kept, side, canvas).astype(np.uint8)), side)
            for trial in TRIALS:
                done = completed(canvas, grid, fused(parts, FusionWeights({}, trial)), outliner, centre, side)
                if done is None:
                    continue
                array = np.zeros(canvas.array.shape, np.uint8)
                paint(array, canvas, done, side)
                found = measure_hip(canvas.like(array), side)
                angle = found.combined_necrotic_angle - true.combined_necrotic_angle
                errors[str(trial)].append((angle, 100 * (found.necrotic_share - true.necrotic_share)))
    for name, own in errors.items():
        angle, share = np.array(own).T
        print(
            f"{name:40} {len(own)} hips: angle {angle.mean():+.1f}, {np.abs(angle).mean():.1f} off, within 10 in "
            f"{100 * np.mean(np.abs(angle) <= 10):.0f}%; share {np.abs(share).mean():.2f} points off"
        )


def fit(borders: list[Border]) -> np.ndarray:
    """Numbers of :data:`NAMES`, then the logarithm of how sharp the sum is, which no border depends on."""
    start = np.zeros(len(NAMES) + 1)
    return np.asarray(minimize(penalised, start, args=(borders,), jac=True, method="L-BFGS-B").x)


def penalised(numbers: np.ndarray, borders: list[Border]) -> tuple[float, np.ndarray]:
    """Loss with the prior, and its gradient."""
    values = [_loss(numbers, border) for border in borders]
    width = np.array([PRIOR[name in SHIFTS] for name in NAMES] + [1.0])
    share = 1.0 / (VOXELS * len(borders))
    total = (
        float(np.mean([value for value, _ in values])) + share * float(np.square(numbers / width).sum()) / 2
    )
    return total, np.mean([slope for _, slope in values], axis=0) + share * numbers / width**2


def loss(numbers: np.ndarray, borders: list[Border]) -> float:
    """Mean log-loss of the borders."""
    return float(np.mean([_loss(numbers, border)[0] for border in borders])) if borders else 0.0


def _loss(numbers: np.ndarray, border: Border) -> tuple[float, np.ndarray]:
    own, shift, sharp = numbers[: len(TERMS)], numbers[len(TERMS) : -1], np.exp(numbers[-1])
    weight = border.seen * np.exp(np.tensordot(border.terms, own, axes=([1], [0])))
    share = weight / weight.sum(axis=0)
    mean = (share * border.logits).sum(axis=0)
    plain = mean + shift @ border.shifts
    score = sharp * plain
    value = float(np.mean(np.logaddexp(0.0, np.where(border.true, -score, score))))
    residual = (1.0 / (1.0 + np.exp(-score)) - border.true) / len(score)
    moved = share * (border.logits - mean)  # of the mean by each logarithm of a weight
    slope = [
        *(sharp * np.einsum("v,sv,stv->t", residual, moved, border.terms)),
        *(sharp * border.shifts @ residual),
    ]
    return value, np.array([*slope, residual @ score])


def borders_of(path: Path, rng: np.random.Generator) -> list[tuple[str, Border]]:
    """Of every hip with two or more series, all of them together and a random part of them."""
    kept, found = load_kept(path), []
    for side, _, parts, truth in hips_of(path, kept):
        head, dead = head_mask(truth, side), necrosis_mask(truth, side)
        regions = {"head": _near(head)}
        if dead.sum() * SPACING_MM**3 > 500.0:
            regions["necrosis"] = _near(dead) & head
        subsets = [list(range(len(parts)))]
        if len(parts) > 2:
            subsets.append(sorted(rng.choice(len(parts), int(rng.integers(2, len(parts))), replace=False)))
        for subset in subsets if len(parts) > 1 else []:
            own = [parts[i] for i in subset]
            shifted = shifts(combined(own, np.stack([part.head for part in own]), {}))
            for of, region in regions.items():
                logits = np.stack([getattr(part, of) for part in own])
                found.append(
                    (
                        of,
                        Border(
                            path.stem,
                            logits[:, region],
                            terms(own, logits)[:, :, region],
                            shifted[:, region] if of == "necrosis" else shifted[:, region] * [[1], [0], [0]],
                            np.stack([np.maximum(part.seen[region], 1e-6) for part in own]),
                            (head if of == "head" else dead)[region],
                        ),
                    )
                )
    return found


def _near(mask: np.ndarray) -> np.ndarray:
    out, inside = (ndimage.distance_transform_edt(one, SPACING_MM) for one in (~mask, mask))
    return np.asarray(np.maximum(out, inside) <= NEAR_MM)


def hips_of(
    path: Path, kept: dict[str, Any]
) -> list[tuple[str, Image, tuple[SeriesProbability, ...], np.ndarray]]:
    """Side, grid, what each series says on it, and the true labels on it, of every hip of a kept examination."""
    work: Work = kept["work"]
    beside = path.parent / "parts" / path.name
    if beside.is_file():
        known = stored(beside)
    else:
        outliner = load_outliner()
        known = {}
        for side in work.sides:
            grid = hip_grid(as_point(centre_of(work, side)))
            known[side] = grid, parts_of(outlining_views(work, side), grid, outliner)
        store(beside, known)
    return [(side, grid, parts, true_labels(kept, side, grid)) for side, (grid, parts) in known.items()]


def to_truth(kept: dict[str, Any], side: str, points: np.ndarray) -> np.ndarray:
    """LPS mm (..., 3) of the reference's frame, as marrow is shown there, in the frame of the truth."""
    rows = {str(row["number"]): row for row in kept["truth"]["series"]}
    base = rows[kept["work"].views[side][0][1].series]
    back = np.linalg.inv(np.array(base["poses"][side]))
    shown = points - np.array(chemical_shift(base, kept["truth"]["scanner"]))
    return np.asarray(shown @ back[:3, :3].T + back[:3, 3])


def true_labels(kept: dict[str, Any], side: str, grid: Image) -> np.ndarray:
    """The true labels (z, y, x) of a hip on a grid of the reference's frame, nearest voxels."""
    labels: Image = kept["outlines"]
    index = np.rint(labels.point_to_index(to_truth(kept, side, grid.points()))).astype(int)
    inside = np.all((index >= 0) & (index < np.array(labels.size)), axis=-1)
    x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
    return np.where(inside, labels.array[z, y, x], 0)


if __name__ == "__main__":
    main()
