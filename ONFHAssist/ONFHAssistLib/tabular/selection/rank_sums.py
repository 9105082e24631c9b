"""Compiled rank sums of many features at once, for hips that count any number of times."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def rank_sums(order, values, count, group):
    """Rank sum of the hips in ``group`` and the tie term sum(t^3 - t), each (p,).

    ``values`` (p, n), ``order`` (p, n) sorts each row, ``count`` (n,) says how often each hip counts.
    """
    p, n = values.shape
    sums, ties = np.zeros(p), np.zeros(p)
    for j in range(p):
        below = 0.0
        first = 0
        while first < n:
            last = first
            value = values[j, order[j, first]]
            tied = 0.0
            inside = 0.0
            while last < n and values[j, order[j, last]] == value:
                hip = order[j, last]
                tied += count[hip]
                if group[hip]:
                    inside += count[hip]
                last += 1
            sums[j] += inside * (below + 0.5 * (tied + 1.0))
            ties[j] += tied * tied * tied - tied
            below += tied
            first = last
    return sums, ties
