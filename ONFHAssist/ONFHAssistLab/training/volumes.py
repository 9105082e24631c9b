"""What the training of detector and outliner share: a stream of simulated volumes, a resumable loop, the average weights.

Volumes are rendered in their own process while the network learns; each is used a few times, since on two cores making
one takes as long as learning from it.
"""

from __future__ import annotations

import csv
import math
import multiprocessing
import queue
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress

from ..simulate.acquisition.domain import Domain
from ..simulate.acquisition.randomise import PatientBank, Sample, random_volumes
from ..simulate.anatomy.patient import PatientParameters, build_patient, draw_patient

TrainingArrays = tuple[np.ndarray, ...]
BANK_SPACING_MM = 1.25
VALIDATION_SHARE = 0.12


class Stream(Protocol):
    """Where batches come from."""

    def draw(self, count: int) -> list[TrainingArrays]:
        """``count`` volumes."""

    def close(self) -> None:
        """No more are needed."""


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Attributes:
        steps: batches in all.
        batch_size: volumes in one.
        learning_rate: highest learning rate; a linear start over the first 3%, then a cosine down to a hundredth.
        reuse: how often each volume is learnt from, on average.
        decay: of the exponential moving average of the weights.
        checkpoint_every: steps between checkpoints.
    """

    steps: int
    batch_size: int = 4
    learning_rate: float = 2e-3
    reuse: float = 4.0
    decay: float = 0.998
    checkpoint_every: int = 50

    def __post_init__(self) -> None:
        if self.steps < 1 or self.batch_size < 1:
            raise InputError(
                f"{self.steps} steps of {self.batch_size} volumes are too few; use 1 and 1 or more."
            )


def patient_bank(work: Path, count: int, seed: int, report: Progress) -> PatientBank:
    """The bank of ``count`` simulated patients in ``work``/bank-SEED, built one by one where it is not there yet."""
    folder = work / f"bank-{seed}"
    for number in range(count):
        path = folder / f"patient_{number:04d}.npz"
        if not path.is_file():
            report(number / count, f"Simulating patient {number + 1} of {count}")
            one = PatientBank([build_patient(_parameters(seed, number), BANK_SPACING_MM)])
            one.save_patient(0, path)
    return PatientBank.load(folder, count)


def _parameters(seed: int, number: int) -> PatientParameters:
    """A random patient; every tenth is one with a prosthesis, which are rarer among the random ones."""
    draw = 1_000_000_000 + seed * 1000 + number
    wanted = draw_patient(draw)
    while number % 10 == 9 and not any(wanted.hip(side).prosthesis for side in ("R", "L")):
        draw += 1000
        wanted = draw_patient(draw)
    return wanted


@dataclass(frozen=True)
class Further:
    """Another endless source of prepared volumes beside the simulated ones.

    Attributes:
        volumes: seed to the volumes; called in the process that renders.
        share: of it among all volumes, 0..1.
    """

    volumes: Callable[[int], Iterator[TrainingArrays]]
    share: float


class VolumeStream:
    """Prepared volumes from another process, kept a while and drawn at random.

    Args:
        bank: patients.
        domain: of the random volumes.
        seed: of the stream.
        prepare: sample to arrays; runs in the other process.
        reuse: how often each is used on average.
        keep: how many are kept.
        further: another source of prepared volumes, and its share.
    """

    def __init__(
        self,
        bank: PatientBank,
        domain: Domain,
        seed: int,
        prepare: Callable[[Sample], TrainingArrays],
        reuse: float = 4.0,
        keep: int = 240,
        further: Further | None = None,
    ) -> None:
        # The bank is shared with the child by fork where there is one; elsewhere it travels once.
        method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
        context: Any = multiprocessing.get_context(method)
        self._queue = context.Queue(maxsize=24)
        self._process = context.Process(
            target=_render, args=(bank, domain, seed, prepare, self._queue, further), daemon=True
        )
        self._process.start()
        self._kept: list[TrainingArrays] = []
        self._keep, self._reuse, self._debt = keep, reuse, 0.0
        self._rng = np.random.default_rng([seed, 17])

    def draw(self, count: int) -> list[TrainingArrays]:
        """``count`` volumes, of which 1/reuse are new."""
        self._debt += count / self._reuse
        fresh: list[TrainingArrays] = []
        while self._debt >= 1.0 or len(self._kept) + len(fresh) < count:
            fresh.append(self._next())
            self._debt = max(self._debt - 1.0, 0.0)
        old = count - len(fresh)
        chosen: list[int] = self._rng.choice(len(self._kept), old, replace=False).tolist() if old > 0 else []
        batch = [*fresh[:count], *(self._kept[i] for i in chosen)]
        self._kept = (self._kept + fresh)[-self._keep :]
        return batch

    def _next(self) -> TrainingArrays:
        while True:
            try:
                return self._queue.get(timeout=5.0)
            except queue.Empty:
                if not self._process.is_alive():
                    raise RuntimeError(
                        f"The process that makes the volumes ended (code {self._process.exitcode})."
                    ) from None

    def close(self) -> None:
        """End the process."""
        self._process.terminate()
        self._process.join(5)


def _render(
    bank: PatientBank, domain: Domain, seed: int, prepare: Callable, volumes: Any, further: Further | None
) -> None:
    torch.set_num_threads(1)
    simulated = random_volumes(bank, seed, domain)
    other = iter(()) if further is None else further.volumes(seed)
    rng = np.random.default_rng([seed, 19])
    while True:
        mine = further is not None and rng.random() < further.share
        volumes.put(next(other) if mine else prepare(next(simulated)))


def device() -> torch.device:
    """A GPU where there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def forward(network: torch.nn.Module, images: torch.Tensor) -> torch.Tensor:
    """Output in single precision; computed in bfloat16 where the machine has it in hardware."""
    place = next(network.parameters()).device
    half = place.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()
    images = images.to(place, memory_format=torch.channels_last_3d)
    with torch.autocast(place.type, torch.bfloat16, enabled=half):
        return network(images).float()


