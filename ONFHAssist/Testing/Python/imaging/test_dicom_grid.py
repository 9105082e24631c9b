"""One volume of a series: regular geometry, one echo, one stack; the two files at fault are named."""

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from support.dicom_files import enhanced, slice_datasets
from support.geometry import directions, origins

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.reading import Reading

FILES = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
AXIAL, SAGITTAL, CORONAL = [1, 0, 0, 0, 1, 0], [0, 1, 0, 0, 0, -1], [1, 0, 0, 0, 0, -1]


def slices_at(positions, orientation=AXIAL, start=0, **tags):
    """A dataset a position (LPS mm, or a height), its pixels all of its number."""
    grid = Image(np.zeros((len(positions), 6, 5), np.int16), (1, 1, 4))
    datasets = slice_datasets(grid, **tags)
    for k, (dataset, place) in enumerate(zip(datasets, positions, strict=True)):
        dataset.ImagePositionPatient = list(place) if np.ndim(place) else [-20, -16, place]
        dataset.ImageOrientationPatient = orientation
        dataset.InstanceNumber = start + k + 1
        dataset.PixelData = np.full((6, 5), start + k + 1, "<i2").tobytes()
    return datasets


def written(folder, *groups):
    """One series of several groups of datasets, ``IM000.dcm`` and so on in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    datasets = [one for group in groups for one in group]
    for k, dataset in enumerate(datasets):
        dataset.SeriesInstanceUID = datasets[0].SeriesInstanceUID
        pydicom.dcmwrite(folder / f"IM{k:03d}.dcm", dataset, enforce_file_format=True)
    return folder


def values(image):
    return image.array[:, 0, 0].tolist()


@FILES
@given(
    st.integers(3, 9),
    st.floats(0.8, 6.0),
    st.floats(-0.9, 0.9).filter(lambda share: abs(share) > 0.15),
    st.data(),
    origins,
    directions(),
)
def test_a_gap_that_differs_names_its_two_files(
    tmp_path_factory, count, usual, share, data, origin, direction
):
    at = data.draw(st.integers(0, count - 2))
    gaps = np.full(count, usual)
    gaps[at] *= 1 + share
    matrix = np.asarray(direction).reshape(3, 3)
    normal = np.cross(matrix[:, 0], matrix[:, 1])
    heights = np.concatenate([[0.0], np.cumsum(gaps)])
    places = [np.round(np.asarray(origin) + height * normal, 6) for height in heights]
    cosines = [float(f"{v:.9f}") for v in (*matrix[:, 0], *matrix[:, 1])]
    folder = written(tmp_path_factory.mktemp("series"), slices_at(places, cosines))
    if abs(share) * usual <= 0.06 * usual + 0.06:
        return
    with pytest.raises(InputError) as refused:
        read_image(folder)
    said = str(refused.value)
    assert f"IM{at:03d}.dcm and IM{at + 1:03d}.dcm are {usual * (1 + share):.2f} mm apart" in said
    assert f"where {usual:.2f} mm is usual" in said


def test_a_narrow_gap_is_refused_as_a_wide_one(tmp_path):
    places = [0, 4, 8, 12, 16, 16.5, 20.5, 24.5, 28.5, 32.5]
    folder = written(tmp_path, slices_at(places))
    with pytest.raises(
        InputError, match=r"IM004.dcm and IM005.dcm are 0\.50 mm apart where 4\.00 mm is usual"
    ):
        read_image(folder)


def test_positions_that_a_header_rounded_are_regular(tmp_path):
    image = read_image(written(tmp_path, slices_at([round(4.46 * k, 1) for k in range(12)])))
    assert image.spacing[2] == pytest.approx(4.46, abs=0.01)


def test_gaps_that_grow_slowly_are_refused(tmp_path):
    places = np.cumsum([0, *np.linspace(3.9, 4.1, 40)])
    with pytest.raises(InputError, match="not evenly spaced"):
        read_image(written(tmp_path, slices_at(places.round(6))))


def test_every_second_image_missing_is_said_by_the_header(tmp_path):
    image = read_image(written(tmp_path, slices_at([0, 8, 16, 24], SpacingBetweenSlices="4")))
    assert image.spacing[2] == 8
    assert "8.00 mm apart, while the header states 4.00 mm" in Reading.of(image.metadata).notes[0]
    regular = read_image(written(tmp_path / "regular", slices_at([0, 4, 8], SpacingBetweenSlices="4")))
    assert Reading.of(regular.metadata).notes == ()


# echoes -----------------------------------------------------------------------------------------------------


def two_echoes(folder, **tags):
    first = slices_at([0, 4, 8], EchoTime="80", RepetitionTime="3000", **tags)
    second = slices_at([0, 4, 8], start=10, EchoTime="12", RepetitionTime="3000", **tags)
    return written(folder, first, second)


def test_an_echo_is_chosen_by_its_time(tmp_path):
    folder = two_echoes(tmp_path)
    with pytest.raises(InputError, match=r"2 echoes; choose one: 1 \(echo time 12 ms.*2 \(echo time 80"):
        read_image(folder)
    short, long = read_image(folder, echo=1), read_image(folder, echo=2)
    assert (values(short), values(long)) == ([11, 12, 13], [1, 2, 3])
    assert (short.metadata["echo_time_ms"], long.metadata["echo_time_ms"]) == ("12", "80")
    assert Reading.of(long.metadata).notes == ("Echo 2 of 2 (echo time 80 ms, 3 images) was read.",)
    assert Reading.of(long.metadata).files_left_out == 3
    with pytest.raises(InputError, match="no echo 3; it holds 2 echoes"):
        read_image(folder, echo=3)


def test_echoes_that_alternate_along_the_patient_are_no_volume(tmp_path):
    folder = written(tmp_path, slices_at([0, 8, 16], EchoTime="12"), slices_at([4, 12, 20], EchoTime="80"))
    with pytest.raises(InputError, match="2 echoes"):
        read_image(folder)


def test_echo_numbers_count_where_no_time_is_stated(tmp_path):
    folder = written(
        tmp_path, slices_at([0, 4], EchoNumbers="2"), slices_at([0, 4], start=10, EchoNumbers="1")
    )
    with pytest.raises(InputError, match="2 echoes"):
        read_image(folder)
    assert values(read_image(folder, echo=1)) == [11, 12]


def multi_frame(path, heights, echo_times=None, stack_ids=None, b_values=None):
    image = Image(np.zeros((len(heights), 6, 5), np.int16), (1, 1, 4))
    dataset = enhanced(image, list(range(len(heights))), slopes=False)
    del dataset.SharedFunctionalGroupsSequence[0].MREchoSequence
    for k, (group, height) in enumerate(zip(dataset.PerFrameFunctionalGroupsSequence, heights, strict=True)):
        group.PlanePositionSequence[0].ImagePositionPatient = (
            list(height) if np.ndim(height) else [-20, -16, height]
        )
        for name, item, values_of in (
            ("MREchoSequence", "EffectiveEchoTime", echo_times),
            ("FrameContentSequence", "StackID", stack_ids),
            ("MRDiffusionSequence", "DiffusionBValue", b_values),
        ):
            if values_of is not None:
                one = Dataset()
                setattr(one, item, values_of[k])
                setattr(group, name, Sequence([one]))
    dataset.PixelData = np.repeat(np.arange(1, len(heights) + 1, dtype="<i2"), 30).tobytes()
    pydicom.dcmwrite(path, dataset, enforce_file_format=True)
    return path


def test_an_echo_of_a_multi_frame_object_is_chosen_with_its_facts(tmp_path):
    path = multi_frame(tmp_path / "one.dcm", [0, 0, 4, 4, 8, 8], [12.0, 80.0] * 3)
    with pytest.raises(InputError, match="2 echoes; choose one"):
        read_image(path)
    long = read_image(path, echo=2)
    assert values(long) == [2, 4, 6]
    assert long.metadata["echo_time_ms"] == "80"
    assert read_image(path, echo=1).metadata["echo_time_ms"] == "12"


def test_one_echo_more_than_there_is_is_refused(tmp_path):
    folder = written(tmp_path, slices_at([0, 4, 8], EchoTime="12"))
    assert values(read_image(folder, echo=1)) == [1, 2, 3]
    with pytest.raises(InputError, match="no echo 2; it holds 1 echo"):
        read_image(folder, echo=2)


# stacks -----------------------------------------------------------------------------------------------------


def test_both_hips_sagittal_are_two_stacks_with_their_places(tmp_path):
    right = [(x, -60, 60) for x in (-100, -96, -92)]
    left = [(x, -60, 60) for x in (88, 92, 96, 100)]
    folder = written(tmp_path, slices_at(left, SAGITTAL), slices_at(right, SAGITTAL, start=10))
    with pytest.raises(
        InputError, match=r"choose one: 1 .*sagittal, 4 images around L 94.*2 .*3 images around R 96"
    ) as said:
        read_image(folder)
    assert "IM000.dcm and IM006.dcm are 180.00 mm apart" in str(said.value)
    second = read_image(folder, stack=2)
    assert second.size[2] == 3
    assert np.allclose(sorted(second.index_to_point([[0, 0, 0], [0, 0, 2]])[:, 0]), [-100, -92])
    assert set(values(second)) == {11, 12, 13}
    with pytest.raises(InputError, match="no stack 3; it holds 2 stacks"):
        read_image(folder, stack=3)


def test_two_stacks_side_by_side_are_told_apart(tmp_path):
    groups = [slices_at([(x, y, 60) for y in (0, 4, 8)], CORONAL, start=s) for x, s in ((-120, 0), (40, 10))]
    folder = written(tmp_path, *groups)
    with pytest.raises(InputError, match=r"side by side.*2 stacks; choose one"):
        read_image(folder)
    assert set(values(read_image(folder, stack=1))) == {1, 2, 3}
    assert set(values(read_image(folder, stack=2))) == {11, 12, 13}


def test_a_localiser_of_three_planes_offers_its_stacks(tmp_path):
    groups = [
        slices_at(
            [(k if n == 0 else 0, k if n == 1 else 0, k if n == 2 else 0) for k in (0, 10, 20)], plane, 10 * n
        )
        for n, plane in enumerate((SAGITTAL, CORONAL, AXIAL))
    ]
    folder = written(tmp_path, *groups)
    with pytest.raises(InputError, match=r"another orientation.*3 stacks; choose one"):
        read_image(folder)
    assert [sorted(values(read_image(folder, stack=n))) for n in (1, 2, 3)] == [
        [1, 2, 3],
        [11, 12, 13],
        [21, 22, 23],
    ]


def test_stacks_of_a_multi_frame_object_are_those_of_its_header(tmp_path):
    path = multi_frame(tmp_path / "one.dcm", [0, 2.5, 4, 6.5, 8, 10.5], stack_ids=["1", "2"] * 3)
    with pytest.raises(InputError, match="2 stacks"):
        read_image(path)
    assert values(read_image(path, stack=1)) == [1, 3, 5]
    gap = multi_frame(tmp_path / "two.dcm", [0, 4, 8, 80, 84, 88])
    with pytest.raises(InputError, match=r"frames 3 and 4 of two.dcm are 72\.00 mm apart.*choose one"):
        read_image(gap)
    assert values(read_image(gap, stack=2)) == [4, 5, 6]


def test_a_slice_that_is_missing_from_a_stack_is_named_when_it_is_chosen(tmp_path):
    path = multi_frame(tmp_path / "one.dcm", [0, 4, 8, 80, 84, 92, 96, 100], stack_ids=["1"] * 3 + ["2"] * 5)
    with pytest.raises(InputError, match="2 stacks"):
        read_image(path)
    with pytest.raises(InputError, match=r"misses a slice: frames 5 and 6 of one\.dcm"):
        read_image(path, stack=2)


def test_stacks_that_make_one_regular_volume_are_one(tmp_path):
    path = multi_frame(tmp_path / "one.dcm", [0, 4, 8, 12], stack_ids=["1", "1", "2", "2"])
    assert values(read_image(path)) == [1, 2, 3, 4]


def test_a_missing_slice_is_no_stack(tmp_path):
    with pytest.raises(InputError, match="misses a slice") as refused:
        read_image(written(tmp_path, slices_at([0, 4, 8, 16, 20, 24])))
    assert "--stack" not in str(refused.value)


# repetitions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keyword", "pair", "words"),
    [
        ("TemporalPositionIdentifier", ("1", "2"), "repetition: '1' and '2'"),
        ("DiffusionBValue", (0.0, 800.0), "b-value: '0.0' and '800.0'"),
        ("ImageType", (["ORIGINAL", "PRIMARY", "M"], ["ORIGINAL", "PRIMARY", "P"]), "kind of image"),
        ("AcquisitionNumber", ("1", "2"), "acquisition: '1' and '2'"),
        ("InversionTime", ("160", "400"), "inversion time: '160' and '400'"),
        ("TriggerTime", ("0", "90"), "trigger time"),
    ],
)
def test_what_tells_images_at_one_place_apart_is_named(tmp_path, keyword, pair, words):
    groups = [slices_at([0, 4, 8], start=10 * n, **{keyword: value}) for n, value in enumerate(pair)]
    with pytest.raises(InputError, match="two images at the same position") as refused:
        read_image(written(tmp_path, *groups))
    assert words in str(refused.value)
    assert "IM000.dcm and IM003.dcm" in str(refused.value)


def test_b_values_of_a_multi_frame_object_are_named(tmp_path):
    path = multi_frame(tmp_path / "one.dcm", [0, 0, 4, 4], b_values=[0.0, 800.0] * 2)
    with pytest.raises(InputError, match=r"frames 1 and 2 of one\.dcm, which differ in b-value"):
        read_image(path)


def test_nifti_has_no_echo_to_choose(tmp_path):
    path = write_image(Image(np.zeros((2, 3, 4), np.int16)), tmp_path / "a.nii.gz")
    with pytest.raises(InputError, match="no DICOM image"):
        read_image(path, echo=1)
