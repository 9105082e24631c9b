"""Type I error and coverage of the survival figures, hips of a patient correlated, over simulated sets.

    python benchmarks/statistics_survival.py [--sets 1000] [--only tests|intervals|cohorts] [--cohorts 60] [--threads 2]

Tests: two groups without a difference, two hips a patient, latent correlation 0.8 of group and of time within a patient;
how often the log-rank test's p < 0.05, by patients and taking hips as independent, n = 45 and 150.
Intervals: how often the 95% interval holds the truth (of 200,000 hips).
Cohorts: null cohorts through the whole DLRC protocol (without the bootstrap): held-out C, AUC, log-rank and comparisons.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.stats import norm

from ONFHAssistLib.evaluate.survival.calibration import weak_calibration
from ONFHAssistLib.evaluate.survival.competing import aalen_johansen, competing_auc
from ONFHAssistLib.evaluate.survival.metrics import concordance, share_by_patient, time_dependent_auc
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents, kaplan_meier, log_rank

CORRELATION = 0.8
MONTH = 36.0
SHAPE = 1.3
Draw = dict[str, np.ndarray]


def drawn_hips(n: int, generator: np.random.Generator, effect: float = 1.0) -> Draw:
    """Times of collapse and of a competing event, censoring, score, true risk at MONTH, patients (two hips each)."""
    patient = np.arange(n) // 2

    def latent() -> np.ndarray:
        own = generator.normal(size=n)
        return np.sqrt(CORRELATION) * generator.normal(size=n)[patient] + np.sqrt(1 - CORRELATION) * own

    score = latent()
    hazard = np.exp(effect * score - effect**2 / 4)
    collapse = 45 * (-norm.logsf(latent()) / hazard) ** (1 / SHAPE)
    other = 150 * -norm.logsf(latent())
    left = generator.uniform(12, 96, n)
    return {
        "collapse": collapse,
        "other": other,
        "left": left,
        "score": score,
        "patient": patient,
        "risk": 1 - np.exp(-hazard * (MONTH / 45) ** SHAPE),
        "group": latent() > 0,
    }


def seen(hips: Draw, competing: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """time, event, competing event."""
    other = hips["other"] if competing else np.full(hips["left"].size, np.inf)
    time = np.minimum(np.minimum(hips["collapse"], other), hips["left"])
    return time, hips["collapse"] <= time, other <= time


def type_one_errors(sets: int) -> None:
    print(f"log-rank test without a difference, correlation {CORRELATION}: share of p < 0.05 of {sets} sets")
    for n in (45, 150):
        generator, counts = np.random.default_rng(n), np.zeros(2)
        for _ in range(sets):
            hips = drawn_hips(n, generator)
            t, event, _ = seen(hips, False)
            if 0 < hips["group"].sum() < n:
                p = [log_rank(t, event, hips["group"], c).p for c in (hips["patient"], None)]
                counts += np.array(p) < 0.05
        by_patient, naive = counts / sets
        print(f"  n = {n}: by patients {by_patient:.3f}, hips as independent {naive:.3f}", flush=True)


def truths() -> dict[str, float]:
    """Of 200,000 hips followed to the end; areas of 20,000 of them."""
    hips = drawn_hips(200_000, np.random.default_rng(99))
    gone = np.minimum(hips["collapse"], hips["other"])
    some = slice(0, 20_000)
    by = hips["collapse"][some] <= MONTH
    score = hips["score"][some]
    rank = score.argsort().argsort() + 1.0
    auc = (rank[by].sum() - by.sum() * (by.sum() + 1) / 2) / (by.sum() * (~by).sum())
    comp_by = by & (hips["other"][some] > hips["collapse"][some])
    comp = (rank[comp_by].sum() - comp_by.sum() * (comp_by.sum() + 1) / 2) / (
        comp_by.sum() * (~comp_by).sum()
    )
    return {
        "Kaplan-Meier at 36 months": float((hips["collapse"] > MONTH).mean()),
        "Aalen-Johansen at 36 months": float(
            ((hips["collapse"] <= MONTH) & (hips["collapse"] <= gone)).mean()
        ),
        "AUC at 36 months": float(auc),
        "AUC at 36 months, competing": float(comp),
        "calibration slope": 1.0,
        "calibration intercept": 0.0,
        "C": _harrell(*(hips[name][:8000] for name in ("collapse", "left", "score"))),
    }


def _harrell(collapse: np.ndarray, left: np.ndarray, score: np.ndarray) -> float:
    time, event = np.minimum(collapse, left), collapse <= left
    return concordance(time, event, score).value


def coverage(sets: int) -> None:
    truth = truths()
    print("truths: " + ", ".join(f"{name} {value:.3f}" for name, value in truth.items()))
    for n in (45, 150):
        generator = np.random.default_rng(1000 + n)
        held: dict[str, list[bool]] = {}
        for _ in range(sets):
            for name, (low, high) in _intervals(drawn_hips(n, generator)).items():
                if np.isfinite(low) and np.isfinite(high):
                    held.setdefault(name, []).append(low <= truth[name.removesuffix(", naive")] <= high)
        told = (f"  {name}: {np.mean(inside):.3f} of {len(inside)}" for name, inside in held.items())
        print(f"n = {n}, share of 95% intervals that hold the truth", *told, sep="\n", flush=True)


def _intervals(hips: Draw) -> dict[str, tuple[float, float]]:
    time, event, _ = seen(hips, False)
    both, first, other = seen(hips, True)
    patient, score = hips["patient"], hips["score"]

    def area() -> tuple[float, float]:
        found = time_dependent_auc(time, event, score, MONTH, cluster=patient)
        return found.low, found.high

    def competing() -> tuple[float, float]:
        value, error = competing_auc(both, first, other, score, MONTH, patient)
        found = share_by_patient(value, error, int(patient.max()) + 1)
        return found.low, found.high

    def harrell() -> tuple[float, float]:
        found = concordance(time, event, score, cluster=patient)
        return found.low, found.high

    def curve(cluster: np.ndarray | None) -> Callable[[], tuple[float, float]]:
        def band() -> tuple[float, float]:
            _, low, high = kaplan_meier(time, event, cluster).at([MONTH])
            return float(low[0]), float(high[0])

        return band

    def incidence() -> tuple[float, float]:
        _, low, high = aalen_johansen(both, first, other, patient).at([MONTH])
        return float(low[0]), float(high[0])

    asked = {
        "Kaplan-Meier at 36 months": curve(patient),
        "Kaplan-Meier at 36 months, naive": curve(None),
        "Aalen-Johansen at 36 months": incidence,
        "AUC at 36 months": area,
        "AUC at 36 months, competing": competing,
        "C": harrell,
        "calibration intercept": _weak(hips, "intercept"),
        "calibration slope": _weak(hips, "slope"),
    }
    found = {}
    for name, work in asked.items():
        try:
            found[name] = work()
        except TooFewEvents:
            continue
    return found


def _weak(hips: Draw, name: str) -> Callable[[], tuple[float, float]]:
    time, event, _ = seen(hips, False)

    def line() -> tuple[float, float]:
        lines = weak_calibration(time, event, hips["risk"], MONTH, cluster=hips["patient"])
        found = getattr(lines, name)
        return found.low, found.high

    return line


def null_cohorts(cohorts: int, threads: int) -> None:
    """Held-out figures of DLRC where there is nothing to find."""
    from ONFHAssistLab.studies.dlrc.example_cohort import example_cohort
    from ONFHAssistLib.survival.develop.models import PreparedCohort, SurvivalProtocol
    from ONFHAssistLib.survival.develop.validation import nested_cross_validation

    counts, values = dict.fromkeys(("C", "AUC", "difference of C", "IDI"), 0), []
    low_p = 0
    for seed in range(cohorts):
        protocol = SurvivalProtocol(redevelop=0, threads=threads, seed=seed)
        prepared = PreparedCohort.of(example_cohort(null=True, seed=seed), protocol)
        held = nested_cross_validation(prepared, protocol)
        step = protocol.grid.index(MONTH)
        found = {
            "C": (held.concordance("dlrc", 500, seed), 0.5),
            "AUC": (held.auc("dlrc", MONTH, 500, seed), 0.5),
            "difference of C": (held.difference("dlrc", "clinical", 500, seed), 0.0),
            "IDI": (held.reclassification("dlrc", "clinical", MONTH, step, 500, seed)["idi"], 0.0),
        }
        for name, (one, nothing) in found.items():
            counts[name] += one.low <= nothing <= one.high
        p = held.log_rank("dlrc")[1]
        low_p += p < 0.05
        values.append([found["C"][0].value, found["AUC"][0].value])
        print(f"  {seed}: C {found['C'][0]}, AUC {found['AUC'][0]}, log-rank p {p:.3f}", flush=True)
    mean = np.mean(values, axis=0)
    print(
        f"{cohorts} null cohorts: mean held-out C {mean[0]:.3f}, AUC at 36 months {mean[1]:.3f}; intervals that hold"
    )
    print("  " + ", ".join(f"{name} {count} of {cohorts}" for name, count in counts.items()))
    print(f"  held-out log-rank below 0.05 in {low_p} of {cohorts}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--only", choices=("tests", "intervals", "cohorts"))
    parser.add_argument("--cohorts", type=int, default=60)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    start = time.perf_counter()
    if options.only in (None, "tests"):
        type_one_errors(options.sets)
    if options.only in (None, "intervals"):
        coverage(options.sets)
    if options.only in (None, "cohorts"):
        null_cohorts(options.cohorts, options.threads)
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
