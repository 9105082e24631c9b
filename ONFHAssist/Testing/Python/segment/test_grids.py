"""The grids of the networks: whatever the scan's orientation, the patient's axes, the same places, the same values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.grids import (
    grid_around,
    patient_grid,
    resample_for_network,
    scale_intensities,
    visible_share,
)


def rotation(a: float, b: float, c: float) -> np.ndarray:
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return z @ y @ x


def slope(direction: np.ndarray, spacing=(0.8, 0.9, 3.0), size=(60, 56, 20)) -> Image:
    """A volume whose value is a linear function of the LPS point: 100 + x - 2 y + 3 z."""
    empty = Image(np.zeros(size[::-1], np.float32), spacing, (-20.0, 5.0, 12.0), tuple(direction.ravel()))
    points = empty.points()
    return empty.like((1000 + points @ np.array([1.0, -2.0, 3.0])).astype(np.float32))


angles = st.floats(-0.6, 0.6)


@given(
    angles,
    angles,
    angles,
    st.permutations([0, 1, 2]),
    st.lists(st.sampled_from([-1, 1]), min_size=3, max_size=3),
)
def test_a_point_keeps_its_value_on_the_grid_in_any_orientation(a, b, c, order, signs):
    image = slope(rotation(a, b, c) @ np.eye(3)[:, order] * np.array(signs))
    middle = image.index_to_point(0.5 * (np.array(image.size) - 1))
    grid = patient_grid(middle, (6, 6, 6), 2.0)
    seen = resample_for_network(image, grid)
    expected = 1000 + grid.points() @ np.array([1.0, -2.0, 3.0])
    assert np.abs(seen.array - expected).max() < 0.05


def test_finer_voxels_are_averaged_so_that_a_checkerboard_turns_grey():
    board = (np.indices((16, 16, 16)).sum(axis=0) % 2).astype(np.float32)
    seen = resample_for_network(Image(board, (0.5,) * 3), patient_grid(np.full(3, 3.75), (3, 3, 3), 1.0))
    assert np.allclose(seen.array, 0.5, atol=0.01)


def test_outside_of_the_image_and_at_nan_there_is_zero():
    array = np.full((8, 8, 8), 5.0, np.float32)
    array[4, 4, 4] = np.nan
    seen = resample_for_network(
        Image(array, (1.0,) * 3), patient_grid(np.full(3, 3.5), (20, 20, 20), 1.0)
    ).array
    assert seen[0, 0, 0] == 0.0
    assert np.isfinite(seen).all()
    assert seen.max() == pytest.approx(5.0)


def test_grid_covers_the_volume_in_multiples():
    image = slope(rotation(0.3, -0.2, 0.5))
    grid = grid_around(image, 4.0, 8)
    assert all(n % 8 == 0 for n in grid.size)
    corners = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * (
        np.array(image.size) - 1
    )
    index = grid.point_to_index(image.index_to_point(corners))
    assert (index >= -0.5).all()
    assert (index <= np.array(grid.size) - 0.5).all()


def test_scaling_ignores_brightness_and_keeps_zero():
    rng = np.random.default_rng(1)
    array = rng.gamma(4.0, 50.0, (20, 20, 20)).astype(np.float32)
    array[:5] = 0
    assert np.allclose(scale_intensities(array), scale_intensities(array * 7.5), atol=1e-4)
    assert not scale_intensities(array)[:5].any()
    assert scale_intensities(array).max() <= 1.5
    assert not scale_intensities(np.full((4, 4, 4), 3.0)).any()


def test_half_a_sphere_is_visible_when_its_centre_lies_on_the_edge():
    image = Image(np.zeros((40, 40, 40), np.uint8), (2.0,) * 3)
    assert visible_share(image, np.array([-1.0, 40.0, 40.0]), 20.0) == pytest.approx(0.5, abs=0.07)
    assert visible_share(image, np.array([40.0, 40.0, 40.0]), 20.0) == 1.0
