"""``onfh cohort``: many cases at once, resumable."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .output import JsonFlag, emit, progress_bar, table
from .quality.review import review

app = typer.Typer(help="Work on many cases.", no_args_is_help=True)
app.command("review")(review)


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


@app.command()
def run(
    studies: Annotated[
        Path,
        typer.Argument(
            help="Folder in which every folder is a study; or CSV with case and image or study (patient, side, sequence, "
            "segmentation as wanted); or the TOML file of an archive, with what is asked of it."
        ),
    ],
    out: Annotated[Path, typer.Option(help="Folder for results; one of an earlier run is gone on with.")],
    steps: Annotated[
        str,
        typer.Option(
            help="Some of segment, measure, radiomics, deep, stage, probability, survival, report, parted by commas; all "
            "by default."
        ),
    ] = "",
    workers: Annotated[int, typer.Option(help="Processes on this machine, or jobs of the cluster.")] = 1,
    scheduler: Annotated[
        str, typer.Option(help="Address of a Dask scheduler (tcp://...) that runs already.")
    ] = "",
    cluster: Annotated[
        str, typer.Option(help="slurm, lsf or kubernetes: start workers there, with Dask's own settings.")
    ] = "",
    threads: Annotated[
        int, typer.Option(help="Threads of each worker's networks; by default the cores are shared out.")
    ] = 0,
    preset: Annotated[
        str, typer.Option(help="Radiomics preset by name, or a PyRadiomics parameter file.")
    ] = "dlr-mri",
    stager: Annotated[str, typer.Option(help="Bundle of the stage; the default one if left out.")] = "",
    predictor: Annotated[
        str,
        typer.Option(help="Bundle of the probability of early osteonecrosis; the default one if left out."),
    ] = "",
    patient: Annotated[str, typer.Option(help="Of an archive: Patient ID.")] = "",
    date: Annotated[
        str, typer.Option(help="Of an archive: study date, as 20260131 or 20260101-20260131.")
    ] = "",
    accession: Annotated[str, typer.Option(help="Of an archive: accession number.")] = "",
    study: Annotated[str, typer.Option(help="Of an archive: Study Instance UID.")] = "",
    modality: Annotated[str, typer.Option(help="Of an archive: a modality in the study, such as MR.")] = "",
    json: JsonFlag = False,
) -> None:
    """The whole work-up of many patients: outlines, measurements, features, answers and reports, and tables of all.

    A step is not done again where nothing that it rests on has changed; stopped at any moment, the same command goes on.
    """
    from ..case.work import Settings
    from ..cohort.run.run import Machines, run_cohort
    from ..core.errors import InputError

    query = {
        "PatientID": patient, "StudyDate": date, "AccessionNumber": accession, "StudyInstanceUID": study,
        "ModalitiesInStudy": modality,
    }  # fmt: skip
    if any(query.values()) and studies.suffix.lower() != ".toml":
        raise InputError(
            f"A patient, date or study is asked of an archive, and {studies} is no archive's TOML file."
        )
    chosen = tuple(step for step in steps.replace(" ", "").split(",") if step)
    machines = Machines(workers, threads, scheduler, cluster)
    settings = Settings(preset=preset, stager=stager, predictor=predictor)
    with progress_bar("Working up the cohort") as report:
        result = run_cohort(studies, out, chosen, machines, settings, report, query)
    columns = ("done", "failed", "nothing to do", "steps computed", "seconds")
    computed = sum(result.computed.values())
    rows = [(result.done, result.failed, result.current, computed, f"{result.seconds:.1f}")]
    note = f"{result.table}" + (f"; reasons in {result.failures}" if result.failed else "")
    emit(
        vars(result),
        json,
        lambda console: console.print(table(f"Cohort {studies.name}", columns, rows, note)),
    )
