"""Fitting the bundled radiomics model: simulated hips, outlined with the sphere tool, DLR's selection, one bundle.

The outlines are the sphere tool's with a hand's unsteadiness (1 mm in the centre and 0.7 mm in the radius), because that
is what the model will be given; the truth is used for the label only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from ONFHAssistLib import __version__
from ONFHAssistLib.bundles.bundle import NO_PATIENT, save_bundle
from ONFHAssistLib.bundles.cards import CardSection, markdown_table, model_card
from ONFHAssistLib.bundles.kinds import PROBABILITY
from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.progress import Progress
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.extract.radiomics import extract_radiomics
from ONFHAssistLib.imaging.labels import HEAD
from ONFHAssistLib.segment.sphere_tool import segment_spheres
from ONFHAssistLib.tabular.linear_model import LinearModel, fit_rad_model

PROTOCOL = "dlr_t2fs"
PRESET = "dlr-mri"
BUNDLE = "rad-dlr-mri"  # the name under which it is shipped
MIN_HIPS = 60
UNSTEADY_CENTRE_MM, UNSTEADY_RADIUS_MM = 1.0, 0.7
SIDE_NAMES = {"R": "right", "L": "left"}


def train_rad(
    out: str | Path,
    hips: int = 120,
    seed: int = 2026,
    work: str | Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Simulate, extract, select, fit, and write the bundle.

    One hip of each simulated patient is used, so that rows are independent; every second one has early osteonecrosis
    (Ficat-Arlet I or II in turn).

    Args:
        out: folder of the bundle.
        hips: number of patients, at least 60.
        seed: of the patients and of all folds.
        work: folder that keeps each hip's features; a second run with the same seed goes on from there.

    Returns:
        ``bundle`` (path), ``metrics`` (name to value, low, high), ``funnel``.
    """
    if hips < MIN_HIPS:
        raise InputError(f"{hips} hips are too few to select from 1,197 features; use {MIN_HIPS} or more.")
    report = progress or (lambda _fraction, _text: None)
    rows = []
    for number in range(hips):
        report(0.95 * number / hips, f"Hip {number + 1} of {hips}")
        rows.append(_cached_hip(seed, number, Path(work) if work else None))
    table = pd.DataFrame([row["features"] for row in rows])
    table.index = pd.MultiIndex.from_tuples(
        [(row["case"], row["side"]) for row in rows], names=["case", "side"]
    )
    table.attrs["preset_sha256"] = load_preset(PRESET).sha256
    outcome = pd.Series([int(row["stage"] != "0") for row in rows], index=table.index, name="early_onfh")
    report(0.96, "Selecting and fitting")
    model = fit_rad_model(table, outcome, seed=seed)
    bundle = save_bundle(
        out, _metadata(model, hips, seed), _card(model, hips, seed), model_json=model.to_dict()
    )
    report(1.0, "Bundle written")
    return {"bundle": str(bundle.path), "metrics": _metrics(model), "funnel": list(model.funnel)}


def _cached_hip(seed: int, number: int, work: Path | None) -> dict[str, Any]:
    file = None if work is None else work / f"hip-{seed}-{number:04d}.json"
    if file is not None and file.is_file():
        return json.loads(file.read_text(encoding="utf-8"))
    row = simulated_hip(seed, number)
    if file is not None:
        write_json(file, row)
    return row


