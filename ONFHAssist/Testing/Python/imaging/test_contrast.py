"""How a series looks about the heads: the shipped samples, the real T1 hip, and balls whose tissues are known."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.contrast import (
    FAT_SUPPRESSED,
    RATIOS,
    T1,
    T2,
    contrast_excludes,
    contrast_model,
    infer_contrast,
    tissue_ratios,
)
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import heads_from_labels
from ONFHAssistLib.imaging.image import Image

CENTRE, RADIUS = np.array([-80.0, 12.0, -300.0]), 24.0
HEAD = SimpleNamespace(centre=CENTRE, radius=RADIUS)


def scan(
    marrow, muscle, cortex, fluid, fat, direction=((1, 0, 0), (0, 1, 0), (0, 0, 1)), spacing=(2.0, 2.0, 3.0)
):
    """A grainy head of marrow in its cortex with a crescent of fluid, in muscle, with fat above and air in front."""
    size = np.round(np.array([140.0, 140.0, 144.0]) / spacing).astype(int)
    corner = CENTRE - np.asarray(direction, float) @ (np.array(spacing) * (size - 1) / 2)
    image = Image(
        np.zeros(size[::-1], np.float32), tuple(spacing), tuple(corner), tuple(np.asarray(direction).ravel())
    )
    offset = image.points() - CENTRE
    distance = np.linalg.norm(offset, axis=-1) / RADIUS
    array = np.full(distance.shape, muscle, np.float32)
    array[offset[..., 2] > -0.2 * RADIUS] = 0.5 * (muscle + fat)  # streaks of fat within muscle
    array[offset[..., 2] > 0.3 * RADIUS] = fat
    array[offset[..., 1] < -1.3 * RADIUS] = 0.0
    array[distance < 1.07] = np.where(offset[distance < 1.07][:, 2] < -0.7 * RADIUS, fluid, cortex)
    array[distance < 1.0] = marrow
    grain = np.random.default_rng(1).normal(1.0, 0.08, array.shape)
    return image.like((array * grain).astype(np.float32))


T1_LIKE = {"marrow": 1000, "muscle": 430, "cortex": 300, "fluid": 350, "fat": 1050}
T2_LIKE = {"marrow": 1000, "muscle": 200, "cortex": 420, "fluid": 1500, "fat": 950}
STIR_LIKE = {"marrow": 130, "muscle": 300, "cortex": 60, "fluid": 1200, "fat": 120}


@pytest.mark.parametrize(("tissues", "look"), [(T1_LIKE, T1), (T2_LIKE, T2), (STIR_LIKE, FAT_SUPPRESSED)])
@pytest.mark.parametrize("turn", [0.0, 25.0, 180.0])
@pytest.mark.parametrize("spacing", [(2.0, 2.0, 3.0), (0.7, 0.9, 4.4), (4.4, 0.7, 0.7)])
def test_contrasts_are_told_in_any_direction_with_air_in_view(tissues, look, turn, spacing):
    a = np.radians(turn)
    direction = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
    assert infer_contrast(scan(**tissues, direction=direction, spacing=spacing), [HEAD]) == look
    flipped = direction @ np.diag([-1.0, 1.0, -1.0])
    assert infer_contrast(scan(**tissues, direction=flipped, spacing=spacing), [HEAD]) == look


def test_ratios_are_those_of_the_tissues_over_the_marrow():
    ratios = tissue_ratios(scan(**T1_LIKE), CENTRE, RADIUS)
    assert tuple(ratios) == RATIOS
    assert ratios["around 25%"] == pytest.approx(
        0.42, abs=0.03
    )  # muscle; the marrow's 75% lies above its middle
    assert ratios["around 75%"] == pytest.approx(1.0, abs=0.04)  # fat
    assert ratios["joint 50%"] == pytest.approx(0.65, abs=0.05)  # between cortex and what lies beyond
    assert ratios["head 10%"] == pytest.approx(0.85, abs=0.02)


def test_brightness_of_the_whole_series_means_nothing():
    image = scan(**T1_LIKE)
    assert tissue_ratios(image.like(image.array * 37.0), CENTRE, RADIUS) == pytest.approx(
        tissue_ratios(image, CENTRE, RADIUS), rel=1e-4
    )


def test_what_lies_outside_of_every_class_has_no_look():
    assert infer_contrast(scan(**{**STIR_LIKE, "marrow": 5}), [HEAD]) is None  # a void is no marrow
    model, own = contrast_model(), np.array(list(tissue_ratios(scan(**T1_LIKE), CENTRE, RADIUS).values()))
    assert model.contrast_of(own[None]) == T1
    for k, factor in ((0, 0.99), (6, 0.99)):
        beyond = own.copy()
        beyond[k] = factor * np.exp(model.low[0][k])
        assert model.contrast_of(beyond[None]) != T1


def test_heads_that_disagree_or_lie_outside_give_no_look():
    image = scan(**T1_LIKE)
    outside = SimpleNamespace(centre=CENTRE + 200.0, radius=RADIUS)
    assert infer_contrast(image, [HEAD]) == T1
    assert infer_contrast(image, [HEAD, outside]) is None
    assert infer_contrast(image, []) is None
    assert infer_contrast(image.like(np.zeros_like(image.array)), [HEAD]) is None
    model, ratios = (
        contrast_model(),
        [list(tissue_ratios(scan(**tissues), CENTRE, RADIUS).values()) for tissues in (T1_LIKE, STIR_LIKE)],
    )
    assert [model.contrast_of(np.array([one])) for one in ratios] == [T1, FAT_SUPPRESSED]
    assert model.contrast_of(np.array(ratios)) is None


def test_the_shipped_samples_look_like_what_they_are():
    folder = resource_path("SampleData")
    heads = heads_from_labels(read_mask(folder / "onfh-right-stage2-outlines.nrrd"))
    assert infer_contrast(read_image(folder / "onfh-right-stage2-t1.nrrd"), heads) == T1
    assert infer_contrast(read_image(folder / "onfh-right-stage2-t2fs.nrrd"), heads) == FAT_SUPPRESSED


def test_the_real_t1_hip_looks_t1_weighted():
    head = SimpleNamespace(centre=np.array([-89.1, 24.2, -743.8]), radius=25.1)
    assert infer_contrast(read_image(shared_data("real_hip_t1", "hip_right_t1.nii.gz")), [head]) == T1


@pytest.mark.parametrize("number", range(1, 12))
def test_every_real_healthy_t1_pelvis_looks_t1_weighted_and_none_of_its_hips_fat_suppressed(number):
    name = f"pelvis_{number:02d}_t1.nii.gz"
    image = read_image(shared_data("real_pelvis_t1", name))
    spheres = json.loads(shared_data("real_pelvis_t1", "spheres.json").read_text(encoding="utf-8"))[name]
    heads = [
        SimpleNamespace(centre=np.array(one["centre"]), radius=one["radius"]) for one in spheres.values()
    ]
    assert infer_contrast(image, heads) == T1
    for step in ((2.0, 0.0, 0.0), (0.0, -2.0, 0.0), (0.0, 0.0, 2.0)):  # as a detector finds them
        moved = [SimpleNamespace(centre=head.centre + step, radius=0.97 * head.radius) for head in heads]
        assert infer_contrast(image, moved) == T1
        assert {infer_contrast(image, [head]) for head in moved} <= {T1, None}


@pytest.mark.parametrize(
    ("look", "sequences", "expected"),
    [
        (T1, ["T2", "T2 FS"], True),
        (T1, ["T1", "T2"], False),
        (T1, ["PD"], False),
        (T2, ["PD"], False),
        (T2, ["T1"], True),
        (FAT_SUPPRESSED, ["PD"], True),
        (FAT_SUPPRESSED, ["T2"], True),
        (FAT_SUPPRESSED, ["STIR"], False),
        (None, ["T2"], False),
        (T1, ["T1 FS"], False),  # nothing is known of it
        (T1, [], False),
    ],
)
def test_a_look_is_held_against_sequences_that_cannot_have_it(look, sequences, expected):
    assert contrast_excludes(look, sequences) is expected
