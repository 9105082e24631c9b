"""Internal-external validation: developed on all centres but one, judged in that one, and pooled over them.

Royston, Parmar and Sylvester, Stat Med 2004; Debray et al., Stat Med 2013; pooling after Snell et al., Stat Methods Med
Res 2018 (:mod:`ONFHAssistLib.evaluate.pooling`). Every selection is repeated without the centre, so that its hips have
met no part of the model. What it says is how the figures vary from hospital to hospital.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from ONFHAssistLib.evaluate.centres import (
    CentreFigure,
    InternalExternal,
    centre_rows,
    names_of_centres,
    over_centres,
)
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.competing import aalen_johansen

from ...core.errors import InputError
from ..cox.model import CoxModel
from .cohort import SurvivalCohort
from .models import LightCoxModel, PreparedCohort, SurvivalProtocol, redevelop

FIGURES = {"C-index": "logit", "Observed : expected": "log", "Slope of the log hazard": "identity"}


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
    labels, names = names_of_centres(centre, cohort.patient)
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
    return over_centres(rows, FIGURES, warnings)


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
    area = sm.concordance(outcome.time, outcome.event, score, cluster=people)
    found = {"C-index": CentreFigure(area, area.standard_error)}
    until = min(month, float(outcome.time.max()))
    expected = float((1 - model.survival(score, [until])).mean())
    curve = aalen_johansen(outcome.time, outcome.event, None, people)
    at = int(np.searchsorted(curve.times, until, side="right")) - 1
    seen, error = (float(c[at]) for c in (curve.risk, curve.standard_error))
    if seen > 0 and expected > 0:
        found["Observed : expected"] = CentreFigure.of_ratio(seen / expected, error / expected, until)
    try:
        own = CoxModel().fit(pd.DataFrame({"log_hazard": score}), outcome, cluster=people)
        found["Slope of the log hazard"] = CentreFigure.of(
            float(own.coef_[0]), float(np.sqrt(own.robust_variance_[0, 0]))
        )
    except InputError:
        pass  # a centre in which the score separates or is constant has no slope; its C says so
    return centre_rows(*names, found, len(outcome), outcome.events)
