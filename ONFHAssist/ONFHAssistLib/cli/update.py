"""``onfh update``: a bundle brought up to date on a hospital's own hips."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit_figures, progress_bar


def update(
    table: Annotated[
        Path, typer.Argument(help="CSV file of your hips, a row a hip, with the known outcome.")
    ],
    bundle: Annotated[str, typer.Option(help="Probability or survival bundle, by name or folder.")],
    out: Annotated[Path, typer.Option(help="Folder of the new bundle; its name is the bundle's.")],
    method: Annotated[
        str | None,
        typer.Option(help="large, slope or refit; the closed test procedure chooses if left out."),
    ] = None,
    features: Annotated[
        list[Path] | None, typer.Option(help="CSV of features with case and side, joined to the table.")
    ] = None,
    patient: Annotated[str | None, typer.Option(help="Column of the patient.")] = None,
    outcome: Annotated[
        str, typer.Option(help="Of a probability: column with 1 with, 0 without early osteonecrosis.")
    ] = "early_onfh",
    scanner: Annotated[
        str | None, typer.Option(help="Of a harmonised probability: column of the scanner.")
    ] = None,
    time: Annotated[str | None, typer.Option(help="Of a survival model: column of the follow-up.")] = None,
    event: Annotated[
        str | None, typer.Option(help="Of a survival model: column of the event, 1 collapse, 0 none seen.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Of the follow-up: months or days.")] = None,
    hospital: Annotated[str, typer.Option(help="Whose hips they are, for the model card.")] = "",
    json: JsonFlag = False,
) -> None:
    """Recalibrate a bundle (in the large, slope, refit) on your own hips; a test chooses, a new bundle is written."""
    import sys

    from ONFHAssistLib.update.bundles import update_bundle

    arguments = {
        "table": table,
        "bundle": bundle,
        "out": out,
        "method": method,
        "features": features,
        "patient": patient,
        "outcome": outcome,
        "scanner": scanner,
        "time": time,
        "event": event,
        "unit": unit,
        "hospital": hospital,
        "command": " ".join(["onfh", *sys.argv[1:]]),
    }
    with progress_bar("Updating") as report:
        result = update_bundle(arguments, report)
    shown = {**result, "warnings": [result["choice"], *result["warnings"]]}
    title = f"{result['parent']} on {result['hips']} hips of {result['patients']} patients"
    emit_figures(result if json else shown, title, json)
