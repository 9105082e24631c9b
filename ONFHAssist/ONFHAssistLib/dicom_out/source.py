"""The series that a case was worked up from: its headers in the order of the slices, and where each slice lies.

highdicom takes headers as scanners should write them. What is missing or written twice in other words is set here in
copies, never in the files: an empty value where the standard allows one, one orientation for all slices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.valuerep import DSfloat, PersonName

from ..core.errors import InputError
from ..imaging.dicom import read_dicom
from ..imaging.image import Image
from ..imaging.series.files import read_folder
from ..imaging.series.frames import Frame, frames_of
from ..imaging.series.groups import one_volume
from ..imaging.series.numbers import UNREADABLE, items, number, tolerant, words
from .equipment import CHARACTERS

_MAY_BE_EMPTY = (
    "PatientName", "PatientID", "PatientBirthDate", "PatientSex", "AccessionNumber", "StudyID", "StudyDate", "StudyTime",
    "ReferringPhysicianName",
)  # fmt: skip
_NEEDED = {
    "StudyInstanceUID": "Study Instance UID",
    "SeriesInstanceUID": "Series Instance UID",
    "SOPInstanceUID": "SOP Instance UID",
    "FrameOfReferenceUID": "Frame of Reference UID",
}
_FORMS = {
    "PatientSex": "[MFO]",
    "PatientBirthDate": r"\d{8}",
    "StudyDate": r"\d{8}",
    "StudyTime": r"\d{2,6}(\.\d{1,6})?",
}


@dataclass(frozen=True)
class Planes:
    """Where the slices of an array (slices, rows, columns) lie.

    Attributes:
        positions: LPS mm of the first pixel of each, shape (slices, 3).
        orientation: direction in which the columns grow, then that in which the rows grow; six numbers.
        spacing: (along a row, along a column), mm. distance: between slices, mm.
    """

    positions: np.ndarray
    orientation: tuple[float, ...]
    spacing: tuple[float, float]
    distance: float

    @classmethod
    def of(cls, image: Image) -> Planes:
        """Those of an image."""
        axes = np.asarray(image.direction).reshape(3, 3)
        index = np.zeros((image.size[2], 3))
        index[:, 2] = np.arange(image.size[2])
        orientation = tuple(float(v) for v in (*axes[:, 0], *axes[:, 1]))
        return cls(image.index_to_point(index), orientation, image.spacing[:2], image.spacing[2])

    def part(self, start: int, stop: int) -> Planes:
        """Slices ``start`` (included) to ``stop`` (excluded)."""
        return Planes(self.positions[start:stop], self.orientation, self.spacing, self.distance)

    def arguments(self) -> dict[str, object]:
        """For a constructor of highdicom."""
        return {
            "plane_positions": [hd.PlanePositionSequence("PATIENT", p.tolist()) for p in self.positions],
            "plane_orientation": hd.PlaneOrientationSequence("PATIENT", list(self.orientation)),
            "pixel_measures": hd.PixelMeasuresSequence(
                pixel_spacing=self.spacing[::-1],  # DICOM gives the spacing between rows first
                slice_thickness=self.distance,
                spacing_between_slices=self.distance,
            ),
        }


@dataclass(frozen=True)
class Source:
    """A series as a volume.

    Attributes:
        image: its voxels.
        headers: one a slice, in their order; one alone of a multi-frame object.
        planes: where its slices lie.
    """

    image: Image
    headers: tuple[Dataset, ...]
    planes: Planes

    @property
    def first(self) -> Dataset:
        """The header that speaks for patient, study and series."""
        return self.headers[0]

    @property
    def frame_of_reference(self) -> str:
        """Its UID."""
        return str(self.first.FrameOfReferenceUID)

    @property
    def is_multiframe(self) -> bool:
        """Whether its slices are frames of one object."""
        return "PerFrameFunctionalGroupsSequence" in self.first


def read_source(
    path: Path, series_uid: str | None = None, echo: int | None = None, stack: int | None = None
) -> Source:
    """Read a series with the headers that its results refer to.

    Args:
        path: folder, as of :func:`..imaging.dicom.read_dicom`, as are the other arguments.

    Raises:
        InputError: as there; no identifiers to refer to; several multi-frame objects for one volume.
    """
    image = read_dicom(path, series_uid, echo, stack)
    with tolerant():
        files = read_folder(path).series
        chosen = files[series_uid] if series_uid is not None else next(iter(files.values()))
        frames = one_volume(path, [f for one in chosen for f in frames_of(one)], echo, stack).frames
        return Source(image, _headers(path, frames, image.spacing[2]), _planes(frames, image.spacing[2]))


def _planes(frames: list[Frame], distance: float) -> Planes:
    first = frames[0]
    orientation = tuple(float(v) for v in (*first.rows_to, *first.columns_to))
    return Planes(np.stack([frame.position for frame in frames]), orientation, first.spacing, distance)


def _headers(path: Path, frames: list[Frame], distance: float) -> tuple[Dataset, ...]:
    if frames[0].frames == 1 and "ImagePositionPatient" in frames[0].file.dataset:
        return tuple(_single(path, frame, frames[0], distance) for frame in frames)
    if len({frame.path for frame in frames}) > 1:
        raise InputError(
            f"{path} holds one volume in several multi-frame objects, to which one object's frames cannot refer; export "
            "the series as one multi-frame object or as single images."
        )
    return (_multiframe(path, frames[0], distance),)


def _single(path: Path, frame: Frame, first: Frame, distance: float) -> Dataset:
    header = _complete(path, frame.file.dataset)
    header.ImageOrientationPatient = _decimals(*first.rows_to, *first.columns_to)
    header.ImagePositionPatient = _decimals(*frame.position)
    header.PixelSpacing = _decimals(*first.spacing[::-1])
    if number(header, "SliceThickness") is None:
        header.SliceThickness = _decimals(distance)[0]
    if number(header, "SpacingBetweenSlices") is None:
        header.pop("SpacingBetweenSlices", None)
    return header


def _multiframe(path: Path, first: Frame, distance: float) -> Dataset:
    header = _complete(path, first.file.dataset)
    shared = Dataset()
    for group in header.get("SharedFunctionalGroupsSequence") or ():
        shared.update(group)
    orientation = Dataset()
    orientation.ImageOrientationPatient = _decimals(*first.rows_to, *first.columns_to)
    shared.PlaneOrientationSequence = Sequence([orientation])
    measures = Dataset()
    measures.PixelSpacing = _decimals(*first.spacing[::-1])
    measures.SliceThickness = measures.SpacingBetweenSlices = _decimals(distance)[0]
    shared.PixelMeasuresSequence = Sequence([measures])
    for group in header.PerFrameFunctionalGroupsSequence:
        for plane in items(group, "PlanePositionSequence"):
            plane.ImagePositionPatient = _decimals(*plane.ImagePositionPatient)
    header.SharedFunctionalGroupsSequence = Sequence([shared])
    return header


def _decimals(*values: float) -> list[DSfloat]:
    """Numbers as decimal text of at most 16 characters; some programs write more."""
    return [DSfloat(float(value), auto_format=True) for value in values]


def _readable(stored: Dataset) -> Dataset:
    """The elements of a header whose values can be read; text is then text, whatever letters the file was written in."""
    header = Dataset()
    for tag in list(stored.keys()):
        try:
            header.add(stored[tag])
        except UNREADABLE:
            continue
    return header


def _complete(path: Path, stored: Dataset) -> Dataset:
    """A copy of a header with what the standard wants of every image, in UTF-8."""
    header = _readable(stored)
    for keyword, name in _NEEDED.items():
        if not words(stored, keyword):
            raise InputError(
                f"The series in {path} states no {name}, so nothing can refer to it; fetch it from the archive again."
            )
    for keyword in _MAY_BE_EMPTY:
        if not words(stored, keyword):
            setattr(header, keyword, "")
    for keyword, form in _FORMS.items():
        if not re.fullmatch(form, words(stored, keyword)):  # such as "Anonymous"
            setattr(header, keyword, "")
    for element in header:
        if element.VR == "PN" and element.keyword and element.VM <= 1:
            element.value = PersonName(str(element.value or ""))
    header.SpecificCharacterSet = CHARACTERS
    return header
