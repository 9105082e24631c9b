"""Real images for the detector: other contrasts, boxes on stored axes of any kind, and the figures of held patients."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from support.exact_networks import BallFinder, rotation  # noqa: E402

from ONFHAssistLab.simulate.hybrid.real_hips import RealHead  # noqa: E402
from ONFHAssistLab.training import network_cards  # noqa: E402
from ONFHAssistLab.training.contrasts import (  # noqa: E402
    JUDGED,
    Contrast,
    draw_contrast,
    in_contrast,
    marrow_level,
)
from ONFHAssistLab.training.detection import on_real, real_volumes  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402

CENTRES, RADIUS = {"R": np.array([-80.0, 5.0, -10.0]), "L": np.array([85.0, 0.0, 5.0])}, 24.0


def body(turn=None, flip=False, spacing=(3.0, 3.0, 5.0)):
    """Both heads as balls of 1000 in tissue of 300, on voxels along ``turn``'s columns."""
    turn = np.eye(3) if turn is None else turn
    turn = turn * np.array([-1.0 if flip else 1.0, 1.0, 1.0])
    size = (110, 70, 36)
    origin = -turn @ (0.5 * (np.array(size) - 1) * np.array(spacing))
    grid = Image(np.zeros(size[::-1], np.float32), spacing, tuple(origin), tuple(turn.ravel()))
    points = grid.points()
    inside = [np.linalg.norm(points - centre, axis=-1) <= RADIUS for centre in CENTRES.values()]
    return grid.like(np.where(np.any(inside, axis=0), 1000.0, 300.0).astype(np.float32))


def heads_of(image, name="one"):
    return [
        RealHead(name, Path(f"{name}.nii.gz"), image, side, centre, RADIUS, "T1")
        for side, centre in CENTRES.items()
    ]


def test_grey_values_follow_the_curve_and_borders_of_fat_are_darkened():
    image = body()
    plain = Contrast((0.0, 0.3, 1.0, 3.0), (0.0, 0.8, 0.2, 0.2))
    made = in_contrast(image, 1000.0, plain).array
    assert np.unique(made) == pytest.approx([0.2, 0.8])
    inked = in_contrast(image, 1000.0, Contrast(plain.levels, plain.values, 0.5)).array
    middle = tuple(image.point_to_index(CENTRES["R"]).round().astype(int)[::-1])
    rim = tuple(image.point_to_index(CENTRES["R"] + [0.0, RADIUS, 0.0]).round().astype(int)[::-1])
    assert inked[middle] == pytest.approx(made[middle])
    assert inked[rim] < 0.9 * made[rim]


@given(st.integers(0, 10_000))
@settings(max_examples=30)
def test_drawn_curves_leave_the_air_dark(seed):
    contrast = draw_contrast(np.random.default_rng(seed))
    assert contrast.values[0] <= 0.03
    assert contrast.values[1] <= 0.3
    assert 0.0 <= min(contrast.values) <= max(contrast.values) <= 1.0


def test_marrow_is_brighter_and_darker_than_muscle_by_turns():
    drawn = [draw_contrast(np.random.default_rng(seed)).values for seed in range(40)]
    brighter = [values[5] > values[3] for values in drawn]  # at the marrow's level and at muscle's
    assert 10 < sum(brighter) < 30
    assert marrow_level(body(), list(CENTRES.values())) == 1000.0


@pytest.mark.parametrize("flip", [False, True])
@pytest.mark.parametrize("angles", [(0.0, 0.0, 0.0), (0.3, -0.2, 0.4)])
def test_boxes_lie_about_the_heads_on_their_sides(angles, flip, monkeypatch):
    monkeypatch.setattr(real_volumes, "AS_SCANNED", 1.0)
    monkeypatch.setattr(real_volumes, "NOISE", 0.0)
    image = body(rotation(*angles), flip)
    rng, seen = np.random.default_rng(5), set()
    for _ in range(12):
        array, rows = real_volumes.real_volume(image, heads_of(image), 1000.0, rng)
        for row in rows[rows[:, 8] == 0]:
            low, high = (np.clip(row[i : i + 3].round().astype(int), 0, array.shape) for i in (0, 3))
            part = array[tuple(slice(a, b) for a, b in zip(low, high, strict=True))] > 110
            whole = np.all((row[:3] > 1) & (row[3:6] < np.array(array.shape) - 1))
            if whole and part.mean() > 0.4:  # not cut by the field of view
                middle = np.argwhere(part).mean(axis=0) + low + 0.5
                assert np.allclose(middle, 0.5 * (row[:3] + row[3:6]), atol=0.5)
                seen.add(bool(row[7]))
        if len(rows) == 2:
            right, left = rows[np.argsort(rows[:, 7])]
            assert right[2] < left[2]  # x of the grid grows to the patient's left
    assert seen == {False, True}


def test_a_head_outside_the_field_of_view_has_no_box_and_half_a_one_is_ignored():
    image = body()
    index = round(float(image.point_to_index(CENTRES["L"])[0]))
    half = image.cropped((0, 0, 0), (index, *image.size[1:]))
    head = heads_of(image)[1]
    grid = Image(np.zeros((64,) * 3, np.uint8), (4.0,) * 3, (-126.0,) * 3)
    share = real_volumes._share_seen(head, half, grid)
    assert share == pytest.approx(0.5, abs=0.12)  # the cut is within a voxel of 3 mm
    none = image.cropped((0, 0, 0), (index - 10, *image.size[1:]))
    assert real_volumes._share_seen(head, none, grid) == 0.0


def test_figures_count_heads_and_other_boxes_by_contrast(monkeypatch):
    image = body()
    known = [heads_of(image, "one"), heads_of(image, "two")[:1]]  # of the second only the right head is known
    networks = [BallFinder(level=0.7), BallFinder(level=0.7)]
    monkeypatch.setattr(on_real, "JUDGED", {"dark": Contrast((0.0, 0.3, 1.0, 3.0), (0.0, 0.6, 0.2, 0.2))})
    figures = on_real.real_figures(
        list(zip(networks, known, strict=True)), {"threshold": 0.5, "prosthesis_threshold": 0.9}
    )
    assert figures["real_sensitivity"]["value"] == 1.0
    assert figures["real_sensitivity"]["low"] == pytest.approx(0.3424, abs=1e-3)  # Wilson, 2 of 2 patients
    assert figures["real_false_boxes_per_image"]["value"] == 0.5
    assert figures["real_false_boxes_per_image"]["low"] == pytest.approx(
        0.0127, abs=1e-3
    )  # one in two, Garwood
    assert figures["real_false_boxes_per_image"]["high"] == pytest.approx(2.786, abs=1e-3)
    assert figures["real_dark_sensitivity"]["value"] == 0.0


def test_the_card_says_which_real_images_were_learned_from():
    story = network_cards.TrainingHistory(
        97, "onfh train detector --on FOLDER", [{"step": 10, "seconds": 60}],
        real="22 heads of eleven real patients (a collection, CC BY 3.0)", painted=False,
    )  # fmt: skip
    metadata = network_cards.detector_metadata({}, story)
    assert "22 heads of eleven real patients (a collection, CC BY 3.0)" in metadata["training_data"]
    assert "other contrasts than their own" in metadata["training_data"]
    assert "painted" not in metadata["training_data"]
    assert set(JUDGED) == {"marrow like muscle", "out of phase", "fat suppressed"}
