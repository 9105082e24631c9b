"""A linear model of features as plain numbers: fit, save as JSON, apply, and say which features drove the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from ..core.errors import InputError
from ..evaluate.binary.cross_validated import auc_over_folds
from ..evaluate.binary.discrimination import Estimate, auc_by_patient, youden_threshold
from .folds import patient_folds
from .selection.selection_log import Selection
from .selection.steps import dlr_steps
from .tables.checks import check_features, check_outcome, check_patients, preset_of, table_for_model

FORMAT = "onfhassist.linear_model"
FORMAT_VERSION = 1


@dataclass(frozen=True)
class LinearModel:
    """Logistic regression on z-scored features.

    ``log-odds = intercept + sum(coefficient * (value - mean) / sd)``.

    Attributes:
        name: such as "Rad".
        feature_names: shape (p,), names of the columns of the feature table.
        mean, sd: of each feature in training; None where they were never published, and then the model refuses to
            predict.
        coefficients: log-odds a standard deviation.
        intercept: log-odds of a case with every feature at its mean.
        threshold: probability at or above which a case is called positive, from training data; None if not known.
        preset_sha256: of the preset with which the features were extracted; None if unknown.
        funnel: one mapping a selection step with ``step``, ``went_in``, ``came_out``.
        training: what it was trained on, for the reader (cases, patients, events, AUC, seed, time, versions).

    Example:
        >>> model = LinearModel(
        ...     "Rad", ("DL_0", "DL_1"), mean=(1.0, 2.0), sd=(0.5, 1.0), coefficients=(0.8, -0.4), intercept=0.1
        ... )
        >>> hips = pd.DataFrame({"DL_0": [1.5, 1.0], "DL_1": [2.5, 4.0]}, index=["R", "L"])
        >>> model.predict_proba(hips).round(3).to_dict()
        {'R': 0.668, 'L': 0.332}
        >>> model.contributions(hips.loc["R"])["contribution"].round(3).tolist()  # log-odds, largest first
        [0.8, -0.2]
        >>> LinearModel.from_json(model.to_json()) == model
        True
    """

    name: str
    feature_names: tuple[str, ...]
    mean: tuple[float, ...] | None
    sd: tuple[float, ...] | None
    coefficients: tuple[float, ...]
    intercept: float
    threshold: float | None = 0.5
    preset_sha256: str | None = None
    funnel: tuple[Mapping[str, object], ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        p = len(self.feature_names)
        if p == 0 or len(set(self.feature_names)) != p:
            raise InputError(
                f"The model '{self.name}' has no features or names one of its {p} features twice."
            )
        scaling = {} if self.mean is None or self.sd is None else {"mean": self.mean, "sd": self.sd}
        for label, numbers in {"coefficients": self.coefficients, **scaling}.items():
            if len(numbers) != p or not np.isfinite(np.asarray(numbers, float)).all():
                raise InputError(
                    f"The model '{self.name}' needs {p} finite numbers as '{label}', one a feature."
                )
        if not np.isfinite(self.intercept) or (self.sd is not None and min(self.sd) <= 0):
            raise InputError(
                f"The model '{self.name}' has a non-finite intercept or a standard deviation that is not positive."
            )

    @property
    def terms(self) -> tuple[str, ...]:
        """What the model weighs: its features, each as it is."""
        return self.feature_names

    # applying ---------------------------------------------------------------------------------------------

    @property
    def applicable(self) -> bool:
        """Whether the scaling of the features is known, without which no probability can be given."""
        return self.mean is not None and self.sd is not None

    def predict_proba(self, features: pd.DataFrame) -> pd.Series:
        """Probability of the outcome for every row.

        Args:
            features: at least the columns of ``feature_names``; others are ignored.

        Returns:
            On the index of ``features``, named "probability".

        Raises:
            InputError: a column is missing, holds text, NaN or infinities; the table was extracted with another
                preset; the scaling of the model was never published.
        """
        z = self._z(self._table(features))
        log_odds = z @ np.asarray(self.coefficients) + self.intercept
        return pd.Series(expit(log_odds), index=features.index, name="probability")

    def contributions(self, row: pd.Series | pd.DataFrame) -> pd.DataFrame:
        """Which features drove the answer for one case.

        Args:
            row: one row of a feature table.

        Returns:
            Columns ``feature``, ``value``, ``z``, ``coefficient``, ``contribution`` (log-odds), the largest first.
            The contributions and the intercept sum to the log-odds of the case.
        """
        frame = row.to_frame().T.infer_objects() if isinstance(row, pd.Series) else row
        if len(frame) != 1:
            raise InputError(f"Contributions are those of one case; {len(frame)} rows were given.")
        table = self._table(frame)
        z = self._z(table)[0]
        result = pd.DataFrame(
            {
                "feature": self.feature_names,
                "value": table.to_numpy()[0],
                "z": z,
                "coefficient": self.coefficients,
                "contribution": z * np.asarray(self.coefficients),
            }
        )
        order = np.argsort(-np.abs(result["contribution"].to_numpy()), kind="stable")
        return result.iloc[order].reset_index(drop=True)

    def require_applicable(self) -> None:
        """Raise :class:`InputError` where the scaling of the features is not known."""
        if not self.applicable:
            raise InputError(
                f"The model '{self.name}' cannot be applied: the mean and standard deviation of its features were "
                "never published; use a model that was trained in this project."
            )

    def _table(self, features: pd.DataFrame) -> pd.DataFrame:
        self.require_applicable()
        return table_for_model(features, self.feature_names, self.name, self.preset_sha256)

    def _z(self, table: pd.DataFrame) -> np.ndarray:
        return (table.to_numpy() - np.asarray(self.mean)) / np.asarray(self.sd)

    # exchange ---------------------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, object]:
        """The model as plain values that JSON takes."""
        content = {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}
        return json.loads(json.dumps(content, allow_nan=False))

    def to_json(self) -> str:
        """The model as JSON text; Python writes each number so that it reads back to the same bits."""
        return json.dumps(self.to_dict(), indent=1, allow_nan=False)

    @classmethod
    def from_json(cls, content: str | Mapping[str, Any]) -> LinearModel:
        """Read what :meth:`to_json` (text) or :meth:`to_dict` gave.

        Raises:
            InputError: not JSON, of another kind or version, or with numbers missing.
        """
        if isinstance(content, str):
            try:
                content = json.loads(content)
            except json.JSONDecodeError as error:
                raise InputError(
                    f"The model file is not JSON (line {error.lineno}); save it again."
                ) from error
        if not isinstance(content, Mapping) or content.get("format") != FORMAT:
            kind = content.get("format") if isinstance(content, Mapping) else type(content).__name__
            raise InputError(f"The model file is of the kind '{kind}'; '{FORMAT}' is expected.")
        if content.get("format_version") != FORMAT_VERSION:
            raise InputError(
                f"The model file has version {content.get('format_version')}; this program reads version "
                f"{FORMAT_VERSION}; update the program."
            )
        try:
            return cls(
                name=str(content["name"]),
                feature_names=tuple(str(name) for name in content["feature_names"]),
                mean=_numbers(content["mean"]),
                sd=_numbers(content["sd"]),
                coefficients=_numbers(content["coefficients"]) or (),
                intercept=float(content["intercept"]),
                threshold=None if content["threshold"] is None else float(content["threshold"]),
                preset_sha256=content["preset_sha256"],
                funnel=tuple(content["funnel"]),
                training=dict(content["training"]),
            )
        except KeyError as error:
            raise InputError(f"The model file lacks the entry {error}; save the model again.") from error
        except (TypeError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"The model file holds something else than numbers where they belong ({error})."
            ) from error


def _numbers(values: Sequence[float] | None) -> tuple[float, ...] | None:
    return None if values is None else tuple(float(value) for value in values)


# fitting --------------------------------------------------------------------------------------------------


def fit_rad_model(
    features: pd.DataFrame,
    outcome: pd.Series,
    groups: pd.Series | None = None,
    seed: int = 0,
    name: str = "Rad",
    selection: Selection | None = None,
    n_folds: int = 5,
) -> LinearModel:
    """Fit z-score -> Mann-Whitney -> Pearson -> mRMR -> LASSO -> logistic regression on all cases given.

    The regression carries scikit-learn's default ridge penalty (C = 1), since the few selected features often
    separate a small cohort. The AUC in ``training`` is cross-validated by patient with the selection inside.

    Args:
        features: one row a hip, indexed by case and side; numeric columns.
        outcome: 0/1 on the same index.
        groups: patient of every row; None takes the index level ``case``.
        seed: of all folds.
        name: of the model.
        selection: steps other than those of the study.
        n_folds: of the cross-validated AUC; 0 leaves it out.

    Raises:
        InputError: see :func:`tables.check_features` and :func:`tables.check_outcome`.
    """
    table = check_features(features)
    labels = check_outcome(outcome, table).to_numpy()
    patients = check_patients(groups, table)
    steps = selection or Selection(dlr_steps(seed=seed))
    fitted, regression = _fit_once(steps, table, labels, patients)
    probability = regression.predict_proba(fitted.transform(table).to_numpy())[:, 1]
    mean, sd = fitted.scaling()
    training = {
        "cases": len(table),
        "patients": int(patients.max()) + 1,
        "events": int(labels.sum()),
        "outcome": str(getattr(outcome, "name", None) or "outcome"),
        "seed": seed,
        "penalty": "ridge, C = 1",
        "auc_training": _plain(auc_by_patient(labels, probability, patients)),
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "versions": package_versions(),
    }
    if n_folds:
        fold = patient_folds(labels, patients, n_folds, seed)
        held_out = _cross_validated(steps, table, labels, patients, fold)
        training[f"auc_{n_folds}_fold"] = _plain(auc_over_folds(labels, held_out, fold, patients))
    return LinearModel(
        name=name,
        feature_names=tuple(str(feature) for feature in fitted.selected_),
        mean=tuple(mean.tolist()),
        sd=tuple(sd.tolist()),
        coefficients=tuple(regression.coef_[0].tolist()),
        intercept=float(regression.intercept_[0]),
        threshold=youden_threshold(labels, probability),
        preset_sha256=preset_of(features),
        funnel=tuple({"step": s.step, "went_in": s.n_in, "came_out": s.n_out} for s in fitted.selection_log_),
        training=training,
    )


def _fit_once(steps: Selection, table: pd.DataFrame, labels: np.ndarray, patients: np.ndarray):
    fitted = Selection(steps.steps).fit(table, labels, patients)
    regression = LogisticRegression(max_iter=5000, tol=1e-8).fit(fitted.transform(table).to_numpy(), labels)
    return fitted, regression


def _cross_validated(
    steps: Selection, table: pd.DataFrame, labels: np.ndarray, patients: np.ndarray, fold: np.ndarray
) -> np.ndarray:
    held_out = np.empty(len(labels))
    for k in np.unique(fold):
        train, test = fold != k, fold == k
        fitted, regression = _fit_once(steps, table[train], labels[train], patients[train])
        held_out[test] = regression.predict_proba(fitted.transform(table[test]).to_numpy())[:, 1]
    return held_out


def _plain(estimate: Estimate) -> dict[str, float]:
    return {key: float(value) for key, value in asdict(estimate).items()}


def package_versions() -> dict[str, str]:
    """Versions of what a fit rests on."""
    import platform

    import scipy
    import sklearn

    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "pandas": pd.__version__,
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
    }
