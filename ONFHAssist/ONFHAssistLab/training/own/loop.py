"""The training itself: gentle steps from given weights, each a function of the seed and its number alone.

So a training that was interrupted goes on as if it had not been, and several processes make the same steps as one. The
statistics of batch normalisation stay those of the start: a batch of a few hips of one scanner would replace what many
contrasts taught. What is kept at the end is the average of the weights (:class:`..volumes.AverageWeights`).
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from ONFHAssistLib.core.atomic_files import atomic_file, write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress

from ..volumes import AverageWeights
from .team import Team

CURVES, CHECKPOINT_FILES = "curves.jsonl", "network-*.pt"
CHECKPOINTS = 20  # in a training
WARM_SHARE = 0.1
CLIP = 5.0
DECAY = 0.98  # of the average of the weights: about the last fifty steps


@dataclass(frozen=True)
class Pace:
    """How long and how fast.

    Attributes:
        steps: batches. batch_size: samples in one, over all processes together.
        learning_rate: highest; a linear start over the first tenth, then a cosine down to a hundredth.
    """

    steps: int
    batch_size: int
    learning_rate: float

    def __post_init__(self) -> None:
        if self.steps < 1 or self.batch_size < 1 or not self.learning_rate > 0:
            raise InputError(
                f"{self.steps} steps of {self.batch_size} samples at a learning rate of {self.learning_rate:g} are no "
                "training; positive numbers are needed."
            )

    def rate(self, step: int) -> float:
        """Of the learning rate at a step, 0..1."""
        warm = max(1, round(WARM_SHARE * self.steps))
        if step < warm:
            return (step + 1) / warm
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, self.steps - warm)))


class Lesson(Protocol):
    """What a network learns from."""

    def sample(self, number: int, rng: np.random.Generator) -> Any:
        """One sample for the network of this number, drawn by ``rng`` alone."""

    def losses(self, network: torch.nn.Module, samples: list[Any]) -> tuple[torch.Tensor, dict[str, float]]:
        """Loss of each sample, (n,), and parts of their mean for the curves."""


def train_further(
    network: torch.nn.Module,
    lesson: Lesson,
    pace: Pace,
    work: Path,
    seed: int,
    team: Team,
    report: Progress,
    number: int = 0,
) -> float:
    """Train ``network`` in place to the average weights; the seconds that it took in this process.

    Args:
        work: folder of the checkpoint and of the curves; what is there is taken up.
        number: of the network among those that are trained, for its files and samples.
    """
    network.to(team.place)
    optimiser = torch.optim.AdamW(network.parameters(), lr=pace.learning_rate, weight_decay=1e-5)
    average = AverageWeights(network, DECAY)
    file = work / f"network-{number}.pt"
    start = _resume(file, network, optimiser, average, pace)
    curves = work / CURVES
    if team.leads:
        _keep_lines(curves, number, start)
    team.wait()
    shared = team.shared(network)
    mine = range(team.rank, -(-pace.batch_size // team.size) * team.size, team.size)
    began = time.perf_counter()
    for step in range(start, pace.steps):
        shared.train()
        freeze_statistics(network)
        rngs = [np.random.default_rng([seed, number, step, one, 61]) for one in mine]
        loss, parts = one_step(shared, lesson, optimiser, pace, step, number, rngs)
        average.update(network)
        if not team.leads:
            continue
        line = {"network": number, "step": step + 1, "of": pace.steps, "loss": loss, **parts}
        _add_line(curves, {**line, "seconds": round(time.perf_counter() - began, 1)})
        if (step + 1) % max(1, pace.steps // CHECKPOINTS) == 0 or step + 1 == pace.steps:
            _checkpoint(file, network, optimiser, average, pace, step + 1)
        report((step + 1) / pace.steps, f"Step {step + 1} of {pace.steps}: loss {loss:.3f}")
    team.wait()
    network.load_state_dict(average.state)
    network.cpu().eval()
    return time.perf_counter() - began


def one_step(
    network: torch.nn.Module,
    lesson: Lesson,
    optimiser: torch.optim.Optimizer,
    pace: Pace,
    step: int,
    number: int,
    rngs: Sequence[np.random.Generator],
) -> tuple[float, dict[str, float]]:
    """One batch, a sample for each generator; its mean loss and the parts of it."""
    for group in optimiser.param_groups:
        group["lr"] = pace.learning_rate * pace.rate(step)
    each, parts = lesson.losses(network, [lesson.sample(number, rng) for rng in rngs])
    optimiser.zero_grad()
    each.mean().backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
    optimiser.step()
    return float(each.detach().mean()), parts


def freeze_statistics(network: torch.nn.Module) -> None:
    """Batch normalisation with the statistics that it has; its scales and shifts still learn."""
    for layer in network.modules():
        if isinstance(layer, torch.nn.modules.batchnorm._BatchNorm):
            layer.eval()


def read_curves(work: Path) -> list[dict[str, float]]:
    """The lines that are whole; a training under way may be writing another."""
    path = Path(work) / CURVES
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def _add_line(path: Path, line: Mapping[str, Any]) -> None:
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(line) + "\n")


def _keep_lines(path: Path, number: int, start: int) -> None:
    """Curves up to the step at which a network's training goes on; those of the other networks stay."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [line for line in read_curves(path.parent) if line["network"] != number or line["step"] <= start]
    write_text(path, "".join(json.dumps(line) + "\n" for line in kept))


def _resume(
    path: Path,
    network: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    average: AverageWeights,
    pace: Pace,
) -> int:
    if not path.is_file():
        return 0
    stored = torch.load(path, map_location="cpu", weights_only=True)
    if stored["pace"] != [pace.steps, pace.batch_size, pace.learning_rate]:
        raise InputError(
            f"{path} is from a training of other steps, batches or learning rate; finish it with those, or choose "
            "another folder for the work."
        )
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    average.state = {key: value.to(average.state[key].device) for key, value in stored["average"].items()}
    average.updates = stored["updates"]
    return int(stored["step"])


def _checkpoint(
    path: Path,
    network: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    average: AverageWeights,
    pace: Pace,
    step: int,
) -> None:
    states = {
        "network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average.state,
        "updates": average.updates, "step": step, "pace": [pace.steps, pace.batch_size, pace.learning_rate],
    }  # fmt: skip
    with atomic_file(path) as part:
        torch.save(states, part)
