"""Developing the DLRC model on simulated patients and writing it as a bundle that ONFHSurvival offers.

The command is ``onfh train dlrc``; the development is :func:`.reproduction.reproduce_dlrc`, so its report lies beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.bundles.cards import CardSection, markdown_table, metrics_table, model_card
from ONFHAssistLib.bundles.kinds import KINDS, SURVIVAL
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.survival.develop.models import FORMAT
from ONFHAssistLib.survival.names import readable_covariate

from .reproduction import reproduce_dlrc

NAME = KINDS[SURVIVAL].standard[0]
PRESET = "dlrc-xray"
# what the card and the metadata tell of the metrics, in this order
_FIGURES = (
    "dlrc C-index",
    "clinical C-index",
    "dlrc - clinical difference of C",
    "dlrc AUC 36 months",
    "dlrc AUC 60 months",
    "dlrc C-index apparent",
)


def train_dlrc(
    out: str | Path,
    cohort: str | Path | None = None,
    work: str | Path = Path("out/dlrc"),
    *,
    seed: int = 0,
    workers: int = 1,
    options: Mapping[str, Any] | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Develop the DLRC model and write the bundle.

    Args:
        out: folder of the bundle.
        cohort: of ``onfh simulate --protocol dlrc``; None simulates the study's 144 patients into the work folder.
        work: folder that keeps cohort, features and the report of the development, so that a stopped run goes on.
        seed: of the simulated patients. ``workers``: processes for the radiomics.
        options: of the development, such as ``bootstraps``; see :func:`.survival_study.develop_survival`.

    Returns:
        ``bundle`` (path), ``report`` (path), ``metrics`` (name -> value, low, high), ``warnings``.

    Raises:
        InputError: as :func:`.reproduction.reproduce_dlrc`, or no DLRC model came of the development.
    """
    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.extract.presets import load_preset

    result = reproduce_dlrc(
        cohort,
        Path(work) / "report",
        work,
        seed=seed,
        preset=PRESET,
        workers=workers,
        options={**(options or {}), "seed": seed},
        progress=progress,
    )
    if "dlrc" not in result["models"]:
        raise InputError("No DLRC model came of this cohort: " + " ".join(result["warnings"]))
    model = json.loads(Path(result["models"]["dlrc"]).read_text(encoding="utf-8"))
    model.pop(LEARNED_PATIENTS, None)  # patients who do not exist, whose numbers another cohort has too
    backbone = load_backbone()
    metrics = {name: result["metrics"][name] for name in _FIGURES if name in result["metrics"]}
    accepts = {
        "preset": PRESET,
        "preset_sha256": load_preset(PRESET).sha256,
        "backbone": backbone.name,
        "backbone_sha256": backbone.sha256,
        "modality": ["DX", "CR", "RG"],
        "spacing_mm": [0.05, 1.0],
        "orientation": "anteroposterior pelvis",
        "field_of_view": "the whole femoral head",
    }
    metadata = _metadata(result, metrics, accepts, seed)
    bundle = save_bundle(out, metadata, _card(result, model, metadata), model_json=model)
    return {
        "bundle": str(bundle.path),
        "report": result["report"],
        "metrics": metrics,
        "warnings": result["warnings"],
    }


def _trained_on(result: Mapping[str, Any]) -> str:
    return (
        f"Trained on simulated radiographs of {result['hips']} hips of {result['patients']} patients who do not exist, "
        f"{result['events']} of them collapsed, with the DLRC study's case mix, hazard ratios and survival; no patient's "
        "image was used, and its figures say nothing about patients."
    )


def _metadata(
    result: Mapping[str, Any], metrics: Mapping[str, Any], accepts: Mapping[str, Any], seed: int
) -> dict[str, Any]:
    return {
        "name": NAME,
        "kind": SURVIVAL,
        "version": __version__,
        "task": "No-collapse survival of the femoral head after core decompression by multiple drilling",
        "description": "DLRC nomogram: clinical findings, radiomics and deep features of the AP radiograph, Cox model.",
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "developed on simulated patients, the patient being the unit"},
        "intended_use": "Research and teaching; a start for developing on a hospital's own patients. Not for decisions "
        "about a patient.",
        "training_data": _trained_on(result),
        "metrics": dict(metrics),
        "accepts": dict(accepts),
        "model_format": FORMAT,
        "network_data_format": {},
        "command": f"onfh train dlrc --seed {seed} --out BUNDLE",
    }


def _card(result: Mapping[str, Any], model: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    cox = model["cox"]
    weights = [
        (readable_covariate(name), f"{coefficient:+.4f}")
        for name, coefficient in zip(cox["names"], cox["coef"], strict=True)
    ]
    parts = [_signature_text(name, content) for name, content in model["signatures"].items()]
    figures = (
        f"{metrics_table(metadata['metrics'], '95% interval by patients')}\n\nCross-validated where not called apparent: "
        "nested, by patients, every selection repeated inside. The study's own figure is 0.78 (0.73 to 0.84), "
        "apparent, on "
        "its patients; the two are not comparable."
    )
    return model_card(
        metadata,
        "Probability that the femoral head does not collapse after core decompression by multiple drilling, from "
        "clinical "
        "findings and the anteroposterior radiograph: the DLRC nomogram of the study, developed again.",
        learned="The region is the whole femoral head as two simulated readers outline it, who decide which features are "
        "stable; ONFHSegment's circle tool is close to it.",
        figures=CardSection("Figures, on simulated patients only", figures),
        sections=(
            CardSection(
                "What the development warned of",
                "\n".join(f"- {sentence}" for sentence in result["warnings"]) or "- none",
            ),
            CardSection(
                "Model",
                "\n\n".join(
                    [
                        "Cox model; log hazard against a hip with average covariates:",
                        markdown_table(("covariate", "coefficient"), weights),
                        *parts,
                    ]
                ),
            ),
        ),
        limits="It is not the study's model, whose signatures are not published, and it was never tested on patients. "
        "Develop it on your own before you rely on it. For a patient, the published clinical model is the better founded "
        "one.",
    )


def _signature_text(name: str, content: Mapping[str, Any]) -> str:
    rows = [(f"`{f['name']}`", f"{f['coefficient']:+.4f}") for f in content["features"]]
    return (
        f"### {readable_covariate(f'{name}_signature')}\n"
        f"Sum of coefficient x (value - mean) / standard deviation over {len(rows)} features.\n\n"
        + markdown_table(("feature", "coefficient"), rows)
    )
