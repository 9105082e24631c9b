"""Fused outlines on the voxels of a series: each hip where it lay, however the series is stored."""

from __future__ import annotations

import numpy as np
import pytest

from ONFHAssistLib.case.examination import as_case, outlines_in, reference_case
from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.result import Alignment, ExamHip, ExamResult
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, head_mask, necrosis_mask

CENTRES = {"R": np.array([-70.0, 5.0, 10.0]), "L": np.array([72.0, -3.0, 6.0])}
TURNS = {"coronal": [0, 2, 1], "axial": [0, 1, 2], "sagittal": [1, 2, 0]}


def fused():
    """Two balls of 12 mm on 1 mm, with a necrosis in the lateral half of the left one (x beyond its centre)."""
    grid = Image(np.zeros((50, 50, 180), np.uint8), (1.0,) * 3, (-89.0, -20.0, -15.0))
    labels = grid.array.copy()
    points = grid.points()
    for side, centre in CENTRES.items():
        labels[np.linalg.norm(points - centre, axis=-1) <= 12.0] = HEAD[side]
    left = (labels == HEAD["L"]) & (points[..., 0] > CENTRES["L"][0])
    labels[left] = 4
    return grid.like(labels)


def series(plane, flipped, oblique):
    """Empty slices of 3 mm over the pelvis, stored in a plane, flipped along each axis, and turned by 12 degrees."""
    direction = np.eye(3)[:, TURNS[plane]] * (-1.0 if flipped else 1.0)
    angle = np.radians(12.0 if oblique else 0.0)
    turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
    direction = turn @ direction
    spacing = np.array([1.0, 1.0, 3.0])
    size = np.ceil(np.array([220, 110, 110])[TURNS[plane]] / spacing).astype(int)
    origin = np.array([1.3, 1.2, 8.3]) - direction @ (spacing * (size - 1) / 2)
    return Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(origin), tuple(direction.ravel()))


def motion(side):
    angle = np.radians(5.0 if side == "R" else -4.0)
    matrix = np.eye(4)
    matrix[1:3, 1:3] = [[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]
    matrix[:3, 3] = (
        CENTRES[side]
        + ([4.0, -2.0, 3.0] if side == "R" else [-3.0, 2.0, 1.0])
        - matrix[:3, :3] @ CENTRES[side]
    )
    return matrix


@pytest.mark.parametrize("plane", TURNS)
@pytest.mark.parametrize(("flipped", "oblique"), [(False, False), (True, False), (True, True)])
def test_each_hip_lies_where_it_was_when_the_series_was_taken(plane, flipped, oblique):
    labels = outlines_in(series(plane, flipped, oblique), fused(), {side: motion(side) for side in "RL"})
    points = labels.points()
    for side, centre in CENTRES.items():
        wanted = motion(side)[:3, :3] @ centre + motion(side)[:3, 3]
        assert (
            np.abs(points[head_mask(labels.array, side)].mean(axis=0) - wanted).max() < 0.4
        )  # voxels of 1 mm
    ml = (labels.array > 0).sum() * labels.voxel_volume_ml
    assert ml == pytest.approx((fused().array > 0).sum() / 1000, rel=0.02)
    beyond = points[necrosis_mask(labels.array, "L")].mean(axis=0) - points[
        head_mask(labels.array, "L")
    ].mean(axis=0)
    assert beyond[0] > 3.5  # the lateral half, on the patient's left
    assert not necrosis_mask(labels.array, "R").any()


def test_a_hip_that_is_not_named_is_left_out_and_an_empty_field_of_view_is_refused():
    image = series("coronal", False, False)
    alone = outlines_in(image, fused(), {"L": np.eye(4)})
    assert not head_mask(alone.array, "R").any()
    away = Image(image.array, image.spacing, (0.0, 500.0, 0.0), image.direction)
    with pytest.raises(InputError, match="shows none of the outlined hips"):
        outlines_in(away, fused(), {"L": np.eye(4)})


def test_a_hip_of_another_series_frame_is_not_drawn_on_the_reference_and_that_is_said(tmp_path):
    image, eye = series("coronal", False, False), tuple(np.eye(4).ravel().tolist())
    hips = tuple(
        ExamHip(side, FemoralHead(side, tuple(CENTRES[side]), 12.0), (number,))
        for side, number in (("R", "1"), ("L", "2"))
    )
    lying = tuple(Alignment(side, n, eye, 0.0, 0.0, 0.0, 0.0, 1.0) for side, n in (("R", "1"), ("L", "2")))
    exam = ExamResult("it", (), "1", lying, hips)
    case = reference_case(exam, image, fused())  # which is in view, and so would lie on the reference
    assert set(case.hip_outlines) == {"R"}
    known = as_case(exam, case, tmp_path, Settings())
    assert [hip.side for hip in known.hips] == ["R"]
    assert known.sentences() == [
        "Hip L has no answer on the reference, series 1, which does not show it whole; it was read on series 2. Make one "
        "of these the reference for it."
    ]
