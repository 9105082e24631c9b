"""What the bundles of detector and outliner say about themselves: metadata, settings and model card, from the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .. import __version__
from . import detect, outline, yolox

Metrics = Mapping[str, Mapping[str, float]]
SIZE_OF_CHECK = 64


def detector_inference(thresholds: Mapping[str, float], width: int) -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    return {
        "network": "yolox_3d",
        "width": width,
        "spacing_mm": detect.SPACING_MM,
        "axes": "z to the head, y to the back, x to the left",
        **thresholds,
        "network_def": {"_target_": "ONFHAssistLib.segment.yolox.Yolox3d", "width": width},
    }


def outliner_inference(threshold: float) -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    return {
        "network": "unet_3d_outliner",
        "spacing_mm": outline.SPACING_MM,
        "axes": "z to the head, y to the back, x to the left; left hips mirrored",
        "classes": list(outline.CLASSES),
        "necrosis_threshold": threshold,
        "network_def": {"_target_": "monai.networks.nets.UNet", **outline.NETWORK},
    }


def detector_metadata(metrics: Metrics, patients: int, command: str) -> dict[str, Any]:
    """``configs/metadata.json`` of the detector."""
    cells = sum((SIZE_OF_CHECK // s) ** 3 for s in yolox.STRIDES)
    return {
        **_common(metrics, patients, command),
        "name": detect.DEFAULT_BUNDLE,
        "task": "Detection of femoral heads and hip prostheses in MRI",
        "description": "3DC-YOLOX: finds both femoral heads in a hip MRI of any orientation, spacing and field of view.",
        "network_data_format": _format(
            {"type": "rows", "format": "box, objectness, classes, side of each cell", "num_channels": cells}
        ),
    }


def outliner_metadata(metrics: Metrics, patients: int, command: str) -> dict[str, Any]:
    """``configs/metadata.json`` of the outliner."""
    classes = {str(i): name for i, name in enumerate(outline.CLASSES)}
    return {
        **_common(metrics, patients, command),
        "name": outline.DEFAULT_BUNDLE,
        "task": "Segmentation of femoral head and osteonecrosis in MRI",
        "description": "Residual U-Net: outlines a femoral head and the necrosis in it, around a head that was found.",
        "network_data_format": _format(
            {
                "type": "image",
                "format": "segmentation",
                "num_channels": len(outline.CLASSES),
                "spatial_shape": [outline.SIZE] * 3,
                "channel_def": classes,
            }
        ),
    }


def _common(metrics: Metrics, patients: int, command: str) -> dict[str, Any]:
    import monai
    import torch

    return {
        "version": __version__,
        "monai_version": monai.__version__,
        "pytorch_version": torch.__version__.split("+")[0],
        "numpy_version": np.__version__,
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "first bundle, on simulated hips"},
        "intended_use": "Research, and a start for training on your own patients. Not for diagnosis.",
        "training_data": f"Trained on random volumes of {patients} simulated patients; no patient's image was used, and "
        "its figures say nothing about patients.",
        "metrics": {name: dict(value) for name, value in metrics.items()},
        "accepts": {
            "modality": ["MR"],
            "sequence": ["T1", "T2", "T2 FS", "STIR", "PD", "PD FS"],
            "spacing_mm": [0.2, 8.0],
            "orientation": "any",
            "field_of_view": "at least one femoral head, 70 mm along every axis",
        },
        "command": command,
    }


def _format(output: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "inputs": {
            "image": {
                "type": "image",
                "format": "magnitude",
                "modality": "MR",
                "num_channels": 1,
                "spatial_shape": [SIZE_OF_CHECK] * 3,
                "dtype": "float32",
                "value_range": [0, 1.5],
                "is_patch_data": False,
                "channel_def": {"0": "grey"},
            }
        },
        "outputs": {"pred": {"dtype": "float32", "value_range": [], "is_patch_data": False, **output}},
    }


def detector_card(
    metrics: Metrics, thresholds: Mapping[str, float], patients: int, log: list[dict], command: str
) -> str:
    """``docs/README.md`` of the detector, filled from the run."""
    return _card(
        detect.DEFAULT_BUNDLE,
        "A 3D YOLOX (anchor-free, SimOTA, generalised IoU) on a 4 mm grid along the patient's axes. It finds femoral "
        "heads and prostheses; a further output says from the anatomy alone whether a hip is a left one.",
        metrics,
        patients,
        log,
        command,
        f"Thresholds, chosen on the validation patients: {thresholds['threshold']:.2f} for heads, "
        f"{thresholds['prosthesis_threshold']:.2f} for prostheses. The centre's error is a median with quartiles.",
    )


def outliner_card(metrics: Metrics, threshold: float, patients: int, log: list[dict], command: str) -> str:
    """``docs/README.md`` of the outliner, filled from the run."""
    return _card(
        outline.DEFAULT_BUNDLE,
        "A residual U-Net (MONAI) on an 80 mm cube at 1.25 mm about a head that the detector found; left hips are "
        "mirrored. It labels femoral head and necrosis.",
        metrics,
        patients,
        log,
        command,
        f"A voxel of the head is necrosis from a share of {threshold:.2f} on, chosen on the validation patients. Dice "
        "values are medians with the 5th and 95th percentile.",
    )


def _card(
    name: str, what: str, metrics: Metrics, patients: int, log: list[dict], command: str, note: str
) -> str:
    rows = "\n".join(
        f"| {k} | {m['value']:.3f} | {m['low']:.3f} to {m['high']:.3f} |" for k, m in metrics.items()
    )
    last = log[-1]
    minutes = last["seconds"] / 60
    return f"""# {name}

{what}

## What it learned from
Random volumes (contrast, resolution, orientation, crop, artefacts; the idea of SynthSeg, Billot et al. 2023) of
{patients} simulated patients. No patient's image was used. Made by `{command}`: AdamW, cosine schedule,
{last["step"]} batches of four volumes, average of the weights; training took {minutes:.0f} minutes on a shared two-core
machine.

## Figures, on random volumes of simulated validation patients
| | value | |
| --- | --- | --- |
{rows}

{note} Figures on whole simulated scans, on the scanner kept for testing and on a real hip are in Docs/segmentation.md.

Weights are stored in half precision and used in single precision.

## What it is not
It is not a diagnosis and was never trained on patients. Correct its outlines before you rely on them.
"""
