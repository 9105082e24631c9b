"""Measurements on masks whose geometry is known by formula."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.outlined_hips import hip, rotation

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.measure import hip as m


@settings(max_examples=12, deadline=None)
@given(
    radius=st.floats(19, 28),
    side=st.sampled_from("RL"),
    shift=st.tuples(*[st.floats(-90, 90)] * 3),
    turn=st.tuples(*[st.floats(-30, 30)] * 3),
    spacing=st.sampled_from([(1.0, 1.0, 1.0), (0.8, 0.8, 2.5), (1.4, 0.9, 1.2)]),
)
def test_sphere_is_found_whatever_grid_and_neck(radius, side, shift, turn, spacing):
    image = hip(np.array(shift), radius, side, spacing=spacing, direction=rotation(*turn))
    centre, found = m.fit_sphere(image.like(image.array > 0), side)
    assert np.linalg.norm(centre - shift) < 0.3
    assert found == pytest.approx(radius, abs=0.25)


def test_sphere_survives_a_dent_and_an_osteophyte():
    image = hip((0, 0, 0), 24.0, "L")
    array = image.array.copy()
    points = image.points()
    array[np.linalg.norm(points - (0, 0, 24), axis=-1) < 7] = 0
    array[np.linalg.norm(points - (-20, 0, -16), axis=-1) < 5] = 1
    centre, radius = m.fit_sphere(image.like(array), "L")
    assert np.linalg.norm(centre) < 0.5
    assert radius == pytest.approx(24.0, abs=0.35)


@pytest.mark.parametrize("side", ["R", "L"])
@pytest.mark.parametrize("spacing", [(1.0, 1.0, 1.0), (0.8, 0.8, 3.0)])
@pytest.mark.parametrize("turn", [(0, 0, 0), (90, 0, 0), (12, -9, 25)])
def test_arcs_of_a_cone_follow_spherical_geometry(side, spacing, turn):
    # Half an arc is acos(cos(opening) / cos(angle between axis and plane)).
    tilt, opening = np.radians(45.0), np.radians(65.0)
    axis = (0, -np.sin(tilt), np.cos(tilt))
    image = hip((10.0, -5.0, 30.0), 25.0, side, axis, 65.0, 16.0, spacing, rotation(*turn))
    found = m.measure_hip(image, side)
    expected = 2 * np.degrees(np.arccos(np.cos(opening) / np.cos(tilt)))
    tolerance = 1.5 if max(spacing) == 1.0 else 4.0
    assert found.arc_a == pytest.approx(expected, abs=tolerance)
    assert found.arc_b == pytest.approx(expected, abs=tolerance)
    assert found.combined_necrotic_angle == found.arc_a + found.arc_b
    assert found.necrosis_degree_index == pytest.approx(found.arc_a / 180 * found.arc_b / 180 * 100)
    assert found.necrosis_degree_index_ab == pytest.approx(found.arc_a * found.arc_b / 100)
    assert found.depth_mm == pytest.approx(16.0, abs=max(1.0, spacing[2] / 2))


def test_sagittal_switch_measures_the_other_plane():
    axis = (0, -np.sin(np.radians(20)), np.cos(np.radians(20)))
    image = hip((0, 0, 0), 25.0, "R", axis, 50.0, 16.0)
    axial, sagittal = m.measure_hip(image, "R"), m.measure_hip(image, "R", sagittal=True)
    assert axial.arc_b == 0.0
    assert sagittal.arc_b == pytest.approx(100.0, abs=1.5)
    assert sagittal.arc_b_plane == "sagittal"


def test_volumes_share_and_steinberg():
    image = hip((0, 0, 0), 24.0, "L", (0, 0, 1), 50.0, 30.0)
    found = m.measure_hip(image, "L")
    assert found.head_ml == pytest.approx(np.count_nonzero(image.array) / 1000)
    assert found.necrosis_ml == pytest.approx(
        2 / 3 * np.pi * 24**3 * (1 - np.cos(np.radians(50))) / 1000, rel=0.01
    )
    assert found.necrotic_share == found.necrosis_ml / found.head_ml
    assert found.steinberg == "moderate"
    assert [m.steinberg_of(s) for s in (0, 0.149, 0.15, 0.3, 0.301)] == [
        "none",
        "mild",
        "moderate",
        "moderate",
        "severe",
    ]


@pytest.mark.parametrize("side", ["R", "L"])
@pytest.mark.parametrize(("lateral_end", "expected"), [(-40, "A"), (-14, "B"), (20, "C1"), (42, "C2")])
def test_jic_type_by_lateral_end(side, lateral_end, expected):
    outward = m.lateral_axis(side)
    edge = 28.0 * (np.sin(np.radians(32)) * outward + np.array([0, 0, np.cos(np.radians(32))]))
    limits = m.jic_thirds(np.zeros(3), 25.0, side, edge)
    assert limits[1] == pytest.approx(32.0)
    # The medial limit is the point of the surface as far from the edge as from the teardrop.
    medial = 25.0 * np.array([np.sin(np.radians(limits[0])), np.cos(np.radians(limits[0]))])
    edge_2d, teardrop = np.array([edge @ outward, edge[2]]), np.array([-35.0, -25.0])
    assert limits[0] < 0
    assert np.linalg.norm(medial - edge_2d) == pytest.approx(np.linalg.norm(medial - teardrop))
    middle = np.radians(lateral_end - 30.0)
    image = hip(
        (0, 0, 0), 25.0, side, np.sin(middle) * outward + np.array([0, 0, np.cos(middle)]), 30.0, 15.0
    )
    assert m.measure_hip(image, side, acetabular_edge=edge).jic_type == expected
    assert m.measure_hip(image, side).jic_type is None


def test_arc_ends_lie_on_the_sphere_in_their_plane():
    image = hip((40, 3, -8), 24.0, "L", (0.3, -0.5, 0.8), 60.0, 18.0)
    found = m.measure_hip(image, "L")
    for ends, axis in ((found.arc_a_ends, 1), (found.arc_b_ends, 2)):
        for end in ends:
            assert np.linalg.norm(np.array(end) - found.centre) == pytest.approx(found.radius)
            assert end[axis] == pytest.approx(found.centre[axis])


def test_arc_across_the_start_angle_is_one_arc():
    angles = np.arange(-180.0, 180.0, 0.5)
    profile = np.abs((angles + 360) % 360 - 180) - 25.0  # necrotic within 25 degrees of straight down
    start, end = m.necrotic_arc(angles, profile)
    assert end - start == pytest.approx(50.0, abs=0.01)
    assert start == pytest.approx(155.0, abs=0.01)


def test_small_gaps_close_and_specks_do_not_count():
    angles = np.arange(-180.0, 180.0, 0.5)
    profile = np.where(np.abs(angles) < 30, -1.0, 1.0)
    profile[np.abs(angles - 5) < 3] = 1.0  # a gap of 6 degrees
    profile[np.abs(angles - 120) < 1] = -1.0  # a speck of 2 degrees
    start, end = m.necrotic_arc(angles, profile)
    assert (start, end) == (pytest.approx(-30, abs=0.5), pytest.approx(30, abs=0.5))


def test_measure_lists_right_before_left_and_nothing_for_nothing():
    right, left = hip((0, 0, 0), 24.0, "R"), hip((0, 0, 0), 24.0, "L")
    both = Image(np.concatenate([left.array, right.array], axis=2))
    assert [h.side for h in m.measure(both)] == ["R", "L"]
    assert m.measure(both.like(np.zeros_like(both.array))) == []
    assert m.measure(both)[0].jic_type is None


def test_mistakes_are_named():
    image = hip((40, 0, 0), 24.0, "L")
    with pytest.raises(InputError, match="no femoral head R"):
        m.measure_hip(image, "R")
    with pytest.raises(InputError, match="other side of the midline"):
        m.measure_hip(image, "L", midline_x=100.0)
    with pytest.raises(InputError, match='side is "X"'):
        m.measure_hip(image, "X")
    with pytest.raises(InputError, match="does not lie above"):
        m.measure_hip(hip((0, 0, 0), 24.0, "L", (0, 0, 1), 40, 15), "L", acetabular_edge=(0, 0, -30))
    with pytest.raises(InputError, match="surface points"):
        speck = np.zeros((9, 9, 9), np.uint8)
        speck[4, 4, 4] = 2
        m.measure_hip(Image(speck), "L")
