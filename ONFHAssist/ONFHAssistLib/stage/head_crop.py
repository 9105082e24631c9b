"""Femoral heads cut out of a hip volume for the stager, in one orientation, and answers put back where they belong.

The crop is a cube about the head, radius plus a margin to each side, sampled as 32 x 112 x 64 voxels: from front to
back, from top to bottom, and from lateral to medial. It reads like a stack of coronal slices of a *right* hip; a left
hip is mirrored onto it. The study gives only the numbers 32 x 112 x 64; their assignment to the axes is our reading:
32 along the front-to-back axis, in which coronal series have their thick slices, 112 where subchondral bands are
thin.

The crop is an :class:`.image.Image` with its own geometry (for a left hip a reflection), so that putting anything
back is resampling between two grids and nothing else.
"""

from __future__ import annotations

import numpy as np

from ..core.errors import InputError
from ..imaging.head import FemoralHead
from ..imaging.image import Image

SHAPE = (32, 112, 64)  # front to back, top to bottom, lateral to medial
MARGIN_MM = 8.0
RADIUS_RANGE_MM = (12.0, 40.0)


def crop_grid(
    head: FemoralHead, margin: float = MARGIN_MM, shape: tuple[int, int, int] = SHAPE, widen: float = 1.0
) -> Image:
    """The empty voxels of a head's crop.

    Args:
        head: whose centre is the middle of the crop.
        margin: mm between the head's surface and the faces of the cube.
        shape: voxels front to back, top to bottom, lateral to medial.
        widen: makes the cube larger about its centre by this factor, with voxels of the same size as ``shape`` gives.

    Raises:
        InputError: a radius that no femoral head has.
    """
    low, high = RADIUS_RANGE_MM
    if not low <= head.radius <= high:
        raise InputError(
            f"The radius of head {head.side} is {head.radius:.4g} mm; {low:g} to {high:g} mm is expected."
        )
    counts = np.round(np.asarray(shape) * widen).astype(int)
    spacing = 2.0 * (head.radius + margin) / np.asarray(shape, float)
    medial = 1.0 if head.side == "R" else -1.0
    # Columns are the LPS directions of the index axes: medial, down, back.
    direction = np.array([[medial, 0, 0], [0, 0, 1], [0, -1, 0]], float)
    step = spacing[::-1]
    first = np.asarray(head.centre) - direction @ (0.5 * (counts[::-1] - 1) * step)
    return Image(np.zeros(counts, np.uint8), tuple(step), tuple(first), tuple(direction.ravel()))


def crop_head(image: Image, grid: Image, interpolator: str = "linear") -> Image:
    """``image`` on the voxels of a crop, float32; what lies outside the field of view gets the image's smallest value.

    Voxels of the crop are long from front to back, so two samples are averaged there (labels, "nearest", are not).
    """
    fill = float(image.array.min())
    if interpolator == "nearest":
        return image.resampled_to(grid, "nearest", fill=0.0)
    depth, height, width = grid.array.shape
    spacing = (*grid.spacing[:2], grid.spacing[2] / 2)
    first = grid.index_to_point((0.0, 0.0, -0.25))
    fine = Image(np.zeros((2 * depth, height, width), np.uint8), spacing, tuple(first), grid.direction)
    moved = image.resampled_to(fine, interpolator, fill).array.astype(np.float32)
    return grid.like(0.5 * (moved[0::2] + moved[1::2]), **image.metadata)


def resample_to_image(crop: Image, image: Image) -> Image:
    """A crop's values (a heatmap) on the voxels of ``image``, linear between voxels, 0 outside the crop."""
    return crop.resampled_to(image, "linear", fill=0.0)


def distance_from_centre(grid: Image, head: FemoralHead) -> np.ndarray:
    """Distance in mm of every voxel of ``grid`` from the head's centre; grids that are not oblique only as fast."""
    return np.linalg.norm(grid.points() - np.asarray(head.centre), axis=-1)


def share_in_view(image: Image, head: FemoralHead, points_across: int = 24) -> float:
    """Share of the head's ball that lies within the image's field of view, 0..1."""
    line = (np.arange(points_across) + 0.5) / points_across * 2.0 - 1.0
    ball = np.stack(np.meshgrid(line, line, line, indexing="ij"), axis=-1).reshape(-1, 3)
    ball = ball[(ball**2).sum(axis=1) <= 1.0]
    index = image.point_to_index(np.asarray(head.centre) + head.radius * ball)
    size = np.asarray(image.size)
    inside = ((index >= -0.5 - 1e-6) & (index <= size - 0.5 + 1e-6)).all(axis=1)
    return float(inside.mean())
