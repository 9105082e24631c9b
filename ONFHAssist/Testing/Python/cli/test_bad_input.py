"""Every mistake of a user: exit code 2, one clear line, no traceback, nothing half-written."""

import subprocess
import sys

import numpy as np
import pytest
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

SPHERE = ("--centre", -60.0, 0.0, 0.0, "--radius", 12.0)


@pytest.fixture
def hip(tmp_path):
    """A small image with a ball, its mask, and an output folder that must stay absent."""
    grid = Image(np.zeros((32, 32, 32)), (1, 1, 1), (-75.5, -15.5, -15.5))
    distance = np.linalg.norm(grid.points() - [-60, 0, 0], axis=-1)
    noise = np.random.default_rng(1).normal(0, 20, distance.shape)
    image = grid.like((np.where(distance < 12, 700, 200) + noise).astype(np.float32))
    write_image(image, tmp_path / "hip.nii.gz")
    write_image(grid.like((distance < 12).astype(np.uint8)), tmp_path / "mask.nii.gz")
    return tmp_path


def check(result, *words):
    code, out, err = result
    assert code == 2
    assert out == ""
    assert err.startswith("onfh: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    for word in words:
        assert word in err


def unchanged(folder, before):
    assert sorted(p.name for p in folder.iterdir()) == before


def test_missing_file(onfh, hip):
    check(onfh("segment", hip / "no.nii.gz", "--out", hip / "out", *SPHERE), "no.nii.gz does not exist")
    assert not (hip / "out").exists()


def test_text_file_named_nii(onfh, hip):
    (hip / "text.nii").write_text("not an image")
    check(onfh("segment", hip / "text.nii", "--out", hip / "out", *SPHERE), "text.nii", "cannot be read")
    assert not (hip / "out").exists()


def test_truncated_dicom_slice(onfh, tmp_path):
    folder = write_shuffled(slice_datasets(Image(np.ones((6, 40, 40), np.int16))), tmp_path / "series")
    victim = sorted(folder.iterdir())[2]
    victim.write_bytes(victim.read_bytes()[:-500])
    check(onfh("segment", folder, "--out", tmp_path / "out", *SPHERE), victim.name, "truncated")
    assert not (tmp_path / "out").exists()


def test_folder_of_two_series_without_a_choice(onfh, tmp_path):
    for name in ("a", "b"):
        write_shuffled(slice_datasets(Image(np.ones((4, 5, 6), np.int16))), tmp_path / "study" / name)
    check(onfh("segment", tmp_path / "study", "--out", tmp_path / "out", *SPHERE), "2 series", "--series")


def test_missing_slice(onfh, tmp_path):
    datasets = slice_datasets(Image(np.ones((6, 5, 6), np.int16), (1, 1, 3)))
    del datasets[3]
    folder = write_shuffled(datasets, tmp_path / "series")
    check(onfh("segment", folder, "--out", tmp_path / "out", *SPHERE), "misses a slice", "6.00 mm apart")


def test_empty_mask(onfh, hip):
    write_image(
        Image(np.zeros((32, 32, 32), np.uint8), (1, 1, 1), (-75.5, -15.5, -15.5)), hip / "empty.nii.gz"
    )
    before = sorted(p.name for p in hip.iterdir())
    arguments = (
        "extract",
        hip / "hip.nii.gz",
        hip / "empty.nii.gz",
        "--preset",
        "dlr-mri",
        "--out",
        hip / "f.csv",
    )
    check(onfh(*arguments), "empty.nii.gz is empty")
    unchanged(hip, before)


def test_mask_on_another_grid(onfh, hip):
    write_image(
        Image(np.ones((32, 32, 32), np.uint8), (1, 1, 1.1), (-75.5, -15.5, -15.5)), hip / "other.nii.gz"
    )
    before = sorted(p.name for p in hip.iterdir())
    arguments = (
        "extract",
        hip / "hip.nii.gz",
        hip / "other.nii.gz",
        "--preset",
        "dlr-mri",
        "--out",
        hip / "f.csv",
    )
    check(onfh(*arguments), "another grid", "resample")
    unchanged(hip, before)


def test_mask_with_nan(onfh, hip):
    values = np.ones((32, 32, 32), np.float32)
    values[3, 3, 3] = np.nan
    write_image(Image(values, (1, 1, 1), (-75.5, -15.5, -15.5)), hip / "nan.nii.gz")
    arguments = (
        "extract",
        hip / "hip.nii.gz",
        hip / "nan.nii.gz",
        "--preset",
        "dlr-mri",
        "--out",
        hip / "f.csv",
    )
    check(onfh(*arguments), "nan.nii.gz", "NaN", "whole-number")
    assert not (hip / "f.csv").exists()


def test_2d_image_where_3d_is_wanted(onfh, tmp_path):
    write_image(Image(np.ones((1, 40, 40), np.int16)), tmp_path / "flat.nii.gz")
    check(
        onfh("segment", tmp_path / "flat.nii.gz", "--out", tmp_path / "out", *SPHERE),
        "single slice",
        "3D volume",
    )
    assert not (tmp_path / "out").exists()


def test_an_angle_of_minus_five(onfh):
    check(onfh("survival", "clinical", "--arco", "I", "--oedema", "no", "--angle", -5), "-5", "0 and 360")


def test_a_stage_iv(onfh):
    check(
        onfh("survival", "clinical", "--arco", "IV", "--oedema", "no", "--angle", 90), "'IV'", "I, II, IIIA"
    )


def test_an_oedema_of_maybe(onfh):
    check(
        onfh("survival", "clinical", "--arco", "I", "--oedema", "maybe", "--angle", 90),
        "'maybe'",
        "'yes' or 'no'",
    )


def test_an_unknown_preset_and_engine(onfh, hip):
    both = ("extract", hip / "hip.nii.gz", hip / "mask.nii.gz", "--preset")
    check(onfh(*both, "dlr-mir"), "dlr-mir", "dlr-mri")
    check(onfh(*both, "dlr-mri", "--engine", "magic"), "magic", "native")


def test_an_absent_label(onfh, hip):
    both = ("extract", hip / "hip.nii.gz", hip / "mask.nii.gz", "--preset", "dlr-mri", "--label", 7)
    check(onfh(*both), "Label 7", "it holds 1")


def test_a_segmentation_without_a_femoral_head(onfh, hip):
    write_image(
        Image(np.full((32, 32, 32), 9, np.uint8), (1, 1, 1), (-75.5, -15.5, -15.5)), hip / "nine.nii.gz"
    )
    arguments = ("predict", hip / "hip.nii.gz", "--out", hip / "out", "--segmentation", hip / "nine.nii.gz")
    check(onfh(*arguments), "holds 9", "no femoral head")
    assert not (hip / "out").exists()


def test_wrong_calls(onfh, hip):
    check(onfh("nosuch"), "nosuch")
    check(onfh("segment"), "Missing argument")
    check(onfh("segment", hip / "hip.nii.gz", "--out", hip / "out", "--radius", 12.0), "--centre", "--radius")
    check(onfh("segment", hip / "hip.nii.gz", "--out", hip / "out"), "hip.nii.gz", "70 mm")
    check(
        onfh("survival", "clinical", "--arco", "I", "--oedema", "no", "--angle", "wide"),
        "--angle",
        "valid number",
    )


def test_a_fault_of_ours_is_one_line_and_exit_code_1(onfh, monkeypatch):
    from ONFHAssistLib.survival.published import clinical

    def broken(*_arguments, **_options):
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(clinical, "predict_survival", broken)
    code, out, err = onfh("survival", "clinical", "--arco", "I", "--oedema", "no", "--angle", 90)
    assert (code, out) == (1, "")
    assert err.count("\n") == 1
    assert "ZeroDivisionError" in err


def test_cancelling_gives_130(onfh, monkeypatch):
    from ONFHAssistLib.survival.published import clinical

    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(clinical, "predict_survival", interrupted)
    assert onfh("survival", "clinical", "--arco", "I", "--oedema", "no", "--angle", 90)[0] == 130


def test_the_console_script_itself_exits_with_2_and_one_line():
    command = [sys.executable, "-m", "ONFHAssistLib", "segment", "no.nii", "--out", "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
