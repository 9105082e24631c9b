"""Every file of a folder is accounted for: read, named as what it is, or a reason to refuse the series."""

import shutil

import numpy as np
import pydicom
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.uid import (
    ComprehensiveSRStorage,
    DigitalXRayImageStorageForPresentation,
    EncapsulatedPDFStorage,
    MediaStorageDirectoryStorage,
    RTStructureSetStorage,
    SegmentationStorage,
    generate_uid,
)
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.dicom import list_series
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.reading import Reading, with_note

FILES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
APPLE = b"\0\x05\x16\x07\0\x02\0\0Mac OS X" + b"\0" * 100


def ball(slices=8) -> Image:
    return Image(np.arange(slices * 12 * 10, dtype=np.int16).reshape(slices, 12, 10), (1, 1, 4))


def series(folder, name="IM{:03d}.dcm", slices=8, **tags):
    """Slices in order under names with their number."""
    folder.mkdir(parents=True, exist_ok=True)
    for k, dataset in enumerate(slice_datasets(ball(slices), **tags)):
        pydicom.dcmwrite(folder / name.format(k), dataset, enforce_file_format=True)
    return folder


def bare(file, implicit=True, little=True, meta=False):
    """Rewrite a file without its preamble, and without its file meta information but where ``meta``."""
    dataset = pydicom.dcmread(file)
    if meta:
        whole = file.read_bytes()
        file.write_bytes(whole[132:])
        return
    plain = Dataset()
    plain.update(dataset)
    if not little:
        plain.PixelData = np.frombuffer(plain.PixelData, "<i2").astype(">i2").tobytes()
    plain.save_as(file, implicit_vr=implicit, little_endian=little, enforce_file_format=False)


def other_object(path, sop_class, **tags):
    dataset = slice_datasets(ball(1))[0]
    for name in ("Rows", "Columns", "PixelData", "PixelSpacing", "ImagePositionPatient"):
        delattr(dataset, name)
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = sop_class
    dataset.SeriesInstanceUID = generate_uid()
    for name, value in tags.items():
        setattr(dataset, name, value)
    pydicom.dcmwrite(path, dataset, enforce_file_format=True)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "IM007.dcm is an empty file"),
        (b"<html>404 not found</html>", "IM007.dcm is a web page"),
        (b"The server is busy.", "IM007.dcm is a text file"),
        (b"\0" * 3000, "IM007.dcm is a file of zeros"),
        (b"\x1f\x8b\x08\0" + b"\x99" * 90, "IM007.dcm is a gzip archive"),
        (bytes(range(1, 200)) * 5, "IM007.dcm is a file of unknown format"),
    ],
)
def test_what_is_named_like_a_slice_and_is_none_refuses_the_series(tmp_path, content, words):
    folder = series(tmp_path / "series")
    (folder / "IM007.dcm").write_bytes(content)
    with pytest.raises(InputError, match=f"{words}.*may be a slice"):
        read_image(folder)


@pytest.mark.parametrize(
    "name", ["IM{:03d}", "{:08d}", "1.2.840.99.{}.7", "3f2a77c0-a1{:02d}-4bbb-8c0d-0011223344ff"]
)
def test_a_lost_slice_is_known_by_its_name_without_a_suffix_too(tmp_path, name):
    folder = series(tmp_path / "series", name)
    (folder / name.format(7)).write_bytes(b"")
    with pytest.raises(InputError, match="empty file, and may be a slice"):
        read_image(folder)


@pytest.mark.parametrize("suffix", [".part", ".gz", ".crdownload"])
def test_a_slice_whose_copy_is_unfinished_is_missed(tmp_path, suffix):
    folder = series(tmp_path / "series")
    (folder / "IM007.dcm").rename(folder / f"IM007.dcm{suffix}")
    (folder / f"IM007.dcm{suffix}").write_bytes(b"\x1f\x8b\x08")
    with pytest.raises(InputError, match="may be a slice"):
        read_image(folder)


def test_a_backup_of_a_slice_that_is_there_is_only_named(tmp_path):
    folder = series(tmp_path / "series")
    (folder / "IM007.dcm.bak").write_bytes(b"\x1f\x8b\x08")
    image = read_image(folder)
    assert image.size == (10, 12, 8)
    assert Reading.of(image.metadata).left_out == ("IM007.dcm.bak is a gzip archive.",)


@FILES
@given(st.integers(1, 2100))
def test_a_slice_cut_anywhere_is_refused(tmp_path_factory, length):
    folder = series(tmp_path_factory.mktemp("cut"))
    whole = (folder / "IM007.dcm").read_bytes()
    (folder / "IM007.dcm").write_bytes(whole[: min(length, len(whole) - 2)])
    with pytest.raises(InputError, match=r"IM007\.dcm"):
        read_image(folder)


