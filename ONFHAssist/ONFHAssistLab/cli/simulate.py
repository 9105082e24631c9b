"""``onfh simulate``: patients that do not exist, for training, testing and teaching."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar, table
from ONFHAssistLib.core.errors import InputError


def simulate(
    out: Annotated[Path, typer.Option(help="Folder for the cohort; PNG file for the gallery.")],
    protocol: Annotated[
        str | None, typer.Option(help="dlr, onfhnet or dlrc: whose case mix and images.")
    ] = None,
    cases: Annotated[int | None, typer.Option(help="How many patients.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 0,
    format: Annotated[str, typer.Option(help="nifti or dicom.")] = "nifti",  # noqa: A002 - the option's name
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    resume: Annotated[bool, typer.Option(help="Go on with a cohort that was interrupted.")] = False,
    gallery: Annotated[bool, typer.Option("--gallery", help="Draw the gallery instead of a cohort.")] = False,
    real: Annotated[Path | None, typer.Option(help="A real T1 hip to stand beside the gallery.")] = None,
    json: JsonFlag = False,
) -> None:
    """Simulate a cohort with exact truth: images, masks and the clinical table."""
    if gallery:
        _gallery(out, real, seed, json)
        return
    if protocol is None or cases is None:
        raise InputError(
            "--protocol and --cases are needed to simulate a cohort (or --gallery to draw the gallery)."
        )
    from ONFHAssistLab.simulate.cohort import simulate_cohort

    with progress_bar("Simulating") as report:
        result = simulate_cohort(
            protocol,
            cases,
            seed,
            out,
            image_format=format,
            workers=workers,
            resume=resume,
            progress=lambda done, total: report(done / max(total, 1), f"Patient {done} of {total}"),
        )
    rows = [(result["cases"], str(result["table"]), result["sha256"][:12])]
    columns = ("patients", "table", "sha256")
    note = "Simulated: no patient is behind these images."
    emit(result, json, lambda console: console.print(table(f"Cohort {protocol}", columns, rows, note)))


def _gallery(out: Path, real: Path | None, seed: int, as_json: bool) -> None:
    from ONFHAssistLab.simulate.gallery import draw_gallery

    if out.suffix.lower() != ".png":
        raise InputError(f"--out is '{out}'; a file that ends in .png is expected for the gallery.")
    if real is not None and not real.is_file():
        raise InputError(f"{real} does not exist; give a T1 volume of a right hip.")
    with progress_bar("Drawing") as report:
        path = draw_gallery(out, real, seed or 3, lambda done, total: report(done / total))
    emit({"gallery": path}, as_json, lambda console: console.print(f"The gallery is {path}."))
