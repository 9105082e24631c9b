"""The curves of a development as tables of numbers, which Slicer's plot charts draw.

A curve with its own x axis has two columns, "x, NAME" and "NAME"; where curves are of different length the shorter ones
repeat their last point, which draws nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..evaluate.binary.calibration import calibration_bins
from ..evaluate.binary.discrimination import roc_curve
from ..tabular.linear_model import LinearModel
from .develop import CHOSEN_INSIDE, DevelopmentResult

X = "x, "
CHANCE, IDEAL = "chance", "ideal"
_BINS = 5


def curve_tables(result: DevelopmentResult) -> dict[str, pd.DataFrame]:
    """Name such as "roc split DLR", "calibration nested", "lasso path Rad" to the numbers of its curves."""
    tables: dict[str, pd.DataFrame] = {}
    held_out = result.predictions
    for (validation, group), part in _by(held_out, ["validation", "group"]):
        models = {k: one for k, one in part.groupby("classifier", sort=False) if k != CHOSEN_INSIDE}
        if len(models) > 1:
            tables[f"roc {validation} {group}"] = _rocs(models)
    best = held_out.merge(result.chosen) if len(held_out) else held_out
    for (validation,), part in _by(best, ["validation"]):
        models = dict(list(part.groupby("group", sort=False)))
        tables[f"roc {validation}"] = _rocs(models)
        tables[f"calibration {validation}"] = _calibrations(models)
        curve = result.decision[result.decision["validation"] == validation]
        wide = curve.pivot_table(index="threshold", columns="model", values="net_benefit", sort=False)
        tables[f"decision {validation}"] = wide.reset_index().rename_axis(columns=None)
    for group, path in result.paths.items():
        penalty = -np.log10(path.lambdas)
        at = int(np.argmin(np.abs(np.log(path.lambdas / path.chosen))))
        kept = np.flatnonzero(path.coefficients[:, at])
        ranked = kept[np.argsort(-np.abs(path.coefficients[kept, at]), kind="stable")]
        columns = {path.names[j]: path.coefficients[j] for j in ranked}
        tables[f"lasso path {group}"] = pd.DataFrame({"penalty": penalty, **columns})
        error = {"error": path.error, "low": path.error - path.error_se, "high": path.error + path.error_se}
        tables[f"lasso error {group}"] = pd.DataFrame({"penalty": penalty, **error})
    for group, model in result.models.items():
        if isinstance(model, LinearModel):
            weights = pd.DataFrame({"feature": model.feature_names, "weight": model.coefficients})
            order = weights["weight"].abs().sort_values(ascending=False, kind="stable").index
            tables[f"weights {group}"] = weights.loc[order].reset_index(drop=True)
    return tables


def _rocs(models: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    curves = {}
    for name, part in models.items():
        points = roc_curve(part["outcome"].to_numpy(), part["probability"].to_numpy())
        curves[name] = (points["false_positive_rate"].to_numpy(), points["sensitivity"].to_numpy())
    return _beside({**curves, CHANCE: (np.array([0.0, 1.0]), np.array([0.0, 1.0]))})


def _calibrations(models: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    curves = {}
    for name, part in models.items():
        points = calibration_bins(part["outcome"].to_numpy(), part["probability"].to_numpy(), _BINS)
        curves[name] = (points["predicted"].to_numpy(), points["observed"].to_numpy())
    return _beside({**curves, IDEAL: (np.array([0.0, 1.0]), np.array([0.0, 1.0]))})


def _beside(curves: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> pd.DataFrame:
    longest = max(len(x) for x, _ in curves.values())
    columns = {}
    for name, (x, y) in curves.items():
        columns[f"{X}{name}"], columns[name] = (np.pad(v, (0, longest - len(v)), mode="edge") for v in (x, y))
    return pd.DataFrame(columns)


def _by(table: pd.DataFrame, keys: list[str]):
    return table.groupby(keys, sort=False) if len(table) else ()
