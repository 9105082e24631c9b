"""``onfh plan``: before the first hip is measured. How many hips a model needs, and what will be done with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError

from ..output import JsonFlag, emit, table

if TYPE_CHECKING:
    from ONFHAssistLib.evaluate.planning.criteria import SampleSize

app = typer.Typer(help="Sample size, and the analysis written down beforehand.", no_args_is_help=True)

HipsOption = Annotated[
    float, typer.Option("--hips-per-patient", help="Mean number of hips that a patient brings, 1 to 2.")
]
CorrelationOption = Annotated[
    float, typer.Option(help="Correlation of the outcomes of the two hips of a patient, 0 to 1.")
]
PrevalenceOption = Annotated[
    float | None, typer.Option(help="Expected share of hips with the outcome; for a binary outcome.")
]
HorizonOption = Annotated[
    float | None, typer.Option(help="Time at which risks are predicted, such as 36 months.")
]


@app.command()
def develop(
    parameters: Annotated[
        int, typer.Option(help="Candidate predictor parameters before any selection, all dummies counted.")
    ],
    prevalence: PrevalenceOption = None,
    rate: Annotated[
        float | None, typer.Option(help="Events a unit of time at risk; for a survival outcome.")
    ] = None,
    follow_up: Annotated[float | None, typer.Option(help="Mean follow-up, in the unit of the rate.")] = None,
    horizon: HorizonOption = None,
    r2: Annotated[float | None, typer.Option(help="Expected R2 of Cox and Snell.")] = None,
    nagelkerke: Annotated[
        float | None, typer.Option(help="Expected R2 of Nagelkerke, such as 0.15; in place of --r2.")
    ] = None,
    c: Annotated[
        float | None, typer.Option("--c", help="Expected AUC or concordance; in place of --r2.")
    ] = None,
    shrinkage: Annotated[float, typer.Option(help="Expected shrinkage that is accepted.")] = 0.9,
    hips_per_patient: HipsOption = 1.0,
    correlation: CorrelationOption = 0.5,
    json: JsonFlag = False,
) -> None:
    """Hips that the development of a model needs (Riley et al. 2019 and 2020)."""
    from ONFHAssistLib.evaluate.planning import development as sizes
    from ONFHAssistLib.evaluate.planning.criteria import for_patients

    if (prevalence is None) == (rate is None):
        raise InputError(
            "Give --prevalence for a binary outcome, or --rate with --follow-up and --horizon for survival."
        )
    if sum(given is not None for given in (r2, nagelkerke, c)) != 1:
        raise InputError("Give one of --r2, --nagelkerke and --c: how good the model is expected to be.")
    if prevalence is not None:
        if nagelkerke is not None:
            r2 = nagelkerke * sizes.largest_r2_binary(prevalence)
        elif c is not None:
            r2 = sizes.r2_from_c(c, prevalence)
        found = sizes.size_for_binary(parameters, prevalence, float(r2 or 0), shrinkage)
    else:
        if rate is None or follow_up is None or horizon is None:
            raise InputError("A survival outcome needs --rate, --follow-up and --horizon, all in one unit.")
        if nagelkerke is not None:
            r2 = nagelkerke * sizes.largest_r2_survival(rate, follow_up)
        elif c is not None:
            r2 = sizes.r2_from_c_survival(c, min(rate * follow_up, 0.999))
        found = sizes.size_for_survival(parameters, float(r2 or 0), rate, follow_up, horizon, shrinkage)
    _show(for_patients(found, hips_per_patient, correlation), "Development of a model", json)


@app.command()
def validate(
    c: Annotated[float, typer.Option("--c", help="Expected AUC or concordance.")],
    prevalence: PrevalenceOption = None,
    mean: Annotated[
        float | None, typer.Option(help="Expected mean of the log-odds; from --c if left out.")
    ] = None,
    spread: Annotated[
        float | None,
        typer.Option(help="Expected standard deviation of the log-odds or log hazard; from --c if left out."),
    ] = None,
    threshold: Annotated[
        float | None, typer.Option(help="Probability from which one acts, where the net benefit matters.")
    ] = None,
    survival: Annotated[
        float | None, typer.Option(help="Expected share without the event at --horizon; for survival.")
    ] = None,
    horizon: HorizonOption = None,
    followed: Annotated[
        float, typer.Option(help="Share of hips still followed at --horizon, the event left aside.")
    ] = 0.5,
    slope_width: Annotated[float, typer.Option(help="Of the interval of the calibration slope.")] = 0.2,
    ratio_width: Annotated[float, typer.Option(help="Of the interval of observed over expected.")] = 0.2,
    c_width: Annotated[float, typer.Option(help="Of the interval of the AUC or concordance.")] = 0.1,
    hips_per_patient: HipsOption = 1.0,
    correlation: CorrelationOption = 0.5,
    json: JsonFlag = False,
) -> None:
    """Hips that the test of a model elsewhere needs (Riley et al. 2021 and 2022)."""
    from ONFHAssistLib.evaluate.planning import external as binary
    from ONFHAssistLib.evaluate.planning import external_survival as timed
    from ONFHAssistLib.evaluate.planning.criteria import for_patients
    from ONFHAssistLib.evaluate.planning.development import spread_from_c

    if (prevalence is None) == (survival is None):
        raise InputError("Give --prevalence for a binary outcome, or --survival with --horizon for survival.")
    widths = binary.Widths(ratio_width, slope_width, c_width)
    if prevalence is not None:
        if (mean is None) != (spread is None):
            raise InputError("Give --mean and --spread of the log-odds together, or neither.")
        if mean is None or spread is None:
            predictors = binary.LinearPredictors.of_c_statistic(c, prevalence)
        else:
            predictors = binary.LinearPredictors.normal(mean, spread)
        found = binary.size_for_binary_validation(prevalence, c, predictors, widths, threshold)
    else:
        if survival is None or horizon is None:
            raise InputError("A survival outcome needs --survival and --horizon.")
        wide = spread if spread is not None else spread_from_c(c)
        expected = timed.ExpectedCohort(wide, survival, horizon, followed)
        found = timed.size_for_survival_validation(expected, widths)
    _show(for_patients(found, hips_per_patient, correlation), "Test of a model on other hips", json)


@app.command()
def analysis(
    out: Annotated[Path, typer.Option(help="File of the plan, .json.")],
    study: Annotated[str, typer.Option(help="dlr (early osteonecrosis) or dlrc (survival).")],
    primary: Annotated[
        str, typer.Option(help="What is estimated first, in words, such as 'AUC of DLR in the test part'.")
    ] = "",
    setting: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE of the protocol, such as outer_folds=5; the usual value if left out."),
    ] = None,
    column: Annotated[
        list[str] | None, typer.Option(help="ROLE=NAME: outcome, patient, scanner, time or event.")
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option(help="Table, if there is one already; its hash is kept.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """Write the analysis down, with a hash to publish, before the hips are looked at."""
    from ONFHAssistLib.develop.planning import plan_analysis

    plan = plan_analysis(out, study, _settings(setting or []), _named(column or []), primary, cohort)
    result = {"plan": out, "sha256": plan.sha256, "written": plan.written, "protocol": dict(plan.protocol)}
    rows = [(name, str(value)) for name, value in plan.protocol.items()]
    note = f"{out}\nSHA-256 {plan.sha256}: publish it before the outcomes are known."
    emit(
        result,
        json,
        lambda console: console.print(table("Analysis plan", ("setting", "value"), rows, note)),
    )


def _named(given: list[str]) -> dict[str, str]:
    """NAME=VALUE as a mapping.

    Raises:
        InputError: no equals sign.
    """
    found = {}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or not name or not value:
            raise InputError(f"'{text}' is not NAME=VALUE.")
        found[name] = value
    return found


def _settings(given: list[str]) -> dict[str, Any]:
    """Settings with numbers as numbers; several classifiers or months are separated by commas."""
    lists = ("classifiers", "months")
    found: dict[str, Any] = {}
    for name, value in _named(given).items():
        found[name] = value.split(",") if name in lists else value
        if name in lists:
            continue
        for kind in (int, float):
            try:
                found[name] = kind(value)
                break
            except ValueError:
                continue
    return found


def _show(found: SampleSize, title: str, as_json: bool) -> None:
    result: dict[str, Any] = found.as_dict()
    rows = [(one.name, one.hips, one.detail) for one in found.criteria]
    effect = found.facts["design_effect"]
    note = f"{found.hips} hips of {found.patients} patients with {found.events:.0f} events."
    if effect > 1:
        note += (
            f" The criteria count independent hips; {effect:.2f} times as many are needed, because hips of a patient "
            "are alike."
        )
    emit(
        result,
        as_json,
        lambda console: console.print(table(title, ("what is asked for", "hips", ""), rows, note)),
    )
