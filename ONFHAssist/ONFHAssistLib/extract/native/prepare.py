"""From image and region to the grid that features are taken on: normalise, resample, crop, resegment.

Follows PyRadiomics 3.0.1 step by step (``featureextractor.loadImage``, ``imageoperations``); the grid of the
resampled image starts at the corner of the mask's grid, not at its centre, and an integer image stays integer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ...core.errors import InputError
from ...core.vectors import Box, Point, as_box, as_point
from ...imaging.image import Image
from .spline import resample_spline

NOTHING_LEFT = "No voxel of the region is left after resampling; it is too small for this spacing."
# A B-spline coefficient depends on its neighbours by 0.268^distance: 24 voxels away that is below 1e-13.
_SPLINE_MARGIN = 24
_SMALL_IMAGE = 300_000  # voxels
_PYRADIOMICS_INTERPOLATORS = (
    sitk.sitkNearestNeighbor, sitk.sitkLinear, sitk.sitkBSpline, sitk.sitkGaussian, sitk.sitkLabelGaussian,
    sitk.sitkHammingWindowedSinc, sitk.sitkCosineWindowedSinc, sitk.sitkWelchWindowedSinc,
    sitk.sitkLanczosWindowedSinc, sitk.sitkBlackmanWindowedSinc,
)  # fmt: skip


@dataclass
class PreparedImage:
    """An image ready for filters.

    Attributes:
        array: grey values, shape (z, y, x).
        shape_mask: region for the shape features, bool.
        mask: region for all other features (after resegmentation), bool.
        spacing: (x, y, z) in mm.
        box: slices (z, y, x) of the bounding box of ``mask``.
        origin: LPS position in mm of the first voxel; the axes point as those of the mask.
    """

    array: np.ndarray
    shape_mask: np.ndarray
    mask: np.ndarray
    spacing: Point
    box: Box
    origin: Point = (0.0, 0.0, 0.0)

    def to_sitk(self) -> sitk.Image:
        """The image for SimpleITK's filters; they need its spacing and nothing else of the geometry."""
        image = sitk.GetImageFromArray(self.array)
        image.SetSpacing(self.spacing)
        return image


def prepare(image: Image, region: Image, settings: Mapping[str, Any]) -> PreparedImage:
    """Apply the pre-processing that ``settings`` ask for.

    Args:
        image: grey values.
        region: 0 and 1; on another grid only where ``correctMask`` is set.
        settings: PyRadiomics' keys.

    Raises:
        InputError: the region does not lie inside the image, is lost in resampling or resegmentation, or becomes
            smaller than the settings allow.
    """
    if not image.same_grid(region) or region.array.shape != image.array.shape:
        return _prepare_with_sitk(image, region, settings)
    spacing_wanted = settings.get("resampledPixelSpacing")
    moments = _moments(image.array) if settings.get("normalize", False) else None
    if spacing_wanted is not None and settings.get("interpolator", "sitkBSpline") is not None:
        array, mask, spacing, origin = _resample(image, region, settings, moments)
    else:
        array, mask, spacing = _normalise(image.array, moments, settings), region.array > 0, image.spacing
        origin = np.asarray(image.origin)
        if settings.get("preCrop", False):
            box = padded_box(bounding_box(mask), mask.shape, int(settings.get("padDistance", 5)))
            array, mask, origin = array[box], mask[box], corner(image, box)
    return _finish(array, mask, spacing, origin, settings)


def _finish(
    array: np.ndarray, mask: np.ndarray, spacing: Point, origin: np.ndarray, settings: Mapping[str, Any]
) -> PreparedImage:
    array = np.ascontiguousarray(array)
    check_extent(mask, settings)
    kept = mask
    if settings.get("resegmentRange") is not None:
        kept = _resegment(array, mask, settings)
        check_extent(kept, settings)
    shape_mask = kept if settings.get("resegmentShape", False) else mask
    return PreparedImage(array, shape_mask, kept, spacing, bounding_box(kept), as_point(origin))


# region -----------------------------------------------------------------------------------------------------


