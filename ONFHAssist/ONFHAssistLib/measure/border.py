"""The border of a necrosis on the articular surface, read off a map of the femoral head instead of an outline.

Where the border meets the surface decides both arcs, and there an outline is at its least sure: the plate of bone,
cartilage and fluid lie within one voxel of the outliner, and half a millimetre along a slanting border moves an end of
an arc by several degrees. All that the series show about it is therefore laid out on a map of the surface (azimuthal
equidistant, Snyder 1987, USGS Professional Paper 1395, chapter 25) in the frame of the hip: log odds of head and
necrosis under the surface, all series together and how they differ, and grey values by contrast. Small convolutional
networks, learned on simulated examinations (``benchmarks/exam_border.py``), say for every direction how many degrees it
lies outside the necrosis (negative inside) and how sure that is, as a correction of what the outline says. The scale of
a Laplace distribution is learned beside its middle (Kendall and Gal 2017, NeurIPS 30:5574-5584, section 2.2), and
the middle is the median, so that a border in doubt is not drawn wide. Arcs are read off the map, from the means over
networks and over maps that are turned a little.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree
from scipy.spatial.transform import Rotation

from ..core.resources import resource_path
from ..imaging.contrast import CONTRASTS
from ..imaging.head_sphere import lateral_axis
from ..imaging.image import Image
from .arcs import ANGLE_STEP_DEG, Arc, arc_planes, necrotic_arc
from .surface import SurfaceView, sampled

SIZE, STEP_DEG = 40, 6.0  # of a map: pixels along an edge, and degrees from one to the next
REACH_DEG = 120.0  # from the middle of the map; beyond lies the neck
MOST_DEG = 25.0  # degrees from the border beyond which nothing more is said
UNDER = (0.55, 0.70, 0.80, 0.88, 0.95)  # parts of the radius at which log odds of necrosis are read
HEAD_AT = (0.95, 1.0, 1.08)  # and those of head
GREY_AT = (0.62, 0.74, 0.86, 0.94, 1.0)  # and grey values
DILATIONS = (1, 1, 2, 1, 1)  # of the layers of a network
UNIT_DEG = 10.0  # of what a network says
PLANE_DEG = np.arange(-180.0, 180.0, ANGLE_STEP_DEG)
_MOST_ODDS = 6.0
_SURE = 2.0  # log odds beyond which marrow is taken for healthy
_LEAST_WEIGHT = 0.15  # of a series whose slices run along the surface
_TILTS = (
    (0.0, 0.0, 0.0),
    (9.0, 4.0, 0.0),
    (-9.0, 0.0, 5.0),
    (0.0, -9.0, -5.0),
)  # degrees, of the maps of one hip


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
        normal = np.asarray(view.image.direction).reshape(3, 3)[:, 2]
        cut = _LEAST_WEIGHT + 1.0 - np.square((rays @ turn.T) @ normal)
        kind = CONTRASTS.index(view.contrast) if view.contrast in CONTRASTS else 0
        total[kind] += cut * np.clip((values - usual) / max(float(high - low), 1e-6), -3.0, 3.0).T
        weight[kind] += cut
    shown = weight > 0
    means = total / np.maximum(weight, 1e-6)[:, None]
    return [*means.reshape(-1, len(rays)), *shown.astype(float)], np.log1p(weight.sum(axis=0))


@dataclass(frozen=True)
class BorderNetwork:
    """A residual network of 3 x 3 convolutions over a map.

    Attributes:
        weights: of each layer (outputs, inputs, 3, 3) or (outputs, inputs, 1, 1). offsets: (outputs,) of each.
        mean, scale: (channels,) by which the input is brought to one range.
    """

    weights: tuple[np.ndarray, ...]
    offsets: tuple[np.ndarray, ...]
    mean: np.ndarray
    scale: np.ndarray

    def answer(self, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Degrees outside the necrosis (SIZE, SIZE) and the scale of its error, of a :func:`border_map`."""
        value = (seen - self.mean[:, None, None]) / self.scale[:, None, None]
        last = len(self.weights) - 1
        for number, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            found = _convolved(value, weight, DILATIONS[number]) + offset[:, None, None]
            if number == last:
                value = found
                break
            value = np.maximum(found, 0.0) + (value if number else 0.0)
        return seen[0] + UNIT_DEG * value[0], UNIT_DEG * np.exp(np.clip(value[1], -4.0, 2.0))


