"""Fine-tuning the backbone of the deep features on simulated hips: ``onfh train backbone``.

Each simulated hip gives the slice with its largest femoral head from two MR series of different scanners and planes and
from an AP radiograph, cropped as :mod:`.deep` crops; the network learns to tell the stages 0, I and II. The scanner kept
for testing is never used. Cropped hips are kept in a work folder, and training writes a checkpoint after every epoch, so
that an interrupted run goes on where it stopped.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.extract import deep
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, SIDES

from . import backbone_card
from .backbone_card import GREY_MEAN, GREY_SD, INPUT_SIZE, STAGES

if TYPE_CHECKING:
    import torch

HELD_OUT_SCANNER = "signa"
VALIDATION_SHARE = 0.2
CROP_PIXELS = 160  # pixels of a stored crop; training cuts INPUT_SIZE out of it at a random place


@dataclass(frozen=True)
class Hips:
    """Crops (n, CROP_PIXELS, CROP_PIXELS) uint8, stages (n,) 0..2, patients (n,), and what made each crop."""

    crops: np.ndarray
    stages: np.ndarray
    patients: np.ndarray
    sources: np.ndarray


def train_backbone(
    out: str | Path,
    patients: int = 300,
    epochs: int = 20,
    seed: int = 2026,
    work: str | Path = "out/backbone",
    workers: int = 1,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Simulate, train, write the bundle.

    Args:
        out: folder of the bundle.
        patients: simulated patients, both hips of each; a fifth of them validates.
        epochs: of stochastic gradient descent with a cosine schedule.
        seed: of the patients and the training.
        work: folder for the crops, the checkpoint and ``log.csv``.
        workers: processes that simulate.

    Returns:
        ``bundle`` (path) and ``metrics`` of the validation patients (name to value, low, high).
    """
    if patients < 10 or epochs < 1:
        raise InputError(
            f"{patients} patients and {epochs} epochs are too few; use 10 patients and 1 epoch or more."
        )
    report = progress or (lambda _fraction, _text: None)
    work = Path(work)
    work.mkdir(parents=True, exist_ok=True)
    hips = _collect(patients, seed, work, workers, lambda f, t: report(0.5 * f, t))
    network, log = _train(hips, epochs, seed, work, lambda f, t: report(0.5 + 0.49 * f, t))
    metrics = _validate(network, hips, seed)
    state = {
        key: value.half() if value.is_floating_point() else value
        for key, value in network.state_dict().items()
    }
    command = f"onfh train backbone --patients {patients} --epochs {epochs} --seed {seed} --out BUNDLE"
    bundle = save_bundle(
        out,
        backbone_card.metadata(metrics, patients, command),
        backbone_card.model_card(metrics, patients, len(hips.crops), log, command),
        state_dict=state,
        inference=backbone_card.inference(),
    )
    report(1.0, "Bundle written")
    return {"bundle": str(bundle.path), "metrics": metrics}


# data ---------------------------------------------------------------------------------------------------


def _collect(patients: int, seed: int, work: Path, workers: int, report: Progress) -> Hips:
    files = [work / f"patient-{seed}-{number:04d}.npz" for number in range(patients)]
    missing = [(seed, number, str(file)) for number, file in enumerate(files) if not file.is_file()]
    if workers > 1 and missing:
        with ProcessPoolExecutor(workers) as pool:
            for done, _ in enumerate(pool.map(_write_patient, missing, chunksize=4)):
                report(done / len(missing), f"Patient {done + 1} of {len(missing)}")
    else:
        for done, job in enumerate(missing):
            report(done / len(missing), f"Patient {done + 1} of {len(missing)}")
            _write_patient(job)
    crops, stages, owners, sources = [], [], [], []
    for number, file in enumerate(files):
        with np.load(file, allow_pickle=False) as stored:
            crops.append(stored["crops"])
            stages.append(stored["stages"])
            sources.append(stored["sources"])
            owners.append(np.full(len(stored["stages"]), number))
    return Hips(*(np.concatenate(part) for part in (crops, stages, owners, sources)))


