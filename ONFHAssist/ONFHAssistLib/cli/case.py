"""Commands on one case: outline, measure, extract."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import case_name

from .output import JsonFlag, emit, json_ready, progress_bar, table
from .reading import EchoOption, StackOption, counted, files_read, with_notes

ImageArgument = Annotated[Path, typer.Argument(help="NIfTI or NRRD file, DICOM file or folder.")]
SeriesOption = Annotated[
    str | None, typer.Option("--series", help="Series Instance UID, where a folder holds several.")
]
CentreOption = Annotated[
    tuple[float, float, float] | None,
    typer.Option("--centre", help="Centre of the femoral head: x y z in LPS mm."),
]
RadiusOption = Annotated[float | None, typer.Option(help="Radius of the femoral head in mm.")]
MagnificationOption = Annotated[
    float | None,
    typer.Option(help="Of a radiograph whose header gives only the detector's pixel spacing, such as 1.15."),
]
SideOption = Annotated[str | None, typer.Option(help="R or L, where the file of one hip states no side.")]
SpacingOption = Annotated[
    float | None,
    typer.Option(help="Mm a pixel of a picture (PNG, JPEG, TIFF) or radiograph whose file states none."),
]


def segment(
    image: ImageArgument,
    out: Annotated[Path, typer.Option(help="Folder for the segmentation.")],
    centre: CentreOption = None,
    radius: RadiusOption = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    clip: Annotated[bool, typer.Option(help="Clip the sphere to marrow by intensity.")] = True,
    magnification: MagnificationOption = None,
    spacing: SpacingOption = None,
    side: SideOption = None,
    twice: Annotated[
        bool, typer.Option(help="Look at each head twice, once a little nearer; twice the time.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Find both femoral heads in an MRI and outline them with their necrosis.

    With --centre and --radius one head by the sphere tool; on a radiograph (DX, CR, RG) by the circle tool, where the
    first pixel of a DICOM file is at 0, 0, 0.
    """
    started = time.perf_counter()
    volume = read_input(image, series, magnification, side, spacing=spacing, echo=echo, stack=stack)
    result = outline_input(volume, image, centre, radius, clip, twice)
    from ONFHAssistLib.imaging.files import write_image

    path = write_image(result.labels, out / "segmentation.nii.gz")
    fine = out / "segmentation_fine.nii.gz"
    if result.fine is None:
        fine.unlink(missing_ok=True)  # of an earlier outline
    else:
        write_image(result.fine, fine)
    heads = [json_ready(vars(head)) for head in result.heads]
    answer = {
        "segmentation": path,
        "segmentation_fine": None if result.fine is None else fine,
        "heads": heads,
        "warnings": with_notes(result.warnings, volume),
        **files_read(volume),
        "seconds": time.perf_counter() - started,
    }
    kept = ("side", "radius", "head_ml", "necrosis_ml", "score")
    rows = [tuple("-" if head[name] is None else head[name] for name in kept) for head in heads]
    columns = ("side", "radius (mm)", "head (ml)", "necrosis (ml)", "score")
    note = counted([*with_notes(result.warnings, volume), str(path)], volume)
    title = f"Femoral heads in {image.name}"
    emit(answer, json, lambda console: console.print(table(title, columns, rows, note)))


def read_input(
    path: Path,
    series: str | None,
    magnification: float | None,
    side: str | None = None,
    *,
    spacing: float | None = None,
    echo: int | None = None,
    stack: int | None = None,
) -> Any:
    from ONFHAssistLib.imaging.files import read_image
    from ONFHAssistLib.imaging.radiograph import corrected_for_magnification

    if side not in (None, "R", "L"):
        raise InputError(f"--side is '{side}'; R or L is accepted.")
    image = read_image(path, series, echo=echo, stack=stack, spacing=spacing)
    if magnification is not None:
        image = corrected_for_magnification(image, magnification)
    stated = image.metadata.get("laterality", side)
    if side is not None and stated != side:
        raise InputError(f"--side is {side}, but the header of {path} says {stated}; leave --side out.")
    return image if side is None else replace(image, metadata={**image.metadata, "laterality": side})


