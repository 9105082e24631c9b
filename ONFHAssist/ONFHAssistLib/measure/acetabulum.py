"""The lateral edge of the acetabular roof, found on the mid-coronal plane of an MRI without fat suppression.

On the coronal plane through the centre of the head, rays from the centre pass joint, roof and ilium. Fatty marrow of the
ilium is bright; on its outer side follow dark cortex and muscle. In every distance from 5 to 12 mm above the head the
direction is sought in which the marrow ends; a straight line through these, by Theil and Sen (robust to a vessel or a
stripe of fat), meets the roof at its lateral edge. With fat suppressed, marrow, cortex and fat are all dark, and no edge
is found there: it is then marked by hand.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.head_sphere import lateral_axis
from ..imaging.image import Image

ROOF_MM = 4.0  # from the head's articular surface to the lower border of the roof: both cartilages and half the plate
_ANGLES = np.arange(-60.0, 91.0)  # degrees from straight up, positive outward
_RADII = np.arange(0.0, 20.0, 0.5)  # mm above the head
_ROWS = np.arange(5.0, 12.01, 0.5)  # mm above the head in which the end of the marrow is sought
_FALL = 0.45  # share of the way from marrow to the darkest around at which marrow ends
_BRIGHTER = 1.15  # marrow over muscle from which on the marrow can be followed
_SLOPES = (-2.5, 1.0)  # degrees a mm, of the outer wall of the ilium


def find_acetabular_edge(image: Image, side: str, centre: np.ndarray, radius: float) -> np.ndarray:
    """Lateral edge of the acetabular roof.

    Args:
        image: MRI without fat suppression; any orientation and spacing.
        side: "R" or "L".
        centre: LPS mm of the femoral head.
        radius: of it in mm.

    Returns:
        LPS mm, shape (3,), in the coronal plane of ``centre``.

    Raises:
        InputError: the roof lies outside the image, marrow is not brighter than muscle, or its end is not clear.
    """
    lateral, centre = lateral_axis(side), np.asarray(centre, float)
    polar = _polar(image, centre, radius, lateral, side)
    marrow = float(
        np.median(polar[np.ix_((_ANGLES >= -25) & (_ANGLES <= 0), (_RADII >= 7) & (_RADII <= 13))])
    )
    muscle = float(np.median(polar[np.ix_((_ANGLES >= 45) & (_ANGLES <= 80), _RADII >= 12)]))
    if marrow < _BRIGHTER * max(muscle, 1e-6):
        raise InputError(
            f"The acetabular edge {side} cannot be found where marrow is not brighter than muscle, as with fat "
            "suppression; mark it by hand or take a T1 or T2 series without it."
        )
    around = polar[np.ix_((_ANGLES >= -25) & (_ANGLES <= 60), _RADII <= 15)]
    level = marrow - _FALL * (marrow - float(np.percentile(around, 3)))
    ends = np.array(
        [(row, angle) for row in _ROWS if (angle := _end_of_marrow(polar, row, level)) is not None]
    )
    if len(ends) < 6:
        raise InputError(f"The acetabular edge {side} is not clear on this image; mark it by hand.")
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(ends, 2) if b[0] - a[0] >= 2]
    slope = float(np.clip(np.median(slopes), *_SLOPES))
    angle = np.radians(np.median(ends[:, 1] - slope * (ends[:, 0] - ROOF_MM)))
    return centre + (radius + ROOF_MM) * (np.sin(angle) * lateral + np.array([0.0, 0.0, np.cos(angle)]))


def _polar(image: Image, centre: np.ndarray, radius: float, lateral: np.ndarray, side: str) -> np.ndarray:
    """Image by angle and distance above the head, shape (angles, radii), slightly smoothed."""
    angles = np.radians(_ANGLES)[:, None]
    ways = np.sin(angles) * lateral + np.cos(angles) * np.array([0.0, 0.0, 1.0])
    points = centre + (radius + _RADII)[None, :, None] * ways[:, None, :]
    index = image.point_to_index(points)
    inside = np.all((index >= -0.5) & (index <= np.array(image.size) - 0.5), axis=-1)
    if inside.mean() < 0.8:
        raise InputError(f"The acetabular roof {side} lies outside the image; mark its edge by hand.")
    values = ndimage.map_coordinates(
        np.asarray(image.array, np.float32), np.moveaxis(index[..., ::-1], -1, 0), order=1, mode="nearest"
    )
    return ndimage.gaussian_filter(values, 0.7)


def _end_of_marrow(polar: np.ndarray, row: float, level: float) -> float | None:
    """Degrees at which the values of a row fall under ``level`` outward of straight up, for two degrees at least."""
    line = polar[:, int(np.argmin(np.abs(_RADII - row)))]
    dark = (line < level) & (_ANGLES >= 0)
    found = np.flatnonzero(dark[:-1] & dark[1:])
    if not len(found):
        return None
    before, after = line[found[0] - 1], line[found[0]]
    return float(
        _ANGLES[found[0]] - 1 + (np.clip((level - before) / (after - before), 0, 1) if before != after else 0)
    )
