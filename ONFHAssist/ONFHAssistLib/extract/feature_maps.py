"""Voxel-wise feature maps: a feature of the small neighbourhood of every voxel of a region, as a volume.

What PyRadiomics calls voxel-based extraction: grey levels are binned once over the whole region, then the feature is
taken from the cube of ``2 r + 1`` voxels around each voxel, as far as the cube lies in the region.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.errors import Cancelled, InputError
from ..core.progress import Progress
from ..imaging.image import Image
from .catalogue import describe_feature, image_names_of
from .presets import Preset, load_preset
from .radiomics import check_region, region_mask

_CHUNK = 256  # voxels between two looks at ``cancelled``


def feature_map(
    image: Image,
    mask: Image,
    feature_name: str,
    preset: str | Path | Preset = "dlr-mri",
    kernel_radius: int | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    label: int | Iterable[int] | None = None,
) -> Image:
    """A volume whose voxels hold the feature of their neighbourhood.

    Args:
        image: grey values, shape (z, y, x).
        mask: labels on the same grid.
        feature_name: full name, for example ``original_glcm_Contrast``; not of shape.
        preset: its pre-processing, filters and binning hold.
        kernel_radius: voxels of the grid that features are taken on (mm where that is resampled to 1 mm). None takes the
            preset's, which is 1 where its file names none.
        progress: called with a share between 0 and 1 and a text.
        cancelled: asked now and then; true stops the work.
        label: label of the region; several are merged. None takes the preset's.

    Returns:
        float32 on the geometry of ``image``; outside the region, and where the neighbourhood gives no value, it is the
        preset's ``initValue``, else 0.

    Raises:
        InputError: the feature is unknown, of shape or not among the preset's images; the radius is below 1; all that
            :func:`~.radiomics.extract_radiomics` refuses.
        Cancelled: as asked.
    """
    from .native.engine import prepared_image

    preset = load_preset(preset)
    label = preset.label if label is None else label
    kernel_radius = int(preset.settings.get("kernelRadius", 1)) if kernel_radius is None else kernel_radius
    empty = float(preset.settings.get("initValue", 0.0))
    wanted = _check(feature_name, preset, kernel_radius)
    region = region_mask(image, mask, label, preset)
    check_region(image, region, preset)
    report = progress or (lambda _share, _text: None)
    report(0.0, f"Preparing {wanted.image}")
    prepared, work = prepared_image(image, region, preset, wanted.image)
    values = _walk(work, wanted, kernel_radius, report, cancelled or (lambda: False))
    grid = np.full(prepared.array.shape, empty, np.float32)
    inside = np.full(work.grid.mask.shape, empty, np.float32)
    inside[work.grid.mask] = np.where(np.isfinite(values), values, empty)
    grid[prepared.box] = inside
    report(1.0, f"{feature_name} mapped")
    facts = {"feature": feature_name, "preset": preset.name, "preset_sha256": preset.sha256}
    return image.like(
        _on_input(grid, prepared, image, region, empty), kernel_radius=str(kernel_radius), **facts
    )


def _check(feature_name: str, preset: Preset, kernel_radius: int):
    try:
        wanted = describe_feature(feature_name)
    except ValueError as error:
        raise InputError(f"There is no feature {feature_name!r}: {error}.") from None
    if not wanted.mappable:
        raise InputError(f"{feature_name} describes the region as a whole; a map of it cannot be made.")
    if wanted.image not in image_names_of(preset):
        raise InputError(
            f"The preset {preset.name} makes no image {wanted.image!r}; choose another preset or feature."
        )
    if not preset.settings.get("maskedKernel", True):
        raise InputError(
            f"The preset {preset.name} sets maskedKernel to false; here a map's neighbourhoods end at the region: set it "
            "to true."
        )
    if kernel_radius < 1:
        raise InputError(f"The kernel radius is {kernel_radius}; it should be at least 1 voxel.")
    return wanted


def _walk(work, wanted, radius: int, report: Progress, cancelled: Callable[[], bool]) -> np.ndarray:
    places = np.argwhere(work.grid.mask)
    index = np.full(work.grid.mask.shape, -1, np.int32)
    index[work.grid.mask] = work.levels.index
    raw = np.zeros(work.grid.mask.shape)
    raw[work.grid.mask] = work.values
    values = np.zeros(len(places), np.float32)

    def part(start: int) -> None:
        for v in range(start, min(start + _CHUNK, len(places))):
            box = tuple(slice(max(0, c - radius), c + radius + 1) for c in places[v])
            value = work.local(raw[box], index[box], wanted.feature_class, wanted.feature)
            values[v] = value

    starts = range(0, len(places), _CHUNK)
    with ThreadPoolExecutor(max(1, min(4, (os.cpu_count() or 2) // 2))) as pool:
        jobs = [pool.submit(part, start) for start in starts]
        for done, job in enumerate(jobs, 1):
            if cancelled():
                pool.shutdown(wait=True, cancel_futures=True)
                raise Cancelled("The feature map was cancelled.")
            job.result()
            report(
                0.05 + 0.9 * done / len(jobs),
                f"{wanted.name}: {min(done * _CHUNK, len(places))} of {len(places)} voxels",
            )
    return values


def _on_input(grid: np.ndarray, prepared, image: Image, region: Image, empty: float) -> np.ndarray:
    """Back onto the input's voxels: nearest, so that the map's values stay what they are."""
    if grid.shape == image.array.shape and np.allclose(prepared.spacing, image.spacing):
        return grid
    source = sitk.GetImageFromArray(grid)
    source.SetSpacing(prepared.spacing)
    source.SetOrigin(prepared.origin)
    source.SetDirection(image.direction)
    moved = sitk.GetArrayFromImage(
        sitk.Resample(source, image.to_sitk(), sitk.Transform(), sitk.sitkNearestNeighbor, empty)
    )
    if region.array.shape != image.array.shape:
        return moved
    return np.where(region.array > 0, moved, np.float32(empty))
