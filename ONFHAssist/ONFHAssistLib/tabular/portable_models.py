"""Fitted classifiers as plain numbers: what they compute, without the library that fitted them.

Each class holds the numbers of one kind of model, gives the probability of class 1 for z-scored features, and goes to
and from a mapping of plain values. Nothing is unpickled, and neither XGBoost nor LightGBM is needed to predict.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial.distance import cdist
from scipy.special import expit, logit

from ..core.errors import InputError

SURE = 0.01  # no classifier of a hundred cases is surer than this


@dataclass(frozen=True)
class PortableLinear:
    """``probability = expit(intercept + z @ coefficients)``."""

    coefficients: np.ndarray
    intercept: float
    kind = "linear"

    def decision(self, z: np.ndarray) -> np.ndarray:
        """Log-odds, shape (n,)."""
        return z @ self.coefficients + self.intercept

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        return expit(self.decision(z))

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers fit ``p`` features."""
        _need(self.coefficients.shape == (p,), "one coefficient a feature")

    @classmethod
    def from_sklearn(cls, estimator: Any) -> PortableLinear:
        """From scikit-learn's ``LogisticRegression``."""
        return cls(estimator.coef_[0].copy(), float(estimator.intercept_[0]))


@dataclass(frozen=True)
class PortableKernel:
    """Support vector machine with Platt's sigmoid: ``expit(slope * decision + offset)``.

    ``gamma`` > 0 is the radial kernel ``exp(-gamma |z - s|^2)``, 0 the linear kernel. The support vectors are feature
    values of training cases.
    """

    support: np.ndarray
    weights: np.ndarray
    intercept: float
    gamma: float
    slope: float
    offset: float
    kind = "kernel"

    def decision(self, z: np.ndarray) -> np.ndarray:
        """Signed distance, shape (n,)."""
        product = z @ self.support.T
        if self.gamma > 0:
            squares = (z**2).sum(axis=1)[:, None] + (self.support**2).sum(axis=1) - 2 * product
            product = np.exp(-self.gamma * np.maximum(squares, 0))
        return product @ self.weights + self.intercept

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        return expit(self.slope * self.decision(z) + self.offset)

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers fit ``p`` features."""
        _need(self.support.ndim == 2 and self.support.shape[1] == p, "support vectors of that many features")
        _need(self.weights.shape == self.support.shape[:1], "one weight a support vector")

    @classmethod
    def from_sklearn(cls, estimator: Any, slope: float = 1.0, offset: float = 0.0) -> PortableKernel:
        """From scikit-learn's ``SVC`` with a linear or radial kernel."""
        return cls(
            estimator.support_vectors_.copy(),
            estimator.dual_coef_[0].copy(),
            float(estimator.intercept_[0]),
            0.0 if estimator.kernel == "linear" else float(estimator._gamma),
            slope,
            offset,
        )


@dataclass(frozen=True)
class PortableNeighbours:
    """k nearest neighbours by Euclidean distance; it holds the feature values of all training cases."""

    cases: np.ndarray
    labels: np.ndarray
    k: int
    by_distance: bool
    kind = "neighbours"

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        distance = cdist(z, self.cases)
        nearest = np.argsort(distance, axis=1, kind="stable")[:, : self.k]
        labels = self.labels[nearest].astype(float)
        if not self.by_distance:
            return labels.mean(axis=1)
        away = np.take_along_axis(distance, nearest, axis=1)
        same = away == 0
        # a case that repeats a training case takes its label, as scikit-learn has it
        weight = np.where(same.any(axis=1)[:, None], same.astype(float), 1 / np.where(same, 1, away))
        return (weight * labels).sum(axis=1) / weight.sum(axis=1)

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers fit ``p`` features."""
        _need(self.cases.ndim == 2 and self.cases.shape[1] == p, "training cases of that many features")
        _need(self.labels.shape == self.cases.shape[:1], "one label a training case")
        _need(1 <= self.k <= len(self.cases), "between one and all training cases as neighbours")

    @classmethod
    def from_sklearn(cls, estimator: Any) -> PortableNeighbours:
        """From scikit-learn's ``KNeighborsClassifier`` with Euclidean distance."""
        cases = np.asarray(estimator._fit_X, float).copy()
        labels = np.asarray(estimator.classes_)[estimator._y].astype(int)
        return cls(cases, labels, int(estimator.n_neighbors), estimator.weights == "distance")


