"""Figures by patient and with competing events, against R 4.2 (survival 3.5, cmprsk 2.2).

The data frame ``d`` is :func:`hips` written as CSV; the commands that gave the numbers stand beside them.
"""

import numpy as np
import pytest
from support.competing_hips import competing_hips

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.survival import competing as cr
from ONFHAssistLib.evaluate.survival import metrics as sm
from ONFHAssistLib.evaluate.survival.calibration import (
    calibration_curve,
    calibration_groups,
    weak_calibration,
)
from ONFHAssistLib.evaluate.survival.outcome import TooFewEvents, check_outcome, kaplan_meier, log_rank
from ONFHAssistLib.evaluate.survival.usefulness import decision_curve


@pytest.fixture(scope="module")
def hips():
    table = competing_hips()
    cause = table["cause"].to_numpy()
    return {
        "time": table["time"].to_numpy(float),
        "event": cause == 1,
        "competing": cause == 2,
        "patient": table["patient"].to_numpy(),
        "angle": table["angle"].to_numpy(float),
        "risk": 1 / (1 + np.exp(1.2 - 0.012 * (table["angle"].to_numpy() - 210))),
    }


def test_kaplan_meier_bands_by_patient_are_those_of_r(hips):
    # summary(survfit(Surv(time, cause==1) ~ 1, d, cluster=patient, conf.type="log-log"), times=c(24, 48))
    found = kaplan_meier(hips["time"], hips["event"], hips["patient"]).at([24, 48])
    assert np.concatenate(found) == pytest.approx(
        [0.663404321894, 0.464705651277, 0.549782570957, 0.332959430621, 0.754648848818, 0.586236226694],
        rel=1e-9,
    )


def test_the_log_rank_test_by_patient_is_the_robust_score_test_of_r(hips):
    # coxph(Surv(time, cause==1) ~ factor(g), d, ties="breslow", cluster=patient)$rscore
    groups = np.digitize(hips["angle"], [190.0001, 230.0001])
    assert log_rank(hips["time"], hips["event"], groups, hips["patient"]).statistic == pytest.approx(
        17.4688594386, rel=1e-9
    )
    two = log_rank(hips["time"], hips["event"], hips["angle"] >= 210, hips["patient"])
    assert two.statistic == pytest.approx(16.9408413773, rel=1e-9)


def test_doubled_rows_change_nothing_by_patient(hips):
    """Each hip twice, as a second reading of the same hip would be: no interval and no p may move."""
    twice = {name: np.tile(values, 2) for name, values in hips.items()}
    one, two = (
        np.concatenate(
            [
                *kaplan_meier(h["time"], h["event"], h["patient"]).at([24, 48]),
                *cr.aalen_johansen(h["time"], h["event"], h["competing"], h["patient"]).at([24, 48]),
                [log_rank(h["time"], h["event"], h["angle"] >= 210, h["patient"]).statistic],
                cr.competing_auc(h["time"], h["event"], h["competing"], h["risk"], 36, cluster=h["patient"]),
                [weak_calibration(h["time"], h["event"], h["risk"], 48, cluster=h["patient"]).slope.low],
            ]
        )
        for h in (hips, twice)
    )
    assert two == pytest.approx(one, rel=1e-6)
    plain, wrong = (kaplan_meier(h["time"], h["event"]).at([48])[1][0] for h in (hips, twice))
    assert wrong > plain + 0.02


def test_the_median_at_exactly_one_half_is_the_middle_of_its_stretch():
    # survfit(Surv(c(1,2,3,4), c(1,1,1,1)) ~ 1)
    # survfit(Surv(c(6,6,12,12,18,24), c(1,1,1,0,0,1)) ~ 1, conf.type="log-log")
    assert kaplan_meier(np.arange(1.0, 5), np.ones(4, bool)).median()[0] == 2.5
    visits = np.array([6, 6, 12, 12, 18, 24.0]), np.array([1, 1, 1, 0, 0, 1], bool)
    assert kaplan_meier(*visits).median() == (18.0, 6.0, np.inf)


def test_cumulative_incidence_is_that_of_r(hips):
    # summary(survfit(Surv(time, factor(cause, 0:2)) ~ 1, d), times=c(24, 48)); cuminc(d$time, d$cause)
    time, event, other = hips["time"], hips["event"], hips["competing"]
    for mark, rest, risk, error in (
        (event, other, [0.307531307462, 0.462334294893], [0.0442337682335, 0.0524806419945]),
        (other, event, [0.153474948806, 0.276712908162], [0.0344313280549, 0.0493099868340]),
    ):
        curve = cr.aalen_johansen(time, mark, rest)
        at = np.searchsorted(curve.times, [24, 48], side="right") - 1
        assert curve.risk[at] == pytest.approx(risk, rel=1e-9)
        assert curve.standard_error[at] == pytest.approx(error, rel=1e-9)
        assert cr.observed_risk(time, mark, 48, rest) == pytest.approx(risk[1], rel=1e-9)
    assert cr.observed_risk(time, event, 48) > 0.53  # censored instead: the risk where nobody dies


