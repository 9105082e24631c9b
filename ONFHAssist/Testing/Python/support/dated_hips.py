"""A made-up hip at two dates: head, neck and shaft of plain tissue, perhaps drilled, in any geometry and pose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.spatial.transform import Rotation

from ONFHAssistLib.exam.alignment import HipView
from ONFHAssistLib.exam.result import ExamHip
from ONFHAssistLib.followup.examinations import DatedHip
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.head_sphere import neck_direction
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

RADIUS = 24.0
CENTRE = {"R": np.array([-88.0, 4.0, -10.0]), "L": np.array([88.0, 4.0, -10.0])}
MIRROR = {"R": np.ones(3), "L": np.array([-1.0, 1.0, 1.0])}
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0)
OBLIQUE = tuple((Rotation.from_euler("ZX", (25.0, -15.0), degrees=True).as_matrix() * [-1, 1, -1]).ravel())
WAY = np.array([0.15, -0.35, 1.0]) / np.linalg.norm([0.15, -0.35, 1.0])  # of the lesion, on the right


def pose_of(side, degrees=6.0, shift=(14.0, -9.0, 20.0)):
    """A hip turned about its centre and elsewhere."""
    turned = np.eye(4)
    axis = MIRROR[side] * np.array([0.6, -0.5, 0.62])
    turned[:3, :3] = Rotation.from_rotvec(np.radians(degrees) * axis).as_matrix()
    turned[:3, 3] = CENTRE[side] + np.array(shift) - turned[:3, :3] @ CENTRE[side]
    return turned


def tracks_of(side, number=2):
    """Entry and tip (LPS mm, at rest) of straight drill tracks up the neck."""
    down = neck_direction(side)
    aside = np.cross(down, [0.0, 1.0, 0.0])
    found = []
    for place in range(number):
        start = CENTRE[side] + 50.0 * down + (7.0 * place - 3.5) * aside
        tip = CENTRE[side] - 12.0 * down + (7.0 * place - 3.5) * aside + np.array([0.0, -3.0, 0.0])
        found.append((start, tip))
    return found


def _grey(points, side, lesion_mm, tracks, tissue):
    """Grey values at points (..., 3) of the hip at rest, LPS mm."""
    marrow, muscle, fluid, dead, drilled = tissue
    rest = MIRROR[side] * (points - CENTRE[side])
    neck = MIRROR[side] * neck_direction(side)
    along = rest @ neck
    across = np.linalg.norm(rest - along[..., None] * neck, axis=-1)
    away = np.linalg.norm(rest, axis=-1)
    value = np.full(away.shape, muscle)
    value[(away < RADIUS + 4) & (along < 0.5 * RADIUS)] = fluid
    bone = (away < RADIUS) | ((along > 0) & (along < 58) & (across < 14.5))
    bone |= (
        np.linalg.norm(rest - 42.0 * neck - np.array([0.0, -12.0, 8.0]), axis=-1) < 12
    )  # what tells turns about it
    value[bone] = marrow
    value[np.linalg.norm(rest - 30.0 * neck - np.array([0.0, 8.0, 0.0]), axis=-1) < 5] = 0.5 * marrow
    value[np.linalg.norm(rest - np.array([-40, 14, -30]), axis=-1) < 8] = 0.6 * marrow
    value[(away < RADIUS) & (rest @ WAY > RADIUS - lesion_mm)] = dead
    for start, tip in tracks:
        unit = (tip - start) / np.linalg.norm(tip - start)
        offset = points - start
        t = offset @ unit
        near = np.linalg.norm(offset - t[..., None] * unit, axis=-1) < 1.7
        value[near & (t > -10) & (t < np.linalg.norm(tip - start)) & bone] = drilled
    return value


def dated_hip(
    side="R", direction=CORONAL, pose=None, lesion_mm=12.0, tracks=(), seed=0, tissue=(200.0, 90.0, 60.0, 110.0, 30.0),
    spacing=(1.0, 1.0, 3.0), contrast="T1-weighted", own=True,
):  # fmt: skip
    """A hip as one series shows it; its frame is the series' own.

    Args:
        pose: from the hip at rest to where it lies, 4 x 4. lesion_mm: depth of a cap of necrosis. tracks: at rest.
    """
    pose = np.eye(4) if pose is None else pose
    size = tuple(int(n) for n in np.ceil(118.0 / np.array(spacing)))
    matrix = np.asarray(direction).reshape(3, 3)
    centre = pose[:3, :3] @ CENTRE[side] + pose[:3, 3]
    middle = centre + pose[:3, :3] @ (12.0 * neck_direction(side))
    origin = middle - matrix @ (np.array(spacing) * (np.array(size) - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(origin), direction)
    parts = []
    for offset in (-0.35, 0.0, 0.35):  # across a slice
        points = grid.points() + offset * spacing[2] * matrix[:, 2]
        parts.append(_grey((points - pose[:3, 3]) @ pose[:3, :3], side, lesion_mm, tracks, tissue))
    noise = np.random.default_rng(seed).normal(0, 5.0, grid.array.shape)
    rest = (grid.points() - pose[:3, 3]) @ pose[:3, :3] - CENTRE[side]
    head = np.linalg.norm(rest, axis=-1) <= RADIUS
    dead = head & ((MIRROR[side] * rest) @ WAY > RADIUS - lesion_mm)
    labels = np.where(dead, NECROSIS[side], np.where(head, HEAD[side], 0)).astype(np.uint8)
    sphere = FemoralHead(side, tuple(float(v) for v in centre), RADIUS)
    view = HipView("1", contrast, grid.like(np.mean(parts, axis=0) + noise), sphere, grid.like(labels))
    return DatedHip(side, sphere, grid.like(labels), ((view, np.eye(4)),), ExamHip(side, sphere, ("1",)), own)


def cap_ml(lesion_mm):
    """Volume of the cap of necrosis of a depth."""
    return np.pi * lesion_mm**2 * (RADIUS - lesion_mm / 3.0) / 1000.0


def with_views(hip, *views):
    """The same hip with more series."""
    return replace(hip, views=(*hip.views, *views))
