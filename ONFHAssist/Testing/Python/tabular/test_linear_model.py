import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from support.feature_cohorts import cohort

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.tabular.linear_model import LinearModel, fit_rad_model


@pytest.fixture(scope="module")
def fitted():
    features, outcome = cohort(seed=2)
    return fit_rad_model(features, outcome, None, 0), features, outcome


def test_it_predicts_new_patients(fitted):
    model, _, _ = fitted
    features, outcome = cohort(seed=2, n_patients=200)
    probability = model.predict_proba(features)
    assert probability.index.equals(features.index)
    assert probability.between(0, 1).all()
    fresh = fit_rad_model(features.iloc[:200], outcome.iloc[:200], None, 0, n_folds=0)
    called = fresh.predict_proba(features.iloc[200:]) >= fresh.threshold
    assert (called == (outcome.iloc[200:] == 1)).mean() > 0.9


def test_the_numbers_are_those_of_the_regression_on_z_scores(fitted):
    model, features, outcome = fitted
    z = (features - features.mean()) / features.std(ddof=0)
    regression = LogisticRegression(max_iter=5000, tol=1e-8).fit(
        z[list(model.feature_names)].to_numpy(), outcome
    )
    assert model.coefficients == pytest.approx(regression.coef_[0], rel=1e-4)
    expected = regression.predict_proba(z[list(model.feature_names)].to_numpy())[:, 1]
    assert model.predict_proba(features).to_numpy() == pytest.approx(expected, rel=1e-4)


def test_it_tells_what_it_was_trained_on(fitted):
    model, _, _ = fitted
    assert model.training["cases"] == 120
    assert model.training["patients"] == 60
    assert model.training["events"] == 60
    assert model.training["outcome"] == "onfh"
    assert [s["step"] for s in model.funnel][2:4] == ["Mann-Whitney p < 0.05", "Pearson |r| <= 0.9"]
    assert model.funnel[0]["went_in"] == 120
    assert model.funnel[-1]["came_out"] == len(model.feature_names)
    cross_validated, apparent = model.training["auc_5_fold"], model.training["auc_training"]
    assert cross_validated["low"] < cross_validated["value"] < apparent["value"] <= 1
    assert model.preset_sha256 == "a" * 64


def test_cross_validated_auc_of_shuffled_outcomes_is_one_half():
    found = []
    for seed in range(6):
        features, outcome = cohort(effect=0.0, n_features=300, seed=seed)
        shuffled = outcome.iloc[np.repeat(np.random.default_rng(seed).permutation(60) * 2, 2)].set_axis(
            outcome.index
        )
        found.append(fit_rad_model(features, shuffled, None, seed).training["auc_5_fold"]["value"])
    assert abs(np.mean(found) - 0.5) < 0.1


def test_contributions_sum_to_the_log_odds_and_come_largest_first(fitted):
    model, features, _ = fitted
    row = features.iloc[5]
    table = model.contributions(row)
    assert list(table.columns) == ["feature", "value", "z", "coefficient", "contribution"]
    p = model.predict_proba(features.iloc[[5]]).iloc[0]
    assert table["contribution"].sum() + model.intercept == pytest.approx(np.log(p / (1 - p)))
    sizes = table["contribution"].abs().to_numpy()
    assert (np.diff(sizes) <= 0).all()
    assert table["value"].tolist() == [row[name] for name in table["feature"]]
    assert model.contributions(features.iloc[[5]]).equals(table)


def test_another_process_reads_the_model_and_predicts_the_same(fitted, tmp_path):
    model, features, _ = fitted
    (tmp_path / "model.json").write_text(model.to_json(), encoding="utf-8")
    features.to_csv(tmp_path / "features.csv")
    code = (
        "import sys, pandas as pd, pathlib\n"
        "from ONFHAssistLib.tabular.linear_model import LinearModel\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "model = LinearModel.from_json((folder / 'model.json').read_text(encoding='utf-8'))\n"
        "table = pd.read_csv(folder / 'features.csv', index_col=['case', 'side'])\n"
        "model.predict_proba(table).to_csv(folder / 'out.csv')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    again = pd.read_csv(tmp_path / "out.csv", index_col=["case", "side"])["probability"]
    assert again.to_numpy() == pytest.approx(model.predict_proba(features).to_numpy(), abs=1e-12)
    assert LinearModel.from_json(model.to_json()) == LinearModel.from_json(model.to_dict())


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=6), st.floats(-20, 20))
def test_every_number_survives_json_bit_for_bit(coefficients, intercept):
    names = tuple(f"f{j}" for j in range(len(coefficients)))
    ones = (1.0,) * len(names)
    model = LinearModel("m", names, ones, ones, tuple(coefficients), intercept)
    again = LinearModel.from_json(model.to_json())
    assert again.coefficients == model.coefficients
    assert again.intercept == model.intercept


