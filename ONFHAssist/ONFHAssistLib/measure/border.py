"""The border of a necrosis on the articular surface, read off a map of the femoral head instead of an outline.

Where the border meets the surface decides both arcs, and there an outline is at its least sure: the plate of bone,
cartilage and fluid lie within one voxel of the outliner, and a border drawn a millimetre too wide adds 25 degrees to the
combined angle. Small networks, learned on simulated examinations (``benchmarks/exam_border.py``), look at the map of
:mod:`.border_map` about each place and say for every direction how many degrees it lies outside the necrosis (negative
inside) and how sure that is, as a correction of what the outline says. The scale of a Laplace distribution is learned
beside its middle (Kendall and Gal 2017, NeurIPS 30:5574-5584, section 2.2), and the middle is the median, so that a
border in doubt is not drawn wide. Arcs are read off the means over networks and over maps that are turned a little.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from scipy.spatial.transform import Rotation

from ..core.resources import resource_path
from ..imaging.head_sphere import lateral_axis
from .arcs import ANGLE_STEP_DEG, Arc, arc_ends, arc_planes, necrotic_arc
from .border_map import MOST_DEG, NEAR_DEG, BorderLook, around, border_map, hip_axes, map_values
from .hip import OF_SERIES, HipMeasurement

UNIT_DEG = 10.0  # of what a network says
WIDTHS = (-4.0, 2.0)  # least and greatest logarithm of a scale
PLANE_DEG = np.arange(-180.0, 180.0, ANGLE_STEP_DEG)
_SLOPE_DEG = 6.0  # to either side of an end, over which the profile's slope is taken
_LEAST_SLOPE = 0.15  # degrees a degree
_TILTS = (
    (0.0, 0.0, 0.0),
    (9.0, 4.0, 0.0),
    (-9.0, 0.0, 5.0),
    (0.0, -9.0, -5.0),
)  # degrees, of the maps of one hip


@dataclass(frozen=True)
class BorderNetwork:
    """A small network that reads each place of a map by what lies about it.

    Attributes:
        weights: (inputs, outputs) of each layer. offsets: (outputs,) of each.
        mean, scale: (inputs,) by which the input is brought to one range.
    """

    weights: tuple[np.ndarray, ...]
    offsets: tuple[np.ndarray, ...]
    mean: np.ndarray
    scale: np.ndarray

    def answer(self, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Degrees outside the necrosis (SIZE, SIZE) and the scale of its error, off :func:`.border_map.around`."""
        outline = np.asarray(inputs[0], float)
        value = (inputs.reshape(len(inputs), -1).T - self.mean) / self.scale
        for number, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            value = value @ weight + offset
            if number + 1 < len(self.weights):
                value = np.maximum(value, 0.0)
        # Far from the outline nothing was learned.
        counts = np.clip((MOST_DEG - np.abs(outline)) / (MOST_DEG - NEAR_DEG), 0.0, 1.0)
        change = UNIT_DEG * value[:, 0].reshape(outline.shape)
        scale = UNIT_DEG * np.exp(np.clip(value[:, 1], *WIDTHS)).reshape(outline.shape)
        return outline + counts * change, scale


@dataclass(frozen=True)
class Border:
    """The border of a necrosis on the surface of one head.

    Attributes:
        arcs: A and B, as :func:`.arcs.necrotic_arcs` gives them.
        errors: degrees by which each arc may be off by the scale at its two ends and how the plane cuts the border there.
        disagreement: standard deviation of each arc over networks and maps.
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
    looks = [(turn, around(seen)) for turn, seen in maps]
    answers = [(turn, *network.answer(inputs)) for turn, inputs in looks for network in networks]
    arcs: list[Arc | None] = []
    errors: list[float] = []
    apart: list[float] = []
    for plane in arc_planes(lateral_axis(side), sagittal):
        rays = plane_rays(plane, side)
        profiles = np.array([map_values(far, rays, turn, MOST_DEG) for turn, far, _ in answers])
        scales = np.array([map_values(scale, rays, turn, UNIT_DEG) for turn, _, scale in answers])
        arc = necrotic_arc(PLANE_DEG, profiles.mean(axis=0))
        each = [necrotic_arc(PLANE_DEG, profile) for profile in profiles]
        arcs.append(arc)
        errors.append(_error_at(arc, profiles.mean(axis=0), scales.mean(axis=0)))
        apart.append(float(np.std([0.0 if one is None else one[1] - one[0] for one in each])))
    return Border((arcs[0], arcs[1]), (errors[0], errors[1]), (apart[0], apart[1]))


def plane_rays(plane: tuple[np.ndarray, np.ndarray], side: str) -> np.ndarray:
    """Unit vectors (n, 3) in the frame of :func:`hip_axes` at :data:`PLANE_DEG` in a plane of LPS vectors."""
    angle = np.radians(PLANE_DEG)[:, None]
    return np.asarray((np.cos(angle) * plane[0] + np.sin(angle) * plane[1]) @ hip_axes(side).T)


def _error_at(arc: Arc | None, profile: np.ndarray, scale: np.ndarray) -> float:
    """Root sum of squares of the errors in degrees at both ends of an arc; that of the nearest miss where there is none.

    Where a plane grazes the border, a border that lies a degree elsewhere moves the end by many: the scale (n,) there is
    divided by how steeply the profile (n,) rises along the plane.
    """
    steps = round(_SLOPE_DEG / ANGLE_STEP_DEG)
    slope = np.abs(np.roll(profile, -steps) - np.roll(profile, steps)) / (2.0 * _SLOPE_DEG)
    error = scale / np.clip(slope, _LEAST_SLOPE, 1.0)
    if arc is None:
        return float(error[np.argmin(profile)])
    ends = [int(np.argmin(np.abs((PLANE_DEG - end + 180.0) % 360.0 - 180.0))) for end in arc]
    return float(np.hypot(*error[ends]))


def with_arcs(measured: HipMeasurement, arcs: tuple[Arc | None, Arc | None]) -> HipMeasurement:
    """The same hip with other arcs; its JIC type is to be found anew (:func:`.hip.with_edge`).

    A plane without one keeps what it had: the outline shows a necrosis there, and an arc, or the JIC type that rests on
    it, must not get lost.
    """
    planes = arc_planes(lateral_axis(measured.side), measured.arc_b_plane == "sagittal")
    centre, radius = np.array(measured.centre), measured.radius
    a, ends_a, span = measured.arc_a, measured.arc_a_ends, measured.arc_a_span
    b, ends_b = measured.arc_b, measured.arc_b_ends
    if arcs[0] is not None:
        a, ends_a, span = arcs[0][1] - arcs[0][0], arc_ends(arcs[0], planes[0], centre, radius), arcs[0]
    if arcs[1] is not None:
        b, ends_b = arcs[1][1] - arcs[1][0], arc_ends(arcs[1], planes[1], centre, radius)
    return replace(
        measured,
        arc_a=a,
        arc_b=b,
        combined_necrotic_angle=a + b,
        necrosis_degree_index=a / 180.0 * b / 180.0 * 100.0,
        necrosis_degree_index_ab=a * b / 100.0,
        jic_type=None,
        arc_a_ends=ends_a,
        arc_b_ends=ends_b,
        arc_a_span=span,
        arcs_from=measured.arcs_from if arcs == (None, None) else OF_SERIES,
    )
