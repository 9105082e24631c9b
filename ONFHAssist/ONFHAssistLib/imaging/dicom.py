"""Reading DICOM: one series, sorted by position, with its geometry and the facts that later steps ask for.

Follows DICOM PS3.3 C.7.6.2 (image plane), C.7.6.16 (multi-frame functional groups), C.11.1 (rescale) and C.8.11.3
(digital radiographs). The patient's name, number and birth date are never read into an :class:`Image`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset
from pydicom.errors import InvalidDicomError

from ..core.errors import InputError
from .dicom_header import series_facts
from .image import Image
from .radiograph import PIXEL_SPACING, grey_plane, pixel_spacing_of

_POSITION_TOLERANCE_MM = 0.2
_AXIS_OF_LETTER = {
    "L": (1.0, 0.0, 0.0),
    "R": (-1.0, 0.0, 0.0),
    "P": (0.0, 1.0, 0.0),
    "A": (0.0, -1.0, 0.0),
    "H": (0.0, 0.0, 1.0),
    "F": (0.0, 0.0, -1.0),
}


@dataclass(frozen=True)
class _Frame:
    """One slice: its pixels come later, its place is known now."""

    dataset: Dataset
    number: int  # frame number within the file, 0 for a single-frame file
    position: np.ndarray  # LPS mm of the first pixel
    rows_to: np.ndarray  # direction in which the column index grows
    columns_to: np.ndarray  # direction in which the row index grows
    spacing: tuple[float, float]  # (along a row, along a column), mm
    slope: float
    intercept: float
    path: Path


def read_dicom(path: Path, series_uid: str | None = None) -> Image:
    """Read a DICOM file, or the one series (or the named one) of a folder.

    Returns:
        MR, CT: a volume whose slices ascend along the normal of the slice plane. CR, DX: one slice, oriented by
        Patient Orientation, with the pixel spacing at the detector corrected by the magnification where given, and the
        fact ``pixel_spacing`` "none" where the header states none (:func:`.radiograph.require_pixel_size`).

    Raises:
        InputError: no DICOM image, several series without a choice, an unknown series, mixed orientations,
            a gap or repeated position, truncated pixel data.
    """
    headers = _headers(path)
    chosen = _choose_series(path, headers, series_uid)
    first = chosen[0][1]
    if str(first.get("Modality", "")) in {"CR", "DX", "RG"}:
        return _read_radiograph(chosen)
    frames = [frame for file, dataset in chosen for frame in _frames(file, dataset)]
    return _assemble(path, frames, series_facts(first))


def list_series(path: str | Path) -> list[dict[str, str]]:
    """The image series in a folder: ``series_uid``, ``description``, ``modality``, ``files``."""
    groups = _by_series(_headers(Path(path)))
    return [
        {
            "series_uid": uid,
            "description": str(files[0][1].get("SeriesDescription", "")),
            "modality": str(files[0][1].get("Modality", "")),
            "files": str(len(files)),
        }
        for uid, files in groups.items()
    ]


# choosing -----------------------------------------------------------------------------------------------


def _headers(path: Path) -> list[tuple[Path, Dataset]]:
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    found: list[tuple[Path, Dataset]] = []
    for file in files:
        try:
            dataset = pydicom.dcmread(file, stop_before_pixels=True)
        except InvalidDicomError:
            continue
        except (EOFError, OSError, ValueError, KeyError, AttributeError) as error:
            raise InputError(f"{file} is a damaged DICOM file; copy it again from its source.") from error
        if "Rows" in dataset and "SeriesInstanceUID" in dataset:
            found.append((file, dataset))
    if not found:
        kind = "is not a DICOM, NIfTI or NRRD image" if path.is_file() else "holds no DICOM image"
        raise InputError(f"{path} {kind}.")
    return found


def _by_series(headers: list[tuple[Path, Dataset]]) -> dict[str, list[tuple[Path, Dataset]]]:
    groups: dict[str, list[tuple[Path, Dataset]]] = defaultdict(list)
    for file, dataset in headers:
        groups[str(dataset.SeriesInstanceUID)].append((file, dataset))
    return groups


def _choose_series(
    path: Path, headers: list[tuple[Path, Dataset]], series_uid: str | None
) -> list[tuple[Path, Dataset]]:
    groups = _by_series(headers)
    listing = "; ".join(
        f"{uid} ({files[0][1].get('SeriesDescription', 'no description')}, {len(files)} files)"
        for uid, files in groups.items()
    )
    if series_uid is not None:
        if series_uid not in groups:
            raise InputError(f"{path} holds no series {series_uid}; it holds {listing}.")
        return groups[series_uid]
    if len(groups) > 1:
        raise InputError(f"{path} holds {len(groups)} series; choose one with --series: {listing}.")
    return next(iter(groups.values()))


# slices -------------------------------------------------------------------------------------------------


def _frames(file: Path, dataset: Dataset) -> list[_Frame]:
    if int(dataset.get("SamplesPerPixel", 1)) != 1:
        raise InputError(f"{file} is a colour image; a grey image is needed.")
    count = int(dataset.get("NumberOfFrames", 1) or 1)
    if count == 1 and "ImagePositionPatient" in dataset:
        return [_frame(file, dataset, 0, dataset, dataset, dataset, dataset)]
    per_frame = dataset.get("PerFrameFunctionalGroupsSequence")
    if per_frame is None:
        raise InputError(f"{file} has no Image Position (Patient); its place in the patient is unknown.")
    shared = (dataset.get("SharedFunctionalGroupsSequence") or [Dataset()])[0]

    def group(frame: Dataset, name: str) -> Dataset:
        sequence = frame.get(name) or shared.get(name)
        return sequence[0] if sequence else Dataset()

    return [
        _frame(
            file,
            dataset,
            number,
            group(frame, "PlanePositionSequence"),
            group(frame, "PlaneOrientationSequence"),
            group(frame, "PixelMeasuresSequence"),
            group(frame, "PixelValueTransformationSequence"),
        )
        for number, frame in enumerate(per_frame)
    ]


def _frame(
    file: Path,
    dataset: Dataset,
    number: int,
    position: Dataset,
    orientation: Dataset,
    measures: Dataset,
    values: Dataset,
) -> _Frame:
    try:
        cosines = np.asarray(orientation.ImageOrientationPatient, float)
        spacing = [float(v) for v in measures.PixelSpacing]
        place = np.asarray(position.ImagePositionPatient, float)
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(f"{file} lacks a valid image position, orientation or pixel spacing.") from error
    return _Frame(
        dataset,
        number,
        place,
        cosines[:3],
        cosines[3:],
        (spacing[1], spacing[0]),  # DICOM gives the spacing between rows first
        float(values.get("RescaleSlope", 1.0) or 1.0),
        float(values.get("RescaleIntercept", 0.0) or 0.0),
        file,
    )


def _assemble(path: Path, frames: list[_Frame], facts: dict[str, str]) -> Image:
    first = frames[0]
    normal = np.cross(first.rows_to, first.columns_to)
    shape = (int(first.dataset.Rows), int(first.dataset.Columns))
    for frame in frames:
        same = (
            np.allclose(frame.rows_to, first.rows_to, atol=1e-3)
            and np.allclose(frame.columns_to, first.columns_to, atol=1e-3)
            and np.allclose(frame.spacing, first.spacing, rtol=1e-3)
            and (int(frame.dataset.Rows), int(frame.dataset.Columns)) == shape
        )
        if not same:
            raise InputError(
                f"{frame.path} has another orientation, size or pixel spacing than {first.path.name}; "
                "the series mixes planes (a localiser?) and cannot become one volume."
            )
    frames = sorted(frames, key=lambda frame: float(frame.position @ normal))
    spacing_z = _slice_spacing(path, frames, normal)
    direction = np.column_stack([first.rows_to, first.columns_to, normal])
    return Image(
        np.stack(_pixels(frames)),
        (first.spacing[0], first.spacing[1], spacing_z),
        tuple(frames[0].position),
        tuple(direction.ravel()),
        {**facts, "source": path.name},
    )


def _slice_spacing(path: Path, frames: list[_Frame], normal: np.ndarray) -> float:
    if len(frames) == 1:
        return float(frames[0].dataset.get("SliceThickness") or 1.0)
    along = np.array([frame.position @ normal for frame in frames])
    gaps = np.diff(along)
    usual = float(np.median(gaps))
    if gaps.min() < 1e-3:
        where = int(np.argmin(gaps))
        raise InputError(
            f"{path} has two images at the same position ({frames[where].path.name} and "
            f"{frames[where + 1].path.name}; several echoes or repetitions?); give a folder with one of them."
        )
    if gaps.max() > 1.05 * usual + 0.05:
        where = int(np.argmax(gaps))
        raise InputError(
            f"{path} misses a slice: {frames[where].path.name} and {frames[where + 1].path.name} are "
            f"{gaps[where]:.2f} mm apart where {usual:.2f} mm is usual; export the series again."
        )
    spacing = float(gaps.mean())
    offsets = np.array([frame.position - frames[0].position for frame in frames])
    drift = np.linalg.norm(offsets - np.outer(offsets @ normal, normal), axis=1).max()
    if drift > _POSITION_TOLERANCE_MM:
        raise InputError(
            f"The slices of {path} are sheared by {drift:.1f} mm (a tilted gantry?); resample the series first."
        )
    return spacing


def _pixels(frames: list[_Frame]) -> list[np.ndarray]:
    """Stored values of all frames after rescaling; integers stay integers where nothing is rescaled."""
    cache: dict[Path, np.ndarray] = {}
    arrays = []
    rescaled = any(frame.slope != 1.0 or frame.intercept != 0.0 for frame in frames)
    for frame in frames:
        if frame.path not in cache:
            cache = {frame.path: _pixel_array(frame.path)}
        stored = cache[frame.path]
        plane = stored[frame.number] if stored.ndim == 3 else stored
        arrays.append((plane * frame.slope + frame.intercept).astype(np.float32) if rescaled else plane)
    return arrays


def _pixel_array(file: Path) -> np.ndarray:
    try:
        return pydicom.dcmread(file).pixel_array
    except (
        EOFError,
        OSError,
        ValueError,
        AttributeError,
        RuntimeError,
        NotImplementedError,
        KeyError,
    ) as error:
        raise InputError(
            f"The pixels of {file} cannot be read; the file is truncated or its compression is unknown."
        ) from error


# radiographs --------------------------------------------------------------------------------------------


def _read_radiograph(chosen: list[tuple[Path, Dataset]]) -> Image:
    if len(chosen) > 1:
        raise InputError(
            f"{chosen[0][0].parent} holds {len(chosen)} radiographs of one series; give one file."
        )
    file, dataset = chosen[0]
    values = grey_plane(_pixel_array(file), str(file))
    if str(dataset.get("PhotometricInterpretation", "")) == "MONOCHROME1":
        # Stored with bone dark; the project's frame is bone bright.
        values = (1 << int(dataset.BitsStored)) - 1 - values.astype(np.int32)
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


def _radiograph_axes(dataset: Dataset, facts: dict[str, str]) -> tuple[np.ndarray, np.ndarray]:
    letters = [str(v)[:1] for v in dataset.get("PatientOrientation", []) or []]
    if len(letters) == 2 and all(letter in _AXIS_OF_LETTER for letter in letters):
        facts["orientation"] = "stated"
    else:
        letters = ["L", "F"]  # the way an anteroposterior radiograph hangs on the screen
        facts["orientation"] = "assumed"
    return np.asarray(_AXIS_OF_LETTER[letters[0]]), np.asarray(_AXIS_OF_LETTER[letters[1]])