class AverageWeights:
    """Exponential moving average of parameters and buffers, with a warm start."""

    def __init__(self, network: torch.nn.Module, decay: float) -> None:
        self.state = {k: v.detach().clone() for k, v in network.state_dict().items()}
        self.decay, self.updates = decay, 0

    def update(self, network: torch.nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for key, value in network.state_dict().items():
            if value.is_floating_point():
                self.state[key].lerp_(value.detach(), 1 - decay)
            else:
                self.state[key].copy_(value)


def train_on_patients(
    name: str,
    build: Callable[[], torch.nn.Module],
    domain: Domain,
    prepare: Callable[[Sample], TrainingArrays],
    loss_of: Callable[
        [torch.nn.Module, list[TrainingArrays], np.random.Generator], tuple[torch.Tensor, dict[str, float]]
    ],
    schedule: Schedule,
    *,
    patients: int,
    seed: int,
    work: Path,
    report: Progress,
    start: Mapping[str, torch.Tensor] | None = None,
    mixed: Callable[[VolumeStream], Stream] = lambda simulated: simulated,
    further: Further | None = None,
) -> tuple[torch.nn.Module, list[dict[str, float]], PatientBank]:
    """Simulate patients, train a network on all but an eighth of them.

    Args:
        name: of the training; its checkpoint and log go to ``work``/NAME-SEED-STEPS.
        build: makes the untrained network.
        prepare: and ``loss_of``: see :class:`VolumeStream` and :func:`train_network`.
        patients: all of them; ``work`` keeps them.
        start: weights to go on from; random ones if left out.
        mixed: adds other volumes to the simulated ones, in the process that learns.
        further: the same, in the process that renders, where making them takes long.

    Returns:
        The network, its log, and the patients that were held back.
    """
    folder = work / f"{name}-{seed}-{schedule.steps}"
    folder.mkdir(parents=True, exist_ok=True)
    bank = patient_bank(work, patients, seed, lambda f, t: report(0.2 * f, t))
    held = max(1, round(VALIDATION_SHARE * patients))
    torch.manual_seed(seed)
    network = build()
    if start is not None:
        network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in start.items()})
    stream = mixed(
        VolumeStream(bank.part(slice(held, None)), domain, seed, prepare, schedule.reuse, further=further)
    )
    try:
        log = train_network(
            network, stream, loss_of, schedule, folder, seed, lambda f, t: report(0.2 + 0.7 * f, t)
        )
    finally:
        stream.close()
    report(0.9, "Judging on validation patients")
    return network, log, bank.part(slice(0, held))


