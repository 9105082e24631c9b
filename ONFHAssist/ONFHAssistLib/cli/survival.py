"""``onfh survival``: no-collapse survival after core decompression."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError

from .output import JsonFlag, emit, emit_figures, progress_bar, table

app = typer.Typer(help="No-collapse survival after core decompression.", no_args_is_help=True)


@app.command()
def clinical(
    arco: Annotated[str, typer.Option(help="ARCO stage before drilling: I, II or IIIA.")],
    oedema: Annotated[str, typer.Option(help="Bone marrow oedema on MRI: yes or no.")],
    angle: Annotated[float, typer.Option(help="Combined necrotic angle in degrees.")],
    months: Annotated[
        list[float] | None, typer.Option(help="Months after surgery, up to 60; may be repeated.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """The published clinical model of the DLRC study as a calculator."""
    from ONFHAssistLib.survival.published.clinical import ClinicalInput, predict_survival

    if oedema not in ("yes", "no"):
        raise InputError(f"--oedema is '{oedema}'; 'yes' or 'no' is accepted.")
    estimate = predict_survival(ClinicalInput(arco, oedema == "yes", angle), tuple(months or (36, 60)))
    rows = [
        (f"{month:g}", f"{100 * s:.1f}%", f"{100 * low:.1f} to {100 * high:.1f}%")
        for month, s, low, high in zip(*estimate.as_dict().values(), strict=True)
    ]
    emit(
        estimate.as_dict(),
        json,
        lambda console: console.print(
            table(
                f"No-collapse survival: ARCO {arco}, oedema {oedema}, combined necrotic angle {angle:g}°",
                ("month", "survival", "95% interval"),
                rows,
                note="Published clinical model of 212 hips after multiple drilling; not validated on your patients.",
            )
        ),
    )


@app.command()
def nomogram(
    out: Annotated[Path, typer.Option(help="Figure: .svg, .png or .pdf.")],
    arco: Annotated[str | None, typer.Option(help="ARCO stage: I, II or IIIA.")] = None,
    oedema: Annotated[str | None, typer.Option(help="Bone marrow oedema: yes or no.")] = None,
    angle: Annotated[float | None, typer.Option(help="Combined necrotic angle in degrees.")] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="A developed model (JSON, or its folder) instead of the published one."),
    ] = None,
    value: Annotated[
        list[str] | None,
        typer.Option(
            help="NAME=NUMBER of a covariate of the model, such as dl_signature=0.4; may be repeated."
        ),
    ] = None,
    features: Annotated[
        Path | None,
        typer.Option(help="CSV of one hip's features (from 'onfh extract'), for the model's signatures."),
    ] = None,
    months: Annotated[list[float] | None, typer.Option(help="Months of the survival axes.")] = None,
    json: JsonFlag = False,
) -> None:
    """Draw a nomogram; with the findings of a hip, mark it and read its survival."""
    from ONFHAssistLib.evaluate.figures.binary import save_figure
    from ONFHAssistLib.survival import calculator
    from ONFHAssistLib.survival.nomogram.figure import draw_nomogram

    chosen = tuple(months or calculator.MONTHS)
    scales = calculator.load_calculator(model, chosen) if model else calculator.published_calculator(chosen)
    values = _values(scales, arco, oedema, angle, value or [], features)
    patient = scales.points(values) if values else None
    figure = draw_nomogram(
        scales.scales, patient=patient, labels=scales.labels, levels=scales.levels, title=scales.title
    )
    result: dict[str, Any] = {"figure": save_figure(figure, out, dpi=150), "model": scales.title}
    rows = []
    if patient is not None:
        estimate = scales.estimate(values)
        result |= {"points": dict(patient.points), "total": patient.total, **estimate.as_dict()}
        rows = [(scales.labels.get(name, name), f"{points:.1f}") for name, points in patient.points.items()]
        rows.append(("total", f"{patient.total:.1f}"))
        rows += [
            (f"no collapse at {m:g} months", f"{s:.1%}")
            for m, s in zip(estimate.months, estimate.survival, strict=True)
        ]
    emit(
        result,
        json,
        lambda console: console.print(table(scales.title, ("", "points"), rows, f"{result['figure']}")),
    )


def _values(
    scales: Any,
    arco: str | None,
    oedema: str | None,
    angle: float | None,
    given: list[str],
    features: Path | None,
) -> dict[str, float]:
    """Values of the covariates from what was given; empty where nothing was, which draws the bare nomogram."""
    from ONFHAssistLib.survival.calculator import signature_values
    from ONFHAssistLib.survival.published.clinical import ClinicalInput

    values: dict[str, float] = {}
    if arco is not None or oedema is not None or angle is not None:
        if arco is None or oedema is None or angle is None:
            raise InputError(
                "Give --arco, --oedema and --angle together, or none of them for the bare nomogram."
            )
        if oedema not in ("yes", "no"):
            raise InputError(f"--oedema is '{oedema}'; 'yes' or 'no' is accepted.")
        values |= scales.from_findings(ClinicalInput(arco, oedema == "yes", angle))
    if features is not None:
        from ONFHAssistLib.tabular.tables.reader import read_csv

        rows = read_csv(features)
        if len(rows) != 1:
            raise InputError(
                f"{features} has {len(rows)} rows; the features of one hip, in one row, are needed."
            )
        found, doubts = signature_values(scales, rows.iloc[0].to_dict())
        if doubts:
            raise InputError(doubts[0])
        values |= found
    for text in given:
        name, _, number = text.rpartition("=")  # a name may hold "=" itself, as arco_stage=IIIA
        if name not in scales.ranges:
            raise InputError(f"The model has no covariate '{name}'; it has {', '.join(scales.ranges)}.")
        try:
            values[name] = float(number)
        except ValueError:
            raise InputError(f"--value {text}: '{number}' is not a number; give NAME=NUMBER.") from None
    return values


@app.command()
def develop(
    cohort: Annotated[Path, typer.Argument(help="CSV file, a row a hip.")],
    patient: Annotated[str, typer.Option(help="Column of the patient; hips of one are kept together.")],
    time: Annotated[str, typer.Option(help="Column of the follow-up.")],
    event: Annotated[str, typer.Option(help="Column of the event: 1 collapse, 0 none seen.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, models, tables and figures.")],
    clinical: Annotated[
        list[str] | None,
        typer.Option(help="Columns of the clinical findings; all other columns if left out."),
    ] = None,
    features: Annotated[
        list[Path] | None, typer.Option(help="CSV of features with case and side, joined to the cohort.")
    ] = None,
    readings: Annotated[
        list[Path] | None, typer.Option(help="Features of a further reader, for the ICC filter.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Of the follow-up: months or days.")] = None,
    months: Annotated[list[float] | None, typer.Option(help="Horizons; 36 60 if left out.")] = None,
    bootstraps: Annotated[
        int, typer.Option(help="Resamples in which everything is developed again; 0 leaves the optimism out.")
    ] = 500,
    folds: Annotated[int, typer.Option(help="Of the nested cross-validation, by patients.")] = 5,
    repeats: Annotated[int, typer.Option(help="Of the nested cross-validation.")] = 5,
    permutations: Annotated[
        int, typer.Option(help="Deals of the outcome in which everything is developed again, for p of C.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    plan: Annotated[
        Path | None, typer.Option(help="Plan of 'onfh plan analysis'; the report lists every deviation.")
    ] = None,
    comparators: Annotated[
        bool, typer.Option("--comparators", help="Ridge, elastic net and boosted trees beside the models.")
    ] = False,
    learning_curve: Annotated[
        int, typer.Option(help="Draws of patients for each point of the learning curve; 0 leaves it out.")
    ] = 0,
    json: JsonFlag = False,
) -> None:
    """Develop the clinical, radiomics, DL and DLRC models on a cohort, with honest and apparent figures."""
    from ONFHAssistLib.develop.survival import develop_survival

    arguments = {
        "cohort": cohort,
        "patient": patient,
        "time": time,
        "event": event,
        "out": out,
        "clinical": clinical,
        "features": features,
        "readings": readings,
        "unit": unit,
        "months": months,
        "bootstraps": bootstraps,
        "folds": folds,
        "repeats": repeats,
        "permutations": permutations,
        "seed": seed,
        "plan": plan,
        "comparators": comparators,
        "learning_curve": learning_curve,
    }
    with progress_bar("Developing") as report:
        result = develop_survival(arguments, report)
    emit(result, json, lambda console: console.print(_development_table(result)))


@app.command()
def regress(
    cohort: Annotated[Path, typer.Argument(help="CSV file, a row a hip.")],
    patient: Annotated[str, typer.Option(help="Column of the patient; hips of one are one cluster.")],
    time: Annotated[str, typer.Option(help="Column of the follow-up.")],
    event: Annotated[
        str, typer.Option(help="Column of the event: 1 collapse, 0 none seen, 2 a competing event.")
    ],
    clinical: Annotated[list[str], typer.Option(help="Column of a finding; may be repeated.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figure.")],
    entry: Annotated[
        str | None, typer.Option(help="Column: when a hip came under observation, if not at the start.")
    ] = None,
    weight: Annotated[str | None, typer.Option(help="Column of case weights.")] = None,
    stratum: Annotated[
        str | None, typer.Option(help="Column whose values have baselines of their own.")
    ] = None,
    free_until: Annotated[
        str | None, typer.Option(help="Column of the last visit without collapse: what the visits hide.")
    ] = None,
    visits: Annotated[
        float | None, typer.Option(help="Months between visits, where there is no such column.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Of the follow-up: months or days.")] = None,
    months: Annotated[list[float] | None, typer.Option(help="Horizons; 36 60 if left out.")] = None,
    imputations: Annotated[int, typer.Option(help="Completions of empty cells by chained equations.")] = 20,
    folds: Annotated[int, typer.Option(help="Of the cross-validation, by patients.")] = 5,
    bootstraps: Annotated[int, typer.Option(help="Draws of patients for the intervals.")] = 200,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    json: JsonFlag = False,
) -> None:
    """Findings and collapse in one regression: competing events, empty cells, clusters, strata, weights, late entry."""
    from ONFHAssistLib.develop.regress_survival import regress_survival

    arguments = {
        "cohort": cohort,
        "patient": patient,
        "time": time,
        "event": event,
        "clinical": clinical,
        "out": out,
        "entry": entry,
        "weight": weight,
        "stratum": stratum,
        "free_until": free_until,
        "visits": visits,
        "unit": unit,
        "months": months,
        "imputations": imputations,
        "folds": folds,
        "bootstraps": bootstraps,
        "seed": seed,
    }
    with progress_bar("Fitting") as report:
        result = regress_survival(arguments, report)
    title = f"{result['hips']} hips of {result['patients']} patients, {result['events']} collapses"
    emit_figures(result, title, json)


@app.command()
def centres(
    cohort: Annotated[Path, typer.Argument(help="CSV file, a row a hip, of several hospitals.")],
    centre: Annotated[str, typer.Option(help="Column of the hospital.")],
    patient: Annotated[str, typer.Option(help="Column of the patient; hips of one are kept together.")],
    time: Annotated[str, typer.Option(help="Column of the follow-up.")],
    event: Annotated[str, typer.Option(help="Column of the event: 1 collapse, 0 none seen.")],
    out: Annotated[Path, typer.Option(help="Folder for the report, tables and figures.")],
    clinical: Annotated[
        list[str] | None,
        typer.Option(help="Columns of the clinical findings; all other columns if left out."),
    ] = None,
    features: Annotated[
        list[Path] | None, typer.Option(help="CSV of features with case and side, joined to the cohort.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Of the follow-up: months or days.")] = None,
    months: Annotated[list[float] | None, typer.Option(help="Horizons; 36 60 if left out.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    json: JsonFlag = False,
) -> None:
    """Internal-external validation: developed on all hospitals but one, judged in that one, pooled over them."""
    from ONFHAssistLib.develop.centres import validate_by_centre

    arguments = {
        "cohort": cohort,
        "centre": centre,
        "patient": patient,
        "time": time,
        "event": event,
        "out": out,
        "clinical": clinical,
        "features": features,
        "unit": unit,
        "months": months,
        "seed": seed,
    }
    with progress_bar("Developing") as report:
        result = validate_by_centre(arguments, report)
    title = f"{result['hips']} hips of {result['centres']} centres that could be judged, {result['events']} collapses"
    emit_figures(result, title, json)


def _development_table(result: dict[str, Any]) -> Any:
    wanted = {
        n: m for n, m in result["metrics"].items() if not n.endswith(" apparent") and m["low"] is not None
    }
    rows = [
        (name, f"{m['value']:.3f}", f"{m['low']:.3f} to {m['high']:.3f}")
        for name, m in wanted.items()
        if "Brier" not in name
    ]
    title = f"{result['hips']} hips of {result['patients']} patients, {result['events']} collapses: honest figures"
    note = "\n".join([*result["warnings"], str(result["report"])])
    return table(title, ("figure", "value", "95% interval"), rows, note)
