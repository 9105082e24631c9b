"""What all selection steps share: their story, and steps one after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin, clone
from sklearn.utils.validation import check_is_fitted

from ...core.errors import InputError
from ...core.names import is_deep
from .components import ComponentTable, DeepComponents


@dataclass(frozen=True)
class SelectionStep:
    """What one step did.

    Attributes:
        step: name of the step with its setting, such as "Mann-Whitney p < 0.05".
        n_in: number of features that it was given.
        n_out: number of features that it kept.
        removed: name of every feature that left, with the reason.
    """

    step: str
    n_in: int
    n_out: int
    removed: Mapping[str, str] = field(default_factory=dict)


class FeatureStep(TransformerMixin, BaseEstimator):
    """Base of the steps. A subclass fills in ``_choose`` (which features stay), ``_reason`` and ``_title``.

    Attributes:
        feature_names_in_: names of the features that went in.
        support_: shape (n_features,), True for those that stay.
        log_: :class:`SelectionStep` of the fit.
    """

    def fit(
        self,
        table: pd.DataFrame | np.ndarray,
        outcome: np.ndarray | None = None,
        patients: np.ndarray | None = None,
    ):
        """Learn which features stay.

        Args:
            table: features, shape (n, p); numeric.
            outcome: 0/1, shape (n,). Steps that do not look at the outcome ignore it.
            patients: number of the patient of every row, for the folds of :class:`Lasso`.
        """
        values, names = _values(table)
        self.feature_names_in_ = names
        self.n_features_in_ = len(names)
        if outcome is not None:
            outcome = np.asarray(outcome).astype(int)
        self.support_ = self._choose(values, outcome, patients)
        return self

    def transform(self, table: pd.DataFrame | np.ndarray) -> pd.DataFrame | np.ndarray:
        """The features that stay, in the form (DataFrame or array) that was given."""
        check_is_fitted(self, "support_")
        if not isinstance(table, pd.DataFrame):
            return self._apply(np.asarray(table, float)[:, self.support_])
        kept = self.get_feature_names_out()
        absent = [name for name in kept if name not in table.columns]
        if absent:
            raise InputError(
                f"The feature table lacks the column '{absent[0]}' that the selection was fitted on."
            )
        return pd.DataFrame(self._apply(table[list(kept)].to_numpy(float)), index=table.index, columns=kept)

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:  # noqa: ARG002 - scikit-learn's
        """Names of the features that stay."""
        check_is_fitted(self, "support_")
        return self.feature_names_in_[self.support_]

    @property
    def log_(self) -> SelectionStep:
        """What this step did; made on demand, because a cross-validation fits many steps and reads few stories."""
        check_is_fitted(self, "support_")
        gone = np.flatnonzero(~self.support_)
        reasons = {str(self.feature_names_in_[j]): self._reason(int(j)) for j in gone}
        return SelectionStep(self._title(), self.n_features_in_, int(self.support_.sum()), reasons)

    def _apply(self, values: np.ndarray) -> np.ndarray:
        return values

    def _choose(
        self, values: np.ndarray, outcome: np.ndarray | None, patients: np.ndarray | None
    ) -> np.ndarray:
        raise NotImplementedError

    def _reason(self, j: int) -> str:
        raise NotImplementedError

    def _title(self) -> str:
        raise NotImplementedError


class Selection(TransformerMixin, BaseEstimator):
    """Steps one after another, with the story of all of them.

    Args:
        steps: unfitted.
        components: number (or share of variance) of the principal components that stand in for the deep features
            before the steps; None leaves the deep features as they are.

    Attributes:
        steps_: the fitted steps.
        components_: the fitted :class:`DeepComponents`; None without, or where the table has no deep features.
        selected_: names of the features that came through.
        selection_log_: list of :class:`SelectionStep`, one a step.
    """

    def __init__(self, steps: Sequence[FeatureStep], components: float | None = None) -> None:
        self.steps = steps
        self.components = components

    def fit(
        self, table: pd.DataFrame | np.ndarray, outcome: np.ndarray, patients: np.ndarray | None = None
    ) -> Selection:
        """Fit every step on what the step before it let through."""
        values, names = _values(table)
        self.steps_: list[FeatureStep] = []
        frame = pd.DataFrame(values, columns=names)
        self._names_in = [str(name) for name in names]
        self.components_: DeepComponents | None = None
        if self.components is not None and any(map(is_deep, names)):
            self.components_ = DeepComponents(self.components).fit(frame)
            frame = self.components_.transform(frame)
        for step in self.steps:
            fitted = clone(step).fit(frame, outcome, patients)
            if not fitted.support_.any():
                raise InputError(
                    f"No feature is left after '{fitted.log_.step}' ({frame.shape[1]} went in); look at the table: the "
                    "columns may be constant, empty or full of outliers."
                )
            frame = fitted.transform(frame)
            self.steps_.append(fitted)
        self.selected_ = np.asarray(frame.columns)
        return self

    def transform(self, table: pd.DataFrame | np.ndarray) -> pd.DataFrame:
        """The selected features as the steps scale them, shape (n, number selected)."""
        check_is_fitted(self, "selected_")
        if not isinstance(table, pd.DataFrame):
            table = pd.DataFrame(np.asarray(table, float), columns=self._names_in)
        absent = [name for name in self.inputs() if name not in table.columns]
        if absent:
            raise InputError(
                f"The feature table lacks the column '{absent[0]}' that the model uses; extract it first."
            )
        mean, scale = self.scaling()
        chosen = table[list(self.inputs())]
        used = self.component_table()
        if used is not None:
            chosen = pd.DataFrame(used.apply(chosen.to_numpy(float)), table.index, list(self.selected_))
        return (chosen - mean) / scale

    def component_table(self) -> ComponentTable | None:
        """The numbers of the components among the selected features; None without any."""
        if self.components_ is None:
            return None
        names = [str(name) for name in self.selected_ if name in self.components_.names_]
        return self.components_.table(names) if names else None

    def inputs(self) -> tuple[str, ...]:
        """Columns of the feature table that the selected features are made of."""
        used, terms = self.component_table(), tuple(str(name) for name in self.selected_)
        return terms if used is None else used.inputs(terms)

    def scaling(self) -> tuple[np.ndarray, np.ndarray]:
        """Mean and standard deviation of the selected features, from the step that scales (0 and 1 without it)."""
        mean, scale = np.zeros(len(self.selected_)), np.ones(len(self.selected_))
        for step in self.steps_:
            if hasattr(step, "scale_"):
                at = pd.Index(step.feature_names_in_).get_indexer(self.selected_)
                mean, scale = step.mean_[at], step.scale_[at]
        return mean, scale

    def get_feature_names_out(self, input_features: object = None) -> np.ndarray:  # noqa: ARG002 - scikit-learn's
        """Names of the features that came through."""
        check_is_fitted(self, "selected_")
        return self.selected_

    @property
    def selection_log_(self) -> list[SelectionStep]:
        """The story of every step."""
        check_is_fitted(self, "steps_")
        stories = [step.log_ for step in self.steps_]
        return (
            stories
            if self.components_ is None
            else [_components_story(self.components_, stories[0]), *stories]
        )

    def step(self, kind: type[FeatureStep]) -> FeatureStep | None:
        """The fitted step of this class, or None."""
        return next((s for s in self.steps_ if isinstance(s, kind)), None)


def _components_story(components: DeepComponents, following: SelectionStep) -> SelectionStep:
    replaced = {str(name): "stands in the principal components" for name in components.columns_}
    went_in = following.n_in - len(components.names_) + len(replaced)
    return SelectionStep(components.title_, went_in, following.n_in, replaced)


def _values(table: pd.DataFrame | np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(table, pd.DataFrame):
        return table.to_numpy(np.float64), np.asarray(table.columns, dtype=object)
    values = np.asarray(table, np.float64)
    return values, np.array([f"x{j}" for j in range(values.shape[1])], dtype=object)
