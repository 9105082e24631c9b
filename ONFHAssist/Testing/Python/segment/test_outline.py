"""Outlining: the labels return to the input's voxels, on the right side, one head, filled.

The network is replaced by one that reads brightness exactly (1 head, 1.4 necrosis), so that what surrounds it is tested.
"""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")


from support.exact_networks import BallFinder, Brightness, rotation  # noqa: E402

from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.head_sphere import neck_direction  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask  # noqa: E402
from ONFHAssistLib.imaging.masks.fine import on_image  # noqa: E402
from ONFHAssistLib.segment import outliner as outline_module  # noqa: E402
from ONFHAssistLib.segment import pipeline as automatic  # noqa: E402
from ONFHAssistLib.segment.detector import Detector  # noqa: E402
from ONFHAssistLib.segment.grids import patient_grid  # noqa: E402
from ONFHAssistLib.segment.outliner import (  # noqa: E402
    Outliner,
    mean_of_looks,
    one_head,
    outline,
    outliner_from_state,
    sure_pieces,
)
from ONFHAssistLib.segment.pipeline import NECK_CUT, segment_hips  # noqa: E402

RADIUS, LESION = 24.0, 10.0


def hip(side_x, direction=None, spacing=(1.0, 1.0, 3.0), extent=(330.0, 150.0, 130.0), holes=False):
    """Balls at (side_x, 0, 0) with a brighter lesion above and lateral; returns image and the true masks by side."""
    direction = np.eye(3) if direction is None else direction
    size = np.round(np.array(extent) / spacing).astype(int)
    corner = -direction @ (0.5 * (size - 1) * np.array(spacing))
    empty = Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(corner), tuple(direction.ravel()))
    points = empty.points()
    array, truth = np.full(empty.array.shape, 5.0, np.float32), {}
    for x in side_x:
        centre = np.array([x, 0.0, 0.0])
        ball = np.linalg.norm(points - centre, axis=-1) < RADIUS
        head = ball & ((points - centre) @ neck_direction("R" if x < 0 else "L") < NECK_CUT * RADIUS)
        away = centre + np.array([np.sign(x) * 6.0, 0, 10.0])
        lesion = np.linalg.norm(points - away, axis=-1) < LESION
        array[ball] = 60.0
        array[lesion] = 100.0
        truth["R" if x < 0 else "L"] = (head, lesion & head)
        if holes:
            array[np.linalg.norm(points - centre - np.array([0, 0, -12.0]), axis=-1) < 5.0] = 5.0
    return empty.like(array), truth


def dice(a, b):
    return 2 * (a & b).sum() / (a.sum() + b.sum())


DETECTOR = Detector(BallFinder(level=0.33), 0.5, 0.5)
OUTLINER = Outliner(Brightness(), 0.5)
angle = st.floats(-0.25, 0.25)


@settings(max_examples=4)
@given(angle, angle, angle, st.lists(st.sampled_from([-1.0, 1.0]), min_size=3, max_size=3))
def test_labels_lie_on_head_and_lesion_in_any_orientation(a, b, c, flips):
    image, truth = hip((-85.0, 85.0), rotation(a, b, c) * np.array(flips), (1.3, 1.3, 3.6))
    found = segment_hips(image, DETECTOR, OUTLINER).segmentation
    assert found.labels.same_grid(image)
    assert [h.side for h in found.heads] == ["R", "L"]
    for head in found.heads:
        true_head, true_lesion = truth[head.side]
        assert dice(head_mask(found.labels.array, head.side), true_head) > 0.95
        assert dice(necrosis_mask(found.labels.array, head.side), true_lesion) > 0.88
        assert head.radius == pytest.approx(RADIUS, abs=0.8)
        assert head.head_ml == pytest.approx(true_head.sum() * image.voxel_volume_ml, rel=0.04)
        assert head.necrosis_ml == pytest.approx(true_lesion.sum() * image.voxel_volume_ml, rel=0.12)
    assert found.fine is not None
    assert max(found.fine.spacing) <= 1.1
    assert np.array_equal(on_image(found.fine, image).array, found.labels.array)
    for side in "RL":
        lesion = found.fine.points()[necrosis_mask(found.fine.array, side)].mean(axis=0)
        drawn = image.points()[truth[side][1]].mean(
            axis=0
        )  # on slices of 3.6 mm, up to 0.4 mm off the ball's centre
        assert np.linalg.norm(lesion - drawn) < 0.3


