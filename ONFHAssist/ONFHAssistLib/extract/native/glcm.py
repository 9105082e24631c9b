"""GLCM features from counted pairs (PyRadiomics 3.0.1, ``glcm.py``; Haralick 1973).

Nearly all of them depend on a pair of levels (i, j) only through i + j and |i - j|, so one pass over the matrix of a
direction fills these two histograms, the margins, and a histogram of the counts themselves (for the entropies: many
entries share a count, and a logarithm a count is enough).

The mean over directions leaves out directions without a pair. Where a value is the difference of two nearly equal
sums, rounding decides it; those few are computed again in the order of operations of PyRadiomics
(:mod:`.glcm_reference`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numba import njit

from . import glcm_reference

_EPS = float(np.spacing(1))
_LN2 = float(np.log(2.0))
_COUNT_TABLE = 4096
_CANCELLED = 1e-6  # a difference below this share of its terms is left to the reference order of operations

COLUMNS = (
    "Autocorrelation", "ClusterProminence", "ClusterShade", "ClusterTendency", "Contrast", "Correlation",
    "DifferenceAverage", "DifferenceEntropy", "DifferenceVariance", "Id", "Idm", "Idmn", "Idn", "Imc1", "Imc2",
    "InverseVariance", "JointAverage", "JointEnergy", "JointEntropy", "MaximumProbability", "SumAverage",
    "SumEntropy", "SumSquares",
)  # fmt: skip
_WIDTH = len(COLUMNS)


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _plogp(p):
    return p * np.log2(p + _EPS)


@njit(cache=True, nogil=True)
def _histograms(pairs, gray, symmetric, sums, gaps, rows, columns, of_count, rare):
    """Fill the histograms of one direction; gives back the sum of all entries.

    Entries beyond the table of counts go to ``rare``: sum of n log2 n, of n^2, of n; and the largest of all entries.
    """
    total = np.int64(0)
    largest = np.int64(0)
    levels = gray.shape[0]
    for i in range(levels):
        first = i if symmetric else 0
        for j in range(first, levels):
            count = pairs[i, j]
            if count == 0:
                continue
            weight = np.int64(count)
            entries = 1
            if symmetric:
                if i == j:
                    count = 2 * count
                    weight = np.int64(count)
                else:
                    entries = 2
            both = weight * entries
            total += both
            sums[gray[i] + gray[j]] += both
            gaps[abs(gray[i] - gray[j])] += both
            rows[i] += weight
            columns[j] += weight
            if entries == 2:
                rows[j] += weight
                columns[i] += weight
            largest = max(largest, weight)
            if count < of_count.shape[0]:
                of_count[count] += entries
            else:
                rare[0] += entries * float(weight) * np.log2(float(weight))
                rare[1] += entries * float(weight) * float(weight)
                rare[2] += float(both)
    rare[3] = float(largest)
    return float(total)


@njit(cache=True, nogil=True)
def _entropy_energy(of_count, rare, total):
    """Joint entropy and energy from how often each count occurs."""
    entropy = 0.0
    energy = 0.0
    for count in range(1, of_count.shape[0]):
        times = of_count[count]
        if times:
            p = count / total
            entropy -= times * _plogp(p)
            energy += times * p * p
    if rare[2] > 0:  # entries beyond the table; eps is lost beside such p
        entropy -= (rare[0] - rare[2] * np.log2(total)) / total
        energy += rare[1] / (total * total)
    return entropy, energy


@njit(cache=True, nogil=True)
def _of_differences(gaps, total, highest, out):
    """Features of the histogram of |i - j|."""
    mean = 0.0
    for k in range(1, highest):
        mean += k * (gaps[k] / total)
    entropy, variance, contrast, idm, idmn, identity, idn, inverse = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(highest):
        if gaps[k] == 0:
            continue
        p = gaps[k] / total
        entropy -= _plogp(p)
        variance += p * (k - mean) ** 2
        contrast += p * k * k
        idm += p / (1.0 + k * k)
        idmn += p / (1.0 + (k * k) / (highest * highest))
        identity += p / (1.0 + k)
        idn += p / (1.0 + k / highest)
        if k > 0:
            inverse += p / (k * k)
    out[4], out[6], out[7], out[8] = contrast, mean, entropy, variance
    out[9], out[10], out[11], out[12], out[15] = identity, idm, idmn, idn, inverse


@njit(cache=True, nogil=True)
def _of_sums(sums, total, centre, out):
    """Features of the histogram of i + j; ``centre`` is its mean from the margins. out[23] tells of cancellation."""
    prominence, shade, tendency, entropy, mean, size = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in range(2, sums.shape[0]):
        if sums[k] == 0:
            continue
        p = sums[k] / total
        away = k - centre
        square = away * away
        tendency += p * square
        shade += p * square * away
        size += p * square * abs(away)
        prominence += p * square * square
        entropy -= _plogp(p)
        mean += k * p
    out[1], out[2], out[3], out[20], out[21] = prominence, shade, tendency, mean, entropy
    if abs(shade) <= _CANCELLED * size:
        out[_WIDTH] = 1.0


@njit(cache=True, nogil=True)
def _of_margins(pairs, gray, symmetric, rows, columns, total, out):  # noqa: C901, PLR0915 - one kernel
    """Features that need the margins: averages, correlation, and the informational measures."""
    levels = gray.shape[0]
    ux, uy = 0.0, 0.0
    for i in range(levels):
        ux += gray[i] * (rows[i] / total)
        uy += gray[i] * (columns[i] / total)
    vx, vy, hx, hy, plain, wide_x, wide_y, nx, ny = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0
    inverse_x = np.zeros(levels)
    inverse_y = np.zeros(levels)
    for i in range(levels):
        if rows[i]:
            p = rows[i] / total
            vx += p * (gray[i] - ux) ** 2
            hx -= _plogp(p)
            plain += p * np.log2(p)
            inverse_x[i] = 1.0 / p
            wide_x += 1.0 / p
            nx += 1
        if columns[i]:
            p = columns[i] / total
            vy += p * (gray[i] - uy) ** 2
            hy -= _plogp(p)
            plain += p * np.log2(p)
            inverse_y[i] = 1.0 / p
            wide_y += 1.0 / p
            ny += 1
    # log2(px py + eps) = log2 px + log2 py + (x - x^2 / 2) / ln 2 with x = eps / (px py), which is small
    once, twice, largest = 0.0, 0.0, 0.0
    for i in range(levels):
        for j in range(i if symmetric else 0, levels):
            if pairs[i, j] == 0:
                continue
            entries = 2.0 if symmetric else 1.0  # the diagonal of the triangle counts twice as well
            p = entries * pairs[i, j] / total
            x = inverse_x[i] * inverse_y[j]
            once += p * x
            twice += p * x * x
            largest = max(largest, x)
    hxy = out[18]
    hxy1 = -(plain + (_EPS * once - 0.5 * _EPS * _EPS * twice) / _LN2)
    hxy2 = -(plain + (_EPS * nx * ny - 0.5 * _EPS * _EPS * wide_x * wide_y) / _LN2)
    divisor = max(hx, hy)
    out[13] = (hxy - hxy1) / divisor if divisor != 0 else 0.0
    known = 1.0 - np.exp(-2.0 * (hxy2 - hxy))
    out[14] = np.sqrt(known) if known > 0 else 0.0
    close = min(abs(hxy - hxy1), abs(hxy2 - hxy)) <= _CANCELLED * max(hxy, 1e-300)
    if close or _EPS * largest > 1e-4 or divisor <= 1e-9:
        out[_WIDTH + 1] = 1.0
    sigma = np.sqrt(vx) * np.sqrt(vy)
    apart = out[4] - (ux - uy) ** 2
    out[5] = 0.25 * (out[3] - apart) / (sigma + _EPS) if sigma != 0 else 1.0
    if sigma != 0 and abs(out[3] - apart) <= _CANCELLED * (out[3] + abs(apart)):
        out[_WIDTH + 2] = 1.0
    if sigma <= 1e-12 * (abs(ux) + abs(uy)):
        out[_WIDTH + 2] = 1.0
    out[0] = 0.25 * (out[3] - apart) + ux * uy
    out[16] = ux
    out[22] = vx


@njit("float64[:, ::1](int32[:, :, ::1], int64[::1], boolean, int64)", cache=True, nogil=True)
def _features(pairs, gray, symmetric, highest):
    """One row a direction: the columns above and three flags; NaN where the direction has no pair."""
    table = np.zeros((pairs.shape[0], _WIDTH + 3))
    sums = np.zeros(2 * highest + 1, np.int64)
    gaps = np.zeros(highest + 1, np.int64)
    for a in range(pairs.shape[0]):
        for k in range(sums.shape[0]):
            sums[k] = 0
        for k in range(gaps.shape[0]):
            gaps[k] = 0
        rows = np.zeros(gray.shape[0], np.int64)
        columns = np.zeros(gray.shape[0], np.int64)
        of_count = np.zeros(_COUNT_TABLE, np.int64)
        rare = np.zeros(4)
        out = table[a]
        total = _histograms(pairs[a], gray, symmetric, sums, gaps, rows, columns, of_count, rare)
        if total == 0:
            for k in range(_WIDTH):
                out[k] = np.nan
            continue
        centre = 0.0
        for i in range(gray.shape[0]):
            centre += gray[i] * (rows[i] / total) + gray[i] * (columns[i] / total)
        _of_differences(gaps, total, highest, out)
        _of_sums(sums, total, centre, out)
        entropy, energy = _entropy_energy(of_count, rare, total)
        out[17], out[18], out[19] = energy, entropy, rare[3] / total
        _of_margins(pairs[a], gray, symmetric, rows, columns, total, out)
    return table


def glcm_features(
    pairs: np.ndarray,
    gray: np.ndarray,
    steps: np.ndarray,
    spacing: tuple[float, float, float],
    settings: Mapping[str, Any],
    wanted: tuple[str, ...],
    highest: int,
) -> dict[str, float]:
    """Features averaged over directions.

    Args:
        pairs: counts, shape (directions, levels, levels); upper triangles where the matrix is symmetric.
        gray: grey level of each row.
        steps: direction (z, y, x) of each matrix.
        spacing: (x, y, z) in mm, for ``weightingNorm``.
        settings: ``symmetricalGLCM`` and ``weightingNorm``.
        wanted: features to compute.
        highest: PyRadiomics' Ng.
    """
    symmetric = bool(settings.get("symmetricalGLCM", True))
    norm = settings.get("weightingNorm")
    if norm is not None or (len(pairs) == 1 and not pairs.any()):
        matrices = glcm_reference.probabilities(pairs, symmetric, steps, spacing, norm)
        return glcm_reference.features(matrices, gray, wanted, highest)
    table = _features(pairs, gray, symmetric, highest)
    filled = ~np.isnan(table[:, 0])
    found = {name: _mean(table[filled, k]) for k, name in enumerate(COLUMNS)}
    doubtful = [
        *(["ClusterShade"] if table[:, _WIDTH].any() else []),
        *(["Imc1", "Imc2"] if table[:, _WIDTH + 1].any() else []),
        *(["Correlation"] if table[:, _WIDTH + 2].any() else []),
    ]
    again = tuple(name for name in doubtful if name in wanted)
    if again or "MCC" in wanted:
        matrices = glcm_reference.probabilities(pairs, symmetric, steps, spacing, None)
        if again:
            found.update(glcm_reference.features(matrices, gray, again, highest))
        if "MCC" in wanted:
            found["MCC"] = glcm_reference.maximal_correlation(matrices)
    return found


def _mean(values: np.ndarray) -> float:
    return float(np.mean(values)) if len(values) else float("nan")
