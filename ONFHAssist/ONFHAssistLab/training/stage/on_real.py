"""``onfh train stage --on FOLDER``: a stager that is blind to the sequence.

It learns from simulated hips of every contrast and from real hips with painted disease.

One network learns from the simulated hips; from it one for every fold of the real patients goes on, half of its hips real
ones of the other folds. The ensemble of the folds is the bundle; on the real hips each answers for the patients that it
did not learn from, so that those figures are cross-validated. Temperature, the certainty from which one of the two stages
is named, and the threshold of the scope come from further simulated patients; the figures from others again, scanned by
the protocols of named scanners, of which no training saw one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.bundles.bundle import NO_DISEASE, Bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.progress import Progress, part_of
from ONFHAssistLib.evaluate.binary.discrimination import wilson_interval
from ONFHAssistLib.stage.evaluation import stage_metrics
from ONFHAssistLib.stage.muldensenet import MulDenseNet
from ONFHAssistLib.stage.scope import fit_scope
from ONFHAssistLib.stage.stager import load_stager
from ONFHAssistLib.stage.temperature import fit_temperature, pooled_probability

from ...simulate.acquisition.protocols import SEQUENCES
from ...simulate.hybrid.real_hips import RealHead, digest_of, patients_of, read_real_heads
from ..outliner_on_real import folds_of, write_folds
from ..starts import caution_of_start, images_after
from .card import BUNDLE_NAME, CardWords, write_ensemble
from .data import UNDECIDED
from .fit import OURS, Trainer, WindowedHips, outputs_of
from .plan import FittedCalibration
from .varied import hybrid_hips, protocol_hips, varied_hips

CALIBRATION_SEED, TEST_SEED = 1000, 2000  # added to a plan's seed: patients of no training
CERTAINTIES = np.arange(0.5, 0.96, 0.05)
NAMED_RIGHT = 0.85  # of the stages that are named, among hips for calibration


@dataclass(frozen=True)
class RealStagePlan:
    """How much is done.

    Attributes:
        start: bundle whose first network is trained further; None for random weights.
        patients: simulated, both hips. views: contrasts of each hip.
        base_epochs: on them.
        real_views: of each real head, with other disease each time.
        fold_epochs: of each fold; its simulated hips are as many as its real ones.
        folds: of the real patients, and networks of the ensemble.
        calibration_patients, test_patients: further simulated ones.
        seed: of everything.
        credit: the real images in words with their licence.
    """

    start: str | None = "stage-onfhnet"
    patients: int = 90
    views: int = 6
    base_epochs: int = 2
    real_views: int = 24
    fold_epochs: int = 2
    folds: int = 3
    calibration_patients: int = 24
    calibration_views: int = 4
    test_patients: int = 40
    seed: int = 31
    credit: str = ""


def train_stage_on_real(
    folder: str | Path,
    out: str | Path,
    work: str | Path,
    plan: RealStagePlan | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train, calibrate, judge, write the bundle; the networks of the folds also as ``work``/folds/K/stage-onfhnet.

    Args:
        folder: of :func:`.real_hips.read_real_heads`.

    Returns:
        ``bundle`` (path), ``metrics`` (name to value, low, high), ``folds`` (patient to fold) and ``caution``, which is
        "" or what the start puts the figures on real hips in doubt with.

    Raises:
        InputError: images, heads or a bundle that cannot be used; a start that has learned from one of the images.
    """
    plan = plan or RealStagePlan()
    report = progress or (lambda _share, _text: None)
    work = Path(work)
    heads = read_real_heads(folder)
    start = None if plan.start is None else bundle_of(load_stager(plan.start))
    caution = caution_of_start(start, heads)
    fold = folds_of(patients_of(heads), plan.folds)
    simulated = WindowedHips(
        varied_hips(plan.patients, plan.views, plan.seed, work, workers, part_of(report, 0.0, 0.15))
    )
    real = WindowedHips(hybrid_hips(heads, plan.real_views, plan.seed, work, part_of(report, 0.15, 0.2)))
    other = WindowedHips(
        varied_hips(
            plan.calibration_patients, plan.calibration_views, plan.seed + CALIBRATION_SEED, work, workers,
            part_of(report, 0.2, 0.23),
        )
    )  # fmt: skip
    fold_of_row = np.array([fold[patient] for patient in real.hips.patients])
    kept = work / f"on-real-{digest_of(heads)}-{plan_digest(plan)}"
    members = _members(simulated, real, fold_of_row, other, plan, kept, part_of(report, 0.23, 0.85))
    report(0.85, "Calibrating")
    setting = _calibrated(members, simulated, real, fold_of_row, other)
    report(0.9, "Judging")
    test = WindowedHips(protocol_hips(plan.test_patients, plan.seed + TEST_SEED, work, workers))
    evaluated = _evaluated(members, test, real, fold_of_row, setting)
    words = card_words(plan, heads, setting, start, caution)
    write_folds(work / "folds", fold)
    for number, member in enumerate(members):
        write_ensemble(
            work / "folds" / str(number + 1) / BUNDLE_NAME,
            [member],
            _alone(setting, number),
            evaluated,
            words,
        )
    bundle: Bundle = write_ensemble(out, members, setting, evaluated, words)
    report(1.0, "Bundle written")
    return {
        "bundle": str(bundle.path),
        "metrics": bundle.metadata["metrics"],
        "folds": fold,
        "caution": caution,
    }


