"""The grids on which networks look at a patient: cubic voxels along the patient's own axes, whatever the scan's were.

Array axes of such a grid are (z to the head, y to the back, x to the left), so that a network never sees the
acquisition's orientation, and a mirrored left hip is a right hip.
"""

from __future__ import annotations

import numpy as np

from ..core.vectors import as_index, as_point
from ..imaging.image import Image


def patient_grid(centre: np.ndarray, size: tuple[int, int, int], spacing_mm: float) -> Image:
    """An empty grid of ``size`` (z, y, x) voxels about ``centre`` (LPS mm), axes along the patient's."""
    corner = np.asarray(centre, float) - 0.5 * (np.asarray(size[::-1]) - 1) * spacing_mm
    return Image(np.zeros(size, np.uint8), (spacing_mm,) * 3, tuple(corner))


def grid_around(image: Image, spacing_mm: float, multiple: int, most: int = 192) -> Image:
    """The patient grid that covers all of ``image``, its size a multiple of ``multiple``, at most ``most`` an axis."""
    corners = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * (
        np.array(image.size) - 1
    )
    points = image.index_to_point(corners)
    extent = np.ptp(points, axis=0) + spacing_mm
    size = np.ceil(extent / spacing_mm / multiple).astype(int) * multiple
    size = np.clip(size, multiple, most // multiple * multiple)
    return patient_grid(0.5 * (points.min(axis=0) + points.max(axis=0)), tuple(size[::-1]), spacing_mm)


def resample_for_network(image: Image, grid: Image) -> Image:
    """``image`` on ``grid``, averaged first where its voxels are finer, so that noise and edges do not alias.

    Outside the image, and where it is not a number, there is 0. Values are float32.
    """
    factors = [max(1, int(grid.spacing[0] / s + 0.25)) for s in image.spacing]
    image = _needed(image, grid, factors)
    array = image.array.astype(np.float32)
    if not np.isfinite(array).all():
        array = np.where(np.isfinite(array), array, np.float32(0))
    small = array
    for axis, factor in zip((2, 1, 0), factors, strict=True):
        small = _averaged(small, axis, factor)
    origin = image.index_to_point(0.5 * (np.array(factors) - 1.0))
    spacing = as_point(s * f for s, f in zip(image.spacing, factors, strict=True))
    coarse = Image(_with_edge(small), spacing, (0, 0, 0), image.direction)
    corner = np.asarray(origin) - coarse.affine[:3, :3] @ np.ones(3)
    return Image(coarse.array, spacing, as_point(corner), image.direction).resampled_to(grid)


def _needed(image: Image, grid: Image, factors: list[int]) -> Image:
    """The part of an image that ``grid`` lies in, with two groups of voxels about it; its groups stay the same."""
    ends = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * (np.array(grid.size) - 1)
    index, group = image.point_to_index(grid.index_to_point(ends)), np.array(factors)
    low = np.clip(np.floor(index.min(axis=0) / group - 2) * group, 0, None).astype(int)
    high = np.minimum(np.ceil(index.max(axis=0) / group + 3) * group, image.size).astype(int)
    return image if np.any(high <= low) else image.cropped(as_index(low), as_index(high))


def _averaged(array: np.ndarray, axis: int, factor: int) -> np.ndarray:
    """Means of ``factor`` neighbours along ``axis``; the last group may be smaller."""
    if factor == 1:
        return array
    count = array.shape[axis]
    if count % factor == 0:
        parts = [
            array[tuple(slice(k, None, factor) if a == axis else slice(None) for a in range(3))]
            for k in range(factor)
        ]
        return sum(parts[1:], parts[0]) / np.float32(factor)
    edges = np.arange(0, count, factor)
    total = np.add.reduceat(array, edges, axis=axis)
    sizes = np.diff(np.append(edges, count)).astype(np.float32)
    return total / sizes.reshape([-1 if a == axis else 1 for a in range(3)])


def _with_edge(array: np.ndarray) -> np.ndarray:
    """One voxel more on every face, so that linear interpolation reaches the outer half of the outermost voxels."""
    return np.pad(array, 1, mode="edge")


def scale_intensities(array: np.ndarray) -> np.ndarray:
    """Intensities as networks see them: 0 at the 0.5th, 1 at the 99.5th percentile of what is not 0, cut at 1.5."""
    seen = array[array != 0]
    if seen.size == 0:
        return np.zeros(array.shape, np.float32)
    low, high = np.percentile(seen[:: max(1, seen.size // 200_000)], [0.5, 99.5])
    if high - low < 1e-6 * max(abs(float(high)), 1e-6):
        return np.zeros(array.shape, np.float32)
    low = min(float(low), 0.25 * float(high))  # a crop of bright tissue alone is not stretched to black
    return np.where(array != 0, np.clip((array - low) / (high - low), 0.0, 1.5), 0.0).astype(np.float32)


def visible_share(image: Image, centre: np.ndarray, radius: float) -> float:
    """Share of a sphere's volume (LPS mm) that lies inside ``image``."""
    steps = np.linspace(-1, 1, 12)
    ball = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 3)
    ball = ball[(ball**2).sum(axis=1) <= 1.0] * radius + np.asarray(centre, float)
    index = image.point_to_index(ball)
    inside = np.all((index >= -0.5) & (index <= np.asarray(image.size) - 0.5), axis=1)
    return float(inside.mean())
