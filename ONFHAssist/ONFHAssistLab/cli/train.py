"""``onfh train``: fit a model and write it as a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar, table
from ONFHAssistLib.core.errors import InputError

from .train_own import own

app = typer.Typer(help="Train a model and write it as a bundle.", no_args_is_help=True)
app.command()(own)


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
    from ONFHAssistLab.training.rad import train_rad

    with progress_bar("Training") as report:
        result = train_rad(out, hips=hips, seed=seed, work=work, progress=report)
    _emit(result, "Radiomics model", json)


@app.command()
def femur(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    patients: Annotated[int, typer.Option(help="Simulated patients; an eighth of them validates.")] = 24,
    steps: Annotated[int, typer.Option(help="Batches of three volumes.")] = 600,
    seed: Annotated[int, typer.Option(help="Seed of the patients and the training.")] = 2030,
    work: Annotated[
        Path, typer.Option(help="Folder for patients, checkpoint and log; an interrupted run goes on.")
    ] = Path("out/femur"),
    json: JsonFlag = False,
) -> None:
    """What says where the proximal femur is, for drilling plans, trained on simulated volumes."""
    from ONFHAssistLab.training.femur.fit import train_femur

    with progress_bar("Training") as report:
        result = train_femur(out, patients, steps, seed, work, report)
    _emit(result, "Femur finder", json)


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
    from ONFHAssistLab.training.backbone import train_backbone

    with progress_bar("Training") as report:
        result = train_backbone(out, patients, epochs, seed, work, workers, report)
    _emit(result, "Backbone of the deep features", json)


@app.command()
def dlr(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle; its name is the bundle's.")],
    cohort: Annotated[
        Path | None,
        typer.Option(
            help="Folder of 'onfh simulate', or CSV with case, side, the outcome, and image and segmentation or the "
            "features themselves; or give --on."
        ),
    ] = None,
    outcome: Annotated[
        str, typer.Option(help="Column: 1 with, 0 without early osteonecrosis.")
    ] = "early_onfh",
    work: Annotated[
        Path | None, typer.Option(help="Folder that keeps the features, so that an interrupted run goes on.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Folder of the report; OUT-report if left out.")] = None,
    group: Annotated[str, typer.Option(help="Rad, DL or DLR: whose model the bundle holds.")] = "DLR",
    features: Annotated[
        list[Path] | None,
        typer.Option(help="CSV of features with case and side, joined to the cohort's table."),
    ] = None,
    patient: Annotated[str | None, typer.Option(help="Column of the patient; 'case' if left out.")] = None,
    scanner: Annotated[str | None, typer.Option(help="Column of the scanner: harmonise by ComBat.")] = None,
    split: Annotated[
        str | None, typer.Option(help="Column with train and test; drawn 7:3 if left out.")
    ] = None,
    sequence: Annotated[
        list[str] | None, typer.Option(help="Sequence that the bundle accepts, such as 'T2 FS'.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Of the radiomics.")] = "dlr-mri",
    deep: Annotated[bool, typer.Option(help="Deep features with the bundled backbone.")] = True,
    classifier: Annotated[
        list[str] | None, typer.Option(help="LR, SVM, KNN, ...; all that are installed if left out.")
    ] = None,
    adjust: Annotated[str | None, typer.Option(help="Of the Mann-Whitney p: none or bh.")] = None,
    rule: Annotated[str | None, typer.Option(help="Penalty of the LASSO: min or 1se.")] = None,
    components: Annotated[
        str | None,
        typer.Option(
            help="Principal components in place of the deep features, fitted in each training fold: their number, or a "
            "share of the variance such as 0.95; the deep features themselves if left out."
        ),
    ] = None,
    folds: Annotated[int, typer.Option(help="Of the nested cross-validation; 0 leaves it out.")] = 5,
    bootstraps: Annotated[int, typer.Option(help="Resamples by patient for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(help="Same seed, same figures.")] = 0,
    on: Annotated[
        Path | None,
        typer.Option(
            help="In place of --cohort: folder of real healthy hips whose heads are known. One model for T1 and T2, one "
            "for T2 FS, STIR and PD FS: they learn from simulated patients and from these with painted disease."
        ),
    ] = None,
    patients: Annotated[int, typer.Option(help="With --on: simulated patients.")] = 150,
    painted: Annotated[int, typer.Option(help="With --on: painted images of every real patient.")] = 6,
    credit: Annotated[str, typer.Option(help="With --on: the real images' source and licence.")] = "",
    workers: Annotated[int, typer.Option(help="Processes.")] = 1,
    naive: Annotated[
        bool, typer.Option("--naive", help="Also the figures that take the hips of a patient as independent.")
    ] = False,
    describe: Annotated[
        list[str] | None,
        typer.Option(
            help="Columns of Table 1 and of the subgroups; sex, age, scanner and the like if left out."
        ),
    ] = None,
    comparators: Annotated[
        bool,
        typer.Option(help="Ridge, elastic net, Firth and boosted trees on the same folds, in the report."),
    ] = False,
    stability: Annotated[
        int,
        typer.Option(help="Developments on bootstrap samples: how stable single answers are; 0 for none."),
    ] = 0,
    learning_curve: Annotated[
        int, typer.Option(help="Draws of patients for each point of the learning curve; 0 for none.")
    ] = 0,
    permutations: Annotated[
        int, typer.Option(help="Deals of the outcome in which all is developed again, for a p of the AUC.")
    ] = 0,
    plan: Annotated[
        Path | None, typer.Option(help="Plan of 'onfh plan analysis'; the report lists every deviation.")
    ] = None,
    json: JsonFlag = False,
) -> None:
    """A model of early osteonecrosis from a cohort: features, selection, all classifiers, validation, bundle."""
    import sys

    from ONFHAssistLab.training.dlr import train_dlr

    if (cohort is None) == (on is None):
        raise InputError(
            "Give either --cohort, your hips or a simulated folder, or --on, a folder of real healthy hips."
        )
    options = {
        "features": features,
        "patient": patient,
        "scanner": scanner,
        "split": split,
        "sequence": sequence,
        "classifiers": classifier,
        "adjust": adjust,
        "rule": rule,
        "components": components,
        "outer_folds": folds,
        "bootstraps": bootstraps,
        "naive": naive,
        "seed": seed,
        "workers": workers,
        "describe": describe,
        "comparators": comparators,
        "stability": stability,
        "learning_curve": learning_curve,
        "permutations": permutations,
        "plan": plan,
        "command": " ".join(["onfh", *sys.argv[1:]]),
    }
    given = {name: value for name, value in options.items() if value is not None}
    if on is None:
        assert cohort is not None
        with progress_bar("Training") as told:
            result = train_dlr(
                cohort, out, outcome=outcome, work=work, report=report, group=group, preset=preset, deep=deep,
                options=given, progress=told,
            )  # fmt: skip
    else:
        from ONFHAssistLab.training.early.on_real import RealDlrPlan, train_dlr_on_real

        how_much = RealDlrPlan(patients, painted, seed, group, credit, folds)
        with progress_bar("Training") as told:
            result = train_dlr_on_real(on, out, work, how_much, report, given, told)
    rows = [(name, m["value"], m["low"], m["high"]) for name, m in result["metrics"].items()]
    funnel = [f"{name}: {counts}" for name, counts in result["funnel"].items()]
    note = "\n".join([*funnel, *result["warnings"], result["report"], result["bundle"]])
    title = f"{group} model of {result['hips']} hips of {result['patients']} patients"
    columns = ("metric", "value", "95% low", "95% high")
    emit(result, json, lambda console: console.print(table(title, columns, rows, note)))


@app.command()
def dlrc(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    cohort: Annotated[
        Path | None,
        typer.Option(help="Folder of 'onfh simulate --protocol dlrc'; the study's 144 patients if left out."),
    ] = None,
    work: Annotated[
        Path, typer.Option(help="Folder for features and report; an interrupted run goes on.")
    ] = Path("out/dlrc"),
    bootstraps: Annotated[int, typer.Option(help="Resamples in which everything is developed again.")] = 500,
    repeats: Annotated[int, typer.Option(help="Of the nested cross-validation.")] = 5,
    seed: Annotated[int, typer.Option(help="Seed of the patients and the development.")] = 0,
    workers: Annotated[int, typer.Option(help="Processes for the radiomics.")] = 1,
    json: JsonFlag = False,
) -> None:
    """The DLRC nomogram of no-collapse survival, developed on simulated radiographs."""
    from ONFHAssistLab.studies.dlrc.bundle import train_dlrc

    options = {"bootstraps": bootstraps, "repeats": repeats}
    with progress_bar("Developing") as report:
        result = train_dlrc(out, cohort, work, seed=seed, workers=workers, options=options, progress=report)
    _emit(result, "DLRC nomogram", json)


PatientsOption = Annotated[int, typer.Option(help="Simulated patients; an eighth of them validates.")]
StepsOption = Annotated[int, typer.Option(help="Batches of four volumes.")]
SegmentWork = Annotated[
    Path, typer.Option(help="Folder for patients, checkpoints and logs; an interrupted run goes on.")
]
SeedOption = Annotated[int, typer.Option(help="Seed of the patients and the training.")]


@app.command()
def detector(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    patients: PatientsOption = 80,
    steps: StepsOption = 1800,
    seed: SeedOption = 2026,
    work: SegmentWork = Path("out/segment"),
    start: Annotated[
        str | None,
        typer.Option(help="Bundle to train further, such as detector-3dc-yolox; a new network if left out."),
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(
            help="Folder of real images whose heads are all known (spheres.json, heads.csv or outlines): half of every "
            "batch, in many contrasts, and the figures on them are cross-validated. --steps are of each fold then."
        ),
    ] = None,
    folds: Annotated[int, typer.Option(help="With --on: folds of the real patients.")] = 3,
    credit: Annotated[
        str, typer.Option(help="With --on: the real images' source and licence, for the model card.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """The detector of femoral heads (3DC-YOLOX), trained on simulated volumes and, if given, on real images."""
    if on is not None:
        from ONFHAssistLab.training.detection.on_real import RealDetection, train_detector_on_real

        plan = RealDetection(start or "detector-3dc-yolox", patients, steps, folds, seed, credit)
        with progress_bar("Training") as report:
            result = train_detector_on_real(out, on, plan, work, report)
    else:
        from ONFHAssistLab.training.detector import train_detector

        with progress_bar("Training") as report:
            result = train_detector(out, patients, steps, seed, work, report, start)
    _emit(result, "Detector of femoral heads", json)


@app.command()
def outliner(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    patients: PatientsOption = 80,
    steps: StepsOption = 2600,
    seed: SeedOption = 2026,
    work: SegmentWork = Path("out/segment"),
    start: Annotated[
        str | None,
        typer.Option(help="Bundle to train further, such as outliner-unet; a new network if left out."),
    ] = None,
    cohort: Annotated[
        Path | None,
        typer.Option(
            help="CSV of your own outlines (case, image, segmentation; sides if not both), or the folder of a cohort "
            "whose outlines were accepted or corrected; half of every batch."
        ),
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(
            help="Folder of real healthy hips whose heads are known (spheres.json, heads.csv or outlines): simulated "
            "disease is painted into them, and the figures on them are cross-validated."
        ),
    ] = None,
    fold_steps: Annotated[int, typer.Option(help="With --on: batches of each fold, after --steps.")] = 700,
    folds: Annotated[int, typer.Option(help="With --on: folds of the real patients.")] = 3,
    credit: Annotated[
        str, typer.Option(help="With --on: the real images' source and licence, for the model card.")
    ] = "",
    json: JsonFlag = False,
) -> None:
    """The outliner of femoral head and necrosis, on simulated volumes and, if given, on your own outlines or hips."""
    from ONFHAssistLab.training.outliner import train_outliner

    if on is not None:
        if cohort is not None:
            raise InputError(
                "--on and --cohort cannot be given together; train with one, then start from its bundle."
            )
        from ONFHAssistLab.training.outliner_on_real import RealTraining, train_outliner_on_real

        plan = RealTraining(start, patients, steps, fold_steps, folds, seed, credit)
        with progress_bar("Training") as report:
            result = train_outliner_on_real(out, on, plan, work, report)
        _emit(result, "Outliner of femoral head and necrosis", json)
        return
    with progress_bar("Training") as report:
        result = train_outliner(out, patients, steps, seed, work, report, start, cohort)
    _emit(result, "Outliner of femoral head and necrosis", json)


@app.command()
def stage(
    out: Annotated[Path, typer.Option(help="Folder of the new bundle.")],
    cohort: Annotated[
        Path | None, typer.Option(help="Folder of the cohort with its cohort.csv; or give --on.")
    ] = None,
    work: Annotated[
        Path, typer.Option(help="Folder for crops, checkpoints and log; an interrupted run goes on.")
    ] = Path("out/stage"),
    protocol: Annotated[
        str, typer.Option(help="'ours', or 'study' for the paper's single network.")
    ] = "ours",
    extra_patients: Annotated[
        int, typer.Option(help="Further simulated patients for all folds; 0 for none.")
    ] = 72,
    base_epochs: Annotated[int, typer.Option(help="Epochs on the further patients.")] = 6,
    folds: Annotated[int, typer.Option(help="Networks of the ensemble.")] = 5,
    epochs: Annotated[
        int | None, typer.Option(help="Epochs of each fold, or of the study's network.")
    ] = None,
    transition: Annotated[
        str, typer.Option(help="'mulpoolfusion', or 'plain' for the ablation.")
    ] = "mulpoolfusion",
    seed: Annotated[int, typer.Option(help="Seed of weights, folds and batches.")] = 7,
    calibration_patients: Annotated[
        int, typer.Option(help="Other simulated patients for scope and temperature; 0 for none.")
    ] = 40,
    networks: Annotated[
        str | None, typer.Option(help="Bundle whose networks are kept; only calibrated and judged anew.")
    ] = None,
    calibration: Annotated[
        Path | None,
        typer.Option(help="Folder of another cohort whose internal patients set the temperature."),
    ] = None,
    further: Annotated[
        Path | None, typer.Option(help="Folder of another cohort whose internal patients join the test.")
    ] = None,
    on: Annotated[
        Path | None,
        typer.Option(
            help="In place of --cohort: folder of real healthy hips whose heads are known. The stager becomes blind to "
            "the sequence: it learns from simulated hips of every contrast and from these with painted disease."
        ),
    ] = None,
    start: Annotated[
        str | None, typer.Option(help="With --on: bundle to train further; new networks if left out.")
    ] = None,
    credit: Annotated[str, typer.Option(help="With --on: the real images' source and licence.")] = "",
    workers: Annotated[int, typer.Option(help="Processes that simulate.")] = 1,
    json: JsonFlag = False,
) -> None:
    """The stager of 3D-ONFHNet (stages 0, I, II) on a cohort split by patient, or on hips of every contrast."""
    if (cohort is None) == (on is None):
        raise InputError(
            "Give either --cohort, a folder with cohort.csv, or --on, a folder of real healthy hips."
        )
    if on is not None:
        from ONFHAssistLab.training.stage.on_real import RealStagePlan, train_stage_on_real

        real_plan = RealStagePlan(
            start, extra_patients, base_epochs=base_epochs, fold_epochs=epochs or 2, folds=folds, seed=seed,
            calibration_patients=calibration_patients, credit=credit,
        )  # fmt: skip
        with progress_bar("Training") as report:
            result = train_stage_on_real(on, out, work, real_plan, workers, report)
        _emit(result, "Stager", json)
        return
    assert cohort is not None
    from ONFHAssistLab.training.stage.protocol import TrainingPlan, train_stage

    given = {} if epochs is None else {"fold_epochs": epochs, "study_epochs": epochs}
    plan = TrainingPlan(
        protocol, extra_patients, base_epochs, folds, transition=transition, seed=seed,
        calibration_patients=calibration_patients, **given,
    )  # fmt: skip
    with progress_bar("Training") as report:
        result = train_stage(
            cohort,
            out,
            work,
            plan,
            workers,
            report,
            networks=networks,
            calibration=calibration,
            further=further,
        )
    _emit(result, "Stager", json)


def _emit(result: dict, title: str, as_json: bool) -> None:
    rows = [(name, m["value"], m["low"], m["high"]) for name, m in result["metrics"].items()]
    columns = ("metric", "value", "95% low", "95% high")
    note = f"{result.get('sources', 'On simulated hips.')} {result['bundle']}"
    note += f"\n{result['caution']}" if result.get("caution") else ""
    emit(result, as_json, lambda console: console.print(table(title, columns, rows, note)))
