"""``onfh train detector``: 3DC-YOLOX on simulated volumes of random contrast, resolution, orientation and crop."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.segment.detector import (
    SIZE_MULTIPLE,
    SPACING_MM,
    Detector,
    best_boxes,
    load_detector,
    run_network,
)
from ONFHAssistLib.segment.grids import scale_intensities
from ONFHAssistLib.segment.yolox import Targets, Yolox3d, detection_loss

from ..simulate.acquisition.domain import Domain
from ..simulate.acquisition.randomise import PatientBank, Sample, random_volumes
from . import network_cards
from .volumes import Schedule, TrainingArrays, forward, half_precision_state, train_on_patients

SIZE = 64
WIDTH = 12
DOMAIN = Domain(
    size=(SIZE,) * 3, spacing_mm=(0.86 * SPACING_MM, 1.16 * SPACING_MM), around="any", wander_mm=25.0, rotation_deg=9.0,
    thick_mm=(1.0, 8.0), tight=0.6, tightest=0.38, masses=0.5, physics=0.6, gradient_echo=0.35,
)  # fmt: skip
WHOLE_ENOUGH, TOO_LITTLE = 0.55, 0.15  # share of a head's sphere in the field of view
VALIDATION_VOLUMES = 240


def prepare(sample: Sample) -> TrainingArrays:
    """Sample to image (uint8, z y x) and rows of box (6), class, left, ignored."""
    rows = []
    low = np.array([s.start for s in sample.seen])
    high = np.array([s.stop for s in sample.seen])
    for joint in sample.joints:
        index = sample.image.point_to_index(joint.centre)[::-1] + 0.5
        radius = joint.radius / sample.image.spacing[0]
        seen = _share_inside(index, radius, low, high)
        if seen > TOO_LITTLE:
            ignored = seen < WHOLE_ENOUGH
            rows.append([*(index - radius), *(index + radius), joint.replaced, joint.side == "L", ignored])
    image = np.clip(scale_intensities(sample.image.array) * 170, 0, 255).astype(np.uint8)
    return image, np.array(rows, np.float32).reshape(-1, 9)


def _share_inside(centre: np.ndarray, radius: float, low: np.ndarray, high: np.ndarray) -> float:
    steps = np.linspace(-1, 1, 9)
    ball = np.stack(np.meshgrid(steps, steps, steps), -1).reshape(-1, 3)
    ball = ball[(ball**2).sum(axis=1) <= 1.0] * radius + centre
    return float(np.all((ball >= low) & (ball <= high), axis=1).mean())


def batch_of(
    prepared: list[TrainingArrays], rng: np.random.Generator | None
) -> tuple[torch.Tensor, list[Targets]]:
    """Tensors (batch, 1, z, y, x) and targets; with ``rng`` mirrored and of other contrast at random."""
    images, targets = [], []
    for image, truth in prepared:
        array, rows = image.astype(np.float32) / 170, truth.copy()
        if rng is not None:
            array, rows = _augmented(array, rows, rng)
        images.append(array)
        boxes = torch.from_numpy(np.ascontiguousarray(rows[:, :6]))
        facts = torch.from_numpy(np.ascontiguousarray(rows[:, 6:]))
        targets.append(Targets(boxes, facts[:, 0].long(), facts[:, 1], facts[:, 2] > 0))
    return torch.from_numpy(np.stack(images))[:, None], targets


def _augmented(
    array: np.ndarray, rows: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    if rng.random() < 0.5:  # a mirrored patient: the other side
        array = array[:, :, ::-1]
        rows[:, [2, 5]] = array.shape[2] - rows[:, [5, 2]]
        rows[:, 7] = 1 - rows[:, 7]
    shift = rng.integers(-6, 7, 3)
    array = np.roll(array, shift, (0, 1, 2))
    for axis, by in enumerate(shift):  # what was rolled round is outside
        gone = slice(0, by) if by > 0 else slice(array.shape[axis] + by, None)
        if by:
            array[(slice(None),) * axis + (gone,)] = 0
        rows[:, axis] += by
        rows[:, 3 + axis] += by
    middles = 0.5 * (rows[:, :3] + rows[:, 3:6])
    beyond = ((middles < 0) | (middles > np.array(array.shape))).any(axis=1)
    rows = rows[~beyond]
    array = np.clip(array, 0, None) ** np.float32(np.exp(rng.normal(0, 0.2))) * np.float32(
        rng.uniform(0.8, 1.2)
    )
    if rng.random() < 0.3:
        array = np.where(array > 0, np.clip(1.1 - array, 0, None), 0)
    array = array + rng.normal(0, rng.uniform(0, 0.04), array.shape).astype(np.float32) * (array > 0)
    return np.ascontiguousarray(array, np.float32), rows


def detector_loss(
    network: torch.nn.Module, prepared: list[TrainingArrays], rng: np.random.Generator
) -> tuple[torch.Tensor, dict[str, float]]:
    """Loss of a batch with random changes, and its parts."""
    images, targets = batch_of(prepared, rng)
    return detection_loss(forward(network, images).cpu(), (SIZE,) * 3, targets)


def train_detector(
    out: str | Path,
    patients: int = 80,
    steps: int = 1800,
    seed: int = 2026,
    work: str | Path = "out/segment",
    progress: Progress | None = None,
    start: str | Path | None = None,
) -> dict[str, Any]:
    """Simulate, train, choose thresholds on validation patients, write the bundle.

    Args:
        out: folder of the bundle.
        patients: simulated; an eighth of them validates.
        steps: batches of four volumes.
        seed: of patients and training.
        work: folder for the patients (shared with the outliner), checkpoint and ``log.csv``.
        start: bundle whose weights are trained further, at a third of the learning rate; random ones if left out.

    Returns:
        ``bundle`` (path) and ``metrics`` on validation patients (name to value, low, high).

    Raises:
        InputError: a bundle that cannot be used.
    """
    report = progress or (lambda _share, _text: None)
    before = None if start is None else load_detector(start)
    schedule = Schedule(steps, learning_rate=2e-3 if before is None else 7e-4)
    network, log, held = train_on_patients(
        "detector" if before is None else f"detector-from-{bundle_of(before).sha256[:8]}",
        lambda: Yolox3d(WIDTH),
        DOMAIN,
        prepare,
        detector_loss,
        schedule,
        patients=patients,
        seed=seed,
        work=Path(work),
        report=report,
        start=None if before is None else before.network.state_dict(),
    )
    thresholds, metrics = validate(network, held, seed)
    more = "" if start is None else f" --start {Path(start).name}"
    command = f"onfh train detector --patients {patients} --steps {steps} --seed {seed}{more} --out BUNDLE"
    earlier = None if before is None else before.bundle
    story = network_cards.TrainingHistory(patients - len(held), command, log, started_from=earlier)
    bundle = save_bundle(
        out,
        network_cards.detector_metadata(metrics, story),
        network_cards.detector_card(metrics, thresholds, story),
        state_dict=half_precision_state(network),
        inference=network_cards.detector_inference(thresholds, WIDTH),
    )
    return {"bundle": str(bundle.path), "metrics": metrics, "steps": len(log)}


def validate(
    network: torch.nn.Module, bank: PatientBank, seed: int, volumes: int = VALIDATION_VOLUMES
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Thresholds with the fewest misses and false boxes together, and the figures at them."""
    detector = Detector(network.eval(), 0.05, 0.05)
    stream = random_volumes(bank, seed + 1, DOMAIN)
    evaluated: dict[int, list[tuple[float, bool, float]]] = {0: [], 1: []}
    missed: dict[int, list[float]] = {0: [], 1: []}
    side_right: list[bool] = []
    for _ in range(volumes):
        image, rows = prepare(next(stream))
        found = run_network(detector.network, image.astype(np.float32) / 170)
        for kind in (0, 1):
            boxes = best_boxes(found, kind, 0.05)
            _match(
                boxes,
                rows[rows[:, 6] == kind],
                evaluated[kind],
                missed[kind],
                side_right if kind == 0 else [],
            )
    thresholds = {
        name: _best_threshold(evaluated[kind], missed[kind])
        for kind, name in ((0, "threshold"), (1, "prosthesis_threshold"))
    }
    return thresholds, _figures(evaluated[0], missed[0], side_right, thresholds["threshold"], volumes)