def _write_patient(job: tuple[int, int, str]) -> None:
    seed, number, name = job
    path = Path(name)
    samples = list(patient_crops(seed, number))
    with atomic_file(path) as part:
        np.savez_compressed(
            part,
            crops=np.stack([np.round(255 * crop).astype(np.uint8) for crop, _, _ in samples]),
            stages=np.array([stage for _, stage, _ in samples], np.int64),
            sources=np.array([source for _, _, source in samples]),
        )


def patient_crops(seed: int, number: int) -> Iterator[tuple[np.ndarray, int, str]]:
    """(crop 0..1, stage 0..2, protocol) of both hips of one simulated patient in two MR series and a radiograph."""
    from ..simulate.acquisition.mri import PROTOCOLS, acquire, truth_labels
    from ..simulate.acquisition.radiograph import radiograph
    from ..simulate.anatomy.patient import build_patient, draw_patient

    rng = np.random.default_rng([seed, number, 5])
    kinds = [STAGES[(number + shift) % 3] for shift in rng.permutation(3)[:2]]
    patient = build_patient(draw_patient(int(rng.integers(2**31)), right=kinds[0], left=kinds[1]))
    names = [name for name in PROTOCOLS if not name.startswith(HELD_OUT_SCANNER)]
    series = ["dlr_t2fs" if number % 2 else str(rng.choice(names)), str(rng.choice(names))]
    for protocol in series:
        image = acquire(patient, PROTOCOLS[protocol], seed=int(rng.integers(2**31)))
        yield from _crops_of(image, truth_labels(patient, image), patient.truth, protocol, rng)
    image, heads = radiograph(patient, seed=int(rng.integers(2**31)))
    yield from _crops_of(image, heads, patient.truth, "radiograph", rng)


def _crops_of(
    image, labels, truth, source: str, rng: np.random.Generator
) -> Iterator[tuple[np.ndarray, int, str]]:
    for side in SIDES:
        wanted = (HEAD[side], NECROSIS[side])
        if np.isin(labels.array, wanted).any():
            margin = deep.MARGIN + float(rng.uniform(-0.03, 0.05))  # outlines differ from reader to reader
            picture = deep.region_picture(image, labels, wanted, margin, CROP_PIXELS)
            yield picture.pixels, STAGES.index(truth[side]["stage"]), source


# training -----------------------------------------------------------------------------------------------


def _is_validation(patients: np.ndarray) -> np.ndarray:
    """Every fifth patient validates; both hips and all series of a patient stay together."""
    return patients % round(1 / VALIDATION_SHARE) == 0


def _train(
    hips: Hips, epochs: int, seed: int, work: Path, report: Progress
) -> tuple[torch.nn.Module, list[dict]]:
    import torch

    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    network = deep.build_network(len(STAGES))
    optimiser = torch.optim.SGD(network.parameters(), lr=0.02, momentum=0.9, weight_decay=5e-4, nesterov=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, epochs)
    log, start = _resume(work / f"checkpoint-{seed}-{epochs}.pt", network, optimiser, schedule)
    train = np.flatnonzero(~_is_validation(hips.patients))
    for epoch in range(start, epochs):
        rng = np.random.default_rng([seed, epoch, 9])
        loss = _epoch(network, optimiser, hips, rng.permutation(train), rng)
        schedule.step()
        held = np.flatnonzero(_is_validation(hips.patients))
        accuracy = float((_probabilities(network, hips, held).argmax(1) == hips.stages[held]).mean())
        log.append({"epoch": epoch + 1, "loss": round(loss, 4), "validation_accuracy": round(accuracy, 4)})
        _checkpoint(work / f"checkpoint-{seed}-{epochs}.pt", network, optimiser, schedule, log)
        _write_log(work / "log.csv", log)
        report((epoch + 1) / epochs, f"Epoch {epoch + 1} of {epochs}: validation accuracy {accuracy:.2f}")
    return network.eval(), log


def _epoch(
    network, optimiser, hips: Hips, order: np.ndarray, rng: np.random.Generator, batch: int = 32
) -> float:
    import torch

    network.train()
    losses = []
    for start in range(0, len(order) - 1, batch):
        chosen = order[start : start + batch]
        inputs = normalised(np.stack([augmented(hips.crops[i], rng) for i in chosen]))
        targets = torch.from_numpy(hips.stages[chosen])
        loss = torch.nn.functional.cross_entropy(network(inputs), targets, label_smoothing=0.05)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss.detach()))
    return float(np.mean(losses))


