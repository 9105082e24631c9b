"""Deep features as principal components, fitted where the model is fitted, so inside each training fold."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.decomposition import PCA

from ...core.errors import InputError


class DeepComponents(TransformerMixin, BaseEstimator):
    """Replace the columns ``DL_...`` by their first principal components ``DLPC_0``, ``DLPC_1``, ...; others stay.

    Args:
        n: number of components.
        prefix: of the columns that are replaced.

    Attributes:
        columns_: the columns that were replaced.
        pca_: scikit-learn's PCA of the z-scored columns (signs fixed by its own deterministic flip).
        explained_: share of variance of each component.
    """

    def __init__(self, n: int = 32, prefix: str = "DL_") -> None:
        self.n = n
        self.prefix = prefix

    def fit(self, features: pd.DataFrame, outcome: object = None) -> DeepComponents:  # noqa: ARG002
        """Learn mean, spread and directions from the training rows.

        Raises:
            InputError: no such column, or fewer rows or columns than components.
        """
        self.columns_ = [name for name in features.columns if str(name).startswith(self.prefix)]
        if not self.columns_:
            raise InputError(
                f"The feature table has no column that starts with '{self.prefix}'; extract deep features."
            )
        most = min(len(features), len(self.columns_))
        if not 1 <= self.n <= most:
            raise InputError(
                f"{self.n} components cannot be had from {len(features)} rows; 1 to {most} are possible."
            )
        values = features[self.columns_].to_numpy(float)
        self.mean_, spread = values.mean(axis=0), values.std(axis=0)
        self.scale_ = np.where(spread > 1e-12 * np.maximum(np.abs(self.mean_), 1e-300), spread, 1.0)
        self.pca_ = PCA(n_components=self.n, svd_solver="full").fit((values - self.mean_) / self.scale_)
        self.explained_ = self.pca_.explained_variance_ratio_
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
        values = (features[self.columns_].to_numpy(float) - self.mean_) / self.scale_
        components = pd.DataFrame(
            self.pca_.transform(values), index=features.index, columns=[f"DLPC_{k}" for k in range(self.n)]
        )
        result = pd.concat([features.drop(columns=self.columns_), components], axis=1)
        result.attrs = dict(features.attrs)
        return result
