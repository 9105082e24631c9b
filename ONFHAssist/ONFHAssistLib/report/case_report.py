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
from ..core.language import day_text, mark, sentence
from ..core.language import text as _
from ..imaging.image import Image
from ..stage.answer import ANSWERS, I_OR_II, NECROTIC, STAGES, probability_of
from .case_answers import CaseAnswers
from .case_page import CasePage
from .case_sections import (
    NO_FINDING,
    SIDE_NAMES,
    first_row,
    hip_title,
    measurement_section,
    picture_sections,
    prediction_section,
    reading,
    share,
    side_title,
    stage_section,
    survival_sections,
)

BANNER = mark(
    "For research, not a diagnosis. The bundled models learned from simulated disease; their figures say nothing about "
    "real patients until they are validated on them."
)
_TITLES = {
    "measurements": mark("Measurements"), "stage": mark("Stage"), "prediction": mark("Probability"),
    "survival": mark("Survival"),
}  # fmt: skip
_PLANES = (mark("sagittal"), mark("coronal"), mark("axial"))


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
        title=_("Femoral heads of {patient}").format(patient=patient)
        if patient
        else _("Femoral heads: report of a case"),
        subtitle=_subtitle(image),
        banner=_(BANNER),
        remarks=list(
            dict.fromkeys(map(sentence, [*case.remarks(), *_contradictions(case, sides), *case.warnings()]))
        ),
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
    series = " ".join(word for word in (modality, sequence) if word) or _("Series of unknown sequence")
    voxels = " x ".join(f"{s:.2g}" for s in image.spacing)
    return _("{series}, {plane} slices, voxels of {voxels} mm. Report of {day}.").format(
        series=series, plane=sentence(plane), voxels=voxels, day=day_text(date.today())
    )


def _contradictions(case: CaseAnswers, sides: Sequence[str]) -> list[str]:
    """Hips whose stage and probability say the opposite of each other."""
    remarks = []
    for side in sides:
        stage, predicted = first_row(case, "stage", side), first_row(case, "prediction", side)
        answered = stage.get("stage") in ANSWERS and predicted
        counts = OUT_OF_SCOPE not in (stage.get("scope"), predicted.get("scope"))
        if answered and counts and _necrotic(stage) != _positive(predicted):
            remarks.append(
                _("{hip}: stage and probability of early osteonecrosis disagree; look again.").format(
                    hip=hip_title(side)
                )
            )
    return remarks


def _card(case: CaseAnswers, side: str) -> dict[str, Any]:
    measured, stage, predicted = (first_row(case, role, side) for role in ROLES[:3])
    survival = first_row(case, "survival", side)
    facts = {}
    if predicted:
        facts[_("Early osteonecrosis")] = _probability(predicted)
    if measured:
        facts[_("Necrosis")] = (
            _("{ml:.1f} ml, {share:.0%} of the head").format(
                ml=measured["necrosis_ml"], share=measured["necrotic_share"]
            )
            if measured["necrosis_ml"] > 0
            else _("none outlined")
        )
    if measured and measured["necrosis_ml"] > 0:
        facts[_("Combined necrotic angle")] = f"{measured['combined_necrotic_angle']:.0f}°"
    for month, value in zip(survival.get("months", ()), survival.get("survival", ()), strict=True):
        facts[_("No collapse at {month:.0f} months").format(month=month)] = share(value)
    headline, meaning = _staged(stage)
    return {
        "side": side_title(side),
        "hip": hip_title(side),
        "headline": headline,
        "meaning": meaning,
        "tone": "alert" if _positive(predicted) or _necrotic(stage) else "calm",
        "facts": facts,
    }


def _staged(stage: Mapping[str, Any]) -> tuple[str, str]:
    """Headline and what is said below it."""
    if not stage or stage["stage"] == "not staged":
        return _("Not staged"), _("no stage was given")
    if stage.get("scope") == OUT_OF_SCOPE:
        return _("Stage: no answer"), _("the image is out of the scope of the stager; see the remarks")
    spread = stage["spread"]
    apart = (
        ""
        if spread is None or math.isnan(spread)
        else _(", spread between the networks {share}").format(share=share(spread))
    )
    given = stage["stage"]
    probability = probability_of(given, {name: stage[f"P({name})"] for name in STAGES})
    unsure = _("; MRI alone does not tell the two apart") if given == I_OR_II else ""
    probable = _("probability {share}").format(share=share(probability))
    return _("Stage {stage}").format(stage=sentence(given)), f"{probable}{apart}{unsure}"


def _probability(row: Mapping[str, Any]) -> str:
    if row.get("scope") == OUT_OF_SCOPE:
        return _("out of scope, no answer")
    return _("{share}, {reading}").format(share=share(row["probability"]), reading=reading(row["reading"]))


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
            records[_(_TITLES[role])] = found
    values = list(records.values())
    shared = {k: v for k, v in values[0].items() if all(r.get(k) == v for r in values)} if values else {}
    steps = {step: {k: v for k, v in r.items() if k not in shared} for step, r in records.items()}
    return {**shared, **{step: record for step, record in steps.items() if record}}
