"""``onfh robustness``: which features survive another position and another outline of the same hip."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError

from .case import SeriesOption
from .output import JsonFlag, emit, progress_bar, table
from .reading import EchoOption, StackOption

if TYPE_CHECKING:
    from collections.abc import Callable

    from ONFHAssistLib.extract.robustness import Robustness
    from ONFHAssistLib.imaging.image import Image

SHOWN = 10  # of the table for people; the CSV has all


def robustness(
    image: Annotated[Path | None, typer.Argument(help="NIfTI or NRRD file, DICOM file or folder.")] = None,
    segmentation: Annotated[
        Path | None, typer.Argument(help="Label image: 1, 2 head R, L; 3, 4 necrosis R, L.")
    ] = None,
    cohort: Annotated[
        Path | None, typer.Option(help="Instead: CSV with case, image, segmentation; one ICC over all hips.")
    ] = None,
    preset: Annotated[str, typer.Option(help="Shipped preset or a PyRadiomics parameter file.")] = "dlr-mri",
    perturbations: Annotated[int, typer.Option(help="Perturbed copies of each hip.")] = 10,
    seed: Annotated[int, typer.Option(help="Of the random perturbations.")] = 0,
    rotation: Annotated[float, typer.Option(help="At most, in degrees, in the plane of the slices.")] = 10.0,
    shift: Annotated[float, typer.Option(help="At most, in pixels of the slices.")] = 0.5,
    growth: Annotated[float, typer.Option(help="At most, as a share of the outlined volume.")] = 0.1,
    contour: Annotated[float, typer.Option(help="Standard deviation of the redrawn border, in mm.")] = 1.0,
    least: Annotated[float, typer.Option("--icc", help="Least ICC(1,1) that survives.")] = 0.75,
    engine: Annotated[str, typer.Option(help="native or pyradiomics.")] = "native",
    out: Annotated[Path | None, typer.Option(help="CSV file: one row a feature.")] = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    json: JsonFlag = False,
) -> None:
    """Which radiomics features survive when image and outline are perturbed: ICC(1,1) and coefficient of variation.

    Each outlined femoral head, necrosis included, is extracted again from turned and moved images with a grown or shrunk
    and redrawn outline. The ICC compares hips, so it says more the more of them there are: with one hip there is none.
    """
    from ONFHAssistLib.core.atomic_files import write_text
    from ONFHAssistLib.extract.perturbation import PerturbationLimits
    from ONFHAssistLib.extract.robustness import feature_robustness

    if out is not None and out.suffix.lower() != ".csv":
        raise InputError(f"'{out}' should end in .csv.")
    limits = PerturbationLimits(rotation, shift, growth, contour)
    with progress_bar("Perturbing") as report:
        found = feature_robustness(
            _cases(image, segmentation, cohort, (series, echo, stack)),
            preset,
            perturbations,
            seed,
            limits,
            engine,
            report,
            least,
        )
    if out is not None:
        write_text(out, _as_csv(found))
    columns = ("icc", "low", "high")
    result = {
        "features": {
            name: {**dict(zip(columns, row, strict=True)), "variation": found.variation.loc[name].to_dict()}
            for name, *row in found.table[list(columns)].itertuples()
        },
        "surviving": found.surviving,
        "hips": list(found.unperturbed),
        "failures": dict(found.failures),
        **found.record,
        "perturbations": perturbations,
        "perturbation_seed": seed,
        "out": out,
        "seconds": found.seconds,
    }
    emit(result, json, lambda console: console.print(_shown(found, least, out)))


def _cases(
    image: Path | None,
    segmentation: Path | None,
    cohort: Path | None,
    choice: tuple[str | None, int | None, int | None],
) -> list[tuple[str, Callable[[], tuple[Image, Image]]]]:
    from ONFHAssistLib.extract.cohort import read_cohort
    from ONFHAssistLib.imaging.files import read_image, read_mask

    def reader(one: Any, other: Any) -> Callable[[], tuple[Image, Image]]:
        def read() -> tuple[Image, Image]:
            volume = read_image(one, choice[0], echo=choice[1], stack=choice[2])
            return volume, read_mask(other, volume)

        return read

    if (cohort is None) == (image is None) or (image is None) != (segmentation is None):
        raise InputError("Give an IMAGE and its SEGMENTATION, or --cohort with a CSV of them.")
    if cohort is not None and choice != (None, None, None):
        raise InputError(
            "--series, --echo and --stack choose within one IMAGE; leave them out with --cohort."
        )
    if cohort is None:
        return [("", reader(image, segmentation))]
    files = dict.fromkeys(
        (row.case, row.image, row.mask) for row in read_cohort(cohort)
    )  # once for both sides
    return [(case, reader(one, other)) for case, one, other in files]


def _as_csv(found: Robustness) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    hips = list(found.variation.columns)
    writer.writerow(["feature", "icc", "low", "high", "survives", *(f"variation {hip}" for hip in hips)])
    for name, row in found.table.iterrows():
        numbers = [*row[["icc", "low", "high"]], *found.variation.loc[name]]
        cells = [repr(float(value)) if value == value else "" for value in numbers]  # noqa: PLR0124 - NaN
        writer.writerow([name, *cells[:3], "yes" if row["survives"] else "no", *cells[3:]])
    return stream.getvalue()


def _shown(found: Robustness, least: float, out: Path | None) -> Any:
    """The steadiest and the least steady features; all are in the CSV."""
    ordered = found.table.assign(variation=found.variation.max(axis=1)).sort_values(
        ["icc", "variation"], ascending=[False, True]
    )
    half = SHOWN // 2
    picked = ordered if len(ordered) <= SHOWN else ordered.iloc[[*range(half), *range(-half, 0)]]
    rows = [
        (name, row["icc"], row["low"], row["high"], 100.0 * row["variation"])
        for name, row in picked.iterrows()
    ]
    notes = [f"{hip} left out: {reason}" for hip, reason in found.failures.items()]
    if len(found.unperturbed) < 2:
        title = f"{len(found.table)} features of one hip; an ICC needs two"
    else:
        title = (
            f"{len(found.surviving)} of {len(found.table)} features reach ICC {least:g} "
            f"on {len(found.unperturbed)} hips; the steadiest and the least steady"
        )
    note = " ".join([*notes, *([str(out)] if out is not None else [])])
    return table(title, ("feature", "ICC(1,1)", "low", "high", "variation (%)"), rows, note)
