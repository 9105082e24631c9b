"""Features of the run, zone, dependence and tone matrices (PyRadiomics 3.0.1, IBSI)."""

from __future__ import annotations

import numpy as np
from numba import njit

_EPS = float(np.spacing(1))

# The first sixteen quantities of a matrix of levels against sizes; each class reports them under its own names.
_GENERIC = (
    "small", "large", "low", "high", "small_low", "small_high", "large_low", "large_high", "level_uniformity",
    "level_uniformity_normalised", "size_uniformity", "size_uniformity_normalised", "share", "level_variance",
    "size_variance", "entropy",
)  # fmt: skip
RUN_NAMES = dict(
    zip(
        (
            "ShortRunEmphasis", "LongRunEmphasis", "LowGrayLevelRunEmphasis", "HighGrayLevelRunEmphasis",
            "ShortRunLowGrayLevelEmphasis", "ShortRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis",
            "LongRunHighGrayLevelEmphasis", "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized",
            "RunLengthNonUniformity", "RunLengthNonUniformityNormalized", "RunPercentage", "GrayLevelVariance",
            "RunVariance", "RunEntropy",
        ),
        range(16),
        strict=True,
    )
)  # fmt: skip
ZONE_NAMES = dict(
    zip(
        (
            "SmallAreaEmphasis", "LargeAreaEmphasis", "LowGrayLevelZoneEmphasis", "HighGrayLevelZoneEmphasis",
            "SmallAreaLowGrayLevelEmphasis", "SmallAreaHighGrayLevelEmphasis", "LargeAreaLowGrayLevelEmphasis",
            "LargeAreaHighGrayLevelEmphasis", "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized",
            "SizeZoneNonUniformity", "SizeZoneNonUniformityNormalized", "ZonePercentage", "GrayLevelVariance",
            "ZoneVariance", "ZoneEntropy",
        ),
        range(16),
        strict=True,
    )
)  # fmt: skip
DEPENDENCE_NAMES = {
    "SmallDependenceEmphasis": 0, "LargeDependenceEmphasis": 1, "LowGrayLevelEmphasis": 2,
    "HighGrayLevelEmphasis": 3, "SmallDependenceLowGrayLevelEmphasis": 4,
    "SmallDependenceHighGrayLevelEmphasis": 5, "LargeDependenceLowGrayLevelEmphasis": 6,
    "LargeDependenceHighGrayLevelEmphasis": 7, "GrayLevelNonUniformity": 8, "DependenceNonUniformity": 10,
    "DependenceNonUniformityNormalized": 11, "GrayLevelVariance": 13, "DependenceVariance": 14,
    "DependenceEntropy": 15,
}  # fmt: skip
TONE_NAMES = ("Busyness", "Coarseness", "Complexity", "Contrast", "Strength")


@njit("void(float64[:, ::1], int64[::1], float64[::1], float64[::1])", cache=True, nogil=True)
def level_size_features(counts, gray, sizes, out):  # noqa: C901 - one kernel, loops only
    """The sixteen quantities of one matrix counts[level, size]; NaN throughout where it is empty."""
    by_level = np.zeros(gray.shape[0])
    by_size = np.zeros(sizes.shape[0])
    total = 0.0
    for i in range(gray.shape[0]):
        for s in range(sizes.shape[0]):
            count = counts[i, s]
            if count != 0.0:
                by_level[i] += count
                by_size[s] += count
                total += count
    if total == 0.0:
        out[:] = np.nan
        return
    out[:] = 0.0
    mean_level, mean_size = 0.0, 0.0
    for i in range(gray.shape[0]):
        square = float(gray[i]) * float(gray[i])
        out[2] += by_level[i] / square
        out[3] += by_level[i] * square
        out[8] += by_level[i] * by_level[i]
        mean_level += (by_level[i] / total) * gray[i]
    voxels = 0.0
    for s in range(sizes.shape[0]):
        square = sizes[s] * sizes[s]
        out[0] += by_size[s] / square
        out[1] += by_size[s] * square
        out[10] += by_size[s] * by_size[s]
        voxels += by_size[s] * sizes[s]
        mean_size += (by_size[s] / total) * sizes[s]
    for i in range(gray.shape[0]):
        level = float(gray[i]) * float(gray[i])
        out[13] += (by_level[i] / total) * (gray[i] - mean_level) ** 2
        if by_level[i] == 0.0:
            continue
        for s in range(sizes.shape[0]):
            count = counts[i, s]
            if count == 0.0:
                continue
            square = sizes[s] * sizes[s]
            out[4] += count / (level * square)
            out[5] += count * level / square
            out[6] += count * square / level
            out[7] += count * level * square
            share = count / total
            out[15] -= share * np.log2(share + _EPS)
    for s in range(sizes.shape[0]):
        out[14] += (by_size[s] / total) * (sizes[s] - mean_size) ** 2
    for k in range(8):
        out[k] /= total
    out[9] = out[8] / (total * total)
    out[8] /= total
    out[11] = out[10] / (total * total)
    out[10] /= total
    out[12] = total / voxels


