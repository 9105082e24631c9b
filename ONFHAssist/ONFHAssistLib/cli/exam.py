"""``onfh series`` and ``onfh exam``: the series of an examination, and the examination as a whole."""

from __future__ import annotations

import json as json_module
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..core.errors import InputError
from .case import EdgeOption
from .output import JsonFlag, emit, progress_bar, table

if TYPE_CHECKING:
    from ..exam.result import ExamHip, ExamResult, SeriesRow

StudyArgument = Annotated[
    Path, typer.Argument(help="Folder of the examination: DICOM series, or NIfTI and NRRD volumes.")
]
UseOption = Annotated[
    list[str] | None,
    typer.Option(
        "--use",
        help="What a series is used for, as 3=reference+outline, 5=fluid or 7=none; uses are reference, outline, "
        "acetabulum, fluid. May be given several times.",
    ),
]
RolesOption = Annotated[
    Path | None,
    typer.Option("--roles", help="The same for all series, from a file: JSON of number to uses, or CSV."),
]


def series(
    folder: StudyArgument, use: UseOption = None, roles: RolesOption = None, json: JsonFlag = False
) -> None:
    """The table of an examination's series: plane, contrast, resolution, coverage of the heads, use."""
    from ..exam.examine import series_table

    with progress_bar("Reading") as report:
        result = series_table(folder, _wishes(use, roles), report)
    emit(_answer(result), json, lambda console: console.print(_table(result)))


def exam(
    study: StudyArgument,
    out: Annotated[Path, typer.Option(help="Folder for the outlines, exam.json and the report.")],
    use: UseOption = None,
    roles: RolesOption = None,
    predict: Annotated[
        bool, typer.Option("--predict/--no-predict", help="Also give stage and probability of each hip.")
    ] = True,
    edge_r: EdgeOption = None,
    edge_l: EdgeOption = None,
    edge_series: Annotated[
        str,
        typer.Option(help="Number of the series that the edges were marked on; the reference by default."),
    ] = "",
    json: JsonFlag = False,
) -> None:
    """Read all series of an examination together: alignment of each hip, one outline, measurements, one answer.

    The folder gets exam.json, the outlines, and index.html, a report to look at and print.
    """
    from ..exam.examine import examine
    from ..exam.study import read_study
    from ..exam.work import MarkedEdge
    from ..report.exam_folder import write_exam

    edges = {
        side: MarkedEdge(edge_series, point)
        for side, point in (("R", edge_r), ("L", edge_l))
        if point is not None
    }
    if edge_series and not edges:
        raise InputError(
            f"A series {edge_series} is named for an acetabular edge, but no edge; give its point too."
        )
    with progress_bar("Examining") as report:
        found = read_study(study)
        name = study.resolve().name
        result = examine(found, out, _wishes(use, roles), report, name, predict, edges)
        # So that a follow-up finds the series again.
        result = replace(result, files={**result.files, "study": str(study.resolve())})
        result = write_exam(result, found, out)

    def show(console: Any) -> None:
        console.print(_table(result))
        console.print(_alignments(result))
        console.print(_hips(result))
        console.print(_answers(result))

    emit(_answer(result), json, show)


def _wishes(use: list[str] | None, roles: Path | None) -> dict[str, tuple[str, ...]]:
    from ..exam.roles import parse_uses, read_uses

    return {**(read_uses(roles) if roles else {}), **parse_uses(use or [])}


def _answer(result: ExamResult) -> dict[str, Any]:
    answer: dict[str, Any] = json_module.loads(result.to_json())
    return answer