def test_a_cut_slice_of_another_series_does_not_matter(tmp_path):
    folder = series(tmp_path / "both")
    chosen = pydicom.dcmread(folder / "IM000.dcm").SeriesInstanceUID
    series(folder, "other{}.dcm", 3, Manufacturer="M" * 200)
    whole = (folder / "other1.dcm").read_bytes()
    cut = whole.index(b"\x20\0\x0e\0") + 90  # behind the Series Instance UID
    (folder / "other1.dcm").write_bytes(whole[:cut])
    reading = Reading.of(read_image(folder, chosen).metadata)
    assert (reading.files_read, reading.files_left_out) == (8, 3)
    assert "Left out: other1.dcm is a damaged DICOM file." in reading.notes


@pytest.mark.parametrize(
    "how", [{}, {"implicit": False}, {"implicit": False, "little": False}, {"meta": True}], ids=str
)
@pytest.mark.parametrize("which", [range(8), (0, 1, 7)], ids=("all", "some"))
def test_files_without_preamble_are_read(tmp_path, how, which):
    folder = series(tmp_path / "series")
    for k in which:
        bare(folder / f"IM{k:03d}.dcm", **how)
    image = read_image(folder)
    assert np.array_equal(image.array, ball().array)
    assert image.array.dtype.isnative
    assert image.same_grid(read_image(series(tmp_path / "whole")))
    assert image.metadata["files_read"] == "8"


def test_what_lies_beside_images_is_named_and_counted(tmp_path):
    folder = series(tmp_path / "disc" / "DATA", "{:08d}")
    root = tmp_path / "disc"
    (root / "VIEWER.EXE").write_bytes(b"MZ\x90\0" + b"\0" * 200)
    (root / "readme.txt").write_text("Insert the disc.")
    (root / "report.pdf").write_bytes(b"%PDF-1.4\n")
    (root / "DATA" / "._00000001").write_bytes(APPLE)
    (root / "image.nii").write_bytes(b"\x5c\x01\0\0" + b"\0" * 340 + b"n+1\0" + b"\0" * 90)
    other_object(root / "DATA" / "90000001", RTStructureSetStorage, Modality="RTSTRUCT")
    other_object(root / "DATA" / "90000002", ComprehensiveSRStorage, Modality="SR")
    other_object(root / "DATA" / "90000003", EncapsulatedPDFStorage, Modality="DOC")
    other_object(root / "DICOMDIR", MediaStorageDirectoryStorage)
    mask = slice_datasets(ball(1), Modality="SEG", SOPClassUID=SegmentationStorage)[0]
    pydicom.dcmwrite(root / "DATA" / "90000004", mask, enforce_file_format=True)
    image = read_image(root)
    assert np.array_equal(image.array, read_image(folder).array)
    reading = Reading.of(image.metadata)
    assert (reading.files_read, reading.files_left_out) == (8, 10)
    assert set(reading.left_out) == {
        "VIEWER.EXE is a program.",
        "readme.txt is a text file.",
        "report.pdf is a PDF document.",
        "._00000001 is a resource file of macOS.",
        "image.nii is a NIfTI image.",
        "90000001 is a structure set (RTSTRUCT).",
        "90000002 is a report (DICOM SR).",
        "90000003 is a PDF document in DICOM.",
        "90000004 is a segmentation (DICOM SEG).",
        "DICOMDIR is a DICOM directory (DICOMDIR).",
    }
    assert reading.notes == ()
    assert reading.sentence().startswith("8 of 18 files were read. ")


def test_an_empty_file_of_another_name_is_said_in_a_note(tmp_path):
    folder = series(tmp_path / "series")
    (folder / "lost").write_bytes(b"")
    image = read_image(folder)
    assert image.size[2] == 8
    assert Reading.of(image.metadata).notes == ("Left out: lost is an empty file.",)


def test_a_screenshot_in_colour_asks_for_no_choice(tmp_path):
    folder = series(tmp_path / "series")
    shot = slice_datasets(ball(1), SamplesPerPixel=3, PhotometricInterpretation="RGB")[0]
    shot.PlanarConfiguration, shot.PixelData = 0, shot.PixelData * 3
    pydicom.dcmwrite(folder / "shot.dcm", shot, enforce_file_format=True)
    assert Reading.of(read_image(folder).metadata).left_out == ("shot.dcm is a colour image (DICOM).",)
    with pytest.raises(InputError, match="colour image"):
        read_image(folder / "shot.dcm")


