"""``onfh run``: all steps on one image, and the report."""

from __future__ import annotations

import json as json_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .case import (
    ImageArgument,
    MagnificationOption,
    SeriesOption,
    SideOption,
    SpacingOption,
    read_input,
    read_outlines,
)
from .output import JsonFlag, emit, progress_bar, table
from .predict import SequenceOption, reading_cells, stage_cells, with_sequence
from .reading import EchoOption, StackOption

if TYPE_CHECKING:
    from ..case.result import HipResult


def run(
    image: ImageArgument,
    out: Annotated[Path, typer.Option(help="Folder for the result, its images, tables and report.")],
    segmentation: Annotated[
        Path | None, typer.Option(help="Label image of the femoral heads; found if left out.")
    ] = None,
    radiograph: Annotated[Path | None, typer.Option(help="Radiograph of the same patient.")] = None,
    radiograph_segmentation: Annotated[
        Path | None, typer.Option(help="Label image of the femoral heads on the radiograph.")
    ] = None,
    sequence: SequenceOption = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    magnification: MagnificationOption = None,
    spacing: SpacingOption = None,
    side: SideOption = None,
    steps: Annotated[
        list[str] | None,
        typer.Option("--step", help="Only this step (and others named so): segment, measure, extract, ..."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """All steps: outline, measure, features, probability, stage, survival, and a report of the case.

    What is printed with --json is the whole result; it lies as result.json in the folder, beside index.html.
    """
    from ..case.case import Case
    from ..case.pipeline import ALL_STEPS, run_case
    from ..core.errors import InputError
    from ..core.names import case_name
    from ..report.case_folder import PAGE, write_case

    if (radiograph is None) != (radiograph_segmentation is None):
        raise InputError("--radiograph and --radiograph-segmentation go together; give both or neither.")
    volume = with_sequence(read_input(image, series, None, side, echo=echo, stack=stack), sequence, image)
    labels = None if segmentation is None else read_outlines(segmentation, volume, image)[0]
    film = film_labels = None
    if radiograph is not None and radiograph_segmentation is not None:
        film = read_input(radiograph, None, magnification, spacing=spacing)
        film_labels, _ = read_outlines(radiograph_segmentation, film, radiograph)
    case = Case(volume, image.name, labels, {}, film, film_labels)
    with progress_bar("Running") as report:
        result = run_case(case, out, tuple(steps) if steps else ALL_STEPS, progress=report)
        path = write_case(result, case, out, case_name(image, volume.metadata))
    answer = json_module.loads(path.read_text(encoding="utf-8"))
    rows = [
        (hip.side, *_measured(hip), *stage_cells(hip)[:1], *reading_cells(hip), _survived(hip))
        for hip in result.hips
    ]
    columns = (
        "side",
        "necrosis (ml)",
        "angle",
        "stage",
        "probability",
        "reading",
        "no collapse at 36 months",
    )
    files = result.reading.sentence()
    note = "\n".join([*result.sentences(), *([files] if files else []), str(out / PAGE)])
    emit(answer, json, lambda console: console.print(table(f"Case {image.name}", columns, rows, note)))


def _measured(hip: HipResult) -> tuple[Any, Any]:
    if hip.findings is None:
        return "-", "-"
    measured = hip.findings.measurement
    return measured.necrosis_ml, measured.combined_necrotic_angle


def _survived(hip: HipResult) -> Any:
    return "-" if hip.survival is None else hip.survival.estimate.survival[0]
