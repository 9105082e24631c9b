"""A stager from a cohort: cutting, training by the study's protocol or ours, calibration, scope, bundle.

``onfh train stage``. Nothing of the validation, test and external patients is trained on; the temperature and the
threshold of the scope come from the validation patients; the test patients are only counted at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..errors import InputError
from . import stage_card, stage_scope
from .calibrate import fit_temperature, pooled_probability
from .muldensenet import TRANSITIONS, MulDenseEnsemble, MulDenseNet
from .stage_data import StageHips, load_cohort, simulate_hips
from .train_stage import OURS, STUDY, Recipe, Trainer, Windowed, folds_of, outputs_of

Progress = Callable[[float, str], None]
PROTOCOLS = ("ours", "study")


@dataclass(frozen=True)
class Plan:
    """How much is done.

    Attributes:
        protocol: "ours" or "study".
        extra_patients: further simulated patients (both hips in three scans each); 0 leaves them out.
        base_epochs: on them.
        folds: networks of the ensemble.
        fold_epochs: of each; a third of the draws are of further patients.
        study_epochs: of the study's single network.
        transition: "mulpoolfusion" or "plain".
        seed: of everything.
    """

    protocol: str = "ours"
    extra_patients: int = 72
    base_epochs: int = 6
    folds: int = 5
    fold_epochs: int = 3
    study_epochs: int = 15
    transition: str = "mulpoolfusion"
    seed: int = 7

    def __post_init__(self) -> None:
        if self.protocol not in PROTOCOLS:
            raise InputError(f"The protocol is '{self.protocol}'; {' or '.join(PROTOCOLS)} is accepted.")
        if self.transition not in TRANSITIONS:
            raise InputError(
                f"The transition is '{self.transition}'; {' or '.join(TRANSITIONS)} is accepted."
            )
        if self.extra_patients < 0:
            raise InputError(f"{self.extra_patients} further patients; 0 or more are needed.")
        if self.folds < 2 or min(self.base_epochs, self.fold_epochs, self.study_epochs) < 1:
            raise InputError("Two folds and one epoch of each phase are the least that can be trained.")

    def recipe(self) -> Recipe:
        """Recipe of the protocol with this plan's network."""
        chosen = OURS if self.protocol == "ours" else STUDY
        return replace(chosen, network={**chosen.network, "transition": self.transition})


@dataclass(frozen=True)
class Trained:
    """Networks and what they say of the cohort's hips.

    Attributes:
        members: the networks.
        hips: training, validation and test hips with their windows.
        fold: which member a hip was held out from; -1 where all members may answer (validation and test).
        logits: (members, hips, 3).
        features: (members, hips, feature_size).
    """

    members: list[MulDenseNet]
    hips: Windowed
    fold: np.ndarray
    logits: np.ndarray
    features: np.ndarray


