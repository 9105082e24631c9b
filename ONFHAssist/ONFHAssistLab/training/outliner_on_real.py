"""``onfh train outliner --on FOLDER``: the outliner further trained on real hips with painted disease.

From one common start a network is trained for every fold of the real patients, without those of the fold; each is judged
on them, so that the figures on real hips are cross-validated. The bundle holds the mean of the folds' weights (Wortsman
et al. 2022, ICML: the mean of networks that were fine-tuned from one start is as good as their ensemble), with its
normalisation estimated anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress, part_of
from ONFHAssistLib.segment.outliner import SPACING_MM, build_network, load_outliner

from ..simulate.acquisition.randomise import random_volumes
from ..simulate.hybrid.real_hips import RealHead, digest_of, patients_of, read_real_heads
from . import network_cards
from .hybrid_cubes import hybrid_cubes
from .outline_judging import NecrosisRule, evaluate_at, validate
from .outliner import CUBE, DOMAIN, VALIDATION_VOLUMES, OutlineLoss, batch_of, prepare
from .starts import caution_of_start, images_after
from .volumes import Further, Schedule, TrainingArrays, half_precision_state, train_on_patients

REAL_SHARE = 0.5  # of real hips among the cubes
HELD_CUBES = 24  # of every real patient, on whom a network is judged that did not learn from them
BATCHES_OF_STATISTICS = 60
FOLD_SEED = 2029
FOLDS_FILE = "patients.json"


@dataclass(frozen=True)
class RealTraining:
    """How much is done.

    Attributes:
        start: bundle that the common start begins from; None for random weights.
        patients: simulated; an eighth of them validates.
        base_steps: of the common start, on simulated volumes alone.
        fold_steps: of each fold, half of them real cubes.
        folds: of the real patients.
        seed: of everything.
        credit: the real images in words with their licence, for the model card.
    """

    start: str | None = "outliner-unet"
    patients: int = 80
    base_steps: int = 1200
    fold_steps: int = 700
    folds: int = 3
    seed: int = 2028
    credit: str = ""


def folds_of(patients: Sequence[str], folds: int) -> dict[str, int]:
    """The fold of every patient, of equal sizes.

    It depends on the patients alone, so that outliner and stager of one fold, trained apart, know the same of them, and
    the whole chain is cross-validated.

    Raises:
        InputError: fewer patients than folds.
    """
    if len(patients) < folds or folds < 2:
        raise InputError(
            f"{len(patients)} real patients cannot be parted into {folds} folds; 2 or more are needed."
        )
    order = np.random.default_rng([FOLD_SEED, 43]).permutation(len(patients))
    return {patients[place]: number % folds for number, place in enumerate(order)}


def train_outliner_on_real(
    out: str | Path,
    folder: str | Path,
    plan: RealTraining | None = None,
    work: str | Path = "out/segment",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Train the folds, judge each on its own patients, write the bundle of their mean.

    Args:
        out: folder of the bundle. The networks of the folds are written to ``work``/folds/K/outliner-unet, for whole
            images of the patients that they did not learn from.
        folder: of :func:`.real_hips.read_real_heads`.

    Returns:
        ``bundle`` (path), ``metrics``, ``folds`` (patient to fold), ``sources`` and ``caution``, which is "" or what the
        start puts the figures on real hips in doubt with.

    Raises:
        InputError: images, heads or a bundle that cannot be used; a start that has learned from one of the images.
    """
    plan = plan or RealTraining()
    report = progress or (lambda _share, _text: None)
    work = Path(work)
    heads = read_real_heads(folder)
    fold = folds_of(patients_of(heads), plan.folds)
    before = None if plan.start is None else load_outliner(plan.start)
    earlier = None if before is None else bundle_of(before)
    caution = caution_of_start(earlier, heads)
    tag = "" if before is None else f"-from-{bundle_of(before).sha256[:8]}"
    train = partial(
        train_on_patients, build=build_network, domain=DOMAIN, prepare=prepare, loss_of=OutlineLoss(),
        patients=plan.patients, seed=plan.seed, work=work,
    )  # fmt: skip
    base, log, held = train(
        f"outliner-base{tag}",
        schedule=Schedule(plan.base_steps, learning_rate=3e-3 if before is None else 1e-3),
        report=part_of(report, 0.0, 0.35),
        start=None if before is None else before.network.state_dict(),
    )
    members, real = [], []
    for number in range(plan.folds):
        mine = [head for head in heads if fold[head.patient] != number]
        network, own_log, _ = train(
            f"outliner-fold{number + 1}-of-{plan.folds}-after-{plan.base_steps}{tag}-on-{digest_of(heads)}",
            schedule=Schedule(plan.fold_steps, learning_rate=5e-4),
            report=part_of(report, 0.35 + 0.5 * number / plan.folds, 0.35 + 0.5 * (number + 1) / plan.folds),
            start=base.state_dict(),
            further=Further(partial(hybrid_cubes, mine, CUBE, SPACING_MM), REAL_SHARE),
        )
        before_it = log[-1]
        log += [{**row, **{k: row[k] + before_it[k] for k in ("step", "seconds")}} for row in own_log]
        members.append(network)
        real.append(held_cubes([head for head in heads if fold[head.patient] == number], plan.seed))
    report(0.87, "Judging")
    simulated = [
        prepare(sample) for sample in islice(random_volumes(held, plan.seed + 2, DOMAIN), VALIDATION_VOLUMES)
    ]
    network = mean_network(members, _statistics(heads, simulated, plan.seed))
    folds = list(zip(members, real, strict=True))
    rule, _ = validate([(network, simulated), *folds])
    metrics = {f"real_{k}": v for k, v in evaluate_at(folds, rule).items()}
    metrics |= evaluate_at([(network, simulated)], rule)
    story = network_cards.TrainingHistory(
        simulated=plan.patients - len(held),
        command=_command(plan),
        log=log,
        started_from=earlier,
        real=_words(heads, plan),
        caution=caution,
        images=images_after(earlier, heads),
    )
    write_folds(work / "folds", fold)
    for number, member in enumerate(members):
        _save(work / "folds" / str(number + 1) / "outliner-unet", member, metrics, rule, story)
    bundle = _save(Path(out), network, metrics, rule, story)
    answer = {"bundle": str(bundle.path), "metrics": metrics, "folds": fold, "sources": story.sources}
    return {**answer, "caution": caution}


