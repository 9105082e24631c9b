"""``onfh cohort``: many cases at once, resumable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit, progress_bar, table
from .quality.review import review

app = typer.Typer(help="Work on many cases.", no_args_is_help=True)
app.command("review")(review)


@app.callback()
def _group() -> None:
    """Keeps ``extract`` a subcommand while it is the only one."""


@app.command()
def extract(
    cohort: Annotated[
        Path, typer.Argument(help="CSV with case, image, mask; label, side, reader as wanted.")
    ],
    preset: Annotated[str, typer.Option(help="Preset by name, or a PyRadiomics parameter file.")],
    out: Annotated[Path, typer.Option(help="Folder for results; one of an interrupted run is gone on with.")],
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask scheduler (tcp://...) instead.")
    ] = None,
    engine: Annotated[str | None, typer.Option(help="native or pyradiomics.")] = None,
    json: JsonFlag = False,
) -> None:
    """Radiomics of every row of a table; a bad case is listed and the rest goes on."""
    from ONFHAssistLib.extract.cohort import extract_cohort
    from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE

    with progress_bar("Extracting") as report:
        result = extract_cohort(cohort, preset, out, workers, scheduler, report, engine or DEFAULT_ENGINE)
    rows = [(result.done, result.failed, result.resumed, f"{result.seconds:.1f}")]
    columns = ("done", "failed", "from an earlier run", "seconds")
    note = f"{result.table}" + (f"; reasons in {result.failures}" if result.failed else "")
    emit(
        vars(result), json, lambda console: console.print(table(f"Cohort {cohort.name}", columns, rows, note))
    )
