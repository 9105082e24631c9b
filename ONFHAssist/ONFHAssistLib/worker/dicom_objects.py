"""The worker's task that writes a case as DICOM objects; apart, so that only this task pays for highdicom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.progress import Progress
from .tasks import image_argument, image_of

if TYPE_CHECKING:
    from ..dicom_out.in_memory import InMemory


def objects_arguments(case: InMemory, files: Iterable[str], folder: Path) -> dict[str, Any]:
    """Arguments of :func:`dicom_objects`, with the images of the case written into ``folder``."""
    return {
        "result": case.result.to_json(),
        "image": image_argument(case.image, folder / "image.mha"),
        "labels": image_argument(case.labels, folder / "labels.mha"),
        "heats": {
            side: image_argument(heat, folder / f"heat_{side}.mha") for side, heat in case.heats.items()
        },
        "confirmed_by": case.confirmed_by,
        "pdf": None if case.pdf is None else str(case.pdf),
        "files": list(files),
        "out": str(folder / "objects"),
    }


def dicom_objects(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Write the objects of a case; see :func:`..dicom_out.objects.from_voxels.export_voxels`.

    Returns:
        ``objects``: SOP Instance UID to the file.
    """
    from ..case.result import CaseResult
    from ..dicom_out.in_memory import InMemory
    from ..dicom_out.objects.from_voxels import export_voxels

    pdf = arguments.get("pdf")
    case = InMemory(
        CaseResult.from_json(arguments["result"]),
        image_of(arguments["image"]),
        image_of(arguments["labels"]),
        {side: image_of(heat) for side, heat in arguments["heats"].items()},
        arguments["confirmed_by"],
        None if pdf is None else Path(pdf),
    )
    written = export_voxels(case, arguments["files"], Path(arguments["out"]), progress=progress)
    return {"objects": {one.sop_instance_uid: str(one.path) for one in written}}
