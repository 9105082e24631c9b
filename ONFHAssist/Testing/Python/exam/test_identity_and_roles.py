"""Whose a series is, what it is used for, and what is said of a folder that holds more than one examination."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813
from support.dicom_files import slice_datasets, write_shuffled
from support.exam_looks import identity, look

from ONFHAssistLib.cli import run
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.examine import examine, series_table
from ONFHAssistLib.exam.identity import grouped
from ONFHAssistLib.exam.result import Alignment, ExamHip, ExamResult, SeriesRow
from ONFHAssistLib.exam.roles import assign_reference, parse_uses, read_uses, require_known, with_uses
from ONFHAssistLib.exam.study import plane_of, read_study
from ONFHAssistLib.exam.table import of_one_patient, of_the_same_hip
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image


@pytest.mark.parametrize(
    ("changes", "differ"),
    [
        ({}, ()),
        ({"PatientName": "MEIER ANNA"}, ()),  # the same name, written otherwise
        ({"PatientID": ""}, ()),  # what is left empty tells nothing
        ({"PatientID": "B2", "PatientSex": "M"}, ("Patient ID", "Patient's Sex")),
        ({"StudyDate": "20230102"}, ("Study Date",)),
        ({"PatientBirthDate": "19700101"}, ()),
    ],
)
def test_the_fields_by_which_two_headers_differ_are_named(changes, differ):
    assert identity().differences(identity(**changes)) == differ
    assert identity(**changes).differences(identity()) == differ


def test_a_registered_twice_examination_is_one_and_without_dates_its_uid_decides():
    dated = [identity(StudyInstanceUID=uid) for uid in ("1.2", "1.3")]
    assert grouped(dated) == [[0, 1]]
    undated = [identity(StudyInstanceUID=uid, StudyDate="") for uid in ("1.2", "1.3", "1.2")]
    assert grouped(undated) == [[0, 2], [1]]
    assert "Meier" not in repr(identity())


def test_a_series_of_another_patient_is_left_out_and_no_identity_is_printed():
    looks = [look("1"), look("2"), look("3", who=identity(PatientID="B2", PatientName="Roth^Bert"))]
    checked = of_one_patient(looks)
    assert [one.row.usable for one in checked] == [True, True, False]
    assert checked[2].row.reason == (
        "It is of another patient: it differs from the examination in Patient ID and Patient's Name."
    )
    earlier = of_one_patient([look("1"), look("2"), look("3", who=identity(StudyDate="20200101"))])
    assert earlier[2].row.reason == "It is of another date: it differs from the examination in Study Date."


def test_two_patients_with_equally_many_series_are_refused_until_the_user_says_whose_it_is():
    looks = [look("1"), look("2", who=identity(PatientID="B2"))]
    with pytest.raises(InputError, match="series 1 and series 2 differ in Patient ID") as refused:
        of_one_patient(looks)
    assert "B2" not in str(refused.value)
    assert [one.row.usable for one in of_one_patient(looks, "2")] == [False, True]


def test_a_hip_that_lies_where_the_other_one_is_is_not_used():
    both, wrong = look("1"), look("2", heads=("L",), at=-88.0, laterality="L")
    right = look("3", heads=("L",), at=88.0, laterality="L")
    elsewhere = look("4", heads=("L",), at=-88.0, frame=2)  # its place says nothing there
    checked = of_the_same_hip([both, wrong, right, elsewhere], both)
    assert [one.row.usable for one in checked] == [True, False, True, True]
    assert (
        checked[1].row.reason == "Its header says L, but it lies where series 1 shows hip R; it is not used."
    )


def test_roles_by_plane_and_contrast_and_by_the_user():
    looks = [
        look("1", "axial", "T2-weighted"),
        look("2", "coronal", "fat-suppressed"),
        look("3"),
        look("4", "sagittal", "fat-suppressed", heads=("L",)),
        look("5", heads=()),
    ]
    reference = assign_reference(looks, {})
    assert reference.row.number == "3"
    uses = {one.row.number: one.row.uses for one in with_uses(looks, reference, {})}
    assert uses == {
        "1": ("outline",), "2": ("outline", "fluid"), "3": ("reference", "outline", "acetabulum"), "4": ("outline",),
        "5": (),
    }  # fmt: skip
    # A series whose header claims what it does not look like is the last to be asked for what headers decide.
    liar = look("2", "coronal", "fat-suppressed")
    liar = replace(liar, row=replace(liar.row, stated="T1"))
    rows = with_uses([liar, *looks[2:]], looks[2], {})
    assert [one.row.uses for one in rows[:3:2]] == [
        ("outline", "fluid"),
        ("outline",),
    ]  # the other shows one hip
    axial = look("7", "axial", "fat-suppressed")
    assert "fluid" in with_uses([liar, looks[2], axial], looks[2], {})[2].row.uses
    wishes = parse_uses(["2=reference+outline", "3=none", "1=acetabulum"])
    require_known(wishes, [one.row for one in looks])
    chosen = assign_reference(looks, wishes)
    rows = {one.row.number: one.row for one in with_uses(looks, chosen, wishes)}
    assert rows["2"].uses == ("reference", "outline")
    assert rows["3"].uses == () and rows["3"].reason == "Its user left it out."
    assert rows["1"].uses == ("acetabulum",)
    with pytest.raises(InputError, match="Series 5 cannot be the reference: It shows no femoral head"):
        assign_reference(looks, parse_uses(["5=reference"]))
    with pytest.raises(InputError, match="series 5: it shows no femoral head"):
        assign_reference(looks[4:], {})


def test_roles_from_files_and_what_is_none(tmp_path):
    (tmp_path / "roles.json").write_text(json.dumps({"3": ["reference", "outline"], "4": "none"}))
    (tmp_path / "roles.csv").write_text("number,uses\n3,reference+outline\n4,\n")
    wanted = {"3": ("reference", "outline"), "4": ()}
    assert read_uses(tmp_path / "roles.json") == read_uses(tmp_path / "roles.csv") == wanted
    (tmp_path / "list.json").write_text("[1, 2]")
    with pytest.raises(InputError, match="holds no roles"):
        read_uses(tmp_path / "list.json")
    with pytest.raises(InputError, match="'3=oedema'; NUMBER=USE"):
        parse_uses(["3=oedema"])
    with pytest.raises(InputError, match="There is no series 9; there are 3"):
        require_known({"9": ()}, [SeriesRow("3", "", "", "MR")])
    with pytest.raises(InputError, match="cannot both be the reference"):
        require_known(parse_uses(["3=reference", "4=reference"]), [SeriesRow(n, "", "", "MR") for n in "34"])


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1)])
def test_a_file_whose_slices_lie_along_another_axis_has_the_same_plane(tmp_path, order):
    """Programs that turn volumes to the patient's axes keep 20 coronal slices of 4 mm along the second one."""
    turn = np.array([[1, 0, 0], [0, 0, -1], [0, 1, 0]], float)  # of coronal slices: x, down, back
    coronal = Image(
        np.random.default_rng(0).normal(300, 50, (20, 30, 36)), (0.7, 0.8, 4.0), direction=turn.ravel()
    )
    stored = sitk.PermuteAxes(coronal.to_sitk(), order)
    sitk.WriteImage(stored, str(tmp_path / "t1.nii.gz"))
    (found,) = read_study(tmp_path)
    assert (found.plane, found.slices) == ("coronal", 20)
    assert found.spacing[2] == pytest.approx(4.0)
    assert sorted(found.spacing[:2]) == pytest.approx([0.7, 0.8])
    image = found.read()
    assert abs(image.slice_normal[1]) == pytest.approx(1.0)


