"""Volumes as Slicer's DICOM browser loads them: voxels and geometry on the node, files in a database."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pydicom

from ONFHAssistLib.imaging.image import Image


class Database(SimpleNamespace):
    """Slicer's DICOM database, as far as volumes are asked for in it: instance UID to file, file to its series."""

    def __init__(self) -> None:
        super().__init__(isOpen=True, files={}, series={})

    def add(self, folder: Path) -> list[str]:
        """Import the files of a folder; their instance UIDs by place along the third axis."""
        found = []
        for file in sorted(one for one in folder.rglob("*") if one.is_file()):
            header = pydicom.dcmread(file, stop_before_pixels=True)
            uid = str(header.SOPInstanceUID)
            self.files[uid] = str(file)
            self.series[str(file)] = str(header.SeriesInstanceUID)
            place = header.get("ImagePositionPatient") or [0, 0, 0]
            found.append((float(place[2]), uid))
        return [uid for _place, uid in sorted(found)]

    def fileForInstance(self, uid: str) -> str:
        return self.files.get(uid, "")

    def seriesForFile(self, file: str) -> str:
        return self.series.get(file, "")

    def instancesForSeries(self, series: str) -> tuple[str, ...]:
        return tuple(uid for uid, file in self.files.items() if self.series[file] == series)


def loaded(image: Image, uids: Sequence[str], name: str = "Hip MRI") -> Any:
    """The volume that Slicer made of these instances: ``image``, without a fact of ours."""
    from ONFHAssistLib.scene.volumes import volume_from_image

    node = volume_from_image(Image(image.array, image.spacing, image.origin, image.direction), name)
    node.SetAttribute("DICOM.instanceUIDs", " ".join(uids))
    return node


def series_image(slices: int = 8, spacing: float = 4.0, size: int = 6) -> Image:
    """Small axial slices of random values, right before left of the middle."""
    values = np.random.default_rng(3).integers(0, 400, (slices, size, size + 1)).astype(np.int16)
    return Image(values, (1.5, 1.25, spacing), (-20.0, 30.0, -40.0))
