"""The articular surface of the femoral head against its own sphere: flattening, and a line of fracture under it.

Flattening of more than 2 mm parts ARCO IIIB from IIIA (Yoon et al. 2020, J Arthroplasty 35:933-940). The surface is read
along rays from the centre of the sphere that :func:`.hip.measure_hip` fits, which leaves depressions out; how far it lies
inside that sphere is averaged over a patch, so that the noise of an outline is no depression. A subchondral fracture is
a thin line parallel to the surface over a necrosis, bright where it holds fluid (the crescent sign; Stevens et al. 2003,
AJR 180:409-411, on how MRI shows it).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image

RAYS = 3000  # over the whole sphere
PATCH_MM = 4.0  # radius of the patch that a depression is averaged over
_FROM_NECK = 0.35  # greatest cosine between a ray and the neck: beyond, the head has no articular surface
_UP = 0.15  # least cosine with straight up: what bears weight, without fovea and lower rim
_REACH = (0.55, 1.25)  # of the radius, along a ray
_STEP_MM = 0.25
_LINE_MM = (1.0, 4.5)  # under the surface, where a fracture line is looked for
_ASIDE_MM = 1.75  # a line is brighter than what lies so far above and below it
_UNDER_MM = 5.0  # where necrosis has to lie under the surface
LINE_SHARE = 0.8  # quantile over the rays that a line's contrast is read at
MIN_RAYS = 40
LINE_CONTRAST = 0.35  # from which on a line is called a fracture


@cache
def _directions() -> np.ndarray:
    """Unit vectors (n, 3), evenly over the sphere (Fibonacci's lattice)."""
    number = np.arange(RAYS) + 0.5
    polar, turn = np.arccos(1 - 2 * number / RAYS), np.pi * (1 + 5**0.5) * number
    return np.stack([np.cos(turn) * np.sin(polar), np.sin(turn) * np.sin(polar), np.cos(polar)], axis=1)


def articular_rays(side: str) -> np.ndarray:
    """Unit vectors (n, 3), LPS, from the centre to the weight-bearing part of the articular surface."""
    rays = _directions()
    return rays[(rays @ neck_direction(side) < _FROM_NECK) & (rays[:, 2] > _UP)]


def surface_along(inside: Image, centre: np.ndarray, radius: float, rays: np.ndarray) -> np.ndarray:
    """Distance (n,) in mm from the centre at which each ray leaves the head; NaN where it does not.

    Args:
        inside: probability or share of head, 0..1, of float voxels.
        centre: LPS mm.
    """
    lengths = np.arange(_REACH[0] * radius, _REACH[1] * radius, _STEP_MM)
    points = np.asarray(centre) + lengths[None, :, None] * rays[:, None, :]
    values = _sampled(inside, points)
    within = values >= 0.5
    last = within.shape[1] - 1 - within[:, ::-1].argmax(axis=1)
    found = within.any(axis=1) & (last + 1 < len(lengths))
    after = np.minimum(last + 1, len(lengths) - 1)
    row = np.arange(len(rays))
    here, there = values[row, last], values[row, after]
    part = np.where(here > there, (here - 0.5) / np.maximum(here - there, 1e-6), 0.0)
    return np.where(found, lengths[last] + np.clip(part, 0.0, 1.0) * _STEP_MM, np.nan)


def flattening(inside: Image, centre: np.ndarray, radius: float, side: str) -> tuple[float, np.ndarray]:
    """Greatest depression of the articular surface in mm, over a patch of 8 mm, and its place (LPS mm).

    Args:
        inside: probability of head. centre: LPS mm of the sphere. radius: of it in mm.
    """
    rays = articular_rays(side)
    depth = radius - surface_along(inside, centre, radius, rays)
    known = np.isfinite(depth)
    if not known.any():
        return 0.0, np.asarray(centre, float)
    rays, depth = rays[known], depth[known]
    tree = cKDTree(radius * rays)
    mean = np.array([depth[near].mean() for near in tree.query_ball_point(radius * rays, PATCH_MM)])
    worst = int(mean.argmax())
    return max(float(mean[worst]), 0.0), np.asarray(centre) + (radius - mean[worst]) * rays[worst]


def line_contrast(
    image: Image,
    matrix: np.ndarray,
    inside: Image,
    dead: Image,
    sphere: tuple[np.ndarray, float],
    side: str,
) -> float | None:
    """How much a thin line under the surface, over the necrosis, outshines what lies above and below it.

    Args:
        image: a series in which fluid is bright. matrix: 4 x 4, reference to series.
        inside: probability of head. dead: of necrosis; both in the reference's frame.
        sphere: centre (LPS mm) and radius of the head.

    Returns:
        In units of the range of grey values there (5 to 95 %); None where too little necrosis lies under the surface.
    """
    centre, radius = np.asarray(sphere[0], float), float(sphere[1])
    rays = articular_rays(side)
    surface = surface_along(inside, centre, radius, rays)
    below = _sampled(dead, centre + (surface - _UNDER_MM)[:, None] * rays)
    rays, surface = (one[np.isfinite(surface) & (below >= 0.5)] for one in (rays, surface))
    if len(rays) < MIN_RAYS:
        return None
    depth = np.arange(_LINE_MM[0] - _ASIDE_MM, _LINE_MM[1] + _ASIDE_MM + 1e-6, _STEP_MM)
    points = centre + (surface[:, None] - depth)[..., None] * rays[:, None, :]
    values = _sampled(image, points @ matrix[:3, :3].T + matrix[:3, 3])
    low, high = np.percentile(values, [5, 95])
    aside = round(_ASIDE_MM / _STEP_MM)
    ridge = values[:, aside:-aside] - np.maximum(values[:, : -2 * aside], values[:, 2 * aside :])
    return float(np.quantile(ridge.max(axis=1), LINE_SHARE) / max(float(high - low), 1e-6))


def _sampled(image: Image, points: np.ndarray) -> np.ndarray:
    """Linear interpolation at LPS points (..., 3)."""
    index = np.moveaxis(image.point_to_index(points)[..., ::-1], -1, 0)
    return np.asarray(
        ndimage.map_coordinates(np.asarray(image.array, np.float32), index, order=1, mode="nearest")
    )
