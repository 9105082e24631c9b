"""What the files of a volume say is said of it where Slicer has read them, in the sentences of the command line."""

import gzip
import os
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its documented short name
from support.dicom_browser import Database, loaded, series_image
from support.dicom_files import slice_datasets, write_shuffled

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.geometry import geometry_sentences
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.reading import Reading


@pytest.fixture
def database(scene, monkeypatch):
    import slicer

    database = Database()
    monkeypatch.setattr(slicer, "dicomDatabase", database, raising=False)
    return database


@pytest.fixture
def open_series(database, tmp_path):
    """``open_series(datasets, image)``: (folder, volume node that Slicer made of it, as ``image`` says)."""

    def open_one(datasets, image, name="Hip MRI"):
        folder = write_shuffled(datasets, tmp_path / f"series{len(database.files)}")
        return folder, loaded(image, database.add(folder), name)

    return open_one


def said(node):
    from ONFHAssistLib.scene.files.headers import read_headers
    from ONFHAssistLib.scene.volumes import sentences_of_volume

    read_headers(node)
    return sentences_of_volume(node)


def refusal(folder, name="Hip MRI"):
    with pytest.raises(InputError) as refused:
        read_image(folder)
    return str(refused.value).replace(str(folder), name)


def test_a_regular_series_that_slicer_read_right_has_nothing_to_say(open_series):
    image = series_image()
    _folder, node = open_series(slice_datasets(image), image)
    assert said(node) == []


def test_slices_that_slicer_stacked_from_the_other_end_are_the_same(open_series):
    image = series_image()
    _folder, node = open_series(slice_datasets(image), image)
    turned = Image(
        image.array[::-1],
        image.spacing,
        tuple(image.index_to_point([0, 0, 7])),
        (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0),
    )
    other = loaded(turned, node.GetAttribute("DICOM.instanceUIDs").split(), "turned")
    assert said(other) == []


def test_a_narrow_gap_is_told_as_the_command_line_refuses_it(open_series):
    image = series_image(7)
    datasets = slice_datasets(image)
    for dataset, z in zip(datasets, (0, 4, 8, 12, 16, 16.5, 20.5), strict=True):
        dataset.ImagePositionPatient = [-20.0, 30.0, z]
    folder, node = open_series(datasets, replace(image, spacing=(1.5, 1.25, 20.5 / 6)))
    text = refusal(folder)
    assert text.startswith("The slices of Hip MRI are not evenly spaced")
    assert said(node) == [text]


def test_a_missing_slice_is_told_as_the_command_line_refuses_it(open_series):
    image = series_image(8)
    datasets = slice_datasets(image)
    del datasets[3]
    folder, node = open_series(datasets, replace(image, array=np.delete(image.array, 3, axis=0)))
    text = refusal(folder)
    assert text.startswith("Hip MRI misses a slice")
    assert said(node) == [text]


def test_two_echoes_in_one_volume_are_named_by_all_headers_not_the_first(open_series):
    image = series_image(8)
    datasets = slice_datasets(image, EchoTime=15.0) + slice_datasets(image, EchoTime=90.0)
    for dataset in datasets[8:]:
        dataset.SeriesInstanceUID = datasets[0].SeriesInstanceUID
    folder, node = open_series(datasets, replace(image, array=np.repeat(image.array, 2, axis=0)))
    text = refusal(folder)
    assert "holds 2 echoes" in text
    assert said(node) == [text]


def test_a_copy_among_the_files_is_told_with_the_slice_too_many(open_series):
    import copy

    from pydicom.uid import generate_uid

    image = series_image(8)
    datasets = slice_datasets(image)
    twin = copy.deepcopy(datasets[4])
    twin.SOPInstanceUID = twin.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    _folder, node = open_series(
        [*datasets, twin], replace(image, array=np.insert(image.array, 4, image.array[4], axis=0))
    )
    first, second = said(node)
    assert first.startswith("IM00")
    assert first.endswith("by its header.")
    assert second.startswith("Hip MRI has 9 slices, while the headers of its files describe 8")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"spacing": (1.5, 1.25, 3.61)}, "The voxels of Hip MRI are 1.5 x 1.25 x 3.61 mm, by the headers of its"),
        ({"origin": (-20.0, 130.0, -40.0)}, "The middle of Hip MRI lies 100 mm beside the place in the headers"),
        (
            {"direction": (-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0)},
            "The axes of Hip MRI stand 180.0 degrees off those in the headers of its files; check the sides.",
        ),
    ],
)  # fmt: skip
def test_a_volume_that_disagrees_with_its_headers_says_where(open_series, changes, sentence):
    image = series_image()
    _folder, node = open_series(slice_datasets(image), replace(image, **changes))
    assert [text for text in said(node) if text.startswith(sentence)]


