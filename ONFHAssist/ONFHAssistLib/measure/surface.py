"""The articular surface of the femoral head against its own sphere: flattening, and a line of fracture under it.

Flattening of more than 2 mm parts ARCO IIIB from IIIA (Yoon et al. 2020, J Arthroplasty 35:933-940). An outline does not
tell it: the outliner draws a round head over a dent that cartilage and fluid fill. It is read off the grey values along
rays from the centre of the sphere that :func:`.hip.measure_hip` fits, which leaves depressions out: a small network,
learned on simulated examinations, compares the profile of each ray with that of most rays of the same head, in every
series; its answers are averaged over series and over a patch. A subchondral fracture is
a thin line parallel to the surface over a necrosis, bright where it holds fluid (the crescent sign; Stevens et al. 2003,
AJR 180:409-411, on how MRI shows it).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from ..core.resources import resource_path
from ..imaging.contrast import CONTRASTS
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image

RAYS = 3000  # over the whole sphere
PATCH_MM = 4.0  # radius of the patch that a depression is averaged over
PROFILE_MM = np.arange(-7.0, 6.01, 0.5)  # from the sphere, along a ray
_LEAST_WEIGHT = 0.05  # of a series whose slices run along the surface
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
    values = sampled(inside, points)
    within = values >= 0.5
    last = within.shape[1] - 1 - within[:, ::-1].argmax(axis=1)
    found = within.any(axis=1) & (last + 1 < len(lengths))
    after = np.minimum(last + 1, len(lengths) - 1)
    row = np.arange(len(rays))
    here, there = values[row, last], values[row, after]
    part = np.where(here > there, (here - 0.5) / np.maximum(here - there, 1e-6), 0.0)
    return np.where(found, lengths[last] + np.clip(part, 0.0, 1.0) * _STEP_MM, np.nan)


@dataclass(frozen=True)
class SurfaceView:
    """A series in which the surface is looked at.

    Attributes:
        image: MR volume. matrix: 4 x 4, from the frame of the sphere to that of the image.
        contrast: of :data:`..imaging.contrast.CONTRASTS`.
    """

    image: Image
    matrix: np.ndarray
    contrast: str


@dataclass(frozen=True)
class SurfaceModel:
    """The small network that reads a depression off a profile of grey values.

    Attributes:
        weights: (inputs, outputs) of each layer. offsets: of each layer.
        scale, shift: the depression over a patch is scale times what the network says, plus shift, in mm.
    """

    weights: tuple[np.ndarray, ...]
    offsets: tuple[np.ndarray, ...]
    scale: float = 1.0
    shift: float = 0.0

    def depth(self, features: np.ndarray) -> np.ndarray:
        """Depression (n,) in mm of each row of :func:`profiles`."""
        value = features
        for number, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            value = value @ weight + offset
            if number + 1 < len(self.weights):
                value = np.maximum(value, 0.0)
        return np.asarray(value[:, 0])


@cache
def surface_model() -> SurfaceModel:
    """That of ``Resources/exam_surface.json``, learned by ``benchmarks/exam_surface.py``."""
    numbers = json.loads(resource_path("exam_surface.json").read_text(encoding="utf-8"))
    weights, offsets = (
        tuple(np.asarray(one, np.float32) for one in numbers[name]) for name in ("weights", "offsets")
    )
    return SurfaceModel(weights, offsets, numbers["scale"], numbers["shift"])


def profiles(view: SurfaceView, sphere: tuple[np.ndarray, float], rays: np.ndarray) -> np.ndarray:
    """What the network sees of each ray, shape (n, inputs): by how much the grey values across the surface differ from
    those that this head has on most rays, averaged over a patch, how the ray lies to the slices, and the contrast.

    Grey values are from 7 mm within the sphere to 6 mm beyond it, in units of their range over all rays.
    """
    centre, radius = np.asarray(sphere[0], float), float(sphere[1])
    points = centre + (radius + PROFILE_MM)[None, :, None] * rays[:, None, :]
    turn = view.matrix[:3, :3]
    values = sampled(view.image, points @ turn.T + view.matrix[:3, 3])
    low, high = np.percentile(values, [5, 95])
    unlike = (values - np.median(values, axis=0)) / max(float(high - low), 1e-6)
    near = cKDTree(radius * rays).query_ball_point(radius * rays, PATCH_MM)
    kind = np.zeros((len(rays), len(CONTRASTS)))
    if view.contrast in CONTRASTS:
        kind[:, CONTRASTS.index(view.contrast)] = 1.0
    patch = np.stack([unlike[own].mean(axis=0) for own in near])
    return np.hstack([patch, _across(view, rays)[:, None], kind]).astype(np.float32)


def _across(view: SurfaceView, rays: np.ndarray) -> np.ndarray:
    """Squared cosine (n,) of each ray with the direction across the slices."""
    return np.asarray(np.square((rays @ view.matrix[:3, :3].T) @ view.image.slice_normal))


def depression(looks: Sequence[np.ndarray], model: SurfaceModel) -> np.ndarray:
    """How far the weight-bearing surface lies within the sphere along each ray (n,), in mm, over a patch.

    Each series tells what it can: most of the surface that its slices cut, little of what runs along them.

    Args:
        looks: :func:`profiles` of each series along :func:`articular_rays`.
    """
    weights = [1.0 + _LEAST_WEIGHT - look[:, len(PROFILE_MM)] for look in looks]
    depth = sum(w * model.depth(look) for w, look in zip(weights, looks, strict=True)) / np.sum(
        weights, axis=0
    )
    return np.asarray(model.scale * depth + model.shift)


def flattening(
    views: Sequence[SurfaceView],
    sphere: tuple[np.ndarray, float],
    side: str,
    model: SurfaceModel | None = None,
) -> tuple[float, np.ndarray]:
    """Greatest depression of the articular surface in mm, over a patch of 8 mm, and its place (LPS mm)."""
    rays = articular_rays(side)
    depth = depression([profiles(view, sphere, rays) for view in views], model or surface_model())
    worst = int(depth.argmax())
    place = np.asarray(sphere[0]) + (sphere[1] - max(depth[worst], 0.0)) * rays[worst]
    return max(float(depth[worst]), 0.0), place


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
    below = sampled(dead, centre + (surface - _UNDER_MM)[:, None] * rays)
    rays, surface = (one[np.isfinite(surface) & (below >= 0.5)] for one in (rays, surface))
    if len(rays) < MIN_RAYS:
        return None
    depth = np.arange(_LINE_MM[0] - _ASIDE_MM, _LINE_MM[1] + _ASIDE_MM + 1e-6, _STEP_MM)
    points = centre + (surface[:, None] - depth)[..., None] * rays[:, None, :]
    values = sampled(image, points @ matrix[:3, :3].T + matrix[:3, 3])
    low, high = np.percentile(values, [5, 95])
    aside = round(_ASIDE_MM / _STEP_MM)
    ridge = values[:, aside:-aside] - np.maximum(values[:, : -2 * aside], values[:, 2 * aside :])
    return float(np.quantile(ridge.max(axis=1), LINE_SHARE) / max(float(high - low), 1e-6))


def sampled(image: Image, points: np.ndarray) -> np.ndarray:
    """Linear interpolation at LPS points (..., 3)."""
    index = np.moveaxis(image.point_to_index(points)[..., ::-1], -1, 0)
    return np.asarray(
        ndimage.map_coordinates(np.asarray(image.array, np.float32), index, order=1, mode="nearest")
    )