def train_network(
    network: torch.nn.Module,
    stream: Stream,
    loss_of: Callable[
        [torch.nn.Module, list[TrainingArrays], np.random.Generator], tuple[torch.Tensor, dict[str, float]]
    ],
    schedule: Schedule,
    work: Path,
    seed: int,
    report: Progress,
) -> list[dict[str, float]]:
    """Train ``network`` in place to the average weights; returns the log.

    Args:
        stream: of prepared volumes.
        loss_of: network, batch and a random generator to loss and its parts.
        work: folder of ``checkpoint.pt`` and ``log.csv``; a run that was interrupted goes on there.
        seed: of the augmentation.
    """
    network.to(device(), memory_format=torch.channels_last_3d)  # type: ignore[call-overload]  # in PyTorch's manual, not in its types
    optimiser = torch.optim.AdamW(network.parameters(), lr=schedule.learning_rate, weight_decay=1e-4)
    warm = max(1, int(0.03 * schedule.steps))

    def factor(step: int) -> float:
        if step < warm:
            return (step + 1) / warm
        return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, schedule.steps - warm)))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, factor)
    average = AverageWeights(network, schedule.decay)
    log = _resume(work / "checkpoint.pt", network, optimiser, scheduler, average, schedule)
    start = int(log[-1]["step"]) if log else 0
    sums: dict[str, float] = {}
    began = time.perf_counter()
    network.train()
    for step in range(start, schedule.steps):
        rng = np.random.default_rng([seed, step, 23])
        loss, parts = loss_of(network, stream.draw(schedule.batch_size), rng)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
        optimiser.step()
        scheduler.step()
        average.update(network)
        for name, value in {"loss": float(loss.detach()), **parts}.items():
            sums[name] = sums.get(name, 0.0) + value
        if (step + 1) % schedule.checkpoint_every == 0 or step + 1 == schedule.steps:
            count = (step % schedule.checkpoint_every) + 1
            seconds = time.perf_counter() - began
            log.append(
                {
                    "step": step + 1,
                    **{k: round(v / count, 4) for k, v in sums.items()},
                    "seconds": round(seconds),
                }
            )
            sums = {}
            _checkpoint(work / "checkpoint.pt", network, optimiser, scheduler, average, log, schedule)
            _write_log(work / "log.csv", log)
            report(
                (step + 1) / schedule.steps,
                f"Step {step + 1} of {schedule.steps}: loss {log[-1]['loss']:.3f}",
            )
    network.load_state_dict(average.state)
    network.cpu().eval()
    return log


def _resume(
    path: Path,
    network: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    average: AverageWeights,
    schedule: Schedule,
) -> list[dict[str, float]]:
    if not path.is_file():
        return []
    stored = torch.load(path, map_location="cpu", weights_only=True)
    if stored["steps"] != schedule.steps:
        raise InputError(
            f"{path} is from a training of {stored['steps']} steps, not {schedule.steps}; finish it or choose another "
            "--work folder."
        )
    network.load_state_dict(stored["network"])
    optimiser.load_state_dict(stored["optimiser"])
    scheduler.load_state_dict(stored["scheduler"])
    average.state, average.updates = stored["average"], stored["updates"]
    return stored["log"]


def _checkpoint(
    path: Path,
    network: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    scheduler: torch.optim.lr_scheduler.LRScheduler,
    average: AverageWeights,
    log: list[dict[str, float]],
    schedule: Schedule,
) -> None:
    states = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "scheduler": scheduler.state_dict(),
        "average": average.state,
        "updates": average.updates,
        "log": log,
        "steps": schedule.steps,
    }
    with atomic_file(path) as part:
        torch.save(states, part)


def _write_log(path: Path, log: list[dict[str, float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(log[0]))
        writer.writeheader()
        writer.writerows(log)


def half_precision_state(network: torch.nn.Module) -> dict[str, torch.Tensor]:
    """The weights in half precision, as bundles hold them."""
    return {k: v.half() if v.is_floating_point() else v for k, v in network.state_dict().items()}