def write_folds(folder: Path, fold: Mapping[str, int]) -> None:
    """``patients.json``: the folder (1, 2, ...) of the bundle that did not learn from each patient."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(folder / FOLDS_FILE, {patient: number + 1 for patient, number in sorted(fold.items())})


def held_cubes(heads: Sequence[RealHead], seed: int) -> list[TrainingArrays]:
    """Cubes of patients on whom a network is judged, as they are scanned; the same for every training of a seed."""
    cubes: list[TrainingArrays] = []
    for name in patients_of(heads):
        mine = [head for head in heads if head.patient == name]
        cubes += islice(hybrid_cubes(mine, CUBE, SPACING_MM, seed + 5, augment=False), HELD_CUBES)
    return cubes


def _statistics(
    heads: Sequence[RealHead], simulated: list[TrainingArrays], seed: int
) -> Iterator[torch.Tensor]:
    """Batches as in training, half of them real, for the normalisation."""
    real = hybrid_cubes(heads, CUBE, SPACING_MM, seed + 7)
    rng = np.random.default_rng([seed, 47])
    for _ in range(BATCHES_OF_STATISTICS):
        chosen = [simulated[i] for i in rng.integers(0, len(simulated), 2)]
        yield batch_of([*chosen, *islice(real, 2)], rng)[0]


def mean_network(
    members: Sequence[torch.nn.Module],
    batches: Iterator[torch.Tensor],
    build: Callable[[], torch.nn.Module] = build_network,
) -> torch.nn.Module:
    """One network with the mean of the members' weights; its batch normalisation is estimated anew on ``batches``."""
    states = [member.state_dict() for member in members]
    network = build()
    network.load_state_dict(
        {
            key: torch.stack([state[key] for state in states]).mean(0) if value.is_floating_point() else value
            for key, value in states[0].items()
        }
    )
    norms = [layer for layer in network.modules() if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm)]
    for layer in norms:
        layer.reset_running_stats()
        layer.momentum = None  # the plain mean over all batches
    network.train()
    with torch.no_grad():
        for images in batches:
            network(images)
    for layer in norms:
        layer.momentum = 0.1
    return network.eval()


def _save(
    out: Path,
    network: torch.nn.Module,
    metrics: dict[str, dict[str, float]],
    rule: NecrosisRule,
    story: network_cards.TrainingHistory,
) -> Any:
    return save_bundle(
        out,
        network_cards.outliner_metadata(metrics, story),
        network_cards.outliner_card(metrics, rule, story),
        state_dict=half_precision_state(network),
        inference=network_cards.outliner_inference(rule),
    )


def _words(heads: Sequence[RealHead], plan: RealTraining) -> str:
    credit = f" ({plan.credit})" if plan.credit else ""
    return f"{len(heads)} heads of {len(patients_of(heads))} real patients without known disease of the hips{credit}"


def _command(plan: RealTraining) -> str:
    start = "" if plan.start is None else f" --start {Path(plan.start).name}"
    return (
        f"onfh train outliner --on FOLDER --patients {plan.patients} --steps {plan.base_steps} --fold-steps "
        f"{plan.fold_steps} --folds {plan.folds} --seed {plan.seed}{start} --out BUNDLE"
    )
