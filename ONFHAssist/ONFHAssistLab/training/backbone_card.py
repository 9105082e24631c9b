"""What the backbone's bundle says of itself: metadata, configuration, model card."""

from __future__ import annotations

from typing import Any

import numpy as np

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles import cards
from ONFHAssistLib.bundles.kinds import BACKBONE
from ONFHAssistLib.extract import deep

STAGES = ("0", "I", "II")
INPUT_SIZE = 128
GREY_MEAN, GREY_SD = (0.45,) * 3, (0.27,) * 3


def inference() -> dict[str, Any]:
    """``configs/inference.json``: the network by name and its input; ``network_def`` is for MONAI's checks only."""
    return {
        "network": deep.NETWORK,
        "pixels": INPUT_SIZE,
        "mean": list(GREY_MEAN),
        "deviation": list(GREY_SD),
        "classes": list(STAGES),
        "network_def": {
            "_target_": "monai.networks.nets.resnet18",
            "num_classes": len(STAGES),
            **deep.NETWORK_ARGUMENTS,
        },
    }


def metadata(metrics: dict, patients: int, command: str) -> dict[str, Any]:
    """``configs/metadata.json`` in the fields of MONAI's model zoo and of :mod:`.bundle`."""
    import monai
    import torch

    shape = {
        "type": "image",
        "format": "magnitude",
        "num_channels": 3,
        "spatial_shape": [INPUT_SIZE, INPUT_SIZE],
    }
    return {
        "name": deep.DEFAULT_BUNDLE,
        "kind": BACKBONE,
        "version": __version__,
        "monai_version": monai.__version__,
        "pytorch_version": torch.__version__.split("+")[0],
        "numpy_version": np.__version__,
        "task": "Deep features of the femoral head: 512 pooled features of a ResNet18",
        "description": "ResNet18 that tells stages 0, I and II on one slice; its average pooling gives DL_0 to DL_511.",
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "first bundle, on simulated hips"},
        "intended_use": "Deep features for research; a start for training on your own patients. Not for diagnosis.",
        "training_data": f"Trained on {patients} simulated patients, MRI of three scanners and radiographs; no patient's "
        "image was used, and its figures say nothing about patients.",
        "metrics": metrics,
        "accepts": {
            "modality": ["MR", "DX", "CR"],
            "sequence": ["T1", "T2", "T2 FS", "STIR", "PD FS"],
            "spacing_mm": [0.1, 6.0],
            "orientation": "any; the slice with the largest region",
            "field_of_view": "the whole femoral head",
        },
        "network_data_format": {
            "inputs": {
                "image": {
                    **shape,
                    "modality": "MR",
                    "dtype": "float32",
                    "value_range": [-3, 3],
                    "is_patch_data": False,
                    "channel_def": {"0": "grey", "1": "grey", "2": "grey"},
                }
            },
            "outputs": {
                "pred": {
                    "type": "probabilities",
                    "format": "classes",
                    "num_channels": len(STAGES),
                    "spatial_shape": [],
                    "dtype": "float32",
                    "value_range": [],
                    "is_patch_data": False,
                    "channel_def": {str(i): stage for i, stage in enumerate(STAGES)},
                }
            },
        },
        "command": command,
    }


def model_card(metrics: dict, patients: int, crops: int, log: list[dict], command: str) -> str:
    """``docs/README.md``, filled from the run."""
    learned = (
        f"They gave {crops} crops: two MR series of random scanner, sequence and plane and one AP radiograph for "
        "each hip; "
        f"every fifth patient validates. Random initial weights, stochastic gradient descent with momentum, cosine "
        f"schedule, {log[-1]['epoch']} epochs, label smoothing 0.05, random crops, mirroring, gamma, brightness, "
        "noise. The "
        "studies fine-tuned ImageNet weights; `load_torchvision_checkpoint` takes such a file where you have one."
    )
    figures = f"{cards.metrics_table(metrics)}\n\nWeights are stored in half precision and used in single precision."
    return cards.model_card(
        metadata(metrics, patients, command),
        "A 2D ResNet18 (MONAI, torchvision's layout) that was trained to tell the stages 0, I and II on one slice of "
        "a hip. "
        "Its 512 average-pooled numbers are the deep features DL_0 to DL_511.",
        learned=learned,
        figures=cards.CardSection(
            "Figures, on simulated validation patients only (bootstrap of patients)", figures
        ),
        limits="It was never tested on patients.",
    )
