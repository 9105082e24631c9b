"""The Cox partial likelihood in arrays: fit, residuals, robust variance, test of proportional hazards, baseline.

Formulas as in R's survival package (3.5): Therneau and Grambsch, Modeling Survival Data, 2000. Ties by Efron's or
Breslow's method. Columns are centred and scaled inside, results are on the scale of the input.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

MAX_STEPS = 40
HALVINGS = 60  # of a Newton step; a far outlier can make the first one astronomically long


class NotIdentified(ValueError):  # noqa: N818 - says what is wrong
    """The likelihood has no single maximum; ``columns`` are the positions of the covariates at fault."""

    def __init__(self, kind: str, columns: list[int]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.columns = columns


@dataclass(frozen=True)
class RiskSets:
    """Who is at risk at each death; hips sorted by time, deaths in time order.

    Attributes:
        order: (n,) sorts the input by time.
        death: (d,) row (sorted) of each death.
        start: (d,) first row (sorted) at risk at that death's time.
        group: (d,) number of the distinct death time of each death; ``first`` (g,) its first death.
        share: (d,) part of the tied deaths that has left the risk set: l / ties (Efron), 0 (Breslow).
        times: (g,) distinct times of death.
    """

    order: np.ndarray
    death: np.ndarray
    start: np.ndarray
    group: np.ndarray
    first: np.ndarray
    share: np.ndarray
    times: np.ndarray


def risk_sets(time: np.ndarray, event: np.ndarray, ties: str = "efron") -> RiskSets:
    """Arrange n hips for the partial likelihood."""
    order = np.argsort(time, kind="stable")
    sorted_time = time[order]
    death = np.flatnonzero(event[order])
    death_time = sorted_time[death]
    times, first, group, count = np.unique(
        death_time, return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.arange(death.size) - first[group]
    share = rank / count[group] if ties == "efron" else np.zeros(death.size)
    start = np.searchsorted(sorted_time, death_time, side="left")
    return RiskSets(order, death, start, group, first, share, times)


@dataclass(frozen=True)
class Moments:
    """Sums over the risk set of each death: of the relative hazards, times x, times x x'."""

    log_likelihood: float
    total: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray


def _from_the_end(values: np.ndarray, start: np.ndarray) -> np.ndarray:
    return np.cumsum(values[::-1], axis=0)[::-1][start]


def moments(sets: RiskSets, x: np.ndarray, beta: np.ndarray) -> Moments:
    """Log likelihood and, for each death, the size, mean (d, p) and covariance (d, p, p) of its risk set.

    ``x`` (n, p) is sorted as ``sets.order``.
    """
    eta = x @ beta
    top = eta.max()
    hazard = np.exp(eta - top)
    first = hazard[:, None] * x
    second = first[:, :, None] * x[:, None, :]
    sums = []
    for values in (hazard, first, second):
        whole = _from_the_end(values, sets.start)
        tied = np.add.reduceat(values[sets.death], sets.first, axis=0)[sets.group]
        sums.append(whole - sets.share.reshape(-1, *[1] * (values.ndim - 1)) * tied)
    total, first, second = sums
    mean = first / total[:, None]
    covariance = second / total[:, None, None] - mean[:, :, None] * mean[:, None, :]
    likelihood = float((eta[sets.death] - top - np.log(total)).sum())
    return Moments(likelihood, total * np.exp(top), mean, covariance)


def log_likelihood(sets: RiskSets, eta: np.ndarray) -> float:
    """Partial log likelihood of linear predictors (n,) sorted as ``sets.order``."""
    top = eta.max()
    hazard = np.exp(eta - top)
    tied = np.add.reduceat(hazard[sets.death], sets.first)[sets.group]
    total = _from_the_end(hazard, sets.start) - sets.share * tied
    return float((eta[sets.death] - top - np.log(total)).sum())


@dataclass(frozen=True)
class Fit:
    """Maximum of the partial likelihood for covariates (n, p).

    Attributes:
        coef: (p,); ``variance`` (p, p), the inverse of the observed information.
        means: (p,) of the covariates; ``null`` and ``fitted`` log likelihood at 0 and at ``coef``.
    """

    coef: np.ndarray
    variance: np.ndarray
    means: np.ndarray
    null: float
    fitted: float


