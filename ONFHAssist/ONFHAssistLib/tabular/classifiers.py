"""The eight classifiers of the DLR study, each with its grid, tuned and fitted with the selection inside.

The selection depends on the training cases and not on the classifier, so it is made once for each set of training
cases and shared by all classifiers and all points of their grids. That gives the same numbers as a grid search over a
pipeline, in a fraction of the time.
"""

from __future__ import annotations

import importlib.util
import itertools
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import expit
from sklearn import config_context

from ..core.errors import InputError, MissingDependencyError
from ..evaluate.binary.discrimination import auc, youden_threshold
from .calibration import calibrate, calibration_sigmoid, log_loss
from .folds import patient_folds
from .harmonisation import ComBat, ScannerTable
from .linear_model import LinearModel
from .portable_classifier import PortableClassifier
from .portable_models import (
    PortableCalibrated,
    PortableEstimator,
    PortableKernel,
    PortableLinear,
    PortableNeighbours,
    PortableNetwork,
    PortableTrees,
    bounded_log_odds,
)
from .selection.components import ComponentTable
from .selection.selection_log import Selection


@dataclass(frozen=True)
class Classifier:
    """A kind of classifier.

    Attributes:
        title: for people.
        make: takes a seed and the settings of one point of the grid, gives an unfitted estimator.
        grid: setting name to the values that are tried.
        to_portable: takes a fitted estimator, gives its numbers.
        package: that has to be installed; None for scikit-learn's own.
    """

    title: str
    make: Callable[..., Any]
    grid: Mapping[str, Sequence[object]]
    to_portable: Callable[[Any], PortableEstimator]
    package: str | None = None

    @property
    def points(self) -> list[dict[str, object]]:
        """All points of the grid."""
        return [
            dict(zip(self.grid, values, strict=True)) for values in itertools.product(*self.grid.values())
        ]


def _logistic(seed: int, **settings: Any) -> Any:  # noqa: ARG001 - has no chance in it
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(max_iter=5000, tol=1e-8, **settings)


def _svm(seed: int, **settings: Any) -> Any:  # noqa: ARG001
    from sklearn.svm import SVC

    return SVC(**settings)


def _neighbours(seed: int, **settings: Any) -> Any:  # noqa: ARG001
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(algorithm="brute", **settings)


def _forest(seed: int, **settings: Any) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=100, random_state=seed, n_jobs=1, **settings)


def _extra_trees(seed: int, **settings: Any) -> Any:
    from sklearn.ensemble import ExtraTreesClassifier

    return ExtraTreesClassifier(n_estimators=100, random_state=seed, n_jobs=1, **settings)


def _xgboost(seed: int, **settings: Any) -> Any:
    from xgboost import XGBClassifier

    # base_score is fixed so that the portable form need not know how a version estimates it
    return XGBClassifier(
        learning_rate=0.1,
        base_score=0.5,
        subsample=0.8,
        tree_method="exact",
        random_state=seed,
        n_jobs=1,
        **settings,
    )


def _lightgbm(seed: int, **settings: Any) -> Any:
    from lightgbm import LGBMClassifier

    return LGBMClassifier(
        learning_rate=0.1,
        min_child_samples=5,
        random_state=seed,
        n_jobs=1,
        verbose=-1,
        deterministic=True,
        **settings,
    )


def _network(seed: int, **settings: Any) -> Any:
    from sklearn.neural_network import MLPClassifier

    return MLPClassifier(solver="lbfgs", max_iter=200, random_state=seed, **settings)


CLASSIFIERS: dict[str, Classifier] = {
    "LR": Classifier(
        "Logistic regression", _logistic, {"C": (0.01, 0.1, 1.0, 10.0)}, PortableLinear.from_sklearn
    ),
    "SVM": Classifier(
        "Support vector machine",
        _svm,
        {"C": (0.1, 1.0, 10.0), "kernel": ("linear", "rbf")},
        PortableKernel.from_sklearn,
    ),
    "KNN": Classifier(
        "k nearest neighbours",
        _neighbours,
        {"n_neighbors": (3, 5, 9, 15), "weights": ("uniform", "distance")},
        PortableNeighbours.from_sklearn,
    ),
    "RandomForest": Classifier(
        "Random forest", _forest, {"max_depth": (2, 4, None)}, PortableTrees.from_forest
    ),
    "ExtraTrees": Classifier(
        "Extra trees", _extra_trees, {"max_depth": (2, 4, None)}, PortableTrees.from_forest
    ),
    "XGBoost": Classifier(
        "XGBoost",
        _xgboost,
        {"max_depth": (2, 4), "n_estimators": (50, 100)},
        PortableTrees.from_xgboost,
        "xgboost",
    ),
    "LightGBM": Classifier(
        "LightGBM",
        _lightgbm,
        {"num_leaves": (4, 15), "n_estimators": (50, 100)},
        PortableTrees.from_lightgbm,
        "lightgbm",
    ),
    "MLP": Classifier(
        "Multilayer perceptron",
        _network,
        {"hidden_layer_sizes": ((16,), (32, 16)), "alpha": (0.1, 10.0)},
        PortableNetwork.from_sklearn,
    ),
}


