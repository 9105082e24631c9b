"""The side of an outline is checked from where it lies, whatever way the voxels are stored."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.geometry import centred, directions

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS, NOTES, SEGMENT_NAMES
from ONFHAssistLib.segment.outline_sides import check_region, check_sides

FILM = (1, 0, 0, 0, 0, 1, 0, -1, 0)
RIGHT, LEFT = (-88.0, 0.0, 0.0), (88.0, 0.0, 0.0)


def balls(grid, *parts):
    """Labels of balls on a grid: (label, centre in LPS mm, radius)."""
    points = grid.points()
    array = np.zeros(grid.array.shape, np.uint8)
    for label, centre, radius in parts:
        array[np.linalg.norm(points - np.asarray(centre), axis=-1) < radius] = label
    return grid.like(array)


def grid_at(centre, extent, spacing=(3.0, 3.0, 4.5), direction=(1, 0, 0, 0, 1, 0, 0, 0, 1)):
    """A box of ``extent`` mm in the patient's axes about ``centre``, stored along any axes."""
    along = np.abs(np.reshape(direction, (3, 3))).T @ np.asarray(extent)
    size = tuple(int(np.ceil(e / s)) for e, s in zip(along, spacing, strict=True))
    return centred(size, spacing, direction, np.asarray(centre, float))


def wide(direction=(1, 0, 0, 0, 1, 0, 0, 0, 1), spacing=(3.0, 3.0, 4.5), shift=(0.0, 0.0, 0.0)):
    """A pelvis: body 340 mm wide about ``shift``; (image, grid)."""
    grid = grid_at(shift, (340, 80, 80), spacing, direction)
    x = grid.points()[..., 0] - shift[0]
    return grid.like(np.where(np.abs(x) < 165, 300, 0).astype(np.int16))


# both hips --------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(
    directions(),
    st.tuples(st.floats(2.0, 4.0), st.floats(2.0, 4.0), st.floats(3.0, 5.0)),
    st.floats(-60, 60),
    st.booleans(),
)
def test_exchanged_sides_are_refused_and_right_ones_pass_on_any_grid(direction, spacing, shift, with_image):
    image = wide(direction, spacing, (shift, 0.0, 0.0))
    right, left = (-88.0 + shift, 0.0, 0.0), (88.0 + shift, 0.0, 0.0)
    true = balls(image, (1, right, 24), (2, left, 24), (3, (-88.0 + shift, 0.0, 12.0), 8))
    frame = image if with_image else None
    assert check_sides(true, frame) == ()
    swapped = true.like(np.array([0, 2, 1, 4, 3], np.uint8)[true.array])
    with pytest.raises(
        InputError,
        match=r"sides are exchanged: Femoral head R \(label 1\) lies 1[67]\d mm to the patient's left",
    ):
        check_sides(swapped, frame)


@settings(max_examples=20, deadline=None)
@given(directions(), st.sampled_from(["R", "L"]))
def test_one_label_for_both_heads_is_refused_on_any_grid(direction, side):
    image = wide(direction)
    labels = balls(image, (HEAD[side], RIGHT, 24), (HEAD[side], LEFT, 24))
    with pytest.raises(
        InputError, match=rf"Femoral head {side} \(label {HEAD[side]}\) is two bodies 17\d mm apart"
    ):
        check_sides(labels, image)


def test_a_necrosis_of_the_other_hip_is_refused():
    image = wide()
    labels = balls(image, (1, RIGHT, 24), (2, LEFT, 24), (3, (88.0, 0.0, 12.0), 9))
    with pytest.raises(InputError, match=r"two bodies 1\d\d mm apart .* the second one, of label 3"):
        check_sides(labels, image)


