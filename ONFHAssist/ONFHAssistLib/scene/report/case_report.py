"""The report of a case from what is in the scene: one HTML file (or a PDF) with pictures, answers and provenance."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ...imaging.image import Image
from ...report.case_page import CasePage, render, write_case_page
from ..attributes import OUT_OF_SCOPE, ROLE, SIDE, WARNINGS, read_attributes
from ..case import find_node, gather, text_node
from ..exchange import case_images
from ..outdated import digest_of
from ..results.found_heads import AUTOMATIC
from ..results.readers import CONFIRMED_AT, CONFIRMED_BY, reader_of
from ..summary import SIDE_NAMES, is_outdated, result_rows
from ..words import hip_name, plane_name, said
from .sections import (
    NO_FINDING,
    first_row,
    measurement_section,
    picture_sections,
    prediction_section,
    share,
    stage_section,
    survival_sections,
)

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

RESULTS = ("measurements", "stage", "prediction", "survival")
_PLANES = ("sagittal", "coronal", "axial")


def _banner() -> str:
    return _(
        "For research, not a diagnosis. The bundled models learned from simulated patients; their figures say nothing "
        "about real patients until they are validated on them."
    )


def _step_name(role: str) -> str:
    return {
        "measurements": _("Measurements"),
        "stage": _("Stage"),
        "prediction": _("Probability"),
        "survival": _("Survival"),
    }[role]


def write_report(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    path: Path,
    patient: str = "",
) -> Path:
    """Write the page and link it in the scene.

    Args:
        path: HTML or PDF file; it appears only when it is whole.
        patient: name for the title; empty names nobody.

    Raises:
        InputError: no outlines, no result, a folder that is not there, or no way to print a PDF here.
    """
    if not path.parent.is_dir():
        raise InputError(
            _("The folder {folder} does not exist; choose another place for the report.").format(
                folder=path.parent
            )
        )
    with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
        page = case_page(volume, segmentation, Path(folder), patient)
        if path.suffix.lower() == ".pdf":
            from .print_pdf import print_pdf

            print_pdf(render(page, "print.html"), path)
        else:
            write_case_page(page, path)
    gather(volume, [text_node(_("Case report"), str(path), "case report", {})])
    return path


def case_page(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    folder: Path,
    patient: str = "",
) -> CasePage:
    """What the report says of the case; its pictures are written into ``folder``.

    Raises:
        InputError: no outlines, no result.
    """
    image, labels = case_images(volume, segmentation)
    sides = [side for side in SIDE_NAMES if any(result_rows(role, side) for role in RESULTS)]
    if not sides:
        raise InputError(_("The scene has no result for a report yet; press 'Run all' first."))
    return CasePage(
        title=_("Femoral heads of {patient}").format(patient=patient)
        if patient
        else _("Femoral heads: report of a case"),
        subtitle=_subtitle(image),
        banner=_banner(),
        remarks=_remarks(sides, segmentation, digest_of(labels)),
        summary=[_card(side) for side in sides],
        sections=[
            *picture_sections(image, labels, sides, folder),
            *(
                s
                for s in (measurement_section(sides), stage_section(sides), prediction_section(sides))
                if s.rows
            ),
            *survival_sections(sides, folder),
        ],
        provenance=_provenance(),
    )


def patient_of(volume: vtkMRMLScalarVolumeNode) -> str:
    """Name of the patient's item above the volume in the subject hierarchy, "" where there is none."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.GetItemAncestorAtLevel(hierarchy.GetItemByDataNode(volume), "Patient")
    return hierarchy.GetItemName(patient) if patient else ""


def _subtitle(image: Image) -> str:
    """Sequence, plane and voxels of the series; the day of the report."""
    normal = np.abs(np.asarray(image.direction).reshape(3, 3)[:, int(np.argmax(image.spacing))])
    plane = _PLANES[int(np.argmax(normal))]
    modality, sequence = (image.metadata.get(name, "") for name in ("modality", "sequence"))
    series = " ".join(word for word in (modality, sequence) if word) or _("Series of unknown sequence")
    voxels = " x ".join(f"{s:.2g}" for s in image.spacing)
    return _("{series}, {plane} slices, voxels of {voxels} mm. Report of {day}.").format(
        series=series, plane=plane_name(plane), voxels=voxels, day=date.today().isoformat()
    )


