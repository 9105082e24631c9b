"""``onfh train``: fit a model and write it as a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit, progress_bar, table

app = typer.Typer(help="Train a model and write it as a bundle.", no_args_is_help=True)


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
    _emit(answer, "Radiomics model", json)


@app.command()
def backbone(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    patients: Annotated[int, typer.Option(help="Simulated patients; a fifth of them validates.")] = 300,
    epochs: Annotated[int, typer.Option(help="Epochs of training.")] = 20,
    seed: Annotated[int, typer.Option(help="Seed of the patients and the training.")] = 2026,
    work: Annotated[
        Path, typer.Option(help="Folder for crops, checkpoint and log; an interrupted run goes on.")
    ] = Path("out/backbone"),
    workers: Annotated[int, typer.Option(help="Processes that simulate.")] = 1,
    json: JsonFlag = False,
) -> None:
    """The ResNet18 of the deep features, trained on simulated hips."""
    from ONFHAssistLib.extract.train_backbone import train_backbone

    with progress_bar("Training") as report:
        answer = train_backbone(out, patients, epochs, seed, work, workers, report)
    _emit(answer, "Backbone of the deep features", json)


def _emit(answer: dict, title: str, as_json: bool) -> None:
    rows = [(name, m["value"], m["low"], m["high"]) for name, m in answer["metrics"].items()]
    columns = ("metric", "value", "95% low", "95% high")
    note = f"On simulated hips. {answer['bundle']}"
    emit(answer, as_json, lambda console: console.print(table(title, columns, rows, note)))
