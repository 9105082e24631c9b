import time

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from sklearn import metrics
from support.r_reference import REFERENCE, cancer

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.bootstrap import (
    bootstrap_auc,
    bootstrap_interval,
    bootstrap_metrics,
    patient_weights,
    weighted_auc,
)
from ONFHAssistLib.evaluate.binary.discrimination import (
    auc,
    auc_delong,
    confusion_counts,
    delong_covariance,
    delong_test,
    roc_curve,
    threshold_metrics,
    wilson_interval,
    youden_threshold,
)


def test_auc_interval_and_paired_test_equal_proc():
    outcome, columns = cancer()
    figures = REFERENCE["delong"]
    first, second = columns[figures["score_a"]], columns[figures["score_b"]]
    a, b = auc_delong(outcome, first), auc_delong(outcome, second)
    assert [a.value, a.low, a.high] == pytest.approx([figures["auc_a"], *figures["ci_a"]], rel=1e-9)
    assert [b.value, b.low, b.high] == pytest.approx([figures["auc_b"], *figures["ci_b"]], rel=1e-9)
    test = delong_test(outcome, first, second)
    assert [test.z, test.p] == pytest.approx([figures["z"], figures["p"]], rel=1e-9)
    assert test.difference == pytest.approx(figures["auc_a"] - figures["auc_b"])
    assert test.low < 0 < test.high


def _delong_by_definition(outcome, scores):
    events, others = scores[:, outcome == 1], scores[:, outcome == 0]
    psi = (events[:, :, None] > others[:, None, :]) + 0.5 * (events[:, :, None] == others[:, None, :])
    v10, v01 = psi.mean(axis=2), psi.mean(axis=1)
    return psi.mean(axis=(1, 2)), np.cov(v10) / v10.shape[1] + np.cov(v01) / v01.shape[1]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 20), st.integers(2, 20), st.integers(1, 8))
def test_fast_delong_equals_the_definition_with_ties(seed, m, n, levels):
    generator = np.random.default_rng(seed)
    outcome = generator.permutation(np.r_[np.ones(m, int), np.zeros(n, int)])
    scores = np.stack([generator.integers(0, levels + 1, m + n), generator.normal(size=m + n)]).astype(float)
    area, covariance = delong_covariance(outcome, scores)
    expected_area, expected = _delong_by_definition(outcome, scores)
    assert area == pytest.approx(expected_area)
    assert covariance == pytest.approx(expected, abs=1e-12)
    assert auc(outcome, scores) == pytest.approx(expected_area)


def test_delong_on_100_000_samples_takes_less_than_a_second():
    generator = np.random.default_rng(0)
    outcome = (generator.random(100_000) < 0.4).astype(int)
    scores = generator.normal(size=(2, 100_000)) + outcome
    start = time.process_time()
    test = delong_test(outcome, scores[0], scores[1])
    assert time.process_time() - start < 1.0
    alone = [auc_delong(outcome, score) for score in scores]
    errors = [(one.high - one.low) / 2 / 1.959964 for one in alone]
    # the scores are independent but for the outcome, so the variances add
    assert test.standard_error == pytest.approx(np.hypot(*errors), rel=0.02)


def test_equal_scores_do_not_differ():
    outcome, columns = cancer()
    test = delong_test(outcome, columns["mean_texture"], columns["mean_texture"])
    assert (test.difference, test.z, test.p) == (0.0, 0.0, 1.0)


def test_a_perfect_score_has_an_interval_of_no_width():
    perfect = auc_delong(np.array([0, 0, 0, 1, 1]), np.array([0.1, 0.2, 0.3, 0.8, 0.9]))
    assert (perfect.value, perfect.low, perfect.high) == (1.0, 1.0, 1.0)
    assert str(perfect) == "1.000 (1.000-1.000)"


def test_delong_interval_covers_the_truth():
    generator = np.random.default_rng(5)
    truth = 0.7602499389  # normal scores one standard deviation apart: Phi(1 / sqrt(2))
    outcome = np.arange(120) % 2
    hits = 0
    for _ in range(400):
        found = auc_delong(outcome, generator.normal(size=120) + outcome)
        hits += found.low <= truth <= found.high
    assert 0.92 <= hits / 400 <= 0.98


def test_roc_curve_equals_scikit_learn_and_its_area_the_auc():
    outcome, columns = cancer()
    curve = roc_curve(outcome, columns["mean_texture"])
    false, true, threshold = metrics.roc_curve(outcome, columns["mean_texture"], drop_intermediate=False)
    assert curve["false_positive_rate"].to_numpy() == pytest.approx(false)
    assert curve["sensitivity"].to_numpy() == pytest.approx(true)
    assert np.array_equal(curve["threshold"], threshold)
    area = np.trapezoid(curve["sensitivity"], curve["false_positive_rate"])
    assert area == pytest.approx(REFERENCE["delong"]["auc_a"])


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 9))
@example(90, 6)  # scores so poor that calling everybody positive is best
def test_no_threshold_beats_youdens(seed, levels):
    generator = np.random.default_rng(seed)
    outcome = np.r_[0, 1, generator.integers(0, 2, 28)]
    scores = (generator.integers(0, levels, 30) + outcome).astype(float)

    def youden(threshold):
        count = confusion_counts(outcome, scores, threshold)
        return count["tp"] / outcome.sum() - count["fp"] / (1 - outcome).sum()

    best = max(youden(t) for t in np.unique(scores))
    assert youden(youden_threshold(outcome, scores)) == pytest.approx(best)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 200), st.data(), st.sampled_from([0.9, 0.95, 0.99]))
