"""``onfh simulate``: patients that do not exist, for training, testing and teaching."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit, progress_bar, table


def simulate(
    protocol: Annotated[str, typer.Option(help="dlr, onfhnet or dlrc: whose case mix and images.")],
    cases: Annotated[int, typer.Option(help="How many patients.")],
    out: Annotated[Path, typer.Option(help="Folder for the cohort.")],
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 0,
    format: Annotated[str, typer.Option(help="nifti or dicom.")] = "nifti",  # noqa: A002 - the option's name
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    resume: Annotated[bool, typer.Option(help="Go on with a cohort that was interrupted.")] = False,
    json: JsonFlag = False,
) -> None:
    """Simulate a cohort with exact truth: images, masks and the clinical table."""
    from ONFHAssistLib.simulate.cohort import simulate_cohort

    with progress_bar("Simulating") as report:
        answer = simulate_cohort(
            protocol,
            cases,
            seed,
            out,
            image_format=format,
            workers=workers,
            resume=resume,
            progress=report,
        )
    rows = [(answer["cases"], str(answer["table"]), answer["sha256"][:12])]
    columns = ("patients", "table", "sha256")
    note = "Simulated: no patient is behind these images."
    emit(answer, json, lambda console: console.print(table(f"Cohort {protocol}", columns, rows, note)))
