"""``onfh dicom``: asks before it writes what names a patient, names nobody itself, and brings a case back."""

from __future__ import annotations

import json

import pytest
from support.dicom_cases import NUMBER, PATIENT

from ONFHAssistLab import cli


@pytest.fixture
def onfh(capfd):
    """``onfh("dicom", ...)`` returns (exit code, standard output, standard error)."""

    def call(*arguments):
        capfd.readouterr()
        code = cli.run([str(argument) for argument in arguments])
        return code, *capfd.readouterr()

    return call


def test_nothing_is_written_before_somebody_agreed(onfh, coronal, tmp_path):
    case = (coronal.case.folder, "--source", coronal.case.series, "--out", tmp_path / "out")
    code, out, err = onfh("dicom", "export", *case)
    assert (code, out) == (2, "")
    assert "nobody agreed" in err
    assert "--yes" in err
    assert list(tmp_path.iterdir()) == []


def test_a_case_goes_out_and_comes_back_without_a_word_on_the_patient(
    onfh, coronal, tmp_path, caplog, recwarn
):
    caplog.set_level("DEBUG")
    objects, case = tmp_path / "objects", tmp_path / "case"
    source = ("--source", coronal.case.series)
    code, out, err = onfh(
        "dicom", "export", coronal.case.folder, *source, "--out", objects, "--no-pictures", "--yes", "--json"
    )
    assert code == 0, err
    answer = json.loads(out)
    assert [one["kind"] for one in answer["objects"]] == ["SEG", "SEG-fine", "HEAT-R", "SR", "PDF"]
    assert answer["objects"][0]["sop_instance_uid"] == coronal.objects["SEG"].SOPInstanceUID
    said = out + err
    code, out, err = onfh("dicom", "import", objects, *source, "--out", case, "--json")
    assert code == 0, err
    assert json.loads(out)["hips"] == ["R", "L"]
    assert (case / "result.json").is_file()
    said += out + err + caplog.text + " ".join(str(one.message) for one in recwarn)
    assert PATIENT.split()[0] not in said
    assert NUMBER not in said


def test_wrong_calls_say_in_one_line_what_is_needed(onfh, coronal, tmp_path):
    lonely = tmp_path / "seg.dcm"
    lonely.write_bytes((coronal.folder / "SEG.dcm").read_bytes())
    code, out, err = onfh("dicom", "import", lonely, "--out", tmp_path / "case")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "1 (Femoral head R)" in err
    assert "The option is --head-r." in err
    code, _, err = onfh("dicom", "import", tmp_path / "none", "--out", tmp_path / "case")
    assert code == 2
    assert "does not exist" in err
    assert not (tmp_path / "case").exists()
