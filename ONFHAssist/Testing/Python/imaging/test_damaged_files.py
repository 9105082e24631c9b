"""What ``make check-inputs`` found in damaged images and outlines: one sentence, and nothing on the console."""

import os
import subprocess
import sys
import zlib

import numpy as np
import pydicom
import pytest
import SimpleITK as sitk  # noqa: N813
from support.dicom_files import slice_datasets
from support.named_files import nifti, ras_affine, rtstruct

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image
from ONFHAssistLib.imaging.image import Image

SPACING = (2.0, 2.5, 3.0)


@pytest.fixture
def image():
    values = np.random.default_rng(2).integers(0, 900, (6, 20, 24)).astype(np.int16)
    return Image(values, SPACING, (-40.0, 5.0, -9.0))


@pytest.fixture
def contours(tmp_path, image):
    """An RTSTRUCT with a head on slices 1 to 4 and a necrosis on 2 and 3; (path, change and write anew)."""

    def rings(slices, half):
        corners = np.array(
            [[8 - half, 8 - half], [8 + half, 8 - half], [8 + half, 8 + half], [8 - half, 8 + half]]
        )
        return [image.index_to_point(np.column_stack([corners, np.full(4, k)])) for k in slices]

    path = rtstruct(
        tmp_path / "plan.dcm", {"Femoral head R": rings(range(1, 5), 5.5), "Necrosis R": rings((2, 3), 2.5)}
    )

    def changed(change):
        dataset = pydicom.dcmread(path)
        change(dataset)
        dataset.save_as(path)
        return path

    return path, changed


def refused(read, *words):
    with pytest.raises(InputError) as found:
        read()
    for word in words:
        assert word in str(found.value)


# compressed voxels ------------------------------------------------------------------------------------------------


def end_of_header(content, name):
    return content.index(b"LOCAL\n") + 6 if name.endswith(".mha") else content.index(b"\n\n") + 2


@pytest.mark.parametrize("name", ["image.mha", "image.nrrd"])
@pytest.mark.parametrize("damage", ["zeros", "flip", "cut"])
def test_packed_voxels_that_are_damaged_are_no_image(tmp_path, image, capfd, name, damage):
    path = write_image(image, tmp_path / name)
    content = bytearray(path.read_bytes())
    middle = (end_of_header(bytes(content), name) + len(content)) // 2
    if damage == "cut":
        del content[middle:]
    else:
        content[middle : middle + 40] = (
            bytes(40) if damage == "zeros" else bytes(b ^ 4 for b in content[middle : middle + 40])
        )
    path.write_bytes(content)
    refused(lambda: read_image(path), name, "damaged")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("line", "other"),
    [(b"CompressedDataSize = ", b"CompressedDataSize = true # "), (b"DimSize = 24", b"DimSize = 48")],
)
def test_a_metaimage_whose_header_and_packed_voxels_disagree_is_no_image(tmp_path, image, line, other):
    path = write_image(image, tmp_path / "image.mha")
    content = path.read_bytes()
    assert content.count(line) == 1
    path.write_bytes(content.replace(line, other))
    refused(lambda: read_image(path), "image.mha", "damaged")


def test_packed_voxels_that_are_whole_are_read_from_one_file_and_from_two(tmp_path, image):
    for name in ("image.mha", "image.nrrd", "image.mhd", "image.nhdr"):
        sitk.WriteImage(image.to_sitk(), str(tmp_path / name), True)
        assert np.array_equal(read_image(tmp_path / name).array, image.array)
    packed = tmp_path / "image.zraw"
    packed.write_bytes(zlib.compress(zlib.decompress(packed.read_bytes())[:-2]))
    refused(lambda: read_image(tmp_path / "image.mhd"), "image.mhd", "damaged")


