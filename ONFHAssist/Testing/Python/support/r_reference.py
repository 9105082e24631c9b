"""The data of the figures from R: scikit-learn's breast cancer set, event = malignant."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import expit
from sklearn.datasets import load_breast_cancer

REFERENCE = json.loads((Path(__file__).parent / "r_reference.json").read_text())


@cache
def cancer() -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Outcome and the columns by their name with underscores."""
    data = load_breast_cancer()
    names = [name.replace(" ", "_") for name in data.feature_names]
    return 1 - data.target, dict(zip(names, data.data.T, strict=True))


def logistic(coef: list[float], names: list[str]) -> np.ndarray:
    """Probabilities of a fitted logistic regression."""
    columns = cancer()[1]
    return expit(coef[0] + sum(b * columns[name] for b, name in zip(coef[1:], names, strict=True)))


def models() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Outcome and the probabilities of the two models of the reclassification figures."""
    figures = REFERENCE["reclassification"]
    old = logistic(figures["coef_1"], [figures["model_1"]])
    return cancer()[0], old, logistic(figures["coef_2"], figures["model_2"])
