"""Compiled sums of Newton's method on the Cox partial likelihood; see :mod:`.partial_likelihood` for what they are."""

from __future__ import annotations

import numpy as np
from numba import njit

_compiled = njit(cache=True, nogil=True, error_model="numpy")


@_compiled
def _add(heavy, x, sums, products):
    """Add a hip's hazard times x, and times x x' (lower half), to the sums of a set of hips."""
    for a in range(x.size):
        part = heavy * x[a]
        sums[a] += part
        for b in range(a + 1):
            products[a, b] += part * x[b]


@_compiled
def _add_death(x, share, risk, tied, gradient, information):
    """What a death adds to gradient and information (lower half); sums of its risk set and of those who die with it."""
    total = risk[0] - share * tied[0]
    mean = (risk[1] - share * tied[1]) / total
    for a in range(x.size):
        gradient[a] += x[a] - mean[a]
        for b in range(a + 1):
            information[a, b] += (risk[2][a, b] - share * tied[2][a, b]) / total - mean[a] * mean[b]


@_compiled
def newton_sums(z, death, start, share, first, beta):
    """Log likelihood, its gradient (p,) and the observed information (p, p) at ``beta`` (p,).

    ``z`` (n, p) sorted by time; ``death``, ``start``, ``share``, ``first`` as in :class:`.partial_likelihood.RiskSets`.
    """
    n, p = z.shape
    eta = z @ beta
    top = eta.max()
    hazard = np.exp(eta - top)
    likelihood, gradient, information = 0.0, np.zeros(p), np.zeros((p, p))
    at_risk, sums, products = 0.0, np.zeros(p), np.zeros((p, p))
    row, after = n, death.size
    for g in range(first.size - 1, -1, -1):
        while row > start[first[g]]:
            row -= 1
            at_risk += hazard[row]
            _add(hazard[row], z[row], sums, products)
        gone, gone_sums, gone_products = 0.0, np.zeros(p), np.zeros((p, p))
        for i in death[first[g] : after]:
            gone += hazard[i]
            _add(hazard[i], z[i], gone_sums, gone_products)
        risk, tied = (at_risk, sums, products), (gone, gone_sums, gone_products)
        for k in range(first[g], after):
            likelihood += eta[death[k]] - top - np.log(at_risk - share[k] * gone)
            _add_death(z[death[k]], share[k], risk, tied, gradient, information)
        after = first[g]
    return likelihood, gradient, information + np.tril(information, -1).T
