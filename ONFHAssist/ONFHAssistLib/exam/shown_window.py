"""The window in which a hip MRI is shown: by the marrow and joint about the heads, not by fat or bladder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..imaging.image import Image

AROUND_MM = 38.0  # what is windowed for: the head, the joint and the near neck
DARKEST_PERCENT, BRIGHTEST_PERCENT = 1.0, 99.0


def window_about(image: Image, centres: Sequence[np.ndarray]) -> tuple[float, float]:
    """Grey values to be shown as black and as white: of what lies about points (LPS mm), such as the heads' centres.

    Points outside the image tell nothing; where all are, the whole image does.
    """
    near = np.concatenate([_values_near(image, centre) for centre in centres])
    near = near if near.size else image.array.ravel()
    low, high = np.nanpercentile(near, [DARKEST_PERCENT, BRIGHTEST_PERCENT])
    return float(low), float(max(high, low + 1e-6))


def _values_near(image: Image, centre: np.ndarray) -> np.ndarray:
    """Grey values in a cube about a point (LPS mm)."""
    middle = image.point_to_index(centre)[::-1]
    reach = np.ceil(AROUND_MM / np.asarray(image.spacing[::-1]))
    low, high = np.maximum(middle - reach, 0).astype(int), np.maximum(middle + reach + 1, 0).astype(int)
    return image.array[tuple(slice(a, b) for a, b in zip(low, high, strict=True))].ravel()
