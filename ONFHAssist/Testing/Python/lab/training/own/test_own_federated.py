"""A hospital's part of a federated training: weights come and go, and are averaged by how many hips each has."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from monai.fl.utils.exchange_object import ExchangeObject  # noqa: E402
from support import tiny_lesson  # noqa: E402

from ONFHAssistLab.training.own import federated  # noqa: E402
from ONFHAssistLab.training.own.cohort import OwnScan  # noqa: E402
from ONFHAssistLab.training.own.comparison import HipFigure  # noqa: E402
from ONFHAssistLab.training.own.federated import ROUND, HospitalAlgo, average_weights, share_among, site_seed  # noqa: E402
from ONFHAssistLab.training.own.loop import Pace  # noqa: E402
from ONFHAssistLib.core.errors import InputError  # noqa: E402

PACE = Pace(60, 4, 2e-2)


class Lesson(tiny_lesson.TinyLesson):
    """The sum of six numbers, in a hospital of ten hips."""

    hips = 10

    def __init__(self, *_):
        pass

    def networks(self):
        return [tiny_lesson.network()]

    def judge(self, networks, scans, _report):
        x = torch.linspace(-1, 1, 60).reshape(10, 6)
        error = float(self.losses(networks[0], [x])[0].mean().detach())
        return {"error": [HipFigure("anna", "R", error)], "none": []}


@pytest.fixture
def hospitals(monkeypatch):
    monkeypatch.setitem(federated.LESSONS, "outliner", Lesson)
    return [HospitalAlgo("outliner", (), None, PACE, 3, seed) for seed in (1, 2)]


def test_rounds_of_two_hospitals_learn_what_both_know(hospitals):
    common = hospitals[0].get_weights().weights
    error = hospitals[0].evaluate(ExchangeObject(weights=common), {"scans": ()}).metrics
    assert list(error) == ["error"]
    for number in range(3):
        parts, given = [], {name: value.copy() for name, value in common.items()}
        for hospital in hospitals:
            hospital.train(ExchangeObject(weights=common), {ROUND: number})
            assert np.array_equal(common["0.weight"], given["0.weight"]), (
                "one hospital changed another's start"
            )
            mine = hospital.get_weights()
            parts.append((mine.weights, mine.statistics["num_executed_iterations"]))
        assert not np.array_equal(parts[0][0]["0.weight"], parts[1][0]["0.weight"])
        common = average_weights(parts)
    after = hospitals[1].evaluate(ExchangeObject(weights=common), {"scans": ()}).metrics
    assert after["error"] < 0.5 * error["error"]


def test_a_hospital_counts_by_its_hips():
    found = average_weights([({"w": np.float32([1.0, 5.0])}, 30), ({"w": np.float32([2.0, 1.0])}, 10)])
    assert found["w"].dtype == np.float32
    assert found["w"] == pytest.approx([1.25, 4.0])
    with pytest.raises(InputError, match="No hospital has hips"):
        average_weights([({"w": np.zeros(1)}, 0)])


def test_weights_of_another_network_are_refused(hospitals):
    with pytest.raises(InputError, match="do all hospitals start from the same bundle"):
        hospitals[0].train(ExchangeObject(weights={"w": np.zeros(1)}))


def test_no_patient_is_in_two_hospitals():
    scans = [OwnScan(name, None, {}) for name in "aabbccd"]
    parts = share_among(scans, ["Rui Jin", "华山"])
    told = {name: ({scan.patient for scan in part}, len(part)) for name, part in parts.items()}
    assert told == {"Rui Jin": ({"a", "c"}, 4), "华山": ({"b", "d"}, 3)}
    for names in (list("vwxyz"), ["x", "x"]):
        with pytest.raises(InputError, match="4 patients cannot be shared among the hospitals"):
            share_among(scans, names)


def test_hospitals_of_any_name_draw_samples_of_their_own():
    assert len({site_seed(seed, name) for seed in (0, 1) for name in ("north", "site-1", "华山")}) == 6
    assert site_seed(0, "north") == site_seed(0, "north")
