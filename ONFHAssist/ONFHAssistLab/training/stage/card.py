"""The stager's bundle: weights in half precision, metadata, configuration, model card."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles import cards
from ONFHAssistLib.bundles.bundle import NO_PATIENT, Bundle, save_bundle
from ONFHAssistLib.bundles.cards import CardSection, Metrics
from ONFHAssistLib.bundles.kinds import KINDS, STAGER
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.stage import heatmaps as explain
from ONFHAssistLib.stage.head_crop import MARGIN_MM, SHAPE
from ONFHAssistLib.stage.muldensenet import NAME

from ..starts import LEARNED_FROM
from .augment import PERCENTILES, STUDY_LEVEL, STUDY_WIDTH

if TYPE_CHECKING:
    from ONFHAssistLib.stage.muldensenet import MulDenseNet

    from .plan import FittedCalibration, TrainedNetworks, TrainingPlan

BUNDLE_NAME = KINDS[STAGER].standard[0]
STAGES = ("0", "I", "II")
SHOWN = {
    "patients": "patients",
    "hips": "hips",
    "macro_auc": "AUC, macro",
    "macro_accuracy": "accuracy, macro",
    "share_right": "hips staged right",
    "share_i_or_ii": 'hips answered "I or II"',
    "stage_or_both_right": 'right, "I or II" counted as right where it is I or II',
    "necrosis_sensitivity": "necrosis called necrosis",
    "necrosis_specificity": "hips without necrosis called 0",
    "macro_sensitivity": "sensitivity, macro",
    "macro_specificity": "specificity, macro",
    "macro_f1": "F1, macro",
    "0_auc": "AUC, stage 0",
    "I_auc": "AUC, stage I",
    "II_auc": "AUC, stage II",
    "ece": "calibration error (ECE)",
    "ece_if_calibrated": "ECE of a perfectly calibrated stager, as many hips",
}


def cohort_origins(cohorts: Mapping[str, str | Path | None]) -> dict[str, dict[str, str]]:
    """For each cohort that is given by name: ``table_sha256``, and ``made_by`` if it is simulated."""
    return {name: _origin(Path(path), name.upper()) for name, path in cohorts.items() if path is not None}


def _origin(path: Path, name: str) -> dict[str, str]:
    folder, table = (path, path / "cohort.csv") if path.is_dir() else (path.parent, path)
    origin = {"table_sha256": sha256_of_file(table)}
    settings = folder / "cohort.json"
    if settings.is_file():
        made = json.loads(settings.read_text(encoding="utf-8"))
        origin["made_by"] = (
            f"onfh simulate --protocol {made['protocol']} --cases {made['cases']} --seed {made['seed']} --out {name}"
        )
    return origin


def require_same_cohort(metadata: Mapping[str, Any], cohort: str | Path) -> None:
    """Refuse a cohort that is not the one which a bundle says it was trained on.

    Raises:
        InputError: it is another one, so that nobody knows which of its patients the networks have seen.
    """
    stated = metadata.get("origin", {}).get("cohort")
    if stated and stated["table_sha256"] != _origin(Path(cohort), "")["table_sha256"]:
        raise InputError(
            f"The bundle {metadata['name']} was trained on another cohort than {cohort}; give that one"
            + (f" ({stated['made_by']})." if "made_by" in stated else ".")
        )


@dataclass(frozen=True)
class CardWords:
    """What a training says of itself in metadata and model card.

    Attributes:
        learned: what it learned from, in sentences.
        how: how, with the commands, as Markdown.
        sets: what the sets of the figures are.
        plan: its settings, for the metadata.
        images: digests of all real images that it learned from; None where nobody knows.
    """

    learned: str
    how: str
    sets: str
    plan: Mapping[str, Any]
    images: tuple[str, ...] | None = None


def write_bundle(
    out: str | Path,
    plan: TrainingPlan,
    trained: TrainedNetworks,
    setting: FittedCalibration,
    evaluated: Mapping[str, Metrics],
    origin: Mapping[str, Any],
) -> Bundle:
    """Write and check the bundle of an ensemble that was trained on a cohort.

    Args:
        evaluated: set of patients to figures; those of "internal" are the bundle's, others get the set as prefix.
        origin: of :func:`cohort_origins`.
    """
    tested = " and of a further cohort of which nothing was trained on" if "further" in origin else ""
    words = CardWords(
        _learned_from(plan, _counts(trained), setting, origin),
        _trained_how(plan, setting, origin),
        f"Internal: test patients of the internal hospitals{tested}. External: hospitals B, C and D. Unseen scanner: the "
        "external patients again on a scanner that the training never saw. Heads at their known places; "
        "`onfh reproduce onfhnet` judges the whole chain with the detector.",
        asdict(plan),
    )
    return write_ensemble(out, trained.members, setting, evaluated, words, origin, plan.protocol == "study")


def write_ensemble(
    out: str | Path,
    members: list[MulDenseNet],
    setting: FittedCalibration,
    evaluated: Mapping[str, Metrics],
    words: CardWords,
    origin: Mapping[str, Any] | None = None,
    study_window: bool = False,
) -> Bundle:
    """Write and check the bundle of an ensemble, whatever it was trained on.

    Args:
        evaluated: as in :func:`write_bundle`.
        study_window: whether the window is the study's level and width.
    """
    from .plan import ensemble_of

    network = ensemble_of(members, setting.temperature)
    state = {
        key: value.half() if value.is_floating_point() else value
        for key, value in network.state_dict().items()
    }
    for name in ("mean", "axes", "noise"):
        state[f"scope.{name}"] = torch.from_numpy(np.asarray(getattr(setting.scope, name), np.float32))
    options = members[0].options
    metadata = _metadata(words, _flat(evaluated), setting, origin or {}, Path(out).name)
    return save_bundle(
        out,
        metadata,
        _card(metadata, evaluated, setting, words),
        state_dict=state,
        inference=_inference(study_window, options, len(members), setting),
    )


def _flat(evaluated: Mapping[str, Metrics]) -> dict[str, dict[str, float]]:
    """Name to figure of all sets; of those that are not internal only what the card shows."""
    found = {}
    for name, metrics in evaluated.items():
        prefix = "" if name == "internal" else name.replace(" ", "_") + "_"
        for key, figure in metrics.items():
            if (not prefix or key in SHOWN) and np.isfinite([*figure.values()]).all():
                found[prefix + key] = dict(figure)
    return found


def _counts(trained: TrainedNetworks) -> dict[str, dict[str, int]]:
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
    study_window: bool, options: Mapping[str, Any], members: int, setting: FittedCalibration
) -> dict[str, Any]:
    """``configs/inference.json``; ``network_def`` is for MONAI's checks only."""
    window: dict[str, Any] = {"percentiles": list(PERCENTILES), "calibrated": [STUDY_LEVEL, STUDY_WIDTH]}
    if study_window:
        window = {"level": STUDY_LEVEL, "width": STUDY_WIDTH}
    method, layer = explain.DEFAULT_METHOD if options["gated"] else ("gradcam", "last")
    return {
        "network": NAME,
        "members": members,
        "temperature": setting.temperature,
        **options,
        "shape": list(SHAPE),
        "margin_mm": MARGIN_MM,
        "window": window,
        "heatmap": {"method": method, "layer": layer},
        "scope_threshold": setting.scope.threshold,
        "stage_certainty": setting.certainty,
        "classes": list(STAGES),
        "network_def": {
            "_target_": "ONFHAssistLib.stage.muldensenet.MulDenseEnsemble",
            "members": members,
            "temperature": setting.temperature,
            **options,
        },
    }


