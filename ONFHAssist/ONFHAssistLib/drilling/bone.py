"""One hip on cubic voxels along the patient's axes: where femur, head and lesion are, and how deep a point lies.

Search and figures read it; the rules are checked on the masks alone (:mod:`.checks`), not on these distances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..core.vectors import as_point, box_of
from ..imaging.head_sphere import fit_sphere, neck_direction
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS
from ..segment.femur import block_about

STEP_MM = 1.0  # of the voxels
REACH_UP_MM, REACH_DOWN_MM = 42.0, 150.0  # of a given femur, about the head's centre
REACH_SIDE_MM = 95.0


@dataclass(frozen=True)
class HipBone:
    """Femur, head and lesion of one side on one grid of cubic voxels along LPS.

    Attributes:
        side: "R" or "L".
        bone: boolean image (uint8) of the femur with its head.
        head: boolean (z, y, x) on the grid of ``bone``. lesion: likewise.
        centre: of the head's sphere, LPS mm. radius: mm.
        covered: share of the outlined head that the femur covers before both are joined.
        views: grids that the femur was looked for in, the image above all; beyond any of them nothing is known. Without
            one everything counts as seen.
    """

    side: str
    bone: Image
    head: np.ndarray
    lesion: np.ndarray
    centre: np.ndarray
    radius: float
    covered: float
    views: tuple[Image, ...] = ()

    @cached_property
    def depth(self) -> np.ndarray:
        """Distance in mm of every voxel in the bone to its surface, 0 outside; (z, y, x), float32."""
        mask = np.pad(np.asarray(self.bone.array) != 0, 1)
        inside = ndimage.distance_transform_edt(mask, self.bone.spacing[::-1])[1:-1, 1:-1, 1:-1]
        # The surface runs half a voxel before the centre of the nearest voxel outside.
        return np.clip(inside - 0.5 * STEP_MM, 0.0, None).astype(np.float32)

    @cached_property
    def lesion_points(self) -> np.ndarray:
        """LPS mm of the voxels of the lesion, shape (n, 3)."""
        return self.bone.index_to_point(np.argwhere(self.lesion)[:, ::-1])

    @property
    def lesion_ml(self) -> float:
        """Volume of the lesion on this grid."""
        return float(self.lesion.sum()) * self.bone.voxel_volume_ml

    def depth_at(self, points: np.ndarray) -> np.ndarray:
        """Depth in mm at LPS points, shape (..., 3), linear between voxels; 0 outside."""
        index = self.bone.point_to_index(points)[..., ::-1]
        found = ndimage.map_coordinates(self.depth, np.moveaxis(index, -1, 0), order=1, mode="constant")
        return np.asarray(found)

    def from_edge(self, points: np.ndarray) -> np.ndarray:
        """Distance in mm of LPS points (..., 3) to the nearest face of what was seen, negative beyond it."""
        least = np.full(np.shape(points)[:-1], np.inf)
        for view in self.views:
            index = view.point_to_index(points)  # the outer voxels reach half a voxel beyond their centres
            inside = np.minimum(index + 0.5, np.array(view.size) - 0.5 - index) * view.spacing
            least = np.minimum(least, inside.min(axis=-1))
        return least


def hip_bone(
    labels: Image,
    side: str,
    femur: Image,
    sphere: tuple[np.ndarray, float] | None = None,
    views: Sequence[Image] = (),
) -> HipBone:
    """The bone of one hip.

    Within the articular surface the outlined head counts, as the user corrects it; below it the femur.

    Args:
        labels: values of :mod:`..imaging.labels`, any geometry.
        femur: of this side: a mask, or the probability 0..1 of femur; any geometry.
        sphere: centre and radius where they are known.
        views: see :class:`HipBone`.

    Raises:
        InputError: no head of that side, or one too small for a sphere.
    """
    array = np.asarray(labels.array)
    whole = labels.like(np.isin(array, (HEAD[side], NECROSIS[side])).astype(np.float32))
    if not np.any(whole.array):
        raise InputError(f"The segmentation has no femoral head {side}; outline it first.")
    centre, radius = fit_sphere(whole, side) if sphere is None else sphere
    centre = np.asarray(centre, float)
    grid = _grid(femur, centre, side)
    found = _part(femur, grid).resampled_to(grid).array >= 0.5
    head = _part(whole, grid).resampled_to(grid).array >= 0.5
    dead = _part(labels.like((array == NECROSIS[side]).astype(np.float32)), grid).resampled_to(grid)
    covered = float((found & head).sum()) / max(int(head.sum()), 1)
    bone = _joined(grid, found, head, centre, float(radius), side)
    return HipBone(
        side,
        grid.like(bone.astype(np.uint8)),
        head,
        head & (dead.array >= 0.5),
        centre,
        float(radius),
        covered,
        tuple(views),
    )


def views_of(image: Image, found: bool, centre: np.ndarray, side: str) -> tuple[Image, ...]:
    """What is seen of a hip: the image, and the network's block about the head where the femur was found in that."""
    return (image, block_about(centre, side)) if found else (image,)


