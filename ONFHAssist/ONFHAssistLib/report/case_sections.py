"""The sections of a case's report: pictures, figures in words, curves; from what a :class:`.CaseAnswers` gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..case.rows import OUT_OF_SCOPE
from ..core.language import mark, sentence
from ..core.language import text as _
from ..imaging.image import Image
from .case_answers import CaseAnswers
from .case_page import Picture, Section

SIDE_NAMES = {"R": "Right", "L": "Left"}
# Of a hip without necrosis only the first three say something.
_MEASURED = (
    ("radius", mark("Head radius (mm)"), "{:.1f}"),
    ("head_ml", mark("Head volume (ml)"), "{:.1f}"),
    ("necrosis_ml", mark("Necrosis (ml)"), "{:.1f}"),
    ("necrotic_share", mark("Necrotic share of the head"), "{:.0%}"),
    ("arc_a", mark("Arc A, mid-coronal (°)"), "{:.0f}"),
    ("arc_b", mark("Arc B (°)"), "{:.0f}"),
    ("combined_necrotic_angle", mark("Combined necrotic angle (°)"), "{:.0f}"),
    ("jic_type", mark("JIC type"), "{}"),
    ("depth_mm", mark("Depth of the necrosis (mm)"), "{:.0f}"),
    ("oedema", mark("Marrow oedema by the signal"), "{}"),
)
_OF_A_NECROSIS = {name for name, *_rest in _MEASURED[3:-1]}
# What a survival table says of itself; all else there are the findings that the model was given.
NO_FINDING = {"model", "model_sha256", "assumed", "measured_angle_deg", "created", "software", "input"}


def side_title(side: str) -> str:
    """ "Right" or "Left"."""
    return _("Right") if side == "R" else _("Left")


def hip_title(side: str) -> str:
    """ "Right hip" or "Left hip"."""
    return _("Right hip") if side == "R" else _("Left hip")


def first_row(case: CaseAnswers, role: str, side: str) -> dict[str, Any]:
    """The result of ``role`` on a hip, empty where there is none."""
    rows = case.rows(role, side)
    return rows[0] if rows else {}


def reading(text: str) -> str:
    """The word of a reading, such as "likely"."""
    return sentence(text.replace("early osteonecrosis ", ""))


def share(value: float | None) -> str:
    """A probability as whole percent; what would read 0 or 100 says on which side it is, and a dash where none is."""
    if value is None or math.isnan(value):
        return "–"
    if value < 0.005:
        return _("under 1%")
    return _("over 99%") if value > 0.995 else f"{value:.0%}"


def picture_sections(
    case: CaseAnswers, image: Image, labels: Image, sides: Sequence[str], folder: Path
) -> list[Section]:
    """Each hip with its outlines and, where a stage was given, its heat; the files are written into ``folder``."""
    from .case_pictures import draw_hip, outlined_sides, window_of

    shown = [s for s in sides if s in outlined_sides(labels)]
    found = {side: case.heat(side) for side in shown if _counts(case, side)}
    heats = {side: heat for side, heat in found.items() if heat is not None}
    if not shown:
        return []
    drawn, window = [], window_of(image, labels, shown)
    for side in shown:
        path, _centre = draw_hip(image, labels, side, folder / f"hip-{side}.png", heats.get(side), window)
        text = _("{hip}, coronal and sagittal through the centre of the head").format(hip=hip_title(side))
        below = _("; below with the heat of the stage.") if side in heats else _(".")
        drawn.append(Picture(path, text + below))
    note = _(
        "Outline of the head blue, of the necrosis orange. Radiological orientation: the patient's right is on the left "
        "of a coronal picture. Both hips have one window; between the slices, image and outlines are interpolated."
    )
    return [Section(_("The hips"), note, pictures=drawn)]


def _counts(case: CaseAnswers, side: str) -> bool:
    """Heat is shown for a stage that was given; of what is no answer it would only look like one."""
    return first_row(case, "stage", side).get("scope") != OUT_OF_SCOPE


def measurement_section(case: CaseAnswers, sides: Sequence[str]) -> Section:
    """What was measured, a column a hip; no rows where nothing was."""
    rows = {side: first_row(case, "measurements", side) for side in sides}
    rows = {side: row for side, row in rows.items() if row}
    shown = [
        (_(title), *(_measured(row, name, form) for row in rows.values()))
        for name, title, form in _MEASURED
        if rows
    ]
    planes = sorted({row["arc_b_plane"] for row in rows.values() if row.get("arc_b_plane")})
    return Section(
        _("Measurements"),
        columns=("", *(hip_title(s) for s in rows)),
        rows=shown,
        note=_("Arc B in the {planes} plane through the centre of the head.").format(
            planes=_(" and ").join(sentence(plane) for plane in planes)
        )
        if planes
        else "",
    )


def _measured(row: Mapping[str, Any], name: str, form: str) -> str:
    if name in _OF_A_NECROSIS and not row["necrosis_ml"] > 0:
        return "–"
    if name == "jic_type" and not row.get(name):
        return _("no acetabular edge known")
    return _cell(row.get(name), form)


def _cell(value: Any, form: str) -> str:
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return "–"
    return form.format(sentence(value) if isinstance(value, str) else value)


def stage_section(case: CaseAnswers, sides: Sequence[str]) -> Section:
    """The stages with their probabilities, a row a hip."""
    rows = [(side, row) for side in sides for row in case.rows("stage", side)]
    names = ("P(0)", "P(I)", "P(II)", "spread")
    return Section(
        _("Stage (modified Ficat-Arlet 0, I, II)"),
        columns=(
            *(_("Hip"), _("Stage"), _("Probability of 0"), _("of I"), _("of II"), _("Spread")),
            _("Unlike training"),
        ),
        rows=[
            (
                side_title(s),
                _out(row) or sentence(row["stage"]),
                *(_cell(row[n], "{}") if row[n] is None else share(row[n]) for n in names),
                _cell(row["distance"], "{:.1f}"),
            )
            for s, row in rows
        ],
        note=_joined(
            [
                _(
                    "Spread: standard deviation between the networks. Unlike training: over 1 the hip is unlike those "
                    "that the networks learned from."
                ),
                sentence(case.statement("stage")),
            ]
        ),
    )


def _joined(sentences: Sequence[str]) -> str:
    """One after the other; a full stop of Chinese brings its own space."""
    return "".join(one if one.endswith("。") else f"{one} " for one in sentences).rstrip()


def prediction_section(case: CaseAnswers, sides: Sequence[str]) -> Section:
    """The probabilities of early osteonecrosis, a row a hip."""
    rows = [(side, row) for side in sides for row in case.rows("prediction", side)]
    return Section(
        _("Probability of early osteonecrosis (DLR)"),
        columns=(_("Hip"), _("Probability"), _("Threshold"), _("Reading")),
        rows=[
            (
                side_title(s),
                share(r["probability"]),
                share(r["threshold"]),
                _out(r) or reading(r["reading"]),
            )
            for s, r in rows
        ],
        note=sentence(case.statement("prediction")),
    )


def _out(row: Mapping[str, Any]) -> str:
    return _("no answer (out of scope)") if row.get("scope") == OUT_OF_SCOPE else ""


def survival_sections(case: CaseAnswers, sides: Sequence[str], folder: Path) -> list[Section]:
    """A section with table and curve for each hip that has an estimate; the files are written into ``folder``."""
    sections = []
    for side in sides:
        row = first_row(case, "survival", side)
        if not row:
            continue
        points = zip(row["months"], row["survival"], row["low"], row["high"], strict=True)
        sections.append(
            Section(
                _("No-collapse survival after core decompression, {hip}").format(hip=_side_hip(side)),
                _findings(case.facts("survival", side)),
                columns=(_("Months"), _("Survival"), _("95% interval")),
                rows=[
                    (f"{m:.0f}", share(s), _("{low} to {high}").format(low=share(lo), high=share(hi)))
                    for m, s, lo, hi in points
                ],
                pictures=_curve(case, side, folder),
                note=_("Assumed: {what}.").format(what=sentence(row["assumed"])) if row["assumed"] else "",
            )
        )
    return sections


def _side_hip(side: str) -> str:
    return _("right hip") if side == "R" else _("left hip")


def _findings(facts: Mapping[str, str]) -> str:
    """The model and the findings that it was given, in words."""
    parts = [_("Model: {model}").format(model=sentence(facts["model"]))] if "model" in facts else []
    for name, value in facts.items():
        if name == "arco_stage":
            parts.append(_("ARCO stage {stage}").format(stage=value))
        elif name == "combined_necrotic_angle_deg":
            parts.append(_("combined necrotic angle {angle:.0f}°").format(angle=float(value)))
        elif name not in NO_FINDING:
            named = sentence(name.replace("_", " "))
            parts.append(_("{name}: {value}").format(name=named, value=sentence(str(value))))
    return _("; ").join(parts) + _(".") if parts else ""


def _curve(case: CaseAnswers, side: str, folder: Path) -> list[Picture]:
    from ..evaluate.figures.binary import save_figure
    from ..evaluate.figures.survival import draw_patient_curve

    columns = case.curve(side)
    if not columns:
        return []
    months, survival, low, high = (columns[name] for name in ("months", "survival", "low", "high"))
    others = {
        name: (months, values)
        for name, values in columns.items()
        if name not in ("months", "survival", "low", "high")
    }
    figure = draw_patient_curve(months, survival, low, high, others)
    path = save_figure(figure, folder / f"survival-{side}.png", dpi=120)
    return [
        Picture(
            path,
            _("No-collapse survival of the {hip}, beside the groups of the study.").format(
                hip=_side_hip(side)
            ),
        )
    ]
