"""The stager applied: geometry of the heatmaps, what is not staged, and what is flagged."""

import numpy as np
import pytest
import torch
from support.stage_parts import WINDOW, pelvis, small_stager

from ONFHAssistLab.training.stage.chain import randomisation_test_of_hip
from ONFHAssistLib.bundles.scope import check_scope
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import FemoralHead, heads_from_labels
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import NECROSIS
from ONFHAssistLib.imaging.series_kind import KINDS
from ONFHAssistLib.stage.answer import stage_of
from ONFHAssistLib.stage.head_crop import crop_grid, crop_head
from ONFHAssistLib.stage.heatmaps import (
    CASCADE,
    activation_map,
    ensemble_heat,
    forward_pass,
    map_similarity,
    measure_heat,
    randomise_weights,
)
from ONFHAssistLib.stage.stager import TRAINED_ON, load_stager, network_input, stage_hips


@pytest.fixture(scope="module")
def stager():
    return small_stager()


@pytest.fixture(scope="module")
def shipped():
    """The stager that comes with the extension."""
    return load_stager()


@pytest.fixture(scope="module")
def oblique():
    return pelvis(spacing=(1.7, 1.5, 3.6), turn_deg=14.0, flips=(1, -1, 1))


def test_both_hips_are_staged_with_heatmaps_on_the_voxels_of_the_input(stager, oblique):
    volume, right, left = oblique
    staging = stage_hips(volume, [left, right], stager)
    assert [hip.head.side for hip in staging.hips] == ["R", "L"]
    for hip in staging.hips:
        assert sum(hip.probabilities.values()) == pytest.approx(1.0)
        assert hip.stage == stage_of(hip.probabilities, 0.5)
        assert 0.0 <= hip.uncertainty < 0.5
        assert hip.heatmap.same_grid(volume)
        assert 0.0 <= hip.heatmap.array.min() <= hip.heatmap.array.max() <= 1.0
        far = np.abs(volume.points() - np.array(hip.head.centre)).max(axis=-1) > hip.head.radius + 12
        assert hip.heatmap.array[far].max() == 0.0


def test_the_same_hip_gets_the_same_answer_however_its_voxels_are_stored(stager):
    """The same body in a flipped and turned grid; noise is off, so that only resampling differs."""
    results = []
    for turn, flips, spacing in ((0.0, (1, 1, 1), (1.5, 1.5, 1.5)), (9.0, (-1, 1, -1), (1.4, 1.6, 1.5))):
        volume, right, _left = pelvis(spacing, turn, flips)
        points = volume.points()
        array = np.sin(points[..., 0] / 15) + np.cos(points[..., 1] / 13) + np.sin(points[..., 2] / 17)
        hip = stage_hips(volume.like(array.astype(np.float32)), [right], stager, heatmaps=False).hips[0]
        results.append([hip.probabilities[s] for s in ("0", "I", "II")])
    np.testing.assert_allclose(results[0], results[1], atol=0.01)


def test_a_mirrored_body_gives_the_left_hip_what_the_right_one_had(stager):
    volume, right, _left = pelvis((2.0, 2.0, 2.0))
    mirrored = volume.like(volume.array[:, :, ::-1].copy())
    twin = FemoralHead("L", (-right.centre[0], *right.centre[1:]), right.radius)
    a = stage_hips(volume, [right], stager).hips[0]
    b = stage_hips(mirrored, [twin], stager).hips[0]
    assert b.probabilities["0"] == pytest.approx(a.probabilities["0"], abs=1e-5)
    np.testing.assert_allclose(b.heatmap.array[:, :, ::-1], a.heatmap.array, atol=1e-3)


def test_nan_constant_and_cropped_heads_are_said_and_not_staged(stager):
    volume, right, left = pelvis((2.0, 2.0, 2.0))
    holes = volume.array.copy()
    holes[20, 30, 15:25] = np.nan
    staging = stage_hips(volume.like(holes), [right, left], stager, heatmaps=False)
    assert staging.hips[0].stage is None
    assert "NaN" in staging.hips[0].problem
    assert staging.hips[1].stage is not None
    flat = stage_hips(volume.like(np.full_like(volume.array, 7.0)), [right], stager, heatmaps=False)
    assert "one value everywhere" in flat.hips[0].problem
    part = volume.cropped((0, 0, 0), (volume.size[0], volume.size[1], 30))
    cut = stage_hips(part, [right], stager, heatmaps=False)
    assert cut.hips[0].stage is None
    assert "of the femoral head lies within the field of view" in cut.hips[0].problem


def test_one_hip_gives_one_answer_and_none_is_refused(stager):
    volume, right, _left = pelvis((3.0, 3.0, 3.0))
    assert len(stage_hips(volume, [right], stager, heatmaps=False).hips) == 1
    with pytest.raises(InputError, match="no femoral head to stage"):
        stage_hips(volume, [], stager)


def test_features_far_from_training_are_flagged_before_the_answer(oblique):
    volume, right, _left = oblique
    staging = stage_hips(volume, [right], small_stager(threshold=1e-6), heatmaps=False)
    assert "unlike the hips that the stager learned from" in staging.out_of_scope[0]