def plan_digest(plan: RealStagePlan) -> str:
    """Eight digits of a plan, so that the checkpoints of another one are not taken up."""
    return hashlib.sha256(repr(plan).encode()).hexdigest()[:8]


def _members(
    simulated: WindowedHips,
    real: WindowedHips,
    fold_of_row: np.ndarray,
    judge: WindowedHips,
    plan: RealStagePlan,
    work: Path,
    report: Progress,
) -> list[MulDenseNet]:
    """One network for every fold of the real patients, from a common start."""
    trainer = Trainer(work, plan.seed)
    start = None if plan.start is None else load_stager(plan.start).network.networks[0]
    rows, judged = np.arange(len(simulated)), (judge, np.arange(len(judge)))
    kind = OURS if start is None else replace(OURS, learning_rate=0.7 * OURS.learning_rate)
    if start is not None:
        start = start.requires_grad_(True)
    base = trainer.run(
        "base", kind, [(simulated, rows, 1.0)], plan.base_epochs, start, judged, part_of(report, 0.0, 0.6)
    )
    gentle = replace(OURS, learning_rate=0.4 * OURS.learning_rate)
    members = []
    for number in range(plan.folds):
        mine = np.flatnonzero(fold_of_row != number)
        sources = [(real, mine, 1.0), (simulated, rows, min(1.0, len(mine) / len(rows)))]
        part = part_of(report, 0.6 + 0.4 * number / plan.folds, 0.6 + 0.4 * (number + 1) / plan.folds)
        members.append(
            trainer.run(f"fold{number + 1}", gentle, sources, plan.fold_epochs, base, judged, part)
        )
    return members


def _outputs(members: list[MulDenseNet], hips: WindowedHips) -> tuple[np.ndarray, np.ndarray]:
    found = [outputs_of(member, hips, np.arange(len(hips))) for member in members]
    return np.stack([logits for logits, _ in found]), np.stack([features for _, features in found])


def _calibrated(
    members: list[MulDenseNet],
    simulated: WindowedHips,
    real: WindowedHips,
    fold_of_row: np.ndarray,
    other: WindowedHips,
) -> FittedCalibration:
    """Temperature, certainty and scope; a real hip counts in the scope only for networks that learned from it."""
    logits, away = _outputs(members, other)
    temperature = fit_temperature(logits, other.hips.stages, np.ones(len(other)))
    features = [_outputs(members, hips)[1] for hips in (simulated, real)]
    held = np.concatenate([np.full(len(simulated), -1), fold_of_row])
    kinds = np.concatenate([simulated.hips.sequences, real.hips.sequences])
    scope = fit_scope(np.concatenate(features, axis=1), away, held, kinds)
    certainty = choose_certainty(other.hips.stages, pooled_probability(logits, temperature))
    return FittedCalibration(temperature, scope, SEQUENCES, len(other), certainty)


def choose_certainty(stages: np.ndarray, probability: np.ndarray) -> float:
    """The least certainty at which the named of the two stages is right in :data:`NAMED_RIGHT` of the necrotic hips.

    Args:
        stages: (n,) 0, 1 or 2. probability: (n, 3).
    """
    necrotic = (stages > 0) & (probability[:, 0] < 0.5)
    either = probability[necrotic, 1:]
    sure = either.max(axis=1) / either.sum(axis=1)
    right = either.argmax(axis=1) + 1 == stages[necrotic]
    for certainty in CERTAINTIES:
        named = sure >= certainty
        if named.any() and right[named].mean() >= NAMED_RIGHT:
            return float(round(certainty, 2))
    return float(round(CERTAINTIES[-1], 2))


def _alone(setting: FittedCalibration, number: int) -> FittedCalibration:
    """The setting of one network of the ensemble."""
    scope = setting.scope
    own = slice(number, number + 1)
    return replace(
        setting,
        scope=replace(scope, mean=scope.mean[:, own], axes=scope.axes[:, own], noise=scope.noise[:, own]),
    )


