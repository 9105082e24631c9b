"""Examinations come in order of their dates, of one patient, or are refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from support.dated_hips import CENTRE, dated_hip
from support.dicom_files import slice_datasets, write_shuffled
from support.outlined_hips import thick_hip

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.identity import Identity
from ONFHAssistLib.exam.result import Alignment, ExamResult
from ONFHAssistLib.exam.study import FoundSeries
from ONFHAssistLib.followup.compare import follow
from ONFHAssistLib.followup.dates import as_day, day_of, series_used
from ONFHAssistLib.followup.examinations import DatedExam, in_order, outlined_image
from ONFHAssistLib.followup.study import Named, follow_files, read_named
from ONFHAssistLib.imaging.files import write_image


def exam(name, day, sides="R", **stated):
    return DatedExam(name, date.fromisoformat(day), {side: dated_hip(side, spacing=(4.0,) * 3) for side in sides},
                     (Identity(stated),) if stated else ())  # fmt: skip


def test_dates_are_read_as_people_and_headers_write_them():
    assert as_day("20240531") == as_day("2024-05-31") == date(2024, 5, 31)
    with pytest.raises(InputError, match=r"'31\.5\.2024' is no date; write it as 2024-05-31"):
        as_day("31.5.2024")


def test_examinations_are_put_in_order():
    names = [one.name for one in in_order([exam("late", "2024-05-01"), exam("first", "2023-02-01")])]
    assert names == ["first", "late"]


def test_what_cannot_be_compared_is_refused():
    one = exam("a", "2023-02-01", PatientID="X1", StudyDate="20230201")
    with pytest.raises(InputError, match="two examinations or more"):
        in_order([one])
    with pytest.raises(InputError, match="both of 2023-02-01"):
        in_order([one, exam("b", "2023-02-01")])
    with pytest.raises(InputError, match="different patients: Patient ID differs") as caught:
        in_order([one, exam("b", "2024-02-01", PatientID="X2", StudyDate="20240201")])
    assert "X1" not in str(caught.value)
    with pytest.raises(InputError, match="No hip is outlined in two"):
        in_order([one, exam("b", "2024-02-01", "L")])


def test_an_image_with_outlines_is_an_examination():
    image, labels = thick_hip("L")
    found = outlined_image(image, labels, date(2024, 1, 1), "hip.nrrd", "T1")
    hip = found.hips["L"]
    assert np.linalg.norm(np.subtract(hip.head.centre, (80.0, 5.0, -30.0))) < 0.7
    assert hip.own
    assert hip.found.findings.measurement.necrosis_ml > 1.0
    assert CENTRE["L"][0] > 0


def test_a_call_that_cannot_be_understood_is_a_sentence(tmp_path):
    with pytest.raises(InputError, match="does not exist"):
        follow_files([Named(tmp_path / "none"), Named(tmp_path / "none2")], tmp_path / "out")
    single = tmp_path / "a.nii.gz"
    single.write_bytes(b"")
    with pytest.raises(InputError, match="give its outlines too"):
        follow_files([Named(single), Named(single)], tmp_path / "out")
    with pytest.raises(InputError, match="needs its date"):
        follow_files([Named(_image(tmp_path), segmentation=single), Named(single)], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_patient_is_compared_by_every_series():
    one = replace(exam("a", "2023-02-01"), identities=(Identity({}), Identity({"PatientID": "X1"})))
    two = replace(
        exam("b", "2024-02-01"), identities=(Identity({"PatientID": "X1"}), Identity({"PatientID": "X2"}))
    )
    with pytest.raises(InputError, match="a and b are of different patients: Patient ID differs"):
        in_order([one, two])


def _series(number, day, other="", patient="X1"):
    stated = Identity({"StudyDate": day, "PatientID": patient} if day else {})
    return FoundSeries(number, number, 1, {}, identity=stated, other=other, read=lambda: None)


def _examined(*numbers):
    still = tuple(np.eye(4).ravel().tolist())
    rows = tuple(Alignment("R", one, still, 0, 0, 0, 0, 1) for one in numbers)
    return ExamResult("s", (), numbers[0], rows)


def test_the_date_is_that_of_the_series_that_were_used():
    found = [
        _series("1", "20200101", "identity"),
        _series("2", "20200101"),
        _series("3", "20240531"),
        _series("4", ""),
    ]
    used = series_used(_examined("3", "4"), found)
    assert [one.number for one in used] == ["3", "4"]
    assert day_of([one.identity for one in used], "s") == (date(2024, 5, 31), ())


def test_of_two_dates_that_as_many_series_state_the_references_counts():
    days = ("20240601", "20240531", "20240601", "20240531")
    found = [_series(str(number), day) for number, day in enumerate(days, 1)]
    for reference, day in (("2", 31), ("3", 1)):
        others = [one for one in "1234" if one != reference]
        used = series_used(_examined(reference, *others), found)
        assert day_of([one.identity for one in used], "s")[0].day == day


def test_a_given_date_counts_and_a_header_that_says_another_is_named():
    stated = [Identity({"StudyDate": "20240531"})]
    assert day_of(stated, "s", "2024-05-31") == (date(2024, 5, 31), ())
    day, notes = day_of(stated, "s", "2023-05-31")
    assert day == date(2023, 5, 31)
    assert notes == (
        "s was given the date 2023-05-31, but its headers say 2024-05-31; the given date counts.",
    )
    with pytest.raises(InputError, match="s states no study date"):
        day_of([Identity({})], "s")


def _dicom(folder, patient, day):
    image, labels = thick_hip("L")
    image = image.like(np.asarray(image.array).astype(np.int16))
    write_shuffled(slice_datasets(image, PatientID=patient, PatientName=patient, StudyDate=day), folder)
    return Named(folder, segmentation=write_image(labels, folder.with_suffix(".nii.gz")))


def test_images_with_outlines_are_checked_for_their_patient_and_take_the_date_of_their_header(tmp_path):
    one, two = (_dicom(tmp_path / name, name, "20240531") for name in ("one", "two"))
    two = replace(two, day="2025-05-31")
    with pytest.raises(InputError, match="different patients: Patient ID and Patient's Name differ"):
        follow_files([one, two], tmp_path / "out")
    read = read_named(one, tmp_path, False, lambda *_: None)
    assert read.day == date(2024, 5, 31)
    assert "its headers say 2024-05-31" in read_named(two, tmp_path, False, lambda *_: None).notes[0]


def test_months_of_a_hip_that_was_outlined_later_count_from_its_own_first_date():
    def hip(side, radius):  # heads of other sizes are not aligned, which takes no time
        found = dated_hip(side, spacing=(4.0,) * 3)
        return replace(found, head=replace(found.head, radius=radius))

    exams = [
        DatedExam("a", date(2023, 1, 1), {"R": hip("R", 24.0)}),
        DatedExam("b", date(2024, 1, 1), {"R": hip("R", 20.0), "L": hip("L", 24.0)}),
        DatedExam("c", date(2025, 1, 1), {"L": hip("L", 20.0)}),
    ]
    result, _ = follow(exams)
    right, left = result.hips
    assert [round(state.months) for state in right.states] == [0, 12]
    assert [round(state.months) for state in left.states] == [0, 12]
    assert (right.since, left.since) == ("2023-01-01", "2024-01-01")
    assert "a, b and c name no patient" in " ".join(result.warnings)
    operated, _ = follow(exams, since=date(2022, 7, 1))
    assert [round(state.months) for state in operated.hips[1].states] == [18, 30]


def _image(folder):
    return write_image(thick_hip("L")[0], folder / "i.nii.gz")
