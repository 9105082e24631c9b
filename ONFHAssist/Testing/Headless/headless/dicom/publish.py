"""Put database, plugins and ``DICOMLib`` where scripts look for them."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import slicer

from . import database, plugins, utilities


def publish(app: Any) -> Any:
    """Open an empty database in the application's temporary folder; ``slicer.dicomDatabase`` from now on."""
    ctk = sys.modules["ctk"]
    ctk.ctkDICOMDatabase, ctk.ctkDICOMIndexer = database.ctkDICOMDatabase, database.ctkDICOMIndexer  # type: ignore[attr-defined]
    slicer.qSlicerDICOMExportable = plugins.qSlicerDICOMExportable
    library = ModuleType("DICOMLib", plugins.__doc__)
    library.DICOMPlugin, library.DICOMLoadable = plugins.DICOMPlugin, plugins.DICOMLoadable  # type: ignore[attr-defined]
    library.DICOMUtils = utilities  # type: ignore[attr-defined]
    sys.modules["DICOMLib"] = library
    slicer.modules.dicomPlugins = {"DICOMScalarVolumePlugin": plugins.DICOMScalarVolumePluginClass}
    slicer.dicomDatabase = database.ctkDICOMDatabase()
    folder = Path(app.temporaryPath) / "DICOMDatabase"
    slicer.dicomDatabase.openDatabase(str(folder / utilities.FILE))
    return slicer.dicomDatabase
