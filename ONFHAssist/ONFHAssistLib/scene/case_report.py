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

from ..errors import InputError
from ..image import Image
from ..report.case_page import CasePage, Picture, Section, render, write_case_page
from .attributes import OUT_OF_SCOPE, ROLE, SIDE, WARNINGS, read_attributes
from .case import find_node, gather, text_node
from .exchange import case_images
from .readers import CONFIRMED_AT, CONFIRMED_BY, reader_of
from .stale import digest_of, is_stale
from .summary import SIDE_NAMES, result_rows
from .tables import columns_of
from .volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

BANNER = (
    "For research, not a diagnosis. The bundled models learned from simulated patients; their figures say nothing about "
    "real patients until they are validated on them."
)
RESULTS = ("measurements", "stage", "prediction", "survival")
_TITLES = {
    "measurements": "Measurements", "stage": "Stage", "prediction": "Probability", "survival": "Survival",
}  # fmt: skip
# Of a hip without necrosis only the first three say something.
_MEASURED = (
    ("radius", "Head radius (mm)", "{:.1f}"),
    ("head_ml", "Head volume (ml)", "{:.1f}"),
    ("necrosis_ml", "Necrosis (ml)", "{:.1f}"),
    ("necrotic_share", "Necrotic share of the head", "{:.0%}"),
    ("arc_a", "Arc A, mid-coronal (°)", "{:.0f}"),
    ("arc_b", "Arc B (°)", "{:.0f}"),
    ("combined_necrotic_angle", "Combined necrotic angle (°)", "{:.0f}"),
    ("jic_type", "JIC type", "{}"),
    ("depth_mm", "Depth of the necrosis (mm)", "{:.0f}"),
    ("oedema", "Marrow oedema by the signal", "{}"),
)
_OF_A_NECROSIS = {name for name, *_rest in _MEASURED[3:-1]}
# What a survival table says of itself; all else there are the findings that the model was given.
_NO_FINDING = {"model", "model_sha256", "assumed", "created", "software", "input"}
_PLANES = ("sagittal", "coronal", "axial")


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
        raise InputError(f"The folder {path.parent} does not exist; choose another place for the report.")
    with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
        page = case_page(volume, segmentation, Path(folder), patient)
        if path.suffix.lower() == ".pdf":
            from .print_pdf import print_pdf

            print_pdf(render(page, "print.html"), path)
        else:
            write_case_page(page, path)
    gather(volume, [text_node("Case report", str(path), "case report", {})])
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
        raise InputError("The scene has no result for a report yet; press 'Run all' first.")
    return CasePage(
        title=f"Femoral heads of {patient}" if patient else "Femoral heads: report of a case",
        subtitle=_subtitle(image),
        banner=BANNER,
        remarks=_remarks(sides, segmentation, digest_of(labels)),
        summary=[_card(side) for side in sides],
        sections=[
            *_pictures(image, labels, sides, folder),
            *(s for s in (_measurements(sides), _stages(sides), _predictions(sides)) if s.rows),
            *_survival(sides, folder),
        ],
        provenance=_provenance(),
    )


