"""What the bundle of the femur finder says about itself: metadata, settings and model card, from the run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles import cards
from ONFHAssistLib.bundles.bundle import NO_PATIENT
from ONFHAssistLib.bundles.cards import Metrics
from ONFHAssistLib.bundles.kinds import FEMUR, KINDS
from ONFHAssistLib.segment import femur

_AXES = "z to the head, y to the back, x to the left; left hips mirrored"


@dataclass(frozen=True)
class TrainingHistory:
    """How a network came about: simulated patients it learned from, the command, rows with ``step`` and ``seconds``."""

    simulated: int
    command: str
    log: list[dict[str, float]]

    @property
    def sources(self) -> str:
        """In one sentence, what it learned from."""
        return (
            f"Trained on random volumes of {self.simulated} simulated patients; {NO_PATIENT}, and its figures say "
            "nothing about patients."
        )


def inference() -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    return {
        "network": "unet_3d_femur",
        "spacing_mm": femur.SPACING_MM,
        "axes": _AXES,
        "network_def": {"_target_": "monai.networks.nets.UNet", **femur.NETWORK},
    }


def metadata(metrics: Metrics, history: TrainingHistory) -> dict[str, Any]:
    """``configs/metadata.json``."""
    import monai
    import torch

    place = {
        "type": "image",
        "format": "magnitude",
        "modality": "MR",
        "num_channels": 1,
        "spatial_shape": list(femur.SIZE),
        "dtype": "float32",
        "value_range": [0, 1.5],
        "is_patch_data": False,
        "channel_def": {"0": "grey"},
    }
    answer = {
        "type": "image",
        "format": "segmentation",
        "num_channels": 1,
        "spatial_shape": list(femur.SIZE),
        "dtype": "float32",
        "value_range": [],
        "is_patch_data": False,
        "channel_def": {"0": "logit of proximal femur"},
    }
    return {
        "name": KINDS[FEMUR].standard[0],
        "kind": FEMUR,
        "task": "Segmentation of the proximal femur in MRI",
        "description": "Residual U-Net: which voxels about a known femoral head are proximal femur.",
        "version": __version__,
        "monai_version": monai.__version__,
        "pytorch_version": torch.__version__.split("+")[0],
        "numpy_version": np.__version__,
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "trained from random weights"},
        "intended_use": "Research: the way of drill wires through the bone. Not for diagnosis, not for an operation.",
        "training_data": history.sources,
        "metrics": {name: dict(value) for name, value in metrics.items()},
        "accepts": {
            "modality": ["MR"],
            "sequence": ["T1", "T2", "T2 FS", "STIR", "PD", "PD FS"],
            "spacing_mm": [0.2, 8.0],
            "orientation": "any",
            "field_of_view": "the femoral head and 80 mm of the femur below it",
        },
        "command": history.command,
        "network_data_format": {"inputs": {"image": place}, "outputs": {"pred": answer}},
    }


def card(metrics: Metrics, history: TrainingHistory) -> str:
    """``docs/README.md``, filled from the run."""
    last = history.log[-1]
    figures = (
        f"{cards.metrics_table(metrics, 'interval')}\n\nMedians with the 5th and 95th percentile; the distance of the "
        "surfaces is a mean both ways, on voxels of 2 mm. Weights are stored in half precision and used in single "
        "precision."
    )
    return cards.model_card(
        metadata(metrics, history),
        "A residual U-Net (MONAI) on a block of 128 x 96 x 144 mm at 2 mm, placed by the centre of a known femoral head; "
        "left hips are mirrored. It labels head, neck, trochanters and upper shaft.",
        learned=(
            "The random volumes differ in contrast, resolution, orientation, crop and artefacts; the idea is SynthSeg's "
            f"(Billot et al. 2023). AdamW, cosine schedule, {last['step']} batches of three volumes, average of the "
            f"weights, {last['seconds'] / 60:.0f} minutes."
        ),
        figures=cards.CardSection("Figures, on random volumes of simulated validation patients", figures),
        limits="Look at the outline before you rely on a plan; where it covers too little of the head, no plan is made.",
    )
