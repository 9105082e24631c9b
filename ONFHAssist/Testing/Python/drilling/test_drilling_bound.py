"""The bound of the reach is a proof: no straight wires through the entries exceed it."""

import numpy as np
import pytest

from ONFHAssistLib.drilling.bound import reach_bound
from ONFHAssistLib.drilling.geometry import point_segment, reached, segment_distances


def voxels_of_a_ball(radius):
    axis = np.arange(-radius, radius + 1)
    points = np.stack(np.meshgrid(axis, axis, axis), -1).reshape(-1, 3).astype(float)
    return points[np.linalg.norm(points, axis=1) <= radius]


ENTRIES = np.array([[60.0, y, -50.0 + z] for y in (-5.0, 5.0) for z in (-10.0, 0.0, 10.0)])


@pytest.mark.parametrize("wires", [1, 3])
def test_no_wires_reach_more_than_the_bound(wires):
    points, rng = voxels_of_a_ball(16), np.random.default_rng(5)
    bound = wires * reach_bound(points, ENTRIES, 5.0)
    assert 0.1 < bound < 1
    best = 0.0
    for _ in range(200):
        entry = ENTRIES[rng.integers(0, len(ENTRIES), wires)]
        through = points[rng.integers(0, len(points), wires)]
        best = max(best, reached(points, entry, entry + 2.0 * (through - entry), 5.0).mean())
    assert best <= bound


def test_the_bound_of_a_ball_is_near_the_wire_through_its_middle():
    points = voxels_of_a_ball(16)
    through = reached(points, ENTRIES[:1], -ENTRIES[:1], 5.0).mean()
    # The reach is taken 0.6 mm longer for the directions, 0.7 mm for the places, as the raster needs.
    assert through <= reach_bound(points, ENTRIES, 5.0) <= through * (6.4 / 5.0) ** 2


def test_a_flat_lesion_is_bounded_by_its_thickness_across_the_wires():
    ball = voxels_of_a_ball(16)
    way = -ENTRIES.mean(axis=0) / np.linalg.norm(ENTRIES.mean(axis=0))
    flat = ball[np.abs(ball @ way) < 4]
    assert reach_bound(flat, ENTRIES, 5.0) < 0.22  # a cylinder of the ball's greatest extent would be 0.39


def test_a_thin_lesion_along_the_wires_is_not_ruled_out():
    rod = np.linspace([40.0, 0.0, -30.0], [0.0, 0.0, 10.0], 60)
    assert reach_bound(rod, ENTRIES, 5.0) == 1.0


def test_distances_are_those_of_the_formulas():
    points = np.array([[0.0, 3.0, 0.0], [-4.0, 0.0, 3.0], [12.0, 0.0, 0.0]])
    found = point_segment(points, np.zeros((1, 3)), np.array([[10.0, 0.0, 0.0]]))
    assert found == pytest.approx(np.array([[3.0, 5.0, 2.0]]), abs=1e-3)
    apart = segment_distances(
        np.zeros((1, 3)), np.array([[10.0, 0.0, 0.0]]), np.array([5.0, -4.0, 2.0]), np.array([5.0, 4.0, 2.0])
    )
    assert apart == pytest.approx([2.0])
