"""Perturbed copies of a hip: turned, moved, grown and redrawn by as much as is asked for, on the grid of the input."""

from __future__ import annotations

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.perturbation import (
    Perturbation,
    PerturbationLimits,
    Perturber,
    draw_perturbations,
)
from ONFHAssistLib.imaging.image import Image

SPACINGS = [
    (1.0, 1.0, 1.0),
    (0.8, 0.8, 3.0),
    (3.0, 1.0, 1.5),
]  # the last is a volume whose slices are sagittal


def egg(spacing: tuple[float, float, float]) -> tuple[Image, np.ndarray]:
    """An ellipsoid of 20, 14 and 17 mm that is brighter to one side, with its outline; shape (z, y, x)."""
    size = np.array([64.0, 60.0, 66.0])
    grid = Image(np.zeros(np.round(size / spacing[::-1]).astype(int), np.float32), spacing)
    offset = grid.points() - grid.points().reshape(-1, 3).mean(axis=0)
    inside = ((offset / (20.0, 14.0, 17.0)) ** 2).sum(axis=-1) <= 1
    values = np.where(inside, 500.0 + 5.0 * offset[..., 0], 100.0)
    return grid.like(values.astype(np.float32)), inside


def long_axis(mask: Image, across: int) -> float:
    """Degrees of the region's long axis in the plane of the slices."""
    keep = [axis for axis in (2, 1, 0) if axis != across]  # x, y, z without the axis of the slices
    points = mask.points()[mask.array > 0][:, [2 - axis for axis in keep]]
    _values, vectors = np.linalg.eigh(np.cov(points.T))
    return float(np.degrees(np.arctan2(vectors[1, -1], vectors[0, -1]))) % 180.0


@pytest.mark.parametrize("spacing", SPACINGS)
def test_image_and_outline_turn_together_in_the_slices(spacing):
    image, region = egg(spacing)
    across = int(np.argmax(spacing[::-1]))
    turned, mask = Perturber(image, region).apply(Perturbation(rotation_deg=10.0))
    before = image.like(region.astype(np.uint8))
    assert abs((long_axis(mask, across) - long_axis(before, across) + 90.0) % 180.0 - 90.0) == pytest.approx(
        10.0, abs=1.0
    )
    assert np.count_nonzero(mask.array) == pytest.approx(np.count_nonzero(region), rel=0.03)
    assert (turned.array[mask.array > 0] > 300).mean() > 0.97  # the bright egg turned with its outline
    assert mask.same_grid(image) and turned.same_grid(image)


@pytest.mark.parametrize("spacing", SPACINGS)
def test_a_shift_moves_both_by_pixels_of_the_slices(spacing):
    image, region = egg(spacing)
    moved, mask = Perturber(image, region).apply(Perturbation(shift=(2.0, -1.0)))
    across = int(np.argmax(spacing[::-1]))
    rows, columns = (axis for axis in range(3) if axis != across)
    expected = np.roll(np.roll(region, -2, axis=columns), 1, axis=rows)
    assert np.array_equal(mask.array > 0, expected)  # whole pixels need no interpolation
    values = np.roll(np.roll(image.array, -2, axis=columns), 1, axis=rows)
    assert moved.array[expected] == pytest.approx(values[expected], abs=1e-2)


def test_half_a_pixel_interpolates_the_values():
    image, region = egg((1.0, 1.0, 1.0))
    moved, mask = Perturber(image, region).apply(Perturbation(shift=(0.5, 0.0)))
    z, y, x = (int(v) for v in np.argwhere(region).mean(axis=0))
    assert mask.array[z, y, x] == 1
    assert moved.array[z, y, x] == pytest.approx(
        0.5 * (image.array[z, y, x] + image.array[z, y, x + 1]), abs=0.1
    )


@pytest.mark.parametrize("growth", [-0.2, 0.15])
@pytest.mark.parametrize("spacing", SPACINGS)
def test_the_outline_grows_by_the_share_of_its_volume(spacing, growth):
    image, region = egg(spacing)
    same, mask = Perturber(image, region).apply(Perturbation(growth=growth))
    assert np.array_equal(same.array, image.array)
    # A shell of voxels at one depth comes or goes as a whole.
    assert np.count_nonzero(mask.array) == pytest.approx((1 + growth) * np.count_nonzero(region), rel=0.08)
    nested = region if growth < 0 else mask.array > 0
    assert nested[(mask.array > 0) & region].all()
    assert ((mask.array > 0) <= region).all() if growth < 0 else (region <= (mask.array > 0)).all()


def test_a_redrawn_contour_keeps_the_volume_and_moves_the_border():
    image, region = egg((1.0, 1.0, 1.0))
    perturber = Perturber(image, region)
    masks = [perturber.apply(Perturbation(contour_mm=1.5, seed=seed))[1].array > 0 for seed in (1, 1, 2)]
    assert np.array_equal(masks[0], masks[1])
    assert not np.array_equal(masks[0], masks[2])
    for mask in masks:
        assert np.count_nonzero(mask) == np.count_nonzero(region)
        dice = 2 * np.count_nonzero(mask & region) / (np.count_nonzero(mask) + np.count_nonzero(region))
        assert 0.8 < dice < 0.97


def test_a_radiograph_is_perturbed_in_its_plane():
    rows, columns = np.mgrid[:80, :90]
    region = (np.hypot(rows - 40, columns - 45) <= 25)[None]
    image = Image(np.where(region, 900.0, 100.0).astype(np.float32), (0.5, 0.5, 1.0))
    moved, mask = Perturber(image, region).apply(Perturbation(10.0, (0.3, 0.2), -0.1, 0.5, 3))
    assert mask.array.shape == region.shape
    assert np.count_nonzero(mask.array) == pytest.approx(0.9 * np.count_nonzero(region), abs=1)
    assert (moved.array[mask.array > 0] > 500).mean() > 0.95


def test_draws_stay_within_their_limits_and_the_first_ones_stay():
    limits = PerturbationLimits(rotation_deg=5.0, shift=0.25, growth=0.2, contour_mm=0.5)
    many, few = draw_perturbations(200, 7, limits), draw_perturbations(3, 7, limits)
    assert many[:3] == few
    assert draw_perturbations(3, 8, limits) != few
    assert all(abs(one.rotation_deg) <= 5.0 and abs(one.growth) <= 0.2 for one in many)
    assert all(max(map(abs, one.shift)) <= 0.25 for one in many)
    assert max(one.rotation_deg for one in many) > 4.5 and min(one.rotation_deg for one in many) < -4.5
    assert len({one.seed for one in many}) == 200


def test_limits_and_regions_that_make_no_sense_are_refused():
    with pytest.raises(InputError, match=r"growth of the perturbations is 0\.9"):
        PerturbationLimits(growth=0.9)
    image, region = egg((1.0, 1.0, 1.0))
    with pytest.raises(InputError, match="empty"):
        Perturber(image, np.zeros_like(region))
