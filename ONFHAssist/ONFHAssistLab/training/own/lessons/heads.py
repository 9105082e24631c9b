"""Own outlines for the detector: parts of whole images with their heads, and the error of the centre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from ONFHAssistLib.bundles.bundle import Bundle
from ONFHAssistLib.bundles.origin import bundle_of
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.head import heads_from_labels
from ONFHAssistLib.segment.detector import Detector, find_heads, load_detector
from ONFHAssistLib.segment.yolox import Yolox3d, detection_loss

from ....simulate.hybrid.real_hips import DEFAULT_SEQUENCE, RealHead
from ...contrasts import marrow_level
from ...detection.real_volumes import real_volume
from ...detector import SIZE, WIDTH, batch_of
from ...volumes import forward
from ..cohort import OwnScan, read_outlines
from ..comparison import HipFigure
from ..loop import Pace

MISSED_MM = 30.0  # counts as the error of a head that is not found, and of one that is found farther away
CENTRE_ERROR = "error of the head's centre, mm"


class HeadLesson:
    """The detector on own images of which both heads are outlined: a head that is not named is learned as none.

    Args:
        start: bundle whose weights are trained further.
        scans: to learn from; or none, to judge only.
    """

    pace = Pace(120, 4, 2e-4)
    judged_by_outlines = True

    def __init__(self, start: str | None, scans: Sequence[OwnScan], report: Progress) -> None:
        self._start = load_detector(start)
        self.bundle: Bundle = bundle_of(self._start)
        self._images = [heads for _, heads in _known_heads(scans, report)]
        self._marrow = [marrow_level(heads[0].image, [one.centre for one in heads]) for heads in self._images]

    @property
    def hips(self) -> int:
        """That are learned from; one on several scans is one."""
        return len({(head.patient, head.side) for heads in self._images for head in heads})

    def networks(self) -> list[torch.nn.Module]:
        """The one network with the start's weights."""
        network = Yolox3d(WIDTH)
        network.load_state_dict(self._start.network.state_dict())
        return [network]

    def sample(self, _number: int, rng: np.random.Generator) -> Any:
        """One volume with its targets, in any contrast."""
        which = int(rng.integers(len(self._images)))
        heads = self._images[which]
        return batch_of([real_volume(heads[0].image, heads, self._marrow[which], rng)], rng)

    def losses(self, network: torch.nn.Module, samples: list[Any]) -> tuple[torch.Tensor, dict[str, float]]:
        """The detector's own loss, of each volume by itself."""
        rows = forward(network, torch.cat([images for images, _ in samples])).cpu()
        each, parts = [], []
        for number, (_, targets) in enumerate(samples):
            loss, part = detection_loss(rows[number : number + 1], (SIZE,) * 3, targets)
            each.append(loss)
            parts.append(part)
        return torch.stack(each), {key: float(np.mean([part[key] for part in parts])) for key in parts[0]}

    def judge(
        self, networks: Sequence[torch.nn.Module], scans: Sequence[OwnScan], report: Progress
    ) -> dict[str, list[HipFigure]]:
        """Distance from the outlined heads' centres, at the start's thresholds."""
        detector = Detector(networks[0].eval(), self._start.threshold, self._start.prosthesis_threshold)
        errors: list[HipFigure] = []
        for scan, heads in _known_heads(scans, report):
            found = {one.side: one.centre for one in find_heads(heads[0].image, detector).heads}
            for head in heads:
                place = found.get(head.side)
                error = MISSED_MM if place is None else float(np.linalg.norm(place - head.centre))
                drawn = head.side in scan.corrected
                errors.append(HipFigure(scan.patient, head.side, min(error, MISSED_MM), drawn))
        return {CENTRE_ERROR: errors}

    def state(self, networks: Sequence[torch.nn.Module]) -> dict[str, torch.Tensor]:
        """What the bundle holds."""
        return dict(networks[0].state_dict())


def _known_heads(scans: Sequence[OwnScan], report: Progress) -> list[tuple[OwnScan, list[RealHead]]]:
    found = []
    for number, scan in enumerate(scans):
        report(number / len(scans), f"Reading {scan.patient}")
        image = read_image(scan.image).require_volume(str(scan.image))
        labels = read_outlines(scan)
        image.require_same_grid(labels, str(scan.image), "its segmentation")
        heads = [head for head in heads_from_labels(labels) if head.side in scan.sides]
        if len(heads) < 2:
            continue
        sequence = str(image.metadata.get("sequence") or DEFAULT_SEQUENCE)
        found.append(
            (
                scan,
                [
                    RealHead(scan.patient, scan.image, image, h.side, np.array(h.centre), h.radius, sequence)
                    for h in heads
                ],
            )
        )
    if scans and not found:
        raise InputError(
            "No scan has outlines of both femoral heads, which the detector needs; outline both."
        )
    return found
