"""The femur finder puts its answer where the femur is, on both sides and on any grid; a plan can rest on it."""

import numpy as np
import pytest
import torch
from support.made_femurs import made_femur
from support.outlined_hips import rotation

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.drilling.plan import plan_hip
from ONFHAssistLib.drilling.rules import DrillingRules
from ONFHAssistLib.segment.femur import SIZE, FemurFinder, build_network, find_femur, finder_from_state


class BrightIsFemur(torch.nn.Module):
    """Answers with what is bright, and remembers what it was shown."""

    def forward(self, x):
        self.shown = x[0, 0].numpy()
        return 40.0 * (x - 0.5)


def bright(made):
    return made.femur.like((300.0 * made.femur.array + 20.0).astype(np.float32), modality="MR")


@pytest.mark.parametrize("side", ["R", "L"])
def test_the_femur_returns_to_its_place_from_an_oblique_thick_scan(side):
    made = made_femur(side, (1.0, 1.0, 3.0), rotation(6, -9, 11))
    found = find_femur(bright(made), side, made.centre, FemurFinder(BrightIsFemur()))
    points = found.points()
    seen = np.asarray(
        made.labels.like(np.ones(made.labels.array.shape, np.uint8)).resampled_to(found, "nearest").array
    )
    depth = made.inside(points)
    clear = (np.abs(depth) > 2.0) & (seen > 0) & (points[..., 2] > made.centre[2] - 95)
    assert ((found.array > 0.5)[clear] == (depth > 0)[clear]).mean() > 0.995


def test_a_left_hip_is_shown_as_a_right_one():
    shown = []
    for side in ("R", "L"):
        made, network = made_femur(side), BrightIsFemur()
        find_femur(bright(made), side, made.centre, FemurFinder(network))
        shown.append(network.shown)
    assert shown[0].shape == SIZE
    assert ((shown[0] > 0.5) == (shown[1] > 0.5)).mean() > 0.99


def test_a_plan_rests_on_a_femur_that_was_found():
    made = made_femur("R", (1.0, 1.0, 2.0))
    plan = plan_hip(bright(made), made.labels, "R", DrillingRules(), None, FemurFinder(BrightIsFemur())).plan
    assert plan.femur_from == "found"
    assert plan.kept
    assert "learned from simulated patients" in plan.warnings[0]


def test_an_image_without_the_femur_gets_no_plan():
    made = made_femur("R")
    dark = made.femur.like(np.full(made.femur.array.shape, 20.0, np.float32))
    plan = plan_hip(dark, made.labels, "R", DrillingRules(), None, FemurFinder(BrightIsFemur())).plan
    assert plan.withheld.startswith("The femur R that was found covers")


def test_weights_of_another_network_are_refused():
    state = build_network().state_dict()
    with pytest.raises(InputError, match="needs 'unet_3d_femur'"):
        finder_from_state(state, {"network": "unet_3d_outliner"})
    with pytest.raises(InputError, match="do not fit"):
        finder_from_state({"x": torch.zeros(1)}, {"network": "unet_3d_femur"})
    assert finder_from_state(state, {"network": "unet_3d_femur"}).bundle is None