def _evaluated(
    members: list[MulDenseNet],
    test: WindowedHips,
    real: WindowedHips,
    fold_of_row: np.ndarray,
    setting: FittedCalibration,
) -> dict[str, dict[str, dict[str, float]]]:
    """Figures of simulated patients in all protocols and in those of each sequence, and of real hips fold by fold."""
    probability = pooled_probability(_outputs(members, test)[0], setting.temperature)
    sets = {"internal": np.ones(len(test), bool)}
    sets |= {str(name): test.hips.sequences == name for name in np.unique(test.hips.sequences)}
    result = {}
    for name, chosen in sets.items():
        figures = stage_metrics(
            test.hips.stages[chosen],
            probability[chosen],
            test.hips.patients[chosen],
            certainty=setting.certainty,
        )
        figures["patients"] = _count(len(np.unique(test.hips.patients[chosen])))
        figures["hips"] = _count(int(chosen.sum()))
        result[name] = figures
    logits = _outputs(members, real)[0]
    each = np.stack([pooled_probability(one[None], setting.temperature) for one in logits])
    own = each[fold_of_row, np.arange(len(real))]
    result["real"] = _real_figures(real.hips.stages, own, len(np.unique(real.hips.patients)))
    return result


def _real_figures(stages: np.ndarray, probability: np.ndarray, patients: int) -> dict[str, dict[str, float]]:
    """Stage 0 of real hips without and necrosis of those with a painted necrosis; "I or II" is necrosis."""
    called = probability[:, 0] < 0.5
    necrotic = stages == UNDECIDED
    figures = {"patients": _count(patients), "hips": _count(len(stages))}
    for name, part in (
        ("necrosis_sensitivity", called[necrotic]),
        ("necrosis_specificity", ~called[~necrotic]),
    ):
        low, high = wilson_interval(int(part.sum()), len(part))
        figures[name] = {"value": float(part.mean()), "low": float(low), "high": float(high)}
    return figures


def _count(number: int) -> dict[str, float]:
    return dict.fromkeys(("value", "low", "high"), float(number))


def card_words(
    plan: RealStagePlan,
    heads: Sequence[RealHead],
    setting: FittedCalibration,
    earlier: Bundle | None,
    caution: str,
) -> CardWords:
    """What it says of itself.

    Args:
        earlier: bundle that it started from.
        caution: of :func:`..starts.caution_of_start`.
    """
    credit = f" ({plan.credit})" if plan.credit else ""
    start = "" if plan.start is None else f" --start {Path(plan.start).name}"
    first, healthy = "", f"; {NO_DISEASE}"
    if earlier is not None and earlier.simulated_only:
        first = " It started from the weights of an earlier bundle of simulated patients."
    elif earlier is not None:
        healthy = healthy if earlier.simulated_disease_only else ""
        first = (
            f" It started from the weights of {earlier.name} {earlier.version} ({earlier.sha256[:12]}). Of that: "
            f"{earlier.metadata['training_data']}"
        )
    command = (
        f"onfh train stage --on FOLDER --out BUNDLE --seed {plan.seed} --folds {plan.folds} "
        f"--base-epochs {plan.base_epochs} --epochs {plan.fold_epochs} --extra-patients {plan.patients} "
        f"--calibration-patients {plan.calibration_patients}{start}"
    )
    learned = (
        f"Trained on {2 * plan.patients} hips of {plan.patients} simulated patients in {plan.views} random contrasts "
        f"each and on {len(heads)} heads of {len(patients_of(heads))} real patients without known disease of the "
        f"hips{credit}, with simulated disease painted into them{healthy}.{first}"
    )
    how = (
        f"One network for each of {plan.folds} folds of the real patients, without those of the fold; what is painted "
        f"is necrosis without a stage. Temperature {setting.temperature:.3f}, certainty {setting.certainty:.2f}, below "
        f'which the answer is "I or II", and the scope were set on {plan.calibration_patients} further simulated '
        f"patients. Weights are stored in half precision and used in single precision. Made by\n\n```\n{command}\n```"
    )
    by = "of a fold without that patient" if caution else "that did not learn from that patient"
    sets = (
        f"Internal: {plan.test_patients} further simulated patients, each scanned by three protocols of named scanners, "
        "of which the training saw none; the columns by sequence are parts of it. Real: the real hips with and without "
        f"painted necrosis, each answered by the network {by}; look-alikes are among those without."
        + (f" **Caution:** {caution}" if caution else "")
    )
    settings: Mapping[str, Any] = {"protocol": "on real hips", **asdict(plan)}
    return CardWords(learned, how, sets, settings, images_after(earlier, heads))