def test_a_left_hip_is_shown_mirrored_and_comes_back():
    image, truth = hip((85.0,))
    network = Brightness()
    drawn = outline(image, "L", np.array([85.0, 0, 0]), Outliner(network, 0.5))
    cube = network.seen[0, 0].numpy()
    middle = cube.shape[2] / 2
    lateral_of_cube = np.argwhere(cube > 0.85).mean(axis=0)[2] - middle
    assert lateral_of_cube < -2  # lateral of a right hip: to the patient's right, lower x
    assert drawn.grid.spacing == (1.0, 1.0, 1.0)
    assert np.allclose(drawn.grid.origin, image.index_to_point(np.array(drawn.corner) - [0, 0, 1 / 3]))
    points = drawn.grid.points()[drawn.necrosis]
    offset = points.mean(axis=0) - [85.0 + 6.0, 0.0, 10.0]
    assert np.linalg.norm(offset) < 0.3
    assert len(points) / 1000.0 == pytest.approx(truth["L"][1].sum() * image.voxel_volume_ml, rel=0.03)


def test_a_second_look_is_averaged_where_it_reaches():
    far, near = patient_grid(np.zeros(3), (16,) * 3, 1.25), patient_grid(np.zeros(3), (16,) * 3, 1.0)
    first, second = np.zeros((3, 16, 16, 16)), np.zeros((3, 16, 16, 16))
    first[1], second[1] = 1.0, np.linspace(0.0, 1.0, 16)  # from the patient's right to the left
    mean = mean_of_looks(first, far, second, near)[1]
    x = far.points()[8, 8, :, 0]
    expected = np.where(np.abs(x) <= 7.5, 0.5 + 0.5 * (x + 7.5) / 15.0, 1.0)
    assert np.allclose(mean[8, 8], expected, atol=1e-6)


def test_one_piece_is_kept_holes_are_filled_and_both_are_said():
    part = Image(np.zeros((60, 60, 60), np.uint8), (1.0,) * 3)
    points = part.points()
    ball = np.linalg.norm(points - 30.0, axis=-1) < 20
    mask = ball & ~(np.linalg.norm(points - 30.0, axis=-1) < 6)
    mask[2:10, 2:10, 2:10] = True
    head, repairs = one_head(mask, part, np.full(3, 30.0))
    assert np.array_equal(head, ball)
    assert "0.5 ml apart" in repairs[0]
    assert "0.9 ml of holes" in repairs[1]
    assert one_head(np.zeros_like(ball), part, np.full(3, 30.0)) == (None, [])


def test_a_bright_box_that_is_no_ball_is_dropped():
    empty = Image(np.full((70, 120, 120), 5.0, np.float32), (1.0, 1.0, 2.0))
    array = empty.array.copy()
    array[10:60, 55:62, 20:100] = 60.0  # a plate
    with pytest.raises(InputError, match="No femoral head"):
        segment_hips(empty.like(array), DETECTOR, OUTLINER)


@pytest.mark.parametrize("flip", [1.0, -1.0])
def test_a_false_box_beside_a_single_hip_does_not_change_its_side(flip):
    """A left hip alone, a bright plate farther to the left: the plate is dropped, and left stays left."""
    image, truth = hip((40.0,), np.diag([flip, 1.0, 1.0]))
    points = image.points()
    array = np.maximum(image.array, 12.0)  # a body on both sides, whose middle is the midline
    array[np.all(np.abs(points - [150.0, 0, 0]) < [6.0, 40.0, 40.0], axis=-1)] = 60.0
    found = segment_hips(image.like(array), DETECTOR, OUTLINER)
    assert len(found.detection.heads) == 2
    (head,) = found.segmentation.heads
    assert head.side == "L"
    assert dice(head_mask(found.segmentation.labels.array, "L"), truth["L"][0]) > 0.95
    assert not head_mask(found.segmentation.labels.array, "R").any()


def test_a_cut_head_is_outlined_with_a_warning_that_says_how_far_its_radius_is_known():
    image, _ = hip((-85.0,))
    index = image.point_to_index(np.array([-85.0, 0, 12.0]))
    cut = image.cropped((0, 0, 0), (image.size[0], image.size[1], int(index[2])))
    found = segment_hips(cut, DETECTOR, OUTLINER).segmentation
    (text,) = (text for text in found.warnings if "cuts the femoral head" in text)
    radius, known = map(float, re.search(r"its radius of ([\d.]+) mm is known to ([\d.]+) mm", text).groups())
    assert radius == pytest.approx(found.heads[0].radius, abs=0.05)
    assert abs(radius - RADIUS) <= max(known, 1.0)
    assert 0.0 < known < 5.0


