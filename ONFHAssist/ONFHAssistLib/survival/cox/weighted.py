"""The Cox partial likelihood with late entry, case weights, strata and weights that change with time.

The general form of :mod:`.partial_likelihood`, for questions that its sorted sums cannot hold: a hip that came under
observation later (left truncation), case weights, a baseline hazard of its own for each stratum, and Fine and Gray's
weights of hips that had a competing event. Each death sees the risk set as a row of a matrix (deaths, hips). As
R's ``coxph(Surv(entry, time, event) ~ x + strata(s), weights = w)``; Therneau and Grambsch, Modeling Survival Data, 2000.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ONFHAssistLib.evaluate.survival.outcome import censoring_survival, summed_by_patient

from .partial_likelihood import NotIdentified, scaled_columns

MAX_STEPS = 40


@dataclass(frozen=True)
class WeightedSets:
    """Who is at risk at each death, and with which weight.

    Attributes:
        dead: (d,) hip of each death, sorted by stratum and time; ``weight`` (d,) its case weight.
        group: (d,) number of the distinct death time (in its stratum); ``times``, ``stratum`` (g,) of these.
        share: (d,) part of the tied deaths that has left the risk set (Efron), 0 (Breslow).
        jump_weight: (d,) mean case weight of the tied deaths.
        at_risk: (d, n) weight of each hip in the risk set, reduced for tied deaths.
    """

    dead: np.ndarray
    weight: np.ndarray
    group: np.ndarray
    times: np.ndarray
    stratum: np.ndarray
    share: np.ndarray
    jump_weight: np.ndarray
    at_risk: np.ndarray


def weighted_sets(
    time: np.ndarray,
    event: np.ndarray,
    *,
    entry: np.ndarray | None = None,
    weight: np.ndarray | None = None,
    stratum: np.ndarray | None = None,
    ties: str = "efron",
    later_weight: Callable[[np.ndarray], np.ndarray] | None = None,
) -> WeightedSets:
    """Risk sets of n hips.

    Args:
        time, event: (n,).
        entry: (n,) when each hip came under observation; a hip is at risk from just after it. None is time 0.
        weight: (n,) case weights; None is 1.
        stratum: (n,) whole numbers; None is one stratum.
        ties: "efron" or "breslow".
        later_weight: gives (g, n) factors at the distinct death times for hips whose own time has passed, 0 where they
            have left (Fine and Gray); None lets everybody leave.
    """
    n = time.size
    weights = np.ones(n) if weight is None else np.asarray(weight, float)
    strata = np.zeros(n, int) if stratum is None else np.asarray(stratum)
    dead = np.flatnonzero(event)
    dead = dead[np.lexsort((time[dead], strata[dead]))]
    keys = np.column_stack([strata[dead], time[dead]])
    distinct, first, group, count = np.unique(
        keys, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    group = group.ravel()
    of_stratum, times = distinct[:, 0], distinct[:, 1]
    inside = strata[None, :] == of_stratum[:, None]
    here = inside & (time[None, :] >= times[:, None])
    if entry is not None:
        here &= np.asarray(entry, float)[None, :] < times[:, None]
    risk = here * weights
    if later_weight is not None:
        risk = risk + (inside & (time[None, :] < times[:, None])) * later_weight(times) * weights
    share = (np.arange(dead.size) - first[group]) / count[group] if ties == "efron" else np.zeros(dead.size)
    at_risk = risk[group]
    if share.any():
        tied = np.zeros((times.size, n))
        tied[group, dead] = weights[dead]
        at_risk = at_risk - share[:, None] * tied[group]
    mean = np.bincount(group, weights[dead]) / count
    return WeightedSets(dead, weights[dead], group, times, of_stratum, share, mean[group], at_risk)


def fine_gray_weights(
    time: np.ndarray, event: np.ndarray, competing: np.ndarray
) -> Callable[[np.ndarray], np.ndarray]:
    """Weights G(t-) / G(T-) of hips after their competing event, 0 for all others, at times (g,): (g, n).

    Fine and Gray, JASA 1999; G is the marginal Kaplan-Meier of the censoring, as in R's ``cmprsk::crr`` and
    ``survival::finegray``.
    """
    followed = censoring_survival(time, event | competing)
    own = np.maximum(followed(time), 1e-12)

    def at(times: np.ndarray) -> np.ndarray:
        ratio: np.ndarray = followed(times)[:, None] / own[None, :] * competing[None, :]
        return ratio

    return at


@dataclass(frozen=True)
class WeightedFit:
    """Maximum of the partial likelihood.

    Attributes:
        coef, variance: (p,), (p, p) from the information. ``robust`` (p, p): sandwich, influences added up by patient.
        means: (p,) of the covariates, at which the baseline is.
        null, fitted: log likelihood.
        times, stratum, hazard: (g,) cumulative baseline hazard after each distinct death time of a stratum.
    """

    coef: np.ndarray
    variance: np.ndarray
    robust: np.ndarray
    means: np.ndarray
    null: float
    fitted: float
    times: np.ndarray
    stratum: np.ndarray
    hazard: np.ndarray

    def cumulative_hazard(self, months: np.ndarray, stratum: float = 0) -> np.ndarray:
        """Baseline (k,) of a stratum at ``months``, at average covariates."""
        mine = self.stratum == stratum
        position = np.searchsorted(self.times[mine], np.asarray(months, float), side="right")
        return np.concatenate([[0.0], self.hazard[mine]])[position]


def _moments(sets: WeightedSets, z: np.ndarray, beta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Log likelihood, and for each death the size and the mean (d, p) of its risk set."""
    eta = z @ beta
    top = float(eta.max())
    hazard = np.exp(eta - top)
    total = sets.at_risk @ hazard
    mean = sets.at_risk @ (hazard[:, None] * z) / total[:, None]
    likelihood = float(sets.weight @ eta[sets.dead] - sets.jump_weight @ (np.log(total) + top))
    return likelihood, total * np.exp(top), mean


