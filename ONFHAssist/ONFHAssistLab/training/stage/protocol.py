"""A stager from a cohort: cutting, training by the study's protocol or ours, calibration, scope, bundle.

``onfh train stage``. Nothing of the validation, test and external patients is trained on; the temperature and the
threshold of the scope come from the validation patients and from further simulated ones that nothing else uses; the
test patients are only counted at the end.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress, part_of
from ONFHAssistLib.stage import scope as stage_scope
from ONFHAssistLib.stage.muldensenet import MulDenseNet
from ONFHAssistLib.stage.stager import load_stager
from ONFHAssistLib.stage.temperature import fit_temperature, pooled_probability

from . import card as stage_card
from .data import SCANS_PER_PATIENT, StageHips, concatenate_hips, load_cohort, simulate_hips
from .fit import Recipe, Trainer, WindowedHips, assign_folds, outputs_of
from .plan import FittedCalibration, TrainedNetworks, TrainingPlan

INTERNAL = ("train", "validation", "test")
CALIBRATION_SEED = 1000  # added to a plan's seed: patients that no network was trained on


def train_networks(
    cohort: str | Path,
    work: str | Path,
    plan: TrainingPlan | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> TrainedNetworks:
    """Train the networks of a plan, or read them from ``work`` where they are done."""
    plan = plan or TrainingPlan()
    report = progress or (lambda _fraction, _text: None)
    hips, fold = _cohort_hips(cohort, work, plan, report)
    splits = hips.hips.splits
    train, evaluated = np.flatnonzero(splits == "train"), np.flatnonzero(splits == "validation")
    trainer = Trainer(Path(work) / f"{plan.protocol}-{plan.transition}-{plan.seed}", plan.seed)
    recipe = plan.recipe()
    if plan.protocol == "study":
        members = [
            trainer.run(
                "study", recipe, [(hips, train, 1.0)], plan.study_epochs, None, (hips, evaluated),
                lambda f, t: report(0.1 + 0.75 * f, t),
            )
        ]  # fmt: skip
    else:
        extra = _further_patients(plan, work, workers, report)
        base = None
        if extra is not None:
            base = trainer.run(
                "base", recipe, [(extra, np.arange(len(extra)), 1.0)], plan.base_epochs, None, (hips, evaluated),
                lambda f, t: report(0.3 + 0.25 * f, t),
            )  # fmt: skip
        members = []
        for number in range(plan.folds):
            rows = train[fold[train] != number]
            gentle, sources, epochs = _fold_work(plan, recipe, hips, rows, extra)
            members.append(
                trainer.run(
                    f"fold{number + 1}", gentle, sources, epochs, base, (hips, evaluated),
                    part_of(report, 0.55 + 0.3 * number / plan.folds, 0.55 + 0.3 * (number + 1) / plan.folds),
                )
            )  # fmt: skip
    return _with_outputs(members, hips, fold, plan)


def networks_of_bundle(
    bundle: str | Path, cohort: str | Path, work: str | Path, progress: Progress | None = None
) -> tuple[TrainedNetworks, TrainingPlan]:
    """The networks of an earlier bundle, asked again about the cohort that they were trained on, and their plan.

    Raises:
        InputError: the bundle says of another cohort that it was made from it.
    """
    stager = load_stager(bundle)
    metadata = bundle_of(stager).metadata
    stage_card.require_same_cohort(metadata, cohort)
    plan = TrainingPlan(**metadata["plan"])
    hips, fold = _cohort_hips(cohort, work, plan, progress or (lambda _fraction, _text: None))
    return _with_outputs(stager.network.networks, hips, fold, plan), plan


def _cohort_hips(
    cohort: str | Path, work: str | Path, plan: TrainingPlan, report: Progress
) -> tuple[WindowedHips, np.ndarray]:
    """Training, validation and test hips, and the fold in which each is held out (-1: in none)."""
    hips = WindowedHips(load_cohort(cohort, work, splits=INTERNAL, progress=lambda f, t: report(0.1 * f, t)))
    train = hips.hips.splits == "train"
    if not train.any() or not (hips.hips.splits == "validation").any():
        raise InputError(
            f"The cohort {cohort} has no training or no validation patients in its column 'split'."
        )
    fold = np.full(len(hips), -1)
    if plan.protocol == "ours":
        fold[train] = assign_folds(hips.hips.patients[train], plan.folds, plan.seed)
    return hips, fold


def _with_outputs(
    members: list[MulDenseNet], hips: WindowedHips, fold: np.ndarray, plan: TrainingPlan
) -> TrainedNetworks:
    return TrainedNetworks(members, hips, fold, *_member_outputs(members, hips, plan))


def _member_outputs(
    members: list[MulDenseNet], hips: WindowedHips, plan: TrainingPlan
) -> tuple[np.ndarray, np.ndarray]:
    """Logits (members, n, 3) and features (members, n, size) of all hips."""
    study_window = plan.recipe().augmentation.study_window == 1.0
    found = [outputs_of(member, hips, np.arange(len(hips)), study_window) for member in members]
    return np.stack([logits for logits, _ in found]), np.stack([features for _, features in found])


def _further_patients(
    plan: TrainingPlan, work: str | Path, workers: int, report: Progress
) -> WindowedHips | None:
    if not plan.extra_patients:
        return None
    found = simulate_hips(
        plan.extra_patients, plan.seed, work, workers=workers, progress=lambda f, t: report(0.1 + 0.2 * f, t)
    )
    return WindowedHips(found)


def _fold_work(
    plan: TrainingPlan, recipe: Recipe, hips: WindowedHips, rows: np.ndarray, extra: WindowedHips | None
) -> tuple[Recipe, list[tuple[WindowedHips, np.ndarray, float]], int]:
    """Recipe, sources and epochs of a fold: with further patients a third of the draws are theirs, at a lower rate."""
    if extra is None:
        return recipe, [(hips, rows, 1.0)], plan.base_epochs + plan.fold_epochs
    share = min(1.0, 0.5 * len(rows) / len(extra))
    gentle = replace(recipe, learning_rate=0.5 * recipe.learning_rate)
    return gentle, [(hips, rows, 1.0), (extra, np.arange(len(extra)), share)], plan.fold_epochs


def train_stage(
    cohort: str | Path,
    out: str | Path,
    work: str | Path,
    plan: TrainingPlan | None = None,
    workers: int = 1,
    progress: Progress | None = None,
    *,
    networks: str | Path | None = None,
    calibration: str | Path | None = None,
    further: str | Path | None = None,
) -> dict[str, Any]:
    """Train, calibrate, judge on the internal test patients, write the bundle.

    Args:
        networks: bundle whose networks are kept instead of training; only temperature, scope, figures and card are made
            anew. Its plan is taken, and ``plan`` gives the number of calibration patients only.
        calibration: another cohort of which nothing was trained on, scanned as the patients are for whom the
            probabilities shall hold; its patients (of the internal hospitals) join the validation patients.
        further: another cohort of which nothing was trained on; its patients (of the internal hospitals) join the test.

    Returns:
        ``bundle`` (path), ``metrics`` (name to value, low, high) of the internal test patients.

    Raises:
        InputError: the cohort cannot be used.
    """
    plan = plan or TrainingPlan()
    report = progress or (lambda _fraction, _text: None)
    if networks is None:
        trained = train_networks(cohort, work, plan, workers, progress)
    else:
        trained, kept = networks_of_bundle(networks, cohort, work, progress)
        plan = replace(kept, calibration_patients=plan.calibration_patients)
    report(0.85, "Calibrating")
    setting = _fit_calibration(trained, plan, work, workers, report, calibration)
    report(0.95, "Judging")
    evaluated = _evaluate_sets(trained, cohort, work, plan, setting.temperature, further)
    origin = stage_card.cohort_origins({"cohort": cohort, "calibration": calibration, "further": further})
    if networks is not None:
        origin["networks"] = {"bundle_sha256": bundle_of(load_stager(networks)).sha256}
    bundle = stage_card.write_bundle(out, plan, trained, setting, evaluated, origin)
    report(1.0, "Bundle written")
    return {"bundle": str(bundle.path), "metrics": evaluated.get("internal", {})}


def _fit_calibration(
    trained: TrainedNetworks,
    plan: TrainingPlan,
    work: str | Path,
    workers: int,
    report: Progress,
    calibration: str | Path | None = None,
) -> FittedCalibration:
    """Temperature and threshold of the scope on validation and calibration hips; scope of all hips of the training."""
    hips: StageHips = trained.hips.hips
    train, held = hips.splits == "train", hips.splits == "validation"
    features, sequences, fold = [trained.features[:, train]], [hips.sequences[train]], [trained.fold[train]]
    logits, stages, away = [trained.logits[:, held]], [hips.stages[held]], [trained.features[:, held]]
    weights = [np.ones(int(held.sum()))]

    def add(own: StageHips, weight: float) -> None:
        found = _member_outputs(trained.members, WindowedHips(own), plan)
        logits.append(found[0])
        away.append(found[1])
        stages.append(own.stages)
        weights.append(np.full(len(own), weight))

    if calibration is not None:
        add(load_cohort(calibration, Path(work) / "calibration", splits=INTERNAL), 1.0)
    if plan.protocol == "ours":
        extra = _further_patients(plan, work, workers, lambda _f, text: report(0.86, text))
        if extra is not None:
            features.append(_member_outputs(trained.members, extra, plan)[1])
            sequences.append(extra.hips.sequences)
            fold.append(np.full(len(extra), -1))
        if plan.calibration_patients:
            other = simulate_hips(
                plan.calibration_patients, plan.seed + CALIBRATION_SEED, work, workers=workers,
                progress=lambda _f, text: report(0.9, text),
            )  # fmt: skip
            add(other, 1.0 / SCANS_PER_PATIENT if calibration is None else 0.0)
    learned = np.concatenate(sequences)
    scope = stage_scope.fit_scope(
        np.concatenate(features, axis=1), np.concatenate(away, axis=1), np.concatenate(fold), learned
    )
    temperature = fit_temperature(
        np.concatenate(logits, axis=1), np.concatenate(stages), np.concatenate(weights)
    )
    used = int(np.count_nonzero(np.concatenate(weights)))
    return FittedCalibration(temperature, scope, tuple(np.unique(learned).tolist()), used)


def _evaluate_sets(
    trained: TrainedNetworks,
    cohort: str | Path,
    work: str | Path,
    plan: TrainingPlan,
    temperature: float,
    further: Any,
) -> dict[str, Any]:
    """Figures of each set of patients that nothing was trained or set on: "internal", "external", "unseen scanner"."""
    from ONFHAssistLib.stage.evaluation import stage_metrics

    hips: StageHips = trained.hips.hips
    test = hips.splits == "test"
    sets = {"internal": [(hips.where(test), trained.logits[:, test])]} if test.any() else {}
    work = Path(work)
    sources: list[tuple[str, Any, Path, str, tuple[str, ...]]] = [
        ("external", cohort, work, "image", ("external",))
    ]
    sources += [("unseen scanner", cohort, work, "image_unseen_scanner", ("external",))]
    if further is not None:
        sources += [("internal", further, work / "further", "image", INTERNAL)]
    for name, folder, kept, column, splits in sources:
        try:
            found = load_cohort(folder, kept, column, splits)
        except InputError:
            if name == "internal":
                raise
            continue  # not every cohort has external patients
        sets.setdefault(name, []).append(
            (found, _member_outputs(trained.members, WindowedHips(found), plan)[0])
        )
    result = {}
    for name, parts in sets.items():
        whole = concatenate_hips(part for part, _ in parts)
        probability = pooled_probability(np.concatenate([z for _, z in parts], axis=1), temperature)
        patients = np.concatenate(
            [np.char.add(f"{number}/", part.patients) for number, (part, _) in enumerate(parts)]
        )
        figures = stage_metrics(whole.stages, probability, patients)
        figures["patients"] = dict.fromkeys(("value", "low", "high"), float(len(np.unique(patients))))
        figures["hips"] = dict.fromkeys(("value", "low", "high"), float(len(whole)))
        result[name] = figures
    return result
