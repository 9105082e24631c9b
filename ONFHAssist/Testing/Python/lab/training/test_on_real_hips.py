"""Training on real hips with painted disease: folds by patient, undecided stages, mean networks, cubes and crops."""

import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.hybrid.real_hips import RealHead, digest_of  # noqa: E402
from ONFHAssistLab.training.hybrid_cubes import hybrid_cubes  # noqa: E402
from ONFHAssistLab.training.outliner_on_real import folds_of, mean_network, write_folds  # noqa: E402
from ONFHAssistLab.training.stage.data import UNDECIDED  # noqa: E402
from ONFHAssistLab.training.stage.fit import focal_loss  # noqa: E402
from ONFHAssistLab.training.stage.on_real import choose_certainty  # noqa: E402
from ONFHAssistLab.training.stage.varied import hybrid_hips, varied_hips  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.segment.outliner import build_network  # noqa: E402


@pytest.fixture(scope="module")
def head(tmp_path_factory):
    """A left head as a bright ball in grey tissue, brighter to the midline, on thick coronal slices."""
    centre, radius = np.array([85.0, 0.0, 0.0]), 24.0
    grid = Image(
        np.zeros((34, 110, 110), np.float32),
        (1.6, 1.6, 5.0),
        (0.0, -82.0, 88.0),
        (1, 0, 0, 0, 0, 1, 0, -1, 0),
    )
    points = grid.points()
    array = np.where(np.linalg.norm(points - centre, axis=-1) <= radius, 1000.0, 350.0)
    array = array * np.where(points[..., 0] < centre[0], 1.2, 1.0)
    image = grid.like(array.astype(np.float32))
    path = tmp_path_factory.mktemp("real") / "one.nii.gz"
    return RealHead("one", path, image, "L", centre, radius, "T1")


def test_every_patient_is_in_one_fold_and_folds_are_of_equal_size():
    patients = [f"p{number}" for number in range(11)]
    fold = folds_of(patients, 3)
    assert set(fold) == set(patients)
    assert sorted(np.bincount(list(fold.values()))) == [3, 4, 4]
    assert folds_of(patients, 3) == fold  # of every training, so that a chain of networks is cross-validated


def test_the_folds_are_kept_beside_their_bundles(tmp_path):
    write_folds(tmp_path / "folds", {"b": 0, "a": 2})
    kept = json.loads((tmp_path / "folds" / "patients.json").read_text(encoding="utf-8"))
    assert kept == {"a": 3, "b": 1}


def test_fewer_patients_than_folds_are_refused():
    with pytest.raises(InputError, match="2 real patients cannot be parted into 3 folds"):
        folds_of(["a", "b"], 3)


def test_the_mean_network_has_the_mean_weights_and_the_statistics_of_what_it_is_shown():
    torch.manual_seed(0)
    members = [build_network(), build_network()]
    batches = [torch.randn(2, 1, 16, 16, 16) * 3 + 5 for _ in range(2)]
    network = mean_network(members, iter(batches))
    name = next(key for key, value in members[0].state_dict().items() if value.dim() == 5)
    wanted = 0.5 * (members[0].state_dict()[name] + members[1].state_dict()[name])
    assert torch.allclose(network.state_dict()[name], wanted)
    alone = mean_network([network], iter(batches))
    for key, value in network.state_dict().items():
        assert torch.allclose(alone.state_dict()[key].float(), value.float(), atol=1e-4), key
    assert not network.training


def test_an_undecided_stage_costs_as_much_as_the_sum_of_both_is_far_from_one():
    logits = torch.tensor([[0.0, 2.0, -1.0], [1.0, 0.0, 0.0]])
    p = torch.softmax(logits, 1)
    both = p[:, 1] + p[:, 2]
    target = torch.tensor([UNDECIDED, UNDECIDED])
    assert float(focal_loss(logits, target, 0.0)) == pytest.approx(float(-both.log().mean()))
    known = focal_loss(logits, torch.tensor([1, 0]), 0.0)
    assert float(known) == pytest.approx(float(-(p[0, 1].log() + p[1, 0].log()) / 2))


def test_a_stage_is_named_from_the_certainty_on_at_which_it_is_right_often_enough():
    stages = np.array([1] * 10 + [2] * 10)
    sure, unsure = (0.05, 0.85, 0.10), (0.05, 0.55, 0.40)
    probability = np.array([sure] * 10 + [unsure] * 10)  # right where it is sure, wrong where it is not
    assert choose_certainty(stages, probability) == pytest.approx(0.6)
    assert choose_certainty(np.array([1] * 20), probability) == pytest.approx(0.5)
    assert choose_certainty(np.array([2] * 20), probability) == pytest.approx(0.95)


def test_cubes_of_real_heads_are_right_hips_with_their_labels(head):
    for image, labels in islice(hybrid_cubes([head], 64, 1.25, 3, augment=False), 4):
        assert image.dtype == labels.dtype == np.uint8
        ball = (labels > 0).sum() * 1.25**3 / 1000.0
        assert 45.0 < ball < 58.0  # 57.9 ml but for what lies down the neck
        inside = image[labels == 1]
        assert np.median(inside) > 1.5 * np.median(image[labels == 0])
        # A left hip is mirrored: its midline, which is brighter here, lies at the end of x.
        row = image[4:8, 28:36, :].mean(axis=(0, 1))
        assert row[50:].mean() > 1.1 * row[:14].mean()


def test_half_of_the_cubes_or_more_hold_a_necrosis(head):
    held = [bool((labels == 2).any()) for _, labels in islice(hybrid_cubes([head], 24, 3.0, 5), 24)]
    assert 0.35 < np.mean(held) < 0.9


def test_crops_of_real_heads_have_no_stage_where_a_necrosis_was_painted(head, tmp_path):
    hips = hybrid_hips([head], 6, 1, tmp_path)
    assert set(hips.stages) == {0, UNDECIDED}
    for stage, labels in zip(hips.stages, hips.labels, strict=True):
        assert (labels == 2).any() == (stage == UNDECIDED)
    assert set(hips.patients) == {"one"}
    assert set(hips.sequences) == {"T1"}
    again = hybrid_hips([head], 6, 1, tmp_path)
    np.testing.assert_array_equal(again.crops, hips.crops)


def test_crops_of_a_head_that_was_moved_are_cut_anew(head, tmp_path):
    first = hybrid_hips([head], 1, 1, tmp_path)
    moved = replace(head, centre=head.centre + np.array([0.0, 0.0, 6.0]))
    assert digest_of([moved]) != digest_of([head])
    assert not np.array_equal(hybrid_hips([moved], 1, 1, tmp_path).crops, first.crops)


def test_crops_of_simulated_hips_carry_the_stage_of_their_side(tmp_path):
    hips = varied_hips(1, 2, 4, tmp_path)
    assert len(hips) == 4
    for stage, labels in zip(hips.stages, hips.labels, strict=True):
        assert (labels == 1).any()
        if stage == 0:
            assert not (labels == 2).any()
    assert any((labels == 2).any() for labels in hips.labels) == bool((hips.stages > 0).any())
