"""Outlines on the voxels of the image that they belong to, without any interpolation."""

from __future__ import annotations

import numpy as np

from ..image import Image

_TOLERANCE_VOXELS = 0.02
_TOLERANCE_MM = 0.05


def placed_on(labels: Image, grid: Image) -> Image:
    """``labels`` on the voxels of ``grid`` where both lie on one lattice; otherwise as they are.

    A cropped segmentation, a DICOM segmentation of the slices that hold something, and axes that are stored in another
    order or direction are the same voxels as the image's; another spacing, a rotation or a shift by half a voxel are not,
    and whoever needs one grid refuses them.
    """
    if labels.same_grid(grid):
        return labels
    step = np.linalg.inv(grid.affine[:3, :3]) @ labels.affine[:3, :3]
    turn = np.rint(step)
    start = grid.point_to_index(labels.origin)
    corner = np.rint(start)
    far = np.asarray(labels.size) - 1
    off = np.abs((step - turn) @ np.diag(np.maximum(far, 1))).max() + np.abs(start - corner).max()
    off_mm = off * max(grid.spacing)
    is_permutation = (np.abs(turn).sum(axis=0) == 1).all() and (np.abs(turn).sum(axis=1) == 1).all()
    if not is_permutation or (off > _TOLERANCE_VOXELS and off_mm > _TOLERANCE_MM):
        return labels
    where = np.argwhere(labels.array)
    corner = np.clip(corner, -(1 << 40), 1 << 40)  # a place that is none lies outside too
    target = (where[:, ::-1] @ turn.T + corner).astype(int)
    if ((target < 0) | (target >= np.asarray(grid.size))).any():
        return labels
    array = np.zeros(grid.array.shape, labels.array.dtype)
    array[tuple(target[:, ::-1].T)] = labels.array[tuple(where.T)]
    placed = grid.like(array)
    return Image(placed.array, placed.spacing, placed.origin, placed.direction, labels.metadata)
