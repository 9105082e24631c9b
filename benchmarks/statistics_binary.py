"""Type I error, coverage, null cohorts and calibration of the binary figures, hips of a patient correlated.

    python benchmarks/statistics_binary.py [--sets 1000] [--cohorts 60] [--only ranks|tests|intervals|cohorts|slopes]

Ranks: the Mann-Whitney filter of the feature selection on features that have nothing to do with the outcome, both with a
latent correlation of 0.8 within a patient: how many pass at .05. With --hips HIPS.csv (case, side, patient, early_onfh)
and --features FEATURES.csv also on a cohort's own features, with its outcome and with outcomes dealt anew to patients.
Tests: two models that are equally good, 2 hips a patient, latent correlation 0.8 of outcome and scores within a patient:
how often p < 0.05, by the figures that reports print and by those that take hips as independent.
Intervals: how often the 95% interval holds the truth (of two million hips), at 45 and 150 hips.
Cohorts: cohorts of noise through the DLR protocol (logistic regression): how many held-out AUCs hold one half, how many
comparisons of Rad, DL and DLR fall below .05.
Slopes: calibration slope of held-out predictions in three strengths of signal, nested cross-validation.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.early.develop import run_dlr_protocol
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
from ONFHAssistLib.evaluate.clusters.proportions import clustered_mean
from ONFHAssistLib.tabular.protocol import NESTED, DlrProtocol
from ONFHAssistLib.tabular.selection.association import mann_whitney
from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table

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
    matched = mcnemar_test(*right, patients=patients)
    found["McNemar"] = matched.p_exact if patients is None else matched.p_mid
    for groups in (5, 10):
        try:
            test = hosmer_lemeshow(outcome, first, groups, external=True, patients=patients)
            found[f"Hosmer-Lemeshow, {groups}"] = test.p
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


def passed_by_chance(n: int, sets: int, seed: int, features: int = 20) -> dict[str, float]:
    """Share of features that pass the Mann-Whitney filter, by patient and by hip."""
    generator = np.random.default_rng(seed)
    patients = np.arange(n) // 2

    def latent(columns: int) -> np.ndarray:
        shared = generator.normal(size=(n // 2 + n % 2, columns))[patients]
        return np.sqrt(CORRELATION) * shared + np.sqrt(1 - CORRELATION) * generator.normal(size=(n, columns))

    passed: dict[str, list[float]] = {"by patient": [], "by hip": []}
    while len(passed["by hip"]) < sets:
        outcome = (latent(1)[:, 0] > norm.ppf(0.55)).astype(int)
        if min(outcome.sum(), n - outcome.sum()) < 3:
            continue
        values = latent(features)
        for name, units in (("by patient", patients), ("by hip", None)):
            passed[name].append(float(np.mean(mann_whitney(values, outcome, units)[1] < 0.05)))
    return {name: float(np.mean(shares)) for name, shares in passed.items()}


def passed_in_cohort(hips: Path, features: Path, deals: int = 20) -> None:
    """Print how many of a cohort's features pass the filter, with its outcome and with outcomes of other patients."""
    table = read_feature_table(TableSource(hips, "early_onfh", "patient", (features,)))
    usable = table.features.select_dtypes("number").dropna(axis=1)
    values, outcome = usable.to_numpy(float), table.outcome.to_numpy(int)
    patients = pd.factorize(table.patients)[0]
    rows = [np.flatnonzero(patients == k) for k in range(patients.max() + 1)]
    generator = np.random.default_rng(4)
    print(f"Rank sum test on {values.shape[1]} features of {len(outcome)} hips of {len(rows)} patients")
    shares: dict[str, list[float]] = {"by patient": [], "by hip": []}
    for deal in range(deals + 1):
        dealt = outcome.copy()
        if deal:
            for mine, other in zip(rows, generator.permutation(len(rows)), strict=True):
                dealt[mine] = outcome[rows[other]][np.arange(len(mine)) % len(rows[other])]
        for name, units in (("by patient", patients), ("by hip", None)):
            shares[name].append(float(np.mean(mann_whitney(values, dealt, units)[1] < 0.05)))
    for name, found in shares.items():
        print(
            f"  {name:12s} {found[0] * values.shape[1]:.0f} pass; of outcomes dealt anew {np.mean(found[1:]):.3f}"
        )


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
            missed = (
                values
                if test in ("slope", "in the large")
                else np.where(np.isnan(values), np.nan, values < 0.05)
            )
            result[name][test] = float(np.nanmean(missed))
    return result


