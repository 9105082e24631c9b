"""Training 3D-MulDenseNet on a cohort: the study's protocol, and ours, which uses outlines and further simulated
patients.

Study ("study"): one network from scratch on the training patients, focal loss with class weights, Adam with weight
decay, learning rate 1e-2, window level 300 and width 1500, brightness, flips, Gaussian noise; batches of 32 instead
of 100, since a cohort of 270 hips would leave three steps an epoch.

Ours ("ours"): five networks, each leaving out a fifth of the training patients, that start from one network trained
on further simulated patients with varied scanners. They learn, beside the stage, which part of each cell is head and
necrosis (where outlines are at hand), see each stage equally often, and hips shifted, turned, scaled and shaded at
random.

Everything is split by patient. Each phase writes a checkpoint and a line of ``log.csv`` after every epoch.
"""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.stage.muldensenet import MulDenseNet

from .augment import (
    NO_AUGMENTATION,
    PERCENTILES,
    STUDY_AUGMENTATION,
    STUDY_LEVEL,
    STUDY_WIDTH,
    Augmentation,
    central_crop,
    make_batch,
    windowed,
)
from .data import STAGES, StageHips, concatenate_hips

Score = dict[str, float]


@dataclass(frozen=True)
class Recipe:
    """How a network is trained.

    Attributes:
        name: for the card and the log.
        augmentation: see :class:`.augment.Augmentation`.
        learning_rate: highest; it rises over the first tenth and falls by a cosine to nothing.
        weight_decay: of Adam.
        batch_size: hips a step.
        focal: exponent of the focal loss (Lin et al. 2017, ICCV).
        outline_weight: of the loss of the outlines; 0 leaves it out.
        balanced: draw each stage equally often; else weight the loss by class.
        network: arguments of :class:`.muldensenet.MulDenseNet`.
    """

    name: str
    augmentation: Augmentation = field(default_factory=Augmentation)
    learning_rate: float = 2e-3
    weight_decay: float = 1e-3
    batch_size: int = 16
    focal: float = 1.5
    outline_weight: float = 1.0
    balanced: bool = True
    network: dict = field(default_factory=dict)


STUDY = Recipe(
    "study", STUDY_AUGMENTATION, learning_rate=1e-2, weight_decay=1e-4, batch_size=32, focal=2.0, outline_weight=0.0,
    balanced=False, network={"gated": False},
)  # fmt: skip
OURS = Recipe("ours")


class WindowedHips:
    """Hips with their percentile windows, ready for batches."""

    def __init__(self, hips: StageHips) -> None:
        self.hips = hips
        middle = central_crop(hips.crops)
        self.windows = np.stack([np.percentile(crop[::2, ::2, ::2], PERCENTILES) for crop in middle])

    def __len__(self) -> int:
        return len(self.hips)


def assign_folds(patients: np.ndarray, folds: int, seed: int) -> np.ndarray:
    """Which fold each hip is left out in, 0..folds-1; hips of a patient together."""
    unique = np.unique(patients)
    if len(unique) < folds:
        raise InputError(f"{len(unique)} patients for {folds} folds are too few; use fewer folds.")
    order = np.random.default_rng([seed, 17]).permutation(len(unique))
    fold = dict(zip(unique, order % folds, strict=True))
    return np.array([fold[p] for p in patients])


def focal_loss(
    logits: torch.Tensor, target: torch.Tensor, gamma: float, weight: torch.Tensor | None = None
) -> torch.Tensor:
    """Focal loss: cross entropy times (1 - p of the truth) ** gamma (Lin et al. 2017, equation 4).

    A truth of :data:`.data.UNDECIDED` is "I or II": its probability is the sum of both.
    """
    each = functional.log_softmax(logits, dim=1)
    both = torch.logsumexp(each[:, 1:], dim=1, keepdim=True)
    log_p = torch.cat([each, both], dim=1).gather(1, target[:, None])[:, 0]
    loss = -((1 - log_p.exp()) ** gamma) * log_p
    if weight is not None:
        loss = loss * weight[target] / weight[target].mean()
    return loss.mean()