def test_a_hole_that_opens_at_the_cut_face_is_filled():
    image, truth = hip((-85.0, 85.0), spacing=(1.0, 1.0, 2.0), holes=True)
    start = int(image.point_to_index(np.array([-85.0, 0, -12.0]))[2])
    cut = image.cropped((0, 0, start), image.size)
    hole = cut.array[0, :, :] < 10.0
    near = np.linalg.norm(cut.points()[0] - [-85.0, 0.0, -12.0], axis=-1) < 4.0
    assert hole[near].all()  # the face goes through it
    found = segment_hips(cut, DETECTOR, OUTLINER).segmentation.labels.array
    assert truth["R"][0][start][near].all()
    assert head_mask(found, "R")[0][near].all()


def test_a_head_is_filled_behind_the_cut_and_stays_open_at_its_side():
    points = np.stack(np.meshgrid(*[np.arange(40.0)] * 3, indexing="ij"), -1)
    ball = np.linalg.norm(points - [0.0, 20.0, 20.0], axis=-1) < 15
    well = ball & (np.linalg.norm(points[..., 1:] - 20.0, axis=-1) < 4) & (points[..., 0] < 8)
    notch = ball & (points[..., 1] > 25) & (points[..., 2] > 18) & (points[..., 2] < 22)
    assert np.array_equal(outline_module.fill_head(ball & ~well), ball)
    assert np.array_equal(outline_module.fill_head(ball & ~notch), ball & ~notch)


def body(balls, middle=0.0, width=360.0, extent=(520.0, 150.0, 130.0), centre=0.0, radius=RADIUS):
    """Bright balls at these x in a body from skin to skin about ``middle``; the field of view is about ``centre``."""
    spacing = np.array([2.0, 2.0, 3.0])
    size = np.round(np.array(extent) / spacing).astype(int)
    corner = [centre, 0.0, 0.0] - 0.5 * (size - 1) * spacing
    empty = Image(np.zeros(size[::-1], np.float32), tuple(spacing), tuple(corner))
    points = empty.points()
    array = np.where(np.abs(points[..., 0] - middle) < width / 2, 12.0, 0.5).astype(np.float32)
    for x in balls:
        array[np.linalg.norm(points - [x, 0.0, 0.0], axis=-1) < radius] = 60.0
    return empty.like(array)


@pytest.mark.parametrize("middle", [0.0, 40.0])
def test_a_lone_ball_near_the_midline_of_a_whole_body_is_no_head(middle):
    for x in (-40.0, -21.0, 21.0, 40.0):
        with pytest.raises(InputError, match="No femoral head"):
            segment_hips(body([middle + x], middle), DETECTOR, OUTLINER)
    for x, side in ((-80.0, "R"), (80.0, "L")):
        (head,) = segment_hips(body([middle + x], middle), DETECTOR, OUTLINER).segmentation.heads
        assert head.side == side


def test_where_the_midline_is_not_seen_a_lone_head_stays():
    one_hip = body([-21.0], extent=(200.0, 150.0, 130.0), centre=-21.0)  # shifted into the scanner's middle
    assert len(segment_hips(one_hip, DETECTOR, OUTLINER).segmentation.heads) == 1
    cut = body([-40.0], width=360.0, extent=(300.0, 150.0, 130.0), centre=-40.0)  # no skin on one side
    assert len(segment_hips(cut, DETECTOR, OUTLINER).segmentation.heads) == 1


def test_where_the_midline_may_be_a_lone_head_needs_a_stricter_outline():
    """A field of view within the pelvis: what is as small as a prostate is a head at the side only."""
    for x, heads in ((-21.0, 0), (-60.0, 1)):
        narrow = body([x], radius=17.2, width=400.0, extent=(100.0, 90.0, 90.0), centre=x)
        if heads:
            assert len(segment_hips(narrow, DETECTOR, OUTLINER).segmentation.heads) == heads
        else:
            with pytest.raises(InputError, match="No femoral head"):
                segment_hips(narrow, DETECTOR, OUTLINER)


def test_two_heads_are_never_too_near_the_midline():
    found = segment_hips(body([-60.0, 60.0], 30.0), DETECTOR, OUTLINER).segmentation
    assert [head.side for head in found.heads] == ["R", "L"]


FAINT_FINDER = Detector(BallFinder(level=0.33, score=0.2), 0.5, 0.5)