def test_a_missing_column_is_named(fitted):
    model, features, _ = fitted
    name = model.feature_names[0]
    with pytest.raises(InputError, match=f"lacks the column '{name}'"):
        model.predict_proba(features.drop(columns=name))


@pytest.mark.parametrize("where", ["attrs", "column"])
def test_a_table_of_another_preset_is_refused(fitted, where):
    model, features, _ = fitted
    other = features.copy()
    if where == "attrs":
        other.attrs["preset_sha256"] = "b" * 64
    else:
        other["preset_sha256"] = "b" * 64
    with pytest.raises(
        InputError, match="preset bbbbbbbbbbbb, the model 'Rad' was trained with aaaaaaaaaaaa"
    ):
        model.predict_proba(other)


def test_a_table_that_mixes_presets_is_refused(fitted):
    model, features, _ = fitted
    mixed = features.assign(preset_sha256=["a" * 64] * 119 + ["b" * 64])
    with pytest.raises(InputError, match="2 different presets"):
        model.predict_proba(mixed)


def _with(features, value, kind=float):
    changed = features.astype({features.columns[3]: kind})
    changed.iloc[7, 3] = value
    return changed


@pytest.mark.parametrize(
    ("value", "kind", "message"),
    [
        ("n/a", object, "the text 'n/a' in the column 'original_firstorder_F3' for case P003 L"),
        (np.inf, float, "infinite value in the column 'original_firstorder_F3' for case P003 L"),
    ],
)
def test_text_and_infinities_are_named_by_column_and_case(value, kind, message):
    features, outcome = cohort()
    with pytest.raises(InputError, match=message):
        fit_rad_model(_with(features, value, kind), outcome)


def test_a_missing_value_at_prediction_is_named(fitted):
    model, features, _ = fitted
    hole = features.copy()
    hole.loc[("P003", "L"), model.feature_names[1]] = np.nan
    with pytest.raises(InputError, match=f"'{model.feature_names[1]}' is missing for case P003 L"):
        model.predict_proba(hole)


def test_bad_outcomes_are_refused():
    features, outcome = cohort()
    with pytest.raises(InputError, match="one class only: all 120 cases are 0"):
        fit_rad_model(features, outcome * 0)
    few = outcome * 0
    few.iloc[:9] = 1
    with pytest.raises(InputError, match="has 9 cases of class 1; at least 10"):
        fit_rad_model(features, few)
    with pytest.raises(InputError, match="is '2' for case P000 L"):
        fit_rad_model(features, outcome.replace({0: 0}).where(outcome.index != ("P000", "L"), 2))
    with pytest.raises(InputError, match="'onfh' has no value for case P004 R"):
        fit_rad_model(features, outcome.drop(("P004", "R")))
    with pytest.raises(InputError, match="missing for case P004 R"):
        fit_rad_model(features, outcome.astype(float).where(outcome.index != ("P004", "R")))


def test_duplicate_cases_and_columns_are_refused():
    features, outcome = cohort()
    with pytest.raises(InputError, match="holds case P001 R more than once"):
        fit_rad_model(pd.concat([features, features.iloc[[2]]]), outcome)
    with pytest.raises(InputError, match="column 'original_firstorder_F0' more than once"):
        fit_rad_model(pd.concat([features, features[["original_firstorder_F0"]]], axis=1), outcome)


def test_a_model_without_published_scaling_refuses_to_predict(fitted):
    _, features, _ = fitted
    model = LinearModel("Published", ("original_firstorder_F0",), None, None, (0.44,), -0.27)
    assert not model.applicable
    assert LinearModel.from_json(model.to_json()) == model
    with pytest.raises(InputError, match="never published"):
        model.predict_proba(features)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.pop("sd"), "lacks the entry 'sd'"),
        (lambda c: c.update(coefficients=c["coefficients"][:-1]), "finite numbers as 'coefficients'"),
        (lambda c: c.update(format="pickle"), "of the kind 'pickle'"),
        (lambda c: c.update(format_version=9), "has version 9"),
        (lambda c: c.update(mean=["x"] * len(c["mean"])), "something else than numbers"),
        (lambda c: c.update(sd=[0.0] * len(c["sd"])), "not positive"),
    ],
)
def test_a_damaged_model_file_is_refused(fitted, change, message):
    content = fitted[0].to_dict()
    change(content)
    with pytest.raises(InputError, match=message):
        LinearModel.from_json(json.dumps(content))


def test_text_that_is_not_json_is_refused():
    with pytest.raises(InputError, match="not JSON"):
        LinearModel.from_json("model: 3")
