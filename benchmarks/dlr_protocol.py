"""The whole DLR protocol on a cohort of the study's size, against the same protocol as plain scikit-learn loops.

    python benchmarks/dlr_protocol.py [--workers 2] [--table FEATURES.csv --outcome COLUMN] [--no-loops]

Ours: split 7:3, final models and nested 5 x 5 cross-validation for Rad, DL and DLR with all classifiers that are
installed, selection inside every training part, 1,000 bootstraps by patient for every figure of every model.

The loops: for each training part and classifier a ``GridSearchCV`` over a ``Pipeline`` of scikit-learn's and SciPy's own
pieces (``mannwhitneyu`` feature by feature, ``corrcoef``, mRMR by its definition, ``LassoCV``), then a bootstrap that
recomputes each metric. A whole run takes hours, so one training part (the split, DLR) is timed for each classifier and
the bootstrap of one model for 50 of its resamples; the total is those times the number of parts, models and resamples.

Without ``--table`` the cohort is drawn here: 150 patients, 70 with the outcome, 1,197 + 512 correlated columns.
"""

from __future__ import annotations

import argparse
import os
import time
import warnings

import numpy as np
import pandas as pd
from scipy.stats import mannwhitneyu
from sklearn import metrics
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.feature_selection import f_classif
from sklearn.linear_model import LassoCV
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from ONFHAssistLib.early.develop import dlr_feature_groups, format_selection_counts, run_dlr_protocol
from ONFHAssistLib.tabular.classifiers import CLASSIFIERS, available_classifiers
from ONFHAssistLib.tabular.folds import patient_split
from ONFHAssistLib.tabular.protocol import DlrProtocol


def drawn_cohort(n: int = 150, seed: int = 0) -> tuple[pd.DataFrame, pd.Series]:
    """Features that correlate in blocks, as radiomics do; a tenth of the 200 hidden factors differs by outcome."""
    generator = np.random.default_rng(seed)
    outcome = generator.permutation((np.arange(n) < 70).astype(int))
    hidden = generator.normal(size=(n, 200))
    hidden[:, :20] += 0.6 * outcome[:, None]
    loads = generator.normal(size=(200, 1709)) * (generator.random((200, 1709)) < 0.02)
    values = hidden @ loads + 0.4 * generator.normal(size=(n, 1709))
    names = [f"original_firstorder_F{j}" for j in range(1197)] + [f"DL_{j}" for j in range(512)]
    index = pd.MultiIndex.from_tuples([(f"P{i:03d}", "R") for i in range(n)], names=["case", "side"])
    return pd.DataFrame(values, index=index, columns=names), pd.Series(outcome, index=index, name="onfh")


class PlainSelection(TransformerMixin, BaseEstimator):
    """The study's selection, feature by feature."""

    def fit(self, x, y):
        keep = [j for j in range(x.shape[1]) if mannwhitneyu(x[y == 1, j], x[y == 0, j]).pvalue < 0.05]
        relation = [-abs(metrics.roc_auc_score(y, x[:, j]) - 0.5) for j in keep]
        close = np.abs(np.corrcoef(x, rowvar=False))
        kept: list[int] = []
        for j in (keep[i] for i in np.argsort(relation, kind="stable")):
            if all(close[j, other] <= 0.9 for other in kept):
                kept.append(j)
        relevance = dict(zip(kept, f_classif(x[:, kept], y)[0], strict=True))
        chosen = [max(kept, key=relevance.get)]
        while len(chosen) < min(30, len(kept)):
            rest = [j for j in kept if j not in chosen]
            chosen.append(max(rest, key=lambda j: relevance[j] / max(close[j, chosen].mean(), 0.001)))
        lasso = LassoCV(cv=StratifiedKFold(10, shuffle=True, random_state=0).split(x, y)).fit(x[:, chosen], y)
        self.columns_ = [j for j, b in zip(chosen, lasso.coef_, strict=True) if b != 0] or chosen[:1]
        return self

    def transform(self, x):
        return x[:, self.columns_]


