"""Reading DICOM: one series, sorted by position, with its geometry and the facts that later steps ask for.

The parts of the work are in :mod:`.series`; this is the one function that callers use. Follows DICOM PS3.3 C.7.6.2 (image
plane), C.7.6.16 (multi-frame functional groups), C.11.1 (rescale) and C.8.11.3 (digital radiographs). The patient's name,
number and birth date are never read into an :class:`Image`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from ..core.errors import InputError
from .image import Image
from .radiograph import PIXEL_SPACING, grey_plane, pixel_spacing_of
from .reading import Reading, left_out_sentences
from .series.files import DAMAGED, Folder, NoImage, SliceFile, header_of, read_folder
from .series.frames import Frame, frames_of, pixels_of
from .series.groups import Volume, one_volume
from .series.header import NUMBER_FACTS, facts_of_series, series_facts
from .series.numbers import bad_numbers, needed_count, tolerant, words
from .series.pixels import read_pixels

_AXIS_OF_LETTER = {
    "L": (1.0, 0.0, 0.0),
    "R": (-1.0, 0.0, 0.0),
    "P": (0.0, 1.0, 0.0),
    "A": (0.0, -1.0, 0.0),
    "H": (0.0, 0.0, 1.0),
    "F": (0.0, 0.0, -1.0),
}


def read_dicom(
    path: Path, series_uid: str | None = None, echo: int | None = None, stack: int | None = None
) -> Image:
    """Read a DICOM file, or the one series (or the named one) of a folder.

    Args:
        path: file, or folder with its subfolders; each file in it is accounted for (:class:`.reading.Reading`).
        series_uid: which series of a folder, where it holds several.
        echo, stack: which echo or stack of the series, from 1, where it holds several.

    Returns:
        MR, CT: a volume whose slices ascend along the normal of the slice plane. CR, DX: one slice, oriented by
        Patient Orientation, with the pixel spacing at the detector corrected by the magnification where given, and the
        fact ``pixel_spacing`` "none" where the header states none (:func:`.radiograph.require_pixel_size`).

    Raises:
        InputError: no DICOM image, several series, echoes or stacks without a choice, an unknown one, a file that may
            be a damaged slice, mixed orientations, an uneven gap or repeated position, a header without the numbers that
            the geometry needs, truncated pixel data, a compression that cannot be read.
    """
    with tolerant():
        return read_series(read_folder(path), series_uid, echo, stack)


def read_series(
    folder: Folder, series_uid: str | None = None, echo: int | None = None, stack: int | None = None
) -> Image:
    """As :func:`read_dicom`, of a folder whose headers were read already."""
    path = folder.path
    with tolerant():
        chosen = _choose_series(folder, series_uid)
        _refuse_lost_slices(folder, chosen)
        if words(chosen[0].dataset, "Modality") in {"CR", "DX", "RG"}:
            radiograph = _read_radiograph([(one.path, one.dataset) for one in chosen])
            return _with_reading(radiograph, folder, chosen, notes_on(chosen[0].dataset))
        frames = [frame for one in chosen for frame in frames_of(one)]
        volume = one_volume(path, frames, echo, stack)
        return _assemble(path, folder, chosen, volume)


def list_series(path: str | Path) -> list[dict[str, str]]:
    """The image series in a folder: ``series_uid``, ``description``, ``modality``, ``files``."""
    with tolerant():
        folder = read_folder(Path(path))
        _require_images(folder)
        return [
            {
                "series_uid": uid,
                "description": words(files[0].dataset, "SeriesDescription"),
                "modality": words(files[0].dataset, "Modality"),
                "files": str(len(files)),
            }
            for uid, files in folder.series.items()
        ]


# choosing -----------------------------------------------------------------------------------------------


def _require_images(folder: Folder) -> None:
    if folder.images:
        return
    path, others = folder.path, folder.others
    if path.is_file():
        kind = others[0].kind
        if kind == DAMAGED:
            raise InputError(f"{path} is {kind}: it ends before its pixels; copy it again from its source.")
        if "DICOM" in kind or "(RT" in kind:
            raise InputError(f"{path} is a DICOM file but no image: it is {kind}.")
        raise InputError(f"{path} is not a DICOM, NIfTI or NRRD image; it is {kind}.")
    held = " ".join(_left_out(others))
    raise InputError(f"{path} holds no DICOM image{f': {held}' if held else '; it is empty.'}")


def _choose_series(folder: Folder, series_uid: str | None) -> list[SliceFile]:
    _require_images(folder)
    path, groups = folder.path, folder.series
    listing = "; ".join(
        f"{uid} ({words(files[0].dataset, 'SeriesDescription') or 'no description'}, {len(files)} files)"
        for uid, files in groups.items()
    )
    if series_uid is not None:
        if series_uid not in groups:
            raise InputError(f"{path} holds no series {series_uid}; it holds {listing}.")
        return groups[series_uid]
    if len(groups) > 1:
        raise InputError(f"{path} holds {len(groups)} series; choose one with --series: {listing}.")
    return next(iter(groups.values()))


def _refuse_lost_slices(folder: Folder, chosen: list[SliceFile]) -> None:
    suspects = folder.suspects(chosen[0].series)
    if not suspects:
        return
    first = suspects[0]
    more = f" (and {len(suspects) - 1} more such files)" if len(suspects) > 1 else ""
    what = f"{first.kind}, cut before its pixels" if first.kind == DAMAGED else first.kind
    raise InputError(
        f"{first.path} is {what}, and may be a slice of the series{more}; copy the folder again from its source, or take "
        "the file out of it if it belongs to something else."
    )


# the volume ---------------------------------------------------------------------------------------------


def _assemble(path: Path, folder: Folder, chosen: list[SliceFile], volume: Volume) -> Image:
    frames = volume.frames
    first = _first_of(chosen, frames)
    header = first.header()
    others = {frame.path: frame.file.dataset for frame in frames if frame.path != first.path}
    facts, said = facts_of_series([header, *others.values()])
    notes = [*volume.notes, *notes_on(header), *said]
    spacing = volume.spacing
    if spacing is None:
        thickness = frames[0].fact("SliceThickness")
        spacing = thickness if thickness is not None and thickness > 0 else 1.0
        if spacing != thickness:
            notes.append("The single slice states no thickness; 1 mm is taken.")
    lowest = frames[0]
    direction = np.column_stack([first.rows_to, first.columns_to, first.normal])
    image = Image(
        pixels_of(frames),
        (first.spacing[0], first.spacing[1], spacing),
        tuple(lowest.position),
        tuple(direction.ravel()),
        {**facts, "source": path.name},
    )
    copies = [
        NoImage(copy, f"an exact copy of {_name(folder.path, original)}") for copy, original in volume.copies
    ]
    return _with_reading(image, folder, chosen, notes, copies, {frame.path for frame in frames})


def _first_of(chosen: list[SliceFile], frames: list[Frame]) -> Frame:
    """The frame whose header speaks for the volume: the first in the order of the files."""
    order = {one.path: place for place, one in enumerate(chosen)}
    return min(frames, key=lambda frame: (order[frame.path], frame.number))


def notes_on(header: Dataset) -> list[str]:
    """What its reader should know of a header whose facts are no numbers, or that names no series."""
    notes = [
        f"The header's {fact} is no number and was left out."
        for fact in bad_numbers(header, NUMBER_FACTS.values())
    ]
    if not words(header, "SeriesInstanceUID"):
        notes.append("The files state no Series Instance UID; they were taken for one series.")
    return notes


def _with_reading(
    image: Image,
    folder: Folder,
    chosen: list[SliceFile],
    notes: Iterable[str],
    copies: Iterable[NoImage] = (),
    used: set[Path] | None = None,
) -> Image:
    """The image with the account of all files of its folder."""
    paths = {one.path for one in chosen}
    copies = list(copies)
    read = paths if used is None else used
    unused = paths - read - {one.path for one in copies}
    others = [
        *folder.others,
        *copies,
        *(NoImage(path, "of another echo or stack") for path in sorted(unused)),
        *(
            NoImage(one.path, f"of another series ({one.series})")
            for one in folder.images
            if one.path not in paths
        ),
    ]
    others = [NoImage(Path(_name(folder.path, one.path)), one.kind) for one in others]
    broken = [NoImage(Path(_name(folder.path, one.path)), one.kind) for one in folder.broken()]
    said = [*notes, *(f"Left out: {text}" for text in _left_out([*copies, *broken]))]
    reading = Reading(len(read), len(others), _left_out(others), tuple(said))
    return image.like(image.array, **reading.facts())


def _left_out(others: Iterable[NoImage]) -> tuple[str, ...]:
    kinds: dict[str, list[str]] = {}
    for one in others:
        copied = one.kind.startswith("an exact copy of")
        kinds.setdefault("an exact copy of another file" if copied else one.kind, []).append(one.path.name)
    return left_out_sentences(kinds)


def _name(root: Path, file: Path) -> str:
    """Of a file, relative to the folder that the user gave."""
    return file.name if root == file else file.relative_to(root).as_posix()


def _pixel_array(file: Path) -> np.ndarray:
    return read_pixels(file, header_of(file))


# radiographs --------------------------------------------------------------------------------------------


def _read_radiograph(chosen: list[tuple[Path, Dataset]]) -> Image:
    if len(chosen) > 1:
        raise InputError(
            f"{chosen[0][0].parent} holds {len(chosen)} radiographs of one series; give one file."
        )
    file, dataset = chosen[0]
    values = grey_plane(_pixel_array(file), str(file))
    if words(dataset, "PhotometricInterpretation") == "MONOCHROME1":
        # Stored with bone dark; the project's frame is bone bright.
        values = (1 << needed_count(dataset, "BitsStored", file)) - 1 - values.astype(np.int32)
    facts = series_facts(dataset)
    rows_to, columns_to = _radiograph_axes(dataset, facts)
    direction = np.column_stack([rows_to, columns_to, np.cross(rows_to, columns_to)])
    spacing, facts[PIXEL_SPACING] = pixel_spacing_of(dataset)
    return Image(
        values[None],
        (*spacing, 1.0),
        (0.0, 0.0, 0.0),
        tuple(direction.ravel()),
        {**facts, "source": file.name},
    )


def radiograph_facts(dataset: Dataset) -> dict[str, str]:
    """What a header leaves open of a radiograph's orientation and of the plane of its lengths."""
    facts = {PIXEL_SPACING: pixel_spacing_of(dataset)[1]}
    _radiograph_axes(dataset, facts)
    return facts


def _radiograph_axes(dataset: Dataset, facts: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    letters = [letters[:1] for letters in words(dataset, "PatientOrientation").split("\\")]
    if len(letters) == 2 and all(letter in _AXIS_OF_LETTER for letter in letters):
        facts["orientation"] = "stated"
    else:
        letters = ["L", "F"]  # the way an anteroposterior radiograph hangs on the screen
        facts["orientation"] = "assumed"
    return np.asarray(_AXIS_OF_LETTER[letters[0]]), np.asarray(_AXIS_OF_LETTER[letters[1]])
