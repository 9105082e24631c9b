import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import mannwhitneyu
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LassoCV, LogisticRegression
from sklearn.pipeline import make_pipeline
from support.feature_cohorts import cohort

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.selection.association import (
    benjamini_hochberg,
    correlations,
    lasso_coefficients,
    mann_whitney,
)
from ONFHAssistLib.tabular.selection.steps import (
    Lasso,
    MannWhitney,
    MinimumRedundancy,
    MissingOutlier,
    PearsonRedundancy,
    Reproducible,
    Selection,
    ZScore,
    dlr_steps,
)

REFERENCE = json.loads((Path(__file__).parents[1] / "support" / "r_reference.json").read_text())


@pytest.fixture(scope="module")
def cancer():
    data = load_breast_cancer(as_frame=True)
    return data.data, 1 - data.target.to_numpy()


def test_mann_whitney_equals_r(cancer):
    table, malignant = cancer
    statistic, p = mann_whitney(table[["mean smoothness"]].to_numpy(), malignant)
    assert statistic[0] == REFERENCE["mann_whitney"]["W"]
    assert p[0] == pytest.approx(REFERENCE["mann_whitney"]["p"], rel=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 6))
def test_mann_whitney_equals_scipy_with_and_without_ties(seed, levels):
    generator = np.random.default_rng(seed)
    outcome = np.r_[np.ones(9, int), np.zeros(14, int)]
    values = np.column_stack([generator.normal(size=23), generator.integers(0, levels + 1, 23)])
    statistic, p = mann_whitney(values, outcome)
    for j in range(2):
        expected = mannwhitneyu(values[outcome == 1, j], values[outcome == 0, j], method="asymptotic")
        assert statistic[j] == expected.statistic
        assert p[j] == pytest.approx(1.0 if np.isnan(expected.pvalue) else expected.pvalue, rel=1e-9)


def test_the_rank_sum_takes_the_patient_as_its_unit():
    generator = np.random.default_rng(3)
    values = np.round(generator.normal(size=(60, 4)), 1)  # with ties
    outcome = generator.permutation(np.r_[np.ones(25, int), np.zeros(35, int)])
    alone = mann_whitney(values, outcome)[1]
    assert mann_whitney(values, outcome, np.arange(60))[1] == pytest.approx(alone, rel=1e-12)
    twice = np.repeat(values, 2, axis=0), np.repeat(outcome, 2)
    assert mann_whitney(*twice, np.repeat(np.arange(60), 2))[1] == pytest.approx(alone, rel=1e-9)
    assert (mann_whitney(*twice)[1] < alone).all()


def test_noise_that_both_hips_share_passes_the_filter_as_often_as_alpha_says():
    generator = np.random.default_rng(4)
    shared = np.repeat(generator.normal(size=(75, 3000)), 2, axis=0)
    values = np.sqrt(0.8) * shared + np.sqrt(0.2) * generator.normal(size=(150, 3000))
    outcome, patients = (
        np.repeat(generator.permutation(np.arange(75) < 33), 2).astype(int),
        np.arange(150) // 2,
    )
    passed = np.mean(mann_whitney(values, outcome, patients)[1] < 0.05)
    assert 0.035 < passed < 0.065
    assert np.mean(mann_whitney(values, outcome)[1] < 0.05) > 0.1


def test_benjamini_hochberg_by_hand():
    # p * n / rank, made to fall with the rank: 0.005 * 5 / 1, 0.01 * 5 / 2, 0.03 * 5 / 3, 0.04 * 5 / 4, 0.8
    assert benjamini_hochberg(np.array([0.01, 0.04, 0.03, 0.005, 0.8])) == pytest.approx(
        [0.025, 0.05, 0.05, 0.025, 0.8]
    )


def test_benjamini_hochberg_keeps_fewer_than_raw_p():
    features, outcome = cohort(n_features=400)
    raw = MannWhitney(0.05).fit(features, outcome)
    adjusted = MannWhitney(0.05, adjust="bh").fit(features, outcome)
    assert 20 <= adjusted.support_.sum() < raw.support_.sum()
    assert adjusted.log_.step == "Mann-Whitney p < 0.05 (Benjamini-Hochberg)"
    assert "after adjustment" in next(iter(adjusted.log_.removed.values()))


