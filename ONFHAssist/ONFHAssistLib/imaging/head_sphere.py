"""The sphere of the femoral head's articular surface, from an outline of the head."""

from __future__ import annotations

import numpy as np

from ..core.errors import InputError
from ..core.vectors import as_box, box_of
from .image import Image
from .labels import SIDES

_LEAST_SPACING = 0.1  # of the widest voxel: no surface is known better
_SECTORS = 12  # of the surface about the neck's axis


def lateral_axis(side: str) -> np.ndarray:
    """Unit LPS vector from the midline outward: -x for the right hip, +x for the left."""
    if side not in SIDES:
        raise InputError(f'The side is "{side}"; "R" or "L" is needed.')
    return np.array([-1.0 if side == "R" else 1.0, 0.0, 0.0])


def fit_sphere(mask_image: Image, side: str) -> tuple[np.ndarray, float]:
    """Sphere through the articular surface of a femoral-head mask.

    The surface is taken half-way between neighbouring voxels inside and outside. The start is a least-squares sphere
    of the points that look upward, medially or forward (the neck leaves downward and laterally); then Tukey's
    bisquare weights (cut 2 mm) let every further articular point in and keep neck, osteophytes and depressions out.

    Args:
        mask_image: non-zero inside the femoral head; any orientation and spacing.
        side: "R" or "L": says where the neck leaves.

    Returns:
        LPS centre in mm, shape (3,), and radius in mm.

    Raises:
        InputError: the mask is empty or too small for a sphere (fewer than 30 surface points).
    """
    points = _surface_points(mask_image)
    if len(points) < 30:
        raise InputError(
            f"The femoral head {side} has {len(points)} surface points; a sphere needs at least 30: outline it further."
        )
    neck = neck_direction(side)
    middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
    away = (points - middle) @ neck
    start = points[away < np.percentile(away, 60)]
    centre, radius = _least_squares_sphere(start, np.ones(len(start)))
    for cut in (6.0, 4.0, 3.0, 2.0, 2.0, 2.0, 2.0, 2.0):
        offset = points - centre
        distance = np.linalg.norm(offset, axis=1)
        weight = np.clip(1.0 - ((distance - radius) / cut) ** 2, 0.0, None) ** 2
        weight[offset @ neck > 0.62 * radius] = 0.0  # the head passes into the neck here
        if (weight > 0).sum() < 30:
            break
        centre, radius = _least_squares_sphere(points, weight)
    return centre, float(radius)


def radius_uncertainty(mask_image: Image, side: str) -> float | None:
    """How far the radius of :func:`fit_sphere` may be off, in mm (two standard errors); None where nothing tells.

    The jackknife over twelve sectors of the surface about the neck's axis: neighbouring points err together, and a head
    that the field of view cuts has sectors without a point, so that the sphere hangs on fewer.
    """
    points = _surface_points(mask_image)
    if len(points) < 30:
        return None
    centre, radius = fit_sphere(mask_image, side)
    offset, neck = points - centre, neck_direction(side)
    distance = np.linalg.norm(offset, axis=1)
    articular = (np.abs(distance - radius) < 2.0) & (offset @ neck < 0.62 * radius)
    points, offset = points[articular], offset[articular]
    first = np.cross(neck, [1.0, 0.0, 0.0] if abs(neck[0]) < 0.9 else [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    angle = np.arctan2(offset @ np.cross(neck, first), offset @ first)
    sector = np.minimum(((angle + np.pi) / (2 * np.pi) * _SECTORS).astype(int), _SECTORS - 1)
    kept = [sector != k for k in np.unique(sector)]
    if len(kept) < 3 or min(one.sum() for one in kept) < 30:
        return None
    radii = np.array([_least_squares_sphere(points[one], np.ones(int(one.sum())))[1] for one in kept])
    error = np.sqrt((len(radii) - 1) / len(radii) * ((radii - radii.mean()) ** 2).sum())
    return max(2.0 * float(error), _LEAST_SPACING * max(mask_image.spacing))


def sphere_residual(mask_image: Image, side: str) -> float:
    """Root mean square distance in mm of the articular surface from the sphere of :func:`fit_sphere`.

    What the fit left out counts too: a corner that was forgotten, an acetabulum that was taken for head.

    Raises:
        InputError: as :func:`fit_sphere`.
    """
    centre, radius = fit_sphere(mask_image, side)
    offset = _surface_points(mask_image) - centre
    articular = offset @ neck_direction(side) <= 0.62 * radius
    distance = np.linalg.norm(offset[articular], axis=1) - radius
    return float(np.sqrt(np.mean(distance**2))) if distance.size else float("nan")


def neck_direction(side: str) -> np.ndarray:
    """Unit vector (LPS) from the head centre down an average neck: outward, downward and a little to the back."""
    neck = 0.78 * lateral_axis(side) + np.array([0.0, 0.2, -0.6])
    return neck / np.linalg.norm(neck)


def _surface_points(mask_image: Image) -> np.ndarray:
    """LPS points between inside and outside neighbours, shape (n, 3); voxels on the image border are no surface."""
    mask = np.asarray(mask_image.array) != 0
    box = box_of(mask)
    if box is None:
        return np.empty((0, 3))
    box = as_box(slice(max(s.start - 1, 0), s.stop + 1) for s in box)
    mask, corner = mask[box], np.array([s.start for s in box])
    found = []
    for axis in range(3):
        first = np.moveaxis(mask, axis, 0)
        edge = np.argwhere(first[1:] != first[:-1]).astype(float)
        edge[:, 0] += 0.5
        index = np.empty_like(edge)
        index[:, axis] = edge[:, 0]
        index[:, [a for a in range(3) if a != axis]] = edge[:, 1:]
        found.append(index)
    return mask_image.index_to_point((np.concatenate(found) + corner)[:, ::-1])


def _least_squares_sphere(points: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Algebraic fit |p|^2 = 2 c.p + k with weights; linear, so there is nothing to diverge."""
    shift = points.mean(axis=0)
    q = points - shift
    design = np.hstack([2.0 * q, np.ones((len(q), 1))])
    # Normal equations: the points lie about their mean, so that these four unknowns are well conditioned.
    weighted = design * weight[:, None]
    solution = np.linalg.lstsq(weighted.T @ design, weighted.T @ (q**2).sum(axis=1), rcond=None)[0]
    centre = solution[:3]
    return centre + shift, float(np.sqrt(max(solution[3] + centre @ centre, 1e-6)))