def _joined(
    grid: Image, femur: np.ndarray, head: np.ndarray, centre: np.ndarray, radius: float, side: str
) -> np.ndarray:
    """One piece of bone: the outlined head over the femur where the joint surface is, the femur elsewhere."""
    points_down_neck = _along(grid, centre, neck_direction(side))
    articular = (grid.distances(centre) < radius + 4.0) & (points_down_neck < 0.35 * radius)
    bone = np.where(articular, head, femur | head)
    pieces, count = ndimage.label(bone)
    if count > 1:
        inside = np.bincount(pieces[head], minlength=count + 1)
        inside[0] = 0
        bone = pieces == int(inside.argmax())
    # What lies within is bone too: a sclerotic or dark patch that was left out, the canal of the shaft.
    return np.asarray(ndimage.binary_fill_holes(bone))


def _along(grid: Image, centre: np.ndarray, direction: np.ndarray) -> np.ndarray:
    """How far every voxel centre lies from a point along a unit vector, mm, (z, y, x); the grid runs along LPS."""
    offset = (np.asarray(grid.origin) - centre) @ direction
    z, y, x = (np.arange(n) * STEP_MM * d for n, d in zip(grid.size[::-1], direction[::-1], strict=True))
    return np.asarray(offset + z[:, None, None] + y[:, None] + x)


def _grid(femur: Image, centre: np.ndarray, side: str) -> Image:
    """Cubic voxels about the femur and its head, as far as a plan needs."""
    low, high = centre - REACH_SIDE_MM, centre + REACH_SIDE_MM
    low[2], high[2] = centre[2] - REACH_DOWN_MM, centre[2] + REACH_UP_MM
    box = box_of(np.asarray(femur.array) >= 0.5)
    if box is None:
        box = box_of(np.ones(block_about(centre, side).array.shape, bool))
        femur = block_about(centre, side)
    assert box is not None
    ends = np.array([[s.start, s.stop - 1] for s in box[::-1]], float)
    corners = femur.index_to_point(
        np.array([[ends[0, i], ends[1, j], ends[2, k]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    )
    ball = np.array([centre - 32.0, centre + 32.0])  # the head, whatever the femur covers
    low = np.maximum(low, np.minimum(corners.min(axis=0) - 3.0, ball[0]))
    high = np.minimum(high, np.maximum(corners.max(axis=0) + 3.0, ball[1]))
    size = np.maximum(np.ceil((high - low) / STEP_MM).astype(int) + 1, 8)
    return Image(np.zeros(size[::-1], np.uint8), (STEP_MM,) * 3, as_point(low))


def _part(image: Image, grid: Image) -> Image:
    """The part of an image about a grid, as float32 so that it can be interpolated."""
    ends = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * (np.array(grid.size) - 1)
    index = image.point_to_index(grid.index_to_point(ends))
    low = np.clip(np.floor(index.min(axis=0)) - 2, 0, None).astype(int)
    high = np.minimum(np.ceil(index.max(axis=0)) + 3, image.size).astype(int)
    if np.all(high > low):
        image = image.cropped((low[0], low[1], low[2]), (high[0], high[1], high[2]))
    return image.like(np.asarray(image.array).astype(np.float32))
