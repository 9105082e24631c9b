"""GLCM features straight from their definitions, on whole probability matrices.

Slower than :mod:`.glcm`. Used for weighted directions, for the maximal correlation coefficient, and where a value is
a difference of nearly equal sums, so that the order of operations (that of PyRadiomics 3.0.1) decides its rounding.
Matrices have the shape (levels, levels, directions), as PyRadiomics keeps them.
"""

from __future__ import annotations

import warnings

import numpy as np

_EPS = np.spacing(1)
_NEARLY_ZERO = 1e-10


def direction_weights(
    steps: np.ndarray, spacing: tuple[float, float, float], norm: str, exponential: bool
) -> np.ndarray:
    """Weight of each direction by its length in mm: the length itself (GLRLM) or exp(-length^2) (GLCM)."""
    lengths = np.abs(steps) * np.asarray(spacing)[::-1]
    if norm == "infinity":
        length = lengths.max(axis=1)
    elif norm == "euclidean":
        length = np.sqrt((lengths**2).sum(axis=1))
    elif norm == "manhattan":
        length = lengths.sum(axis=1)
    else:
        return np.ones(len(steps))
    return np.exp(-(length**2)) if exponential else length


def probabilities(
    pairs: np.ndarray,
    symmetric: bool,
    steps: np.ndarray,
    spacing: tuple[float, float, float],
    norm: str | None,
) -> np.ndarray:
    """Normalised matrices (levels, levels, directions); directions without a pair are left out.

    A single matrix without a pair is NaN.
    """
    counts = pairs.transpose(1, 2, 0).astype(np.float64)
    if symmetric:
        counts = counts + counts.transpose(1, 0, 2)
    if norm is not None:
        counts = np.sum(
            counts * direction_weights(steps, spacing, norm, exponential=True), axis=2, keepdims=True
        )
    total = counts.sum(axis=(0, 1))
    if counts.shape[2] > 1:
        counts, total = counts[:, :, total > 0], total[total > 0]
    total = np.where(total == 0, np.nan, total)
    return np.ascontiguousarray(counts) / total


def features(p: np.ndarray, gray: np.ndarray, wanted: tuple[str, ...], highest: int) -> dict[str, float]:
    """The wanted features, each averaged over directions that give a number."""
    terms = _Terms(p, gray, highest)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        return {
            name: maximal_correlation(p) if name == "MCC" else float(np.nanmean(_FORMULAS[name](terms)))
            for name in wanted
        }