def _match(
    boxes: list[np.ndarray],
    wanted: np.ndarray,
    evaluated: list[tuple[float, bool, float]],
    missed: list[float],
    sides: list[bool],
) -> None:
    """Each box is right (with its distance in mm), wrong, or beside a head that is to be ignored."""
    best = dict.fromkeys(range(len(wanted)), 0.0)
    for box in boxes:
        middle = 0.5 * (box[:3] + box[3:6])
        distances = [float(np.linalg.norm(middle - 0.5 * (w[:3] + w[3:6]))) for w in wanted]
        nearest = int(np.argmin(distances)) if distances else -1
        if nearest >= 0 and distances[nearest] < 0.5 * (wanted[nearest][3] - wanted[nearest][0]):
            if wanted[nearest][8]:
                continue
            if best[nearest] == 0.0:
                best[nearest] = float(box[6])
                evaluated.append((float(box[6]), True, distances[nearest] * SPACING_MM))
                sides.append((box[9] > 0.5) == bool(wanted[nearest][7]))
        else:
            evaluated.append((float(box[6]), False, np.nan))
    missed.extend(score for i, score in best.items() if not wanted[i][8])


def _best_threshold(evaluated: list[tuple[float, bool, float]], found: list[float]) -> float:
    """A miss costs as much as five false boxes, since the outliner looks at every box and a miss is final."""
    grid = np.linspace(0.1, 0.9, 33)
    wrong = np.array([score for score, right, _ in evaluated if not right])
    costs = [5 * (np.array(found) < t).sum() + (wrong >= t).sum() for t in grid]
    best = np.flatnonzero(np.array(costs) == min(costs))
    return float(round(grid[best[len(best) // 2]], 3))


def _figures(
    evaluated: list[tuple[float, bool, float]],
    found: list[float],
    sides: list[bool],
    threshold: float,
    volumes: int,
) -> dict[str, dict[str, float]]:
    from ONFHAssistLib.evaluate.binary.discrimination import wilson_interval

    hits = int((np.array(found) >= threshold).sum())
    wrong = sum(1 for score, right, _ in evaluated if not right and score >= threshold)
    distances = np.array([d for score, right, d in evaluated if right and score >= threshold])
    if not len(distances):
        raise InputError(
            "The detector finds none of the validation patients' heads; train it for more steps."
        )
    figures = {}
    for name, part, whole in (
        ("sensitivity", hits, len(found)),
        ("false_boxes_per_volume", wrong, volumes),
        ("side_from_anatomy", sum(sides), len(sides)),
    ):
        low, high = wilson_interval(part, whole)
        figures[name] = {"value": part / max(whole, 1), "low": float(low), "high": float(high)}
    low, high = np.percentile(distances, [25, 75])
    figures["centre_error_mm"] = {
        "value": float(np.median(distances)),
        "low": float(low),
        "high": float(high),
    }
    return figures


assert SIZE % SIZE_MULTIPLE == 0