def available_classifiers() -> list[str]:
    """Keys of the classifiers whose package is installed."""
    return [
        key
        for key, kind in CLASSIFIERS.items()
        if kind.package is None or importlib.util.find_spec(kind.package) is not None
    ]


def classifier(key: str) -> Classifier:
    """The classifier of this key.

    Raises:
        InputError: not one of the eight. MissingDependencyError: its package is not installed.
    """
    if key not in CLASSIFIERS:
        raise InputError(f"The classifier '{key}' is not known; choose from {', '.join(CLASSIFIERS)}.")
    if key not in available_classifiers():
        raise MissingDependencyError(CLASSIFIERS[key].package or key, f"fit the classifier '{key}'")
    return CLASSIFIERS[key]


# training cases, prepared once for all classifiers -----------------------------------------------------------


@dataclass(frozen=True, eq=False)
class PreparedSplit:
    """Training and held-out rows with the features that a selection on the training rows chose and scaled."""

    selection: Selection
    scanners: ScannerTable | None
    components: ComponentTable | None
    train: np.ndarray
    held_out: np.ndarray
    z_train: np.ndarray
    z_held_out: np.ndarray


@dataclass(frozen=True, eq=False)
class PreparedTraining:
    """All training rows (``whole``) and the inner folds (``inner``), each with its own selection."""

    names: tuple[str, ...]
    labels: np.ndarray
    whole: PreparedSplit
    inner: tuple[PreparedSplit, ...] = field(default_factory=tuple)


def prepare_split(
    table: pd.DataFrame,
    labels: np.ndarray,
    patients: np.ndarray,
    selection: Selection,
    train: np.ndarray,
    held_out: np.ndarray,
    scanner: np.ndarray | None = None,
) -> PreparedSplit:
    """Harmonise (where scanners are given), select and scale on the rows ``train``, apply to ``held_out``."""
    rows, scanners = table.iloc[train], None
    if scanner is not None:
        scanners = ComBat().fit(rows, scanner=scanner[train]).table_
        rows = pd.DataFrame(scanners.apply(rows.to_numpy(), scanner[train]), columns=table.columns)
    fitted = Selection(selection.steps, selection.components).fit(rows, labels[train], patients[train])
    columns = table.columns.get_indexer(pd.Index(fitted.inputs()))
    chosen = None if scanners is None else scanners.of(columns)
    components = fitted.component_table()
    mean, sd = fitted.scaling()

    def scaled(at: np.ndarray) -> np.ndarray:
        values = table.to_numpy()[np.ix_(at, columns)]
        if chosen is not None and scanner is not None and len(at):
            values = chosen.apply(values, scanner[at])
        if components is not None:
            values = components.apply(values)
        return (values - mean) / sd

    return PreparedSplit(fitted, chosen, components, train, held_out, scaled(train), scaled(held_out))


def prepare_training(
    table: pd.DataFrame,
    labels: np.ndarray,
    patients: np.ndarray,
    selection: Selection,
    train: np.ndarray,
    held_out: np.ndarray,
    n_inner: int = 5,
    seed: int = 0,
    scanner: np.ndarray | None = None,
) -> PreparedTraining:
    """Selections on the training rows and on each of their inner folds.

    Args:
        table: checked features, shape (n, p).
        labels, patients, scanner: shape (n,).
        selection: unfitted steps.
        train, held_out: row numbers.
    """
    fold = patient_folds(labels[train], pd.factorize(patients[train])[0], n_inner, seed)
    inner = tuple(
        prepare_split(table, labels, patients, selection, train[fold != k], train[fold == k], scanner)
        for k in range(n_inner)
    )
    whole = prepare_split(table, labels, patients, selection, train, held_out, scanner)
    return PreparedTraining(tuple(str(name) for name in whole.selection.selected_), labels, whole, inner)


# tuning and fitting -----------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class FittedClassifier:
    """A tuned classifier.

    Attributes:
        key: of the classifier.
        parameters: the point of the grid with the smallest mean log-loss over the inner folds. A proper score: AUC
            would not see probabilities that are squeezed or too extreme.
        inner_auc: mean AUC over the inner folds at that point.
        inner_log_loss: of the calibrated probabilities of the inner held-out rows, by which classifiers are compared.
        threshold: Youden's on those probabilities, so on training cases only.
        estimator: fitted on all training rows, its log-odds calibrated by the line that the inner held-out rows ask
            for (:func:`calibration_sigmoid`).
        held_out: probabilities of the held-out rows.
    """

    key: str
    parameters: dict[str, object]
    inner_auc: float
    inner_log_loss: float
    threshold: float
    estimator: PortableEstimator
    held_out: np.ndarray


