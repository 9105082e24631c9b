"""ComBat: take the scanner out of the features.

Johnson, Li and Rabinovic (Biostatistics 2007;8:118) with parametric empirical Bayes, for radiomics after Orlhac et al.
(Radiology 2019;291:53). Fit it on training cases only. No covariate is kept: the outcome must not steer what a model
sees, and it is not known of a new patient. Where scanners differ in how many diseased hips they saw, ComBat without
covariates also takes out part of the disease: compare with and without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.utils.validation import check_is_fitted

from ..core.errors import InputError

MIN_HIPS_PER_SCANNER = 3


@dataclass(frozen=True, eq=False)
class ScannerTable:
    """What each scanner's features are multiplied by and moved by: ``value * factor + shift``.

    Attributes:
        names: of the scanners.
        factor, shift: shape (scanners, p).
    """

    names: tuple[str, ...]
    factor: np.ndarray
    shift: np.ndarray

    def __post_init__(self) -> None:
        shape = np.shape(self.factor)
        whole = len(shape) == 2 and shape[0] == len(self.names) and np.shape(self.shift) == shape
        if not whole or not np.isfinite(self.factor).all() or not np.isfinite(self.shift).all():
            raise InputError(
                "The harmonisation of the model needs one finite factor and shift a scanner and feature."
            )

    def apply(self, values: np.ndarray, scanner: np.ndarray) -> np.ndarray:
        """Harmonised values, shape (n, p), of rows from the scanners named, shape (n,)."""
        names = pd.Index(self.names)
        at = names.get_indexer(pd.Index([str(name) for name in scanner]))
        if (at < 0).any():
            stranger = scanner[int(np.flatnonzero(at < 0)[0])]
            raise InputError(
                f"The scanner '{stranger}' is not among those of the training cases ({', '.join(self.names)}); "
                "train with cases from it."
            )
        return values * self.factor[at] + self.shift[at]

    def of(self, columns: np.ndarray) -> ScannerTable:
        """The same for some of the features."""
        return ScannerTable(self.names, self.factor[:, columns], self.shift[:, columns])

    def to_dict(self) -> dict[str, object]:
        """As plain values."""
        return {"names": list(self.names), "factor": self.factor.tolist(), "shift": self.shift.tolist()}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> ScannerTable:
        """From plain values."""
        names = tuple(str(name) for name in content["names"])
        return cls(names, np.asarray(content["factor"], float), np.asarray(content["shift"], float))


class ComBat(TransformerMixin, BaseEstimator):
    """Harmonise features over scanners.

    Args:
        max_iterations, tolerance: of the empirical Bayes estimates.

    Attributes:
        table_: :class:`ScannerTable`, from which new cases are harmonised.
        gamma_, delta_: shape (scanners, p), shrunken additive and multiplicative scanner effects.
    """

    def __init__(self, max_iterations: int = 500, tolerance: float = 1e-8) -> None:
        self.max_iterations = max_iterations
        self.tolerance = tolerance

    def fit(self, table: pd.DataFrame | np.ndarray, outcome: object = None, scanner: object = None) -> ComBat:  # noqa: ARG002
        """Learn the scanner effects.

        Args:
            table: features, shape (n, p), finite.
            outcome: not looked at.
            scanner: name of the scanner of every row, shape (n,).

        Raises:
            InputError: one scanner only, or fewer than three cases of one.
        """
        values = np.asarray(table, float)
        code, names = pd.factorize(pd.Index([str(name) for name in np.asarray(scanner)]), sort=True)
        count = np.bincount(code)
        if len(names) < 2:
            raise InputError(
                f"Harmonisation needs two scanners or more; all {len(values)} cases are from '{names[0]}'."
            )
        if count.min() < MIN_HIPS_PER_SCANNER:
            raise InputError(
                f"The scanner '{names[count.argmin()]}' has {count.min()} training cases; harmonisation needs at least "
                f"{MIN_HIPS_PER_SCANNER} of each: leave it out or add cases."
            )
        means = np.stack([values[code == k].mean(axis=0) for k in range(len(names))])
        grand = count @ means / len(values)
        pooled = ((values - means[code]) ** 2).mean(axis=0)
        flat = pooled <= 1e-24 * np.maximum(grand**2, 1e-300)
        spread = np.sqrt(np.where(flat, 1.0, pooled))
        standard = (values - grand) / spread
        self.gamma_, self.delta_ = np.zeros(means.shape), np.ones(means.shape)
        for k in range(len(names)):
            gamma, delta = self._shrink(standard[code == k][:, ~flat])
            self.gamma_[k, ~flat], self.delta_[k, ~flat] = gamma, delta
        factor = 1 / np.sqrt(self.delta_)
        shift = grand - (grand + spread * self.gamma_) * factor
        # a feature without spread within scanners cannot be scaled; it is left as it is
        factor[:, flat], shift[:, flat] = 1.0, 0.0
        self.table_ = ScannerTable(tuple(str(name) for name in names), factor, shift)
        return self

    def _shrink(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Posterior mean of the effects of one scanner: equations 3.1 to 3.4 of Johnson et al., iterated."""
        n = len(rows)
        gamma_hat, delta_hat = rows.mean(axis=0), rows.var(axis=0, ddof=1)
        if rows.shape[1] < 2:
            return gamma_hat, delta_hat
        gamma_bar, tau = gamma_hat.mean(), gamma_hat.var(ddof=1)
        m, s2 = delta_hat.mean(), delta_hat.var(ddof=1)
        a, b = (2 * s2 + m**2) / s2, (m * s2 + m**3) / s2
        gamma, delta = gamma_hat.copy(), delta_hat.copy()
        for _ in range(self.max_iterations):
            new_gamma = (n * tau * gamma_hat + delta * gamma_bar) / (n * tau + delta)
            squares = ((rows - new_gamma) ** 2).sum(axis=0)
            new_delta = (0.5 * squares + b) / (n / 2 + a - 1)
            change = max(
                np.max(np.abs(new_gamma - gamma) / np.maximum(np.abs(gamma), 1e-12)),
                np.max(np.abs(new_delta - delta) / delta),
            )
            gamma, delta = new_gamma, new_delta
            if change < self.tolerance:
                break
        return gamma, delta

    def transform(
        self, table: pd.DataFrame | np.ndarray, scanner: object = None
    ) -> pd.DataFrame | np.ndarray:
        """Harmonised features, in the form that was given."""
        check_is_fitted(self, "table_")
        moved = self.table_.apply(np.asarray(table, float), np.asarray(scanner))
        if isinstance(table, pd.DataFrame):
            return pd.DataFrame(moved, index=table.index, columns=table.columns)
        return moved
