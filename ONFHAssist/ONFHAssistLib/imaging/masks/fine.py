"""Outlines on voxels finer than the image's, each voxel of the image a whole number of them.

The slices of a hip MRI are 4 to 5 mm thick, and an outline on such voxels steps. Outlines therefore live on the image's
own axes with every voxel divided into parts of about 1 mm. Nothing is ever interpolated between the two grids: going up
repeats voxels, coming down counts parts. The number of parts along an axis is odd, so that "at least half" has no ties
along it, which would grow what lies across the slices.

A finer label image covers the outlines and a margin only, by whole voxels of the image (:func:`fine_labels`), so that the
same outlines are the same array however they came.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np

from ...core.provenance import outline_sha256
from ...core.vectors import Index, as_index, as_point, box_of
from ..image import Image
from ..labels import HEAD, NECROSIS, SIDES, head_mask, hip_hashes
from ..subvoxel import THIN_MM

PART_MM = 1.1  # parts of a voxel are not longer
MARGIN_PARTS = 4  # around the outlines, so that a surface has room outside them
_TOLERANCE_PARTS = 0.02
_TOLERANCE_MM = 0.05


def parts_of(spacing: tuple[float, float, float]) -> Index:
    """Into how many parts a voxel of this spacing is divided along each axis (x, y, z); odd numbers, 1 for short ones.

    Example:
        >>> parts_of((0.91, 0.91, 5.2)), parts_of((0.4, 0.4, 4.0)), parts_of((1.0, 1.0, 1.0))
        ((1, 1, 5), (1, 1, 5), (1, 1, 1))
    """
    return as_index(
        1 if s <= THIN_MM else 2 * int(np.ceil(0.5 * (s / PART_MM - 1.0) - 1e-6)) + 1 for s in spacing
    )


def fine_grid(
    image: Image, start: Index | None = None, stop: Index | None = None, parts: Index | None = None
) -> Image:
    """The empty finer voxels of the image's voxels ``start`` (included) to ``stop`` (excluded), (x, y, z).

    Args:
        start: the first voxel of the image by default. stop: all of it by default.
        parts: of a voxel along (x, y, z); :func:`parts_of` by default.
    """
    low = np.zeros(3, int) if start is None else np.asarray(start)
    high = np.asarray(image.size if stop is None else stop)
    divided = np.asarray(parts or parts_of(image.spacing))
    nothing = np.broadcast_to(np.uint8(0), tuple(((high - low) * divided)[::-1]))  # takes no memory
    corner = image.index_to_point(low - 0.5 + 0.5 / divided)
    spacing = as_point(np.asarray(image.spacing) / divided)
    return Image(nothing, spacing, as_point(corner), image.direction)


def is_finer(labels: Image, image: Image) -> bool:
    """Whether labels lie on finer voxels than those of their image."""
    return bool((np.rint(np.asarray(image.spacing) / np.asarray(labels.spacing)) > 1).any())


def fine_labels(labels: Image, image: Image, clip: bool = False) -> Image | None:
    """Labels on finer voxels of ``image``, stored along its axes and cropped to the outlines with a margin.

    Args:
        labels: any label image; cropped, and stored with its axes in any order and direction.
        clip: leave out what is outlined outside the image, instead of giving None.

    Returns:
        None where a voxel of the image is not a whole number of these voxels, or is one of them, or where something is
        outlined outside the image.
    """
    placed = _along_axes(labels, image)
    if placed is None:
        return None
    array, start, parts = placed
    size = np.asarray(image.size) * parts
    if clip:
        inside = zip(np.clip(-start, 0, None)[::-1], np.clip(size - start, 0, None)[::-1], strict=True)
        array, start = array[tuple(slice(a, b) for a, b in inside)], np.maximum(start, 0)
    box = _box_of(array != 0)
    low, high = np.zeros(3, int), np.ones(3, int)
    if box is not None:
        first, last = box[0] + start, box[1] + start
        if (first < 0).any() or (last > size).any():
            return None
        margin = -(-MARGIN_PARTS // parts)
        low = np.clip(first // parts - margin, 0, image.size)
        high = np.clip(-(-last // parts) + margin, 0, image.size)
    grid = fine_grid(image, as_index(low), as_index(high), as_index(parts))
    out = np.zeros(grid.array.shape, array.dtype)
    if box is not None:
        source = tuple(slice(a, b) for a, b in zip(box[0][::-1], box[1][::-1], strict=True))
        at = (first - low * parts)[::-1]
        target = tuple(slice(a, a + n) for a, n in zip(at, array[source].shape, strict=True))
        out[target] = array[source]
    return replace(grid, array=out, metadata=labels.metadata)


def on_image(fine: Image, image: Image) -> Image:
    """Finer labels on the voxels of ``image``: outlined where at least half of a voxel is, as what most of that half is.

    A voxel of which half or more is head is head, and necrosis where at least half of its head is necrosis.

    Args:
        fine: as :func:`fine_labels` gives it.
    """
    low, parts = place_of(fine, image)
    k, n = parts[::-1], (np.asarray(fine.size) // parts)[::-1]
    blocks = fine.array.reshape(n[0], k[0], n[1], k[1], n[2], k[2])
    inside = np.zeros(n, np.int32)
    most, value = np.zeros(n, np.int32), np.zeros(n, fine.array.dtype)
    for label in np.unique(fine.array):
        if label != 0:
            count = (blocks == label).sum(axis=(1, 3, 5), dtype=np.int32)
            value[(count >= most) & (count > 0)] = label
            most = np.maximum(most, count)
            inside += count
    value[2 * inside < int(k.prod())] = 0
    array = np.zeros(image.array.shape, fine.array.dtype)
    array[tuple(slice(a, a + m) for a, m in zip(low[::-1], n, strict=True))] = value
    return replace(image, array=array, metadata=fine.metadata)


def repeated(labels: Image, image: Image, parts: Index | None = None) -> Image:
    """Labels on the voxels of ``image`` as finer ones; :func:`on_image` gives them back."""
    parts = parts or parts_of(image.spacing)
    box = _box_of(labels.array != 0)
    low, high = (np.zeros(3, int), np.ones(3, int)) if box is None else box
    array = labels.array[low[2] : high[2], low[1] : high[1], low[0] : high[0]]
    for axis, count in enumerate(parts[::-1]):
        array = np.repeat(array, count, axis)
    grid = fine_grid(image, as_index(low), as_index(high), parts)
    return recropped(replace(grid, array=array, metadata=labels.metadata), image)


def recropped(fine: Image, image: Image) -> Image:
    """Finer labels that were changed, cropped anew to what is outlined now."""
    if not is_finer(fine, image):
        return fine
    found = fine_labels(fine, image)
    if found is None:
        raise ValueError("finer labels of another image")
    return found


def on_one_grid(first: Image, second: Image, image: Image) -> tuple[Image, Image]:
    """Two finer label images of an image with the same parts, on the voxels that hold both."""
    starts = [place_of(one, image)[0] for one in (first, second)]
    parts = place_of(first, image)[1]
    low = np.min(starts, axis=0)
    high = np.max(
        [s + np.asarray(one.size) // parts for s, one in zip(starts, (first, second), strict=True)], axis=0
    )
    grid = fine_grid(image, as_index(low), as_index(high), as_index(parts))
    moved = []
    for start, one in zip(starts, (first, second), strict=True):
        array = np.zeros(grid.array.shape, one.array.dtype)
        at = ((start - low) * parts)[::-1]
        array[tuple(slice(a, a + n) for a, n in zip(at, one.array.shape, strict=True))] = one.array
        moved.append(replace(grid, array=array, metadata=one.metadata))
    return moved[0], moved[1]


def parts_in(fine: Image, image: Image) -> Index:
    """The parts of a voxel of ``image`` along (x, y, z) in these finer labels."""
    return as_index(place_of(fine, image)[1])


def fine_hip_hashes(fine: Image, image: Image, before: bytes = b"") -> dict[str, str]:
    """SHA-256 of the finer outlines of each outlined hip, see :func:`..labels.hip_hashes`."""
    low, parts = place_of(fine, image)
    hashes = {}
    for side in SIDES:
        box = _box_of(head_mask(fine.array, side))
        if box is None:
            continue
        piece = fine.array[tuple(slice(a, b) for a, b in zip(box[0][::-1], box[1][::-1], strict=True))]
        hip = np.zeros(piece.shape, np.uint8)
        hip[piece == HEAD[side]] = 1
        hip[piece == NECROSIS[side]] = 2
        place = [*parts.tolist(), *(box[0] + low * parts).tolist(), *hip.shape]
        digest = hashlib.sha256(before)
        digest.update(" ".join(str(number) for number in place).encode())
        digest.update(hip.data)
        hashes[side] = digest.hexdigest()
    return hashes


def outline_hashes(labels: Image, image: Image, before: bytes = b"") -> dict[str, str]:
    """SHA-256 of the outlines of each outlined hip, on the voxels of ``image`` or finer ones."""
    if not is_finer(labels, image):
        return hip_hashes(labels.array, before)
    return fine_hip_hashes(labels, image, before)


def outlines_hash(labels: Image, image: Image) -> str:
    """SHA-256 of all outlines, on the voxels of ``image`` or finer ones."""
    if not is_finer(labels, image):
        return outline_sha256(labels)
    hashes = fine_hip_hashes(labels, image)
    return hashlib.sha256(
        " ".join(f"{side}={digest}" for side, digest in hashes.items()).encode()
    ).hexdigest()


def belonging(fine: Image, labels: Image, image: Image) -> Image | None:
    """Finer outlines if ``labels`` on the image's grid are their share; None where those were changed afterwards."""
    found = fine_labels(fine, image)
    if found is None or not np.array_equal(on_image(found, image).array, labels.array):
        return None
    return found


