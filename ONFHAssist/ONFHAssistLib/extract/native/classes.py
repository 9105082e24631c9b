"""The feature classes of one filtered image: matrices counted on demand, then evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...core.errors import InputError
from . import matrices, texture
from .discretise import Levels
from .firstorder import first_order
from .glcm import glcm_features
from .glcm_reference import direction_weights
from .grid import Grid, directions


@dataclass
class ImageFeatures:
    """One image type in one region.

    Attributes:
        values: grey values of the region's voxels in raster order, in the number type of the image.
        levels: the same, binned.
        grid: where these voxels are.
        spacing: (x, y, z) in mm.
        settings: PyRadiomics' keys.
    """

    values: np.ndarray
    levels: Levels
    grid: Grid
    spacing: tuple[float, float, float]
    settings: Mapping[str, Any]

    def of_class(self, name: str, wanted: tuple[str, ...]) -> dict[str, float]:
        """At least the wanted features of a class (not of shape)."""
        if name == "glcm":
            return self._glcm(wanted)
        return getattr(self, f"_{name}")()

    def local(self, values: np.ndarray, index: np.ndarray, feature_class: str, feature: str) -> float:
        """One feature of a small part of the region, with the bins of the whole.

        Args:
            values: grey values of the part's box, shape (z, y, x).
            index: rank of the grey level there, -1 outside the region.
            feature_class: not of shape.
            feature: its name.
        """
        inside = index >= 0
        present, rank, counts = np.unique(index[inside], return_inverse=True, return_counts=True)
        levels = Levels(rank.astype(np.int32), self.levels.gray[present], counts, self.levels.highest)
        part = ImageFeatures(
            values[inside], levels, Grid.of(inside, self.grid.pad), self.spacing, self.settings
        )
        return float(part.of_class(feature_class, (feature,))[feature])

    @cached_property
    def _field(self) -> np.ndarray:
        return self.grid.spread(self.levels.index)

    def _steps(self, distances: list[int]) -> np.ndarray:
        forced = self.settings.get("force2D", False)
        flat = int(self.settings.get("force2Ddimension", 0)) if forced else None
        steps = directions(self.grid.mask.shape, tuple(distances), flat)
        if not len(steps):
            raise InputError(
                "The region is a single voxel in the plane of the features; at least two are needed."
            )
        return steps

    @cached_property
    def _near(self) -> np.ndarray:
        return self._steps(self.settings.get("distances", [1]))

    @cached_property
    def _walked(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Pairs, runs (of two and more) and the forest of zones; one walk serves all where the pairs lie 1 apart."""
        levels, grid = len(self.levels.gray), self.grid
        near, touching = self._near, self._steps([1])
        symmetric = bool(self.settings.get("symmetricalGLCM", True))
        pairs = np.zeros((len(near), levels, levels), np.int32)
        runs = np.zeros((len(touching), levels, max(grid.mask.shape)), np.int32)
        parent = np.arange(len(self._field), dtype=np.int32)
        if near is touching:
            matrices.walk(self._field, grid.voxels, grid.offsets(near), symmetric, pairs, runs, parent)
        else:
            matrices.walk(
                self._field, grid.voxels, grid.offsets(near), symmetric, pairs, runs[:0], parent[:0]
            )
            matrices.walk(
                self._field, grid.voxels, grid.offsets(touching), symmetric, pairs[:0], runs, parent
            )
        return pairs, runs, parent

    @cached_property
    def _neighbours(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        levels, offsets = self.levels, self.grid.offsets(self._near)
        dependence = np.zeros((len(levels.gray), 2 * len(offsets) + 1), np.int32)
        counts, sums = np.zeros(len(levels.gray), np.int64), np.zeros(len(levels.gray))
        alpha = int(self.settings.get("gldm_a", 0))
        matrices.count_neighbours(
            self._field, self.grid.voxels, offsets, levels.gray, alpha, dependence, counts, sums
        )
        return dependence, counts, sums

    def _firstorder(self) -> dict[str, float]:
        volume = float(np.prod(self.spacing))
        return first_order(self.values.astype(np.float64), self.levels.counts, volume, self.settings)

    def _glcm(self, wanted: tuple[str, ...]) -> dict[str, float]:
        levels = self.levels
        return glcm_features(
            self._walked[0], levels.gray, self._near, self.spacing, self.settings, wanted, levels.highest
        )

    def _glrlm(self) -> dict[str, float]:
        grid, gray, norm = self.grid, self.levels.gray, self.settings.get("weightingNorm")
        steps = self._steps([1])
        runs = self._walked[1]
        longest = matrices.add_single_runs(runs, self.levels.counts)
        used = grid.lines_with_two(steps)
        if norm is None:
            table = texture.run_features(np.ascontiguousarray(runs[used]), gray, longest)
        else:
            weights = direction_weights(steps, self.spacing, norm, exponential=False)
            mixed = np.tensordot(weights[used], runs[used, :, :longest].astype(np.float64), 1)
            table = np.empty((1, 16))
            texture.level_size_features(mixed, gray, np.arange(1.0, longest + 1), table[0])
        row = table.mean(axis=0) if len(table) else np.full(16, np.nan)
        if not used.any() and (
            len(steps) == 1 or norm is not None
        ):  # PyRadiomics then sums over no lengths at all
            row[[texture.RUN_NAMES["RunVariance"], texture.RUN_NAMES["RunEntropy"]]] = 0.0
        return {name: row[k] for name, k in texture.RUN_NAMES.items()}

    def _glszm(self) -> dict[str, float]:
        zones, sizes = matrices.list_zones(self._field, self.grid.voxels, self._walked[2])
        row = texture.zone_features(zones, sizes, self.levels.gray, int(sizes.max()))
        return {name: row[k] for name, k in texture.ZONE_NAMES.items()}

    def _gldm(self) -> dict[str, float]:
        dependence, _, _ = self._neighbours
        row = np.empty(16)
        sizes = np.arange(1.0, dependence.shape[1] + 1)
        texture.level_size_features(dependence.astype(np.float64), self.levels.gray, sizes, row)
        return {name: row[k] for name, k in texture.DEPENDENCE_NAMES.items()}

    def _ngtdm(self) -> dict[str, float]:
        _, counts, sums = self._neighbours
        row = texture.tone_features(counts, sums, self.levels.gray)
        return dict(zip(texture.TONE_NAMES, row, strict=True))
