"""Table 1, subgroups, instability, prediction sets, ROC at a time: known values, patients as the unit, promises kept."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.evaluate.binary.discrimination import auc_delong
from ONFHAssistLib.evaluate.figures import reporting as figures
from ONFHAssistLib.evaluate.reporting.baseline import baseline_table, clustered_wald, standardised_difference
from ONFHAssistLib.evaluate.reporting.conformal import ConformalRule, cross_conformal_sets, set_summary
from ONFHAssistLib.evaluate.reporting.instability import Instability
from ONFHAssistLib.evaluate.reporting.subgroups import as_levels, subgroup_auc, subgroup_concordance
from ONFHAssistLib.evaluate.reporting.timed_roc import timed_roc_curve
from ONFHAssistLib.evaluate.survival.metrics import concordance, time_dependent_auc


@pytest.fixture(scope="module")
def hips():
    """150 hips of 100 patients who are alike within, with follow-up; ``score`` tells the outcome."""
    rng = np.random.default_rng(5)
    patient = np.sort(np.concatenate([np.arange(100), np.arange(50)]))
    alike = rng.normal(size=100)[patient]
    score = 0.8 * alike + 0.6 * rng.normal(size=150)
    failure, leaving = rng.exponential(50, 150) * np.exp(-score), rng.uniform(12, 90, 150)
    return pd.DataFrame(
        {
            "patient": patient,
            "score": score,
            "risk": 1 / (1 + np.exp(-1.5 * score)),
            "outcome": (rng.random(150) < 1 / (1 + np.exp(-1.5 * score))).astype(int),
            "time": np.minimum(failure, leaving),
            "event": failure <= leaving,
            "age": rng.normal(42, 9, 150)[patient],
            "months": rng.exponential(3, 150),
            "sex": np.where(rng.random(100) < 0.8, "M", "F")[patient],
            "oedema": rng.integers(0, 2, 150),
            "stage": rng.choice(["I", "II", "IIIA"], 150, p=[0.2, 0.5, 0.3]),
        }
    )


COLUMNS = ["age", "months", "sex", "oedema", "stage"]


def test_table_1_describes_and_tests_each_column_as_suits_its_kind(hips):
    table = baseline_table(hips[COLUMNS], hips["outcome"])
    first = table.drop_duplicates("variable").set_index("variable")
    a, b = (hips[hips["outcome"] == k] for k in dict.fromkeys(hips["outcome"]))
    assert first.loc["age", "p"] == pytest.approx(stats.ttest_ind(a["age"], b["age"], equal_var=False).pvalue)
    assert first.loc["months", "method"] == "Mann-Whitney" and "to" in first.loc["months", "all"]
    counts = pd.crosstab(hips["stage"], hips["outcome"])
    assert first.loc["stage", "p"] == pytest.approx(stats.chi2_contingency(counts, correction=False).pvalue)
    assert list(table.loc[table["variable"] == "stage", "level"]) == ["I", "II", "IIIA"]
    assert first.loc["oedema", "all"] == f"{hips['oedema'].sum()} ({hips['oedema'].mean():.1%})"


def test_table_1_takes_fisher_where_few_are_expected_and_names_what_is_missing():
    table = pd.DataFrame({"scanner": ["A"] * 9 + ["B"], "age": [*range(9), np.nan]})
    found = baseline_table(table, ["x"] * 5 + ["y"] * 5).set_index(["variable", "level"])
    assert found.loc[("scanner", "A"), "method"] == "Fisher" and found.loc[("scanner", "A"), "p"] == 1.0
    assert found.loc[("age", ""), "missing"] == 1
    with pytest.raises(InputError, match="All rows are of the group 'x'"):
        baseline_table(table, ["x"] * 10)


def test_with_one_hip_a_patient_the_test_by_patient_is_welchs(hips):
    by_patient = baseline_table(hips[["age"]], hips["outcome"], np.arange(150))
    assert by_patient["p"][0] == pytest.approx(
        baseline_table(hips[["age"]], hips["outcome"])["p"][0], rel=1e-9
    )


def test_every_p_of_table_1_and_of_subgroups_is_the_same_when_all_rows_are_doubled(hips):
    twice = pd.concat([hips, hips], ignore_index=True)
    tables = [baseline_table(one[COLUMNS], one["stage"], one["patient"])["p"] for one in (hips, twice)]
    np.testing.assert_allclose(tables[0].dropna(), tables[1].dropna(), rtol=1e-9)
    groups = [
        subgroup_auc(one["outcome"], one["score"], one[["sex", "stage"]], one["patient"])
        for one in (hips, twice)
    ]
    for column in ("low", "high", "difference_low", "p_holm"):
        np.testing.assert_allclose(groups[0][column].dropna(), groups[1][column].dropna(), rtol=1e-9)


def test_the_test_by_patient_keeps_its_level_where_both_hips_are_alike():
    rng, wrong = np.random.default_rng(0), 0
    patient = np.repeat(np.arange(40), 2)
    for _ in range(400):
        group = np.repeat(rng.random(40) < 0.5, 2)
        values = np.repeat(rng.normal(size=40), 2) + 0.3 * rng.normal(size=80)
        wrong += clustered_wald(values[:, None], np.stack([group, ~group]), patient) < 0.05
    assert 8 <= wrong <= 34  # 5% of 400 within four standard errors; hips as independent reject some 60


def test_standardised_differences_are_those_of_the_definition():
    assert standardised_difference(np.array([1.0, 2, 3]), np.array([2.0, 3, 4])) == 1.0
    # shares 0.2 and 0.4: 0.2 / sqrt((0.16 + 0.24) / 2)
    two = [np.array([1] * k + [0] * (10 - k)) for k in (2, 4)]
    assert standardised_difference(*two, levels=2) == pytest.approx(0.2 / np.sqrt(0.2))


def test_subgroups_have_the_figures_of_their_hips_and_one_p_for_the_difference(hips):
    found = subgroup_auc(hips["outcome"], hips["score"], hips[["sex", "stage"]]).set_index(
        ["variable", "level"]
    )
    men = hips[hips["sex"] == "M"]
    assert found.loc[("sex", "M"), "value"] == auc_delong(men["outcome"], men["score"]).value
    gap = found.loc[("sex", "M"), "difference"]
    assert gap == pytest.approx(found.loc[("sex", "M"), "value"] - found.loc[("sex", "F"), "value"])
    assert len(set(found.loc["stage"]["p"])) == 1
    smaller, larger = sorted(found["p"].dropna().unique())
    assert sorted(found["p_holm"].dropna().unique()) == pytest.approx(
        sorted({min(1, 2 * smaller), max(min(1, 2 * smaller), larger)})
    )
    timed = subgroup_concordance(hips["time"], hips["event"], hips["score"], hips[["sex"]], hips["patient"])
    whole = concordance(hips["time"], hips["event"], hips["score"])
    assert timed["value"][0] == pytest.approx(whole.value, abs=1e-12)


def test_a_subgroup_with_too_few_events_has_no_figure_and_numbers_are_cut_at_their_median(hips):
    rare = pd.DataFrame(
        {"rare": np.where(np.arange(150) < 6, "yes", "no"), "age": hips["age"], "id": range(150)}
    )
    levels = as_levels(rare.assign(oedema=hips["oedema"]))
    assert set(levels["oedema"]) == {"no", "yes"} and "id" in levels
    assert set(levels["age"]) == {f"{hips['age'].median():.4g} or more", f"under {hips['age'].median():.4g}"}
    found = subgroup_auc(hips["outcome"], hips["score"], levels[["rare"]]).set_index("level")
    assert np.isnan(found.loc["yes", "value"]) and np.isnan(found.loc["no", "p"])


def test_instability_is_counted_by_hand_on_three_models():
    found = Instability(np.array([0.4, 0.9]), np.array([[0.6, 0.9], [0.4, 0.8], [0.2, 1.0]]), 0.5)
    np.testing.assert_allclose(found.error(), [0.4 / 3, 0.2 / 3])
    np.testing.assert_allclose(found.changed_class(), [1 / 3, 0])
    assert found.summary()["mape"] == pytest.approx(0.1)
    with pytest.raises(InputError, match="do not fit 2 hips"):
        Instability(np.array([0.4, 0.9]), np.zeros((3, 3)))


def test_conformal_p_values_are_ranks_among_the_calibration_hips_of_each_class():
    rule = ConformalRule.calibrate([1, 1, 1, 0, 0], [0.9, 0.8, 0.6, 0.1, 0.3])
    # class 1: strangeness 0.1, 0.2, 0.4; a hip of 0.7 is stranger than two of three
    np.testing.assert_allclose(rule.p_values([0.7])[0], [1 / 3, 2 / 4])
    np.testing.assert_array_equal(rule.sets([0.95, 0.05], 0.6), [[False, True], [True, False]])
    with pytest.raises(InputError, match="outcome 1"):
        ConformalRule.calibrate([0, 0], [0.1, 0.2])


def test_prediction_sets_hold_each_class_as_often_as_promised_with_two_hips_a_patient():
    rng, hits = np.random.default_rng(2), []
    for _ in range(60):
        patient = np.repeat(np.arange(80), 2)
        alike = rng.normal(size=80)[patient]
        outcome = (0.8 * alike + 0.6 * rng.normal(size=160) > 0.5).astype(int)
        risk = 1 / (1 + np.exp(-(1.2 * alike + rng.normal(size=160))))
        sets = cross_conformal_sets(outcome, risk, patient % 5, patient, 0.9)
        summary = set_summary(outcome, sets, patient, 0.9).set_index("of")["coverage"]
        hits.append([summary["0"], summary["1"]])
    mean = np.mean(hits, axis=0)
    assert (mean > 0.885).all() and (mean < 0.945).all()


def test_the_area_under_a_timed_roc_is_the_time_dependent_auc(hips):
    points = timed_roc_curve(hips["time"], hips["event"], hips["score"], 36)
    area = np.trapezoid(points["sensitivity"], points["false_positive_rate"])
    expected = time_dependent_auc(hips["time"], hips["event"], hips["score"], 36).value
    assert area == pytest.approx(expected, abs=1e-12)
    assert points.iloc[[0, -1]][["false_positive_rate", "sensitivity"]].to_numpy().tolist() == [
        [0, 0],
        [1, 1],
    ]


def test_every_figure_shows_what_its_table_holds(hips):
    subgroups = subgroup_auc(hips["outcome"], hips["score"], hips[["sex"]], hips["patient"])
    forest = figures.draw_subgroups(subgroups)
    texts = [text.get_text() for text in forest.axes[1].texts]
    assert f"{subgroups['value'][0]:.2f} ({subgroups['low'][0]:.2f} to {subgroups['high'][0]:.2f})" in texts
    repeated = np.clip(hips["risk"].to_numpy() + np.linspace(-0.1, 0.1, 9)[:, None], 0, 1)
    cloud = figures.draw_instability(Instability(hips["risk"].to_numpy(), repeated, 0.5))
    assert len(cloud.axes[0].lines[0].get_xdata()) == 9 * 150 and len(cloud.axes) == 3
