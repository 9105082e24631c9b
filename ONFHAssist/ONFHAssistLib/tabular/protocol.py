"""The protocol of a development: what is done, and the pieces of work that it falls into."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Any

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from ..core.errors import InputError
from .classifiers import (
    FittedClassifier,
    PreparedTraining,
    available_classifiers,
    classifier,
    prepare_training,
    tune_and_fit,
)
from .folds import patient_folds, patient_split
from .selection.selection_log import Selection
from .selection.steps import dlr_steps
from .tables.checks import align, check_split

NESTED, SPLIT, FINAL, EXTERNAL = "nested", "split", "final", "external"


@dataclass(frozen=True)
class DlrProtocol:
    """How models are developed; the defaults are those of the DLR study, with nested cross-validation added.

    Attributes:
        classifiers: keys of :data:`classify.CLASSIFIERS`; None takes all that are installed.
        alpha, adjust: of the Mann-Whitney test; ``adjust`` None or "bh".
        limit: of the Pearson redundancy.
        k: features after mRMR.
        rule: penalty of the LASSO, "min" or "1se".
        components: principal components that stand in for the deep features, fitted in each training fold: their
            number, or below 1 the share of variance that they explain; None (the study) leaves the deep features.
        outer_folds: of the nested cross-validation; 0 leaves it out.
        inner_folds: in which settings and threshold are chosen.
        test_share: of the split by patient; 0 leaves it out.
        bootstraps: resamples by patient for the intervals.
        level: of the intervals.
        seed: of every chance.
        workers: processes; 1 works in this one.
        naive: also writes the intervals and tests that take the hips of a patient as independent.
    """

    classifiers: tuple[str, ...] | None = None
    alpha: float = 0.05
    adjust: str | None = None
    limit: float = 0.9
    k: int = 30
    rule: str = "min"
    components: float | None = None
    outer_folds: int = 5
    inner_folds: int = 5
    test_share: float = 0.3
    bootstraps: int = 1000
    level: float = 0.95
    seed: int = 0
    workers: int = 1
    naive: bool = False

    def __post_init__(self) -> None:
        wrong = {
            "alpha": not 0 < self.alpha <= 1,
            "limit": not 0 < self.limit <= 1,
            "k": self.k < 1,
            "components": self.components is not None and not _is_number_or_share(self.components),
            "outer_folds": self.outer_folds == 1 or self.outer_folds < 0,
            "inner_folds": self.inner_folds < 2,
            "test_share": not 0 <= self.test_share < 1,
            "bootstraps": self.bootstraps < 100,
            "level": not 0 < self.level < 1,
            "workers": self.workers < 1,
        }
        for name, is_wrong in wrong.items():
            if is_wrong:
                raise InputError(
                    f"The setting '{name}' of the protocol is {getattr(self, name)}, which makes no sense."
                )

    @property
    def keys(self) -> tuple[str, ...]:
        """The classifiers that will be fitted."""
        keys = tuple(available_classifiers()) if self.classifiers is None else tuple(self.classifiers)
        if not keys:
            raise InputError("The protocol names no classifier; name one or more.")
        for key in keys:
            classifier(key)
        return keys

    @property
    def selection(self) -> Selection:
        """The unfitted steps."""
        steps = dlr_steps(self.alpha, self.adjust, self.limit, self.k, self.rule, self.seed)
        return Selection(steps, self.components)


def _is_number_or_share(components: float) -> bool:
    return 0 < components < 1 or (components >= 1 and components == int(components))


@dataclass(frozen=True, eq=False)
class Cohort:
    """Checked input: features (n, p), outcome, patient and scanner of every row, columns of every feature group."""

    table: pd.DataFrame
    labels: np.ndarray
    patients: np.ndarray
    groups: Mapping[str, tuple[str, ...]]
    scanner: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class FitTask:
    """One training: which rows of which feature group, for which validation."""

    validation: str
    fold: int
    group: str
    train: np.ndarray
    held_out: np.ndarray


@dataclass(frozen=True, eq=False)
class FitResult:
    """A piece with what came of it."""

    task: FitTask
    prepared: PreparedTraining
    fitted: tuple[FittedClassifier, ...]


def plan_tasks(cohort: Cohort, protocol: DlrProtocol, split: pd.Series | None = None) -> list[FitTask]:
    """The pieces of the protocol: the split first, then the final models, then the folds.

    Args:
        split: "train" or "test" of every row, where the user has made the split.

    Raises:
        InputError: a patient is in both parts of a given split, or a part lacks a class.
    """
    everything = np.arange(len(cohort.labels))
    parts: list[tuple[str, int, np.ndarray, np.ndarray]] = []
    if split is not None:
        parts.append((SPLIT, 0, *_given_split(cohort, split)))
    elif protocol.test_share:
        parts.append(
            (SPLIT, 0, *patient_split(cohort.labels, cohort.patients, protocol.test_share, protocol.seed))
        )
    parts.append((FINAL, 0, everything, everything[:0]))
    if protocol.outer_folds:
        fold = patient_folds(cohort.labels, cohort.patients, protocol.outer_folds, protocol.seed)
        parts += [
            (NESTED, k, everything[fold != k], everything[fold == k]) for k in range(protocol.outer_folds)
        ]
    for name, _, train, held_out in parts:
        check_split(train, held_out, cohort.patients, cohort.table.index)
        if len(held_out) and len(np.unique(cohort.labels[held_out])) < 2 and name == SPLIT:
            raise InputError(
                "The test part of the split holds one class only; take a larger share or another split."
            )
    return [FitTask(name, k, group, train, test) for name, k, train, test in parts for group in cohort.groups]


def _given_split(cohort: Cohort, split: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    words = align(split, cohort.table, "The split").astype(str)
    odd = words[~words.isin(["train", "test"])]
    if len(odd):
        raise InputError(
            f"The split of case {odd.index[0]} is '{odd.iloc[0]}'; it must be 'train' or 'test'."
        )
    train, test = (np.flatnonzero(words.to_numpy() == word) for word in ("train", "test"))
    if min(len(train), len(test)) == 0:
        raise InputError("The split has no cases for training or none for the test; it needs both.")
    return train, test


def run_task(cohort: Cohort, protocol: DlrProtocol, task: FitTask) -> FitResult:
    """Select, tune and fit all classifiers on one piece."""
    # matrices of a hundred cases gain nothing from threads, and several processes would fight for the cores
    with threadpool_limits(1):
        prepared = prepare_training(
            cohort.table[list(cohort.groups[task.group])],
            cohort.labels,
            cohort.patients,
            protocol.selection,
            task.train,
            task.held_out,
            protocol.inner_folds,
            protocol.seed,
            cohort.scanner,
        )
        return FitResult(
            task, prepared, tuple(tune_and_fit(key, prepared, protocol.seed) for key in protocol.keys)
        )


def run_tasks(
    cohort: Cohort,
    protocol: DlrProtocol,
    tasks: Sequence[FitTask],
    cancelled: Callable[[], bool],
    failed: Callable[[FitTask, InputError], None] | None = None,
) -> Iterator[FitResult]:
    """Work through the pieces, in this process or several; stops early when ``cancelled()`` says so.

    A piece on which nothing can be developed is handed to ``failed``; without that it ends the work.
    """
    if protocol.workers == 1:
        for task in tasks:
            if cancelled():
                return
            yield from _results(partial(run_task, cohort, protocol, task), task, failed)
        return
    # "spawn" is what Windows and macOS have, so that the same happens everywhere
    pool = ProcessPoolExecutor(
        protocol.workers,
        mp_context=get_context("spawn"),
        initializer=_set_worker_cohort,
        initargs=(cohort, protocol),
    )
    try:
        pieces = {pool.submit(_run_task_in_worker, piece): piece for piece in tasks}
        open_ = set(pieces)
        while open_ and not cancelled():
            finished, open_ = wait(open_, timeout=0.5, return_when=FIRST_COMPLETED)
            for future in finished:
                yield from _results(future.result, pieces[future], failed)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(
    make: Callable[[], FitResult], task: FitTask, failed: Callable[[FitTask, InputError], None] | None
) -> list[FitResult]:
    try:
        return [make()]
    except InputError as error:
        if failed is None:
            raise
        failed(task, error)
        return []


_here: list[Any] = []


def _set_worker_cohort(cohort: Cohort, protocol: DlrProtocol) -> None:
    _here[:] = [cohort, protocol]


def _run_task_in_worker(task: FitTask) -> FitResult:
    cohort, protocol = _here
    return run_task(cohort, protocol, task)
