"""The surface sinks over its necrosis or not at all, and no single ray says that a head is flattened."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ONFHAssistLib.followup.sinking import looks_at, neighbours, sunk_along
from ONFHAssistLib.followup.surface import above_necrosis, greatest, interval, sinking, surface_change
from ONFHAssistLib.imaging.contrast import FAT_SUPPRESSED, T1, T2
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure.surface import SurfaceView, articular_rays

RADIUS = 24.0
CENTRE = {"R": np.array([-90.0, 10.0, 5.0]), "L": np.array([90.0, 10.0, 5.0])}
FRONT = np.array([0.0, -0.6, 0.8])  # LPS: forward and up
PLAIN = np.eye(3)


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
    "direction", [PLAIN, [[-1, 0, 0], [0, 0.8, 0.6], [0, -0.6, 0.8]]], ids=["plain", "flipped oblique"]
)
def test_rays_above_the_necrosis_are_found_in_any_geometry(side, direction):
    rays = articular_rays(side)
    above = above_necrosis(rays, CENTRE[side], RADIUS, necrosis(side, direction))
    away = rays @ FRONT
    assert above[away > 0.92].all()
    assert not above[away < 0.78].any()


def head(side, dent=0.0, direction=PLAIN, gain=1.0):
    """Bright marrow in a ball within a grey joint, its front pressed in by so many mm, on voxels in any direction."""
    matrix = np.asarray(direction, float)
    spacing, size = np.array([1.0, 1.0, 2.0]), np.array([76, 76, 38])
    origin = CENTRE[side] - matrix @ (spacing * (size - 1) / 2)
    grid = Image(np.zeros(size[::-1], np.int16), tuple(spacing), tuple(origin), tuple(matrix.ravel()))
    offset = grid.points() - CENTRE[side]
    away = np.linalg.norm(offset, axis=-1)
    near = np.degrees(np.arccos(np.clip(offset @ FRONT / np.maximum(away, 1e-6), -1.0, 1.0)))
    surface = RADIUS - dent * np.clip((35.0 - near) / 20.0, 0.0, 1.0)
    shares = [1.0 / (1.0 + np.exp(2.0 * (away - edge))) for edge in (surface, surface - 1.5)]
    cortex, socket = shares[0] - shares[1], 1.0 / (1.0 + np.exp(2.0 * (RADIUS + 3.5 - away)))
    values = 250.0 + 550.0 * shares[1] - 200.0 * cortex + 400.0 * socket
    return grid.like(np.round(gain * values).astype(np.int16))


def seen(side, image):
    return looks_at([SurfaceView(image, np.eye(4), T1)], (CENTRE[side], RADIUS), side)


@pytest.mark.parametrize("side", ["R", "L"])
@pytest.mark.parametrize(
    "direction", [PLAIN, [[-1, 0, 0], [0, 0.8, 0.6], [0, -0.6, 0.8]]], ids=["plain", "flipped oblique"]
)
def test_a_dent_is_found_where_it_is_at_both_dates_alike(side, direction):
    rays = articular_rays(side)
    above = rays @ FRONT > 0.6
    before, after = seen(side, head(side, 0.0, direction)), seen(side, head(side, 3.0, direction, 1.7))
    change = sunk_along(before, after, side)
    assert sinking(change, above, side)["over"] > 0.5
    assert rays[(neighbours(side)[0] @ change).argmax()] @ FRONT > 0.9
    np.testing.assert_allclose(sunk_along(after, before, side), -change, atol=1e-4)  # it rose as it had sunk


def test_what_is_seen_twice_did_not_sink():
    flat = seen("R", head("R", 2.0))
    assert np.abs(sunk_along(flat, flat, "R")).max() < 1e-6


def test_a_series_that_shows_what_none_of_the_other_date_does_tells_nothing():
    image = head("L")
    fluid = looks_at([SurfaceView(image, np.eye(4), FAT_SUPPRESSED)], (CENTRE["L"], RADIUS), "L")
    assert sunk_along(seen("L", image), fluid, "L") is None


def dated(side, image, contrast):
    view = SimpleNamespace(image=image, contrast=contrast)
    sphere = SimpleNamespace(centre=tuple(CENTRE[side]), radius=RADIUS)
    return SimpleNamespace(side=side, head=sphere, views=((view, np.eye(4)),))


@pytest.mark.parametrize(
    ("case", "contrast"),
    [
        ("other contrast", (T1, FAT_SUPPRESSED)),
        ("T2 twice", (T2, T2)),
        ("no values", (T1, T1)),
        ("alike", (T1, T1)),
    ],
)
def test_a_surface_that_cannot_be_read_is_said_not_to_be(case, contrast):
    image = head("L")
    later = image.like(image.array.astype(np.float32))
    if case == "no values":
        later.array[-8:] = np.nan
    dates = [dated("L", one, kind) for one, kind in zip((image, later), contrast, strict=True)]
    numbers = {"over": 0.9, "offset": 0.1, "down": 0.4, "up": 1.2}
    found = surface_change(*dates, np.eye(4), necrosis("L", PLAIN), numbers)
    if case == "alike":
        assert found.told
        assert (found.low, found.high) == pytest.approx((-0.3, 1.3), abs=0.01)
    else:
        assert not found.told
        assert (found.sunk_mm, found.low, found.high) == (0.0, -3.0, 3.0)


@pytest.mark.parametrize("side", ["R", "L"])
def test_only_what_sinks_over_the_necrosis_counts_and_no_single_ray(side):
    rays = articular_rays(side)
    above = rays @ FRONT > 0.6
    dent, beside = np.where(rays @ FRONT > 0.7, 2.0, 0.0), np.where(rays @ FRONT < 0.2, 3.0, 0.0)
    one = np.zeros(len(rays))
    one[(rays @ FRONT).argmax()] = 3.0
    assert sinking(dent, above, side)["over"] == pytest.approx(2.0, abs=0.05)
    assert sinking(beside, above, side)["over"] < 0.1
    assert sinking(one, above, side)["over"] < 0.3
    assert (
        sinking(dent, np.zeros(len(rays), bool), side) == {}
    )  # no necrosis under the surface: nothing to sink


def test_the_interval_reaches_further_up_than_down():
    numbers = {"over": 0.9, "offset": 0.1, "down": 0.4, "up": 1.2}
    assert interval({"over": 2.0}, numbers) == pytest.approx((1.9, 1.5, 3.1))
    assert interval({}, numbers) == pytest.approx((0.0, -0.4, 1.2))


def test_a_few_rays_are_no_flattening():
    rays = articular_rays("L")
    depth = np.full(len(rays), 0.4)
    depth[:8] = 3.5
    assert greatest(depth) == pytest.approx(0.4)
    assert greatest(np.where(rays @ FRONT > 0.9, 2.6, 0.0)) == pytest.approx(2.6)
    assert greatest(np.full(len(rays), -0.5)) == 0.0
