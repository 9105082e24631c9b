"""Nomograms against R's rms 6.5.0, and of the published clinical model."""

import copy
import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.figures.binary import save_figure
from ONFHAssistLib.survival.cox import partial_likelihood as pl
from ONFHAssistLib.survival.cox.model import CoxModel
from ONFHAssistLib.survival.nomogram import nomogram as ng
from ONFHAssistLib.survival.nomogram.figure import draw_nomogram
from ONFHAssistLib.survival.published import clinical

R_AXES = {
    "age": (list(range(30, 111, 10)), [12.5 * k for k in range(9)]),
    "bmi": (
        list(range(10, 46, 5)),
        [
            40.636350154,
            34.8311572749,
            29.0259643957,
            23.2207715166,
            17.4155786374,
            11.6103857583,
            5.8051928791,
            0,
        ],
    ),
    "chf": ([0, 1], [0, 19.4603103987]),
    "hr": (
        list(range(20, 201, 20)),
        [4.0284471849 * k for k in range(10)],
    ),  # R prints 36.2560246641 at the end
    "mitype": ([0, 1], [5.7352228358, 0]),
    "gender": ([0, 1], [5.9054829773, 0]),
}


@pytest.fixture(scope="module")
def model(whas500):
    return CoxModel().fit(*whas500)


@pytest.fixture(scope="module")
def hip_model(hips):
    table, outcome, patient = hips
    columns = pd.DataFrame(
        {
            "iiia": (table["arco_stage"] == "IIIA").astype(float),
            "oedema": table["bone_marrow_oedema"].astype(float),
            "angle": table["combined_necrotic_angle_deg"],
        }
    )
    return CoxModel().fit(columns, outcome, cluster=patient), columns


def stopped_like_cph(model, whas500):
    """rms::cph stops Newton's method at a relative gain below 1e-4, here after its third step."""
    table, outcome = whas500
    sets = pl.risk_sets(outcome.time, outcome.event)
    z = (table.to_numpy() - model.means_)[sets.order]
    beta = np.zeros(z.shape[1])
    for _ in range(3):
        now = pl.moments(sets, z, beta)
        beta = beta + np.linalg.solve(now.covariance.sum(0), (z[sets.death] - now.mean).sum(0))
    stopped = copy.copy(model)
    stopped.coef_ = beta
    return stopped


def test_points_match_rms_where_it_stops_iterating(model, whas500):
    axes = ng.nomogram(stopped_like_cph(model, whas500), (365,)).axes
    for axis, (ticks, points) in zip(axes, R_AXES.values(), strict=True):
        assert np.array_equal(axis.values, ticks)
        assert axis.points == pytest.approx(np.array(points), rel=1e-6)


def test_converged_points_are_within_what_rms_leaves_out(model):
    """The coefficients of coxph, to which we iterate, move the points of cph by at most 3e-5 of themselves."""
    for axis, (ticks, points) in zip(ng.nomogram(model, (365,)).axes, R_AXES.values(), strict=True):
        assert np.array_equal(axis.values, ticks)
        assert axis.points == pytest.approx(np.array(points), rel=3e-5)


def test_total_axis_matches_rms(model):
    assert ng.nomogram(model, (365,)).total.tolist() == list(range(0, 181, 20))


@pytest.mark.parametrize(
    ("low", "high", "count", "expected"),
    [  # R: pretty(c(low, high), n)
        (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (30, 104, 10, [30, 40, 50, 60, 70, 80, 90, 100, 110]),
        (13.04546, 44.83886, 10, [10, 15, 20, 25, 30, 35, 40, 45]),
        (0, 161.4, 10, [0, 20, 40, 60, 80, 100, 120, 140, 160, 180]),
        (0, 97, 5, [0, 20, 40, 60, 80, 100]),
    ],
)
def test_ticks_are_those_of_r(low, high, count, expected):
    assert ng.pretty(low, high, count).tolist() == pytest.approx(expected)


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4), st.integers(3, 12))
def test_ticks_cover_their_range_evenly(low, width, count):
    ticks = ng.pretty(low, low + width, count)
    assert ticks[0] <= low + 1e-6 * width
    assert ticks[-1] >= low + width - 1e-6 * width
    assert np.diff(ticks) == pytest.approx(np.full(ticks.size - 1, ticks[1] - ticks[0]), rel=1e-6)


