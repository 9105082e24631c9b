"""The report of a case from what is in the scene: one HTML file with pictures, tables, answers and provenance."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer

from ..errors import InputError
from ..image import Image
from ..report.case_page import CasePage, Picture, Section, write_case_page
from .attributes import ROLE, SIDE, read_attributes
from .case import find_node, gather, text_node
from .exchange import case_images
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
_MEASURED = (
    ("radius", "Head radius (mm)", "{:.1f}"),
    ("head_ml", "Head (ml)", "{:.1f}"),
    ("necrosis_ml", "Necrosis (ml)", "{:.1f}"),
    ("necrotic_share", "Necrotic share of the head", "{:.1%}"),
    ("arc_a", "Arc A, mid-coronal (°)", "{:.0f}"),
    ("arc_b", "Arc B (°)", "{:.0f}"),
    ("combined_necrotic_angle", "Combined necrotic angle (°)", "{:.0f}"),
    ("jic_type", "JIC type", "{}"),
    ("depth_mm", "Depth of the necrosis (mm)", "{:.0f}"),
    ("oedema", "Marrow oedema by the signal", "{}"),
)


def write_report(
    volume: vtkMRMLScalarVolumeNode,
    segmentation: vtkMRMLSegmentationNode,
    path: Path,
    patient: str = "",
) -> Path:
    """Write the page and link it in the scene.

    Args:
        path: HTML file; it appears only when it is whole.
        patient: name for the title; empty names nobody.

    Raises:
        InputError: no outlines, no result, or a folder that is not there.
    """
    image, labels = case_images(volume, segmentation)
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist; choose another place for the report.")
    sides = [side for side in SIDE_NAMES if any(result_rows(role, side) for role in RESULTS)]
    if not sides:
        raise InputError("The scene has no result for a report yet; press 'Run all' first.")
    with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
        page = CasePage(
            title=f"Femoral heads of {patient}" if patient else "Femoral heads: report of a case",
            banner=" ".join([BANNER, *_outdated(digest_of(labels))]),
            summary=[_card(side) for side in sides],
            sections=[
                *_pictures(image, labels, sides, Path(folder)),
                *(s for s in (_measurements(sides), _stages(sides), _predictions(sides)) if s.rows),
                *_survival(sides, Path(folder)),
            ],
            provenance=_provenance(),
        )
        write_case_page(page, path)
    gather(volume, [text_node("Case report", str(path), "case report", {})])
    return path


def patient_of(volume: vtkMRMLScalarVolumeNode) -> str:
    """Name of the patient's item above the volume in the subject hierarchy, "" where there is none."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    patient = hierarchy.GetItemAncestorAtLevel(hierarchy.GetItemByDataNode(volume), "Patient")
    return hierarchy.GetItemName(patient) if patient else ""


def _first(role: str, side: str) -> dict[str, Any]:
    rows = result_rows(role, side)
    return rows[0] if rows else {}


def _outdated(digest: str) -> list[str]:
    stale = sorted(
        {
            n.GetAttribute(ROLE)
            for n in slicer.util.getNodesByClass("vtkMRMLTableNode")
            if n.GetAttribute(ROLE) in RESULTS and is_stale(n, digest)
        }
    )
    return [f"Outdated, since the outlines were changed afterwards: {', '.join(stale)}."] if stale else []


def _card(side: str) -> dict[str, Any]:
    measured, stage, predicted = (_first(role, side) for role in RESULTS[:3])
    survival = _first("survival", side)
    facts = {}
    if measured:
        facts["Necrosis"] = (
            f"{measured['necrosis_ml']:.1f} ml" if measured["necrosis_ml"] > 0 else "none outlined"
        )
    if measured and measured["necrosis_ml"] > 0:
        facts["Combined necrotic angle"] = f"{measured['combined_necrotic_angle']:.0f}°"
    if stage and stage["stage"] != "not staged":
        facts["Stage"] = f"{stage['stage']} ({stage['P(' + stage['stage'] + ')']:.0%})"
    for month, share in zip(survival.get("months", ()), survival.get("survival", ()), strict=True):
        facts[f"No collapse at {month:.0f} months"] = f"{share:.1%}"
    alert = bool(predicted) and predicted["probability"] >= predicted["threshold"]
    return {
        "side": SIDE_NAMES[side],
        "headline": f"{predicted['probability']:.0%}" if predicted else "–",
        "meaning": f"probability of early osteonecrosis: {predicted['reading']}"
        if predicted
        else "no prediction",
        "tone": "alert" if alert else "calm",
        "facts": facts,
    }


