"""Image: geometry survives every operation and every file format."""

import gzip
import pickle
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.geometry import grids

from ONFHAssistLib.core.errors import InputError, is_disk_full
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image
from ONFHAssistLib.imaging.image import Image

FILES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def value_at(image: Image, point: np.ndarray) -> float:
    x, y, z = np.round(image.point_to_index(point)).astype(int)
    return float(image.array[z, y, x])


@given(grids())
def test_points_and_indices_are_inverse_and_agree_with_simpleitk(image):
    index = np.array(image.size) - 1.0
    point = image.index_to_point(index)
    assert np.allclose(image.point_to_index(point), index, atol=1e-9)
    assert np.allclose(
        point, image.to_sitk().TransformContinuousIndexToPhysicalPoint(index.tolist()), atol=1e-9
    )


@given(grids(low=4))
def test_a_crop_keeps_every_voxel_in_its_place(image):
    part = image.cropped((1, 2, 1), (3, 4, 3))
    for index in ([0, 0, 0], [1, 1, 1]):
        point = part.index_to_point(index)
        assert value_at(part, point) == value_at(image, point)


@pytest.mark.parametrize(
    ("spacing", "axis"),
    [
        ((0.9, 0.9, 4.5), 2), ((0.9, 4.5, 0.9), 1), ((3.0, 0.9, 0.9), 0), ((1.0, 1.0, 0.8), 2), ((0.98, 0.98, 0.625), 2),
        ((1.0, 1.0, 1.0), 2), ((0.8, 1.0, 0.9), 2),
    ],
)  # fmt: skip
def test_slices_lie_across_the_one_axis_that_is_longer_than_both_others(spacing, axis):
    image = Image(np.zeros((3, 4, 5)), spacing)
    assert image.slice_axis == axis
    assert list(image.slice_normal) == list(np.eye(3)[axis])
    assert image.sliced_spacing[2] == spacing[axis]
    assert sorted(image.sliced_spacing) == sorted(spacing)


@given(grids())
def test_patient_order_moves_no_voxel(image):
    turned = image.in_patient_order()
    matrix = np.asarray(turned.direction).reshape(3, 3)
    assert all(int(np.argmax(np.abs(matrix[:, j]))) == j and matrix[j, j] > 0 for j in range(3))
    corner = image.index_to_point([0, 0, 0])
    assert value_at(turned, corner) == value_at(image, corner)


@given(grids())
def test_resampling_to_its_own_grid_changes_nothing(image):
    assert np.array_equal(image.resampled_to(image, "nearest").array, image.array)


@given(grids(), st.floats(0.5, 2.0))
def test_resampling_keeps_the_centre_of_the_field_of_view(image, factor):
    new = image.resampled(tuple(s * factor for s in image.spacing))
    middle = image.index_to_point(0.5 * (np.array(image.size) - 1))
    assert np.allclose(new.index_to_point(0.5 * (np.array(new.size) - 1)), middle, atol=1e-6)


@FILES
@given(grids(), st.sampled_from(["a.nii", "a.nii.gz", "a.nrrd", "a.mha"]))
def test_files_keep_voxels_and_places(tmp_path, image, name):
    back = read_image(write_image(image, tmp_path / name))
    assert np.array_equal(back.array, image.array)
    assert back.same_grid(image, tolerance=1e-2)  # NIfTI stores its matrix in single precision
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".part")] == []


def test_an_image_survives_the_way_to_another_process():
    image = Image(np.ones((2, 3, 4), np.int16), (1, 2, 3), (4, 5, 6), metadata={"sequence": "T1"})
    back = pickle.loads(pickle.dumps(image))
    assert back.same_grid(image)
    assert back.metadata == {"sequence": "T1"}


def test_same_grid_sees_a_shift_of_a_hundredth_of_a_millimetre():
    image = Image(np.zeros((4, 4, 4)))
    assert not image.same_grid(Image(np.zeros((4, 4, 4)), origin=(0.01, 0, 0)))
    assert image.same_grid(Image(np.zeros((4, 4, 4)), origin=(0.0001, 0, 0)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"array": np.zeros((4, 4))}, "three axes"),
        ({"array": np.zeros((4, 4, 4)), "spacing": (1, 0, 1)}, "three positive lengths"),
        ({"array": np.zeros((4, 4, 4)), "direction": (1, 0.5, 0, 0, 1, 0, 0, 0, 1)}, "skewed"),
    ],
)
def test_impossible_geometry_is_refused(arguments, words):
    with pytest.raises(InputError, match=words):
        Image(**arguments)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"nothing\.nii does not exist"):
        read_image(tmp_path / "nothing.nii")


