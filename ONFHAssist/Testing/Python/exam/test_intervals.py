"""Between which values a measurement lies: wider where the series disagree and where the border is faint."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch")

from ONFHAssistLib.exam import intervals
from ONFHAssistLib.exam.fusion import SeriesProbability, fused, hip_grid
from ONFHAssistLib.exam.intervals import errors_of, half_width, numbers_of, perturbed
from ONFHAssistLib.exam.outlines import DrawnHip
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.measure.border import Border
from ONFHAssistLib.measure.hip import measure_hip
from ONFHAssistLib.segment.outliner import Outliner

CENTRE, RADIUS = np.array([-90.0, 5.0, 10.0]), 24.0
OUTLINER = Outliner(None, 0.5)  # its network is not asked


def drawn(sharpness, series=("2", "3")):
    """A head with a necrosis above a plane, whose log odds rise by ``sharpness`` a mm."""
    grid = hip_grid(CENTRE)
    offset = grid.points() - CENTRE
    head = 2.0 * (RADIUS - np.linalg.norm(offset, axis=-1))
    dead = sharpness * (offset[..., 2] - 10.0)
    parts = tuple(SeriesProbability(n, "T1-weighted", head, dead, np.ones(head.shape, bool)) for n in series)
    mask = head > 0
    labels = np.where(mask & (dead > 0), NECROSIS["R"], np.where(mask, HEAD["R"], 0)).astype(np.uint8)
    return DrawnHip(series, grid, parts, fused(parts)), grid.like(labels)


def test_a_faint_border_moves_more():
    changes = []
    for sharpness in (4.0, 1.0):
        hip, labels = drawn(sharpness)
        changes.append(perturbed(measure_hip(labels, "R"), hip, labels, OUTLINER))
    sharp, faint = (one["combined_necrotic_angle"] for one in changes)
    # 0.8 log odds are 0.8 mm: at 20 mm from the centre, where the plane lies 30 degrees up, four ends move so far.
    assert faint == pytest.approx(4 * np.degrees(0.8 / (20.0 * np.cos(np.arcsin(10 / 20)))) / 2 * 2, rel=0.35)
    assert sharp < 0.5 * faint
    assert changes[1]["head_ml"] == pytest.approx(4 * np.pi * RADIUS**2 * 0.4 / 1000, rel=0.1)


def test_numbers_carry_their_interval_and_their_series(monkeypatch):
    together = {"combined_necrotic_angle": {"floor": 2.0, "spread": 0.5, "perturbed": 0.0}}
    monkeypatch.setattr(intervals, "_calibration", lambda: {"together": together, "alone": {}})
    hip, labels = drawn(2.0)
    measured = measure_hip(labels, "R")
    half_of_it = np.where((labels.array == NECROSIS["R"]) & (np.arange(64) < 32), HEAD["R"], labels.array)
    own = {"2": measured, "3": measure_hip(labels.like(half_of_it), "R")}
    found = numbers_of(measured, own, hip, labels, OUTLINER)
    angles = [one.combined_necrotic_angle for one in own.values()]
    half = 2.0 + 0.5 * np.std(angles, ddof=1)
    angle = found["combined_necrotic_angle"]
    assert (angle.low, angle.high) == pytest.approx((angle.value - half, angle.value + half))
    assert angle.series == ("2", "3")
    assert (found["head_ml"].low, found["head_ml"].high) == (
        found["head_ml"].value,
    ) * 2  # nothing was calibrated
    assert half_width("combined_necrotic_angle", 10.0, 3.0, 1) == 0.0


def test_a_hip_without_necrosis_has_the_numbers_of_its_head_alone():
    hip, labels = drawn(2.0)
    healthy = labels.like(np.where(labels.array > 0, HEAD["R"], 0).astype(np.uint8))
    assert set(numbers_of(measure_hip(healthy, "R"), {}, hip, healthy, OUTLINER)) == {"head_ml"}


def test_an_arc_that_the_border_does_not_show_keeps_the_interval_of_the_outline():
    both = Border(((10.0, 60.0), (20.0, 80.0)), (3.0, 4.0), (4.0, 3.0))
    assert errors_of(both) == pytest.approx({"arc_a": 5.0, "arc_b": 5.0, "combined_necrotic_angle": 10.0})
    assert errors_of(Border(((10.0, 60.0), None), (3.0, 1.0), (4.0, 0.0))) == pytest.approx({"arc_a": 5.0})
    assert errors_of(None) == {}