def outline_loss(logits: torch.Tensor, share: torch.Tensor, known: torch.Tensor) -> torch.Tensor:
    """Binary cross entropy plus soft Dice of the shares of head and necrosis, over the hips with outlines."""
    if not bool(known.any()):
        return logits.sum() * 0.0
    logits, share = logits[known], share[known]
    weight = torch.tensor([1.0, 3.0]).view(1, 2, 1, 1, 1)
    entropy = functional.binary_cross_entropy_with_logits(logits, share, weight=weight)
    p = torch.sigmoid(logits)
    overlap = 2 * (p * share).sum((0, 2, 3, 4)) + 1.0
    dice = overlap / ((p**2).sum((0, 2, 3, 4)) + (share**2).sum((0, 2, 3, 4)) + 1.0)
    return entropy + 0.5 * (1 - dice).mean()


def half_precision_helps() -> bool:
    """Whether this processor multiplies bfloat16 in hardware."""
    known = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
    return bool(known is not None and known())


class Trainer:
    """Trains one network phase by phase, each epoch's state on disk.

    Args:
        work: folder for checkpoints and the log.
        seed: of weights and batches.
    """

    def __init__(self, work: str | Path, seed: int) -> None:
        self.work = Path(work)
        self.work.mkdir(parents=True, exist_ok=True)
        self.seed = seed
        self.low_precision = half_precision_helps()

    def run(
        self,
        name: str,
        recipe: Recipe,
        sources: list[tuple[WindowedHips, np.ndarray, float]],
        epochs: int,
        start: MulDenseNet | None = None,
        judge: tuple[WindowedHips, np.ndarray] | None = None,
        progress: Progress | None = None,
    ) -> MulDenseNet:
        """One phase.

        Args:
            name: of checkpoint and log lines.
            sources: hips, the rows that may be drawn, and how many draws an epoch as a share of these rows.
            start: network to go on from; a new one if left out.
            judge: hips and rows whose accuracy is logged; nothing is chosen by it.
        """
        torch.manual_seed(self.seed)
        network = MulDenseNet(**recipe.network)
        if start is not None:
            network.load_state_dict(start.state_dict())
        network.to(memory_format=torch.channels_last_3d)  # type: ignore[call-overload]  # in PyTorch's manual, not in its types
        steps = epochs * -(-sum(round(len(rows) * share) for _, rows, share in sources) // recipe.batch_size)
        optimiser = torch.optim.AdamW(
            network.parameters(), recipe.learning_rate, weight_decay=recipe.weight_decay
        )
        schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: _rate(s, steps))
        file = self.work / f"{name}.pt"
        log = _resume(file, network, optimiser, schedule)
        for epoch in range(len(log), epochs):
            rng = np.random.default_rng([self.seed, epoch, len(name), sum(name.encode())])
            loss = self._epoch(network, optimiser, schedule, recipe, sources, rng)
            line = {"phase": name, "epoch": epoch + 1, "loss": round(loss, 4)}
            if judge is not None:
                line |= self._judged(network, recipe, *judge)
            log.append(line)
            _save(file, network, optimiser, schedule, log)
            _append_log(self.work / "log.csv", line)
            if progress:
                progress((epoch + 1) / epochs, f"{name}: epoch {epoch + 1} of {epochs}, loss {loss:.3f}")
        return network.eval()

    def _epoch(self, network, optimiser, schedule, recipe: Recipe, sources, rng) -> float:
        network.train()
        drawn = [
            (number, row)
            for number, (hips, rows, share) in enumerate(sources)
            for row in _draw(hips.hips.stages, rows, round(len(rows) * share), recipe.balanced, rng)
        ]
        order = rng.permutation(len(drawn))
        stages = np.concatenate([hips.hips.stages[rows] for hips, rows, _ in sources])
        weight = None if recipe.balanced else torch.tensor(_class_weights(stages), dtype=torch.float32)
        losses = []
        for start in range(0, len(order), recipe.batch_size):
            chosen = [drawn[i] for i in order[start : start + recipe.batch_size]]
            if len(chosen) < 4:  # too few for batch normalisation
                continue
            gathered = [(sources[number][0], row) for number, row in chosen]
            x, outlines = make_batch(
                np.stack([h.hips.crops[row] for h, row in gathered]),
                np.stack([h.hips.labels[row] for h, row in gathered]),
                np.stack([h.windows[row] for h, row in gathered]),
                rng,
                recipe.augmentation,
            )
            target = torch.tensor([int(h.hips.stages[row]) for h, row in gathered])
            known = torch.tensor([bool(h.hips.outlined[row]) for h, row in gathered])
            with torch.autocast("cpu", torch.bfloat16, enabled=self.low_precision):
                logits, outline_logits = network.both(x.to(memory_format=torch.channels_last_3d))
            loss = focal_loss(logits.float(), target, recipe.focal, weight)
            if recipe.outline_weight and outline_logits is not None:
                loss = loss + recipe.outline_weight * outline_loss(outline_logits.float(), outlines, known)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            schedule.step()
            losses.append(float(loss.detach()))
        return float(np.mean(losses)) if losses else math.nan  # fewer than four hips make no step

    def _judged(self, network, recipe: Recipe, hips: WindowedHips, rows: np.ndarray) -> Score:
        probability = functional.softmax(
            torch.from_numpy(logits_of(network, hips, rows, recipe.augmentation.study_window == 1.0)), dim=1
        )
        stages = torch.from_numpy(hips.hips.stages[rows])
        right = float((probability.argmax(1) == stages).float().mean())
        nll = float(-probability.gather(1, stages[:, None]).clamp_min(1e-6).log().mean())
        return {"validation_accuracy": round(right, 4), "validation_nll": round(nll, 4)}


