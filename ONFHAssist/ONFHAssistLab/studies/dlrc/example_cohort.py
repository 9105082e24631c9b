"""A made-up cohort of the size and case mix of the DLRC study, as tables without images.

To try the protocol and to measure it: the truth is known. The features are random numbers with the correlations of
real ones; no conclusion about hips can be drawn from them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from ONFHAssistLib.evaluate.survival.outcome import Outcome
from ONFHAssistLib.survival.develop.cohort import SurvivalCohort
from ONFHAssistLib.survival.published.clinical import ANGLE_CUT_DEG, HAZARD_RATIOS, OVERALL_SURVIVAL

_FACTORS = 60
_CLASSES = ("firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm")


def example_cohort(
    *,
    patients: int = 144,
    hips: int = 212,
    radiomics: int = 1562,
    deep: int = 512,
    effect: float = 1.0,
    null: bool = False,
    seed: int = 0,
) -> SurvivalCohort:
    """Simulate a cohort: the published hazard ratios, and a hidden texture of the head that both feature sets see.

    Args:
        patients, hips: of which ``hips - patients`` are bilateral.
        radiomics, deep: numbers of features.
        effect: log hazard of one standard deviation of the hidden texture.
        null: collapse drawn at random: follow-up and event are dealt anew to the hips.
        seed: of everything.

    Returns:
        The cohort, with a second reading of the features of 50 hips. Survival at 36 and 60 months is the study's on
        average, its median follow-up about 30 months.
    """
    rng = np.random.default_rng(seed)
    patient = np.sort(np.concatenate([np.arange(patients), rng.permutation(patients)[: hips - patients]]))
    side = np.where(np.concatenate([[False], patient[1:] == patient[:-1]]), "L", "R")
    index = pd.MultiIndex.from_arrays([[f"P{k:03d}" for k in patient], side], names=["case", "side"])
    clinical = _clinical(rng, patient, index)
    texture = (rng.normal(size=patients)[patient] + rng.normal(size=hips)) / np.sqrt(2)
    time, event = _follow_up(rng, clinical, effect * texture)
    if null:
        dealt = rng.permutation(hips)
        time, event = time[dealt], event[dealt]
    names = {
        "radiomics": [f"f{k // 6}_{_CLASSES[k % 6]}_Made{k}" for k in range(radiomics)],
        "dl": [f"DL_{k}" for k in range(deep)],
    }
    features, readings = {}, {}
    for (key, columns), share in zip(names.items(), (0.5, 0.6), strict=True):
        values, again = _features(rng, texture, len(columns), share)
        features[key] = pd.DataFrame(values, index=index, columns=columns)
        some = np.sort(rng.permutation(hips)[:50])
        readings[key] = (pd.DataFrame(again[some], index=index[some], columns=columns),)
    return SurvivalCohort(Outcome(time, event), patient, clinical, features, readings)


def _clinical(rng: np.random.Generator, patient: np.ndarray, index: pd.MultiIndex) -> pd.DataFrame:
    n, people = patient.size, int(patient.max()) + 1
    arco = rng.choice(["I", "II", "IIIA"], n, p=[49 / 212, 108 / 212, 55 / 212])
    cause = rng.choice(["idiopathic", "corticosteroid", "alcohol"], people, p=[121 / 212, 58 / 212, 33 / 212])
    return pd.DataFrame(
        {
            "arco_stage": arco,
            "bone_marrow_oedema": (rng.random(n) < 129 / 212).astype(int),
            "combined_necrotic_angle_deg": rng.normal(ANGLE_CUT_DEG, 44.6, n).clip(40, 340).round(1),
            "jic_type": rng.choice(["B", "C1", "C2"], n, p=[15 / 212, 67 / 212, 130 / 212]),
            "aetiology": cause[patient],
            "male": (rng.random(people) < 170 / 212).astype(int)[patient],
            "age_years": rng.normal(41.5, 11, people).clip(18, 70).round(0)[patient],
            "body_mass_index": rng.normal(23.8, 3.1, people).clip(16, 38).round(1)[patient],
            "symptom_months": rng.gamma(1.2, 2.6, n).round(1),
            "bisphosphonate": (rng.random(people) < 97 / 212).astype(int)[patient],
        },
        index=index,
    )


def _follow_up(
    rng: np.random.Generator, clinical: pd.DataFrame, hidden: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    findings = np.column_stack(
        [
            clinical["arco_stage"] == "IIIA",
            clinical["bone_marrow_oedema"],
            clinical["combined_necrotic_angle_deg"] >= ANGLE_CUT_DEG,
        ]
    ).astype(float)
    relative = np.exp(findings @ [ratio.log_ratio for ratio in HAZARD_RATIOS] + hidden)
    level = [
        brentq(lambda h, s=k.survival: np.exp(-h * relative).mean() - s, 0, 50) for k in OVERALL_SURVIVAL
    ]
    shape = np.log(level[1] / level[0]) / np.log(60 / 36)
    time = 36 * (rng.exponential(size=relative.size) / (level[0] * relative)) ** (1 / shape)
    left = rng.gamma(4.2, 8.0, relative.size) + 3
    seen = np.minimum(np.minimum(time, left), 96.0)
    return np.maximum(seen, 0.5).round(2), (time <= left) & (time <= 96)


def _features(
    rng: np.random.Generator, texture: np.ndarray, count: int, share: float
) -> tuple[np.ndarray, np.ndarray]:
    """Two readings (n, count): each feature mixes a few of many factors; factor 0 sees ``share`` of the texture."""
    n = texture.size
    factors = rng.normal(size=(n, _FACTORS))
    for k in range(3):
        factors[:, k] = np.sqrt(share) * texture + np.sqrt(1 - share) * factors[:, k]
    loading = rng.normal(size=(_FACTORS, count)) * (rng.random((_FACTORS, count)) < 0.06)
    own = rng.normal(size=(n, count)) * rng.uniform(0.2, 1.0, count)
    noise = rng.choice([0.1, 0.3, 1.5], count, p=[0.5, 0.35, 0.15])
    values = factors @ loading + own
    return values + noise * rng.normal(size=values.shape), values + noise * rng.normal(size=values.shape)
