"""``onfh demo``: the simulated patient through all four steps, into a scene that 3D Slicer opens."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the scene, tables, pictures and index.html.")],
    seed: Annotated[int, typer.Option(help="Which patient.")] = 7,
    json: JsonFlag = False,
) -> None:
    """Both hips of a simulated patient, one with necrosis, from image to report."""
    from ONFHAssistLab.demo.run import run_demo

    with progress_bar("Demo") as report:
        result = run_demo(out, seed, report)
    emit(
        result,
        json,
        lambda console: console.print(
            f"Open {result['index']} in a browser, {result['scene']} in 3D Slicer."
        ),
    )
