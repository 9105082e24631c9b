"""Flattening, a line under the surface and fluid about the neck, on heads that are made by formula."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from ONFHAssistLib.imaging.head_sphere import lateral_axis, neck_direction
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.effusion import effusion_grade, effusion_thickness
from ONFHAssistLib.measure.surface import (
    PROFILE_MM,
    SurfaceModel,
    SurfaceView,
    articular_rays,
    flattening,
    line_contrast,
    surface_along,
)

RADIUS, DENT_MM = 24.0, 3.0
AWAY = {side: lateral_axis(side) * 90.0 for side in "RL"}


def grid_about(side, pose, spacing=1.0, size=72):
    """Cubic voxels, stored obliquely and flipped, about the head where ``pose`` (4 x 4) puts it."""
    turn = Rotation.from_euler("ZX", (20.0, -15.0), degrees=True).as_matrix() * [-1, 1, 1]
    middle = pose[:3, :3] @ AWAY[side] + pose[:3, 3]
    origin = middle - turn @ np.full(3, spacing * (size - 1) / 2)
    return Image(np.zeros((size,) * 3, np.float32), (spacing,) * 3, tuple(origin), tuple(turn.ravel()))


def places(grid, side, pose):
    """Of the grid's voxels: distance from the head's centre, and unit vectors, in the frame before ``pose``."""
    back = np.linalg.inv(pose)
    offset = grid.points() @ back[:3, :3].T + back[:3, 3] - AWAY[side]
    away = np.linalg.norm(offset, axis=-1)
    return offset, away, offset / np.maximum(away, 1e-6)[..., None]


def dented(side):
    """Where the surface is pressed in: a cap of 25 degrees, up and to the front."""
    way = np.array([0.2, -0.5, 0.85]) * np.where(lateral_axis(side) != 0, lateral_axis(side), 1.0)
    return way / np.linalg.norm(way)


@pytest.fixture
def pose():
    moved = np.eye(4)
    moved[:3, :3] = Rotation.from_rotvec([0.05, -0.04, 0.06]).as_matrix()
    moved[:3, 3] = [12.0, -7.0, 20.0]
    return moved


def edge_reader():
    """A network of one layer: how much less of a profile is bright within the sphere than on most rays, in mm."""
    count = len(PROFILE_MM)
    weight = np.zeros((count + 4, 1), np.float32)
    weight[:count, 0] = -0.5 * (
        PROFILE_MM < 0
    )  # a sample is half a mm; bone is bright, what fills the dent dark
    return SurfaceModel((weight,), (np.zeros(1, np.float32),))


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_depression_is_found_where_it_is_in_a_series_that_moved(side, pose):
    grid = grid_about(side, pose)
    _, away, way = places(grid, side, pose)
    surface = RADIUS - DENT_MM * (way @ dented(side) > np.cos(np.radians(25.0)))
    view = SurfaceView(grid.like((away < surface).astype(np.float32)), pose, "T1-weighted")
    depth, place = flattening([view], (AWAY[side], RADIUS), side, edge_reader())
    assert depth == pytest.approx(DENT_MM, abs=0.6)
    direction = (place - AWAY[side]) / np.linalg.norm(place - AWAY[side])
    assert direction @ dented(side) > np.cos(np.radians(20.0))
    round_head = replace(view, image=grid.like((away < RADIUS).astype(np.float32)))
    assert flattening([round_head], (AWAY[side], RADIUS), side, edge_reader())[0] < 0.6


def test_the_surface_along_rays_is_that_of_the_head():
    grid = grid_about("R", np.eye(4))
    _, away, _ = places(grid, "R", np.eye(4))
    inside = grid.like(np.clip(RADIUS - away + 0.5, 0.0, 1.0).astype(np.float32))
    rays = articular_rays("R")
    assert surface_along(inside, AWAY["R"], RADIUS + 1.0, rays) == pytest.approx(RADIUS, abs=0.2)
    assert (rays @ neck_direction("R")).max() < 0.36 and rays[:, 2].min() > 0.14


def test_a_bright_line_over_a_necrosis_is_told_from_none(pose):
    rest = grid_about("R", np.eye(4))
    _, away, way = places(rest, "R", np.eye(4))
    inside = rest.like((away < RADIUS).astype(np.float32))
    dead = rest.like(((away < RADIUS) & (way @ dented("R") > 0.7)).astype(np.float32))
    series = grid_about("R", pose, 0.8, 80)
    _, away, way = places(series, "R", pose)
    sphere, found = (AWAY["R"], RADIUS), {}
    for name, height in (("line", 3.0), ("none", 0.0)):
        line = height * (np.abs(RADIUS - 2.5 - away) < 0.7) * (way @ dented("R") > 0.7)
        image = series.like((1.0 + 1.5 * (away > RADIUS) + line).astype(np.float32))
        found[name] = line_contrast(image, pose, inside, dead, sphere, "R")
    assert found["line"] > 0.5 > 0.1 > found["none"]
    healthy = inside.like(np.zeros_like(inside.array))
    assert line_contrast(image, pose, inside, healthy, sphere, "R") is None


@pytest.mark.parametrize("side", ["R", "L"])
def test_fluid_about_the_neck_is_measured_and_graded(side, pose):
    grid = grid_about(side, pose, 1.0, 100)
    offset, _, _ = places(grid, side, pose)
    neck = neck_direction(side)
    along = offset @ neck
    across = np.linalg.norm(offset - along[..., None] * neck, axis=-1)
    found = {}
    for mm in (0.0, 2.0, 6.0):
        fluid = (along > 0.6 * RADIUS) & (across > 0.65 * RADIUS) & (across < 0.65 * RADIUS + mm)
        image = grid.like(
            np.where(fluid, 600.0, np.where(across < 0.65 * RADIUS, 80.0, 120.0)).astype(np.float32)
        )
        found[mm] = effusion_thickness(image, pose, AWAY[side], RADIUS, side)
    assert found[0.0] == 0.0
    assert found[2.0] == pytest.approx(2.0, abs=0.7) and found[6.0] == pytest.approx(5.2, abs=0.8)
    assert [effusion_grade(mm) for mm in (0.4, 1.0, 2.6, 5.0)] == [0, 1, 2, 3]
