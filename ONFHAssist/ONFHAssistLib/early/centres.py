"""Probabilities from hospital to hospital: a finished model at each centre, and models developed without each in turn.

Internal-external validation as for survival (Royston, Parmar and Sylvester, Stat Med 2004; Debray et al., Stat Med
2013): every selection, setting and calibration is made anew without the centre, so that its hips have met no part of the
model. Figures of the centres are pooled with random effects (:mod:`ONFHAssistLib.evaluate.pooling`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.calibration import calibration_line
from ..evaluate.binary.discrimination import auc_by_patient, delong_covariance
from ..evaluate.centres import (
    Z95,
    CentreFigure,
    InternalExternal,
    centre_rows,
    names_of_centres,
    over_centres,
)
from ..evaluate.clusters.sums import covariance_of_sum
from ..tabular.protocol import SPLIT, Cohort, DlrProtocol, FitResult, FitTask, run_tasks
from ..tabular.tables.feature_table import FeatureTable
from .develop import checked_cohort

FIGURES = {
    "AUC": "logit",
    "Observed : expected": "log",
    "Calibration slope": "identity",
    "Calibration in the large": "identity",
}
LEAST = 5  # hips of each class, to judge a centre


def judge_centres(
    predictions: pd.DataFrame, labels: np.ndarray, warnings: list[str] | None = None
) -> InternalExternal:
    """Figures of each model in each centre, and over the centres.

    Args:
        predictions: a row a held-out hip and model: ``group``, ``row``, ``outcome``, ``probability``, ``patient``.
        labels: (n,) centre of every row number.
        warnings: sentences so far.

    Raises:
        InputError: fewer than two centres that can be judged.
    """
    told = [] if warnings is None else warnings
    rows: list[dict[str, object]] = []
    for group, mine in predictions.groupby("group", sort=False):
        for name, part in mine.groupby(labels[mine["row"].to_numpy()]):
            outcome, probability, patients = (
                part[c].to_numpy() for c in ("outcome", "probability", "patient")
            )
            reason = _cannot(outcome)
            if reason:
                told.append(f"Centre '{name}' is not judged: {reason}.")
                continue
            figures = centre_figures(outcome, probability, patients)
            rows += centre_rows(str(group), str(name), figures, len(part), int(outcome.sum()))
    told[:] = dict.fromkeys(told)
    return over_centres(rows, FIGURES, told)


def centre_figures(
    outcome: np.ndarray, probability: np.ndarray, patients: np.ndarray
) -> dict[str, CentreFigure]:
    """AUC, observed to expected, calibration slope and in the large of (n,) hips, errors by patient.

    A figure without an error is left out: the AUC of a perfect ranking, the slope of classes that are apart.
    """
    found = {}
    area, covariance = delong_covariance(outcome, probability, patients)
    if 0 < area[0] < 1 and covariance[0, 0] > 0:
        interval = auc_by_patient(outcome, probability, patients)
        found["AUC"] = CentreFigure(interval, float(np.sqrt(covariance[0, 0])))
    expected = float(probability.sum())
    ratio = float(outcome.sum()) / expected
    error = float(np.sqrt(covariance_of_sum(outcome - ratio * probability, patients)[0, 0])) / expected
    found["Observed : expected"] = CentreFigure.of_ratio(ratio, error)
    try:
        line = calibration_line(outcome, probability, patients=patients)
    except InputError:
        return found
    for name, one in (("Calibration slope", line.slope), ("Calibration in the large", line.in_the_large)):
        found[name] = CentreFigure(one, (one.high - one.low) / (2 * Z95))
    return found


def _cannot(outcome: np.ndarray) -> str:
    """Why a centre cannot be judged, "" where it can."""
    events, hips = int(outcome.sum()), len(outcome)
    if events in (0, hips):
        return f"{'none' if events == 0 else 'each'} of its {hips} hips has the outcome"
    if min(events, hips - events) < LEAST:
        return f"it has {events} hips with and {hips - events} without the outcome, and {LEAST} of each are needed"
    return ""


def develop_by_centre(
    table: FeatureTable,
    centre: np.ndarray,
    protocol: DlrProtocol | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> InternalExternal:
    """Develop the models of every feature group without each centre in turn, and judge them in it.

    Args:
        table: from :func:`.feature_table.read_feature_table`; harmonised by scanner where it says them.
        centre: (n,) of the hips.

    Raises:
        InputError: fewer than two centres, a patient in two, a scanner that stands in one centre alone, fewer than two
            centres that can be judged. A centre without which nothing can be developed is named and left out.
    """
    protocol = protocol or DlrProtocol()
    cohort = checked_cohort(table.features, table.outcome, table.patients, table.groups, table.scanner)
    labels, names = names_of_centres(centre, np.asarray(table.patients))
    if table.scanner is not None:
        _refuse_scanner_of_one(np.asarray(table.scanner).astype(str), labels)
    warnings: list[str] = []
    tasks = []
    for number, name in enumerate(names):
        here = labels == name
        left = cohort.labels[~here]
        reason = _cannot(cohort.labels[here])
        if not reason and min(left.sum(), (1 - left).sum()) < 2 * protocol.inner_folds:
            reason = "too few hips of a class are left without it to develop anything on"
        if reason:
            warnings.append(f"Centre '{name}' is not judged: {reason}.")
            continue
        parts = np.flatnonzero(~here), np.flatnonzero(here)
        tasks += [FitTask(SPLIT, number, group, *parts) for group in cohort.groups]
    answers = []

    def failed(task: FitTask, error: InputError) -> None:
        warnings.append(f"Centre '{names[task.fold]}' is not judged by {task.group}: {error}")

    for done in run_tasks(cohort, protocol, tasks, lambda: False, failed):
        answers.append(_answers(cohort, done))
        if progress is not None:
            progress(len(answers), len(tasks))
    if not answers:
        raise InputError(f"No centre can be judged and two are needed. {' '.join(warnings)}")
    order = [done for group in cohort.groups for done in answers if done["group"].iloc[0] == group]
    return judge_centres(pd.concat(order, ignore_index=True), labels, warnings)


def _refuse_scanner_of_one(scanner: np.ndarray, labels: np.ndarray) -> None:
    """Harmonisation knows no scanner that was in no training part."""
    for name in np.unique(scanner):
        at = np.unique(labels[scanner == name])
        if len(at) == 1:
            raise InputError(
                f"The scanner '{name}' stands in the centre '{at[0]}' alone, so that models developed without that "
                "centre cannot be harmonised for it; leave out the column of the scanner."
            )


def _answers(cohort: Cohort, done: FitResult) -> pd.DataFrame:
    """What the classifier with the smallest inner log-loss says of the centre's hips."""
    best = min(done.fitted, key=lambda one: one.inner_log_loss)
    rows = done.task.held_out
    return pd.DataFrame(
        {
            "group": done.task.group,
            "row": rows,
            "outcome": cohort.labels[rows],
            "probability": best.held_out,
            "patient": cohort.patients[rows],
        }
    )
