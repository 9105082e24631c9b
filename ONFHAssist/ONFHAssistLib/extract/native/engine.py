"""The native engine: one prepared image, many filtered images, all feature classes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from ...errors import InputError
from ...image import Image
from ..presets import Preset
from . import matrices, texture
from .discretise import Levels, discretise
from .filters import Task, filtered_images
from .firstorder import first_order
from .glcm import glcm_features
from .glcm_reference import direction_weights
from .grid import Grid, directions
from .prepare import Prepared, prepare
from .shape import shape_features, shape_features_2d

Progress = Callable[[float, str], None]


def extract(
    image: Image, region: Image, preset: Preset, report: Progress, threads: int = 1
) -> dict[str, float]:
    """Features of the voxels of ``region`` that are not 0, in PyRadiomics' names and order.

    Args:
        image: grey values.
        region: 0 and 1.
        preset: what to extract.
        report: called with a share between 0 and 1 and a text.
        threads: filtered images worked on at the same time; the numbers do not depend on it.

    Raises:
        InputError: the settings leave no region, or a filter gives values that are not finite.
    """
    prepared = prepare(image, region, preset.settings)
    report(0.15, "Image prepared")
    features = _shape(prepared, preset)
    report(0.25, "Shape measured")
    classes = {
        name: preset.features_of(name) for name in preset.feature_classes if not name.startswith("shape")
    }
    if not classes:
        return features
    tasks = _tasks(prepared, preset)
    grids = _Grids(prepared)
    with ThreadPoolExecutor(threads) as pool:
        jobs = [pool.submit(_image_features, prepared, grids, task, own, classes) for task, own in tasks]
        try:
            for done, job in enumerate(jobs, 1):
                features.update(job.result())
                report(0.25 + 0.75 * done / len(jobs), f"{tasks[done - 1][0][0]} done")
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return features


def _tasks(prepared: Prepared, preset: Preset) -> list[tuple[Task, dict[str, Any]]]:
    tasks = []
    for kind, own in preset.image_types.items():
        settings = {**preset.settings, **own}
        tasks += [(task, settings) for task in filtered_images(prepared, kind, settings)]
    return tasks


def _shape(prepared: Prepared, preset: Preset) -> dict[str, float]:
    features: dict[str, float] = {}
    mask = prepared.shape_mask[prepared.box]
    if "shape" in preset.feature_classes:
        found = shape_features(mask, prepared.spacing)
        features.update({f"original_shape_{name}": found[name] for name in preset.features_of("shape")})
    if "shape2D" in preset.feature_classes and preset.settings.get("force2D", False):
        axis = int(preset.settings.get("force2Ddimension", 0))
        if mask.shape[axis] > 1:
            raise InputError(
                f"The region spans {mask.shape[axis]} slices along axis {axis} (z, y, x); 2D shape features of preset "
                f"{preset.name} need a region in one slice."
            )
        plane = tuple(s for k, s in enumerate(prepared.spacing[::-1]) if k != axis)
        found = shape_features_2d(np.ascontiguousarray(mask.take(0, axis)), plane)
        features.update({f"original_shape2D_{name}": found[name] for name in preset.features_of("shape2D")})
    return features


# one filtered image ---------------------------------------------------------------------------------------------


class _Grids:
    """The region's voxels, padded as far as the largest distance of an image type needs."""

    def __init__(self, prepared: Prepared) -> None:
        self._mask = np.ascontiguousarray(prepared.mask[prepared.box])
        self._by_pad: dict[int, Grid] = {}

    def of(self, pad: int) -> Grid:
        if pad not in self._by_pad:
            self._by_pad[pad] = Grid.of(self._mask, pad)
        return self._by_pad[pad]


def _image_features(
    prepared: Prepared,
    grids: _Grids,
    task: Task,
    settings: Mapping[str, Any],
    classes: Mapping[str, tuple[str, ...]],
) -> dict[str, float]:
    name, make = task
    grid = grids.of(max([1, *settings.get("distances", [1])]))
    values = make()[prepared.box][grid.mask]
    if not np.isfinite(values).all():
        raise InputError(
            f"The {name} image is not finite in the region; leave this image type out of the preset."
        )
    levels = discretise(values, settings)
    features = {}
    for feature_class, wanted in classes.items():
        found = _CLASSES[feature_class](values, levels, grid, prepared, settings, wanted)
        features.update({f"{name}_{feature_class}_{feature}": float(found[feature]) for feature in wanted})
    return features


def _first_order(values, levels: Levels, _grid, prepared: Prepared, settings, _wanted) -> dict[str, float]:
    volume = float(np.prod(prepared.spacing))
    return first_order(values.astype(np.float64), levels.counts, volume, settings)


