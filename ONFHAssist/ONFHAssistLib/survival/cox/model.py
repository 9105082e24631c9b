"""Cox models on tables: fit, summary, proportional hazards, survival with intervals, and JSON without pickles."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import chi2, norm

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.resampling import Labels
from ONFHAssistLib.evaluate.survival.metrics import concordance
from ONFHAssistLib.evaluate.survival.outcome import MIN_EVENTS, Z95, Outcome, kaplan_meier, require_events

from . import partial_likelihood as pl

FORMAT = "onfh-cox/1"
EVENTS_PER_COVARIATE = 10
_MATRICES = ("variance_", "robust_variance_")
_VECTORS = ("coef_", "means_", "minimum_", "maximum_")


def design(table: pd.DataFrame, names: Sequence[str]) -> np.ndarray:
    """Columns ``names`` of ``table`` as (n, p) numbers.

    Raises:
        InputError: a column is missing, holds text, or holds a value that is missing or infinite.
    """
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise InputError(
            f"The table lacks {', '.join(repr(name) for name in missing[:5])}"
            f"{f' and {len(missing) - 5} more columns' if len(missing) > 5 else ''}, which the model needs; "
            "add the columns or choose another model."
        )
    try:
        x = table[list(names)].to_numpy(float)
    except (TypeError, ValueError):
        text = [name for name in names if not pd.api.types.is_numeric_dtype(table[name])]
        raise InputError(
            f"Column '{text[0]}' holds text; code it in numbers, one column for each category."
        ) from None
    wrong = np.argwhere(~np.isfinite(x))
    if wrong.size:
        row, column = wrong[0]
        raise InputError(
            f"Column '{names[column]}' has no number in row {table.index[row]!r} ({len(wrong)} such cells in all); "
            "complete it or leave this hip out."
        )
    return x


class CoxModel:
    """Proportional hazards with plain and robust (clustered) variance.

    After :meth:`fit`:

    Attributes:
        names_: covariates; ``coef_`` (p,) log hazard ratios; ``variance_`` (p, p) from the information.
        robust_variance_: (p, p) sandwich, hips of one patient added up; equal weight to each hip without clusters.
        means_, minimum_, maximum_: (p,) of the covariates in the data; the baseline is at the means.
        log_hazard_range_: smallest and largest log hazard of the data, against average covariates.
        log_likelihood_: (null, fitted). ``concordance_``: Harrell's C of the fit with its standard error.
        baseline_: cumulative hazard at the means, with the sums that its variance needs.
        n_, events_, last_time_: size of the data and longest follow-up.
        warnings_: sentences for the report.

    Example:
        >>> from ONFHAssistLib.evaluate.survival.outcome import check_outcome
        >>> chance = np.random.default_rng(1)
        >>> hips = pd.DataFrame({"bone_marrow_oedema": chance.integers(0, 2, 200)})
        >>> months = chance.exponential(60.0 / np.exp(0.8 * hips["bone_marrow_oedema"]))
        >>> outcome = check_outcome(np.minimum(months, 60.0), months < 60.0)  # time, whether it collapsed
        >>> model = CoxModel().fit(hips, outcome)
        >>> model.summary()[["hr", "low", "high"]].round(2).values.tolist()
        [[2.0, 1.44, 2.78]]
        >>> two = pd.DataFrame({"bone_marrow_oedema": [0, 1]})
        >>> model.predict_survival(two, [36.0, 48.0]).round(2).tolist()
        [[0.53, 0.46], [0.28, 0.21]]
    """

    def __init__(self, ties: str = "efron") -> None:
        if ties not in ("efron", "breslow"):
            raise InputError(f"Ties are handled by 'efron' or 'breslow', not by {ties!r}.")
        self.ties = ties

    def fit(
        self,
        table: pd.DataFrame,
        outcome: Outcome,
        names: Sequence[str] | None = None,
        cluster: Labels | None = None,
    ) -> CoxModel:
        """Fit to the columns ``names`` (all by default) of ``table``, a row a hip in the order of ``outcome``.

        Raises:
            InputError: missing columns or values, a constant covariate, covariates that repeat each other, or one
                that separates the hips with an event from the others; each named.
            TooFewEvents: fewer than 10 events, or than two for each covariate.
        """
        self.names_ = tuple(str(name) for name in (table.columns if names is None else names))
        if not self.names_:
            raise InputError("A Cox model needs at least one covariate and none was given.")
        if len(table) != len(outcome):
            raise InputError(
                f"The table has {len(table)} rows and the outcome {len(outcome)}; give one row a hip."
            )
        x = design(table, self.names_)
        require_events(outcome.events, max(MIN_EVENTS, 2 * len(self.names_)), "A Cox model of this size")
        sets = pl.risk_sets(outcome.time, outcome.event, self.ties)
        try:
            fitted = pl.fit(sets, x)
        except pl.NotIdentified as error:
            raise InputError(self._why(error)) from None
        self.coef_, self.variance_, self.means_ = fitted.coef, fitted.variance, fitted.means
        clusters = None if cluster is None else np.asarray(cluster)
        self.robust_variance_ = pl.robust_variance(sets, x, fitted, clusters)
        self.minimum_, self.maximum_ = x.min(0), x.max(0)
        self.log_likelihood_ = (fitted.null, fitted.fitted)
        self.baseline_ = pl.baseline(sets, x, fitted)
        self.n_, self.events_, self.last_time_ = len(outcome), outcome.events, float(outcome.time.max())
        log_hazard = (x - self.means_) @ self.coef_
        self.log_hazard_range_ = (float(log_hazard.min()), float(log_hazard.max()))
        c = concordance(outcome.time, outcome.event, log_hazard, cluster=cluster)
        self.concordance_ = (c.value, c.standard_error)
        self.warnings_ = self._sizes()
        return self

    def _why(self, error: pl.NotIdentified) -> str:
        shown = ", ".join(f"'{self.names_[k]}'" for k in error.columns[:6])
        return {
            "constant": f"Covariate {shown} has the same value in every hip; leave it out.",
            "collinear": f"Covariates {shown} repeat each other (one follows from the rest); leave one of them out.",
            "separated": (
                f"Covariate {shown} separates the hips with an event from the rest: its hazard ratio is infinite; "
                "merge its categories, leave it out or use a penalised model."
            ),
        }[error.kind]

    def _sizes(self) -> tuple[str, ...]:
        each = self.events_ / len(self.names_)
        if each >= EVENTS_PER_COVARIATE:
            return ()
        return (
            f"{self.events_} events for {len(self.names_)} covariates are {each:.1f} each; with fewer than "
            f"{EVENTS_PER_COVARIATE} the hazard ratios are too large on average.",
        )

    def summary(self) -> pd.DataFrame:
        """A row a covariate: coef, hr, low, high, se, z, p, and robust_se, robust_low, robust_high, robust_p."""
        columns: dict[str, np.ndarray] = {"coef": self.coef_, "hr": np.exp(self.coef_)}
        for prefix, variance in (("", self.variance_), ("robust_", self.robust_variance_)):
            error = np.sqrt(np.diag(variance))
            columns[f"{prefix}low"] = np.exp(self.coef_ - Z95 * error)
            columns[f"{prefix}high"] = np.exp(self.coef_ + Z95 * error)
            columns[f"{prefix}se"] = error
            columns[f"{prefix}z"] = self.coef_ / error
            columns[f"{prefix}p"] = 2 * norm.sf(np.abs(self.coef_ / error))
        return pd.DataFrame(columns, index=pd.Index(self.names_, name="covariate"))

    def log_hazard(self, table: pd.DataFrame) -> np.ndarray:
        """Linear predictor (n,), relative to a hip with average covariates."""
        return (design(table, self.names_) - self.means_) @ self.coef_

    def cumulative_baseline(self, months: Sequence[float]) -> np.ndarray:
        """Cumulative hazard (k,) of a hip with average covariates; flat after the last event."""
        position = np.searchsorted(self.baseline_.times, np.asarray(months, float), side="right")
        return np.concatenate([[0.0], self.baseline_.hazard])[position]

    def predict_survival(self, table: pd.DataFrame, months: Sequence[float]) -> np.ndarray:
        """Survival (n, k) of each hip at each of ``months``.

        Raises:
            InputError: a month beyond the longest follow-up of the data, or a missing column.
        """
        self.check_months(months)
        return np.exp(-np.outer(np.exp(self.log_hazard(table)), self.cumulative_baseline(months)))

    def check_months(self, months: Sequence[float]) -> None:
        """Raise InputError for a time beyond the longest follow-up of the data."""
        wrong = [m for m in np.atleast_1d(months) if not 0 <= m <= self.last_time_]
        if wrong:
            raise InputError(
                f"Time {wrong[0]:g} is outside of 0 to {self.last_time_:g}, the longest follow-up of the data; "
                "choose a time within it."
            )

    def survival_interval(
        self, table: pd.DataFrame, months: Sequence[float]
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(survival, low, high), each (n, k), with 95% log-log intervals of baseline and coefficients together.

        Tsiatis' variance as R's ``survfit.coxph(conf.type = "log-log")``. It does not hold the uncertainty of having
        selected the covariates, nor that of a signature's coefficients.
        """
        survival = self.predict_survival(table, months)
        offset = design(table, self.names_) - self.means_
        position = np.searchsorted(self.baseline_.times, np.asarray(months, float), side="right")
        base = self.baseline_
        hazard, spread = (np.concatenate([[0.0], v])[position] for v in (base.hazard, base.variance))
        drift = np.concatenate([np.zeros((1, len(self.names_))), base.drift])[position]
        away = offset[:, None, :] * hazard[None, :, None] - drift[None, :, :]
        variance = spread[None, :] + np.einsum("nkp,pq,nkq->nk", away, self.variance_, away)
        with np.errstate(divide="ignore", invalid="ignore"):
            margin = Z95 * np.sqrt(variance) / hazard[None, :]
            low, high = survival ** np.exp(margin), survival ** np.exp(-margin)
        start = hazard == 0
        low[:, start] = high[:, start] = 1.0
        return survival, low, high

    def test_proportional_hazards(self, table: pd.DataFrame, outcome: Outcome) -> pd.DataFrame:
        """R's ``cox.zph(transform = "km")`` on the data of the fit: statistic, df, p for each covariate and GLOBAL.

        A small p says that a hazard ratio changes with time.
        """
        sets = pl.risk_sets(outcome.time, outcome.event, self.ties)
        curve = kaplan_meier(outcome.time, outcome.event)
        before = np.concatenate([[1.0], curve.survival])[np.searchsorted(curve.times, sets.times)]
        clock = (1 - before)[sets.group]
        each, together = pl.proportional_hazards(sets, design(table, self.names_), self.coef_, clock)
        statistic = np.append(each, together)
        freedom = np.append(np.ones(each.size, int), each.size)
        rows = pd.Index([*self.names_, "GLOBAL"], name="covariate")
        return pd.DataFrame(
            {"statistic": statistic, "df": freedom, "p": chi2.sf(statistic, freedom)}, index=rows
        )

    def to_dict(self) -> dict[str, Any]:
        """All numbers of the fitted model, ready for JSON."""
        return {
            "format": FORMAT,
            "ties": self.ties,
            "names": list(self.names_),
            **{name.rstrip("_"): getattr(self, name).tolist() for name in (*_VECTORS, *_MATRICES)},
            "baseline": {
                name: getattr(self.baseline_, name).tolist() for name in pl.Baseline.__dataclass_fields__
            },
            "log_hazard_range": list(self.log_hazard_range_),
            "log_likelihood": list(self.log_likelihood_),
            "concordance": list(self.concordance_),
            "n": self.n_,
            "events": self.events_,
            "last_time": self.last_time_,
            "warnings": list(self.warnings_),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> CoxModel:
        """The model of :meth:`to_dict`.

        Raises:
            InputError: another format, or numbers that do not fit together.
        """
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            raise InputError(
                f"This is not a Cox model of the format '{FORMAT}'; choose a file that ONFHAssist wrote."
            )
        try:
            model = cls(content["ties"])
            model.names_ = tuple(content["names"])
            for name in (*_VECTORS, *_MATRICES):
                setattr(model, name, np.array(content[name.rstrip("_")], float))
            model.baseline_ = pl.Baseline(
                **{name: np.array(values, float) for name, values in content["baseline"].items()}
            )
            smallest, largest = content["log_hazard_range"]
            model.log_hazard_range_ = (float(smallest), float(largest))
            model.log_likelihood_ = tuple(content["log_likelihood"])
            model.concordance_ = tuple(content["concordance"])
            model.n_, model.events_ = int(content["n"]), int(content["events"])
            model.last_time_ = float(content["last_time"])
            model.warnings_ = tuple(content["warnings"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"The Cox model is damaged ({error!r}); fit it again or take another copy."
            ) from None
        p = len(model.names_)
        shapes = [getattr(model, n).shape == (p,) for n in _VECTORS]
        shapes += [getattr(model, n).shape == (p, p) for n in _MATRICES]
        base = model.baseline_
        shapes.append(base.drift.shape == (base.times.size, p) and base.hazard.shape == base.times.shape)
        if not all(shapes) or not np.isfinite(model.coef_).all():
            raise InputError("The Cox model is damaged (its numbers do not fit together); fit it again.")
        return model

    def save(self, path: str | Path) -> Path:
        """Write the model as JSON, at once or not at all."""
        return write_json(path, self.to_dict())

    @classmethod
    def load(cls, path: str | Path) -> CoxModel:
        """Read a model written by :meth:`save`."""
        return cls.from_dict(read_json(path))


def write_json(path: str | Path, content: Mapping[str, Any]) -> Path:
    """Write ``content`` to ``path``, at once or not at all."""
    return write_text(path, json.dumps(content, indent=1, allow_nan=False))


def read_json(path: str | Path) -> Any:
    """Content of a JSON file.

    Raises:
        InputError: the file is missing or not JSON.
    """
    path = Path(path)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise InputError(f"The file {path} cannot be read; check the path.") from None
    except ValueError:
        raise InputError(f"The file {path} is not JSON; choose a model that ONFHAssist wrote.") from None