@njit("float64[:, ::1](int32[:, :, ::1], int64[::1], int64)", cache=True, nogil=True)
def run_features(runs, gray, longest):
    """One row a direction."""
    table = np.empty((runs.shape[0], 16))
    sizes = np.empty(longest)
    for s in range(longest):
        sizes[s] = s + 1.0
    counts = np.empty((gray.shape[0], longest))
    for a in range(runs.shape[0]):
        for i in range(gray.shape[0]):
            for s in range(longest):
                counts[i, s] = runs[a, i, s]
        level_size_features(counts, gray, sizes, table[a])
    return table


@njit("float64[::1](int32[::1], int64[::1], int64[::1], int64)", cache=True, nogil=True)
def zone_features(levels, sizes, gray, largest):
    """Sixteen quantities of a list of zones; only sizes that occur get a column."""
    rank = np.zeros(largest + 1, np.int64)  # counted from 1; 0 where no zone has the size
    for z in range(sizes.shape[0]):
        rank[sizes[z]] = 1
    columns = 0
    for size in range(largest + 1):
        if rank[size] > 0:
            columns += 1
            rank[size] = columns
    present = np.empty(columns)
    for size in range(largest + 1):
        if rank[size] > 0:
            present[rank[size] - 1] = size
    counts = np.zeros((gray.shape[0], columns))
    for z in range(sizes.shape[0]):
        counts[levels[z], rank[sizes[z]] - 1] += 1.0
    out = np.empty(16)
    level_size_features(counts, gray, present, out)
    return out


@njit("float64[::1](int64[::1], float64[::1], int64[::1])", cache=True, nogil=True)
def tone_features(counts, sums, gray):
    """NGTDM: busyness, coarseness, complexity, contrast, strength, from voxels and tone differences of each level."""
    levels = gray.shape[0]
    voxels = 0.0
    total = 0.0
    for i in range(levels):
        voxels += counts[i]
        total += sums[i]
    share = np.empty(levels)
    for i in range(levels):
        share[i] = counts[i] / voxels
    weighted = 0.0
    for i in range(levels):
        weighted += share[i] * sums[i]
    contrast, apart, complexity, strength = 0.0, 0.0, 0.0, 0.0
    for i in range(levels):
        for j in range(i + 1, levels):
            gap = float(gray[j] - gray[i])
            both = share[i] + share[j]
            contrast += share[i] * share[j] * gap * gap
            apart += abs(gray[i] * share[i] - gray[j] * share[j])
            complexity += gap * (share[i] * sums[i] + share[j] * sums[j]) / both
            strength += both * gap * gap
    contrast, apart, complexity, strength = 2 * contrast, 2 * apart, 2 * complexity, 2 * strength
    out = np.zeros(5)
    out[0] = weighted / apart if apart != 0 else 0.0
    out[1] = 1.0 / weighted if weighted != 0 else 1e6
    out[2] = complexity / voxels
    out[3] = contrast * total / voxels / (levels * (levels - 1)) if levels > 1 else 0.0
    out[4] = strength / total if total != 0 else 0.0
    return out
