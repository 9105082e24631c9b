"""Figures whose unit is the patient: doubled rows change nothing, one hip a patient gives the textbook's figures."""

import numpy as np
import pytest
from scipy import stats

from ONFHAssistLib.evaluate.binary.calibration import calibration_bins, calibration_line, hosmer_lemeshow
from ONFHAssistLib.evaluate.binary.comparison import (
    categorical_nri,
    continuous_nri,
    integrated_discrimination_improvement,
    mcnemar_test,
)
from ONFHAssistLib.evaluate.binary.cross_validated import auc_over_folds, compare_over_folds
from ONFHAssistLib.evaluate.binary.discrimination import (
    auc,
    auc_by_patient,
    auc_delong,
    delong_covariance,
    delong_test,
    threshold_metrics,
    wilson_interval,
)
from ONFHAssistLib.evaluate.binary.usefulness import decision_curve, performance_by_prevalence
from ONFHAssistLib.evaluate.clusters.areas import newcombe_interval
from ONFHAssistLib.evaluate.clusters.bootstrap import PERCENTILE, bca_bounds, patient_bootstrap
from ONFHAssistLib.evaluate.clusters.folds import corrected_t_test
from ONFHAssistLib.evaluate.clusters.permutation import exact_sign_distribution, sign_flip_test
from ONFHAssistLib.evaluate.clusters.proportions import clustered_mean, clustered_share, effective_size
from ONFHAssistLib.evaluate.clusters.regression import logistic_sandwich


def hips(n_patients=60, seed=0, effect=1.2):
    """Outcome, probabilities of two models (2, n), patients: two hips each, alike in what they share."""
    generator = np.random.default_rng(seed)
    patients = np.repeat(np.arange(n_patients), 2)
    shared = generator.normal(size=(3, n_patients))[:, patients]
    scores = 0.8 * shared[:2] + 0.6 * generator.normal(size=(2, len(patients)))
    noise = 0.8 * shared[2] + 0.6 * generator.normal(size=len(patients))
    outcome = (effect * scores.sum(axis=0) / np.sqrt(2) + noise > 0.2).astype(int)
    return outcome, stats.norm.cdf(scores), patients


def every_figure(outcome, probability, patients, fold):
    """All p-values and bounds that a report prints, as one vector."""
    first, second = probability
    tests = [
        delong_test(outcome, first, second, patients=patients),
        integrated_discrimination_improvement(outcome, first, second, patients=patients),
    ]
    for nri in (
        continuous_nri(outcome, first, second, patients=patients),
        categorical_nri(outcome, first, second, [0.3, 0.7], patients=patients),
    ):
        tests += [nri.total, nri.events, nri.nonevents]
    found = [value for test in tests for value in (test.p, test.low, test.high)]
    right = (probability >= 0.5) == (outcome == 1)
    matched = mcnemar_test(*right, patients)
    line = calibration_line(outcome, first, patients=patients)
    found += [matched.p, matched.p_exact, matched.p_mid]
    found += [b for e in (line.slope, line.intercept, line.in_the_large) for b in (e.low, e.high)]
    found += [hosmer_lemeshow(outcome, first, external=True, patients=patients).p]
    for area in (
        auc_by_patient(outcome, first, patients),
        auc_over_folds(outcome, first, fold, patients),
    ):
        found += [area.low, area.high]
    found += (
        threshold_metrics(outcome, first, 0.5, patients=patients)[["low", "high"]].to_numpy().ravel().tolist()
    )
    for test in compare_over_folds(outcome, first, second, fold, *right).values():
        found += [test.p, test.low, test.high]
    found += clustered_mean((first - outcome) ** 2, patients)
    curve = decision_curve(outcome, {"m": first}, [0.2, 0.5], patients)
    found += curve[["low", "high"]].to_numpy().ravel().tolist()
    over = performance_by_prevalence(outcome, first, 0.5, [0.2, 0.7], patients=patients)
    found += over[["auc_low", "auc_high"]].to_numpy().ravel().tolist()
    value = patient_bootstrap(lambda w: (w @ right[0]) / w.sum(axis=1), len(outcome), patients, 200)
    return np.array([*found, *value])


