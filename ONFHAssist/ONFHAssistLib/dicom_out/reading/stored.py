"""DICOM objects in a folder: our report with what it refers to, and segmentations of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError

from ...core.errors import InputError
from ...imaging.image import Image
from ...imaging.masks.dicom_seg import segments_of_seg
from ...imaging.masks.segments import Segment
from ...imaging.series.numbers import UNREADABLE, items, tolerant, words
from .report_tree import is_ours

SEGMENTATIONS = ("1.2.840.10008.5.1.4.1.1.66.4", "1.2.840.10008.5.1.4.1.1.66.7")
PARAMETRIC_MAP, REPORT = "1.2.840.10008.5.1.4.1.1.30", "1.2.840.10008.5.1.4.1.1.88.34"
_NEEDED = {*SEGMENTATIONS, PARAMETRIC_MAP}


@dataclass(frozen=True)
class Stored:
    """One object on disk: its header, without the pixels."""

    path: Path
    header: Dataset

    @property
    def kind(self) -> str:
        """SOP Class UID."""
        return words(self.header, "SOPClassUID")

    @property
    def frame_of_reference(self) -> str:
        """Its UID."""
        return words(self.header, "FrameOfReferenceUID")


@dataclass
class Objects:
    """What a folder holds that can be read back."""

    folder: Path
    reports: list[Stored] = field(default_factory=list)
    segmentations: list[Stored] = field(default_factory=list)
    maps: list[Stored] = field(default_factory=list)

    def referred_to(self, report: Stored) -> list[Stored]:
        """The segmentations and maps that a report rests on.

        Raises:
            InputError: one of them is not in the folder.
        """
        at_hand = {words(one.header, "SOPInstanceUID"): one for one in (*self.segmentations, *self.maps)}
        found = []
        for kind, uid in _evidence(report.header):
            if kind not in _NEEDED:
                continue
            if uid not in at_hand:
                what = "parametric map" if kind == PARAMETRIC_MAP else "segmentation"
                raise InputError(
                    f"{report.path} refers to the {what} {uid}, which is not in {self.folder}; fetch all objects of the "
                    "study from the archive."
                )
            found.append(at_hand[uid])
        return found


def read_objects(folder: Path) -> Objects:
    """Look through a folder with its subfolders, or at one file; other files, such as images, are passed over.

    Raises:
        InputError: no such place, or a DICOM file that is damaged.
    """
    if not folder.exists():
        raise InputError(f"{folder} does not exist; give the folder of the DICOM objects.")
    found = Objects(folder)
    files = [folder] if folder.is_file() else sorted(one for one in folder.rglob("*") if one.is_file())
    with tolerant():
        for path in files:
            header = _header(path)
            if header is None:
                continue
            one = Stored(path, header)
            if one.kind in SEGMENTATIONS:
                found.segmentations.append(one)
            elif one.kind == PARAMETRIC_MAP:
                found.maps.append(one)
            elif one.kind == REPORT and is_ours(header):
                found.reports.append(one)
    return found


def _header(path: Path) -> Dataset | None:
    try:
        header = pydicom.dcmread(path, stop_before_pixels=True)
        if not words(header, "SOPClassUID"):
            raise EOFError("it ends before its kind")
        return header
    except InvalidDicomError:
        if path.suffix.lower() != ".dcm":
            return None
        raise InputError(
            f"{path} is no DICOM file despite its name; copy it again from its source."
        ) from None
    except (*UNREADABLE, MemoryError):
        raise InputError(f"{path} is a damaged DICOM file; take it from the archive again.") from None


def _evidence(report: Dataset) -> Iterator[tuple[str, str]]:
    """SOP class and instance of all that a report refers to."""
    for study in items(report, "CurrentRequestedProcedureEvidenceSequence"):
        for series in items(study, "ReferencedSeriesSequence"):
            for one in items(series, "ReferencedSOPSequence"):
                yield words(one, "ReferencedSOPClassUID"), words(one, "ReferencedSOPInstanceUID")


def read_segments(one: Stored) -> tuple[list[Segment], Image]:
    """The segments of a segmentation on its grid, whose slices ascend along the normal as those of an image."""
    segments, grid = segments_of_seg(one.path)
    if np.linalg.det(np.reshape(grid.direction, (3, 3))) > 0:
        return segments, grid
    flipped = [
        Segment(s.value, s.name, np.ascontiguousarray(s.mask[::-1]), s.codes, s.identifier) for s in segments
    ]
    return flipped, _turned(grid)


def read_map(one: Stored) -> Image:
    """The numbers of a parametric map on their grid.

    Raises:
        InputError: it cannot be read.
    """
    import highdicom as hd

    try:
        volume = hd.imread(one.path).get_volume(apply_real_world_transform=True)
        array, affine = np.asarray(volume.array, np.float32), np.asarray(volume.affine, float)
    except MemoryError:
        raise
    except Exception as error:  # highdicom and pydicom raise many kinds for what they cannot read
        reason = " ".join(str(error).split()).rstrip(".")[:160]
        raise InputError(f"{one.path} is a parametric map that cannot be read: {reason}.") from error
    if array.ndim != 3 or not np.isfinite(array).all() or array.min() < 0 or array.max() > 1:
        raise InputError(
            f"{one.path} holds values that are no heat from 0 to 1; take it from the archive again."
        )
    axes = affine[:3, [2, 1, 0]]
    spacing = np.linalg.norm(axes, axis=0)
    x, y, z = (float(v) for v in affine[:3, 3])
    a, b, c = (float(v) for v in spacing)
    image = Image(array, (a, b, c), (x, y, z), tuple((axes / spacing).ravel()))
    return image if np.linalg.det(axes) > 0 else _turned(image)


def _turned(image: Image) -> Image:
    """The same voxels with their slices in the other order."""
    axes = np.reshape(image.direction, (3, 3)) * [1.0, 1.0, -1.0]
    x, y, z = (float(v) for v in image.index_to_point([0, 0, image.size[2] - 1]))
    array = np.ascontiguousarray(image.array[::-1])
    return Image(array, image.spacing, (x, y, z), tuple(axes.ravel()), image.metadata)