def test_files_of_several_sequences_name_none_here_and_on_the_command_line(open_series):
    image = series_image()
    spin_echo = {"ScanningSequence": "SE", "ImageType": ["ORIGINAL", "PRIMARY", "M", "SE"]}
    datasets = slice_datasets(image, SeriesDescription="cor T1", **spin_echo)
    for dataset in datasets:
        dataset.EchoTime, dataset.RepetitionTime = 15.0, 500.0
    for dataset in datasets[5:]:
        dataset.ScanningSequence = "GR"
    folder, node = open_series(datasets, image)
    read = read_image(folder)
    assert "sequence" not in read.metadata
    (text,) = Reading.of(read.metadata).notes
    assert "T1 (5 files)" in text
    assert "a gradient echo (3 files)" in text
    from ONFHAssistLib.scene.volumes import facts_of_volume

    (here,) = said(node)
    assert here.startswith("The files of this series are of several sequences: ")
    assert "sequence" not in facts_of_volume(node)


def test_a_series_that_is_refused_is_told_when_it_is_chosen(open_series):
    from ONFHAssistLib.imaging.series_kind import unreadable

    image = series_image()
    adc = {"ImageType": ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"], "SeriesDescription": "ADC"}
    folder, node = open_series(slice_datasets(image, **adc), image)
    assert said(node) == [unreadable(read_image(folder).metadata, "Hip MRI")]


def test_a_bad_number_in_the_header_is_told(open_series):
    from pydicom import config

    image = series_image()
    with config.disable_value_validation():
        datasets = slice_datasets(image)
        for dataset in datasets:
            dataset.add_new("FlipAngle", "LO", "Anonymous")
        folder, node = open_series(datasets, image)
    notes = Reading.of(read_image(folder).metadata).notes
    assert notes
    assert said(node) == list(notes)


def test_a_radiograph_says_whose_spacing_it_has(database, tmp_path):
    from ONFHAssistLib.imaging.radiograph import radiograph_sentences

    image = Image(series_image(1).array, (0.2, 0.2, 1.0))
    (film,) = slice_datasets(image)
    film.Modality, film.PatientOrientation, film.ImagerPixelSpacing = "DX", ["L", "F"], [0.2, 0.2]
    film.PixelRepresentation = 0
    folder = write_shuffled([film], tmp_path / "film")
    node = loaded(image, database.add(folder), "Pelvis")
    expected = radiograph_sentences(read_image(folder))
    assert "is the detector's" in expected[0]
    assert said(node) == expected


# once ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened_files(monkeypatch):
    """Names of the files whose headers were read, in order."""
    from ONFHAssistLib.imaging import dicom_loaded

    names, read = [], dicom_loaded.read_file

    def count(file, *arguments):
        names.append(file.name)
        return read(file, *arguments)

    monkeypatch.setattr(dicom_loaded, "read_file", count)
    return names


def test_each_header_is_read_once_and_again_only_where_a_file_changed(open_series, opened_files):
    from ONFHAssistLib.scene.volumes import facts_of_volume, image_from_volume

    image = series_image()
    folder, node = open_series(slice_datasets(image), image)
    for _time in range(3):
        said(node)
        facts_of_volume(node)
        image_from_volume(node)
    assert sorted(opened_files) == [f"IM{number:03d}" for number in range(8)]
    os.utime(folder / "IM002", (1, 1))
    said(node)
    assert len(opened_files) == 16


def test_facts_alone_read_one_header(open_series, opened_files):
    from ONFHAssistLib.scene.volumes import facts_of_volume

    image = series_image()
    _folder, node = open_series(slice_datasets(image), image)
    assert facts_of_volume(node)["modality"] == "MR"
    assert facts_of_volume(node)["files_read"] == "8"
    assert len(opened_files) == 1


def test_what_was_said_stays_with_a_saved_scene_without_its_files(open_series, database, tmp_path):
    import headless
    import slicer

    image = series_image(8)
    datasets = slice_datasets(image)
    del datasets[3]
    _folder, node = open_series(datasets, replace(image, array=np.delete(image.array, 3, axis=0)))
    before = said(node)
    assert len(before) == 1
    assert slicer.util.saveScene(str(tmp_path / "case.mrb"))
    headless.clear_scene()
    database.isOpen = False
    assert slicer.util.loadScene(str(tmp_path / "case.mrb"))
    assert said(slicer.util.getNode("Hip MRI")) == before


def test_a_run_from_the_module_carries_the_sentences_in_its_result(open_series, tmp_path):
    from ONFHAssistLib.case.pipeline import run_case
    from ONFHAssistLib.case.result import MEASURE
    from ONFHAssistLib.scene.exchange import case_of
    from ONFHAssistLib.scene.segmentations import segmentation_from_labels

    image = Image(np.zeros((20, 40, 80), np.int16), (2.0, 2.0, 3.0), (-80.0, -40.0, -30.0))
    points = image.index_to_point(np.argwhere(np.ones(image.array.shape))[:, ::-1])
    ball = np.linalg.norm(points - [-60.0, 0.0, 0.0], axis=1) <= 16
    labels = image.like(ball.reshape(image.array.shape).astype(np.uint8))
    image = image.like(labels.array.astype(np.int16) * 100)
    datasets = slice_datasets(image, SpacingBetweenSlices=1.0)
    _folder, node = open_series(datasets, image)
    segmentation = segmentation_from_labels(labels, node, "reader", {})
    result = run_case(case_of(node, segmentation), tmp_path / "out", (MEASURE,))
    (text,) = said(node)
    assert text.startswith("The slices are 3.00 mm apart, while the header states 1.00 mm")
    assert text in result.sentences()


# files that Slicer read itself ---------------------------------------------------------------------------------------


@pytest.fixture
def nifti_without_codes(tmp_path):
    """A NIfTI file that states neither orientation nor place."""
    path = tmp_path / "hip.nii.gz"
    values = series_image(12).array
    picture = sitk.GetImageFromArray(values)
    picture.SetSpacing((1.5, 1.25, 4.0))
    sitk.WriteImage(picture, str(path))
    raw = bytearray(gzip.decompress(path.read_bytes()))
    raw[252:256] = bytes(4)
    path.write_bytes(gzip.compress(bytes(raw)))
    return path


def test_a_nifti_file_without_codes_keeps_its_doubt_in_slicer(scene, nifti_without_codes, tmp_path):
    import headless
    import slicer

    from ONFHAssistLib.scene.volumes import image_from_volume
    from ONFHAssistLib.segment.side import decide_side

    node = slicer.util.loadVolume(str(nifti_without_codes), {"name": "hip"})
    (text,) = geometry_sentences(read_image(nifti_without_codes), "hip")
    assert text.startswith("hip states no orientation")
    assert said(node) == [text]
    with pytest.raises(InputError, match="states no orientation"):
        decide_side(image_from_volume(node), np.zeros(3))
    assert slicer.util.saveScene(str(tmp_path / "case.mrb"))
    headless.clear_scene()
    assert slicer.util.loadScene(str(tmp_path / "case.mrb"))
    assert said(slicer.util.getNode("hip")) == [text]


def test_an_orientation_that_the_user_set_settles_the_doubt(scene, nifti_without_codes):
    import slicer

    node = slicer.util.loadVolume(str(nifti_without_codes), {"name": "hip"})
    assert len(said(node)) == 1
    node.SetIJKToRASDirections(1, 0, 0, 0, 0, 1, 0, -1, 0)
    assert "orientation" not in " ".join(said(node))
    node.SetOrigin(30.0, 10.0, 5.0)
    assert said(node) == []


def test_a_file_that_says_all_has_nothing_to_say(scene, tmp_path):
    import slicer

    path = tmp_path / "hip.nrrd"
    sitk.WriteImage(series_image().to_sitk(), str(path))
    assert said(slicer.util.loadVolume(str(path), {"name": "hip"})) == []


def test_the_header_of_a_packed_file_is_read_without_its_voxels(nifti_without_codes):
    from ONFHAssistLib.imaging.files import geometry_facts_of

    raw = gzip.decompress(nifti_without_codes.read_bytes())
    rest = np.random.default_rng(0).bytes(100_000)
    whole = gzip.compress(raw[:600] + rest)
    nifti_without_codes.write_bytes(whole[: len(whole) // 2])
    assert geometry_facts_of(nifti_without_codes) == {"orientation": "unstated", "place": "unstated"}