def test_planes_by_their_normal():
    assert plane_of(np.array([0, -1, 0])) == "coronal"
    assert plane_of(np.array([0.99, 0.1, 0.1])) == "sagittal"
    assert plane_of(np.array([0, 0.5, 0.866])) == "oblique axial"


def test_a_folder_without_a_hip_is_one_line_and_every_series_has_its_reason(tmp_path):
    plane = Image(np.arange(12 * 16 * 16).reshape(12, 16, 16) % 50, (5.0, 5.0, 8.0))
    study, one = tmp_path / "study", {"StudyInstanceUID": "1.2.3"}
    write_shuffled(slice_datasets(plane, SeriesNumber=1, SeriesDescription="localizer", **one), study / "a")
    write_shuffled(slice_datasets(plane, SeriesNumber=2, Modality="CT", **one), study / "b")
    halved = slice_datasets(plane, SeriesNumber=3, ImagesInAcquisition=12, **one)
    write_shuffled([one for n, one in enumerate(halved) if n not in (4, 5)], study / "c")
    other = slice_datasets(plane, SeriesNumber=4)[:1]  # of another study
    write_shuffled(other, study / "d")
    (study / "report.pdf").write_bytes(b"%PDF-1.4")
    assert [one.number for one in read_study(study)] == ["1", "2", "3", "4"]
    result = series_table(study)
    reasons = [row.reason for row in result.series]
    assert reasons[:2] == ["It is a localiser or calibration scan.", "It is a CT."]
    assert reasons[2].startswith("The series misses a slice: ")
    assert reasons[3] == "It is a single slice."
    assert result.series[3].notes == (
        "It is of another date: it differs from the examination in Study Instance UID.",
    )
    with pytest.raises(
        InputError, match=r"No series of the folder shows a whole femoral head \(series 1: it is a loc"
    ):
        examine(study, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    for wrong, said in ((study / "report.pdf", "single file"), (tmp_path / "none", "does not exist")):
        with pytest.raises(InputError, match=said):
            read_study(wrong)


def test_a_result_is_the_same_after_json():
    row = SeriesRow(
        "3", "1.2", "t1", "MR", "coronal", "T1", coverage={"R": 1.0}, uses=("reference",), usable=True
    )
    eye = tuple(float(v) for v in np.eye(4).ravel())
    aligned = Alignment("R", "4", eye, 1.5, 2.0, 0.4, 0.1, 0.95)
    hip = ExamHip("R", FemoralHead("R", (-90.0, 0.0, 1.0), 24.0, None, None, 50.0, 4.0), ("3", "4"))
    result = ExamResult(
        "study", (row,), "3", (aligned,), (hip,), {"segmentation": "a"}, ("one",), {"table": 1.0}
    )
    assert ExamResult.from_json(result.to_json()) == result
    with pytest.raises(InputError, match="onfh-exam/1"):
        ExamResult.from_json("{}")


def _folder(root, *series):
    """A folder of small series, each the changes of its header against a coronal volume of one patient."""
    plane = Image(np.arange(12 * 16 * 16).reshape(12, 16, 16) % 50, (5.0, 5.0, 8.0))
    for number, header in enumerate(series, 1):
        facts = {"StudyInstanceUID": "1.2.3", "SeriesNumber": number, **header}
        files = slice_datasets(plane, **facts)
        write_shuffled(files[: header.get("ImagesInAcquisition", 24) // 2], root / str(number))
    return root


LOCALISER = {"SeriesDescription": "localizer"}
OTHER = {"PatientID": "B2", "PatientName": "Roth^Bert"}


@pytest.mark.parametrize(
    ("series", "reasons", "notes"),
    [
        ([LOCALISER, LOCALISER], ["localiser", "localiser"], ["", ""]),
        ([{"Modality": "CT"}, LOCALISER], ["It is a CT.", "localiser"], ["", ""]),
        (
            [{"ImagesInAcquisition": 12}],
            ["It shows no femoral head"],
            ["6 of the 12 images that its header states"],
        ),
        ([{}, OTHER], ["It shows no femoral head"] * 2, ["", "It is of another patient: it differs"]),
    ],
    ids=["localisers", "CT", "half of a series", "two patients"],
)
def test_a_bad_folder_is_one_line_and_each_of_its_series_stands_in_the_table(
    tmp_path, capsys, series, reasons, notes
):
    study = _folder(tmp_path / "study", *series)
    assert run(["exam", str(study), "--out", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err.strip()
    assert said.count("\n") == 0 and "Traceback" not in said and "Roth" not in said and "B2" not in said
    assert run(["series", str(study), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["series"]
    assert [row["number"] for row in rows] == [str(n) for n in range(1, len(series) + 1)]
    for row, reason, note in zip(rows, reasons, notes, strict=True):
        assert reason in row["reason"]
        assert note in " ".join(row["notes"])
