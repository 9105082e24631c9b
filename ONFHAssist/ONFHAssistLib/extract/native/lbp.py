"""Local binary patterns in slices and in space, with the values that PyRadiomics 3.0.1 gets from its helpers.

2D: Ojala et al., Pattern Recognition 29 (1996) and ICPR 1994, as scikit-image samples them. 3D: Banerjee et al., ACCV
2012 workshops: the pattern on a sphere around each voxel, made invariant to rotation by spherical harmonics, and the
kurtosis of the sampled values.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

import numpy as np
from numba import njit
from scipy.ndimage import map_coordinates, spline_filter
from scipy.special import lpmv, poch

_METHODS = {"default": 0, "ror": 1, "uniform": 2, "var": 3}
_CHUNK = 4096  # voxels at once: 42 samples each


def lbp_2d(array: np.ndarray, settings: Mapping[str, Any]) -> np.ndarray:
    """Pattern code of every voxel within its slice, in the number type of ``array``.

    Args:
        array: shape (z, y, x).
        settings: ``lbp2DRadius`` (pixels), ``lbp2DSamples``, ``lbp2DMethod``, ``force2Ddimension``.
    """
    samples = int(settings.get("lbp2DSamples", 8))
    radius = float(settings.get("lbp2DRadius", 1))
    method = _METHODS[settings.get("lbp2DMethod", "uniform")]
    angle = 2 * np.pi * np.arange(samples) / samples
    rows, columns = np.round(-radius * np.sin(angle), 5), np.round(radius * np.cos(angle), 5)
    axis = int(settings.get("force2Ddimension", 0))
    slices = array.swapaxes(0, axis)
    codes = np.empty(slices.shape, array.dtype)
    for k, one in enumerate(slices):
        codes[k] = _codes(np.ascontiguousarray(one, np.float64), rows, columns, method)
    return codes.swapaxes(0, axis)


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _pixel(plane, r, c):
    return plane[r, c] if 0 <= r < plane.shape[0] and 0 <= c < plane.shape[1] else 0.0


@njit(cache=True, nogil=True)
def _sample(plane, r, c):
    """Bilinear; 0 outside."""
    r0, c0, r1, c1 = int(np.floor(r)), int(np.floor(c)), int(np.ceil(r)), int(np.ceil(c))
    dr, dc = r - r0, c - c0
    top = (1 - dc) * _pixel(plane, r0, c0) + dc * _pixel(plane, r0, c1)
    bottom = (1 - dc) * _pixel(plane, r1, c0) + dc * _pixel(plane, r1, c1)
    return (1 - dr) * top + dr * bottom


@njit(cache=True, nogil=True)
def _code(signs, values, method):
    n = signs.shape[0]
    if method == 2:
        changes, ones = 0, signs[n - 1]
        for p in range(n - 1):
            changes += signs[p] != signs[p + 1]
            ones += signs[p]
        return float(ones) if changes <= 2 else n + 1.0
    if method == 3:
        mean = values.sum() / n
        variance = (values * values).sum() / n - mean * mean
        return variance if variance != 0 else np.nan
    word = 0
    for p in range(n):
        word += signs[p] << p
    if method == 0:
        return float(word)
    least = word
    for _ in range(1, n):
        word = (word >> 1) | ((word & 1) << (n - 1))
        least = min(least, word)
    return float(least)


@njit("float64[:, ::1](float64[:, ::1], float64[::1], float64[::1], int64)", cache=True, nogil=True)
def _codes(plane, rows, columns, method):
    codes = np.empty(plane.shape)
    n = rows.shape[0]
    values, signs = np.empty(n), np.empty(n, np.int64)
    for r in range(plane.shape[0]):
        for c in range(plane.shape[1]):
            for p in range(n):
                values[p] = _sample(plane, r + rows[p], c + columns[p])
                signs[p] = 1 if values[p] - plane[r, c] >= 0 else 0
            codes[r, c] = _code(signs, values, method)
    return codes


# in space -------------------------------------------------------------------------------------------------------


def icosphere(subdivisions: int, radius: float) -> np.ndarray:
    """Corner points of an icosahedron whose faces were cut in four ``subdivisions`` times; shape (n, 3)."""
    golden = (1.0 + np.sqrt(5.0)) / 2.0
    base = np.array([(0.0, s, t * golden) for s in (-1, 1) for t in (-1, 1)])
    points = np.concatenate([np.roll(base, shift, axis=1) for shift in (1, 2, 0)])
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    side = 4.0 / np.sqrt(10.0 + 2.0 * np.sqrt(5.0))
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1)
    near = np.abs(apart - side) < 1e-6
    faces = [
        (i, j, k)
        for i in range(12)
        for j in range(i)
        for k in range(j)
        if near[i, j] and near[j, k] and near[i, k]
    ]
    triangles = points[np.array(faces)]
    for _ in range(subdivisions):
        a, b, c = triangles.transpose(1, 0, 2)
        ab, bc, ca = (_on_sphere(p + q) for p, q in ((a, b), (b, c), (c, a)))
        parts = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
        triangles = np.concatenate([np.stack(part, axis=1) for part in parts])
    _, first = np.unique(np.round(triangles.reshape(-1, 3), 9), axis=0, return_index=True)
    return triangles.reshape(-1, 3)[first] * radius


def _on_sphere(points: np.ndarray) -> np.ndarray:
    return points / np.linalg.norm(points, axis=-1, keepdims=True)


def _harmonic(order: int, degree: int, azimuth: np.ndarray, polar: np.ndarray) -> np.ndarray:
    """Spherical harmonic with the Condon-Shortley phase; PyRadiomics passes the two angles the other way round."""
    m = abs(order)
    value = lpmv(m, degree, np.cos(polar)).astype(complex)
    if order < 0:
        value *= (-1) ** m * poch(degree + m + 1, -2 * m)
    value *= np.sqrt((2 * degree + 1) / (4 * np.pi)) * np.sqrt(poch(degree + order + 1, -2 * order))
    return value * np.exp(1j * order * azimuth)


class Lbp3D:
    """The 3D patterns of the voxels of a region; all images come from one computation.

    Args:
        array: shape (z, y, x).
        mask: the region, bool.
        settings: ``lbp3DLevels``, ``lbp3DIcosphereRadius`` (voxels), ``lbp3DIcosphereSubdivision``.
    """

    def __init__(self, array: np.ndarray, mask: np.ndarray, settings: Mapping[str, Any]) -> None:
        self.levels = int(settings.get("lbp3DLevels", 2))
        self._array, self._mask = array, mask
        self._radius = float(settings.get("lbp3DIcosphereRadius", 1))
        self._points = icosphere(int(settings.get("lbp3DIcosphereSubdivision", 1)), self._radius)
        self._columns: np.ndarray | None = None
        self._lock = Lock()

    def image(self, column: int) -> np.ndarray:
        """Level 0 to ``levels`` - 1, then the kurtosis; 0 outside the region."""
        with self._lock:
            if self._columns is None:
                self._columns = self._compute()
        image = np.zeros(self._array.shape)
        image[self._mask] = self._columns[:, column]
        return image

    def _compute(self) -> np.ndarray:
        from scipy.stats import kurtosis

        places = np.argwhere(self._mask)
        kind = self._array.dtype
        spline = spline_filter(self._array, order=3, output=np.float64, mode="constant")
        harmonics = self._harmonics()
        columns = np.empty((len(places), self.levels + 1))
        for start in range(0, len(places), _CHUNK):
            part = places[start : start + _CHUNK]
            where = part.T[:, :, None] + self._points.T[:, None, :]
            samples = map_coordinates(spline, where, output=kind, order=3, mode="constant", prefilter=False)
            centres = self._array[tuple(part.T)]
            signs = (samples >= centres[:, None]).astype(float)
            for degree, y in enumerate(harmonics):
                together = (signs @ y) @ y.T
                columns[start : start + len(part), degree] = np.sqrt((together**2).sum(axis=1)).real
            columns[start : start + len(part), -1] = kurtosis(samples, axis=1)
        return columns

    def _harmonics(self) -> list[np.ndarray]:
        polar = np.arccos(np.clip(self._points[:, 2] / self._radius, -1, 1))
        azimuth = np.arctan2(self._points[:, 1], self._points[:, 0])
        return [
            np.stack([_harmonic(m, n, polar, azimuth) for m in range(-n, n + 1)], axis=1)
            for n in range(self.levels)
        ]
