"""A phantom for the modules' self-tests, made with the packages that Slicer brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..image import Image
from .volumes import volume_from_image

if TYPE_CHECKING:
    from slicer import vtkMRMLScalarVolumeNode


def ball_phantom() -> tuple[vtkMRMLScalarVolumeNode, tuple[float, float, float], float]:
    """A bright ball (marrow) in grey (muscle), 70 mm to the patient's right; oblique grid.

    Returns:
        The volume, the ball's centre in RAS mm, and its radius in mm.
    """
    radius, centre_lps = 22.0, np.array([-70.0, 5.0, 30.0])
    angle = np.deg2rad(12.0)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1.0]])
    spacing = np.array([1.2, 1.2, 2.0])
    size = np.array([60, 56, 36])
    origin = centre_lps - turn @ (spacing * (size - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(origin), tuple(turn.ravel()))
    distance = np.linalg.norm(grid.points() - centre_lps, axis=-1)
    values = np.where(distance <= radius, 800.0, 300.0)
    values[np.abs(distance - radius - 1.5) < 1.5] = 30.0  # cortex
    volume = volume_from_image(grid.like(values.astype(np.float32)), "Self-test phantom")
    return volume, tuple(float(c) for c in centre_lps * [-1, -1, 1]), radius
