"""What models say of hips that they never saw, and figures of it that are taken inside the held-out folds.

Risks of two developments are on two scales, and a fold with few events is judged by models that saw many: whoever pools
risks over folds finds less than there is, and less than nothing where there is nothing. So every figure here compares
hips of one fold only (Airola et al., Comput Stat Data Anal 2011), over all repeats; repeats are never averaged first,
which would judge an ensemble.

Intervals: the bootstrap over patients holds the chance of the held-out hips. That the folds' models share their
training hips adds to it: without any signal each pair of folds counts twice. Nadeau and Bengio (Mach Learn 2003): the
variance grows by 1 + K / (K - 1) with K folds (:func:`..clusters.folds.shared_training`); repeats of the folds see the
same hips and take nothing from it. It is too much where the signal is strong.
``benchmarks/statistics_survival.py`` measures what they cover.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.stats import norm

from ONFHAssistLib.evaluate.clusters.folds import shared_training
from ONFHAssistLib.evaluate.resampling import weights_in_turn
from ONFHAssistLib.evaluate.survival.metrics import (
    Estimate,
    at_horizon,
    comparable_pairs,
    percentile_interval,
    require_events,
    share_by_patient,
)
from ONFHAssistLib.evaluate.survival.outcome import (
    MIN_EVENTS,
    Z95,
    Outcome,
    censoring_survival,
    log_rank_scores,
    summed_by_patient,
)

RECLASSIFICATION = ("continuous_nri", "events_nri", "nonevents_nri", "categorical_nri", "idi")
CUTS = (0.2, 0.5)


@dataclass(frozen=True)
class _Pairs:
    """Pairs of hips of one fold, summed over repeats: (e, n) for e hips with an event."""

    compared: np.ndarray
    won: np.ndarray


@dataclass(frozen=True)
class HeldOutPredictions:
    """Predictions for n hips in R repeats by models that never saw their patient.

    Attributes:
        outcome, patient: of the hips, patients numbered from 0.
        fold: (R, n) number of the held-out fold.
        score: model -> (R, n) log hazard. ``each_survival``: model -> (R, n, k) at the months of the protocol's grid.
        above: model -> (R, n) whether the hip was above the training median.
        selected: how often each covariate and feature was chosen; ``developments``: how many there were.
    """

    outcome: Outcome
    patient: np.ndarray
    fold: np.ndarray
    score: dict[str, np.ndarray]
    each_survival: dict[str, np.ndarray]
    above: dict[str, np.ndarray]
    selected: Counter
    developments: int

    @cached_property
    def survival(self) -> dict[str, np.ndarray]:
        """Model -> (n, k), mean over the repeats."""
        return {name: curves.mean(0) for name, curves in self.each_survival.items()}

    @cached_property
    def high_risk(self) -> dict[str, np.ndarray]:
        """Model -> (n,) share of repeats in which the hip was above the training median."""
        return {name: above.mean(0) for name, above in self.above.items()}

    @cached_property
    def _events(self) -> np.ndarray:
        return np.flatnonzero(self.outcome.event)

    @cached_property
    def _possible(self) -> np.ndarray:
        return comparable_pairs(self.outcome.time, self.outcome.event, self._events)

    @cached_property
    def _counted(self) -> dict[str, _Pairs]:
        return {}

    def _pairs(self, model: str) -> _Pairs:
        """Computed once a model."""
        if model not in self._counted:
            rows, won, compared = self._events, 0.0, 0.0
            for fold, score in zip(self.fold, self.score[model], strict=True):
                together = self._possible & (fold[rows, None] == fold)
                right = 0.5 * (score[rows, None] > score) + 0.5 * (score[rows, None] >= score)
                won, compared = won + right * together, compared + together
            self._counted[model] = _Pairs(np.asarray(compared), np.asarray(won))
        return self._counted[model]

    def _share_won(self, model: str, weight: np.ndarray, row: np.ndarray, column: np.ndarray) -> float:
        """Weighted share of pairs ranked rightly; ``row`` (e,) and ``column`` (n,) weigh them further."""
        pairs, inside, others = self._pairs(model), weight[self._events] * row, weight * column
        total = inside @ (pairs.compared @ others)
        return float(inside @ (pairs.won @ others) / total) if total > 0 else np.nan

    def concordance_value(self, model: str) -> float:
        """C within held-out folds."""
        every = np.ones(self.patient.size)
        return self._share_won(model, every, every[self._events], every)

    def concordance(self, model: str, repeats: int, seed: int) -> Estimate:
        """C within held-out folds, with a 95% interval over ``repeats`` draws of patients."""
        return self._within(self._interval(self._c(model), repeats, seed))

    def difference(self, new: str, old: str, repeats: int, seed: int) -> Estimate:
        """Difference of C, new - old, on the same draws of patients."""
        first, second = self._c(new), self._c(old)
        return self._interval(lambda w: first(w) - second(w), repeats, seed)

    def _c(self, model: str) -> Callable[[np.ndarray], float]:
        every = np.ones(self.patient.size)
        return lambda weight: self._share_won(model, weight, every[self._events], every)

    def uno_concordance(self, model: str, until: float, repeats: int, seed: int) -> Estimate:
        """Uno's C within held-out folds: pairs weighted by 1 / G(T-)^2, events before ``until``.

        Raises:
            TooFewEvents: fewer than 10 events before ``until``.
        """
        time, event = self.outcome.time, self.outcome.event
        counted = time[self._events] < until
        require_events(int(counted.sum()), MIN_EVENTS, "Uno's concordance index")
        followed = np.maximum(censoring_survival(time, event)(time[self._events]), 1e-12)
        row, every = counted / followed**2, np.ones(time.size)
        return self._of_pairs(model, row, every, repeats, seed)

    def auc(self, model: str, month: float, repeats: int, seed: int) -> Estimate:
        """Time-dependent AUC at ``month`` within held-out folds, with inverse probability of censoring weights.

        Raises:
            TooFewEvents: fewer than 10 events by ``month`` or 5 hips followed beyond it.
        """
        time, event = self.outcome.time, self.outcome.event
        at_horizon(time, event, month, "A time-dependent AUC")  # refuses
        followed = np.maximum(censoring_survival(time, event)(time[self._events]), 1e-12)
        row, column = (time[self._events] <= month) / followed, (time > month).astype(float)
        return self._of_pairs(model, row, column, repeats, seed)

    def _of_pairs(self, model: str, row: np.ndarray, column: np.ndarray, repeats: int, seed: int) -> Estimate:
        def share(weight: np.ndarray) -> float:
            return self._share_won(model, weight, row, column)

        return self._within(self._interval(share, repeats, seed))

    def reclassification(
        self,
        new: str,
        old: str,
        month: float,
        step: int,
        repeats: int,
        seed: int,
        cuts: Sequence[float] = CUTS,
    ) -> dict[str, Estimate]:
        """NRI and IDI of risks of ``new`` against ``old`` within held-out folds, named as in :data:`RECLASSIFICATION`.

        The definitions are :func:`.usefulness.reclassification`'s; ``step`` is the position of ``month`` in the grid.

        Raises:
            TooFewEvents: as :meth:`auc`.
        """
        time = self.outcome.time
        hips = at_horizon(time, self.outcome.event, month, "A reclassification index")
        case, control = np.zeros(time.size), np.zeros(time.size)
        case[hips.case], control[hips.control] = hips.case_weight, 1.0
        before, after = (1 - self.each_survival[name][:, :, step] for name in (old, new))
        moves = np.stack(
            [
                np.sign(after - before),
                np.sign(np.digitize(after, cuts) - np.digitize(before, cuts)),
                after - before,
            ]
        )
        inside = self.fold[:, None, :] == np.arange(int(self.fold.max()) + 1)[:, None]  # (R, K, n)

        def figures(weight: np.ndarray) -> np.ndarray:
            first, second = case * weight, control * weight
            cases, controls = inside @ first, inside @ second
            total = max(float((cases * controls).sum()), 1e-12)
            up = np.einsum("rkn,mrn->mrk", inside, moves * first)
            down = np.einsum("rkn,mrn->mrk", inside, moves * second)
            ups = (up * controls).sum((1, 2)) / total
            downs = -(down * cases).sum((1, 2)) / total
            return np.array([ups[0] + downs[0], ups[0], downs[0], ups[1] + downs[1], ups[2] + downs[2]])

        value = figures(np.ones(time.size))
        drawn = np.array([figures(w) for w in weights_in_turn(self.patient, repeats, seed)])
        return {
            name: self._widened(percentile_interval(value[k], drawn[:, k]))
            for k, name in enumerate(RECLASSIFICATION)
        }

    def log_rank(self, model: str) -> tuple[float, float]:
        """Statistic and one-sided p that hips above the training median collapse sooner, within held-out folds.

        A stratified log-rank score, folds as strata, mean over repeats, against its variance between patients with
        Nadeau and Bengio's correction for shared training hips. One-sided, because the model said before which group
        is at risk; groups that part the wrong way are no evidence.
        """
        n = self.patient.size
        scores = np.zeros(n)
        for fold, above in zip(self.fold, self.above[model], strict=True):
            mine = np.zeros(n)
            for k in np.unique(fold):
                rows = fold == k
                mine[rows] = log_rank_scores(
                    self.outcome.time[rows], self.outcome.event[rows], above[rows, None].astype(float)
                )[:, 0]
            scores += mine / len(self.fold)
        variance = float((summed_by_patient(scores, self.patient) ** 2).sum())
        statistic = float(scores.sum() / np.sqrt(variance * self._inflation())) if variance > 0 else 0.0
        return statistic, float(norm.sf(statistic))

    def _inflation(self) -> float:
        return shared_training(int(self.fold.max()) + 1)

    def _interval(self, figure: Callable[[np.ndarray], float], repeats: int, seed: int) -> Estimate:
        value = figure(np.ones(self.patient.size))
        drawn = [figure(weight) for weight in weights_in_turn(self.patient, repeats, seed)]
        return self._widened(percentile_interval(value, np.array(drawn)))

    def _within(self, found: Estimate) -> Estimate:
        """The interval of a share, which stays within 0 and 1 and closes at neither (:func:`.share_by_patient`)."""
        return share_by_patient(found.value, found.standard_error, int(self.patient.max()) + 1)

    def _widened(self, found: Estimate) -> Estimate:
        error = found.standard_error * float(np.sqrt(self._inflation()))
        return Estimate(found.value, found.value - Z95 * error, found.value + Z95 * error, error)
