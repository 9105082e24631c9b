"""``onfh train outliner``: femoral head and necrosis on simulated volumes of random contrast and resolution."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.segment.grids import scale_intensities
from ONFHAssistLib.segment.outliner import SIZE, SPACING_MM, build_network, load_outliner

from ..simulate.acquisition.domain import Domain
from ..simulate.acquisition.randomise import Sample, random_volumes
from . import network_cards
from .blocks import MARGIN, shifted_blocks
from .outline_judging import GREYS, evaluate_at, validate
from .own_patients import MixedStream, read_own_patients, validation_cubes
from .volumes import Schedule, TrainingArrays, forward, half_precision_state, train_on_patients

DOMAIN = Domain(
    size=(SIZE + 2 * MARGIN,) * 3, spacing_mm=(0.88 * SPACING_MM, 1.14 * SPACING_MM), around="head", wander_mm=2.5,
    astray=0.12, rotation_deg=10.0, thick_mm=(1.0, 6.0), in_plane_mm=(0.5, 1.4), tight=0.25, tightest=0.3, masses=0.45,
    physics=0.6, mirror=0.3,
)  # fmt: skip
CUBE = SIZE + 2 * MARGIN
VALIDATION_VOLUMES = 160
OWN_SHARE = 0.5  # of a hospital's own hips in a batch, where there are any


def prepare(sample: Sample) -> TrainingArrays:
    """Sample to image and labels (0, 1 head, 2 necrosis), uint8 (z, y, x), as a right hip."""
    image = np.clip(scale_intensities(sample.image.array) * GREYS, 0, 255).astype(np.uint8)
    labels = sample.labels.array
    counts = {side: np.isin(labels, (HEAD[side], NECROSIS[side])).sum() for side in ("R", "L")}
    side = max(counts, key=lambda name: counts[name])
    if not any(counts.values()):  # no head in the cube: orient it by where it lies
        middle = sample.image.index_to_point(0.5 * (np.array(sample.image.size) - 1))
        distance = {joint.side: np.linalg.norm(joint.centre - middle) for joint in sample.joints}
        side = min(distance, key=lambda name: distance[name])
    target = np.zeros(labels.shape, np.uint8)
    target[labels == HEAD[side]] = 1
    target[labels == NECROSIS[side]] = 2
    if side == "L":
        image, target = image[:, :, ::-1], target[:, :, ::-1]
    return np.ascontiguousarray(image), np.ascontiguousarray(target)


def batch_of(
    prepared: list[TrainingArrays], rng: np.random.Generator | None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Cubes (batch, 1, z, y, x) and labels (batch, 1, z, y, x); with ``rng`` shifted and of other contrast at random."""
    images, targets = shifted_blocks(prepared, (SIZE,) * 3, rng)
    return images, torch.from_numpy(targets.astype(np.int64))


class OutlineLoss:
    """Dice over the batch and cross-entropy in which a voxel of necrosis counts one and a half times."""

    def __init__(self) -> None:
        from monai.losses import DiceLoss

        weight = torch.tensor([1.0, 1.0, 1.5])
        self._loss = DiceLoss(
            include_background=False, to_onehot_y=True, softmax=True, batch=True, smooth_nr=1.0, smooth_dr=1.0
        )
        self._cross_entropy = torch.nn.CrossEntropyLoss(weight=weight)

    def __call__(
        self, network: torch.nn.Module, prepared: list[TrainingArrays], rng: np.random.Generator
    ) -> tuple[torch.Tensor, dict[str, float]]:
        images, targets = batch_of(prepared, rng)
        output = forward(network, images).cpu()
        dice = self._loss(output, targets)
        entropy = self._cross_entropy(output, targets[:, 0])
        return dice + entropy, {"dice": float(dice.detach()), "entropy": float(entropy.detach())}


def train_outliner(
    out: str | Path,
    patients: int = 80,
    steps: int = 2600,
    seed: int = 2026,
    work: str | Path = "out/segment",
    progress: Progress | None = None,
    start: str | Path | None = None,
    cohort: str | Path | None = None,
) -> dict[str, Any]:
    """Simulate, train, choose the threshold of necrosis on validation patients, write the bundle.

    Args:
        out: folder of the bundle.
        patients: simulated; an eighth of them validates.
        steps: batches of four cubes.
        seed: of patients and training.
        work: folder for the patients (shared with the detector), checkpoint and ``log.csv``.
        start: bundle whose weights are trained further, at a third of the learning rate; random ones if left out.
        cohort: table of a hospital's own outlines (:func:`.own_patients.read_own_patients`), half of every batch;
            a fifth of its patients validates.

    Returns:
        ``bundle`` (path) and ``metrics`` on validation patients (name to value, low, high).

    Raises:
        InputError: a table, bundle or checkpoint that cannot be used.
    """
    report = progress or (lambda _share, _text: None)
    own = None if cohort is None else read_own_patients(cohort, seed)
    before = None if start is None else load_outliner(start)
    tags = [f"from-{bundle_of(before).sha256[:8]}"] if before else []
    tags += [f"cohort-{own.digest}"] if own else []
    network, log, held = train_on_patients(
        "-".join(["outliner", *tags]),
        build_network,
        DOMAIN,
        prepare,
        OutlineLoss(),
        Schedule(steps, learning_rate=3e-3 if before is None else 1e-3),
        patients=patients,
        seed=seed,
        work=Path(work),
        report=report,
        start=None if before is None else before.network.state_dict(),
        mixed=lambda stream: (
            stream if own is None else MixedStream(stream, own, OWN_SHARE, CUBE, SPACING_MM, seed)
        ),
    )
    simulated = random_volumes(held, seed + 2, DOMAIN)
    cubes = [prepare(next(simulated)) for _ in range(VALIDATION_VOLUMES)]
    mine = list(validation_cubes(own, CUBE, SPACING_MM)) if own else []
    rule, metrics = validate([(network, [*mine, *cubes])])
    if own is not None:
        own_metrics = {f"own_{name}": value for name, value in evaluate_at([(network, mine)], rule).items()}
        metrics = own_metrics | evaluate_at([(network, cubes)], rule)
    story = network_cards.TrainingHistory(
        simulated=patients - len(held),
        command=_command(patients, steps, seed, start, cohort),
        log=log,
        started_from=None if before is None else before.bundle,
        own_patients=None if own is None else (own.patients, len(own.train), len(own.validation)),
    )
    bundle = save_bundle(
        out,
        network_cards.outliner_metadata(metrics, story),
        network_cards.outliner_card(metrics, rule, story),
        state_dict=half_precision_state(network),
        inference=network_cards.outliner_inference(rule),
    )
    return {"bundle": str(bundle.path), "metrics": metrics, "steps": len(log), "sources": story.sources}


def _command(patients: int, steps: int, seed: int, start: object, cohort: object) -> str:
    more = ("" if start is None else f" --start {Path(str(start)).name}") + (
        "" if cohort is None else " --cohort TABLE"
    )
    return f"onfh train outliner --patients {patients} --steps {steps} --seed {seed}{more} --out BUNDLE"
