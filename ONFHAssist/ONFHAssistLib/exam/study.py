"""The series of a study's folder by their headers: every image series is found, also those that nothing can be done with.

DICOM series, each echo and stack of one by itself, and volumes as NIfTI, NRRD or MetaImage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..core.vectors import Point, as_point
from ..imaging.dicom import read_series
from ..imaging.files import read_image
from ..imaging.geometry import VOLUME_SUFFIXES
from ..imaging.image import Image
from ..imaging.series.files import Folder, SliceFile, read_folder
from ..imaging.series.frames import Frame, frames_of
from ..imaging.series.groups import Volume, one_volume
from ..imaging.series.header import series_facts
from ..imaging.series.numbers import number, tolerant, words
from ..imaging.series_kind import LOCALISER, kind_of, unreadable
from .identity import Identity

MODALITIES = {"MR": "MRI", "CT": "a CT", "CR": "a radiograph", "DX": "a radiograph", "RG": "a radiograph"}
_Shape = tuple[str, Point, int]  # plane, spacing, slices
_ALONG = 0.97  # cosine from which on a plane is one of the body's
_MOST_PARTS = 8  # echoes or stacks of a series that are listed one by one


@dataclass(frozen=True)
class FoundSeries:
    """A series by its header.

    Attributes:
        number: by which its user names it: the Series Number, with the echo or stack behind a point.
        uid: Series Instance UID; "" for files without.
        files: that it has. stated_files: that its header says it should have; 0 where it does not say.
        facts: of the header, as an image has them.
        plane: "coronal", "axial", "sagittal", such a word after "oblique", or "".
        spacing: mm (x, y, z) of a volume; () where it is none.
        slices: of it.
        problem: why it is no volume of marrow, in one sentence; "" where it may be.
        other: "identity" where it is known to be of another patient or date; else "".
        read: reads its voxels; raises :class:`InputError`.
    """

    number: str
    uid: str
    files: int
    facts: Mapping[str, str]
    plane: str = ""
    spacing: Point | tuple[()] = ()
    slices: int = 0
    problem: str = ""
    stated_files: int = 0
    identity: Identity = field(default_factory=Identity)
    other: str = ""
    read: Callable[[], Image] = field(repr=False, kw_only=True)

    @property
    def description(self) -> str:
        """Series Description, or the name of the file."""
        return self.facts.get("series_description", "") or self.facts.get("source", "")

    @property
    def unnamed(self) -> bool:
        """Whether its description is the name of a file or volume."""
        return bool(self.facts.get("named_by_volume")) or not self.facts.get("series_description")

    @property
    def modality(self) -> str:
        """As the header has it; MR for files that state none."""
        return self.facts.get("modality", "MR")


def read_study(path: Path) -> list[FoundSeries]:
    """All image series of a folder, by number.

    Raises:
        InputError: no folder, or no image in it.
    """
    if not path.is_dir():
        what = "is a single file" if path.exists() else "does not exist"
        raise InputError(f"{path} {what}; give the folder that holds the series of the examination.")
    with tolerant():
        folder = read_folder(path)
        found = [one for uid, files in folder.series.items() for one in _of_series(folder, uid, files)]
    names = sorted(file for file in path.rglob("*") if file.name.lower().endswith(VOLUME_SUFFIXES))
    found += [_of_file(file) for file in names]
    if not found:
        others = len(folder.others)
        held = f"; it holds {others} other file{'s' * (others != 1)}" if others else "; it is empty"
        raise InputError(f"{path} holds no image series{held}.")
    return numbered(found)


def _of_series(folder: Folder, uid: str, files: list[SliceFile]) -> list[FoundSeries]:
    """One DICOM series, or each echo or stack of it."""
    header = files[0].dataset
    facts, identity = series_facts(header), Identity.of(header)
    stated = int(number(header, "ImagesInAcquisition") or 0)
    base = words(header, "SeriesNumber")

    def made(
        problem: str,
        shape: _Shape | None = None,
        part: str = "",
        echo: int | None = None,
        stack: int | None = None,
    ) -> FoundSeries:
        plane, spacing, slices = shape or ("", (), 0)
        alone = "It is a single slice." if slices == 1 else ""
        return FoundSeries(
            f"{base}{part}", uid, len(files), facts, plane, spacing, slices, problem or alone, stated, identity,
            read=lambda: read_series(folder, uid, echo, stack),
        )  # fmt: skip

    problem = no_marrow(facts)
    try:
        frames = [frame for one in files for frame in frames_of(one)]
    except InputError as error:
        return [made(problem or _sentence(error, folder))]
    try:
        return [made(problem, _shape(one_volume(folder.path, frames, by_headers=True)))]
    except InputError as error:
        parts = [] if problem else _parts(folder, frames, error.asks_for)
        if not 1 < len(parts) <= _MOST_PARTS:
            return [made(problem or _sentence(error, folder))]
        by_echo = error.asks_for == "echo"
        return [
            made("", _shape(volume), f".{n}", n if by_echo else None, None if by_echo else n)
            for n, volume in enumerate(parts, 1)
        ]


def _parts(folder: Folder, frames: list[Frame], name: str) -> list[Volume]:
    """The echoes or stacks of a series that are volumes, in their order; none where one of them is no volume."""
    found: list[Volume] = []
    if name not in ("echo", "stack"):
        return found
    for n in range(1, _MOST_PARTS + 2):
        echo, stack = (n, None) if name == "echo" else (None, n)
        try:
            found.append(one_volume(folder.path, frames, echo, stack, by_headers=True))
        except InputError as error:
            return found if "has no " in str(error) else []
    return found


def no_marrow(facts: Mapping[str, str]) -> str:
    """Why a header is of no series in which marrow can be read; "" where it may be."""
    modality = facts.get("modality", "")
    if modality != "MR":
        return f"It is {MODALITIES.get(modality, f'of modality {modality}' if modality else 'of no stated modality')}."
    kind = kind_of(facts)
    if kind is LOCALISER:
        return f"It is {kind.phrase}."
    return unreadable(facts, "It") or ""


def _shape(volume: Volume) -> _Shape:
    """Plane, spacing and number of slices."""
    first = volume.frames[0]
    between = volume.spacing or first.fact("SliceThickness") or 1.0
    return plane_of(first.normal), as_point((*first.spacing, between)), len(volume.frames)


def plane_of(normal: np.ndarray) -> str:
    """The plane across a direction (LPS): coronal and so on, "oblique" where it is more than 14 degrees askew."""
    along = np.abs(np.asarray(normal, float))
    name = ("sagittal", "coronal", "axial")[int(along.argmax())]
    return name if along.max() >= _ALONG else f"oblique {name}"


def _of_file(file: Path) -> FoundSeries:
    """A volume as NIfTI, NRRD or MetaImage: it says nothing of the patient."""
    facts = {"source": file.name}
    try:
        image = read_image(file)
    except InputError as error:
        return FoundSeries("", "", 1, facts, problem=str(error), read=lambda: read_image(file))
    values = np.unique(image.array[::2, ::2, ::2]) if image.array.dtype.kind in "iu" else ()
    problem = "It is a segmentation." if 0 < len(values) <= 5 else ""
    return FoundSeries(
        "", "", 1, {**image.metadata, **facts}, plane_of(image.slice_normal),
        image.sliced_spacing, image.size[image.slice_axis], problem, read=lambda: read_image(file),
    )  # fmt: skip


def _sentence(error: InputError, folder: Folder) -> str:
    """Why it cannot be read, without the path of the whole folder."""
    text = str(error).replace(f"{folder.path}/", "").replace(str(folder.path), "the series")
    return text[:1].upper() + text[1:]


def numbered(found: list[FoundSeries]) -> list[FoundSeries]:
    """By the Series Number where that is one each; counted otherwise, in the order of the folder."""
    from dataclasses import replace

    numbers = [one.number for one in found]
    if len(set(numbers)) == len(numbers) and all(n.replace(".", "", 1).isdigit() for n in numbers):
        return sorted(found, key=lambda one: tuple(int(n) for n in one.number.split(".")))
    return [replace(one, number=str(n)) for n, one in enumerate(found, 1)]
