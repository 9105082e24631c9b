"""The page of a case from its answers: cards, pictures, sections, remarks, provenance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from ..case.rows import OUT_OF_SCOPE, ROLES
from ..core.errors import InputError
from ..imaging.image import Image
from ..stage.answer import ANSWERS, I_OR_II, NECROTIC, STAGES, probability_of
from .case_answers import CaseAnswers
from .case_page import CasePage
from .case_sections import (
    NO_FINDING,
    SIDE_NAMES,
    first_row,
    measurement_section,
    picture_sections,
    prediction_section,
    reading,
    share,
    stage_section,
    survival_sections,
)

BANNER = (
    "For research, not a diagnosis. The bundled models learned from simulated disease; their figures say nothing about "
    "real patients until they are validated on them."
)
_TITLES = {
    "measurements": "Measurements", "stage": "Stage", "prediction": "Probability", "survival": "Survival",
}  # fmt: skip
_PLANES = ("sagittal", "coronal", "axial")


def case_page(case: CaseAnswers, image: Image, labels: Image, folder: Path, patient: str = "") -> CasePage:
    """What the report says of the case; its pictures are written into ``folder``.

    Args:
        image: MRI. labels: outlines on its grid.
        patient: name for the title; empty names nobody.

    Raises:
        InputError: there is no result.
    """
    sides = [side for side in SIDE_NAMES if any(case.rows(role, side) for role in ROLES)]
    if not sides:
        raise InputError("There is no result for a report yet; press 'Run all' first.")
    sections = [section(case, sides) for section in (measurement_section, stage_section, prediction_section)]
    return CasePage(
        title=f"Femoral heads of {patient}" if patient else "Femoral heads: report of a case",
        subtitle=_subtitle(image),
        banner=BANNER,
        remarks=list(dict.fromkeys([*case.remarks(), *_contradictions(case, sides), *case.warnings()])),
        summary=[_card(case, side) for side in sides],
        sections=[
            *picture_sections(case, image, labels, sides, folder),
            *(section for section in sections if section.rows),
            *survival_sections(case, sides, folder),
        ],
        provenance=_provenance(case, sides),
    )


def _subtitle(image: Image) -> str:
    """Sequence, plane and voxels of the series; the day of the report."""
    normal = np.abs(np.asarray(image.direction).reshape(3, 3)[:, int(np.argmax(image.spacing))])
    plane = _PLANES[int(np.argmax(normal))]
    modality, sequence = (image.metadata.get(name, "") for name in ("modality", "sequence"))
    series = " ".join(word for word in (modality, sequence) if word) or "Series of unknown sequence"
    voxels = " x ".join(f"{s:.2g}" for s in image.spacing)
    return f"{series}, {plane} slices, voxels of {voxels} mm. Report of {date.today().isoformat()}."


def _contradictions(case: CaseAnswers, sides: Sequence[str]) -> list[str]:
    """Hips whose stage and probability say the opposite of each other."""
    remarks = []
    for side in sides:
        stage, predicted = first_row(case, "stage", side), first_row(case, "prediction", side)
        answered = stage.get("stage") in ANSWERS and predicted
        counts = OUT_OF_SCOPE not in (stage.get("scope"), predicted.get("scope"))
        if answered and counts and _necrotic(stage) != _positive(predicted):
            remarks.append(
                f"{SIDE_NAMES[side]} hip: stage and probability of early osteonecrosis disagree; look again."
            )
    return remarks


def _card(case: CaseAnswers, side: str) -> dict[str, Any]:
    measured, stage, predicted = (first_row(case, role, side) for role in ROLES[:3])
    survival = first_row(case, "survival", side)
    facts = {}
    if predicted:
        facts["Early osteonecrosis"] = _probability(predicted)
    if measured:
        facts["Necrosis"] = (
            f"{measured['necrosis_ml']:.1f} ml, {measured['necrotic_share']:.0%} of the head"
            if measured["necrosis_ml"] > 0
            else "none outlined"
        )
    if measured and measured["necrosis_ml"] > 0:
        facts["Combined necrotic angle"] = f"{measured['combined_necrotic_angle']:.0f}°"
    for month, value in zip(survival.get("months", ()), survival.get("survival", ()), strict=True):
        facts[f"No collapse at {month:.0f} months"] = share(value)
    headline, meaning = _staged(stage)
    return {
        "side": SIDE_NAMES[side],
        "headline": headline,
        "meaning": meaning,
        "tone": "alert" if _positive(predicted) or _necrotic(stage) else "calm",
        "facts": facts,
    }


def _staged(stage: Mapping[str, Any]) -> tuple[str, str]:
    """Headline and what is said below it."""
    if not stage or stage["stage"] == "not staged":
        return "Not staged", "no stage was given"
    if stage.get("scope") == OUT_OF_SCOPE:
        return "Stage: no answer", "the image is out of the scope of the stager; see the remarks"
    spread = stage["spread"]
    apart = "" if spread is None or math.isnan(spread) else f", spread between the networks {share(spread)}"
    given = stage["stage"]
    probability = probability_of(given, {name: stage[f"P({name})"] for name in STAGES})
    unsure = "; MRI alone does not tell the two apart" if given == I_OR_II else ""
    return f"Stage {given}", f"probability {share(probability)}{apart}{unsure}"


def _probability(row: Mapping[str, Any]) -> str:
    if row.get("scope") == OUT_OF_SCOPE:
        return "out of scope, no answer"
    return f"{share(row['probability'])}, {reading(row['reading'])}"


def _necrotic(stage: Mapping[str, Any]) -> bool:
    """Whether a stage of necrosis was given, and counts."""
    return bool(stage) and stage["stage"] in NECROTIC and stage.get("scope") != OUT_OF_SCOPE


def _positive(row: Mapping[str, Any]) -> bool:
    """Whether early osteonecrosis is likely, and the answer counts."""
    return bool(row) and row.get("scope") != OUT_OF_SCOPE and row["probability"] >= row["threshold"]


def _provenance(case: CaseAnswers, sides: Sequence[str]) -> dict[str, str | Mapping[str, str]]:
    """Where each result comes from, step by step; what all share is said once, before."""
    records = {}
    for role in ROLES:
        side = next((s for s in sides if case.rows(role, s)), None)
        found = {} if side is None else dict(case.facts(role, side))
        if role == "survival":  # its findings stand in its own section
            found = {k: v for k, v in found.items() if k in NO_FINDING - {"assumed", "measured_angle_deg"}}
        if found:
            records[_TITLES[role]] = found
    values = list(records.values())
    shared = {k: v for k, v in values[0].items() if all(r.get(k) == v for r in values)} if values else {}
    steps = {step: {k: v for k, v in r.items() if k not in shared} for step, r in records.items()}
    return {**shared, **{step: record for step, record in steps.items() if record}}