def _remarks(sides: Sequence[str], segmentation: vtkMRMLSegmentationNode, digest: str) -> list[str]:
    """What the reader of the report has to keep in mind, the gravest first."""
    tables = slicer.util.getNodesByClass("vtkMRMLTableNode")
    results = [n for role in RESULTS for n in tables if n.GetAttribute(ROLE) == role]
    stale = {
        _step_name(n.GetAttribute(ROLE))
        for n in results
        if is_outdated(n, n.GetAttribute(SIDE) or "R", digest)
    }
    remarks = []
    if stale:
        remarks = [
            _(
                "Outdated, since the outlines or what was measured on them changed afterwards: {steps}."
            ).format(steps=", ".join(sorted(stale)))
        ]
    remarks.append(_who_outlined(segmentation))
    for side in sides:
        stage, predicted = first_row("stage", side), first_row("prediction", side)
        answered = stage.get("stage") in ("0", "I", "II") and predicted
        counts = OUT_OF_SCOPE not in (stage.get("scope"), predicted.get("scope"))
        if answered and counts and _necrotic(stage) != _positive(predicted):
            remarks.append(
                _("{hip}: stage and probability of early osteonecrosis disagree; look again.").format(
                    hip=hip_name(side)
                )
            )
    for node in results:
        remarks += (node.GetAttribute(WARNINGS) or "").splitlines()
    return list(dict.fromkeys(remarks))


def _who_outlined(segmentation: vtkMRMLSegmentationNode) -> str:
    reader, confirmed = reader_of(segmentation), segmentation.GetAttribute(CONFIRMED_BY)
    automatic = reader == AUTOMATIC
    outlined = _("Outlined automatically") if automatic else _("Outlined by {reader}").format(reader=reader)
    if confirmed:
        return _("{outlined}; confirmed by {reader} ({time}).").format(
            outlined=outlined, reader=confirmed, time=segmentation.GetAttribute(CONFIRMED_AT)
        )
    return _("{outlined}; no reader has confirmed the outlines.").format(outlined=outlined)


def _card(side: str) -> dict[str, Any]:
    measured, stage, predicted = (first_row(role, side) for role in RESULTS[:3])
    survival = first_row("survival", side)
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
        "side": hip_name(side),
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
    spread, given = stage["spread"], stage["stage"]
    meaning = _("probability {share}").format(share=share(stage[f"P({given})"]))
    if spread is not None and not math.isnan(spread):
        meaning += _(", spread between the networks {share}").format(share=share(spread))
    return _("Stage {stage}").format(stage=given), meaning


def _probability(row: Mapping[str, Any]) -> str:
    if row.get("scope") == OUT_OF_SCOPE:
        return _("out of scope, no answer")
    return f"{share(row['probability'])}, {said(row['reading'])}"


def _necrotic(stage: Mapping[str, Any]) -> bool:
    """Whether a stage of necrosis was given, and counts."""
    return bool(stage) and stage["stage"] in ("I", "II") and stage.get("scope") != OUT_OF_SCOPE


def _positive(row: Mapping[str, Any]) -> bool:
    """Whether early osteonecrosis is likely, and the answer counts."""
    return bool(row) and row.get("scope") != OUT_OF_SCOPE and row["probability"] >= row["threshold"]


def _provenance() -> dict[str, str | Mapping[str, str]]:
    """Where each result comes from, step by step; what all share is said once, before."""
    records = {}
    for role in RESULTS:
        node = find_node("vtkMRMLTableNode", role)
        found = read_attributes(node) if node is not None else {}
        if role == "survival":  # its findings stand in its own section
            found = {k: v for k, v in found.items() if k in NO_FINDING - {"assumed", "measured_angle_deg"}}
        if found:
            records[_step_name(role)] = found
    values = list(records.values())
    shared = {k: v for k, v in values[0].items() if all(r.get(k) == v for r in values)} if values else {}
    steps = {step: {k: v for k, v in r.items() if k not in shared} for step, r in records.items()}
    return {**shared, **{step: record for step, record in steps.items() if record}}
