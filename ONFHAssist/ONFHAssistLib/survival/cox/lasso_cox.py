"""LASSO-Cox: a Cox model that selects covariates, with its path and its cross-validation.

Minimises ``-loglik(beta) / n + penalty * sum |beta|`` with Breslow's ties, as R's glmnet (family "cox"): iteratively
reweighted least squares with the diagonal of the Hessian, coordinate descent on an active set, and a check of the
optimality conditions over all covariates (Simon et al., J Stat Softw 2011). Unlike glmnet the likelihood is checked to
rise at every step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.outcome import Outcome, require_events

from ...tabular.folds import IN_ROUNDS, patient_folds
from . import _coxnet

RULES = ("min", "1se")
_BLOCK = 5


@dataclass(frozen=True)
class LassoPath:
    """Coefficients along falling penalties.

    Attributes:
        penalties: (l,) descending. ``coef``: (l, p) on the scale of the input.
        deviance_ratio: (l,) share of the null deviance that is explained.
    """

    penalties: np.ndarray
    coef: np.ndarray
    deviance_ratio: np.ndarray

    @property
    def nonzero(self) -> np.ndarray:
        """(l,) number of covariates in the model."""
        return (self.coef != 0).sum(axis=1)


class _Likelihood:
    """Cox likelihood of hips that count ``count`` times each, once by default, in the arrays of :mod:`._coxnet`."""

    def __init__(self, time: np.ndarray, event: np.ndarray, count: np.ndarray | None = None) -> None:
        self.order = np.argsort(time, kind="stable")
        ordered, died = time[self.order], event[self.order]
        self.count = np.ones(time.size) if count is None else np.asarray(count, float)[self.order]
        self.died = died.astype(float)
        death_times, which = np.unique(ordered[died], return_inverse=True)
        self.start = np.searchsorted(ordered, death_times, side="left")
        self.slot = np.searchsorted(death_times, ordered, side="right")
        self.deaths = np.bincount(which, self.count[died])

    @property
    def arrays(self) -> tuple[np.ndarray, ...]:
        return self.died, self.slot, self.start, self.deaths, self.count

    def gradient(self) -> np.ndarray:
        """Of the log likelihood at zero with respect to eta, sorted."""
        n = self.died.size
        gradient, curvature = np.empty(n), np.empty(n)
        _coxnet.derivatives(np.zeros(n), self.arrays, gradient, curvature)
        return gradient

    def values(self, eta: np.ndarray) -> np.ndarray:
        """Log likelihood (l,) of linear predictors (l, n) in the original order."""
        return _coxnet.likelihoods(np.ascontiguousarray(eta[:, self.order]), self.arrays)


def _check(x: np.ndarray, outcome: Outcome) -> np.ndarray:
    x = np.asarray(x, float)
    if x.ndim != 2 or x.shape[0] != len(outcome) or x.shape[1] == 0:
        raise InputError(
            f"The covariates have shape {x.shape}; give {len(outcome)} rows and at least one column."
        )
    if not np.isfinite(x).all():
        row, column = np.argwhere(~np.isfinite(x))[0]
        raise InputError(
            f"Covariate {column + 1} has no number in row {row + 1}; complete it or leave this hip out."
        )
    require_events(outcome.events, 2, "A LASSO-Cox path")
    return x


def mean_and_spread(x: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean and population standard deviation (p,) of hips (n, p) that count ``count`` (n,) times."""
    share = count / count.sum()
    centre: np.ndarray = share @ x
    return centre, np.sqrt(share @ (x - centre) ** 2)


