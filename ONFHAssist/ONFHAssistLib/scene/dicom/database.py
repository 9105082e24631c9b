"""What Slicer's DICOM database holds of an image, and how files come into it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...core.errors import InputError
from ..files.headers import dicom_files_of
from ..images.ownership import is_image

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode

_PRINTED = "PDF.dcm"  # the printed report among the objects of a case, a new one each time that it is printed


def open_database() -> Any:
    """``slicer.dicomDatabase``.

    Raises:
        InputError: there is none, or it is not open, as before the DICOM module was used for the first time.
    """
    database = getattr(slicer, "dicomDatabase", None)
    if database is None or not getattr(database, "isOpen", False):
        raise InputError(
            _("Slicer's DICOM database is not open; open the module DICOM once, then try again.")
        )
    return database


def files_of_volume(volume: vtkMRMLScalarVolumeNode | None) -> tuple[str, ...]:
    """The DICOM files of exactly this volume; none where it did not come from the database, or not all are there."""
    if volume is None or volume.GetScene() is None:
        return ()
    files = dicom_files_of(volume)
    wanted = (volume.GetAttribute("DICOM.instanceUIDs") or "").split()
    return files if len(files) == len(wanted) and all(Path(file).is_file() for file in files) else ()


def volume_of_series(series: str) -> vtkMRMLScalarVolumeNode | None:
    """The image of the scene that was loaded from a series; None where there is none."""
    database = open_database()
    for volume in slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode"):
        uids = (volume.GetAttribute("DICOM.instanceUIDs") or "").split()
        if uids and is_image(volume) and database.seriesForFile(database.fileForInstance(uids[0])) == series:
            return volume
    return None


def load_series(series: str) -> vtkMRMLScalarVolumeNode | None:
    """Load a series as Slicer would; its image, or None where no plugin of Slicer makes one of it."""
    from DICOMLib import DICOMUtils

    DICOMUtils.loadSeriesByUID([series])
    return volume_of_series(series)


def take_in(objects: Mapping[str, Path]) -> int:
    """Store copies of the objects of a case in the database; how many it did not know before.

    Where all but a printed page is known, all is there already; a page that was printed again is no news.

    Args:
        objects: SOP Instance UID to the file, all in one folder.

    Raises:
        InputError: the database is not open, or did not take them.
    """
    from DICOMLib import DICOMUtils

    database = open_database()
    known = [uid for uid in objects if database.fileForInstance(uid)]
    if all(objects[uid].name == _PRINTED for uid in objects if uid not in known):
        return 0
    for uid in known:
        objects[uid].unlink()
    folder = next(iter(objects.values())).parent
    DICOMUtils.importDicom(str(folder), database, True)
    missing = [uid for uid in objects if not database.fileForInstance(uid)]
    if missing:
        raise InputError(
            _("Slicer's DICOM database did not take {count} of the {all} objects; is its disk full?").format(
                count=len(missing), all=len(objects)
            )
        )
    return len(objects) - len(known)
