"""A case as DICOM objects: valid, on the right voxels of the right hip, and saying no more than the case does."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pydicom
import pytest
from support.dicom_cases import NUMBER, PATIENT

from ONFHAssistLib.case.case import Case
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.dicom_out.codes import PRIVATE, SCHEME
from ONFHAssistLib.dicom_out.in_memory import InMemory
from ONFHAssistLib.dicom_out.objects.export import make_objects, read_ready, write_objects
from ONFHAssistLib.dicom_out.objects.from_voxels import ready_of
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, head_mask
from ONFHAssistLib.readers.reader_files import record_confirmation

CHECKS = {"dciodvfy": "dicom3tools", "dcm2json": "dcmtk", "dsrdump": "dcmtk"}
DOCS = Path(__file__).resolve().parents[4] / "Docs" / "dicom.md"


def run(tool: str, path: Path) -> str:
    done = subprocess.run([tool, str(path)], capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0 or tool == "dciodvfy", done.stderr
    return done.stdout + done.stderr


@pytest.mark.skipif(
    any(shutil.which(tool) is None for tool in CHECKS), reason="apt install dicom3tools dcmtk"
)
def test_the_validators_find_no_error_in_any_object(each):
    for path in sorted(each.folder.iterdir()):
        errors = [line for line in run("dciodvfy", path).splitlines() if "Error" in line]
        assert errors == [], path.name
        assert json.loads(run("dcm2json", path))["00080018"]["Value"]
    said = run("dsrdump", each.folder / "SR.dcm")
    assert "Measurement Group" in said
    assert "Combined necrotic angle" in said


def items(dataset, value_type):
    """All content items of one type, at any depth."""
    found = []
    for item in dataset.get("ContentSequence", []):
        found += [item] if item.ValueType == value_type else []
        found += items(item, value_type)
    return found


def name(item):
    return item.ConceptNameCodeSequence[0].CodeMeaning


def test_each_frame_is_the_slice_of_the_image_that_it_refers_to(each):
    """By the frames' own references, so that no geometry of ours is asked."""
    seg, labels = each.objects["SEG"], each.case.case.outlines.array
    places = {}
    for path in each.case.series.iterdir():
        header = pydicom.dcmread(path, stop_before_pixels=True)
        frames = header.get("PerFrameFunctionalGroupsSequence") or [None]
        for at, frame in enumerate(frames):
            stated = header if frame is None else frame.PlanePositionSequence[0]
            place = [float(v) for v in stated.ImagePositionPatient]
            number = None if frame is None else at + 1
            places[str(header.SOPInstanceUID), number] = round(
                float(each.case.image.point_to_index(place)[2])
            )
    names = {one.SegmentNumber: one.SegmentLabel for one in seg.SegmentSequence}
    seen = {label: np.zeros(labels.shape, bool) for label in names.values()}
    for pixels, group in zip(seg.pixel_array, seg.PerFrameFunctionalGroupsSequence, strict=True):
        source = group.DerivationImageSequence[0].SourceImageSequence[0]
        at = places[source.ReferencedSOPInstanceUID, source.get("ReferencedFrameNumber")]
        label = names[group.SegmentIdentificationSequence[0].ReferencedSegmentNumber]
        seen[label][at] = pixels == 1
    assert np.array_equal(seen["Femoral head R"], head_mask(labels, "R"))
    assert np.array_equal(seen["Femoral head L"], head_mask(labels, "L"))
    assert np.array_equal(seen["Necrosis R"], labels == NECROSIS["R"])
    assert set(seen) == {"Femoral head R", "Femoral head L", "Necrosis R"}


def test_a_segment_and_its_nrrd_overlap_to_1(each, tmp_path):
    case, image = each.case.case, each.case.image
    grids = {"SEG": case.outlines, **({"SEG-fine": case.fine} if case.fine is not None else {})}
    for object_name, labels in grids.items():
        nrrd = read_mask(write_image(labels, tmp_path / f"{object_name}.nrrd"), image, in_full=True)
        found = read_mask(each.folder / f"{object_name}.dcm", image, in_full=True)
        assert found.same_grid(nrrd)
        for value in (HEAD["R"], HEAD["L"], NECROSIS["R"]):
            first, second = nrrd.array == value, found.array == value
            assert first.any()
            assert 2 * (first & second).sum() / (first.sum() + second.sum()) == 1.0