def test_a_refused_stage_has_no_heat_whether_the_features_or_the_header_refuse_it(oblique):
    volume, right, left = oblique
    far = stage_hips(volume, [right, left], small_stager(threshold=1e-6))
    assert far.out_of_scope and [hip.heatmap for hip in far.hips] == [None, None]
    assert all(hip.stage is not None for hip in far.hips)  # computed, and withheld by whoever asked
    kind = stage_hips(
        volume.like(volume.array, modality="MR", series_kind="ADC map"), [right], small_stager()
    )
    assert kind.out_of_scope == (
        "By its header the image is an ADC map; the stager learned from other images.",
    )
    assert kind.hips[0].heatmap is None


@pytest.fixture(scope="module")
def sample():
    """(fat-suppressed series of the sample patient, its right head)."""
    image = read_image(resource_path("SampleData", "onfh-right-stage2-t2fs.nrrd"))
    return image, heads_from_labels(
        read_mask(resource_path("SampleData", "onfh-right-stage2-outlines.nrrd"))
    )[0]


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_shipped_stager_answers_no_series_that_is_no_plain_spin_echo(shipped, sample, kind):
    image, head = sample
    series = image.like(image.array, modality="MR", series_kind=kind)
    (sentence,) = check_scope(series, shipped.accepts, TRAINED_ON, [head], strict=True).out_of_scope
    assert sentence.startswith(f"By its header the image is {KINDS[kind].phrase}")
    assert "the stager learned from T1, T2, T2 FS" in sentence


def test_what_the_shipped_stager_refuses_by_its_header_has_no_heat(shipped, sample):
    image, head = sample
    series = image.like(image.array, modality="MR", series_kind="ADC map")
    staging = stage_hips(series, [head], shipped)
    assert (
        staging.out_of_scope
        == check_scope(series, shipped.accepts, TRAINED_ON, [head], strict=True).out_of_scope
    )
    assert staging.hips[0].heatmap is None


def test_a_sequence_that_is_not_stated_is_read_from_the_image_and_one_that_looks_otherwise_is_withheld(
    shipped,
):
    folder = resource_path("SampleData")
    heads = heads_from_labels(read_mask(folder / "onfh-right-stage2-outlines.nrrd"))
    t1, t2 = (read_image(folder / f"onfh-right-stage2-{name}.nrrd") for name in ("t1", "t2fs"))

    def told(image, **facts):
        silent = Image(image.array, image.spacing, image.origin, image.direction, {"modality": "MR", **facts})
        staging = stage_hips(silent, heads[:1], shipped, heatmaps=False)
        assert staging.hips[0].stage == "II"  # of both series of this hip
        return staging.out_of_scope, staging.warnings

    read = "The image does not state its sequence; that it is {} was read from the image."
    assert told(t1) == ((), (read.format("T1-weighted (T1)"),))
    assert told(t2) == ((), (read.format("fat-suppressed (T2 FS or STIR or PD FS)"),))
    assert told(t1, sequence="PD") == (
        ("The image's sequence is PD; the stager learned from T1, T2, T2 FS, STIR, PD FS.",),
        (),
    )
    assert told(t1, sequence="T2") == (
        ("The image states T2 but looks T1-weighted; check which series it is.",),
        (),
    )
    assert told(t2, sequence="T2 FS") == ((), ())


def test_heads_of_an_outline_are_its_spheres():
    volume, right, left = pelvis((1.5, 1.5, 1.5))
    labels = np.zeros(volume.array.shape, np.uint8)
    for value, head in ((1, right), (2, left)):
        labels[np.linalg.norm(volume.points() - np.array(head.centre), axis=-1) <= head.radius] = value
    labels[(labels == 1) & (volume.points()[..., 2] > 14)] = 3
    for found, head in zip(heads_from_labels(volume.like(labels)), (right, left), strict=True):
        assert found.side == head.side
        assert np.linalg.norm(np.subtract(found.centre, head.centre)) < 0.6
        assert found.radius == pytest.approx(head.radius, abs=0.6)


def test_the_window_is_percentiles_unless_the_image_is_calibrated():
    volume, right, _left = pelvis((2.0, 2.0, 2.0))
    crop = crop_head(volume, crop_grid(right))
    stretched = crop.like(crop.array * 3 + 40)
    torch.testing.assert_close(
        network_input(crop, WINDOW), network_input(stretched, WINDOW), atol=1e-4, rtol=0
    )
    calibrated = network_input(crop.like(crop.array, intensity="calibrated"), WINDOW)
    expected = np.clip((crop.array + 450) / 1500, 0, 1)
    np.testing.assert_allclose(calibrated[0, 0].numpy(), expected, atol=1e-6)


