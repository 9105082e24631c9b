"""``onfh predict``: stage with its heatmap, and probability of early osteonecrosis of each hip."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..bundles.defaults import default_predictor, default_stager
from ..core.errors import InputError
from ..core.names import case_name
from .case import (
    CentreOption,
    ImageArgument,
    RadiusOption,
    SeriesOption,
    SideOption,
    outline_input,
    read_input,
    read_outlines,
)
from .output import JsonFlag, emit, progress_bar, table
from .reading import EchoOption, StackOption, counted, files_read

if TYPE_CHECKING:
    from ..case.result import CaseResult, HipResult
    from ..imaging.image import Image

OUT_OF_SCOPE = "out of scope"
NO_STAGER = "none"
SequenceOption = Annotated[
    str | None, typer.Option(help="T1, T2, T2 FS, STIR or PD FS, where the file states none.")
]


def predict(
    image: ImageArgument,
    out: Annotated[Path, typer.Option(help="Folder for tables and heatmaps.")],
    segmentation: Annotated[Path | None, typer.Option(help="Label image of the femoral heads.")] = None,
    centre: CentreOption = None,
    radius: RadiusOption = None,
    bundle: Annotated[str, typer.Option(help="Model bundle by name or folder.")] = default_predictor(),
    stager: Annotated[
        str, typer.Option(help="Bundle of the stage; 'none' leaves it out.")
    ] = default_stager(),
    sequence: SequenceOption = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    side: SideOption = None,
    json: JsonFlag = False,
) -> None:
    """Probability of early osteonecrosis for each hip, with what drove it; stage with its heatmap.

    Where the image is out of scope of a model, its answer is withheld: the table says so in its place, and the numbers
    stand under 'withheld' with the reason.
    """
    from ..case.case import Case
    from ..case.files import write_prediction
    from ..case.pipeline import run_case
    from ..case.result import PROBABILITY, STAGE
    from ..case.work import Settings
    from ..early.predictor import load_predictor

    started = time.perf_counter()
    load_predictor(bundle)  # what cannot answer is refused before anything is read or written
    volume = with_sequence(read_input(image, series, None, side, echo=echo, stack=stack), sequence, image)
    labels = None if segmentation is None else read_outlines(segmentation, volume, image)[0]
    found: tuple[str, ...] = ()
    if labels is None:
        outlined = outline_input(volume, image, centre, radius)
        labels, found = outlined.labels, outlined.warnings
    steps = [PROBABILITY] if stager == NO_STAGER else [PROBABILITY, STAGE]
    settings = Settings(predictor=bundle, stager="" if stager == NO_STAGER else stager)
    with progress_bar("Predicting") as report:
        result = run_case(Case(volume, image.name, labels), out, steps, settings, progress=report)
        _require(result)
        answer = write_prediction(result, out, case_name(image, volume.metadata), found)
    answer |= files_read(volume)
    answer["seconds"] = time.perf_counter() - started
    rows = [(hip.side, *reading_cells(hip), *stage_cells(hip)) for hip in result.hips]
    title = f"Early osteonecrosis, {image.name}"
    note = counted([*answer["warnings"], answer["statement"]], volume)
    columns = ("side", "probability", "reading", "stage", "0 / I / II", "spread")
    emit(answer, json, lambda console: console.print(table(title, columns, rows, note)))


def _require(result: CaseResult) -> None:
    """A probability is what the command is for; a stage alone, without its bundle, may be missing."""
    failure = result.steps["probability"].failure
    if failure:
        raise InputError(failure)


def with_sequence(volume: Image, sequence: str | None, path: Path) -> Image:
    """The volume with the sequence that the user states, where its file does not.

    Raises:
        InputError: not a volume, an unknown sequence, or one that the header contradicts.
    """
    from ..imaging.contrast import CONTRASTS_OF_SEQUENCE
    from ..imaging.series_kind import kind_of

    volume.require_volume(str(path))
    if sequence is None:
        return volume
    if sequence not in CONTRASTS_OF_SEQUENCE:
        raise InputError(f"--sequence is '{sequence}'; {', '.join(CONTRASTS_OF_SEQUENCE)} are known.")
    kind = kind_of(volume.metadata)
    found = volume.metadata.get("sequence", sequence if kind is None or kind.open else kind.name)
    if found != sequence:
        raise InputError(
            f"--sequence is {sequence}, but the header of {path} says {found}; leave --sequence out."
        )
    return volume.like(volume.array, **{"modality": "MR", **volume.metadata, "sequence": sequence})


def reading_cells(hip: HipResult) -> tuple[Any, ...]:
    """Probability and reading of the radiomics model, or that it does not apply."""
    if hip.probability is not None:
        return hip.probability.probability, hip.probability.reading
    return ("-", OUT_OF_SCOPE) if hip.computed_probability is not None else ("-", "-")


def stage_cells(hip: HipResult) -> tuple[Any, ...]:
    """Stage, probabilities and spread, or that the stager does not apply."""
    given = hip.stage
    if given is not None:
        probabilities = " / ".join(f"{given.probabilities[stage]:.2f}" for stage in ("0", "I", "II"))
        return given.stage, probabilities, "-" if given.uncertainty is None else given.uncertainty
    if hip.computed_stage is not None:
        return OUT_OF_SCOPE, "-", "-"
    return "-", hip.failures.get("stage") or "-", "-"
