"""The voxels of a region as a flat list on a padded array, so that no neighbour needs a check of bounds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from . import matrices


@lru_cache(maxsize=64)
def directions(size: tuple[int, ...], distances: tuple[int, ...], flat_axis: int | None) -> np.ndarray:
    """One of each pair of opposite directions, (z, y, x), in PyRadiomics' order.

    A direction belongs to a distance by its largest component (infinity norm). Components that leave the bounding
    box of the region are left out, and so are those along ``flat_axis``.
    """
    reach = max(distances)
    span = np.arange(reach, -reach - 1, -1)
    steps = np.stack(np.meshgrid(span, span, span, indexing="ij"), axis=-1).reshape(-1, 3)
    steps = steps[: len(steps) // 2]  # the second half mirrors the first
    allowed = np.isin(np.abs(steps).max(axis=1), list(distances))
    allowed &= (np.abs(steps) < np.asarray(size)).all(axis=1)
    if flat_axis is not None:
        allowed &= steps[:, flat_axis] == 0
    return steps[allowed]


@dataclass
class Grid:
    """Where the voxels of a region are.

    Attributes:
        mask: region on its bounding box, bool (z, y, x).
        pad: empty voxels around the box.
        padded_shape: shape with them.
        voxels: flat index of each voxel on the padded array, ascending, int64.
    """

    mask: np.ndarray
    pad: int
    padded_shape: tuple[int, int, int]
    voxels: np.ndarray
    _lines: dict[bytes, np.ndarray] = field(default_factory=dict)

    @classmethod
    def of(cls, mask: np.ndarray, pad: int) -> Grid:
        """The grid of a region that has been cropped to its bounding box."""
        shape = tuple(n + 2 * pad for n in mask.shape)
        z, y, x = np.nonzero(mask)
        flat = ((z + pad) * shape[1] + (y + pad)) * shape[2] + (x + pad)
        return cls(mask, pad, shape, flat)

    def offsets(self, steps: np.ndarray) -> np.ndarray:
        """Steps (z, y, x) as differences of flat indices."""
        strides = np.array([self.padded_shape[1] * self.padded_shape[2], self.padded_shape[2], 1])
        return (steps @ strides).astype(np.int64)

    def lines_with_two(self, steps: np.ndarray) -> np.ndarray:
        """For each direction, whether a line along it meets the region in two voxels or more."""
        key = steps.tobytes()
        if key not in self._lines:
            places = np.ascontiguousarray(np.argwhere(self.mask))
            inside = self.spread(np.zeros(len(self.voxels), np.int32))
            self._lines[key] = matrices.lines_with_two(
                inside,
                self.voxels,
                places,
                steps.astype(np.int64),
                self.offsets(steps),
                np.array(self.mask.shape),
            )
        return self._lines[key]

    def spread(self, index: np.ndarray) -> np.ndarray:
        """Rank of the grey level of each voxel on the padded array, -1 elsewhere; int32, flat."""
        spread = np.full(int(np.prod(self.padded_shape)), -1, np.int32)
        spread[self.voxels] = index
        return spread
