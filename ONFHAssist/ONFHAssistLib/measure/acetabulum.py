"""The lateral edge of the acetabular roof, found on the mid-coronal plane of an MRI without fat suppression.

On the coronal plane through the centre of the head, rays from the centre pass joint, roof and ilium. Fatty marrow of the
ilium is bright; on its outer side follow dark cortex and muscle, or cortex and bright fat of the capsule. Cortex is thin:
beside fat its voxels are seldom as dark as muscle. So its line is sought as a whole: of all straight lines from the roof
up, 5.5 to 12 mm above the head, the first outward that is darker along its length than the marrow on its inner side. It
meets the roof at its lateral edge. With fat suppressed, marrow, cortex and fat are all dark, and no edge is found there:
it is then marked by hand.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.signal import find_peaks

from ..core.errors import InputError
from ..imaging.head_sphere import lateral_axis
from ..imaging.image import Image
from ..imaging.series_kind import kind_of

ROOF_MM = 4.0  # from the head's articular surface to the lower border of the roof: both cartilages and half the plate
CORTEX_MM = 2.0  # from where marrow is half gone to the outer face of the cortex
_ANGLES = np.arange(-60.0, 91.0)  # degrees from straight up, positive outward
_RADII = np.arange(0.0, 20.0, 0.5)  # mm above the head
_ROWS = np.arange(5.5, 12.01, 0.5)  # mm above the head along which the outer wall of the ilium is sought
_STARTS = np.arange(0.0, 75.01, 0.5)  # degrees at which it may meet the roof
_SLOPES = np.arange(-2.5, 1.01, 0.25)  # degrees a mm that it may lean
_INSIDE = (4.0, 5.0, 6.0, 7.0, 8.0)  # degrees inward of it where marrow is looked at
# By which share of the way from marrow to the darkest around it is darker than the marrow beside it, and stands out
# from lines on both sides of it; trabeculae and a scar of the growth plate do less.
_DARKER, _STANDS_OUT = 0.3, 0.2
_BRIGHTEST = 1.2  # times the marrow, that marrow may be
_DARK_MARROW = (
    "The acetabular edge {side} cannot be found where marrow is not brighter than muscle, as with fat suppression; "
    "mark it by hand or take a T1 or T2 series without it."
)
# Percentile that muscle has of what lies outward, and how much brighter marrow has to be. Bright fat lies between the
# muscles; where the header speaks of fat suppression it may be black cortex instead, and more is asked for.
_MUSCLE, _MUSCLE_IF_SUPPRESSED = (10.0, 1.05), (50.0, 1.15)


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
    part, brighter = _MUSCLE_IF_SUPPRESSED if _called_suppressed(image) else _MUSCLE
    muscle = float(np.percentile(polar[np.ix_((_ANGLES >= 45) & (_ANGLES <= 80), _RADII >= 12)], part))
    if marrow < brighter * max(muscle, 1e-6):
        raise InputError(_DARK_MARROW.format(side=side))
    around = polar[np.ix_((_ANGLES >= -25) & (_ANGLES <= 60), _RADII <= 15)]
    angle = _outer_wall(polar, marrow, float(np.percentile(around, 3)))
    if angle is None:
        raise InputError(f"The acetabular edge {side} is not clear on this image; mark it by hand.")
    way = np.radians(angle) + CORTEX_MM / (radius + ROOF_MM)
    return centre + (radius + ROOF_MM) * (np.sin(way) * lateral + np.array([0.0, 0.0, np.cos(way)]))


def _called_suppressed(image: Image) -> bool:
    """Whether the image says of itself that fat is suppressed; headers are not always right."""
    kind = kind_of(image.metadata)
    sequence = image.metadata.get("sequence", "") or (kind.name if kind else "")
    return sequence.endswith("FS") or sequence == "STIR"


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


def _outer_wall(polar: np.ndarray, marrow: float, darkest: float) -> float | None:
    """Degrees at which the marrow beside the ilium's outer cortex ends at the roof; None where no line is dark enough."""
    darker = np.stack([_darker(polar, slope, marrow) for slope in _SLOPES]).max(axis=0)
    darker = np.maximum(darker / max(marrow - darkest, 1e-6), 0.0)
    darker = np.append(darker, 0.0)  # so that the last may be a peak; straight up is no wall
    peaks = find_peaks(darker, height=_DARKER, prominence=_STANDS_OUT)[0]
    if not len(peaks):
        return None
    half = 0.5 * darker[peaks[0]]
    whole = np.flatnonzero(darker[: peaks[0]] <= half)  # where the marrow still is whole
    if not len(whole):
        return None
    last = int(whole[-1])
    part = (half - darker[last]) / (darker[last + 1] - darker[last])
    return float(_STARTS[0] + (last + part) * (_STARTS[1] - _STARTS[0]))


def _darker(polar: np.ndarray, slope: float, marrow: float) -> np.ndarray:
    """By how much lines of a slope are darker than what lies on their inner side (median along each), by :data:`_STARTS`.

    Lines that reach inward of straight up are none (minus infinity).
    """
    angles = _STARTS[:, None] + slope * (_ROWS - ROOF_MM)[None]

    def along(shift: float) -> np.ndarray:
        index = [angles + shift - _ANGLES[0], np.broadcast_to(_ROWS / _RADII[1], angles.shape)]
        return np.asarray(ndimage.map_coordinates(polar, index, order=1, mode="nearest"))

    inside = np.median([along(-shift) for shift in _INSIDE], axis=0)
    found = np.median(np.minimum(inside, _BRIGHTEST * marrow) - along(0.0), axis=1)
    return np.where(angles.min(axis=1) < 0.0, -np.inf, found)
