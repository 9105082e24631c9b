"""``onfh reproduce``: a study again, on simulated patients, beside what it published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar, table

app = typer.Typer(help="A study again, on simulated patients, beside its figures.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """The studies are its subcommands."""


@app.command()
def dlrc(
    out: Annotated[Path, typer.Option(help="Folder for the report, models, tables and figures.")],
    cohort: Annotated[
        Path | None,
        typer.Option(help="Folder of 'onfh simulate --protocol dlrc'; the study's 144 patients if left out."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps the features, so that an interrupted run goes on.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Of the radiomics.")] = "dlrc-xray",
    deep: Annotated[bool, typer.Option(help="Deep features with the bundled backbone.")] = True,
    workers: Annotated[int, typer.Option(help="Processes for the radiomics.")] = 1,
    bootstraps: Annotated[int, typer.Option(help="Resamples in which everything is developed again.")] = 500,
    repeats: Annotated[int, typer.Option(help="Of the nested cross-validation.")] = 5,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    json: JsonFlag = False,
) -> None:
    """No-collapse survival: two readers' features, four models, every table and figure beside the paper's."""
    import pandas as pd

    from ONFHAssistLab.studies.dlrc.reproduction import reproduce_dlrc

    options = {"bootstraps": bootstraps, "repeats": repeats, "seed": seed}
    with progress_bar("Reproducing") as report:
        result = reproduce_dlrc(
            cohort,
            out,
            work,
            seed=seed,
            preset=preset,
            deep=deep,
            workers=workers,
            options=options,
            progress=report,
        )
    rows = pd.read_csv(result["against_paper"]).to_dict("records")
    shown = [
        tuple(
            "-" if row[name] != row[name] else row[name]
            for name in ("what", "month", "paper", "apparent", "honest")
        )
        for row in rows
    ]
    note = "\n".join(
        ["On simulated patients; the paper's figures are apparent.", *result["warnings"], result["report"]]
    )
    columns = ("", "month", "paper", "apparent here", "honest here")
    emit(result, json, lambda console: console.print(table("DLRC", columns, shown, note)))


@app.command()
def dlr(
    out: Annotated[Path, typer.Option(help="Folder for the report, models, tables and figures.")],
    cohort: Annotated[
        Path | None,
        typer.Option(help="Folder of 'onfh simulate --protocol dlr'; the study's 150 patients if left out."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps the features, so that an interrupted run goes on.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Of the radiomics.")] = "dlr-mri",
    study_outlines: Annotated[
        bool, typer.Option(help="Show what the study's outlines (necrosis or head) give away.")
    ] = True,
    folds: Annotated[int, typer.Option(help="Of the nested cross-validation; 0 leaves it out.")] = 5,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    classifier: Annotated[
        list[str] | None, typer.Option(help="LR, SVM, KNN, ...; all that are installed if left out.")
    ] = None,
    components: Annotated[
        str | None,
        typer.Option(
            help="Principal components in place of the deep features: their number, or a share of the variance such as "
            "0.95; the study's features themselves if left out."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes.")] = 1,
    naive: Annotated[
        bool, typer.Option("--naive", help="Also the figures that take the hips of a patient as independent.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Early ONFH: both feature sets, Rad, DL and DLR models, every table and figure beside the paper's."""
    import pandas as pd

    from ONFHAssistLab.studies.dlr.reproduction import reproduce_dlr

    options = {
        "outer_folds": folds,
        "bootstraps": bootstraps,
        "naive": naive,
        "seed": seed,
        "workers": workers,
        "classifiers": classifier,
        "components": components,
    }
    with progress_bar("Reproducing") as report:
        result = reproduce_dlr(
            cohort,
            out,
            work,
            seed=seed,
            preset=preset,
            study_outlines=study_outlines,
            options=options,
            progress=report,
        )
    names = ("section", "what", "paper", "split", "split_low", "split_high", "nested")
    rows = pd.read_csv(result["against_paper"])[list(names)].to_dict("records")
    shown = [tuple("-" if row[name] != row[name] else row[name] for name in names) for row in rows]
    note = "\n".join([*result["beside"], result["statement"], *result["warnings"], result["report"]])
    columns = ("", "", "paper", "here, split", "95% low", "95% high", "nested; funnel: all")
    emit(result, json, lambda console: console.print(table("DLR", columns, shown, note)))


@app.command()
def onfhnet(
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    cohort: Annotated[
        Path | None,
        typer.Option(
            help="Folder of 'onfh simulate --protocol onfhnet'; the study's 209 patients if left out."
        ),
    ] = None,
    bundle: Annotated[
        str, typer.Option(help="Bundle by name or folder; with --train the new one.")
    ] = "stage-onfhnet",
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps cohort, crops and checkpoints between runs.")
    ] = None,
    train: Annotated[bool, typer.Option(help="Train on the cohort first.")] = False,
    detect: Annotated[bool, typer.Option(help="Find the heads; else take the cohort's own.")] = True,
    readers: Annotated[Path | None, typer.Option(help="CSV of up to three readers' stages.")] = None,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(help="Of the simulated patients.")] = 2026,
    further: Annotated[
        Path | None,
        typer.Option(help="Another cohort, of which nothing was trained on: its internal patients as well."),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Stages 0, I, II from hip MRI: internal, external and unseen scanner, every figure beside the paper's."""
    from ONFHAssistLab.studies.onfhnet.reproduction import reproduce_onfhnet

    with progress_bar("Reproducing") as report:
        result = reproduce_onfhnet(
            out, cohort, bundle, work, train=train, detect=detect, readers=readers, resamples=bootstraps, seed=seed,
            further=further, progress=report,
        )  # fmt: skip
    show_stage(result, "3D-ONFHNet", json)


def show_stage(answer: dict, title: str, as_json: bool) -> None:
    """Print a judged stager."""
    from ONFHAssistLab.studies.onfhnet.reproduction import SHOWN_FIGURES

    rows = [
        (
            name,
            *(
                f"{figures[f]['value']:.3f} ({figures[f]['low']:.3f}-{figures[f]['high']:.3f})"
                for f in SHOWN_FIGURES
            ),
        )
        for name, figures in answer["metrics"].items()
    ]
    for reader in answer["readers"]:
        answer["warnings"].append(
            f"Against reader {reader['reader']} on {reader['hips']} hips: {reader['stager_right']:.3f} right, the reader "
            f"{reader['reader_right']:.3f}, McNemar p {reader['p']:.3f}."
        )
    note = "\n".join([*answer["warnings"], str(answer["report"])])
    columns = ("set", *(name.replace("_", " ") for name in SHOWN_FIGURES))
    emit(answer, as_json, lambda console: console.print(table(title, columns, rows, note)))
