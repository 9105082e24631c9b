"""DICOM segmentations (SEG): binary, fractional and label maps, of some or all slices; highdicom reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from ...core.errors import InputError
from ..image import Image
from .segments import Segment

_HALF = 0.5  # of a fractional segment, from which a voxel belongs to it


def _unreadable(path: Path, error: Exception) -> InputError:
    reason = " ".join(str(error).split()).rstrip(".")
    return InputError(f"{path} is a DICOM segmentation that cannot be read: {reason}.")


def segments_of_seg(path: Path) -> tuple[list[Segment], Image]:
    """The segments of a SEG file, numbered as in the file, and the grid on which they lie.

    Raises:
        InputError: damaged, without a segment, or on slices that make no volume.
    """
    import highdicom

    try:
        seg = highdicom.seg.segread(str(path))
    except MemoryError:  # a length of gigabytes, which the file does not have
        raise InputError(f"{path} is a damaged DICOM segmentation; copy it again from its source.") from None
    except Exception as error:  # highdicom and pydicom raise many kinds for what they cannot read
        raise _unreadable(path, error) from error
    try:
        numbers = [int(number) for number in seg.segment_numbers]
        volume = seg.get_volume(combine_segments=False, segment_numbers=numbers or None)
    except MemoryError:
        raise
    except Exception as error:
        raise _unreadable(path, error) from error
    if not numbers:
        raise InputError(f"{path} is a DICOM segmentation without a segment.")
    array = np.asarray(volume.array)  # (slices, rows, columns, segments)
    affine = np.asarray(volume.affine, float)  # index (slice, row, column) to LPS mm
    axes = affine[:3, [2, 1, 0]]
    spacing = np.linalg.norm(axes, axis=0)
    x, y, z = (float(v) for v in affine[:3, 3])
    grid = Image(
        np.zeros(array.shape[:3], np.uint8),
        (float(spacing[0]), float(spacing[1]), float(spacing[2])),
        (x, y, z),
        tuple((axes / spacing).ravel()),
        {"source": path.name},
    )
    segments = []
    for at, number in enumerate(numbers):
        description = seg.get_segment_description(number)
        codes = _codes(description)
        segments.append(
            Segment(
                number, str(description.get("SegmentLabel", "") or number), array[..., at] >= _HALF, codes
            )
        )
    return segments, grid


def _codes(description: object) -> tuple[str, ...]:
    """All codes of a segment's description, at any depth."""
    elements = description.iterall()  # type: ignore[attr-defined]
    return tuple(str(element.value) for element in elements if element.keyword == "CodeValue")
