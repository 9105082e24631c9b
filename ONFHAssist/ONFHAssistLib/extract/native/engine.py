"""The native engine: one prepared image, many filtered images, all feature classes of each."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from ...core.errors import InputError
from ...core.progress import Progress
from ...imaging.image import Image
from ..presets import Preset
from .classes import ImageFeatures
from .discretise import discretise
from .filters import Task, filtered_images
from .grid import Grid
from .prepare import PreparedImage, prepare
from .shape.features import shape_features, shape_features_2d


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
    classes = {
        name: preset.features_of(name) for name in preset.feature_classes if not name.startswith("shape")
    }
    tasks = _tasks(prepared, preset) if classes else []
    grids = _Grids(prepared)
    features: dict[str, float] = {}
    with ThreadPoolExecutor(threads) as pool:
        shape = pool.submit(_shape, prepared, preset)
        started = {
            k: pool.submit(_image_features, prepared, grids, *tasks[k], classes)
            for k in _starting_order(tasks)
        }
        try:
            features.update(shape.result())
            for k, (task, _) in enumerate(tasks):
                features.update(started[k].result())
                report(0.2 + 0.8 * (k + 1) / len(tasks), f"{task[0]} done")
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return features


def _starting_order(tasks: list[tuple[Task, dict[str, Any]]]) -> list[int]:
    """The first image of each type before the second of any: bands share a transform, which then runs beside others."""
    seen: dict[int, int] = {}
    turns = []
    for _, settings in tasks:
        turns.append(seen.get(id(settings), 0))
        seen[id(settings)] = turns[-1] + 1
    return sorted(range(len(tasks)), key=lambda k: (turns[k], k))


def _tasks(prepared: PreparedImage, preset: Preset) -> list[tuple[Task, dict[str, Any]]]:
    tasks = []
    for kind, own in preset.image_types.items():
        settings = {**preset.settings, **own}
        tasks += [(task, settings) for task in filtered_images(prepared, kind, settings)]
    return tasks


def _shape(prepared: PreparedImage, preset: Preset) -> dict[str, float]:
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
        down, across = (s for k, s in enumerate(prepared.spacing[::-1]) if k != axis)
        found = shape_features_2d(np.ascontiguousarray(mask.take(0, axis)), (down, across))
        features.update({f"original_shape2D_{name}": found[name] for name in preset.features_of("shape2D")})
    return features


# one filtered image ---------------------------------------------------------------------------------------------


class _Grids:
    """The region's voxels, padded as far as the largest distance of an image type needs."""

    def __init__(self, prepared: PreparedImage) -> None:
        self._mask = np.ascontiguousarray(prepared.mask[prepared.box])
        self._by_pad: dict[int, Grid] = {}

    def of(self, pad: int) -> Grid:
        if pad not in self._by_pad:
            self._by_pad[pad] = Grid.of(self._mask, pad)
        return self._by_pad[pad]


def prepared_image(
    image: Image, region: Image, preset: Preset, name: str
) -> tuple[PreparedImage, ImageFeatures]:
    """One filtered image of a preset by its name (``wavelet-LLH``), ready for features.

    Raises:
        InputError: the preset does not make this image of a volume of this size.
    """
    prepared = prepare(image, region, preset.settings)
    for task, settings in _tasks(prepared, preset):
        if task[0] == name:
            return prepared, _work_on(prepared, _Grids(prepared), task, settings)
    raise InputError(f"The image {name} cannot be made: the volume is too small for its filter.")


def _work_on(
    prepared: PreparedImage, grids: _Grids, task: Task, settings: Mapping[str, Any]
) -> ImageFeatures:
    name, make = task
    grid = grids.of(max([1, *settings.get("distances", [1])]))
    values = make()[prepared.box][grid.mask]
    if not np.isfinite(values).all():
        raise InputError(
            f"The {name} image is not finite in the region; leave this image type out of the preset."
        )
    return ImageFeatures(values, discretise(values, settings), grid, prepared.spacing, settings)


def _image_features(
    prepared: PreparedImage,
    grids: _Grids,
    task: Task,
    settings: Mapping[str, Any],
    classes: Mapping[str, tuple[str, ...]],
) -> dict[str, float]:
    work = _work_on(prepared, grids, task, settings)
    features = {}
    for feature_class, wanted in classes.items():
        found = work.of_class(feature_class, wanted)
        features.update({f"{task[0]}_{feature_class}_{feature}": float(found[feature]) for feature in wanted})
    return features
