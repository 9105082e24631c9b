import numpy as np
import pytest
from scipy.special import expit, logit
from scipy.stats import chi2
from sklearn.linear_model import LogisticRegression
from support.r_reference import REFERENCE, models

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.calibration import (
    brier_score,
    calibration_bins,
    calibration_curve,
    calibration_errors,
    calibration_line,
    expected_calibration_error,
    hosmer_lemeshow,
    scaled_brier,
)
from ONFHAssistLib.evaluate.binary.smoothing import lowess


def _sample(n=4000, seed=0, slope=1.0, shift=0.0):
    """Outcomes that follow expit(shift + slope * log-odds) of the probabilities returned with them."""
    generator = np.random.default_rng(seed)
    x = generator.normal(size=n)
    outcome = (generator.random(n) < expit(shift + slope * x)).astype(int)
    return outcome, expit(x)


def test_brier_slope_intercept_and_emax_equal_rms():
    outcome, probability, _ = models()
    figures = REFERENCE["calibration"]
    line = calibration_line(outcome, probability)
    assert brier_score(outcome, probability) == pytest.approx(figures["brier"], rel=1e-9)
    assert line.slope.value == pytest.approx(figures["slope"], rel=1e-6)
    assert line.intercept.value == pytest.approx(figures["intercept"], abs=1e-6)
    assert calibration_errors(outcome, probability)["emax"] == pytest.approx(figures["emax"], rel=1e-6)


def test_slope_and_intercept_find_what_was_put_in():
    outcome, probability = _sample(slope=0.6, shift=-0.5, n=20_000)
    line = calibration_line(outcome, probability)
    assert line.slope.low < 0.6 < line.slope.high
    assert line.intercept.low < -0.5 < line.intercept.high
    assert line.in_the_large.high < 0


def test_the_line_equals_a_regression_without_penalty():
    outcome, probability = _sample(n=300, seed=3)
    line = calibration_line(outcome, probability)
    regression = LogisticRegression(C=1e12, tol=1e-10, max_iter=1000).fit(
        logit(probability)[:, None], outcome
    )
    assert line.slope.value == pytest.approx(regression.coef_[0, 0], rel=1e-4)
    assert line.intercept.value == pytest.approx(regression.intercept_[0], rel=1e-3)


def test_probabilities_that_separate_have_no_slope():
    with pytest.raises(InputError, match="separate the outcomes completely"):
        calibration_line(np.array([0, 0, 1, 1]), np.array([0.1, 0.2, 0.8, 0.9]))
    with pytest.raises(InputError, match="All probabilities are the same"):
        calibration_line(np.array([0, 0, 1, 1]), np.full(4, 0.5))


@pytest.mark.parametrize("size", [230, 201])  # with 201 every cut is itself a probability
def test_hosmer_lemeshow_equals_the_sum_over_groups(size):
    outcome, probability = _sample(n=size, seed=1)
    found = hosmer_lemeshow(outcome, probability)
    cuts = np.quantile(probability, np.linspace(0, 1, 11))
    statistic = 0.0
    for k in range(10):
        inside = (probability <= cuts[k + 1]) & ((probability > cuts[k]) | (k == 0))
        n, o, e = inside.sum(), outcome[inside].sum(), probability[inside].sum()
        statistic += (o - e) ** 2 / e + ((n - o) - (n - e)) ** 2 / (n - e)
    assert found.statistic == pytest.approx(statistic)
    assert found.degrees == 8
    assert found.p == pytest.approx(chi2.sf(statistic, 8))
    assert found.groups["n"].sum() == size
    assert hosmer_lemeshow(outcome, probability, external=True).degrees == 10


def test_hosmer_lemeshow_rejects_five_times_in_a_hundred_when_calibrated():
    p = np.array([hosmer_lemeshow(*_sample(n=400, seed=s), external=True).p for s in range(400)])
    assert 0.02 <= (p < 0.05).mean() <= 0.085
    assert hosmer_lemeshow(*_sample(slope=0.4)).p < 1e-6


def test_hosmer_lemeshow_needs_three_groups():
    with pytest.raises(InputError, match=r"fall into 2 group"):
        hosmer_lemeshow(np.array([0, 1, 0, 1]), np.array([0.2, 0.2, 0.6, 0.6]))


def test_expected_calibration_error_by_hand():
    outcome = np.array([0, 1, 1, 1])
    probability = np.array([0.12, 0.18, 0.95, 1.0])
    # bin 0.1-0.2: mean 0.15 against 0.5, half of the cases; bin 0.9-1.0: mean 0.975 against 1
    assert expected_calibration_error(outcome, probability) == pytest.approx(0.5 * 0.35 + 0.5 * 0.025)


def test_scaled_brier_is_nought_for_the_prevalence_and_one_for_the_truth():
    outcome = np.array([0, 0, 0, 1])
    assert scaled_brier(outcome, np.full(4, 0.25)) == pytest.approx(0)
    assert scaled_brier(outcome, outcome.astype(float)) == 1


def test_bins_hold_all_cases_and_cover_the_diagonal():
    outcome, probability = _sample()
    bins = calibration_bins(outcome, probability)
    assert bins["n"].sum() == 4000
    assert bins["predicted"].is_monotonic_increasing
    inside = (bins["low"] <= bins["predicted"]) & (bins["predicted"] <= bins["high"])
    assert inside.sum() >= 8


def test_smooth_curve_follows_the_truth():
    outcome, probability = _sample(slope=0.5, n=8000)
    curve = calibration_curve(outcome, probability)
    middle = curve[curve["predicted"].between(0.2, 0.8)]
    truth = expit(0.5 * logit(middle["predicted"]))
    assert np.abs(middle["observed"] - truth).max() < 0.05


def test_lowess_gives_back_a_line_and_copes_with_repeats():
    x = np.sort(np.r_[np.linspace(0, 3, 40), np.full(30, 1.5)])
    assert lowess(x, 2 - 3 * x) == pytest.approx(2 - 3 * x, abs=1e-9)
    assert lowess(np.zeros(5), np.arange(5.0)) == pytest.approx(np.full(5, 2.0))


def test_lowess_equals_a_direct_weighted_regression():
    generator = np.random.default_rng(0)
    x, y = np.sort(generator.random(30)), generator.normal(size=30)
    found = lowess(x, y, delta=0.0)
    for i in (0, 7, 29):
        reach = np.sort(np.abs(x - x[i]))[19]
        w = np.clip(1 - (np.abs(x - x[i]) / reach) ** 3, 0, None) ** 3
        line = np.polyfit(x, y, 1, w=np.sqrt(w))
        assert found[i] == pytest.approx(np.polyval(line, x[i]), abs=1e-6)


def test_a_probability_outside_0_to_1_is_named():
    with pytest.raises(InputError, match=r"probability of row 1 is 1\.2"):
        brier_score(np.array([0, 1]), np.array([0.5, 1.2]))
