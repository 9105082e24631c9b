"""A hospital's part of a federated training: MONAI's client interface around a lesson on its own patients.

Weights come and go, images stay. Whatever carries them (NVIDIA FLARE, Flower, a memory stick) calls ``train`` with the
common weights, ``get_weights`` for what this hospital made of them, and averages the hospitals' weights by how many hips
each has (McMahan et al. 2017, AISTATS: federated averaging). The rounds together are one training of the lesson's pace:
its learning rate falls over all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from monai.fl.client import ClientAlgo
from monai.fl.utils.constants import FlStatistics, WeightType
from monai.fl.utils.exchange_object import ExchangeObject

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import no_progress

from .cohort import OwnScan
from .comparison import by_patient
from .loop import Pace, freeze_statistics, one_step
from .training import LESSONS, OwnLesson

ROUND = "round"  # in ``extra``: number of the round, 0 first


class HospitalAlgo(ClientAlgo):
    """One hospital.

    Args:
        model: of :data:`.training.LESSONS`; one with a single network.
        scans: to learn from. start: bundle whose network it is.
        pace: of all rounds together. rounds: how many there are.
        seed: of the samples; each hospital its own.
    """

    def __init__(
        self,
        model: str,
        scans: Sequence[OwnScan],
        start: str | None,
        pace: Pace | None,
        rounds: int,
        seed: int,
    ) -> None:
        self.lesson: OwnLesson = LESSONS[model](start, scans, no_progress)
        networks = self.lesson.networks()
        if len(networks) != 1 or rounds < 1:
            raise InputError("A federated training is of one network, in one round or more.")
        self.network = networks[0]
        self.pace, self.rounds, self.seed = pace or self.lesson.pace, rounds, seed

    def train(self, data: ExchangeObject, extra: dict[str, Any] | None = None) -> None:
        """The steps of one round from the common weights, with a new optimiser.

        Args:
            data: ``weights``, by the network's own names.
            extra: :data:`ROUND`.
        """
        number = int((extra or {}).get(ROUND, 0))
        steps = -(-self.pace.steps // self.rounds)
        load_weights(self.network, data.weights or {})
        optimiser = torch.optim.AdamW(
            self.network.parameters(), lr=self.pace.learning_rate, weight_decay=1e-5
        )
        for step in range(number * steps, min((number + 1) * steps, self.pace.steps)):
            self.network.train()
            freeze_statistics(self.network)
            rngs = [
                np.random.default_rng([self.seed, 0, step, one, 61]) for one in range(self.pace.batch_size)
            ]
            one_step(self.network, self.lesson, optimiser, self.pace, step, 0, rngs)
        self.network.eval()

    def get_weights(self, extra: dict[str, Any] | None = None) -> ExchangeObject:  # noqa: ARG002 - MONAI's
        """The hospital's weights, with the number of hips by which they count."""
        return ExchangeObject(
            weights={
                key: value.detach().cpu().numpy().copy() for key, value in self.network.state_dict().items()
            },
            weight_type=WeightType.WEIGHTS,
            statistics={FlStatistics.NUM_EXECUTED_ITERATIONS: self.lesson.hips},
        )

    def evaluate(self, data: ExchangeObject, extra: dict[str, Any] | None = None) -> ExchangeObject:
        """Figures of weights on the hospital's patients that ``extra`` names as ``scans``: means over patients."""
        load_weights(self.network, data.weights or {})
        found = self.lesson.judge([self.network.eval()], (extra or {})["scans"], no_progress)
        return ExchangeObject(
            metrics={
                name: float(np.mean(list(by_patient(own).values()))) for name, own in found.items() if own
            }
        )

    def finalize(self, extra: dict[str, Any] | None = None) -> None:
        """Nothing is held open."""


def site_seed(seed: int, site: str) -> int:
    """Of the samples of one hospital, whatever its name: others than those of the next."""
    return int(hashlib.sha256(f"{seed} {site}".encode()).hexdigest()[:8], 16)


def load_weights(network: torch.nn.Module, weights: Mapping[str, Any]) -> None:
    """Weights as arrays or tensors into the network.

    Raises:
        InputError: of another network.
    """
    own = network.state_dict()
    if set(own) != set(weights):
        raise InputError(
            "The weights that came are not of this network; do all hospitals start from the same bundle?"
        )
    network.load_state_dict(
        {key: torch.as_tensor(np.asarray(weights[key])).to(own[key].dtype) for key in own}
    )


def average_weights(parts: Sequence[tuple[Mapping[str, Any], float]]) -> dict[str, np.ndarray]:
    """Federated averaging: weights of each hospital, and how much it counts.

    Raises:
        InputError: nobody counts.
    """
    total = sum(count for _, count in parts)
    if not total > 0:
        raise InputError("No hospital has hips to learn from.")
    found = {}
    for key, value in parts[0][0].items():
        mean = np.sum(
            [np.asarray(weights[key], np.float64) * (count / total) for weights, count in parts], axis=0
        )
        found[key] = np.asarray(mean).astype(np.asarray(value).dtype)
    return found


def share_among(scans: Sequence[OwnScan], hospitals: Sequence[str]) -> dict[str, tuple[OwnScan, ...]]:
    """Patients dealt out to named hospitals in turn, for a simulation; no patient is in two of them.

    Raises:
        InputError: a name comes twice, or there are fewer patients than hospitals.
    """
    patients = sorted({scan.patient for scan in scans})
    if len(set(hospitals)) < len(hospitals) or len(patients) < len(hospitals) or not hospitals:
        raise InputError(
            f"{len(patients)} patients cannot be shared among the hospitals {', '.join(hospitals) or 'none'}; each needs "
            "a name of its own and a patient."
        )
    return {
        name: tuple(scan for scan in scans if patients.index(scan.patient) % len(hospitals) == number)
        for number, name in enumerate(hospitals)
    }
