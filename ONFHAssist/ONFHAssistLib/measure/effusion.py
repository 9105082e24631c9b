"""Fluid in the hip joint, graded on a series in which fluid is bright and fat is not.

Mitchell et al. (1986, AJR 146:1215-1218) grade joint fluid on MRI: 0 none, 1 in parts of the joint's recesses only, 2
all about the neck, 3 so much that the capsule is widened. Here its thickness is measured about the
junction of head and neck, where the recesses lie.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from ..core.errors import InputError
from ..imaging.head_sphere import neck_direction
from ..imaging.image import Image

GRADES_MM = (1.0, 2.5, 5.0)  # thickness from which on the grade is 1, 2, 3
_RING = (0.75, 1.35)  # radii from the centre along the neck between which the recesses lie
_ACROSS = (0.55, 1.75)  # radii from the neck's axis
_TURNS = 72
_STEP_MM = 0.4
_QUANTILE = 0.8  # over the directions about the neck
_OUTSIDE, _TISSUE = (
    1.35,
    90.0,
)  # radii from the axis beyond which there is no joint; its percentile there is tissue
_FLUID = 0.5  # share of the way from tissue to fluid at which a voxel is fluid
_BRIGHT = 1.5  # times the tissue around: the least that fluid is, where there is little or none
_WIDENED = (0.85, -0.3)  # slope and mm that take back what blur adds, by simulated series in three planes


def effusion_thickness(
    image: Image, matrix: np.ndarray, centre: np.ndarray, radius: float, side: str
) -> float:
    """Thickness in mm of the fluid about the head-neck junction.

    Args:
        image: fat-suppressed. matrix: 4 x 4, from the frame of ``centre`` to that of the image.
        centre: LPS mm of the head. radius: of it in mm.

    Raises:
        InputError: the junction lies outside the image.
    """
    neck = neck_direction(side)
    first = np.cross(neck, [0.0, 0.0, 1.0])
    first /= np.linalg.norm(first)
    second = np.cross(neck, first)
    turn = np.linspace(0, 2 * np.pi, _TURNS, endpoint=False)
    out = np.cos(turn)[:, None] * first + np.sin(turn)[:, None] * second
    along = np.linspace(*_RING, 7) * radius
    across = np.arange(_ACROSS[0] * radius, _ACROSS[1] * radius, _STEP_MM)
    points = (
        np.asarray(centre, float)
        + along[:, None, None, None] * neck
        + across[None, None, :, None] * out[None, :, None, :]
    )
    index = image.point_to_index(points @ matrix[:3, :3].T + matrix[:3, 3])
    inside = np.all((index >= -0.5) & (index <= np.array(image.size) - 0.5), axis=-1)
    if inside.mean() < 0.9:
        raise InputError(
            f"Effusion {side} cannot be judged: the junction of head and neck is not in the image."
        )
    values = ndimage.map_coordinates(
        np.asarray(image.array, np.float32), np.moveaxis(index[..., ::-1], -1, 0), order=1, mode="nearest"
    )
    tissue = float(np.percentile(values[..., across > _OUTSIDE * radius], _TISSUE))
    fluid = max(float(np.percentile(values, 99.5)), _BRIGHT * tissue)
    wet = values[..., across <= _OUTSIDE * radius] > tissue + _FLUID * (fluid - tissue)
    shown = float(np.quantile(wet.sum(axis=2).max(axis=0), _QUANTILE)) * _STEP_MM
    return max(_WIDENED[0] * shown + _WIDENED[1], 0.0)


def effusion_grade(thickness_mm: float) -> int:
    """0 to 3 by :data:`GRADES_MM`."""
    return int(np.searchsorted(GRADES_MM, thickness_mm, side="right"))
