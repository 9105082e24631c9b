"""From a feature table to a linear score."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.intraclass import intraclass_correlation
from ONFHAssistLib.evaluate.survival.outcome import Outcome, TooFewEvents
from ONFHAssistLib.survival.develop import signature as sg
from ONFHAssistLib.tabular.selection.association import redundant

QUICK = sg.SignatureProtocol(folds=5, count=30, ratio=0.1)


@pytest.fixture(scope="module")
def cohort():
    """(features, second reading, outcome, patient): f0..f4 act, f5 repeats f0, f6..f9 do not repeat between readers."""
    rng = np.random.default_rng(8)
    n = 200
    truth = rng.normal(size=(n, 60))
    truth[:, 5] = truth[:, 0] + 0.1 * rng.normal(size=n)
    log_hazard = 0.5 * truth[:, :5].sum(1)
    time = 50 * rng.weibull(1.6, n) * np.exp(-log_hazard / 1.6)
    left = rng.uniform(10, 80, n)
    index = pd.MultiIndex.from_product(
        [[f"case{k}" for k in range(n // 2)], ["R", "L"]], names=["case", "side"]
    )
    names = [f"f{k}" for k in range(60)]
    noise = np.where(np.isin(np.arange(60), [6, 7, 8, 9]), 2.0, 0.2)
    first, second = (
        pd.DataFrame(truth + noise * rng.normal(size=truth.shape), index=index, columns=names)
        for _ in range(2)
    )
    return first, second, Outcome(np.minimum(time, left), time <= left), np.arange(n) // 2


@pytest.fixture(scope="module")
def developed(cohort):
    features, reading, outcome, patient = cohort
    return sg.develop_signature(features, outcome, cluster=patient, readings=[reading], protocol=QUICK)


def test_agreement_matches_the_analysis_of_variance_by_hand():
    """Shrout and Fleiss' own six targets, judges 1 and 2."""
    first, second = np.array([9, 6, 8, 7, 10, 6.0]), np.array([2, 1, 4, 1, 5, 2.0])
    data = np.column_stack([first, second])
    rows, columns = data.mean(1), data.mean(0)
    bms = 2 * ((rows - data.mean()) ** 2).sum() / 5
    jms = 6 * ((columns - data.mean()) ** 2).sum()
    ems = ((data - rows[:, None] - columns + data.mean()) ** 2).sum() / 5
    expected = (bms - ems) / (bms + ems + 2 * (jms - ems) / 6)
    assert intraclass_correlation(data, "2,1").icc == pytest.approx(expected)


def test_agreement_is_one_for_a_copy_and_falls_with_a_shift():
    x = np.random.default_rng(0).normal(size=(50, 3))
    same, moved, flat = (np.stack([a, b], axis=1) for a, b in ((x, x), (x, x + 2), (0 * x, 0 * x)))
    assert intraclass_correlation(same).icc == pytest.approx([1, 1, 1])
    assert intraclass_correlation(moved).icc[0] < 0.5  # a constant difference is disagreement
    assert np.isnan(intraclass_correlation(flat).icc).all()


def test_a_feature_that_does_not_vary_between_hips_leaves_with_the_unstable_ones(cohort):
    features, reading, _, _ = cohort
    assert "flat" not in sg.reproducible_features(features.assign(flat=1.0), [reading.assign(flat=1.0)], 0.75)


def test_features_that_readers_disagree_on_leave(cohort):
    features, reading, _, _ = cohort
    kept = sg.reproducible_features(features, [reading], 0.75)
    assert set(features.columns) - set(kept) == {"f6", "f7", "f8", "f9"}
    assert set(sg.reproducible_features(features, [reading.iloc[:60]], 0.75)) >= {"f0", "f1"}
    with pytest.raises(InputError, match="shares 2 hips"):
        sg.reproducible_features(features, [reading.iloc[:2]], 0.75)
    with pytest.raises(InputError, match="lacks 'f3'"):
        sg.reproducible_features(features, [reading.drop(columns="f3")], 0.75)


def test_mann_whitney_matches_r_on_breast_cancer():
    """R: wilcox.test(mean_smoothness ~ malignant): p = 7.793e-19."""
    from sklearn.datasets import load_breast_cancer

    data = load_breast_cancer()
    column = pd.DataFrame(
        {"mean_smoothness": data.data[:, list(data.feature_names).index("mean smoothness")]}
    )
    malignant = data.target == 0
    p = sg.FeaturePool(column).mann_whitney(malignant, np.arange(len(column)))
    assert p[0] == pytest.approx(7.7930065956e-19, rel=1e-6)


def test_mann_whitney_of_a_resample_matches_scipy(cohort):
    features, _, outcome, _ = cohort
    pool = sg.FeaturePool(features.round(1))  # with ties
    rows = np.random.default_rng(1).integers(0, 200, 200)
    ours = pool.mann_whitney(outcome.event, rows)
    x, event = features.round(1).to_numpy()[rows], outcome.event[rows]
    theirs = stats.mannwhitneyu(x[event], x[~event], method="asymptotic").pvalue
    assert ours == pytest.approx(theirs, rel=1e-9)


