"""The walk through the real Slicer, ``tools/slicer_walk.py``: stations hold here too, and fail where they should."""

import sys

import pytest
from support.places import MODULE_FOLDER
from support.run_all_worker import pelvis

WALK = MODULE_FOLDER.parent / "tools" / "walk"


@pytest.fixture
def walk(home, tmp_path, monkeypatch):
    """``walk(name, ...)`` visits stations with hips that a stand-in of the worker answers; gives the walk."""
    from support.run_all_worker import Worker

    from ONFHAssistLib.scene.volumes import volume_from_image

    monkeypatch.syspath_prepend(str(WALK))
    import patient
    import stations
    from walking import Walk

    def visit(*names):
        home(Worker())
        image = pelvis("RL")[0]
        monkeypatch.setattr(patient, "sample", lambda name="MRI": [volume_from_image(image, name)])
        walked = Walk(tmp_path)
        walked.through(stations.STATIONS, names)
        return walked

    yield visit
    for name in ("stations", "beyond", "patient", "walking"):
        sys.modules.pop(name, None)


def test_stations_hold_and_are_written_down_with_their_pictures(walk, tmp_path):
    walked = walk("saved_and_opened_again", "renamed_segments", "dicom_browser")
    assert [(one.name, one.verdict) for one in walked.done] == [
        ("saved_and_opened_again", "held"),
        ("renamed_segments", "held"),
        ("dicom_browser", "not here"),
    ]
    record = (tmp_path / "walk.md").read_text(encoding="utf-8")
    for one in walked.done:
        assert f"| {one.name} | {one.asked} | {one.verdict} |" in record
        for picture in one.pictures:
            assert picture in record
            assert (tmp_path / picture).stat().st_size > 5000
    assert "ONFH_WALK_STUDY" in record


def test_a_fault_fails_its_station_with_what_was_seen_and_the_walk_goes_on(walk, monkeypatch):
    from ONFHAssistLib.scene import summary

    plain = summary.case_lines
    said = iter(range(10_000))
    monkeypatch.setattr(summary, "case_lines", lambda *given: [*plain(*given), f"said {next(said)}"])
    walked = walk("saved_and_opened_again", "dicom_browser")
    assert [one.verdict for one in walked.done] == ["failed", "not here"]
    assert walked.done[0].notes[-1].startswith("AssertionError: said ")
    assert any(name.endswith("failed.png") for name in walked.done[0].pictures)
