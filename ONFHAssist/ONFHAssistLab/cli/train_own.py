"""``onfh train own``: one of the shipped networks, trained further on own patients."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar, table
from ONFHAssistLib.core.errors import InputError

if TYPE_CHECKING:
    from rich.table import Table

    from ONFHAssistLab.training.own.inventory import Inventory
    from ONFHAssistLab.training.own.training import OwnTraining


def own(
    model: Annotated[str, typer.Argument(help="outliner, detector, stage or backbone.")],
    cohort: Annotated[
        Path,
        typer.Option(
            help="Folder of a cohort whose outlines were accepted or corrected, a folder with cohort.csv, or a CSV "
            "(case, image, segmentation; side and ficat_arlet_stage where known)."
        ),
    ],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the candidate, which answers nothing by itself.")
    ] = None,
    work: Annotated[
        Path, typer.Option(help="Folder for curves and checkpoints; an interrupted run goes on.")
    ] = Path("out/own"),
    look: Annotated[
        bool, typer.Option("--look", help="Only the table of what there is, and whether it is enough.")
    ] = False,
    start: Annotated[
        str | None, typer.Option(help="Bundle to train further; the one in use if left out.")
    ] = None,
    stages: Annotated[
        Path | None, typer.Option(help="CSV of stages (case, side, ficat_arlet_stage).")
    ] = None,
    held: Annotated[
        float, typer.Option(help="Share of the patients held back, on whom it is judged before and after.")
    ] = 0.33,
    steps: Annotated[int | None, typer.Option(help="Batches; by the model if left out.")] = None,
    batch: Annotated[int | None, typer.Option(help="Samples of a batch, over all processes.")] = None,
    learning_rate: Annotated[
        float | None, typer.Option(help="Highest learning rate; by the model if left out.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the split and the training.")] = 0,
    weights: Annotated[
        Path | None,
        typer.Option(
            help="Common weights of several hospitals (a .pt file): nothing is trained, they are judged and written."
        ),
    ] = None,
    json: JsonFlag = False,
) -> None:
    """A shipped network trained further on own patients; figures on others of them before and after."""
    from ONFHAssistLab.training.own.training import OwnPlan, inventory, train_own
    from ONFHAssistLib.core.serial import to_json_value

    told = None if stages is None else str(stages)
    plan = OwnPlan(model, start, told, held, seed, steps, batch, learning_rate)
    if look:
        found = inventory(cohort, told)
        emit(to_json_value(found), json, lambda console: console.print(_what_there_is(found)))
        return
    if out is None:
        raise InputError("Give --out, the folder of the candidate, or --look for the table of what there is.")
    if weights is not None:
        from ONFHAssistLab.training.own.common_weights import judge_common_weights

        with progress_bar("Judging") as report:
            _tell(judge_common_weights(cohort, weights, out, plan, report), json)
        return
    with progress_bar("Training") as report:
        done = train_own(cohort, out, work, plan, report)
    if done is not None:  # else another process of the team tells
        _tell(done, json)


def _tell(done: OwnTraining, json: bool) -> None:
    from ONFHAssistLib.core.serial import to_json_value

    metrics = {
        one.figure: {"value": one.after, "before": one.before, "difference": one.difference, "low": one.low,
                     "high": one.high, "p": one.p}
        for one in done.comparisons
    }  # fmt: skip
    result = {**to_json_value(done), "metrics": metrics}
    emit(result, json, lambda console: console.print(_before_and_after(done)))


def _what_there_is(found: Inventory) -> Table:
    rows = [(row.model, row.patients, row.needed, row.advised, row.problem or row.advice or "enough")
            for row in found.models]  # fmt: skip
    staged = ", ".join(f"{count} of stage {stage}" for stage, count in found.stages.items())
    note = (
        f"{found.patients} patients, {found.scans} scans, {found.hips} outlined hips ({found.corrected} corrected), "
        f"{found.lesions} with a necrosis, "
        f"{found.both_heads} patients with both heads; hips: {staged}."
    )
    return table(
        f"What there is in {found.cohort}", ("model", "patients", "needed", "better", ""), rows, note
    )


def _before_and_after(done: OwnTraining) -> Table:
    rows = [
        (name, len(some.patients), some.hips, some.before, some.after, some.difference, some.low, some.high, some.p,
         some.verdict)
        for one in done.comparisons
        for some, name in ((one, one.figure), (one.corrected, f"{one.figure}: corrected hips alone"))
        if some is not None
    ]  # fmt: skip
    columns = ("figure", "patients", "hips", "before", "after", "difference", "95% low", "95% high", "p", "")
    how = f"{done.steps} batches in {done.seconds / 60:.1f} minutes" if done.steps else "common weights"
    note = (
        f"{done.hips} hips of {done.learned} patients, {done.held} others held back, {how}.\n"
        f"{' '.join(done.warnings)}\nCandidate: {done.bundle}\n"
        f"It answers nothing yet; 'onfh bundles use {done.bundle}' puts it into use."
    )
    return table(f"{done.model} before and after", columns, rows, note)
