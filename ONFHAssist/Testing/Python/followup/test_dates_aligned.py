"""A hip of a later date is laid on the earlier one by the bone that the necrosis left alone, or refused with a reason."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.dated_hips import CENTRE, CORONAL, OBLIQUE, RADIUS, dated_hip, pose_of

from ONFHAssistLib.followup.alignment import align_dates, middle_motion, sampled_on, unaffected_bone


@pytest.mark.parametrize(
    ("side", "direction"), [("R", CORONAL), ("L", OBLIQUE)], ids=["coronal right", "oblique left"]
)
def test_a_hip_whose_necrosis_doubled_is_found_by_the_rest_of_its_bone(side, direction):
    pose = pose_of(side)
    first = dated_hip(side, CORONAL, lesion_mm=10.0)
    later = dated_hip(
        side,
        direction,
        pose,
        lesion_mm=17.0,
        seed=1,
        tissue=(260.0, 110.0, 80.0, 150.0, 30.0),
        spacing=(0.8, 1.1, 3.4),
    )
    off = np.array([0.4, -0.3, 0.3])  # no sphere is exact
    later = replace(later, head=replace(later.head, centre=tuple(np.add(later.head.centre, off))))
    found = align_dates(first, later)
    assert found.failure == ""
    points = CENTRE[side] + RADIUS * np.random.default_rng(2).normal(size=(500, 3)) / 2
    error = points @ (found.motion - pose)[:3, :3].T + (found.motion - pose)[:3, 3]
    assert np.sqrt(np.mean(np.sum(error**2, axis=1))) < 0.6  # 2.5 mm where it is shifted only
    assert found.turn_degrees == pytest.approx(6.0, abs=1.2)
    assert found.pairs == ("1-1",)


def test_the_necrosis_of_either_date_takes_no_part(side="R"):
    hip = dated_hip(side, lesion_mm=12.0)
    bone = unaffected_bone(hip)
    dead = hip.labels.like((hip.labels.array == 3).astype(np.float32))
    assert not (sampled_on(dead, bone) > 0.5)[bone.array > 0].any()
    larger = dated_hip(side, lesion_mm=20.0).labels
    less = unaffected_bone(hip, larger.like((larger.array == 3).astype(np.float32)))
    assert less.array.sum() < bone.array.sum()
    assert (bone.array.sum() * bone.voxel_volume_ml) > 40  # head and neck are still there


def test_another_hip_is_refused_with_its_reason():
    first = dated_hip("R")
    other = replace(first, head=replace(first.head, radius=20.5))
    assert "radii of the heads differ by 3.5 mm" in align_dates(first, other).failure


def test_one_stray_motion_of_four_hardly_moves_the_middle():
    points = np.random.default_rng(0).normal(size=(200, 3)) * 15
    near = [np.eye(4) for _ in range(3)]
    for place, one in enumerate(near):
        one[0, 3] = 0.1 * place
    stray = np.eye(4)
    stray[:3, 3] = (6.0, 0.0, 0.0)
    assert middle_motion([*near, stray], points)[0, 3] == pytest.approx(0.1, abs=0.15)
