"""An outline that was found against the true sphere or the true labels, whatever grid each of them lies on."""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.vectors import as_index, as_point
from ONFHAssistLib.imaging.head_sphere import neck_direction
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance
from ONFHAssistLib.readers.agreement import surface_distances

from .table import RealHip

ARTICULAR = 0.4  # radii from the centre down the neck, up to which the head is its sphere, whichever way its neck leaves
GRID_MM = 1.0
DIRECTIONS = 2000
AROUND_MM = 20.0  # that are looked at beyond the true sphere
_STEP_MM = 0.25
_FAR_MM = 50.0  # distance where nothing is outlined near
_FINEST = 8  # parts that a voxel of the truth is divided into, at most, along each axis


def against_sphere(labels: Image, found_side: str, hip: RealHip) -> dict[str, float]:
    """A found head against the articular part of its true sphere.

    The articular part is what lies on the upper, medial side of a plane 0.4 radii down the average neck: there the head
    is a sphere, and no definition of its end at the neck plays a part. Outlines are interpolated between slices by their
    signed distance.

    Returns:
        ``head_dice``: of the part of the head, on 1 mm voxels. ``head_surface_mm``: mean distance of the two surfaces
        along rays from the true centre; ``head_surface_95_mm``: its 95th percentile.
    """
    centre, radius = np.array(hip.centre), hip.radius
    neck = neck_direction(hip.side)
    distance = found_distance(labels, found_side, hip)
    offset = distance.points() - centre
    part = offset @ neck <= ARTICULAR * radius
    true, found = np.linalg.norm(offset, axis=-1) <= radius, distance.array < 0.0
    rays = _directions(DIRECTIONS)
    far = np.abs(_edge_along(distance, centre, rays[rays @ neck <= ARTICULAR]) - radius)
    return {
        "head_dice": dice(true[part], found[part]),
        "head_surface_mm": float(far.mean()),
        "head_surface_95_mm": float(np.percentile(far, 95)),
    }


def _edge_along(distance: Image, centre: np.ndarray, rays: np.ndarray) -> np.ndarray:
    """Where each ray from a point leaves the outline for good, in mm from the point; 0 where it is never inside.

    Only where the distance changes its sign is used: its size is a voxel's part too small beside slanted surfaces.
    """
    steps = np.arange(0.0, 0.5 * (distance.size[0] - 1) * GRID_MM, _STEP_MM)
    points = centre + steps[:, None, None] * rays
    index = distance.point_to_index(points.reshape(-1, 3))[:, ::-1].T
    values = ndimage.map_coordinates(distance.array, index, order=1, mode="nearest").reshape(len(steps), -1)
    inside = values < 0.0
    last = np.where(inside.any(axis=0), len(steps) - 1 - inside[::-1].argmax(axis=0), 0)
    following = np.minimum(last + 1, len(steps) - 1)
    each = np.arange(rays.shape[0])
    at, after = values[last, each], values[following, each]
    part = np.where(after > at, -at / np.where(after > at, after - at, 1.0), 0.0)
    return np.where(inside.any(axis=0), steps[last] + _STEP_MM * np.clip(part, 0.0, 1.0), 0.0)


def found_distance(labels: Image, side: str, hip: RealHip) -> Image:
    """Signed distance in mm to the found head, negative inside, on 1 mm voxels about the true sphere."""
    half = hip.radius + AROUND_MM
    count = 2 * math.ceil(half / GRID_MM) + 1
    corner = as_point(np.array(hip.centre) - 0.5 * (count - 1) * GRID_MM)
    grid = Image(np.zeros((count,) * 3, np.uint8), (GRID_MM,) * 3, corner)
    part = cropped_around(labels, hip)
    mask = head_mask(part.array, side)
    if not mask.any():
        return grid.like(np.full(grid.array.shape, _FAR_MM, np.float32))
    return signed_distance(part.like(mask.astype(np.uint8))).resampled_to(grid, fill=_FAR_MM)


