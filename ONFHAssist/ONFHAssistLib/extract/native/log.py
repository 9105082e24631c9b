"""Laplacian of Gaussian by recursive filters, with the values of ITK's ``LaplacianRecursiveGaussianImageFilter``.

Deriche's fourth-order approximation (Deriche, INRIA report 1893, 1993; Farnebäck and Westin, 2006): along each axis a
causal and an anticausal recursion, borders continued with the outermost value, each pass rounded to single precision
as in ITK. Many lines are filtered side by side, so the recursion does not wait for itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit

_BLOCK = 64  # lines filtered together


@dataclass(frozen=True)
class _Exponentials:
    """Two damped cosines that add up to the Gaussian (order 0) and to its second derivative (order 2)."""

    omega: tuple[float, float] = (0.6681, 2.0787)
    decay: tuple[float, float] = (-1.3932, -1.3732)
    order_0: tuple[float, float, float, float] = (1.3530, 1.8151, -0.3531, 0.0902)
    order_2: tuple[float, float, float, float] = (-1.3563, 5.2318, 0.3446, -2.2355)


_E = _Exponentials()


def _numerator(sigma: float, weights: tuple[float, float, float, float]) -> np.ndarray:
    a1, b1, a2, b2 = weights
    sin1, sin2 = np.sin(_E.omega[0] / sigma), np.sin(_E.omega[1] / sigma)
    cos1, cos2 = np.cos(_E.omega[0] / sigma), np.cos(_E.omega[1] / sigma)
    exp1, exp2 = np.exp(_E.decay[0] / sigma), np.exp(_E.decay[1] / sigma)
    n0 = a1 + a2
    n1 = exp2 * (b2 * sin2 - (a2 + 2 * a1) * cos2)
    n1 += exp1 * (b1 * sin1 - (a1 + 2 * a2) * cos1)
    n2 = (a1 + a2) * cos2 * cos1
    n2 -= b1 * cos2 * sin1 + b2 * cos1 * sin2
    n2 *= 2 * exp1 * exp2
    n2 += a2 * exp1 * exp1 + a1 * exp2 * exp2
    n3 = exp2 * exp1 * exp1 * (b2 * sin2 - a2 * cos2)
    n3 += exp1 * exp2 * exp2 * (b1 * sin1 - a1 * cos1)
    return np.array([n0, n1, n2, n3])


def _denominator(sigma: float) -> np.ndarray:
    cos1, cos2 = np.cos(_E.omega[0] / sigma), np.cos(_E.omega[1] / sigma)
    exp1, exp2 = np.exp(_E.decay[0] / sigma), np.exp(_E.decay[1] / sigma)
    d3 = -2 * cos1 * exp1 * exp2 * exp2
    d3 += -2 * cos2 * exp2 * exp1 * exp1
    d2 = 4 * cos2 * cos1 * exp1 * exp2
    d2 += exp1 * exp1 + exp2 * exp2
    d1 = -2 * (exp2 * cos2 + exp1 * cos1)
    return np.array([d1, d2, d3, exp1 * exp1 * exp2 * exp2])


def _sums(n: np.ndarray) -> tuple[float, float, float]:
    """Value and first two derivatives of the numerator at zero frequency."""
    return n[0] + n[1] + n[2] + n[3], n[1] + 2 * n[2] + 3 * n[3], n[1] + 4 * n[2] + 9 * n[3]


def coefficients(sigma: float, spacing: float, order: int) -> np.ndarray:
    """The recursion's twenty coefficients: N0-N3, D1-D4, M1-M4, then both of these at the borders.

    Args:
        sigma: mm.
        spacing: mm.
        order: 0 smooths, 2 takes the second derivative, scaled by sigma^2.
    """
    across = sigma / spacing
    d = _denominator(across)
    sd = 1.0 + d[0] + d[1] + d[2] + d[3]
    dd = d[0] + 2 * d[1] + 3 * d[2] + 4 * d[3]
    ed = d[0] + 4 * d[1] + 9 * d[2] + 16 * d[3]
    n = _numerator(across, _E.order_0)
    sn, dn, en = _sums(n)
    if order == 0:
        n = n * (1.0 / (2 * sn / sd - n[0]))
    else:
        second = _numerator(across, _E.order_2)
        sn2, dn2, en2 = _sums(second)
        beta = -(2 * sn2 - sd * second[0]) / (2 * sn - sd * n[0])
        n = second + beta * n
        sn, dn, en = sn2 + beta * sn, dn2 + beta * dn, en2 + beta * en
        alpha = en * sd * sd - ed * sn * sd - 2 * dn * dd * sd + 2 * dd * dd * sn
        alpha /= sd * sd * sd
        n = n * (sigma * sigma / alpha)
    m = np.array([n[1] - d[0] * n[0], n[2] - d[1] * n[0], n[3] - d[2] * n[0], -d[3] * n[0]])
    at_start = d * (n[0] + n[1] + n[2] + n[3]) / sd
    at_end = d * (m[0] + m[1] + m[2] + m[3]) / sd
    return np.concatenate([n, d, m, at_start, at_end])


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _row(out, x1, x2, x3, x4, y1, y2, y3, y4, ahead, back):  # noqa: PLR0917 - rows apart, so that it vectorises
    """One row of outputs from four rows of inputs and the four rows before it."""
    a1, a2, a3, a4 = ahead[0], ahead[1], ahead[2], ahead[3]
    b1, b2, b3, b4 = back[0], back[1], back[2], back[3]
    for c in range(out.shape[0]):
        value = x1[c] * a1 + x2[c] * a2 + x3[c] * a3 + x4[c] * a4
        out[c] = value - (y1[c] * b1 + y2[c] * b2 + y3[c] * b3 + y4[c] * b4)


@njit(cache=True, nogil=True)
def _recursion(inp, out, ahead, back, border):
    """Causal pass down the rows: ``ahead`` weighs inputs, ``back`` earlier outputs, ``border`` outputs before row 0."""
    for i in range(inp.shape[0]):
        i1, i2, i3 = max(i - 1, 0), max(i - 2, 0), max(i - 3, 0)
        if i >= 4:
            _row(
                out[i], inp[i], inp[i1], inp[i2], inp[i3], out[i - 1], out[i - 2], out[i - 3], out[i - 4], ahead, back
            )  # fmt: skip
            continue
        for c in range(inp.shape[1]):
            first = inp[0, c]
            value = (
                inp[i, c] * ahead[0] + inp[i1, c] * ahead[1] + inp[i2, c] * ahead[2] + inp[i3, c] * ahead[3]
            )
            past = out[i - 1, c] * back[0] if i >= 1 else first * border[0]
            past += out[i - 2, c] * back[1] if i >= 2 else first * border[1]
            past += out[i - 3, c] * back[2] if i >= 3 else first * border[2]
            past += first * border[3]
            out[i, c] = value - past


@njit(cache=True, nogil=True)
def _recursion_back(inp, out, ahead, back, border):
    """The same from the last row upwards; it weighs the rows after the one at hand, without that row itself."""
    n = inp.shape[0]
    for r in range(n):
        i = n - 1 - r
        i1, i2, i3, i4 = min(i + 1, n - 1), min(i + 2, n - 1), min(i + 3, n - 1), min(i + 4, n - 1)
        if r >= 4:
            _row(
                out[i], inp[i1], inp[i2], inp[i3], inp[i4], out[i + 1], out[i + 2], out[i + 3], out[i + 4], ahead, back
            )  # fmt: skip
            continue
        for c in range(inp.shape[1]):
            last = inp[n - 1, c]
            value = (
                inp[i1, c] * ahead[0] + inp[i2, c] * ahead[1] + inp[i3, c] * ahead[2] + inp[i4, c] * ahead[3]
            )
            past = out[i + 1, c] * back[0] if r >= 1 else last * border[0]
            past += out[i + 2, c] * back[1] if r >= 2 else last * border[1]
            past += out[i + 3, c] * back[2] if r >= 3 else last * border[2]
            past += last * border[3]
            out[i, c] = value - past


@njit("float32[:, :, ::1](float32[:, :, ::1], float64[:, :, ::1], float64[::1])", cache=True, nogil=True)
def _filter_middle(single, double, k):
    """One pass along the second axis; takes the double array where it is not empty."""
    use_double = double.shape[0] > 0
    shape = double.shape if use_double else single.shape
    n, columns = shape[1], shape[2]
    result = np.empty((shape[0], n, columns), np.float32)
    inp, down, up = np.empty((n, _BLOCK)), np.zeros((n, _BLOCK)), np.zeros((n, _BLOCK))
    for a in range(shape[0]):
        for start in range(0, columns, _BLOCK):
            width = min(_BLOCK, columns - start)
            for i in range(n):  # no slices: an assignment of one takes seconds to compile
                for c in range(width):
                    inp[i, c] = double[a, i, start + c] if use_double else single[a, i, start + c]
            _recursion(inp, down, k[0:4], k[4:8], k[12:16])
            _recursion_back(inp, up, k[8:12], k[4:8], k[16:20])
            for i in range(n):
                for c in range(width):
                    result[a, i, start + c] = np.float32(down[i, c] + up[i, c])
    return result


_NO_DOUBLE = np.empty((0, 1, 1))
_NO_SINGLE = np.empty((0, 1, 1), np.float32)


def _along(array: np.ndarray, axis: int, k: np.ndarray) -> np.ndarray:
    if axis == 0:
        shaped = array.reshape(1, array.shape[0], -1)
    elif axis == 1:
        shaped = array
    else:
        shaped = np.ascontiguousarray(array.transpose(0, 2, 1))
    single = array.dtype == np.float32
    result = _filter_middle(shaped if single else _NO_SINGLE, _NO_DOUBLE if single else shaped, k)
    if axis == 0:
        return result.reshape(array.shape)
    return result if axis == 1 else np.ascontiguousarray(result.transpose(0, 2, 1))


def laplacian_of_gaussian(array: np.ndarray, spacing: tuple[float, float, float], sigma: float) -> np.ndarray:
    """Scale-normalised Laplacian of Gaussian.

    Args:
        array: shape (z, y, x), at least four voxels on each axis.
        spacing: (x, y, z) in mm.
        sigma: mm.

    Returns:
        float32, same shape.
    """
    source = np.ascontiguousarray(array, array.dtype if array.dtype == np.float32 else np.float64)
    total = np.zeros(array.shape, np.float32)
    for direction in range(3):  # x, y, z, as ITK counts
        value = _along(source, 2 - direction, coefficients(sigma, spacing[direction], 2))
        for other in range(3):
            if other != direction:
                value = _along(value, 2 - other, coefficients(sigma, spacing[other], 0))
        scale = 1.0 / (spacing[direction] * spacing[direction])
        if scale == 1.0:  # a sum of two in double precision, rounded, is their sum in single precision
            total += value
        else:
            total = (total.astype(np.float64) + value.astype(np.float64) * scale).astype(np.float32)
    return total