def test_without_competing_events_the_curve_is_kaplan_meiers(hips):
    curve = cr.aalen_johansen(hips["time"], hips["event"])
    plain = kaplan_meier(hips["time"], hips["event"])
    assert 1 - curve.risk == pytest.approx(plain.survival)
    assert cr.competing_auc(hips["time"], hips["event"], np.zeros(120, bool), hips["risk"], 36)[
        0
    ] == pytest.approx(sm.time_dependent_auc(hips["time"], hips["event"], hips["risk"], 36).value)


def test_pseudo_values_are_those_of_r(hips):
    # pseudo(survfit(Surv(time, factor(cause, 0:2)) ~ 1, d), times=48)[, 2]
    found = cr.pseudo_values(hips["time"], hips["event"], 48, hips["competing"])
    assert found[:5] == pytest.approx(
        [-0.0369417218899, -0.2012891516803, -0.2012891516803, 1.3441298738835, 1.0], rel=1e-9
    )
    # 1 - pseudo(survfit(Surv(time, cause==1) ~ 1, d), times=48)
    alone = cr.pseudo_values(hips["time"], hips["event"], 48)
    assert 1 - alone[:2] == pytest.approx([0.5526598798806, 1.3936906494371], rel=1e-9)


def test_calibration_intercept_and_slope_are_those_of_r(hips):
    # cll <- log(-log(1 - risk)); nls(pv ~ 1 - exp(-exp(a + cll))); nls(pv ~ 1 - exp(-exp(a + b * cll)))
    found = weak_calibration(
        hips["time"], hips["event"], hips["risk"], 48, competing=hips["competing"], cluster=hips["patient"]
    )
    assert found.intercept.value == pytest.approx(0.917712031151, abs=1e-4)
    assert found.slope.value == pytest.approx(1.29491768203, abs=1e-4)
    assert found.slope.low < 1 < found.slope.high


def test_the_standard_error_of_the_auc_is_that_of_the_bootstrap(hips):
    names = ("time", "event", "competing", "risk")
    value, error = cr.competing_auc(*(hips[name] for name in names), 36)
    rng, drawn = np.random.default_rng(0), []
    for _ in range(300):
        rows = rng.integers(0, 120, 120)
        drawn.append(cr.competing_auc(*(hips[name][rows] for name in names), 36)[0])
    assert error == pytest.approx(np.std(drawn), rel=0.15)
    assert 0.7 < value < 0.8


def test_observed_risks_of_every_figure_know_the_competing_event(hips):
    time, event, risk, other = (hips[name] for name in ("time", "event", "risk", "competing"))
    curve = calibration_curve(time, event, risk, 48, competing=other, repeats=50)
    plain = calibration_curve(time, event, risk, 48, repeats=50)
    seen = cr.observed_risk(time, event, 48, other)
    assert curve.observed_to_expected.value == pytest.approx(seen / risk.mean())
    assert curve.observed_to_expected.value < plain.observed_to_expected.value - 0.15
    groups = calibration_groups(time, event, risk, 48, competing=other, cluster=hips["patient"])
    assert (groups.low <= groups.observed).all()
    assert (groups.observed <= groups.high).all()
    everyone = decision_curve(time, event, risk, 48, competing=other, thresholds=[0.2]).everyone[0]
    assert everyone == pytest.approx(seen - (1 - seen) * 0.25)


def test_codes_are_explained_where_they_cannot_be_taken():
    time = np.arange(1.0, 31)
    with pytest.raises(InputError, match="2 is a competing event"):
        check_outcome(time, np.tile([0, 1, 2], 10))
    taken = check_outcome(time, np.tile([0, 1, 2], 10), competing=True)
    assert (taken.events, int(taken.competing.sum())) == (10, 10)
    assert taken.take(np.arange(3)).competing.tolist() == [False, False, True]
    with pytest.raises(InputError, match="no event of interest"):
        check_outcome(time, np.tile([0, 2, 2], 10), competing=True)
    with pytest.raises(InputError, match="coded 0, 1, 3"):
        check_outcome(time, np.tile([0, 1, 3], 10), competing=True)


def test_too_few_events_by_a_month_are_refused(hips):
    with pytest.raises(TooFewEvents, match="at least 10 events"):
        cr.competing_auc(hips["time"], hips["event"], hips["competing"], hips["risk"], 2)


def test_a_share_by_patients_ends_within_one_and_never_closes(hips):
    found = sm.time_dependent_auc(hips["time"], hips["event"], hips["risk"], 36, cluster=hips["patient"])
    assert 0 < found.low < found.value < found.high < 1
    assert found.value - found.low > found.high - found.value  # on the logit scale
    first = 0.5 * hips["event"] - hips["time"]
    perfect = sm.concordance(hips["time"], hips["event"], first, cluster=hips["patient"])
    assert (perfect.value, perfect.high) == (1.0, 1.0)
    assert perfect.low == pytest.approx(0.025 ** (1 / 80))


def test_what_cannot_be_computed_has_no_interval():
    found = sm.share_by_patient(float("nan"), 0.01, 40)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert np.isnan(sm.share_by_patient(0.8, float("nan"), 40).low)