def test_files_of_another_series_are_counted(tmp_path):
    folder = series(tmp_path / "a")
    series(folder, "other{}.dcm", 2)
    uid = pydicom.dcmread(folder / "IM000.dcm").SeriesInstanceUID
    other = pydicom.dcmread(folder / "other0.dcm").SeriesInstanceUID
    reading = Reading.of(read_image(folder, uid).metadata)
    assert reading.left_out == (f"2 files are each of another series ({other}): other0.dcm, other1.dcm.",)


def test_files_without_series_uid_are_one_series_and_it_is_said(tmp_path):
    folder = series(tmp_path / "series", SeriesInstanceUID="1.2.3")
    for file in folder.iterdir():
        dataset = pydicom.dcmread(file)
        del dataset.SeriesInstanceUID
        dataset.save_as(file)
    image = read_image(folder)
    assert image.size[2] == 8
    assert any("no Series Instance UID" in note for note in Reading.of(image.metadata).notes)
    series(folder, "other{}.dcm", 2)
    with pytest.raises(InputError, match=r"2 series.*none \("):
        read_image(folder)
    assert read_image(folder, "none").size[2] == 8
    assert [row["files"] for row in list_series(folder)] == ["8", "2"]


def test_a_folder_of_reports_says_what_it_holds(tmp_path):
    other_object(tmp_path / "report.dcm", ComprehensiveSRStorage)
    (tmp_path / "notes.txt").write_text("nothing to see")
    with pytest.raises(
        InputError, match=r"holds no DICOM image: notes.txt is a text file. report.dcm is a report"
    ):
        read_image(tmp_path)
    with pytest.raises(
        InputError, match=r"report.dcm is a DICOM file but no image: it is a report \(DICOM SR\)"
    ):
        read_image(tmp_path / "report.dcm")


def test_a_broken_link_is_no_slice_that_may_be_missed(tmp_path):
    folder = series(tmp_path / "series")
    (folder / "IM007.dcm").unlink()
    (folder / "IM007.dcm").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"IM007.dcm is a file that cannot be opened"):
        read_image(folder)


def test_exact_copies_are_merged_with_a_note(tmp_path):
    folder = series(tmp_path / "series")
    shutil.copytree(folder, tmp_path / "copy")
    shutil.move(tmp_path / "copy", folder / "copy")
    bare(folder / "copy" / "IM002.dcm")
    image = read_image(folder)
    assert np.array_equal(image.array, ball().array)
    reading = Reading.of(image.metadata)
    assert (reading.files_read, reading.files_left_out) == (8, 8)
    assert len(reading.notes) == 1
    assert "8 files are each an exact copy of another file" in reading.notes[0]


def test_copies_that_differ_in_a_voxel_are_refused(tmp_path):
    folder = series(tmp_path / "series")
    dataset = pydicom.dcmread(folder / "IM003.dcm")
    dataset.PixelData = dataset.PixelData[:-1] + b"\x7f"
    dataset.save_as(folder / "again.dcm")
    with pytest.raises(InputError, match=r"again.dcm.*IM003.dcm|IM003.dcm.*again.dcm") as refused:
        read_image(folder)
    assert "the same SOP Instance UID and hold other pixels" in str(refused.value)


def test_a_radiograph_carries_the_account_too(tmp_path):
    film = slice_datasets(ball(1), Modality="DX", SOPClassUID=DigitalXRayImageStorageForPresentation)[0]
    del film.ImagePositionPatient, film.ImageOrientationPatient
    pydicom.dcmwrite(tmp_path / "film.dcm", film, enforce_file_format=True)
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.4\n")
    assert Reading.of(read_image(tmp_path).metadata).left_out == ("report.pdf is a PDF document.",)


def test_the_account_goes_through_the_facts_of_an_image():
    reading = Reading(3, 2, ("a is a text file.", "b is a program."), ("One note.",))
    assert Reading.of(reading.facts()) == reading
    assert Reading.of({"modality": "MR"}) == Reading()
    assert Reading.of(with_note(reading.facts(), "Another\nnote.")).notes == ("One note.", "Another note.")


def test_many_files_of_a_kind_are_one_sentence(tmp_path):
    folder = series(tmp_path / "series", slices=4)
    for k in range(30):
        (folder / f"viewer{k:02d}.dll").write_bytes(b"MZ\x90\0")
    (sentence,) = Reading.of(read_image(folder).metadata).left_out
    assert sentence.startswith("30 files are each a program: viewer00.dll, viewer01.dll")
    assert sentence.endswith("and 22 more.")


def test_order_of_names_does_not_matter(tmp_path):
    datasets = slice_datasets(ball())
    assert np.array_equal(read_image(write_shuffled(datasets, tmp_path)).array, ball().array)