def _convolved(value: np.ndarray, weight: np.ndarray, dilation: int) -> np.ndarray:
    """Convolution (outputs, SIZE, SIZE) of layers with zeros about them."""
    reach = weight.shape[-1] // 2
    margin = reach * dilation
    wide = np.pad(value, ((0, 0), (margin, margin), (margin, margin)))
    found = np.zeros((len(weight), *value.shape[1:]))
    for row in range(weight.shape[2]):
        for column in range(weight.shape[3]):
            y, x = row * dilation, column * dilation
            part = wide[:, y : y + value.shape[1], x : x + value.shape[2]]
            found += np.tensordot(weight[:, :, row, column], part, axes=1)
    return found


@dataclass(frozen=True)
class Border:
    """The border of a necrosis on the surface of one head.

    Attributes:
        arcs: A and B, as :func:`.arcs.necrotic_arcs` gives them.
        errors: degrees by which each arc may be off by the scale at its two ends. disagreement: standard deviation
            over networks and maps of each arc.
    """

    arcs: tuple[Arc | None, Arc | None]
    errors: tuple[float, float]
    disagreement: tuple[float, float]


@cache
def border_networks() -> tuple[BorderNetwork, ...]:
    """Those of ``Resources/exam_border.json``, learned by ``benchmarks/exam_border.py``."""
    numbers: list[dict[str, Any]] = json.loads(resource_path("exam_border.json").read_text(encoding="utf-8"))
    return tuple(
        BorderNetwork(
            tuple(np.asarray(layer, np.float32) for layer in one["weights"]),
            tuple(np.asarray(layer, np.float32) for layer in one["offsets"]),
            np.asarray(one["mean"], np.float32),
            np.asarray(one["scale"], np.float32),
        )
        for one in numbers
    )


def turns() -> list[np.ndarray]:
    """Rotations (3, 3) of the maps that one hip is looked at on."""
    return [Rotation.from_euler("xyz", tilt, degrees=True).as_matrix() for tilt in _TILTS]


def find_border(
    look: BorderLook,
    sphere: tuple[np.ndarray, float],
    side: str,
    sagittal: bool = False,
    networks: Sequence[BorderNetwork] | None = None,
) -> Border:
    """Both arcs of a necrosis by all networks on all maps of a head.

    Args:
        sphere: centre (LPS mm) and radius of the head. sagittal: arc B in the sagittal instead of the axial plane.
    """
    maps = [(turn, border_map(look, sphere, side, turn)) for turn in turns()]
    return border_of(maps, side, networks or border_networks(), sagittal)


def border_of(
    maps: Sequence[tuple[np.ndarray, np.ndarray]],
    side: str,
    networks: Sequence[BorderNetwork],
    sagittal: bool = False,
) -> Border:
    """Both arcs by networks on maps with their turns."""
    answers = [(turn, *network.answer(seen)) for turn, seen in maps for network in networks]
    arcs, errors, apart = [], [], []
    for plane in arc_planes(lateral_axis(side), sagittal):
        rays = plane_rays(plane, side)
        profiles = np.array([map_values(far, rays, turn, MOST_DEG) for turn, far, _ in answers])
        scales = np.array([map_values(scale, rays, turn, UNIT_DEG) for turn, _, scale in answers])
        arc = necrotic_arc(PLANE_DEG, profiles.mean(axis=0))
        each = [necrotic_arc(PLANE_DEG, profile) for profile in profiles]
        arcs.append(arc)
        errors.append(_error_at(arc, scales.mean(axis=0)))
        apart.append(float(np.std([0.0 if one is None else one[1] - one[0] for one in each])))
    return Border((arcs[0], arcs[1]), (errors[0], errors[1]), (apart[0], apart[1]))


def plane_rays(plane: tuple[np.ndarray, np.ndarray], side: str) -> np.ndarray:
    """Unit vectors (n, 3) in the frame of :func:`hip_axes` at :data:`PLANE_DEG` in a plane of LPS vectors."""
    angle = np.radians(PLANE_DEG)[:, None]
    return np.asarray((np.cos(angle) * plane[0] + np.sin(angle) * plane[1]) @ hip_axes(side).T)


def _error_at(arc: Arc | None, scale: np.ndarray) -> float:
    """Root sum of squares of the scale (n,) at both ends of an arc; the least where there is none."""
    if arc is None:
        return float(scale.min())
    ends = [int(np.argmin(np.abs((PLANE_DEG - end + 180.0) % 360.0 - 180.0))) for end in arc]
    return float(np.hypot(*scale[ends]))
