"""Cohorts that several tests of this folder share."""

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.evaluate.survival.outcome import Outcome

WHAS_COLUMNS = ["age", "bmi", "chf", "hr", "mitype", "gender"]


@pytest.fixture(scope="session")
def whas500():
    """(table of six covariates, outcome in days) of the Worcester Heart Attack Study, 500 patients."""
    datasets = pytest.importorskip("sksurv.datasets", reason="scikit-survival ships the whas500 data")
    table, seen = datasets.load_whas500()
    return table[WHAS_COLUMNS].astype(float), Outcome(seen["lenfol"].astype(float), seen["fstat"], "days")


@pytest.fixture(scope="session")
def rossi():
    """(table of seven covariates, outcome in weeks) of lifelines' recidivism data, 432 people with many ties."""
    from lifelines.datasets import load_rossi

    table = load_rossi()
    outcome = Outcome(table.pop("week").to_numpy(float), table.pop("arrest").to_numpy(bool), "weeks")
    return table.astype(float), outcome


@pytest.fixture(scope="session")
def hips():
    """(clinical table, outcome in months, patient) of 240 hips in 120 patients; the risk is in three findings."""
    rng = np.random.default_rng(21)
    n = 240
    table = pd.DataFrame(
        {
            "arco_stage": rng.choice(["I", "II", "IIIA"], n, p=[0.25, 0.5, 0.25]),
            "bone_marrow_oedema": rng.random(n) < 0.6,
            "combined_necrotic_angle_deg": rng.normal(211, 45, n).clip(30, 350),
            "age_years": rng.normal(42, 10, n),
            "sex": np.repeat(rng.choice(["female", "male"], n // 2, p=[0.2, 0.8]), 2),
        }
    )
    log_hazard = (
        0.9 * (table["arco_stage"] == "IIIA")
        + 0.9 * table["bone_marrow_oedema"]
        + 0.018 * (table["combined_necrotic_angle_deg"] - 211)
    ).to_numpy()
    time = 80 * rng.weibull(1.9, n) * np.exp(-(log_hazard - 0.8) / 1.9)
    left = rng.gamma(6, 6, n) + 6
    outcome = Outcome(np.minimum(time, left), time <= left)
    return table, outcome, np.repeat(np.arange(n // 2), 2)
