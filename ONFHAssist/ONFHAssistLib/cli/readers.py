"""Commands on several readers' segmentations: compare, consensus, confirm, agreement over a cohort."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.core.errors import InputError

from .output import JsonFlag, emit, progress_bar, table


def compare(
    first: Annotated[Path, typer.Argument(help="Label image: 1, 2 head R, L; 3, 4 necrosis R, L.")],
    second: Annotated[Path, typer.Argument(help="Another reader's label image on the same grid.")],
    json: JsonFlag = False,
) -> None:
    """Compare two segmentations: Dice, 95% Hausdorff, surface distance, volumes and angles."""
    from ONFHAssistLib.imaging.files import read_mask
    from ONFHAssistLib.readers.agreement import compare_segmentations as compare_labels

    result = compare_labels(read_mask(first), read_mask(second))
    columns = ("structure", "Dice", "Hausdorff 95% (mm)", "surface (mm)", "first (ml)", "second (ml)")
    rows = [tuple(asdict(part).values())[:6] for part in result.structures]
    angles = "; ".join(
        f"{hip.side} combined angle {hip.first_angle:.1f} and {hip.second_angle:.1f} deg"
        for hip in result.hips
    )
    title = f"{first.name} and {second.name}"
    emit(asdict(result), json, lambda console: console.print(table(title, columns, rows, angles)))


def consensus(
    segmentations: Annotated[list[Path], typer.Argument(help="Two or more label images on one grid.")],
    out: Annotated[Path, typer.Option(help="Label image to write: .nii.gz, .nrrd or .mha.")],
    method: Annotated[str, typer.Option(help="staple or majority.")] = "staple",
    reader: Annotated[
        list[str] | None, typer.Option("--reader", help="A reader's name; once for each segmentation.")
    ] = None,
    confirmed_by: Annotated[str, typer.Option(help="Who confirms the consensus.")] = "",
    json: JsonFlag = False,
) -> None:
    """Make one segmentation out of several readers', structure by structure."""
    from ONFHAssistLib.imaging.files import read_mask, write_image
    from ONFHAssistLib.readers.consensus import consensus as agree
    from ONFHAssistLib.readers.reader_files import record_consensus

    names = reader or [path.name for path in segmentations]
    result = agree([read_mask(path) for path in segmentations], method, names)
    path = write_image(result.labels, out)
    record = record_consensus(path, result, segmentations, confirmed_by)
    answer = {
        "segmentation": path,
        "record": record,
        "method": result.method,
        "readers": result.readers,
        "performance": result.performance,
    }
    rows = [
        (structure, name, *figures)
        for structure, found in result.performance.items()
        for name, figures in zip(result.readers, found, strict=True)
    ]
    columns = ("structure", "reader", "sensitivity", "specificity")
    title = f"Consensus of {len(segmentations)} readers, {method}"
    emit(answer, json, lambda console: console.print(table(title, columns, rows, str(path))))


def confirm(
    segmentation: Annotated[Path, typer.Argument(help="Label image that was looked at.")],
    by: Annotated[str, typer.Option(help="The reader's name.")],
    json: JsonFlag = False,
) -> None:
    """Record who confirmed a segmentation and when, beside the file."""
    from ONFHAssistLib.readers.reader_files import record_confirmation

    record = record_confirmation(segmentation, by)
    emit(
        {"record": record}, json, lambda console: console.print(f"{segmentation} confirmed by {by}: {record}")
    )


def agreement(
    cohort: Annotated[Path, typer.Argument(help="CSV with case, first, second (label images).")],
    out: Annotated[Path, typer.Option(help="Folder for tables and figures.")],
    readers: Annotated[
        str, typer.Option(help="Names of the two readers, separated by a comma.")
    ] = "first,second",
    json: JsonFlag = False,
) -> None:
    """Two readers over a cohort: medians, Bland-Altman limits with intervals, and their figures."""
    from ONFHAssistLib.readers.reader_files import compare_cohort

    names = [name.strip() for name in readers.split(",")]
    if len(names) != 2 or not all(names):
        raise InputError(f"--readers is '{readers}'; two names separated by a comma are expected.")
    with progress_bar("Comparing") as report:
        result = compare_cohort(cohort, out, (names[0], names[1]), report)
    rows = [
        (name, found["bias"], *found["limits"], found["n"]) for name, found in result["bland_altman"].items()
    ]
    columns = ("measure", "bias", "lower limit", "upper limit", "hips")
    note = " ".join([str(out), *(f"{case} failed: {text}" for case, text in result["failures"].items())])
    title = f"{result['cases']} cases, {result['hips']} hips"
    emit(result, json, lambda console: console.print(table(title, columns, rows, note)))
