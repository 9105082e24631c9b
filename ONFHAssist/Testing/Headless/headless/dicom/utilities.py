"""``DICOMLib.DICOMUtils`` and what *Export to DICOM* does when its button is pressed."""

from __future__ import annotations

import logging
import shutil
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import slicer
import vtk

from .database import ctkDICOMIndexer

FILE = "ctkDICOM.sql"
Loadables = dict[Any, list[Any]]


def openDatabase(folder: str) -> bool:
    """Open the database of a folder that is there."""
    if not Path(folder).is_dir():
        logging.error("Specified database directory %r cannot be found", folder)
        return False
    slicer.dicomDatabase.openDatabase(f"{folder}/{FILE}")
    return True


@contextmanager
def TemporaryDICOMDatabase(directory: str | None = None) -> Iterator[Any]:
    """Another, empty database meanwhile."""
    former = slicer.dicomDatabase.databaseDirectory
    folder = directory or tempfile.mkdtemp(prefix="TempDICOMDatabase", dir=slicer.app.temporaryPath)
    Path(folder).mkdir(parents=True, exist_ok=True)
    openDatabase(folder)
    slicer.dicomDatabase.initializeDatabase()
    try:
        yield slicer.dicomDatabase
    finally:
        slicer.dicomDatabase.initializeDatabase()
        slicer.dicomDatabase.closeDatabase()
        if former:
            openDatabase(former)


def importDicom(folder: str, database: Any = None, copyFiles: bool = False) -> bool:
    """Take the DICOM files of a folder into the database."""
    indexer = ctkDICOMIndexer()
    indexer.addDirectory(database or slicer.dicomDatabase, str(folder), copyFiles)
    indexer.waitForImportFinished()
    return True


def loadSeriesByUID(
    series: list[str], messages: list[str] | None = None, progressCallback: Any = None
) -> list[str]:
    """Load series as the most confident plugin would; the IDs of the nodes that came."""
    if not isinstance(series, list):
        raise ValueError("SeriesUIDs must contain a list")
    files = [slicer.dicomDatabase.filesForSeries(one) for one in series]
    found, _enabled = getLoadablesFromFileLists(files, messages=messages, progressCallback=progressCallback)
    selectHighestConfidenceLoadables(found)
    return loadLoadables(found, messages, progressCallback)


def loadPatientByUID(
    patient: str, messages: list[str] | None = None, progressCallback: Any = None
) -> list[str]:
    """Load all series of a patient of the database."""
    database = slicer.dicomDatabase
    series = [
        one for study in database.studiesForPatient(str(patient)) for one in database.seriesForStudy(study)
    ]
    return loadSeriesByUID(series, messages, progressCallback)


def getLoadablesFromFileLists(
    fileLists: Sequence[Sequence[str]],
    pluginClassNames: list[str] | None = None,
    messages: list[str] | None = None,
    progressCallback: Callable[[str, float], bool] | None = None,
) -> tuple[Loadables, bool]:
    """Ask each plugin, and whether any offers something; a plugin that fails is told of and passed over."""
    found: Loadables = {}
    for name in pluginClassNames or list(slicer.modules.dicomPlugins):
        plugin = slicer.modules.dicomPlugins[name]()
        try:
            found[plugin] = plugin.examineForImport(fileLists) or plugin.examine(fileLists)
        except Exception as error:  # noqa: BLE001 - as the application does
            traceback.print_exc()
            logging.error("DICOM Plugin failed: %s", error)
            if messages is not None:
                messages.append(f"Plugin failed: {name}.")
    return found, any(found.values())


def selectHighestConfidenceLoadables(found: Loadables) -> None:
    """Of each series select what is offered with the highest confidence, and only that."""
    by_series: dict[str, list[Any]] = {}
    for loadables in found.values():
        for loadable in loadables:
            series = slicer.dicomDatabase.fileValue(loadable.files[0], "0020,000E")
            by_series.setdefault(series, []).append(loadable)
    for loadables in by_series.values():
        highest = max(loadable.confidence for loadable in loadables)
        for loadable in loadables:
            loadable.selected = loadable.confidence == highest


