"""The training of the femur finder on blocks of a few voxels: it learns, is not done twice, and its bundle opens."""

from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.acquisition.randomise import Joint, Sample  # noqa: E402
from ONFHAssistLab.training.blocks import MARGIN  # noqa: E402
from ONFHAssistLab.training.femur import fit  # noqa: E402
from ONFHAssistLab.training.femur.card import TrainingHistory  # noqa: E402
from ONFHAssistLab.training.volumes import Schedule, train_network  # noqa: E402
from ONFHAssistLib.imaging.image import Image  # noqa: E402
from ONFHAssistLib.imaging.labels import HEAD  # noqa: E402
from ONFHAssistLib.segment.femur import build_network, load_femur_finder  # noqa: E402

SMALL = (24, 16, 24)
STEPS = Schedule(36, batch_size=2, learning_rate=1e-2, decay=0.8, checkpoint_every=12)
FIGURE = {"value": 0.9, "low": 0.8, "high": 0.95}


class BrightBalls:
    """Volumes with one bright ball, which is the femur."""

    def __init__(self):
        self._rng = np.random.default_rng(3)
        self.drawn = 0

    def draw(self, count):
        self.drawn += count
        shape = tuple(n + 2 * MARGIN for n in SMALL)
        found = []
        for _ in range(count):
            middle = np.array(shape) / 2 + self._rng.uniform(-3, 3, 3)
            ball = np.linalg.norm(np.moveaxis(np.indices(shape), 0, -1) - middle, axis=-1) < 7
            found.append(((40 + 110 * ball).astype(np.uint8), ball.astype(np.uint8)))
        return found

    def close(self):
        pass


def small_loss(network, prepared, rng):
    return fit.femur_loss(network, prepared, rng, SMALL)


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """The log and the network of a few steps, and the folder of their checkpoint."""
    torch.manual_seed(1)
    network, work = build_network(), tmp_path_factory.mktemp("femur")
    log = train_network(network, BrightBalls(), small_loss, STEPS, work, 5, lambda *_: None)
    return SimpleNamespace(network=network, work=work, log=log)


def test_the_loss_falls_and_the_ball_is_found(trained):
    losses = [row["loss"] for row in trained.log]
    assert len(losses) == 3
    assert losses[0] > losses[1] > losses[2]
    images, targets = fit.batch_of(BrightBalls().draw(3), None, SMALL)
    with torch.inference_mode():
        found, truth = torch.sigmoid(trained.network(images)), targets > 0
    assert float(found[truth].mean()) > float(found[~truth].mean()) + 0.1


def test_a_training_that_was_done_is_not_done_again(trained):
    again, stream = build_network(), BrightBalls()
    log = train_network(again, stream, small_loss, STEPS, trained.work, 5, lambda *_: None)
    assert stream.drawn == 0
    assert log == trained.log
    for one, other in zip(again.state_dict().values(), trained.network.state_dict().values(), strict=True):
        assert torch.equal(one, other)


def test_the_bundle_says_what_it_is_and_opens_as_a_femur_finder(trained, tmp_path):
    history = TrainingHistory(7, "onfh train femur --out BUNDLE", trained.log)
    metrics = dict.fromkeys(("femur_dice", "femur_volume_error_percent", "surface_mm"), FIGURE)
    path = fit.write_bundle(tmp_path / "femur", trained.network, metrics, history)
    finder = load_femur_finder(path)
    assert "7 simulated patients" in finder.bundle.metadata["training_data"]
    assert "36 batches" in (path / "docs" / "README.md").read_text(encoding="utf-8")
    image = fit.batch_of(BrightBalls().draw(1), None, SMALL)[0]
    with torch.inference_mode():
        mine, theirs = (torch.sigmoid(one(image)) for one in (trained.network, finder.network))
    assert float(((mine > 0.5) == (theirs > 0.5)).float().mean()) > 0.98  # half precision moves a few voxels


def test_the_femur_of_the_head_in_the_block_is_learned_as_a_right_one():
    labels = np.zeros((20, 20, 40), np.uint8)
    labels[5:15, 5:15, 24:30], labels[5:15, 5:15, 2:8] = HEAD["L"], HEAD["R"]
    image = Image(labels.astype(np.float32), (2.0, 2.0, 2.0))
    joints = (
        Joint("R", np.array([-40.0, 19.0, 19.0]), 24.0, False),
        Joint("L", np.array([54.0, 19.0, 19.0]), 24.0, False),
    )
    _grey, target = fit.prepare(Sample(image, image.like(labels), "random", joints, (slice(None),) * 3))
    assert np.array_equal(np.flatnonzero(target.any(axis=(0, 1))), np.arange(10, 16))
