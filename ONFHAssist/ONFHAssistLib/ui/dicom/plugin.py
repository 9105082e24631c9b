"""ONFHAssist among Slicer's DICOM plugins: it offers a case to *Export to DICOM* and loads its objects again.

Slicer finds it in ``slicer.modules.dicomPlugins``, under the name that its exportables state as their plugin.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import slicer
from slicer.i18n import tr as _

from ...core.language import sentence
from ...scene.attributes import ROLE

NAME = "ONFHAssist"
_REPORT, _SEGMENTATION, _MAP, _PICTURE = (
    "1.2.840.10008.5.1.4.1.1.88.34",
    "1.2.840.10008.5.1.4.1.1.66.4",
    "1.2.840.10008.5.1.4.1.1.30",
    "1.2.840.10008.5.1.4.1.1.7",
)
_TAGS = {
    "instanceUID": "0008,0018",
    "classUID": "0008,0016",
    "manufacturer": "0008,0070",
    "studyUID": "0020,000D",
}
# Tags of the dialog that the objects take from the series, with those of the files.
_IDENTITY = {
    "PatientName": "0010,0010",
    "PatientID": "0010,0020",
    "PatientBirthDate": "0010,0030",
    "PatientSex": "0010,0040",
}
_CONFIDENCE = 0.97  # more than of a plugin that knows SEG and SR in general, which says 0.95


def register() -> bool:
    """Join Slicer's DICOM plugins; False where this Slicer was built without DICOM."""
    try:
        import DICOMLib  # noqa: F401 - Slicer's own, light
    except ImportError:
        return False
    if not hasattr(slicer.modules, "dicomPlugins"):  # the module DICOM may be found after this one
        slicer.modules.dicomPlugins = {}
    slicer.modules.dicomPlugins[NAME] = plugin_class()
    return True


def plugin_class() -> type:
    """The plugin, made when Slicer's own classes are there."""
    from DICOMLib import DICOMLoadable, DICOMPlugin

    class ONFHAssistDICOMPlugin(DICOMPlugin):
        """Objects of ONFHAssist: one loadable a report, and one export of a whole case."""

        def __init__(self) -> None:
            super().__init__()
            self.loadType = "ONFHAssist"
            self.tags.update(_TAGS)

        def examineForImport(self, fileLists: Sequence[Sequence[str]]) -> list[Any]:
            found = []
            for files in fileLists:
                known = self.getCachedLoadables(files)
                if known is None and not _is_ours(files):
                    known = []
                if known is None:
                    known = [
                        one for file in files if (one := loadable_of(file, self, DICOMLoadable)) is not None
                    ]
                    self.cacheLoadables(files, known)
                found += known
            return sorted(
                found, key=lambda one: one.order
            )  # the report shows all, and what follows is then there

        def load(self, loadable: Any) -> bool:
            if loadable.report:
                return load(loadable)
            self.addSeriesInSubjectHierarchy(loadable, _show_picture(loadable))
            return True

        def examineForExport(self, item: int) -> list[Any]:
            return exportables(item)

        def export(self, exportables: Sequence[Any]) -> str:
            return export(exportables)

    return ONFHAssistDICOMPlugin


# In -----------------------------------------------------------------------------------------------------------------


def _is_ours(files: Sequence[str]) -> bool:
    """By the first file alone, since a series has one maker: other series must not be slower to open."""
    return bool(files) and slicer.dicomDatabase.fileValue(files[0], _TAGS["manufacturer"]) == NAME


def loadable_of(file: str, plugin: Any, kind: type) -> Any | None:
    """What can be made of a file: the whole work-up of a report, or of that of a segmentation or a map; a key image."""
    value = {name: slicer.dicomDatabase.fileValue(file, tag) for name, tag in _TAGS.items()}
    kind_of_object = value["classUID"]
    if kind_of_object not in (_REPORT, _SEGMENTATION, _MAP, _PICTURE):
        return None
    report: str | None = ""
    if kind_of_object != _PICTURE:
        report = file if kind_of_object == _REPORT else _report_of(value["instanceUID"], value["studyUID"])
    if report is None:
        return None
    loadable = kind()
    loadable.files = [file]
    described = slicer.dicomDatabase.fileValue(file, plugin.tags["seriesDescription"])
    loadable.name = described or _("ONFHAssist: earlier work-up")
    loadable.tooltip = _("Outlines, measurements, answers and heat of an earlier work-up, beside its images.")
    if not report:
        loadable.tooltip = _("A picture of one hip as the report shows it.")
    loadable.selected, loadable.confidence = True, _CONFIDENCE
    loadable.order = 0 if report == file else 1
    loadable.report = report
    return loadable


