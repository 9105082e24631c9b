"""Outlines on finer voxels: the image's voxels are the share of theirs, in the same place, however they are stored."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its documented short name
from hypothesis import given
from hypothesis import strategies as st
from support.geometry import grids

from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.masks.fine import (
    fine_grid,
    fine_hip_hashes,
    fine_labels,
    on_image,
    parts_of,
    recropped,
    repeated,
)

seeds = st.integers(0, 10_000)
ORDERS = [(0, 1, 2), (0, 2, 1), (1, 2, 0), (2, 1, 0)]


def drawn_on(image: Image, seed: int) -> Image:
    """Random labels in random boxes of the image's finer voxels."""
    rng = np.random.default_rng(seed)
    grid = fine_grid(image)
    array = np.zeros(grid.array.shape, np.uint8)
    for value in (1, 2, 3, 4):
        a, b = np.sort([rng.integers(0, np.array(array.shape) + 1) for _ in range(2)], axis=0)
        box = tuple(slice(i, j) for i, j in zip(a, b, strict=True))
        array[box] = np.where(rng.random(array[box].shape) < 0.6, value, array[box])
    array.flat[rng.integers(array.size)] = 1  # never empty
    return grid.like(array)


@given(grids(), seeds)
def test_a_voxel_has_the_label_of_most_of_the_half_that_lies_in_its_place(image: Image, seed: int) -> None:
    fine = drawn_on(image, seed)
    assert max(fine.spacing) <= 1.25
    taken = on_image(recropped(fine, image), image)
    assert taken.same_grid(image)
    owner = np.rint(image.point_to_index(fine.points())).astype(int).reshape(-1, 3)  # by place alone
    votes = np.zeros((*image.array.shape, 5), int)
    np.add.at(votes, (owner[:, 2], owner[:, 1], owner[:, 0], fine.array.ravel()), 1)
    outlined = votes[..., 1:].sum(axis=-1)
    most = 4 - votes[..., :0:-1].argmax(axis=-1)  # of equal shares the necrosis
    assert np.array_equal(taken.array, np.where(2 * outlined >= votes.sum(axis=-1), most, 0))


@given(grids(), seeds, st.sampled_from(ORDERS), st.tuples(*(st.booleans(),) * 3))
def test_how_finer_labels_are_stored_and_cropped_does_not_matter(image, seed, order, flips) -> None:
    fine = drawn_on(image, seed)
    if fine.spacing == image.spacing:
        return
    wanted = fine_labels(fine, image)
    assert wanted is not None
    stored = sitk.Flip(sitk.PermuteAxes(fine.to_sitk(), order), [bool(f) for f in flips])
    where = np.argwhere(sitk.GetArrayFromImage(stored))
    low, high = where.min(axis=0)[::-1], where.max(axis=0)[::-1] + 1
    other = Image.from_sitk(stored).cropped(tuple(low), tuple(high))
    found = fine_labels(other, image)
    assert found is not None
    assert found.same_grid(wanted)
    assert np.array_equal(found.array, wanted.array)
    assert fine_hip_hashes(found, image) == fine_hip_hashes(wanted, image)
    points, theirs = (labels.points()[labels.array == 1] for labels in (fine, found))
    assert np.allclose(np.sort(points, axis=0), np.sort(theirs, axis=0), atol=1e-6)


@given(grids(), seeds)
def test_repeated_labels_come_back_as_they_were(image: Image, seed: int) -> None:
    labels = image.like(np.random.default_rng(seed).integers(0, 5, image.array.shape, np.uint8))
    assert np.array_equal(on_image(repeated(labels, image), image).array, labels.array)


THICK = Image(np.zeros((6, 40, 40), np.uint8), (0.9, 0.9, 4.5), (-20.0, 5.0, 70.0))


def two_hips() -> Image:
    grid = fine_grid(THICK)
    array = np.zeros(grid.array.shape, np.uint8)
    array[8:20, 4:20, 3:12], array[8:20, 4:20, 25:34] = 1, 2
    array[10:14, 6:12, 5:9] = 3
    return grid.like(array)


def test_correcting_one_hip_leaves_the_hash_of_the_other() -> None:
    before = two_hips()
    array = before.array.copy()
    array[8:24, 0:20, 24:34] = 2
    first, second = (fine_hip_hashes(recropped(one, THICK), THICK) for one in (before, before.like(array)))
    assert first["R"] == second["R"]
    assert first["L"] != second["L"]
    moved = fine_hip_hashes(recropped(before.like(np.roll(before.array, 1, axis=0)), THICK), THICK)
    assert moved["R"] != first["R"]


def test_slices_are_divided_into_an_odd_number_of_parts_and_short_voxels_are_not() -> None:
    assert [parts_of((s, s, s))[2] for s in (0.3, 1.25, 1.3, 3.0, 4.0, 4.5, 5.2, 6.0, 9.0)] == [
        1, 1, 3, 3, 5, 5, 5, 7, 9,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        replace(two_hips(), origin=(-20.0 + 0.3, 5.0, 68.2)),  # off by a third of a pixel
        replace(two_hips(), spacing=(0.9, 0.9, 1.0)),  # 4.5 voxels a slice
        replace(two_hips(), origin=(-20.0, 5.0, 88.2)),  # outlined above the image
        THICK.like(np.ones(THICK.array.shape, np.uint8)),  # the image's own voxels
        replace(
            two_hips(), direction=(0.999, -0.0447, 0, 0.0447, 0.999, 0, 0, 0, 1)
        ),  # turned by 2.6 degrees
        replace(two_hips(), spacing=(1.8, 1.8, 0.9)),  # coarser in the slices
    ],
)
def test_voxels_that_do_not_divide_those_of_the_image_are_none_of_it(other: Image) -> None:
    assert fine_labels(other, THICK) is None


def test_rounded_numbers_of_a_file_are_the_same_place() -> None:
    fine = two_hips()
    rounded = replace(fine, spacing=(0.9000002, 0.8999998, 0.9000001), origin=(-19.99999, 5.00001, 68.20002))
    found = fine_labels(rounded, THICK)
    assert found is not None
    assert found.spacing == fine.spacing
    assert np.array_equal(found.array, fine_labels(fine, THICK).array)


def test_exactly_half_of_a_voxel_is_outlined_and_exactly_half_of_a_head_is_necrosis() -> None:
    """Other programs divide voxels into even numbers too."""
    image = Image(np.zeros((4, 4, 4), np.uint8), (2.0, 2.0, 4.0))
    array = np.zeros((8, 8, 8), np.uint8)
    array[2, 2:4, 2:4] = 1  # 4 of the 8 parts of voxel (1, 1, 1)
    array[4, 2:4, 2:4] = 1
    array[4, 2:4, 2] = 3  # 4 of 8, of which 2 are necrosis
    array[6, 2:4, 2] = 1  # 2 of 8
    fine = fine_labels(Image(array, (1.0, 1.0, 2.0), (-0.5, -0.5, -1.0)), image)
    assert fine is not None
    assert on_image(fine, image).array[:, 1, 1].tolist() == [0, 1, 3, 0]
