"""The page of a course says what changed, and its map has the front on top and each hip's outside outside."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from ONFHAssistLib.followup.alignment import DateAlignment
from ONFHAssistLib.followup.files import write_table
from ONFHAssistLib.followup.growth import Growth
from ONFHAssistLib.followup.result import Collapse, FollowUp, HipChange, HipFollowUp, HipState, Interval
from ONFHAssistLib.followup.timeline import _start, draw_timeline, sunk_of
from ONFHAssistLib.measure.surface import articular_rays
from ONFHAssistLib.report.course.page import course_page, write_course_page
from ONFHAssistLib.report.course.surface_map import on_the_map, read_map


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("course")
    rays = articular_rays("L")
    header = ("x", "y", "z", "depth_before_mm", "depth_after_mm", "sunk_mm")
    rows = [dict(zip(header, (*(24 * ray + 90), 0.0, 1.0, 1.0), strict=True)) for ray in rays]
    surface = write_table(tmp_path / "L_20250101_surface.csv", header, rows)
    still = DateAlignment(tuple(np.eye(4).ravel().tolist()), ("1-1",), 0.3, 1.0, 0.95)
    growth = Growth(2.0, 1.1, 2.9, "grown", 10.0, 12.0, 2.2, 0.2, 0.2, 0.24)
    change = HipChange("2025-01-01", still, 0.5, growth, Interval(1.6, 0.6, 2.6), files={"surface": str(surface)},
                       notes=("3 new drill tracks.",))  # fmt: skip
    states = (HipState("2024-01-01", 0.0, 10.0, stage="I"), HipState("2025-01-01", 12.0, 12.0, stage="II"))
    hip = HipFollowUp("L", states, (change,), Collapse(True, 12.0, 0.0))
    result = FollowUp("p7", ("a", "b"), ("2024-01-01", "2025-01-01"), "2024-01-01", (hip,))
    picture = draw_timeline(result, tmp_path / "timeline.png")
    return FollowUp(**{**vars(result), "files": {"timeline": str(picture)}})


def test_the_page_says_what_changed_and_keeps_its_pictures(course, tmp_path):
    named = write_course_page(course, tmp_path)
    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert named.files["report"] == str(tmp_path / "index.html")
    assert FollowUp.from_json((tmp_path / "followup.json").read_text()).files == named.files
    for said in (
        "Left hip",
        "grown",
        "collapsed between month 0 and 12",
        "+2.0 (+1.1 to +2.9) ml",
        "3 new drill tracks.",
    ):
        assert said in text
    assert len(re.findall("data:image/png;base64", text)) == 2


def test_a_last_date_that_could_not_be_compared_hides_no_earlier_collapse(course, tmp_path):
    hip = course.hips[0]
    failed = HipChange("2026-01-01", hip.changes[0].alignment, failure="it did not converge")
    later = replace(hip, states=(*hip.states, HipState("2026-01-01", 24.0)), changes=(*hip.changes, failed))
    card = course_page(replace(course, hips=(later,)), tmp_path).summary[0]
    assert card["meaning"] == "collapsed between month 0 and 12"
    assert (card["headline"], card["tone"]) == ("grown", "alert")
    assert (card["facts"]["By"], card["facts"]["Not compared"]) == ("2025-01-01", "2026-01-01")
    never = course_page(replace(course, hips=(replace(hip, changes=(failed,)),)), tmp_path).summary[0]
    assert never["headline"] == "not compared"


def test_a_surface_that_could_not_be_read_is_said_to_stay_open(course, tmp_path):
    hip = course.hips[0]
    unread = replace(hip.changes[0], told=False, files={})
    changed = replace(hip, changes=(unread,), collapse=Collapse(False, 0.0, 0.0))
    page = course_page(replace(course, hips=(changed,)), tmp_path)
    card = page.summary[0]
    assert (card["meaning"], card["tone"]) == ("whether it collapsed stays open", "alert")
    assert (card["facts"]["Surface sunk"], card["facts"]["Growth"]) == ("-", "+2.0 (+1.1 to +2.9) ml")
    row = page.sections[1].rows[-1]
    assert (row[3], row[-1]) == ("+2.0 (+1.1 to +2.9)", "-")
    assert sunk_of(changed) == []
    assert sunk_of(hip) == [(12.0, hip.changes[0].sunk)]


def test_a_time_line_of_hips_with_two_first_dates_says_from_which_months_count(course):
    hip = course.hips[0]
    both = (replace(hip, side="R", since="2024-01-01"), replace(hip, since="2025-01-01"))
    assert _start(replace(course, hips=both)) == "the first examination of each hip"
    assert _start(course) == "2024-01-01"


def test_the_map_has_the_front_on_top_and_the_patients_left_on_the_right(course):
    points, sunk = read_map(next(path for hip in course.hips for path in map(_surface, hip.changes)))
    assert sunk == pytest.approx(np.ones(len(points)))
    centre = np.array([90.0, 90.0, 90.0])
    assert np.linalg.norm(points - centre, axis=1) == pytest.approx(24.0)
    front, left, up = on_the_map(centre + np.array([[0, -1, 1], [1, 0, 1], [0, 0, 1]]), centre)
    assert front == pytest.approx([0.0, 45.0])
    assert left == pytest.approx([45.0, 0.0])
    assert up == pytest.approx([0.0, 0.0])


def _surface(change):
    from pathlib import Path

    return Path(change.files["surface"])
