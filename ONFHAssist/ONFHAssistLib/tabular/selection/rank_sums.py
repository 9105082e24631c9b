"""Compiled loops over many features at once: rank sums of hips that count any number of times, and repeated features."""

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
def clustered_rank_sums(order, values, count, group, patient, drawn):
    """As :func:`rank_sums`, and how many times the rank sum varies more than if hips were independent, each (p,).

    The third: sum over patients of the squared sum of their hips' scores, over the sum of the squared scores. A score is
    the hip's midrank less the mean rank, times its group less the share of the group. ``patient`` (n,) numbers the
    patients from 0; ``drawn`` says how often each of them counts, which ``count`` says of each of its hips.
    """
    p, n = values.shape
    sums, ties, effect = np.zeros(p), np.zeros(p), np.ones(p)
    total, inside_all = 0.0, 0.0
    for i in range(n):
        total += count[i]
        if group[i]:
            inside_all += count[i]
    share, middle = inside_all / total, 0.5 * (total + 1.0)
    added = np.empty(drawn.size)
    for j in range(p):
        added[:] = 0.0
        below, alone = 0.0, 0.0
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
            rank = below + 0.5 * (tied + 1.0)
            sums[j] += inside * rank
            ties[j] += tied * tied * tied - tied
            for k in range(first, last):
                hip = order[j, k]
                score = (rank - middle) * ((1.0 - share) if group[hip] else -share)
                alone += count[hip] * score * score
                added[patient[hip]] += score
            below += tied
            first = last
        if alone > 0.0:
            together = 0.0
            for a in range(drawn.size):
                together += drawn[a] * added[a] * added[a]
            effect[j] = together / alone
    return sums, ties, effect


@njit(cache=True, nogil=True)
def first_rivals(close):
    """First column that stays and is ``close`` (p, p) to each one after it, (p,); -1 for those that stay."""
    p = close.shape[0]
    rival = np.full(p, -1)
    for i in range(p):
        if rival[i] < 0:
            for j in range(i + 1, p):
                if close[i, j] and rival[j] < 0:
                    rival[j] = i
    return rival