def test_reading_the_nomogram_is_predicting(hip_model):
    model, columns = hip_model
    scales = ng.nomogram(model, (12, 36))
    survival = model.predict_survival(columns, [12, 36])
    for row in (0, 17, 101):
        read = scales.patient(columns.iloc[row].to_dict())
        assert [read.survival[12.0], read.survival[36.0]] == pytest.approx(survival[row])
        assert read.total == pytest.approx(sum(read.points.values()))


def test_widest_covariate_spans_a_hundred_points_and_all_start_at_zero(hip_model):
    axes = ng.nomogram(hip_model[0], (36,)).axes
    assert max(axis.points.max() for axis in axes) == pytest.approx(100)
    assert [axis.points.min() for axis in axes] == [0, 0, 0]


def test_survival_ticks_lie_where_the_total_gives_them(hip_model):
    scales = ng.nomogram(hip_model[0], (36,))
    (axis,) = scales.survival
    assert axis.survival.size >= 5
    for survival, points in zip(axis.survival, axis.points, strict=True):
        assert scales.survival_at(points, 36.0) == pytest.approx(survival)


def test_clinical_nomogram_gives_the_published_pairs():
    scales = ng.clinical_nomogram()
    for findings in itertools.product((0, 1), repeat=3):
        hip = clinical.ClinicalInput(
            "IIIA" if findings[0] else "I", bool(findings[1]), 300 if findings[2] else 100
        )
        read = scales.patient(dict(zip([a.name for a in scales.axes], findings, strict=True)))
        assert list(read.survival.values()) == pytest.approx(clinical.predict_survival(hip).survival)
    assert scales.axes[2].points.max() == pytest.approx(100)  # the angle has the largest hazard ratio


def test_bad_requests_are_refused(hip_model):
    model, _ = hip_model
    with pytest.raises(InputError, match="longest follow-up"):
        ng.nomogram(model, (36, 999))
    with pytest.raises(InputError, match="no event by"):
        ng.nomogram(model, (0.01,))
    with pytest.raises(InputError, match="'angle'"):
        ng.nomogram(model, (36,)).patient({"iiia": 1, "oedema": 0})
    none = copy.copy(model)
    none.coef_ = np.zeros(3)
    with pytest.raises(InputError, match="No covariate"):
        ng.nomogram(none, (36,))


def test_drawing_marks_the_patient_and_is_written_as_svg_and_png(hip_model, tmp_path):
    model, columns = hip_model
    scales = ng.nomogram(model, (12, 36))
    patient = scales.patient(columns.iloc[3].to_dict())
    figure = draw_nomogram(
        scales, patient=patient, labels={"iiia": "ARCO stage"}, levels={"iiia": ("I-II", "IIIA")}
    )
    texts = [text.get_text() for text in figure.axes[0].texts]
    for wanted in ("ARCO stage", "IIIA", f"{patient.total:.1f}", f"{patient.survival[36.0]:.1%}"):
        assert wanted in texts
    svg, png = (save_figure(figure, tmp_path / f"nomogram.{kind}") for kind in ("svg", "png"))
    assert svg.read_text(encoding="utf-8").lstrip().startswith("<?xml")
    assert png.read_bytes()[:4] == b"\x89PNG"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["nomogram.png", "nomogram.svg"]
    with pytest.raises(InputError, match=r"\.png, \.svg"):
        save_figure(figure, tmp_path / "nomogram.gif")
