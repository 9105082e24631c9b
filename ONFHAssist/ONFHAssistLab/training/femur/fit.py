"""``onfh train femur``: the proximal femur on simulated volumes of random contrast and resolution."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.labels import HEAD
from ONFHAssistLib.segment.femur import OUTWARD_MM, SIZE, SPACING_MM, UP_MM, build_network
from ONFHAssistLib.segment.grids import scale_intensities

from ...simulate.acquisition.domain import Domain
from ...simulate.acquisition.randomise import PatientBank, Sample, random_volumes
from ...simulate.anatomy.patient import build_patient, draw_patient
from ..blocks import MARGIN, shifted_blocks
from ..outline_judging import GREYS
from ..volumes import (
    BANK_SPACING_MM,
    VALIDATION_SHARE,
    Schedule,
    TrainingArrays,
    VolumeStream,
    forward,
    half_precision_state,
    train_network,
)
from . import card

BLOCK = (SIZE[0] + 2 * MARGIN, SIZE[1] + 2 * MARGIN, SIZE[2] + 2 * MARGIN)
DOMAIN = Domain(
    size=BLOCK, spacing_mm=(0.9 * SPACING_MM, 1.12 * SPACING_MM), around="head", offset_mm=(OUTWARD_MM, 0.0, UP_MM),
    wander_mm=2.5, rotation_deg=9.0, thick_mm=(1.0, 6.0), in_plane_mm=(0.5, 1.6), tight=0.35, tightest=0.35, masses=0.3,
    physics=0.75, mirror=0.3,
)  # fmt: skip
VALIDATION_VOLUMES = 60


def prepare(sample: Sample) -> TrainingArrays:
    """Sample to image and femur (0, 1), uint8 (z, y, x), as a right hip; the femur whose head lies in the block."""
    image = np.clip(scale_intensities(sample.image.array) * GREYS, 0, 255).astype(np.uint8)
    middle = sample.image.index_to_point(0.5 * (np.array(sample.image.size) - 1))
    side = min(sample.joints, key=lambda joint: float(np.linalg.norm(joint.centre - middle))).side
    target = (sample.labels.array == HEAD[side]).astype(np.uint8)
    if side == "L":
        image, target = image[:, :, ::-1], target[:, :, ::-1]
    return np.ascontiguousarray(image), np.ascontiguousarray(target)


def batch_of(
    prepared: list[TrainingArrays], rng: np.random.Generator | None, size: tuple[int, int, int] = SIZE
) -> tuple[torch.Tensor, torch.Tensor]:
    """Blocks and femurs (batch, 1, z, y, x); with ``rng`` shifted and of other contrast at random."""
    images, targets = shifted_blocks(prepared, size, rng)
    return images, torch.from_numpy(targets.astype(np.float32))


def femur_loss(
    network: torch.nn.Module,
    prepared: list[TrainingArrays],
    rng: np.random.Generator,
    size: tuple[int, int, int] = SIZE,
) -> tuple[torch.Tensor, dict[str, float]]:
    """Dice over the batch and cross-entropy; ``size`` of the blocks (z, y, x), multiples of eight."""
    images, targets = batch_of(prepared, rng, size)
    output = forward(network, images).cpu()
    entropy = torch.nn.functional.binary_cross_entropy_with_logits(output, targets)
    probability = torch.sigmoid(output)
    dice = 1 - (2 * (probability * targets).sum() + 1) / (probability.sum() + targets.sum() + 1)
    return dice + entropy, {"dice": float(dice.detach()), "entropy": float(entropy.detach())}


def femur_bank(work: Path, count: int, seed: int, report: Progress) -> PatientBank:
    """``count`` simulated patients whose labels are their femurs, kept in ``work``/femur-bank-SEED."""
    folder = work / f"femur-bank-{seed}"
    for number in range(count):
        path = folder / f"patient_{number:04d}.npz"
        if not path.is_file():
            report(number / count, f"Simulating patient {number + 1} of {count}")
            PatientBank([_with_femurs(1_500_000_000 + seed * 1000 + number)]).save_patient(0, path)
    return PatientBank.load(folder, count)


def _with_femurs(seed: int) -> Any:
    """A random patient whose labels are HEAD of the side in all of the femur."""
    patient = build_patient(draw_patient(seed), BANK_SPACING_MM)
    labels = np.zeros(patient.labels.array.shape, np.uint8)
    for side, (box, femur) in patient.femurs.items():
        labels[box][femur] = HEAD[side]
    return replace(patient, labels=patient.labels.like(labels))


def train_femur(
    out: str | Path,
    patients: int = 24,
    steps: int = 600,
    seed: int = 2030,
    work: str | Path = "out/femur",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Simulate, train, judge on validation patients, write the bundle.

    Args:
        out: folder of the bundle.
        patients: simulated; an eighth of them validates.
        steps: batches of three blocks.
        seed: of patients and training.
        work: folder for the patients, checkpoint and ``log.csv``; an interrupted run goes on there.

    Returns:
        ``bundle`` (path) and ``metrics`` on validation patients (name to value, low, high).

    Raises:
        InputError: a checkpoint of a run of another length.
    """
    report = progress or (lambda _share, _text: None)
    work = Path(work)
    folder = work / f"femur-{seed}-{steps}"
    folder.mkdir(parents=True, exist_ok=True)
    bank = femur_bank(work, patients, seed, lambda f, t: report(0.2 * f, t))
    held = max(1, round(VALIDATION_SHARE * patients))
    torch.manual_seed(seed)
    network = build_network()
    schedule = Schedule(steps, batch_size=3, learning_rate=3e-3)
    stream = VolumeStream(bank.part(slice(held, None)), DOMAIN, seed, prepare, schedule.reuse)
    try:
        log = train_network(
            network, stream, femur_loss, schedule, folder, seed, lambda f, t: report(0.2 + 0.7 * f, t)
        )
    finally:
        stream.close()
    report(0.9, "Judging on validation patients")
    metrics = evaluate(network, bank.part(slice(0, held)), seed + 2)
    command = f"onfh train femur --patients {patients} --steps {steps} --seed {seed} --out BUNDLE"
    history = card.TrainingHistory(patients - held, command, log)
    path = write_bundle(out, network, metrics, history)
    return {"bundle": str(path), "metrics": metrics, "steps": len(log), "sources": history.sources}


