"""DICOM that other programs accept, with the geometry of the image."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk  # noqa: N813
from support.simulated_scans import film, scan

from ONFHAssistLab.simulate.acquisition.dicom_radiograph import write_dicom_radiograph
from ONFHAssistLab.simulate.acquisition.dicom_series import write_dicom_series
from ONFHAssistLab.simulate.acquisition.radiograph import VIEWS
from ONFHAssistLib.core.errors import InputError


def assert_valid(path):
    """No error of dciodvfy (Debian package dicom3tools), where it is installed."""
    if shutil.which("dciodvfy") is None:
        pytest.skip("dciodvfy is not installed (apt install dicom3tools)")
    done = subprocess.run(["dciodvfy", str(path)], capture_output=True, text=True, check=False)
    assert "Error" not in done.stdout + done.stderr


@pytest.mark.parametrize("preset", ["dlr_t2fs", "prisma_stir_sagittal", "ingenia_t2_axial"])
def test_series_reads_back_as_the_image(patient, tmp_path, preset):
    image = scan(patient, preset, 1)
    folder = write_dicom_series(image, tmp_path / "series", "SIM-1", sex="F", age=48, weight_kg=61.5)
    names = sitk.ImageSeriesReader.GetGDCMSeriesFileNames(str(folder))
    assert len(names) == image.array.shape[0]
    back = sitk.ReadImage(names)
    assert back.GetSpacing() == pytest.approx(image.spacing, abs=1e-4)
    assert back.GetOrigin() == pytest.approx(image.origin, abs=1e-3)
    assert back.GetDirection() == pytest.approx(image.direction, abs=1e-6)
    assert np.array_equal(sitk.GetArrayFromImage(back), image.array)
    head = pydicom.dcmread(names[0], stop_before_pixels=True)
    assert (head.Modality, head.PatientID, head.PatientAge) == ("MR", "SIM-1", "048Y")
    assert float(head.EchoTime) == float(image.metadata["echo_time_ms"])
    assert float(head.MagneticFieldStrength) == float(image.metadata["field_t"])
    assert not list(folder.glob(".part-*"))


@pytest.mark.parametrize("preset", ["dlr_t2fs", "prisma_stir_sagittal"])
def test_series_has_no_dciodvfy_error(patient, tmp_path, preset):
    folder = write_dicom_series(scan(patient, preset, 1), tmp_path / "s", "SIM-1", sex="M", age=40)
    for path in sorted(folder.iterdir())[::15]:
        assert_valid(path)


def test_one_hip_carries_its_side_and_is_valid(patient, tmp_path):
    image = scan(patient, "ingenia_t2_axial", 1).cropped((0, 0, 0), (200, 300, 4))
    folder = write_dicom_series(image, tmp_path / "s", "SIM-1", laterality="R")
    path = sorted(folder.iterdir())[0]
    assert pydicom.dcmread(path).ImageLaterality == "R"
    assert_valid(path)


def test_identifiers_depend_on_patient_and_voxels_alone(patient, tmp_path):
    image = scan(patient, "dlr_t1", 1).cropped((0, 0, 0), (64, 64, 3))
    a = write_dicom_series(image, tmp_path / "a", "SIM-1")
    b = write_dicom_series(image, tmp_path / "b", "SIM-1")
    c = write_dicom_series(image, tmp_path / "c", "SIM-2", study_uid="1.2.3")
    for first, second in zip(sorted(a.iterdir()), sorted(b.iterdir()), strict=True):
        assert first.read_bytes() == second.read_bytes()
    one, other = (pydicom.dcmread(next(iter(sorted(f.iterdir())))) for f in (a, c))
    assert one.SOPInstanceUID != other.SOPInstanceUID
    assert other.StudyInstanceUID == "1.2.3"
    with pytest.raises(InputError, match="is not empty"):
        write_dicom_series(image, a, "SIM-1")
    with pytest.raises(InputError, match='laterality is "X"'):
        write_dicom_series(image, tmp_path / "d", "SIM-1", laterality="X")


@pytest.mark.parametrize("view", VIEWS)
def test_radiograph_is_a_valid_dx_image(patient, tmp_path, view):
    image, _ = film(patient, 3, view)
    path = write_dicom_radiograph(image, tmp_path / "dx.dcm", "SIM-1", sex="F", age=48)
    data = pydicom.dcmread(path)
    assert data.Modality == "DX"
    assert data.ImageLaterality == ("B" if view == "AP" else view[-1])
    assert np.array_equal(data.pixel_array, image.array[0])
    factor = float(data.EstimatedRadiographicMagnificationFactor)
    assert float(data.ImagerPixelSpacing[0]) == pytest.approx(factor * float(data.PixelSpacing[0]), rel=1e-4)
    assert_valid(path)


def test_only_the_right_kind_of_image_is_written(patient, tmp_path):
    mr = scan(patient, "dlr_t1", 1).cropped((0, 0, 0), (64, 64, 3))
    with pytest.raises(InputError, match="a radiograph"):
        write_dicom_radiograph(mr, tmp_path / "x.dcm", "SIM-1")
    with pytest.raises(InputError, match="an MR volume is needed"):
        write_dicom_series(patient.labels, tmp_path / "y", "SIM-1")