def _metadata(
    words: CardWords,
    metrics: Metrics,
    setting: FittedCalibration,
    origin: Mapping[str, Any],
    name: str,
) -> dict[str, Any]:
    import monai

    return {
        "name": name,
        "kind": STAGER,
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
        "training_data": words.learned,
        "metrics": dict(metrics),
        "accepts": {
            "modality": ["MR"],
            "sequence": list(setting.sequences),
            "spacing_mm": [0.2, 7.0],
            "orientation": "any",
            "field_of_view": "the whole femoral head with its surroundings; one hip or both",
        },
        "network_data_format": _data_format(),
        "plan": dict(words.plan),
        "origin": dict(origin),
        **({LEARNED_FROM: list(words.images)} if words.images else {}),
    }


def _learned_from(
    plan: TrainingPlan,
    counts: Mapping[str, Any],
    setting: FittedCalibration,
    origin: Mapping[str, Mapping[str, str]],
) -> str:
    """Which hips it learned from; that they were nobody's is said only where every cohort says that it is simulated."""
    train = counts["train"]
    further = (
        f" and {plan.extra_patients} further simulated patients in varied {' and '.join(setting.sequences)} scans"
        if plan.protocol == "ours" and plan.extra_patients
        else ""
    )
    trained = (
        f"Trained on {train['hips']} hips of {train['patients']} patients of a cohort{further}, calibrated on "
        f"{setting.hips} scans of hips of other patients."
    )
    cohorts = [of for of in origin.values() if "table_sha256" in of]
    if cohorts and all("made_by" in of for of in cohorts):
        return (
            f"{trained} All of them are simulated: {NO_PATIENT}, and its figures say nothing about patients."
        )
    return f"{trained} It was not tested in another hospital."


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


