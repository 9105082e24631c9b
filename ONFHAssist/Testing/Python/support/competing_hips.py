"""Hips with collapse, a competing event or neither, as R read them for the figures in the tests."""

import numpy as np
import pandas as pd


def competing_hips() -> pd.DataFrame:
    """120 hips of 80 patients: patient, time (whole months), cause 0/1/2, age, angle, entry, weight, sex."""
    rng = np.random.default_rng(7)
    patient = np.sort(np.concatenate([np.arange(80), rng.permutation(80)[:40]]))
    n = patient.size
    age = rng.normal(42, 10, 80)[patient].round(1)
    angle = rng.normal(210, 45, n).round(0)
    shared = rng.normal(0, 0.6, 80)[patient]
    hazard = np.exp(0.012 * (angle - 210) + 0.02 * (age - 42) + shared)
    collapse = np.ceil(rng.exponential(50 / hazard))
    other = np.ceil(rng.exponential(110 / np.exp(0.03 * (age - 42))))
    left = np.ceil(rng.uniform(6, 90, n))
    time = np.minimum(np.minimum(collapse, other), left)
    cause = np.where(collapse <= np.minimum(other, left), 1, np.where(other <= left, 2, 0))
    entry = np.floor(rng.uniform(0, 0.5, n) * time)
    weight = rng.choice([0.5, 1.0, 2.0], n)
    return pd.DataFrame(
        {
            "patient": patient,
            "time": time,
            "cause": cause,
            "age": age,
            "angle": angle,
            "entry": entry,
            "weight": weight,
            "sex": rng.integers(0, 2, 80)[patient],
        }
    )
