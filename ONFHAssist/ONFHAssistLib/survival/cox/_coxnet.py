"""Compiled inner loops of the LASSO for Cox models; see :mod:`.lasso_cox` for what they compute.

Rows are sorted by time. ``sets`` is (died, slot, start, deaths, count): 1.0 where row i died; the number of distinct
death times up to row i's time; the first row at risk at death time k; the deaths then (Breslow's ties); how often
row i counts.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_compiled = njit(cache=True, nogil=True, error_model="numpy", fastmath={"reassoc", "contract", "nsz"})


@_compiled
def derivatives(eta, sets, gradient, curvature):
    """Log partial likelihood; fills its gradient and minus the diagonal of its Hessian with respect to eta."""
    died, slot, start, deaths, count = sets
    n, groups = eta.size, start.size
    top = eta.max()
    likelihood = 0.0
    relative = np.exp(eta - top)
    first, second = np.zeros(groups + 1), np.zeros(groups + 1)
    total = 0.0
    row = n
    for k in range(groups - 1, -1, -1):
        while row > start[k]:
            row -= 1
            total += count[row] * relative[row]
        total = max(total, 1e-150)  # a trial step may go so far that nobody seems at risk; it will be halved
        likelihood -= deaths[k] * (np.log(total) + top)
        first[k + 1] = deaths[k] / total
        second[k + 1] = first[k + 1] / total
    for k in range(groups):
        first[k + 1] += first[k]
        second[k + 1] += second[k]
    for i in range(n):
        pull = relative[i] * first[slot[i]]
        gradient[i] = count[i] * (died[i] - pull)
        curvature[i] = count[i] * (pull - relative[i] * relative[i] * second[slot[i]])
        likelihood += count[i] * died[i] * eta[i]
    return likelihood


@_compiled
def likelihoods(eta, sets):
    """Log partial likelihood of each row of eta (l, n)."""
    result = np.empty(eta.shape[0])
    gradient, curvature = np.empty(eta.shape[1]), np.empty(eta.shape[1])
    for k in range(eta.shape[0]):
        result[k] = derivatives(eta[k], sets, gradient, curvature)
    return result


@_compiled
def _shrink(goal, penalty):
    return np.sign(goal) * max(abs(goal) - penalty, 0.0)


@_compiled
def _descend(columns, chosen, weight, hips, residual, beta, step, penalty, tolerance):
    """Coordinate descent on the weighted least squares problem of ``hips``; ``step`` collects the change of eta."""
    n = weight.size
    size = np.empty(chosen.size)
    for a in range(chosen.size):
        x = columns[chosen[a]]
        size[a] = (weight * x * x).sum() / hips
    for _ in range(10000):
        largest = 0.0
        for a in range(chosen.size):
            if size[a] <= 0.0:
                continue
            j = chosen[a]
            x = columns[j]
            slope = 0.0
            for i in range(n):
                slope += weight[i] * x[i] * residual[i]
            change = _shrink(slope / hips + size[a] * beta[j], penalty) / size[a] - beta[j]
            if change != 0.0:
                beta[j] += change
                for i in range(n):
                    residual[i] -= change * x[i]
                    step[i] += change * x[i]
                largest = max(largest, size[a] * change * change)
        if largest < tolerance:
            break


@_compiled
def _improve(columns, sets, chosen, beta, eta, penalty, tolerance):
    """Newton's steps on the covariates ``chosen`` until the objective gains less than ``tolerance``.

    Updates beta and eta; returns the log likelihood and its gradient with respect to eta.
    """
    n, hips = eta.size, sets[4].sum()
    gradient, curvature, residual, step = np.empty(n), np.empty(n), np.empty(n), np.empty(n)
    now = derivatives(eta, sets, gradient, curvature)
    for _ in range(100):
        before = beta[chosen]
        for i in range(n):
            residual[i] = gradient[i] / curvature[i] if curvature[i] > 1e-12 else 0.0
            step[i] = 0.0
        _descend(columns, chosen, curvature, hips, residual, beta, step, penalty, tolerance)
        wanted = beta[chosen]
        goal = now / hips - penalty * np.abs(before).sum()
        # the Hessian was only its diagonal, so a step may overshoot: halve it until the objective is no worse
        share = 1.0
        gain = 0.0
        for _ in range(30):
            reached = derivatives(eta + share * step, sets, gradient, curvature)
            gain = reached / hips - penalty * np.abs(before + share * (wanted - before)).sum() - goal
            if gain >= -1e-12:
                break
            share *= 0.5
        else:
            share = 0.0
            gain = 0.0
            reached = derivatives(eta, sets, gradient, curvature)
        beta[chosen] = before + share * (wanted - before)
        eta += share * step
        now = reached
        if gain < tolerance:
            break
    return now, gradient


@_compiled
def path(columns, sets, penalties, tolerance, enough, most, beta):
    """LASSO coefficients (l, p) and log likelihoods (l,) for descending ``penalties`` (l,).

    ``columns`` (p, n), scaled. Stops early when the deviance ratio passes ``enough`` or more than ``most``
    coefficients are not zero. ``beta`` (p,) is where it starts, and is left at the last coefficients. The likelihood is
    divided by the number of hips.
    """
    p, n = columns.shape
    hips = sets[4].sum()
    coefficients, likelihood = np.zeros((penalties.size, p)), np.zeros(penalties.size)
    gradient, curvature = np.empty(n), np.empty(n)
    null = derivatives(np.zeros(n), sets, gradient, curvature)
    inside = beta != 0.0
    eta = np.zeros(n)
    for j in np.flatnonzero(inside):
        eta += beta[j] * columns[j]
    derivatives(eta, sets, gradient, curvature)
    pull = np.abs(np.dot(columns, gradient)) / hips
    done = 0
    before = penalties[0]
    for level in range(penalties.size):
        penalty = penalties[level]
        limit = penalty * (1.0 + 1e-9)
        # what is likely to come in is looked at first (sequential strong rule, Tibshirani et al. 2012), all at the end
        likely = np.flatnonzero((pull >= 2.0 * penalty - before) & ~inside)
        before = penalty
        while True:
            now, gradient = _improve(columns, sets, np.flatnonzero(inside), beta, eta, penalty, tolerance)
            added = False
            for j in likely:
                if not inside[j] and abs(np.dot(columns[j], gradient)) / hips > limit:
                    inside[j] = True
                    added = True
            if added:
                continue
            # optimality: no covariate outside may pull harder than the penalty
            pull = np.abs(np.dot(columns, gradient)) / hips
            outside = (pull > limit) & ~inside
            if not outside.any():
                break
            inside |= outside
        coefficients[level] = beta
        likelihood[level] = now
        done = level + 1
        if now > null * (1.0 - enough) or np.count_nonzero(beta) > most:
            break
    return coefficients[:done], likelihood[:done]
