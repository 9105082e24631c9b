"""``onfh drill``: where drill wires reach the necrosis without leaving the bone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import case_name

from ..case import ImageArgument, SeriesOption, read_input, read_outlines
from ..output import JsonFlag, emit, progress_bar, table
from ..reading import EchoOption, StackOption, counted, files_read, with_notes

if TYPE_CHECKING:
    from ...drilling.plan import PlannedHip
    from ...drilling.result import HipPlan
    from ...drilling.rules import DrillingRules


def drill(
    image: ImageArgument,
    segmentation: Annotated[Path, typer.Argument(help="Outlines of the femoral heads with their necrosis.")],
    out: Annotated[Path, typer.Option(help="Folder for the plan and the femur that it rests on.")],
    femur: Annotated[
        Path | None,
        typer.Option(
            help="Outline of the femur (label image or segment 'Femur R', 'Femur L'); found if left out."
        ),
    ] = None,
    wires: Annotated[int | None, typer.Option(help="How many; 3 if nothing says otherwise.")] = None,
    diameter: Annotated[
        float | None, typer.Option(help="Of a wire in mm; 3 if nothing says otherwise.")
    ] = None,
    entry: Annotated[
        str | None,
        typer.Option(help="single: one hole for all wires; fan: holes near each other; several: anywhere."),
    ] = None,
    rules: Annotated[
        Path | None, typer.Option(help="YAML file with rules, such as 'cortex_margin_mm: 4'.")
    ] = None,
    side: Annotated[str | None, typer.Option(help="R or L alone; both if left out.")] = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    json: JsonFlag = False,
) -> None:
    """Plan drill wires from the lateral cortex into the necrosis. Not a medical device; for research only."""
    from ...drilling.files import write_plan
    from ...drilling.given import read_femurs
    from ...drilling.plan import plan_drilling
    from ...report.drilling.page import PAGE_FILE, write_drilling_page

    started = time.perf_counter()
    asked = rules_of(rules, wires, diameter, entry)
    if side not in (None, "R", "L"):
        raise InputError(f"--side is '{side}'; R or L is accepted.")
    volume = read_input(image, series, None, echo=echo, stack=stack).require_volume(str(image))
    labels, notes = read_outlines(segmentation, volume, image)
    femurs = {} if femur is None else read_femurs(femur, labels)
    with progress_bar("Planning") as report:
        plan, planned = plan_drilling(
            volume, labels, asked, femurs, tuple(side) if side else ("R", "L"), progress=report
        )
        answer = plan.to_json() | write_plan(plan, planned, out)
        page = write_drilling_page(plan, planned, volume, case_name(image, volume.metadata), out / PAGE_FILE)
        answer["page"] = str(page)
    answer["warnings"] = with_notes([*plan.warnings, *notes], volume)
    answer |= files_read(volume)
    answer["seconds"] = time.perf_counter() - started
    note = counted([*answer["warnings"], *_sentences(planned), plan.disclaimer], volume)
    emit(answer, json, lambda console: console.print(table(*_table(planned, image), note)))


def rules_of(
    path: Path | None, wires: int | None = None, diameter: float | None = None, entry: str | None = None
) -> DrillingRules:
    """The rules of a file with what the command line says otherwise.

    Raises:
        InputError: a rule that there is none of, or a value out of range.
    """
    from ...drilling.rules import DrillingRules, read_rules, with_values

    rules = DrillingRules() if path is None else read_rules(path)
    said = {"wires": wires, "diameter_mm": diameter, "entry": entry}
    return with_values(rules, {name: value for name, value in said.items() if value is not None})


def _sentences(planned: tuple[PlannedHip, ...]) -> list[str]:
    said: list[str] = []
    for hip in planned:
        plan = hip.plan
        said.append(f"{plan.side}: {plan.withheld or plan.statement}")
        said += [check.reason for check in plan.checks if not check.kept]
        said += plan.warnings
    return said


def _table(
    planned: tuple[PlannedHip, ...], image: Path
) -> tuple[str, tuple[str, ...], list[tuple[Any, ...]]]:
    columns = (
        "side", "wire", "length (mm)", "to shaft (deg)", "from the front (deg)", "to coronal plane (deg)",
        "below trochanter (mm)", "short of joint (mm)",
    )  # fmt: skip
    return f"Drilling plan, {image.name}", columns, [row for hip in planned for row in rows_of(hip.plan)]


def rows_of(plan: HipPlan) -> list[tuple[Any, ...]]:
    """A row of figures for every wire of a hip."""
    return [
        (
            plan.side, wire.number, round(wire.length_mm), round(wire.angle_to_shaft_deg),
            round(wire.angle_to_shaft_front_deg), round(wire.angle_to_coronal_deg), round(wire.below_trochanter_mm),
            round(wire.tip_gap_mm, 1),
        )
        for wire in plan.wires
    ]  # fmt: skip
