"""Examinations come in order of their dates, of one patient, or are refused in a sentence."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from support.dated_hips import CENTRE, dated_hip
from support.outlined_hips import thick_hip

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.identity import Identity
from ONFHAssistLib.followup.examinations import DatedExam, as_day, in_order, outlined_image
from ONFHAssistLib.followup.study import Named, follow_files


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
    with pytest.raises(InputError, match="different patients: Patient ID differ") as caught:
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


def _image(folder):
    from ONFHAssistLib.imaging.files import write_image

    return write_image(thick_hip("L")[0], folder / "i.nii.gz")