def test_wilson_bounds_are_the_shares_that_the_score_test_just_accepts(total, data, level):
    hits = data.draw(st.integers(0, total))
    low, high = wilson_interval(hits, total, level)
    assert 0 <= low <= hits / total <= high <= 1
    for bound, closed in ((low, hits == 0), (high, hits == total)):
        if not closed:
            score = abs(hits / total - bound) / np.sqrt(bound * (1 - bound) / total)
            assert 2 * norm.sf(score) == pytest.approx(1 - level)


def test_the_interval_of_no_hits_ends_at_the_published_form():
    # z^2 / (n + z^2) for 0 of n, z = 1.959964
    assert wilson_interval(0, 10) == pytest.approx((0.0, 3.841459 / 13.841459), abs=1e-7)
    assert wilson_interval(10, 10)[1] == 1.0
    assert np.isnan(wilson_interval(0, 0)).all()


def test_metrics_at_a_threshold_equal_scikit_learn():
    outcome, columns = cancer()
    scores = columns["mean_texture"]
    threshold = youden_threshold(outcome, scores)
    called = scores >= threshold
    table = threshold_metrics(outcome, scores, threshold)
    expected = {
        "accuracy": metrics.accuracy_score(outcome, called),
        "sensitivity": metrics.recall_score(outcome, called),
        "specificity": metrics.recall_score(outcome, called, pos_label=0),
        "ppv": metrics.precision_score(outcome, called),
        "npv": metrics.precision_score(outcome, called, pos_label=0),
        "precision": metrics.precision_score(outcome, called),
        "recall": metrics.recall_score(outcome, called),
        "f1": metrics.f1_score(outcome, called),
    }
    assert table["value"].to_dict() == pytest.approx(expected)
    assert (table["low"] < table["value"]).all()
    assert (table["value"] < table["high"]).all()


def test_a_share_of_no_cases_is_not_a_number():
    table = threshold_metrics(np.array([0, 1, 1]), np.array([0.1, 0.2, 0.3]), threshold=0.9)
    assert np.isnan(table.loc["ppv", "value"])
    assert table.loc["sensitivity", "value"] == 0
    assert table.loc["f1", "value"] == 0


def test_hips_of_a_patient_are_drawn_together():
    patients = np.array(["a", "a", "b", "c", "c", "c"])
    weights = patient_weights(patients, 6, 200, 0)
    assert (weights[:, 0] == weights[:, 1]).all()
    assert (weights[:, 3:5] == weights[:, [5]]).all()
    assert (weights[:, 0] + weights[:, 2] + weights[:, 3] == 3).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_weighted_auc_equals_the_auc_of_the_repeated_rows(seed):
    generator = np.random.default_rng(seed)
    outcome = np.r_[0, 1, generator.integers(0, 2, 18)]
    scores = generator.integers(0, 6, 20).astype(float)
    weights = generator.integers(0, 4, (5, 20))
    found = weighted_auc(outcome, scores, weights)
    for k in range(5):
        rows = np.repeat(np.arange(20), weights[k])
        if len(np.unique(outcome[rows])) < 2:
            assert np.isnan(found[k])
        else:
            assert found[k] == pytest.approx(metrics.roc_auc_score(outcome[rows], scores[rows]))


def test_bootstrap_agrees_with_delong_for_independent_cases_and_widens_for_patients():
    generator = np.random.default_rng(1)
    outcome = np.repeat(np.arange(200) % 2, 2)
    shared = np.repeat(generator.normal(size=200), 2)
    scores = shared + 0.2 * generator.normal(size=400) + outcome
    closed = auc_delong(outcome, scores)
    by_row = bootstrap_auc(outcome, scores, None, 2000)
    by_patient = bootstrap_auc(outcome, scores, np.repeat(np.arange(200), 2), 2000)
    assert (by_row.low, by_row.high) == pytest.approx((closed.low, closed.high), abs=0.008)
    # two hips that say nearly the same count as one: the interval is wider by about the root of 2
    ratio = (by_patient.high - by_patient.low) / (closed.high - closed.low)
    assert ratio == pytest.approx(np.sqrt(2), abs=0.15)


def test_bootstrap_of_all_metrics_equals_the_plain_loop():
    generator = np.random.default_rng(2)
    outcome = generator.integers(0, 2, 60)
    probability = np.clip(0.5 + 0.25 * (outcome - 0.5) + 0.2 * generator.normal(size=60), 0, 1)
    patients = np.repeat(np.arange(30), 2)
    table = bootstrap_metrics(outcome, probability, 0.5, patients, 300, seed=4)

    def figure(name):
        return lambda rows: threshold_metrics(outcome[rows], probability[rows], 0.5).loc[name, "value"]

    for name in ("npv", "f1", "accuracy"):
        loop = bootstrap_interval(figure(name), 60, patients, 300, seed=4)
        assert table.loc[name].tolist() == pytest.approx([loop.value, loop.low, loop.high])
    loop = bootstrap_interval(lambda r: auc(outcome[r], probability[r]), 60, patients, 300, seed=4)
    assert table.loc["auc"].tolist() == pytest.approx([loop.value, loop.low, loop.high])


@pytest.mark.parametrize(
    ("outcome", "scores", "message"),
    [
        ([1, 1, 1], [0.1, 0.2, 0.3], "All 3 outcomes are of one class"),
        ([0, 1, 2], [0.1, 0.2, 0.3], "row 2 is '2'"),
        ([0, 1, 1], [0.1, np.nan, 0.3], "score of row 1 is not a finite number"),
        ([0, 1], [0.1, 0.2, 0.3], "2 outcomes and scores of shape"),
        ([0, 0, 1], [0.1, 0.2, 0.3], "two cases of each class; there are 1 with the outcome, 2 without"),
    ],
)
def test_bad_input_is_named(outcome, scores, message):
    with pytest.raises(InputError, match=message):
        auc_delong(np.array(outcome), np.array(scores))
