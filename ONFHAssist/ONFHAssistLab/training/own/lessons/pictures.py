"""Own staged hips for the backbone of the deep features: the slice with the largest head, and its stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from ONFHAssistLib.bundles.bundle import Bundle, load_bundle
from ONFHAssistLib.bundles.defaults import default_backbone
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.extract.deep import MARGIN, build_network, load_backbone, region_picture
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

from ... import backbone as shipped
from ..cohort import OwnScan, read_outlines
from ..comparison import HipFigure
from ..loop import Pace
from ..stages import STAGES
from .stages import RIGHT, TRUTH


@dataclass(frozen=True)
class Picture:
    """A hip's stage, 0 to 2, and its crop, (pixels, pixels) uint8."""

    patient: str
    side: str
    stage: int
    crop: np.ndarray


class PictureLesson:
    """The ResNet18 on own staged hips.

    Args:
        start: bundle whose weights are trained further.
        scans: to learn from; or none, to judge only.

    Raises:
        InputError: the start does not tell stages, so that there is nothing to train further.
    """

    pace = Pace(100, 16, 1e-4)
    judged_by_outlines = False

    def __init__(self, start: str | None, scans: Sequence[OwnScan], report: Progress) -> None:
        name = default_backbone() if start is None else start
        self._start = load_backbone(name)
        self.bundle: Bundle = load_bundle(name)
        if self._start.classes != STAGES:
            raise InputError(
                f"The backbone {self.bundle.name} does not tell stages 0, I and II; start from one that does."
            )
        self._hips = staged_pictures(scans, report)
        self._kinds = sorted({hip.stage for hip in self._hips})

    @property
    def hips(self) -> int:
        """That are learned from; one on several scans is one."""
        return len({(hip.patient, hip.side) for hip in self._hips})

    def networks(self) -> list[torch.nn.Module]:
        """The one network with the start's weights."""
        network = build_network(len(STAGES))
        network.load_state_dict(self._start.network.state_dict())
        return [network]

    def sample(self, _number: int, rng: np.random.Generator) -> tuple[np.ndarray, int]:
        """A picture (pixels, pixels) in 0..1, changed at random, and its stage; all equally often."""
        kind = self._kinds[int(rng.integers(len(self._kinds)))]
        some = [hip for hip in self._hips if hip.stage == kind]
        return shipped.augmented(some[int(rng.integers(len(some)))].crop, rng), kind

    def losses(self, network: torch.nn.Module, samples: list[Any]) -> tuple[torch.Tensor, dict[str, float]]:
        """Cross-entropy of the stages."""
        place = next(network.parameters()).device
        logits = network(shipped.normalised(np.stack([picture for picture, _ in samples])).to(place))
        stages = torch.tensor([stage for _, stage in samples], device=place)
        right = float((logits.detach().argmax(1) == stages).float().mean())
        return functional.cross_entropy(logits, stages, reduction="none", label_smoothing=0.05), {
            "right": right
        }

    def judge(
        self, networks: Sequence[torch.nn.Module], scans: Sequence[OwnScan], report: Progress
    ) -> dict[str, list[HipFigure]]:
        """Probability of the true stages, and the share that is right."""
        truth: list[HipFigure] = []
        right: list[HipFigure] = []
        for hip in staged_pictures(scans, report):
            with torch.inference_mode():
                logits = networks[0].eval()(shipped.normalised(shipped.whole(hip.crop[None])))
            probability = torch.softmax(logits, 1)[0].numpy()
            truth.append(HipFigure(hip.patient, hip.side, float(probability[hip.stage])))
            right.append(HipFigure(hip.patient, hip.side, float(probability.argmax() == hip.stage)))
        return {TRUTH: truth, RIGHT: right}

    def state(self, networks: Sequence[torch.nn.Module]) -> dict[str, torch.Tensor]:
        """What the bundle holds."""
        return dict(networks[0].state_dict())


def staged_pictures(scans: Sequence[OwnScan], report: Progress) -> list[Picture]:
    """Every hip with outlines and a stage, cropped as deep features crop it.

    Raises:
        InputError: an unreadable file, outlines on another grid, or no hip with both.
    """
    found: list[Picture] = []
    for number, scan in enumerate(scans):
        report(number / len(scans), f"Reading {scan.patient}")
        if not scan.stages:
            continue
        image = read_image(scan.image).require_volume(str(scan.image))
        labels = read_outlines(scan)
        image.require_same_grid(labels, str(scan.image), "its segmentation")
        for side, stage in scan.stages.items():
            wanted = (HEAD[side], NECROSIS[side])
            if np.isin(labels.array, wanted).any():
                picture = region_picture(image, labels, wanted, MARGIN, shipped.CROP_PIXELS)
                crop = np.round(255 * picture.pixels).astype(np.uint8)
                found.append(Picture(scan.patient, side, STAGES.index(stage), crop))
    if scans and not found:
        raise InputError(
            "No hip has outlines and a stage; give the stages as a table with case, side and stage."
        )
    return found
