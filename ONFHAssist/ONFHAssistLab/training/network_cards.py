"""What the bundles of detector and outliner say about themselves: metadata, settings and model card, from the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles import cards
from ONFHAssistLib.bundles.bundle import NO_DISEASE, NO_PATIENT, Bundle
from ONFHAssistLib.bundles.cards import Metrics
from ONFHAssistLib.bundles.kinds import DETECTOR, OUTLINER
from ONFHAssistLib.segment import detector as detect
from ONFHAssistLib.segment import outliner as outline
from ONFHAssistLib.segment import yolox

from .outline_judging import NecrosisRule
from .starts import LEARNED_FROM


@dataclass(frozen=True)
class TrainingHistory:
    """How a network came about.

    Attributes:
        simulated: patients that it learned from.
        command: that makes it.
        log: rows with ``step`` and ``seconds``.
        started_from: bundle whose weights it started from; what that learned from, this has learned from too.
        own_patients: a hospital's patients and hips that it learned from, and hips that validated it.
        real: real images that it learned from, in words with their licence; "" for none.
        painted: whether disease was painted into them.
        caution: what has to stand beside the figures on them (:func:`.starts.caution_of_start`), "" for nothing.
        images: digests of all real images that it learned from, its start's too; None where nobody knows.
    """

    simulated: int
    command: str
    log: list[dict[str, float]]
    started_from: Bundle | None = None
    own_patients: tuple[int, int, int] | None = None
    real: str = ""
    painted: bool = True
    caution: str = ""
    images: tuple[str, ...] | None = None

    @property
    def sources(self) -> str:
        """In one sentence, what it learned from and whether that were patients."""
        simulated = f"random volumes of {self.simulated} simulated patients"
        if self.real:
            how = (
                "simulated disease painted into their heads"
                if self.painted
                else "other contrasts than their own"
            )
            healthy = self.started_from is None or self.started_from.simulated_disease_only
            said = f"; {NO_DISEASE}" if healthy else ""
            return f"Trained on {simulated} and on {self.real}, with {how}{said}.{self._earlier}"
        if self.own_patients is not None:
            patients, hips, held = self.own_patients
            return (
                f"Trained on {hips} outlined hips of {patients} patients of one hospital and on {simulated}; {held} hips "
                f"of other patients of that hospital validated it.{self._earlier}"
            )
        if self.started_from is not None and not self.started_from.simulated_only:
            return f"Trained on {simulated}.{self._earlier}"
        after = "" if self.started_from is None else f", after those of an earlier {self.started_from.name}"
        return f"Trained on {simulated}{after}; {NO_PATIENT}, and its figures say nothing about patients."

    @property
    def _earlier(self) -> str:
        """Of the bundle that it started from, where that learned from patients."""
        if self.started_from is None or self.started_from.simulated_only:
            return ""
        told = str(self.started_from.metadata["training_data"])
        if (
            self.own_patients is not None
        ):  # what held for the start no longer holds after patients of a hospital
            told = told.replace(f"; {NO_DISEASE}", "")
        return f" {self.start} Of that: {told}"

    @property
    def start(self) -> str:
        """Where the weights began, in a sentence; "" for random ones."""
        if self.started_from is None:
            return ""
        made = self.started_from.metadata.get("command")
        by = f", made by `{made}`" if made else ""
        return (
            f"It started from the weights of {self.started_from.name} {self.started_from.version} "
            f"({self.started_from.sha256[:12]}){by}."
        )


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


def outliner_inference(rule: NecrosisRule) -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    return {
        "network": "unet_3d_outliner",
        "spacing_mm": outline.SPACING_MM,
        "axes": "z to the head, y to the back, x to the left; left hips mirrored",
        "classes": list(outline.CLASSES),
        "necrosis_threshold": rule.threshold,
        "necrosis_certainty": rule.certainty,
        "network_def": {"_target_": "monai.networks.nets.UNet", **outline.NETWORK},
    }


def detector_metadata(metrics: Metrics, history: TrainingHistory) -> dict[str, Any]:
    """``configs/metadata.json`` of the detector."""
    cells = sum((SIZE_OF_CHECK // s) ** 3 for s in yolox.STRIDES)
    return {
        **_common(metrics, history),
        "name": detect.DEFAULT_BUNDLE,
        "kind": DETECTOR,
        "task": "Detection of femoral heads and hip prostheses in MRI",
        "description": "3DC-YOLOX: finds both femoral heads in a hip MRI of any orientation, spacing and field of view.",
        "network_data_format": _format(
            {"type": "rows", "format": "box, objectness, classes, side of each cell", "num_channels": cells}
        ),
    }


def outliner_metadata(metrics: Metrics, history: TrainingHistory) -> dict[str, Any]:
    """``configs/metadata.json`` of the outliner."""
    classes = {str(i): name for i, name in enumerate(outline.CLASSES)}
    return {
        **_common(metrics, history),
        "name": outline.DEFAULT_BUNDLE,
        "kind": OUTLINER,
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


def _common(metrics: Metrics, history: TrainingHistory) -> dict[str, Any]:
    import monai
    import torch

    return {
        "version": __version__,
        "monai_version": monai.__version__,
        "pytorch_version": torch.__version__.split("+")[0],
        "numpy_version": np.__version__,
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {
            __version__: f"trained further from {history.started_from.name} {history.started_from.sha256[:12]}"
            if history.started_from
            else "trained from random weights"
        },
        "intended_use": "Research, and a start for training on your own patients. Not for diagnosis.",
        "training_data": history.sources,
        "metrics": {name: dict(value) for name, value in metrics.items()},
        "accepts": {
            "modality": ["MR"],
            "sequence": ["T1", "T2", "T2 FS", "STIR", "PD", "PD FS"],
            "spacing_mm": [0.2, 8.0],
            "orientation": "any",
            "field_of_view": "at least one femoral head, 70 mm along every axis",
        },
        "command": history.command,
        **({LEARNED_FROM: list(history.images)} if history.images else {}),
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


def detector_card(metrics: Metrics, thresholds: Mapping[str, float], history: TrainingHistory) -> str:
    """``docs/README.md`` of the detector, filled from the run."""
    return _card(
        detector_metadata(metrics, history),
        "A 3D YOLOX (anchor-free, SimOTA, generalised IoU) on a 4 mm grid along the patient's axes. It finds femoral "
        "heads and prostheses; a further output says from the anatomy alone whether a hip is a left one.",
        history,
        f"Thresholds, chosen on the validation patients: {thresholds['threshold']:.2f} for heads, "
        f"{thresholds['prosthesis_threshold']:.2f} for prostheses. The centre's error is a median with quartiles.",
    )


def outliner_card(metrics: Metrics, rule: NecrosisRule, history: TrainingHistory) -> str:
    """``docs/README.md`` of the outliner, filled from the run."""
    return _card(
        outliner_metadata(metrics, history),
        "A residual U-Net (MONAI) on an 80 mm cube at 1.25 mm about a head that the detector found; left hips are "
        "mirrored. It labels femoral head and necrosis.",
        history,
        f"A voxel of the head is necrosis from a share of {rule.threshold:.2f} on, a connected piece of them from a mean "
        f"share of {rule.certainty:.2f} on; both were chosen on the validation patients. Dice values are medians with "
        "the 5th and 95th percentile.",
    )


def _card(metadata: Mapping[str, Any], what: str, history: TrainingHistory, note: str) -> str:
    last = history.log[-1]
    before = "" if history.start in history.sources else f"{history.start} "
    where = "simulated validation patients"
    if history.own_patients is not None:
        where = "validation patients (own_ for the hospital's hips)"
    elif history.real:
        what = "real hips with painted disease" if history.painted else "whole real images"
        which = "of a fold without that patient; see the caution below" if history.caution else ""
        which = which or "that did not learn from that patient"
        where += f" (real_ for {what}, each by a network {which})"
    learned = (
        f"{before}The random volumes differ in contrast, resolution, orientation, crop and artefacts; the idea is "
        f"SynthSeg's (Billot et al. 2023). AdamW, cosine schedule, {last['step']} batches of four volumes, average "
        "of the "
        f"weights, {last['seconds'] / 60:.0f} minutes."
    )
    caution = f"**Caution:** {history.caution}\n\n" if history.caution else ""
    figures = (
        f"{cards.metrics_table(metadata['metrics'], 'interval')}\n\n{caution}{note} Figures on whole simulated scans, on "
        "the scanner kept for testing and on a real hip are in Docs/segmentation.md.\n\nWeights are stored in half "
        "precision and used in single precision."
    )
    return cards.model_card(
        metadata,
        what,
        learned=learned,
        figures=cards.CardSection(f"Figures, on random volumes of {where}", figures),
        limits="Correct its outlines before you rely on them.",
    )