@dataclass(frozen=True)
class PortableNetwork:
    """Multilayer perceptron with rectified linear hidden layers and one logistic output."""

    layers: tuple[np.ndarray, ...]
    biases: tuple[np.ndarray, ...]
    kind = "network"

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        hidden = z
        for weight, bias in zip(self.layers[:-1], self.biases[:-1], strict=True):
            hidden = np.maximum(hidden @ weight + bias, 0)
        return expit(hidden @ self.layers[-1] + self.biases[-1])[:, 0]

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers fit ``p`` features."""
        _need(len(self.layers) == len(self.biases) >= 1, "one bias a layer")
        width = p
        for weight, bias in zip(self.layers, self.biases, strict=True):
            _need(
                weight.ndim == 2 and weight.shape[0] == width and bias.shape == weight.shape[1:],
                "layers that fit",
            )
            width = weight.shape[1]
        _need(width == 1, "one output")

    @classmethod
    def from_sklearn(cls, estimator: Any) -> PortableNetwork:
        """From scikit-learn's ``MLPClassifier`` with ``activation="relu"``."""
        return cls(tuple(w.copy() for w in estimator.coefs_), tuple(b.copy() for b in estimator.intercepts_))


@dataclass(frozen=True)
class PortableTrees:
    """Decision trees laid end to end in flat arrays.

    Attributes:
        feature: feature number that a node asks about, -1 at a leaf.
        threshold: the node's limit; at a leaf its value.
        left, right: number of the next node when the answer is yes, no.
        roots: number of the first node of each tree.
        strict: a node asks for ``<`` (XGBoost) instead of ``<=``.
        single: features are rounded to float32 before they are compared (scikit-learn, XGBoost).
        average: the leaves are probabilities to be averaged (forests); else log-odds to be summed (boosting).
        base: log-odds before the first tree of boosting.
    """

    feature: np.ndarray
    threshold: np.ndarray
    left: np.ndarray
    right: np.ndarray
    roots: np.ndarray
    strict: bool
    single: bool
    average: bool
    base: float = 0.0
    kind = "trees"

    def leaves(self, z: np.ndarray) -> np.ndarray:
        """Value of the leaf that each case reaches in each tree, shape (trees, n)."""
        values = z.astype(np.float32).astype(np.float64) if self.single else z
        node = np.repeat(self.roots[:, None], len(z), axis=1)
        case = np.arange(len(z))[None]
        while True:
            asked = self.feature[node]
            inner = asked >= 0
            if not inner.any():
                return self.threshold[node]
            value = values[case, np.maximum(asked, 0)]
            limit = self.threshold[node]
            yes = value < limit if self.strict else value <= limit
            node = np.where(inner, np.where(yes, self.left[node], self.right[node]), node)

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        leaves = self.leaves(z)
        return leaves.mean(axis=0) if self.average else expit(self.base + leaves.sum(axis=0))

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers are trees over ``p`` features."""
        n = len(self.feature)
        same = all(part.shape == (n,) for part in (self.threshold, self.left, self.right))
        _need(n > 0 and same, "node arrays of one length")
        _need(self.feature.min() >= -1 and self.feature.max() < p, "nodes that ask about its own features")
        _need(len(self.roots) > 0 and self.roots.min() >= 0 and self.roots.max() < n, "roots among its nodes")
        inner = self.feature >= 0
        here = np.arange(n)[inner]
        # children come after their node, so that no walk can go round in circles
        after = (self.left[inner] > here) & (self.right[inner] > here)
        inside = (self.left[inner] < n) & (self.right[inner] < n)
        _need(bool((after & inside).all()), "children after their node")

    @classmethod
    def from_forest(cls, estimator: Any) -> PortableTrees:
        """From scikit-learn's random forest or extra trees."""
        parts = []
        for tree in (member.tree_ for member in estimator.estimators_):
            leaf = tree.children_left < 0
            share = tree.value[:, 0, 1] / tree.value[:, 0].sum(axis=1)
            parts.append(
                (
                    np.where(leaf, -1, tree.feature),
                    np.where(leaf, share, tree.threshold),
                    tree.children_left,
                    tree.children_right,
                )
            )
        return _end_to_end(parts, strict=False, single=True, average=True)

    @classmethod
    def from_xgboost(cls, estimator: Any) -> PortableTrees:
        """From ``XGBClassifier`` fitted with ``base_score=0.5``, by way of its documented JSON."""
        learner = json.loads(estimator.get_booster().save_raw("json"))["learner"]
        parts = []
        for tree in learner["gradient_booster"]["model"]["trees"]:
            left, right = np.array(tree["left_children"]), np.array(tree["right_children"])
            # numbers are written in short; XGBoost reads them as float32
            limit = np.array(tree["split_conditions"], np.float32).astype(float)
            parts.append((np.where(left < 0, -1, np.array(tree["split_indices"])), limit, left, right))
        return _end_to_end(parts, strict=True, single=True, average=False)

    @classmethod
    def from_lightgbm(cls, estimator: Any) -> PortableTrees:
        """From ``LGBMClassifier``, by way of its documented dump."""
        parts = []
        for tree in estimator.booster_.dump_model()["tree_info"]:
            nodes: list[list[float]] = []
            _flatten(tree["tree_structure"], nodes)
            feature, limit, left, right = (np.array(column) for column in zip(*nodes, strict=True))
            parts.append((feature, limit.astype(float), left, right))
        return _end_to_end(parts, strict=False, single=False, average=False)


