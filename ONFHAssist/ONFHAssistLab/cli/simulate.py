"""``onfh simulate``: patients that do not exist, for training, testing and teaching."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ONFHAssistLib.cli.output import JsonFlag, emit, progress_bar, table
from ONFHAssistLib.core.errors import InputError


def simulate(
    out: Annotated[Path, typer.Option(help="Folder for the cohort; PNG file for the gallery.")],
    protocol: Annotated[
        str | None, typer.Option(help="dlr, onfhnet or dlrc: whose case mix and images.")
    ] = None,
    cases: Annotated[int | None, typer.Option(help="How many patients.")] = None,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 0,
    format: Annotated[str, typer.Option(help="nifti or dicom.")] = "nifti",  # noqa: A002 - the option's name
    workers: Annotated[int, typer.Option(help="Processes on this machine.")] = 1,
    resume: Annotated[bool, typer.Option(help="Go on with a cohort that was interrupted.")] = False,
    gallery: Annotated[bool, typer.Option("--gallery", help="Draw the gallery instead of a cohort.")] = False,
    real: Annotated[Path | None, typer.Option(help="A real T1 hip to stand beside the gallery.")] = None,
    on: Annotated[
        Path | None,
        typer.Option(
            help="Folder of real hips whose heads are known (spheres.json, heads.csv or outlines beside the images): "
            "disease is painted into them, in place of a protocol."
        ),
    ] = None,
    sequence: Annotated[
        str | None, typer.Option(help="With --on: what images that state no sequence are; T1 if left out.")
    ] = None,
    exam: Annotated[
        bool,
        typer.Option(
            "--exam",
            help="Whole examinations, in place of a protocol: several DICOM series of a patient who moves between them.",
        ),
    ] = False,
    pairs: Annotated[
        bool,
        typer.Option(
            "--pairs",
            help="Two examinations of each patient, in place of a protocol: later the necrosis has grown or healed by a "
            "known volume, on another scanner.",
        ),
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Simulate a cohort with exact truth: images, masks and the clinical table."""
    if gallery:
        _gallery(out, real, seed, json)
        return
    if on is not None:
        _on_real(on, cases, seed, out, sequence, protocol, json)
        return
    if exam:
        _exams(cases, seed, out, workers, resume, protocol, json)
        return
    if pairs:
        _pairs(cases, seed, out, resume, protocol, json)
        return
    if protocol is None or cases is None:
        raise InputError(
            "--protocol and --cases are needed to simulate a cohort (or --gallery to draw the gallery)."
        )
    from ONFHAssistLab.simulate.cohort import simulate_cohort

    with progress_bar("Simulating") as report:
        result = simulate_cohort(
            protocol,
            cases,
            seed,
            out,
            image_format=format,
            workers=workers,
            resume=resume,
            progress=lambda done, total: report(done / max(total, 1), f"Patient {done} of {total}"),
        )
    rows = [(result["cases"], str(result["table"]), result["sha256"][:12])]
    columns = ("patients", "table", "sha256")
    note = "Simulated: no patient is behind these images."
    emit(result, json, lambda console: console.print(table(f"Cohort {protocol}", columns, rows, note)))


def _on_real(
    folder: Path,
    cases: int | None,
    seed: int,
    out: Path,
    sequence: str | None,
    protocol: str | None,
    as_json: bool,
) -> None:
    from ONFHAssistLab.simulate.hybrid.patients import simulate_on_real

    if protocol is not None:
        raise InputError(f"--protocol {protocol} and --on cannot be given together; leave one of them out.")
    if cases is None:
        raise InputError("--cases is missing; say how many patients are to be made.")
    with progress_bar("Painting") as report:
        result = simulate_on_real(
            folder,
            cases,
            seed,
            out,
            sequence,
            lambda done, total: report(done / total, f"Patient {done} of {total}"),
        )
    rows = [(result["cases"], result["hips"], result["table"], result["sha256"][:12])]
    note = "Real anatomy with simulated disease: no patient with this disease is behind these images."
    columns = ("patients", "hips", "table", "sha256")
    emit(result, as_json, lambda console: console.print(table("Hybrid patients", columns, rows, note)))


def _exams(
    cases: int | None, seed: int, out: Path, workers: int, resume: bool, protocol: str | None, as_json: bool
) -> None:
    from ONFHAssistLab.simulate.exam.cohort import simulate_exams

    if protocol is not None:
        raise InputError(f"--protocol {protocol} and --exam cannot be given together; leave one of them out.")
    if cases is None:
        raise InputError("--cases is missing; say how many examinations are to be made.")
    with progress_bar("Simulating") as report:
        result = simulate_exams(
            cases,
            seed,
            out,
            workers,
            resume,
            lambda done, total: report(done / total, f"Examination {done} of {total}"),
        )
    rows = [(result["cases"], result["table"], result["sha256"][:12])]
    note = "Simulated: no patient is behind these images."
    columns = ("examinations", "table", "sha256")
    emit(result, as_json, lambda console: console.print(table("Examinations", columns, rows, note)))


def _pairs(
    cases: int | None, seed: int, out: Path, resume: bool, protocol: str | None, as_json: bool
) -> None:
    from ONFHAssistLab.simulate.exam.pairs import simulate_pairs

    if protocol is not None:
        raise InputError(
            f"--protocol {protocol} and --pairs cannot be given together; leave one of them out."
        )
    if cases is None:
        raise InputError("--cases is missing; say how many patients are to be examined twice.")
    with progress_bar("Simulating") as report:
        result = simulate_pairs(
            cases, seed, out, resume, lambda done, total: report(done / total, f"Patient {done} of {total}")
        )
    rows = [(result["cases"], result["table"], result["sha256"][:12])]
    note = "Simulated: no patient is behind these images."
    emit(
        result,
        as_json,
        lambda console: console.print(table("Pairs", ("patients", "table", "sha256"), rows, note)),
    )


def _gallery(out: Path, real: Path | None, seed: int, as_json: bool) -> None:
    from ONFHAssistLab.simulate.gallery import draw_gallery

    if out.suffix.lower() != ".png":
        raise InputError(f"--out is '{out}'; a file that ends in .png is expected for the gallery.")
    if real is not None and not real.is_file():
        raise InputError(f"{real} does not exist; give a T1 volume of a right hip.")
    with progress_bar("Drawing") as report:
        path = draw_gallery(out, real, seed or 3, lambda done, total: report(done / total))
    emit({"gallery": path}, as_json, lambda console: console.print(f"The gallery is {path}."))