def test_mann_whitney_keeps_the_best_when_none_passes():
    generator = np.random.default_rng(3)
    outcome = np.arange(40) % 2
    step = MannWhitney(1e-6).fit(generator.normal(size=(40, 30)), outcome)
    assert step.support_.sum() == 1
    assert step.support_[np.argmin(step.pvalues_)]


def test_z_score_uses_the_training_cases_and_drops_a_constant():
    train = pd.DataFrame({"a": [1.0, 2, 3, 4], "constant": [7.1] * 4})
    step = ZScore().fit(train)
    again = step.transform(pd.DataFrame({"a": [2.5, 5.0], "constant": [7.1, 9.0]}))
    assert list(again.columns) == ["a"]
    assert again["a"].tolist() == pytest.approx([0.0, 2.5 / np.sqrt(1.25)])
    assert step.log_.removed == {"constant": "the same value (7.1) in every training case"}


def test_missing_and_outlying_features_leave_with_their_reason():
    generator = np.random.default_rng(0)
    table = pd.DataFrame(generator.normal(size=(20, 4)), columns=["fine", "holes", "one_hole", "spikes"])
    table.loc[:7, "holes"] = np.nan
    table.loc[3, "one_hole"] = np.nan
    table.loc[:3, "spikes"] = 1e6
    step = MissingOutlier(max_missing=0.1, max_outliers=0.1).fit(table)
    assert list(step.get_feature_names_out()) == ["fine", "one_hole"]
    assert step.log_.removed == {
        "holes": "missing in 40% of the training cases",
        "spikes": "outlying in 20% of the training cases",
    }
    assert step.transform(table).loc[3, "one_hole"] == pytest.approx(table["one_hole"].median())


def test_a_feature_missing_everywhere_leaves_even_where_holes_are_allowed():
    table = pd.DataFrame({"a": np.arange(12.0), "empty": [np.nan] * 12})
    assert list(MissingOutlier(max_missing=1.0).fit(table).get_feature_names_out()) == ["a"]


def test_reproducible_takes_the_lowest_of_the_comparisons():
    table = pd.DataFrame(np.zeros((5, 3)), columns=["a", "b", "c"])
    icc = pd.DataFrame({"within": [0.9, 0.9, 0.7], "between": [0.8, 0.74, np.nan]}, index=["a", "b", "c"])
    step = Reproducible(icc, 0.75).fit(table)
    assert list(step.get_feature_names_out()) == ["a"]
    assert step.log_.removed["b"] == "intraclass correlation 0.740 < 0.75"
    with pytest.raises(InputError, match="lacks the feature 'c'"):
        Reproducible(icc.drop(index="c")).fit(table)


def test_of_two_correlated_features_the_one_more_related_to_the_outcome_stays():
    generator = np.random.default_rng(5)
    outcome = np.arange(80) % 2
    strong = outcome * 2 + generator.normal(size=80)
    table = pd.DataFrame({"weak": strong + 0.5 * generator.normal(size=80), "strong": strong})
    table["alone"] = generator.normal(size=80)
    statistic, _ = mann_whitney(table.to_numpy(), outcome)
    assert statistic[0] < statistic[1]
    step = PearsonRedundancy(0.9).fit(table, outcome)
    assert list(step.get_feature_names_out()) == ["strong", "alone"]
    assert step.log_.removed == {"weak": "|r| > 0.9 with strong, which is more related to the outcome"}


def test_correlations_do_not_suffer_from_large_values():
    generator = np.random.default_rng(0)
    values = generator.normal(size=(50, 3))
    values[:, 2] += 2 * values[:, 1]
    table = pd.DataFrame(values * 1e-3 + 1e6, columns=list("abc"))
    step = PearsonRedundancy(0.85).fit(table, np.arange(50) % 2)
    assert step.support_.sum() == 2
    assert step.support_[0]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.floats(0.2, 0.95))
