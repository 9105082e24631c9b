"""Cox models against R's survival 3.5.3 and lifelines."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival.metrics import brier_score
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents, kaplan_meier
from ONFHAssistLib.survival.cox import partial_likelihood as pl
from ONFHAssistLib.survival.cox.model import CoxModel
from ONFHAssistLib.survival.cox.splines import choose_knots, restricted_cubic

R = {
    "coef": [0.052116527256, -0.048407050843, 0.81135644058, 0.0083979780542, -0.23912619188, -0.24621559799],
    "hr": [1.0534984966, 0.95274589212, 2.2509592092, 1.00843334, 0.78731552328, 0.78175366224],
    "low": [1.0397687692, 0.92302525711, 1.6879356987, 1.0027496578, 0.55660915333, 0.59047296632],
    "high": [1.0674095197, 0.98342350651, 3.0017834005, 1.0141492378, 1.1136463163, 1.0349987608],
    "p": [6.881461654e-15, 0.002755927494, 3.3041665262e-08, 0.0035895224818, 0.17651246885, 0.085487852336],
}
R_BRIER = {365: 0.14993548339, 1000: 0.15215758743, 1825: 0.17073644432}


@pytest.mark.parametrize("column", R)
def test_coefficients_ratios_intervals_and_p_match_r(whas500, column):
    model = CoxModel().fit(*whas500)
    assert model.summary()[column].tolist() == pytest.approx(R[column], rel=1e-6)


def test_likelihood_concordance_and_proportional_hazards_match_r(whas500):
    model = CoxModel().fit(*whas500)
    assert model.log_likelihood_ == pytest.approx((-1227.3206012408, -1127.228045791), rel=1e-9)
    assert model.concordance_ == pytest.approx((0.77080200668, 0.016169035708), rel=1e-6)
    test = model.test_proportional_hazards(*whas500)
    assert test.loc["GLOBAL", "p"] == pytest.approx(0.087854214524, rel=1e-6)
    assert test.loc["GLOBAL", "df"] == 6


@pytest.mark.parametrize("day", R_BRIER)
def test_brier_score_of_the_predictions_matches_riskregression(whas500, day):
    table, outcome = whas500
    survival = CoxModel().fit(table, outcome).predict_survival(table, [day])[:, 0]
    assert brier_score(outcome.time, outcome.event, survival, day) == pytest.approx(R_BRIER[day], rel=1e-6)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
def test_agrees_with_lifelines_where_times_are_tied(rossi, ties):
    from lifelines import CoxPHFitter

    table, outcome = rossi
    data = table.assign(week=outcome.time, arrest=outcome.event)
    model = CoxModel(ties).fit(table, outcome)
    theirs = CoxPHFitter().fit(data, "week", "arrest")  # Efron only
    tolerance = 1e-6 if ties == "efron" else 0.02
    assert model.coef_ == pytest.approx(theirs.params_.to_numpy(), rel=tolerance)
    assert np.sqrt(np.diag(model.variance_)) == pytest.approx(
        theirs.standard_errors_.to_numpy(), rel=tolerance
    )
    if ties == "breslow":
        assert model.coef_ != pytest.approx(theirs.params_.to_numpy(), rel=1e-4)


def test_clustered_variance_agrees_with_lifelines_without_ties(rossi):
    """lifelines takes Breslow's score residuals under Efron's fit; without ties the two are one."""
    from lifelines import CoxPHFitter

    table, outcome = rossi
    time = outcome.time + np.linspace(0, 0.9, len(outcome))
    family = np.arange(len(outcome)) // 3
    theirs = CoxPHFitter().fit(
        table.assign(week=time, arrest=outcome.event, family=family), "week", "arrest", cluster_col="family"
    )
    model = CoxModel().fit(table, Outcome(time, outcome.event), cluster=family)
    assert model.summary()["robust_se"].to_numpy() == pytest.approx(
        theirs.standard_errors_.to_numpy(), rel=1e-6
    )


def test_score_residuals_are_the_change_by_leaving_a_hip_out(hips):
    """dfbeta = residual @ variance is close to the real change, and the residuals add up to the score, zero."""
    table, outcome, _ = hips
    x = np.column_stack([table["bone_marrow_oedema"], table["combined_necrotic_angle_deg"] / 45]).astype(
        float
    )
    rounded = outcome.time.round(0) + 1  # with ties
    sets = pl.risk_sets(rounded, outcome.event)
    whole = pl.fit(sets, x)
    residuals = pl.score_residuals(sets, x, whole.coef)
    assert residuals.sum(0) == pytest.approx([0, 0], abs=1e-8)
    change = residuals @ whole.variance
    for hip in (0, 7, 50, 120):
        rest = np.arange(len(x)) != hip
        without = pl.fit(pl.risk_sets(rounded[rest], outcome.event[rest]), x[rest])
        assert whole.coef - without.coef == pytest.approx(change[hip], abs=0.003)


def test_two_like_hips_of_a_patient_count_once(hips):
    table, outcome, _ = hips
    columns = table[["bone_marrow_oedema", "age_years"]].astype(float)
    single = CoxModel("breslow").fit(columns, outcome)
    twice = pd.concat([columns, columns], ignore_index=True)
    doubled = Outcome(np.tile(outcome.time, 2), np.tile(outcome.event, 2))
    model = CoxModel("breslow").fit(twice, doubled, cluster=np.tile(np.arange(len(columns)), 2))
    assert model.coef_ == pytest.approx(single.coef_, rel=1e-6)
    assert model.summary()["robust_se"].to_numpy() == pytest.approx(
        single.summary()["robust_se"].to_numpy(), rel=1e-6
    )
    assert model.summary()["se"].to_numpy() == pytest.approx(
        single.summary()["se"].to_numpy() / np.sqrt(2), rel=1e-6
    )


def test_survival_interval_agrees_with_the_bootstrap(hips):
    table, outcome, _ = hips
    columns = table[["bone_marrow_oedema", "combined_necrotic_angle_deg"]].astype(float)
    patient = pd.DataFrame({"bone_marrow_oedema": [1.0], "combined_necrotic_angle_deg": [250.0]})
    model = CoxModel().fit(columns, outcome)
    survival, low, high = (v[0, 0] for v in model.survival_interval(patient, [36]))
    assert low < survival < high
    rng = np.random.default_rng(0)
    drawn = []
    for _ in range(200):
        rows = rng.integers(0, len(columns), len(columns))
        again = CoxModel().fit(columns.iloc[rows], outcome.take(rows))
        drawn.append(again.predict_survival(patient, [36])[0, 0])
    assert (high - low) == pytest.approx(2 * 1.96 * np.std(drawn), rel=0.2)


def test_baseline_of_a_useless_covariate_is_nelson_aalen(hips):
    _, outcome, _ = hips
    noise = pd.DataFrame({"noise": np.random.default_rng(4).normal(size=len(outcome))})
    model = CoxModel().fit(noise, outcome)
    months = [12, 36]
    assert np.exp(-model.cumulative_baseline(months)) == pytest.approx(
        kaplan_meier(outcome.time, outcome.event).at(months)[0], abs=0.01
    )


@given(st.floats(0.01, 100), st.floats(-1000, 1000))
@settings(max_examples=15, deadline=None)
def test_units_of_a_covariate_do_not_matter(factor, shift):
    rng = np.random.default_rng(2)
    x = rng.normal(size=80)
    outcome = Outcome(rng.exponential(np.exp(-x)) + 0.01, rng.random(80) < 0.7)
    plain = CoxModel().fit(pd.DataFrame({"x": x}), outcome)
    moved = CoxModel().fit(pd.DataFrame({"x": factor * x + shift}), outcome)
    assert moved.coef_[0] * factor == pytest.approx(plain.coef_[0], rel=1e-6)
    assert moved.log_likelihood_ == pytest.approx(plain.log_likelihood_)
    assert moved.cumulative_baseline([1.0]) == pytest.approx(plain.cumulative_baseline([1.0]), rel=1e-6)


def test_proportional_hazards_are_rejected_where_an_effect_fades():
    """A covariate that acts until month 12 only, beside one that acts all the time."""
    rng = np.random.default_rng(9)
    early, steady = rng.normal(size=(2, 600))
    first = rng.exponential(30 * np.exp(-1.2 * early - 0.5 * steady))
    time = np.where(first < 12, first, 12 + rng.exponential(30 * np.exp(-0.5 * steady)))
    outcome = Outcome(np.minimum(time, 60), time <= 60)
    table = pd.DataFrame({"early": early, "steady": steady})
    test = CoxModel().fit(table, outcome).test_proportional_hazards(table, outcome)
    assert test.loc["early", "p"] < 1e-6
    assert test.loc["steady", "p"] > 0.01
    assert test.loc["GLOBAL", "p"] < 1e-6


def test_json_gives_the_same_model_back(hips, tmp_path):
    table, outcome, patient = hips
    columns = table[["bone_marrow_oedema", "age_years"]].astype(float)
    model = CoxModel().fit(columns, outcome, cluster=patient)
    again = CoxModel.load(model.save(tmp_path / "model.json"))
    assert [p.name for p in tmp_path.iterdir()] == ["model.json"]
    pd.testing.assert_frame_equal(again.summary(), model.summary())
    for ours, theirs in zip(
        model.survival_interval(columns, [12, 36]), again.survival_interval(columns, [12, 36]), strict=True
    ):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.update(format="other"),
        lambda d: d.pop("coef"),
        lambda d: d.update(coef=d["coef"][:1]),
        lambda d: d.update(coef=["x", "y"]),
        lambda d: d["baseline"].pop("hazard"),
    ],
)
def test_a_damaged_model_is_refused(hips, damage):
    table, outcome, _ = hips
    content = CoxModel().fit(table[["bone_marrow_oedema", "age_years"]].astype(float), outcome).to_dict()
    content = json.loads(json.dumps(content))
    damage(content)
    with pytest.raises(InputError, match=r"damaged|format"):
        CoxModel.from_dict(content)


def test_bad_covariates_are_named(hips):
    table, outcome, _ = hips
    x = table[["age_years"]].copy()
    cases = [
        (x.assign(height=1.7), "'height' has the same value"),
        (x.assign(age_months=x["age_years"] * 12), "repeat each other"),
        (x.assign(collapsed=outcome.event.astype(float)), "'collapsed' separates"),
        (x.assign(side="R"), "'side' holds text"),
        (
            x.assign(bmi=np.where(np.arange(len(x)) == 4, np.nan, x["age_years"])),
            "'bmi' has no number in row 4",
        ),
    ]
    for bad, words in cases:
        with pytest.raises(InputError, match=words):
            CoxModel().fit(bad, outcome)
    with pytest.raises(InputError, match="lacks 'signature'"):
        CoxModel().fit(x, outcome, ["age_years", "signature"])


def test_separation_by_a_continuous_covariate_is_named():
    """All events happen in the order of the covariate: the larger, the sooner."""
    rng = np.random.default_rng(1)
    x = np.sort(rng.normal(size=60))[::-1]
    outcome = Outcome(np.arange(1.0, 61), np.ones(60, bool))
    with pytest.raises(InputError, match="'x' separates"):
        CoxModel().fit(pd.DataFrame({"x": x, "y": rng.normal(size=60)}), outcome)


def test_too_few_events_are_refused_or_warned_of(hips):
    table, outcome, _ = hips
    x = table[["age_years", "combined_necrotic_angle_deg"]]
    few = Outcome(outcome.time, outcome.event & (np.cumsum(outcome.event) <= 9))
    with pytest.raises(TooFewEvents, match="at least 10 events and 9"):
        CoxModel().fit(x, few)
    some = Outcome(outcome.time, outcome.event & (np.cumsum(outcome.event) <= 12))
    (warning,) = CoxModel().fit(x, some).warnings_
    assert "6.0 each" in warning


def test_a_time_beyond_the_follow_up_is_refused(hips):
    table, outcome, _ = hips
    model = CoxModel().fit(table[["age_years"]], outcome)
    with pytest.raises(InputError, match="longest follow-up"):
        model.predict_survival(table[["age_years"]], [36, 500])


def test_spline_is_straight_outside_of_its_knots():
    x = np.linspace(-10, 10, 401)
    knots = choose_knots(np.linspace(-3, 3, 101), 4)
    basis = restricted_cubic(x, knots)
    outside = (x < knots[0] - 0.1) | (x > knots[-1] + 0.1)
    bend = np.abs(np.diff(basis, 2, axis=0)).max(1)
    assert bend[outside[1:-1]].max() < 1e-9
    assert bend.max() > 1e-5
    assert basis.shape == (401, 3)
    with pytest.raises(InputError, match="distinct"):
        choose_knots(np.array([0, 0, 0, 1.0]), 3)


@given(st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_far_outliers_end_at_the_maximum_or_are_named(seed):
    """A hip far from all others makes Newton's first step astronomically long; hazards underflow on the way."""
    rng = np.random.default_rng(seed)
    n, k = int(rng.integers(20, 80)), int(rng.integers(1, 4))
    x = rng.standard_t(1.0, (n, k)) ** int(rng.choice([1, 3]))
    time = rng.exponential(size=n) * np.exp(-0.5 * np.sign(x[:, 0]) * np.log1p(np.abs(x[:, 0]))) + 0.01
    rows = rng.integers(0, n, n)  # as a bootstrap draws them
    event = rng.random(n) < 0.5
    event[rows[0]] = True
    sets = pl.risk_sets(time[rows], event[rows])
    try:
        found = pl.fit(sets, x[rows])
    except pl.NotIdentified:
        return
    z = x[rows] / x[rows].std(0)
    beta = found.coef * x[rows].std(0)
    here = pl.log_likelihood(sets, (z @ beta)[sets.order])
    assert here == pytest.approx(found.fitted, rel=1e-9)
    for axis in range(k):
        for way in (-1e-3, 1e-3):
            moved = beta + way * (np.arange(k) == axis)
            assert pl.log_likelihood(sets, (z @ moved)[sets.order]) <= here + 1e-7
