from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student
from sklearn.linear_model import LogisticRegression
from support.feature_cohorts import cohort

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.early.develop import dlr_feature_groups, format_selection_counts, run_dlr_protocol
from ONFHAssistLib.early.performance import BOOTSTRAP, calibration_table, comparison_table, performance_table
from ONFHAssistLib.evaluate.binary.bootstrap import bootstrap_auc
from ONFHAssistLib.evaluate.binary.comparison import continuous_nri
from ONFHAssistLib.evaluate.binary.discrimination import auc, auc_by_patient
from ONFHAssistLib.tabular.folds import patient_folds, patient_split
from ONFHAssistLib.tabular.portable_classifier import load_model
from ONFHAssistLib.tabular.protocol import DlrProtocol
from ONFHAssistLib.tabular.selection.steps import Selection, dlr_steps

QUICK = DlrProtocol(classifiers=("LR", "KNN"), k=8, bootstraps=200, outer_folds=4, inner_folds=3)


def _dlr_cohort(**settings):
    """Half of the features named as deep ones."""
    features, outcome = cohort(
        **{"n_patients": 50, "n_features": 60, "n_related": 12, "effect": 0.7} | settings
    )
    names = {name: f"DL_{j}" for j, name in enumerate(features.columns[::2])}
    renamed = features.rename(columns=names)
    renamed.attrs = features.attrs
    return renamed, outcome


@pytest.fixture(scope="module")
def result():
    features, outcome = _dlr_cohort()
    seen = []
    found = run_dlr_protocol(
        features, outcome, protocol=QUICK, progress=lambda share, text: seen.append((share, text))
    )
    return found, features, outcome, seen


def _noise_cohort(n=105, p=1709, seed=0):
    """Features in blocks that correlate, as radiomics do, and an outcome that has nothing to do with them."""
    generator = np.random.default_rng(seed)
    blocks = generator.normal(size=(n, 300))
    values = blocks[:, generator.integers(0, 300, p)] * 0.8 + 0.6 * generator.normal(size=(n, p))
    index = pd.MultiIndex.from_tuples([(f"P{i:03d}", "R") for i in range(n)], names=["case", "side"])
    features = pd.DataFrame(values, columns=[f"f{j}" for j in range(p)], index=index)
    return features, pd.Series(generator.permutation(np.arange(n) % 2), index=index)


def test_shuffled_outcomes_give_one_half_inside_and_over_07_when_selected_on_all():
    features, outcome = _noise_cohort()
    labels, patients = outcome.to_numpy(), np.arange(len(outcome))
    protocol = DlrProtocol(classifiers=("LR",), test_share=0, bootstraps=500)
    cross_validated = run_dlr_protocol(
        features, outcome, feature_groups={"Rad": list(features)}, protocol=protocol
    )
    value, low, high = cross_validated.figure("nested", "Rad", "auc", "LR")
    assert low < 0.5 < high
    # The AUC of 105 independent hips without any signal has a standard error of 0.057, so that 0.65 is passed by chance
    # once in two hundred. The interval is half as wide again (Nadeau and Bengio: folds share training hips), which puts
    # its upper end near 0.7 where the AUC is one half exactly, and above where it is not.
    assert value < 0.65
    assert high < 0.65 + 1.5 * 1.96 * 0.057
    # the common mistake, on the same data, folds and classifier
    chosen = Selection(dlr_steps()).fit(features, labels).transform(features).to_numpy()
    fold = patient_folds(labels, patients, 5, 0)
    held_out = np.empty(len(labels))
    for k in range(5):
        model = LogisticRegression().fit(chosen[fold != k], labels[fold != k])
        held_out[fold == k] = model.predict_proba(chosen[fold == k])[:, 1]
    assert auc(labels, held_out) > max(0.7, high)  # beyond what noise is given


def test_a_real_difference_is_found_by_every_group(result):
    found, _, _, _ = result
    for group in ("Rad", "DL", "DLR"):
        for validation in ("split", "nested"):
            value, low, high = found.figure(validation, group, "auc")
            assert low <= value <= high
            assert value > 0.7
    assert set(found.performance["classifier"]) == {"LR", "KNN", "chosen inside"}