def _information(
    sets: WeightedSets, z: np.ndarray, beta: np.ndarray, total: np.ndarray, mean: np.ndarray
) -> np.ndarray:
    share = (sets.jump_weight / total) @ sets.at_risk * np.exp(z @ beta)
    return (z * share[:, None]).T @ z - (mean * sets.jump_weight[:, None]).T @ mean


def fit_weighted(sets: WeightedSets, x: np.ndarray, cluster: np.ndarray | None = None) -> WeightedFit:
    """Newton's method with step halving on covariates (n, p).

    Raises:
        NotIdentified: "constant", "collinear" or "separated" covariates.
    """
    z, means, scale = scaled_columns(x)
    beta = np.zeros(z.shape[1])
    null, total, mean = _moments(sets, z, beta)
    now = null
    information = _information(sets, z, beta, total, mean)
    for _ in range(MAX_STEPS):
        gradient = sets.weight @ z[sets.dead] - sets.jump_weight @ mean
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        for _ in range(40):
            with np.errstate(all="ignore"):
                trial = _moments(sets, z, beta + step)
            if np.isfinite(trial[0]) and trial[0] >= now - 1e-12:
                break
            step = step / 2
        else:
            break
        gain, beta = trial[0] - now, beta + step
        now, total, mean = trial
        information = _information(sets, z, beta, total, mean)
        if abs(gain) < 1e-11 * (abs(now) + 1) and np.abs(step).max() < 1e-8:
            break
        if np.abs(beta).max() > 30:
            break
    variance = np.linalg.pinv(information)
    loose = np.flatnonzero((np.diag(variance) > 100) | (np.abs(beta) > 30) | (np.diag(information) <= 0))
    if loose.size:
        raise NotIdentified("separated", loose.tolist())
    influence = summed_by_patient(_scores(sets, z, beta, total, mean) @ variance, cluster)
    both = np.outer(scale, scale)
    jump = np.bincount(sets.group, sets.jump_weight / total)
    return WeightedFit(
        beta / scale,
        variance / both,
        influence.T @ influence / both,
        means,
        null,
        now,
        sets.times,
        sets.stratum,
        _cumulated(jump, sets.stratum),
    )


def _cumulated(jump: np.ndarray, stratum: np.ndarray) -> np.ndarray:
    """Sum of the jumps within each stratum, whose times are sorted."""
    result = np.empty_like(jump)
    for value in np.unique(stratum):
        result[stratum == value] = np.cumsum(jump[stratum == value])
    return result


def _scores(
    sets: WeightedSets, z: np.ndarray, beta: np.ndarray, total: np.ndarray, mean: np.ndarray
) -> np.ndarray:
    """Weighted score residuals (n, p)."""
    step = sets.jump_weight / total
    exposure = step @ sets.at_risk
    hazard = np.exp(z @ beta)
    residual = -hazard[:, None] * (z * exposure[:, None] - sets.at_risk.T @ (step[:, None] * mean))
    sums = np.stack([np.bincount(sets.group, column) for column in mean.T], axis=1)
    average = sums / np.bincount(sets.group)[:, None]
    np.add.at(residual, sets.dead, sets.weight[:, None] * (z[sets.dead] - average[sets.group]))
    return residual


def fit_stratified(
    time: np.ndarray,
    event: np.ndarray,
    x: np.ndarray,
    *,
    cluster: np.ndarray | None = None,
    **options: np.ndarray | None,
) -> WeightedFit:
    """:func:`fit_weighted` on risk sets with ``entry``, ``weight`` and ``stratum`` (each (n,) or None)."""
    return fit_weighted(
        weighted_sets(
            time,
            event,
            entry=options.get("entry"),
            weight=options.get("weight"),
            stratum=options.get("stratum"),
        ),
        x,
        cluster,
    )


def fit_fine_gray(
    time: np.ndarray,
    event: np.ndarray,
    competing: np.ndarray,
    x: np.ndarray,
    cluster: np.ndarray | None = None,
) -> WeightedFit:
    """Fine and Gray's model of the subdistribution hazard: exp(coef) is what a covariate does to the risk itself.

    Ties as Breslow's, as in ``cmprsk::crr``. The robust variance takes the censoring weights as known, as
    ``coxph`` on ``finegray`` data with the hip as its cluster does.
    """
    sets = weighted_sets(time, event, ties="breslow", later_weight=fine_gray_weights(time, event, competing))
    return fit_weighted(sets, x, np.arange(time.size) if cluster is None else cluster)
