"""Flattening of the femoral head: the small network of ``ONFHAssistLib.measure.surface``, learned and judged.

    python benchmarks/exam_surface.py --keep FOLDER [--write]      # learn on kept training examinations
    python benchmarks/exam_surface.py --judge FOLDER               # what the shipped one finds on others

``FOLDER`` is that of ``benchmarks/exam_cache.py``. The target of a ray is how far the true surface of the head lies
within the true head's own sphere. Cross-validated by examinations; scale and shift of the depression over a patch are
those that fit the true collapse of the held-out hips best.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from exam_cache import kept_in, load_kept
from exam_store import store, stored
from exam_weights import hips_of
from scipy import ndimage
from scipy.spatial import cKDTree
from sklearn.neural_network import MLPRegressor

from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.fusion import canvas_of, fused, learned_weights
from ONFHAssistLib.exam.outlines import completed
from ONFHAssistLib.imaging.labels import head_mask
from ONFHAssistLib.measure.hip import fit_sphere
from ONFHAssistLib.measure.surface import (
    PATCH_MM,
    SurfaceModel,
    SurfaceView,
    articular_rays,
    depression,
    profiles,
    surface_along,
    surface_model,
)
from ONFHAssistLib.segment.outliner import load_outliner

FOLDS, HIDDEN, DECAY = 5, (16,), 1.0
CLIP_MM = (-0.5, 5.0)
FLATTENED_MM = 2.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.judge is not None:
        report([(hip, found_in(hip, surface_model())) for hip in hips_in(chosen.judge)])
    if chosen.keep is None:
        return
    hips = hips_in(chosen.keep)
    exams = sorted({hip["exam"] for hip in hips})
    held: list[tuple[dict[str, Any], float]] = []
    for fold in range(FOLDS):
        model = fit([hip for hip in hips if exams.index(hip["exam"]) % FOLDS != fold])
        test = [hip for hip in hips if exams.index(hip["exam"]) % FOLDS == fold]
        held += [(hip, found_in(hip, model)) for hip in test]
    found, true = (np.array(one) for one in zip(*((mm, hip["collapse"]) for hip, mm in held), strict=True))
    scale, shift = np.polyfit(found, true, 1)
    print(
        f"{len(hips)} hips of {len(exams)} examinations; collapse = {scale:.2f} x depression {shift:+.2f} mm"
    )
    report([(hip, max(scale * mm + shift, 0.0)) for hip, mm in held])
    if chosen.write:
        model = fit(hips)
        layers = {
            name: [np.round(np.asarray(one, float), 4).tolist() for one in getattr(model, name)]
            for name in ("weights", "offsets")
        }
        write_json(
            resource_path("exam_surface.json"),
            {**layers, "scale": round(float(scale), 4), "shift": round(float(shift), 4)},
        )
        surface_model.cache_clear()


def hips_in(folder: Path) -> list[dict[str, Any]]:
    """Every hip: profiles of each series along its rays, and the true depth of each ray; kept beside the examinations."""
    found = []
    for path in kept_in(folder):
        kept = path.parent / "surface" / path.name
        if not kept.is_file():
            store(kept, hips_of_exam(path))
        found += stored(kept)
    return found


def hips_of_exam(path: Path) -> list[dict[str, Any]]:
    """The hips of one kept examination."""
    kept, found = load_kept(path), []
    for side, grid, parts, truth in hips_of(path, kept):
        centre = grid.index_to_point(0.5 * (np.array(grid.size) - 1))
        drawn = completed(
            canvas_of([centre]), grid, fused(parts, learned_weights()), load_outliner(), centre, side
        )
        if drawn is None:
            continue
        head = head_mask(truth, side)
        ball = fit_sphere(grid.like(head.astype(np.uint8)), side)
        smooth = grid.like(ndimage.gaussian_filter(head.astype(np.float32), 0.7))
        rays = articular_rays(side)
        depth = ball[1] - surface_along(smooth, *ball, rays)
        sphere = fit_sphere(drawn.grid.like(drawn.head.astype(np.uint8)), side)
        views = [
            SurfaceView(view.image, matrix, view.contrast) for _, view, matrix in kept["work"].views[side]
        ]
        found.append(
            {
                "exam": path.stem,
                "side": side,
                "radius": sphere[1],
                "profiles": [profiles(view, sphere, rays) for view in views],
                "depth": over_patch(np.clip(np.nan_to_num(depth), *CLIP_MM), ball[1] * rays),
                "collapse": kept["truth"]["hips"][side]["collapse_mm"],
                "arco": kept["truth"]["hips"][side]["arco"],
            }
        )
    return found


def over_patch(depth: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Means (n,) over the patch about each place (n, 3), as the network's input is averaged."""
    near = cKDTree(places).query_ball_point(places, PATCH_MM)
    return np.array([depth[own].mean() for own in near])


def found_in(hip: dict[str, Any], model: SurfaceModel) -> float:
    """Greatest depression in mm."""
    return float(depression(hip["profiles"], model).max())


def fit(hips: list[dict[str, Any]]) -> SurfaceModel:
    """The network of all rays of these hips, those with a depression counting more."""
    rows, targets = [], []
    for hip in hips:
        for features in hip["profiles"]:
            taken = np.union1d(np.arange(0, len(features), 5), np.flatnonzero(hip["depth"] > 0.5))
            rows.append(features[taken])
            targets.append(hip["depth"][taken])
    network = MLPRegressor(
        hidden_layer_sizes=HIDDEN,
        alpha=DECAY,
        batch_size=256,
        max_iter=40,
        early_stopping=True,
        random_state=0,
    )
    network.fit(np.concatenate(rows), np.concatenate(targets))
    return SurfaceModel(tuple(network.coefs_), tuple(network.intercepts_))


def report(found: list[tuple[dict[str, Any], float]]) -> None:
    """Every hip, and sensitivity and specificity for 2 mm."""
    for hip, mm in found:
        print(f"{hip['exam']} {hip['side']} {hip['arco']:5} true {hip['collapse']:.2f} found {mm:.2f} mm")
    true = np.array([hip["collapse"] >= FLATTENED_MM for hip, _ in found])
    called = np.array([mm >= FLATTENED_MM for _, mm in found])
    print(
        f"2 mm or more: {(called & true).sum()} of {true.sum()} found; {(called & ~true).sum()} of {(~true).sum()} called"
    )


if __name__ == "__main__":
    main()