def test_every_hip_is_held_out_once_and_hips_of_a_patient_together(result):
    found, features, _, _ = result
    nested = found.predictions.query("validation == 'nested'")
    for _, part in nested.groupby(["group", "classifier"]):
        assert sorted(part["row"]) == list(range(len(features)))
        assert len(part[["patient", "fold"]].drop_duplicates()) == 50
    split = found.predictions.query("validation == 'split' and group == 'DLR' and classifier == 'LR'")
    assert (split.groupby("patient")["row"].count() == 2).all()
    assert split["patient"].nunique() == 16  # round(0.3 * 25) of the patients with, and as many without


def test_the_choice_inside_is_that_of_each_fold(result):
    found, _, _, _ = result
    tuning = found.tuning.query("validation == 'nested' and group == 'DL'")
    nested = found.predictions.query("validation == 'nested' and group == 'DL'").set_index(
        ["classifier", "fold"]
    )
    nested = nested.sort_index(kind="stable")
    for fold, part in tuning.groupby("fold"):
        best = part.loc[part["inner_log_loss"].idxmin(), "classifier"]
        mine = nested.loc[("chosen inside", fold), "probability"].to_numpy()
        assert np.array_equal(mine, nested.loc[(best, fold), "probability"].to_numpy())


def test_performance_is_that_of_the_predictions(result):
    found, _, _, _ = result
    part = found.predictions.query("validation == 'split' and group == 'Rad' and classifier == 'KNN'")
    expected = auc_by_patient(part["outcome"], part["probability"], part["patient"])
    figures = found.figure("split", "Rad", "auc", "KNN")
    assert figures == pytest.approx((expected.value, expected.low, expected.high))
    sample = bootstrap_auc(part["outcome"], part["probability"], part["patient"], 200, 0)
    assert found.figure("split", "Rad", "auc", "KNN", BOOTSTRAP) == pytest.approx(
        (sample.value, sample.low, sample.high)
    )
    called = part["probability"] >= part["threshold"]
    sensitivity = called[part["outcome"] == 1].mean()
    assert found.figure("split", "Rad", "sensitivity", "KNN")[0] == pytest.approx(sensitivity)


def test_the_groups_are_compared_on_the_same_hips(result):
    found, _, outcome, _ = result
    assert len(found.comparisons) == 6
    row = found.comparisons.query("validation == 'nested'").iloc[2]
    assert (row["first"], row["second"]) == ("DLR (chosen inside)", "DL (chosen inside)")
    gap = found.figure("nested", "DLR", "auc")[0] - found.figure("nested", "DL", "auc")[0]
    assert row["auc_difference"] == pytest.approx(gap)
    assert row["low"] < gap < row["high"]
    nested = found.predictions.query("validation == 'nested' and classifier == 'chosen inside'")
    new, old = (nested[nested["group"] == name].sort_values("row")["probability"] for name in ("DLR", "DL"))
    folds = nested[nested["group"] == "DLR"].sort_values("row")["fold"].to_numpy()
    nets = [
        continuous_nri(outcome.to_numpy()[folds == k], old[folds == k], new[folds == k]).total.difference
        for k in range(4)
    ]
    assert row["nri"] == pytest.approx(np.mean(nets))
    assert row["nri"] != 0
    # the corrected t test: variance of four folds times 1 / 4 + 1 / 3
    t = np.mean(nets) / np.sqrt(np.var(nets, ddof=1) * (1 / 4 + 1 / 3))
    assert row["nri_p"] == pytest.approx(2 * student.sf(abs(t), 3))


def test_rows_doubled_in_their_patients_leave_every_table_as_it_was(result):
    found, _, _, _ = result
    twice = pd.concat([found.predictions, found.predictions.assign(row=found.predictions["row"] + 1000)])
    once = performance_table(found.predictions, QUICK)
    again = performance_table(twice, QUICK)
    pd.testing.assert_frame_equal(again, once, rtol=1e-9)
    columns = ["slope_low", "slope_high", "in_the_large_low", "hosmer_lemeshow_p", "brier"]
    first, second = (
        calibration_table(table)[columns].to_numpy(float) for table in (found.predictions, twice)
    )
    assert second == pytest.approx(first, rel=1e-6, nan_ok=True)
    tests = [
        comparison_table(t, found.chosen, 0.95).drop(columns="validation") for t in (found.predictions, twice)
    ]
    pd.testing.assert_frame_equal(tests[1], tests[0], rtol=1e-9)
    assert set(tests[0]["test"]) == {"by patient", "over folds"}


