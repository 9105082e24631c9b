"""What the tests of Table 1 and of subgroups and the prediction sets keep of what they promise, hips of a patient alike.

    python benchmarks/statistics_reporting.py [--sets 1000]

Null cohorts of patients with two hips each whose values correlate at 0.8: every test should reject in 5% of them. The
group is the patient's (as the outcome nearly is) or the hip's. Prints the share, with hips as independent beside it, and
the coverage of prediction sets.
"""

from __future__ import annotations

import argparse

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.reporting.baseline import baseline_table
from ONFHAssistLib.evaluate.reporting.conformal import cross_conformal_sets
from ONFHAssistLib.evaluate.reporting.subgroups import subgroup_auc, subgroup_concordance

CORRELATION = 0.8
SIZES = (45, 150)  # patients
KINDS = {"means": "mean", "ranks": "median", "shares": "count"}


def alike(rng: np.random.Generator, patients: int) -> np.ndarray:
    """(2 x patients,) standard normal values, two hips of a patient correlated."""
    shared = np.repeat(rng.normal(size=patients), 2)
    return np.sqrt(CORRELATION) * shared + np.sqrt(1 - CORRELATION) * rng.normal(size=2 * patients)


def table_1(rng: np.random.Generator, patients: int, sets: int) -> None:
    """Rejections of each kind of test, group of the patient and of the hip."""
    patient = np.repeat(np.arange(patients), 2)
    for whose in ("patient", "hip"):
        wrong = {kind: np.zeros(2) for kind in KINDS}
        for _ in range(sets):
            group = alike(rng, patients) > 0 if whose == "hip" else np.repeat(rng.random(patients) < 0.5, 2)
            values = alike(rng, patients)
            table = pd.DataFrame(
                {"means": values, "ranks": np.exp(2 * values), "shares": np.where(values > 0, "a", "b")}
            )
            for column, people in enumerate((patient, None)):
                found = baseline_table(table, group, people, KINDS).drop_duplicates("variable")
                for kind, p in zip(found["variable"], found["p"], strict=True):
                    wrong[kind][column] += p < 0.05
        for kind, (right, naive) in wrong.items():
            print(
                f"Table 1, {kind}, {patients} patients, group of the {whose}: {right / sets:.3f}"
                f" (hips as independent {naive / sets:.3f})"
            )


def subgroups(rng: np.random.Generator, patients: int, sets: int) -> None:
    """Rejections of the interaction where a model does equally well in both groups."""
    patient = np.repeat(np.arange(patients), 2)
    wrong = np.zeros((2, 2))
    for _ in range(sets):
        risk, noise = alike(rng, patients), alike(rng, patients)
        outcome = (risk + noise > 0).astype(int)
        time = rng.exponential(40, 2 * patients) * np.exp(-risk)
        event, time = time < 60, np.minimum(time, 60)
        group = pd.DataFrame({"group": np.repeat(rng.random(patients) < 0.5, 2)})
        for row, people in enumerate((patient, None)):
            found = subgroup_auc(outcome, risk, group, people)["p"].iloc[-1]
            wrong[row, 0] += found < 0.05
            wrong[row, 1] += subgroup_concordance(time, event, risk, group, people)["p"].iloc[-1] < 0.05
    for column, name in enumerate(("AUC", "concordance")):
        right, naive = wrong[:, column] / sets
        print(f"Subgroups, {name}, {patients} patients: {right:.3f} (hips as independent {naive:.3f})")


def prediction_sets(rng: np.random.Generator, patients: int, sets: int) -> None:
    """Mean coverage of each class at 80, 90 and 95%."""
    patient = np.repeat(np.arange(patients), 2)
    for level in (0.8, 0.9, 0.95):
        held = np.zeros((sets, 2))
        for k in range(sets):
            signal = alike(rng, patients)
            outcome = (signal + 0.7 * alike(rng, patients) > 0.4).astype(int)
            risk = 1 / (1 + np.exp(-1.5 * signal))
            found = cross_conformal_sets(outcome, risk, patient % 5, patient, level)
            held[k] = [found[outcome == kind, kind].mean() for kind in (0, 1)]
        print(
            f"Prediction sets, {patients} patients, promised {level:.0%}: "
            f"{held[:, 0].mean():.3f} without and {held[:, 1].mean():.3f} with the outcome"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=1000)
    sets = parser.parse_args().sets
    rng = np.random.default_rng(2026)
    for patients in SIZES:
        table_1(rng, patients, sets)
        subgroups(rng, patients, sets)
        prediction_sets(rng, patients, max(sets // 5, 20))


if __name__ == "__main__":
    main()
