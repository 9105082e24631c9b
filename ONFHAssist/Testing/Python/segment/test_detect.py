"""Finding heads: where and on which side, on oblique, flipped, anisotropic, wide and tight volumes.

The network is replaced by one that sees bright balls exactly, so that the geometry around it is what is tested; the
shipped network is tested in test_shipped_networks.py.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from support.exact_networks import BallFinder, rotation  # noqa: E402

from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.segment.detector import Detector, best_boxes, detector_from_state, find_heads  # noqa: E402
from ONFHAssistLib.segment.yolox import Yolox3d  # noqa: E402

RADIUS = 24.0


def balls(
    centres,
    direction=None,
    spacing=(1.0, 1.0, 4.0),
    extent=(360.0, 200.0, 180.0),
    values=None,
    middle=(0, 0, 0),
    **facts,
):
    """A volume with a bright ball at each LPS centre."""
    direction = np.eye(3) if direction is None else direction
    size = np.round(np.array(extent) / spacing).astype(int)
    corner = np.asarray(middle, float) - direction @ (0.5 * (size - 1) * np.array(spacing))
    empty = Image(
        np.zeros(size[::-1], np.float32), tuple(spacing), tuple(corner), tuple(direction.ravel()), facts
    )
    points = empty.points()
    array = np.full(empty.array.shape, 0.05, np.float32)
    for centre, value in zip(centres, values or [1.0] * len(centres), strict=True):
        array[np.linalg.norm(points - centre, axis=-1) < RADIUS] = value
    return empty.like(array)


FINDER = Detector(BallFinder(), 0.5, 0.5)
angle = st.floats(-0.3, 0.3)


@settings(max_examples=4)
@given(angle, angle, angle, st.lists(st.sampled_from([-1.0, 1.0]), min_size=3, max_size=3))
def test_both_heads_are_where_they_are_and_right_is_right_in_any_orientation(a, b, c, flips):
    truth = {"R": np.array([-88.0, 8.0, -6.0]), "L": np.array([86.0, 5.0, 3.0])}
    image = balls(truth.values(), rotation(a, b, c) * np.array(flips), (1.6, 1.6, 5.0), (330.0, 170.0, 150.0))
    found = find_heads(image, FINDER)
    assert [head.side for head in found.heads] == ["R", "L"]
    for head in found.heads:
        assert np.linalg.norm(head.centre - truth[head.side]) < 1.5
        assert head.radius == pytest.approx(RADIUS, abs=1.5)
        assert np.allclose(np.mean(head.box, axis=0), head.centre)
        assert head.visible_share > 0.97


def test_a_volume_stored_in_coronal_order_gives_the_same_answer():
    direction = np.array([[1.0, 0, 0], [0, 0, 1.0], [0, -1.0, 0]])
    found = find_heads(balls([(-80.0, 0, 0)], direction, (0.8, 0.8, 4.5), (300.0, 200.0, 150.0)), FINDER)
    assert [h.side for h in found.heads] == ["R"]
    assert np.linalg.norm(found.heads[0].centre - [-80, 0, 0]) < 1.5


def test_the_header_decides_the_side_of_a_single_hip():
    image = balls([(0.0, 0, 0)], extent=(120.0, 120.0, 120.0), laterality="L")
    assert find_heads(image, FINDER).heads[0].side == "L"


def test_anatomy_decides_where_neither_header_nor_position_can():
    image = balls([(4.0, 0, 0)], extent=(120.0, 120.0, 120.0))
    found = find_heads(image, Detector(BallFinder(left=0.02), 0.5, 0.5))
    assert found.heads[0].side == "R"
    assert "taken from the anatomy" in found.warnings[0]


def test_anatomy_that_contradicts_the_position_is_said_but_does_not_rename():
    image = balls([(-85.0, 0, 0)], extent=(300.0, 200.0, 160.0))
    found = find_heads(image, Detector(BallFinder(left=0.98), 0.5, 0.5))
    assert found.heads[0].side == "R"
    assert "looks like a left one" in found.warnings[0]


def test_at_most_one_head_a_side():
    image = balls([(-85.0, 0, 0), (-85.0, 0, 60.0), (85.0, 0, 0)], extent=(360.0, 160.0, 240.0))
    assert [h.side for h in find_heads(image, FINDER).heads] == ["R", "L"]


def test_a_prosthesis_is_told_apart_and_takes_no_head():
    image = balls([(-85.0, 0, 0), (85.0, 0, 0)], extent=(280.0, 110.0, 110.0), values=[1.0, 0.75])
    found = find_heads(image, FINDER)
    assert [h.side for h in found.heads] == ["R"]
    assert [p.side for p in found.prostheses] == ["L"]


def test_a_head_cut_by_the_field_of_view_says_how_much_is_seen():
    image = balls([(-20.0, 0, 60.0)], extent=(140.0, 140.0, 140.0), spacing=(2.0, 2.0, 2.0))
    head = find_heads(image, FINDER).heads[0]
    assert 0.6 < head.visible_share < 0.97


def test_nothing_bright_gives_nothing_and_one_value_is_refused():
    noise = np.random.default_rng(0).normal(100, 1, (30, 60, 60)).astype(np.float32)
    weak = Detector(BallFinder(score=0.01), 0.5, 0.5)
    assert find_heads(Image(noise, (2.0, 2.0, 4.0)), weak).heads == ()
    with pytest.raises(InputError, match="one value everywhere"):
        find_heads(Image(np.full((30, 60, 60), 7.0, np.float32), (2.0, 2.0, 4.0)), FINDER)
    with pytest.raises(InputError, match="single slice"):
        find_heads(Image(np.ones((1, 60, 60), np.float32)), FINDER)


def test_overlapping_boxes_become_one_and_keep_the_best():
    rows = np.zeros((3, 10), np.float32)
    rows[:, :6] = [[0, 0, 0, 10, 10, 10], [1, 1, 1, 11, 11, 11], [30, 30, 30, 40, 40, 40]]
    rows[:, 6], rows[:, 7] = [0.6, 0.9, 0.7], 1.0
    assert [round(float(r[6]), 2) for r in best_boxes(rows, 0, 0.5)] == [0.9, 0.7]
    assert best_boxes(rows, 1, 0.5) == []


def test_another_network_or_other_weights_are_refused():
    settings_ = {"network": "yolox_3d", "width": 4, "threshold": 0.5, "prosthesis_threshold": 0.5}
    state = Yolox3d(4).state_dict()
    assert detector_from_state(state, settings_).threshold == 0.5
    with pytest.raises(InputError, match="needs 'yolox_3d'"):
        detector_from_state(state, settings_ | {"network": "os.system"})
    with pytest.raises(InputError, match="do not fit"):
        detector_from_state(state, settings_ | {"width": 8})