def write_bundle(
    out: str | Path,
    network: torch.nn.Module,
    metrics: dict[str, dict[str, float]],
    history: card.TrainingHistory,
) -> Path:
    """The bundle of a trained network with its card, in half precision; returns its folder."""
    state = half_precision_state(network)
    metadata, text = card.metadata(metrics, history), card.card(metrics, history)
    return save_bundle(out, metadata, text, state_dict=state, inference=card.inference()).path


def evaluate(network: torch.nn.Module, bank: PatientBank, seed: int) -> dict[str, dict[str, float]]:
    """Dice, volume error and distance of the found surface to the true one on random volumes of a bank.

    Returns:
        Name to median ``value`` with the 5th (``low``) and 95th (``high``) percentile. ``surface_mm`` is the mean
        distance of a case's surface voxels to the other surface, both ways.
    """
    volumes = random_volumes(bank, seed, DOMAIN)
    rows: list[tuple[float, float, float]] = []
    while len(rows) < VALIDATION_VOLUMES:
        images, targets = batch_of([prepare(next(volumes))], None)
        truth = targets[0, 0].numpy() > 0.5
        if truth.sum() * SPACING_MM**3 < 20_000:  # mm3: a field of view that shows hardly any of the femur
            continue
        with torch.inference_mode():
            found = network(images)[0, 0].numpy() > 0
        rows.append(
            (
                2 * float((found & truth).sum()) / float(found.sum() + truth.sum()),
                100 * float(found.sum() / truth.sum() - 1),
                _surface_mm(found, truth),
            )
        )
    values = np.array(rows)
    return {
        name: {
            "value": round(float(np.median(column)), 3),
            "low": round(float(np.percentile(column, 5)), 3),
            "high": round(float(np.percentile(column, 95)), 3),
        }
        for name, column in zip(
            ("femur_dice", "femur_volume_error_percent", "surface_mm"), values.T, strict=True
        )
    }


def _surface_mm(found: np.ndarray, truth: np.ndarray) -> float:
    from scipy import ndimage

    def edge(mask: np.ndarray) -> np.ndarray:
        return mask & ~ndimage.binary_erosion(mask, border_value=1)

    a, b = edge(found), edge(truth)
    if not a.any() or not b.any():
        return float("nan")
    to_a, to_b = (ndimage.distance_transform_edt(~one, sampling=SPACING_MM) for one in (a, b))
    return float(0.5 * (to_b[a].mean() + to_a[b].mean()))