def patient_of(volume: vtkMRMLScalarVolumeNode) -> str:
    """Name of the patient's item above the volume in the subject hierarchy, "" where there is none."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.GetItemAncestorAtLevel(hierarchy.GetItemByDataNode(volume), "Patient")
    return hierarchy.GetItemName(patient) if patient else ""


def _first(role: str, side: str) -> dict[str, Any]:
    rows = result_rows(role, side)
    return rows[0] if rows else {}


def _subtitle(image: Image) -> str:
    """Sequence, plane and voxels of the series; the day of the report."""
    normal = np.abs(np.asarray(image.direction).reshape(3, 3)[:, int(np.argmax(image.spacing))])
    plane = _PLANES[int(np.argmax(normal))]
    modality, sequence = (image.metadata.get(name, "") for name in ("modality", "sequence"))
    series = " ".join(word for word in (modality, sequence) if word) or "Series of unknown sequence"
    voxels = " x ".join(f"{s:.2g}" for s in image.spacing)
    return f"{series}, {plane} slices, voxels of {voxels} mm. Report of {date.today().isoformat()}."


def _remarks(sides: Sequence[str], segmentation: vtkMRMLSegmentationNode, digest: str) -> list[str]:
    """What the reader of the report has to keep in mind, the gravest first."""
    tables = {n.GetAttribute(ROLE): n for n in slicer.util.getNodesByClass("vtkMRMLTableNode")}
    results = [tables[role] for role in RESULTS if role in tables]
    stale = sorted(n.GetAttribute(ROLE) for n in results if is_stale(n, digest))
    remarks = [f"Outdated, since the outlines were changed afterwards: {', '.join(stale)}."] if stale else []
    remarks.append(_who_outlined(segmentation))
    for side in sides:
        stage, predicted = _first("stage", side), _first("prediction", side)
        answered = stage.get("stage") in ("0", "I", "II") and predicted
        counts = OUT_OF_SCOPE not in (stage.get("scope"), predicted.get("scope"))
        if answered and counts and _necrotic(stage) != _positive(predicted):
            remarks.append(
                f"{SIDE_NAMES[side]} hip: stage and probability of early osteonecrosis disagree; look again."
            )
    for node in results:
        remarks += (node.GetAttribute(WARNINGS) or "").splitlines()
    return list(dict.fromkeys(remarks))


def _who_outlined(segmentation: vtkMRMLSegmentationNode) -> str:
    reader, confirmed = reader_of(segmentation), segmentation.GetAttribute(CONFIRMED_BY)
    outlined = "Outlined automatically" if reader == "automatic" else f"Outlined by {reader}"
    if confirmed:
        return f"{outlined}; confirmed by {confirmed} ({segmentation.GetAttribute(CONFIRMED_AT)})."
    return f"{outlined}; no reader has confirmed the outlines."


def _card(side: str) -> dict[str, Any]:
    measured, stage, predicted = (_first(role, side) for role in RESULTS[:3])
    survival = _first("survival", side)
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
    return f"Stage {stage['stage']}", f"probability {share(stage['P(' + stage['stage'] + ')'])}{apart}"


def _probability(row: Mapping[str, Any]) -> str:
    if row.get("scope") == OUT_OF_SCOPE:
        return "out of scope, no answer"
    return f"{share(row['probability'])}, {_reading(row['reading'])}"


def _necrotic(stage: Mapping[str, Any]) -> bool:
    """Whether a stage of necrosis was given, and counts."""
    return bool(stage) and stage["stage"] in ("I", "II") and stage.get("scope") != OUT_OF_SCOPE


def _positive(row: Mapping[str, Any]) -> bool:
    """Whether early osteonecrosis is likely, and the answer counts."""
    return bool(row) and row.get("scope") != OUT_OF_SCOPE and row["probability"] >= row["threshold"]


def _reading(text: str) -> str:
    return text.replace("early osteonecrosis ", "")


def share(value: float) -> str:
    """A probability as whole percent; what would read 0 or 100 says on which side it is."""
    if math.isnan(value):
        return "–"
    if value < 0.005:
        return "under 1%"
    return "over 99%" if value > 0.995 else f"{value:.0%}"


def _pictures(image: Image, labels: Image, sides: Sequence[str], folder: Path) -> list[Section]:
    from ..report.case_pictures import draw_hip, sides_of, window_of

    heats = {
        node.GetAttribute(SIDE): image_from_volume(node)
        for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
        if node.GetAttribute(ROLE) == "heatmap" and _has_heat(node.GetAttribute(SIDE))
    }
    shown = [s for s in sides if s in sides_of(labels)]
    if not shown:
        return []
    pictures, window = [], window_of(image, labels, shown)
    for side in shown:
        path, _centre = draw_hip(image, labels, side, folder / f"hip-{side}.png", heats.get(side), window)
        text = f"{SIDE_NAMES[side]} hip, coronal and sagittal through the centre of the head"
        pictures.append(
            Picture(path, text + ("; below with the heat of the stage." if side in heats else "."))
        )
    note = (
        "Outline of the head blue, of the necrosis orange. Radiological orientation: the patient's right is on the left "
        "of a coronal picture. Both hips have one window; between the slices, image and outlines are interpolated."
    )
    return [Section("The hips", note, pictures=pictures)]


def _has_heat(side: str | None) -> bool:
    """Heat is shown for a stage that was given; of what is no answer it would only look like one."""
    return bool(side) and _first("stage", side).get("scope") != OUT_OF_SCOPE


def _measurements(sides: Sequence[str]) -> Section:
    rows = {side: _first("measurements", side) for side in sides}
    rows = {side: row for side, row in rows.items() if row}
    shown = [
        (title, *(_measured(row, name, form) for row in rows.values()))
        for name, title, form in _MEASURED
        if rows
    ]
    planes = sorted({row["arc_b_plane"] for row in rows.values() if row.get("arc_b_plane")})
    return Section(
        "Measurements",
        columns=("", *(f"{SIDE_NAMES[s]} hip" for s in rows)),
        rows=shown,
        note=f"Arc B in the {' and '.join(planes)} plane through the centre of the head." if planes else "",
    )


def _measured(row: Mapping[str, Any], name: str, form: str) -> str:
    if name in _OF_A_NECROSIS and not row["necrosis_ml"] > 0:
        return "–"
    return _cell(row.get(name), form)


def _cell(value: Any, form: str) -> str:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return form.format(value)


def _stages(sides: Sequence[str]) -> Section:
    rows = [(side, row) for side in sides for row in result_rows("stage", side)]
    names = ("P(0)", "P(I)", "P(II)", "spread")
    return Section(
        "Stage (modified Ficat-Arlet 0, I, II)",
        columns=("Hip", "Stage", "Probability of 0", "of I", "of II", "Spread", "Unlike training"),
        rows=[
            (
                SIDE_NAMES[s],
                _out(row) or row["stage"],
                *(_cell(row[n], "{}") if row[n] is None else share(row[n]) for n in names),
                _cell(row["distance"], "{:.1f}"),
            )
            for s, row in rows
        ],
        note=" ".join(
            [
                "Spread: standard deviation between the networks. Unlike training: over 1 the hip is unlike those that "
                "the networks learned from.",
                _statement("stage statement"),
            ]
        ),
    )


def _predictions(sides: Sequence[str]) -> Section:
    rows = [(side, row) for side in sides for row in result_rows("prediction", side)]
    return Section(
        "Probability of early osteonecrosis (DLR)",
        columns=("Hip", "Probability", "Threshold", "Reading"),
        rows=[
            (
                SIDE_NAMES[s],
                share(r["probability"]),
                share(r["threshold"]),
                _out(r) or _reading(r["reading"]),
            )
            for s, r in rows
        ],
        note=_statement("prediction statement"),
    )


def _out(row: Mapping[str, Any]) -> str:
    return "no answer (out of scope)" if row.get("scope") == OUT_OF_SCOPE else ""


def _statement(role: str) -> str:
    node = find_node("vtkMRMLTextNode", role)
    return node.GetText() if node is not None else ""


def _survival(sides: Sequence[str], folder: Path) -> list[Section]:
    sections = []
    for side in sides:
        row = _first("survival", side)
        if not row:
            continue
        points = zip(row["months"], row["survival"], row["low"], row["high"], strict=True)
        sections.append(
            Section(
                f"No-collapse survival after core decompression, {SIDE_NAMES[side].lower()} hip",
                _findings(read_attributes(find_node("vtkMRMLTableNode", "survival", side))),
                columns=("Months", "Survival", "95% interval"),
                rows=[(f"{m:.0f}", share(s), f"{share(lo)} to {share(hi)}") for m, s, lo, hi in points],
                pictures=_curve(side, folder),
                note=f"Assumed: {row['assumed']}." if row["assumed"] else "",
            )
        )
    return sections


def _findings(facts: Mapping[str, str]) -> str:
    """The model and the findings that it was given, in words."""
    parts = [f"Model: {facts['model']}"] if "model" in facts else []
    for name, value in facts.items():
        if name == "arco_stage":
            parts.append(f"ARCO stage {value}")
        elif name == "combined_necrotic_angle_deg":
            parts.append(f"combined necrotic angle {float(value):.0f}°")
        elif name not in _NO_FINDING:
            parts.append(f"{name.replace('_', ' ')}: {value}")
    return "; ".join(parts) + "." if parts else ""


def _curve(side: str, folder: Path) -> list[Picture]:
    from ..evaluate.figures import save_figure
    from ..evaluate.survival_figures import draw_patient_curve

    node = find_node("vtkMRMLTableNode", "survival curve", side)
    if node is None:
        return []
    columns = columns_of(node)
    known = ("months", "survival", "low", "high")
    others = {name: (columns["months"], values) for name, values in columns.items() if name not in known}
    figure = draw_patient_curve(*(columns[name] for name in known), others)
    path = save_figure(figure, folder / f"survival-{side}.png", dpi=120)
    return [
        Picture(
            path,
            f"No-collapse survival of the {SIDE_NAMES[side].lower()} hip, beside the groups of the study.",
        )
    ]


def _provenance() -> dict[str, str | Mapping[str, str]]:
    """Where each result comes from, step by step; what all share is said once, before."""
    records = {}
    for role in RESULTS:
        node = find_node("vtkMRMLTableNode", role)
        found = read_attributes(node) if node is not None else {}
        if role == "survival":  # its findings stand in its own section
            found = {k: v for k, v in found.items() if k in _NO_FINDING - {"assumed"}}
        if found:
            records[_TITLES[role]] = found
    values = list(records.values())
    shared = {k: v for k, v in values[0].items() if all(r.get(k) == v for r in values)} if values else {}
    steps = {step: {k: v for k, v in r.items() if k not in shared} for step, r in records.items()}
    return {**shared, **{step: record for step, record in steps.items() if record}}