def _box_of(mask: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """First index (x, y, z) of what is set, and the one after the last; None where nothing is."""
    found = box_of(mask)
    if found is None:
        return None
    slices = found[::-1]
    return np.array([s.start for s in slices]), np.array([s.stop for s in slices])


def place_of(fine: Image, image: Image) -> tuple[np.ndarray, np.ndarray]:
    """Index (x, y, z) of the voxel of ``image`` at which finer labels begin, and the parts of a voxel."""
    parts = np.rint(np.asarray(image.spacing) / np.asarray(fine.spacing)).astype(int)
    low = np.rint(image.point_to_index(fine.origin) + 0.5 - 0.5 / parts).astype(int)
    return low, parts


def _along_axes(labels: Image, image: Image) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """Finer labels with their array along the axes of ``image``, the finer index at which it begins, and the parts."""
    step = (
        np.linalg.inv(image.affine[:3, :3]) @ labels.affine[:3, :3]
    )  # columns: a step along each axis of the labels
    axis_of = np.abs(step).argmax(axis=0)  # of the labels' axes
    if len(set(axis_of.tolist())) < 3:
        return None
    along = step[axis_of, np.arange(3)]
    counts = np.rint(1.0 / np.abs(along)).astype(int)
    if (counts < 1).any() or (counts == 1).all():
        return None
    exact = np.zeros((3, 3))
    exact[axis_of, np.arange(3)] = np.sign(along) / counts
    order = np.argsort(axis_of)  # which axis of the labels lies along x, y, z of the image
    parts, backwards = counts[order], along[order] < 0
    far = np.asarray(labels.size) - 1
    first = np.where(backwards, far[order], 0)
    corner = np.zeros(3)
    corner[order] = first
    start = (image.point_to_index(labels.index_to_point(corner)) + 0.5) * parts - 0.5
    off = (
        np.abs(((step - exact) @ np.diag(far)) * parts[:, None]).max() + np.abs(start - np.rint(start)).max()
    )
    off_mm = off * float((np.asarray(image.spacing) / parts).max())
    if off > _TOLERANCE_PARTS and off_mm > _TOLERANCE_MM:
        return None
    array = np.transpose(labels.array, [2 - order[2 - a] for a in range(3)])
    array = array[tuple(slice(None, None, -1 if b else None) for b in backwards[::-1])]
    return array, np.rint(np.clip(start, -(1 << 40), 1 << 40)).astype(int), parts