def outline_input(
    image: Any,
    path: Path,
    centre: tuple[float, float, float] | None,
    radius: float | None,
    clip: bool = True,
    twice: bool = False,
) -> Any:
    """By sphere or circle where one is given, automatic otherwise."""
    from ONFHAssistLib.imaging.radiograph import is_radiograph
    from ONFHAssistLib.segment.sphere_tool import segment_spheres

    radiograph = is_radiograph(image)
    if centre is None and radius is None and not radiograph:
        from ONFHAssistLib.segment.pipeline import segment_hips

        with progress_bar("Outlining") as report:
            return segment_hips(image, twice=twice, progress=report, name=path.name).segmentation
    if centre is None or radius is None:
        needed = "Both --centre X Y Z (LPS, mm) and --radius R (mm) are needed"
        raise InputError(f"{needed} on a radiograph." if radiograph else f"{needed}, or neither of them.")
    if not radiograph:
        image.require_volume(str(path))
    return segment_spheres(image, [(centre, radius)], clip)


def read_outlines(path: Path, image: Any, shown: Path) -> tuple[Any, tuple[str, ...]]:
    """A segmentation of ours for its image (``shown`` is its path), and what is to be known of the sides.

    It is as fine as it is known: on finer voxels where the file holds such, or where one that ``onfh segment`` wrote
    beside it belongs to it. Where the segmentation was corrected since, its share is another, and the file counts.
    """
    from ONFHAssistLib.imaging.files import read_mask
    from ONFHAssistLib.imaging.masks.fine import fine_labels, on_image
    from ONFHAssistLib.segment.outline_sides import check_sides

    labels = read_mask(path, image, in_full=True)
    if image.same_grid(labels):
        return _finer_beside(path, labels, image) or labels, check_sides(labels, image)
    if fine_labels(labels, image) is None:
        image.require_same_grid(labels, str(shown), str(path))
    return labels, check_sides(on_image(labels, image), image)


def _finer_beside(path: Path, labels: Any, image: Any) -> Any:
    """The finer outlines that lie beside a segmentation, where it is still their share; else None."""
    from ONFHAssistLib.imaging.files import read_mask
    from ONFHAssistLib.imaging.masks.fine import belonging

    beside = path.with_name(path.name.replace(".", "_fine.", 1))
    if beside == path or not beside.is_file():
        return None
    try:
        return belonging(read_mask(beside), labels, image)
    except InputError:  # damaged; what was asked for is whole
        return None


EdgeOption = Annotated[
    tuple[float, float, float] | None,
    typer.Option(help="Lateral acetabular edge of that side for the JIC type: x y z in LPS mm."),
]


def measure(
    image: ImageArgument,
    segmentation: Annotated[Path, typer.Argument(help="Label image: 1, 2 head R, L; 3, 4 necrosis R, L.")],
    edge_r: EdgeOption = None,
    edge_l: EdgeOption = None,
    find_edges: Annotated[bool, typer.Option(help="Look for the edge of a side where none is given.")] = True,
    sagittal: Annotated[
        bool, typer.Option("--sagittal", help="Arc B in the sagittal instead of the axial plane.")
    ] = False,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    json: JsonFlag = False,
) -> None:
    """Measure each hip: radius, volumes, arcs, combined necrotic angle, JIC type, depth; suggest marrow oedema."""
    import numpy as np

    from ONFHAssistLib.imaging.files import read_image
    from ONFHAssistLib.measure.findings import findings

    volume = read_image(image, series, echo=echo, stack=stack).require_volume(str(image))
    labels, warnings = read_outlines(segmentation, volume, image)
    warnings = tuple(with_notes(warnings, volume))
    edges = {side: np.array(edge) for side, edge in (("R", edge_r), ("L", edge_l)) if edge is not None}
    hips = [_plain_findings(hip) for hip in findings(volume, labels, edges, sagittal, find_edges)]
    columns = ("side", "radius", "necrotic_share", "arc_a", "arc_b", "combined_necrotic_angle", "jic_type")
    rows = [tuple("-" if hip[c] is None else hip[c] for c in columns) for hip in hips]
    notes = [f"{hip['side']}: {note}" for hip in hips for note in hip["notes"] if note not in warnings]
    note = counted(["Lengths in mm, angles in degrees.", *notes, *warnings], volume)
    emit(
        {"hips": hips, "warnings": warnings, **files_read(volume)},
        json,
        lambda console: console.print(table("Measurements", columns, rows, note)),
    )


def _plain_findings(hip: Any) -> dict[str, Any]:
    return json_ready(vars(hip.measurement)) | {
        "acetabular_edge": json_ready(hip.edge),
        "edge_source": hip.edge_source,
        "oedema": None if hip.oedema is None else json_ready(vars(hip.oedema)),
        "notes": list(hip.notes),
    }


