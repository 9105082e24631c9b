"""A bundled model judged on a table of hips that it has not seen, with every figure of the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ..bundles.bundle import Bundle, same_model
from ..bundles.kinds import PROBABILITY
from ..bundles.loading import load
from ..core.errors import InputError
from ..core.names import is_deep
from ..evaluate.binary.usefulness import performance_by_prevalence
from ..tabular.by_sequence import ModelBySequence, ProbabilityModel, load_model
from ..tabular.linear_model import LinearModel, package_versions
from ..tabular.portable_classifier import PortableClassifier
from ..tabular.protocol import EXTERNAL, DlrProtocol
from ..tabular.tables.checks import check_outcome, check_patients, preset_of
from ..tabular.tables.feature_table import FeatureTable
from .develop import DevelopmentResult
from .performance import calibration_table, decision_table, performance_table

MIN_PER_CLASS = 1  # of each class, to have an AUC at all


def load_model_bundle(name_or_path: str | Path) -> tuple[Bundle, ProbabilityModel]:
    """A checked bundle and the fitted classifier in it, opened once (:func:`ONFHAssistLib.bundles.loading.load`).

    Raises:
        InputError: the bundle is not valid, of another kind, or holds no such model.
    """
    return load(name_or_path, PROBABILITY, _opened)


def _opened(bundle: Bundle) -> tuple[Bundle, ProbabilityModel]:
    return bundle, load_model(bundle.model_json())


def probabilities_of(model: ProbabilityModel, table: FeatureTable) -> np.ndarray:
    """(n,) of the hips of a table."""
    if isinstance(model, ModelBySequence):
        return model.predict_proba(table.features, table.sequence).to_numpy()
    scanner = {"scanner": table.scanner} if getattr(model, "scanners", None) is not None else {}
    return model.predict_proba(table.features, **scanner).to_numpy()


def parts_of(model: ProbabilityModel) -> dict[str, LinearModel | PortableClassifier]:
    """The models of a bundle by name: its only one, or those of its parts."""
    if isinstance(model, ModelBySequence):
        return {f"{model.name}, {part.title}": part.model for part in model.parts}
    return {model.name: model}


def thresholds_of(model: ProbabilityModel, table: FeatureTable) -> np.ndarray:
    """(n,) at or above which each hip of a table is called positive."""
    if isinstance(model, ModelBySequence):
        return model.thresholds(table.features, table.sequence)
    return np.full(len(table.features), 0.5 if model.threshold is None else model.threshold)


def evaluate_bundle(
    name_or_path: str | Path,
    table: FeatureTable,
    bootstraps: int = 1000,
    level: float = 0.95,
    seed: int = 0,
    naive: bool = False,
) -> tuple[Bundle, DevelopmentResult, pd.DataFrame]:
    """Apply a bundle to hips with a known outcome; nothing is fitted, and the threshold is the bundle's.

    Args:
        table: from :func:`.feature_table.read_feature_table`.
        bootstraps, level, seed: of the intervals, by patient.
        naive: also the intervals that take the hips of a patient as independent.

    Returns:
        The bundle; a :class:`DevelopmentResult` whose one validation is "external"; and what the model gives at other
        prevalences (:func:`.usefulness.performance_by_prevalence`).

    Raises:
        InputError: the bundle is not valid or cannot be applied; a column is missing, holds text or infinities; the
            features were made with another preset or backbone than the bundle's; one class only.
    """
    bundle, model = load_model_bundle(name_or_path)
    _check_backbone(bundle, model, table)
    features = table.features
    probability = probabilities_of(model, table)
    labels = check_outcome(table.outcome, features, MIN_PER_CLASS)
    patients = check_patients(table.patients, features)
    threshold = thresholds_of(model, table)
    kind = model.classifier if isinstance(model, PortableClassifier) else "LR"
    predictions = pd.DataFrame(
        {
            "validation": EXTERNAL,
            "group": model.name,
            "classifier": kind,
            "fold": 0,
            "row": range(len(features)),
            "case": [" ".join(map(str, key)) for key in features.index],
            "patient": patients,
            "outcome": labels.to_numpy(),
            "probability": probability,
            "threshold": threshold,
        }
    )
    protocol = DlrProtocol(classifiers=(kind,), bootstraps=bootstraps, level=level, seed=seed, naive=naive)
    result = DevelopmentResult(protocol, _facts(table, labels, patients, model))
    result.predictions = predictions
    result.chosen = pd.DataFrame(
        [(EXTERNAL, model.name, kind)], columns=["validation", "group", "classifier"]
    )
    result.performance = performance_table(predictions, protocol)
    result.calibration = calibration_table(predictions)
    result.decision = decision_table(predictions, result.chosen, level)
    result.models |= parts_of(model)
    prevalence = performance_by_prevalence(
        labels.to_numpy(), probability, threshold, level=level, patients=patients
    )
    return bundle, result, prevalence


def _check_backbone(bundle: Bundle, model: ProbabilityModel, table: FeatureTable) -> None:
    wanted = str(bundle.metadata["accepts"].get("backbone_sha256") or "")
    uses_deep = any(map(is_deep, model.feature_names))
    for found in table.backbones if wanted and uses_deep else ():
        if not same_model(found, wanted):
            raise InputError(
                f"The deep features were made with the backbone {found[:12]}, the bundle {bundle.name} was trained "
                f"with {wanted[:12]}; extract them again with the backbone of the bundle."
            )


def _facts(
    table: FeatureTable, labels: pd.Series, patients: np.ndarray, model: ProbabilityModel
) -> dict[str, Any]:
    return {
        "cases": len(labels),
        "patients": int(patients.max()) + 1,
        "events": int(labels.sum()),
        "outcome": str(table.outcome.name or "outcome"),
        "features": {model.name: len(model.feature_names)},
        "preset_sha256": preset_of(table.features),
        "scanners": None,
        "versions": package_versions(),
    }