def coverage(n: int, sets: int, seed: int, effect: float) -> dict[str, dict[str, float]]:
    """Share of intervals that hold the truth, by patient and by hip."""
    generator = np.random.default_rng(seed)
    outcome, probability, _ = drawn_hips(2_000_000, np.random.default_rng(99), effect)
    table = threshold_metrics(outcome, probability[0], 0.5)["value"].to_dict()
    truth = {k: table[k] for k in ("sensitivity", "specificity", "accuracy", "ppv", "npv", "f1")}
    truth |= {
        "auc": float(auc(outcome, probability[0])),
        "brier": float(np.mean((probability[0] - outcome) ** 2)),
    }
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
            figures["brier"] = clustered_mean((scores - outcome) ** 2, units)[1:]
            _count(held[name], figures, truth)
        table = bootstrap_metrics(outcome, scores, 0.5, patients, 400, done)
        _count(
            held["bootstrap by patient"],
            {k: (table.loc[k, "low"], table.loc[k, "high"]) for k in truth},
            truth,
        )
    return {name: {k: float(np.mean(v)) for k, v in rows.items()} for name, rows in held.items()}


def _count(
    held: dict[str, list[bool]], figures: dict[str, tuple[float, float]], truth: dict[str, float]
) -> None:
    for name, (low, high) in figures.items():
        if np.isfinite(low):
            held.setdefault(name, []).append(bool(low <= truth[name] <= high))


def noise_cohort(seed: int, n: int = 120, p: int = 160) -> tuple[pd.DataFrame, pd.Series]:
    """Radiomics and deep features in correlated blocks, and an outcome that has nothing to do with them."""
    return _cohort(seed, n, p, 0.0)