def scaled_columns(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    means, scale = x.mean(0), x.std(0)
    constant = np.flatnonzero(scale <= 1e-12 * np.maximum(1, np.abs(means)))
    if constant.size:
        raise NotIdentified("constant", constant.tolist())
    z = (x - means) / scale
    if x.shape[1] > 1:
        _, singular, directions = np.linalg.svd(z, full_matrices=False)
        if singular[-1] < 1e-7 * singular[0]:
            raise NotIdentified("collinear", np.flatnonzero(np.abs(directions[-1]) > 0.1).tolist())
    return z, means, scale


def fit(sets: RiskSets, x: np.ndarray) -> Fit:
    """Newton's method with step halving on covariates (n, p) in the original order.

    Raises:
        NotIdentified: "constant", "collinear" or "separated" covariates.
    """
    from ._newton import newton_sums

    z, means, scale = scaled_columns(x)
    z = np.ascontiguousarray(z[sets.order])
    arrays = (z, sets.death, sets.start, sets.share, sets.first)
    beta = np.zeros(z.shape[1])
    now, gradient, information = newton_sums(*arrays, beta)
    null = now
    for _ in range(MAX_STEPS):
        step = np.linalg.lstsq(information, gradient, rcond=None)[0]
        for _ in range(HALVINGS):
            # a trial may go too far: where hazards underflow it is not finite
            trial, steeper, curved = newton_sums(*arrays, beta + step)
            if np.isfinite(trial) and trial >= now - 1e-12:
                break
            step = step / 2
        else:
            break  # nothing better along the step
        beta = beta + step
        gain, now, gradient, information = trial - now, trial, steeper, curved
        if abs(gain) < 1e-11 * (abs(now) + 1) and np.abs(step).max() < 1e-6:
            break
        if np.abs(beta).max() > 30:
            break
    # Without a finite maximum the information goes to zero along the covariate that separates. Per standard
    # deviation a standard error of 10 means that not a single event speaks against an infinite hazard ratio.
    loose = np.flatnonzero(np.diag(information) < 1e-2 * max(1.0, 1e-3 * sets.death.size))
    variance = np.linalg.pinv(information)
    loose = np.union1d(loose, np.flatnonzero((np.diag(variance) > 100) | (np.abs(beta) > 30)))
    if loose.size:
        raise NotIdentified("separated", loose.tolist())
    return Fit(beta / scale, variance / np.outer(scale, scale), means, null, now)


def score_residuals(sets: RiskSets, x: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Each hip's contribution (n, p) to the score, in the original order; their sum is the score."""
    z = x[sets.order] - x.mean(0)
    at = moments(sets, z, beta)
    hazard = np.exp(z @ beta)
    jump = 1 / at.total
    # what being at risk costs: sum over deaths of hazard * (x - mean) / total, reduced among those who die there
    per_group, per_group_mean = (
        np.add.reduceat(v, sets.first, axis=0) for v in (jump, jump[:, None] * at.mean)
    )
    slot = np.searchsorted(sets.start[sets.first], np.arange(len(z)), side="right")
    cum, cum_mean = (
        np.concatenate([np.zeros((1, *v.shape[1:])), np.cumsum(v, 0)]) for v in (per_group, per_group_mean)
    )
    exposure, exposure_mean = cum[slot], cum_mean[slot]
    lost, lost_mean = (
        np.add.reduceat(v, sets.first, axis=0)
        for v in (sets.share * jump, (sets.share * jump)[:, None] * at.mean)
    )
    exposure[sets.death] -= lost[sets.group]
    exposure_mean[sets.death] -= lost_mean[sets.group]
    residual = -hazard[:, None] * (z * exposure[:, None] - exposure_mean)
    residual[sets.death] += schoenfeld_sorted(sets, z, at.mean)
    result = np.empty_like(residual)
    result[sets.order] = residual
    return result


def schoenfeld_sorted(sets: RiskSets, z: np.ndarray, mean: np.ndarray) -> np.ndarray:
    """Schoenfeld residuals (d, p) in time order: covariates of each death less the mean of its risk set.

    Args:
        z: sorted covariates. mean: of the risk sets.
    """
    # with Efron's ties each of the tied deaths is set against the average of the reduced risk sets
    average = np.add.reduceat(mean, sets.first, axis=0) / np.bincount(sets.group)[:, None]
    return z[sets.death] - average[sets.group]


def robust_variance(
    sets: RiskSets, x: np.ndarray, fitted: Fit, cluster: np.ndarray | None = None
) -> np.ndarray:
    """Lin and Wei's sandwich variance (p, p); with ``cluster`` (n,), score residuals are added up by patient
    first.
    """
    influence = score_residuals(sets, x, fitted.coef) @ fitted.variance
    if cluster is not None:
        _, code = np.unique(cluster, return_inverse=True)
        summed = np.zeros((code.max() + 1, influence.shape[1]))
        np.add.at(summed, code, influence)
        influence = summed
    return influence.T @ influence


def proportional_hazards(
    sets: RiskSets, x: np.ndarray, beta: np.ndarray, clock: np.ndarray
) -> tuple[np.ndarray, float]:
    """Score tests for coefficients that drift with ``clock`` (d,), a function of each death's time.

    R's ``cox.zph`` since survival 3.0: the score test of adding x * clock to the model (Grambsch and Therneau,
    Biometrika 1994, without their approximation). Returns one statistic for each covariate (p,), on 1 degree of
    freedom, and the global one, on p.
    """
    z = x[sets.order] - x.mean(0)
    at = moments(sets, z, beta)
    clock = clock - clock.mean()
    residual = schoenfeld_sorted(sets, z, at.mean)
    score = (clock[:, None] * residual).sum(0)
    blocks = [np.tensordot(clock**power, at.covariance, axes=1) for power in (0, 1, 2)]
    information = np.block([[blocks[0], blocks[1]], [blocks[1], blocks[2]]])
    p = score.size

    def test(chosen: np.ndarray) -> float:
        rows = np.concatenate([np.arange(p), p + chosen])
        u = np.concatenate([np.zeros(p), score[chosen]])
        return float(u @ np.linalg.solve(information[np.ix_(rows, rows)], u))

    return np.array([test(np.array([k])) for k in range(p)]), test(np.arange(p))


@dataclass(frozen=True)
class Baseline:
    """Cumulative hazard of a hip with average covariates, and what its variance needs.

    Attributes:
        times: (g,) distinct times of death; ``hazard`` (g,) cumulative up to and with each.
        variance: (g,) cumulative sum of 1 / total^2.
        drift: (g, p) cumulative sum of (mean of the risk set - overall mean) / total.
    """

    times: np.ndarray
    hazard: np.ndarray
    variance: np.ndarray
    drift: np.ndarray


def baseline(sets: RiskSets, x: np.ndarray, fitted: Fit) -> Baseline:
    """Breslow's or Efron's cumulative hazard, matching the ties of ``sets``, at the covariates' means."""
    at = moments(sets, x[sets.order] - fitted.means, fitted.coef)
    jump = 1 / at.total
    parts = (jump, jump**2, jump[:, None] * at.mean)
    return Baseline(
        sets.times, *(np.cumsum(np.add.reduceat(part, sets.first, axis=0), axis=0) for part in parts)
    )
