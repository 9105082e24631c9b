"""What else a bundle's hips from elsewhere say: observed to expected, and two bundles on the same hips."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.comparison import continuous_nri, integrated_discrimination_improvement
from ..evaluate.binary.discrimination import delong_test
from ..evaluate.estimate import Interval
from ..evaluate.resampling import patient_weights
from ..tabular.by_sequence import ModelBySequence, ProbabilityModel
from ..tabular.portable_classifier import PortableClassifier
from ..tabular.tables.checks import check_outcome, check_patients
from ..tabular.tables.feature_table import FeatureTable
from ..tabular.tables.units import refuse_other_units
from .external_validation import load_model_bundle, probabilities_of

MIN_PER_CLASS = 1


def refuse_units_of(model: ProbabilityModel, table: FeatureTable) -> None:
    """Refuse features that lie where no hip of the training could (:mod:`..tabular.tables.units`).

    Raises:
        InputError: so, with how many times too large or small a column is.
    """
    if isinstance(model, ModelBySequence):
        for part in model.parts:
            if table.sequence is None:  # said where the model is applied
                return
            own = table.features[table.sequence.isin(part.sequences).to_numpy()]
            if len(own):
                refuse_units_of(part.model, replace(table, features=own))
        return
    if isinstance(model, PortableClassifier) and (model.components is not None or model.scanners is not None):
        return  # its means are of components or harmonised values, which no column holds
    if model.mean is None or model.sd is None:
        return
    for name, mean, sd in zip(model.feature_names, model.mean, model.sd, strict=True):
        if name in table.features.columns:
            refuse_other_units(name, table.features[name].to_numpy(float), float(mean), float(sd))


def observed_to_expected(
    outcome: np.ndarray, probability: np.ndarray, patients: np.ndarray, repeats: int = 1000, seed: int = 0
) -> Interval:
    """Hips with the outcome over the sum of their probabilities, with a percentile interval over patients."""
    drawn = patient_weights(patients, outcome.size, repeats, seed)
    ratios = (drawn @ outcome) / (drawn @ probability)
    low, high = np.quantile(ratios, [0.025, 0.975])
    return Interval(float(outcome.sum() / probability.sum()), float(low), float(high))


def head_to_head(
    first: str | Path, second: str | Path, table: FeatureTable, repeats: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Second bundle less first on the same hips: a row a figure with value, low, high, and p where there is one.

    AUC by DeLong's test with Obuchowski's variance, NRI and IDI by patients, the Brier score by drawing patients.

    Raises:
        InputError: twice the same bundle, or one that cannot be applied to the table.
    """
    bundles = [load_model_bundle(name) for name in (first, second)]
    if bundles[0][0].sha256 == bundles[1][0].sha256:
        raise InputError(f"Both bundles are {bundles[0][0].name}; give two different ones to compare.")
    for _, model in bundles:
        refuse_units_of(model, table)
    old, new = (probabilities_of(model, table) for _, model in bundles)
    labels = check_outcome(table.outcome, table.features, MIN_PER_CLASS).to_numpy()
    patients = check_patients(table.patients, table.features)
    area = delong_test(labels, new, old, patients=patients)
    idi = integrated_discrimination_improvement(labels, old, new, patients=patients)
    nri = continuous_nri(labels, old, new, patients=patients).total
    drawn = patient_weights(patients, labels.size, repeats, seed)
    gap = (new - labels) ** 2 - (old - labels) ** 2
    brier = (drawn @ gap) / drawn.sum(1)
    low, high = np.quantile(brier, [0.025, 0.975])
    rows = [
        ("Difference of AUC", area.difference, area.low, area.high, area.p),
        ("Difference of the Brier score", float(gap.mean()), float(low), float(high), np.nan),
        ("Continuous NRI", nri.difference, nri.low, nri.high, nri.p),
        ("IDI", idi.difference, idi.low, idi.high, idi.p),
    ]
    return pd.DataFrame(rows, columns=["figure", "value", "low", "high", "p"])
