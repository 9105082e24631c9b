"""The development again and again: on bootstrap samples of patients, on fewer of them, and with outcomes of others.

The first says how much the answer for one hip depends on which patients were there (Riley and Collins 2023), the second
whether more patients would still help, the third how often nothing but chance reaches the held-out figure. Every step
of the protocol is repeated in each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from ..core.errors import InputError
from ..evaluate.binary.discrimination import auc
from ..evaluate.reporting.instability import Instability
from ..evaluate.resampling import dealt_to_patients, weights_in_turn
from ..tabular.folds import patient_folds
from ..tabular.protocol import Cohort, DlrProtocol, FitTask, run_tasks

SHARES = (0.25, 0.5, 0.75, 1.0)  # of the patients of a training part
_FEWEST = 0.5  # share of the repeats that has to succeed


def repeated_answers(
    cohort: Cohort,
    protocol: DlrProtocol,
    group: str,
    classifier: str,
    original: np.ndarray,
    repeats: int,
    threshold: float = float("nan"),
    progress: Callable[[float, str], None] | None = None,
) -> Instability:
    """Answers for every hip of models developed on ``repeats`` bootstrap samples of patients.

    Copies of a patient stay together in the inner folds. A sample on which nothing can be developed is left out.

    Args:
        classifier: key; the one of the final model.
        original: (n,) probabilities of the final model.

    Raises:
        InputError: fewer than half of the samples gave a model.
    """
    one = replace(protocol, classifiers=(classifier,))
    n = len(cohort.labels)
    everything, found = np.arange(n), []
    weights = weights_in_turn(cohort.patients, repeats, protocol.seed + 1)
    tasks = [
        FitTask("bootstrap", k, group, np.repeat(everything, weight.astype(int)), everything)
        for k, weight in enumerate(weights)
    ]
    for number, task in enumerate(tasks):
        try:
            (done,) = run_tasks(cohort, replace(one, workers=1), [task], lambda: False)
        except InputError:
            continue
        found.append(done.fitted[0].held_out)
        if progress is not None:
            progress((number + 1) / len(tasks), f"{group}: repeated development {number + 1} of {len(tasks)}")
    if len(found) < max(2, _FEWEST * repeats):
        raise InputError(
            f"Only {len(found)} of {repeats} bootstrap samples gave a model; more hips of both classes are needed."
        )
    return Instability(np.asarray(original, float), np.array(found), threshold)


def learning_curve(
    cohort: Cohort,
    protocol: DlrProtocol,
    classifier: str,
    draws: int,
    progress: Callable[[float, str], None] | None = None,
) -> pd.DataFrame:
    """AUC in the held-out folds of models developed on a share of the other folds' patients.

    Returns:
        A row a feature group and share: ``model``, ``share``, ``events`` (mean number of hips with the outcome that a
        model learned from), ``value`` (mean over folds and draws), ``low`` and ``high`` (middle 95% of them: their
        spread, no interval of the mean).
    """
    one = replace(protocol, classifiers=(classifier,), workers=1)
    folds = max(protocol.outer_folds, 2)
    fold = patient_folds(cohort.labels, cohort.patients, folds, protocol.seed)
    rng = np.random.default_rng(protocol.seed + 2)
    rows: list[tuple[str, float, int, float]] = []
    total, done = len(SHARES) * folds, 0
    for share in SHARES:
        for k in range(folds):
            train, out = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
            for _ in range(draws if share < 1 else 1):
                part = _some_patients(cohort, train, share, rng)
                for group in cohort.groups:
                    try:
                        (fit,) = run_tasks(
                            cohort, one, [FitTask("learning", k, group, part, out)], lambda: False
                        )
                        area = float(auc(cohort.labels[out], fit.fitted[0].held_out))
                    except InputError:
                        continue
                    rows.append((group, share, int(cohort.labels[part].sum()), area))
            done += 1
            if progress is not None:
                progress(done / total, f"Learning curve: {share:.0%} of the patients, fold {k + 1}")
    table = pd.DataFrame(rows, columns=["model", "share", "events", "auc"])
    by = table.groupby(["model", "share"], sort=False)
    found = by.agg(
        events=("events", "mean"),
        value=("auc", "mean"),
        low=("auc", lambda a: float(np.quantile(a, 0.025))),
        high=("auc", lambda a: float(np.quantile(a, 0.975))),
    )
    return found.reset_index()


def permutation_p(cohort: Cohort, protocol: DlrProtocol, classifier: str, permutations: int) -> pd.DataFrame:
    """p of the AUC within held-out folds of every feature group: how often outcomes dealt anew give one as large.

    Radmacher, McShane and Simon, J Comput Biol 2002;9:505. Outcomes go from patient to patient with as many hips, so
    that hips of a patient stay as alike as they were; features are selected and settings chosen anew on each deal. The
    one p that assumes nothing of how folds depend on each other. The classifier is the same for all deals: where it was
    chosen for the outcomes as they are, p is a little too small.

    Returns:
        A row a group: ``model``, ``auc`` of the outcomes as they are, ``deals`` that gave a model, and ``p``, NaN
        where the outcomes as they are have no area.
    """
    one = replace(protocol, classifiers=(classifier,), workers=1)
    rng = np.random.default_rng(protocol.seed + 4)
    rows = []
    deals = [dealt_to_patients(cohort.patients, rng) for _ in range(permutations)]
    for group in cohort.groups:
        here = _area_in_folds(cohort, one, group)
        found = [_area_in_folds(replace(cohort, labels=cohort.labels[dealt]), one, group) for dealt in deals]
        known = np.array([area for area in found if not np.isnan(area)])
        p = float("nan") if np.isnan(here) else (1 + int((known >= here).sum())) / (1 + len(known))
        rows.append({"model": group, "auc": here, "deals": len(known), "p": p})
    return pd.DataFrame(rows)


def _area_in_folds(cohort: Cohort, protocol: DlrProtocol, group: str) -> float:
    """Mean of the folds' held-out AUCs; NaN where nothing could be developed."""
    folds = max(protocol.outer_folds, 2)
    areas = []
    try:
        fold = patient_folds(cohort.labels, cohort.patients, folds, protocol.seed)
        for k in range(folds):
            out = np.flatnonzero(fold == k)
            task = FitTask("permutation", k, group, np.flatnonzero(fold != k), out)
            (done,) = run_tasks(cohort, protocol, [task], lambda: False)
            areas.append(float(auc(cohort.labels[out], done.fitted[0].held_out)))
    except InputError:
        return float("nan")
    return float(np.mean(areas))


def _some_patients(cohort: Cohort, rows: np.ndarray, share: float, rng: np.random.Generator) -> np.ndarray:
    """Rows of a share of the patients, drawn among those with and without the outcome alike."""
    if share >= 1:
        return rows
    sick = np.unique(cohort.patients[rows[cohort.labels[rows] == 1]])
    well = np.setdiff1d(np.unique(cohort.patients[rows]), sick)
    kept = [rng.choice(some, max(2, round(share * len(some))), replace=False) for some in (sick, well)]
    return rows[np.isin(cohort.patients[rows], np.concatenate(kept))]
