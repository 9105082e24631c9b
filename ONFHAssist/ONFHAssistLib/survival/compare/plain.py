"""Plain survival models beside the study's, on the folds of its nested cross-validation.

Ridge and elastic net use all features and findings without a selection; boosted trees learn the chance of collapse in
each half year among the hips that are still free of it (discrete-time survival: Tutz and Schmid 2016). A long selection
is worth its trouble where it beats them, an imaging model where it beats the clinical one.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.stats import norm
from threadpoolctl import threadpool_limits

from ONFHAssistLib.evaluate.survival.metrics import Estimate
from ONFHAssistLib.evaluate.survival.outcome import Outcome

from ..cox.net import net_score
from ..develop.completion import completed_inside
from ..develop.development import Development
from ..develop.held_out import HeldOutPredictions
from ..develop.models import GRID_STEP, PreparedCohort

NETS = {"Ridge Cox": 0.0, "Elastic net Cox": 0.5}  # share of the penalty that is the LASSO's
BOOSTED = "Boosted trees, half years"
Counted = Callable[[int, int], None]


def compare_plain_survival(development: Development, progress: Counted | None = None) -> pd.DataFrame:
    """Plain models on the first repeat's folds, beside the study's models on the same.

    Returns:
        ``model``, ``c`` with ``low`` and ``high`` (within folds, by patients), and ``gain``, ``gain_low``, ``gain_high``
        and ``p`` of the study's fullest model over it; NaN for that model itself.
    """
    held, protocol = development.held_out, development.protocol
    full = next(name for name in ("dlrc", "radiomics", "dl", "clinical") if name in held.score)
    scores = {name: score[:1] for name, score in held.score.items()}
    scores |= {name: score[None] for name, score in plain_scores(development, progress).items()}
    once = HeldOutPredictions(
        held.outcome, held.patient, held.fold[:1], scores, {}, {}, Counter(), int(held.fold[0].max()) + 1
    )
    rows = []
    for name in scores:
        c = once.concordance(name, protocol.bootstraps, protocol.seed)
        row = {"model": name, "c": c.value, "low": c.low, "high": c.high}
        if name != full:
            gain = once.difference(full, name, protocol.bootstraps, protocol.seed)
            row |= {"gain": gain.value, "gain_low": gain.low, "gain_high": gain.high, "p": two_sided_p(gain)}
        rows.append(row)
    return pd.DataFrame(rows)


def two_sided_p(found: Estimate) -> float:
    """Wald's p against 0 from the standard error of a figure; NaN where it has none."""
    if not found.standard_error > 0:
        return 1.0 if found.value == 0 else float("nan")
    return float(2 * norm.sf(abs(found.value) / found.standard_error))


def plain_scores(development: Development, progress: Counted | None = None) -> dict[str, np.ndarray]:
    """Held-out risk scores (n,) of the plain models, each hip judged without its patient."""
    cohort, held, seed = development.cohort, development.held_out, development.protocol.seed
    prepared = PreparedCohort.of(cohort, development.protocol)
    fold, n = held.fold[0], len(cohort)
    images = [pool.x for pool in prepared.pools.values()]
    found = {name: np.zeros(n) for name in (*NETS, BOOSTED)}
    folds = np.unique(fold)
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what solvers say that stop early is judged on held-out hips
        for number, k in enumerate(folds):
            train, out = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
            clinical = completed_inside(cohort.clinical, cohort.outcome, train, seed)
            encoded = prepared.encoding.apply(clinical).to_numpy(float)
            x = np.hstack([encoded, *images])
            spread = x[train].std(0)
            z = (x - x[train].mean(0))[:, spread > 1e-12] / spread[spread > 1e-12]
            for name, share in NETS.items():
                found[name][out] = net_score(z, cohort.outcome, prepared.patient, train, out, share, seed)
            found[BOOSTED][out] = _boosted(
                z, cohort.outcome, train, out, max(development.protocol.months), seed
            )
            if progress is not None:
                progress(number + 1, len(folds))
    return found


def _boosted(
    z: np.ndarray, outcome: Outcome, train: np.ndarray, out: np.ndarray, until: float, seed: int
) -> np.ndarray:
    """Cumulative hazard of the rows ``out`` by ``until`` from the chance of collapse in each half year at risk."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    ends = np.arange(GRID_STEP, until + 1e-9, GRID_STEP)
    time, event = outcome.time[train], outcome.event[train]
    hip, interval = np.nonzero(time[:, None] > ends[None] - GRID_STEP)
    fell = event[hip] & (time[hip] <= ends[interval])
    # a hip that left unharmed within the interval says nothing of its rest
    counted = fell | (time[hip] >= ends[interval])
    hip, interval, fell = hip[counted], interval[counted], fell[counted]
    if fell.all() or not fell.any():
        return np.zeros(len(out))
    model = HistGradientBoostingClassifier(
        max_iter=50,
        learning_rate=0.1,
        max_depth=3,
        min_samples_leaf=10,
        max_features=0.1,
        early_stopping=False,
        random_state=seed,
    )
    model.fit(np.column_stack([z[train][hip], interval]), fell)
    rows = np.repeat(z[out], len(ends), axis=0)
    at = np.tile(np.arange(len(ends)), len(out))
    chance = model.predict_proba(np.column_stack([rows, at]))[:, 1].reshape(len(out), len(ends))
    return np.asarray(-np.log1p(-np.clip(chance, 0, 1 - 1e-9)).sum(1))