def training_command(plan: TrainingPlan) -> str:
    """What makes this bundle again."""
    parts = f"onfh train stage --cohort COHORT --out BUNDLE --protocol {plan.protocol} --seed {plan.seed}"
    if plan.protocol == "study":
        return f"{parts} --epochs {plan.study_epochs}"
    return (
        f"{parts} --extra-patients {plan.extra_patients} --base-epochs {plan.base_epochs} --folds {plan.folds} "
        f"--epochs {plan.fold_epochs} --calibration-patients {plan.calibration_patients}"
    )


def _card(
    metadata: Mapping[str, Any],
    evaluated: Mapping[str, Metrics],
    setting: FittedCalibration,
    words: CardWords,
) -> str:
    """``docs/README.md``, filled from the run."""
    return cards.model_card(
        metadata,
        "3D-MulDenseNet after 3D-ONFHNet: a crop about each femoral head (left hips mirrored onto right), 32 x 112 x 64 "
        "voxels, to the stages 0, I and II with probabilities; the mean of an ensemble is the answer and its spread the "
        "uncertainty.",
        learned=words.how,
        figures=CardSection(
            "Figures on patients that nothing was trained or set on (95% interval by patient)",
            f"{_figures(evaluated)}\n\n{words.sets}",
        ),
        takes=f"MR, {' or '.join(setting.sequences)}, any plane. The window is the 1st to 99th percentile of the crop "
        "(images marked as calibrated: level 300, width 1500). Other sequences, fields of view without the whole "
        "head, and "
        "crops whose features lie far from the training hips' are flagged before the answer.",
        limits="It was never tested on patients. It knows no collapsed heads, prostheses, fractures or tumours.",
    )


def _trained_how(plan: TrainingPlan, setting: FittedCalibration, origin: Mapping[str, Any]) -> str:
    """What the temperature and the threshold were set on, and the commands that make the bundle again."""
    made = [of["made_by"] for of in origin.values() if "made_by" in of]
    others = "".join(f" --{name} {name.upper()}" for name in ("calibration", "further") if name in origin)
    commands = "\n".join([*made, training_command(plan) + others])
    varied = (
        f"{plan.calibration_patients} further simulated ones in varied scans"
        if plan.calibration_patients and plan.protocol == "ours"
        else ""
    )
    of_cohort = "the internal patients of a cohort of their own" if "calibration" in origin else ""
    fitted = " and ".join(filter(None, ("the validation patients", of_cohort or varied)))
    bounded = " and ".join(filter(None, ("these", varied if of_cohort else "")))
    return (
        f"Split by patient. Temperature {setting.temperature:.3f}, fitted on {fitted}, and the threshold of the "
        "scope, set "
        f"on {bounded}: nothing else uses them. Weights are stored in half precision and used in single precision. Made "
        f"by\n\n```\n{commands}\n```"
    )


def _figures(evaluated: Mapping[str, Metrics]) -> str:
    lines = [f"| | {' | '.join(evaluated)} |", "| --- |" + " --- |" * len(evaluated)]
    for key, words in SHOWN.items():
        cells = [_cell(metrics.get(key), key in ("patients", "hips")) for metrics in evaluated.values()]
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(figure: Mapping[str, float] | None, count: bool) -> str:
    """A figure with its interval; a dash where these hips cannot have it, such as a stage that nobody knows."""
    if figure is None or np.isnan(figure["value"]):
        return "–"
    if count and figure["low"] == figure["value"] == figure["high"]:
        return f"{figure['value']:.0f}"
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