def test_segments_say_structure_side_and_network_in_codes(coronal):
    described = {one.SegmentLabel: one for one in coronal.objects["SEG-fine"].SegmentSequence}
    head, necrosis = described["Femoral head R"], described["Necrosis R"]
    kind = head.SegmentedPropertyTypeCodeSequence[0]
    assert (kind.CodeValue, kind.CodingSchemeDesignator) == ("2812003", "SCT")
    assert kind.SegmentedPropertyTypeModifierCodeSequence[0].CodeValue == "24028007"
    assert necrosis.SegmentedPropertyTypeCodeSequence[0].CodeValue == "6574001"
    region = necrosis.AnatomicRegionSequence[0]
    assert (region.CodeValue, region.AnatomicRegionModifierSequence[0].CodeValue) == ("2812003", "24028007")
    made_by = head.SegmentationAlgorithmIdentificationSequence[0]
    assert "outliner_sha256=" + "cd" * 32 in made_by.AlgorithmParameters
    assert head.SegmentAlgorithmType == "AUTOMATIC"


def test_a_structure_is_tracked_by_one_identifier_in_all_objects(coronal):
    tracked = [
        {one.SegmentLabel: one.TrackingUID for one in coronal.objects[n].SegmentSequence}
        for n in ("SEG", "SEG-fine")
    ]
    assert tracked[0] == tracked[1]
    assert len(set(tracked[0].values())) == 3
    in_report = {i.UID for i in items(coronal.objects["SR"], "UIDREF") if "Tracking" in name(i)}
    assert set(tracked[0].values()) <= in_report


def test_the_report_states_every_number_exactly_with_its_unit(coronal):
    numbers = {}
    for item in items(coronal.objects["SR"], "NUM"):
        measured = item.MeasuredValueSequence[0]
        unit = measured.MeasurementUnitsCodeSequence[0]
        assert unit.CodingSchemeDesignator == "UCUM"
        numbers.setdefault(name(item), []).append((measured.get("FloatingPointValue"), unit.CodeValue))
    right = coronal.case.result.hip("R")
    measured, estimate = right.findings.measurement, right.survival.estimate
    assert (measured.combined_necrotic_angle, "deg") in numbers["Combined necrotic angle"]
    assert (measured.necrotic_share, "{ratio}") in numbers["Necrotic share of the femoral head"]
    assert {(measured.head_ml, "ml"), (measured.necrosis_ml, "ml")} <= set(numbers["Volume"])
    assert numbers["Probability of stage I"] == [(1 / 3, "{ratio}")]
    assert numbers["Certainty of Finding"] == [(pytest.approx(90.0), "%")]
    assert numbers["Months after core decompression"] == [(36.0, "mo"), (60.0, "mo")]
    survival = [value for value, _ in numbers["No-collapse survival after core decompression"]]
    assert survival == list(estimate.survival)
    assert measured.steinberg.capitalize() in {
        i.ConceptCodeSequence[0].CodeMeaning
        for i in items(coronal.objects["SR"], "CODE")
        if "Steinberg" in name(i)
    }


def test_what_is_withheld_is_there_without_its_numbers(coronal):
    report = coronal.objects["SR"]
    withheld = [i for i in items(report, "CODE") if i.ConceptCodeSequence[0].CodeValue == "out-of-scope"]
    assert {name(i) for i in withheld} == {PRIVATE["stage"][0], PRIVATE["probability"][0]}
    assert "The image is no T2 with fat suppression." in {i.TextValue for i in items(report, "TEXT")}
    values = {i.MeasuredValueSequence[0].get("FloatingPointValue") for i in items(report, "NUM")}
    assert 0.987654321 not in values
    assert "HEAT-L" not in coronal.objects


