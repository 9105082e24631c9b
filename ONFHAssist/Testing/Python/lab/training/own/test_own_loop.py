"""Steps that depend on their number alone: gone on after an interruption, and shared by two processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from support import tiny_lesson  # noqa: E402

from ONFHAssistLab.training.own.loop import CURVES, Pace, read_curves, train_further  # noqa: E402
from ONFHAssistLab.training.own.team import Team  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402

PACE = Pace(20, 4, 1e-2)
ALONE = Team(0, 1, torch.device("cpu"))


class StoppedError(Exception):
    """As where the user ends the process."""


def trained(work, stop_at=None, pace=PACE):
    def report(share, _text):
        if stop_at is not None and share >= stop_at:
            raise StoppedError

    network = tiny_lesson.network()
    train_further(network, tiny_lesson.TinyLesson(), pace, work, 3, ALONE, report)
    return network


def test_it_learns_and_keeps_the_statistics_of_the_start(tmp_path):
    start = tiny_lesson.network()
    network = trained(tmp_path, pace=Pace(100, 4, 2e-2))
    assert [line["step"] for line in read_curves(tmp_path)] == list(range(1, 101))
    lesson, many = tiny_lesson.TinyLesson(), np.random.default_rng(0)
    fresh = [lesson.sample(0, many) for _ in range(200)]
    before, after = (float(lesson.losses(one.eval(), fresh)[0].mean().detach()) for one in (start, network))
    assert after < 0.8 * before
    assert torch.equal(network[1].running_mean, start[1].running_mean)
    assert not torch.equal(network[1].weight, start[1].weight)


def test_an_interrupted_training_ends_as_an_undisturbed_one(tmp_path):
    whole = trained(tmp_path / "whole")
    with pytest.raises(StoppedError):
        trained(tmp_path / "broken", stop_at=0.6)
    with (tmp_path / "broken" / CURVES).open("a") as file:
        file.write('{"network": 0, "step": 1')  # killed while it wrote
    resumed = trained(tmp_path / "broken")
    for one, other in zip(whole.state_dict().values(), resumed.state_dict().values(), strict=True):
        assert torch.equal(one, other)
    assert [line["step"] for line in read_curves(tmp_path / "broken")] == list(range(1, 21))
    assert [line["loss"] for line in read_curves(tmp_path / "broken")] == [
        line["loss"] for line in read_curves(tmp_path / "whole")
    ]


def test_a_checkpoint_of_another_training_is_not_taken_up(tmp_path):
    trained(tmp_path, pace=Pace(2, 4, 1e-2))
    with pytest.raises(InputError, match="is from a training of other steps"):
        trained(tmp_path)


def test_two_processes_make_the_steps_of_one(tmp_path):
    alone = trained(tmp_path / "one").state_dict()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    paths = os.pathsep.join(path for path in sys.path if path)
    shared = {**os.environ, "PYTHONPATH": paths, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port)}
    shared |= {"WORLD_SIZE": "2", "CUDA_VISIBLE_DEVICES": "", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, str(Path(tiny_lesson.__file__)), str(tmp_path / "two")]
    both = [subprocess.Popen(command, env={**shared, "RANK": str(rank)}) for rank in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    found = torch.load(tmp_path / "two" / "trained.pt", weights_only=True)
    for key, value in alone.items():
        assert np.allclose(value, found[key], rtol=0, atol=1e-6), key
    assert [line["step"] for line in read_curves(tmp_path / "two")] == list(
        range(1, 21)
    )  # only one of them writes


@pytest.mark.parametrize("values", [(0, 4, 1e-3), (5, 0, 1e-3), (5, 4, 0.0)])
def test_no_training_is_refused(values):
    with pytest.raises(InputError, match="positive numbers are needed"):
        Pace(*values)
