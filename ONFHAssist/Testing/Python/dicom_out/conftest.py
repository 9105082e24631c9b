"""One worked-up case on each kind of series, exported once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from pydicom.dataset import Dataset
from support.dicom_cases import WorkedUp, worked_up

from ONFHAssistLib.dicom_out.objects.export import make_objects, read_ready, write_objects

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF"


@dataclass(frozen=True)
class Exported:
    """A case with its objects, and the folder in which they lie."""

    case: WorkedUp
    objects: dict[str, Dataset]
    folder: Path


def exported(folder: Path, direction: str, multiframe: bool, finer: bool, pictures: bool) -> Exported:
    case = worked_up(folder, direction, multiframe, finer)
    if pictures:
        (case.folder / "report.pdf").write_bytes(PDF)
    objects = make_objects(read_ready(case.folder, case.series), pictures)
    write_objects(objects, folder / "objects")
    return Exported(case, objects, folder / "objects")


# direction, multi-frame, finer voxels, pictures and PDF
KINDS = {
    "coronal": (False, True, True),
    "oblique": (True, True, False),  # rows to the right, columns to the front
    "sagittal": (False, False, False),
}


class Cases(dict[str, Exported]):
    """Direction to its case and objects, made when it is asked for."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        super().__init__()
        self.factory = factory

    def __missing__(self, direction: str) -> Exported:
        self[direction] = exported(self.factory.mktemp(direction), direction, *KINDS[direction])
        return self[direction]


@pytest.fixture(scope="session")
def all_exported(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """One case on each kind of series."""
    return Cases(tmp_path_factory)


@pytest.fixture(params=list(KINDS))
def each(request, all_exported) -> Exported:
    """Every kind of series in turn."""
    return all_exported[request.param]


@pytest.fixture
def coronal(all_exported) -> Exported:
    """Single images, finer outlines, key images and a printed report."""
    return all_exported["coronal"]