def test_no_two_kept_features_correlate_and_each_dropped_one_has_a_kept_rival(seed, limit):
    generator = np.random.default_rng(seed)
    values = generator.normal(size=(30, 4)) @ generator.normal(size=(4, 25)) + 0.3 * generator.normal(
        size=(30, 25)
    )
    step = PearsonRedundancy(limit).fit(values, np.arange(30) % 2)
    close = np.abs(correlations(values))
    kept = close[np.ix_(step.support_, step.support_)] - np.eye(step.support_.sum())
    assert kept.max() <= limit + 1e-5
    for j in np.flatnonzero(~step.support_):
        assert step.support_[step.rival_[j]]
        assert close[j, step.rival_[j]] > limit - 1e-5


def test_mrmr_equals_the_package_mrmr_selection(cancer):
    # mrmr_selection 0.2.8, mrmr_classif(X, y, K=10)
    expected = (
        "worst concave points,worst perimeter,mean concave points,worst radius,mean perimeter,worst area"
    )
    expected += ",mean radius,mean concavity,worst concavity,mean area"
    table, malignant = cancer
    step = MinimumRedundancy(10).fit(table, malignant)
    assert [table.columns[j] for j in step.order_] == expected.split(",")
    assert step.support_.sum() == 10


def test_mrmr_equals_the_package_among_noise_and_copies():
    # the same call, K=12, on these columns
    table = np.random.default_rng(7).normal(size=(100, 60))
    noise = np.random.default_rng(8).normal(size=100)
    outcome = (table[:, 0] + table[:, 1] - table[:, 2] + noise > 0).astype(int)
    copies = [table[:, j] + 0.3 * np.random.default_rng(100 + j).normal(size=100) for j in range(20)]
    step = MinimumRedundancy(12).fit(np.column_stack([table, *copies]), outcome)
    assert step.order_ == [61, 62, 0, 1, 2, 60, 16, 19, 21, 67, 32, 42]


def _objective(values, target, coef, penalty):
    centred, level = values - values.mean(axis=0), target - target.mean()
    return ((level - centred @ coef) ** 2).sum() / (2 * len(target)) + penalty * np.abs(coef).sum()


def test_lasso_is_the_optimum_that_glmnet_approaches(cancer):
    """glmnet stops at its threshold of 1e-7, up to 1.3e-3 from the optimum where features are collinear.

    So the objective is compared (to 1e-5 relative, ours never above), and the conditions of the optimum.
    """
    table, malignant = cancer
    values = ZScore().fit_transform(table).to_numpy()
    target = malignant.astype(float)
    reference = REFERENCE["lasso_gaussian"]
    coef, _ = lasso_coefficients(values, target, np.array(reference["lambda"]))
    for k, penalty in enumerate(reference["lambda"]):
        theirs = np.array(reference["coef"][k])
        assert np.abs(coef[:, k] - theirs).max() < 2e-3
        ours, glmnet = (_objective(values, target, b, penalty) for b in (coef[:, k], theirs))
        assert glmnet * (1 - 1e-5) < ours <= glmnet
        gradient = values.T @ (target - target.mean() - values @ coef[:, k]) / len(target)
        inside = coef[:, k] != 0
        assert gradient[inside] == pytest.approx(penalty * np.sign(coef[inside, k]), rel=1e-9)
        assert np.abs(gradient[~inside]).max() < penalty


def test_lasso_by_coordinate_descent_agrees_with_the_exact_path(cancer, monkeypatch):
    values = ZScore().fit_transform(cancer[0]).to_numpy()
    penalties = 0.3 * np.logspace(0, -2, 20)
    exact, level = lasso_coefficients(values, cancer[1].astype(float), penalties)
    monkeypatch.setattr("ONFHAssistLib.tabular.selection.association._LARS_FEATURES", 0)
    descended, level_2 = lasso_coefficients(values, cancer[1].astype(float), penalties)
    assert descended == pytest.approx(exact, abs=1e-4)
    assert level_2 == pytest.approx(level, abs=1e-9)


