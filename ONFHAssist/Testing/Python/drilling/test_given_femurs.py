"""A femur that somebody outlined is taken for the hip that it is of, and one label of both femurs is parted."""

import numpy as np
import pytest
from support.made_femurs import made_femur

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.drilling.given import read_femurs
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image


@pytest.fixture(scope="module")
def both():
    """Both femurs and heads on one grid of 4 mm: their labels (1 right, 2 left), and the outlined heads."""
    grid = Image(np.zeros((50, 40, 75), np.uint8), (4.0, 4.0, 4.0), (-148.0, -70.0, -180.0))
    femurs, heads = np.zeros(grid.array.shape, np.uint8), np.zeros(grid.array.shape, np.uint8)
    for value, side in enumerate("RL", 1):
        made = made_femur(side, (2.0, 2.0, 2.0))
        femurs[made.femur.resampled_to(grid, "nearest").array > 0] = value
        head = made.labels.resampled_to(grid, "nearest").array
        heads[head > 0] = head[head > 0]
    return grid.like(femurs), grid.like(heads)


def test_one_label_of_both_femurs_is_parted(both, tmp_path):
    femurs, heads = both
    path = write_image(femurs.like((femurs.array > 0).astype(np.uint8)), tmp_path / "both.nii.gz")
    found = read_femurs(path, heads)
    assert set(found) == {"R", "L"}
    for value, side in enumerate("RL", 1):
        assert np.array_equal(found[side].array > 0, femurs.array == value)


def test_labels_of_two_values_are_each_of_the_head_that_they_cover(both, tmp_path):
    femurs, heads = both
    swapped = np.choose(femurs.array, [0, 7, 3]).astype(np.uint8)
    found = read_femurs(write_image(femurs.like(swapped), tmp_path / "two.nii.gz"), heads)
    assert np.array_equal(found["R"].array > 0, femurs.array == 1)
    assert np.array_equal(found["L"].array > 0, femurs.array == 2)


def test_one_piece_about_both_heads_is_refused(both, tmp_path):
    femurs, heads = both
    array = (femurs.array > 0).astype(np.uint8)
    at = np.argwhere(array)[:, :2].mean(axis=0).astype(int)
    array[at[0], at[1], :] = 1
    path = write_image(femurs.like(array), tmp_path / "piece.nii.gz")
    with pytest.raises(InputError, match="covers both femoral heads in one connected piece; give the right"):
        read_femurs(path, heads)
