"""Which kind of segmentation a file is, and its label image."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ...core.errors import InputError
from ..geometry import VOLUME_SUFFIXES, facts_of_text_header
from ..image import Image
from ..radiograph import PICTURES
from ..reader_beneath import quiet_reading, require_whole_voxels
from ..series.numbers import UNREADABLE, tolerant, words
from .segments import Segment, merged

_SEG, _RTSTRUCT = "1.2.840.10008.5.1.4.1.1.66.", "1.2.840.10008.5.1.4.1.1.481.3"
_CODE = re.compile(r"\^(\d{5,})\^")


def read_segments(path: Path, grid: Image | None, layer: int | None, wanted: Sequence[int]) -> Image | None:
    """The label image of a file of segments or contours, see :func:`..files.read_mask`; None for a plain label image."""
    name = path.name.lower()
    if path.exists() and not name.endswith((*VOLUME_SUFFIXES, *PICTURES)):
        with tolerant():
            found = _dicom_segments(path, grid)
        if found is not None:
            segments, own_grid = found
            return merged(segments, own_grid, str(path), layer, wanted)
    if path.is_file() and name.endswith((".nrrd", ".nhdr")):
        image = sitk_image(path)
        if image is not None:
            return _segments_of_slicer(path, image, layer, wanted)
    return None


# 3D Slicer's .seg.nrrd --------------------------------------------------------------------------------------------


def sitk_image(path: Path) -> sitk.Image | None:
    """The file as SimpleITK reads it where it is a segmentation with segments; None for another one."""
    reader = sitk.ImageFileReader()
    reader.SetFileName(str(path))
    try:
        with quiet_reading():
            reader.ReadImageInformation()
            layers = reader.GetNumberOfComponents()
            has_segments = any(key.startswith("Segment0_") for key in reader.GetMetaDataKeys())
            if reader.GetDimension() != 3 or not (has_segments or layers > 1):
                return None
            return reader.Execute()
    except RuntimeError:
        return None  # read_image says what is wrong with it


def _segments_of_slicer(path: Path, image: sitk.Image, layer: int | None, wanted: Sequence[int]) -> Image:
    facts = {"source": path.name, **facts_of_text_header(path)}
    require_whole_voxels(path)
    array = sitk.GetArrayFromImage(image)
    layers = array[..., None] if array.ndim == 3 else array
    if array.dtype.kind == "f":
        raise InputError(f"{path} holds fractions; a mask needs whole-number labels.")
    grid = Image(
        np.zeros(layers.shape[:3], np.uint8),
        image.GetSpacing(),
        image.GetOrigin(),
        image.GetDirection(),
        facts,
    )
    if layer is not None:
        if not 0 <= layer < layers.shape[-1]:
            raise InputError(
                f"{path} has {layers.shape[-1]} layers; label_channel {layer} is not among them."
            )
        return grid.like(layers[..., layer])
    entries = _entries(image, layers.shape[-1])
    segments = [
        Segment(
            value,
            entry.get("Name", f"layer {at}"),
            layers[..., at] == value,
            tuple(_CODE.findall(entry.get("Tags", ""))),
            entry.get("ID", ""),
        )
        for value, at, entry in entries
    ]
    if not segments:
        return grid.like(layers[..., 0])
    return merged(segments, grid, str(path), None, wanted)


def _entries(image: sitk.Image, layers: int) -> list[tuple[int, int, dict[str, str]]]:
    """(value, layer, fields) of every segment that the header names; of every layer where it names none."""
    fields: dict[int, dict[str, str]] = {}
    for key in image.GetMetaDataKeys():
        match = re.match(r"Segment(\d+)_(\w+)$", key)
        if match:
            fields.setdefault(int(match[1]), {})[match[2]] = image.GetMetaData(key)
    if not fields and layers == 1:
        return []
    if not fields:
        return [(1, at, {}) for at in range(layers)]
    found = []
    for number, entry in sorted(fields.items()):
        at = _whole_number(entry, "Layer", number if layers > 1 else 0)
        value = _whole_number(entry, "LabelValue", 1 if layers > 1 else number + 1)
        if at < layers:
            found.append((value, at, entry))
    return found


def _whole_number(entry: Mapping[str, str], field: str, unsaid: int) -> int:
    """A number of a segment's header; ``unsaid`` where it says none.

    Raises:
        InputError: it says something else.
    """
    text = entry.get(field) or str(unsaid)
    try:
        return int(text)
    except ValueError:
        name = entry.get("Name", "a segment")
        raise InputError(
            f"The header of the segmentation says {field} '{text}' of {name}; a whole number is expected. Save it again "
            "in 3D Slicer."
        ) from None


# DICOM ------------------------------------------------------------------------------------------------------------


def _dicom_segments(path: Path, grid: Image | None) -> tuple[list[Segment], Image] | None:
    """Segments of a SEG or RTSTRUCT file with their grid; None for other files."""
    import pydicom

    if path.is_dir():
        files = sorted(file for file in path.iterdir() if file.is_file())
        if len(files) != 1:
            return None
        path = files[0]
    try:
        dataset = pydicom.dcmread(path, stop_before_pixels=True, force=False)
    except (*UNREADABLE, MemoryError):
        return None  # read_image says what is wrong with it
    kind, modality = words(dataset, "SOPClassUID"), words(dataset, "Modality")
    if kind.startswith(_SEG) or modality == "SEG":
        from .dicom_seg import segments_of_seg

        return segments_of_seg(path)
    if kind == _RTSTRUCT or modality == "RTSTRUCT":
        if grid is None:
            raise InputError(
                f"{path} is an RTSTRUCT: its contours have no voxels of their own; give it together with the image on "
                "which they were drawn, or convert it to a label image in 3D Slicer."
            )
        from .contours import contour_segments

        return contour_segments(dataset, path, grid), grid
    return None
