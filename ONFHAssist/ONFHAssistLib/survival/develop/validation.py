"""Honest figures: nested cross-validation by patients, and bootstrap with development from scratch.

An apparent figure judges a model on the hips that chose it. Here every selection is repeated inside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from ONFHAssistLib.evaluate.resampling import weights_in_turn
from ONFHAssistLib.evaluate.survival.metrics import Estimate, comparable_pairs, percentile_interval
from ONFHAssistLib.evaluate.survival.outcome import Z95, Outcome, TooFewEvents

from ...tabular.folds import IN_ROUNDS, patient_folds
from .models import PreparedCohort, SurvivalProtocol, redevelop

CountedProgress = Callable[[int, int], None]
_NO_INFORMATION = 0.5


def _map_threads(
    work: Callable[[np.ndarray], object], tasks: list, threads: int, progress: CountedProgress | None
) -> Iterator:
    """Results of ``work`` in order; numpy and the compiled loops let threads run side by side."""
    with ThreadPoolExecutor(max(1, threads)) as pool:
        for done, result in enumerate(pool.map(work, tasks), 1):
            if progress is not None:
                progress(done, len(tasks))
            yield result


@dataclass(frozen=True)
class ComparablePairs:
    """Pairs of hips that can be compared, (e, n) for e hips with an event: how often, and how often ranked rightly.

    Weighting rows and columns gives C of any resample of patients without looking at scores again.
    """

    rows: np.ndarray
    compared: np.ndarray
    won: dict[str, np.ndarray]

    def concordance(self, model: str, weight: np.ndarray) -> float:
        """C of ``model`` when hip i counts ``weight[i]`` times."""
        inside = weight[self.rows]
        total = inside @ (self.compared @ weight)
        return float(inside @ (self.won[model] @ weight) / total) if total > 0 else np.nan


@dataclass(frozen=True)
class HeldOutPredictions:
    """Predictions for hips by models that never saw their patient.

    Attributes:
        survival: model -> (n, k) at the months of the protocol's grid, mean over the repeats.
        high_risk: model -> (n,) share of repeats in which the hip was above the training median.
        pairs: comparisons within the held-out folds, over all repeats.
        each: model -> C of each repeat.
        selected: how often each covariate and feature was chosen; ``developments``: how many there were.
    """

    survival: dict[str, np.ndarray]
    high_risk: dict[str, np.ndarray]
    pairs: ComparablePairs
    each: dict[str, np.ndarray]
    selected: Counter
    developments: int

    def concordance(self, model: str, patient: np.ndarray, repeats: int, seed: int) -> Estimate:
        """C within held-out folds, with a 95% interval.

        A percentile interval over patients holds the chance of the test hips. That of the training hips adds to it in
        quadrature, as the standard deviation of C between repeats; without it the interval would be too narrow
        (Bates et al., J Am Stat Assoc 2024). ``benchmarks/dlrc_protocol.py --null-cohorts`` measures its coverage.
        """
        value = self.pairs.concordance(model, np.ones(patient.size))
        drawn = [self.pairs.concordance(model, w) for w in weights_in_turn(patient, repeats, seed)]
        return _widen_by_repeats(percentile_interval(value, np.array(drawn)), self.each[model])

    def difference(self, new: str, old: str, patient: np.ndarray, repeats: int, seed: int) -> Estimate:
        """Difference of C, new - old, on the same resamples of patients; interval as :meth:`concordance`."""
        ones = np.ones(patient.size)
        value = self.pairs.concordance(new, ones) - self.pairs.concordance(old, ones)
        drawn = [
            self.pairs.concordance(new, w) - self.pairs.concordance(old, w)
            for w in weights_in_turn(patient, repeats, seed)
        ]
        return _widen_by_repeats(percentile_interval(value, np.array(drawn)), self.each[new] - self.each[old])


def _widen_by_repeats(found: Estimate, each: np.ndarray) -> Estimate:
    spread = float(np.std(each, ddof=1)) if each.size > 1 else 0.0
    low, high = (np.hypot(found.value - bound, Z95 * spread) for bound in (found.low, found.high))
    return Estimate(
        found.value, found.value - low, found.value + high, float(np.hypot(found.standard_error, spread))
    )


def nested_cross_validation(
    prepared: PreparedCohort, protocol: SurvivalProtocol, progress: CountedProgress | None = None
) -> HeldOutPredictions:
    """Develop on all folds but one, predict that one; repeated with other folds.

    C is taken from pairs within one held-out fold, because scores of two developments are on two scales.

    Raises:
        TooFewEvents: fewer patients with an event than folds.
    """
    outcome, n = prepared.cohort.outcome, len(prepared.cohort)
    rng = np.random.default_rng(protocol.seed)
    folds = [
        patient_folds(outcome.event, prepared.patient, protocol.folds, rng, IN_ROUNDS)
        for _ in range(protocol.repeats)
    ]
    tasks = [fold == k for fold in folds for k in range(protocol.folds)]

    def one(out: np.ndarray) -> tuple:
        models, covariates, selected = redevelop(prepared, np.flatnonzero(~out), protocol)
        held = covariates.iloc[np.flatnonzero(out)]
        predicted = {}
        for name, model in models.items():
            log_hazard = model.log_hazard(held)
            predicted[name] = (
                log_hazard,
                model.survival(log_hazard, protocol.grid),
                log_hazard > model.cut,
            )
        return predicted, selected

    rows = np.flatnonzero(outcome.event)
    possible = comparable_pairs(outcome.time, outcome.event, rows)
    compared = np.zeros(possible.shape)
    won: dict[str, np.ndarray] = {}
    survival: dict[str, np.ndarray] = {}
    high: dict[str, np.ndarray] = {}
    counter: Counter = Counter()
    ranked: dict[str, np.ndarray] = {}
    offered = np.zeros(protocol.repeats)
    done = _map_threads(one, tasks, protocol.threads, progress)
    for number, (out, (predicted, selected)) in enumerate(zip(tasks, done, strict=True)):
        counter.update(list(dict.fromkeys(selected)))  # once each, in an order that no run changes
        together = possible & out[rows, None] & out[None, :]
        compared += together
        repeat = number // protocol.folds
        offered[repeat] += together.sum()
        for name, (log_hazard, curve, above) in predicted.items():
            score = np.full(n, np.nan)
            score[out] = log_hazard
            right = 0.5 * (score[rows, None] > score) + 0.5 * (score[rows, None] >= score)
            won.setdefault(name, np.zeros(possible.shape))[together] += right[together]
            ranked.setdefault(name, np.zeros(protocol.repeats))[repeat] += right[together].sum()
            survival.setdefault(name, np.zeros((n, curve.shape[1])))[out] += curve / protocol.repeats
            high.setdefault(name, np.zeros(n))[out] += above / protocol.repeats
    each = {name: count / offered for name, count in ranked.items()}
    return HeldOutPredictions(survival, high, ComparablePairs(rows, compared, won), each, counter, len(tasks))


@dataclass(frozen=True)
class Optimism:
    """What developing on resamples says of the apparent C of one model.

    Attributes:
        optimism: mean of C on the resample less C on all hips (Harrell). With many more features than hips it is too
            small, because the hips of the resample are among all hips.
        corrected: apparent C less the optimism.
        out_of_bag: mean C on patients that were not drawn.
        c632_plus: the .632+ estimate of Efron and Tibshirani (JASA 1997), for C as 1 - error with 0.5 for no
            information: the honest one of these.
    """

    apparent: float
    optimism: float
    corrected: float
    out_of_bag: float
    c632_plus: float


def _weighted_concordance(outcome: Outcome, score: np.ndarray, weight: np.ndarray) -> float:
    rows = np.flatnonzero(outcome.event & (weight > 0))
    pairs = comparable_pairs(outcome.time, outcome.event, rows) * (weight[rows, None] * weight)
    right = 0.5 * (score[rows, None] > score) + 0.5 * (score[rows, None] >= score)
    total = pairs.sum()
    return float((pairs * right).sum() / total) if total > 0 else np.nan


def bootstrap_optimism(
    prepared: PreparedCohort,
    protocol: SurvivalProtocol,
    apparent: dict[str, float],
    progress: CountedProgress | None = None,
) -> dict[str, Optimism]:
    """Develop again on ``protocol.redevelop`` bootstrap samples of patients and see what is left outside.

    Copies of a patient stay together in the folds of LASSO-Cox. Samples with too few events are left out.
    """
    outcome = prepared.cohort.outcome
    weights = list(weights_in_turn(prepared.patient, protocol.redevelop, protocol.seed + 1))

    def one(weight: np.ndarray) -> dict[str, tuple[float, float, float]] | None:
        rows = np.repeat(np.arange(weight.size), weight.astype(int))
        try:
            models, covariates, _ = redevelop(prepared, rows, protocol)
        except TooFewEvents:
            return None
        result = {}
        for name, model in models.items():
            score = model.log_hazard(covariates)
            every, outside = np.ones(weight.size), (weight == 0).astype(float)
            result[name] = (
                _weighted_concordance(outcome, score, weight),
                _weighted_concordance(outcome, score, every),
                _weighted_concordance(outcome, score, outside),
            )
        return result

    kept = [r for r in _map_threads(one, weights, protocol.threads, progress) if r is not None]
    if not kept:
        raise TooFewEvents(
            "No bootstrap sample had enough events to develop the models again; more are needed."
        )
    found = {}
    for name, value in apparent.items():
        inside, whole, outside = np.array([r[name] for r in kept if name in r]).T
        optimism = float(np.nanmean(inside - whole))
        out = float(np.nanmean(outside))
        found[name] = Optimism(value, optimism, value - optimism, out, _bootstrap_632_plus(value, out))
    return found


def _bootstrap_632_plus(apparent: float, out_of_bag: float) -> float:
    floor = max(out_of_bag, _NO_INFORMATION)
    overfit = (apparent - floor) / (apparent - _NO_INFORMATION) if apparent > floor else 0.0
    weight = 0.632 / (1 - 0.368 * min(max(overfit, 0.0), 1.0))
    return (1 - weight) * apparent + weight * floor
