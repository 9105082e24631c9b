"""Deep features as principal components, fitted where the model is fitted, so inside each training fold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA

from ...core.errors import InputError
from ...core.names import DEEP_PREFIX

COMPONENT_PREFIX = "DLPC_"


@dataclass(frozen=True, eq=False)
class ComponentTable:
    """The components that a model uses, as numbers: ``((deep - mean) / scale) @ weights.T``.

    Attributes:
        names: (k,) of the components, such as ``DLPC_3``.
        deep: (q,) columns of the feature table that they are made of.
        mean, scale: (q,) of these columns in training.
        weights: (k, q).
    """

    names: tuple[str, ...]
    deep: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray
    weights: np.ndarray

    def __post_init__(self) -> None:
        k, q = len(self.names), len(self.deep)
        vectors = (np.asarray(self.mean), np.asarray(self.scale))
        whole = k > 0 and np.shape(self.weights) == (k, q) and all(v.shape == (q,) for v in vectors)
        finite = whole and all(np.isfinite(v).all() for v in (*vectors, self.weights))
        if not finite or vectors[1].min() <= 0 or len(set(self.deep)) != q:
            raise InputError(
                f"The components of the model need a finite mean, a positive scale and {k} weights of each of {q} deep "
                "features."
            )

    def inputs(self, terms: Sequence[str]) -> tuple[str, ...]:
        """Columns of the feature table from which ``terms`` (features, then these components) are made."""
        return (*terms[: len(terms) - len(self.names)], *self.deep)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """From the columns of :meth:`inputs`, shape (n, p), to the terms."""
        first = values.shape[1] - len(self.deep)
        parts = ((values[:, first:] - self.mean) / self.scale) @ self.weights.T
        return np.concatenate([values[:, :first], parts], axis=1)

    def to_dict(self) -> dict[str, object]:
        """As plain values."""
        numbers = {
            name: np.asarray(getattr(self, name), float).tolist() for name in ("mean", "scale", "weights")
        }
        return {"names": list(self.names), "deep": list(self.deep), **numbers}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> ComponentTable:
        """From plain values."""
        names, deep = (tuple(str(name) for name in content[key]) for key in ("names", "deep"))
        mean, scale, weights = (np.asarray(content[key], float) for key in ("mean", "scale", "weights"))
        return cls(names, deep, mean, scale, weights)


class DeepComponents(TransformerMixin, BaseEstimator):
    """Replace the columns ``DL_...`` by their first principal components ``DLPC_0``, ``DLPC_1``, ...; others stay.

    Args:
        n: number of components; or, below 1, the share of variance that they explain together.
        prefix: of the columns that are replaced.

    Attributes:
        columns_: the columns that were replaced.
        names_: of the components.
        pca_: scikit-learn's PCA of the z-scored columns (signs fixed by its own deterministic flip).
        explained_: share of variance of each component.
    """

    def __init__(self, n: float = 32, prefix: str = DEEP_PREFIX) -> None:
        self.n = n
        self.prefix = prefix

    def fit(self, features: pd.DataFrame, outcome: object = None) -> DeepComponents:  # noqa: ARG002
        """Learn mean, spread and directions from the training rows.

        Raises:
            InputError: no such column, one with a missing value, or fewer rows or columns than components.
        """
        self.columns_ = [name for name in features.columns if str(name).startswith(self.prefix)]
        if not self.columns_:
            raise InputError(
                f"The feature table has no column that starts with '{self.prefix}'; extract deep features."
            )
        most = min(len(features), len(self.columns_))
        if not (0 < self.n < 1 or (self.n == int(self.n) and 1 <= self.n <= most)):
            raise InputError(
                f"{self.n:g} components cannot be had from {len(features)} rows; 1 to {most} are possible, or a share of "
                "the variance between 0 and 1."
            )
        values = features[self.columns_].to_numpy(float)
        if np.isnan(values).any():
            column = self.columns_[int(np.flatnonzero(np.isnan(values).any(axis=0))[0])]
            raise InputError(
                f"The column '{column}' has missing values, which components cannot take; extract these hips again."
            )
        mean, spread = values.mean(axis=0), values.std(axis=0)
        self.centre_ = mean
        self.spread_ = np.where(spread > 1e-12 * np.maximum(np.abs(mean), 1e-300), spread, 1.0)
        n = self.n if self.n < 1 else int(self.n)
        self.pca_ = PCA(n_components=n, svd_solver="full").fit((values - self.centre_) / self.spread_)
        self.explained_ = self.pca_.explained_variance_ratio_
        self.names_ = [f"{COMPONENT_PREFIX}{k}" for k in range(self.pca_.n_components_)]
        return self

    def transform(self, features: pd.DataFrame) -> pd.DataFrame:
        """The other columns, then the components, on the same rows.

        Raises:
            InputError: a column that was there in training is missing.
        """
        absent = [name for name in self.columns_ if name not in features.columns]
        if absent:
            raise InputError(
                f"The feature table lacks the column '{absent[0]}'; extract deep features with the same backbone."
            )
        found = self.table(self.names_).apply(features[self.columns_].to_numpy(float))
        components = pd.DataFrame(found, index=features.index, columns=self.names_)
        result = pd.concat([features.drop(columns=self.columns_), components], axis=1)
        result.attrs = dict(features.attrs)
        return result

    def table(self, names: Sequence[str]) -> ComponentTable:
        """The numbers of some of the components, in the order of ``names``."""
        rows = [self.names_.index(name) for name in names]
        mean = self.centre_ + self.spread_ * self.pca_.mean_  # the PCA's own centre is 0 up to rounding
        deep = tuple(str(name) for name in self.columns_)
        return ComponentTable(tuple(names), deep, mean, self.spread_, self.pca_.components_[rows])

    @property
    def title_(self) -> str:
        """What was done, as the selection's log names it."""
        share = float(self.explained_.sum())
        return (
            f"{len(self.columns_)} deep features to {len(self.names_)} components ({share:.0%} of variance)"
        )
