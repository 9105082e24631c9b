"""The sphere tool: a femoral head from points on its rim, or from a centre and a radius, clipped to marrow.

The head is close to a sphere down to its junction with the neck (mean deviation under 1 mm in Hammond and Charnley,
Med Biol Eng 1967), so a sphere bounds it; intensity then takes cartilage, joint fluid and cortex away. On a radiograph
the tool is a circle, the sphere's shadow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from ..core.errors import InputError
from ..core.vectors import Index, as_index, as_point
from ..imaging import labels as lab
from ..imaging.geometry import geometry_sentences
from ..imaging.head import FemoralHead
from ..imaging.image import Image
from ..imaging.radiograph import is_radiograph, radiograph_sentences
from .side import decide_side

RADIUS_RANGE_MM = (10.0, 40.0)
_CORE = 0.6  # inner part of the sphere, by radius, that is surely head
_SHELL = 0.7  # outside this part, by radius, intensity may clip: a lesion deeper inside is never cut out
_CLOSING_MM = 3.0  # bridges a subchondral lesion that the clip notched


@dataclass(frozen=True)
class Segmentation:
    """Labels on the input's grid (see :mod:`.labels`), the heads found, right before left, and warnings.

    ``fine`` are the outlines as they were decided, on finer voxels (:mod:`..imaging.masks.fine`), of which ``labels`` are
    the share; None where the input's own voxels are as fine, and from the sphere tool, which works on those.

    Example:
        >>> z, y, x = 2.0 * np.mgrid[-16:17, -16:17, -16:17]  # mm about the middle
        >>> marrow = x**2 + y**2 + z**2 <= 24.0**2
        >>> image = Image(np.where(marrow, 300.0, 60.0), (2.0, 2.0, 2.0), (-120.0, -32.0, -32.0))
        >>> found = segment_spheres(image, [((-88.0, 0.0, 0.0), 24.0)])  # centre in LPS mm, radius in mm
        >>> [(head.side, round(head.head_ml)) for head in found.heads]
        [('R', 57)]
        >>> np.unique(found.labels.array).tolist(), found.warnings
        ([0, 1], ())
    """

    labels: Image
    heads: tuple[FemoralHead, ...]
    warnings: tuple[str, ...]
    fine: Image | None = None


def fit_sphere_to_points(points: Sequence[Sequence[float]]) -> tuple[np.ndarray, float]:
    """Centre (LPS mm) and radius (mm) of the sphere through points on the rim of the head.

    Four or more points that do not share a plane: the least-squares sphere (algebraic fit, Coope 1993). Points in one
    plane, such as three clicks in one slice: the sphere whose great circle is the circle through them, so choose the
    slice in which the head is widest.

    Raises:
        InputError: fewer than three points, points on a line, or a radius that no femoral head has.
    """
    rim = np.asarray(points, float)
    if rim.ndim != 2 or rim.shape[1:] != (3,) or len(rim) < 3:
        raise InputError(
            f"The sphere tool needs three or more points on the rim of the head, it got {len(rim)}."
        )
    if not np.isfinite(rim).all():
        raise InputError("A rim point has a coordinate that is not a number.")
    middle = rim.mean(axis=0)
    _, extents, axes = np.linalg.svd(rim - middle)
    extents = np.pad(extents, (0, 3 - len(extents)))
    if extents[1] < 0.05 * extents[0] or extents[0] < 1e-6:
        raise InputError("The rim points lie on a line; place them around the head.")
    flat = len(rim) == 3 or extents[2] < 0.02 * extents[0]
    basis = axes[:2] if flat else axes
    coordinates = (rim - middle) @ basis.T
    system = np.column_stack([2 * coordinates, np.ones(len(rim))])
    solution = np.linalg.lstsq(system, (coordinates**2).sum(axis=1), rcond=None)[0]
    radius = float(np.sqrt(max(solution[-1] + (solution[:-1] ** 2).sum(), 0.0)))
    centre = middle + solution[:-1] @ basis
    _check_radius(radius)
    return centre, radius


def _check_radius(radius: float) -> None:
    low, high = RADIUS_RANGE_MM
    if not low <= radius <= high:
        raise InputError(
            f"A radius of {radius:.1f} mm is no femoral head; {low:g} to {high:g} mm is accepted."
        )


def outline_head(image: Image, centre: npt.ArrayLike, radius: float, clip: bool = True) -> np.ndarray:
    """Boolean mask (z, y, x) of the head within the sphere.

    Args:
        image: MR volume of any contrast.
        centre: LPS mm. radius: mm.
        clip: take away what is not marrow near the surface. The marrow is measured in the inner 60% of the sphere;
            a voxel of the outer shell stays if it is nearer to marrow than to the darkest (cortex) and brightest
            (fluid, fat) tissue around.

    Raises:
        InputError: the sphere misses the volume, or more than half of it lies outside.
    """
    image.require_volume()
    _check_radius(float(radius))
    middle = np.asarray(centre, float)
    box = _sphere_box(image, middle, 1.3 * radius)
    points = image.cropped(*box).points()
    distance = np.linalg.norm(points - middle, axis=-1) / radius
    sphere = distance <= 1.0
    full_ml = 4.0 / 3.0 * np.pi * radius**3 / 1000.0
    share = sphere.sum() * image.voxel_volume_ml / full_ml
    if share < 0.5:
        raise InputError(
            f"Only {100 * share:.0f}% of the sphere at {_point(middle)} with radius {radius:.1f} mm lies inside the "
            "image; check the centre (LPS, mm)."
        )
    part = sphere
    if clip:
        values = image.cropped(*box).array.astype(np.float32)
        part = _clipped_to_marrow(values, distance, sphere, image.spacing)
    mask = np.zeros(image.array.shape, bool)
    (x0, y0, z0), (x1, y1, z1) = box
    mask[z0:z1, y0:y1, x0:x1] = part
    return mask


def outline_circle(image: Image, centre: npt.ArrayLike, radius: float) -> np.ndarray:
    """Boolean mask (1, rows, columns) of the head on a radiograph.

    No intensity clips it: the acetabulum lies over the head, so that grey values do not tell the two apart.

    Args:
        image: a single projection; its pixel spacing and orientation are respected, its depth is not looked at.
        centre: LPS mm in the frame of the radiograph. What lies across the film (y on an anteroposterior view) is
            ignored, because a projection has no depth. radius: mm.

    Raises:
        InputError: not one slice, the circle misses the film, or more than half of it lies outside.
    """
    if image.array.shape[0] != 1:
        raise InputError(
            f"The circle tool works on a single radiograph, this image has {image.array.shape[0]} slices."
        )
    _check_radius(float(radius))
    index = image.point_to_index(np.asarray(centre, float))[:2]
    spacing = np.asarray(image.spacing[:2])
    columns, rows = (np.arange(n) for n in image.size[:2])
    across, along = (columns - index[0]) * spacing[0], (rows - index[1]) * spacing[1]
    mask = along[:, None] ** 2 + across[None, :] ** 2 <= radius**2
    share = mask.sum() * spacing.prod() / (np.pi * radius**2)
    if share < 0.5:
        raise InputError(
            f"Only {100 * share:.0f}% of the circle at {_point(np.asarray(centre, float))} with radius {radius:.1f} mm "
            "lies on the radiograph; check the centre (LPS, mm; the first pixel of a DICOM radiograph is at 0, 0, 0)."
        )
    return mask[None]


def _point(centre: np.ndarray) -> str:
    return "(" + ", ".join(f"{c:.1f}" for c in centre) + ")"


def _sphere_box(image: Image, centre: np.ndarray, reach: float) -> tuple[Index, Index]:
    index = image.point_to_index(centre)
    half = reach / np.asarray(image.spacing)
    start = np.clip(np.floor(index - half), 0, image.size).astype(int)
    stop = np.clip(np.ceil(index + half) + 1, 0, image.size).astype(int)
    if np.any(stop <= start):
        raise InputError(f"The centre {_point(centre)} (LPS, mm) lies outside the image.")
    return as_index(start), as_index(stop)


def _clipped_to_marrow(
    values: np.ndarray, distance: np.ndarray, sphere: np.ndarray, spacing: tuple[float, float, float]
) -> np.ndarray:
    values = np.where(np.isfinite(values), values, 0.0)
    marrow = float(np.median(values[distance <= _CORE]))
    around = values[distance <= 1.3]
    darkest, brightest = np.percentile(around, [1, 99])
    low = 0.5 * (marrow + darkest)
    high = 0.5 * (marrow + brightest) if brightest > 1.5 * marrow else np.inf
    like_marrow = (values >= low) & (values <= high)
    part = sphere & (like_marrow | (distance <= _SHELL))
    components, count = ndimage.label(part)
    if count > 1:
        core_labels = np.unique(components[(distance <= _CORE) & part])
        part = np.isin(components, core_labels[core_labels > 0])
    part = _closed(part, spacing) & sphere
    return ndimage.binary_fill_holes(part)


def _closed(mask: np.ndarray, spacing: tuple[float, float, float]) -> np.ndarray:
    """Morphological closing with a ball of :data:`_CLOSING_MM`, anisotropic voxels taken into account."""
    sampling = spacing[::-1]
    padding = [int(np.ceil(_CLOSING_MM / s)) + 1 for s in sampling]
    padded = np.pad(mask, [(p, p) for p in padding])
    grown = ndimage.distance_transform_edt(~padded, sampling) <= _CLOSING_MM
    closed = ndimage.distance_transform_edt(grown, sampling) > _CLOSING_MM
    inner = tuple(slice(p, n - p) for p, n in zip(padding, padded.shape, strict=True))
    return closed[inner] | mask


def segment_spheres(
    image: Image, spheres: Sequence[tuple[npt.ArrayLike, float]], clip: bool = True
) -> Segmentation:
    """Femoral heads from one sphere a side; on a radiograph from one circle.

    Args:
        image: a volume, or a radiograph (DX, CR or RG).
        spheres: (centre in LPS mm, radius in mm) of one or two heads; the side follows from the patient's position.

    Raises:
        InputError: as :func:`outline_head`, or two spheres on one side.
    """
    label_array = np.zeros(image.array.shape, np.uint8)
    heads: dict[str, FemoralHead] = {}
    film = is_radiograph(image)
    warnings = [*radiograph_sentences(image), *geometry_sentences(image)]
    for centre, radius in spheres:
        side, warning = decide_side(image, np.asarray(centre, float))
        if side in heads:
            raise InputError(f"Both spheres lie on the patient's side {side}; give one for each hip.")
        mask = outline_circle(image, centre, radius) if film else outline_head(image, centre, radius, clip)
        label_array[mask] = lab.HEAD[side]
        heads[side] = describe_head(image, mask, side, centre, radius)
        if warning:
            warnings.append(warning)
    labels = image.like(label_array)
    return Segmentation(labels, tuple(heads[s] for s in lab.SIDES if s in heads), tuple(warnings))


def describe_head(
    image: Image, mask: np.ndarray, side: str, centre: npt.ArrayLike, radius: float, score: float = 1.0
) -> FemoralHead:
    """The :class:`.head.FemoralHead` of a mask; the box is the sphere's, which is what a detector learns to give."""
    middle = np.asarray(centre, float)
    corners = (as_point(middle - radius), as_point(middle + radius))
    head_ml = float(mask.sum() * image.voxel_volume_ml)
    necrosis_ml = 0.0
    if is_radiograph(image):
        head_ml = necrosis_ml = float("nan")
    return FemoralHead(side, as_point(middle), float(radius), corners, score, head_ml, necrosis_ml)
