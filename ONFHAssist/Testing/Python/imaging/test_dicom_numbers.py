"""Numbers of a header: a bad fact that nothing needs is absent and said, a needed one is refused by the file's name."""

import warnings

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pydicom.datadict import dictionary_description, dictionary_VR, tag_for_keyword
from pydicom.dataelem import RawDataElement
from pydicom.tag import Tag
from support.dicom_files import enhanced, slice_datasets, write_shuffled

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.reading import Reading

FILES = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
OPTIONAL = {
    "EchoTime": "echo_time_ms",
    "RepetitionTime": "repetition_time_ms",
    "FlipAngle": "flip_angle_deg",
    "SliceThickness": "slice_thickness_mm",
    "MagneticFieldStrength": "field_t",
    "InversionTime": "inversion_time_ms",
    "EchoTrainLength": "echo_train_length",
}
NEEDED = (
    "ImagePositionPatient",
    "ImageOrientationPatient",
    "PixelSpacing",
    "RescaleSlope",
    "RescaleIntercept",
    "NumberOfFrames",
)
BAD = ("Anonymous", "1.5T", "4,0", "12\\80", "nan", "inf", "1A", "--", "1.2.3", "\u00b5")
no_numbers = st.one_of(
    st.sampled_from(BAD), st.text("ABCxyz ,.^-", min_size=1, max_size=14).filter(lambda t: t.strip())
)


def volume() -> Image:
    return Image(np.arange(4 * 6 * 5, dtype=np.int16).reshape(4, 6, 5), (1, 1, 4))


def with_raw(dataset, keyword, text):
    """The dataset with bytes in an element that no writer would accept."""
    tag = Tag(tag_for_keyword(keyword))
    value = text.encode("latin-1") + b" " * (len(text) % 2)
    dataset._dict[tag] = RawDataElement(tag, dictionary_VR(tag), len(value), value, 0, False, True)
    return dataset


def write(folder, keyword, text):
    assume((text, dictionary_VR(tag_for_keyword(keyword))) != ("inf", "IS"))  # pydicom cannot write it
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return write_shuffled([with_raw(one, keyword, text) for one in slice_datasets(volume())], folder)


@FILES
@given(st.sampled_from(sorted(OPTIONAL)), no_numbers)
def test_a_bad_fact_is_absent_and_said(tmp_path_factory, keyword, text):
    image = read_image(write(tmp_path_factory.mktemp("series"), keyword, text))
    assert np.array_equal(image.array, volume().array)
    assert image.spacing == pytest.approx((1, 1, 4))
    assert OPTIONAL[keyword] not in image.metadata
    assert any(dictionary_description(keyword) in note for note in Reading.of(image.metadata).notes)


@FILES
@given(st.sampled_from(NEEDED), no_numbers)
def test_a_bad_number_that_is_needed_names_the_file(tmp_path_factory, keyword, text):
    assume((keyword, text) != ("PixelSpacing", "12\\80"))  # two good numbers
    with pytest.raises(InputError) as refused:
        read_image(write(tmp_path_factory.mktemp("series"), keyword, text))
    assert "IM00" in str(refused.value)
    assert dictionary_description(keyword) in str(refused.value)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("ImageOrientationPatient", ""),
        ("ImageOrientationPatient", "0\\0\\0\\0\\0\\0"),
        ("ImageOrientationPatient", "1\\0\\0\\1\\0\\0"),
        ("ImageOrientationPatient", "1\\0\\0\\0\\1"),
        ("ImagePositionPatient", "1\\2"),
        ("ImagePositionPatient", ""),
        ("PixelSpacing", "0\\0"),
        ("PixelSpacing", "-1\\1"),
        ("PixelSpacing", "1"),
        ("RescaleSlope", "0"),
        ("NumberOfFrames", "0"),
        ("NumberOfFrames", "-2"),
        ("NumberOfFrames", "7"),
    ],
)
def test_numbers_that_make_no_geometry_are_refused(tmp_path, keyword, text):
    with pytest.raises(InputError, match="IM00"):
        read_image(write(tmp_path, keyword, text))


@pytest.mark.parametrize("keyword", ["Rows", "Columns", "BitsStored", "PixelRepresentation"])
@pytest.mark.parametrize("text", ["ABCD", ""])
def test_what_describes_the_pixels_is_needed(tmp_path, keyword, text):
    with pytest.raises(InputError, match=r"(?s)IM00"):
        read_image(write(tmp_path, keyword, text))


@pytest.mark.parametrize(("slope", "intercept"), [("", ""), ("1", "")])
def test_an_empty_slope_is_none(tmp_path, slope, intercept):
    folder = write(tmp_path, "RescaleSlope", slope)
    for file in folder.iterdir():
        dataset = pydicom.dcmread(file)
        dataset.RescaleIntercept = intercept or None
        dataset.save_as(file)
    assert np.array_equal(read_image(folder).array, volume().array)


def test_cosines_that_were_rounded_are_put_right(tmp_path):
    folder = write(tmp_path, "ImageOrientationPatient", "0.999\\0.04\\0\\-0.04\\0.999\\0")
    matrix = np.reshape(read_image(folder).direction, (3, 3))
    assert np.allclose(matrix.T @ matrix, np.eye(3), atol=1e-12)
    assert np.allclose(matrix[:, 0], [0.9992, 0.04, 0], atol=1e-4)


def test_a_multi_frame_object_with_a_bad_echo_time_is_read(tmp_path):
    dataset = enhanced(volume(), [0, 1, 2, 3], slopes=False)
    dataset.MagneticFieldStrength = None
    with_raw(dataset, "EchoTime", "Anonymous")
    pydicom.dcmwrite(tmp_path / "one.dcm", dataset, enforce_file_format=True)
    assert np.array_equal(read_image(tmp_path / "one.dcm").array, volume().array)


@pytest.mark.parametrize(
    "lacking", ["PlanePositionSequence", "PlaneOrientationSequence", "PixelMeasuresSequence"]
)
def test_a_multi_frame_object_without_its_geometry_names_the_file(tmp_path, lacking):
    dataset = enhanced(volume(), [0, 1, 2, 3])
    for group in (dataset.SharedFunctionalGroupsSequence[0], dataset.PerFrameFunctionalGroupsSequence[2]):
        if lacking in group:
            delattr(group, lacking)
    pydicom.dcmwrite(tmp_path / "one.dcm", dataset, enforce_file_format=True)
    with pytest.raises(InputError, match=r"one\.dcm.*missing"):
        read_image(tmp_path / "one.dcm")


def test_frames_that_are_not_described_are_refused(tmp_path):
    dataset = enhanced(volume(), [0, 1, 2, 3])
    del dataset.PerFrameFunctionalGroupsSequence[3]
    pydicom.dcmwrite(tmp_path / "one.dcm", dataset, enforce_file_format=True)
    with pytest.raises(InputError, match="states 4 frames and describes 3"):
        read_image(tmp_path / "one.dcm")


def test_a_single_slice_without_thickness_says_what_is_taken(tmp_path):
    (first, *_) = slice_datasets(volume())
    del first.SliceThickness
    image = read_image(write_shuffled([first], tmp_path))
    assert image.spacing[2] == 1.0
    assert "The single slice states no thickness; 1 mm is taken." in Reading.of(image.metadata).notes


def test_the_reader_is_quiet(tmp_path, recwarn):
    folder = write(tmp_path, "EchoTime", "Anonymous")
    recwarn.clear()
    read_image(folder)
    assert not recwarn.list
