"""Surfaces between the voxels: distances, and smooth surfaces that say what the thick slices say."""

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from hypothesis import given, settings
from hypothesis import strategies as st
from support.outlined_hips import hip, rotation

from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance, smooth_field, subdivision
from ONFHAssistLib.measure.hip import measure_hip


def voted(mask, field):
    """The mask that a smooth surface gives back, by majority over the parts of each slice."""
    axis, parts = subdivision(mask.spacing)
    shape = [*mask.array.shape[: axis + 1], parts, *mask.array.shape[axis + 1 :]]
    return (field.array < 0).reshape(shape).sum(axis=axis + 1) * 2 > parts


@pytest.mark.parametrize(
    ("spacing", "expected"),
    [((1, 1, 1), (0, 1)), ((0.8, 0.8, 4.5), (0, 5)), ((3.0, 0.7, 0.7), (2, 3)), ((0.7, 6.0, 0.7), (1, 7))],
)
def test_thick_slices_are_divided_into_an_odd_number_of_parts(spacing, expected):
    assert subdivision(spacing) == expected


@settings(max_examples=8, deadline=None)
@given(
    turn=st.tuples(*[st.floats(-40, 40)] * 3),
    spacing=st.sampled_from([(0.9, 0.9, 4.5), (4.4, 1.0, 1.0), (1.0, 6.0, 1.2)]),
    side=st.sampled_from("RL"),
)
def test_the_smooth_surface_gives_the_mask_back(turn, spacing, side):
    image = hip((30.0, -5.0, 12.0), 24.0, side, spacing=spacing, direction=rotation(*turn))
    mask = image.like(head_mask(image.array, side))
    field = smooth_field(mask)
    same = voted(mask, field) == (mask.array > 0)
    assert same[mask.array > 0].mean() > 0.995
    # On a grid with thinner slices, in the same place: its middle is the mask's middle.
    ends = [i.index_to_point(0.5 * (np.array(i.size) - 1)) for i in (mask, field)]
    assert np.allclose(*ends, atol=1e-6)
    assert max(field.spacing) <= 1.21


def test_a_balls_surface_is_found_between_slices_of_4_5_mm():
    size, spacing = (64, 64, 14), (1.0, 1.0, 4.5)
    grid = Image(np.zeros(size[::-1], np.uint8), spacing)
    centre = grid.index_to_point(0.5 * (np.array(size) - 1)) + np.array([0.3, -0.2, 1.4])
    fine = Image(np.zeros((14 * 15, 64, 64), np.uint8), (1.0, 1.0, 0.3), (0, 0, -2.1))
    inside = np.linalg.norm(fine.points() - centre, axis=-1) < 22.0
    mask = grid.like((inside.reshape(14, 15, 64, 64).sum(axis=1) * 2 > 15).astype(np.uint8))
    field = smooth_field(mask)
    distance = np.linalg.norm(field.points() - centre, axis=-1) - 22.0
    near = np.abs(distance) < 1.5
    # Within half a millimetre of the truth where a slice is nine times as thick.
    assert np.sqrt(np.mean((field.array[near] - distance[near]) ** 2)) < 0.5
    assert np.count_nonzero(field.array < 0) * 0.9 == pytest.approx(4 / 3 * np.pi * 22**3, rel=0.01)


def test_where_the_mask_is_not_known_it_does_not_hold():
    mask = np.zeros((9, 40, 40), np.uint8)
    mask[:, :, :20] = 1
    known = np.ones_like(mask, bool)
    disturbed = mask.copy()
    disturbed[4, 20, 26:29] = 1
    known[:, :, 24:] = False
    image = Image(mask, (1.0, 1.0, 4.5))
    field = smooth_field(image.like(disturbed), known)
    assert (field.array[:, 20, 27] > 0).all()  # smoothed away
    assert np.array_equal(voted(image, field)[:, :, :24], mask[:, :, :24] > 0)


def test_distance_is_zero_between_voxels_and_counts_millimetres():
    mask = np.zeros((15, 15, 20), np.uint8)
    mask[:, :, :10] = 1
    distance = signed_distance(Image(mask, (2.0, 1.0, 1.0))).array
    assert distance[7, 7, 8:12].tolist() == pytest.approx([-3.0, -1.0, 1.0, 3.0])


def coarse(image, spacing, phase):
    """The hip by majority on slices of the patient's coronal planes, ``phase`` of a slice along."""
    size = np.ceil(80.0 / np.array(spacing)).astype(int)
    turn = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
    origin = -turn @ (0.5 * (size - 1) * np.array(spacing)) + (0, phase * spacing[2], 0)
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(origin), tuple(turn.ravel()))
    votes = np.zeros((5, *size[::-1]), np.uint8)
    for step in np.linspace(-0.4, 0.4, 5):
        moved = Image(
            grid.array, spacing, tuple(np.array(origin) + turn @ (0, 0, step * spacing[2])), grid.direction
        )
        label = image.resampled_to(moved, "nearest").array
        for value in np.unique(label):
            votes[value] += label == value
    return grid.like(votes.argmax(axis=0).astype(np.uint8))


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5])
def test_slices_of_4_5_mm_keep_the_angles_of_a_cone(phase):
    axis = (0.0, -np.sin(np.radians(42.0)), np.cos(np.radians(42.0)))
    fine = hip((0.0, 0.0, 0.0), 24.0, "L", axis, 66.0, 15.0, (0.7, 0.7, 0.7))
    expected = measure_hip(fine, "L")
    found = measure_hip(coarse(fine, (0.8, 0.8, 4.5), phase), "L")
    assert found.arc_a == pytest.approx(expected.arc_a, abs=2.5)
    assert found.arc_b == pytest.approx(expected.arc_b, abs=2.5)
    assert np.linalg.norm(found.centre) < 0.4
    assert found.radius == pytest.approx(24.0, abs=0.25)


def test_a_head_cut_by_the_image_is_measured_to_its_border():
    image = hip((0.0, 0.0, 0.0), 24.0, "R", (0, -0.6, 0.8), 50.0, 14.0, (1.0, 1.0, 4.0))
    low = image.point_to_index(np.array([-200.0, -200.0, -6.0]))
    cut = image.cropped((0, 0, int(low[2])), image.size)
    found = measure_hip(cut, "R")
    assert np.linalg.norm(found.centre) < 0.6
    assert found.radius == pytest.approx(24.0, abs=0.4)


def test_the_direction_of_slices_does_not_matter():
    image = hip((5.0, 9.0, -4.0), 23.0, "R", (0.2, -0.6, 0.8), 58.0, 15.0, (0.9, 0.9, 4.5))
    flipped = Image.from_sitk(sitk.DICOMOrient(image.to_sitk(), "RPS"))
    one, other = measure_hip(image, "R"), measure_hip(flipped, "R")
    assert other.combined_necrotic_angle == pytest.approx(one.combined_necrotic_angle, abs=0.05)
    assert other.centre == pytest.approx(one.centre, abs=0.01)
