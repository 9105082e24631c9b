"""Survival figures against R (survival 3.5.3, riskRegression 2022.11.28), other packages, and by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.outcome import KaplanMeier

# coefficients of coxph(Surv(lenfol, fstat) ~ age + bmi + chf + hr + mitype + gender, whas500, ties = "efron")
COLUMNS = ["age", "bmi", "chf", "hr", "mitype", "gender"]
COEF = [0.052116527256, -0.048407050843, 0.81135644058, 0.0083979780542, -0.23912619188, -0.24621559799]
R_KM = {
    365: (0.724, 0.68257608168, 0.76098899532),
    1000: (0.62254974937, 0.57634242302, 0.66524255713),
    1825: (0.49381534943, 0.43688108512, 0.54814544855),
}
R_AUC = {
    365: (0.81447673953, 0.77430058637, 0.85465289269),
    1000: (0.8514351604, 0.8141153949, 0.8887549259),
    1825: (0.82588423851, 0.77135667229, 0.88041180473),
}


@pytest.fixture(scope="module")
def whas500():
    """(time in days, event, linear predictor of the R model)."""
    datasets = pytest.importorskip("sksurv.datasets", reason="scikit-survival ships the whas500 data")
    table, outcome = datasets.load_whas500()
    score = table[COLUMNS].astype(float).to_numpy() @ np.array(COEF)
    return outcome["lenfol"], outcome["fstat"], score


@pytest.fixture(scope="module")
def cohort():
    """Censored times of 300 hips in pairs, with a score that is related to the hazard."""
    rng = np.random.default_rng(11)
    score = rng.normal(size=300)
    time = rng.weibull(1.6, 300) * 50 * np.exp(-0.5 * score)
    censored = rng.uniform(5, 90, 300)
    return np.minimum(time, censored).round(1) + 0.1, time <= censored, score, np.repeat(np.arange(150), 2)


def test_concordance_and_its_standard_error_match_r(whas500):
    result = sm.concordance(*whas500)
    assert result.value == pytest.approx(0.77080200668, rel=1e-6)
    assert result.standard_error == pytest.approx(0.016169035708, rel=1e-6)


@pytest.mark.parametrize("day", R_KM)
def test_kaplan_meier_with_log_log_interval_matches_r(whas500, day):
    curve = sm.kaplan_meier(*whas500[:2])
    assert [float(v[0]) for v in curve.at([day])] == pytest.approx(R_KM[day], rel=1e-6)


def test_log_rank_of_the_median_split_matches_r(whas500):
    time, event, score = whas500
    high = score > np.median(score)
    assert high.sum() == 250
    test = sm.log_rank(time, event, high)
    assert test.statistic == pytest.approx(142.4962142367, rel=1e-6)
    assert test.p == pytest.approx(7.5749989376e-33, rel=1e-6)


@pytest.mark.parametrize("day", R_AUC)
def test_time_dependent_auc_and_interval_match_riskregression(whas500, day):
    """Our standard error differs from riskRegression's by at most 5e-7 of itself, beyond the sixth digit."""
    result = sm.time_dependent_auc(*whas500, day)
    assert (result.value, result.low, result.high) == pytest.approx(R_AUC[day], rel=1e-6)


def test_uno_concordance_matches_scikit_survival(whas500):
    metrics = pytest.importorskip("sksurv.metrics")
    time, event, score = whas500
    outcome = np.array(list(zip(event, time, strict=True)), dtype=[("event", bool), ("time", float)])
    for until in (1000.0, 2000.0):
        theirs = metrics.concordance_index_ipcw(outcome, outcome, score, tau=until)[0]
        assert sm.uno_concordance(time, event, score, until=until).value == pytest.approx(theirs, abs=2e-4)


def test_integrated_brier_matches_scikit_survival(whas500):
    """scikit-survival weights an event by 1 / G(T), riskRegression and we by 1 / G(T-): 1.3e-4 apart here."""
    metrics = pytest.importorskip("sksurv.metrics")
    time, event, score = whas500
    outcome = np.array(list(zip(event, time, strict=True)), dtype=[("event", bool), ("time", float)])
    days = np.arange(100, 1900, 50.0)
    risk = np.exp(score - score.mean())
    survival = np.exp(-np.outer(risk, days / 4000))
    theirs = metrics.integrated_brier_score(outcome, outcome, survival, days)
    assert sm.integrated_brier_score(time, event, survival, days) == pytest.approx(theirs, rel=5e-4)


