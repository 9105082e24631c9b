"""The sphere tool: exact on any geometry, clipped to marrow, on the patient's side."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.geometry import centred, directions
from support.shared_data import shared_data

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.head_sphere import fit_sphere, radius_uncertainty
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD
from ONFHAssistLib.segment.side import decide_side, midline_x
from ONFHAssistLib.segment.sphere_tool import fit_sphere_to_points, outline_head, segment_spheres

centres = st.tuples(*(st.floats(-120.0, 120.0),) * 3)
radii = st.floats(18.0, 28.0)
unit = st.tuples(*(st.floats(-1.0, 1.0),) * 3)


@given(centres, radii, st.integers(0, 2**32 - 1))
def test_a_sphere_is_found_from_its_surface_points(centre, radius, seed):
    ways = np.random.default_rng(seed).normal(size=(9, 3))
    points = np.asarray(centre) + radius * ways / np.linalg.norm(ways, axis=1, keepdims=True)
    found, size = fit_sphere_to_points(points)
    assert np.allclose(found, centre, atol=1e-6)
    assert size == pytest.approx(radius, abs=1e-6)


@given(centres, radii, directions())
def test_three_points_in_one_slice_give_the_great_circle(centre, radius, direction):
    plane = np.asarray(direction).reshape(3, 3)[:, :2]
    angles = np.deg2rad([10.0, 120.0, 250.0])
    points = np.asarray(centre) + radius * np.column_stack([np.cos(angles), np.sin(angles)]) @ plane.T
    found, size = fit_sphere_to_points(points)
    assert np.allclose(found, centre, atol=1e-6)
    assert size == pytest.approx(radius, abs=1e-6)


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ([[0, 0, 0], [20, 0, 0]], "three or more points"),
        ([[0, 0, 0], [10, 0, 0], [20, 0, 0], [30, 0, 0]], "on a line"),
        ([[0, 0, 0], [1, 0, 0], [0, 1, 0]], "no femoral head; 10 to 40 mm"),
        ([[0, 0, np.nan], [40, 0, 0], [0, 40, 0]], "not a number"),
    ],
)
def test_points_that_give_no_head_are_refused(points, words):
    with pytest.raises(InputError, match=words):
        fit_sphere_to_points(points)


def hip_phantom(
    direction=(1, 0, 0, 0, 1, 0, 0, 0, 1), centre=(-80.0, 10.0, 5.0), radius=22.0, spacing=(1.0, 1.0, 2.0)
):
    """Marrow ball with a dark cortex of 3 mm about it, in muscle."""
    size = tuple(int(np.ceil(80 / s)) for s in spacing)
    grid = centred(size, spacing, direction, np.asarray(centre))
    distance = np.linalg.norm(grid.points() - centre, axis=-1)
    values = np.where(distance <= radius, 800.0, 300.0)
    values[(distance > radius) & (distance <= radius + 3)] = 30.0
    return grid.like(values.astype(np.float32))


@settings(max_examples=20, deadline=None)
@given(directions())
def test_a_sphere_drawn_too_large_is_clipped_to_marrow_on_any_geometry(direction):
    image = hip_phantom(direction)
    mask = outline_head(image, (-80.0, 10.0, 5.0), 24.0)
    inside = np.linalg.norm(image.points() - [-80.0, 10.0, 5.0], axis=-1) <= 22.0
    dice = 2 * (mask & inside).sum() / (mask.sum() + inside.sum())
    assert dice > 0.98
    unclipped = outline_head(image, (-80.0, 10.0, 5.0), 24.0, clip=False)
    assert unclipped.sum() * image.voxel_volume_ml == pytest.approx(4 / 3 * np.pi * 24**3 / 1000, rel=0.02)


def test_a_dark_lesion_deep_under_the_surface_is_not_cut_out():
    image = hip_phantom()
    values = image.array.copy()
    lesion = np.linalg.norm(image.points() - [-80.0, 10.0, 15.0], axis=-1) <= 5.0
    values[lesion] = 60.0
    mask = outline_head(image.like(values), (-80.0, 10.0, 5.0), 22.0)
    assert mask[lesion].all()


def test_a_sphere_outside_the_image_is_refused_with_its_centre():
    image = hip_phantom()
    with pytest.raises(InputError, match=r"\(200\.0, 0\.0, 0\.0\) \(LPS, mm\) lies outside"):
        outline_head(image, (200.0, 0.0, 0.0), 22.0)
    with pytest.raises(InputError, match=r"% of the sphere .* lies inside"):
        outline_head(image, (-80.0, 10.0, 50.0), 22.0)
    with pytest.raises(InputError, match="single slice"):
        outline_head(Image(np.zeros((1, 9, 9), np.float32)), (0, 0, 0), 22.0)


def pelvis(direction=(1, 0, 0, 0, 1, 0, 0, 0, 1), middle=(15.0, 0.0, 0.0)) -> Image:
    """A body 340 mm wide about ``middle`` in a field of view of 400 mm, with air around."""
    grid = centred((80, 40, 12), (5.0, 5.0, 6.0), direction, np.asarray(middle))
    points = grid.points() - middle
    body = (points[..., 0] / 170.0) ** 2 + (points[..., 1] / 90.0) ** 2 <= 1.0
    return grid.like(np.where(body, 500.0, 2.0).astype(np.float32))


@settings(max_examples=25, deadline=None)
@given(st.booleans(), st.booleans(), st.floats(-8, 8), st.floats(-40, 40))
def test_sides_follow_the_patient_on_flipped_and_oblique_grids(flip_x, flip_y, degrees, shift):
    turn = np.deg2rad(degrees)
    matrix = np.array([[np.cos(turn), -np.sin(turn), 0], [np.sin(turn), np.cos(turn), 0], [0, 0, 1]])
    matrix = matrix @ np.diag([-1 if flip_x else 1, -1 if flip_y else 1, 1])
    image = pelvis(tuple(matrix.ravel()), (shift, 0.0, 0.0))
    assert midline_x(image) == pytest.approx(shift, abs=12.0)
    result = segment_spheres(image, [((shift + 85, 0, 0), 22.0), ((shift - 85, 0, 0), 23.0)], clip=False)
    assert [head.side for head in result.heads] == ["R", "L"]
    assert result.warnings == ()
    for side, offset in (("R", -85), ("L", 85)):
        places = image.points()[result.labels.array == HEAD[side]]
        assert np.allclose(places.mean(axis=0), [shift + offset, 0, 0], atol=2.5)


def test_stated_laterality_wins_and_a_contradiction_is_told():
    image = hip_phantom()
    stated = image.like(image.array, laterality="R")
    assert decide_side(stated, np.array([-80.0, 0, 0])) == ("R", None)
    side, warning = decide_side(image.like(image.array, laterality="L"), np.array([-80.0, 0, 0]))
    assert side == "L"
    assert "80 mm to the patient's right" in warning
    side, warning = decide_side(image, np.array([-10.0, 0, 0]))
    assert side == "R"
    assert "10 mm from the assumed midline" in warning


def test_a_header_with_one_side_does_not_rename_the_other_hip_of_a_pelvis():
    image = pelvis()
    labelled = image.like(image.array, laterality="R")
    result = segment_spheres(labelled, [((100, 0, 0), 22.0), ((-70, 0, 0), 23.0)], clip=False)
    assert [head.side for head in result.heads] == ["R", "L"]
    assert result.heads[1].centre[0] == 100
    assert "shows both hips" in result.warnings[0]


def test_two_spheres_on_one_side_are_refused():
    with pytest.raises(InputError, match="side R"):
        segment_spheres(pelvis(), [((-70, 0, 0), 22.0), ((-75, 0, 0), 22.0)], clip=False)


def test_the_real_hip_is_outlined_as_its_readme_says():
    image = read_image(shared_data("real_hip_t1", "hip_right_t1.nii.gz"))
    centre, radius = np.array([-89.1, 24.2, -743.8]), 25.1
    result = segment_spheres(image, [(centre, radius)])
    head = result.heads[0]
    sphere = np.linalg.norm(image.points() - centre, axis=-1) <= radius
    mask = result.labels.array == HEAD["R"]
    assert (head.side, result.warnings) == ("R", ())
    assert 2 * (mask & sphere).sum() / (mask.sum() + sphere.sum()) >= 0.95
    assert 58.0 <= head.head_ml <= 66.3
    assert 0.90 <= np.median(image.array[mask]) / 915 <= 0.98  # marrow over fat, as the README measures it


def bumpy(seed, cut=None):
    """A ball of 23 mm with a smooth unevenness of half a millimetre, and its part above ``cut`` (mm from its middle)."""
    grid = Image(np.zeros((60, 60, 60), np.uint8), (1.0, 1.0, 1.0), (-29.5, -29.5, -29.5))
    points = grid.points()
    direction = points / np.maximum(np.linalg.norm(points, axis=-1, keepdims=True), 1e-6)
    rng = np.random.default_rng(seed)
    bumps = sum(
        np.cos(3.0 * direction @ axis + phase)
        for axis, phase in zip(rng.normal(size=(4, 3)), rng.uniform(0, 6, 4), strict=True)
    )
    mask = grid.like((np.linalg.norm(points, axis=-1) < 23.0 + 0.35 * bumps).astype(np.uint8))
    return mask if cut is None else mask.cropped((0, 0, int(29.5 + cut)), mask.size)


def test_the_radius_of_a_cut_head_is_known_less_well_and_says_so_truly():
    within, whole, less = 0, [], []
    for seed in range(10):
        whole.append(radius_uncertainty(bumpy(seed), "R"))
        cut = bumpy(seed, cut=4.0)
        less.append(radius_uncertainty(cut, "R"))
        within += abs(fit_sphere(cut, "R")[1] - fit_sphere(bumpy(seed), "R")[1]) <= less[-1] + whole[-1]
    assert np.median(less) > 1.5 * np.median(whole)
    assert within >= 7
    assert radius_uncertainty(bumpy(0).like(np.zeros((60, 60, 60), np.uint8)), "R") is None
