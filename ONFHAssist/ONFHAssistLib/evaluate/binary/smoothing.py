"""Locally weighted regression."""

from __future__ import annotations

import numpy as np


def lowess(x: np.ndarray, y: np.ndarray, span: float = 2 / 3, delta: float | None = None) -> np.ndarray:
    """Local lines with tricube weights (Cleveland, J Am Stat Assoc 1979;74:829), without robust iterations.

    Follows the published description, as R's ``lowess(x, y, iter = 0)``: the line is fitted at points at least
    ``delta`` apart and interpolated between.

    Args:
        x: ascending, shape (n,).
        y: shape (n,).
        span: share of the points that a local line sees.
        delta: a hundredth of the range of ``x`` by default.

    Returns:
        Smoothed y, shape (n,).
    """
    n = len(x)
    if n < 2:
        return np.array(y, float)
    seen = int(np.clip(int(span * n + 1e-7), 2, n))
    if delta is None:
        delta = 0.01 * (x[-1] - x[0])
    smooth = np.empty(n)
    left, last, i = 0, -1, 0
    while True:
        # the window of ``seen`` points nearest to x[i]
        while left + seen < n and x[i] - x[left] > x[left + seen] - x[i]:
            left += 1
        smooth[i] = _line_at(x, y, x[i], left, left + seen - 1)
        if last >= 0 and last < i - 1:
            inner = slice(last + 1, i)
            share = (x[inner] - x[last]) / (x[i] - x[last])
            smooth[inner] = share * smooth[i] + (1 - share) * smooth[last]
        last = i
        cut = x[last] + delta
        j = last + 1
        while j < n and x[j] <= cut:
            if x[j] == x[last]:
                smooth[j] = smooth[last]
                last = j
            j += 1
        if last >= n - 1:
            return smooth
        i = max(last + 1, j - 1)


def _line_at(x: np.ndarray, y: np.ndarray, at: float, left: int, right: int) -> float:
    reach = max(at - x[left], x[right] - at)
    stop = right + 1 + int(np.searchsorted(x[right + 1 :], at + 0.999 * reach, side="right"))
    part, value = x[left:stop], y[left:stop]
    away = np.abs(part - at)
    weight = np.where(away <= 0.001 * reach, 1.0, (1 - np.minimum(away / max(reach, 1e-300), 1) ** 3) ** 3)
    weight = np.where(away <= 0.999 * reach, weight, 0.0)
    if reach == 0:
        weight = (away == 0).astype(float)
    weight /= weight.sum()
    if reach > 0:
        centre = weight @ part
        spread = weight @ (part - centre) ** 2
        if np.sqrt(spread) > 0.001 * (x[-1] - x[0]):
            weight = weight * ((at - centre) / spread * (part - centre) + 1)
    return float(weight @ value)
