"""``onfh train``: fit a model and write it as a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit, progress_bar, table

app = typer.Typer(help="Train a model and write it as a bundle.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps ``rad`` a subcommand while it is the only one."""


@app.command()
def rad(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    hips: Annotated[int, typer.Option(help="Hips to simulate, half of them with early osteonecrosis.")] = 80,
    seed: Annotated[int, typer.Option(help="Seed of the cohort and of all splits.")] = 2026,
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps the features, so that an interrupted run goes on.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """The radiomics model of early osteonecrosis, fitted on simulated hips."""
    from ONFHAssistLib.predict.train_rad import train_rad

    with progress_bar("Training") as report:
        answer = train_rad(out, hips=hips, seed=seed, work=work, progress=report)
    rows = [(name, m["value"], m["low"], m["high"]) for name, m in answer["metrics"].items()]
    columns = ("metric", "value", "95% low", "95% high")
    note = f"On simulated hips. {answer['bundle']}"
    emit(answer, json, lambda console: console.print(table("Radiomics model", columns, rows, note)))
