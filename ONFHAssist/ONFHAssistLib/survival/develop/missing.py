"""What a finished model does where a hip from elsewhere has no value of a finding: its own imputation.

The means and covariances of the covariates among the hips that it learned from are kept with the model. An empty
covariate gets what is expected given those that are known, by a joint normal model (conditional mean imputation: Hoogland
et al., Stat Med 2020;39:3591; Sisk et al., Stat Methods Med Res 2023;32:1461). Neither the outcome nor the other new hips
take part, so a cohort is judged as a single new patient would be answered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ...core.errors import InputError
from ...tabular.imputation import MOST_EMPTY
from ..cox.clinical_selection import Encoding


@dataclass(frozen=True)
class UsualHips:
    """Means (k,) and covariances (k, k) of the covariates ``names`` among the hips that a model learned from."""

    names: tuple[str, ...]
    mean: np.ndarray
    covariance: np.ndarray

    @classmethod
    def of(cls, tables: Sequence[pd.DataFrame], names: Sequence[str]) -> UsualHips:
        """From the covariates of the hips, completed once or several times."""
        values = [table[list(names)].to_numpy(float) for table in tables]
        covariance = [np.cov(x, rowvar=False).reshape(len(names), len(names)) for x in values]
        return cls(tuple(names), np.mean([x.mean(0) for x in values], axis=0), np.mean(covariance, axis=0))

    def complete(self, covariates: pd.DataFrame) -> pd.DataFrame:
        """``covariates`` with what is expected in every empty cell.

        Raises:
            InputError: a hip without any known covariate.
        """
        x = covariates[list(self.names)].to_numpy(float).copy()
        empty = np.isnan(x)
        nothing = np.flatnonzero(empty.all(1))
        if nothing.size:
            raise InputError(
                f"Row {covariates.index[nothing[0]]!r} has no value of anything that the model asks for; an imputation "
                "has nothing to learn from. Complete it or leave this hip out."
            )
        for pattern in np.unique(empty[empty.any(1)], axis=0):
            rows = np.flatnonzero((empty == pattern).all(1))
            known = self.covariance[np.ix_(~pattern, ~pattern)]
            across = self.covariance[np.ix_(pattern, ~pattern)]
            weights = across @ np.linalg.pinv(known)
            x[np.ix_(rows, pattern)] = (
                self.mean[pattern] + (x[np.ix_(rows, ~pattern)] - self.mean[~pattern]) @ weights.T
            )
        return covariates.assign(**dict(zip(self.names, x.T, strict=True)))

    def to_dict(self) -> dict[str, Any]:
        """All numbers, ready for JSON."""
        return {
            "names": list(self.names),
            "mean": self.mean.tolist(),
            "covariance": self.covariance.tolist(),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> UsualHips:
        """The numbers of :meth:`to_dict`.

        Raises:
            ValueError: they do not fit each other.
        """
        names = tuple(map(str, content["names"]))
        mean, covariance = np.array(content["mean"], float), np.array(content["covariance"], float)
        k = len(names)
        fits = mean.shape == (k,) and covariance.shape == (k, k)
        if not fits or not (np.isfinite(mean).all() and np.isfinite(covariance).all()):
            raise ValueError("the usual hips do not fit the model")
        return cls(names, mean, covariance)


def empty_cells(table: pd.DataFrame, columns: Sequence[str]) -> dict[str, int]:
    """Finding -> number of its empty cells, of those that have any.

    Raises:
        InputError: a finding that is empty in more than half of the rows.
    """
    counts = {name: int(table[name].isna().sum()) for name in columns if name in table.columns}
    for name, count in counts.items():
        if count == len(table):
            raise InputError(
                f"Column '{name}' is empty in every row; an imputation has nothing to learn from. Complete it, or choose "
                "a model without it."
            )
        if count > MOST_EMPTY * len(table):
            raise InputError(
                f"Column '{name}' is empty in {count} of {len(table)} rows; at most half may be imputed. Complete it, or "
                "choose a model without it."
            )
    return {name: count for name, count in counts.items() if count}


def with_empty_findings(
    table: pd.DataFrame, encoding: Encoding
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """``table`` with a value that the encoding knows in each empty cell of the findings, and where those cells were."""
    known = {name: encoding.categories[name][0] for name in encoding.categories} | encoding.cuts
    where = {
        name: table[name].isna().to_numpy()
        for name in encoding.columns
        if name in table.columns and table[name].isna().any()
    }
    stand_in = {}
    for name, empty in where.items():
        cells = table[name].to_numpy(object).copy()
        cells[empty] = known.get(name, 0)
        stand_in[name] = pd.Series(cells, table.index).infer_objects()
    return table.assign(**stand_in), where