class _Problem:
    """One set of hips with scaled covariates, on its way down the penalties."""

    def __init__(
        self, x: np.ndarray, outcome: Outcome, standardize: bool, tolerance: float, count: np.ndarray
    ) -> None:
        self.likelihood = _Likelihood(outcome.time, outcome.event, count)
        self.tolerance, self.hips = tolerance, float(count.sum())
        centre, spread = mean_and_spread(x, count)
        constant = spread <= 1e-12 * np.maximum(1, np.abs(centre))
        self.scale = np.where(constant, 1.0, spread if standardize else 1.0)
        z = np.where(constant, 0.0, (x - centre) / self.scale)
        self.columns = np.ascontiguousarray(z[self.likelihood.order].T)
        self.beta = np.zeros(x.shape[1])

    def largest_penalty(self) -> float:
        """The smallest penalty that leaves nothing in the model."""
        return float(np.abs(self.columns @ self.likelihood.gradient()).max()) / self.hips

    def advance(
        self, penalties: np.ndarray, enough: float = np.inf, most: int | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Coefficients (l, p) on the scale of the input and log likelihoods (l,), on from the last penalty."""
        limit = self.beta.size if most is None else most
        coef, values = _coxnet.path(
            self.columns, self.likelihood.arrays, penalties, self.tolerance, enough, limit, self.beta
        )
        return coef / self.scale, values


def lasso_cox_path(
    x: np.ndarray,
    outcome: Outcome,
    *,
    penalties: Sequence[float] | np.ndarray | None = None,
    count: int = 100,
    ratio: float | None = None,
    standardize: bool = True,
    tolerance: float = 1e-11,
    most: int | None = None,
    count_of_hip: np.ndarray | None = None,
) -> LassoPath:
    """Path of the LASSO over covariates (n, p).

    Args:
        x: covariates; constant columns get 0.
        outcome: follow-up of the n hips.
        penalties: descending; by default ``count`` from the smallest that leaves nothing in the model to ``ratio``
            times it (0.01 where n < p, else 1e-4), stopping early at a deviance ratio of 0.99.
        count, ratio: see ``penalties``.
        standardize: penalise columns in units of their population standard deviation.
        tolerance: gain of the objective at which a step counts as the last.
        most: stop once more covariates than this are in the model.
        count_of_hip: (n,) how often each hip counts, as a bootstrap draws it; once by default.

    Raises:
        InputError: shapes that do not fit, a missing value, or penalties that are not positive and descending.
    """
    x = _check(x, outcome)
    each = np.ones(len(x)) if count_of_hip is None else np.asarray(count_of_hip, float)
    problem = _Problem(x, outcome, standardize, tolerance, each)
    levels, enough = _levels(problem, penalties, count, ratio)
    coef, values = problem.advance(levels, enough, most)
    null = float(problem.likelihood.values(np.zeros((1, len(outcome))))[0])
    return LassoPath(levels[: len(coef)], coef, 1 - values / null)


def _levels(
    problem: _Problem, penalties: Sequence[float] | np.ndarray | None, count: int, ratio: float | None
) -> tuple[np.ndarray, float]:
    """Descending penalties, and the deviance ratio at which to stop."""
    if penalties is None:
        top = problem.largest_penalty()
        if top <= 0:
            raise InputError("All covariates are constant; nothing can be selected.")
        p, n = problem.columns.shape
        bottom = (0.01 if n < p else 1e-4) if ratio is None else ratio
        return top * np.geomspace(1.0, bottom, count), 0.99
    levels = np.asarray(penalties, float)
    if levels.ndim != 1 or levels.size == 0 or (levels <= 0).any() or (np.diff(levels) >= 0).any():
        raise InputError("Penalties are one or more positive numbers in descending order.")
    return levels, np.inf


class _Fold:
    """Training hips of one fold, and how well their coefficients do on the hips left out."""

    def __init__(
        self,
        x: np.ndarray,
        outcome: Outcome,
        train: np.ndarray,
        whole: _Likelihood,
        tolerance: float,
        count: np.ndarray,
    ) -> None:
        part = outcome.take(train)
        self.problem = _Problem(x[train], part, True, tolerance, count[train])
        self.events = float(whole.deaths.sum() - self.problem.likelihood.deaths.sum())
        self.saturated = _saturated(whole.deaths) - _saturated(self.problem.likelihood.deaths)
        self.x, self.train, self.whole = x, train, whole

    def deviance(self, penalties: np.ndarray) -> np.ndarray:
        """Deviance (l,) of all hips less that of the training hips, each against its saturated model as in glmnet."""
        coef, _ = self.problem.advance(penalties)
        eta = coef @ self.x.T
        gained = self.whole.values(eta) - self.problem.likelihood.values(eta[:, self.train])
        return 2 * (self.saturated - gained)


def _saturated(deaths: np.ndarray) -> float:
    """Log partial likelihood that no model can exceed: 0 without ties, else less by d log d for d events at a time.

    It is a constant of the fold and moves no minimum, but with visits every six months the folds differ in it by more
    than in anything else, and the standard error with them.
    """
    return -float((deaths * np.log(deaths)).sum())


class LassoCox:
    """LASSO-Cox with the penalty chosen by cross-validated partial likelihood deviance.

    After :meth:`fit`:

    Attributes:
        path_: the path on all hips.
        deviance_, deviance_se_: (l,) cross-validated deviance for each event, with its standard error.
        penalty_min_, penalty_1se_: at the smallest deviance; the largest within one standard error of it.
        fold_: (n,) fold of each hip; hips of one patient share it.

    The path ends once the deviance has risen by more than a standard error beyond its minimum, unless ``whole_path``.
    """

    def __init__(
        self,
        folds: int = 10,
        *,
        count: int = 100,
        ratio: float | None = None,
        most: int | None = None,
        tolerance: float = 1e-8,
        whole_path: bool = False,
        seed: int = 0,
    ) -> None:
        self.folds, self.seed, self.tolerance, self.whole_path = folds, seed, tolerance, whole_path
        self.count, self.ratio, self.most = count, ratio, most

    def fit(
        self,
        x: np.ndarray,
        outcome: Outcome,
        cluster: Labels | None = None,
        count: np.ndarray | None = None,
    ) -> LassoCox:
        """Fit the path and choose the penalty. Each hip counts ``count`` (n,) times, as a bootstrap draws it, else once.

        The deviance of a fold is that of all hips less that of the training hips at the training coefficients, the
        grouped deviance of glmnet (van Houwelingen et al., Stat Med 2006), so small folds can be judged too.

        Raises:
            InputError: as :func:`lasso_cox_path`.
            TooFewEvents: fewer patients with an event than folds.
        """
        x = _check(x, outcome)
        each = np.ones(len(x)) if count is None else np.asarray(count, float)
        # a hip that counts twice is two in the folds, which have the same number of hips
        drawn: np.ndarray = np.repeat(np.arange(len(x)), each.astype(int))
        labels = None if cluster is None else np.asarray(cluster)[drawn]
        dealt = patient_folds(outcome.event[drawn], labels, self.folds, self.seed, IN_ROUNDS)
        self.fold_ = dealt[np.searchsorted(drawn, np.arange(len(x)))]
        whole = _Problem(x, outcome, True, self.tolerance, each)
        levels, enough = _levels(whole, None, self.count, self.ratio)
        folds = [
            _Fold(x, outcome, self.fold_ != k, whole.likelihood, self.tolerance, each)
            for k in range(self.folds)
        ]
        weight = np.array([fold.events for fold in folds], float)
        share = weight / weight.sum()
        coefs, values, mean, error = [], [], np.empty(0), np.empty(0)
        for block in np.array_split(levels, max(1, levels.size // _BLOCK)):
            coef, value = whole.advance(block, enough, self.most)
            done = block[: len(coef)]
            apart = np.array([fold.deviance(done) / max(fold.events, 1) for fold in folds])
            average = share @ apart
            coefs.append(coef)
            values.append(value)
            mean = np.append(mean, average)
            error = np.append(error, np.sqrt(share @ (apart - average) ** 2 / (np.count_nonzero(weight) - 1)))
            best = int(np.argmin(mean))
            risen = mean.size - best > _BLOCK and mean[-1] > mean[best] + error[best]
            if len(done) < len(block) or (risen and not self.whole_path):
                break
        null = float(whole.likelihood.values(np.zeros((1, len(outcome))))[0])
        self.path_ = LassoPath(levels[: mean.size], np.concatenate(coefs), 1 - np.concatenate(values) / null)
        self.deviance_, self.deviance_se_ = mean, error
        best = int(np.argmin(self.deviance_))
        near = np.flatnonzero(self.deviance_ <= self.deviance_[best] + self.deviance_se_[best])
        self.penalty_min_ = float(self.path_.penalties[best])
        self.penalty_1se_ = float(self.path_.penalties[near[0]])
        return self

    def coef(self, rule: str = "min") -> np.ndarray:
        """Coefficients (p,) at "min" or "1se".

        Raises:
            InputError: another rule.
        """
        if rule not in RULES:
            raise InputError(f"The penalty is chosen by {' or '.join(RULES)}, not by {rule!r}.")
        penalty = self.penalty_min_ if rule == "min" else self.penalty_1se_
        return self.path_.coef[int(np.flatnonzero(self.path_.penalties == penalty)[0])]
