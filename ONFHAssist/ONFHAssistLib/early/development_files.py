"""A development on disk: tables, figures, models, checklists."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..core.atomic_files import write_text
from ..evaluate.figures import binary as figures
from ..tabular.linear_model import LinearModel
from ..tabular.protocol import EXTERNAL, NESTED, SPLIT
from .checklists import checklist_markdown, clear_checklist, metrics_checklist
from .curves import curve_tables
from .develop import CHOSEN_INSIDE, DevelopmentResult
from .performance import area_of

if TYPE_CHECKING:
    from ..tabular.tables.feature_table import FeatureTable

TABLES = (
    "performance",
    "calibration",
    "comparisons",
    "chosen",
    "funnel",
    "tuning",
    "predictions",
    "decision",
)


def write_development(result: DevelopmentResult, folder: str | Path, suffix: str = ".png") -> dict[str, Path]:
    """Write all that a development gave.

    Args:
        folder: made where it is absent; files of the same name are replaced.
        suffix: of the figures: ".png", ".svg", ".pdf" or ".tif".

    Returns:
        Name to path: ``performance``, ..., ``curve roc split DLR``, ``model Rad``, ``figure roc split DLR``, ``CLEAR``,
        ``METRICS``, ``run``.
    """
    folder = Path(folder)
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    written = {}
    for name in TABLES:
        table: pd.DataFrame = getattr(result, name)
        if len(table):
            written[name] = write_text(tables / f"{name}.csv", table.to_csv(index=False))
    if len(result.chosen):
        written["summary"] = write_text(tables / "summary.csv", summary_table(result).to_csv(index=False))
    for name, table in curve_tables(result).items():
        path = tables / f"curve_{name.replace(' ', '_')}.csv"
        written[f"curve {name}"] = write_text(path, table.to_csv(index=False))
    for group, steps in result.selection_logs.items():
        removed = [(s.step, name, why) for s in steps for name, why in s.removed.items()]
        text = pd.DataFrame(removed, columns=["step", "feature", "reason"]).to_csv(index=False)
        written[f"left {group}"] = write_text(tables / f"left_{group}.csv", text)
    for group, model in result.models.items():
        written[f"model {group}"] = write_text(folder / "models" / f"{group}.json", model.to_json())
    for name, make in (
        (("CLEAR", clear_checklist), ("METRICS", metrics_checklist)) if result.selection_logs else ()
    ):
        written[name] = write_text(folder / f"{name}.md", checklist_markdown(make(result), name))
    run = {"protocol": asdict(result.protocol), "facts": result.facts, "complete": result.complete}
    written["run"] = write_text(folder / "run.json", json.dumps(run, indent=1))
    for name, figure in draw_development(result).items():
        path = folder / "figures" / f"{name.replace(' ', '_')}{suffix}"
        written[f"figure {name}"] = figures.save_figure(figure, path)
    return written


def summary_table(result: DevelopmentResult) -> pd.DataFrame:
    """One row for the chosen model of each validation and group: its figures, the AUC with its interval."""
    names = ("sensitivity", "specificity", "accuracy", "ppv", "npv", "f1", "brier")
    rows = []
    for validation, group, classifier in result.chosen.itertuples(index=False):
        area = result.figure(validation, group, "auc")
        row = {"model": group, "validation": validation, "classifier": classifier}
        row |= dict(zip(("auc", "auc_low", "auc_high"), area, strict=True))
        rows.append(row | {name: result.figure(validation, group, name)[0] for name in names})
    return pd.DataFrame(rows)


def draw_development(result: DevelopmentResult) -> dict[str, Figure]:
    """The figures of a development: name such as "roc split DLR" to matplotlib Figure."""
    drawn: dict[str, Figure] = {}
    held_out = result.predictions
    for (validation, group), part in _by(held_out, ["validation", "group"]):
        parts = {key: one for key, one in part.groupby("classifier", sort=False) if key != CHOSEN_INSIDE}
        drawn[f"roc {validation} {group}"] = _roc(parts, f"{group}, {_words(validation)}")
    best = held_out.merge(result.chosen) if len(held_out) else held_out
    for (validation,), part in _by(best, ["validation"]):
        parts = dict(list(part.groupby("group", sort=False)))
        title = _words(validation).capitalize()
        drawn[f"roc {validation}"] = _roc(parts, title)
        drawn[f"calibration {validation}"] = figures.draw_calibration(
            {name: _scores(one) for name, one in parts.items()},
            title,
            patients={name: one["patient"].to_numpy() for name, one in parts.items()},
        )
        curve = result.decision[result.decision["validation"] == validation]
        drawn[f"decision {validation}"] = figures.draw_decision_curve(curve, title)
        for group, one in part.groupby("group", sort=False):
            threshold = one["threshold"].to_numpy()
            name = f"{group}, {_words(validation)}"
            outcome, probability = _scores(one)
            drawn[f"confusion {validation} {group}"] = figures.draw_confusion(
                outcome, probability, threshold, ("0", "1"), name
            )
    for group, path in result.paths.items():
        counts = (path.coefficients != 0).sum(axis=0)
        drawn[f"lasso path {group}"] = figures.draw_lasso_path(
            path.names, path.lambdas, path.coefficients, path.chosen, f"LASSO path, {group}"
        )
        drawn[f"lasso error {group}"] = figures.draw_lasso_error(
            path.lambdas,
            path.error,
            path.error_se,
            counts,
            path.lambda_min,
            path.lambda_1se,
            f"LASSO, {group}",
        )
    for group, model in result.models.items():
        if isinstance(model, LinearModel):
            drawn[f"weights {group}"] = figures.draw_weights(
                model.feature_names, model.coefficients, f"{group} model"
            )
    return drawn


def write_waterfalls(
    result: DevelopmentResult, table: FeatureTable | None, folder: Path, suffix: str = ".png"
) -> dict[str, Path]:
    """What drove the answer of one test hip: that with the outcome whose probability is the median of its like.

    Drawn by the model of the training part, which has not seen the hip, where it is linear.

    Returns:
        ``figure waterfall DLR`` and ``curve waterfall DLR`` for each linear model; nothing without a split.
    """
    written: dict[str, Path] = {}
    chosen = result.predictions.merge(result.chosen) if len(result.predictions) else result.predictions
    if table is None:
        return written
    for group, model in result.split_models.items():
        if not isinstance(model, LinearModel) or not len(chosen):
            continue
        part = chosen[(chosen["validation"] == SPLIT) & (chosen["group"] == group) & (chosen["outcome"] == 1)]
        if not len(part):
            continue
        one = part.sort_values("probability").iloc[len(part) // 2]
        row = table.features.iloc[[int(one["row"])]]
        parts = model.contributions(row)
        drawn = figures.draw_contributions(parts, model.intercept, f"{group} model, test hip {one['case']}")
        name = f"waterfall_{group}"
        written[f"figure waterfall {group}"] = figures.save_figure(
            drawn, folder / "figures" / f"{name}{suffix}"
        )
        start = pd.DataFrame([{"feature": "average hip", "contribution": model.intercept}])
        steps = pd.concat([start, parts[["feature", "contribution"]]], ignore_index=True)
        text = steps.assign(reached=steps["contribution"].cumsum()).to_csv(index=False)
        written[f"curve waterfall {group}"] = write_text(folder / "tables" / f"curve_{name}.csv", text)
    return written


def _by(table: pd.DataFrame, keys: list[str]):
    return table.groupby(keys, sort=False) if len(table) else ()


def _roc(parts: dict[str, pd.DataFrame], title: str) -> Figure:
    models = {name: _scores(one) for name, one in parts.items()}
    return figures.draw_roc(models, title, areas={name: area_of(one) for name, one in parts.items()})


def _scores(part: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    return part["outcome"].to_numpy(), part["probability"].to_numpy()


WORDS = {SPLIT: "test part", NESTED: "nested cross-validation", EXTERNAL: "hips it has not seen"}


def _words(validation: str) -> str:
    return WORDS[validation]