def test_faint_boxes_are_heads_where_their_outlines_leave_no_doubt():
    image = body([-85.0, 85.0])
    found = segment_hips(image, FAINT_FINDER, OUTLINER)
    assert found.detection.heads == ()
    assert len(found.detection.faint) == 2
    assert [(head.side, round(head.centre[0])) for head in found.segmentation.heads] == [
        ("R", -85),
        ("L", 85),
    ]
    assert [round(head.score, 2) for head in found.segmentation.heads] == [0.2, 0.2]


def test_a_faint_box_needs_a_stricter_outline_than_a_sure_one():
    small = body([-85.0], radius=17.2, extent=(330.0, 100.0, 100.0))
    (head,) = segment_hips(small, DETECTOR, OUTLINER).segmentation.heads
    assert 16.0 < head.radius < 18.0
    with pytest.raises(InputError, match="No femoral head"):
        segment_hips(small, FAINT_FINDER, OUTLINER)


def test_below_the_least_score_nothing_is_looked_at():
    with pytest.raises(InputError, match="No femoral head"):
        segment_hips(body([-85.0]), Detector(BallFinder(level=0.33, score=0.1), 0.5, 0.5), OUTLINER)


def test_heads_without_outlines_are_those_that_an_outline_confirms(monkeypatch):
    monkeypatch.setattr(automatic, "load_detector", lambda: DETECTOR)
    monkeypatch.setattr(automatic, "load_outliner", lambda: OUTLINER)
    heads, _warnings = automatic.find_only(body([-85.0, 85.0]))
    assert [head.side for head in heads] == ["R", "L"]
    plate = body([])
    plate.array[10:35, 35:39, 60:110] = 60.0
    with pytest.raises(InputError, match="No femoral head"):
        automatic.find_only(plate)


def test_what_is_no_hip_mri_is_refused_by_reason():
    flat = Image(np.random.default_rng(0).normal(50, 5, (4, 60, 60)).astype(np.float32), (2.0, 2.0, 4.0))
    with pytest.raises(InputError, match="only 16 mm thick"):
        segment_hips(flat, DETECTOR, OUTLINER)
    with pytest.raises(InputError, match="single slice"):
        segment_hips(Image(np.ones((1, 60, 60), np.float32)), DETECTOR, OUTLINER)
    image, _ = hip((-85.0,))
    with pytest.raises(InputError, match="is CT; the networks know MR only"):
        segment_hips(image.like(image.array, modality="CT"), DETECTOR, OUTLINER)


def test_unusual_voxels_are_named():
    image, _ = hip((-85.0,), spacing=(1.0, 1.0, 9.0), extent=(330.0, 150.0, 144.0))
    assert "1.00 x 1.00 x 9.00 mm" in automatic.scope_warnings(image, DETECTOR)[0]


def test_a_dark_patch_without_a_border_is_left_out_and_a_lesion_stays_whole():
    share = np.full((30, 30, 60), 0.1)
    lesion, patch, speck = (np.zeros(share.shape, bool) for _ in range(3))
    lesion[5:20, 5:20, 5:20] = True
    patch[5:20, 5:20, 35:50] = True
    speck[25:27, 25:27, 55:57] = True
    share[lesion], share[patch], share[speck] = 0.99, 0.8, 0.99
    share[19, 5:20, 5:20] = 0.66  # the lesion's border is less sure and stays with it
    found = share >= 0.6
    kept, said = sure_pieces(found, share, 0.001, 0.9)
    assert np.array_equal(kept, lesion)
    assert said == ["3.4 ml of doubtful necrosis were left out."]
    assert np.array_equal(sure_pieces(found, share, 0.001, 0.0)[0], lesion | patch)
    assert not sure_pieces(found, share, 0.001, 1.0)[0].any()


def test_other_weights_are_refused():
    settings_ = {"network": "unet_3d_outliner", "necrosis_threshold": 0.5}
    state = outline_module.build_network().state_dict()
    opened = outliner_from_state(state, settings_)
    assert (opened.necrosis_threshold, opened.necrosis_certainty) == (0.5, 0.0)
    assert outliner_from_state(state, settings_ | {"necrosis_certainty": 0.9}).necrosis_certainty == 0.9
    with pytest.raises(InputError, match="needs 'unet_3d_outliner'"):
        outliner_from_state(state, settings_ | {"network": "yolox_3d"})
    with pytest.raises(InputError, match="do not fit"):
        outliner_from_state(dict(list(state.items())[1:]), settings_)
