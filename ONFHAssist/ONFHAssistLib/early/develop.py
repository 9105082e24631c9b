"""From a cohort to validated models: run the protocol of the DLR study on feature tables."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..core.progress import Progress
from ..tabular.classifiers import FittedClassifier, to_portable_model
from ..tabular.linear_model import LinearModel, package_versions
from ..tabular.portable_classifier import PortableClassifier
from ..tabular.protocol import FINAL, NESTED, SPLIT, Cohort, DlrProtocol, FitResult, plan_tasks, run_tasks
from ..tabular.selection.selection_log import SelectionStep
from ..tabular.selection.steps import Lasso
from ..tabular.tables.checks import align, check_features, check_outcome, check_patients, preset_of
from ..tabular.tables.feature_table import dlr_feature_groups
from .performance import (
    calibration_table,
    comparison_table,
    decision_table,
    default_interval,
    performance_table,
)

CHOSEN_INSIDE = "chosen inside"


@dataclass(frozen=True, eq=False)
class LassoPath:
    """What the figures of the LASSO need: penalties, coefficients (p, penalties), error with its standard error."""

    names: tuple[str, ...]
    lambdas: np.ndarray
    coefficients: np.ndarray
    error: np.ndarray
    error_se: np.ndarray
    chosen: float
    lambda_min: float
    lambda_1se: float


@dataclass(eq=False)
class DevelopmentResult:
    """What came of a development. Tables are long: one row a figure.

    Attributes:
        protocol: as it was run. facts: cases, patients, events, seconds, versions, preset.
        complete: False when it was cancelled; then the tables hold the validations that were finished.
        funnel: ``validation``, ``group``, ``step``, ``went_in``, ``came_out`` (split and final trainings).
        selection_logs: group to the story of every step of the final training.
        tuning: ``validation``, ``fold``, ``group``, ``classifier``, ``parameters``, ``inner_auc``,
            ``inner_log_loss``, ``threshold``.
        predictions: held-out probabilities, one row a case, model and validation.
        performance, calibration, comparisons, decision: see :mod:`judge`.
        chosen: ``validation``, ``group``, ``classifier``: the one with the smallest inner log-loss, so chosen on training
            cases. In the nested validation each fold chooses for itself, and the predictions of those choices stand
            under :data:`CHOSEN_INSIDE`: that validates the choice along with the models.
        models: group to the final model, fitted on all cases with the chosen classifier.
        split_models: group to the model of the training part of the split.
        paths: group to the :class:`LassoPath` of the split (of the final training without a split).
    """

    protocol: DlrProtocol
    facts: dict[str, Any]
    complete: bool = True
    funnel: pd.DataFrame = field(default_factory=pd.DataFrame)
    selection_logs: dict[str, list[SelectionStep]] = field(default_factory=dict)
    tuning: pd.DataFrame = field(default_factory=pd.DataFrame)
    predictions: pd.DataFrame = field(default_factory=pd.DataFrame)
    performance: pd.DataFrame = field(default_factory=pd.DataFrame)
    calibration: pd.DataFrame = field(default_factory=pd.DataFrame)
    comparisons: pd.DataFrame = field(default_factory=pd.DataFrame)
    decision: pd.DataFrame = field(default_factory=pd.DataFrame)
    chosen: pd.DataFrame = field(default_factory=pd.DataFrame)
    models: dict[str, LinearModel | PortableClassifier] = field(default_factory=dict)
    split_models: dict[str, LinearModel | PortableClassifier] = field(default_factory=dict)
    paths: dict[str, LassoPath] = field(default_factory=dict)

    def figure(
        self,
        validation: str,
        group: str,
        metric: str,
        classifier: str | None = None,
        interval: str | None = None,
    ) -> tuple[float, float, float]:
        """Value, low and high of one figure; of the chosen classifier and the interval that reports print, unless said
        otherwise."""
        if classifier is None:
            at = (self.chosen["validation"] == validation) & (self.chosen["group"] == group)
            classifier = self.chosen.loc[at, "classifier"].iloc[0]
        table = self.performance
        wanted = {
            "validation": validation,
            "group": group,
            "classifier": classifier,
            "metric": metric,
            "interval": interval or default_interval(metric),
        }
        at = np.logical_and.reduce([(table[column] == value).to_numpy() for column, value in wanted.items()])
        value, low, high = (float(v) for v in table.loc[at, ["value", "low", "high"]].iloc[0])
        return value, low, high


def run_dlr_protocol(
    features: pd.DataFrame,
    outcome: pd.Series,
    patients: pd.Series | None = None,
    feature_groups: Mapping[str, Sequence[str]] | None = None,
    protocol: DlrProtocol | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    scanner: pd.Series | None = None,
    split: pd.Series | None = None,
) -> DevelopmentResult:
    """Develop and validate models of every feature group.

    Args:
        features: one row a hip, indexed by case and side; numeric columns.
        outcome: 0/1 on the same index.
        patients: patient of every row; None takes the index level ``case``.
        feature_groups: group to columns; None takes Rad, DL and DLR by :func:`dlr_feature_groups`.
        protocol: see :class:`protocol.DlrProtocol`.
        progress: called with a share 0..1 and a sentence.
        cancelled: asked between pieces of work; after True the result holds what was done.
        scanner: name of the scanner of every row; given, features are harmonised by ComBat fitted on training cases.
        split: "train" or "test" of every row; None makes the split by patient, stratified and seeded.

    Raises:
        InputError: every mistake of the input, by name (see :mod:`tables`); a patient in both parts of the split.
    """
    protocol = protocol or DlrProtocol()
    cancelled = cancelled or (lambda: False)
    start = time.perf_counter()
    cohort = checked_cohort(features, outcome, patients, feature_groups, scanner)
    tasks = plan_tasks(cohort, protocol, split)
    done: list[FitResult] = []
    for one in run_tasks(cohort, protocol, tasks, cancelled):
        done.append(one)
        if progress is not None:
            what = {SPLIT: "split", FINAL: "final model", NESTED: f"fold {one.task.fold + 1}"}[
                one.task.validation
            ]
            progress(0.95 * len(done) / len(tasks), f"{one.task.group}: {what} trained")
    facts = {
        "cases": len(cohort.labels),
        "patients": int(cohort.patients.max()) + 1,
        "events": int(cohort.labels.sum()),
        "outcome": str(getattr(outcome, "name", None) or "outcome"),
        "features": {name: len(columns) for name, columns in cohort.groups.items()},
        "preset_sha256": preset_of(features),
        "scanners": None if cohort.scanner is None else sorted(set(map(str, cohort.scanner))),
        "versions": package_versions(),
    }
    result = DevelopmentResult(protocol, facts, complete=len(done) == len(tasks))
    _collect(result, cohort, done)
    facts["seconds"] = time.perf_counter() - start
    if progress is not None:
        progress(1.0, "done" if result.complete else "cancelled; what was finished is kept")
    return result


def format_selection_counts(result: DevelopmentResult, validation: str = SPLIT) -> str:
    """The counts as the paper prints them, one line a group: ``Rad: 1197 -> 983 -> 195 -> 30 -> 12``.

    All features first, then after the Mann-Whitney test, Pearson, mRMR and LASSO.
    """
    lines = []
    for group, table in result.funnel[result.funnel["validation"] == validation].groupby("group", sort=False):
        counts = [int(table["went_in"].iloc[0])]
        counts += [
            int(row.came_out)
            for row in table.itertuples()
            if row.step.startswith(("Mann-Whitney", "Pearson", "mRMR", "LASSO"))
        ]
        lines.append(f"{group}: " + " -> ".join(str(count) for count in counts))
    return "\n".join(lines)


def checked_cohort(features, outcome, patients, feature_groups, scanner) -> Cohort:
    """The input of :func:`run_dlr_protocol` as arrays, every mistake in it named."""
    table = check_features(features)
    labels = check_outcome(outcome, table).to_numpy()
    groups = {}
    for name, columns in (feature_groups or dlr_feature_groups(table)).items():
        absent = [column for column in columns if column not in table.columns]
        if absent:
            raise InputError(
                f"The feature group '{name}' names the column '{absent[0]}', which the feature table lacks."
            )
        if not len(columns):
            raise InputError(f"The feature group '{name}' has no columns; name some or leave the group out.")
        groups[name] = tuple(columns)
    used = sorted({column for columns in groups.values() for column in columns}, key=table.columns.get_loc)
    scanners = None
    if scanner is not None:
        named = align(scanner, table, "The scanner column")
        if named.isna().any():
            raise InputError(f"The scanner of case {named.index[named.isna()][0]} is missing; name it.")
        if table[used].isna().any(axis=None):
            column = table[used].columns[table[used].isna().any()][0]
            raise InputError(
                f"The column '{column}' has missing values, which harmonisation cannot take; drop it."
            )
        scanners = named.astype(str).to_numpy()
    return Cohort(table[used], labels, check_patients(patients, table), groups, scanners)


def _collect(result: DevelopmentResult, cohort: Cohort, done: Sequence[FitResult]) -> None:
    """Fill the tables from the pieces that were done."""
    order = {SPLIT: 0, FINAL: 1, NESTED: 2}
    names = list(cohort.groups)
    done = sorted(done, key=lambda d: (order[d.task.validation], names.index(d.task.group), d.task.fold))
    result.tuning = pd.DataFrame(
        [
            {
                "validation": d.task.validation,
                "fold": d.task.fold,
                "group": d.task.group,
                "classifier": f.key,
                "parameters": json.dumps(f.parameters),
                "inner_auc": f.inner_auc,
                "inner_log_loss": f.inner_log_loss,
                "threshold": f.threshold,
            }
            for d in done
            for f in d.fitted
        ]
    )
    result.funnel = pd.DataFrame(
        [
            {"validation": d.task.validation, "group": d.task.group, "step": s.step}
            | {"went_in": s.n_in, "came_out": s.n_out}
            for d in done
            if d.task.validation != NESTED
            for s in d.prepared.whole.selection.selection_log_
        ]
    )
    for d in done:
        if d.task.validation != NESTED:
            _keep_training(result, cohort, d)
    result.predictions = _predictions(result.protocol, cohort, done)
    result.chosen = _chosen(done, result.predictions)
    if len(result.predictions):
        level = result.protocol.level
        evaluated = result.predictions
        result.performance = performance_table(evaluated, result.protocol)
        result.calibration = calibration_table(evaluated)
        result.comparisons = comparison_table(evaluated, result.chosen, level, result.protocol.naive)
        result.decision = decision_table(evaluated, result.chosen, level)


def _keep_training(result: DevelopmentResult, cohort: Cohort, d: FitResult) -> None:
    group, final = d.task.group, d.task.validation == FINAL
    rows = d.task.train
    training = {
        "cases": len(rows),
        "patients": len(np.unique(cohort.patients[rows])),
        "events": int(cohort.labels[rows].sum()),
        "outcome": result.facts["outcome"],
        "protocol": asdict(result.protocol),
        "versions": result.facts["versions"],
    }
    model = to_portable_model(group, _best(d), d.prepared, result.facts["preset_sha256"], training)
    (result.models if final else result.split_models)[group] = model
    selection = d.prepared.whole.selection
    if final:
        result.selection_logs[group] = selection.selection_log_
    lasso = selection.step(Lasso)
    if lasso is not None and (not final or group not in result.paths):
        result.paths[group] = LassoPath(
            tuple(str(name) for name in lasso.feature_names_in_),
            lasso.lambdas_,
            lasso.coef_path_,
            lasso.cv_error_,
            lasso.cv_error_se_,
            float(lasso.lambda_),
            float(lasso.lambda_min_),
            float(lasso.lambda_1se_),
        )


def _best(d: FitResult) -> FittedClassifier:
    return min(d.fitted, key=lambda f: f.inner_log_loss)


def _predictions(protocol: DlrProtocol, cohort: Cohort, done: Sequence[FitResult]) -> pd.DataFrame:
    """Held-out probabilities of the validations that are whole: the split, and the folds once all are there."""
    frames = []
    for validation, pieces in ((SPLIT, 1), (NESTED, protocol.outer_folds)):
        for group in cohort.groups:
            parts = [d for d in done if d.task.validation == validation and d.task.group == group]
            if len(parts) < pieces or not parts:
                continue
            for k in range(len(parts[0].fitted)):
                frames += [_held_out(cohort, d, d.fitted[k], d.fitted[k].key) for d in parts]
            if validation == NESTED:
                frames += [_held_out(cohort, d, _best(d), CHOSEN_INSIDE) for d in parts]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()


def _held_out(cohort: Cohort, d: FitResult, fitted: FittedClassifier, name: str) -> pd.DataFrame:
    rows = d.task.held_out
    return pd.DataFrame(
        {
            "validation": d.task.validation,
            "group": d.task.group,
            "classifier": name,
            "fold": d.task.fold,
            "row": rows,
            "case": [" ".join(map(str, np.atleast_1d(key))) for key in cohort.table.index[rows]],
            "patient": cohort.patients[rows],
            "outcome": cohort.labels[rows],
            "probability": fitted.held_out,
            "threshold": fitted.threshold,
        }
    )


def _chosen(done: Sequence[FitResult], predictions: pd.DataFrame) -> pd.DataFrame:
    rows = []
    if len(predictions):
        for validation, group in (
            predictions[["validation", "group"]].drop_duplicates().itertuples(index=False)
        ):
            single = [d for d in done if d.task.validation == validation and d.task.group == group]
            rows.append((validation, group, CHOSEN_INSIDE if validation == NESTED else _best(single[0]).key))
    return pd.DataFrame(rows, columns=["validation", "group", "classifier"])
