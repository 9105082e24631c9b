"""What kinds of bundles there are: one word in ``configs/metadata.json``, by which bundles are offered and opened.

A bundle states its ``kind``. Those that version 0.1.0 wrote do not; what they hold tells it then: the name of the network
in ``configs/inference.json``, the format of the numbers in ``models/model.json``, and where neither is known, the
beginning of the folder's name, by which that version told bundles apart.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DETECTOR = "detector"
OUTLINER = "outliner"
FEMUR = "femur finder"
BACKBONE = "backbone"
STAGER = "stager"
PROBABILITY = "probability"
SURVIVAL = "survival"


@dataclass(frozen=True)
class Kind:
    """One kind of bundle.

    Attributes:
        name: the machine word of metadata.json.
        title: for people, with its article.
        answers: the question that a model of this kind answers.
        holds: what lies in its ``models`` folder and how it is opened.
        trained_by: command that writes such a bundle.
        standard: folder names of the shipped bundles, the one that answers unless told otherwise first; a bundle of
            this name in the user's own folder takes its place.
        networks: names that ``network`` in inference.json may have.
        formats: values that ``format`` in model.json may have.
        prefixes: of folder names, for bundles of 0.1.0 that tell nothing else.
    """

    name: str
    title: str
    answers: str
    holds: str
    trained_by: str
    standard: tuple[str, ...]
    networks: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            DETECTOR,
            "a detector",
            "Where are the femoral heads and the hip prostheses of an MRI?",
            "3DC-YOLOX, opened by segment.detector.load_detector",
            "onfh train detector",
            ("detector-3dc-yolox",),
            networks=("yolox_3d",),
            prefixes=("detector-",),
        ),
        Kind(
            OUTLINER,
            "an outliner",
            "Which voxels about a found head are femoral head, and which of them necrosis?",
            "a residual 3D U-Net, opened by segment.outliner.load_outliner",
            "onfh train outliner",
            ("outliner-unet",),
            networks=("unet_3d_outliner",),
            prefixes=("outliner-",),
        ),
        Kind(
            FEMUR,
            "a femur finder",
            "Which voxels about a found head are proximal femur?",
            "a residual 3D U-Net, opened by segment.femur.load_femur_finder",
            "onfh train femur",
            ("femur-unet",),
            networks=("unet_3d_femur",),
            prefixes=("femur-",),
        ),
        Kind(
            BACKBONE,
            "a backbone",
            "Which 512 deep features (DL_0 to DL_511) has the slice with the largest region?",
            "a ResNet18, opened by extract.deep.load_backbone",
            "onfh train backbone",
            ("backbone-resnet18",),
            networks=("resnet18_2d",),
            prefixes=("backbone-",),
        ),
        Kind(
            STAGER,
            "a stager",
            "Which stage (0, I or II, modified Ficat-Arlet) is a femoral head on MRI in, and what does that rest on?",
            "an ensemble of 3D-MulDenseNets, opened by stage.stager.load_stager",
            "onfh train stage",
            ("stage-onfhnet",),
            networks=("muldensenet3d",),
            prefixes=("stage-",),
        ),
        Kind(
            PROBABILITY,
            "a probability model",
            "How probable is early osteonecrosis, from radiomics, deep features or both?",
            "the numbers of a linear or another classifier, or of one for each kind of sequence, opened by "
            "early.external_validation.load_model_bundle",
            "onfh train dlr (or rad)",
            # The DLR model is what the study puts forward; the Rad model, without PyTorch, stands in for it.
            ("dlr-mri", "rad-dlr-mri"),
            formats=("onfhassist.linear_model", "onfhassist.classifier", "onfhassist.by_sequence"),
            prefixes=("rad-", "dlr-"),
        ),
        Kind(
            SURVIVAL,
            "a survival model",
            "How probable is it that a femoral head does not collapse after core decompression, month by month?",
            "the numbers of a Cox model with its signatures, opened by survival.calculator.load",
            "onfh train dlrc",
            ("dlrc-xray",),
            formats=("onfh-survival-model/1", "onfh-cox/1"),
            prefixes=("dlrc-",),
        ),
    )
}


def problem_of_kind(stated: object) -> str | None:
    """What is wrong with the ``kind`` that a bundle states, in a few words, or None."""
    if isinstance(stated, str) and stated in KINDS:
        return None
    return f"its kind '{stated}' is not known ({', '.join(KINDS)} are)"


def kind_of(folder: Path, metadata: Mapping[str, Any]) -> str | None:
    """The kind of the bundle in ``folder``: stated in ``metadata``, else as its files tell it; None where they do not."""
    if "kind" in metadata:
        return str(metadata["kind"])
    network = _read_object(folder / "configs/inference.json").get("network")
    if network:
        return next((kind.name for kind in KINDS.values() if network in kind.networks), None)
    numbers = metadata.get("model_format") or _read_object(folder / "models/model.json").get("format")
    if numbers:
        return next((kind.name for kind in KINDS.values() if numbers in kind.formats), None)
    return kind_by_name(folder.name)


def kind_by_name(name: str) -> str | None:
    """What version 0.1.0 would have taken a bundle of this folder name for."""
    return next((kind.name for kind in KINDS.values() if name.startswith(kind.prefixes)), None)


def _read_object(path: Path) -> Mapping[str, Any]:
    """A JSON object of a bundle that nobody has checked yet; empty where it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
