"""DICOM: slices by position, one series, the right side, and no patient identity."""

import copy
from pathlib import Path

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from support.dicom_files import enhanced, slice_datasets, write_shuffled
from support.geometry import directions, origins, spacings

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.dicom import list_series, read_dicom
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

FILES = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ramp(shape=(5, 4, 3), **geometry) -> Image:
    return Image(np.arange(np.prod(shape), dtype=np.int16).reshape(shape), **geometry)


@FILES
@given(spacings, origins, directions())
def test_slices_are_sorted_by_position_on_any_geometry(tmp_path_factory, spacing, origin, direction):
    right_handed = np.asarray(direction).reshape(3, 3)
    right_handed[:, 2] = np.cross(right_handed[:, 0], right_handed[:, 1])
    image = ramp(spacing=spacing, origin=origin, direction=tuple(right_handed.ravel()))
    folder = write_shuffled(slice_datasets(image), tmp_path_factory.mktemp("series"))
    back = read_image(folder)
    assert np.array_equal(back.array, image.array)
    assert back.same_grid(image, tolerance=1e-2)


def test_rescale_is_applied_to_each_slice(tmp_path):
    image = ramp()
    datasets = slice_datasets(image)
    for k, dataset in enumerate(datasets):
        dataset.RescaleSlope, dataset.RescaleIntercept = "2", str(k)
    back = read_image(write_shuffled(datasets, tmp_path))
    expected = image.array * 2.0 + np.arange(5)[:, None, None]
    assert back.array.dtype == np.float32
    assert np.array_equal(back.array, expected)


def test_facts_are_kept_and_the_patient_is_not(tmp_path):
    tags = {"EchoTime": "67", "RepetitionTime": "3000", "Laterality": "L", "MagneticFieldStrength": "1.5"}
    tags |= {"ScanOptions": "FS", "SeriesDescription": "cor t2_tse_fs"}
    back = read_image(write_shuffled(slice_datasets(ramp(), **tags), tmp_path))
    assert back.metadata["sequence"] == "T2 FS"
    assert back.metadata["laterality"] == "L"
    assert back.metadata["field_t"] == "1.5"
    assert back.metadata["repetition_time_ms"] == "3000"
    assert "SECRET" not in str(dict(back.metadata)).upper()


def test_two_series_need_a_choice(tmp_path):
    first, second = slice_datasets(ramp()), slice_datasets(ramp((5, 6, 3)))
    write_shuffled(first, tmp_path / "a")
    write_shuffled(second, tmp_path / "b")
    uid = second[0].SeriesInstanceUID
    with pytest.raises(InputError, match=f"2 series.*{uid}"):
        read_image(tmp_path)
    assert read_image(tmp_path, uid).size == (3, 6, 5)
    with pytest.raises(InputError, match=r"no series 1\.2\.3"):
        read_image(tmp_path, "1.2.3")
    assert {row["series_uid"] for row in list_series(tmp_path)} == {uid, first[0].SeriesInstanceUID}


def test_a_missing_slice_is_named_with_its_gap(tmp_path):
    datasets = slice_datasets(ramp(spacing=(1, 1, 4.5)))
    del datasets[2]
    with pytest.raises(InputError, match=r"misses a slice.*9\.00 mm apart where 4\.50 mm is usual"):
        read_image(write_shuffled(datasets, tmp_path))


def test_a_repeated_position_is_refused(tmp_path):
    datasets = slice_datasets(ramp())
    datasets.append(copy.deepcopy(datasets[0]))
    datasets[-1].EchoTime = "99"
    with pytest.raises(InputError, match="two images at the same position"):
        read_image(write_shuffled(datasets, tmp_path))


def test_a_localiser_among_the_slices_is_refused(tmp_path):
    datasets = slice_datasets(ramp())
    datasets[1].ImageOrientationPatient = [0, 1, 0, 0, 0, -1]
    with pytest.raises(InputError, match="another orientation"):
        read_image(write_shuffled(datasets, tmp_path))


def test_a_tilted_gantry_is_refused(tmp_path):
    datasets = slice_datasets(ramp())
    for k, dataset in enumerate(datasets):
        dataset.ImagePositionPatient = [0.0, 0.5 * k, float(k)]
    with pytest.raises(InputError, match=r"sheared by 2\.0 mm"):
        read_image(write_shuffled(datasets, tmp_path))


def test_a_truncated_slice_is_named(tmp_path):
    folder = write_shuffled(slice_datasets(ramp((5, 40, 30))), tmp_path)
    victim = sorted(folder.iterdir())[1]
    victim.write_bytes(victim.read_bytes()[:-900])
    with pytest.raises(InputError, match=f"{victim.name}.*truncated"):
        read_image(folder)


def test_a_folder_without_dicom_is_named(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing to see")
    with pytest.raises(InputError, match="holds no DICOM image"):
        read_image(tmp_path)
    with pytest.raises(InputError, match=r"notes.txt is not a DICOM"):
        read_image(tmp_path / "notes.txt")


def test_a_multi_frame_object_is_sorted_and_rescaled(tmp_path):
    image = ramp(spacing=(0.8, 0.8, 4.0), origin=(-90, 10, 5))
    pydicom.dcmwrite(tmp_path / "enhanced.dcm", enhanced(image, [3, 0, 4, 1, 2]), enforce_file_format=True)
    back = read_image(tmp_path / "enhanced.dcm")
    assert np.array_equal(back.array, image.array + 100.0 * np.arange(5)[:, None, None])
    assert back.same_grid(image)
    assert back.metadata["echo_time_ms"] == "12"


def radiograph(tmp_path: Path, **tags: object) -> Path:
    dataset = slice_datasets(ramp((1, 4, 6)))[0]
    for tag in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness"):
        delattr(dataset, tag)
    dataset.Modality = "DX"
    dataset.BitsStored, dataset.HighBit, dataset.PixelRepresentation = 12, 11, 0
    for name, value in tags.items():
        setattr(dataset, name, value)
    pydicom.dcmwrite(tmp_path / "dx.dcm", dataset, enforce_file_format=True)
    return tmp_path / "dx.dcm"


def test_a_radiograph_hangs_as_its_orientation_says(tmp_path):
    path = radiograph(tmp_path, PatientOrientation=["R", "F"], PixelSpacing=[0.2, 0.1])
    image = read_dicom(path)
    assert image.spacing[:2] == (0.1, 0.2)
    assert np.allclose(image.index_to_point([10, 0, 0]) - image.index_to_point([0, 0, 0]), [-1, 0, 0])
    assert np.allclose(image.index_to_point([0, 10, 0]) - image.index_to_point([0, 0, 0]), [0, 0, -2])
    assert image.metadata["orientation"] == "stated"


def test_magnification_and_inverted_grey_are_undone(tmp_path):
    tags = {"ImagerPixelSpacing": [0.15, 0.15], "EstimatedRadiographicMagnificationFactor": "1.2"}
    image = read_dicom(radiograph(tmp_path, PhotometricInterpretation="MONOCHROME1", **tags))
    assert image.spacing[0] == pytest.approx(0.125)
    assert image.array[0, 0, 0] == 4095
    assert image.metadata["orientation"] == "assumed"


def test_a_radiograph_without_any_spacing_is_refused(tmp_path):
    with pytest.raises(InputError, match="neither Pixel Spacing nor Imager Pixel Spacing"):
        read_image(radiograph(tmp_path))