def loops_training(x: np.ndarray, y: np.ndarray, key: str) -> float:
    """Seconds of one grid search over the whole pipeline."""
    kind = CLASSIFIERS[key]
    pipeline = make_pipeline(StandardScaler(), PlainSelection(), kind.make(0))
    name = pipeline.steps[-1][0]
    grid = {f"{name}__{setting}": list(values) for setting, values in kind.grid.items()}
    start = time.perf_counter()
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        GridSearchCV(pipeline, grid, scoring="roc_auc", cv=folds).fit(x, y)
    return time.perf_counter() - start


def loops_bootstrap(outcome: np.ndarray, probability: np.ndarray, resamples: int) -> float:
    """Seconds of a bootstrap that recomputes scikit-learn's metrics."""
    generator = np.random.default_rng(0)
    called = probability >= 0.5
    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(resamples):
            rows = generator.integers(0, len(outcome), len(outcome))
            y, p, c = outcome[rows], probability[rows], called[rows]
            metrics.roc_auc_score(y, p)
            metrics.brier_score_loss(y, p)
            for label in (0, 1):
                metrics.precision_score(y, c, pos_label=label)
                metrics.recall_score(y, c, pos_label=label)
            metrics.accuracy_score(y, c)
            metrics.f1_score(y, c)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--table", help="CSV with columns case, side, the outcome and the features")
    parser.add_argument("--outcome", default="onfh")
    parser.add_argument("--no-loops", action="store_true")
    asked = parser.parse_args()
    if asked.table:
        features = pd.read_csv(asked.table, index_col=["case", "side"])
        outcome = features.pop(asked.outcome)
    else:
        features, outcome = drawn_cohort()
    keys = available_classifiers()
    protocol = DlrProtocol(workers=asked.workers)
    result = run_dlr_protocol(features, outcome, protocol=protocol)
    ours = result.facts["seconds"]
    print(
        f"{features.shape[0]} hips x {features.shape[1]} features, {len(keys)} classifiers: {', '.join(keys)}"
    )
    print(format_selection_counts(result))
    for validation in ("split", "nested"):
        for group in result.models:
            value, low, high = result.figure(validation, group, "auc")
            print(f"{validation:>6} {group:<4} AUC {value:.3f} ({low:.3f}-{high:.3f})")
    used = os.times()
    # the processor's time tells what an idle machine would need; of children it is known on Linux and macOS only
    busy = used.user + used.system + used.children_user + used.children_system
    print(f"ours: {ours:.1f} s with {asked.workers} processes, {busy:.1f} s of processor time")
    if asked.no_loops:
        return
    groups = dlr_feature_groups(features)
    parts = protocol.outer_folds + 2
    train, _ = patient_split(outcome.to_numpy(), np.arange(len(outcome)), protocol.test_share, 0)
    y = outcome.to_numpy()[train]
    total = 0.0
    for key in keys:
        x = features[groups["DLR"]].to_numpy()[train]
        seconds = loops_training(x, y, key)
        # the time of the selection goes with the number of columns
        share = sum(len(columns) for columns in groups.values()) / len(groups["DLR"])
        total += seconds * parts * share
        print(f"loops: one training of {key}: {seconds:.1f} s", flush=True)
    models = result.predictions[["validation", "group", "classifier"]].drop_duplicates()
    one = result.predictions.merge(models.iloc[[0]])
    bootstrap = loops_bootstrap(one["outcome"].to_numpy(), one["probability"].to_numpy(), 50)
    total += bootstrap / 50 * protocol.bootstraps * len(models)
    print(
        f"loops: {protocol.bootstraps} bootstraps of one model: {bootstrap / 50 * protocol.bootstraps:.1f} s"
    )
    print(
        f"loops: {total:.0f} s in one process (extrapolated), {total / asked.workers:.0f} s on {asked.workers} at best"
    )
    print(f"ratio at the same number of processes: {total / asked.workers / ours:.1f}")


if __name__ == "__main__":
    main()