def _table(result: ExamResult) -> Any:
    columns = ("series", "description", "plane", "contrast", "mm", "heads", "used for")
    rows = [
        (
            row.number,
            row.description,
            row.plane or "-",
            _contrast(row),
            " x ".join(f"{mm:.2g}" for mm in row.spacing) or "-",
            ", ".join(f"{side} {100 * share:.0f}%" for side, share in row.coverage.items()) or "-",
            ", ".join(row.uses) or "-",
        )
        for row in result.series
    ]
    notes = [f"Series {row.number} is not used. {row.reason}" for row in result.series if row.reason]
    notes += [f"Series {row.number}: {note}" for row in result.series for note in row.notes]
    known = [
        warning
        for warning in result.warnings
        if not any(row.reason and row.reason in warning for row in result.series)
    ]
    return table(f"Series of {result.study}", columns, rows, "\n".join([*known, *notes]))


def _contrast(row: SeriesRow) -> str:
    if row.contradicted:
        return f"{row.stated} by header, {row.seen} by look"
    return row.stated or row.seen or row.modality


def _alignments(result: ExamResult) -> Any:
    columns = (
        "hip",
        "series",
        "moved (mm)",
        "turned (degrees)",
        "searches apart (mm)",
        "outlines meet (Dice)",
        "",
    )
    rows = [
        (a.side, a.series, a.shift_mm, a.turn_degrees, a.spread_mm, a.overlap, a.failure or "aligned")
        for a in result.alignments
        if a.series != result.reference
    ]
    return table(f"Against series {result.reference}", columns, rows)


def _hips(result: ExamResult) -> Any:
    columns = ("hip", "series", "head (ml)", "necrosis (ml)", "share", "angle", "JIC type", "edge from")
    rows = []
    for hip in result.hips:
        measured = hip.findings.measurement if hip.findings else None
        numbers: tuple[Any, ...] = ("-",) * 5
        if measured is not None:
            names = ("head_ml", "necrosis_ml", "necrotic_share", "combined_necrotic_angle")
            numbers = (*(_with_interval(hip, name) for name in names), measured.jic_type or "-")
        rows.append((hip.side, ", ".join(hip.series), *numbers, hip.edge_series or "-"))
    notes = [
        f"Side {hip.side}: {note}"
        for hip in result.hips
        for note in (*hip.notes, *(hip.findings.notes if hip.findings else ()))
    ]
    return table("Hips", columns, rows, "\n".join([*notes, *result.files.values()]))


def _with_interval(hip: ExamHip, name: str) -> str:
    """A number, and between which it lies with 90% where that is known."""
    assert hip.findings is not None
    known, digits = hip.numbers.get(name), 0 if name == "combined_necrotic_angle" else 1
    factor, unit = (100.0, "%") if name == "necrotic_share" else (1.0, "")
    value = factor * getattr(hip.findings.measurement, name)
    if known is None or known.high <= known.low:
        return f"{value:.{digits}f}{unit}"
    return f"{value:.{digits}f}{unit} ({factor * known.low:.{digits}f} to {factor * known.high:.{digits}f})"


def _answers(result: ExamResult) -> Any:
    columns = (
        "hip",
        "stage",
        "by series",
        "probability",
        "by series",
        "flattening (mm)",
        "fracture line",
        "effusion",
    )
    rows = []
    for hip in result.hips:
        stage, probability, surface = hip.stage, hip.probability, hip.surface
        cells: list[Any] = [hip.side, "-", "-", "-", "-", "-", "-", "-"]
        if stage is not None:
            cells[1] = stage.stage or "withheld"
            cells[2] = ", ".join(f"{number}: {one.stage}" for number, one in stage.by_series.items()) or "-"
        if probability is not None:
            cells[3] = "withheld" if probability.probability is None else f"{probability.probability:.2f}"
            own = probability.by_series.items()
            cells[4] = ", ".join(f"{number}: {one.probability:.2f}" for number, one in own) or "-"
        if surface is not None:
            cells[5] = f"{surface.flattening_mm:.1f}"
            cells[6] = {True: "seen", False: "not seen", None: "-"}[surface.fracture_line]
        if hip.effusion is not None:
            cells[7] = f"grade {hip.effusion.grade}"
        rows.append(tuple(cells))
    return table("Answers of the examination", columns, rows)
