"""What the headers of a series say of a volume that another program, such as 3D Slicer, made of its files.

The same checks and sentences as of :func:`.dicom.read_dicom`, by the headers alone: pixels are not read. Where the volume
and the headers disagree, a sentence says so; nothing is refused, since the volume is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from pydicom.datadict import tag_for_keyword

from ..core.errors import InputError
from .dicom import notes_on, radiograph_facts
from .dicom_header import SEQUENCE_TAGS, facts_of_series
from .geometry import Geometry
from .radiograph import RADIOGRAPHS
from .reading import Reading, left_out_sentences
from .series.files import NoImage, SliceFile, read_file
from .series.frames import Frame, frames_of
from .series.groups import Volume, one_volume
from .series.numbers import tolerant, words
from .series.refusals import ECHO, TELLS_APART

_SIZE_SHARE = 0.01  # by which voxels may differ from the headers', which round positions to 0.1 mm
_ANGLE_DEG, _PLACE_MM = 0.1, 1.0
_GEOMETRY_TAGS = (
    *("SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID", "Modality", "InstanceNumber", "StackID"),
    *("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SpacingBetweenSlices", "SliceThickness"),
    *("Rows", "Columns", "NumberOfFrames", "SamplesPerPixel", "PhotometricInterpretation"),
    *("RescaleSlope", "RescaleIntercept", "SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence"),
)  # fmt: skip
_NEEDED = sorted(
    {
        tag
        for name in (
            *_GEOMETRY_TAGS,
            *SEQUENCE_TAGS,
            *(keyword for _, keywords in (*ECHO, *TELLS_APART) for keyword in keywords),
        )
        if (tag := tag_for_keyword(name)) is not None
    }
)


def read_needed(file: Path, whole: bool = False) -> SliceFile | NoImage:
    """The header of one file of a loaded series.

    Args:
        whole: all of it, as of the file whose header speaks for the series; else what the checks ask for.
    """
    with tolerant():
        return read_file(file, None if whole else _NEEDED)


def facts_of_loaded(
    files: Sequence[SliceFile | NoImage], held: Geometry, size: tuple[int, int, int], name: str
) -> dict[str, str]:
    """Facts of a volume and what its reader should know, by the headers of the files that it was made of.

    Args:
        files: as :func:`read_needed` gives them, the first one whole.
        held: geometry of the volume. size: voxels along x, y, z.
        name: what a sentence calls the volume.

    Returns:
        Those of :func:`.dicom_header.series_facts` and of :class:`.reading.Reading`.
    """
    images = [one for one in files if isinstance(one, SliceFile)]
    lost = [one for one in files if isinstance(one, NoImage)]
    kinds: dict[str, list[str]] = {}
    for one in lost:
        kinds.setdefault(one.kind, []).append(one.path.name)
    notes = [f"Left out: {text}" for text in left_out_sentences(kinds)]
    facts: dict[str, str] = {}
    if images:
        with tolerant():
            facts, said = facts_of_series([one.dataset for one in images])
            notes = [*notes_on(images[0].dataset), *said, *notes]
            if words(images[0].dataset, "Modality") in RADIOGRAPHS:
                facts |= radiograph_facts(images[0].dataset)
            else:
                notes += _geometry_notes(images, held, size, name)
    return {**facts, **Reading(len(images), len(lost), left_out_sentences(kinds), tuple(notes)).facts()}


def _geometry_notes(
    images: list[SliceFile], held: Geometry, size: tuple[int, int, int], name: str
) -> list[str]:
    try:
        frames = [frame for one in images for frame in frames_of(one)]
    except InputError as error:
        return [str(error)]
    try:
        volume = one_volume(Path(name), frames, by_headers=True)
    except InputError as error:
        return [str(error), *_number_of_slices(len(frames), size, name)]
    kinds: dict[str, list[str]] = {}
    for copy, original in volume.copies:
        kinds.setdefault(f"a copy of {original.name} by its header", []).append(copy.name)
    return [
        *volume.notes,
        *left_out_sentences(kinds),
        *_number_of_slices(len(volume.frames), size, name),
        *_against_headers(volume, held, size, name),
    ]


def _number_of_slices(count: int, size: tuple[int, int, int], name: str) -> list[str]:
    if count == size[2]:
        return []
    return [
        f"{name} has {size[2]} slices, while the headers of its files describe {count}; load the series again, or check "
        "its files."
    ]


def _against_headers(volume: Volume, held: Geometry, size: tuple[int, int, int], name: str) -> list[str]:
    """Sentences where the volume's voxels have another size, direction or place than the headers state."""
    first, last = volume.frames[0], volume.frames[-1]
    spacing = volume.spacing if volume.spacing is not None else held.spacing[2]
    stated = np.array([*first.spacing, spacing])
    notes = []
    if (np.abs(np.array(held.spacing) - stated) > _SIZE_SHARE * stated).any():
        ours, theirs = (" x ".join(f"{v:.4g}" for v in one) for one in (held.spacing, stated))
        notes.append(
            f"The voxels of {name} are {ours} mm, by the headers of its files {theirs} mm; lengths and volumes are those "
            "of the volume. Load the series again unless this was meant."
        )
    turned = _turned(first, np.array(held.direction).reshape(3, 3))
    if turned > _ANGLE_DEG:
        notes.append(
            f"The axes of {name} stand {turned:.1f} degrees off those in the headers of its files; check the sides."
        )
    if size == (first.shape[1], first.shape[0], len(volume.frames)):
        away = float(np.linalg.norm(_centre_of(held, size) - _centre_between(first, last)))
        if away > _PLACE_MM:
            notes.append(
                f"The middle of {name} lies {away:.0f} mm beside the place in the headers of its files; check the sides."
            )
    return notes


def _turned(frame: Frame, direction: np.ndarray) -> float:
    """Degrees between the axes of a volume and those of a frame; a program may stack slices from either end."""
    cosines = [
        float(direction[:, 0] @ frame.rows_to),
        float(direction[:, 1] @ frame.columns_to),
        abs(float(direction[:, 2] @ frame.normal)),
    ]
    return float(np.degrees(np.arccos(np.clip(min(cosines), -1.0, 1.0))))


def _centre_of(held: Geometry, size: tuple[int, int, int]) -> np.ndarray:
    steps = np.array(held.direction).reshape(3, 3) * np.array(held.spacing)
    return np.asarray(np.array(held.origin) + steps @ ((np.array(size) - 1) / 2))


def _centre_between(first: Frame, last: Frame) -> np.ndarray:
    across = first.rows_to * first.spacing[0] * (first.shape[1] - 1) / 2
    down = first.columns_to * first.spacing[1] * (first.shape[0] - 1) / 2
    return np.asarray((first.position + last.position) / 2 + across + down)
