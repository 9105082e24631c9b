"""How often the stager's 95% intervals hold the truth, hips of a patient correlated.

    python benchmarks/statistics_stage.py [--sets 500]

Three stages by thirds of a latent disease, two hips a patient, latent correlation 0.8 of disease and of the stager's
error within a patient; probabilities of an ordered probit model that sees the disease with noise, so that they are
true. 45 and 150 hips, a useful and a very good stager. Beside them the percentile interval over resampled patients.
"""

from __future__ import annotations

import argparse
import time
from functools import partial

import numpy as np
from scipy.stats import norm

from ONFHAssistLib.evaluate.binary.bootstrap import weighted_auc
from ONFHAssistLib.evaluate.clusters.bootstrap import PERCENTILE, patient_bootstrap
from ONFHAssistLib.stage.evaluation import stage_metrics

CORRELATION, HIPS = 0.8, 2
NOISE = {"useful": 0.8, "very good": 0.25}
FIGURES = (
    "macro_auc", "macro_accuracy", "macro_sensitivity", "macro_specificity", "macro_f1", "I_auc", "II_auc",
    "I_sensitivity", "II_sensitivity", "share_right",
)  # fmt: skip


def drawn_hips(
    n: int, noise: float, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stages (n,), probabilities (n, 3), patients (n,)."""
    patients = np.arange(n) // HIPS

    def latent() -> np.ndarray:
        shared = generator.normal(size=n)[patients]
        return np.sqrt(CORRELATION) * shared + np.sqrt(1 - CORRELATION) * generator.normal(size=n)

    disease = latent()
    seen = disease + noise * latent()
    cuts = norm.ppf([1 / 3, 2 / 3])
    middle, spread = seen / (1 + noise**2), noise / np.sqrt(1 + noise**2)
    below = norm.cdf((cuts[None] - middle[:, None]) / spread)
    probability = np.diff(np.column_stack([np.zeros(n), below, np.ones(n)]), axis=1)
    return np.searchsorted(cuts, disease), probability, patients


def percentile_bounds(
    stages: np.ndarray, probability: np.ndarray, patients: np.ndarray, name: str, seed: int
) -> tuple[float, float]:
    """The percentile interval of one stage's AUC or sensitivity, as before."""
    k = 1 if name.startswith("I_") else 2
    is_k = stages == k

    def sensitivity(weights: np.ndarray) -> np.ndarray:
        right = is_k & (probability.argmax(axis=1) == k)
        with np.errstate(invalid="ignore"):
            return (weights @ right) / (weights @ is_k)

    area = partial(weighted_auc, is_k.astype(int), probability[:, k])
    figure = area if name.endswith("auc") else sensitivity
    return patient_bootstrap(figure, len(stages), patients, 300, seed, kind=PERCENTILE)[1:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=500)
    sets = parser.parse_args().sets
    start = time.perf_counter()
    for strength, noise in NOISE.items():
        many = drawn_hips(200_000, noise, np.random.default_rng(99))
        whole = stage_metrics(*many[:2], np.arange(len(many[0])), n_resamples=1)
        truth = {name: whole[name]["value"] for name in FIGURES}
        for n in (45, 150):
            generator = np.random.default_rng(n)
            held: dict[str, list[bool]] = {name: [] for name in FIGURES}
            before: dict[str, list[bool]] = {name: [] for name in FIGURES[5:9]}
            for number in range(sets):
                drawn = drawn_hips(n, noise, generator)
                found = stage_metrics(*drawn, n_resamples=1)
                for name in FIGURES:
                    if np.isfinite(found[name]["low"]):
                        held[name].append(found[name]["low"] <= truth[name] <= found[name]["high"])
                for name, inside in before.items():
                    low, high = percentile_bounds(*drawn, name, number)
                    inside.append(low <= truth[name] <= high)
            print(
                f"{strength} stager, {n} hips, {sets} sets, {time.perf_counter() - start:.0f} s", flush=True
            )
            for name in FIGURES:
                was = f", percentile {np.mean(before[name]):.3f}" if name in before else ""
                print(f"  {name:18s} truth {truth[name]:.3f}, holds it {np.mean(held[name]):.3f}{was}")


if __name__ == "__main__":
    main()