def true_necrosis(truth: Image, side: str) -> dict[str, float]:
    """``true_necrosis_ml`` of true labels and, where the whole head is outlined too, ``true_share``."""
    dead, head = necrosis_mask(truth.array, side), head_mask(truth.array, side)
    record = {"true_necrosis_ml": float(dead.sum() * truth.voxel_volume_ml)}
    if (head & ~dead).any():
        record["true_share"] = float(dead.sum() / head.sum())
    return record


def against_labels(labels: Image, found_side: str, truth: Image, hip: RealHip) -> dict[str, float]:
    """Found outlines against true ones, on the voxels of the truth.

    Returns:
        Of a lesion ``necrosis_overlap_ml`` and ``necrosis_dice``; where the true head is outlined, ``head_dice``,
        ``head_surface_mm`` (mean of both ways) and ``head_surface_95_mm``.
    """
    truth = cropped_around(truth, hip)
    found = {
        "head": share_on(labels, head_mask(labels.array, found_side), truth) >= 0.5,
        "necrosis": share_on(labels, necrosis_mask(labels.array, found_side), truth) >= 0.5,
    }
    true = {"head": head_mask(truth.array, hip.side), "necrosis": necrosis_mask(truth.array, hip.side)}
    record = {}
    if true["necrosis"].any():
        overlap = (true["necrosis"] & found["necrosis"]).sum()
        record["necrosis_overlap_ml"] = float(overlap * truth.voxel_volume_ml)
        record["necrosis_dice"] = dice(true["necrosis"], found["necrosis"])
    if (true["head"] & ~true["necrosis"]).any():
        record["head_dice"] = dice(true["head"], found["head"])
        far = np.concatenate(surface_distances(true["head"], found["head"], truth.spacing))
        if len(far):
            record["head_surface_mm"] = float(far.mean())
            record["head_surface_95_mm"] = float(np.percentile(far, 95))
    return record


def share_on(labels: Image, mask: np.ndarray, grid: Image) -> np.ndarray:
    """Of each voxel of ``grid`` the share that lies in a mask of another grid.

    A voxel of ``grid`` is looked at in as many parts as the mask's finest spacing asks for; of a coarser mask every
    voxel is its nearest neighbour's.

    Args:
        labels: the grid of ``mask``. mask: boolean.
    """
    image = labels.like(mask.astype(np.float32))
    if labels.same_grid(grid):
        return np.asarray(image.array)
    parts = np.clip(np.ceil(np.array(grid.spacing) / min(labels.spacing) - 1e-6), 1, _FINEST).astype(int)
    spacing = np.array(grid.spacing) / parts
    shape = tuple(int(n) for n in (np.array(grid.size) * parts)[::-1])
    first = grid.index_to_point(0.5 / parts - 0.5)
    fine = Image(np.zeros(shape, np.uint8), as_point(spacing), as_point(first), grid.direction)
    values = image.resampled_to(fine, "nearest").array
    x, y, z = (int(n) for n in parts)
    nz, ny, nx = grid.array.shape
    return np.asarray(values.reshape(nz, z, ny, y, nx, x).mean(axis=(1, 3, 5)))


def cropped_around(image: Image, hip: RealHip) -> Image:
    """The part of an image about the true sphere, and all of it where the sphere lies outside."""
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)])
    index = image.point_to_index(np.array(hip.centre) + corners * (hip.radius + AROUND_MM))
    low, high = np.floor(index.min(axis=0)).astype(int), np.ceil(index.max(axis=0)).astype(int) + 1
    if np.any(high <= 0) or np.any(low >= np.array(image.size)):
        return image
    return image.cropped(as_index(low), as_index(high))


def dice(first: np.ndarray, second: np.ndarray) -> float:
    """Overlap of two masks, 1 of equal ones; NaN of two empty ones."""
    both = int(first.sum()) + int(second.sum())
    return 2.0 * int((first & second).sum()) / both if both else math.nan


def _directions(count: int) -> np.ndarray:
    """Unit vectors spread evenly over the sphere (Fibonacci's lattice), shape (count, 3)."""
    number = np.arange(count) + 0.5
    z = 1.0 - 2.0 * number / count
    turn = np.pi * (1.0 + math.sqrt(5.0)) * number
    level = np.sqrt(1.0 - z**2)
    return np.stack([level * np.cos(turn), level * np.sin(turn), z], axis=1)
