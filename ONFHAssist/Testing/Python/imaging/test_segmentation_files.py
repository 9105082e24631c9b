"""Segmentations as hospitals have them: by the names of their segments, on the voxels of their image."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.dicom_files import slice_datasets, write_shuffled
from support.geometry import directions, grids
from support.named_files import dicom_seg, rtstruct, seg_nrrd

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, read_mask, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import NOTES, label_of_codes, label_of_name
from ONFHAssistLib.imaging.masks.placing import placed_on


def named(*names, values=None):
    numbers = values or range(1, len(names) + 1)
    return [
        {"ID": f"S{n}", "Name": name, "LabelValue": str(n), "Layer": "0"}
        for name, n in zip(names, numbers, strict=True)
    ]


@pytest.fixture
def hip():
    """An oblique grid of thick slices, a ball of 16 mm and one of 8 mm in it; (grid, head, necrosis, centre index)."""
    turn = np.array([[0.936, -0.342, 0.087], [0.352, 0.926, -0.137], [-0.034, 0.159, 0.987]])
    left, _, right = np.linalg.svd(turn)
    grid = Image(
        np.zeros((12, 40, 44), np.int16), (1.5, 1.2, 4.0), (-90, 10, 5), tuple((left @ right).ravel())
    )
    distance = np.linalg.norm(grid.points() - grid.index_to_point([20, 18, 6]), axis=-1)
    return grid, distance < 16, distance < 8, (20, 18, 6)


# names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Femoral head R", 1), ("Femoral head L", 2), ("Necrosis R", 3), ("Necrosis L", 4),
        ("FemoralHeadR", 1), ("Femur_Head_L", 2), ("FemHead_R", 1), ("left femoral head", 2), ("Caput femoris L", 2),
        ("AVN right", 3), ("osteonecrosis_L", 4),
        ("Femoral head", None), ("femur_left", None), ("Acetabulum R", None), ("Femoral neck L", None), ("R", None),
        ("Femoral heads R and L", None), ("Segment_1", None), ("Heat R", None), ("no necrosis R", None),
    ],
)  # fmt: skip
def test_a_name_says_its_label(name, label):
    assert label_of_name(name) == label


def test_codes_say_a_label_too():
    assert label_of_codes(["123037004", "2812003", "7771000"]) == 2
    assert label_of_codes(["49755003", "6574001", "2812003", "24028007"]) == 3
    assert label_of_codes(["2812003"]) is None


# 3D Slicer's .seg.nrrd --------------------------------------------------------------------------------------------


def test_the_names_of_segments_decide_over_their_values(tmp_path, hip):
    grid, head, necrosis, _ = hip
    labels = grid.like(np.where(necrosis, 2, np.where(head, 1, 0)).astype(np.uint8))
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [labels], named("Femoral head L", "Necrosis L"))
    found = read_mask(path, grid)
    assert np.array_equal(found.array, np.where(necrosis, 4, np.where(head, 2, 0)))
    assert "'Femoral head L' (stored as 1) is label 2" in found.metadata[NOTES]


def test_a_segment_renamed_by_its_reader_is_known_by_its_identifier_or_code(tmp_path, hip):
    grid, head, _, _ = hip
    tags = (
        "TerminologyEntry:x~SCT^123037004^Anatomical Structure~SCT^2812003^Head of femur~SCT^7771000^Left~a|"
    )
    for fields in (
        {"ID": "FemoralHeadL", "Name": "Oberschenkelkopf"},
        {"ID": "S", "Name": "Kopf", "Tags": tags},
    ):
        path = seg_nrrd(
            tmp_path / "a.seg.nrrd", [grid.like(head)], [{**fields, "LabelValue": "1", "Layer": "0"}]
        )
        assert np.array_equal(read_mask(path).array, np.where(head, 2, 0))


def test_segments_of_other_structures_are_left_out_where_ours_are_named(tmp_path, hip):
    grid, head, necrosis, _ = hip
    labels = grid.like(np.where(necrosis, 1, np.where(head, 2, 0)).astype(np.uint8))
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [labels], named("Vessel", "Femoral head R"))
    found = read_mask(path)
    assert np.array_equal(found.array, np.where(head & ~necrosis, 1, 0))
    assert "'Vessel'" in found.metadata[NOTES]


def test_overlapping_segments_of_ours_become_a_head_with_its_necrosis(tmp_path, hip):
    grid, head, necrosis, _ = hip
    fields = [
        {"Name": name, "LabelValue": "1", "Layer": str(layer)}
        for layer, name in enumerate(["Necrosis R", "Femoral head R"])
    ]
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [grid.like(necrosis), grid.like(head)], fields)
    assert np.array_equal(read_mask(path, grid).array, np.where(necrosis, 3, np.where(head, 1, 0)))


def test_overlapping_segments_of_others_are_named_and_one_can_be_taken(tmp_path, hip):
    grid, head, necrosis, _ = hip
    fields = [{"Name": n, "LabelValue": "1", "Layer": str(k)} for k, n in enumerate(["tumour", "core"])]
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [grid.like(head), grid.like(necrosis)], fields)
    with pytest.raises(
        InputError, match=f"'tumour' and 'core' of .* overlap in {necrosis.sum()} voxels.*label_channel"
    ):
        read_mask(path)
    assert np.array_equal(read_mask(path, grid, layer=1).array > 0, necrosis)
    with pytest.raises(InputError, match="has 2 layers; label_channel 2"):
        read_mask(path, layer=2)


def test_a_label_image_has_one_layer_alone(tmp_path, hip):
    grid, head, _, _ = hip
    path = write_image(grid.like(head.astype(np.uint8)), tmp_path / "a.nrrd")
    assert np.array_equal(read_mask(path, grid, layer=0).array > 0, head)
    with pytest.raises(InputError, match=r"a\.nrrd has one layer; label_channel 1 is not among them"):
        read_mask(path, grid, layer=1)


def test_layers_without_any_name_are_told_as_overlapping(tmp_path, hip):
    grid, head, _, _ = hip
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [grid.like(head), grid.like(head)], [])
    with pytest.raises(InputError, match=r"'layer 0' and 'layer 1' of .* overlap"):
        read_mask(path)


def test_segments_of_several_layers_with_one_value_stay_apart(tmp_path, hip):
    grid, head, necrosis, _ = hip
    fields = [{"Name": n, "LabelValue": "1", "Layer": str(k)} for k, n in enumerate(["shell", "core"])]
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [grid.like(head & ~necrosis), grid.like(necrosis)], fields)
    assert np.array_equal(read_mask(path).array, np.where(necrosis, 2, np.where(head, 1, 0)))


def test_two_segments_of_one_structure_are_refused(tmp_path, hip):
    grid, head, necrosis, _ = hip
    labels = grid.like(np.where(necrosis, 2, np.where(head, 1, 0)).astype(np.uint8))
    path = seg_nrrd(tmp_path / "a.seg.nrrd", [labels], named("Femoral head R", "right femoral head"))
    with pytest.raises(InputError, match="two segments of Femoral head R"):
        read_mask(path)


# on the voxels of the image ---------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(
    grids(5, 9),
    st.tuples(*(st.integers(0, 2),) * 3),
    st.sampled_from([(0, 1, 2), (2, 0, 1), (1, 0, 2)]),
    st.tuples(*(st.sampled_from([1, -1]),) * 3),
)
def test_a_crop_stored_along_other_axes_is_put_where_it_belongs(grid, start, order, flips):
    whole = grid.like((grid.array % 5).astype(np.uint8))
    crop = whole.cropped(start, tuple(n - 1 for n in grid.size))
    axes = np.asarray(crop.direction).reshape(3, 3)[:, list(order)] * np.array(flips)
    array = np.transpose(crop.array, [2 - order[2 - k] for k in range(3)])
    corner = np.zeros(3)
    for axis, flip in enumerate(flips):
        if flip < 0:
            array = np.flip(array, 2 - axis)
            corner[order[axis]] = crop.size[order[axis]] - 1
    spacing = tuple(crop.spacing[axis] for axis in order)
    stored = Image(
        np.ascontiguousarray(array), spacing, tuple(crop.index_to_point(corner)), tuple(axes.ravel())
    )
    expected = np.zeros_like(whole.array)
    inside = tuple(slice(a, n - 1) for a, n in zip(start, grid.size, strict=True))[::-1]
    expected[inside] = whole.array[inside]
    placed = placed_on(stored, grid)
    assert placed.same_grid(grid)
    assert np.array_equal(placed.array, expected)


@pytest.mark.parametrize(
    "change", [{"spacing": (1.0, 1.0, 4.1)}, {"origin": (0.5, 0.0, 0.0)}, {"origin": (9.0, 0.0, 0.0)}]
)
def test_voxels_that_are_not_the_images_are_left_for_the_grid_check(change):
    grid = Image(np.zeros((4, 6, 8), np.int16), (1.0, 1.0, 4.0))
    labels = Image(np.ones((4, 6, 8), np.uint8), **{"spacing": (1.0, 1.0, 4.0), **change})
    assert not placed_on(labels, grid).same_grid(grid)


# DICOM ------------------------------------------------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(directions())
def test_a_dicom_segmentation_lies_on_its_series_however_it_is_turned(tmp_path_factory, direction):
    grid = Image(np.zeros((9, 20, 24), np.int16), (1.5, 1.2, 4.0), (-90, 10, 5), direction)
    distance = np.linalg.norm(grid.points() - grid.index_to_point([11, 9, 4]), axis=-1)
    head, necrosis = distance < 11, distance < 6
    folder = tmp_path_factory.mktemp("seg")
    slices = slice_datasets(grid)
    write_shuffled(slices, folder / "series")
    path = dicom_seg(folder / "seg.dcm", slices, [necrosis, head], ["Necrosis R", "Femoral head R"])
    image = read_image(folder / "series")
    found = read_mask(path, image)
    assert found.same_grid(image)
    expected = grid.like(np.where(necrosis, 3, np.where(head, 1, 0)).astype(np.uint8))
    assert np.array_equal(found.array, placed_on(expected, image).array)


def test_the_segment_numbers_of_a_dicom_segmentation_are_its_labels(tmp_path, hip):
    grid, head, necrosis, _ = hip
    path = dicom_seg(tmp_path / "a", slice_datasets(grid), [head & ~necrosis, necrosis], ["outer", "inner"])
    assert np.array_equal(read_mask(path, grid).array, np.where(necrosis, 2, np.where(head, 1, 0)))


def test_a_segment_that_another_one_overlaps_is_there_as_a_whole_when_it_is_asked_for(tmp_path, hip):
    grid, head, necrosis, _ = hip
    path = dicom_seg(tmp_path / "a.dcm", slice_datasets(grid), [head, necrosis], ["outer", "inner"])
    for label, mask in ((1, head), (2, necrosis)):
        assert np.array_equal(read_mask(path, grid, wanted=(label,)).array == label, mask)
    with pytest.raises(InputError, match=r"'outer' and 'inner' .* overlap"):
        read_mask(path, grid)


def circle(grid, centre, radius, k):
    """A polygon in slice ``k`` about a centre (index) of another slice: a cut through a ball."""
    height = (k - centre[2]) * grid.spacing[2]
    around = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    matrix = np.reshape(grid.direction, (3, 3))
    cut = np.sqrt(radius**2 - height**2)
    middle = grid.index_to_point([centre[0], centre[1], k])
    return middle + cut * (np.outer(np.cos(around), matrix[:, 0]) + np.outer(np.sin(around), matrix[:, 1]))


def ball_contours(grid, centre, radius):
    reach = [k for k in range(grid.size[2]) if abs(k - centre[2]) * grid.spacing[2] < radius - 0.5]
    return [circle(grid, centre, radius, k) for k in reach]


def test_contours_become_the_voxels_within_them(tmp_path, hip):
    grid, head, necrosis, centre = hip
    contours = {
        name: ball_contours(grid, centre, r) for name, r in (("BODY", 20), ("Femur_Head_L", 16), ("AVN_L", 8))
    }
    found = read_mask(rtstruct(tmp_path / "rt.dcm", contours), grid).array
    assert set(np.unique(found)) == {0, 2, 4}
    for mask, voxels in ((found > 0, head), (found == 4, necrosis)):
        assert 2 * (mask & voxels).sum() / (mask.sum() + voxels.sum()) > 0.99


def test_a_contour_within_a_contour_is_a_hole(tmp_path, hip):
    grid, head, necrosis, centre = hip
    ring = [*ball_contours(grid, centre, 16), *ball_contours(grid, centre, 8)]
    found = read_mask(rtstruct(tmp_path / "rt.dcm", {"ring": ring}), grid, wanted=(1,)).array == 1
    assert not found[centre[2], centre[1], centre[0]]
    assert found.sum() == pytest.approx((head & ~necrosis).sum(), rel=0.01)


def test_contours_of_another_series_are_refused(tmp_path, hip):
    grid, _, _, centre = hip
    contours = ball_contours(grid, centre, 16)
    between = np.reshape(grid.direction, (3, 3))[:, 2] * 2.0
    other = rtstruct(tmp_path / "a.dcm", {"Femur_Head_R": [c + between for c in contours]})
    with pytest.raises(InputError, match=r"2\.0 mm off the image's slices"):
        read_mask(other, grid)
    tilted = [c + np.outer(np.linspace(-3, 3, len(c)), between) for c in contours]
    with pytest.raises(InputError, match="lies across the planes"):
        read_mask(rtstruct(tmp_path / "b.dcm", {"Femur_Head_R": tilted}), grid)
    coarse = rtstruct(tmp_path / "c.dcm", {"Femur_Head_R": contours[::2]})
    with pytest.raises(InputError, match=r"on every 2\. slice"):
        read_mask(coarse, grid)


def test_contours_without_an_image_or_without_contours_say_so(tmp_path, hip):
    grid, _, _, centre = hip
    path = rtstruct(tmp_path / "a.dcm", {"Femur_Head_R": ball_contours(grid, centre, 16)})
    with pytest.raises(InputError, match=r"is an RTSTRUCT.*give it together with the image"):
        read_mask(path)
    with pytest.raises(InputError, match="it names 'Femur_Head_R' and outlines none"):
        read_mask(rtstruct(tmp_path / "b.dcm", {"Femur_Head_R": []}), grid)


# pictures ---------------------------------------------------------------------------------------------------------


def test_a_picture_of_labels_lies_on_the_film_of_its_size(tmp_path):
    from PIL import Image as Picture

    film = Image(np.zeros((1, 6, 8), np.uint16), (0.2, 0.2, 1.0), (5, 0, 0), (1, 0, 0, 0, 0, 1, 0, -1, 0))
    labels = np.arange(48, dtype=np.uint8).reshape(6, 8) % 3
    Picture.fromarray(labels).save(tmp_path / "m.png")
    Picture.fromarray(labels).save(tmp_path / "m.jpg")
    mask = read_mask(tmp_path / "m.png", film)
    assert mask.same_grid(film)
    assert np.array_equal(mask.array[0], labels)
    with pytest.raises(InputError, match="JPEG, which changes values"):
        read_mask(tmp_path / "m.jpg", film)


def test_a_plain_label_image_is_read_as_it_is(tmp_path, hip):
    grid, head, _, _ = hip
    path = write_image(grid.like(np.where(head, 75, 0).astype(np.uint8)), tmp_path / "m.nii.gz")
    assert np.array_equal(read_mask(path, grid).array, np.where(head, 75, 0))
