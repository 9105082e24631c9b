"""Proximal femurs of known axes and landmarks on any grid, with a head and a ball of necrosis in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ONFHAssistLib.imaging.head_sphere import lateral_axis
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

from .geometry import centred

RADIUS = 24.0
NECK_LENGTH, NECK_RADIUS, SHAFT_RADIUS = 50.0, 16.0, 15.0
TIP_ABOVE = 26.0  # of the trochanter, above where neck and shaft meet, along the shaft


@dataclass(frozen=True)
class MadeFemur:
    """Outlines and femur on one grid, and what is known of them (LPS mm, unit vectors)."""

    labels: Image
    femur: Image
    side: str
    centre: np.ndarray
    neck: np.ndarray
    shaft: np.ndarray
    junction: np.ndarray

    def inside(self, points: np.ndarray) -> np.ndarray:
        """How deep points (..., 3) lie in the bone, mm, negative outside; by the shapes, not by voxels."""
        return -_distance(points, self.centre, self.junction, self.shaft, self.side)


def made_femur(
    side: str = "R",
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0),
    direction: np.ndarray | None = None,
    lesion_at: tuple[float, float, float] = (0.1, -0.35, 0.6),
    lesion_mm: float = 9.0,
    down_mm: float = 120.0,
    lesser_mm: float | None = None,
) -> MadeFemur:
    """A femur with a neck-shaft angle of 130 degrees and 12 degrees of anteversion.

    Args:
        lesion_at: outward, to the back and up from the head's centre, in head radii. lesion_mm: radius of the ball.
        down_mm: how far below the head's centre the image reaches.
        lesser_mm: how far below the tip of the greater trochanter a lesser one stands out; without one if left out.
    """
    outward = lateral_axis(side)
    centre = 85.0 * outward + np.array([0.0, 12.0, -40.0])
    tilt, version = np.radians(50.0), np.radians(12.0)
    shaft = np.array([0.0, 0.0, -1.0])
    flat = np.cos(version) * outward + np.sin(version) * np.array([0.0, 1.0, 0.0])
    neck = np.sin(tilt) * flat + np.cos(tilt) * shaft
    junction = centre + NECK_LENGTH * neck
    direction = np.eye(3) if direction is None else direction
    turned = np.abs(np.linalg.inv(direction)) @ np.array([124.0, 84.0, down_mm + 34.0])
    count = tuple(np.ceil(turned / np.array(spacing)).astype(int))
    grid = centred(
        count, spacing, tuple(direction.ravel()), centre + 28.0 * outward + [0.0, 4.0, 17.0 - 0.5 * down_mm]
    )
    points = grid.points()
    bone = _distance(points, centre, junction, shaft, side) <= 0
    if lesser_mm is not None:
        level = junction + (lesser_mm - TIP_ABOVE) * shaft
        hump = level + 15.0 * (np.array([0.0, 1.0, 0.0]) - outward) / np.sqrt(2.0)
        bone |= _tube(points, level, hump) <= 6.0
    bone &= points[..., 2] > centre[2] - down_mm
    away = points - centre
    head = bone & (np.linalg.norm(away, axis=-1) <= RADIUS + 0.01) & (away @ neck < 0.7 * RADIUS)
    o, b, u = lesion_at
    middle = centre + RADIUS * (o * outward + b * np.array([0.0, 1.0, 0.0]) + u * np.array([0.0, 0.0, 1.0]))
    dead = head & (np.linalg.norm(points - middle, axis=-1) <= lesion_mm)
    labels = np.where(dead, NECROSIS[side], np.where(head, HEAD[side], 0)).astype(np.uint8)
    return MadeFemur(grid.like(labels), grid.like(bone.astype(np.uint8)), side, centre, neck, shaft, junction)


def _distance(
    points: np.ndarray, centre: np.ndarray, junction: np.ndarray, shaft: np.ndarray, side: str
) -> np.ndarray:
    outward = lateral_axis(side)
    parts = [
        np.linalg.norm(points - centre, axis=-1) - RADIUS,
        _tube(points, centre, junction) - NECK_RADIUS,
        _tube(points, junction, junction + 300.0 * shaft) - SHAFT_RADIUS,
        _tube(points, junction, junction + 6.0 * outward - (TIP_ABOVE - 11.0) * shaft) - 11.0,
    ]
    return np.asarray(np.min(parts, axis=0))


def _tube(points: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
    way = end - start
    part = np.clip((points - start) @ way / (way @ way), 0.0, 1.0)
    return np.linalg.norm(points - start - part[..., None] * way, axis=-1)
