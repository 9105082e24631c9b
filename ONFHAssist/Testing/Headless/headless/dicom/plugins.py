"""``DICOMLib``: what a plugin is, what it offers for loading and for export, and Slicer's own plugin for volumes."""

# ruff: noqa: N801, N815 - the names are those of Slicer
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import slicer
import vtk

from ..qt.pythonqt import QtCore, kept, native

_TAGS = {
    "seriesInstanceUID": "0020,000E", "seriesModality": "0008,0060", "seriesNumber": "0020,0011",
    "studyInstanceUID": "0020,000D", "studyID": "0020,0010", "studyDescription": "0008,1030",
    "studyDate": "0008,0020", "studyTime": "0008,0030", "patientID": "0010,0020", "patientName": "0010,0010",
    "patientSex": "0010,0040", "patientBirthDate": "0010,0030", "patientComments": "0010,4000",
    "classUID": "0008,0016", "instanceUID": "0008,0018",
}  # fmt: skip


class DICOMLoadable:
    """Something that a plugin can make of some files; scripts give it further attributes."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.name = "Unknown"
        self.tooltip = "No further information available"
        self.warning = ""
        self.selected = False
        self.confidence = 0.5


@native
class qSlicerDICOMExportable(QtCore.QObject):
    """A way to export an item, with the tags that the dialog lets the user edit."""

    name = kept(str, "")
    tooltip = kept(str, "")
    pluginClass = kept(str, "")
    directory = kept(str, "")
    confidence = kept(float, 0.0)
    subjectHierarchyItemID = kept(int, 0)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._tags: dict[str, str] = {}

    def tag(self, name: str) -> str:
        return self._tags.get(name, "")

    def setTag(self, name: str, value: str = "") -> None:
        self._tags[name] = value

    def tags(self) -> dict[str, str]:
        return dict(self._tags)


class DICOMPlugin:
    """Base class of the plugins in ``slicer.modules.dicomPlugins``."""

    def __init__(self) -> None:
        self.loadType = "Generic DICOM"
        self.loadableCache: dict[bytes, list[Any]] = {}
        self.tags = {"seriesDescription": "0008,103E", "seriesNumber": "0020,0011"}

    def hashFiles(self, files: Sequence[str]) -> bytes:
        return hashlib.md5("".join(files).encode(errors="ignore"), usedforsecurity=False).digest()

    def getCachedLoadables(self, files: Sequence[str]) -> list[Any] | None:
        return self.loadableCache.get(self.hashFiles(files))

    def cacheLoadables(self, files: Sequence[str], loadables: list[Any]) -> None:
        self.loadableCache[self.hashFiles(files)] = loadables

    def examineForImport(self, _fileLists: Sequence[Sequence[str]]) -> list[Any]:
        return []

    def examine(self, fileLists: Sequence[Sequence[str]]) -> list[Any]:
        return self.examineForImport(fileLists)

    def load(self, _loadable: Any) -> Any:
        return True

    def examineForExport(self, _item: int) -> list[Any]:
        return []

    def export(self, _exportables: Sequence[Any]) -> str:
        return ""

    def defaultSeriesNodeName(self, series: str) -> str:
        """Number and description of a series."""
        files = slicer.dicomDatabase.filesForSeries(series, 1)
        if not files:
            return "Unnamed Series"
        number, described = (
            slicer.dicomDatabase.fileValue(files[0], self.tags[name])
            for name in ("seriesNumber", "seriesDescription")
        )
        name = described or "Unnamed Series"
        return f"{number}: {name}" if number else name

    def addSeriesInSubjectHierarchy(self, loadable: Any, node: Any) -> None:
        """Give a node the item of its series, under the items of study and patient, which come with the first series."""
        value = {name: slicer.dicomDatabase.fileValue(loadable.files[0], tag) for name, tag in _TAGS.items()}
        names = slicer.vtkMRMLSubjectHierarchyConstants
        hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
        item = hierarchy.CreateItem(hierarchy.GetSceneItemID(), node)
        hierarchy.SetItemUID(item, names.GetDICOMUIDName(), value["seriesInstanceUID"])
        hierarchy.SetItemAttribute(item, names.GetDICOMSeriesModalityAttributeName(), value["seriesModality"])
        hierarchy.SetItemAttribute(item, names.GetDICOMSeriesNumberAttributeName(), value["seriesNumber"])
        instances = [
            slicer.dicomDatabase.fileValue(file, _TAGS["instanceUID"]) or "Unknown" for file in loadable.files
        ]
        hierarchy.SetItemUID(item, names.GetDICOMInstanceUIDName(), " ".join(instances))
        referred = names.GetDICOMReferencedInstanceUIDsAttributeName()
        hierarchy.SetItemAttribute(item, referred, " ".join(getattr(loadable, "referencedInstanceUIDs", ())))
        study = value["studyInstanceUID"]
        patient = value["patientID"] or f"Patient-{study}"
        known = [hierarchy.GetItemByUID(names.GetDICOMUIDName(), uid) for uid in (patient, study)]
        logic = slicer.vtkSlicerSubjectHierarchyModuleLogic
        logic.InsertDicomSeriesInHierarchy(hierarchy, patient, study, value["seriesInstanceUID"])
        if not known[0]:
            _describe_patient(hierarchy, patient, value)
        if not known[1]:
            _describe_study(hierarchy, value)


def _describe_patient(hierarchy: Any, identifier: str, value: dict[str, str]) -> None:
    names = slicer.vtkMRMLSubjectHierarchyConstants
    item = hierarchy.GetItemByUID(names.GetDICOMUIDName(), identifier)
    title = value["patientName"] or "No name"
    for attribute, text in (
        (names.GetDICOMPatientNameAttributeName(), title),
        (names.GetDICOMPatientIDAttributeName(), identifier),
        (names.GetDICOMPatientSexAttributeName(), value["patientSex"]),
        (names.GetDICOMPatientBirthDateAttributeName(), value["patientBirthDate"]),
        (names.GetDICOMPatientCommentsAttributeName(), value["patientComments"]),
    ):
        hierarchy.SetItemAttribute(item, attribute, text)
    hierarchy.SetItemName(item, f"{title} ({identifier})")


def _describe_study(hierarchy: Any, value: dict[str, str]) -> None:
    names = slicer.vtkMRMLSubjectHierarchyConstants
    item = hierarchy.GetItemByUID(names.GetDICOMUIDName(), value["studyInstanceUID"])
    title = value["studyDescription"] or "No study description"
    for attribute, text in (
        (names.GetDICOMStudyDescriptionAttributeName(), title),
        (names.GetDICOMStudyInstanceUIDTagName(), value["studyInstanceUID"]),
        (names.GetDICOMStudyIDTagName(), value["studyID"]),
        (names.GetDICOMStudyDateAttributeName(), value["studyDate"]),
        (names.GetDICOMStudyTimeAttributeName(), value["studyTime"]),
    ):
        hierarchy.SetItemAttribute(item, attribute, text)
    hierarchy.SetItemName(item, f"{title} ({value['studyDate']})" if value["studyDate"] else title)


class DICOMScalarVolumePluginClass(DICOMPlugin):
    """Single images of one orientation as one volume, by the same reader as in the application (vtkITK).

    Multi-frame objects, several echoes and uneven slices, which the application also loads, are left alone.
    """

    def __init__(self) -> None:
        super().__init__()
        self.loadType = "Scalar Volume"

    def examineForImport(self, fileLists: Sequence[Sequence[str]]) -> list[Any]:
        return [found for files in fileLists if (found := self._loadable(list(files))) is not None]

    def _loadable(self, files: list[str]) -> Any:
        value = slicer.dicomDatabase.fileValue
        if not files or value(files[0], "0028,0010") == "":  # Rows
            return None
        loadable = DICOMLoadable()
        loadable.name = self.defaultSeriesNodeName(slicer.dicomDatabase.seriesForFile(files[0]))
        loadable.files, loadable.selected = files, True
        texts = [value(file, "0020,0032") for file in files]
        orientation = value(files[0], "0020,0037")
        if not orientation or not all(texts):
            loadable.warning, loadable.confidence = "There is no geometry information.", 0.2
            return loadable
        axes = np.array([float(part) for part in orientation.split("\\")])
        normal = np.cross(axes[:3], axes[3:])
        places = [float(np.dot([float(part) for part in text.split("\\")], normal)) for text in texts]
        loadable.files = [files[number] for number in np.argsort(places)]
        return loadable

    def load(self, loadable: Any) -> Any:
        names = vtk.vtkStringArray()
        for file in loadable.files:
            names.InsertNextValue(file)
        logic = slicer.modules.volumes.logic()
        node = logic.AddArchetypeScalarVolume(loadable.files[0], loadable.name, 0, names)
        if node is None:
            return False
        self.addSeriesInSubjectHierarchy(loadable, node)
        instances = (slicer.dicomDatabase.fileValue(file, _TAGS["instanceUID"]) for file in loadable.files)
        node.SetAttribute("DICOM.instanceUIDs", " ".join(instances))
        return node