def bounding_box(mask: np.ndarray) -> Box:
    """Slices (z, y, x) around the voxels that are set."""
    slices = []
    for axis in range(3):
        others = tuple(a for a in range(3) if a != axis)
        where = np.flatnonzero(mask.any(axis=others))
        if not len(where):
            raise InputError(NOTHING_LEFT)
        slices.append(slice(int(where[0]), int(where[-1]) + 1))
    return as_box(slices)


def corner(image: Image, box: Box) -> np.ndarray:
    """LPS position in mm of the first voxel of a box (z, y, x)."""
    return image.index_to_point([s.start for s in box[::-1]])


def padded_box(box: Box, shape: tuple[int, ...], margin: int) -> Box:
    """A box grown by ``margin`` voxels, inside the array."""
    return as_box(
        slice(max(0, s.start - margin), min(n, s.stop + margin)) for s, n in zip(box, shape, strict=True)
    )


def check_extent(mask: np.ndarray, settings: Mapping[str, Any]) -> None:
    """Raise :class:`InputError` where the region has too few voxels or dimensions for the settings."""
    box = bounding_box(mask)
    extended = sum(s.stop - s.start > 1 for s in box)
    wanted = int(settings.get("minimumROIDimensions", 2))
    if extended == 0:
        raise InputError("The region is a single voxel on the grid of the features; at least two are needed.")
    if extended < wanted:
        raise InputError(
            f"The region extends along {extended} of the three axes on the grid of the features; the preset wants "
            f"at least {wanted} (minimumROIDimensions)."
        )
    minimum = settings.get("minimumROISize")
    if minimum is not None:
        count = int(np.count_nonzero(mask))
        if count <= minimum:
            raise InputError(
                f"The region has {count} voxels on the grid of the features; the preset wants more than {minimum} "
                "(minimumROISize)."
            )


def _resegment(array: np.ndarray, mask: np.ndarray, settings: Mapping[str, Any]) -> np.ndarray:
    limits = sorted(settings["resegmentRange"])
    mode = settings.get("resegmentMode", "absolute")
    values = array[mask]
    if mode == "relative":
        limits = [values.max() * limit for limit in limits]
    elif mode == "sigma":
        mean, deviation = np.mean(values), np.std(values)
        limits = [mean + deviation * limit for limit in limits]
    keep = values >= limits[0]
    if len(limits) == 2:
        keep &= values <= limits[1]
    count = int(np.count_nonzero(keep))
    if count <= 1:
        raise InputError(
            f"Resegmentation to {settings['resegmentRange']} ({mode}) leaves {count} voxels of the region."
        )
    kept = np.zeros_like(mask)
    kept[mask] = keep
    return kept


# intensities ------------------------------------------------------------------------------------------------