def _show_picture(loadable: Any) -> Any:
    """A key image as a colour volume that the axial view shows upright."""
    import numpy as np
    import pydicom

    picture = pydicom.dcmread(loadable.files[0])
    upright = np.diag([-1.0, -1.0, 1.0, 1.0])
    name = f"{loadable.name} {picture.get('Laterality', '')}".strip()
    node = slicer.util.addVolumeFromArray(picture.pixel_array[None], upright, name, "vtkMRMLVectorVolumeNode")
    node.SetAttribute(ROLE, "key image")
    return node


def _report_of(instance: str, study: str) -> str | None:
    """The file of the report of a study that rests on an object; None where it is not in the database."""
    from ...dicom_out.reading.needed import is_our_report, needed_by

    database = slicer.dicomDatabase
    for series in database.seriesForStudy(study):
        for file in database.filesForSeries(series):
            is_report = database.fileValue(file, _TAGS["classUID"]) == _REPORT and is_our_report(Path(file))
            if is_report and instance in needed_by(Path(file))[0]:
                return str(file)
    return None


def load(loadable: Any) -> bool:
    """Show the work-up of a loadable; False, with the reason to the user, where it cannot be shown."""
    from ...core.errors import InputError
    from ...scene.dicom.loading import load_report
    from ..packages import ensure_packages

    try:
        ensure_packages("dicom")
        file = Path(loadable.report)
        load_report(file, slicer.dicomDatabase.fileValue(str(file), _TAGS["instanceUID"]))
    except InputError as error:
        slicer.util.errorDisplay(sentence(str(error)))
        return False
    return True


# Out ----------------------------------------------------------------------------------------------------------------


def exportables(item: int) -> list[Any]:
    """One export of the case of an image or of one of its results; none of anything else."""
    from ...scene.dicom.exporting import why_not
    from ...scene.images.ownership import image_of, is_image

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    node = hierarchy.GetItemDataNode(item)
    if node is None:
        return []
    volume = node if is_image(node) else image_of(node)
    if why_not(volume):
        return []
    exportable = slicer.qSlicerDICOMExportable()
    exportable.name = _("ONFHAssist: all results of the case")
    exportable.tooltip = _(
        "Outlines (SEG), measurements and answers (SR), heat, key images and the printed report, in the study of the "
        "images. Patient and study are those of the images."
    )
    exportable.subjectHierarchyItemID = hierarchy.GetItemByDataNode(volume)  # whose study the dialog shows
    exportable.pluginClass = NAME
    exportable.confidence = 0.9
    exportable.setTag("Modality", "SR")
    exportable.setTag("SeriesDescription", "ONFHAssist")
    return [exportable]


def export(exportables: Sequence[Any]) -> str:
    """Write the objects into the folders that the dialog names; the sentence that it shows in red, "" without one."""
    from ...core.errors import InputError
    from ...dicom_out.objects.from_voxels import export_voxels
    from ...scene.dicom.database import files_of_volume
    from .case_files import case_with_report

    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    try:
        for exportable in exportables:
            volume = hierarchy.GetItemDataNode(exportable.subjectHierarchyItemID)
            files = files_of_volume(volume)
            _require_same_identity(exportable, files)
            with case_with_report(volume, None) as case:
                out = Path(exportable.directory) / f"ONFHAssist_{exportable.subjectHierarchyItemID}"
                written = export_voxels(case, files, out)
            _into(
                Path(exportable.directory), [one.path for one in written], exportable.subjectHierarchyItemID
            )
    except InputError as error:
        return sentence(str(error))
    except Exception as error:  # the dialog would say no more than that it failed
        logging.error("ONFHAssist export failed", exc_info=error)
        return _("This is a fault of ONFHAssist ({kind}: {error}); the error log has the details.").format(
            kind=type(error).__name__, error=error
        )
    return ""


def _into(folder: Path, files: Sequence[Path], item: int) -> None:
    """Out of their own folder, whole: the dialog takes away files after it has stored them, and no folders."""
    for file in files:
        file.rename(folder / f"ONFHAssist_{item}_{file.name}")
    files[0].parent.rmdir()


def _require_same_identity(exportable: Any, files: Sequence[str]) -> None:
    """Raise where the user wrote another patient into the dialog: objects of a study carry the patient of its images."""
    from ...core.errors import InputError

    for name, tag in _IDENTITY.items():
        wanted = exportable.tag(name)
        stated = slicer.dicomDatabase.fileValue(files[0], tag) if files else ""
        if wanted and stated and wanted != stated:
            raise InputError(
                _(
                    "{tag} was changed in the dialog, but results belong to the patient of their images; change it "
                    "back, or de-identify images and objects together."
                ).format(tag=name)
            )