@pytest.mark.parametrize("name", ["text.nii", "text.nii.gz", "text.nrrd"])
def test_a_text_file_with_an_image_suffix_is_refused(tmp_path, name):
    path = tmp_path / name
    content = b"patient,age\n1,44\n"
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    with pytest.raises(InputError, match=f"{name} cannot be read"):
        read_image(path)


@pytest.mark.parametrize("name", ["cut.nii", "cut.nii.gz", "cut.nrrd"])
def test_a_truncated_file_is_refused_and_not_filled_with_zeros(tmp_path, name):
    path = write_image(Image(np.random.default_rng(0).normal(size=(8, 9, 10))), tmp_path / name)
    path.write_bytes(path.read_bytes()[:-700])
    with pytest.raises(InputError, match=name):
        read_image(path)


def test_a_namesake_with_another_suffix_is_not_read_instead(tmp_path):
    write_image(Image(np.full((3, 3, 3), 1, np.int16)), tmp_path / "a.nii")
    write_image(Image(np.full((5, 4, 3), 2, np.int16)), tmp_path / "a.nii.gz")
    assert (read_image(tmp_path / "a.nii.gz").array == 2).all()
    assert (read_image(tmp_path / "a.nii").array == 1).all()


def test_nan_in_a_nifti_file_stays_nan(tmp_path):
    values = np.zeros((3, 4, 5), np.float32)
    values[1, 2, 3] = np.nan
    values[0, 0, 4] = np.inf
    back = read_image(write_image(Image(values), tmp_path / "a.nii.gz")).array
    assert np.argwhere(~np.isfinite(back)).tolist() == [[0, 0, 4], [1, 2, 3]]


def test_a_file_that_was_not_written_whole_does_not_appear(tmp_path, monkeypatch):
    def cut_short(image, name, **_options):
        SIMPLE_WRITE(image, name)
        with Path(name).open("r+b") as file:
            file.truncate(400)

    SIMPLE_WRITE = sitk.WriteImage
    monkeypatch.setattr(sitk, "WriteImage", cut_short)
    with pytest.raises(InputError):
        write_image(Image(np.ones((8, 8, 8), np.int16)), tmp_path / "a.nii")
    assert list(tmp_path.iterdir()) == []


def test_values_that_do_not_come_back_are_no_full_disk(tmp_path, monkeypatch):
    write = sitk.WriteImage
    monkeypatch.setattr(sitk, "WriteImage", lambda image, name, **_options: write(image + 1, name))
    with pytest.raises(InputError, match="does not hold the values") as caught:
        write_image(Image(np.ones((4, 4, 4), np.int16)), tmp_path / "a.nii")
    assert not is_disk_full(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_four_dimensional_or_colour_image_is_refused(tmp_path):
    four = sitk.JoinSeries([sitk.Image([3, 3, 3], sitk.sitkInt16)] * 2)
    sitk.WriteImage(four, str(tmp_path / "four.nii.gz"))
    with pytest.raises(InputError, match="4 dimensions"):
        read_image(tmp_path / "four.nii.gz")
    colour = sitk.Image([3, 3, 3], sitk.sitkVectorUInt8, 3)
    sitk.WriteImage(colour, str(tmp_path / "colour.nrrd"))
    with pytest.raises(InputError, match="3 values a voxel"):
        read_image(tmp_path / "colour.nrrd")


def test_a_mask_with_nan_or_fractions_is_refused(tmp_path):
    values = np.zeros((3, 3, 3), np.float32)
    values[1, 1, 1] = np.nan
    write_image(Image(values), tmp_path / "nan.nii.gz")
    with pytest.raises(InputError, match="NaN"):
        read_mask(tmp_path / "nan.nii.gz")
    values[1, 1, 1] = 0.5
    write_image(Image(values), tmp_path / "half.nii.gz")
    with pytest.raises(InputError, match="fractions"):
        read_mask(tmp_path / "half.nii.gz")
    values[1, 1, 1] = 3.0
    write_image(Image(values), tmp_path / "whole.nii.gz")
    assert read_mask(tmp_path / "whole.nii.gz").array.dtype == np.int32
