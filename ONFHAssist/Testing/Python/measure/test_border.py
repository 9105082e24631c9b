"""The border of a necrosis on a map of the head: places and sides on the map, and the arcs that are read off it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from scipy.spatial.transform import Rotation

from ONFHAssistLib.imaging.contrast import CONTRASTS, FAT_SUPPRESSED
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.measure.arcs import arc_planes, necrotic_arcs
from ONFHAssistLib.measure.border import (
    PLANE_DEG,
    BorderNetwork,
    border_networks,
    find_border,
    plane_rays,
    with_arcs,
)
from ONFHAssistLib.measure.border_map import (
    LAYERS,
    MOST_DEG,
    SIZE,
    BorderLook,
    around,
    border_map,
    degrees_outside,
    hip_axes,
    map_rays,
    map_values,
    within_reach,
)
from ONFHAssistLib.measure.hip import measure_hip
from ONFHAssistLib.measure.surface import SurfaceView

CENTRES, RADIUS, OPENING = {"R": (-80.0, 5.0, 10.0), "L": (80.0, 5.0, 10.0)}, 24.0, 50.0
AXIS = np.array([0.35, 0.6, 0.72]) / np.linalg.norm([0.35, 0.6, 0.72])  # outward, forward, upward


def hip(side):
    """A head with a cone of necrosis as labels and as log odds, and an image that is dark there."""
    centre = np.array(CENTRES[side])
    grid = Image(np.zeros((64, 64, 64), np.float32), (1.0,) * 3, tuple(centre - 31.5))
    offset = (grid.points() - centre) @ hip_axes(side).T
    away = np.linalg.norm(offset, axis=-1)
    angle = np.degrees(np.arccos(np.clip(offset @ AXIS / np.maximum(away, 1e-6), -1, 1)))
    head, dead = 3.0 * (RADIUS - away), 0.6 * (OPENING - angle)
    labels = np.where(head > 0, np.where((dead > 0) & (away > 8), NECROSIS[side], HEAD[side]), 0)
    image = grid.like(np.where(dead > 0, 20.0, 100.0).astype(np.float32) * (head > 0))
    views = [SurfaceView(image, np.eye(4), FAT_SUPPRESSED)]
    look = BorderLook(views, grid.like(head), grid.like(dead), [grid.like(dead), grid.like(dead - 1.0)])
    return look, grid.like(labels.astype(np.uint8)), (centre, RADIUS)


def silent(look, sphere, side):
    """A network that adds nothing to what the outline says."""
    inputs = len(around(border_map(look, sphere, side, np.eye(3))))
    return BorderNetwork((np.zeros((inputs, 2)),), (np.zeros(2),), np.zeros(inputs), np.ones(inputs))


def test_a_place_lies_as_many_degrees_outside_a_region_as_it_is_away_from_its_border():
    rays = map_rays(np.eye(3))
    angle = np.degrees(np.arccos(np.clip(rays @ AXIS, -1, 1)))
    found = degrees_outside(angle < OPENING, rays, rays, 6.0)
    near = np.abs(angle - OPENING) < 20
    assert np.abs(found - (angle - OPENING))[near].max() < 4.5  # pixels of 6 degrees
    assert abs((found - (angle - OPENING))[near].mean()) < 0.7
    assert set(degrees_outside(angle < 0, rays, rays, 6.0)) == {MOST_DEG}
    assert set(degrees_outside(angle < 999, rays, rays, 6.0)) == {-MOST_DEG}


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_turned_map_is_read_where_a_plane_runs(side):
    turn = Rotation.from_euler("xyz", (20, -15, 30), degrees=True).as_matrix()
    height = (map_rays(turn) @ AXIS).reshape(SIZE, SIZE)
    for plane in arc_planes(hip_axes(side)[0], sagittal=False):
        rays = plane_rays(plane, side)
        found = map_values(height, rays, turn, np.nan)
        known = np.isfinite(found)
        assert known.mean() > 0.5
        assert np.abs(found - rays @ AXIS)[known].max() < 0.01
        start = rays[np.argmin(np.abs(PLANE_DEG))]  # 0 degrees: straight up, or straight forward
        assert np.allclose(start, (0, 0, 1) if plane[0][2] else (0, 1, 0))
        assert rays[np.argmin(np.abs(PLANE_DEG - 90))][0] == pytest.approx(1.0)  # outward, on either side
    down = np.array([[0.0, 0.0, -1.0]])
    assert np.isnan(map_values(height, down, np.eye(3), np.nan)).all()  # there lies the neck


@pytest.mark.parametrize("side", ["R", "L"])
def test_with_nothing_learned_the_arcs_are_those_of_the_outline_on_either_side(side):
    look, labels, sphere = hip(side)
    border = find_border(look, sphere, side, networks=[silent(look, sphere, side)])
    measured = measure_hip(labels, side)
    for arc, true in zip(
        border.arcs, necrotic_arcs(labels.like(labels.array > 2), *sphere, side), strict=True
    ):
        assert arc == pytest.approx(true, abs=6.0)
    assert border.arcs[0][1] > 50.0 > 40.0 > -border.arcs[0][0]  # farther outward than inward
    found = with_arcs(measured, border.arcs)
    assert found.combined_necrotic_angle == found.arc_a + found.arc_b
    ends = np.array(found.arc_a_ends) - found.centre
    assert ends[1] @ hip_axes(side)[0] > 0.7 * RADIUS  # its lateral end lies outward
    assert found.arc_a_span == border.arcs[0]
    own = necrotic_arcs(labels.like(labels.array > 2), measured.centre, measured.radius, side)
    again = with_arcs(measured, own)
    assert (again.arc_a, again.arc_b) == pytest.approx((measured.arc_a, measured.arc_b))
    assert again.necrosis_degree_index == pytest.approx(measured.necrosis_degree_index)
    assert np.allclose(again.arc_b_ends, measured.arc_b_ends)
    assert with_arcs(measured, (None, None)) == measured  # nothing gets lost
    half = with_arcs(measured, (None, (10.0, 50.0)))
    assert (half.arc_a, half.arc_b, half.combined_necrotic_angle) == (
        measured.arc_a,
        40.0,
        measured.arc_a + 40.0,
    )


def test_a_series_is_looked_at_where_the_hip_lay_in_it():
    look, _labels, sphere = hip("L")
    (view,) = look.views
    turn = Rotation.from_euler("xyz", (7, -4, 11), degrees=True).as_matrix()
    motion = np.eye(4)
    motion[:3, :3], motion[:3, 3] = turn, (30.0, -12.0, 8.0)
    moved = Image(
        view.image.array,
        view.image.spacing,
        tuple(turn @ view.image.origin + motion[:3, 3]),
        tuple(turn.ravel()),
    )
    there = replace(look, views=[SurfaceView(moved, motion, view.contrast)])
    still, again = (border_map(one, sphere, "L", np.eye(3)) for one in (look, there))
    across = [n for n in range(len(still)) if not np.allclose(still[n], again[n], atol=1e-3)]
    assert not across
    elsewhere = border_map(
        replace(look, views=[SurfaceView(moved, np.eye(4), view.contrast)]), sphere, "L", np.eye(3)
    )
    assert np.abs(elsewhere - still).max() > 0.5


@pytest.mark.parametrize("side", ["R", "L"])
def test_a_map_is_the_same_however_the_voxels_lie(side):
    """Stored from the other ends, in another order of axes, or on voxels that are turned and longer than wide."""
    look, _labels, sphere = hip(side)
    look = replace(
        look, views=[replace(view, image=view.image.resampled((1.0, 1.0, 2.0))) for view in look.views]
    )
    still = border_map(look, sphere, side, np.eye(3))

    def stored(image):
        return Image.from_sitk(sitk.PermuteAxes(image.to_sitk()[::-1, :, ::-1], [2, 0, 1]))

    def oblique(image):
        turn = Rotation.from_euler("xyz", (14, -9, 21), degrees=True).as_matrix()
        spacing, shape = np.array([0.8, 1.1, 1.4]), (62, 78, 108)
        corner = np.array(sphere[0]) - turn @ (0.5 * spacing * (np.array(shape[::-1]) - 1))
        grid = Image(np.zeros(shape, np.float32), tuple(spacing), tuple(corner), tuple(turn.ravel()))
        return image.resampled_to(grid, fill=float(image.array.min()))

    across = LAYERS + len(CONTRASTS) - 1  # how the slices cut the surface; turned slices cut it otherwise
    for change, layers, close in ((stored, slice(1, None), 1e-4), (oblique, slice(1, across), 0.25)):
        there = BorderLook(
            [replace(view, image=change(view.image)) for view in look.views],
            change(look.head),
            change(look.dead),
            [change(one) for one in look.own],
        )
        found = border_map(there, sphere, side, np.eye(3))
        inside = within_reach()
        assert np.abs(found - still)[0, inside].max() < (1e-6 if change is stored else 2.0)  # degrees outside
        assert np.abs(found - still)[layers, inside].mean() < close
    mirrored = border_map(look, sphere, "L" if side == "R" else "R", np.eye(3))
    assert np.abs(mirrored - still)[0, within_reach()].max() > 20.0  # the other side is another hip


def test_the_shipped_networks_find_the_same_on_both_sides():
    found = [find_border(hip(side)[0], hip(side)[2], side) for side in "RL"]
    assert len(border_networks()) >= 1
    assert found[0].arcs[0] == pytest.approx(found[1].arcs[0], abs=0.1)
    assert found[0].arcs[1] == pytest.approx(found[1].arcs[1], abs=0.1)
    assert min(found[0].errors) > 0