def augmented(crop: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random part, mirrored at random (left and right hips look alike), with another brightness and some noise."""
    size = int(rng.integers(INPUT_SIZE, CROP_PIXELS + 1))
    row, column = rng.integers(0, CROP_PIXELS - size + 1, 2)
    part = crop[row : row + size, column : column + size].astype(np.float32) / 255
    index = np.linspace(0, size - 1, INPUT_SIZE).round().astype(int)
    part = part[np.ix_(index, index)]
    if rng.random() < 0.5:
        part = part[:, ::-1]
    part = np.clip(part, 0, 1) ** float(np.exp(rng.normal(0, 0.2))) * float(rng.uniform(0.85, 1.15))
    return np.clip(part + rng.normal(0, rng.uniform(0, 0.04), part.shape), 0, 1).astype(np.float32)


def normalised(grey: np.ndarray) -> torch.Tensor:
    """Pictures (n, pixels, pixels) in 0..1 as the network's three channels."""
    import torch

    return ((torch.from_numpy(np.ascontiguousarray(grey))[:, None] - GREY_MEAN[0]) / GREY_SD[0]).expand(
        -1, 3, -1, -1
    )


def whole(crops: np.ndarray) -> np.ndarray:
    """Stored crops (n, CROP_PIXELS, CROP_PIXELS) uint8 as pictures (n, INPUT_SIZE, INPUT_SIZE) in 0..1."""
    index = np.linspace(0, CROP_PIXELS - 1, INPUT_SIZE).round().astype(int)
    return crops[:, index][:, :, index].astype(np.float32) / 255


def _probabilities(network: torch.nn.Module, hips: Hips, chosen: np.ndarray) -> np.ndarray:
    import torch

    network.eval()
    with torch.inference_mode():
        parts = [
            torch.softmax(network(normalised(whole(hips.crops[chosen[i : i + 64]]))), 1).numpy()
            for i in range(0, len(chosen), 64)
        ]
    return np.concatenate(parts)


def _resume(path: Path, network, optimiser, schedule) -> tuple[list[dict], int]:
    import torch

    if not path.is_file():
        return [], 0
    stored = torch.load(path, map_location="cpu", weights_only=True)
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    schedule.load_state_dict(stored["schedule"])
    return stored["log"], len(stored["log"])


def _checkpoint(path: Path, network, optimiser, schedule, log: list[dict]) -> None:
    import torch

    states = {"network": network, "optimiser": optimiser, "schedule": schedule}
    with atomic_file(path) as part:
        torch.save({**{name: thing.state_dict() for name, thing in states.items()}, "log": log}, part)


def _write_log(path: Path, log: list[dict]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(log[0]))
        writer.writeheader()
        writer.writerows(log)


# what it is worth ---------------------------------------------------------------------------------------


def _validate(network: torch.nn.Module, hips: Hips, seed: int) -> dict[str, dict[str, float]]:
    """Accuracy and one-against-rest AUC on the validation patients, intervals by bootstrap of patients."""
    from ONFHAssistLib.evaluate.binary.discrimination import auc

    held = np.flatnonzero(_is_validation(hips.patients))
    probability, stages, owners = _probabilities(network, hips, held), hips.stages[held], hips.patients[held]

    def figures(rows: np.ndarray) -> list[float]:
        areas = [
            float(auc((stages[rows] == k).astype(int), probability[rows, k])) for k in range(len(STAGES))
        ]
        return [float((probability[rows].argmax(1) == stages[rows]).mean()), float(np.mean(areas)), *areas]

    names = ["accuracy", "auc_macro", *(f"auc_stage_{stage}" for stage in STAGES)]
    rng = np.random.default_rng(seed)
    rows_of = {owner: np.flatnonzero(owners == owner) for owner in np.unique(owners)}
    drawn = []
    for _ in range(300):
        rows = np.concatenate([rows_of[o] for o in rng.choice(list(rows_of), len(rows_of))])
        if len(np.unique(stages[rows])) == len(STAGES):
            drawn.append(figures(rows))
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    values = figures(np.arange(len(held)))
    return {
        name: {"value": values[i], "low": float(low[i]), "high": float(high[i])}
        for i, name in enumerate(names)
    }