# DICOM ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
@pytest.mark.parametrize(
    ("tag", "words"), [((0x10, 0x10), "damaged DICOM file"), ((0x7FE0, 0x10), "damaged")]
)
def test_a_length_of_gigabytes_in_a_slice_is_damage_and_not_a_lack_of_memory(tmp_path, image, tag, words):
    path = tmp_path / "IM001"
    dataset = slice_datasets(image)[0]
    del dataset.file_meta
    pydicom.dcmwrite(path, dataset, implicit_vr=True, little_endian=True)
    content = path.read_bytes()
    at = content.index(b"".join(number.to_bytes(2, "little") for number in tag))
    path.write_bytes(content[: at + 4] + (0xFFFFFFF0).to_bytes(4, "little") + content[at + 8 :])
    code = (
        "import resource, sys; from ONFHAssistLib.cli import run\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (3 << 30, 3 << 30))\n"
        "print(run(['segment', sys.argv[1], '--centre', '0', '0', '0', '--radius', '9', '--out', sys.argv[2]]))"
    )
    command = [sys.executable, "-c", code, str(path), str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2"
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


# NIfTI ------------------------------------------------------------------------------------------------------------


def test_two_sizes_in_one_header_are_said_once_and_not_on_the_console(tmp_path, image, capfd):
    path = nifti(tmp_path / "image.nii", image.array, ras_affine(image), (9, 2.5, 3), (0, 1))
    read = read_image(path)
    assert read.spacing == pytest.approx(SPACING)
    assert "9 x 2.5 x 3" in read.metadata["geometry_note"]
    assert capfd.readouterr() == ("", "")


def test_sizes_of_axes_that_a_nifti_2_file_does_not_have_mean_nothing(tmp_path, image):
    path = nifti(tmp_path / "image.nii", image.array, ras_affine(image), SPACING, (0, 1), 2)
    content = bytearray(path.read_bytes())
    content[64:72] = (65535).to_bytes(8, "little")  # the sixth of three axes
    path.write_bytes(content)
    assert np.array_equal(read_image(path).array, image.array)


def test_a_scale_that_is_no_number_of_single_precision_is_refused(tmp_path, image):
    path = nifti(tmp_path / "image.nii", image.array, ras_affine(image), SPACING, (0, 1), 2)
    content = bytearray(path.read_bytes())
    content[176:184] = np.float64(1e300).tobytes()
    path.write_bytes(content)
    refused(lambda: read_image(path), "image.nii", "damaged")


# contours ---------------------------------------------------------------------------------------------------------


def test_contours_are_read_while_they_are_whole(contours, image):
    labels = read_mask(contours[0], image).array
    assert [(labels == value).sum() for value in (1, 3)] == [4 * 121 - 2 * 25, 2 * 25]


@pytest.mark.parametrize(
    ("keyword", "value", "words"),
    [
        ("ContourData", "1\\x\\3", ("Necrosis R", "no numbers")),
        ("ContourData", "", ("Necrosis R", "no numbers")),
        ("ContourGeometricType", "ABC", ("Necrosis R", "ABC", "CLOSED_PLANAR")),
    ],
)
def test_a_contour_that_is_damaged_is_not_left_out_in_silence(contours, image, keyword, value, words):
    def change(dataset):
        contour = dataset.ROIContourSequence[1].ContourSequence[1]
        contour[keyword] = raw(keyword, contour[keyword].VR, value)

    path = contours[1](change)
    refused(lambda: read_mask(path, image), "plan.dcm", *words)


def test_a_structure_whose_number_is_none_is_refused(contours, image):
    def change(dataset):
        dataset.ROIContourSequence[1]["ReferencedROINumber"] = raw("ReferencedROINumber", "IS", "two ")

    path = contours[1](change)
    refused(lambda: read_mask(path, image), "plan.dcm", "Referenced ROI Number", "two")


def test_a_structure_whose_contours_are_no_sequence_is_refused(contours, image):
    def change(dataset):
        dataset.ROIContourSequence[1]["ContourSequence"] = raw("ContourSequence", "UN", "=1+1")

    path = contours[1](change)
    refused(lambda: read_mask(path, image), "plan.dcm", "damaged")


def raw(keyword, representation, text):
    content = text.encode()
    tag = pydicom.tag.Tag(keyword)
    return pydicom.dataelem.RawDataElement(tag, representation, len(content), content, 0, False, True)


# names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x" * 300 + ".nii", "a\0b.nii", "x" * 300])
def test_a_name_that_no_file_can_have_does_not_exist(name):
    refused(lambda: read_image(name), "does not exist")
    refused(lambda: read_mask(name), "does not exist")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="all folders are open to root")
def test_a_folder_that_cannot_be_listed_is_refused(tmp_path):
    (tmp_path / "series" / "closed").mkdir(parents=True)
    (tmp_path / "series" / "closed").chmod(0)
    try:
        refused(lambda: read_image(tmp_path / "series"), "series")
    finally:
        (tmp_path / "series" / "closed").chmod(0o700)
