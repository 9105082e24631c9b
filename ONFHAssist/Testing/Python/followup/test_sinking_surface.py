"""The surface sinks over its necrosis or not at all, and no single ray says that a head is flattened."""

from __future__ import annotations

import numpy as np
import pytest

from ONFHAssistLib.followup.surface import above_necrosis, greatest, sinking
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.surface import articular_rays

RADIUS = 24.0
CENTRE = {"R": np.array([-90.0, 10.0, 5.0]), "L": np.array([90.0, 10.0, 5.0])}
FRONT = np.array([0.0, -0.6, 0.8])  # LPS: forward and up


def necrosis(side, direction, spacing=(1.0, 1.5, 2.0)):
    """A necrosis under the front of the head, up to its surface, on voxels in any direction."""
    matrix = np.asarray(direction, float).reshape(3, 3)
    size = np.ceil(60.0 / np.array(spacing)).astype(int)
    origin = CENTRE[side] - matrix @ (np.array(spacing) * (size - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(origin), tuple(matrix.ravel()))
    offset = grid.points() - CENTRE[side]
    away = np.linalg.norm(offset, axis=-1)
    dead = (away < RADIUS) & (offset @ FRONT > 0.85 * np.maximum(away, 1e-6))
    return grid.like(dead.astype(np.float32))


@pytest.mark.parametrize("side", ["R", "L"])
@pytest.mark.parametrize(
    "direction", [np.eye(3), [[-1, 0, 0], [0, 0.8, 0.6], [0, -0.6, 0.8]]], ids=["plain", "flipped oblique"]
)
def test_rays_above_the_necrosis_are_found_in_any_geometry(side, direction):
    rays = articular_rays(side)
    above = above_necrosis(rays, CENTRE[side], RADIUS, necrosis(side, direction))
    away = rays @ FRONT
    assert above[away > 0.92].all()
    assert not above[away < 0.78].any()


@pytest.mark.parametrize("side", ["R", "L"])
def test_what_sinks_beside_the_necrosis_is_an_error_of_reading(side):
    rays = articular_rays(side)
    above = rays @ FRONT > 0.85
    still = np.zeros(len(rays))
    over, beside = np.where(rays @ FRONT > 0.9, 2.0, 0.0), np.where(rays @ FRONT < 0.2, 3.0, 0.0)
    assert sinking(still, over, above) == pytest.approx({"over": 2.0, "deeper": 2.0})
    assert sinking(still, beside, above) == pytest.approx({"over": 0.0, "deeper": 0.0})
    shifted = sinking(still + 0.3, over + 1.1, above)  # an error of the alignment that is the same everywhere
    assert shifted["over"] == pytest.approx(2.0)
    assert (
        sinking(still, over, np.zeros(len(rays), bool)) == {}
    )  # no necrosis under the surface: nothing to sink


def test_a_head_that_was_as_flat_before_did_not_sink():
    rays = articular_rays("R")
    above = rays @ FRONT > 0.85
    flat = np.where(above, 2.5, 0.0)
    found = sinking(flat, flat, above)
    assert found["over"] == 0.0
    assert found["deeper"] == pytest.approx(1.0)  # what counts as an error of reading the first date


def test_a_few_rays_are_no_flattening():
    rays = articular_rays("L")
    depth = np.full(len(rays), 0.4)
    depth[:8] = 3.5
    assert greatest(depth) == pytest.approx(0.4)
    assert greatest(np.where(rays @ FRONT > 0.9, 2.6, 0.0)) == pytest.approx(2.6)
    assert greatest(np.full(len(rays), -0.5)) == 0.0
