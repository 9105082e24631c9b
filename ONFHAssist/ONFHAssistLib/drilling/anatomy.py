"""Axes and landmarks of the proximal femur, read off its outline: shaft, neck, isthmus, trochanter, entries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage
from scipy.signal import find_peaks

from ..core.errors import InputError
from ..core.vectors import as_point
from ..imaging.head_sphere import lateral_axis, neck_direction
from ..imaging.image import Image
from .bone import STEP_MM, HipBone
from .result import FemurLandmarks
from .rules import DrillingRules

SHAFT_BELOW = 2.7  # head radii below the head's centre, from where on the femur is shaft and no trochanter
LEAST_SHAFT_MM = 12.0
LATERAL = (
    0.55  # cosine between the normal of the surface and straight outward, from which on it faces outward
)
ENTRY_STEP_MM = 3.0
EDGE_MM = 3.0  # from what was not seen: nearer to it the bone may end because the image does
# Head radii below the tip of the greater trochanter, where the lesser one is looked for: higher humps are its crest.
LESSER_RANGE = (1.95, 3.4)
LESSER_MM = 1.5  # that it stands out at least
LESSER_RADII = 2.4  # where it is not seen: see the rules
_RAYS = 48


@dataclass(frozen=True)
class Frame:
    """The directions of a hip that its figures are given in; unit vectors in LPS.

    Attributes:
        shaft: down the shaft. outward: from the midline outward, square to the shaft. forward: square to both.
    """

    shaft: np.ndarray
    outward: np.ndarray
    forward: np.ndarray


def frame_of(marks: FemurLandmarks, side: str) -> Frame:
    """The frame of a hip by the axis of its shaft."""
    shaft = np.asarray(marks.shaft)
    outward = lateral_axis(side)
    outward = outward - (outward @ shaft) * shaft
    outward /= np.linalg.norm(outward)
    forward = np.array([0.0, -1.0, 0.0])  # y grows to the back
    forward = forward - (forward @ shaft) * shaft - (forward @ outward) * outward
    return Frame(shaft, outward, forward / np.linalg.norm(forward))


def landmarks(hip: HipBone) -> FemurLandmarks:
    """Axes and landmarks of one hip.

    Raises:
        InputError: the image shows too little of the shaft, or neck or trochanter cannot be made out.
    """
    point, shaft, seen = _shaft_axis(hip)
    neck = _neck_axis(hip)
    isthmus, isthmus_radius = _isthmus(hip, neck)
    tip = _trochanter_tip(hip, point, shaft)
    lesser = _lesser_trochanter(hip, point, shaft, tip)
    angle = float(np.degrees(np.arccos(np.clip(-neck @ shaft, -1.0, 1.0))))
    return FemurLandmarks(
        head_centre=as_point(hip.centre),
        head_radius=hip.radius,
        shaft_point=as_point(point),
        shaft=as_point(shaft),
        neck=as_point(neck),
        isthmus=as_point(isthmus),
        isthmus_radius=isthmus_radius,
        trochanter_tip=as_point(tip),
        lesser_trochanter_mm=LESSER_RADII * hip.radius if lesser is None else lesser,
        lesser_trochanter_found=lesser is not None,
        neck_shaft_angle_deg=angle,
        shaft_seen_mm=seen,
    )


def _shaft_axis(hip: HipBone) -> tuple[np.ndarray, np.ndarray, float]:
    """A point on the axis of the shaft, the unit vector down it, and the length seen; through the centres of slices."""
    mask = np.asarray(hip.bone.array) != 0
    z = hip.bone.origin[2] + np.arange(mask.shape[0]) * STEP_MM
    filled = np.flatnonzero(mask.any(axis=(1, 2)))
    top = hip.centre[2] - SHAFT_BELOW * hip.radius
    # The lowest slices are cut obliquely where the image or the outline ends.
    below = [k for k in filled[2:] if z[k] <= top]
    chosen = [k for k in below if not _is_cut(hip, mask, k, z[k])]
    if len(below) >= 6 > len(chosen):
        raise InputError(
            f"The edge of the image cuts the shaft of the femur {hip.side} lengthwise, so that neither its axis nor its "
            "lateral cortex is known; give an image that shows all of its breadth."
        )
    seen = float(top - z[chosen[0]]) if chosen else 0.0
    if seen < LEAST_SHAFT_MM or len(chosen) < 6:
        raise InputError(
            f"Of the shaft {hip.side} below the lesser trochanter {max(seen, 0.0):.0f} mm are seen whole; a plan needs "
            f"{LEAST_SHAFT_MM:.0f} mm, so that its axis is known. Give an image that reaches farther down, or an outline "
            "of the femur."
        )
    centres = np.array([_middle(hip, mask, k, z[k]) for k in chosen])
    middle = centres.mean(axis=0)
    down = np.linalg.svd(centres - middle)[2][0]
    return middle, down if down[2] < 0 else -down, seen


def _is_cut(hip: HipBone, mask: np.ndarray, slice_number: int, z: float) -> bool:
    """Whether the bone of a slice touches the edge of what was seen, so that its middle is not the shaft's."""
    y, x = np.nonzero(mask[slice_number])
    points = np.stack([x * STEP_MM, y * STEP_MM, np.full(len(x), z)], 1)
    points[:, :2] += hip.bone.origin[:2]
    return bool(hip.from_edge(points).min() < STEP_MM)