def _pictures(image: Image, labels: Image, sides: Sequence[str], folder: Path) -> list[Section]:
    from ..report.case_pictures import draw_hip, sides_of

    heats = {
        node.GetAttribute(SIDE): image_from_volume(node)
        for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
        if node.GetAttribute(ROLE) == "heatmap" and node.GetAttribute(SIDE)
    }
    pictures = []
    for side in (s for s in sides if s in sides_of(labels)):
        path, _centre = draw_hip(image, labels, side, folder / f"hip-{side}.png", heats.get(side))
        text = f"{SIDE_NAMES[side]} hip, coronal and sagittal; head blue, necrosis orange"
        pictures.append(Picture(path, text + ("; below, what the stage rests on." if side in heats else ".")))
    note = "Radiological orientation: the patient's right is on the left of a coronal picture."
    return [Section("The hips", note, pictures=pictures)] if pictures else []


def _measurements(sides: Sequence[str]) -> Section:
    rows = {side: _first("measurements", side) for side in sides}
    rows = {side: row for side, row in rows.items() if row}
    shown = [
        (title, *(_cell(row.get(name), form) for row in rows.values()))
        for name, title, form in _MEASURED
        if rows
    ]
    return Section("Measurements", columns=("", *(f"{SIDE_NAMES[s]} hip" for s in rows)), rows=shown)


def _cell(value: Any, form: str) -> str:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return form.format(value)


def _stages(sides: Sequence[str]) -> Section:
    rows = [(side, row) for side in sides for row in result_rows("stage", side)]
    names = ("P(0)", "P(I)", "P(II)", "spread")
    return Section(
        "Stage (modified Ficat-Arlet 0, I, II)",
        columns=("Hip", "Stage", *names),
        rows=[(SIDE_NAMES[s], row["stage"], *(_cell(row[n], "{:.1%}") for n in names)) for s, row in rows],
        note=_statement("stage statement"),
    )


def _predictions(sides: Sequence[str]) -> Section:
    rows = [(side, row) for side in sides for row in result_rows("prediction", side)]
    return Section(
        "Early osteonecrosis",
        columns=("Hip", "Probability", "Threshold", "Reading"),
        rows=[
            (SIDE_NAMES[s], f"{r['probability']:.3f}", f"{r['threshold']:.3f}", r["reading"]) for s, r in rows
        ],
        note=_statement("prediction statement"),
    )


def _statement(role: str) -> str:
    node = find_node("vtkMRMLTextNode", role)
    return node.GetText() if node is not None else ""


def _survival(sides: Sequence[str], folder: Path) -> list[Section]:
    sections = []
    for side in sides:
        row = _first("survival", side)
        if not row:
            continue
        facts = read_attributes(find_node("vtkMRMLTableNode", "survival", side))
        given = [
            f"{name.replace('_', ' ')}: {facts[name]}"
            for name in ("model", "arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg")
            if name in facts
        ]
        points = zip(row["months"], row["survival"], row["low"], row["high"], strict=True)
        sections.append(
            Section(
                f"No-collapse survival after core decompression, {SIDE_NAMES[side].lower()} hip",
                "; ".join(given) + ".",
                columns=("Months", "Survival", "95% interval"),
                rows=[(f"{m:.0f}", f"{s:.1%}", f"{lo:.1%} to {hi:.1%}") for m, s, lo, hi in points],
                pictures=_curve(side, folder),
                note=f"Assumed: {row['assumed']}." if row["assumed"] else "",
            )
        )
    return sections


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
    path = save_figure(figure, folder / f"survival-{side}.png", dpi=110)
    return [Picture(path, f"No-collapse survival, hip {side}, beside the groups of the study.")]


def _provenance() -> Mapping[str, str]:
    """Where each result comes from; what several share is said once."""
    record: dict[str, str] = {}
    for role in RESULTS:
        node = find_node("vtkMRMLTableNode", role)
        for name, value in (read_attributes(node) if node is not None else {}).items():
            if name in record and record[name] != value:
                record[f"{role}: {name}"] = value
            elif name not in record:
                record[name] = value
    return record