def train_networks(
    cohort: str | Path,
    work: str | Path,
    plan: Plan | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Trained:
    """Train the networks of a plan, or read them from ``work`` where they are done."""
    plan = plan or Plan()
    report = progress or (lambda _fraction, _text: None)
    hips = Windowed(
        load_cohort(
            cohort, work, splits=("train", "validation", "test"), progress=lambda f, t: report(0.1 * f, t)
        )
    )
    splits = hips.hips.splits
    train, judged = np.flatnonzero(splits == "train"), np.flatnonzero(splits == "validation")
    if not len(train) or not len(judged):
        raise InputError(
            f"The cohort {cohort} has no training or no validation patients in its column 'split'."
        )
    fold = np.full(len(hips), -1)
    trainer = Trainer(Path(work) / f"{plan.protocol}-{plan.transition}-{plan.seed}", plan.seed)
    recipe = plan.recipe()
    if plan.protocol == "study":
        members = [
            trainer.run(
                "study", recipe, [(hips, train, 1.0)], plan.study_epochs, None, (hips, judged),
                lambda f, t: report(0.1 + 0.85 * f, t),
            )
        ]  # fmt: skip
    else:
        fold[train] = folds_of(hips.hips.patients[train], plan.folds, plan.seed)
        extra = _extra(plan, work, workers, report)
        base = None
        if extra is not None:
            base = trainer.run(
                "base", recipe, [(extra, np.arange(len(extra)), 1.0)], plan.base_epochs, None, (hips, judged),
                lambda f, t: report(0.3 + 0.25 * f, t),
            )  # fmt: skip
        members = []
        for number in range(plan.folds):
            rows = train[fold[train] != number]
            members.append(
                trainer.run(
                    f"fold{number + 1}", *_fold_work(plan, recipe, hips, rows, extra), base, (hips, judged),
                    lambda f, t, n=number: report(0.55 + 0.4 * (n + f) / plan.folds, t),
                )
            )  # fmt: skip
    everything = np.arange(len(hips))
    study_window = recipe.augmentation.study_window == 1.0
    outputs = [outputs_of(member, hips, everything, study_window) for member in members]
    return Trained(
        members, hips, fold, np.stack([logits for logits, _ in outputs]), np.stack([f for _, f in outputs])
    )


def _extra(plan: Plan, work: str | Path, workers: int, report: Progress) -> Windowed | None:
    if not plan.extra_patients:
        return None
    found = simulate_hips(
        plan.extra_patients, plan.seed, work, workers=workers, progress=lambda f, t: report(0.1 + 0.2 * f, t)
    )
    return Windowed(found)


def _fold_work(plan: Plan, recipe: Recipe, hips: Windowed, rows: np.ndarray, extra: Windowed | None) -> tuple:
    """Recipe, sources and epochs of a fold: with further patients a third of the draws are theirs, at a lower rate."""
    if extra is None:
        return recipe, [(hips, rows, 1.0)], plan.base_epochs + plan.fold_epochs
    share = min(1.0, 0.5 * len(rows) / len(extra))
    gentle = replace(recipe, learning_rate=0.5 * recipe.learning_rate)
    return gentle, [(hips, rows, 1.0), (extra, np.arange(len(extra)), share)], plan.fold_epochs


def held_out_logits(trained: Trained) -> np.ndarray:
    """(hips, 3) logits of training hips by the network that never saw them; NaN elsewhere."""
    logits = np.full(trained.logits.shape[1:], np.nan)
    for number in range(len(trained.members)):
        rows = trained.fold == number
        logits[rows] = trained.logits[number, rows]
    return logits


def train_stage(
    cohort: str | Path,
    out: str | Path,
    work: str | Path,
    plan: Plan | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train, calibrate, judge on the internal test patients, write the bundle.

    Returns:
        ``bundle`` (path), ``metrics`` (name to value, low, high) of the internal test patients.

    Raises:
        InputError: the cohort cannot be used.
    """
    from .evaluate_stage import stage_metrics

    plan = plan or Plan()
    trained = train_networks(cohort, work, plan, workers, progress)
    hips: StageHips = trained.hips.hips
    validation, test = hips.splits == "validation", hips.splits == "test"
    temperature = fit_temperature(trained.logits[:, validation], hips.stages[validation])
    scope = stage_scope.fit(
        trained.features[:, hips.splits == "train"],
        trained.features[:, validation],
        trained.fold[trained.fold >= 0],
    )
    probability = pooled_probability(trained.logits, temperature)
    metrics = {}
    if test.any():
        metrics = stage_metrics(hips.stages[test], probability[test], hips.patients[test])
    bundle = stage_card.write_bundle(out, plan, trained, temperature, scope, metrics)
    if progress:
        progress(1.0, "Bundle written")
    return {"bundle": str(bundle.path), "metrics": metrics}


def ensemble_of(members: list[MulDenseNet], temperature: float) -> MulDenseEnsemble:
    """The members as one network that gives probabilities."""
    network = MulDenseEnsemble(len(members), temperature, **members[0].options)
    for own, member in zip(network.members, members, strict=True):
        own.load_state_dict(member.state_dict())
    return network.eval()
