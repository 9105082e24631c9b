"""First-order features of the grey values of a region (PyRadiomics 3.0.1, ``firstorder.py``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import njit

_EPS = float(np.spacing(1))
_SKEWED = 1e-5  # below this share of its terms, the third moment is rounding and must be rounded as PyRadiomics does


@njit("float64[::1](float64[::1], float64, float64, float64, float64)", cache=True, nogil=True)
def _sums(values, mean, shift, low, high):
    """Central moments 2 to 4, absolute deviation, energy, and the mean of the values between the percentiles."""
    out = np.zeros(8)
    kept = 0
    for v in range(values.shape[0]):
        value = values[v]
        d = value - mean
        square = d * d
        out[0] += square
        out[1] += square * d
        out[2] += square * square
        out[3] += abs(d)
        shifted = value + shift
        out[4] += shifted * shifted
        out[5] += square * abs(d)
        if low <= value <= high:
            out[6] += value
            kept += 1
    centre = out[6] / kept if kept else np.nan
    robust = 0.0
    for v in range(values.shape[0]):
        if low <= values[v] <= high:
            robust += abs(values[v] - centre)
    out[7] = robust / kept if kept else np.nan
    return out


def percentiles(values: np.ndarray, shares: tuple[float, ...]) -> list[float]:
    """NumPy's linear percentiles of ``shares`` (0..1), each order statistic found once."""
    n = len(values)
    places = [(share * (n - 1), min(int(share * (n - 1)), n - 1)) for share in shares]
    wanted = sorted({k for _, low in places for k in (low, min(low + 1, n - 1))} | {0, n - 1})
    ordered = np.partition(values, wanted)
    found = []
    for share, (place, low) in zip(shares, places, strict=True):
        a, b, part = float(ordered[low]), float(ordered[min(low + 1, n - 1)]), place - low
        gap = b - a
        if share == 0.5:  # NumPy's median is a mean, not an interpolation
            found.append((a + b) / 2 if part > 0 else a)
            continue
        found.append(b - gap * (1 - part) if part >= 0.5 else a + gap * part)
    return [*found, float(ordered[0]), float(ordered[-1])]


def first_order(
    values: np.ndarray, counts: np.ndarray, voxel_volume: float, settings: Mapping[str, Any]
) -> dict[str, float]:
    """All features, by PyRadiomics' names.

    Args:
        values: grey values of the region in raster order, float64.
        counts: voxels in each bin that occurs.
        voxel_volume: mm^3.
        settings: ``voxelArrayShift``.
    """
    n = len(values)
    shift = float(settings.get("voxelArrayShift", 0))
    p10, p25, p50, p75, p90, low, high = percentiles(values, (0.1, 0.25, 0.5, 0.75, 0.9))
    mean = float(np.add.reduce(values) / n)
    sums = _sums(values, mean, shift, p10, p90)
    share = counts / max(counts.sum(), 1)
    moments = _moments(values, mean, sums)
    energy = float(sums[4])
    return {
        "10Percentile": p10,
        "90Percentile": p90,
        "Energy": energy,
        "Entropy": float(-np.sum(share * np.log2(share + _EPS))),
        "InterquartileRange": p75 - p25,
        "Kurtosis": moments["kurtosis"],
        "Maximum": high,
        "MeanAbsoluteDeviation": float(sums[3] / n),
        "Mean": mean,
        "Median": p50,
        "Minimum": low,
        "Range": high - low,
        "RobustMeanAbsoluteDeviation": float(sums[7]),
        "RootMeanSquared": float(np.sqrt(energy / n)),
        "Skewness": moments["skewness"],
        "StandardDeviation": float(np.sqrt(moments["variance"])),
        "TotalEnergy": energy * voxel_volume,
        "Uniformity": float(np.sum(share**2)),
        "Variance": moments["variance"],
    }


def _moments(values: np.ndarray, mean: float, sums: np.ndarray) -> dict[str, float]:
    n = len(values)
    m2, m3, m4 = sums[0] / n, sums[1] / n, sums[2] / n
    if m2 <= 1e-20 * mean * mean or abs(sums[1]) <= _SKEWED * sums[5]:
        away = values - mean
        m2, m3, m4 = (float(np.mean(np.power(away, k))) for k in (2, 3, 4))
    spread = m2 if m2 != 0 else 1.0
    return {"variance": float(m2), "skewness": float(m3 / spread**1.5), "kurtosis": float(m4 / spread**2)}
