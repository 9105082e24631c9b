"""``onfh evaluate``: a bundle on hips that it has not seen, with every figure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, emit_figures, progress_bar, table

app = typer.Typer(help="Judge a model bundle on hips that it has not seen.", no_args_is_help=True)


@app.command()
def dlr(
    features: Annotated[Path, typer.Argument(help="CSV with case, side, the outcome and the features.")],
    bundle: Annotated[str, typer.Option(help="Bundle by name or folder.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    outcome: Annotated[
        str, typer.Option(help="Column: 1 with, 0 without early osteonecrosis.")
    ] = "early_onfh",
    more: Annotated[
        list[Path] | None, typer.Option("--features", help="Further CSV with case and side, joined.")
    ] = None,
    patient: Annotated[str | None, typer.Option(help="Column of the patient; 'case' if left out.")] = None,
    scanner: Annotated[
        str | None, typer.Option(help="Column of the scanner, for a harmonised bundle.")
    ] = None,
    against: Annotated[
        str | None, typer.Option(help="Another bundle, head to head on the same hips.")
    ] = None,
    centre: Annotated[
        str | None, typer.Option(help="Column of the hospital: figures of each, and pooled over them.")
    ] = None,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    naive: Annotated[
        bool, typer.Option("--naive", help="Also the figures that take the hips of a patient as independent.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """A Rad, DL or DLR bundle on a table: AUC, figures at its threshold, calibration, decision curve."""
    from ONFHAssistLib.develop.validate_dlr import evaluate_dlr

    with progress_bar("Evaluating") as report:
        report(0.1)
        result = evaluate_dlr(
            bundle,
            features,
            out,
            outcome=outcome,
            patient=patient,
            scanner=scanner,
            features=more or (),
            bootstraps=bootstraps,
            against=against,
            centre=centre,
            seed=seed,
            naive=naive,
        )
    rows = [
        (name, *("-" if m[end] is None else m[end] for end in ("value", "low", "high")))
        for name, m in result["metrics"].items()
    ]
    title = f"{result['bundle']} on {result['hips']} hips of {result['patients']} patients, {result['events']} with ONFH"
    note = "\n".join([*result["warnings"], str(result["report"])])
    emit(
        result,
        json,
        lambda console: console.print(table(title, ("", "value", "95% low", "95% high"), rows, note)),
    )


@app.command()
def centres(
    cohort: Annotated[
        Path, typer.Argument(help="CSV file, a row a hip, of several hospitals, with features.")
    ],
    centre: Annotated[str, typer.Option(help="Column of the hospital.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    outcome: Annotated[
        str, typer.Option(help="Column: 1 with, 0 without early osteonecrosis.")
    ] = "early_onfh",
    features: Annotated[
        list[Path] | None, typer.Option(help="Further CSV with case and side, joined.")
    ] = None,
    patient: Annotated[str | None, typer.Option(help="Column of the patient; 'case' if left out.")] = None,
    scanner: Annotated[
        str | None, typer.Option(help="Column of the scanner, to harmonise features within training hips.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(help="Of Rad, DL, DLR; may be repeated; all if left out.")
    ] = None,
    classifier: Annotated[
        list[str] | None, typer.Option(help="Such as LR; may be repeated; all if left out.")
    ] = None,
    workers: Annotated[int, typer.Option(help="Processes.")] = 1,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    json: JsonFlag = False,
) -> None:
    """Probabilities developed on all hospitals but one, judged in that one, pooled over them."""
    from ONFHAssistLib.develop.centres import validate_dlr_by_centre

    arguments = {
        "cohort": cohort,
        "centre": centre,
        "out": out,
        "outcome": outcome,
        "features": features,
        "patient": patient,
        "scanner": scanner,
        "groups": group,
        "classifiers": classifier,
        "workers": workers,
        "seed": seed,
    }
    with progress_bar("Developing") as report:
        result = validate_dlr_by_centre(arguments, report)
    title = f"{result['hips']} hips of {result['centres']} centres that could be judged"
    emit_figures(result, title, json)


@app.command()
def survival(
    cohort: Annotated[Path, typer.Argument(help="CSV file, a row a hip, with findings and features.")],
    bundle: Annotated[str, typer.Option(help="Survival bundle by name or folder, or a model's JSON file.")],
    patient: Annotated[str, typer.Option(help="Column of the patient; intervals are by patients.")],
    time: Annotated[str, typer.Option(help="Column of the follow-up.")],
    event: Annotated[
        str, typer.Option(help="Column of the event: 1 collapse, 0 none seen, 2 a competing event.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    against: Annotated[
        str | None, typer.Option(help="Another bundle, head to head on the same hips.")
    ] = None,
    features: Annotated[
        list[Path] | None, typer.Option(help="CSV of features with case and side, joined to the table.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Of the follow-up: months or days.")] = None,
    months: Annotated[list[float] | None, typer.Option(help="Horizons; 36 60 if left out.")] = None,
    bootstraps: Annotated[int, typer.Option(help="Draws of patients for the intervals.")] = 500,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    json: JsonFlag = False,
) -> None:
    """A survival bundle on other hips: discrimination, calibration, decision curve; with a second one, side by side."""
    from ONFHAssistLib.develop.validate_survival import validate_survival

    arguments = {
        "cohort": cohort,
        "bundle": bundle,
        "against": against,
        "patient": patient,
        "time": time,
        "event": event,
        "out": out,
        "features": features,
        "unit": unit,
        "months": months,
        "bootstraps": bootstraps,
        "seed": seed,
    }
    with progress_bar("Evaluating") as report:
        result = validate_survival(arguments, report)
    emit_figures(
        result, f"{', '.join(result['bundles'])} on {result['hips']} hips, {result['events']} collapses", json
    )


@app.command()
def stage(
    cohort: Annotated[Path, typer.Argument(help="Folder of the cohort with its cohort.csv.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    bundle: Annotated[str, typer.Option(help="Bundle by name or folder.")] = "stage-onfhnet",
    readers: Annotated[
        Path | None,
        typer.Option(help="CSV of up to three readers: case, side, reader, stage; McNemar's test."),
    ] = None,
    detect: Annotated[bool, typer.Option(help="Find the heads; else take the cohort's own.")] = True,
    further: Annotated[
        Path | None,
        typer.Option(help="Another cohort, of which nothing was trained on: its internal patients as well."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps found heads and answers between runs.")
    ] = None,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    json: JsonFlag = False,
) -> None:
    """A stager on the test and external patients of a cohort: every figure, heat, calibration, readers."""
    from ONFHAssistLab.studies.onfhnet.reproduction import evaluate_stage

    from .reproduce import show_stage

    with progress_bar("Evaluating") as report:
        result = evaluate_stage(
            cohort,
            bundle,
            out,
            detect=detect,
            readers=readers,
            resamples=bootstraps,
            further=further,
            work=work,
            progress=report,
        )
    show_stage(result, f"{result['bundle']} on {cohort.name}", json)


@app.command()
def real(
    table_of_hips: Annotated[
        Path,
        typer.Argument(
            metavar="TABLE",
            help="CSV, a row a hip: image, side, centre_x, centre_y, centre_z (LPS mm), radius (mm), truth (healthy or "
            "implanted); as wanted segmentation, necrosis_ml, necrotic_share, stage, patient, sequence.",
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="Folder for report, tables, pictures; a stopped run there goes on.")
    ],
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(help="Same seed, same intervals.")] = 0,
    json: JsonFlag = False,
) -> None:
    """The whole chain on real hips whose heads are known: every figure beside its target, pictures of the worst ten."""
    from ONFHAssistLab.studies.real_hips.evaluation import evaluate_real
    from ONFHAssistLab.studies.real_hips.page import figure_rows

    with progress_bar("Evaluating") as report:
        result = evaluate_real(table_of_hips, out, workers, bootstraps, seed, report)
    refused = int(result.images["refused"].sum())
    answer = {
        "report": result.report,
        "metrics": result.metrics,
        "hips": len(result.hips),
        "images": len(result.images),
        "refused": refused,
        "resumed": result.resumed,
    }
    columns = ("", "here", "95% interval", "n", "wanted", "reached")
    title = f"{len(result.hips)} real hips in {len(result.images)} images"
    note = "\n".join(
        [*([f"{refused} images have no answer; see the report"] if refused else []), str(result.report)]
    )
    emit(
        answer, json, lambda console: console.print(table(title, columns, figure_rows(result.figures), note))
    )
