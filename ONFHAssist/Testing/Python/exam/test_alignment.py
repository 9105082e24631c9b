"""A hip that moved between two series is found again to a fraction of a mm, or the search says that it failed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from ONFHAssistLib.exam.alignment import HipView, align_hip
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD

CENTRE, RADIUS = np.array([-88.0, 4.0, -10.0]), 24.0
NECK = np.array([-0.78, 0.2, -0.6]) / np.linalg.norm([0.78, 0.2, 0.6])
CORONAL = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0)
AXIAL = tuple(np.eye(3).ravel())
# Stored from left to right and from head to foot, the slices along the neck of the femur.
FLIPPED = tuple((Rotation.from_euler("ZX", (25.0, -15.0), degrees=True).as_matrix() * [-1, 1, -1]).ravel())
MIRROR = {"R": np.ones(3), "L": np.array([-1.0, 1.0, 1.0])}


def hip(points, marrow, muscle, fluid):
    """Grey value at points (..., 3) about the centre: head, neck, shaft, joint fluid, a vessel, planes of fat."""
    along = points @ NECK
    across = np.linalg.norm(points - along[..., None] * NECK, axis=-1)
    away = np.linalg.norm(points, axis=-1)
    value = np.full(away.shape, muscle)
    value[(away < RADIUS + 9) & (along < 0.3 * RADIUS)] = marrow * 0.9  # the socket
    value[(away < RADIUS + 4) & (along < 0.5 * RADIUS)] = fluid
    value[(np.abs(points[..., 1] - 0.5 * points[..., 0] + 34) < 6)] = 0.6 * marrow  # a plane of fat
    value[np.linalg.norm(points[..., [0, 1]] - [22, -30], axis=-1) < 5] = 1.4 * fluid
    value[(away < RADIUS) | ((along > 0) & (along < 55) & (across < 14))] = marrow
    value[np.linalg.norm(points - np.array([-38, 16, -12]), axis=-1) < 9] = 0.7 * marrow
    return value


def series(direction, pose, tissue, seed=0, side="R"):
    """A series of 1.2 x 1.2 x 4 mm of a hip that lies in ``pose``, with its outline; labels on the image's own grid."""
    size, mirror = (90, 90, 27), MIRROR[side]
    matrix = np.asarray(direction).reshape(3, 3)
    spacing = (1.2, 1.2, 4.0)
    middle = pose[:3, :3] @ (mirror * CENTRE) + pose[:3, 3]
    origin = middle - matrix @ (np.array(spacing) * (np.array(size) - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(origin), direction)
    parts = []
    for offset in (-1.5, -0.5, 0.5, 1.5):  # across a slice
        points = grid.points() + offset * matrix[:, 2]
        rest = mirror * ((points - pose[:3, 3]) @ pose[:3, :3]) - CENTRE
        parts.append(hip(rest, *tissue))
    noise = np.random.default_rng(seed).normal(0, 6.0, grid.array.shape)
    image = grid.like(np.mean(parts, axis=0) + noise)
    return (
        image,
        FemoralHead(side, tuple(middle), RADIUS),
        grid.like(np.where(grid.distances(middle) <= RADIUS, HEAD[side], 0).astype(np.uint8)),
    )


@pytest.fixture(scope="module")
def coronal():
    image, head, labels = series(CORONAL, np.eye(4), (200.0, 90.0, 60.0))
    return HipView("2", "T1-weighted", image, head, labels)


@pytest.fixture(scope="module")
def pose():
    """Another frame of reference, 31 mm away, and the hip turned by 4 degrees in it."""
    turned = np.eye(4)
    turned[:3, :3] = Rotation.from_rotvec(np.radians(4.0) * np.array([0.6, -0.5, 0.62])).as_matrix()
    turned[:3, 3] = CENTRE + np.array([20.0, -12.0, 20.0]) - turned[:3, :3] @ CENTRE
    return turned


@pytest.mark.parametrize(("direction", "side"), [(AXIAL, "R"), (FLIPPED, "L")], ids=["axial", "flipped"])
def test_a_hip_in_another_plane_contrast_and_frame_is_found_again(coronal, pose, direction, side):
    centre = MIRROR[side] * CENTRE
    if side == "L":
        image, head, labels = series(CORONAL, np.eye(4), (200.0, 90.0, 60.0), 0, side)
        coronal = HipView("2", "T1-weighted", image, head, labels)
        pose = pose.copy()
        pose[:3, 3] += pose[:3, :3] @ (CENTRE - centre) - (CENTRE - centre)  # as far, about the other hip
    image, head, labels = series(direction, pose, (220.0, 60.0, 200.0), 1, side)
    off = np.array([0.4, -0.3, 0.3])  # the outliner's sphere is not exact
    moving = HipView(
        "4", "T2-weighted", image, replace(head, centre=tuple(np.array(head.centre) + off)), labels
    )
    found = align_hip(coronal, moving)
    assert found.failure == ""
    matrix = np.array(found.matrix).reshape(4, 4)
    points = centre + RADIUS * np.random.default_rng(2).normal(size=(500, 3)) / 2
    error = np.linalg.norm((points @ (matrix - pose)[:3, :3].T) + (matrix - pose)[:3, 3], axis=1)
    assert np.median(error) < 0.5  # 1.7 without the turn
    assert found.turn_degrees == pytest.approx(4.0, abs=1.0)
    assert found.shift_mm == pytest.approx(np.linalg.norm([20, -12, 20]), abs=1.0)
    assert (found.side, found.series) == (side, "4")


def test_what_does_not_fit_is_refused_with_its_reason(coronal, pose):
    image, head, labels = series(AXIAL, pose, (220.0, 60.0, 200.0), 1)
    other = HipView("5", "T2-weighted", image, replace(head, radius=20.5), labels)
    assert align_hip(coronal, other).failure == "the radii of the heads differ by 3.5 mm; is it the same hip?"
    nothing = labels.like(np.zeros_like(labels.array))
    assert "do not meet (Dice 0.00)" in align_hip(coronal, replace(other, head=head, labels=nothing)).failure
    narrow = image.cropped((0, 0, 10), (90, 90, 17))
    assert (
        "of head and neck is in its field of view"
        in align_hip(coronal, replace(other, head=head, image=narrow)).failure
    )
