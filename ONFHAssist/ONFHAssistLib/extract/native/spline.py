"""Cubic B-spline resampling onto a grid with the same axes, one axis after the other.

The values are ITK's (``BSplineDecompositionImageFilter``, ``BSplineInterpolateImageFunction``): mirrored ends, the
recursion started from a sum that is cut at 1e-10 (Unser, Aldroubi and Eden, 1993), 0 beyond half a voxel outside. ITK
sums 64 coefficients for each voxel; as both grids have the same axes, 4 for each axis are enough.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_POLE = float(np.sqrt(3.0) - 2.0)
_HORIZON = int(np.ceil(np.log(1e-10) / np.log(abs(_POLE))))


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _start(lines):
    """First value of the causal recursion for lines mirrored at both ends."""
    n = lines.shape[0]
    for c in range(lines.shape[1]):
        if n > _HORIZON:
            power = _POLE
            total = lines[0, c]
            for k in range(1, _HORIZON):
                total += power * lines[k, c]
                power *= _POLE
            lines[0, c] = total
        else:
            power = _POLE
            last = _POLE ** (n - 1)
            total = lines[0, c] + last * lines[n - 1, c]
            last = last * last / _POLE
            for k in range(1, n - 1):
                total += (power + last) * lines[k, c]
                power *= _POLE
                last /= _POLE
            lines[0, c] = total / (1.0 - power * power)


@njit("void(float64[:, :, ::1])", cache=True, nogil=True)
def _decompose_middle(data):
    """Spline coefficients along the second axis, in place; the last axis runs innermost."""
    n = data.shape[1]
    if n < 2:
        return
    gain = (1.0 - _POLE) * (1.0 - 1.0 / _POLE)
    columns = data.shape[2]
    for a in range(data.shape[0]):
        for k in range(n):
            for c in range(columns):
                data[a, k, c] *= gain
        _start(data[a])
        for k in range(1, n):
            for c in range(columns):
                data[a, k, c] += _POLE * data[a, k - 1, c]
        for c in range(columns):
            data[a, n - 1, c] = (_POLE / (_POLE * _POLE - 1.0)) * (
                _POLE * data[a, n - 2, c] + data[a, n - 1, c]
            )
        for k in range(n - 2, -1, -1):
            for c in range(columns):
                data[a, k, c] = _POLE * (data[a, k + 1, c] - data[a, k, c])


@njit("float64[:, :, ::1](float64[:, :, ::1], int64[:, ::1], float64[:, ::1])", cache=True, nogil=True)
def _combine_middle(data, index, weight):
    """Weighted sums of four planes of the second axis for each output place."""
    out = np.zeros((data.shape[0], index.shape[0], data.shape[2]))
    for a in range(data.shape[0]):
        for p in range(index.shape[0]):
            for t in range(4):
                w = weight[p, t]
                k = index[p, t]
                for c in range(data.shape[2]):
                    out[a, p, c] += w * data[a, k, c]
    return out


def _taps(places: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """The four coefficients that each place needs (mirrored at the ends) and their weights; shape (places, 4)."""
    if n == 1:
        return np.zeros((len(places), 4), np.int64), np.tile([1.0, 0.0, 0.0, 0.0], (len(places), 1))
    first = np.floor(places).astype(np.int64) - 1
    w = places - (first + 1)
    weight = np.empty((len(places), 4))
    weight[:, 3] = (1.0 / 6.0) * w * w * w
    weight[:, 0] = (1.0 / 6.0) + 0.5 * w * (w - 1.0) - weight[:, 3]
    weight[:, 2] = w + weight[:, 0] - 2.0 * weight[:, 3]
    weight[:, 1] = 1.0 - weight[:, 0] - weight[:, 2] - weight[:, 3]
    index = first[:, None] + np.arange(4)
    index = np.abs(index) % (2 * n - 2)
    return np.where(index >= n, 2 * n - 2 - index, index), weight


def resample_spline(array: np.ndarray, places: list[np.ndarray]) -> np.ndarray:
    """Values of the interpolating cubic spline.

    Args:
        array: shape (z, y, x).
        places: continuous indices on each axis (z, y, x).

    Returns:
        float64, shape (len(z), len(y), len(x)).
    """
    data = np.ascontiguousarray(array, np.float64)
    for axis in range(3):
        # the axis at work comes second; the one after it stays contiguous
        shaped = np.ascontiguousarray(np.moveaxis(data, axis, 1))
        _decompose_middle(shaped)
        data = np.moveaxis(_combine_middle(shaped, *_taps(places[axis], array.shape[axis])), 1, axis)
    data = np.ascontiguousarray(data)
    for axis, where in enumerate(places):
        outside = (where < -0.5) | (where >= array.shape[axis] - 0.5)
        if outside.any():
            data[(slice(None),) * axis + (outside,)] = 0.0
    return data