def test_hirescam_of_the_last_layer_adds_up_to_the_contrast(stager):
    """The classifier is linear in what it pools: positive and negative contributions sum to the logit difference."""
    network = stager.network.members[0]
    x = torch.rand(1, 1, 32, 112, 64, generator=torch.Generator().manual_seed(4))
    kept = {}

    def keep(_module, _inputs, output):
        kept["a"] = output.detach().requires_grad_()
        return kept["a"]

    handle = network.pooling.register_forward_hook(keep)
    z = network(x)
    contrast = z[0, 2] - z[0, 0]
    contrast.backward()
    handle.remove()
    whole = (kept["a"] * kept["a"].grad).sum(dim=1)[0].detach()
    bias = network.classifier.bias.detach()
    assert float(whole.sum() + bias[2] - bias[0]) == pytest.approx(float(contrast.detach()), abs=1e-4)
    expected = whole.clamp(min=0).numpy()
    np.testing.assert_allclose(activation_map(network, x, 2, "hirescam", "last"), expected, atol=1e-6)
    np.testing.assert_allclose(forward_pass(network, x).activation_map(2, "hirescam"), expected, atol=1e-6)
    other = activation_map(network, x, 2, "gradcam", "last")
    np.testing.assert_allclose(forward_pass(network, x).activation_map(2, "gradcam"), other, atol=1e-6)


def test_heat_of_an_ensemble_has_peak_one_and_the_size_of_the_input(stager):
    x = torch.rand(1, 1, 32, 112, 64, generator=torch.Generator().manual_seed(5))
    for method in ("gradcam", "gradcam++", "hirescam"):
        heat = ensemble_heat(list(stager.network.members), x, 1, method, "block2")
        assert not any(m._forward_hooks or m.training for m in stager.network.modules())
        assert heat.shape == (32, 112, 64)
        assert heat.min() >= 0.0
        assert heat.max() in (0.0, pytest.approx(1.0))


def test_heat_is_measured_in_ml_and_mm():
    volume, right, _left = pelvis((1.0, 1.0, 1.0))
    points = volume.points()
    away = np.linalg.norm(points - np.array(right.centre), axis=-1)
    ball, cap = away <= right.radius, (away <= right.radius) & (points[..., 2] > right.centre[2] + 8)
    middle = np.add(right.centre, (0, 0, 12))
    heat = np.where(np.linalg.norm(points - middle, axis=-1) <= 6, 0.8, 0.0)
    facts = measure_heat(volume.like(heat.astype(np.float32)), ball, cap)
    assert facts.volume_ml == pytest.approx(4 / 3 * np.pi * 0.6**3, rel=0.05)
    assert facts.surface_mm2 == pytest.approx(4 * np.pi * 36, rel=0.15)
    assert facts.mass_in_head == pytest.approx(1.0)
    assert facts.peak_to_necrosis_mm == 0.0 or facts.peak_to_necrosis_mm < 3
    outside = measure_heat(volume.like(np.roll(heat, 60, axis=2).astype(np.float32)), ball, cap)
    assert outside.mass_in_head == 0.0
    assert outside.peak_to_necrosis_mm > 20
    assert measure_heat(volume.like(np.zeros_like(heat, np.float32))).peak is None


def test_a_heatmap_is_like_itself_and_unlike_noise():
    rng = np.random.default_rng(0)
    heat = rng.random((32, 112, 64)).astype(np.float32)
    same = map_similarity(heat, heat)
    assert same["ssim"] == pytest.approx(1.0, abs=1e-4)
    assert same["rank_correlation"] == pytest.approx(1.0)
    other = map_similarity(heat, rng.random(heat.shape).astype(np.float32))
    assert abs(other["ssim"]) < 0.2
    assert abs(other["rank_correlation"]) < 0.1


def test_weights_are_randomised_from_the_answer_down_to_a_part(stager):
    network = stager.network.members[0]
    own = network.state_dict()
    every = [name for parts in CASCADE.values() for name in parts]
    assert {key.split(".")[0] for key in own} == set(every)
    seen = set()
    for part, names in CASCADE.items():
        seen |= set(names)
        fresh = randomise_weights(network, 3, part).state_dict()
        for key, value in own.items():
            kept = key.split(".")[0] not in seen
            drawn = key.endswith("weight") and value.ndim > 1
            if kept or drawn:
                assert torch.equal(fresh[key], value) == kept, (part, key)


def test_the_shipped_heat_depends_on_what_was_learned(shipped):
    """Adebayo et al. 2018: new weights must make another heatmap, on the sample patient's hip with osteonecrosis."""
    stager = shipped
    image = read_image(resource_path("SampleData") / "onfh-right-stage2-t2fs.nrrd")
    labels = read_mask(resource_path("SampleData") / "onfh-right-stage2-outlines.nrrd")
    head = heads_from_labels(labels)[0]
    grid = crop_grid(head, stager.margin)
    x = network_input(crop_head(image, grid), stager.window)
    members = list(stager.network.members)[:2]
    fresh = {"stem": [randomise_weights(member, number) for number, member in enumerate(members)]}
    found = randomisation_test_of_hip(members, fresh, x, 2, stager.heat)
    assert found.similarity["stem"]["ssim"] < 0.5 < found.similarity_of_members
    necrosis = crop_head(labels, grid, "nearest").array == NECROSIS[head.side]
    inside, elsewhere = found.heat[necrosis].mean(), found.heat[~necrosis].mean()
    assert inside > 3 * elsewhere
    assert found.random_heat[necrosis].mean() < inside