def extract(
    image: ImageArgument,
    mask: Annotated[Path, typer.Argument(help="Label image on the same grid.")],
    preset: Annotated[str, typer.Option(help="Preset by name, or a PyRadiomics parameter file.")],
    label: Annotated[
        int | None,
        typer.Option(help="Label of the region in the mask; else the preset's, which is mostly 1."),
    ] = None,
    engine: Annotated[str | None, typer.Option(help="native or pyradiomics.")] = None,
    out: Annotated[Path | None, typer.Option(help="CSV file for the features.")] = None,
    series: SeriesOption = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    magnification: MagnificationOption = None,
    spacing: SpacingOption = None,
    compare: Annotated[
        bool, typer.Option("--compare", help="Run both engines and show their difference.")
    ] = False,
    json: JsonFlag = False,
) -> None:
    """Extract the radiomics features of one region.

    The mask may be a label image, 3D Slicer's .seg.nrrd, a DICOM segmentation (its segment numbers are the labels) or an
    RTSTRUCT; names such as "Femoral head L" decide over numbers.
    """
    from ONFHAssistLib.extract.presets import load_preset
    from ONFHAssistLib.extract.radiomics import DEFAULT_ENGINE, compare_engines, extract_radiomics
    from ONFHAssistLib.imaging.files import read_mask
    from ONFHAssistLib.imaging.radiograph import radiograph_sentences
    from ONFHAssistLib.segment.outline_sides import check_region

    if out is not None and out.suffix.lower() != ".csv":
        raise InputError(f"--out is '{out}'; a file that ends in .csv is expected.")
    settings = load_preset(preset)
    label = settings.label if label is None else label
    volume = read_input(image, series, magnification, spacing=spacing, echo=echo, stack=stack)
    labels = read_mask(mask, volume, settings.layer, (label,))
    if not labels.array.any():
        raise InputError(f"{mask} is empty: no voxel is outlined; outline the region first.")
    side, warnings = check_region(volume, labels, (label,))
    warnings = tuple(with_notes((*radiograph_sentences(volume), *warnings), volume))
    if compare:
        _emit_comparison(compare_engines(volume, labels, preset, label), json)
        return
    with progress_bar("Extracting") as report:
        result = extract_radiomics(volume, labels, preset, label, engine or DEFAULT_ENGINE, report)
    if out is not None:
        _write_features(out, case_name(image, volume.metadata), side, warnings, result)
    answer = {
        "features": result.features,
        "engine": result.engine,
        "preset_sha256": result.preset_sha256,
        "seconds": result.seconds,
        "side": side,
        "warnings": warnings,
        **files_read(volume),
        "out": out,
    }
    counts: dict[str, int] = {}
    for name in result.features:
        counts[name.split("_")[1]] = counts.get(name.split("_")[1], 0) + 1
    rows = [*counts.items(), ("all", len(result.features))]
    title = f"{len(result.features)} features of {image.name}, label {label}, preset {preset}"
    done = f"{result.engine}, {result.seconds:.1f} s" + (f", {out}" if out else "")
    note = counted([done, *warnings], volume)
    emit(answer, json, lambda console: console.print(table(title, ("class", "features"), rows, note)))


def _emit_comparison(compared: dict[str, Any], as_json: bool) -> None:
    engines = ("native", "pyradiomics")
    result = {
        "largest_difference": compared["largest_difference"],
        "feature": compared["feature"],
        "speedup": compared["speedup"],
        "seconds": {engine: compared[engine].seconds for engine in engines},
        "features": {engine: compared[engine].features for engine in engines},
    }
    rows = [(engine, len(compared[engine].features), compared[engine].seconds) for engine in engines]
    where = f" ({compared['feature']})" if compared["feature"] else ""
    note = (
        f"Largest relative difference {compared['largest_difference']:.2g}{where}; "
        f"native is {compared['speedup']:.1f} times as fast."
    )
    columns = ("engine", "features", "seconds")
    emit(result, as_json, lambda console: console.print(table("Both engines", columns, rows, note)))


def _write_features(out: Path, case: str, side: str, warnings: Sequence[str], result: Any) -> None:
    from ONFHAssistLib.case.features import feature_rows_as_csv
    from ONFHAssistLib.core.atomic_files import write_json, write_text

    write_text(out, feature_rows_as_csv(case, {side: result.features}))
    said = {"warnings": list(warnings)} if warnings else {}
    write_json(out.with_name(out.name + ".provenance.json"), {**result.provenance, **said})