@dataclass(frozen=True)
class PortableCalibrated:
    """Another classifier whose log-odds are put right by a line: ``expit(slope * log-odds + offset)``.

    The inner probability is held within :data:`SURE` of 0 and 1 first, because trees and neighbours say 0 and 1.
    """

    inner: PortableNeighbours | PortableNetwork | PortableTrees
    slope: float
    offset: float
    kind = "calibrated"

    def decision(self, z: np.ndarray) -> np.ndarray:
        """Log-odds of the inner classifier, shape (n,)."""
        return bounded_log_odds(self.inner.probability(z))

    def probability(self, z: np.ndarray) -> np.ndarray:
        """Probability of class 1, shape (n,), for z-scores of shape (n, p)."""
        return expit(self.slope * self.decision(z) + self.offset)

    def check(self, p: int) -> None:
        """Raise :class:`InputError` unless the numbers fit ``p`` features."""
        _need(not isinstance(self.inner, PortableCalibrated), "a classifier that is not calibrated twice")
        self.inner.check(p)


def bounded_log_odds(probability: np.ndarray) -> np.ndarray:
    """Log-odds of probabilities held within :data:`SURE` of 0 and 1."""
    return logit(np.clip(probability, SURE, 1 - SURE))


PortableEstimator = (
    PortableLinear
    | PortableKernel
    | PortableNeighbours
    | PortableNetwork
    | PortableTrees
    | PortableCalibrated
)
_KINDS: dict[str, Any] = {
    core.kind: core
    for core in (
        PortableLinear,
        PortableKernel,
        PortableNeighbours,
        PortableNetwork,
        PortableTrees,
        PortableCalibrated,
    )
}
_WHOLE = {"feature", "left", "right", "roots", "labels"}