def loadLoadables(
    found: Loadables, messages: list[str] | None = None, _progressCallback: Any = None
) -> list[str]:
    """Load what is selected; the IDs of the nodes that came, those of displays and storages left out."""
    added: list[str] = []

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def on_added(_scene: Any, _event: str, node: Any) -> None:
        if not node.IsA("vtkMRMLStorageNode") and not node.IsA("vtkMRMLDisplayNode"):
            added.append(node.GetID())

    tag = slicer.mrmlScene.AddObserver(slicer.vtkMRMLScene.NodeAddedEvent, on_added)
    for plugin, loadables in found.items():
        for loadable in (one for one in loadables if one.selected):
            try:
                done = plugin.load(loadable)
            except Exception:  # noqa: BLE001 - as the application does
                done = False
                logging.error(
                    "DICOM plugin failed to load '%s' as a '%s'.\n%s",
                    loadable.name,
                    plugin.loadType,
                    traceback.format_exc(),
                )
            if not done and messages is not None:
                messages.append(f"Could not load: {loadable.name} as a {plugin.loadType}")
    slicer.mrmlScene.RemoveObserver(tag)
    return added


# Export to DICOM ----------------------------------------------------------------------------------------------------


def exportables_of(item: int) -> dict[str, list[Any]]:
    """What the dialog lists for an item of the subject hierarchy, by plugin: a study's series, or the item's own node."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    items = [item]
    if hierarchy.GetItemLevel(item) == slicer.vtkMRMLSubjectHierarchyConstants.GetDICOMLevelStudy():
        children = vtk.vtkIdList()
        hierarchy.GetItemChildren(item, children)
        items = [children.GetId(number) for number in range(children.GetNumberOfIds())]
    elif hierarchy.GetItemDataNode(item) is None:
        raise ValueError("Can only export data node or study item")
    found: dict[str, list[Any]] = {}
    for one in items:
        for plugin in slicer.modules.dicomPlugins.values():
            for exportable in plugin().examineForExport(one):
                found.setdefault(exportable.pluginClass, []).append(exportable)
    return found


def export_to_dicom(
    item: int, plugin: str, tags: Mapping[str, str] | None = None, folder: str | None = None
) -> str:
    """What *Export* of the dialog does with the entry of a plugin: into a folder, or into the database.

    Args:
        tags: what the user writes into the table of tags. folder: None exports into the database.

    Returns:
        What the dialog then shows in red; "" where it closes.
    """
    exportables = exportables_of(item)[plugin]
    _fill_tags(exportables, tags or {})
    out = folder or tempfile.mkdtemp(prefix="DICOMExportTemp_", dir=slicer.app.temporaryPath)
    for exportable in exportables:
        exportable.directory = out
    try:
        error = slicer.modules.dicomPlugins[plugin]().export(exportables)
    except Exception:  # noqa: BLE001 - as the application does
        traceback.print_exc()
        error = "DICOM export failed. See application log for details"
    if folder is None:
        if not error:
            ctkDICOMIndexer().addDirectory(slicer.dicomDatabase, out, True)
        shutil.rmtree(out)  # the application leaves files that lie in folders of it
    return error


def _fill_tags(exportables: Sequence[Any], edited: Mapping[str, str]) -> None:
    """The tags of patient and study, from the items above the first, go into each; then what the user edited."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    study = hierarchy.GetItemParent(exportables[0].subjectHierarchyItemID)
    if any(hierarchy.GetItemParent(one.subjectHierarchyItemID) != study for one in exportables):
        raise ValueError("Exportables are not in the same study")
    prefix = slicer.vtkMRMLSubjectHierarchyConstants.GetDICOMAttributePrefix()
    for owner in (hierarchy.GetItemParent(study), study):
        for name in hierarchy.GetItemAttributeNames(owner):
            if name.startswith(prefix):
                for exportable in exportables:
                    exportable.setTag(name.removeprefix(prefix), hierarchy.GetItemAttribute(owner, name))
    for exportable in exportables:
        for name, value in edited.items():
            exportable.setTag(name, value)
