"""The files of a folder, each accounted for: an image, something else by name, or a reason to refuse the series.

A copy that broke off leaves files that are empty, an error page or cut in the header. Where such a file could be one of
the slices, a volume without it would be measured too small, so it is told apart from the reports, programs and
directories that lie beside images on every disc of a hospital.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import pydicom
from pydicom.dataset import Dataset

from ...core.errors import InputError
from .file_kinds import (
    EMPTY,
    NEVER_A_SLICE,
    NO_IMAGE_DESPITE_PIXELS,
    OTHER,
    START,
    UNKNOWN,
    ZEROS,
    kind_of_bytes,
    kind_of_class,
    starts_as_dicom,
)
from .numbers import UNREADABLE, number, tolerant, words

NO_UID = "none"  # stands for the series of files that state no Series Instance UID
DAMAGED = "a damaged DICOM file"
_PIXEL_TAGS = (b"\xe0\x7f\x10\x00", b"\xe0\x7f\x08\x00", b"\xe0\x7f\x09\x00")
_BROKEN = (EMPTY, ZEROS, UNKNOWN)  # what a slice may have become, named in a warning wherever it lies
_COPY_SUFFIXES = (".gz", ".bz2", ".zip", ".part", ".partial", ".tmp", ".crdownload", ".download", ".bak")


@dataclass(frozen=True)
class SliceFile:
    """A DICOM image on disk: its header, without the pixels."""

    path: Path
    dataset: Dataset

    @property
    def series(self) -> str:
        """Its Series Instance UID, or :data:`NO_UID`."""
        return words(self.dataset, "SeriesInstanceUID") or NO_UID


@dataclass(frozen=True)
class NoImage:
    """A file that is no image.

    Attributes:
        kind: what it is, in words that finish "it is ...".
        series: the series that a damaged DICOM file says it belongs to; "" where it says nothing.
    """

    path: Path
    kind: str
    series: str = ""


@dataclass
class Folder:
    """What lies at a path."""

    path: Path
    images: list[SliceFile] = field(default_factory=list)
    others: list[NoImage] = field(default_factory=list)

    @property
    def series(self) -> dict[str, list[SliceFile]]:
        """The images by their series, in the order in which they were found."""
        groups: dict[str, list[SliceFile]] = {}
        for image in self.images:
            groups.setdefault(image.series, []).append(image)
        return groups

    def suspects(self, series: str) -> list[NoImage]:
        """Files that may be lost slices of ``series``: damaged DICOM, and what else is named like its files."""
        looks = _Resemblance(image.path for image in self.images)
        return [
            other
            for other in self.others
            if (other.kind == DAMAGED and series.startswith(other.series))  # the UID may be cut too
            or (other.kind != DAMAGED and not _is_dicom(other) and looks.like_a_slice(other))
        ]

    def broken(self) -> list[NoImage]:
        """Files that nobody would leave beside images on purpose."""
        return [one for one in self.others if one.kind in (*_BROKEN, DAMAGED) or _is_unreadable(one)]


def read_folder(path: Path) -> Folder:
    """The headers of all DICOM images at ``path``, a file or a folder with its subfolders, and what else lies there."""
    found = Folder(path)
    try:
        files = [path] if not path.is_dir() else sorted(one for one in path.rglob("*") if not one.is_dir())
    except OSError as error:
        raise InputError(
            f"{path} cannot be listed ({error.strerror}: {error.filename}); give a folder of images."
        ) from error
    for file in files:
        one = read_file(file)
        if isinstance(one, SliceFile):
            found.images.append(one)
        else:
            found.others.append(one)
    _leave_out_colour(found)
    return found


def read_file(file: Path, tags: list[int] | None = None) -> SliceFile | NoImage:
    """The header of a DICOM image, with or without preamble, or what the file is instead.

    Args:
        tags: elements that are kept; None for all.
    """
    try:
        with file.open("rb") as stream:
            start = stream.read(START)
            prefixed = start[128:132] == b"DICM"
            if not prefixed and not starts_as_dicom(start):
                return NoImage(file, kind_of_bytes(start, len(start)))
            stream.seek(0)
            return _read_header(file, stream, prefixed, tags)
    except OSError as error:
        return NoImage(file, f"a file that cannot be opened ({error.strerror or error})")


def header_of(file: Path) -> Dataset:
    """The header of one DICOM image, for facts beside those that an image carries.

    Raises:
        InputError: it is none.
    """
    with tolerant():
        one = read_file(file)
    if isinstance(one, NoImage):
        raise InputError(f"{file} is not a DICOM image; it is {one.kind}.")
    return one.dataset


def _read_header(file: Path, stream: BinaryIO, prefixed: bool, tags: list[int] | None) -> SliceFile | NoImage:
    damaged = NoImage(file, DAMAGED)
    try:
        dataset = pydicom.dcmread(stream, stop_before_pixels=True, force=not prefixed, specific_tags=tags)
    except (*UNREADABLE, MemoryError):  # a length of gigabytes, which no header has
        return damaged
    meta = getattr(dataset, "file_meta", None) or Dataset()
    uid = words(dataset, "SOPClassUID") or words(meta, "MediaStorageSOPClassUID")
    series = words(dataset, "SeriesInstanceUID")
    if not prefixed and not uid and "Rows" not in dataset and not series:
        return NoImage(file, UNKNOWN)
    if uid in NO_IMAGE_DESPITE_PIXELS:
        return NoImage(file, kind_of_class(uid) or UNKNOWN)
    if _stopped_at_pixels(dataset, stream):
        return SliceFile(file, dataset) if "Rows" in dataset else NoImage(file, DAMAGED, series)
    kind = None if "Rows" in dataset and "Columns" in dataset else kind_of_class(uid)
    if kind == OTHER and not series:  # the class itself may have been cut
        kind = None
    return NoImage(file, kind) if kind else NoImage(file, DAMAGED, series)


def _stopped_at_pixels(dataset: Dataset, stream: BinaryIO) -> bool:
    """Whether the header is whole: the reader stopped at the pixels, not at the end of a file that was cut."""
    meta = getattr(dataset, "file_meta", None) or Dataset()
    if words(meta, "TransferSyntaxUID") == pydicom.uid.DeflatedExplicitVRLittleEndian:
        return "Rows" in dataset  # its stream was inflated elsewhere
    tag = stream.read(4)
    return tag in _PIXEL_TAGS or tag[1::-1] + tag[3:1:-1] in _PIXEL_TAGS


def _leave_out_colour(found: Folder) -> None:
    """Screenshots in colour are no candidates where there are grey images that are none of their series."""
    coloured = {
        series for series, files in found.series.items() if all(_is_colour(one.dataset) for one in files)
    }
    if len(coloured) == len(found.series):
        return
    found.others += [
        NoImage(one.path, "a colour image (DICOM)") for one in found.images if one.series in coloured
    ]
    found.images = [one for one in found.images if one.series not in coloured]


def _is_colour(dataset: Dataset) -> bool:
    return (number(dataset, "SamplesPerPixel") or 1) > 1


def _is_dicom(other: NoImage) -> bool:
    return "DICOM" in other.kind or other.kind.endswith(("(RTSTRUCT)", "(RTDOSE)", "(RTPLAN)"))


def _is_unreadable(other: NoImage) -> bool:
    return other.kind.startswith("a file that cannot be opened")


class _Resemblance:
    """Which names are like those of the slices: ``IM007.dcm`` beside ``IM006.dcm``, also as ``IM007.dcm.part``."""

    def __init__(self, slices: Iterable[Path]) -> None:
        paths = list(slices)
        self._names = {path.name.lower() for path in paths}
        self._patterns = {_pattern(path.name) for path in paths}
        self._suffixes = {suffix for path in paths if (suffix := _suffix(path.name))}

    def like_a_slice(self, other: NoImage) -> bool:
        if other.kind in NEVER_A_SLICE or other.path.name.startswith("._"):
            return False
        for name in _names_before_copying(other.path.name.lower()):
            if name != other.path.name.lower() and name in self._names:
                return False  # a second copy of a slice that is there
            if _pattern(name) in self._patterns or _suffix(name) in self._suffixes:
                return True
        return False


def _names_before_copying(name: str) -> Iterator[str]:
    yield name
    for suffix in _COPY_SUFFIXES:
        if name.endswith(suffix):
            yield name.removesuffix(suffix)


def _pattern(name: str) -> str:
    """The name with its numbers taken out; names of hexadecimal digits alone are all alike."""
    if re.fullmatch(r"[0-9a-f-]{16,}", name.lower()):
        return "#hex"
    return re.sub(r"\d+", "#", name.lower())


def _suffix(name: str) -> str:
    suffix = Path(name.lower()).suffix
    return suffix if re.search(r"[a-z]", suffix) else ""
