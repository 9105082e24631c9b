"""Own outlines for the outliner: cubes about each outlined head, and Dice on held-out patients."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.segment.outliner import (
    SIZE,
    SPACING_MM,
    build_network,
    load_outliner,
    probabilities,
    share_of_necrosis,
    sure_pieces,
)

from ...outliner import CUBE, batch_of
from ...own_patients import GREY, OutlinedHip, is_outlined, outlined_hip
from ...volumes import forward
from ..cohort import OwnScan, read_outlines
from ..comparison import HipFigure
from ..loop import Pace

VOXEL_ML = SPACING_MM**3 / 1000
LESION_ML = 1.0  # a Dice of less says little
LESIONS = 0.75  # of the samples are hips with a necrosis, where there are any
WEIGHTS = (1.0, 1.0, 1.5)  # of a voxel of background, head and necrosis in the cross-entropy
SMOOTH = (
    100.0  # voxels in the Dice of one cube: 0.2 ml, so that a healthy head asks for no more than no islands
)
NECROSIS_DICE, HEAD_DICE = "Dice of the necrosis", "Dice of the femoral head"


class OutlineLesson:
    """The outliner on own outlines.

    Args:
        start: bundle whose weights are trained further.
        scans: to learn from; or none, to judge only.
    """

    pace = Pace(250, 4, 3e-4)
    judged_by_outlines = True

    def __init__(self, start: str | None, scans: Sequence[OwnScan], report: Progress) -> None:
        self._start = load_outliner(start)
        self.bundle: Bundle = bundle_of(self._start)
        self._hips = [hip for _, hip in read_hips(scans, report)]
        self._lesions = [hip for hip in self._hips if hip.necrosis is not None]

    @property
    def hips(self) -> int:
        """That are learned from; one on several scans is one."""
        return len({(hip.case, hip.side) for hip in self._hips})

    def networks(self) -> list[torch.nn.Module]:
        """The one network with the start's weights."""
        network = build_network()
        network.load_state_dict(self._start.network.state_dict())
        return [network]

    def sample(self, _number: int, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Cube (1, 1, z, y, x) and labels, turned, scaled, shifted and of another contrast at random."""
        some = self._lesions if self._lesions and rng.random() < LESIONS else self._hips
        return batch_of([some[int(rng.integers(len(some)))].cube(CUBE, SPACING_MM, rng)], rng)

    def losses(self, network: torch.nn.Module, samples: list[Any]) -> tuple[torch.Tensor, dict[str, float]]:
        """Dice of head and necrosis of each cube, and cross-entropy in which necrosis counts one and a half times."""
        images, targets = (torch.cat(part) for part in zip(*samples, strict=True))
        output = forward(network, images)
        targets = targets[:, 0].to(output.device)
        weight = output.new_tensor(WEIGHTS)
        entropy = functional.cross_entropy(output, targets, weight, reduction="none").flatten(1).sum(1)
        entropy = entropy / weight[targets].flatten(1).sum(1)
        share = torch.softmax(output, 1)[:, 1:].flatten(2)
        truth = torch.stack([targets == label for label in (1, 2)], 1).flatten(2).float()
        dice = 1 - (2 * (share * truth).sum(2) + SMOOTH) / (share.sum(2) + truth.sum(2) + SMOOTH)
        parts = {"dice": float(dice.detach().mean()), "entropy": float(entropy.detach().mean())}
        return dice.mean(1) + entropy, parts

    def judge(
        self, networks: Sequence[torch.nn.Module], scans: Sequence[OwnScan], report: Progress
    ) -> dict[str, list[HipFigure]]:
        """Dice of necroses of :data:`LESION_ML` or more, and of heads, at the start's rule for necrosis."""
        necrosis: list[HipFigure] = []
        heads: list[HipFigure] = []
        for scan, hip in read_hips(scans, report):
            image, truth = hip.cube(SIZE, SPACING_MM)
            found = probabilities(networks[0].eval(), image.astype(np.float32) / GREY)
            inside = 1.0 - found[0]
            share = share_of_necrosis(inside, found[2])
            dead = (inside >= 0.5) & (share >= self._start.necrosis_threshold)
            dead, _ = sure_pieces(dead, share, VOXEL_ML, self._start.necrosis_certainty)
            drawn = hip.side in scan.corrected
            heads.append(HipFigure(hip.case, hip.side, _dice(inside >= 0.5, truth > 0), drawn))
            if (truth == 2).sum() * VOXEL_ML >= LESION_ML:
                necrosis.append(HipFigure(hip.case, hip.side, _dice(dead, truth == 2), drawn))
        return {NECROSIS_DICE: necrosis, HEAD_DICE: heads}

    def state(self, networks: Sequence[torch.nn.Module]) -> dict[str, torch.Tensor]:
        """What the bundle holds."""
        return dict(networks[0].state_dict())


def read_hips(scans: Sequence[OwnScan], report: Progress) -> list[tuple[OwnScan, OutlinedHip]]:
    """Every outlined head that counts, with its scan.

    Raises:
        InputError: an unreadable file, or outlines on another grid than their image.
    """
    hips = []
    for number, scan in enumerate(scans):
        report(number / len(scans), f"Reading {scan.patient}")
        image = read_image(scan.image).require_volume(str(scan.image))
        labels = read_outlines(scan)
        image.require_same_grid(labels, str(scan.image), "its segmentation")
        found = [side for side in scan.sides if is_outlined(labels, side)]
        if not found:
            raise InputError(
                f"{next(iter(scan.outlines.values()))} outlines no femoral head {' or '.join(scan.sides)}; correct it, "
                "or leave it out."
            )
        hips += [(scan, outlined_hip(scan.patient, image, labels, side)) for side in found]
    return hips


def _dice(a: np.ndarray, b: np.ndarray) -> float:
    return float(2 * (a & b).sum() / max(int(a.sum() + b.sum()), 1))