def logits_of(
    network: MulDenseNet, hips: WindowedHips, rows: np.ndarray, study_window: bool = False
) -> np.ndarray:
    """(n, 3) logits without augmentation, in single precision."""
    return outputs_of(network, hips, rows, study_window)[0]


def outputs_of(
    network: MulDenseNet, hips: WindowedHips, rows: np.ndarray, study_window: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """Logits (n, 3) and pooled features (n, feature_size) without augmentation."""
    network.eval()
    logits, features = [], []
    with torch.inference_mode():
        for start in range(0, len(rows), 8):
            chosen = rows[start : start + 8]
            crops = central_crop(hips.hips.crops[chosen])
            windows = hips.windows[chosen]
            if study_window:
                windows = np.tile(
                    [STUDY_LEVEL - STUDY_WIDTH / 2, STUDY_LEVEL + STUDY_WIDTH / 2], (len(chosen), 1)
                )
            x = np.stack([windowed(c, *w) for c, w in zip(crops, windows, strict=True)])
            pooled = network.pooled(torch.from_numpy(x)[:, None])
            logits.append(network.classifier(pooled).numpy())
            features.append(pooled.numpy())
    return np.concatenate(logits), np.concatenate(features)


def _draw(
    stages: np.ndarray, rows: np.ndarray, count: int, balanced: bool, rng: np.random.Generator
) -> np.ndarray:
    """Rows of an epoch: each stage equally often, and within a stage every hip before any comes again."""
    if not balanced:
        return rng.permutation(rows)[:count]
    drawn = []
    for stage in np.unique(stages[rows]):
        own = rows[stages[rows] == stage]
        wanted = -(-count // len(np.unique(stages[rows])))
        repeats = -(-wanted // len(own))
        drawn.append(np.concatenate([rng.permutation(own) for _ in range(repeats)])[:wanted])
    return rng.permutation(np.concatenate(drawn))[:count]


def _class_weights(stages: np.ndarray) -> np.ndarray:
    counts = np.bincount(stages, minlength=len(STAGES)).astype(float)
    return counts.sum() / np.maximum(counts, 1) / len(STAGES)


def _rate(step: int, steps: int) -> float:
    warm = max(1, steps // 10)
    if step < warm:
        return (step + 1) / warm
    return 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / max(1, steps - warm)))) + 1e-3


def _resume(file: Path, network, optimiser, schedule) -> list[dict]:
    if not file.is_file():
        return []
    stored = torch.load(file, map_location="cpu", weights_only=True)
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    schedule.load_state_dict(stored["schedule"])
    return stored["log"]


def _save(file: Path, network, optimiser, schedule, log: list[dict]) -> None:
    states = {"network": network, "optimiser": optimiser, "schedule": schedule}
    with atomic_file(file) as part:
        torch.save({**{name: thing.state_dict() for name, thing in states.items()}, "log": log}, part)


def _append_log(file: Path, line: dict) -> None:
    new = not file.is_file()
    with file.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(
            handle, ["phase", "epoch", "loss", "validation_accuracy", "validation_nll"], restval=""
        )
        if new:
            writer.writeheader()
        writer.writerow(line)


__all__ = [
    "NO_AUGMENTATION",
    "OURS",
    "STUDY",
    "Recipe",
    "Trainer",
    "WindowedHips",
    "assign_folds",
    "concatenate_hips",
    "focal_loss",
    "logits_of",
    "outline_loss",
    "outputs_of",
]  # fmt: skip
