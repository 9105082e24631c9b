"""An earlier work-up from Slicer's DICOM database into the scene: outlines, tables, answers, heat, as they were."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from slicer.i18n import tr as _

from ...case.case import Case
from ...case.result import SEGMENT
from ...core.errors import InputError
from ...dicom_out.reading.imported import with_hashes
from ...dicom_out.reading.importing import read_case, write_case
from ...dicom_out.reading.needed import needed_by
from ...imaging.masks.placing import placed_on
from ..case import move_to_case_folder
from ..images.ownership import find_node, results_of
from ..outdated import digest_of
from ..results.case_result import result_in_steps
from ..results.readers import CONFIRMED_BY
from ..segmentations import segmentation_from_labels
from ..transaction import one_change, run_all_steps
from ..volumes import image_from_volume
from .database import files_of_volume, load_series, open_database, volume_of_series

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode

    from ...dicom_out.reading.imported import Imported

REPORT_UID = (
    "ONFHAssist.dicomReport"  # on outlines: SOP Instance UID of the report that they were loaded with
)
_GIVEN = "earlier work-up"


def load_report(file: Path, uid: str) -> tuple[vtkMRMLScalarVolumeNode, vtkMRMLSegmentationNode]:
    """Show what a report of ours says, beside the image that it is about, which is loaded where it is not there.

    Args:
        file: of the report. uid: its SOP Instance UID.

    Returns:
        The image and its outlines; those that are there already, where this report was loaded before.

    Raises:
        InputError: as :func:`..dicom_out.reading.importing.read_case`; the series or an object is not in the database.
            The scene is then as it was, but for the image.
    """
    objects, series = needed_by(file)
    volume = volume_of_series(series) or load_series(series)
    if volume is None:
        raise InputError(
            _(
                "The series that this report is about is not in Slicer's DICOM database, or Slicer cannot show it; "
                "import its images there, then load the report."
            )
        )
    shown = [
        node
        for node in results_of(volume, "vtkMRMLSegmentationNode", "segmentation")
        if node.GetAttribute(REPORT_UID) == uid
    ]
    if shown:
        return volume, shown[0]
    with tempfile.TemporaryDirectory(prefix="onfh-objects-") as name:
        folder = Path(name)
        case = read_case(
            _copies([file, *_files_of(objects)], folder / "objects"), None, _series(volume, folder)
        )
        with one_change():
            segmentation = _show(volume, case, folder / "case")
            segmentation.SetAttribute(REPORT_UID, uid)
            if case.confirmed_by:
                segmentation.SetAttribute(CONFIRMED_BY, case.confirmed_by)
    return volume, segmentation


def _files_of(instances: list[str]) -> list[Path]:
    database = open_database()
    files = {uid: database.fileForInstance(uid) for uid in instances}
    missing = [uid for uid, file in files.items() if not file]
    if missing:
        raise InputError(
            _(
                "The report refers to {count} objects that are not in Slicer's DICOM database, such as {uid}; import all "
                "objects of the study, then load the report."
            ).format(count=len(missing), uid=missing[0])
        )
    return [Path(file) for file in files.values()]


def _copies(files: list[Path], folder: Path) -> Path:
    """Under names of their own, since a database may store each under a number without a suffix."""
    folder.mkdir()
    for number, file in enumerate(files):
        shutil.copyfile(file, folder / f"{number:03d}.dcm")
    return folder


def _series(volume: vtkMRMLScalarVolumeNode, folder: Path) -> Path | None:
    """The files of the image, against which the outlines are checked; None where they are no longer there."""
    files = files_of_volume(volume)
    return _copies([Path(file) for file in files], folder / "series") if files else None


def _show(volume: vtkMRMLScalarVolumeNode, case: Imported, folder: Path) -> vtkMRMLSegmentationNode:
    image = image_from_volume(volume)
    labels = placed_on(case.labels, image)  # Slicer may store the slices in the other order
    if not image.same_grid(labels, tolerance=1e-2):
        raise InputError(
            _("'{name}' was moved or cropped since it was loaded; load its series again.").format(
                name=volume.GetName()
            )
        )
    worked = Case(image, volume.GetName(), image.like(labels.array.astype(np.uint8)), fine=case.fine)
    case = replace(
        case,
        result=with_hashes(case.result, worked, True),
        labels=worked.outlines,
        fine=worked.fine,
        heats={side: image.like(placed_on(heat, image).array) for side, heat in case.heats.items()},
    )
    write_case(case, folder)
    result = replace(
        case.result,
        name=volume.GetName(),
        segmentation=str(folder / "segmentation.nii.gz"),
        segmentation_fine=None if case.fine is None else str(folder / "segmentation_fine.nii.gz"),
    )
    for side in case.heats:
        hip = result.hip(side)
        if hip.stage is not None:
            stage = replace(hip.stage, heatmap=str(folder / f"heatmap_{side}.nii.gz"))
            result = result.with_hip(replace(hip, stage=stage))
    given = None
    if not result.did(SEGMENT):  # outlined by a person: there is no step that tells of it
        given = segmentation_from_labels(worked.outlines_in_full, volume, case.confirmed_by or _GIVEN, {})
        move_to_case_folder(volume, [given])
    segmentation, _warnings = run_all_steps(result_in_steps(volume, given, result))
    found = segmentation or find_node("vtkMRMLSegmentationNode", "segmentation", volume)
    digest = digest_of(found, volume)
    if any(digest.get(side) != known for side, known in worked.hip_outlines.items()):
        raise InputError(
            _("The outlines of '{name}' changed on their way into the scene; please report this.").format(
                name=volume.GetName()
            )
        )
    return found
