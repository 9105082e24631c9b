"""How much the answer for one hip depends on which hips the model happened to be developed on.

Riley and Collins, Biom J 2023;65:2200302: the development is repeated on bootstrap samples of patients, each model
answers for every hip, and the answers are set beside those of the model that was developed on all hips.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ...core.errors import InputError


@dataclass(frozen=True, eq=False)
class Instability:
    """Answers of the repeated developments beside the original's.

    Attributes:
        original: (n,) of the model developed on all hips, 0 to 1.
        repeated: (b, n) of the models of the bootstrap samples.
        threshold: from which a hip is called positive; NaN where none is used.
    """

    original: np.ndarray
    repeated: np.ndarray
    threshold: float = float("nan")

    def __post_init__(self) -> None:
        if self.repeated.ndim != 2 or self.repeated.shape[1] != len(self.original) or len(self.repeated) < 2:
            raise InputError(
                f"Answers of shape {self.repeated.shape} do not fit {len(self.original)} hips; two or more repeated "
                "developments with one answer a hip are needed."
            )

    def error(self) -> np.ndarray:
        """(n,) mean absolute difference from the original answer."""
        return np.asarray(np.abs(self.repeated - self.original).mean(axis=0))

    def interval(self, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
        """Lower and upper (n,) quantile of the repeated answers."""
        low, high = np.quantile(self.repeated, [0.5 - level / 2, 0.5 + level / 2], axis=0)
        return low, high

    def changed_class(self) -> np.ndarray:
        """(n,) share of the models that put the hip on the other side of the threshold."""
        other = (self.repeated >= self.threshold) != (self.original >= self.threshold)
        return np.asarray(other.mean(axis=0))

    def summary(self) -> dict[str, float]:
        """``mape`` (mean absolute prediction error), ``mape_largest`` (95% of the hips are below), ``interval_width``
        (mean of the 95% intervals) and, with a threshold, ``changed_class`` (mean) and ``often_changed`` (share of hips
        that a tenth of the models or more call otherwise)."""
        low, high = self.interval()
        found = {
            "models": float(len(self.repeated)),
            "mape": float(self.error().mean()),
            "mape_largest": float(np.quantile(self.error(), 0.95)),
            "interval_width": float((high - low).mean()),
        }
        if np.isfinite(self.threshold):
            changed = self.changed_class()
            found |= {
                "changed_class": float(changed.mean()),
                "often_changed": float((changed >= 0.1).mean()),
            }
        return found

    def table(self) -> pd.DataFrame:
        """A row a hip: ``original``, ``low``, ``high``, ``error`` and ``changed_class``."""
        low, high = self.interval()
        found = {"original": self.original, "low": low, "high": high, "error": self.error()}
        if np.isfinite(self.threshold):
            found["changed_class"] = self.changed_class()
        return pd.DataFrame(found)
