"""``onfh train outliner``: femoral head and necrosis on simulated volumes of random contrast and resolution."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.segment.grids import scale_intensities
from ONFHAssistLib.segment.outliner import SIZE, SPACING_MM, build_network, load_outliner, probabilities

from ..simulate.acquisition.domain import Domain
from ..simulate.acquisition.randomise import Sample, random_volumes
from . import network_cards
from .own_patients import MixedStream, read_own_patients, validation_cubes
from .volumes import Schedule, TrainingArrays, forward, half_precision_state, train_on_patients

MARGIN = 4  # voxels more on every side, so that training can shift the cube
DOMAIN = Domain(
    size=(SIZE + 2 * MARGIN,) * 3, spacing_mm=(0.88 * SPACING_MM, 1.14 * SPACING_MM), around="head", wander_mm=2.5,
    astray=0.12, rotation_deg=10.0, thick_mm=(1.0, 6.0), in_plane_mm=(0.5, 1.4), tight=0.25, tightest=0.3, masses=0.45,
    physics=0.6, mirror=0.3,
)  # fmt: skip
CUBE = SIZE + 2 * MARGIN
VALIDATION_VOLUMES = 160
THRESHOLDS = np.linspace(0.3, 0.9, 13)
OWN_SHARE = 0.5  # of a hospital's own hips in a batch, where there are any
LESION_ML = 2.0


def prepare(sample: Sample) -> TrainingArrays:
    """Sample to image and labels (0, 1 head, 2 necrosis), uint8 (z, y, x), as a right hip."""
    image = np.clip(scale_intensities(sample.image.array) * 170, 0, 255).astype(np.uint8)
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
    images, targets = [], []
    for image, target in prepared:
        corner = np.full(3, MARGIN) if rng is None else rng.integers(0, 2 * MARGIN + 1, 3)
        where = tuple(slice(c, c + SIZE) for c in corner)
        cube = image[where].astype(np.float32) / 170
        if rng is not None:
            cube = np.clip(cube, 0, None) ** np.float32(np.exp(rng.normal(0, 0.2)))
            cube = cube * np.float32(rng.uniform(0.85, 1.15))
            cube += rng.normal(0, rng.uniform(0, 0.05), cube.shape).astype(np.float32) * (cube > 0)
        images.append(cube)
        targets.append(target[where])
    labels = torch.from_numpy(np.stack(targets).astype(np.int64))[:, None]
    return torch.from_numpy(np.ascontiguousarray(np.stack(images), np.float32))[:, None], labels


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
    threshold, metrics = validate(network, [*mine, *cubes])
    if own is not None:
        own_metrics = {
            f"own_{name}": value for name, value in evaluate_at([(network, mine)], threshold).items()
        }
        metrics = own_metrics | evaluate_at([(network, cubes)], threshold)
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
        network_cards.outliner_card(metrics, threshold, story),
        state_dict=half_precision_state(network),
        inference=network_cards.outliner_inference(threshold),
    )
    return {"bundle": str(bundle.path), "metrics": metrics, "steps": len(log), "sources": story.sources}


def _command(patients: int, steps: int, seed: int, start: object, cohort: object) -> str:
    more = ("" if start is None else f" --start {Path(str(start)).name}") + (
        "" if cohort is None else " --cohort TABLE"
    )
    return f"onfh train outliner --patients {patients} --steps {steps} --seed {seed}{more} --out BUNDLE"


def validate(
    network: torch.nn.Module, cubes: Iterable[TrainingArrays]
) -> tuple[float, dict[str, dict[str, float]]]:
    """The threshold of necrosis with a good Dice, few false alarms and volumes without bias, and the figures at it.

    Raises:
        InputError: the cubes hold no lesion, or no healthy head.
    """
    head_dice, lesions, alarms, ratios = _judged(network, cubes, THRESHOLDS)
    if not len(lesions) or not len(alarms):
        raise InputError("The validation patients show no lesion, or no healthy head; use more patients.")
    merit = np.median(lesions, axis=0) - alarms.mean(axis=0)
    # Among thresholds that are as good as the best, the one that makes lesions neither larger nor smaller.
    bias = np.where(merit >= merit.max() - 0.02, np.abs(np.median(ratios, axis=0) - 1.0), np.inf)
    best = int(np.argmin(bias))
    return float(round(THRESHOLDS[best], 3)), _figures(head_dice, lesions[:, best], alarms[:, best])


def evaluate_at(
    pairs: Iterable[tuple[torch.nn.Module, Iterable[TrainingArrays]]], threshold: float
) -> dict[str, dict[str, float]]:
    """Figures at a threshold that is given, over networks and the cubes that each is judged on."""
    parts = [_judged(network, cubes, np.array([threshold])) for network, cubes in pairs]
    head_dice, lesions, alarms = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return _figures(head_dice, lesions[:, 0], alarms[:, 0])


def _judged(
    network: torch.nn.Module, cubes: Iterable[TrainingArrays], thresholds: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Dice of each head; of each larger lesion at each threshold; false alarm of each healthy head; volume ratios."""
    head_dice, lesions, alarms, ratios = [], [], [], []
    voxel_ml = SPACING_MM**3 / 1000
    for cube in cubes:
        images, targets = batch_of([cube], None)
        truth = targets[0, 0].numpy()
        if (truth > 0).sum() * voxel_ml < 15.0:
            continue
        found = probabilities(network.eval(), images[0, 0].numpy())
        inside = found[0] < 0.5
        head_dice.append(_dice(inside, truth > 0))
        dead = [inside & (found[2] >= t * np.maximum(1 - found[0], 0.5)) for t in thresholds]
        if (truth == 2).sum() * voxel_ml > LESION_ML:
            lesions.append([_dice(d, truth == 2) for d in dead])
            ratios.append([d.sum() / (truth == 2).sum() for d in dead])
        elif not (truth == 2).any():
            alarms.append([d.sum() * voxel_ml > 0.5 for d in dead])
    width = len(thresholds)
    large, false, sizes = (np.array(values, float).reshape(-1, width) for values in (lesions, alarms, ratios))
    return np.array(head_dice), large, false, sizes


def _figures(head: np.ndarray, lesions: np.ndarray, alarms: np.ndarray) -> dict[str, dict[str, float]]:
    figures = {"head_dice": _spread(head)} if len(head) else {}
    if len(lesions):
        figures["necrosis_dice_over_2_ml"] = _spread(lesions)
    if len(alarms):
        figures["healthy_heads_called_necrotic"] = _proportion(alarms)
    return figures


def _dice(a: np.ndarray, b: np.ndarray) -> float:
    return float(2 * (a & b).sum() / max(a.sum() + b.sum(), 1))


def _spread(values: np.ndarray) -> dict[str, float]:
    low, high = np.percentile(values, [5, 95])
    return {"value": float(np.median(values)), "low": float(low), "high": float(high)}


def _proportion(values: np.ndarray) -> dict[str, float]:
    from ONFHAssistLib.evaluate.binary.discrimination import wilson_interval

    low, high = wilson_interval(int(values.sum()), len(values))
    return {"value": float(values.mean()), "low": float(low), "high": float(high)}
