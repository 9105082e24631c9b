"""A patient of two dates: the necrosis grows by what was asked, in its place, and the rest of the bone stays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from ONFHAssistLab.simulate.anatomy.parameters import Course, draw_patient
from ONFHAssistLab.simulate.anatomy.patient import build_patient
from ONFHAssistLab.simulate.exam.pairs import plan_pair, simulate_pairs
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.labels import NECROSIS


@cache
def built(right=None, left=None):
    parameters = draw_patient(5, right="I", left="II")
    hips = {"right": replace(parameters.right, course=right), "left": replace(parameters.left, course=left)}
    return build_patient(replace(parameters, **hips), spacing=2.0, soft_tissue=False)


def test_a_necrosis_grows_in_its_place_by_what_was_asked():
    before, after = built(), built(Course(grown_ml=3.0), Course(grown_ml=-1.5, spread=(0.4, 1.0)))
    for side, wanted in (("R", 3.0), ("L", -1.5)):
        assert after.truth[side]["growth_ml"] == pytest.approx(wanted, abs=0.06)
        masks = [one.labels.array == NECROSIS[side] for one in (before, after)]
        larger, smaller = (masks[1], masks[0]) if wanted > 0 else (masks[0], masks[1])
        assert not (smaller & ~larger).any()
    assert after.truth["R"]["head_ml"] == before.truth["R"]["head_ml"]


def test_a_surface_that_sank_takes_no_growth_away():
    after = built(Course(sunk_mm=2.5), Course())
    assert after.truth["R"]["growth_ml"] == 0.0
    assert after.truth["R"]["collapse_mm"] == 2.5
    assert after.truth["R"]["head_ml"] < built().truth["R"]["head_ml"]
    assert after.truth["L"]["necrosis_ml"] == built().truth["L"]["necrosis_ml"]


def test_drill_tracks_run_up_the_neck_into_the_head():
    after = built(Course(tracks=3), None)
    centre, radius = np.array(after.truth["R"]["centre"]), after.truth["R"]["radius"]
    for one in after.truth["R"]["tracks"]:
        entry, tip = np.array(one[:3]), np.array(one[3:])
        assert 4.0 < radius - np.linalg.norm(tip - centre) < 10.0
        assert np.linalg.norm(entry - centre) > 45.0
        assert entry[0] < centre[0] - 20.0  # outward of the right head
    changed = after.tissue.array != built().tissue.array
    assert changed.any()
    assert "tracks" not in after.truth["L"]


def test_more_growth_than_a_head_has_room_for_is_refused():
    with pytest.raises(InputError, match="cannot change by 200 ml"):
        built(Course(grown_ml=200.0), None)


def test_pairs_are_drawn_from_their_seed_with_another_scanner():
    plans = [plan_pair(number, 9) for number in range(30)]
    assert plan_pair(3, 9) == plans[3]
    assert all(one.exams[0].scanner != one.exams[1].scanner for one in plans)
    grown = np.array([course.grown_ml for one in plans for course in one.after.values()])
    assert 0.25 < (grown == 0).mean() < 0.6
    assert 5.0 < grown.max() <= 8.0
    assert -3.0 <= grown.min() < 0.0


def test_a_folder_of_something_else_is_refused(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(InputError, match="is not empty"):
        simulate_pairs(1, 0, tmp_path)
    with pytest.raises(InputError, match="holds no pairs of seed 0"):
        simulate_pairs(1, 0, tmp_path, resume=True)