def test_lasso_cross_validation_equals_scikit_learn_on_the_same_folds(cancer):
    from ONFHAssistLib.tabular.folds import patient_folds

    table, malignant = ZScore().fit_transform(cancer[0]), cancer[1]
    step = Lasso(seed=4).fit(table, malignant)
    fold = patient_folds(malignant, np.arange(len(malignant)), 10, 4)
    splits = [(np.flatnonzero(fold != k), np.flatnonzero(fold == k)) for k in range(10)]
    theirs = LassoCV(alphas=step.lambdas_, cv=splits, tol=1e-9, max_iter=100_000).fit(table, malignant)
    assert step.lambda_min_ == pytest.approx(theirs.alpha_)
    assert theirs.mse_path_ @ np.bincount(fold) / len(fold) == pytest.approx(step.cv_error_, rel=1e-5)
    assert np.array_equal(step.support_, theirs.coef_ != 0)


def test_one_standard_error_keeps_fewer_features(cancer):
    table, malignant = ZScore().fit_transform(cancer[0]), cancer[1]
    least = Lasso("min").fit(table, malignant)
    simpler = Lasso("1se").fit(table, malignant)
    assert simpler.lambda_ > least.lambda_
    assert 1 <= simpler.support_.sum() < least.support_.sum()


def test_lasso_takes_fewer_folds_where_a_class_has_fewer_patients():
    features, outcome = cohort(n_patients=12, n_features=20)
    step = Lasso().fit(ZScore().fit_transform(features), outcome, np.repeat(np.arange(12), 2))
    assert step.n_folds_ == 6
    assert step.log_.step == "LASSO, 6-fold, lambda min"


def test_lasso_keeps_a_patients_hips_in_one_fold(monkeypatch):
    seen = []
    from ONFHAssistLib.tabular.selection import steps as select

    original = select.patient_folds
    monkeypatch.setattr(select, "patient_folds", lambda *a: seen.append((a[1], original(*a))) or seen[-1][1])
    features, outcome = cohort()
    patients = np.repeat(np.arange(60), 2)
    Selection(dlr_steps()).fit(features, outcome, patients)
    used, fold = seen[0]
    assert np.array_equal(used, patients)
    assert (fold[0::2] == fold[1::2]).all()


def test_the_funnel_counts_every_feature_once():
    features, outcome = cohort()
    features["constant"] = 1.0
    selection = Selection(dlr_steps(k=8)).fit(features, outcome)
    stories = selection.selection_log_
    assert stories[0].n_in == 121
    assert stories[-1].n_out == len(selection.selected_)
    for story, following in itertools.pairwise(stories):
        assert story.n_out == following.n_in
    gone = [name for story in stories for name in story.removed]
    assert sorted(gone + list(selection.selected_)) == sorted(features.columns)
    related = {f"original_firstorder_F{j}" for j in range(20)}
    assert len(related & set(selection.selected_)) >= 6


def test_selection_scales_by_the_training_cases_and_needs_only_the_selected_columns():
    features, outcome = cohort()
    selection = Selection(dlr_steps()).fit(features[:80], outcome[:80])
    few = features[80:][list(selection.selected_)]
    scaled = selection.transform(few)
    train = features[:80][list(selection.selected_)]
    assert scaled.to_numpy() == pytest.approx(((few - train.mean()) / train.std(ddof=0)).to_numpy())
    with pytest.raises(InputError, match=selection.selected_[0]):
        selection.transform(few.drop(columns=selection.selected_[0]))


def test_the_steps_work_in_a_scikit_learn_pipeline():
    features, outcome = cohort()
    model = make_pipeline(
        ZScore(), MannWhitney(), PearsonRedundancy(), MinimumRedundancy(5), LogisticRegression()
    )
    model.fit(features[:80], outcome[:80])
    assert model.score(features[80:], outcome[80:]) > 0.8
    assert model[:-1].get_feature_names_out().shape == (5,)


@pytest.mark.parametrize(
    ("step", "message"),
    [(MannWhitney(adjust="holm"), "must be None or 'bh'"), (Lasso("best"), "must be 'min' or '1se'")],
)
def test_an_unknown_setting_is_refused_by_its_value(step, message):
    features, outcome = cohort(n_features=30)
    with pytest.raises(InputError, match=message):
        step.fit(features, outcome)