@pytest.mark.parametrize("n_patients", [60, 9])
def test_every_row_twice_in_its_patient_changes_no_p_and_no_bound(n_patients):
    outcome, probability, patients = hips(n_patients, seed=3)
    fold = patients % 3
    once = every_figure(outcome, probability, patients, fold)
    twice = every_figure(*(np.concatenate([a, a], axis=-1) for a in (outcome, probability, patients, fold)))
    assert np.isfinite(once).sum() > 60
    assert twice == pytest.approx(once, rel=1e-6, abs=1e-9, nan_ok=True)


def test_hips_as_independent_do_change():
    outcome, probability, _ = hips()
    doubled = [np.concatenate([a, a], axis=-1) for a in (outcome, probability)]
    assert delong_test(doubled[0], *doubled[1]).p < 0.8 * delong_test(outcome, *probability).p


def test_one_hip_a_patient_gives_delong_wilson_and_mcnemar():
    outcome, probability, _ = hips()
    own = np.arange(len(outcome))
    area, covariance = delong_covariance(outcome, probability)
    again, clustered = delong_covariance(outcome, probability, own)
    assert clustered == pytest.approx(covariance, rel=1e-12)
    assert again == pytest.approx(area)
    plain = threshold_metrics(outcome, probability[0], 0.5)
    by_patient = threshold_metrics(outcome, probability[0], 0.5, patients=own)
    assert by_patient.to_numpy() == pytest.approx(plain.to_numpy())
    assert delong_test(outcome, *probability, patients=own).p == pytest.approx(
        delong_test(outcome, *probability).p
    )
    nri = [continuous_nri(outcome, *probability, patients=p).total for p in (own, None)]
    assert nri[0].standard_error == pytest.approx(nri[1].standard_error)
    right = (probability >= 0.5) == (outcome == 1)
    exact = [mcnemar_test(*right, p) for p in (own, None)]
    assert exact[0].p_exact == pytest.approx(exact[1].p_exact)
    assert exact[0].p_mid == pytest.approx(exact[1].p_mid)


def test_the_error_of_an_area_is_that_of_resampled_patients():
    outcome, probability, patients = hips(150, seed=1)
    _, covariance = delong_covariance(outcome, probability[:1], patients)
    generator = np.random.default_rng(0)
    rows = patients.reshape(-1, 2) * 2 + np.arange(2)
    drawn = [rows[generator.integers(0, 150, 150)].ravel() for _ in range(400)]
    spread = np.std([auc(outcome[r], probability[0][r]) for r in drawn])
    assert np.sqrt(covariance[0, 0]) == pytest.approx(spread, rel=0.1)
    alone = auc_delong(outcome, probability[0])
    assert np.sqrt(covariance[0, 0]) > 1.08 * (alone.high - alone.low) / 3.92


def test_newcombes_bounds_are_the_areas_that_its_test_just_accepts():
    for area, m, n in ((0.9, 20, 25), (1.0, 5, 4), (0.5, 30, 10)):
        low, _ = newcombe_interval(area, m, n)
        rest = ((m + n) / 2 - 1) * ((1 - low) / (2 - low) + low / (1 + low))
        error = np.sqrt(low * (1 - low) * (1 + rest) / (m * n))
        assert (area - low) / error == pytest.approx(1.959964, abs=1e-5)
    assert newcombe_interval(1.0, 5, 4)[1] == 1.0


def test_nine_hips_ranked_without_error_have_a_width_and_no_p_below_what_nine_can_show():
    outcome = np.array([0, 0, 0, 0, 1, 1, 1, 1, 1])
    perfect, reverse = np.linspace(0.1, 0.9, 9), np.linspace(0.9, 0.1, 9)
    patients = np.arange(9)
    area = auc_by_patient(outcome, perfect, patients)
    assert (area.value, area.high) == (1.0, 1.0)
    assert 0.5 < area.low < 0.75
    least = 2 / 2**9
    test = delong_test(outcome, perfect, reverse, patients=patients)
    assert test.p >= least
    assert test.low < 1 < test.difference + 1e-9 <= test.high + 1e-9
    nri = continuous_nri(outcome, reverse, perfect, patients=patients)
    assert nri.total.p >= least
    assert nri.total.low < nri.total.difference - 0.3
    assert integrated_discrimination_improvement(outcome, reverse, perfect, patients=patients).p >= least
    share = clustered_share(np.ones(9), patients)
    assert (share.low, share.high) == pytest.approx((wilson_interval(9, 9)[0], 1.0))


