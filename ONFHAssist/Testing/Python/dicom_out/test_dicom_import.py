"""DICOM objects back into a case: to the digit and the voxel, or refused in one sentence with nothing written."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import highdicom as hd
import numpy as np
import pydicom
import pytest
from pydicom.sr.codedict import codes
from support.dicom_cases import comparable

from ONFHAssistLib.case.result import STAGE, read_result
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.dicom_out.reading.importing import read_case, write_case
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, head_mask


def without_time(steps):
    return {name: replace(record, seconds=0.0) for name, record in steps.items()}


def test_a_case_comes_back_to_the_digit_and_to_the_voxel(each, tmp_path):
    made = each.case.result
    write_case(read_case(each.folder), tmp_path / "case")
    found = read_result(tmp_path / "case")
    for side in "RL":
        assert comparable(found.hip(side)) == comparable(made.hip(side))  # floats compare exactly
    assert without_time(found.steps) == without_time(made.steps)
    assert found.input == made.input
    assert found.outlines_sha256 == made.outlines_sha256
    assert found.hip_outlines == made.hip_outlines
    outlines, written = each.case.case.outlines, read_image(found.segmentation)
    assert written.same_grid(outlines)
    assert np.array_equal(written.array, outlines.array)
    assert (found.segmentation_fine is None) == (made.segmentation_fine is None)
    heat = read_image(found.hip("R").stage.heatmap)
    assert heat.same_grid(outlines)
    assert np.array_equal(heat.array, read_image(made.hip("R").stage.heatmap).array)


def test_what_was_withheld_comes_back_as_withheld_and_without_a_number(coronal):
    left = read_case(coronal.folder).result.hip("L")
    assert left.stage is None
    assert left.withheld[STAGE].reasons == coronal.case.result.hip("L").withheld[STAGE].reasons
    assert left.withheld[STAGE].answer.probabilities == {}


def test_with_its_series_the_case_is_known_by_voxels_and_outlines(coronal):
    found = read_case(coronal.folder, source=coronal.case.series).result
    assert found.content_sha256 == coronal.case.result.content_sha256
    assert found.hip_content == coronal.case.result.hip_content


# of another program ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def foreign(all_exported, tmp_path_factory) -> Path:
    """A segmentation by somebody else on the sagittal series: bone, a head and a tumour, slices without any left out."""
    case = all_exported["sagittal"].case
    labels = case.case.outlines.array
    masks = [np.zeros(labels.shape, bool), head_mask(labels, "R"), labels == NECROSIS["R"]]
    masks[0][2, 3, 4] = True
    headers = [pydicom.dcmread(path) for path in case.series.iterdir()]
    headers.sort(key=lambda one: case.image.point_to_index(one.ImagePositionPatient)[2])
    described = [
        hd.seg.SegmentDescription(
            number,
            name,
            codes.SCT.AnatomicalStructure,
            codes.SCT.Bone,
            hd.seg.SegmentAlgorithmTypeValues.MANUAL,
        )
        for number, name in enumerate(("Bone", "Hip ball", "Spot"), 1)
    ]
    seg = hd.seg.Segmentation(
        headers,
        np.stack(masks, axis=-1).astype(np.uint8),
        "BINARY",
        described,
        hd.UID(), 3, hd.UID(), 1, "Other maker", "Other model", "1", "7",
    )  # fmt: skip
    path = tmp_path_factory.mktemp("foreign") / "seg.dcm"
    seg.save_as(path)
    return path


def test_a_named_segment_of_another_program_is_the_outline(foreign, all_exported):
    case = all_exported["sagittal"].case
    found = read_case(foreign, {HEAD["R"]: "Hip ball", NECROSIS["R"]: "3"}, case.series)
    expected = np.where(np.isin(case.case.outlines.array, (1, 3)), case.case.outlines.array, 0)
    assert np.array_equal(found.labels.array, expected)
    assert [hip.side for hip in found.result.hips] == ["R"]
    assert found.result.input == case.result.input
    assert "Other model" in found.result.reading.notes[0]


def test_segments_of_another_program_must_be_named_and_lie_on_their_side(foreign):
    with pytest.raises(
        InputError, match=r"say which segment.*1 \(Bone\); 2 \(Hip ball\); 3 \(Spot\)"
    ) as said:
        read_case(foreign)
    assert "head-r" in said.value.asks_for
    with pytest.raises(InputError, match="has no segment 'Ball'"):
        read_case(foreign, {HEAD["R"]: "Ball"})
    with pytest.raises(InputError, match=r"No segment of .* was named as a femoral head"):
        read_case(foreign, {NECROSIS["R"]: "Spot"})


def test_a_segment_of_another_frame_of_reference_or_for_the_other_side_is_refused(
    foreign, all_exported, tmp_path
):
    moved = pydicom.dcmread(foreign)
    other_frame(moved)
    moved.save_as(tmp_path / "moved.dcm")
    with pytest.raises(InputError, match=r"moved\.dcm lies in another frame of reference"):
        read_case(tmp_path / "moved.dcm", {HEAD["R"]: "Hip ball"}, all_exported["sagittal"].case.series)
    with pytest.raises(InputError, match=r"Femoral head L .* lies .* mm to the patient's right"):
        read_case(foreign, {HEAD["L"]: "Hip ball"}, all_exported["sagittal"].case.series)


# what is refused ------------------------------------------------------------------------------------------------------


def changed(coronal, tmp_path, name, change) -> Path:
    """The objects of a case, one of them changed."""
    folder = Path(shutil.copytree(coronal.folder, tmp_path / "changed"))
    one = pydicom.dcmread(folder / name)
    change(one)
    one.save_as(folder / name)
    return folder


def newer(report):
    report.CodingSchemeIdentificationSequence[0].CodingSchemeVersion = "2"


def other_frame(seg):
    seg.FrameOfReferenceUID = "1.2.3.4"


def other_voxel(seg):
    content = bytearray(seg.PixelData)
    content[len(content) // 2] ^= 0xFF
    seg.PixelData = bytes(content)


def first_number(dataset):
    for item in dataset.get("ContentSequence", []):
        if item.ValueType == "NUM" and item.ConceptNameCodeSequence[0].CodeValue == "combined-angle":
            return item.MeasuredValueSequence[0]
        found = first_number(item)
        if found is not None:
            return found
    return None


def other_number(report):
    first_number(report).FloatingPointValue += 1.0


def cut_off(report):
    del report.ContentSequence[-1].ContentSequence[-1]


def no_number(report):
    first_number(report).MeasurementUnitsCodeSequence = []
    del first_number(report).NumericValue


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("SR.dcm", newer, "written by a newer version of ONFHAssist: its codes are of version 2"),
        ("SEG-fine.dcm", other_frame, r"SEG-fine\.dcm lies in another frame of reference"),
        ("SEG-fine.dcm", other_voxel, "are not those that the report measured"),
        ("SR.dcm", cut_off, r"it holds \d+ measurement groups where \d+ were written"),
        ("SR.dcm", other_number, "'Combined necrotic angle' is .* and .* at once"),
        ("SR.dcm", no_number, "'Combined necrotic angle' has no number"),
    ],
    ids=["newer version", "other frame", "other voxel", "cut off", "other number", "no number"],
)
def test_objects_that_are_not_what_was_written_are_refused_by_name(coronal, tmp_path, name, change, said):
    with pytest.raises(InputError, match=said):
        read_case(changed(coronal, tmp_path, name, change))


def test_a_report_without_its_segmentation_and_the_series_of_another_patient_are_refused(
    coronal, all_exported, tmp_path
):
    folder = Path(shutil.copytree(coronal.folder, tmp_path / "lost"))
    (folder / "SEG.dcm").unlink()
    with pytest.raises(InputError, match=r"refers to the segmentation 1\.2\.826.*, which is not in"):
        read_case(folder)
    with pytest.raises(InputError, match="holds no series"):
        read_case(coronal.folder, source=all_exported["sagittal"].case.series)
    with pytest.raises(InputError, match="holds no report of ONFHAssist and no DICOM segmentation"):
        read_case(coronal.case.series)
    with pytest.raises(InputError, match="is not empty"):
        write_case(read_case(coronal.folder), folder)


@pytest.mark.parametrize("seed", range(5))
def test_a_damaged_file_ends_in_one_sentence_or_in_the_same_numbers(coronal, tmp_path, seed):
    """Cut, or some bytes of the report's content changed; never another number, nothing half-written."""
    folder = Path(shutil.copytree(coronal.folder, tmp_path / "damaged"))
    draw = np.random.default_rng(seed)
    path = folder / ("SR.dcm" if seed != 1 else "SEG.dcm")
    content = bytearray(path.read_bytes())
    if seed < 2:
        content = content[: 9 * len(content) // 10]
    for at in draw.integers(2000, len(content), 0 if seed < 2 else 40):
        content[at] = int(draw.integers(0, 256))
    path.write_bytes(content)
    out = tmp_path / "case"
    try:
        write_case(read_case(folder), out)
    except InputError as error:
        assert "\n" not in str(error)
        assert not out.exists()
        return
    made, found = coronal.case.result, read_result(out)
    for side in "RL":
        assert found.hip(side).findings.measurement == made.hip(side).findings.measurement
