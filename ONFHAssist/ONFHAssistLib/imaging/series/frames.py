"""The frames of DICOM files: a slice each, with its place, its scale and what tells it from others at that place.

Follows DICOM PS3.3 C.7.6.2 (image plane), C.7.6.16 (multi-frame functional groups) and C.11.1 (rescale).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from ...core.errors import InputError
from .files import SliceFile
from .numbers import items_of, needed_count, needed_number, needed_numbers, number, states, value_of, words
from .pixels import read_pixels

_EXACT, _ROUNDED = 1e-4, 1e-2  # how far cosines may be from two unit vectors at a right angle


@dataclass(frozen=True, eq=False)
class Frame:
    """One slice: its pixels come later, its place is known now.

    Attributes:
        number: of the frame within its file, from 0. frames: that the file has.
        position: LPS mm of the first pixel.
        rows_to: direction in which the column index grows. columns_to: in which the row index grows.
        spacing: (along a row, along a column), mm.
        sources: where its facts may stand, nearest first: functional groups of the frame, shared ones, the header.
    """

    file: SliceFile
    number: int
    frames: int
    position: np.ndarray
    rows_to: np.ndarray
    columns_to: np.ndarray
    spacing: tuple[float, float]
    shape: tuple[int, int]
    slope: float
    intercept: float
    sources: tuple[Dataset, ...]

    @property
    def path(self) -> Path:
        """Of its file."""
        return self.file.path

    @property
    def name(self) -> str:
        """What a message calls it: the file, and of a multi-frame file the frame, counted from 1."""
        return self.path.name if self.frames == 1 else f"frame {self.number + 1} of {self.path.name}"

    @property
    def normal(self) -> np.ndarray:
        """Of its plane."""
        return np.cross(self.rows_to, self.columns_to)

    def fact(self, *keywords: str) -> float | None:
        """The first of the numbers that its sources state."""
        for keyword in keywords:
            for source in self.sources:
                if states(source, keyword):
                    return number(source, keyword)
        return None

    def text(self, *keywords: str) -> str:
        """The first of the texts that its sources state; "" where they state none."""
        for keyword in keywords:
            for source in self.sources:
                if states(source, keyword):
                    return words(source, keyword)
        return ""

    def header(self) -> Dataset:
        """The header of its file as if it held this frame alone, for the facts of the series."""
        groups = value_of(self.file.dataset, "PerFrameFunctionalGroupsSequence")
        if not groups:
            return self.file.dataset
        alone = copy.copy(self.file.dataset)
        alone.PerFrameFunctionalGroupsSequence = Sequence([groups[self.number]])
        return alone

    def scaled(self, stored: np.ndarray) -> np.ndarray:
        """The values of its plane after rescaling."""
        return (self.plane(stored) * self.slope + self.intercept).astype(np.float32)

    def plane(self, stored: np.ndarray) -> np.ndarray:
        """Its plane of the stored values of its file."""
        return stored[self.number] if stored.ndim == 3 else stored


def frames_of(file: SliceFile) -> list[Frame]:
    """The frames of one file.

    Raises:
        InputError: a colour image, or a number that the geometry or the values need is missing or is none.
    """
    path, dataset = file.path, file.dataset
    _require_grey(path, dataset)
    count = needed_count(dataset, "NumberOfFrames", path, 1)
    if count == 1 and states(dataset, "ImagePositionPatient"):
        return [_frame(file, 0, 1, (dataset,), (dataset,))]
    per_frame = value_of(dataset, "PerFrameFunctionalGroupsSequence")
    if not isinstance(per_frame, Sequence) or not per_frame:
        raise InputError(f"{path} has no Image Position (Patient); its place in the patient is unknown.")
    if len(per_frame) != count:
        raise InputError(
            f"{path} states {count} frames and describes {len(per_frame)}; export the series again."
        )
    shared_groups = value_of(dataset, "SharedFunctionalGroupsSequence")
    shared = tuple(items_of(shared_groups[0])) if shared_groups else ()
    found = []
    for place, group in enumerate(per_frame):
        groups = (*items_of(group), *shared)
        found.append(_frame(file, place, count, groups, (*groups, dataset)))
    return found


def pixels_of(frames: list[Frame]) -> np.ndarray:
    """Values of all frames after rescaling, shape (frames, rows, columns); integers stay so where nothing is rescaled.

    Raises:
        InputError: as :func:`.pixels.read_pixels`, or pixels of another size than the header states.
    """
    rescaled = any(frame.slope != 1.0 or frame.intercept != 0.0 for frame in frames)
    stored: tuple[Path, np.ndarray] | None = None
    planes = []
    for frame in frames:
        if stored is None or stored[0] != frame.path:
            stored = frame.path, stored_values(frame)
        planes.append(frame.scaled(stored[1]) if rescaled else frame.plane(stored[1]))
    return np.stack(planes)


def stored_values(frame: Frame) -> np.ndarray:
    """What :func:`.pixels.read_pixels` gives of its file, of the size that the header states."""
    stored = read_pixels(frame.path, frame.file.dataset)
    wanted = frame.shape if frame.frames == 1 else (frame.frames, *frame.shape)
    if stored.shape not in (wanted, (1, *frame.shape)):
        raise InputError(
            f"The pixels of {frame.path} have the shape {stored.shape}, where {wanted} is stated; export it again."
        )
    return stored


def _require_grey(path: Path, dataset: Dataset) -> None:
    colour = needed_count(dataset, "SamplesPerPixel", path, 1) != 1
    if colour or words(dataset, "PhotometricInterpretation") == "PALETTE COLOR":
        raise InputError(f"{path} is a colour image; a grey image is needed.")


def _frame(
    file: SliceFile, place: int, frames: int, groups: tuple[Dataset, ...], sources: tuple[Dataset, ...]
) -> Frame:
    """One frame, its geometry from ``groups`` alone: what a header states once is not the place of many frames."""
    path, dataset = file.path, file.dataset
    rows_to, columns_to = _axes(
        path, np.array(needed_numbers(groups, "ImageOrientationPatient", 6, path)).reshape(2, 3)
    )
    between_rows, between_columns = needed_numbers(groups, "PixelSpacing", 2, path)
    if min(between_rows, between_columns) <= 0:
        raise InputError(
            f"{path}: Pixel Spacing is {between_rows:g} x {between_columns:g} mm; lengths are needed."
        )
    slope = needed_number(sources, "RescaleSlope", path, 1.0)
    if slope == 0:
        raise InputError(f"{path}: Rescale Slope is 0, so that all values would be equal; export it again.")
    return Frame(
        file,
        place,
        frames,
        np.array(needed_numbers(groups, "ImagePositionPatient", 3, path)),
        rows_to,
        columns_to,
        (between_columns, between_rows),  # DICOM gives the spacing between rows first
        (needed_count(dataset, "Rows", path), needed_count(dataset, "Columns", path)),
        slope,
        needed_number(sources, "RescaleIntercept", path, 0.0),
        sources,
    )


def _axes(path: Path, cosines: np.ndarray) -> np.ndarray:
    """Two unit vectors at a right angle; what the header rounded is put right, what is no orientation is refused."""
    fault = np.abs(cosines @ cosines.T - np.eye(2)).max()
    if fault > _ROUNDED:
        shown = ", ".join(f"{value:g}" for value in cosines.ravel())
        raise InputError(
            f"{path}: Image Orientation (Patient) is {shown}, which are not two directions at a right angle; its sides "
            "are unknown. Export the series again."
        )
    if fault <= _EXACT:
        return cosines
    rows_to = cosines[0] / np.linalg.norm(cosines[0])
    columns_to = cosines[1] - (cosines[1] @ rows_to) * rows_to
    return np.stack([rows_to, columns_to / np.linalg.norm(columns_to)])
