"""A hospital's own outlines as training cubes: on the right side, of the right hip, held back by patient."""

from __future__ import annotations

import csv

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support.exact_networks import rotation  # noqa: E402
from support.outlined_pelves import LESION, RADIUS, cohort, pelvis, table  # noqa: E402

from ONFHAssistLab.training import volumes as training  # noqa: E402
from ONFHAssistLab.training.own_patients import MixedStream, read_own_patients, validation_cubes  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.files import write_image  # noqa: E402

SIZE, SPACING = 64, 1.25


def middle(mask):
    """(z, y, x) of the centre of a mask, in mm from the cube's middle."""
    return (np.argwhere(mask).mean(axis=0) - 0.5 * (SIZE - 1)) * SPACING


@pytest.mark.parametrize("turn", [np.eye(3), rotation(0.2, -0.15, 0.25), np.diag([-1.0, 1.0, -1.0])])
def test_every_hip_becomes_a_right_one_about_its_head(tmp_path, turn):
    own = read_own_patients(cohort(tmp_path, "abcd", turn=turn), seed=1)
    assert [hip.side for hip in own.train] == ["R", "L"] * 3
    for hip in own.train:
        image, target = hip.cube(SIZE, SPACING)
        assert image.dtype == target.dtype == np.uint8
        assert np.abs(middle(target > 0)).max() < 1.5
        # Lateral of a right hip is towards smaller x, above towards larger z.
        assert middle(target == 2) == pytest.approx([12.0, 0.0, -6.0], abs=1.6)
        assert (target > 0).sum() * SPACING**3 == pytest.approx(4 / 3 * np.pi * RADIUS**3, rel=0.05)
        assert (target == 2).sum() * SPACING**3 == pytest.approx(4 / 3 * np.pi * LESION**3, rel=0.12)
        bright = image > 0.75 * 170
        assert middle(bright) == pytest.approx(middle(target == 2), abs=0.8)


def test_turned_cubes_keep_image_and_outline_together(tmp_path):
    hip = read_own_patients(cohort(tmp_path, "abcd"), seed=1).train[1]
    rng = np.random.default_rng(4)
    cubes = [hip.cube(SIZE, SPACING, rng) for _ in range(5)]
    places = np.array([middle(target == 2) for _, target in cubes])
    assert np.ptp(places, axis=0).max() > 2.0
    for image, target in cubes:
        assert middle(image > 0.75 * 170) == pytest.approx(middle(target == 2), abs=0.8)


def test_patients_not_hips_are_held_back(tmp_path):
    own = read_own_patients(cohort(tmp_path, "abcdefgh"), seed=3)
    held, learnt = {hip.case for hip in own.validation}, {hip.case for hip in own.train}
    assert len(held) == 2 and own.patients == 6
    assert not held & learnt
    assert len(list(validation_cubes(own, SIZE, SPACING))) == 4
    again = read_own_patients(tmp_path / "own.csv", seed=3)
    assert {hip.case for hip in again.validation} == held


def test_half_of_each_batch_is_the_hospital_s(tmp_path):
    own = read_own_patients(cohort(tmp_path, "abcd", lesions=""), seed=1)
    simulated = (np.zeros((SIZE,) * 3, np.uint8),) * 2

    class Simulator:
        def draw(self, count):
            return [simulated] * count

        def close(self):
            self.closed = True

    source = Simulator()
    stream = MixedStream(source, own, 0.5, SIZE, SPACING, seed=1)
    batches = [stream.draw(4) for _ in range(12)]
    assert all(len(batch) == 4 for batch in batches)
    mine = sum(bool(target.any()) for batch in batches for _, target in batch)
    assert 14 <= mine <= 34
    stream.close()
    assert source.closed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda rows: [{"case": r["case"], "image": r["image"]} for r in rows],
            "lacks the column 'segmentation'",
        ),
        (lambda rows: rows[:3], "has 3 patients; at least 4"),
        (
            lambda rows: [*rows, rows[1] | {"case": "e"}],
            "line 6: b.nii.gz of e is the same image as one of b",
        ),
        (lambda rows: [*rows[:3], rows[3] | {"image": ""}], "line 5: the column 'image' is empty"),
        (lambda rows: [*rows[:3], rows[3] | {"segmentation": "no.nii.gz"}], "no.nii.gz does not exist"),
        (lambda rows: [*rows[:3], rows[3] | {"segmentation": "small.nii.gz"}], "has another grid"),
        (lambda rows: [*rows[:3], rows[3] | {"segmentation": "empty.nii.gz"}], "outlines no femoral head"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_by_name(tmp_path, change, said):
    path = cohort(tmp_path, "abcd")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    _, labels = pelvis()
    write_image(labels.like(np.zeros_like(labels.array)), tmp_path / "empty.nii.gz")
    write_image(labels.cropped((0, 0, 0), (50, 50, 10)), tmp_path / "small.nii.gz")
    with pytest.raises(InputError, match=said):
        read_own_patients(table(tmp_path, change(rows)), seed=1)


def test_training_goes_on_from_the_weights_that_are_given(tmp_path, monkeypatch):
    """With a learning rate of nothing the network stays what it was given."""
    monkeypatch.setattr(
        training, "patient_bank", lambda *_: training.PatientBank.__new__(training.PatientBank)
    )
    monkeypatch.setattr(training.PatientBank, "part", lambda self, _chosen: self)
    monkeypatch.setattr(
        training,
        "VolumeStream",
        lambda *_, **__: type("S", (), {"draw": lambda *_: [], "close": lambda *_: 0})(),
    )
    given = {"weight": torch.full((1, 1), 3.0), "bias": torch.full((1,), 2.0)}
    network, _, _ = training.train_on_patients(
        "x", lambda: torch.nn.Linear(1, 1), None, None,
        lambda net, _batch, _rng: (net(torch.zeros(1, 1)).sum(), {}),
        training.Schedule(2, learning_rate=0.0), patients=4, seed=1, work=tmp_path, report=lambda *_: None, start=given,
    )  # fmt: skip
    assert network.weight.item() == 3.0
    assert network.bias.item() == 2.0