def test_two_hips_that_say_the_same_are_worth_one():
    hits = np.repeat([1, 1, 0, 1, 0, 1, 1, 1], 2)
    assert effective_size(hits, np.repeat(np.arange(8), 2)) == pytest.approx(8)
    assert effective_size(hits, None) == 16
    # hips that disagree in every patient show no variance at all and are still worth two a patient at most
    assert effective_size(np.tile([0, 1], 8), np.repeat(np.arange(8), 2)) == 16
    assert effective_size(np.ones(16), np.repeat(np.arange(8), 2)) == 8


def test_exchange_within_patients_is_exact():
    sums, share = exact_sign_distribution(np.array([1, -1, 1, 1, 1]))
    assert share[np.isin(sums, np.arange(-5, 6, 2))] == pytest.approx(stats.binom.pmf(np.arange(6), 5, 0.5))
    differences = np.array([0.5, -0.1, 0.3, 0.2, 0.4])
    patients = np.array([0, 0, 1, 2, 3])
    # sums 0.4, 0.3, 0.2, 0.4: only all one way reach 1.3
    assert sign_flip_test(differences, patients) == pytest.approx(2 / 2**4)


def test_the_sandwich_of_many_single_hips_is_the_fishers_information():
    generator = np.random.default_rng(2)
    x = np.column_stack([np.ones(4000), generator.normal(size=4000)])
    p = stats.logistic.cdf(x @ [0.2, 1.0])
    labels = (generator.random(4000) < p).astype(int)
    bread = np.linalg.inv((x * (p * (1 - p))[:, None]).T @ x)
    robust = logistic_sandwich(x, labels, p, None)
    assert np.diag(robust) == pytest.approx(np.diag(bread), rel=0.06)


def test_bias_corrected_bounds_are_scipys():
    values = np.random.default_rng(5).lognormal(sigma=1.2, size=40)

    def mean(weights):
        return (weights @ values) / weights.sum(axis=1)

    found = patient_bootstrap(mean, 40, None, 6000)
    expected = stats.bootstrap((values,), np.mean, n_resamples=6000, method="BCa", rng=1).confidence_interval
    assert found[1:] == pytest.approx((expected.low, expected.high), rel=0.03)
    plain = patient_bootstrap(mean, 40, None, 6000, kind=PERCENTILE)
    assert found[2] > plain[2] + 0.1  # a skewed mean moves up
    symmetric = np.linspace(-1, 1, 401)
    assert bca_bounds(0.0, symmetric, np.linspace(-1, 1, 11)) == pytest.approx((-0.95, 0.95), abs=0.01)


def test_folds_are_averaged_and_tested_with_what_they_share():
    found = corrected_t_test(np.array([0.1, 0.2, 0.0, 0.1, np.nan]))
    error = np.sqrt(np.var([0.1, 0.2, 0.0, 0.1], ddof=1) * (1 / 4 + 1 / 3))
    assert (found.difference, found.standard_error) == pytest.approx((0.1, error))
    assert found.p == pytest.approx(2 * stats.t.sf(0.1 / error, 3))
    assert np.isnan(corrected_t_test(np.array([0.3, 0.3])).p)
    assert corrected_t_test(np.zeros(5)).p == 1


def test_scores_of_different_folds_are_not_ranked_against_each_other():
    outcome = np.tile([0, 0, 1, 1], 3)
    fold = np.repeat(np.arange(3), 4)
    scores = np.tile([0.1, 0.2, 0.3, 0.4], 3) + 0.3 * fold
    within = auc_over_folds(outcome, scores, fold, None)
    assert within.value == 1.0
    assert 0.5 < within.low < 0.9
    assert auc(outcome, scores) < 0.8
    empty = auc_over_folds(outcome, scores, np.arange(12), None)
    assert np.isnan(empty.value)


def test_points_of_a_calibration_plot_widen_for_hips_of_one_patient():
    outcome, probability, patients = hips(40, seed=6)
    doubled = [np.repeat(a, 2) for a in (outcome, probability[0], patients)]
    wide = calibration_bins(doubled[0], doubled[1], 4, patients=doubled[2])
    narrow = calibration_bins(doubled[0], doubled[1], 4)
    assert ((wide["high"] - wide["low"]) > 1.2 * (narrow["high"] - narrow["low"])).mean() > 0.7