def test_hips_as_independent_come_on_request_only(result):
    found, _, _, _ = result
    assert not found.performance["interval"].str.contains("independent").any()
    asked = performance_table(found.predictions, QUICK, naive=True)
    split = asked.query("validation == 'split' and group == 'DLR' and classifier == 'LR' and metric == 'auc'")
    width = (split["high"] - split["low"]).set_axis(split["interval"])
    assert width["DeLong, hips as independent"] != width["logit DeLong by patient"]
    rows = comparison_table(found.predictions, found.chosen, 0.95, naive=True)
    assert (rows["test"] == "hips as independent").sum() == len(rows) / 2


def test_the_funnel_is_printed_as_in_the_paper(result):
    found, _, _, _ = result
    lines = format_selection_counts(found).splitlines()
    assert [line.split(":")[0] for line in lines] == ["Rad", "DL", "DLR"]
    for line, start in zip(lines, (30, 30, 60), strict=True):
        counts = [int(word) for word in line.split(": ")[1].split(" -> ")]
        assert counts[0] == start
        assert len(counts) == 5
        assert counts == sorted(counts, reverse=True)
    final = format_selection_counts(found, "final").splitlines()[2].split(" -> ")
    assert int(final[-1]) == len(found.models["DLR"].feature_names)
    assert len(found.selection_logs["DLR"]) == 6


def test_final_models_are_fitted_on_all_hips_and_survive_json(result):
    found, features, _, _ = result
    model = found.models["DLR"]
    assert model.training["cases"] == 100
    assert found.split_models["DLR"].training["cases"] == 68
    assert model.preset_sha256 == "a" * 64
    again = load_model(model.to_json())
    assert np.array_equal(again.predict_proba(features), model.predict_proba(features))
    split = found.predictions.query("validation == 'split' and group == 'DLR'")
    chosen = found.chosen.query("validation == 'split' and group == 'DLR'")["classifier"].iloc[0]
    part = split[split["classifier"] == chosen]
    probability = found.split_models["DLR"].predict_proba(features.iloc[part["row"]])
    assert probability.to_numpy() == pytest.approx(part["probability"].to_numpy(), abs=1e-12)


def test_progress_rises_to_one_and_names_the_work(result):
    shares = [share for share, _ in result[3]]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert result[3][0][1] == "Rad: split trained"


def test_the_same_seed_gives_the_same_figures_and_two_processes_too(result):
    found, features, outcome, _ = result
    again = run_dlr_protocol(features, outcome, protocol=replace(QUICK, workers=2, outer_folds=0))
    for name in ("predictions", "performance"):
        first = getattr(found, name).query("validation == 'split'")
        pd.testing.assert_frame_equal(getattr(again, name), first, rtol=1e-9)
    assert again.models["Rad"].to_dict()["funnel"] == found.models["Rad"].to_dict()["funnel"]


def test_cancel_keeps_what_is_done():
    features, outcome = _dlr_cohort()
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 4

    found = run_dlr_protocol(features, outcome, protocol=QUICK, cancelled=cancelled)
    assert not found.complete
    assert set(found.performance["validation"]) == {"split"}
    assert set(found.performance["group"]) == {"Rad", "DL", "DLR"}
    assert list(found.models) == ["Rad"]
    nothing = run_dlr_protocol(features, outcome, protocol=QUICK, cancelled=lambda: True)
    assert not nothing.complete
    assert nothing.performance.empty


def test_a_patient_in_both_parts_of_a_given_split_is_named():
    features, outcome = _dlr_cohort()
    split = pd.Series(np.where(np.arange(100) < 70, "train", "test"), index=features.index)
    found = run_dlr_protocol(features, outcome, protocol=replace(QUICK, outer_folds=0), split=split)
    assert len(found.predictions.query("group == 'DL' and classifier == 'LR'")) == 30
    split[("P003", "L")] = "test"
    with pytest.raises(InputError, match="patient of case P003 R is in both the training and the test part"):
        run_dlr_protocol(features, outcome, protocol=QUICK, split=split)
    split[("P003", "L")] = "validation"
    with pytest.raises(InputError, match="is 'validation'; it must be 'train' or 'test'"):
        run_dlr_protocol(features, outcome, protocol=QUICK, split=split)