class _Terms:
    """What several formulas share."""

    def __init__(self, p: np.ndarray, gray: np.ndarray, highest: int) -> None:
        levels = gray.astype(np.float64)
        self.p = p
        self.i, self.j = levels[:, None, None], levels[None, :, None]
        self.highest = highest
        self.px, self.py = p.sum(1, keepdims=True), p.sum(0, keepdims=True)
        self.ux = np.sum(self.i * p, (0, 1), keepdims=True)
        self.uy = np.sum(self.j * p, (0, 1), keepdims=True)
        self.gap, self.p_gap = self._histogram(np.abs(gray[:, None] - gray[None, :]))
        self.sum, self.p_sum = self._histogram(gray[:, None] + gray[None, :])
        self.hxy = -np.sum(p * np.log2(p + _EPS), (0, 1))

    def _histogram(self, key: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values, place = np.unique(key, return_inverse=True)
        shares = np.zeros((len(values), self.p.shape[2]))
        np.add.at(shares, place.ravel(), self.p.reshape(-1, self.p.shape[2]))
        return values.astype(np.float64)[:, None], shares

    def cluster(self, power: int) -> np.ndarray:
        return np.sum(self.p * (((self.i + self.j) - self.ux - self.uy) ** power), (0, 1))


def _correlation(t: _Terms) -> np.ndarray:
    sx = np.sum(t.p * ((t.i - t.ux) ** 2), (0, 1), keepdims=True) ** 0.5
    sy = np.sum(t.p * ((t.j - t.uy) ** 2), (0, 1), keepdims=True) ** 0.5
    together = np.sum(t.p * (t.i - t.ux) * (t.j - t.uy), (0, 1), keepdims=True)
    return np.where(sx * sy == 0, 1.0, together / (sx * sy + _EPS))


def _imc1(t: _Terms) -> np.ndarray:
    hx = -np.sum(t.px * np.log2(t.px + _EPS), (0, 1))
    hy = -np.sum(t.py * np.log2(t.py + _EPS), (0, 1))
    hxy1 = -np.sum(t.p * np.log2(t.px * t.py + _EPS), (0, 1))
    divisor = np.fmax(hx, hy)
    return np.where(divisor == 0, 0.0, (t.hxy - hxy1) / np.where(divisor == 0, 1.0, divisor))


def _imc2(t: _Terms) -> np.ndarray:
    hxy2 = -np.sum((t.px * t.py) * np.log2(t.px * t.py + _EPS), (0, 1))
    known = (
        1 - np.e ** (-2 * (hxy2 - t.hxy))
    ) ** 0.5  # NaN where rounding makes it negative, as in PyRadiomics
    return np.where(hxy2 == t.hxy, 0.0, known)


def _inverse_variance(t: _Terms) -> np.ndarray:
    apart = t.gap[:, 0] > 0
    return np.sum(t.p_gap[apart] / t.gap[apart] ** 2, 0)


_FORMULAS = {
    "Autocorrelation": lambda t: np.sum(t.p * (t.i * t.j), (0, 1)),
    "ClusterProminence": lambda t: t.cluster(4),
    "ClusterShade": lambda t: t.cluster(3),
    "ClusterTendency": lambda t: t.cluster(2),
    "Contrast": lambda t: np.sum(t.p * (np.abs(t.i - t.j) ** 2), (0, 1)),
    "Correlation": _correlation,
    "DifferenceAverage": lambda t: np.sum(t.gap * t.p_gap, 0),
    "DifferenceEntropy": lambda t: -np.sum(t.p_gap * np.log2(t.p_gap + _EPS), 0),
    "DifferenceVariance": lambda t: np.sum(t.p_gap * (t.gap - np.sum(t.gap * t.p_gap, 0)) ** 2, 0),
    "Id": lambda t: np.sum(t.p_gap / (1 + t.gap), 0),
    "Idm": lambda t: np.sum(t.p_gap / (1 + t.gap**2), 0),
    "Idmn": lambda t: np.sum(t.p_gap / (1 + t.gap**2 / t.highest**2), 0),
    "Idn": lambda t: np.sum(t.p_gap / (1 + t.gap / t.highest), 0),
    "Imc1": _imc1,
    "Imc2": _imc2,
    "InverseVariance": _inverse_variance,
    "JointAverage": lambda t: t.ux,
    "JointEnergy": lambda t: np.sum(t.p**2, (0, 1)),
    "JointEntropy": lambda t: t.hxy,
    "MaximumProbability": lambda t: np.amax(t.p, (0, 1)),
    "SumAverage": lambda t: np.sum(t.sum * t.p_sum, 0),
    "SumEntropy": lambda t: -np.sum(t.p_sum * np.log2(t.p_sum + _EPS), 0),
    "SumSquares": lambda t: np.sum(t.p * ((t.i - t.ux) ** 2), (0, 1)),
}


def maximal_correlation(p: np.ndarray) -> float:
    """Maximal correlation coefficient: the root of the second largest eigenvalue of Q, averaged over directions.

    Q[i, j] = sum over k of P[i, k] P[j, k] / (px[i] py[k] + eps). Scaled by the roots of px it is symmetric but for
    eps, so a symmetric eigenvalue routine finds the same values, faster. Where the eigenvalue vanishes its sign is
    rounding, and PyRadiomics drops directions with a negative one; there the general routine is used on the same Q.
    """
    levels, _, count = p.shape
    if np.isnan(p).any():
        return float("nan")
    if levels < 2:
        return 1.0  # a flat region
    if count == 0:
        return float("nan")
    stacked = np.ascontiguousarray(p.transpose(2, 0, 1))
    px, py = stacked.sum(2), stacked.sum(1)
    q = (stacked / (px[:, :, None] * py[:, None, :] + _EPS)) @ stacked.transpose(0, 2, 1)
    root = np.sqrt(px)
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0)
    balanced = q * (root[:, :, None] * inverse[:, None, :])
    second = np.linalg.eigvalsh(0.5 * (balanced + balanced.transpose(0, 2, 1)))[:, -2]
    if (second > _NEARLY_ZERO).all():
        return float(np.mean(np.sqrt(second)))
    return _maximal_correlation_as_pyradiomics(p)


def _maximal_correlation_as_pyradiomics(p: np.ndarray) -> float:
    px, py = p.sum(1, keepdims=True), p.sum(0, keepdims=True)
    q = np.zeros_like(p)
    for k in range(len(p)):
        q += (p[:, None, k, :] * p[None, :, k, :]) / (px * py[:, k : k + 1, :] + _EPS)
    values = np.linalg.eigvals(q.transpose(2, 0, 1))
    values.sort()
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return float(np.nanmean(np.sqrt(values[:, -2])).real)
