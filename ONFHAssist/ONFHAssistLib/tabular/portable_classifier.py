"""A fitted classifier of any kind as JSON: scaling, features, numbers, and nothing that is run as code."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import logit

from ..core.errors import InputError
from .harmonisation import ScannerTable
from .linear_model import FORMAT as LINEAR_FORMAT
from .linear_model import LinearModel
from .portable_models import PortableEstimator, PortableLinear, estimator_from_dict, estimator_to_dict
from .selection.components import ComponentTable
from .tables.checks import align, table_for_model

FORMAT = "onfhassist.classifier"
FORMAT_VERSION = 1
WITH_COMPONENTS = 2  # the version of a model that uses components, which version 1 could not have known
_EDGE = 1e-12


@dataclass(frozen=True, eq=False)
class PortableClassifier:
    """A classifier of z-scored features.

    Attributes:
        name: such as "DLR".
        classifier: key in :data:`classify.CLASSIFIERS`, such as "XGBoost".
        feature_names: columns of the feature table that it reads.
        mean, sd: shape (p,), of each of :attr:`terms` in training, after harmonisation where there is one.
        estimator: the numbers of the classifier.
        threshold: probability at or above which a case is called positive, from training data.
        preset_sha256: of the preset with which the features were extracted; None if unknown.
        scanners: how the features of each scanner are harmonised; None without harmonisation.
        components: how deep features become components; None where every feature is weighed as it is.
        parameters: settings of the classifier that the inner cross-validation chose.
        funnel, training: as :class:`linear_model.LinearModel`.
    """

    name: str
    classifier: str
    feature_names: tuple[str, ...]
    mean: np.ndarray
    sd: np.ndarray
    estimator: PortableEstimator
    threshold: float = 0.5
    preset_sha256: str | None = None
    scanners: ScannerTable | None = None
    components: ComponentTable | None = None
    parameters: Mapping[str, object] = field(default_factory=dict)
    funnel: tuple[Mapping[str, object], ...] = ()
    training: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = len(self.feature_names)
        if named == 0 or len(set(self.feature_names)) != named:
            raise InputError(
                f"The model '{self.name}' has no features or names one of its {named} features twice."
            )
        if (
            self.components is not None
            and self.feature_names[-len(self.components.deep) :] != self.components.deep
        ):
            raise InputError(
                f"The features of the model '{self.name}' do not end in those of its components."
            )
        p = len(self.terms)
        scaling = (np.asarray(self.mean, float), np.asarray(self.sd, float))
        if (
            any(part.shape != (p,) or not np.isfinite(part).all() for part in scaling)
            or scaling[1].min() <= 0
        ):
            raise InputError(
                f"The model '{self.name}' needs {p} finite means and {p} positive standard deviations."
            )
        self.estimator.check(p)

    applicable = True

    @property
    def terms(self) -> tuple[str, ...]:
        """What the classifier weighs, shape (p,): features, and the components that stand in for the deep ones."""
        return _terms(self.feature_names, self.components)

    def require_applicable(self) -> None:
        """As :meth:`linear_model.LinearModel.require_applicable`; here the scaling is always known."""

    def predict_proba(self, features: pd.DataFrame, scanner: pd.Series | None = None) -> pd.Series:
        """Probability of the outcome for every row.

        Args:
            features: at least the columns of ``feature_names``; others are ignored.
            scanner: name of the scanner of every row; needed by a harmonised model only.

        Returns:
            On the index of ``features``, named "probability".

        Raises:
            InputError: as :meth:`linear_model.LinearModel.predict_proba`, or a scanner that the model does not know.
        """
        probability = self.estimator.probability((self._values(features, scanner) - self.mean) / self.sd)
        return pd.Series(probability, index=features.index, name="probability")

    def contributions(self, row: pd.Series | pd.DataFrame, scanner: str | None = None) -> pd.DataFrame:
        """Which features drove the answer for one case.

        For a linear model the terms of the log-odds. For the others, by how much the log-odds of the case fall when
        the feature alone is put to its training mean; these do not sum to the log-odds.

        Returns:
            Columns ``feature``, ``value``, ``z``, ``coefficient`` (NaN unless linear), ``contribution`` (log-odds),
            the largest first.
        """
        frame = row.to_frame().T.infer_objects() if isinstance(row, pd.Series) else row
        if len(frame) != 1:
            raise InputError(f"Contributions are those of one case; {len(frame)} rows were given.")
        where = None if scanner is None else pd.Series([scanner], index=frame.index)
        values = self._values(frame, where)
        z = ((values - self.mean) / self.sd)[0]
        p = len(z)
        if isinstance(self.estimator, PortableLinear):
            coefficients, parts = self.estimator.coefficients, self.estimator.coefficients * z
        else:
            neutral = np.repeat(z[None], p + 1, axis=0)
            neutral[np.arange(p), np.arange(p)] = 0.0
            odds = logit(np.clip(self.estimator.probability(neutral), _EDGE, 1 - _EDGE))
            coefficients, parts = np.full(p, np.nan), odds[-1] - odds[:-1]
        result = pd.DataFrame(
            {
                "feature": self.terms,
                "value": self._shown(frame, values),
                "z": z,
                "coefficient": coefficients,
                "contribution": parts,
            }
        )
        order = np.argsort(-np.abs(parts), kind="stable")
        return result.iloc[order].reset_index(drop=True)

    def _shown(self, frame: pd.DataFrame, values: np.ndarray) -> np.ndarray:
        """Values of the terms as a person knows them: of features as measured, before any harmonisation."""
        if self.components is None:
            return frame[list(self.feature_names)].to_numpy(float)[0]
        first = list(self.feature_names[: -len(self.components.deep)])
        return np.concatenate([frame[first].to_numpy(float)[0], values[0, len(first) :]])

    def _values(self, features: pd.DataFrame, scanner: pd.Series | None) -> np.ndarray:
        """The terms of every row, shape (n, p)."""
        values = table_for_model(features, self.feature_names, self.name, self.preset_sha256).to_numpy()
        if self.scanners is not None:
            if scanner is None:
                known = ", ".join(self.scanners.names)
                raise InputError(
                    f"The model '{self.name}' was harmonised over scanners; name the scanner of every case ({known})."
                )
            values = self.scanners.apply(values, align(scanner, features, "The scanner column").to_numpy())
        return values if self.components is None else self.components.apply(values)

    def to_dict(self) -> dict[str, object]:
        """The model as plain values that JSON takes."""
        content = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION if self.components is None else WITH_COMPONENTS,
            "name": self.name,
            "classifier": self.classifier,
            "feature_names": list(self.feature_names),
            "mean": np.asarray(self.mean, float).tolist(),
            "sd": np.asarray(self.sd, float).tolist(),
            "core": estimator_to_dict(self.estimator),
            "threshold": self.threshold,
            "preset_sha256": self.preset_sha256,
            "scanners": None if self.scanners is None else self.scanners.to_dict(),
            "parameters": dict(self.parameters),
            "funnel": [dict(step) for step in self.funnel],
            "training": dict(self.training),
        }
        if self.components is not None:
            content["components"] = self.components.to_dict()
        return json.loads(json.dumps(content, allow_nan=False))

    def to_json(self) -> str:
        """The model as JSON text; Python writes each number so that it reads back to the same bits."""
        return json.dumps(self.to_dict(), allow_nan=False)

    @classmethod
    def from_json(cls, content: str | Mapping[str, Any]) -> PortableClassifier:
        """Read what :meth:`to_json` (text) or :meth:`to_dict` gave.

        Raises:
            InputError: not JSON, of another kind or version, damaged.
        """
        content = read_json(content)
        known = (FORMAT_VERSION, WITH_COMPONENTS)
        if content.get("format") != FORMAT or content.get("format_version") not in known:
            raise InputError(
                f"The model file is of the kind '{content.get('format')}', version {content.get('format_version')}; "
                f"'{FORMAT}', version {FORMAT_VERSION} or {WITH_COMPONENTS}, is expected."
            )
        try:
            names = tuple(str(name) for name in content["feature_names"])
            parts = content.get("components")
            components = None if parts is None else ComponentTable.from_dict(parts)
            return cls(
                name=str(content["name"]),
                classifier=str(content["classifier"]),
                feature_names=names,
                mean=np.asarray(content["mean"], float),
                sd=np.asarray(content["sd"], float),
                estimator=estimator_from_dict(content["core"], len(_terms(names, components))),
                threshold=float(content["threshold"]),
                preset_sha256=content["preset_sha256"],
                scanners=None if content["scanners"] is None else ScannerTable.from_dict(content["scanners"]),
                components=components,
                parameters=dict(content["parameters"]),
                funnel=tuple(content["funnel"]),
                training=dict(content["training"]),
            )
        except KeyError as error:
            raise InputError(f"The model file lacks the entry {error}; save the model again.") from error
        except (TypeError, ValueError, AttributeError) as error:
            if isinstance(error, InputError):
                raise
            raise InputError(
                f"The model file holds something else than numbers where they belong ({error})."
            ) from error


def _terms(features: tuple[str, ...], components: ComponentTable | None) -> tuple[str, ...]:
    """The features, or those that stay and then the components of the deep ones, which stand last."""
    return features if components is None else (*features[: -len(components.deep)], *components.names)


def read_json(content: str | Mapping[str, Any]) -> Mapping[str, Any]:
    """The object of a model file.

    Raises:
        InputError: not a JSON object.
    """
    if isinstance(content, str):
        try:
            content = json.loads(content)
        except json.JSONDecodeError as error:
            raise InputError(f"The model file is not JSON (line {error.lineno}); save it again.") from error
    if not isinstance(content, Mapping):
        raise InputError("The model file does not hold a JSON object; save the model again.")
    return content


def load_model(content: str | Mapping[str, object]) -> LinearModel | PortableClassifier:
    """A model of either kind from its JSON."""
    content = read_json(content)
    return (LinearModel if content.get("format") == LINEAR_FORMAT else PortableClassifier).from_json(content)
