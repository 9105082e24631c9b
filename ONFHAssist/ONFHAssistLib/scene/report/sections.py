"""The sections of a case's report, from the tables and volumes of the scene: pictures, figures in words, curves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _

from ...imaging.image import Image
from ...report.case_page import Picture, Section
from ..attributes import OUT_OF_SCOPE, ROLE, SIDE, read_attributes
from ..case import find_node
from ..results.survival import group_name
from ..summary import result_rows
from ..tables import columns_of
from ..volumes import image_from_volume
from ..words import hip_name, plane_name, said, side_name

_OF_A_NECROSIS = {"necrotic_share", "arc_a", "arc_b", "combined_necrotic_angle", "jic_type", "depth_mm"}
# What a survival table says of itself; all else there are the findings that the model was given.
NO_FINDING = {"model", "model_sha256", "assumed", "measured_angle_deg", "created", "software", "input"}


def _measures() -> list[tuple[str, str, str]]:
    """Column, title and form of each measure; of a hip without necrosis only some say something."""
    return [
        ("radius", _("Head radius (mm)"), "{:.1f}"),
        ("head_ml", _("Head volume (ml)"), "{:.1f}"),
        ("necrosis_ml", _("Necrosis (ml)"), "{:.1f}"),
        ("necrotic_share", _("Necrotic share of the head"), "{:.0%}"),
        ("arc_a", _("Arc A, mid-coronal (°)"), "{:.0f}"),
        ("arc_b", _("Arc B (°)"), "{:.0f}"),
        ("combined_necrotic_angle", _("Combined necrotic angle (°)"), "{:.0f}"),
        ("jic_type", _("JIC type"), "{}"),
        ("depth_mm", _("Depth of the necrosis (mm)"), "{:.0f}"),
        ("oedema", _("Marrow oedema by the signal"), "{}"),
    ]


def first_row(role: str, side: str) -> dict[str, Any]:
    """The result of ``role`` on a hip, empty where there is none."""
    rows = result_rows(role, side)
    return rows[0] if rows else {}


def share(value: float) -> str:
    """A probability as whole percent; what would read 0 or 100 says on which side it is."""
    if math.isnan(value):
        return "–"
    if value < 0.005:
        return _("under 1%")
    return _("over 99%") if value > 0.995 else f"{value:.0%}"


def picture_sections(image: Image, labels: Image, sides: Sequence[str], folder: Path) -> list[Section]:
    """Each hip with its outlines and, where a stage was given, its heat; the files are written into ``folder``."""
    from ...report.case_pictures import draw_hip, sides_of, window_of

    heats = {
        node.GetAttribute(SIDE): image_from_volume(node)
        for node in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode")
        if node.GetAttribute(ROLE) == "heatmap" and _has_heat(node.GetAttribute(SIDE))
    }
    shown = [s for s in sides if s in sides_of(labels)]
    if not shown:
        return []
    drawn, window = [], window_of(image, labels, shown)
    for side in shown:
        path, _centre = draw_hip(image, labels, side, folder / f"hip-{side}.png", heats.get(side), window)
        text = (
            _("{hip}, coronal and sagittal through the centre of the head; below with the heat of the stage.")
            if side in heats
            else _("{hip}, coronal and sagittal through the centre of the head.")
        )
        drawn.append(Picture(path, text.format(hip=hip_name(side))))
    note = _(
        "Outline of the head blue, of the necrosis orange. Radiological orientation: the patient's right is on the left "
        "of a coronal picture. Both hips have one window; between the slices, image and outlines are interpolated."
    )
    return [Section(_("The hips"), note, pictures=drawn)]


def _has_heat(side: str | None) -> bool:
    """Heat is shown for a stage that was given; of what is no answer it would only look like one."""
    return side is not None and first_row("stage", side).get("scope") != OUT_OF_SCOPE


def measurement_section(sides: Sequence[str]) -> Section:
    """What was measured, a column a hip; no rows where nothing was."""
    rows = {side: first_row("measurements", side) for side in sides}
    rows = {side: row for side, row in rows.items() if row}
    shown = [
        (title, *(_measured(row, name, form) for row in rows.values()))
        for name, title, form in _measures()
        if rows
    ]
    planes = sorted({row["arc_b_plane"] for row in rows.values() if row.get("arc_b_plane")})
    return Section(
        _("Measurements"),
        columns=("", *(hip_name(s) for s in rows)),
        rows=shown,
        note=_("Arc B in the {planes} plane through the centre of the head.").format(
            planes=_(" and ").join(plane_name(plane) for plane in planes)
        )
        if planes
        else "",
    )


def _measured(row: Mapping[str, Any], name: str, form: str) -> str:
    if name in _OF_A_NECROSIS and not row["necrosis_ml"] > 0:
        return "–"
    return _cell(row.get(name), form)


def _cell(value: Any, form: str) -> str:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return form.format(said(value) if isinstance(value, str) else value)


def stage_section(sides: Sequence[str]) -> Section:
    """The stages with their probabilities, a row a hip."""
    rows = [(side, row) for side in sides for row in result_rows("stage", side)]
    names = ("P(0)", "P(I)", "P(II)", "spread")
    return Section(
        _("Stage (modified Ficat-Arlet 0, I, II)"),
        columns=(
            _("Hip"),
            _("Stage"),
            _("Probability of 0"),
            _("of I"),
            _("of II"),
            _("Spread"),
            _("Unlike training"),
        ),
        rows=[
            (
                side_name(s),
                _out(row) or said(row["stage"]),
                *(_cell(row[n], "{}") if row[n] is None else share(row[n]) for n in names),
                _cell(row["distance"], "{:.1f}"),
            )
            for s, row in rows
        ],
        note=" ".join(
            [
                _(
                    "Spread: standard deviation between the networks. Unlike training: over 1 the hip is unlike those "
                    "that the networks learned from."
                ),
                _statement("stage statement"),
            ]
        ),
    )


def prediction_section(sides: Sequence[str]) -> Section:
    """The probabilities of early osteonecrosis, a row a hip."""
    rows = [(side, row) for side in sides for row in result_rows("prediction", side)]
    return Section(
        _("Probability of early osteonecrosis (DLR)"),
        columns=(_("Hip"), _("Probability"), _("Threshold"), _("Reading")),
        rows=[
            (
                side_name(s),
                share(r["probability"]),
                share(r["threshold"]),
                _out(r) or said(r["reading"]),
            )
            for s, r in rows
        ],
        note=_statement("prediction statement"),
    )


def _out(row: Mapping[str, Any]) -> str:
    return _("no answer (out of scope)") if row.get("scope") == OUT_OF_SCOPE else ""


def _statement(role: str) -> str:
    node = find_node("vtkMRMLTextNode", role)
    return node.GetText() if node is not None else ""


def survival_sections(sides: Sequence[str], folder: Path) -> list[Section]:
    """A section with table and curve for each hip that has an estimate; the files are written into ``folder``."""
    sections = []
    for side in sides:
        row = first_row("survival", side)
        if not row:
            continue
        points = zip(row["months"], row["survival"], row["low"], row["high"], strict=True)
        sections.append(
            Section(
                _("No-collapse survival after core decompression: {hip}").format(hip=hip_name(side)),
                _findings(read_attributes(find_node("vtkMRMLTableNode", "survival", side))),
                columns=(_("Months"), _("Survival"), _("95% interval")),
                rows=[
                    (f"{m:.0f}", share(s), _("{low} to {high}").format(low=share(lo), high=share(hi)))
                    for m, s, lo, hi in points
                ],
                pictures=_curve(side, folder),
                note=_("Assumed: {findings}.").format(findings=row["assumed"]) if row["assumed"] else "",
            )
        )
    return sections


def _findings(facts: Mapping[str, str]) -> str:
    """The model and the findings that it was given, in words."""
    parts = [_("Model: {model}").format(model=facts["model"])] if "model" in facts else []
    for name, value in facts.items():
        if name == "arco_stage":
            parts.append(_("ARCO stage {stage}").format(stage=value))
        elif name == "combined_necrotic_angle_deg":
            parts.append(_("combined necrotic angle {angle:.0f}°").format(angle=float(value)))
        elif name not in NO_FINDING:
            parts.append(f"{_covariate_name(name)}: {said(value)}")
    return "; ".join(parts) + "." if parts else ""


def _covariate_name(name: str) -> str:
    return _("bone marrow oedema") if name == "bone_marrow_oedema" else name.replace("_", " ")


def _curve(side: str, folder: Path) -> list[Picture]:
    from ...evaluate.figures.binary import save_figure
    from ...evaluate.figures.survival import draw_patient_curve

    node = find_node("vtkMRMLTableNode", "survival curve", side)
    if node is None:
        return []
    columns = columns_of(node)
    months, survival, low, high = (columns.pop(name) for name in ("months", "survival", "low", "high"))
    others = {group_name(name): (months, values) for name, values in columns.items()}
    figure = draw_patient_curve(months, survival, low, high, others)
    path = save_figure(figure, folder / f"survival-{side}.png", dpi=120)
    return [
        Picture(
            path,
            _("No-collapse survival, beside the groups of the study: {hip}.").format(hip=hip_name(side)),
        )
    ]