def _moments(array: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation (n - 1) over the whole image, as ITK's Normalize has them.

    Small images go through ITK itself: there a band that should be zero is rounding, and must round the same.
    """
    if array.size < _SMALL_IMAGE:
        statistics = sitk.StatisticsImageFilter()
        statistics.SetNumberOfWorkUnits(1)  # the order of the sum must not depend on the cores of the machine
        statistics.Execute(sitk.GetImageFromArray(array))
        return statistics.GetMean(), statistics.GetSigma()
    values = array.astype(np.float64).ravel()
    n = values.size
    total, squares = float(np.add.reduce(values)), float(np.dot(values, values))
    variance = (squares - total * total / n) / (n - 1)
    return total / n, float(np.sqrt(variance))


def _normalise(
    array: np.ndarray, moments: tuple[float, float] | None, settings: Mapping[str, Any]
) -> np.ndarray:
    """Z-score with outliers cut, times the scale; the array itself where not asked for."""
    if moments is None:
        return array
    mean, deviation = moments
    if deviation == 0:
        raise InputError("The image has the same value everywhere; it cannot be normalised.")
    scored = (array.astype(np.float64) - mean) * (1.0 / deviation)
    outliers = settings.get("removeOutliers")
    if outliers is not None:
        np.clip(scored, -outliers, outliers, out=scored)
    scored *= settings.get("normalizeScale", 1)
    return scored


def _scored(image: Image, moments: tuple[float, float], settings: Mapping[str, Any]) -> sitk.Image:
    """The normalised image in ITK's hands; an Image would round it to single precision."""
    scored = sitk.GetImageFromArray(_normalise(image.array, moments, settings))
    scored.SetSpacing(image.spacing)
    scored.SetOrigin(image.origin)
    scored.SetDirection(image.direction)
    return scored


# resampling -------------------------------------------------------------------------------------------------


def _interpolator(name: str | int) -> int:
    return getattr(sitk, name) if isinstance(name, str) else _PYRADIOMICS_INTERPOLATORS[int(name) - 1]


def feature_grid(
    size: np.ndarray, spacing: np.ndarray, low: np.ndarray, count: np.ndarray, settings: Mapping[str, Any]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The grid that features are taken on; all vectors are (x, y, z).

    Args:
        size: voxels of the mask's grid.
        spacing: of the mask's grid, mm.
        low: index of the first voxel of the region's bounding box.
        count: voxels of that box.
        settings: ``resampledPixelSpacing`` (0 keeps the spacing of that axis) and ``padDistance``.

    Returns:
        Spacing in mm, continuous index of the first voxel on the mask's grid, and size.
    """
    wanted = np.asarray(settings["resampledPixelSpacing"], float)
    if len(wanted) != len(spacing):
        raise InputError(
            f"The preset's resampledPixelSpacing has {len(wanted)} numbers; a volume needs three."
        )
    wanted = np.where(wanted == 0, spacing, wanted)
    wanted = np.where(count != 1, wanted, spacing)  # a region of one slice stays as it is across the slice
    ratio = spacing / wanted
    pad = int(settings.get("padDistance", 5))
    first = np.maximum(np.floor((low - 0.5) * ratio - pad), 0)
    last = np.minimum(np.ceil((low + count - 0.5) * ratio + pad), np.ceil(size * ratio) - 1)
    start = 0.5 * (wanted - spacing) / spacing + first / ratio
    return wanted, start, (last - first + 1).astype(int)


def _resample(
    image: Image, region: Image, settings: Mapping[str, Any], moments: tuple[float, float] | None
) -> tuple[np.ndarray, np.ndarray, Point, np.ndarray]:
    mask = region.array > 0
    box = bounding_box(mask)
    low = np.array([s.start for s in box[::-1]])
    count = np.array([s.stop - s.start for s in box[::-1]])
    spacing = np.asarray(region.spacing)
    wanted, start, size = feature_grid(np.asarray(region.size), spacing, low, count, settings)
    if np.allclose(image.spacing, wanted):
        crop = padded_box(box, mask.shape, int(settings.get("padDistance", 5)))
        return (
            _normalise(image.array[crop], moments, settings),
            mask[crop],
            image.spacing,
            corner(image, crop),
        )
    marks = region.like(mask.astype(np.uint8)).to_sitk()
    grid = _Grid(
        wanted, marks.TransformContinuousIndexToPhysicalPoint(start.tolist()), region.direction, size
    )
    kept = sitk.GetArrayFromImage(grid.resample_sitk(marks, sitk.sitkNearestNeighbor)) > 0
    if not kept.any():  # such as with a spacing beyond all reason, whose places no integer holds
        raise InputError(NOTHING_LEFT)
    kind = _interpolator(settings.get("interpolator", "sitkBSpline"))
    whole_numbers = image.array.dtype.kind in "iub" and moments is None
    spline = kind == sitk.sitkBSpline and (not whole_numbers or 2 in image.size)
    if whole_numbers and not spline:
        # ITK rounds to whole numbers, and ties must fall as they do for the whole image.
        return (
            sitk.GetArrayFromImage(grid.resample_sitk(image.to_sitk(), kind)),
            kept,
            (wanted[0], wanted[1], wanted[2]),
            grid.origin,
        )
    # Only what the spline can reach is normalised and resampled; the rest of the volume changes nothing.
    last = start + (size - 1) * wanted / spacing
    low = np.maximum(np.floor(start).astype(int) - _SPLINE_MARGIN, 0)
    high = np.minimum(np.ceil(last).astype(int) + _SPLINE_MARGIN + 1, image.size)
    near = tuple(slice(int(a), int(max(b, a + 1))) for a, b in zip(low[::-1], high[::-1], strict=True))
    values = _normalise(np.ascontiguousarray(image.array[near]), moments, settings)
    if spline:  # with two voxels on an axis ITK's own reads beyond its memory
        places = [(start + np.arange(n)[:, None] * wanted / spacing - low)[:, k] for k, n in enumerate(size)]
        moved = resample_spline(values, places[::-1])
        if whole_numbers:
            limits = np.iinfo(values.dtype)
            moved = np.clip(np.rint(moved), limits.min, limits.max)
        moved = moved.astype(values.dtype)
    else:
        moved = grid.resample(values, image.spacing, image.index_to_point(low), kind)
    return moved, kept, (wanted[0], wanted[1], wanted[2]), grid.origin


@dataclass
class _Grid:
    """Output of a resampling."""

    spacing: np.ndarray
    origin: np.ndarray
    direction: tuple
    size: np.ndarray

    def resample(
        self, array: np.ndarray, spacing: tuple, origin: np.ndarray, interpolator: int
    ) -> np.ndarray:
        source = sitk.GetImageFromArray(array)
        source.SetSpacing(tuple(spacing))
        source.SetOrigin(tuple(origin))
        source.SetDirection(self.direction)
        return sitk.GetArrayFromImage(self.resample_sitk(source, interpolator))

    def resample_sitk(self, source: sitk.Image, interpolator: int) -> sitk.Image:
        return sitk.Resample(
            source,
            [int(n) for n in self.size],
            sitk.Transform(),
            interpolator,
            tuple(self.origin),
            tuple(self.spacing),
            self.direction,
            0.0,
            source.GetPixelID(),
        )


# a mask on its own grid (correctMask) -------------------------------------------------------------------------


def _prepare_with_sitk(image: Image, region: Image, settings: Mapping[str, Any]) -> PreparedImage:
    """The mask has its own grid: resample it to the image, or both to the grid that the mask gives."""
    moments = _moments(image.array) if settings.get("normalize", False) else None
    scored = image.to_sitk() if moments is None else _scored(image, moments, settings)
    box = bounding_box(region.array > 0)
    low = np.array([s.start for s in box[::-1]])
    count = np.array([s.stop - s.start for s in box[::-1]])
    corners = region.index_to_point(np.stack([low - 0.5, low + count - 0.5]))
    inside = image.point_to_index(corners)
    if (inside.min(0) < -0.501).any() or (inside.max(0) > np.asarray(image.size) - 0.499).any():
        raise InputError(
            "The region reaches beyond the image; correctMask cannot help, outline it on this image."
        )
    source = sitk.Cast(region.to_sitk(), sitk.sitkUInt32)
    if settings.get("resampledPixelSpacing") is not None and settings.get("interpolator", "") is not None:
        spacing = np.asarray(region.spacing)
        wanted, start, size = feature_grid(np.asarray(region.size), spacing, low, count, settings)
        if not np.allclose(image.spacing, wanted):
            grid = _Grid(wanted, region.index_to_point(start), region.direction, size)
            kind = _interpolator(settings.get("interpolator", "sitkBSpline"))
            array = sitk.GetArrayFromImage(grid.resample_sitk(scored, kind))
            mask = sitk.GetArrayFromImage(grid.resample_sitk(source, sitk.sitkNearestNeighbor)) > 0
            return _finish(array, mask, (wanted[0], wanted[1], wanted[2]), grid.origin, settings)
    onto = sitk.Resample(
        source, image.to_sitk(), sitk.Transform(), sitk.sitkNearestNeighbor, 0, sitk.sitkUInt32
    )
    mask = sitk.GetArrayFromImage(onto) > 0
    crops = settings.get("resampledPixelSpacing") is not None or settings.get("preCrop", False)
    box = padded_box(bounding_box(mask), mask.shape, int(settings.get("padDistance", 5)) if crops else 10**9)
    return _finish(
        sitk.GetArrayFromImage(scored)[box], mask[box], image.spacing, corner(image, box), settings
    )
