"""Growth in the same bone, whatever way the hip lay, and nothing called growth that the interval does not hold."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import ndimage
from support.dated_hips import CORONAL, OBLIQUE, cap_ml, dated_hip, pose_of

from ONFHAssistLib.followup.growth import calibration, called, doubts_of, growth_of
from ONFHAssistLib.followup.outlines import BoneOutline, bone_grid, both_dates, outlined_on
from ONFHAssistLib.followup.surface import PARTS
from ONFHAssistLib.segment.outliner import Outliner

DRAWN = Outliner(None, 0.5)  # the outlines are a reader's: no network is asked
PLAIN = {"masks": 1.0, "appeared": 1.2, "floor": 0.4, "oedema": 0.9, "rim": 0.0}


def compared(side, before_mm, after_mm, direction=CORONAL, tracks=None):
    pose = pose_of(side)
    first = dated_hip(side, CORONAL, lesion_mm=before_mm)
    later = dated_hip(side, direction, pose, lesion_mm=after_mm, spacing=(0.9, 1.2, 3.0))
    grid = bone_grid(first)
    before = outlined_on(grid, first, np.eye(4), ())
    after = outlined_on(grid, later, pose, ())
    both = both_dates(grid, before, after, first.head.centre, DRAWN, tracks)
    return both, growth_of(both, before, after, (True, True), PLAIN)


@pytest.mark.parametrize(
    ("side", "direction", "before", "after", "said"),
    [
        ("R", CORONAL, 11.0, 15.0, "grown"),
        ("L", OBLIQUE, 15.0, 12.0, "healed"),
        ("R", OBLIQUE, 13.0, 13.0, "unchanged"),
    ],
)
def test_growth_is_the_volume_that_the_necrosis_took_or_gave_back(side, direction, before, after, said):
    _, growth = compared(side, before, after, direction)
    assert growth.ml == pytest.approx(cap_ml(after) - cap_ml(before), abs=0.35)
    assert growth.called == said
    assert growth.low < growth.ml < growth.high
    assert growth.share_after == pytest.approx(cap_ml(after) / (4 / 3 * np.pi * 24**3 / 1000), abs=0.015)


def test_what_is_new_lies_where_the_necrosis_was_not():
    both, growth = compared("R", 11.0, 15.0)
    assert growth.new_ml == pytest.approx(growth.after_ml - growth.before_ml, abs=0.3)
    assert growth.gone_ml < 0.2
    assert not (both.new & both.before).any()


def test_a_drill_track_is_not_called_necrosis():
    both, plain = compared("R", 12.0, 15.0)
    drilled = both.new.copy()
    drilled[: drilled.shape[0] // 2] = True
    _, left = compared("R", 12.0, 15.0, tracks=drilled)
    assert left.new_ml < 0.1 < plain.new_ml


@pytest.mark.parametrize(
    ("oedema", "more", "wider"),
    [
        ((True, True), 0.0, 0.0),
        ((False, True), 1.2, 0.9),
        ((True, False), 0.0, 0.9),
        ((None, True), 0.0, 0.9),
    ],
)
def test_an_oedema_that_appeared_has_healed_nothing_and_one_that_changed_widens_the_interval(
    oedema, more, wider
):
    both, plain = compared("R", 12.0, 15.0)
    by_networks = BoneOutline(np.zeros(1), np.zeros(1), {}, {"1": "T1-weighted"})
    growth = growth_of(both, by_networks, by_networks, oedema, PLAIN)
    assert growth.ml - plain.ml == pytest.approx(more)
    assert growth.high - growth.ml == pytest.approx(0.4 + wider)
    drawn = BoneOutline(np.zeros(1), np.zeros(1), {})
    assert (
        growth_of(both, drawn, drawn, oedema, PLAIN).ml == plain.ml
    )  # a reader's outline is not moved by it


def test_what_is_gone_close_under_the_surface_widens_the_interval():
    both, _ = compared("R", 15.0, 11.0)
    drawn = BoneOutline(np.zeros(1), np.zeros(1), {})
    rim = doubts_of(both, drawn, drawn)["rim"]
    deep = both.gone & (ndimage.distance_transform_edt(both.head) > 5.0)
    assert 0 < rim == pytest.approx((both.gone.sum() - deep.sum()) / 1000.0)


def test_the_interval_says_what_is_called():
    assert [called(0.1, 1.0), called(-0.1, 1.0), called(-1.0, -0.1)] == ["grown", "unchanged", "healed"]


def test_a_hip_without_necrosis_at_both_dates_is_unchanged_by_nothing():
    _, growth = compared("L", 0.0, 0.0)
    assert (growth.ml, growth.low, growth.high, growth.called) == (0.0, 0.0, 0.0, "unchanged")


def test_the_shipped_calibration_has_every_number():
    assert set(calibration()) == {"growth", "sunk", "flattening", "alignment"}
    assert set(calibration()["growth"]) == set(PLAIN)
    assert set(calibration()["sunk"]) == {*PARTS, "offset", "down", "up"}
    assert 0 < calibration()["sunk"]["down"] < calibration()["sunk"]["up"] < 2.5
