"""Internal-external validation: developed on all centres but one, judged in that one, and pooled over them.

Royston, Parmar and Sylvester, Stat Med 2004; Debray et al., Stat Med 2013; pooling after Snell et al., Stat Methods Med
Res 2018 (:mod:`ONFHAssistLib.evaluate.pooling`). Every selection is repeated without the centre, so that its hips have
met no part of the model. What it says is how the figures vary from hospital to hospital.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.pooling import PooledCentres, pool_centres
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.competing import aalen_johansen

from ...core.errors import InputError
from ..cox.model import CoxModel
from .cohort import SurvivalCohort
from .models import LightCoxModel, PreparedCohort, SurvivalProtocol, redevelop

FIGURES = {"C-index": "logit", "Observed : expected": "log", "Slope of the log hazard": "identity"}
_ENDS = ("value", "low", "high")


@dataclass(frozen=True)
class InternalExternal:
    """What the centres say of each model.

    Attributes:
        centres: a row a model, centre and figure: value, low, high, standard_error, hips, events; ``month`` of observed
            to expected.
        pooled: model -> figure -> over centres.
        warnings: centres that could not be judged and why.
    """

    centres: pd.DataFrame
    pooled: Mapping[str, Mapping[str, PooledCentres]]
    warnings: tuple[str, ...]


def internal_external(
    cohort: SurvivalCohort,
    centre: np.ndarray,
    protocol: SurvivalProtocol | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> InternalExternal:
    """Develop without each centre in turn and judge the models in it.

    Args:
        centre: (n,) of the hips.

    Raises:
        InputError: fewer than two centres, a patient in two, or fewer than two centres that can be judged.
    """
    protocol = protocol or SurvivalProtocol()
    labels = np.asarray(centre).astype(str)
    names = _centres_of(labels, cohort)
    prepared = PreparedCohort.of(cohort, protocol)
    warnings: list[str] = []
    month = max(m for m in (*protocol.months, protocol.grid[0]) if m <= cohort.outcome.time.max())
    rows: list[dict[str, object]] = []
    for done, name in enumerate(names):
        here = labels == name
        reason = _cannot(cohort, here)
        if reason:
            warnings.append(f"Centre '{name}' is not judged: {reason}.")
        else:
            models, covariates, _ = redevelop(prepared, np.flatnonzero(~here), protocol)
            for model, fitted in models.items():
                if fitted.names:
                    rows += _judged(cohort, prepared.patient, here, fitted, covariates, month, (model, name))
        if progress is not None:
            progress(done + 1, len(names))
    table = pd.DataFrame(rows)
    judged = len(set(table["centre"])) if len(table) else 0
    if judged < 2:
        raise InputError(f"{judged} centres can be judged and two are needed. {' '.join(warnings)}".strip())
    pooled = _pooled(table, warnings)
    return InternalExternal(table, pooled, tuple(warnings))


def _centres_of(labels: np.ndarray, cohort: SurvivalCohort) -> list[str]:
    names = sorted(set(labels))
    if len(names) < 2:
        raise InputError(f"All hips are of the centre '{names[0]}'; two or more are needed.")
    homes = pd.Series(labels).groupby(np.asarray(cohort.patient)).nunique()
    if (homes > 1).any():
        raise InputError(
            f"The patient '{homes[homes > 1].index[0]}' has hips in two centres; give every patient one centre."
        )
    return names


def _pooled(table: pd.DataFrame, warnings: list[str]) -> dict[str, dict[str, PooledCentres]]:
    pooled: dict[str, dict[str, PooledCentres]] = {}
    for model in dict.fromkeys(table["model"]):
        for figure, scale in FIGURES.items():
            mine = table[(table["model"] == model) & (table["figure"] == figure)]
            values, errors = (mine[name].to_numpy(float) for name in ("value", "standard_error"))
            try:
                pooled.setdefault(model, {})[figure] = pool_centres(values, errors, scale)
            except InputError as error:
                warnings.append(f"{model}, {figure}: {error}")
    return pooled


def _cannot(cohort: SurvivalCohort, here: np.ndarray) -> str:
    """Why a centre cannot be judged, "" where it can."""
    outcome, rest = cohort.outcome.take(here), cohort.outcome.take(~here)
    if outcome.events == 0 or outcome.events == len(outcome):
        return f"{'none' if outcome.events == 0 else 'each'} of its {len(outcome)} hips collapsed"
    if outcome.events < sm.MIN_EVENTS:
        return f"it has {outcome.events} collapses and {sm.MIN_EVENTS} are needed"
    if rest.events < sm.MIN_EVENTS:
        return f"{rest.events} collapses are left without it, on which nothing can be developed"
    return ""


def _judged(
    cohort: SurvivalCohort,
    patient: np.ndarray,
    here: np.ndarray,
    model: LightCoxModel,
    covariates: pd.DataFrame,
    month: float,
    names: tuple[str, str],
) -> list[dict[str, object]]:
    outcome, people = cohort.outcome.take(here), patient[here]
    score = model.log_hazard(covariates)[here]
    found: dict[str, sm.Estimate] = {
        "C-index": sm.concordance(outcome.time, outcome.event, score, cluster=people)
    }
    until = min(month, float(outcome.time.max()))
    expected = float((1 - model.survival(score, [until])).mean())
    curve = aalen_johansen(outcome.time, outcome.event, None, people)
    at = int(np.searchsorted(curve.times, until, side="right")) - 1
    seen, error = (float(c[at]) for c in (curve.risk, curve.standard_error))
    if seen > 0 and expected > 0:
        ratio = seen / expected
        spread = np.exp(1.96 * error / seen)
        found["Observed : expected"] = sm.Estimate(ratio, ratio / spread, ratio * spread, error / expected)
    try:
        own = CoxModel().fit(pd.DataFrame({"log_hazard": score}), outcome, cluster=people)
        value, error = float(own.coef_[0]), float(np.sqrt(own.robust_variance_[0, 0]))
        found["Slope of the log hazard"] = sm.Estimate(
            value, value - 1.96 * error, value + 1.96 * error, error
        )
    except InputError:
        pass  # a centre in which the score separates or is constant has no slope; its C says so
    return [
        {
            "model": names[0],
            "centre": names[1],
            "figure": figure,
            "month": until if figure == "Observed : expected" else np.nan,
            **dict(zip(_ENDS, (one.value, one.low, one.high), strict=True)),
            "standard_error": one.standard_error,
            "hips": len(outcome),
            "events": outcome.events,
        }
        for figure, one in found.items()
    ]
