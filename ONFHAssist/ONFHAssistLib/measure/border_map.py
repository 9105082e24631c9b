"""A map of the articular surface of the femoral head with all that the series show about the border of a necrosis.

Azimuthal equidistant (Snyder 1987, USGS Professional Paper 1395, chapter 25), in the frame of the hip, so that both sides
look alike: log odds of head and necrosis under the surface, all series together and how they differ, and grey values by
contrast. :mod:`.border` reads it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from ..imaging.contrast import CONTRASTS
from ..imaging.head_sphere import lateral_axis
from ..imaging.image import Image
from .surface import SurfaceView, sampled

SIZE, STEP_DEG = 40, 6.0  # of a map: pixels along an edge, and degrees from one to the next
REACH_DEG = 120.0  # from the middle of the map; beyond lies the neck
NEAR_DEG = 18.0  # of the outline's border: where a map is looked at
MOST_DEG = 25.0  # degrees from the border beyond which nothing more is said
UNDER = (0.55, 0.70, 0.80, 0.88, 0.95)  # parts of the radius at which log odds of necrosis are read
HEAD_AT = (0.95, 1.0, 1.08)  # and those of head
GREY_AT = (0.62, 0.74, 0.86, 0.94, 1.0)  # and grey values
LAYERS = (
    1 + len(UNDER) + 4 + len(HEAD_AT) + len(CONTRASTS) * len(GREY_AT)
)  # of a map that differ from place to place
_ASIDE = (
    -2.5,
    -1.2,
    1.2,
    2.5,
)  # pixels across the border, inwards and outwards, at which the same is looked at
_PATCH = 2.0  # pixels: standard deviation of what is averaged about a place
_MOST_ODDS = 6.0
_SURE = 2.0  # log odds beyond which marrow is taken for healthy
_LEAST_WEIGHT = 0.15  # of a series whose slices run along the surface


@dataclass(frozen=True)
class BorderLook:
    """All that is known of a hip about the border of its necrosis, in the reference's frame.

    Attributes:
        views: its series with their grey values.
        head: log odds of head by all series. dead: of necrosis within the head.
        own: of necrosis within the head by each series that was asked; NaN where it has no voxels.
    """

    views: Sequence[SurfaceView]
    head: Image
    dead: Image
    own: Sequence[Image]


def hip_axes(side: str) -> np.ndarray:
    """Rows: outward, forward and upward in LPS, so that both hips have one frame."""
    return np.stack([lateral_axis(side), [0.0, -1.0, 0.0], [0.0, 0.0, 1.0]])


@cache
def _flat() -> np.ndarray:
    """Unit vectors (pixels, 3) of an unturned map in the frame of :func:`hip_axes`, row by row.

    Its middle lies half-way between straight up and straight forward, where most lesions are; columns run outward.
    """
    steps = (np.arange(SIZE) - 0.5 * (SIZE - 1)) * STEP_DEG
    away = np.radians(np.hypot(*np.meshgrid(steps, steps)))
    turn = np.arctan2(*np.meshgrid(steps, steps)[::-1])
    half = np.sqrt(0.5)
    pole, out, back = np.array([0.0, half, half]), np.array([1.0, 0.0, 0.0]), np.array([0.0, -half, half])
    rays = (
        np.cos(away)[..., None] * pole
        + (np.sin(away) * np.cos(turn))[..., None] * out
        + (np.sin(away) * np.sin(turn))[..., None] * back
    )
    return rays.reshape(-1, 3)


def within_reach() -> np.ndarray:
    """Which pixels (SIZE, SIZE) of a map count."""
    pole = np.array([0.0, 1.0, 1.0]) / np.sqrt(2.0)
    return np.asarray(_flat() @ pole >= np.cos(np.radians(REACH_DEG))).reshape(SIZE, SIZE)


def map_rays(turn: np.ndarray) -> np.ndarray:
    """Unit vectors (pixels, 3) in the frame of :func:`hip_axes` of a map turned by a 3 x 3 rotation."""
    return np.asarray(_flat() @ turn.T)


def map_values(values: np.ndarray, rays: np.ndarray, turn: np.ndarray, beyond: float) -> np.ndarray:
    """Values (n,) of a map (SIZE, SIZE) along unit vectors (n, 3) of the hip's frame; ``beyond`` outside its reach."""
    own = rays @ turn
    half = np.sqrt(0.5)
    up = half * (own[:, 1] + own[:, 2])
    x, y = own[:, 0], half * (own[:, 2] - own[:, 1])
    away = np.degrees(np.arccos(np.clip(up, -1.0, 1.0)))
    flat = np.maximum(np.hypot(x, y), 1e-9)
    index = [away * one / flat / STEP_DEG + 0.5 * (SIZE - 1) for one in (y, x)]
    found = ndimage.map_coordinates(np.asarray(values, float), index, order=1, mode="nearest")
    return np.where(away <= REACH_DEG, found, beyond)


def degrees_outside(inside: np.ndarray, rays: np.ndarray, asked: np.ndarray, spacing: float) -> np.ndarray:
    """Degrees (m,) by which unit vectors ``asked`` (m, 3) lie outside a region of the sphere, negative inside.

    Args:
        inside: (n,) whether each of ``rays`` (n, 3) is in the region. spacing: degrees between neighbouring rays.
    """
    if inside.all() or not inside.any():
        return np.full(len(asked), -MOST_DEG if inside.all() else MOST_DEG)
    chord = [cKDTree(rays[part]).query(asked)[0] for part in (inside, ~inside)]
    to_in, to_out = (np.degrees(2.0 * np.arcsin(np.clip(0.5 * one, 0.0, 1.0))) for one in chord)
    signed = np.where(to_in > to_out, to_in - 0.5 * spacing, 0.5 * spacing - to_out)
    return np.asarray(np.clip(signed, -MOST_DEG, MOST_DEG))