def simulated_hip(seed: int, number: int) -> dict[str, Any]:
    """Features of one simulated hip: ``case``, ``side``, ``stage``, ``features``.

    The patient, the side, the outline's unsteadiness and the noise all follow from ``seed`` and ``number``.
    """
    from ..simulate.acquisition.mri import PROTOCOLS, acquire
    from ..simulate.anatomy.patient import build_patient, draw_patient

    rng = np.random.default_rng([seed, number])
    side = "RL"[number % 2]
    stage = "0" if (number // 2) % 2 == 0 else ("I", "II")[(number // 4) % 2]
    patient_seed = int(rng.integers(2**31))
    patient = build_patient(draw_patient(patient_seed, **{SIDE_NAMES[side]: stage}))
    image = acquire(patient, PROTOCOLS[PROTOCOL], seed=patient_seed)
    truth = patient.truth[side]
    centre = np.asarray(truth["centre"]) + rng.normal(0, UNSTEADY_CENTRE_MM, 3)
    radius = float(truth["radius"] + rng.normal(0, UNSTEADY_RADIUS_MM))
    labels = segment_spheres(image, [(centre.tolist(), radius)]).labels
    features = extract_radiomics(image, labels, PRESET, HEAD[side]).features
    return {"case": f"S{number:04d}", "side": side, "stage": stage, "features": features}


def _metrics(model: LinearModel) -> dict[str, dict[str, float]]:
    names = ("value", "low", "high")
    return {
        figure: {name: float(model.training[figure][name]) for name in names}
        for figure in ("auc_5_fold", "auc_training")
    }


def _training_sentence(hips: int) -> str:
    return (
        f"Trained on {hips} simulated hips (half healthy, half Ficat-Arlet I or II) with the DLR study's MRI protocol; "
        f"{NO_PATIENT}, and its figures say nothing about patients."
    )


def _metadata(model: LinearModel, hips: int, seed: int) -> dict[str, Any]:
    return {
        "name": BUNDLE,
        "kind": PROBABILITY,
        "version": __version__,
        "task": "Probability of early osteonecrosis of the femoral head from radiomics of one MRI sequence",
        "description": "Radiomics model after the DLR study: Mann-Whitney, Pearson, mRMR, LASSO, logistic regression.",
        "authors": "The ONFHAssist developers",
        "copyright": "Copyright the ONFHAssist developers, Apache-2.0",
        "changelog": {__version__: "first bundle, on simulated hips"},
        "intended_use": "Research and teaching; a start for training on a hospital's own patients. Not for diagnosis.",
        "training_data": _training_sentence(hips),
        "metrics": _metrics(model),
        "accepts": {
            "preset": PRESET,
            "modality": ["MR"],
            "sequence": ["T2 FS"],
            "spacing_mm": [0.3, 6.0],
            "orientation": "any; trained on coronal slices",
            "field_of_view": "the whole femoral head",
        },
        "network_data_format": {},
        "command": f"onfh train rad --hips {hips} --seed {seed} --out BUNDLE",
    }


def _card(model: LinearModel, hips: int, seed: int) -> str:
    metadata = _metadata(model, hips, seed)
    auc, apparent = metadata["metrics"]["auc_5_fold"], metadata["metrics"]["auc_training"]
    rows = [
        (name, f"{m['value']:.3f}", f"{m['low']:.3f} to {m['high']:.3f}")
        for name, m in (
            ("5-fold cross-validation by patient, selection inside", auc),
            ("on the training hips (apparent)", apparent),
        )
    ]
    figures = (
        f"{markdown_table(('', 'AUC', '95% interval (DeLong)'), rows)}\n\nThe study published 0.944 (0.862 to 1.000) "
        "for its "
        "radiomics model on its test patients; the two are not comparable. A figure near 1 says that the simulated "
        "disease "
        "is easier to tell from the simulated healthy than patients are, no more."
    )
    funnel = [(str(s["step"]).replace("|", "&#124;"), s["went_in"], s["came_out"]) for s in model.funnel]
    weights = [
        (f"`{name}`", f"{coefficient:+.4f}")
        for name, coefficient in zip(model.feature_names, model.coefficients, strict=True)
    ]
    return model_card(
        metadata,
        "Probability of early osteonecrosis of the femoral head (Ficat-Arlet I or II against healthy) from the 1,197 "
        "radiomics features of one fat-suppressed T2 sequence, after the radiomics part of the DLR study.",
        learned="The region is the whole femoral head, outlined with the sphere tool with "
        f"{UNSTEADY_CENTRE_MM:g} mm of unsteadiness in the centre and {UNSTEADY_RADIUS_MM:g} mm in the radius. (The "
        "study "
        "outlined the necrosis in diseased hips and the head in healthy ones; a patient to be diagnosed has no known "
        "answer, "
        "so here it is always the head.)",
        figures=CardSection("Figures, on simulated hips only", figures),
        sections=(
            CardSection("Selection", markdown_table(("step", "in", "out"), funnel)),
            CardSection(
                "Model",
                f"log-odds = {model.intercept:+.4f} + the sum of coefficient x (value - mean) / standard deviation; "
                f"threshold {model.threshold:.3f} (Youden on the training hips).\n\n"
                + markdown_table(("feature", "coefficient"), weights),
            ),
        ),
        limits="It was never tested on patients. Train it on your own before you rely on it.",
    )
