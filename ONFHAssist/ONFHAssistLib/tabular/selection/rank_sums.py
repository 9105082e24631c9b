"""Compiled rank sums of many features at once, for hips that count any number of times and belong to patients."""

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


@njit(cache=True, nogil=True)
def design_effects(order, values, count, group, patient, patients):
    """How many times the rank sum of ``group`` varies more than if hips were independent, (p,).

    Sum over patients of the squared sum of their hips' scores, over the sum of the squared scores; a score is the
    hip's midrank less the mean rank, times its group less the share of the group. ``patient`` (n,) numbers the
    ``patients`` from 0; ``count`` is the same for all hips of one that was drawn, each draw a patient of its own.
    """
    p, n = values.shape
    total = count.sum()
    share = (count * group).sum() / total
    middle = 0.5 * (total + 1.0)
    effect = np.ones(p)
    sums = np.empty(patients)
    drawn = np.zeros(patients)
    for i in range(n):
        drawn[patient[i]] = max(drawn[patient[i]], count[i])
    for j in range(p):
        sums[:] = 0.0
        below, alone = 0.0, 0.0
        first = 0
        while first < n:
            last = first
            value = values[j, order[j, first]]
            tied = 0.0
            while last < n and values[j, order[j, last]] == value:
                tied += count[order[j, last]]
                last += 1
            rank = below + 0.5 * (tied + 1.0) - middle
            for k in range(first, last):
                hip = order[j, k]
                if count[hip] > 0.0:
                    score = rank * ((1.0 if group[hip] else 0.0) - share)
                    alone += count[hip] * score * score
                    sums[patient[hip]] += score
            below += tied
            first = last
        if alone > 0.0:
            effect[j] = (drawn * sums * sums).sum() / alone
    return effect