def test_a_head_in_two_pieces_and_a_slip_of_the_brush_are_no_two_bodies():
    image = wide(spacing=(2.0, 2.0, 4.5))
    labels = balls(image, (1, RIGHT, 24), (2, LEFT, 24))
    labels.array[labels.array.shape[0] // 2] = 0  # a slice that was left out
    assert check_sides(labels, image) == ()
    labels.array[0, 0, -1] = 1
    (said,) = check_sides(labels, image)
    assert "Femoral head R (label 1) has 1 stray voxels" in said


def test_heads_nearer_than_two_hips_are_said():
    image = wide()
    (said,) = check_sides(balls(image, (1, (-30, 0, 0), 18), (2, (20, 0, 0), 18)), image)
    assert "only 5" in said


# one hip ----------------------------------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(directions(), st.sampled_from(["R", "L"]), st.booleans(), st.floats(60, 110))
def test_one_hip_is_refused_on_the_wrong_side_of_the_scanner_and_passes_on_its_own(
    direction, side, true, distance
):
    x = distance * (1 if side == "L" else -1) * (1 if true else -1)
    image = grid_at((x, 0, 0), (100, 90, 90), direction=direction)
    labels = balls(image, (HEAD[side], (x, 0, 0), 22), (NECROSIS[side], (x, 0, 12), 7))
    if true:
        assert check_sides(labels, image) == check_sides(labels) == ()
        return
    for frame in (image, None):
        with pytest.raises(
            InputError, match=rf"Femoral head {side} \(label {HEAD[side]}\) lies \d+ mm to the patient's"
        ):
            check_sides(labels, frame)


def test_the_header_of_one_hip_is_heard():
    image = grid_at((88, 0, 0), (100, 90, 90))
    labels = balls(image, (1, LEFT, 22))
    stated = image.like(image.array, laterality="R")  # header and reader against the place: nobody can know
    assert "please check the side" in check_sides(labels, stated)[0]
    near = grid_at((10, 0, 0), (100, 90, 90)).like(np.zeros_like(image.array), laterality="L")
    (said,) = check_sides(balls(near, (1, (10, 0, 0), 22)), near)
    assert "header says side L" in said


def test_one_outlined_head_of_a_pelvis_off_the_scanners_middle_is_only_doubted():
    image = wide(shift=(120.0, 0.0, 0.0))
    labels = balls(image, (1, (32.0, 0.0, 0.0), 24))  # left of the scanner's middle, right of the body's
    assert check_sides(labels, image) == ()
    with pytest.raises(InputError, match="midline"):
        check_sides(balls(image, (1, (208.0, 0.0, 0.0), 24)), image)


def test_no_side_is_told_from_a_place_that_the_file_does_not_state():
    image = grid_at((88, 0, 0), (100, 90, 90))
    labels = balls(image, (1, LEFT, 22))
    for facts, word in (({"place": "unstated"}, "no place"), ({"orientation": "unstated"}, "no orientation")):
        (said,) = check_sides(labels, image.like(image.array, source="a.nii", **facts))
        assert f"a.nii states {word}" in said


# labels -----------------------------------------------------------------------------------------------------------


def test_a_necrosis_without_its_head_is_refused():
    image = wide()
    labels = balls(image, (3, RIGHT, 12), (2, LEFT, 24))
    with pytest.raises(InputError, match=r"Necrosis R \(label 3\) and no Femoral head R \(label 1\)"):
        check_sides(labels, image)


@pytest.mark.parametrize(
    ("labels", "words"),
    [((76, 75), "holds 75, 76 .* TotalSegmentator"), ((7, 9), "holds 7, 9 .*give the femoral heads")],
)
def test_labels_that_are_none_of_ours_are_named(labels, words):
    image = wide()
    with pytest.raises(InputError, match=words):
        check_sides(balls(image, (labels[0], RIGHT, 24), (labels[1], LEFT, 24)), image)
    with pytest.raises(InputError, match="holds nothing but no femoral head"):
        check_sides(balls(image), image)


def test_other_labels_beside_ours_and_a_whole_femur_are_said():
    image = grid_at((-88, 0, -60), (100, 90, 260), spacing=(4.0, 4.0, 4.0))
    labels = balls(image, (1, (-88, 0, 40), 22), (5, (-88, 0, -60), 10))
    assert "also holds the labels 5" in check_sides(labels, image)[0]
    shaft = np.linalg.norm(image.points()[..., :2] - [-88, 0], axis=-1) < 15
    femur = image.like(np.where(shaft | (labels.array == 1), 1, 0).astype(np.uint8))
    assert any("Is it the whole femur?" in text for text in check_sides(femur, image))


def test_the_names_of_segments_are_held_against_their_numbers():
    image = wide()
    labels = balls(image, (1, RIGHT, 24), (2, LEFT, 24))
    named = labels.like(
        labels.array, **{SEGMENT_NAMES: json.dumps({"1": "hip bone", "2": "bone left"}), NOTES: "Note."}
    )
    said = check_sides(named, image)
    assert said[0] == "Note."
    assert "named 'hip bone' and was taken as Femoral head R" in said[1]
    other = labels.like(labels.array, **{SEGMENT_NAMES: json.dumps({"1": "femur_left"})})
    with pytest.raises(InputError, match="names the segment 1 'femur_left', but label 1 is Femoral head R"):
        check_sides(other, image)


# any region -------------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(directions(), st.sampled_from(["R", "L"]))
def test_the_side_of_a_region_of_any_label_is_its_place(direction, side):
    image = wide(direction)
    labels = balls(image, (76, RIGHT, 20), (75, LEFT, 20))
    assert check_region(image, labels, (76 if side == "R" else 75,)) == (side, ())
    with pytest.raises(InputError, match="The side is given as"):
        check_region(image, labels, (76 if side == "R" else 75,), "L" if side == "R" else "R")


def test_our_labels_of_a_region_are_checked_and_label_1_alone_may_be_anybodys():
    image = wide()
    side, said = check_region(image, balls(image, (1, LEFT, 20)), (1,))
    assert side == "L"
    assert "to the patient's left of the midline" in said[0]
    for parts, wanted in (
        (((2, RIGHT, 20),), (2,)),
        (((1, LEFT, 20), (2, RIGHT, 20)), (1,)),
        (((1, LEFT, 20), (3, LEFT, 9)), (1, 3)),
    ):
        with pytest.raises(InputError, match="Exchange the labels"):
            check_region(image, balls(image, *parts), wanted)
    with pytest.raises(InputError, match="two bodies"):
        check_region(image, balls(image, (1, LEFT, 20), (1, RIGHT, 20)), (1,))
    side, said = check_region(image, balls(image, (9, LEFT, 20), (9, RIGHT, 20)), (9,))
    assert (side, "two bodies" in said[0]) == ("", True)


def test_a_region_has_no_side_where_the_file_states_no_orientation():
    image = wide().like(wide().array, orientation="unstated", source="a.nii")
    side, said = check_region(image, balls(image, (9, LEFT, 20)), (9,))
    assert side == ""
    assert "no side can be told" in said[-1]


# radiographs ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hang", [FILM, (-1, 0, 0, 0, 0, -1, 0, -1, 0)])
def test_on_a_film_of_both_hips_exchanged_sides_are_refused_if_it_says_how_it_hangs(hang):
    film = Image(np.full((1, 200, 400), 500, np.uint16), (1, 1, 1), (0, 0, 0), hang, {"modality": "DX"})
    x = film.points()[..., 0]
    middle = 0.5 * (x.min() + x.max())
    z = float(film.points()[..., 2].mean())
    right, left = (middle - 90, 0, z), (middle + 90, 0, z)
    assert check_sides(balls(film, (1, right, 25), (2, left, 25)), film) == ()
    swapped = balls(film, (2, right, 25), (1, left, 25))
    with pytest.raises(InputError, match="sides are exchanged"):
        check_sides(swapped, film)
    (said,) = check_sides(swapped, film.like(film.array, orientation="assumed"))
    assert "if the film hangs as usual" in said
