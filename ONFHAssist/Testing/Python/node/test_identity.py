"""What leaves the hospital names nobody, at no depth; what refers to each other still does."""

from __future__ import annotations

import copy

import pydicom
import pytest
from pydicom.dataset import Dataset
from pydicom.uid import SecondaryCaptureImageStorage
from support.dicom_cases import NUMBER, PATIENT

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.dicom_out.reading.importing import read_case
from ONFHAssistLib.node.archives.objects import read_sendable, require_consent
from ONFHAssistLib.node.identity import deidentified, new_uid
from ONFHAssistLib.node.settings import Choice
from ONFHAssistLib.node.working.work import Job, work_up

pytest.importorskip("dicomanonymizer")
SECRET = "0123456789abcdef0123"


@pytest.fixture(scope="module")
def left(study, tmp_path_factory):
    """(folder of the objects, folder of what left, file of an image in both)."""
    folder = tmp_path_factory.mktemp("leaving")
    study = copy.deepcopy(study)
    study.files = []
    made = Job(
        str(study.write(folder / "series").files[0].parent), str(folder / "objects"), str(folder), ("segment", "measure"),
        Choice(), pictures=False,
    )  # fmt: skip
    assert work_up(made).objects == 3
    inner = Dataset()
    inner.PatientID, inner.ReferencedSOPInstanceUID = NUMBER, "1.2.3"
    image = study.files[0]
    header = pydicom.dcmread(image)
    header.SeriesDescription = f"Hip of {PATIENT}"
    header.InstitutionName, header.SourceImageSequence = "Klinik", [inner]
    header.add_new(0x00091001, "LO", PATIENT)
    header.preamble = PATIENT.encode().ljust(128)
    header.file_meta.SourceApplicationEntityTitle = "Klinik"
    header.file_meta.PrivateInformationCreatorUID, header.file_meta.PrivateInformation = (
        "1.2.3",
        PATIENT.encode(),
    )
    header.save_as(image)
    files = read_sendable([*(folder / "objects").iterdir(), image])
    (folder / "out").mkdir()
    deidentified(files, SECRET, folder / "out")
    return folder / "objects", folder / "out", image.name


def test_no_name_and_no_old_identifier_is_left_at_any_depth(left, study):
    _, out, _ = left
    for path in out.iterdir():
        content = path.read_bytes()
        for word in (
            *PATIENT.encode().split(),
            NUMBER.encode(),
            b"Klinik",
            b"19700102",
            b"20240102",
            study.uid.encode(),
        ):
            assert word not in content, (path.name, word)


def test_everything_leaves_but_the_printed_report_and_says_how_it_was_cleaned(left):
    objects, out, image = left
    assert {path.name for path in objects.iterdir()} - {path.name for path in out.iterdir()} == {"PDF.dcm"}
    header = pydicom.dcmread(out / image)
    assert header.PatientIdentityRemoved == "YES"
    assert [one.CodeValue for one in header.DeidentificationMethodCodeSequence] == ["113100", "113104"]
    assert header.file_meta.MediaStorageSOPInstanceUID == header.SOPInstanceUID


def test_what_left_still_belongs_together_and_reads_as_the_same_numbers(left):
    objects, out, image = left
    found, made = read_case(out).result, read_case(objects).result
    for side in "RL":
        assert found.hip(side).findings.measurement == made.hip(side).findings.measurement
    assert pydicom.dcmread(out / image).StudyInstanceUID == pydicom.dcmread(out / "SR.dcm").StudyInstanceUID


def test_new_identifiers_follow_from_the_secret():
    assert new_uid("1.2.3", SECRET) == new_uid("1.2.3", SECRET)
    assert new_uid("1.2.3", SECRET) != new_uid("1.2.3", SECRET[::-1])
    assert new_uid("1.2.840.10008.5.1", SECRET) == "1.2.840.10008.5.1"


def test_a_short_secret_and_pixels_with_writing_are_refused(left, tmp_path):
    objects, _, _ = left
    files = read_sendable([objects / "SEG.dcm"])
    with pytest.raises(InputError, match="at least 16 are needed"):
        deidentified(files, "short", tmp_path)
    header = pydicom.dcmread(objects / "SEG.dcm")
    header.BurnedInAnnotation = "YES"
    header.save_as(tmp_path / "burnt.dcm")
    with pytest.raises(InputError, match="carry writing"):
        deidentified(read_sendable([tmp_path / "burnt.dcm"]), SECRET, tmp_path)


@pytest.mark.parametrize(
    ("name", "tags", "said"),
    [
        ("SR.dcm", {}, "is a report of another program"),
        ("", {"SOPClassUID": SecondaryCaptureImageStorage}, "is no image of the scanner itself"),
        ("", {"ImageType": ["DERIVED", "SECONDARY", "SCREEN"]}, "is no image of the scanner itself"),
        ("", {"ImageType": ["DERIVED", "SECONDARY"], "BurnedInAnnotation": "NO"}, None),
        ("", {"ImageType": ["ORIGINAL", "PRIMARY"]}, None),
    ],
)
def test_of_other_programs_only_what_cannot_hold_a_name_leaves(left, tmp_path, name, tags, said):
    objects, out, image = left
    header = pydicom.dcmread(objects / name if name else out / image)
    header.Manufacturer = "Elsewhere"
    for keyword, value in tags.items():
        setattr(header, keyword, value)
    header.file_meta.MediaStorageSOPClassUID = header.SOPClassUID
    header.save_as(tmp_path / "one.dcm")
    files = read_sendable([tmp_path / "one.dcm"])
    if said is None:
        assert len(deidentified(files, SECRET, tmp_path / "out")) == 1
    else:
        with pytest.raises(InputError, match=said):
            deidentified(files, SECRET, tmp_path / "out")


def test_a_study_without_consent_is_not_sent(study, tmp_path):
    header = study.images[0]
    for flag, stated, refused in (
        ("", False, False),
        ("", True, True),
        ("YES", True, False),
        ("NO", False, True),
        ("WITHDRAWN", False, True),
    ):
        one = copy.deepcopy(header)
        if flag:
            item = Dataset()
            item.ConsentForDistributionFlag = flag
            one.ConsentForClinicalTrialUseSequence = [item]
        one.save_as(tmp_path / "one.dcm", enforce_file_format=True)
        files = read_sendable([tmp_path / "one.dcm"])
        if refused:
            with pytest.raises(
                InputError,
                match=f"one.dcm says {flag or 'nothing'} on consent.*not sent to Far; nothing was sent",
            ):
                require_consent(files, "Far", stated)
        else:
            require_consent(files, "Far", stated)
