"""Feature tables with a known truth, small enough to fit in a test."""

from __future__ import annotations

import numpy as np
import pandas as pd


def cohort(
    n_patients: int = 60,
    n_features: int = 120,
    n_related: int = 10,
    effect: float = 1.2,
    seed: int = 0,
    noise: float = 1.0,
) -> tuple[pd.DataFrame, pd.Series]:
    """Features indexed by case and side (both hips of a patient, alike in outcome) and the outcome.

    The first ``n_related`` columns differ by ``effect`` standard deviations; each of the next ``n_related`` nearly
    repeats one of them; a patient's hips share half of their variance.
    """
    generator = np.random.default_rng(seed)
    sick = np.repeat(np.arange(n_patients) % 2, 2)
    shared = np.repeat(generator.normal(size=(n_patients, n_features)), 2, axis=0)
    values = (shared + generator.normal(size=shared.shape)) * noise / np.sqrt(2)
    values[:, :n_related] += effect * sick[:, None]
    copies = slice(n_related, 2 * n_related)
    values[:, copies] = values[:, :n_related] + 0.05 * generator.normal(size=values[:, :n_related].shape)
    values = values * generator.uniform(0.1, 100, n_features) + generator.normal(scale=50, size=n_features)
    index = pd.MultiIndex.from_product(
        [[f"P{i:03d}" for i in range(n_patients)], ["R", "L"]], names=["case", "side"]
    )
    columns = [f"original_firstorder_F{j}" for j in range(n_features)]
    features = pd.DataFrame(values, index=index, columns=columns)
    features.attrs["preset_sha256"] = "a" * 64
    return features, pd.Series(sick, index=index, name="onfh")
