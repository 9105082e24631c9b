"""The stager's bundle: weights in half precision, metadata, configuration, model card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from .. import __version__
from ..bundles.bundle import Bundle, save_bundle
from . import explain
from .head_crop import MARGIN_MM, SHAPE
from .muldensenet import NAME
from .stage_augment import PERCENTILES, STUDY_LEVEL, STUDY_WIDTH

if TYPE_CHECKING:
    from .stage_protocol import Plan, Trained
    from .stage_scope import Scope

BUNDLE_NAME = "stage-onfhnet"
STAGES = ("0", "I", "II")
Metrics = Mapping[str, Mapping[str, float]]


def write_bundle(
    out: str | Path,
    plan: Plan,
    trained: Trained,
    temperature: float,
    scope: Scope,
    metrics: Metrics,
) -> Bundle:
    """Write and check the bundle of a trained ensemble."""
    from .stage_protocol import ensemble_of

    network = ensemble_of(trained.members, temperature)
    state = {
        key: value.half() if value.is_floating_point() else value
        for key, value in network.state_dict().items()
    }
    for name in ("mean", "axes", "noise"):
        state[f"scope.{name}"] = torch.from_numpy(np.asarray(getattr(scope, name), np.float32))
    options = trained.members[0].options
    counts = _counts(trained)
    return save_bundle(
        out,
        _metadata(plan, metrics, counts, Path(out).name),
        _card(plan, metrics, counts, temperature, Path(out).name),
        state_dict=state,
        inference=_inference(plan, options, len(trained.members), temperature, scope),
    )


def _counts(trained: Trained) -> dict[str, dict[str, int]]:
    """Patients and hips of each split."""
    hips = trained.hips.hips
    return {
        split: {
            "patients": len(np.unique(hips.patients[hips.splits == split])),
            "hips": int((hips.splits == split).sum()),
        }
        for split in ("train", "validation", "test")
    }


def _inference(
    plan: Plan, options: Mapping[str, Any], members: int, temperature: float, scope: Scope
) -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    window: dict[str, Any] = {"percentiles": list(PERCENTILES), "calibrated": [STUDY_LEVEL, STUDY_WIDTH]}
    if plan.protocol == "study":
        window = {"level": STUDY_LEVEL, "width": STUDY_WIDTH}
    method, layer = explain.DEFAULT if options["gated"] else ("gradcam", "last")
    return {
        "network": NAME,
        "members": members,
        "temperature": temperature,
        **options,
        "shape": list(SHAPE),
        "margin_mm": MARGIN_MM,
        "window": window,
        "heatmap": {"method": method, "layer": layer},
        "scope_threshold": scope.threshold,
        "classes": list(STAGES),
        "network_def": {
            "_target_": "ONFHAssistLib.predict.muldensenet.MulDenseEnsemble",
            "members": members,
            "temperature": temperature,
            **options,
        },
    }


def _metadata(plan: Plan, metrics: Metrics, counts: Mapping[str, Any], name: str) -> dict[str, Any]:
    import monai

    return {
        "name": name,
        "version": __version__,
        "monai_version": monai.__version__,
        "pytorch_version": torch.__version__.split("+")[0],
        "numpy_version": np.__version__,
        "task": "Stage (0, I, II, modified Ficat-Arlet) of early osteonecrosis of the femoral head on hip MRI",
        "description": "3D-MulDenseNet on a crop about each femoral head; an ensemble of folds with calibrated "
        "probabilities and heatmaps.",
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "first bundle, on simulated hips"},
        "intended_use": "Research on staging of early osteonecrosis, and a start for training on your own patients. "
        "Not for diagnosis, not for collapsed heads (stage III and later), prostheses, fractures or tumours.",
        "training_data": _learned_from(plan, counts),
        "metrics": {key: dict(m) for key, m in metrics.items() if np.isfinite([*m.values()]).all()},
        "accepts": {
            "modality": ["MR"],
            "sequence": ["T2", "T2 FS"],
            "spacing_mm": [0.2, 7.0],
            "orientation": "any",
            "field_of_view": "the whole femoral head with its surroundings; one hip or both",
        },
        "network_data_format": _data_format(),
        "plan": asdict(plan),
    }


def _learned_from(plan: Plan, counts: Mapping[str, Any]) -> str:
    train, validation = counts["train"], counts["validation"]
    further = (
        f" and {plan.extra_patients} further simulated patients in varied T2 and fat-suppressed T2 scans"
        if plan.protocol == "ours" and plan.extra_patients
        else ""
    )
    return (
        f"Trained on {train['hips']} hips of {train['patients']} patients of a cohort (calibrated on "
        f"{validation['hips']} of {validation['patients']}){further}. The shipped bundle's patients are all simulated: "
        "no patient's image was used, and its figures say nothing about patients."
    )


def _data_format() -> dict[str, Any]:
    return {
        "inputs": {
            "image": {
                "type": "image",
                "format": "magnitude",
                "modality": "MR",
                "num_channels": 1,
                "spatial_shape": list(SHAPE),
                "dtype": "float32",
                "value_range": [0, 1],
                "is_patch_data": False,
                "channel_def": {"0": "MR intensity, windowed"},
            }
        },
        "outputs": {
            "pred": {
                "type": "probabilities",
                "format": "classes",
                "num_channels": len(STAGES),
                "spatial_shape": [],
                "dtype": "float32",
                "value_range": [0, 1],
                "is_patch_data": False,
                "channel_def": {str(i): stage for i, stage in enumerate(STAGES)},
            }
        },
    }


def command(plan: Plan) -> str:
    """What makes this bundle again."""
    parts = f"onfh train stage --cohort COHORT --out BUNDLE --protocol {plan.protocol} --seed {plan.seed}"
    if plan.protocol == "study":
        return f"{parts} --epochs {plan.study_epochs}"
    return (
        f"{parts} --extra-patients {plan.extra_patients} --base-epochs {plan.base_epochs} --folds {plan.folds} "
        f"--epochs {plan.fold_epochs}"
    )


def _card(plan: Plan, metrics: Metrics, counts: Mapping[str, Any], temperature: float, name: str) -> str:
    """``docs/README.md``, filled from the run."""
    rows = "\n".join(
        f"| {key} | {m['value']:.3f} | {m['low']:.3f} to {m['high']:.3f} |" for key, m in metrics.items()
    )
    test = counts["test"]
    return f"""# {name}

3D-MulDenseNet after 3D-ONFHNet: a crop about each femoral head (left hips mirrored onto right), 32 x 112 x 64 voxels,
to the stages 0, I and II with probabilities; the mean of an ensemble is the answer and its spread the uncertainty.

## What it learned from
{_learned_from(plan, counts)} Split by patient. Made by `{command(plan)}`. Temperature {temperature:.3f}, fitted on the
validation patients. Weights are stored in half precision and used in single precision.

## Figures on {test["hips"]} hips of {test["patients"]} internal test patients (bootstrap of patients)
| | value | 95% interval |
| --- | --- | --- |
{rows}

## Input
MR, T2-weighted with or without fat suppression, any plane. The window is the 1st to 99th percentile of the crop
(`onfhassist` images marked as calibrated: level 300, width 1500). Other sequences, fields of view without the whole head,
and crops whose features lie far from the training hips' are flagged before the answer.

## What it is not
It is not a diagnosis and was never tested on patients. It knows no collapsed heads, prostheses, fractures or tumours.
"""