def test_a_confirming_reader_stands_in_the_report_and_names_keep_their_letters(coronal, tmp_path):
    assert items(coronal.objects["SR"], "PNAME") == []
    folder = Path(shutil.copytree(coronal.case.folder, tmp_path / "case"))
    outlines = folder / "segmentation.nii.gz"
    record_confirmation(outlines, "Weiß^Ruth")
    series = tmp_path / "series"
    series.mkdir()
    for path in coronal.case.series.iterdir():
        one = pydicom.dcmread(path)
        one.SpecificCharacterSet, one.PatientName = "GB18030", "Wang^XiaoDong=王^小东"
        one.PatientBirthDate, one.StudyTime = "Anonymous", ""  # as some programs take identity away
        one.save_as(series / path.name)
    write_objects(make_objects(read_ready(folder, series), pictures=False), tmp_path / "out")
    written = {path.stem: pydicom.dcmread(path) for path in (tmp_path / "out").iterdir()}
    assert {str(one.PatientName) for one in written.values()} == {"Wang^XiaoDong=王^小东"}
    assert {str(one.PatientBirthDate) for one in written.values()} == {""}
    (person,) = items(written["SR"], "PNAME")
    assert str(person.PersonName) == "Weiß^Ruth"
    assert written["SR"].VerificationFlag == "UNVERIFIED"
    others = {
        n: coronal.objects[n].SOPInstanceUID for n in written
    }  # what says another thing is another object
    assert all(one.SOPInstanceUID != others[n] for n, one in written.items())
    record = outlines.with_name(outlines.name + ".readers.json")
    content = record.read_text(encoding="utf-8")
    record.write_text(content.replace('"sha256": "', '"sha256": "0'), encoding="utf-8")  # of other outlines
    assert read_ready(folder, coronal.case.series).confirmed_by == ""


def test_patient_and_study_are_those_of_the_series_and_no_name_is_a_file_name(coronal):
    for path in coronal.folder.iterdir():
        one = pydicom.dcmread(path, stop_before_pixels=True)
        assert (str(one.PatientName), one.PatientID, one.StudyDate) == (PATIENT, NUMBER, "20240102")
        assert NUMBER not in path.name
        assert one.SpecificCharacterSet == "ISO_IR 192"


def test_exporting_again_gives_the_same_identifiers_also_with_a_page_that_was_printed_since(
    all_exported, tmp_path
):
    made = all_exported["sagittal"]
    (tmp_path / "printed.pdf").write_bytes(b"%PDF-1.4\n%%EOF")
    ready = read_ready(made.case.folder, made.case.series, pdf=tmp_path / "printed.pdf")
    again = {n: o.SOPInstanceUID for n, o in make_objects(ready, pictures=False).items()}
    printed = again.pop("PDF")
    assert again == {n: o.SOPInstanceUID for n, o in made.objects.items()}
    assert printed not in again.values()


def test_heat_key_images_and_printed_report_are_what_the_case_holds(coronal):
    heat = coronal.objects["HEAT-R"]
    stored = read_image(coronal.case.folder / "heatmap_R.nii.gz").array
    hot = np.flatnonzero(stored.any(axis=(1, 2)))
    image, frames = coronal.case.image, heat.PerFrameFunctionalGroupsSequence
    places = [f.PlanePositionSequence[0].ImagePositionPatient for f in frames]
    slices = [round(float(image.point_to_index([float(v) for v in place])[2])) for place in places]
    assert sorted(slices) == list(range(hot[0], hot[-1] + 1))
    assert np.array_equal(heat.pixel_array, stored[slices])
    anatomy = heat.SharedFunctionalGroupsSequence[0].FrameAnatomySequence[0]
    assert anatomy.FrameLaterality == "R"
    assert {n for n in coronal.objects if n.startswith("KEY")} == {"KEY-R", "KEY-L"}
    assert coronal.objects["KEY-R"].Laterality == "R"
    right, left = (coronal.objects[name].pixel_array for name in ("KEY-R", "KEY-L"))
    assert right.std() > 10
    captions = [picture[: len(picture) % 440, :300].astype(int) for picture in (right, left)]
    assert [one.max() for one in captions] == [
        255,
        255,
    ]  # "Right hip", "Left hip" with the colours of what is drawn
    orange = [(one[..., 0] - one[..., 2] > 150).any() for one in captions]
    assert orange == [True, False]  # necrosis on the right alone
    pdf = coronal.objects["PDF"]
    printed = (coronal.case.folder / "report.pdf").read_bytes()
    assert pdf.EncapsulatedDocument[: pdf.EncapsulatedDocumentLength] == printed


