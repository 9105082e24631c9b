"""The window in which a hip image is shown: by marrow and joint about the heads, or by the body; not by the bladder."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..imaging.image import Image

AROUND_MM = 38.0  # what is windowed for: the head, the joint and the near neck
DARKEST_PERCENT, BRIGHTEST_PERCENT = 1.0, 99.0
AIR_SHARE = 0.05  # of the brightest values; what is darker is air
BODY_PERCENT = {
    False: 97.0,
    True: 99.5,
}  # shown as white, of the body: of slices, and of a radiograph, whose cortex counts


def window_about(image: Image, centres: Sequence[np.ndarray]) -> tuple[float, float]:
    """Grey values to be shown as black and as white: of what lies about points (LPS mm), such as the heads' centres.

    Points outside the image tell nothing; where all are, the whole image does.
    """
    near = np.concatenate([_values_near(image, centre) for centre in centres])
    near = near if near.size else image.array.ravel()
    low, high = np.nanpercentile(near, [DARKEST_PERCENT, BRIGHTEST_PERCENT])
    return float(low), float(max(high, low + 1e-6))


def window_of_body(values: np.ndarray) -> tuple[float, float]:
    """Grey values to be shown as black and as white before anything is outlined, by contrast of the image itself.

    Black is air. White is the 97th percentile of the body: subcutaneous fat on T1, water and oedema where fat is
    suppressed, so that suppressed marrow is grey and not black. Of a radiograph (one slice) it is the 99.5th, for cortex
    and implants.

    Args:
        values: (z, y, x).
    """
    finite = values[np.isfinite(values)]
    if not finite.size:
        return 0.0, 1.0
    low, top = np.percentile(finite, [0.5, 99.5])
    body = finite[finite > low + AIR_SHARE * (top - low)]
    high = np.percentile(body, BODY_PERCENT[values.ndim == 2 or values.shape[0] == 1]) if body.size else top
    return float(low), float(max(high, low + 1e-6))


def _values_near(image: Image, centre: np.ndarray) -> np.ndarray:
    """Grey values in a cube about a point (LPS mm)."""
    middle = image.point_to_index(centre)[::-1]
    reach = np.ceil(AROUND_MM / np.asarray(image.spacing[::-1]))
    low, high = np.maximum(middle - reach, 0).astype(int), np.maximum(middle + reach + 1, 0).astype(int)
    return image.array[tuple(slice(a, b) for a, b in zip(low, high, strict=True))].ravel()