def test_kaplan_meier_by_hand():
    """Six hips: events at 2 and 4 (with a censoring at 4), censored at 3, 5, 6."""
    time, event = np.array([2, 3, 4, 4, 5, 6.0]), np.array([1, 0, 1, 0, 0, 0], bool)
    curve = sm.kaplan_meier(time, event)
    assert curve.at([1, 2, 4, 6, 7])[0] == pytest.approx(
        [1, 5 / 6, 5 / 6 * 3 / 4, 0.625, np.nan], nan_ok=True
    )
    assert curve.number_at_risk([0, 2, 2.5, 4, 6, 6.5]).tolist() == [6, 6, 5, 4, 1, 0]


def test_follow_up_is_the_median_of_the_censoring():
    time, event = np.array([10, 20, 30, 40, 50.0]), np.array([0, 1, 0, 0, 1], bool)
    # reverse: leaves 4/5 at 10, then 2/3 of it at 30, then 1/2 of it at 40
    assert sm.follow_up(time, event)[0] == 40
    curve = sm.kaplan_meier(time, ~event)
    assert isinstance(curve, KaplanMeier)
    assert curve.at([10, 30, 40])[0] == pytest.approx([4 / 5, 8 / 15, 4 / 15])


def test_figures_agree_with_lifelines(cohort):
    statistics = pytest.importorskip("lifelines.statistics")
    from lifelines import KaplanMeierFitter

    time, event, score, _ = cohort
    group = np.digitize(score, [-0.5, 0.5])
    theirs = statistics.multivariate_logrank_test(time, group, event)
    ours = sm.log_rank(time, event, group)
    assert (ours.statistic, ours.p) == pytest.approx((theirs.test_statistic, theirs.p_value), rel=1e-9)
    fitter = KaplanMeierFitter().fit(time, event)
    bounds = fitter.confidence_interval_survival_function_
    curve = sm.kaplan_meier(time, event)
    inside = curve.survival < 1
    assert curve.survival == pytest.approx(fitter.survival_function_.iloc[1:, 0].to_numpy())
    assert curve.low[inside] == pytest.approx(bounds.iloc[1:, 0].to_numpy()[inside])


def test_without_censoring_the_auc_is_the_plain_one(cohort):
    from sklearn.metrics import roc_auc_score

    time, _, score, _ = cohort
    everyone = np.ones(time.size, bool)
    result = sm.time_dependent_auc(time, everyone, score, 30)
    assert result.value == pytest.approx(roc_auc_score(time <= 30, score))
    assert sm.brier_score(time, everyone, np.full(time.size, 0.3), 30) == pytest.approx(
        np.mean(np.where(time <= 30, 0.09, 0.49))
    )


def test_weights_undo_the_censoring(cohort):
    """Dependent on censoring, Harrell's C moves; Uno's C and the AUC stay near their values without censoring."""
    rng = np.random.default_rng(3)
    score = rng.normal(size=4000)
    time = rng.weibull(1.6, 4000) * 50 * np.exp(-0.5 * score)
    censored = rng.uniform(0, 70, 4000)
    seen, event = np.minimum(time, censored), time <= censored
    everyone = np.ones(4000, bool)
    truth = sm.uno_concordance(time, everyone, score, until=50).value
    assert sm.uno_concordance(seen, event, score, until=50).value == pytest.approx(truth, abs=0.01)
    assert sm.time_dependent_auc(seen, event, score, 40).value == pytest.approx(
        sm.time_dependent_auc(time, everyone, score, 40).value, abs=0.015
    )


def test_patients_with_two_like_hips_count_once(cohort):
    """Doubling every hip leaves the clustered interval where it was, and would narrow the plain one by sqrt(2)."""
    time, event, score, _ = cohort
    twice = tuple(np.repeat(values, 2) for values in (time, event, score))
    patient = np.repeat(np.arange(time.size), 2)
    for figure in (sm.concordance, lambda *a, **k: sm.time_dependent_auc(*a, 30, **k)):
        single = figure(time, event, score).standard_error
        assert figure(*twice, cluster=patient).standard_error == pytest.approx(single, rel=0.02)
        assert figure(*twice).standard_error == pytest.approx(single / np.sqrt(2), rel=0.02)


def test_standard_errors_agree_with_the_bootstrap(cohort):
    time, event, score, patient = cohort
    for figure in (sm.concordance, lambda *a, **k: sm.time_dependent_auc(*a, 30, **k)):
        drawn = sm.resample(
            lambda i, f=figure: f(time[i], event[i], score[i]).value, time.size, cluster=patient, repeats=300
        )
        assert figure(time, event, score, cluster=patient).standard_error == pytest.approx(
            drawn.std(), rel=0.15
        )


