"""The shared training loop: it learns, averages, and goes on exactly where it was stopped."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from ONFHAssistLab.simulate.acquisition.randomise import Domain, PatientBank  # noqa: E402
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient  # noqa: E402
from ONFHAssistLab.training import volumes as training  # noqa: E402
from ONFHAssistLab.training.volumes import AverageWeights, Schedule, VolumeStream, patient_bank, train_network  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402


class Numbers:
    """A stream of pairs (x, 3 x) that depend on the step alone."""

    def __init__(self) -> None:
        self.drawn = 0

    def draw(self, count):
        rng = np.random.default_rng(self.drawn)
        self.drawn += 1
        return [(x, 3 * x) for x in rng.normal(size=(count, 1)).astype(np.float32)]


def loss_of(network, batch, _rng):
    x, y = (torch.from_numpy(np.stack(part)) for part in zip(*batch, strict=True))
    loss = ((network(x) - y) ** 2).mean()
    return loss, {"squares": float(loss.detach())}


def network():
    torch.manual_seed(1)
    return torch.nn.Sequential(torch.nn.Linear(1, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))


def run(tmp_path, stop=None, steps=60):
    """Train; ``stop`` breaks off after so many steps, as a closed window would."""
    trained, stream = network(), Numbers()
    schedule = Schedule(steps, batch_size=16, learning_rate=0.05, checkpoint_every=10, decay=0.9)

    def breaking(fraction, _text):
        if stop is not None and fraction >= stop / steps:
            raise KeyboardInterrupt

    try:
        log = train_network(trained, stream, loss_of, schedule, tmp_path, 3, breaking)
    except KeyboardInterrupt:
        return None, None
    return trained, log


def test_a_run_that_was_stopped_ends_with_the_same_weights(tmp_path, monkeypatch):
    for name in ("whole", "broken"):
        (tmp_path / name).mkdir()
    whole, log = run(tmp_path / "whole")
    assert run(tmp_path / "broken", stop=20)[0] is None
    monkeypatch.setattr(Numbers, "__init__", lambda self: setattr(self, "drawn", 20))
    again, second_log = run(tmp_path / "broken")
    for a, b in zip(whole.parameters(), again.parameters(), strict=True):
        assert torch.equal(a, b)
    assert [row["squares"] for row in log] == [row["squares"] for row in second_log]
    assert log[-1]["squares"] < 0.1 * log[0]["squares"]
    assert (tmp_path / "broken" / "log.csv").read_text(encoding="utf-8").count("\n") == 7


def test_a_checkpoint_of_another_length_is_refused(tmp_path):
    run(tmp_path, stop=20)
    with pytest.raises(InputError, match="training of 60 steps, not 40"):
        run(tmp_path, steps=40)


def test_average_follows_the_weights_slowly():
    net = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.constant_(net.weight, 0.0)
    average = AverageWeights(net, 0.99)
    torch.nn.init.constant_(net.weight, 1.0)
    average.update(net)
    assert float(average.state["weight"]) == pytest.approx(1 - 2 / 11)  # the warm start
    for _ in range(2000):
        average.update(net)
    before = float(average.state["weight"])
    torch.nn.init.constant_(net.weight, 0.0)
    average.update(net)
    assert float(average.state["weight"]) == pytest.approx(0.99 * before)


def image_alone(sample):
    return (sample.image.array,)


def no_memory(_sample):
    raise MemoryError


def test_stream_reuses_volumes_as_often_as_it_says():
    patient = build_patient(draw_patient(21), spacing=2.0, soft_tissue=False)
    domain = Domain(size=(24, 24, 24), around="head")
    stream = VolumeStream(PatientBank([patient]), domain, 1, image_alone, reuse=4.0, keep=20)
    try:
        batches = [stream.draw(2) for _ in range(20)]
    finally:
        stream.close()
    different = {array.tobytes() for batch in batches for (array,) in batch}
    assert all(len(batch) == 2 for batch in batches)
    assert 9 <= len(different) <= 13


def test_patients_are_built_once_and_every_tenth_has_a_prosthesis(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "BANK_SPACING_MM", 2.0)
    said, asked, parameters = [], [], training._parameters
    monkeypatch.setattr(training, "_parameters", lambda *which: asked.append(which) or parameters(*which))
    bank = patient_bank(tmp_path, 1, 7, lambda _f, text: said.append(text))
    assert len(bank) == 1
    again = patient_bank(tmp_path, 1, 7, lambda _f, text: said.append(text))
    assert said == ["Simulating patient 1 of 1"]
    assert np.array_equal(bank.patients[0].tissue.array, again.patients[0].tissue.array)
    assert asked == [(7, 0)]
    ninth = parameters(7, 9)
    assert ninth.hip("R").prosthesis or ninth.hip("L").prosthesis


def test_a_stream_whose_process_died_says_so_instead_of_waiting():
    patient = build_patient(draw_patient(21), spacing=2.0, soft_tissue=False)
    stream = VolumeStream(PatientBank([patient]), Domain(size=(24,) * 3, around="head"), 1, no_memory)
    with pytest.raises(RuntimeError, match="ended"):
        stream.draw(1)