def test_patients_may_be_told_apart_by_a_column():
    features, outcome = _dlr_cohort()
    rows = [f"{case}{side}" for case, side in features.index]
    flat = features.set_axis(pd.Index(rows, name="case"))
    patients = pd.Series([row[:4] for row in rows], index=flat.index)
    labels = outcome.set_axis(flat.index)
    quick = DlrProtocol(classifiers=("LR",), k=5, bootstraps=100, outer_folds=0)
    found = run_dlr_protocol(flat, labels, patients, {"DL": ["DL_0", "DL_1", "DL_2"]}, quick)
    assert found.facts["patients"] == 50
    assert found.predictions.groupby("patient")["row"].count().eq(2).all()
    with pytest.raises(InputError, match="patient of case P000R is missing"):
        run_dlr_protocol(flat, labels, patients.where(patients != "P000"), None, quick)


def test_harmonisation_is_fitted_on_training_cases_only():
    features, outcome = _dlr_cohort(effect=1.0)
    patients = np.repeat(np.arange(50), 2)
    scanner = pd.Series(np.where(patients % 4 < 2, "Avanto", "Prisma"), index=features.index)
    shifted = features.copy()
    at = (scanner == "Prisma").to_numpy()
    shifted[at] = features[at] * 3 + 5 * features.std()
    quick = DlrProtocol(classifiers=("LR",), k=8, bootstraps=100, outer_folds=3, test_share=0.3)
    groups = {"DLR": list(features.columns)}
    plain = run_dlr_protocol(shifted, outcome, None, groups, quick)
    harmonised = run_dlr_protocol(shifted, outcome, None, groups, quick, scanner=scanner)
    assert harmonised.figure("nested", "DLR", "auc")[0] > plain.figure("nested", "DLR", "auc")[0]
    assert harmonised.facts["scanners"] == ["Avanto", "Prisma"]
    # the model of the split must not change with the values of its test rows
    test = harmonised.predictions.query("validation == 'split'")["row"].unique()
    moved = shifted.copy()
    moved.iloc[test] += 1000
    again = run_dlr_protocol(moved, outcome, None, groups, replace(quick, outer_folds=0), scanner=scanner)
    first, second = harmonised.split_models["DLR"].to_dict(), again.split_models["DLR"].to_dict()
    assert first["core"] == second["core"]
    assert first["scanners"] == second["scanners"]


def test_groups_follow_the_names_of_the_columns():
    features, _ = _dlr_cohort()
    groups = dlr_feature_groups(features.assign(preset_sha256="x"))
    assert {name: len(columns) for name, columns in groups.items()} == {"Rad": 30, "DL": 30, "DLR": 60}
    assert list(dlr_feature_groups(features[groups["DL"]])) == ["DL"]


def test_wrong_groups_settings_and_sizes_are_refused():
    features, outcome = _dlr_cohort()
    with pytest.raises(InputError, match="group 'Rad' names the column 'x', which the feature table lacks"):
        run_dlr_protocol(features, outcome, None, {"Rad": ["x"]}, QUICK)
    with pytest.raises(InputError, match="group 'Rad' has no columns"):
        run_dlr_protocol(features, outcome, None, {"Rad": []}, QUICK)
    with pytest.raises(InputError, match="setting 'outer_folds' of the protocol is 1"):
        DlrProtocol(outer_folds=1)
    with pytest.raises(InputError, match="'Naive' is not known"):
        run_dlr_protocol(features, outcome, None, None, DlrProtocol(classifiers=("Naive",)))
    with pytest.raises(InputError, match="30 folds need at least 30 patients with the outcome, there are 25"):
        run_dlr_protocol(features, outcome, None, None, DlrProtocol(outer_folds=30))


@pytest.mark.parametrize("seed", range(3))
def test_the_split_is_by_patient_stratified_and_seeded(seed):
    generator = np.random.default_rng(seed)
    patients = np.repeat(np.arange(80), generator.integers(1, 3, 80))
    outcome = (patients % 3 == 0).astype(int)
    train, test = patient_split(outcome, patients, 0.3, seed)
    assert not set(patients[train]) & set(patients[test])
    assert len(train) + len(test) == len(patients)
    assert len(set(patients[test])) == round(0.3 * 27) + round(0.3 * 53)
    assert len({p for p in patients[test] if p % 3 == 0}) == round(0.3 * 27)
    assert np.array_equal(test, patient_split(outcome, patients, 0.3, seed)[1])
    assert not np.array_equal(test, patient_split(outcome, patients, 0.3, seed + 1)[1])
    fold = patient_folds(outcome, patients, 5, seed)
    assert all(len(set(fold[patients == p])) == 1 for p in range(80))
    assert np.ptp(np.bincount(fold, weights=outcome)) <= 3
