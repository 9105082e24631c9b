"""How held-out concordance grows with the number of collapses that a model learned from."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.survival.metrics import comparable_pairs
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents

from ..develop.development import Development
from ..develop.models import PreparedCohort, redevelop

SHARES = (0.4, 0.6, 0.8, 1.0)


def survival_learning_curve(
    development: Development, draws: int, progress: Callable[[int, int], None] | None = None
) -> pd.DataFrame:
    """C in the held-out folds of models developed on a share of the other folds' patients.

    Patients are drawn among those with and without a collapse alike; everything is selected anew on each draw.

    Returns:
        A row a model and share: ``model``, ``share``, ``events`` (mean number of collapses that a model learned from),
        ``value`` (mean over folds and draws), ``low`` and ``high`` (middle 95% of them: their spread, no interval of
        the mean).
    """
    cohort, protocol = development.cohort, development.protocol
    prepared = PreparedCohort.of(cohort, protocol)
    fold, patient, outcome = development.held_out.fold[0], prepared.patient, cohort.outcome
    rng = np.random.default_rng(protocol.seed + 3)
    tasks = [
        (share, k) for share in SHARES for k in np.unique(fold) for _ in range(draws if share < 1 else 1)
    ]
    rows: list[tuple[str, float, int, float]] = []
    for done, (share, k) in enumerate(tasks):
        train, out = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        part = _some_patients(outcome, patient, train, share, rng)
        try:
            models, covariates, _ = redevelop(prepared, part, protocol)
        except TooFewEvents:
            continue
        events = int(outcome.event[part].sum())
        for name, model in models.items():
            c = _concordance(outcome, model.log_hazard(covariates)[out], out)
            rows += [] if np.isnan(c) else [(name, share, events, c)]
        if progress is not None:
            progress(done + 1, len(tasks))
    if not rows:
        raise TooFewEvents(
            "No share of the patients has enough collapses to develop a model on; more are needed."
        )
    table = pd.DataFrame(rows, columns=["model", "share", "events", "c"])
    found = table.groupby(["model", "share"], sort=False).agg(
        events=("events", "mean"),
        value=("c", "mean"),
        low=("c", lambda c: float(np.quantile(c, 0.025))),
        high=("c", lambda c: float(np.quantile(c, 0.975))),
    )
    return found.reset_index()


def _concordance(outcome: Outcome, score: np.ndarray, rows: np.ndarray) -> float:
    """Harrell's C of the hips ``rows``; NaN where no two can be compared."""
    time, event = outcome.time[rows], outcome.event[rows]
    fell = np.flatnonzero(event)
    pairs = comparable_pairs(time, event, fell)
    won = 0.5 * (score[fell, None] > score) + 0.5 * (score[fell, None] >= score)
    return float((pairs * won).sum() / pairs.sum()) if pairs.any() else np.nan


def _some_patients(
    outcome: Outcome, patient: np.ndarray, rows: np.ndarray, share: float, rng: np.random.Generator
) -> np.ndarray:
    if share >= 1:
        return rows
    fallen = np.unique(patient[rows[outcome.event[rows]]])
    others = np.setdiff1d(np.unique(patient[rows]), fallen)
    kept = [rng.choice(some, max(2, round(share * len(some))), replace=False) for some in (fallen, others)]
    return rows[np.isin(patient[rows], np.concatenate(kept))]
