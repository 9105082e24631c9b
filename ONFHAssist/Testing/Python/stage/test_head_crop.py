"""Cutting heads out and putting answers back: exact on oblique, flipped, anisotropic volumes and mirrored sides."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.stage.head_crop import SHAPE, crop_grid, crop_head, resample_to_image, share_in_view


def rotation(angles):
    from scipy.spatial.transform import Rotation

    return Rotation.from_euler("xyz", angles, degrees=True).as_matrix()


def linear_volume(spacing, angles, flips, size=(70, 60, 64)):
    """A volume whose value is the linear function x + 10 y + 100 z of the place."""
    turn = rotation(angles) @ np.diag(flips)
    origin = -turn @ (0.5 * (np.array(size) - 1) * np.array(spacing))
    grid = Image(np.zeros(size[::-1], np.float32), spacing, tuple(origin), tuple(turn.ravel()))
    return grid.like((grid.points() @ np.array([1.0, 10.0, 100.0])).astype(np.float32))


spacings = st.tuples(*[st.floats(1.6, 3.5)] * 3)
turns = st.tuples(*[st.floats(-25, 25)] * 3)
flips = st.tuples(*[st.sampled_from([-1, 1])] * 3)
sides = st.sampled_from(["R", "L"])


@settings(max_examples=25, deadline=None)
@given(spacings, turns, flips, sides)
def test_every_voxel_of_a_crop_holds_what_the_volume_has_at_its_place(spacing, angles, flip, side):
    volume = linear_volume(spacing, angles, flip)
    grid = crop_grid(FemoralHead(side, (4.0, -3.0, 5.0), 20.0), margin=6.0)
    crop = crop_head(volume, grid)
    expected = grid.points() @ np.array([1.0, 10.0, 100.0])
    assert crop.array.shape == SHAPE
    np.testing.assert_allclose(crop.array, expected, atol=0.05)


@settings(max_examples=25, deadline=None)
@given(spacings, turns, flips, sides)
def test_what_is_put_back_lies_where_it_was_cut(spacing, angles, flip, side):
    volume = linear_volume(spacing, angles, flip)
    head = FemoralHead(side, (4.0, -3.0, 5.0), 20.0)
    grid = crop_grid(head, margin=6.0)
    back = resample_to_image(crop_head(volume, grid), volume)
    inside = np.abs(volume.points() - np.array(head.centre)).max(axis=-1) < 25.0
    assert back.same_grid(volume)
    assert inside.sum() > 100
    np.testing.assert_allclose(back.array[inside], volume.array[inside], atol=0.05)
    assert (
        np.count_nonzero(back.array[np.abs(volume.points() - np.array(head.centre)).max(axis=-1) > 27.0]) == 0
    )


def test_a_left_hip_is_cut_as_the_mirror_image_of_a_right_one():
    volume = linear_volume((2.0, 2.0, 2.0), (0, 0, 0), (1, 1, 1))
    mirrored = volume.like(volume.array[:, :, ::-1].copy())
    right = crop_head(volume, crop_grid(FemoralHead("R", (-9.0, 2.0, 3.0), 20.0)))
    left = crop_head(mirrored, crop_grid(FemoralHead("L", (9.0, 2.0, 3.0), 20.0)))
    np.testing.assert_allclose(left.array, right.array, atol=1e-2)


def test_a_crop_reads_from_front_to_back_from_top_to_bottom_and_to_the_midline():
    for side, medial in (("R", 1.0), ("L", -1.0)):
        grid = crop_grid(FemoralHead(side, (0.0, 0.0, 0.0), 24.0), margin=8.0)
        points = grid.points()
        assert points[0, 0, 0] == pytest.approx((-31.5 * medial, -31.0, 32 - 32 / 112), abs=1e-9)
        assert (points[-1, 0, 0] - points[0, 0, 0])[1] == pytest.approx(62.0)
        assert (points[0, 0, -1] - points[0, 0, 0])[0] == pytest.approx(63.0 * medial)
        assert (points[0, -1, 0] - points[0, 0, 0])[2] < 0


def test_share_in_view_counts_the_ball_that_the_image_shows():
    volume = Image(np.zeros((50, 50, 50), np.float32), (2.0, 2.0, 2.0), (-49.0, -49.0, -49.0))
    assert share_in_view(volume, FemoralHead("R", (0, 0, 0), 24.0)) == 1.0
    assert share_in_view(volume, FemoralHead("R", (50.0, 0, 0), 24.0)) == pytest.approx(0.5, abs=0.03)
    assert share_in_view(volume, FemoralHead("R", (90.0, 0, 0), 24.0)) == 0.0


@pytest.mark.parametrize(
    ("side", "centre", "radius", "named"),
    [
        ("X", (0, 0, 0), 24.0, "side"),
        ("R", (0, float("nan"), 0), 24.0, "not numbers"),
        ("R", (0, 0, 0), 4.0, "radius"),
    ],
)
def test_an_impossible_head_is_refused(side, centre, radius, named):
    with pytest.raises(InputError, match=named):
        crop_grid(FemoralHead(side, centre, radius))