def test_the_page_lists_every_private_code_with_its_reason():
    page = DOCS.read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([\w-]+)` \| (.+) \|$", page, re.M))
    assert rows == {value: f"{meaning} | {why}" for value, (meaning, why) in PRIVATE.items()}
    assert f"`{SCHEME}`" in page
    assert all(len(value) <= 16 and len(meaning) <= 64 for value, (meaning, _) in PRIVATE.items())


def other_order(image):
    """The same voxels with their slices in the other order, as another reader may store them."""
    axes = np.reshape(image.direction, (3, 3)) * [1.0, 1.0, -1.0]
    last = as_point(image.index_to_point([0, 0, image.size[2] - 1]))
    return Image(image.array[::-1].copy(), image.spacing, last, tuple(axes.ravel()), image.metadata)


def test_a_case_in_memory_is_exported_whatever_way_its_slices_are_stored_and_refused_where_it_was_moved(
    all_exported,
):
    made = all_exported["sagittal"]
    image, labels = (other_order(one) for one in (made.case.image, made.case.case.outlines))
    result = replace(made.case.result, hip_outlines=Case(image, "x", labels).hip_outlines)
    heats = {"R": other_order(read_image(made.case.result.hip("R").stage.heatmap))}
    ready = ready_of(InMemory(result, image, labels, heats), made.case.series)
    assert np.array_equal(ready.case.outlines.array, made.case.case.outlines.array)
    assert ready.result.hip_outlines == made.case.result.hip_outlines
    assert np.array_equal(ready.heats["R"].array, heats["R"].array[::-1])
    with pytest.raises(InputError, match="was changed, moved or cropped since it was loaded"):
        ready_of(InMemory(result, replace(image, origin=(1.0, 2.0, 3.0)), labels, heats), made.case.series)
    with pytest.raises(InputError, match="were changed after they were measured"):
        ready_of(InMemory(made.case.result, image, labels, heats), made.case.series)


# what is refused ----------------------------------------------------------------------------------------------------


def test_a_case_of_a_nifti_file_says_what_an_export_needs(coronal, tmp_path):
    result = replace(coronal.case.result, input="sha256:abc", segmentation=None, segmentation_fine=None)
    result.save(tmp_path)
    with pytest.raises(InputError, match=r"no DICOM series.*need the patient, study and frame of reference"):
        read_ready(tmp_path, coronal.case.series)


def test_outlines_that_were_changed_and_other_voxels_are_refused(coronal, tmp_path):
    folder = Path(shutil.copytree(coronal.case.folder, tmp_path / "case"))
    (folder / "segmentation_fine.nii.gz").unlink()
    with pytest.raises(InputError, match="are not those that the case was measured on"):
        read_ready(folder, coronal.case.series)
    series = Path(shutil.copytree(coronal.case.series, tmp_path / "series"))
    path = sorted(series.iterdir())[3]
    one = pydicom.dcmread(path)
    one.PixelData = bytes(one.PixelData[:-2]) + b"\x07\x00"
    one.save_as(path)
    with pytest.raises(InputError, match="are not those that the case was worked up from"):
        read_ready(coronal.case.folder, series)


def test_another_study_one_without_frame_of_reference_or_consent_and_a_full_folder_are_refused(
    coronal, all_exported, tmp_path
):
    with pytest.raises(InputError, match="holds no series"):
        read_ready(coronal.case.folder, all_exported["sagittal"].case.series)
    series = tmp_path / "series"
    series.mkdir()
    for path in coronal.case.series.iterdir():
        one = pydicom.dcmread(path)
        del one.FrameOfReferenceUID
        one.save_as(series / path.name)
    with pytest.raises(InputError, match="states no Frame of Reference UID"):
        read_ready(coronal.case.folder, series)
    with pytest.raises(InputError, match="is not empty"):
        write_objects(coronal.objects, series)
    withdrawn = tmp_path / "withdrawn"
    withdrawn.mkdir()
    for path in coronal.case.series.iterdir():
        one = pydicom.dcmread(path)
        consent = pydicom.Dataset()
        consent.ConsentForDistributionFlag = "WITHDRAWN"
        one.ConsentForClinicalTrialUseSequence = [consent]
        one.save_as(withdrawn / path.name)
    with pytest.raises(
        InputError, match=r"consent to its distribution was withdrawn .* so nothing of it is exp"
    ):
        read_ready(coronal.case.folder, withdrawn)
    (tmp_path / "a.pdf").write_bytes(b"<html>")
    with pytest.raises(InputError, match="is no PDF document"):
        read_ready(coronal.case.folder, coronal.case.series, pdf=tmp_path / "a.pdf")