def estimator_to_dict(estimator: PortableEstimator) -> dict[str, object]:
    """The numbers of a core as plain values."""
    content: dict[str, object] = {"kind": estimator.kind}
    for name in estimator.__dataclass_fields__:
        value = getattr(estimator, name)
        if name == "inner":
            content[name] = estimator_to_dict(value)
        elif isinstance(value, tuple):
            content[name] = [part.tolist() for part in value]
        else:
            content[name] = value.tolist() if isinstance(value, np.ndarray) else value
    return content


def estimator_from_dict(content: Mapping[str, Any], p: int) -> PortableEstimator:
    """A core of ``p`` features from plain values; every number is checked before it is used.

    Raises:
        InputError: unknown kind, missing, non-finite or ill-fitting numbers.
    """
    kind = _KINDS.get(str(content.get("kind")))
    if kind is None:
        raise InputError(
            f"The model file holds a classifier of the kind '{content.get('kind')}', which is not known."
        )
    values: dict[str, Any] = {}
    for name, field in kind.__dataclass_fields__.items():
        if name not in content:
            raise InputError(f"The model file lacks the entry '{name}'; save the model again.")
        try:
            if name == "inner":
                inner = dict(content[name])
                _need(
                    inner.get("kind") != PortableCalibrated.kind, "a classifier that is not calibrated twice"
                )
                values[name] = estimator_from_dict(inner, p)
                continue
            values[name] = _read(content[name], str(field.type), name)
        except InputError:
            raise
        except (TypeError, ValueError) as error:
            raise InputError(
                f"The entry '{name}' of the model file does not hold numbers ({error})."
            ) from error
    estimator = kind(**values)
    estimator.check(p)
    return estimator


def _read(value: Any, kind: str, name: str) -> object:
    if kind == "bool":
        _need(isinstance(value, bool), f"true or false as '{name}'")
        return value
    if kind in ("int", "float"):
        _need(isinstance(value, int | float) and bool(np.isfinite(value)), f"a finite number as '{name}'")
        return int(value) if kind == "int" else float(value)
    if kind.startswith("tuple"):
        return tuple(_array(part, name) for part in value)
    return _array(value, name)


def _array(value: object, name: str) -> np.ndarray:
    array = np.asarray(value, np.float64)
    _need(bool(np.isfinite(array).all()), f"finite numbers as '{name}'")
    return array.astype(np.int64) if name in _WHOLE else array


def _need(condition: bool, what: str) -> None:
    if not condition:
        raise InputError(f"The model file is damaged: it needs {what}; save the model again.")


def _end_to_end(parts: Sequence[tuple[np.ndarray, ...]], **settings: bool) -> PortableTrees:
    """Trees one after another, with the settings ``strict``, ``single`` and ``average``."""
    start = np.cumsum([0] + [len(part[0]) for part in parts[:-1]])
    feature, limit = (np.concatenate([part[k] for part in parts]) for k in (0, 1))
    left, right = (
        np.concatenate(
            [np.where(part[0] < 0, -1, part[k] + at) for part, at in zip(parts, start, strict=True)]
        )
        for k in (2, 3)
    )
    return PortableTrees(
        feature.astype(np.int64),
        limit.astype(float),
        left.astype(np.int64),
        right.astype(np.int64),
        start,
        settings["strict"],
        settings["single"],
        settings["average"],
    )


def _flatten(node: Mapping[str, Any], nodes: list[list[float]]) -> int:
    """Append a nested LightGBM node and what is below it; the number of the node."""
    here = len(nodes)
    if "split_feature" not in node:
        nodes.append([-1, node["leaf_value"], -1, -1])
        return here
    nodes.append([node["split_feature"], node["threshold"], -1, -1])
    nodes[here][2] = _flatten(node["left_child"], nodes)
    nodes[here][3] = _flatten(node["right_child"], nodes)
    return here
