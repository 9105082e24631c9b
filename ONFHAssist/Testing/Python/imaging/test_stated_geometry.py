"""What a file states of its geometry is read; what it leaves open is refused (size) or said (orientation, place)."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.geometry import grids
from support.named_files import nifti, nrrd, ras_affine

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.geometry import geometry_sentences, orientation_is_stated, place_is_stated
from ONFHAssistLib.imaging.image import Image

ARRAY = np.arange(60, dtype=np.int16).reshape(3, 4, 5)
LPS = "space: left-posterior-superior"
DIRECTIONS = "space directions: (0.8,0,0) (0,0.9,0) (0,0,4)"

# One degree about the second axis: in RAS half a turn, whose quaternion has a cosine of 0.
COS, SIN = np.cos(np.radians(1)), np.sin(np.radians(1))
TILTED = Image(
    np.zeros((3, 3, 3), np.int16), (1.0, 4.0, 1.0), (0.0, 0.0, 0.0), (COS, 0, SIN, 0, 1, 0, -SIN, 0, COS)
)


def skewed(degrees):
    """RAS axes of 0.8, 0.9 and 4 mm, the second one ``degrees`` off its right angle to the first."""
    turn = np.radians(degrees)
    return [[-0.8, 0.9 * np.sin(turn), 0, 80], [0, -0.9 * np.cos(turn), 0, 20], [0, 0, 4, 10]]


@settings(max_examples=25, deadline=None)
@given(grids(), st.sampled_from([1, 2]))
def test_a_nifti_lies_where_its_matrix_says_in_both_versions(tmp_path_factory, image, version):
    path = tmp_path_factory.mktemp("n") / "a.nii"
    back = read_image(nifti(path, image.array, ras_affine(image), image.spacing, (0, 1), version))
    assert back.same_grid(image, 2e-3)
    assert np.array_equal(back.array, image.array)
    assert geometry_sentences(back) == ()


@settings(max_examples=15, deadline=None)
@given(grids())
@example(TILTED)
def test_the_quaternion_of_a_nifti_says_the_same_as_its_matrix(tmp_path_factory, image):
    path = write_image(image, tmp_path_factory.mktemp("q") / "a.nii")
    content = bytearray(path.read_bytes())
    content[252:256] = b"\1\0\0\0"  # qform alone
    path.write_bytes(content)
    assert read_image(path).same_grid(image, 0.05)  # of a turn near 180 degrees 32 bits keep four digits


def test_a_half_turn_of_the_quaternion_is_exact(tmp_path):
    cosine, sine = (
        np.cos(0.0717),
        np.sin(0.0717),
    )  # with the half turn from LPS to RAS nothing is left of its real part
    turn = (cosine, 0.0, sine, 0.0, 1.0, 0.0, -sine, 0.0, cosine)
    path = write_image(Image(ARRAY, (1.0, 3.0, 1.0), (5.0, 0.0, 0.0), turn), tmp_path / "a.nii")
    content = bytearray(path.read_bytes())
    content[252:256] = b"\1\0\0\0"
    path.write_bytes(content)
    assert np.allclose(read_image(path).direction, turn, atol=1e-6)


def test_a_nifti_with_both_codes_0_states_neither_orientation_nor_place(tmp_path):
    image = read_image(nifti(tmp_path / "a.nii", ARRAY, None, (0.8, 0.9, 4), (0, 0)))
    assert image.spacing == pytest.approx((0.8, 0.9, 4.0))
    assert not orientation_is_stated(image)
    assert "a.nii states no orientation" in geometry_sentences(image)[0]


@pytest.mark.parametrize("codes", [(0, 0), (1, 0)])
@pytest.mark.parametrize("size", [0.0, float("nan")])
def test_a_nifti_with_a_slice_distance_of_0_is_refused(tmp_path, codes, size):
    with pytest.raises(InputError, match=r"a\.nii states voxels of 0\.8 x 0\.9 x (0|nan) mm"):
        read_image(nifti(tmp_path / "a.nii", ARRAY, None, (0.8, 0.9, size), codes))


def test_the_matrix_of_a_nifti_decides_over_another_size_in_its_header_and_that_is_said(tmp_path):
    image = read_image(nifti(tmp_path / "a.nii", ARRAY, skewed(0), (1, 1, 1), (0, 1)))
    assert image.spacing == pytest.approx((0.8, 0.9, 4.0))
    assert "voxels of 1 x 1 x 1 mm beside a matrix of 0.8 x 0.9 x 4 mm" in geometry_sentences(image)[0]


@pytest.mark.parametrize("degrees", [0.01, 0.03, 0.09])
def test_axes_a_little_askew_are_read_upright_and_said(tmp_path, degrees):
    image = read_image(nifti(tmp_path / "a.nii", ARRAY, skewed(degrees), (0.8, 0.9, 4), (0, 2)))
    matrix = np.reshape(image.direction, (3, 3))
    assert np.allclose(matrix.T @ matrix, np.eye(3), atol=1e-9)
    assert image.spacing == pytest.approx((0.8, 0.9, 4.0), rel=1e-5)
    assert np.array_equal(image.array, ARRAY)
    assert f"a.nii stand {degrees:.2f} degrees off right angles" in geometry_sentences(image)[0]


@pytest.mark.parametrize("codes", [(0, 2), (1, 2)])
def test_skewed_axes_are_refused_with_their_angle(tmp_path, codes):
    with pytest.raises(InputError, match=r"a\.nii are skewed: they stand 5\.00 degrees off"):
        read_image(nifti(tmp_path / "a.nii", ARRAY, skewed(5), (0.8, 0.9, 4), codes))


def test_a_nifti_in_metres_is_read_in_mm(tmp_path):
    path = nifti(tmp_path / "a.nii", ARRAY, np.array(skewed(0)) / 1000, (0.0008, 0.0009, 0.004), (0, 1))
    content = bytearray(path.read_bytes())
    content[123] = 1
    path.write_bytes(content)
    image = read_image(path)
    assert image.spacing == pytest.approx((0.8, 0.9, 4.0), rel=1e-5)
    assert image.origin == pytest.approx((-80.0, -20.0, 10.0), rel=1e-5)


@pytest.mark.parametrize(
    ("lines", "oriented", "placed"),
    [
        ((LPS, DIRECTIONS, "space origin: (-80,-20,10)"), True, True),
        ((LPS, DIRECTIONS), True, False),
        (("space dimension: 3", DIRECTIONS, "space origin: (-80,-20,10)"), False, False),
        (("spacings: 0.8 0.9 4",), False, False),
    ],
)
def test_what_an_nrrd_leaves_open_is_known(tmp_path, lines, oriented, placed):
    image = read_image(nrrd(tmp_path / "a.nrrd", ARRAY, *lines))
    assert image.spacing == pytest.approx((0.8, 0.9, 4.0))
    assert (orientation_is_stated(image), place_is_stated(image)) == (oriented, placed)
    assert bool(geometry_sentences(image)) == (not placed)


@pytest.mark.parametrize(
    "lines", [(), (LPS,), ("spacings: 0.8 0.9 nan",), (LPS, "space directions: (0.8,0,0) (0,0.9,0) (0,0,0)")]
)
def test_an_nrrd_without_voxel_size_is_refused(tmp_path, lines):
    with pytest.raises(InputError, match=r"a\.nrrd states no size of its voxels"):
        read_image(nrrd(tmp_path / "a.nrrd", ARRAY, *lines))


def test_a_metaimage_says_what_it_leaves_open(tmp_path):
    path = write_image(Image(ARRAY, (0.8, 0.9, 4.0), (-80, -20, 10)), tmp_path / "a.mha")
    assert geometry_sentences(read_image(path)) == ()
    whole = path.read_bytes()
    for dropped, sentence in ((b"TransformMatrix", "no orientation"), (b"Offset", "no place")):
        lines = [line for line in whole.split(b"\n") if not line.startswith(dropped)]
        path.write_bytes(b"\n".join(lines))
        assert sentence in geometry_sentences(read_image(path))[0]
    path.write_bytes(b"\n".join(line for line in whole.split(b"\n") if not line.startswith(b"ElementSp")))
    with pytest.raises(InputError, match="ElementSpacing"):
        read_image(path)


@pytest.mark.parametrize("name", ["a.nii.gz", "a.nrrd", "a.mha"])
def test_the_values_of_a_program_that_knows_nothing_of_the_patient_are_doubted(tmp_path, name):
    image = read_image(write_image(Image(ARRAY), tmp_path / name))
    assert "1 x 1 x 1 mm, axial, the first voxel at 0" in geometry_sentences(image)[0]
    assert not place_is_stated(image)
