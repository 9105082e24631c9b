"""Straight drill tracks in neck and head are found, and told whether they came, went or stayed."""

from __future__ import annotations

import numpy as np
from support.dated_hips import CORONAL, OBLIQUE, dated_hip, pose_of, tracks_of

from ONFHAssistLib.followup.tracks import Track, voxels_of
from ONFHAssistLib.followup.tracks import tracks_of as found_tracks
from ONFHAssistLib.imaging.image import Image

BRIGHT = (120.0, 90.0, 60.0, 100.0, 300.0)


def test_new_tracks_are_found_where_they_were_drilled(side="L", direction=OBLIQUE):
    pose, drilled = pose_of(side), tracks_of(side)
    first = dated_hip(side, CORONAL, tissue=BRIGHT)
    later = dated_hip(side, direction, pose, tracks=drilled, tissue=BRIGHT, spacing=(1.0, 1.0, 2.0), seed=3)
    found = found_tracks(first, later, pose)
    assert [one.state for one in found] == ["new"] * len(drilled)
    for one in found:
        away = [
            np.linalg.norm(np.cross(np.subtract(one.tip, start), (tip - start) / np.linalg.norm(tip - start)))
            for start, tip in drilled
        ]
        assert min(away) < 2.5  # mm of its tip from the axis of one that was drilled
        assert one.length_mm > 25


def test_tracks_that_stay_or_go_are_not_new():
    drilled = tracks_of("R")
    one, other = dated_hip(tissue=BRIGHT, tracks=drilled), dated_hip(tissue=BRIGHT, tracks=drilled, seed=5)
    assert {track.state for track in found_tracks(one, other, np.eye(4))} == {"kept"}
    healed = dated_hip(tissue=BRIGHT, seed=6)
    assert {track.state for track in found_tracks(one, healed, np.eye(4))} == {"lost"}


def test_voxels_of_a_track_lie_about_its_axis():
    first = dated_hip(tissue=BRIGHT, spacing=(4.0,) * 3)
    (start, tip) = tracks_of("R", 1)[0]
    found = [Track(tuple(start), tuple(tip), "new", 1.0)]
    grid = Image(np.zeros((70, 70, 70), np.uint8), (1.0,) * 3, tuple(np.array(first.head.centre) - 35))
    ml = voxels_of(found, grid, 1.5).sum() / 1000.0
    assert 0.1 < ml < 0.6  # 3 mm wide and some 5 cm long within the grid
    assert voxels_of([], grid).sum() == 0