def test_mann_whitney_of_drawn_patients_counts_each_draw_as_a_patient(cohort):
    features, _, outcome, _ = cohort
    patient = np.arange(len(features)) // 2
    drawn = np.random.default_rng(5).integers(0, patient.max() + 1, patient.max() + 1)
    rows = np.concatenate([np.flatnonzero(patient == one) for one in drawn])
    ours = sg.FeaturePool(features).mann_whitney(outcome.event, rows, patient)
    copies = np.repeat(np.arange(drawn.size), 2)
    theirs = sg.FeaturePool(features.iloc[rows]).mann_whitney(
        outcome.event[rows], np.arange(rows.size), copies
    )
    assert ours == pytest.approx(theirs, rel=1e-9)
    assert not np.allclose(ours, sg.FeaturePool(features).mann_whitney(outcome.event, rows))


def test_of_two_alike_features_the_better_one_stays():
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(2, 100))
    x = np.column_stack([a, b, a + 0.01 * rng.normal(size=100), -b])
    rival = redundant(x, np.argsort([0.03, 0.001, 0.01, 0.02], kind="stable"), 0.9)
    assert rival.tolist() == [2, -1, -1, 1]
    assert redundant(x[:, :0], np.empty(0, int), 0.9).size == 0


def test_the_funnel_narrows_and_the_right_features_are_found(developed):
    funnel = developed.selection_counts
    assert list(funnel) == ["offered", "repeatable", "usable", "mann_whitney", "pearson", "lasso"]
    assert (funnel["offered"], funnel["repeatable"], funnel["usable"]) == (60, 56, 56)
    assert list(funnel.values()) == sorted(funnel.values(), reverse=True)
    assert len({"f1", "f2", "f3", "f4"} & set(developed.signature.features)) >= 3
    assert len(set(developed.signature.features) - {f"f{k}" for k in range(6)}) <= 2
    assert len({"f0", "f5"} & set(developed.signature.features)) == 1  # one of the pair
    assert funnel["lasso"] == len(developed.signature.features)


def test_score_is_linear_and_ranks_the_hips(cohort, developed):
    features, _, outcome, _ = cohort
    signature = developed.signature
    score = signature.score(features)
    assert signature.contributions(features).sum(axis=1).to_numpy() == pytest.approx(score)
    assert np.median(score) == pytest.approx(signature.cut)
    assert np.corrcoef(score, outcome.event)[0, 1] > 0.3
    eta = features[list(signature.features)].to_numpy() @ (signature.coefficient / signature.scale)
    assert np.ptp(score - eta) == pytest.approx(0, abs=1e-9)


def test_json_gives_the_same_score_back(cohort, developed, tmp_path):
    again = sg.Signature.load(developed.signature.save(tmp_path / "radiomics.json"))
    assert np.array_equal(again.score(cohort[0]), developed.signature.score(cohort[0]))
    assert again.trained_on["funnel"] == dict(developed.selection_counts)
    assert again.trained_on["events"] == cohort[2].events


def test_a_missing_feature_is_named(cohort, developed):
    table = cohort[0].drop(columns="f1")
    with pytest.raises(InputError, match="radiomics signature cannot be computed: The table lacks 'f1'"):
        developed.signature.score(table)
    empty = cohort[0].copy()
    empty.iloc[3, 1] = np.nan
    with pytest.raises(InputError, match=r"'f1' has no number in row \('case1', 'L'\)"):
        developed.signature.score(empty)


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d.update(format="x"),
        lambda d: d.pop("features"),
        lambda d: d["features"][0].update(scale=0),
        lambda d: d["features"][0].update(mean="a"),
        lambda d: d["features"].append(d["features"][0]),
    ],
)
def test_a_damaged_signature_is_refused(developed, damage):
    content = json.loads(json.dumps(developed.signature.to_dict()))
    damage(content)
    with pytest.raises(InputError, match=r"damaged|format"):
        sg.Signature.from_dict(content)


def test_unusable_features_are_counted_and_left_out(cohort):
    features, _, outcome, patient = cohort
    table = features.copy()
    table["constant"] = 1.0
    table["gap"] = np.where(np.arange(200) == 9, np.nan, 1.0 * np.arange(200))
    table["spike"] = np.where(np.arange(200) == 9, 1e6, np.random.default_rng(0).normal(size=200))
    found = sg.develop_signature(table, outcome, cluster=patient, protocol=QUICK)
    assert (found.selection_counts["offered"], found.selection_counts["usable"]) == (63, 60)
    assert not {"constant", "gap", "spike"} & set(found.signature.features)
    with pytest.raises(InputError, match="'note' holds text"):
        sg.develop_signature(features.assign(note="x"), outcome, protocol=QUICK)


def test_noise_may_leave_an_empty_signature_that_scores_zero(cohort):
    features, _, outcome, patient = cohort
    strict = sg.SignatureProtocol(folds=5, mann_whitney_below=1e-9)
    found = sg.develop_signature(features, outcome, cluster=patient, protocol=strict)
    assert found.signature.features == ()
    assert (found.signature.score(features) == 0).all()
    assert sg.Signature.from_dict(found.signature.to_dict()).features == ()


def test_too_few_events_are_refused(cohort):
    features, _, outcome, _ = cohort
    few = Outcome(outcome.time, outcome.event & (np.cumsum(outcome.event) <= 9))
    with pytest.raises(TooFewEvents, match="at least 10 events and 9"):
        sg.develop_signature(features, few)
    with pytest.raises(InputError, match="199 rows of features and 200"):
        sg.develop_signature(features.iloc[1:], outcome)
    with pytest.raises(InputError, match="min or 1se"):
        sg.SignatureProtocol(rule="best")