def border_map(look: BorderLook, sphere: tuple[np.ndarray, float], side: str, turn: np.ndarray) -> np.ndarray:
    """What the networks see, shape (channels, SIZE, SIZE); the first is what the outline says, in degrees outside.

    Args:
        sphere: centre (LPS mm) and radius of the head. turn: 3 x 3, of the map within the frame of :func:`hip_axes`.
    """
    local = map_rays(turn)
    rays, centre, radius = local @ hip_axes(side), np.asarray(sphere[0], float), float(sphere[1])
    dead = _at(look.dead, centre, radius, rays, UNDER)
    head = _at(look.head, centre, radius, rays, HEAD_AT)
    band = dead[:, 1:].mean(axis=1)
    outline = degrees_outside(band > 0, local, local, STEP_DEG)
    layers = [outline, *dead.T, *_agreement(look, centre, radius, rays), *head.T]
    layers = [np.clip(one, -_MOST_ODDS, _MOST_ODDS) / 3.0 if n else one for n, one in enumerate(layers)]
    greys, across = _greys(look, centre, radius, rays)
    number = np.full(len(rays), np.log(max(len(look.views), 1)))
    found = np.stack([*layers, *greys, across, number, *local.T])
    return found.reshape(-1, SIZE, SIZE).astype(np.float32)


def around(seen: np.ndarray) -> np.ndarray:
    """What lies about each place of a :func:`border_map`, shape (inputs, SIZE, SIZE): the place itself, what lies across
    the border of the outline from it, and the mean over a patch."""
    whole = np.asarray(seen, np.float32)
    down, right = np.gradient(ndimage.gaussian_filter(whole[0], 1.0))
    steep = np.maximum(np.hypot(down, right), 1e-3)
    y, x = np.mgrid[:SIZE, :SIZE].astype(float)
    near = whole[1:LAYERS]
    found = [whole]
    for pixels in _ASIDE:
        index = [y + pixels * down / steep, x + pixels * right / steep]
        found.append(np.stack([ndimage.map_coordinates(one, index, order=1, mode="nearest") for one in near]))
    return np.concatenate([*found, ndimage.gaussian_filter(near, (0.0, _PATCH, _PATCH))])


def _at(
    image: Image, centre: np.ndarray, radius: float, rays: np.ndarray, parts: Sequence[float]
) -> np.ndarray:
    """Values (n, parts) along rays at parts of the radius."""
    return sampled(image, centre + radius * np.asarray(parts)[None, :, None] * rays[:, None, :])


def _agreement(look: BorderLook, centre: np.ndarray, radius: float, rays: np.ndarray) -> list[np.ndarray]:
    """Mean, spread, least and most of the log odds of necrosis by the series that see a place."""
    own = np.stack([_at(one, centre, radius, rays, UNDER[1:4]) for one in look.own])
    seen = np.isfinite(own)
    count = np.maximum(seen.sum(axis=0), 1)
    mean = np.where(seen, own, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(seen, np.square(own - mean), 0.0).sum(axis=0) / count)
    least = np.where(seen, own, np.inf).min(axis=0)
    most = np.where(seen, own, -np.inf).max(axis=0)
    any_seen = seen.any(axis=0)
    return [np.where(any_seen, one, 0.0).mean(axis=1) for one in (mean, spread, least, most)]


def _greys(
    look: BorderLook, centre: np.ndarray, radius: float, rays: np.ndarray
) -> tuple[list[np.ndarray], np.ndarray]:
    """Grey values by contrast against this head's healthy marrow, in units of the head's range, and whether there are
    any; then how much the slices cut the surface, on average. Series count by how much their slices cut it."""
    healthy = (_at(look.dead, centre, radius, rays, GREY_AT[:3]) < -_SURE) & (
        _at(look.head, centre, radius, rays, GREY_AT[:3]) > _SURE
    )
    total = np.zeros((len(CONTRASTS), len(GREY_AT), len(rays)))
    weight = np.zeros((len(CONTRASTS), len(rays)))
    for view in look.views:
        turn = view.matrix[:3, :3]
        points = centre + radius * np.asarray(GREY_AT)[None, :, None] * rays[:, None, :]
        values = sampled(view.image, points @ turn.T + view.matrix[:3, 3])
        low, high = np.percentile(values[:, :3], [5, 95])
        usual = np.median(values[:, :3][healthy]) if healthy.mean() > 0.05 else np.median(values[:, :3])
        normal = view.image.slice_normal
        cut = _LEAST_WEIGHT + 1.0 - np.square((rays @ turn.T) @ normal)
        kind = CONTRASTS.index(view.contrast) if view.contrast in CONTRASTS else 0
        total[kind] += cut * np.clip((values - usual) / max(float(high - low), 1e-6), -3.0, 3.0).T
        weight[kind] += cut
    shown = weight > 0
    means = total / np.maximum(weight, 1e-6)[:, None]
    return [*means.reshape(-1, len(rays)), *shown.astype(float)], np.log1p(weight.sum(axis=0))
