"""``onfh dicom``: a case as DICOM objects for the archive, and such objects back into a case."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .network import archive
from .output import JsonFlag, emit, progress_bar, table
from .reading import EchoOption, StackOption

if TYPE_CHECKING:
    from ..case.result import HipResult

app = typer.Typer(
    help="A case as DICOM objects for the archive (SEG, SR, maps), such objects back into a case, and the archive itself."
)
app.command("query")(archive.query)
app.command("fetch")(archive.fetch)
app.command("send")(archive.send)
SegmentOption = Annotated[str | None, typer.Option(metavar="SEGMENT", help="Number or name of a segment.")]


@app.command("export")
def export(
    case: Annotated[Path, typer.Argument(help="Folder that 'onfh run' wrote.")],
    source: Annotated[Path, typer.Option(help="Folder of the DICOM study or series that was worked up.")],
    out: Annotated[Path, typer.Option(help="New folder for the objects.")],
    segmentation: Annotated[
        Path | None, typer.Option(help="Outlines that the case was given, where its folder has none.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option(help="Printed report; the one PDF in the case folder by default.")
    ] = None,
    echo: EchoOption = None,
    stack: StackOption = None,
    pictures: Annotated[bool, typer.Option(help="Key images, too.")] = True,
    yes: Annotated[bool, typer.Option("--yes", help="The objects may name the patient; do not ask.")] = False,
    json: JsonFlag = False,
) -> None:
    """Write the outlines, all measurements and answers, the heat, key images and the printed report as DICOM objects.

    They carry the patient's name and number as the series does, so the command asks before it writes. Nothing is sent.
    """
    from ..dicom_out.objects.export import make_objects, read_ready, write_objects

    ready = read_ready(case, source, segmentation, echo, stack, pdf)
    _require_consent(yes)
    with progress_bar("Making objects") as report:
        objects = make_objects(ready, pictures, report)
    written = write_objects(objects, out)
    answer = {
        "objects": [
            {"kind": one.name, "path": one.path, "sop_instance_uid": one.sop_instance_uid} for one in written
        ],
        "confirmed": bool(ready.confirmed_by),
    }
    rows = [(one.name, one.path.name, one.sop_instance_uid) for one in written]
    title = f"{len(written)} DICOM objects"
    columns = ("object", "file", "SOP Instance UID")
    note = f"{out}; they name the patient, so keep them where the images may be."
    emit(answer, json, lambda console: console.print(table(title, columns, rows, note)))


def _require_consent(given: bool) -> None:
    """Raise :class:`InputError` unless the user agreed that objects with the patient's identity are written."""
    from ..core.errors import InputError

    if given:
        return
    if sys.stdin is not None and sys.stdin.isatty():
        question = "The objects will carry the patient's name and number as the series does. Write them?"
        if typer.confirm(question, err=True):
            return
        raise InputError("Nothing was written, since it was not agreed to.")
    raise InputError(
        "The objects carry the patient's name and number as the series does, and nobody agreed that they may be written; "
        "agree with --yes."
    )


@app.command("import")
def import_(
    objects: Annotated[Path, typer.Argument(help="Folder of DICOM objects, or the file of a segmentation.")],
    out: Annotated[Path, typer.Option(help="New folder for the case.")],
    source: Annotated[
        Path | None, typer.Option(help="Folder of the series that was outlined, whose slices are checked.")
    ] = None,
    head_r: SegmentOption = None,
    head_l: SegmentOption = None,
    necrosis_r: SegmentOption = None,
    necrosis_l: SegmentOption = None,
    json: JsonFlag = False,
) -> None:
    """Read an earlier work-up back into a case folder: the same outlines, numbers and answers.

    A segmentation of another program becomes the outline of a case once its segments are named with --head-r, --head-l,
    --necrosis-r and --necrosis-l.
    """
    from ..dicom_out.reading.importing import read_case, write_case
    from ..imaging.labels import HEAD, NECROSIS

    named = {HEAD["R"]: head_r, HEAD["L"]: head_l, NECROSIS["R"]: necrosis_r, NECROSIS["L"]: necrosis_l}
    chosen = {label: segment for label, segment in named.items() if segment is not None}
    case = read_case(objects, chosen, source)
    path = write_case(case, out)
    sides = [hip.side for hip in case.result.hips]
    answer = {
        "result": path,
        "segmentation": out / "segmentation.nii.gz",
        "hips": sides,
        "steps": list(case.result.steps),
        "warnings": list(case.result.reading.notes),
    }
    rows = [(hip.side, "yes" if hip.findings else "no", _stage(hip)) for hip in case.result.hips]
    note = "\n".join([*case.result.reading.notes, str(out)])
    title = f"Case from {objects.name}"
    columns = ("side", "measured", "stage")
    emit(answer, json, lambda console: console.print(table(title, columns, rows, note)))


def _stage(hip: HipResult) -> str:
    if hip.stage is not None:
        return str(hip.stage.stage)
    return "out of scope" if "stage" in hip.withheld else "-"
