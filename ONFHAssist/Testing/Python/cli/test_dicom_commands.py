"""The commands on DICOM folders: what was read is counted in the answer, an echo and a stack can be chosen."""

import numpy as np
import pydicom
import pytest
from support.compressed_dicom import compressed
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.case.result import CaseResult
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

SPHERE = ("--centre", -20.0, 0.0, 16.0, "--radius", 11.0)


def ball() -> Image:
    grid = Image(np.zeros((9, 40, 40), np.int16), (1, 1, 4), (-40.0, -20.0, 0.0))
    distance = np.linalg.norm(grid.points() - [-20, 0, 16], axis=-1)
    noise = np.random.default_rng(0).integers(0, 30, distance.shape)
    return grid.like((np.where(distance < 11, 700, 200) + noise).astype(np.int16))


@pytest.fixture
def folder(tmp_path):
    """A series of nine slices, a report and an empty file."""
    tags = {"SeriesDescription": "cor t1", "MagneticFieldStrength": "1.5", "Laterality": "R"}
    folder = write_shuffled(slice_datasets(ball(), **tags), tmp_path / "series")
    (folder / "report.pdf").write_bytes(b"%PDF-1.4\n")
    (folder / "lost.txt").write_bytes(b"")
    return folder


def test_each_answer_counts_the_files(onfh_json, folder, tmp_path):
    files = {"read": 9, "left_out": 2, "why": ["lost.txt is an empty file.", "report.pdf is a PDF document."]}
    note = "Left out: lost.txt is an empty file."
    found = onfh_json("segment", folder, "--out", tmp_path / "out", *SPHERE)
    assert found["files"] == files
    assert note in found["warnings"]
    mask = found["segmentation"]
    for command in (
        ("measure", folder, mask),
        ("extract", folder, mask, "--preset", "dlr-mri"),
        ("deep", folder, mask),
        ("predict", folder, "--segmentation", mask, "--stager", "none", "--out", tmp_path / "predicted"),
    ):
        answer = onfh_json(*command)
        assert answer["files"] == files, command
        assert note in answer["warnings"], command
    result = onfh_json("run", folder, "--segmentation", mask, "--step", "measure", "--out", tmp_path / "run")
    assert result["reading"] == {
        "files_read": 9,
        "files_left_out": 2,
        "left_out": files["why"],
        "notes": [note],
    }
    saved = CaseResult.from_json((tmp_path / "run" / "result.json").read_text(encoding="utf-8"))
    assert note in saved.sentences()
    assert note in (tmp_path / "run" / "index.html").read_text(encoding="utf-8")


def test_people_read_the_count_too(onfh, folder, tmp_path):
    code, out, _ = onfh("segment", folder, "--out", tmp_path / "out", *SPHERE)
    assert code == 0
    assert "9 of 11 files were read." in " ".join(out.split())


def test_nothing_is_written_for_a_lost_slice(onfh, folder, tmp_path):
    victim = folder / "IM004"
    victim.write_bytes(victim.read_bytes()[:400])
    code, out, err = onfh("segment", folder, "--out", tmp_path / "out", *SPHERE, "--json")
    assert (code, out) == (2, "")
    assert err.startswith("onfh: ")
    assert err.count("\n") == 1
    assert "IM004 is a damaged DICOM file" in err
    assert not (tmp_path / "out").exists()


def test_an_echo_and_a_stack_are_chosen_on_the_command_line(onfh, onfh_json, tmp_path):
    far = ball()
    far = Image(far.array, far.spacing, (60.0, -20.0, 300.0), far.direction)
    groups = [slice_datasets(ball(), EchoTime=str(t)) for t in (12, 80)] + [
        slice_datasets(far, EchoTime="12")
    ]
    for dataset in (datasets := [one for group in groups for one in group]):
        dataset.SeriesInstanceUID = datasets[0].SeriesInstanceUID
    folder = write_shuffled(datasets, tmp_path / "series")
    command = ("segment", folder, "--out", tmp_path / "out", *SPHERE)
    code, _, err = onfh(*command)
    assert (code, "2 echoes; choose one: 1" in err and "The option is --echo." in err) == (2, True)
    code, _, err = onfh(*command, "--echo", 1)
    assert (code, "2 stacks; choose one: 1" in err and "The option is --stack." in err) == (2, True)
    found = onfh_json(*command, "--echo", 1, "--stack", 1)
    assert read_image(found["segmentation"]).same_grid(ball())
    assert found["files"]["read"] == 9
    assert found["files"]["why"][0].startswith("18 files are each of another echo or stack")
    assert any("Stack 1 of 2" in text for text in found["warnings"])
    code, _, err = onfh("extract", folder, found["segmentation"], "--preset", "dlr-mri", "--echo", 0)
    assert (code, "--echo" in err) == (2, True)


def test_a_compressed_series_gives_the_same_outlines(onfh_json, tmp_path):
    datasets = slice_datasets(ball(), Laterality="R")
    plain = write_shuffled(datasets, tmp_path / "plain")
    small = [compressed(one, pydicom.uid.JPEGLosslessSV1) for one in datasets]
    write_shuffled(small, tmp_path / "small")
    found = [
        onfh_json("segment", folder, "--out", tmp_path / f"{folder.name}-out", *SPHERE)
        for folder in (plain, tmp_path / "small")
    ]
    assert found[0]["heads"] == found[1]["heads"]
