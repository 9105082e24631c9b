"""``slicer.dicomDatabase`` and the indexer that fills it, as CTK has them: series by UID, values by tag, files stored."""

# ruff: noqa: N801, N815 - the names are those of CTK
from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from ..qt.pythonqt import QtCore, native, qproperty

_NEEDED = ("SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID")


@native
class ctkDICOMDatabase(QtCore.QObject):
    """The index of a folder; files that are stored lie below its ``dicom`` by study, series and instance.

    The application keeps the index in the SQLite file; here it is made anew from the stored files of a folder.
    """

    databaseChanged = QtCore.Signal()
    instanceAdded = QtCore.Signal(str)

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._file = ""
        self._files: dict[str, str] = {}  # instance -> file, in the order of their coming
        self._series: dict[str, str] = {}  # instance -> series
        self._studies: dict[str, str] = {}  # series -> study
        self._patients: dict[str, tuple[str, str]] = {}  # study -> patient's ID and name
        self._headers: dict[str, Any] = {}  # file -> header

    isOpen = qproperty(bool, lambda self: bool(self._file), lambda _self, _value: None)
    databaseFilename = qproperty(str, lambda self: self._file, lambda _self, _value: None)
    databaseDirectory = qproperty(
        str, lambda self: str(Path(self._file).parent) if self._file else "", lambda _self, _value: None
    )

    def openDatabase(self, file: str, _connection: str = "") -> None:
        """Open the database of the file's folder, which is made where it is not there."""
        self.closeDatabase()
        folder = Path(file).parent
        folder.mkdir(parents=True, exist_ok=True)
        Path(file).touch()
        self._file = str(file)
        for stored in sorted((folder / "dicom").rglob("*")):
            if stored.is_file():
                self._index(stored)

    def closeDatabase(self) -> None:
        """Nothing is known afterwards; the stored files stay."""
        self._file = ""
        self._forget()

    def initializeDatabase(self, _script: str = "") -> bool:
        """Empty index; the application leaves the files, too."""
        self._forget()
        self.databaseChanged.emit()
        return True

    def _forget(self) -> None:
        for known in (self._files, self._series, self._studies, self._patients, self._headers):
            known.clear()

    # in -----------------------------------------------------------------------------------------------------

    def insert(self, file: str, store: bool = True, _thumbnail: bool = True) -> None:
        """Take a DICOM file in, a copy of it where ``store``; what is no DICOM file, or known, is passed over."""
        header = _header(Path(file)) if self._file else None
        if header is None or str(header.SOPInstanceUID) in self._files:
            return
        place = Path(file)
        if store:
            place = Path(self.databaseDirectory).joinpath(
                "dicom", *(str(header[n].value) for n in _NEEDED[::-1])
            )
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, place)
        self._index(place)
        self.instanceAdded.emit(str(header.SOPInstanceUID))
        self.databaseChanged.emit()

    def _index(self, file: Path) -> None:
        header = _header(file)
        if header is None:
            return
        instance, series, study = (str(header[name].value) for name in _NEEDED)
        self._files[instance], self._series[instance], self._studies[series] = str(file), series, study
        self._patients[study] = (str(header.get("PatientID", "")), str(header.get("PatientName", "")))
        self._headers[str(file)] = header

    # out ----------------------------------------------------------------------------------------------------

    def patients(self) -> tuple[str, ...]:
        """The database's own numbers of patients."""
        return tuple(str(number + 1) for number in range(len(self._known_patients())))

    def _known_patients(self) -> list[tuple[str, str]]:
        return list(dict.fromkeys(self._patients.values()))

    def nameForPatient(self, patient: str) -> str:
        return self._known_patients()[int(patient) - 1][1]

    def studiesForPatient(self, patient: str) -> tuple[str, ...]:
        wanted = self._known_patients()[int(patient) - 1]
        return tuple(study for study, owner in self._patients.items() if owner == wanted)

    def seriesForStudy(self, study: str) -> tuple[str, ...]:
        return tuple(series for series, owner in self._studies.items() if owner == study)

    def studyForSeries(self, series: str) -> str:
        return self._studies.get(series, "")

    def instancesForSeries(self, series: str) -> tuple[str, ...]:
        return tuple(instance for instance, owner in self._series.items() if owner == series)

    def filesForSeries(self, series: str, hits: int = -1) -> tuple[str, ...]:
        files = tuple(self._files[instance] for instance in self.instancesForSeries(series))
        return files if hits < 0 else files[:hits]

    def fileForInstance(self, instance: str) -> str:
        return self._files.get(instance, "")

    def instanceForFile(self, file: str) -> str:
        return next((instance for instance, known in self._files.items() if known == file), "")

    def seriesForFile(self, file: str) -> str:
        return self._series.get(self.instanceForFile(file), "")

    def fileValue(self, file: str, tag: str) -> str:
        """The text of an element, several values with backslashes between; "" where there is none or it is a sequence."""
        from pydicom.tag import Tag

        header = self._headers.get(file) or _header(Path(file))
        element = None if header is None else header.get(Tag(*(int(part, 16) for part in tag.split(","))))
        if element is None or element.VR == "SQ" or element.value is None:
            return ""
        return "\\".join(str(value) for value in element.value) if element.VM > 1 else str(element.value)

    def instanceValue(self, instance: str, tag: str) -> str:
        return self.fileValue(self.fileForInstance(instance), tag)

    def removeSeries(self, series: str, _clear: bool = True) -> bool:
        """Forget a series, and delete those of its files that are stored."""
        for instance in self.instancesForSeries(series):
            file = self._files.pop(instance)
            del self._series[instance]
            self._headers.pop(file, None)
            if Path(file).is_relative_to(self.databaseDirectory):
                Path(file).unlink(missing_ok=True)
        study = self._studies.pop(series, "")
        if study not in self._studies.values():
            self._patients.pop(study, None)
        self.databaseChanged.emit()
        return True


@native
class ctkDICOMIndexer(QtCore.QObject):
    """Takes files and folders into a database; in the application beside the event loop, here at once."""

    def addFile(self, database: ctkDICOMDatabase, file: str, copy: bool = False) -> None:
        database.insert(str(file), copy)

    def addDirectory(self, database: ctkDICOMDatabase, folder: str, copy: bool = False, *_more: Any) -> None:
        for file in sorted(one for one in Path(folder).rglob("*") if one.is_file()):
            database.insert(str(file), copy)

    def waitForImportFinished(self, _milliseconds: int = -1) -> None:
        """All is there already."""


def _header(file: Path) -> Any:
    """The header of a DICOM file; None of another one."""
    import pydicom  # a tenth of a second, which only those need who have DICOM files
    from pydicom.errors import InvalidDicomError

    try:
        header = pydicom.dcmread(file, stop_before_pixels=True)
    except (InvalidDicomError, OSError):
        return None
    return header if all(name in header for name in _NEEDED) else None
