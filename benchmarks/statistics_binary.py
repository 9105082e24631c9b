"""Type I error and coverage of every binary test and interval, hips of a patient correlated, over simulated null sets.

    python benchmarks/statistics_binary.py [--sets 1000] [--only tests|intervals|cohorts]

Tests: two models that are equally good, 2 hips a patient, latent correlation 0.8 of outcome and scores within a patient;
n hips, over 1,000 sets: how often p < 0.05, by the figures that reports print and by those that take hips as independent.
Intervals: how often the 95% interval holds the truth (of two million hips), at n = 45 and 150.
Cohorts: 60 cohorts of noise through the whole DLR protocol (logistic regression): held-out AUC against 0.5, comparisons.
"""

from __future__ import annotations

import argparse
import time
import warnings

import numpy as np
from scipy.special import expit
from scipy.stats import norm

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.bootstrap import bootstrap_metrics
from ONFHAssistLib.evaluate.binary.calibration import calibration_line, hosmer_lemeshow
from ONFHAssistLib.evaluate.binary.comparison import (
    continuous_nri,
    integrated_discrimination_improvement,
    mcnemar_test,
)
from ONFHAssistLib.evaluate.binary.discrimination import (
    auc,
    auc_by_patient,
    auc_delong,
    delong_test,
    threshold_metrics,
)

CORRELATION = 0.8


def drawn_hips(
    n: int, generator: np.random.Generator, effect: float = 1.5, prevalence: float = 0.45
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcome, probabilities of two equally good and calibrated models (2, n), patients; latent correlation 0.8.

    The true log-odds is ``a + effect * (u + v) / sqrt(2)``; each model sees one of u and v and states the probability
    given what it sees, so that both are calibrated and equal in every figure.
    """
    patients = np.arange(n) // 2

    def latent() -> np.ndarray:
        own = generator.normal(size=n)
        return np.sqrt(CORRELATION) * generator.normal(size=n)[patients] + np.sqrt(1 - CORRELATION) * own

    u, v, noise = latent(), latent(), latent()
    # a probit model: P(event | u) is in closed form
    centre = norm.ppf(prevalence) * np.sqrt(1 + effect**2)
    outcome = (centre + effect * (u + v) / np.sqrt(2) + noise > 0).astype(int)
    rest = np.sqrt(1 + effect**2 / 2)
    probability = norm.cdf((centre + effect * np.stack([u, v]) / np.sqrt(2)) / rest)
    return outcome, probability, patients


def p_values(outcome: np.ndarray, probability: np.ndarray, patients: np.ndarray | None) -> dict[str, float]:
    """p of every test of a report."""
    first, second = probability
    found = {
        "DeLong": delong_test(outcome, first, second, patients=patients).p,
        "NRI": continuous_nri(outcome, first, second, patients=patients).total.p,
        "IDI": integrated_discrimination_improvement(outcome, first, second, patients=patients).p,
    }
    right = (probability >= 0.5) == (outcome == 1)
    test = mcnemar_test(*right, patients=patients)
    found |= {"McNemar": test.p_mid if patients is not None else test.p_exact, "McNemar, statistic": test.p}
    for groups in (5, 10):
        try:
            found[f"Hosmer-Lemeshow, {groups}"] = hosmer_lemeshow(
                outcome, first, groups, external=True, patients=patients
            ).p
        except InputError:
            found[f"Hosmer-Lemeshow, {groups}"] = np.nan
    try:
        line = calibration_line(outcome, first, patients=patients)
    except InputError:
        return found | {"slope": np.nan, "in the large": np.nan}
    return found | {
        "slope": float(not line.slope.low <= 1 <= line.slope.high),
        "in the large": float(not line.in_the_large.low <= 0 <= line.in_the_large.high),
    }


def type_one_error(n: int, sets: int, seed: int) -> dict[str, dict[str, float]]:
    """Share of p < 0.05 (of intervals that miss, for slope and in the large), by patient and by hip."""
    drawn: dict[str, list[dict[str, float]]] = {"by patient": [], "by hip": []}
    generator = np.random.default_rng(seed)
    while len(drawn["by hip"]) < sets:
        outcome, probability, patients = drawn_hips(n, generator)
        if min(outcome.sum(), n - outcome.sum()) < 3:
            continue
        for name, units in (("by patient", patients), ("by hip", None)):
            drawn[name].append(p_values(outcome, probability, units))
    result = {}
    for name, rows in drawn.items():
        result[name] = {}
        for test in rows[0]:
            values = np.array([row[test] for row in rows])
            missed = values if test in ("slope", "in the large") else np.where(np.isnan(values), np.nan, values < 0.05)
            result[name][test] = float(np.nanmean(missed))
    return result


def coverage(n: int, sets: int, seed: int, effect: float) -> dict[str, dict[str, float]]:
    """Share of intervals that hold the truth, by patient and by hip."""
    generator = np.random.default_rng(seed)
    outcome, probability, _ = drawn_hips(2_000_000, np.random.default_rng(99), effect)
    table = threshold_metrics(outcome, probability[0], 0.5)["value"].to_dict()
    truth = {k: table[k] for k in ("sensitivity", "specificity", "accuracy", "ppv", "npv", "f1")}
    truth |= {"auc": float(auc(outcome, probability[0])), "brier": float(np.mean((probability[0] - outcome) ** 2))}
    held: dict[str, dict[str, list[bool]]] = {"by patient": {}, "by hip": {}, "bootstrap by patient": {}}
    done = 0
    while done < sets:
        outcome, probability, patients = drawn_hips(n, generator, effect)
        if min(outcome.sum(), n - outcome.sum()) < 3:
            continue
        done += 1
        scores = probability[0]
        for name, units in (("by patient", patients), ("by hip", None)):
            table = threshold_metrics(outcome, scores, 0.5, patients=units)
            figures = {k: (table.loc[k, "low"], table.loc[k, "high"]) for k in truth if k in table.index}
            area = auc_delong(outcome, scores) if units is None else auc_by_patient(outcome, scores, units)
            figures["auc"] = (area.low, area.high)
            _count(held[name], figures, truth)
        table = bootstrap_metrics(outcome, scores, 0.5, patients, 400, done)
        _count(held["bootstrap by patient"], {k: (table.loc[k, "low"], table.loc[k, "high"]) for k in truth}, truth)
    return {name: {k: float(np.mean(v)) for k, v in rows.items()} for name, rows in held.items()}


def _count(held: dict[str, list[bool]], figures: dict[str, tuple[float, float]], truth: dict[str, float]) -> None:
    for name, (low, high) in figures.items():
        if np.isfinite(low):
            held.setdefault(name, []).append(bool(low <= truth[name] <= high))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--only", choices=("tests", "intervals", "cohorts"))
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    start = time.perf_counter()
    if asked.only in (None, "tests"):
        for n in (45, 150, 300):
            for name, figures in type_one_error(n, asked.sets, n).items():
                print(f"{n} hips, {name}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)
        print(f"{time.perf_counter() - start:.0f} s")
    if asked.only in (None, "intervals"):
        for effect in (1.5, 4.0):
            for n in (45, 150):
                for name, figures in coverage(n, asked.sets, n, effect).items():
                    print(f"{n} hips, effect {effect}, {name}: " + ", ".join(f"{k} {v:.3f}" for k, v in figures.items()), flush=True)
        print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