def test_resample_draws_whole_patients():
    patient = np.array(["a", "b", "a", "c", "b"])
    for rows in sm.resample(lambda i: [np.bincount(i, minlength=5)], 5, cluster=patient, repeats=20)[:, 0]:
        assert rows[0] == rows[2]
        assert rows[1] == rows[4]


def test_comparison_of_a_score_with_itself_is_zero(cohort):
    time, event, score, patient = cohort
    result, p = sm.compare_concordance(time, event, score, score, cluster=patient)
    assert (result.value, p) == (0, 1)
    noise = np.random.default_rng(0).normal(size=time.size)
    better, p = sm.compare_concordance(time, event, score, noise, cluster=patient)
    assert better.low > 0
    assert p < 1e-4


@given(st.integers(0, 10_000), st.floats(0.2, 5), st.floats(-3, 3))
@settings(max_examples=25, deadline=None)
def test_figures_do_not_depend_on_the_scale_of_the_score(seed, factor, shift):
    rng = np.random.default_rng(seed)
    time, event, score = rng.integers(1, 40, 60).astype(float), rng.random(60) < 0.6, rng.integers(0, 9, 60)
    moved = factor * score + shift
    for figure in (sm.concordance, sm.uno_concordance):
        try:
            value = figure(time, event, score).value
        except InputError:
            continue
        assert 0 <= value <= 1
        assert figure(time, event, moved).value == pytest.approx(value)
        assert figure(time, event, -1.0 * score).value == pytest.approx(1 - value)


@pytest.mark.parametrize(
    ("time", "event", "words"),
    [
        ([1, 2, -3, 4], [1, 0, 1, 0], ["'follow_up'", "-3", "row 3", "greater than 0"]),
        ([1, 0, 3, 4], [1, 0, 1, 0], ["'follow_up'", "0 in row 2"]),
        ([1, np.nan, 3, 4], [1, 0, 1, 0], ["nan in row 2"]),
        ([1, 2, 3, 4], [1, 0, 2, 0], ["'collapse'", "0, 1, 2", "1 for a collapse"]),
        ([1, 2, 3, 4], [0, 0, 0, 0], ["'collapse'", "all 4 hips are censored", "at least 10"]),
        ([1, 2, 3], [1, 0, 0, 1], ["3 and 4 rows"]),
        (["soon", 2], [1, 0], ["'follow_up'", "numbers"]),
    ],
)
def test_a_wrong_outcome_is_named_and_refused(time, event, words):
    with pytest.raises(InputError) as error:
        sm.check_outcome(time, event, names=("follow_up", "collapse"))
    assert all(word in str(error.value) for word in words)


def test_days_where_months_are_expected_bring_a_warning():
    months = np.linspace(1, 72, 40)
    event = np.arange(40) % 2
    assert sm.check_outcome(months, event).warnings == ()
    (warning,) = sm.check_outcome(months * 30.44, event).warnings
    assert "days" in warning
    assert sm.check_outcome(months * 30.44, event, unit="days").warnings == ()


@pytest.mark.parametrize(
    ("events", "followed", "figure", "needed"),
    [
        (9, 30, sm.concordance, "at least 10 events and 9"),
        (9, 30, lambda t, e, s: sm.time_dependent_auc(t, e, s, 50), "at least 10 events and 9"),
        (20, 4, lambda t, e, s: sm.time_dependent_auc(t, e, s, 50), "at least 5 hips followed beyond"),
        (20, 4, lambda t, e, s: sm.brier_score(t, e, np.full(t.size, 0.5), 50), "at least 5 hips"),
        (9, 30, sm.uno_concordance, "at least 10 events and 9"),
    ],
)
def test_too_few_events_are_refused_with_the_number_needed(events, followed, figure, needed):
    time = np.concatenate([np.linspace(1, 40, events), np.full(followed, 60.0), np.full(10, 20.0)])
    event = np.arange(time.size) < events
    with pytest.raises(sm.TooFewEvents, match=needed):
        figure(time, event, np.arange(time.size, dtype=float))


def test_a_missing_prediction_is_named(cohort):
    time, event, score, _ = cohort
    with pytest.raises(InputError, match="row 3"):
        sm.concordance(time, event, np.where(np.arange(300) == 2, np.nan, score))
    with pytest.raises(InputError, match="299 predictions"):
        sm.concordance(time, event, score[1:])


def test_log_rank_needs_two_groups(cohort):
    with pytest.raises(InputError, match="two groups"):
        sm.log_rank(cohort[0], cohort[1], np.zeros(300))
