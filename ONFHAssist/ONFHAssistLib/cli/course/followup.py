"""``onfh followup``: the examinations of a patient over time."""

from __future__ import annotations

import json as json_module
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...core.errors import InputError
from ..output import JsonFlag, emit, progress_bar, table

if TYPE_CHECKING:
    from ...followup.result import FollowUp, HipFollowUp
    from ...followup.study import Named


def followup(
    exams: Annotated[
        list[Path],
        typer.Argument(
            help="Two or more examinations of one patient: folders of 'onfh exam', folders of studies, or images."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for tables, time line, masks and followup.json.")],
    date: Annotated[
        list[str] | None,
        typer.Option(
            help="Date of each examination, in their order, as 2024-05-31; that of the DICOM headers if left out."
        ),
    ] = None,
    segmentation: Annotated[
        list[Path] | None,
        typer.Option(
            help="Outlines of each image, in their order, where the examinations are single images."
        ),
    ] = None,
    study: Annotated[
        list[Path] | None,
        typer.Option(
            help="Folder of the series of each 'onfh exam' folder, in their order, where they were moved."
        ),
    ] = None,
    corrected: Annotated[
        bool,
        typer.Option(
            "--corrected",
            help="The outlines of the 'onfh exam' folders were corrected: take them as they are.",
        ),
    ] = False,
    patient: Annotated[
        str, typer.Option(help="What the patient is called in the tables; no real name.")
    ] = "",
    since: Annotated[
        str, typer.Option(help="Date of the operation, from which months count; else the first date.")
    ] = "",
    survival_table: Annotated[
        Path | None,
        typer.Option(help="Table of many patients for the survival study; gets these hips' rows."),
    ] = None,
    predict: Annotated[
        bool,
        typer.Option("--predict/--no-predict", help="Also the stage, of studies that are worked up here."),
    ] = True,
    json: JsonFlag = False,
) -> None:
    """What changed in each hip from the first examination to each later one: growth, surface, drill tracks, collapse."""
    from ...followup.study import follow_files
    from ...report.course.page import write_course_page

    if survival_table is not None and not patient.strip():
        raise InputError("--survival-table needs --patient, the name by which the table knows this patient.")
    named = _named(exams, date or [], segmentation or [], study or [], corrected)
    with progress_bar("Comparing") as report:
        result = follow_files(named, out, patient, since, survival_table, predict, report)
        result = write_course_page(result, out)
    emit(answer_of(result), json, lambda console: console.print(_table(result)))


def _named(
    exams: list[Path], dates: list[str], segmentations: list[Path], studies: list[Path], corrected: bool
) -> list[Named]:
    from ...followup.study import Named

    for what, given in (("--date", dates), ("--segmentation", segmentations), ("--study", studies)):
        if given and len(given) != len(exams):
            raise InputError(
                f"{what} is given {len(given)} times for {len(exams)} examinations; give it for each, or not."
            )
    return [
        Named(
            path,
            dates[place] if dates else "",
            segmentations[place] if segmentations else None,
            studies[place] if studies else None,
            corrected,
        )
        for place, path in enumerate(exams)
    ]


def answer_of(result: FollowUp) -> dict[str, Any]:
    """The whole result, and of each hip what changed from its first date to its last, under plain names."""
    answer: dict[str, Any] = json_module.loads(result.to_json())
    for row, hip in zip(answer["hips"], result.hips, strict=True):
        row.update(_last(hip))
    return answer


def _last(hip: HipFollowUp) -> dict[str, Any]:
    last = hip.changes[-1]
    found: dict[str, Any] = {
        "dates": [state.date for state in hip.states],
        "alignment_mm": last.alignment_mm,
        "failure": last.failure,
    }
    if last.growth is None:
        return found
    growth, sunk = last.growth, last.sunk_told
    flat = hip.states[-1].flattening
    return found | {
        "growth_ml": growth.ml, "growth_low": growth.low, "growth_high": growth.high, "called": growth.called,
        "sunk_mm": None if sunk is None else sunk.value, "sunk_low": None if sunk is None else sunk.low,
        "sunk_high": None if sunk is None else sunk.high,
        "collapse_mm": None if flat is None else flat.value,
    }  # fmt: skip


def _table(result: FollowUp) -> Any:
    columns = (
        "hip",
        "date",
        "months",
        "growth (ml)",
        "called",
        "sunk (mm)",
        "angle",
        "stage",
        "tracks",
        "alignment (mm)",
    )
    rows: list[tuple[Any, ...]] = []
    for hip in result.hips:
        changes = {one.date: one for one in hip.changes}
        for state in hip.states:
            one = changes.get(state.date)
            cells: list[Any] = ["-", "-", "-", "-", "-"]
            if one is not None and one.growth is not None:
                g, s = one.growth, one.sunk_told
                cells = [f"{g.ml:+.1f} ({g.low:+.1f} to {g.high:+.1f})", g.called,
                         "-" if s is None else f"{s.value:+.1f} ({s.low:+.1f} to {s.high:+.1f})",
                         ", ".join(track.state for track in one.tracks) or "none", f"{one.alignment_mm:.1f}"]  # fmt: skip
            rows.append((hip.side, state.date, round(state.months, 1), cells[0], cells[1], cells[2],
                         _degrees(state.combined_necrotic_angle), state.stage or "-", cells[3], cells[4]))  # fmt: skip
    notes = [
        f"Hip {hip.side}, {one.date}: {text}"
        for hip in result.hips
        for one in hip.changes
        for text in (*one.notes, one.failure)
        if text
    ]
    return table(
        f"Course of {result.patient}",
        columns,
        rows,
        "\n".join([*result.warnings, *notes, *result.files.values()]),
    )


def _degrees(value: float) -> str:
    return f"{value:.0f}" if math.isfinite(value) else "-"
