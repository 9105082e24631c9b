"""Grey levels to bins: PyRadiomics' fixed bin width (edges at multiples of the width) or fixed bin count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from ...core.errors import InputError


@dataclass
class Levels:
    """Binned grey values of the voxels of a region.

    Attributes:
        index: rank of each voxel's bin among the bins that occur, int32, shape (n,).
        gray: the bins that occur, counted from 1, ascending, int64.
        counts: voxels in each of them.
        top: PyRadiomics' Ng where it is not the highest of ``gray`` (in a part of a region).
    """

    index: np.ndarray
    gray: np.ndarray
    counts: np.ndarray
    top: int | None = None

    @property
    def highest(self) -> int:
        """PyRadiomics' Ng: the highest bin, empty bins below it included."""
        return int(self.gray[-1]) if self.top is None else self.top


def bin_edges(values: np.ndarray, settings: Mapping[str, Any]) -> np.ndarray:
    """Edges in the number type of ``values``, because PyRadiomics computes them in that type."""
    count = settings.get("binCount")
    if count is not None:
        edges = np.histogram_bin_edges(values, int(count))
        edges[-1] += 1  # the highest value belongs to the last bin
        return edges
    width = float(settings.get("binWidth", 25))
    low, high = values.min(), values.max()
    edges = np.arange(low - (low % width), high + 2 * width, width)
    if len(edges) == 1:  # the width is lost in the precision of the values
        return np.array([edges[0] - 0.5, edges[0] + 0.5])
    return edges


def discretise(values: np.ndarray, settings: Mapping[str, Any]) -> Levels:
    """Bin the values of a region, shape (n,), in their own number type."""
    edges = bin_edges(values, settings)
    if len(edges) > 2_000_000:
        raise InputError(
            f"The bin width {settings.get('binWidth', 25)} gives {len(edges)} grey levels; choose a wider one."
        )
    exact = values.astype(np.float64)
    bins, counts = _digitise(exact, edges.astype(np.float64))
    gray = np.flatnonzero(counts)
    rank = np.zeros(len(counts), np.int32)
    rank[gray] = np.arange(len(gray), dtype=np.int32)
    return Levels(rank[bins], gray.astype(np.int64), counts[gray])


@njit("Tuple((int32[::1], int64[::1]))(float64[::1], float64[::1])", cache=True, nogil=True)
def _digitise(values, edges):
    """Bin i holds edges[i - 1] <= value < edges[i]; the first guess comes from the even spacing."""
    n, last = values.shape[0], edges.shape[0]
    bins = np.empty(n, np.int32)
    counts = np.zeros(last + 1, np.int64)
    low = edges[0]
    step = (edges[last - 1] - low) / max(last - 1, 1)
    per_step = 1.0 / step if step > 0 else 0.0
    for v in range(n):
        value = values[v]
        guess = int((value - low) * per_step) + 1
        guess = min(max(guess, 0), last)
        while guess > 0 and value < edges[guess - 1]:
            guess -= 1
        while guess < last and value >= edges[guess]:
            guess += 1
        bins[v] = guess
        counts[guess] += 1
    return bins, counts
