"""What the network of the deep features sees: the slice in which a region is largest, cropped around it, scaled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.ndimage import map_coordinates

from ..core.errors import InputError
from ..imaging.image import Image
from .presets import Preset
from .radiomics import region_mask

PIXELS = 224
MARGIN = 0.15  # of the region's larger side, on each side
_ANY_REGION = Preset("deep", {}, {}, {}, "")


@dataclass(frozen=True)
class RegionPicture:
    """The square around the region in the slice where it is largest.

    Attributes:
        pixels: grey values 0..1, a square.
        axis: array axis along which the slices were acquired.
        slice_index: of the slice along it, counted from 0.
        rows: continuous row index in the slice of each picture row.
        columns: continuous column index of each picture column.
    """

    pixels: np.ndarray
    axis: int
    slice_index: int
    rows: np.ndarray
    columns: np.ndarray


def region_picture(
    image: Image,
    mask: Image,
    label: int | Iterable[int] = 1,
    margin: float = MARGIN,
    pixels: int = PIXELS,
) -> RegionPicture:
    """Crop, resize and scale the slice with the largest area of the region.

    The crop is a square in mm, so pixels that are not square do not distort it. Grey values run from 0 at the 1st to
    1 at the 99th percentile of the crop; outside the image the picture is 0.

    Args:
        image: grey values (z, y, x); the slices are those that were acquired (:attr:`.image.Image.slice_axis`).
        mask: labels on the same grid.
        label: label of the region; several are merged.
        margin: added on each side, as a share of the region's larger side.
        pixels: side of the picture.

    Raises:
        InputError: as :func:`~.radiomics.extract_radiomics` for mask and label; the image is not finite in the crop.
    """
    axis = 2 - image.slice_axis  # of the array
    region = np.moveaxis(region_mask(image, mask, label, _ANY_REGION).array > 0, axis, 0)
    k = int(region.sum(axis=(1, 2)).argmax())
    spacing = np.delete(np.array(image.spacing[::-1]), axis)  # (row, column)
    extent = [np.flatnonzero(region[k].any(axis=other)) for other in (1, 0)]
    low, high = (np.array([e[end] for e in extent], float) for end in (0, -1))
    side = ((high - low + 1) * spacing).max() * (1 + 2 * margin)
    steps = ((np.arange(pixels) + 0.5) / pixels - 0.5) * side
    rows, columns = ((low[a] + high[a]) / 2 + steps / spacing[a] for a in (0, 1))
    values = np.moveaxis(image.array, axis, 0)[k].astype(np.float64)
    return RegionPicture(_scaled(values, rows, columns), axis, k, rows, columns)


def _scaled(values: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    grid = np.meshgrid(rows, columns, indexing="ij")
    sampled = map_coordinates(values, grid, order=1, mode="constant", cval=np.nan)
    inside = (
        (grid[0] >= 0) & (grid[0] <= values.shape[0] - 1) & (grid[1] >= 0) & (grid[1] <= values.shape[1] - 1)
    )
    if not np.isfinite(sampled[inside]).all():
        raise InputError("The image is NaN or infinite around the region; replace these voxels first.")
    dark, bright = np.percentile(sampled[inside], (1, 99))
    scaled = (sampled - dark) / (bright - dark) if bright > dark else np.zeros_like(sampled)
    return np.where(inside, np.clip(scaled, 0, 1), 0.0).astype(np.float32)
