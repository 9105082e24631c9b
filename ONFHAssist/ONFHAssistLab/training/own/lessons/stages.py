"""Own staged hips for the stager: the last layer of every network, and the probability of each hip's stage.

What the networks see of a hip (their pooled features) stays as it is, and with it the scope and the heat; learned anew is
how the features are weighed into stages. A few dozen hips of one hospital would bend more than that to their own noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.head import heads_from_labels
from ONFHAssistLib.stage.stager import load_stager
from ONFHAssistLib.stage.temperature import pooled_probability

from ...stage.augment import PERCENTILES, central_crop, make_batch, windowed
from ...stage.data import crop_hip
from ...stage.fit import OURS
from ..cohort import OwnScan, read_outlines
from ..comparison import HipFigure
from ..loop import Pace
from ..stages import STAGES

TRUTH = "probability of the true stage"
RIGHT = "hips of the right stage"  # as a share: whose likeliest stage is the true one


@dataclass(frozen=True)
class StagedHip:
    """A hip with outlines and a stage, 0 to 2; its wide crop and the labels of it."""

    patient: str
    side: str
    stage: int
    crop: np.ndarray
    labels: np.ndarray


class StageLesson:
    """The stager's last layers on own staged hips.

    Args:
        start: bundle whose weights are trained further.
        scans: to learn from; or none, to judge only.
    """

    pace = Pace(80, 16, 1e-3)
    judged_by_outlines = False

    def __init__(self, start: str | None, scans: Sequence[OwnScan], report: Progress) -> None:
        self._start = load_stager(start)
        self.bundle: Bundle = bundle_of(self._start)
        self._members = self._start.network.networks
        self._hips = staged_crops(scans, report)
        self._kinds = sorted({hip.stage for hip in self._hips})

    @property
    def hips(self) -> int:
        """That are learned from; one on several scans is one."""
        return len({(hip.patient, hip.side) for hip in self._hips})

    def networks(self) -> list[torch.nn.Module]:
        """The last layer of every member, with the start's weights."""
        layers = []
        for member in self._members:
            layer = torch.nn.Linear(member.classifier.in_features, member.classifier.out_features)
            layer.load_state_dict(member.classifier.state_dict())
            layers.append(layer)
        return list(layers)

    def sample(self, number: int, rng: np.random.Generator) -> tuple[torch.Tensor, int]:
        """Features (1, size) that a member sees of a hip, changed at random, and its stage; all equally often."""
        kind = self._kinds[int(rng.integers(len(self._kinds)))]
        some = [hip for hip in self._hips if hip.stage == kind]
        hip = some[int(rng.integers(len(some)))]
        x, _ = make_batch(hip.crop[None], hip.labels[None], _window(hip.crop)[None], rng, OURS.augmentation)
        with torch.inference_mode():
            pooled = self._members[number].pooled(x)
        return pooled.clone(), kind

    def losses(self, network: torch.nn.Module, samples: list[Any]) -> tuple[torch.Tensor, dict[str, float]]:
        """Cross-entropy at the start's temperature, so that its calibration is learned on, not undone."""
        place = next(network.parameters()).device
        logits = network(torch.cat([pooled for pooled, _ in samples]).to(place))
        stages = torch.tensor([stage for _, stage in samples], device=place)
        right = float((logits.detach().argmax(1) == stages).float().mean())
        temperature = self._start.network.temperature
        return functional.cross_entropy(logits / temperature, stages, reduction="none"), {"right": right}

    def judge(
        self, networks: Sequence[torch.nn.Module], scans: Sequence[OwnScan], report: Progress
    ) -> dict[str, list[HipFigure]]:
        """Probability that the ensemble gives the true stages, and the share that is right."""
        truth: list[HipFigure] = []
        right: list[HipFigure] = []
        for hip in staged_crops(scans, report):
            x = torch.from_numpy(windowed(central_crop(hip.crop), *_window(hip.crop)))[None, None]
            with torch.inference_mode():
                logits = [
                    layer(own.pooled(x)).numpy() for own, layer in zip(self._members, networks, strict=True)
                ]
            probability = pooled_probability(np.stack(logits), self._start.network.temperature)[0]
            truth.append(HipFigure(hip.patient, hip.side, float(probability[hip.stage])))
            right.append(HipFigure(hip.patient, hip.side, float(probability.argmax() == hip.stage)))
        return {TRUTH: truth, RIGHT: right}

    def state(self, networks: Sequence[torch.nn.Module]) -> dict[str, torch.Tensor]:
        """What the bundle holds: the start's, with the new last layers."""
        state = dict(self.bundle.state_dict())
        for number, layer in enumerate(networks):
            for key, value in layer.state_dict().items():
                state[f"members.{number}.classifier.{key}"] = value
        return state


def staged_crops(scans: Sequence[OwnScan], report: Progress) -> list[StagedHip]:
    """Every hip with outlines and a stage.

    Raises:
        InputError: an unreadable file, outlines on another grid, or no hip with both.
    """
    found = []
    for number, scan in enumerate(scans):
        report(number / len(scans), f"Reading {scan.patient}")
        if not scan.stages:
            continue
        image = read_image(scan.image).require_volume(str(scan.image))
        labels = read_outlines(scan)
        image.require_same_grid(labels, str(scan.image), "its segmentation")
        for head in heads_from_labels(labels):
            stage = scan.stages.get(head.side)
            if stage:
                crop = crop_hip(image, labels, head)
                found.append(StagedHip(scan.patient, head.side, STAGES.index(stage), *crop))
    if scans and not found:
        raise InputError(
            "No hip has outlines and a stage; give the stages as a table with case, side and stage."
        )
    return found


def _window(crop: np.ndarray) -> np.ndarray:
    return np.percentile(central_crop(crop)[::2, ::2, ::2], PERCENTILES)
