"""Models of a risk that has a competitor: cause-specific Cox models, and Fine and Gray's; and what visits hide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ..cox.partial_likelihood import NotIdentified
from ..cox.weighted import WeightedFit, fit_fine_gray, fit_stratified

REASONS = {
    "constant": "has the same value in every hip; leave it out",
    "collinear": "follows from the others; leave one of them out",
    "separated": "separates the hips with an event from the rest, so its hazard ratio is infinite; merge its categories "
    "or leave it out",
}


@dataclass(frozen=True)
class Design:
    """What a fit needs beside the covariates; each (n,) or None.

    Attributes:
        time, event, competing: follow-up, event of interest, competing event.
        patient: whose hips are one cluster.
        entry: when a hip came under observation. weight: of a hip. stratum: with a baseline of its own, whole numbers.
    """

    time: np.ndarray
    event: np.ndarray
    competing: np.ndarray | None = None
    patient: np.ndarray | None = None
    entry: np.ndarray | None = None
    weight: np.ndarray | None = None
    stratum: np.ndarray | None = None

    def take(self, rows: np.ndarray) -> Design:
        """The hips ``rows``."""
        return Design(*(None if v is None else v[rows] for v in vars(self).values()))  # type: ignore[arg-type]

    @property
    def plain(self) -> bool:
        """Whether there is neither late entry, nor weights, nor strata."""
        return self.entry is None and self.weight is None and self.stratum is None


def fit_cause(design: Design, covariates: pd.DataFrame, competing: bool = False) -> WeightedFit:
    """Cox model of the hazard of the event, or of the competing one, the other one censored.

    Raises:
        InputError: a covariate is constant, follows from the others or separates.
    """
    event = design.competing if competing and design.competing is not None else design.event
    try:
        return fit_stratified(
            design.time,
            event,
            covariates.to_numpy(float),
            cluster=design.patient,
            entry=design.entry,
            weight=design.weight,
            stratum=design.stratum,
        )
    except NotIdentified as error:
        raise _why(error, covariates) from None


def fit_subdistribution(design: Design, covariates: pd.DataFrame) -> WeightedFit:
    """Fine and Gray's model, of hips without late entry, weights and strata.

    Raises:
        InputError: as :func:`fit_cause`; late entry, weights or strata.
    """
    if not design.plain or design.competing is None:
        raise InputError(
            "Fine and Gray's model is fitted to hips with competing events and without late entry, weights or strata."
        )
    try:
        return fit_fine_gray(
            design.time, design.event, design.competing, covariates.to_numpy(float), design.patient
        )
    except NotIdentified as error:
        raise _why(error, covariates) from None


def _why(error: NotIdentified, covariates: pd.DataFrame) -> InputError:
    shown = ", ".join(f"'{covariates.columns[k]}'" for k in error.columns[:6])
    return InputError(f"Covariate {shown} {REASONS[error.kind]}.")


def subdistribution_risk(fit: WeightedFit, covariates: pd.DataFrame, months: Sequence[float]) -> np.ndarray:
    """Risk (n, k) of the event by each month by Fine and Gray's model."""
    log_hazard = (covariates.to_numpy(float) - fit.means) @ fit.coef
    risk: np.ndarray = 1 - np.exp(-np.outer(np.exp(log_hazard), fit.cumulative_hazard(np.asarray(months))))
    return risk


def cause_specific_risk(
    event: WeightedFit, competing: WeightedFit | None, covariates: pd.DataFrame, months: Sequence[float]
) -> np.ndarray:
    """Risk (n, k) of the event by each month from both cause-specific hazards: the sum of S(t-) dL(t).

    Benichou and Gail, Biometrics 1990. S(t) is exp(-L) of both events together, and a step's share of it goes to the
    events as their hazards, as R's ``survfit`` of a multi-state Cox model has it.
    """
    x = covariates.to_numpy(float)
    first = np.exp((x - event.means) @ event.coef)
    at = np.asarray(months, float)
    if competing is None:
        plain: np.ndarray = 1 - np.exp(-np.outer(first, event.cumulative_hazard(at)))
        return plain
    second = np.exp((x - competing.means) @ competing.coef)
    times = np.union1d(event.times, competing.times)
    jumps = [np.diff(fit.cumulative_hazard(times), prepend=0.0) for fit in (event, competing)]
    one, other = np.outer(first, jumps[0]), np.outer(second, jumps[1])
    both = one + other
    before = np.exp(-(np.cumsum(both, axis=1) - both))
    gone = before * -np.expm1(-both) * one / np.where(both > 0, both, 1)
    risk = np.concatenate([np.zeros((len(x), 1)), np.cumsum(gone, axis=1)], axis=1)
    return risk[:, np.searchsorted(times, at, side="right")]


def interval_censored(design: Design, covariates: pd.DataFrame, free_until: np.ndarray) -> pd.DataFrame:
    """Hazard ratios when a collapse is known to lie between two visits, beside those that take its visit for its day.

    Both are Weibull models, whose effects are on hazards too, so that their difference is what the visits hide (a
    sensitivity analysis; lifelines' ``WeibullAFTFitter``). Intervals without clusters.

    Args:
        free_until: (n,) last visit without collapse; not used of hips without an event.

    Returns:
        A row a covariate: ``exact``, ``interval``, and of each ``_low`` and ``_high``.

    Raises:
        InputError: a last visit without collapse that lies after the collapse; no convergence.
    """
    from lifelines import WeibullAFTFitter
    from lifelines.exceptions import ConvergenceError

    free = np.where(design.event, free_until, design.time)
    late = np.flatnonzero(design.event & (free >= design.time))
    if late.size:
        raise InputError(
            f"In row {late[0] + 1} the last visit without collapse, {free[late[0]]:g}, is not before the collapse at "
            f"{design.time[late[0]]:g}; correct it."
        )
    scale = covariates.std(ddof=0)
    x = (covariates - covariates.mean()) / scale
    names = list(x.columns)
    x.columns = pd.Index([f"x{k}" for k in range(len(names))])
    found: dict[str, np.ndarray] = {}
    try:
        exact = WeibullAFTFitter().fit(
            x.assign(time=design.time, event=design.event), duration_col="time", event_col="event"
        )
        upper = np.where(design.event, design.time, np.inf)
        hidden = WeibullAFTFitter().fit_interval_censoring(
            x.assign(lower=np.maximum(free, 0.0), upper=upper),
            lower_bound_col="lower",
            upper_bound_col="upper",
        )
    except ConvergenceError:
        raise InputError(
            "The Weibull models do not converge; leave out findings that nearly separate the hips with an event."
        ) from None
    for word, fit in (("exact", exact), ("interval", hidden)):
        rho = float(np.exp(fit.params_["rho_"].iloc[0]))
        coef = -rho * fit.params_["lambda_"][list(x.columns)].to_numpy() / scale.to_numpy()
        error = rho * fit.standard_errors_["lambda_"][list(x.columns)].to_numpy() / scale.to_numpy()
        found |= {
            word: np.exp(coef),
            f"{word}_low": np.exp(coef - 1.96 * error),
            f"{word}_high": np.exp(coef + 1.96 * error),
        }
    return pd.DataFrame(found, index=pd.Index(names, name="covariate"))