def tune_and_fit(key: str, prepared: PreparedTraining, seed: int = 0) -> FittedClassifier:
    """Choose the settings by inner cross-validation, fit on all training rows, predict the held-out ones.

    Raises:
        InputError: unknown classifier, or its package is missing.
    """
    kind = classifier(key)
    labels = prepared.labels
    inner_labels = [labels[part.held_out] for part in prepared.inner]
    found: tuple[float, dict[str, object], list[np.ndarray]] | None = None
    for point in kind.points:
        scores = [
            _scores(_fit_core(kind, point, part, labels, seed), part.z_held_out) for part in prepared.inner
        ]
        loss = _mean_log_loss(key, scores, inner_labels)
        if found is None or loss < found[0] - 1e-12:
            found = (loss, point, scores)
    assert found is not None  # every grid has a point
    _, best, chosen = found
    everything, together = np.concatenate(inner_labels), np.concatenate(chosen)
    slope, offset = calibration_sigmoid(together, everything)
    calibrated = expit(slope * together + offset)
    estimator = calibrate(_fit_core(kind, best, prepared.whole, labels, seed), slope, offset)
    rows = prepared.whole.z_held_out
    return FittedClassifier(
        key,
        best,
        float(np.mean([auc(y, s) for y, s in zip(inner_labels, chosen, strict=True)])),
        log_loss(everything, calibrated),
        youden_threshold(everything, calibrated),
        estimator,
        estimator.probability(rows) if len(prepared.whole.held_out) else np.empty(0),
    )


def _mean_log_loss(key: str, scores: Sequence[np.ndarray], labels: Sequence[np.ndarray]) -> float:
    """Over the inner folds; decision values of a kernel are no log-odds and get their sigmoid first."""
    slope, offset = 1.0, 0.0
    if key == "SVM":
        slope, offset = calibration_sigmoid(np.concatenate(scores), np.concatenate(labels))
    return float(
        np.mean([log_loss(y, expit(slope * s + offset)) for y, s in zip(labels, scores, strict=True)])
    )


def _scores(estimator: PortableEstimator, z: np.ndarray) -> np.ndarray:
    """Log-odds of a classifier; decision values of a kernel."""
    if isinstance(estimator, PortableLinear | PortableKernel | PortableCalibrated):
        return estimator.decision(z)
    return bounded_log_odds(estimator.probability(z))


def _fit_core(
    kind: Classifier, point: Mapping[str, object], part: PreparedSplit, labels: np.ndarray, seed: int
) -> PortableEstimator:
    estimator = kind.make(seed, **point)
    # the input was checked once, and a forest would check it again for every tree
    quick = config_context(assume_finite=True, skip_parameter_validation=True)
    with warnings.catch_warnings(), quick:
        # the MLP stops at its number of iterations by design: that is part of its regularisation
        warnings.simplefilter("ignore")
        estimator.fit(part.z_train, labels[part.train])
    return kind.to_portable(estimator)


def to_portable_model(
    name: str,
    fitted: FittedClassifier,
    prepared: PreparedTraining,
    preset_sha256: str | None,
    training: Mapping[str, object],
) -> LinearModel | PortableClassifier:
    """The fitted classifier as a model that can be saved; logistic regression becomes a :class:`LinearModel`."""
    mean, sd = prepared.whole.selection.scaling()
    steps = prepared.whole.selection.selection_log_
    funnel = tuple({"step": s.step, "went_in": s.n_in, "came_out": s.n_out} for s in steps)
    facts = {
        **training,
        "classifier": fitted.key,
        "parameters": fitted.parameters,
        "inner_auc": fitted.inner_auc,
        "inner_log_loss": fitted.inner_log_loss,
    }
    whole = prepared.whole
    if isinstance(fitted.estimator, PortableLinear) and whole.scanners is None and whole.components is None:
        return LinearModel(
            name=name,
            feature_names=prepared.names,
            mean=tuple(mean.tolist()),
            sd=tuple(sd.tolist()),
            coefficients=tuple(fitted.estimator.coefficients.tolist()),
            intercept=fitted.estimator.intercept,
            threshold=fitted.threshold,
            preset_sha256=preset_sha256,
            funnel=funnel,
            training=facts,
        )
    return PortableClassifier(
        name=name,
        classifier=fitted.key,
        feature_names=whole.selection.inputs(),
        mean=mean,
        sd=sd,
        estimator=fitted.estimator,
        threshold=fitted.threshold,
        preset_sha256=preset_sha256,
        scanners=whole.scanners,
        components=whole.components,
        parameters=fitted.parameters,
        funnel=funnel,
        training=facts,
    )