def _middle(hip: HipBone, mask: np.ndarray, slice_number: int, z: float) -> np.ndarray:
    y, x = (at.mean() for at in np.nonzero(mask[slice_number]))
    return np.array([hip.bone.origin[0] + x * STEP_MM, hip.bone.origin[1] + y * STEP_MM, z])


def _neck_axis(hip: HipBone) -> np.ndarray:
    """Unit vector from the head's centre down the neck, through the middle of the bone between 0.8 and 1.3 radii."""
    points = hip.bone.index_to_point(np.argwhere(np.asarray(hip.bone.array) != 0)[:, ::-1]) - hip.centre
    direction = neck_direction(hip.side)
    for _ in range(8):
        along = points @ direction
        near = points[(along > 0.8 * hip.radius) & (along < 1.3 * hip.radius)]
        across = near - (near @ direction)[:, None] * direction
        near = near[np.linalg.norm(across, axis=1) < 0.9 * hip.radius]
        if len(near) < 50:
            raise InputError(
                f"The neck of the femur {hip.side} cannot be made out; correct the outline of the femur."
            )
        found = near.mean(axis=0)
        found /= np.linalg.norm(found)
        turned = float(np.linalg.norm(found - direction))
        direction = found
        if turned < 1e-3:
            break
    return np.asarray(direction)


def _isthmus(hip: HipBone, neck: np.ndarray) -> tuple[np.ndarray, float]:
    """Middle of the narrowest section of the neck and the radius of a circle of its area."""
    first = np.cross(neck, [0.0, 1.0, 0.0])
    first /= np.linalg.norm(first)
    second = np.cross(neck, first)
    angles = np.linspace(0, 2 * np.pi, _RAYS, endpoint=False)
    rays = np.cos(angles)[:, None] * first + np.sin(angles)[:, None] * second
    steps = np.arange(0.0, 1.6 * hip.radius, 0.5)
    best: tuple[float, np.ndarray] | None = None
    for along in np.arange(0.85, 1.75, 0.05) * hip.radius:
        axis_point = hip.centre + along * neck
        inside = inside_bone(hip.bone, axis_point + steps[None, :, None] * rays[:, None, :])
        length = 0.5 * np.cumprod(inside, axis=1).sum(axis=1)  # to where each ray leaves the bone, mm
        area = float((0.5 * length**2).sum() * 2 * np.pi / _RAYS)
        if length.min() > 3.0 and (best is None or area < best[0]):
            middle = axis_point + (rays * length[:, None]).mean(axis=0)
            best = area, middle
    if best is None:
        raise InputError(
            f"The neck of the femur {hip.side} cannot be made out; correct the outline of the femur."
        )
    return best[1], float(np.sqrt(best[0] / np.pi))


def _trochanter_tip(hip: HipBone, shaft_point: np.ndarray, shaft: np.ndarray) -> np.ndarray:
    """The highest point, up the shaft, of the bone that lies outward of the shaft's axis."""
    points = hip.bone.index_to_point(np.argwhere(np.asarray(hip.bone.array) != 0)[:, ::-1])
    offset = points - shaft_point
    across = offset - (offset @ shaft)[:, None] * shaft
    chosen = points[across @ lateral_axis(hip.side) > 2.0]
    if not len(chosen):
        raise InputError(
            f"The greater trochanter {hip.side} cannot be made out; correct the outline of the femur."
        )
    level = (chosen - shaft_point) @ shaft
    tip = chosen[level <= level.min() + STEP_MM].mean(axis=0)  # the middle of the voxels that are as high
    tip = tip + (level.min() - (tip - shaft_point) @ shaft) * shaft
    if hip.from_edge(tip) < EDGE_MM:
        raise InputError(
            f"The greater trochanter {hip.side} reaches the edge of the image, so that its tip is not known, from which "
            "entries are measured; give an image that shows all of it."
        )
    return tip