def _steps(grid: Grid, settings: Mapping[str, Any], distances: list[int]) -> np.ndarray:
    flat = int(settings.get("force2Ddimension", 0)) if settings.get("force2D", False) else None
    steps = directions(grid.mask.shape, distances, flat)
    if not len(steps):
        raise InputError(
            "The region is a single voxel in the plane of the features; at least two are needed."
        )
    return steps


def _glcm(_values, levels: Levels, grid: Grid, prepared: Prepared, settings, wanted) -> dict[str, float]:
    steps = _steps(grid, settings, settings.get("distances", [1]))
    symmetric = bool(settings.get("symmetricalGLCM", True))
    pairs = np.zeros((len(steps), len(levels.gray), len(levels.gray)), np.int32)
    matrices.count_pairs(grid.spread(levels.index), grid.voxels, grid.offsets(steps), symmetric, pairs)
    return glcm_features(pairs, levels.gray, steps, prepared.spacing, settings, wanted)


def _glrlm(_values, levels: Levels, grid: Grid, prepared: Prepared, settings, _wanted) -> dict[str, float]:
    steps = _steps(grid, settings, [1])
    offsets, field = grid.offsets(steps), grid.spread(levels.index)
    runs = np.zeros((len(steps), len(levels.gray), max(grid.mask.shape)), np.int32)
    longest = matrices.count_runs(field, grid.voxels, offsets, runs)
    places = np.ascontiguousarray(np.argwhere(grid.mask))
    used = matrices.lines_with_two(
        field, grid.voxels, places, steps.astype(np.int64), offsets, np.array(grid.mask.shape)
    )
    norm = settings.get("weightingNorm")
    if norm is None:
        table = texture.run_features(np.ascontiguousarray(runs[used]), levels.gray, longest)
    else:
        weights = direction_weights(steps, prepared.spacing, norm, exponential=False)
        mixed = np.tensordot(weights[used], runs[used, :, :longest].astype(np.float64), 1)
        table = np.empty((1, 16))
        sizes = np.arange(1.0, longest + 1)
        texture.level_size_features(np.ascontiguousarray(mixed), levels.gray, sizes, table[0])
    row = table.mean(axis=0) if len(table) else np.full(16, np.nan)
    if not used.any() and (
        len(steps) == 1 or norm is not None
    ):  # PyRadiomics then sums over no lengths at all
        row[[texture.RUN_NAMES["RunVariance"], texture.RUN_NAMES["RunEntropy"]]] = 0.0
    return {name: row[k] for name, k in texture.RUN_NAMES.items()}


def _glszm(_values, levels: Levels, grid: Grid, _prepared, settings, _wanted) -> dict[str, float]:
    offsets = grid.offsets(_steps(grid, settings, [1]))
    zones, sizes = matrices.find_zones(grid.spread(levels.index), grid.voxels, offsets)
    row = texture.zone_features(zones, sizes, levels.gray, int(sizes.max()))
    return {name: row[k] for name, k in texture.ZONE_NAMES.items()}


def _neighbours(levels: Levels, grid: Grid, settings) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    offsets = grid.offsets(_steps(grid, settings, settings.get("distances", [1])))
    dependence = np.zeros((len(levels.gray), 2 * len(offsets) + 1), np.int32)
    counts, sums = np.zeros(len(levels.gray), np.int64), np.zeros(len(levels.gray))
    matrices.count_neighbours(
        grid.spread(levels.index), grid.voxels, offsets, levels.gray, int(settings.get("gldm_a", 0)),
        dependence, counts, sums,
    )  # fmt: skip
    return dependence, counts, sums


def _gldm(_values, levels: Levels, grid: Grid, _prepared, settings, _wanted) -> dict[str, float]:
    dependence, _, _ = _neighbours(levels, grid, settings)
    row = np.empty(16)
    sizes = np.arange(1.0, dependence.shape[1] + 1)
    texture.level_size_features(dependence.astype(np.float64), levels.gray, sizes, row)
    return {name: row[k] for name, k in texture.DEPENDENCE_NAMES.items()}


def _ngtdm(_values, levels: Levels, grid: Grid, _prepared, settings, _wanted) -> dict[str, float]:
    _, counts, sums = _neighbours(levels, grid, settings)
    row = texture.tone_features(counts, sums, levels.gray)
    return dict(zip(("Busyness", "Coarseness", "Complexity", "Contrast", "Strength"), row, strict=True))


_CLASSES = {
    "firstorder": _first_order,
    "glcm": _glcm,
    "glrlm": _glrlm,
    "glszm": _glszm,
    "gldm": _gldm,
    "ngtdm": _ngtdm,
}
