"""One study worked up by itself: what is chosen, what is refused in which words, and a disk that is full."""

from __future__ import annotations

import copy
import subprocess
from dataclasses import replace

import psutil
import pytest
from support.dicom_cases import NUMBER, PATIENT
from support.node_studies import Study, first_study

from ONFHAssistLib.dicom_out.reading.importing import read_case
from ONFHAssistLib.node.log import shown, without
from ONFHAssistLib.node.settings import Choice
from ONFHAssistLib.node.working.children import Child
from ONFHAssistLib.node.working.choice import choose
from ONFHAssistLib.node.working.work import FULL_DISK, LEFT, MADE, UNCHANGED, Job, work_up


def job_of(study: Study, folder, **changed) -> Job:
    images = folder / "images"
    study.files = []
    study.write(images)
    (folder / "scratch").mkdir()
    made = Job(
        str(images),
        str(folder / "out"),
        str(folder / "scratch"),
        ("segment", "measure"),
        Choice(),
        False,
        False,
    )
    return replace(made, **changed)


@pytest.fixture
def fresh(study) -> Study:
    """The study, to be changed."""
    return copy.deepcopy(study)


def test_outlines_that_a_reader_drew_are_what_is_measured(fresh, tmp_path):
    job = job_of(fresh, tmp_path)
    (tmp_path / "images" / ".part-1.dcm").write_bytes(b"half an image that is coming")
    outcome = work_up(job)
    assert (outcome.end, outcome.objects, outcome.said) == (MADE, 2, "")
    case = read_case(tmp_path / "out")
    share = {hip.side: hip.findings.measurement.necrotic_share for hip in case.result.hips}
    assert share["L"] == 0
    assert 0.15 < share["R"] < 0.4
    assert list((tmp_path / "scratch").iterdir()) == []
    (tmp_path / "again").mkdir()
    again = work_up(job_of(fresh, tmp_path / "again", content=outcome.content))
    assert again.end == UNCHANGED
    assert not (tmp_path / "again" / "out").exists()


def test_outlines_in_another_frame_of_reference_are_named_and_nothing_is_made(fresh, tmp_path):
    fresh.drawn.FrameOfReferenceUID = "1.2.3.4"
    outcome = work_up(job_of(fresh, tmp_path))
    assert outcome.end == LEFT
    assert "another frame of reference" in outcome.said
    assert not (tmp_path / "out").exists()


def test_what_is_said_of_a_study_names_nobody(fresh, tmp_path):
    for one in fresh.images:
        one.SeriesDescription = f"Knee {PATIENT}"
    outcome = work_up(job_of(fresh, tmp_path))
    assert (outcome.end, outcome.said) == (LEFT, "Series 3: It is not said to be of a hip.")
    text = f"{PATIENT} ({NUMBER}) in 1.2.840.113619.2.55.3 at /srv/images"
    said = without(text, [PATIENT, NUMBER, "/srv/images"])
    assert [word in said for word in ("Geheim", "Anna", "4711", "113619", "srv")] == [False] * 5
    assert shown("a\nb\x1b[0m") == "a?b?[0m"


def test_a_disk_that_is_full_before_or_while_it_is_written_to_leaves_the_study_waiting(fresh, tmp_path):
    assert work_up(job_of(fresh, tmp_path, free_mb=1 << 40)).end == FULL_DISK
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        job = Job(
            str(tmp_path / "images"),
            str(small / "out"),
            str(small),
            ("segment", "measure"),
            Choice(),
            False,
            False,
        )
        outcome = work_up(job)
        left = [path.name for path in small.rglob("*")]
    finally:
        subprocess.run(["umount", small], check=True)
    assert outcome.end == FULL_DISK
    assert left == []


def test_the_best_plane_and_sequence_are_first(tmp_path):
    folder = tmp_path / "images"
    wanted = {}
    for number, (direction, description) in enumerate(
        [
            ("sagittal", "Hip sag T1"),
            ("coronal", "Hip cor STIR"),
            ("coronal", "Hip cor T1"),
            ("coronal", "Spine T1"),
        ],
        1,
    ):
        times = (
            {"EchoTime": 12, "RepetitionTime": 550, "ScanningSequence": "SE"} if "T1" in description else {}
        )
        made = first_study(
            tmp_path / str(number), direction, SeriesDescription=description, SeriesNumber=number, **times
        )
        wanted[str(made.images[0].SeriesInstanceUID)] = description
        made.write(folder / str(number))
    for path in list(folder.rglob("*.dcm")):
        path.rename(folder / f"{path.parent.name}-{path.name}")
    chosen = choose(folder, Choice())
    assert [wanted[one.uid] for one in chosen.series] == ["Hip cor T1", "Hip cor STIR", "Hip sag T1"]
    assert chosen.reasons == {"4": "It is not said to be of a hip."}
    turned = choose(folder, Choice(planes=("sagittal",), sequences=("STIR",)))
    assert wanted[turned.series[0].uid] == "Hip sag T1"
    assert set(chosen.outlines) == set(wanted)


def test_the_process_that_works_does_not_get_the_secrets_of_archives(monkeypatch):
    for name in ("ARCHIVE_TOKEN", "OTHER_VALUE"):
        monkeypatch.setenv(name, "geheim")
    child = Child(1, {"ARCHIVE_TOKEN"})
    try:
        given = psutil.Process(child._running().pid).environ()
    finally:
        child.end()
    assert ("ARCHIVE_TOKEN" in given, given["OTHER_VALUE"]) == (False, "geheim")