def _lesser_trochanter(
    hip: HipBone, shaft_point: np.ndarray, shaft: np.ndarray, tip: np.ndarray
) -> float | None:
    """How far below the tip of the greater trochanter the lesser one stands out most, mm; None where it is not seen.

    It is the hump of the outline toward the midline and the back, between neck and shaft.
    """
    outward = lateral_axis(hip.side)
    outward = outward - (outward @ shaft) * shaft
    back = np.array([0.0, 1.0, 0.0])
    back = back - (back @ shaft) * shaft - (back @ outward) * outward / (outward @ outward)
    aim = back / np.linalg.norm(back) - outward / np.linalg.norm(outward)
    points = hip.bone.index_to_point(np.argwhere(np.asarray(hip.bone.array) != 0)[:, ::-1])
    below = (points - tip) @ shaft
    low, high = (round(factor * hip.radius) for factor in LESSER_RANGE)
    within = (below > low - 0.5) & (below < high - 0.5)
    level = np.round(below[within]).astype(int) - low
    reach = np.full(high - low, -np.inf)
    np.maximum.at(reach, level, (points[within] - shaft_point) @ (aim / np.sqrt(2.0)))
    reach = ndimage.gaussian_filter1d(reach[np.isfinite(reach)], 1.5)
    peaks, facts = find_peaks(reach, prominence=LESSER_MM)
    return float(low + peaks[facts["prominences"].argmax()]) if len(peaks) else None


def lowest_entry(marks: FemurLandmarks, rules: DrillingRules) -> float:
    """The lowest entry that the rules allow on a femur, mm below the tip of the greater trochanter, along the shaft."""
    return marks.lesser_trochanter_mm + rules.below_lesser_mm


def inside_bone(bone: Image, points: np.ndarray) -> np.ndarray:
    """Whether LPS points (..., 3) lie in the mask, linear between its voxels."""
    index = np.moveaxis(bone.point_to_index(points)[..., ::-1], -1, 0)
    array = np.asarray(bone.array, np.float32)
    return np.asarray(ndimage.map_coordinates(array, index, order=1, mode="constant") >= 0.5)


@dataclass(frozen=True)
class Entries:
    """Where wires may enter: points of the lateral cortex, LPS mm.

    Attributes:
        surface: all of them, shape (n, 3). tried: some, 3 mm apart, shape (k, 3).
        hidden: share of the zone's outer surface that lies at the edge of what was seen, 0..1.
    """

    surface: np.ndarray
    tried: np.ndarray
    hidden: float


def entries(hip: HipBone, marks: FemurLandmarks, rules: DrillingRules) -> Entries:
    """Possible entries: points of the lateral cortex in the zone of the rules, and some of them 3 mm apart.

    Lateral is what lies outward of the shaft's axis and faces outward by less than 57 degrees, seen across the shaft.
    Nearer than :data:`EDGE_MM` to the edge of the image the bone may only seem to end, so that nothing enters there.
    """
    frame = frame_of(marks, hip.side)
    mask = np.asarray(hip.bone.array) != 0
    surface = np.argwhere(mask & ~ndimage.binary_erosion(mask))
    points = hip.bone.index_to_point(surface[:, ::-1])
    below = (points - np.asarray(marks.trochanter_tip)) @ frame.shaft
    offset = points - np.asarray(marks.shaft_point)
    zone = (below >= rules.highest_entry_mm + 0.5) & (below <= lowest_entry(marks, rules) - 0.5)
    zone &= offset @ frame.outward > 0
    surface, points = surface[zone], points[zone]
    normals = _normals(mask, surface)
    facing = normals @ frame.outward > LATERAL
    points = points[facing] + 0.5 * STEP_MM * normals[facing]
    seen = hip.from_edge(points) >= EDGE_MM + 0.1
    hidden = 1.0 - float(seen.mean()) if len(points) else 0.0
    points = points[seen]
    if not len(points):
        return Entries(points, points, hidden)
    offset = points - np.asarray(marks.trochanter_tip)
    cells = np.round(np.stack([offset @ frame.shaft, offset @ frame.forward], 1) / ENTRY_STEP_MM).astype(int)
    return Entries(points, points[np.unique(cells, axis=0, return_index=True)[1]], hidden)


def _normals(mask: np.ndarray, surface: np.ndarray) -> np.ndarray:
    """Outward unit normals (x, y, z) at voxels (z, y, x) of the surface, of the mask blurred by 2 voxels."""
    blurred = ndimage.gaussian_filter(mask.astype(np.float32), 2.0)
    at = tuple(surface.T)
    gradient = np.stack([np.gradient(blurred, axis=axis)[at] for axis in (2, 1, 0)], 1)
    return -gradient / np.maximum(np.linalg.norm(gradient, axis=1, keepdims=True), 1e-6)
