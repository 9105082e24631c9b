"""Intervals of a stager's figures: the patient is the unit, and they close neither at 0 nor at 1.

A figure of one stage against the rest is a share, an F1 or an AUC and has the interval that such a figure has elsewhere
(:mod:`..evaluate.clusters`). A mean over stages has the bounds that its stages' bounds give, with the correlations that
the hips of the patients show: Zou, Huang and Zhang, Comput Stat Data Anal 2009;53:1080, with the correlations of Zou, Am
J Epidemiol 2008;168:212. A stage without a single error then still widens the mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..evaluate.binary.discrimination import delong_components
from ..evaluate.clusters.areas import area_interval, newcombe_interval
from ..evaluate.clusters.proportions import clustered_share
from ..evaluate.clusters.sums import covariance_of_sum, covariance_of_two_means, patients_of_each_class
from ..evaluate.resampling import Labels

_SHARES = {
    "accuracy": lambda is_k, said: (is_k == said, np.ones_like(is_k)),
    "sensitivity": lambda is_k, said: (said, is_k),
    "specificity": lambda is_k, said: (~said, ~is_k),
    "f1": lambda is_k, said: (is_k & said, is_k | said),
}
FIGURES = (*_SHARES, "auc")


@dataclass(frozen=True)
class Part:
    """A figure of one stage against the rest: its value, its interval, and what each hip adds to it, (n,)."""

    value: float
    low: float
    high: float
    influence: np.ndarray

    @property
    def known(self) -> bool:
        return bool(np.isfinite([self.value, self.low, self.high]).all())


def share_part(hit: np.ndarray, of: np.ndarray, patients: Labels | None, level: float) -> Part:
    """Share of the hips ``of`` that are ``hit``, both (n,)."""
    people = None if patients is None else np.asarray(patients)[of]
    share = clustered_share(hit[of], people, level)
    influence = np.where(of, hit - share.value, 0.0) / max(of.sum(), 1)
    return Part(share.value, share.low, share.high, influence)


def stage_part(
    figure: str, is_k: np.ndarray, said: np.ndarray, score: np.ndarray, patients: Labels | None, level: float
) -> Part:
    """``figure`` of one stage: whether the hips have it, whether they are called so, and its probability, each (n,)."""
    if figure == "auc":
        return _area_part(is_k.astype(int), score, patients, level)
    part = share_part(*_SHARES[figure](is_k, said), patients, level)
    if figure != "f1":
        nobody = not (is_k if figure == "sensitivity" else ~is_k).any() and figure != "accuracy"
        return Part(np.nan, np.nan, np.nan, part.influence) if nobody else part
    if not is_k.any():
        return Part(np.nan, np.nan, np.nan, part.influence)
    value, low, high = (2 * x / (1 + x) for x in (part.value, part.low, part.high))
    return Part(value, low, high, part.influence * 2 / (1 + part.value) ** 2)


def _area_part(is_k: np.ndarray, score: np.ndarray, patients: Labels | None, level: float) -> Part:
    influence = np.zeros(len(is_k))
    n_events, n_others = int(is_k.sum()), int((1 - is_k).sum())
    if not n_events or not n_others:
        return Part(np.nan, np.nan, np.nan, influence)
    people = patients_of_each_class(is_k, patients)
    if min(n_events, n_others) < 2:  # one hip shows no variance; the sizes alone say what it is worth
        apart = score[is_k == 1][:, None] - score[is_k == 0]
        area = float(np.mean((apart > 0) + 0.5 * (apart == 0)))
        return Part(area, *newcombe_interval(area, *people, level), influence)
    areas, of_events, of_others = delong_components(is_k, score[None])
    area = float(areas[0])
    influence[is_k == 1] = (of_events[0] - area) / n_events
    influence[is_k == 0] = (of_others[0] - area) / n_others
    variance = float(covariance_of_two_means(of_events, of_others, is_k, patients)[0, 0])
    return Part(area, *area_interval(area, variance, *people, level), influence)


def mean_interval(
    parts: list[Part], weights: np.ndarray, patients: Labels | None
) -> tuple[float, float, float]:
    """Weighted mean of figures with its bounds; ``weights`` (parts,) add up to one.

    A part that shows no variance is taken as wholly correlated with the others, which is the cautious side.
    """
    covariance = covariance_of_sum(np.stack([part.influence for part in parts], axis=1), patients)
    spread = np.sqrt(np.diag(covariance))
    # a share without an error leaves rounding noise, no variance
    seen = np.outer(spread, spread) > 1e-14
    related = np.where(seen, covariance / np.where(seen, np.outer(spread, spread), 1.0), 1.0)
    np.fill_diagonal(related, 1.0)
    value = float(weights @ [part.value for part in parts])
    below = weights * [part.value - part.low for part in parts]
    above = weights * [part.high - part.value for part in parts]
    low, high = (float(np.sqrt(max(side @ related @ side, 0.0))) for side in (below, above))
    return value, max(value - low, 0.0), min(value + high, 1.0)
