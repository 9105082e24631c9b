"""How a series looks about the heads: the shipped samples, the real T1 hip, and balls whose tissues are known."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.contrast import (
    FAT_SUPPRESSED,
    T1,
    contrast_excludes,
    infer_contrast,
    tissue_ratios,
)
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import heads_from_labels
from ONFHAssistLib.imaging.image import Image

CENTRE, RADIUS = np.array([-80.0, 12.0, -300.0]), 24.0
HEAD = SimpleNamespace(centre=CENTRE, radius=RADIUS)


def scan(
    marrow, muscle, fluid, fat, air=0.0, direction=((1, 0, 0), (0, 1, 0), (0, 0, 1)), spacing=(2.0, 2.0, 3.0)
):
    """A head of marrow in muscle, with a joint line of fluid, fat above and air in front; any direction."""
    size = np.round(np.array([140.0, 140.0, 144.0]) / spacing).astype(int)
    corner = CENTRE - np.asarray(direction, float) @ (np.array(spacing) * (size - 1) / 2)
    image = Image(
        np.zeros(size[::-1], np.float32), tuple(spacing), tuple(corner), tuple(np.asarray(direction).ravel())
    )
    offset = image.points() - CENTRE
    distance = np.linalg.norm(offset, axis=-1) / RADIUS
    array = np.full(distance.shape, muscle, np.float32)
    array[offset[..., 2] > 0.5 * RADIUS] = fat
    array[offset[..., 1] < -1.3 * RADIUS] = air
    array[distance < 1.1] = fluid
    array[distance < 1.0] = marrow
    return image.like(array)


T1_LIKE = {"marrow": 1000, "muscle": 400, "fluid": 300, "fat": 1100}
T2_LIKE = {"marrow": 1000, "muscle": 220, "fluid": 1600, "fat": 1100}
STIR_LIKE = {"marrow": 100, "muscle": 300, "fluid": 1500, "fat": 60}


@pytest.mark.parametrize(("tissues", "look"), [(T1_LIKE, T1), (T2_LIKE, None), (STIR_LIKE, FAT_SUPPRESSED)])
@pytest.mark.parametrize("turn", [0.0, 25.0, 180.0])
@pytest.mark.parametrize("spacing", [(2.0, 2.0, 3.0), (0.7, 0.9, 4.4), (4.4, 0.7, 0.7)])
def test_contrasts_are_told_in_any_direction_with_air_in_view(tissues, look, turn, spacing):
    a = np.radians(turn)
    direction = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    assert infer_contrast(scan(**tissues, direction=direction, spacing=spacing), [HEAD]) == look
    flipped = direction @ np.diag([-1.0, 1.0, -1.0])
    assert infer_contrast(scan(**tissues, direction=flipped, spacing=spacing), [HEAD]) == look


def test_ratios_are_those_of_the_tissues():
    muscle, tissue, fluid, brightest = tissue_ratios(scan(**T1_LIKE), CENTRE, RADIUS)
    assert muscle == pytest.approx(0.4)
    assert tissue == pytest.approx(0.4)
    assert fluid == pytest.approx(1.1)  # the fat above; the joint itself is darker
    assert brightest == pytest.approx(1.1)


def test_bright_fluid_speaks_against_t1():
    assert infer_contrast(scan(**{**T1_LIKE, "fluid": 1500}), [HEAD]) is None


def test_heads_that_disagree_or_lie_outside_give_no_look():
    image = scan(**T1_LIKE)
    outside = SimpleNamespace(centre=CENTRE + 200.0, radius=RADIUS)
    assert infer_contrast(image, [HEAD, outside]) is None
    assert infer_contrast(image, []) is None
    assert infer_contrast(image.like(np.zeros_like(image.array)), [HEAD]) is None


def test_the_shipped_samples_look_like_what_they_are():
    folder = resource_path("SampleData")
    heads = heads_from_labels(read_mask(folder / "onfh-right-stage2-outlines.nrrd"))
    assert infer_contrast(read_image(folder / "onfh-right-stage2-t1.nrrd"), heads) == T1
    suppressed = read_image(folder / "onfh-right-stage2-t2fs.nrrd")
    assert [infer_contrast(suppressed, [head]) for head in heads] == [
        None,
        FAT_SUPPRESSED,
    ]  # oedema of the right
    assert infer_contrast(suppressed, heads) is None


def test_the_real_t1_hip_looks_t1_weighted():
    head = SimpleNamespace(centre=np.array([-89.1, 24.2, -743.8]), radius=25.1)
    assert infer_contrast(read_image(shared_data("real_hip_t1", "hip_right_t1.nii.gz")), [head]) == T1


@pytest.mark.parametrize("number", range(1, 12))
def test_no_real_healthy_t1_pelvis_looks_fat_suppressed(number):
    name = f"pelvis_{number:02d}_t1.nii.gz"
    image = read_image(shared_data("real_pelvis_t1", name))
    spheres = json.loads(shared_data("real_pelvis_t1", "spheres.json").read_text(encoding="utf-8"))[name]
    heads = [
        SimpleNamespace(centre=np.array(one["centre"]), radius=one["radius"]) for one in spheres.values()
    ]
    assert FAT_SUPPRESSED not in {infer_contrast(image, [head]) for head in heads}
    assert max(tissue_ratios(image, head.centre, head.radius)[1] for head in heads) < 0.9
    assert not contrast_excludes(infer_contrast(image, heads), ["T1"])


@pytest.mark.parametrize(
    ("look", "sequences", "expected"),
    [
        (T1, ["T2", "T2 FS"], True),
        (T1, ["T1", "T2"], False),
        (T1, ["PD"], False),
        (FAT_SUPPRESSED, ["T2"], True),
        (FAT_SUPPRESSED, ["STIR"], False),
        (None, ["T2"], False),
        (T1, ["T1 FS"], False),  # nothing is known of it
        (T1, [], False),
    ],
)
def test_a_look_is_held_against_sequences_that_cannot_have_it(look, sequences, expected):
    assert contrast_excludes(look, sequences) is expected