def _cohort(seed: int, n: int, p: int, effect: float) -> tuple[pd.DataFrame, pd.Series]:
    generator = np.random.default_rng(seed)
    outcome = generator.permutation((np.arange(n) < int(0.45 * n)).astype(int))
    blocks = generator.normal(size=(n, 60))
    blocks[:, :8] += effect * outcome[:, None]
    values = 0.8 * blocks[:, generator.integers(0, 60, p)] + 0.6 * generator.normal(size=(n, p))
    names = [f"original_firstorder_F{j}" for j in range(5 * p // 8)] + [
        f"DL_{j}" for j in range(p - 5 * p // 8)
    ]
    index = pd.MultiIndex.from_tuples([(f"P{i:03d}", "R") for i in range(n)], names=["case", "side"])
    return pd.DataFrame(values, columns=names, index=index), pd.Series(outcome, index=index, name="onfh")


def null_protocol(seed: int) -> list[dict[str, Any]]:
    """Rows of one cohort of noise: of each group whether the interval of the AUC holds 0.5, of each pair its p."""
    warnings.simplefilter("ignore")
    features, outcome = noise_cohort(seed)
    protocol = DlrProtocol(classifiers=("LR",), test_share=0, bootstraps=100, seed=seed, naive=True)
    result = run_dlr_protocol(features, outcome, protocol=protocol)
    rows: list[dict[str, Any]] = []
    for group in result.models:
        value, low, high = result.figure(NESTED, group, "auc")
        rows.append({"kind": "AUC", "what": group, "value": value, "low": low, "high": high})
        value, low, high = result.figure(NESTED, group, "auc", interval="DeLong, hips as independent")
        rows.append({"kind": "AUC, pooled", "what": group, "value": value, "low": low, "high": high})
    for row in result.comparisons.to_dict("records"):
        rows += [
            {
                "kind": f"{name}, {row['test']}",
                "what": f"{row['first']} less {row['second']}",
                "value": row[name],
            }
            for name in ("p", "nri_p", "idi_p", "mcnemar_p")
        ]
    return rows


def signal_slope(task: tuple[float, int]) -> dict[str, float]:
    """AUC and calibration slope of nested logistic regression in one cohort of a strength of signal."""
    warnings.simplefilter("ignore")
    effect, seed = task
    features, outcome = _cohort(seed, 150, 200, effect)
    protocol = DlrProtocol(classifiers=("LR",), test_share=0, bootstraps=100, seed=seed)
    groups = {"DLR": list(features.columns)}
    result = run_dlr_protocol(features, outcome, feature_groups=groups, protocol=protocol)
    row = result.calibration.iloc[0]
    return {
        "effect": effect,
        "auc": result.figure(NESTED, "DLR", "auc")[0],
        "slope": row["slope"],
        "ece": row["ece"],
    }


def _one(task: tuple[Callable[..., Any], tuple[Any, ...]]) -> Any:
    warnings.simplefilter("ignore")
    function, arguments = task
    return function(*arguments)


def _line(head: str, figures: dict[str, float]) -> None:
    print(f"{head}: " + ", ".join(f"{name} {value:.3f}" for name, value in figures.items()), flush=True)


def _print_ranks(asked: argparse.Namespace) -> None:
    if asked.only not in (None, "ranks"):
        return
    for n in (150, 45):
        print(f"Features of noise that pass the rank sum test, {n} hips, {asked.sets} sets")
        for name, share in passed_by_chance(n, asked.sets, 3).items():
            print(f"  {name:12s} {share:.3f}")
    if asked.hips and asked.features:
        passed_in_cohort(asked.hips, asked.features)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=1000)
    parser.add_argument("--cohorts", type=int, default=60)
    parser.add_argument("--only", choices=("ranks", "tests", "intervals", "cohorts", "slopes"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--hips", type=Path)
    parser.add_argument("--features", type=Path)
    asked = parser.parse_args()
    start = time.perf_counter()
    _print_ranks(asked)
    with ProcessPoolExecutor(asked.workers) as pool:
        if asked.only in (None, "tests"):
            sizes = (45, 150)
            found = pool.map(_one, [(type_one_error, (n, asked.sets, n)) for n in sizes])
            for n, shares in zip(sizes, found, strict=True):
                for name, figures in shares.items():
                    _line(f"type I error, {n} hips, {name}", figures)
        if asked.only in (None, "intervals"):
            cases = [(n, effect) for effect in (1.5, 4.0) for n in (45, 150)]
            found = pool.map(_one, [(coverage, (n, asked.sets, n, effect)) for n, effect in cases])
            for (n, effect), held in zip(cases, found, strict=True):
                for name, figures in held.items():
                    _line(f"coverage, {n} hips, effect {effect}, {name}", figures)
        if asked.only in (None, "cohorts"):
            _print_null(
                [row for rows in pool.map(null_protocol, range(asked.cohorts)) for row in rows], asked.cohorts
            )
        if asked.only in (None, "slopes"):
            tasks = [
                (effect, seed) for effect in (0.5, 0.8, 1.2) for seed in range(max(asked.cohorts // 5, 2))
            ]
            rows = pd.DataFrame(list(pool.map(signal_slope, tasks)))
            for effect, part in rows.groupby("effect"):
                figures = {"AUC": part["auc"].mean(), "slope, mean": part["slope"].mean()}
                figures |= {"slope, median": part["slope"].median(), "ECE": part["ece"].mean()}
                _line(f"{len(part)} cohorts, effect {effect}", figures)
    print(f"{time.perf_counter() - start:.0f} s")


def _print_null(rows: list[dict[str, Any]], cohorts: int) -> None:
    table = pd.DataFrame(rows)
    areas = table[table["kind"].str.startswith("AUC")]
    held = (areas["low"] <= 0.5) & (areas["high"] >= 0.5)
    for (kind, what), part in areas.assign(held=held).groupby(["kind", "what"]):
        print(
            f"{kind} of {what}: mean {part['value'].mean():.3f}, holds 0.5 in {part['held'].sum()} of {cohorts}"
        )
    pairs = table[~table["kind"].str.startswith("AUC")]
    for kind, part in pairs.groupby("kind"):
        below = (part["value"] < 0.05).groupby(part["what"]).sum()
        print(f"{kind}: below .05 in {', '.join(map(str, below))} of {cohorts} each")


if __name__ == "__main__":
    main()
