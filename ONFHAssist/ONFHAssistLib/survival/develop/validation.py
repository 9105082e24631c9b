"""Honest figures: nested cross-validation by patients, and bootstrap with development from scratch.

An apparent figure judges a model on the hips that chose it. Here every selection is repeated inside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from ONFHAssistLib.evaluate.resampling import dealt_to_patients, weights_in_turn
from ONFHAssistLib.evaluate.survival.metrics import comparable_pairs
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents

from ...tabular.folds import IN_ROUNDS, patient_folds
from .held_out import HeldOutPredictions
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


def nested_cross_validation(
    prepared: PreparedCohort, protocol: SurvivalProtocol, progress: CountedProgress | None = None
) -> HeldOutPredictions:
    """Develop on all folds but one, predict that one; repeated with other folds.

    Figures are taken from pairs within one held-out fold (:mod:`.held_out`).

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

    score: dict[str, np.ndarray] = {}
    survival: dict[str, np.ndarray] = {}
    high: dict[str, np.ndarray] = {}
    counter: Counter = Counter()
    shape = (protocol.repeats, n)
    done = _map_threads(one, tasks, protocol.threads, progress)
    for number, (out, (predicted, selected)) in enumerate(zip(tasks, done, strict=True)):
        counter.update(list(dict.fromkeys(selected)))  # once each, in an order that no run changes
        repeat = number // protocol.folds
        for name, (log_hazard, curve, above) in predicted.items():
            score.setdefault(name, np.zeros(shape))[repeat, out] = log_hazard
            survival.setdefault(name, np.zeros((*shape, curve.shape[1])))[repeat, out] = curve
            high.setdefault(name, np.zeros(shape, bool))[repeat, out] = above
    return HeldOutPredictions(
        outcome, prepared.patient, np.array(folds), score, survival, high, counter, len(tasks)
    )


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
        survival: (b, n, k) of the b repeated models for all n hips at the k months of the protocol.
    """

    apparent: float
    optimism: float
    corrected: float
    out_of_bag: float
    c632_plus: float
    survival: np.ndarray = field(default_factory=lambda: np.empty((0, 0, 0)), repr=False)


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

    def one(weight: np.ndarray) -> dict[str, tuple[tuple[float, float, float], np.ndarray]] | None:
        rows = np.repeat(np.arange(weight.size), weight.astype(int))
        try:
            models, covariates, _ = redevelop(prepared, rows, protocol)
        except TooFewEvents:
            return None
        result = {}
        for name, model in models.items():
            score = model.log_hazard(covariates)
            every, outside = np.ones(weight.size), (weight == 0).astype(float)
            figures = (
                _weighted_concordance(outcome, score, weight),
                _weighted_concordance(outcome, score, every),
                _weighted_concordance(outcome, score, outside),
            )
            result[name] = (figures, model.survival(score, protocol.months))
        return result

    kept = [r for r in _map_threads(one, weights, protocol.threads, progress) if r is not None]
    if not kept:
        raise TooFewEvents(
            "No bootstrap sample had enough events to develop the models again; more are needed."
        )
    found = {}
    for name, value in apparent.items():
        inside, whole, outside = np.array([r[name][0] for r in kept if name in r]).T
        survival = np.array([r[name][1] for r in kept if name in r])
        optimism = float(np.nanmean(inside - whole))
        out = float(np.nanmean(outside))
        corrected = value - optimism
        found[name] = Optimism(value, optimism, corrected, out, _bootstrap_632_plus(value, out), survival)
    return found


def _bootstrap_632_plus(apparent: float, out_of_bag: float) -> float:
    floor = max(out_of_bag, _NO_INFORMATION)
    overfit = (apparent - floor) / (apparent - _NO_INFORMATION) if apparent > floor else 0.0
    weight = 0.632 / (1 - 0.368 * min(max(overfit, 0.0), 1.0))
    return (1 - weight) * apparent + weight * floor


def permutation_p(
    prepared: PreparedCohort,
    protocol: SurvivalProtocol,
    found: Mapping[str, float],
    permutations: int,
    progress: CountedProgress | None = None,
) -> dict[str, float]:
    """p of the held-out C of each model: how often outcomes dealt anew among the patients give one as large.

    Radmacher, McShane and Simon (J Comput Biol 2002): everything is developed again on each deal, with one repeat of
    the folds. Follow-up and events go from patient to patient with as many hips, so that hips of one patient stay as
    alike as they were. The one p that needs no assumption about how folds depend on each other. NaN where the figure
    cannot be computed, or where no deal could be developed on.
    """
    rng = np.random.default_rng(protocol.seed + 2)
    cohort, patient = prepared.cohort, prepared.patient
    once = replace(protocol, repeats=1)
    reached = dict.fromkeys(found, 0)
    done = 0
    for number in range(permutations):
        dealt = replace(cohort, outcome=cohort.outcome.take(dealt_to_patients(patient, rng)))
        try:
            held = nested_cross_validation(
                replace(prepared, cohort=dealt), replace(once, seed=protocol.seed + number)
            )
        except TooFewEvents:
            continue
        done += 1
        for name, value in found.items():
            dealt_value = held.concordance_value(name) if name in held.score else np.nan
            reached[name] += not dealt_value < value  # a deal without a figure speaks for chance
        if progress is not None:
            progress(number + 1, permutations)
    return {
        name: float("nan") if np.isnan(found[name]) or not done else (1 + count) / (1 + done)
        for name, count in reached.items()
    }
