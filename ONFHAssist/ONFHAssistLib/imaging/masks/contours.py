"""Contours of radiotherapy planning (DICOM RTSTRUCT) to voxels.

A voxel belongs to a structure where its centre lies within an odd number of the structure's contours in its slice, so
that a ring drawn with two contours, or with one and a keyhole, has its hole (DICOM PS3.3 C.8.8.6).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from ...core.errors import InputError
from ..image import Image
from ..series.numbers import items, name_of, needed_number, numbers, value_of, words
from .segments import Segment

_CLOSED = ("CLOSED_PLANAR", "CLOSEDPLANAR_XOR")
_NOT_CLOSED = ("POINT", "OPEN_PLANAR", "OPEN_NONPLANAR")  # marks and lines, which enclose nothing
_OFF_SLICE = 0.3  # of the distance between slices, by which a contour may lie off its slice


def contour_segments(dataset: Dataset, path: Path, grid: Image) -> list[Segment]:
    """The structures of an RTSTRUCT on the voxels of an image; numbers are ROI numbers.

    Raises:
        InputError: no closed contour, a contour off the image's slices or in another plane.
    """
    names = {}
    for roi in _items(dataset, "StructureSetROISequence", path):
        if words(roi, "ROINumber"):
            number = _number_of(roi, "ROINumber", path)
            names[number] = words(roi, "ROIName") or f"ROI {number}"
    segments = []
    for roi in _items(dataset, "ROIContourSequence", path):
        number = _number_of(roi, "ReferencedROINumber", path)
        name = names.get(number, f"ROI {number}")
        mask, slices = np.zeros(grid.array.shape, bool), set[tuple[int, int]]()
        for contour in _items(roi, "ContourSequence", path):
            if _is_closed(contour, name, path):
                slices.add(_add_contour(mask, contour, grid, name, path))
        _require_every_slice(slices, name, path)
        if mask.any():
            segments.append(Segment(number, name, mask))
    if not segments:
        listed = ", ".join(f"'{name}'" for name in names.values())
        holds = f"it names {listed} and outlines none of them" if listed else "it holds no structure"
        raise InputError(f"{path} is an RTSTRUCT (contours) without a closed contour on the image: {holds}.")
    return segments


def _items(dataset: Dataset, keyword: str, path: Path) -> list[Dataset]:
    """The items of a sequence; one that is no sequence would leave out a structure without a word."""
    value = value_of(dataset, keyword)
    if isinstance(value, str | bytes) and value.strip():
        raise InputError(
            f"{path} is a damaged RTSTRUCT: its {name_of(keyword)} cannot be read; export it again."
        )
    return items(dataset, keyword)


def _is_closed(contour: Dataset, name: str, path: Path) -> bool:
    kind = words(contour, "ContourGeometricType") or "CLOSED_PLANAR"
    if kind not in (*_CLOSED, *_NOT_CLOSED):
        raise InputError(
            f"A contour of '{name}' in {path} is of the unknown type '{kind[:24]}'; {', '.join(_CLOSED)} are read."
        )
    return kind in _CLOSED


def _number_of(roi: Dataset, keyword: str, path: Path) -> int:
    """The number by which a structure is known in the file; a structure without one would be taken for another."""
    return int(needed_number([roi], keyword, path))


def _add_contour(mask: np.ndarray, contour: Dataset, grid: Image, name: str, path: Path) -> tuple[int, int]:
    """Turn the voxels within one contour over; the axis that it stands on and its slice there."""
    found = numbers(contour, "ContourData")
    if found is None or len(found) % 3 or len(found) < 9:
        held = (
            "its points are missing or no numbers" if found is None else f"{len(found)} numbers are no points"
        )
        raise InputError(f"A contour of '{name}' in {path} is damaged: {held}.")
    points = np.asarray(found)
    index = grid.point_to_index(points.reshape(-1, 3))
    across = int(np.argmin(np.ptp(index * grid.spacing, axis=0)))
    depth = index[:, across]
    if np.ptp(depth) > _OFF_SLICE:
        raise InputError(
            f"A contour of '{name}' in {path} lies across the planes of the image's voxels; it was drawn on another "
            "series, give that one."
        )
    at = float(depth.mean())
    number = round(at)
    if across != 2 and min(grid.spacing) < 0.5 * grid.spacing[2]:
        raise InputError(
            f"The contours of '{name}' in {path} were drawn in another plane than the slices of the image; give the "
            "series on which they were drawn."
        )
    if abs(at - number) > _OFF_SLICE or not 0 <= number < grid.size[across]:
        raise InputError(
            f"A contour of '{name}' in {path} lies {abs(at - number) * grid.spacing[across]:.1f} mm off the image's "
            "slices or outside the image; it was drawn on another series, give that one."
        )
    plane = np.moveaxis(mask, 2 - across, 0)[number]  # a view
    first, second = (axis for axis in range(3) if axis != across)  # columns and rows of the plane
    plane ^= _inside(index[:, first], index[:, second], plane.shape)
    return across, number


def _require_every_slice(slices: set[tuple[int, int]], name: str, path: Path) -> None:
    """Raise where contours leave out slices throughout: they were drawn on thicker ones, and would make a comb."""
    for axis in {across for across, _ in slices}:
        numbers = sorted(number for across, number in slices if across == axis)
        if len(numbers) > 1 and min(np.diff(numbers)) > 1:
            raise InputError(
                f"The contours of '{name}' in {path} lie on every {min(np.diff(numbers))}. slice of the image only; they "
                "were drawn on another series, give that one."
            )


def _inside(x: np.ndarray, y: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    """Which pixel centres (rows y, columns x) lie within a closed polygon, by the rule of odd crossings."""
    rows, columns = np.arange(shape[0])[:, None], np.arange(shape[1])
    x0, y0, x1, y1 = x, y, np.roll(x, -1), np.roll(y, -1)
    crosses = (y0 <= rows) != (y1 <= rows)  # (rows, edges)
    slope = np.where(y1 == y0, 0.0, (x1 - x0) / np.where(y1 == y0, 1.0, y1 - y0))
    at = x0 + (rows - y0) * slope
    inside = np.zeros(shape, bool)
    for row in np.flatnonzero(crosses.any(axis=1)):
        crossings = np.sort(at[row, crosses[row]])
        inside[row] = np.searchsorted(crossings, columns, side="left") % 2 == 1
    return inside
