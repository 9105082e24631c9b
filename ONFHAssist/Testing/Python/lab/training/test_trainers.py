"""What the trainers make of a random volume: boxes, masks, sides, and what is to be ignored."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.acquisition.randomise import Joint, Sample  # noqa: E402
from ONFHAssistLab.training import detector as train_detector  # noqa: E402
from ONFHAssistLab.training import outliner as train_outliner  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402


def sample(joints, labels=None, seen=None, size=64, spacing=4.0):
    image = Image(
        np.random.default_rng(0).uniform(0.1, 1, (size,) * 3).astype(np.float32),
        (spacing,) * 3,
        (-128.0, -128.0, -128.0),
    )
    whole = (slice(0, size),) * 3
    return Sample(
        image,
        image.like(labels if labels is not None else np.zeros((size,) * 3, np.uint8)),
        "random",
        joints,
        seen or whole,
    )


def joint(side, centre, replaced=False):
    return Joint(side, np.array(centre, float), 24.0, replaced)


def test_boxes_lie_about_the_centres_in_voxels():
    _, rows = train_detector.prepare(
        sample((joint("R", (-88, 0, 10)), joint("L", (88, 0, 10), replaced=True)))
    )
    assert rows.shape == (2, 9)
    assert np.allclose(rows[0, :6], [35 - 6, 32.5 - 6, 10.5 - 6, 35 + 6, 32.5 + 6, 10.5 + 6])
    assert rows[:, 6].tolist() == [0.0, 1.0]
    assert rows[:, 7].tolist() == [0.0, 1.0]
    assert not rows[:, 8].any()


def test_a_head_of_which_too_little_is_seen_is_ignored_and_one_outside_is_left_out():
    seen = (slice(0, 64), slice(0, 64), slice(10, 64))
    _, rows = train_detector.prepare(sample((joint("R", (-94, 0, 0)), joint("L", (180, 0, 0))), seen=seen))
    assert rows.shape == (1, 9)
    assert rows[0, 8] == 1.0


def test_mirroring_moves_boxes_and_swaps_sides():
    image = np.zeros((16, 16, 16), np.float32)
    image[6:10, 6:10, 2:6] = 1.0
    rows = np.array([[6, 6, 2, 10, 10, 6, 0, 0, 0]], np.float32)

    class Always:
        """A generator that mirrors, does not shift, and changes nothing else."""

        def random(self):
            return 0.4

        def integers(self, low, high, size):
            return np.zeros(size, int)

        def normal(self, mean, deviation, size=None):
            return np.zeros(size) if size else 0.0

        def uniform(self, low, high):
            return 1.0

    mirrored, moved = train_detector._augmented(image, rows.copy(), Always())
    box = [int(v) for v in moved[0, :6]]
    assert mirrored[box[0] : box[3], box[1] : box[4], box[2] : box[5]].min() > 0.9
    assert moved[0, 7] == 1.0


def test_the_outliner_sees_a_left_hip_as_a_right_one():
    labels = np.zeros((72,) * 3, np.uint8)
    labels[20:50, 20:50, 40:60] = 2
    labels[40:50, 30:40, 50:60] = 4
    image, target = train_outliner.prepare(sample((), labels, size=72, spacing=1.25))
    assert target[:, :, 12:32].any()
    assert not target[:, :, 40:].any()
    assert set(np.unique(target)) == {0, 1, 2}
    assert (target == 2).sum() == 1000
    assert image.dtype == np.uint8


def test_a_cube_without_a_head_has_no_target_and_is_kept():
    joints = (joint("R", (-88, 0, 0)), joint("L", (88, 0, 0)))
    _, target = train_outliner.prepare(sample(joints, size=72, spacing=1.25))
    assert not target.any()


def test_shifted_batches_keep_image_and_labels_together():
    labels = np.zeros((72,) * 3, np.uint8)
    labels[30:40, 30:40, 30:40] = 1
    image = (labels * 170).astype(np.uint8)
    images, targets = train_outliner.batch_of([(image, labels)] * 4, np.random.default_rng(1))
    assert images.shape == (4, 1, 64, 64, 64)
    for cube, target in zip(images[:, 0], targets[:, 0], strict=True):
        assert bool(((cube > 0.4) == (target == 1)).all())
