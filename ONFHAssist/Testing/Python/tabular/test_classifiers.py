import json
import subprocess
import sys
import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from sklearn.metrics import log_loss
from sklearn.model_selection import GridSearchCV, PredefinedSplit, cross_val_predict
from sklearn.pipeline import make_pipeline
from support.feature_cohorts import cohort

from ONFHAssistLib.core.errors import InputError, MissingDependencyError
from ONFHAssistLib.evaluate.binary.discrimination import auc
from ONFHAssistLib.tabular import classifiers as classify
from ONFHAssistLib.tabular.calibration import calibrate, calibration_sigmoid, platt_sigmoid
from ONFHAssistLib.tabular.classifiers import (
    CLASSIFIERS,
    available_classifiers,
    prepare_training,
    to_portable_model,
    tune_and_fit,
)
from ONFHAssistLib.tabular.folds import patient_folds, patient_split
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier, load_model
from ONFHAssistLib.tabular.portable_models import (
    PortableLinear,
    PortableTrees,
    estimator_from_dict,
    estimator_to_dict,
)
from ONFHAssistLib.tabular.selection.steps import MannWhitney, MinimumRedundancy, Selection, ZScore, dlr_steps

KEYS = list(CLASSIFIERS)


@pytest.fixture(scope="module")
def prepared():
    features, outcome = cohort(n_patients=60, effect=0.8, seed=1)
    patients = np.repeat(np.arange(60), 2)
    train, test = patient_split(outcome.to_numpy(), patients, 0.3, 0)
    part = prepare_training(
        features, outcome.to_numpy(), patients, Selection(dlr_steps(k=10)[:-1]), train, test
    )
    return part, features, outcome


@pytest.fixture(scope="module")
def models(prepared):
    part, _, _ = prepared
    return {
        key: to_portable_model(key, tune_and_fit(key, part), part, "a" * 64, {"cases": 84})
        for key in available_classifiers()
    }


@pytest.fixture(scope="module")
def cores(prepared, models):
    found = {key: model.to_dict()["core"] for key, model in models.items() if key != "LR"}
    found = {key: core.get("inner", core) for key, core in found.items()}
    return found | {"LR": estimator_to_dict(PortableLinear(np.zeros(10), 0.0))}


def _at_the_limits(core, p):
    """Cases that lie exactly on the limits of the trees, where < and <= part.

    Not on LightGBM's limits of 1e-35 either side of nought: it takes a value there for nought itself.
    """
    inner = np.flatnonzero((core.feature >= 0) & (np.abs(core.threshold) > 1e-30))[:200]
    rows = np.zeros((len(inner), p))
    rows[np.arange(len(inner)), core.feature[inner]] = core.threshold[inner]
    return rows


def _need(key):
    if key not in available_classifiers():
        pytest.skip(f"{key} is not installed")


@pytest.mark.parametrize("key", KEYS)
def test_it_learns_and_its_threshold_calls_most_held_out_hips_right(prepared, models, key):
    _need(key)
    part, features, outcome = prepared
    rows = part.whole.held_out
    probability = models[key].predict_proba(features.iloc[rows])
    assert auc(outcome.iloc[rows], probability) > 0.85
    assert ((probability >= models[key].threshold) == (outcome.iloc[rows] == 1)).mean() > 0.7


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("point", [0, -1])
def test_the_plain_numbers_predict_as_the_library_that_fitted_them(prepared, key, point):
    _need(key)
    part, _, outcome = prepared
    kind = CLASSIFIERS[key]
    estimator = kind.make(3, **kind.points[point])
    z, labels = part.whole.z_train, outcome.to_numpy()[part.whole.train]
    new = np.r_[part.whole.z_held_out, z[:5], np.random.default_rng(0).normal(size=(300, z.shape[1])) * 2]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimator.fit(z, labels)
        core = kind.to_portable(estimator)
        if isinstance(core, PortableTrees):
            new = np.r_[new, _at_the_limits(core, z.shape[1])]
        expected = estimator.decision_function(new) if key == "SVM" else estimator.predict_proba(new)[:, 1]
    found = core.decision(new) if key == "SVM" else core.probability(new)
    # XGBoost adds up in float32
    assert found == pytest.approx(expected, abs=2e-6 if key == "XGBoost" else 1e-9)
    assert np.ptp(found) > 0.2


def test_another_process_without_the_libraries_predicts_the_same(prepared, models, tmp_path):
    _, features, _ = prepared
    for key, model in models.items():
        (tmp_path / f"{key}.json").write_text(model.to_json(), encoding="utf-8")
    features.to_csv(tmp_path / "features.csv")
    code = (
        "import sys, pandas as pd, pathlib\n"
        "sys.modules['xgboost'] = sys.modules['lightgbm'] = None\n"
        "from ONFHAssistLib.tabular.portable_classifier import load_model\n"
        "folder = pathlib.Path(sys.argv[1])\n"
        "table = pd.read_csv(folder / 'features.csv', index_col=['case', 'side'], float_precision='round_trip')\n"
        "models = {f.stem: load_model(f.read_text(encoding='utf-8')) for f in folder.glob('*.json')}\n"
        "pd.DataFrame({k: m.predict_proba(table) for k, m in models.items()}).to_csv(folder / 'out.csv')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, cwd=tmp_path)
    again = pd.read_csv(tmp_path / "out.csv", float_precision="round_trip")
    for key, model in models.items():
        assert again[key].to_numpy() == pytest.approx(model.predict_proba(features).to_numpy(), abs=1e-9)


def test_logistic_regression_becomes_a_linear_model(models):
    assert isinstance(models["LR"], LinearModel)
    assert isinstance(load_model(models["LR"].to_json()), LinearModel)
    assert isinstance(load_model(models["KNN"].to_dict()), PortableClassifier)
    assert models["LR"].training["classifier"] == "LR"


@pytest.mark.parametrize("key", ["LR", "KNN"])
def test_sharing_the_selection_equals_a_grid_search_over_the_whole_pipeline(key):
    features, outcome = cohort(n_patients=40, n_features=60, effect=0.5, seed=3)
    # a patient for each hip: a pipeline of scikit-learn knows none
    labels, patients = outcome.to_numpy(), np.arange(80)
    everything = np.arange(80)
    steps = [ZScore(), MannWhitney(), MinimumRedundancy(6)]
    part = prepare_training(
        features, labels, patients, Selection(steps), everything, everything[:0], 4, seed=5
    )
    fitted = tune_and_fit(key, part, seed=5)
    kind = CLASSIFIERS[key]
    pipeline = make_pipeline(*steps, kind.make(5))
    grid = {f"{pipeline.steps[-1][0]}__{name}": list(values) for name, values in kind.grid.items()}
    fold = PredefinedSplit(patient_folds(labels, patients, 4, 5))
    # neighbours say 0 and 1, which is held at 0.01 and 0.99
    bounds = (0.01, 0.99) if key == "KNN" else (0, 1)

    def loss(model, x, y):
        return -log_loss(y, np.clip(model.predict_proba(x)[:, 1], *bounds))

    scoring = {"loss": loss, "auc": "roc_auc"}
    search = GridSearchCV(pipeline, grid, scoring=scoring, cv=fold, refit="loss").fit(features, labels)
    assert fitted.inner_auc == pytest.approx(search.cv_results_["mean_test_auc"][search.best_index_])
    assert {name.split("__")[1]: value for name, value in search.best_params_.items()} == fitted.parameters
    raw = np.clip(search.predict_proba(features)[:, 1], *bounds)
    # the line of the log-odds, from the held-out scores of the chosen point
    held = cross_val_predict(search.best_estimator_, features, labels, cv=fold, method="predict_proba")[:, 1]
    slope, offset = calibration_sigmoid(logit(np.clip(held, *bounds)), labels)
    expected = expit(slope * logit(raw) + offset)
    assert fitted.estimator.probability(part.whole.z_train) == pytest.approx(expected, abs=1e-6)


def test_the_threshold_does_not_see_the_held_out_rows(prepared):
    part, _, _ = prepared
    flipped = part.labels.copy()
    flipped[part.whole.held_out] = 1 - flipped[part.whole.held_out]
    first, second = tune_and_fit("LR", part), tune_and_fit("LR", replace(part, labels=flipped))
    assert first.threshold == second.threshold
    assert np.array_equal(first.estimator.coefficients, second.estimator.coefficients)


def test_platt_finds_the_sigmoid_that_made_the_labels():
    generator = np.random.default_rng(0)
    decision = generator.normal(size=20_000) * 2
    labels = (generator.random(20_000) < 1 / (1 + np.exp(-(1.5 * decision - 0.7)))).astype(int)
    assert platt_sigmoid(decision, labels) == pytest.approx((1.5, -0.7), abs=0.07)


def test_scores_that_rank_the_wrong_way_do_not_turn_a_classifier_round():
    labels = np.repeat([0, 1], 30)
    slope, offset = calibration_sigmoid(np.linspace(2, -2, 60), labels)
    assert slope == 0.05
    assert expit(offset) == pytest.approx(0.5)


@pytest.mark.parametrize("key", ["RandomForest", "KNN", "MLP"])
def test_log_odds_are_put_on_the_line_of_held_out_hips_and_survive_json(prepared, key):
    part, _, _ = prepared
    fitted = tune_and_fit(key, part)
    estimator = fitted.estimator
    raw = logit(np.clip(estimator.inner.probability(part.whole.z_held_out), 0.01, 0.99))
    assert fitted.held_out == pytest.approx(expit(estimator.slope * raw + estimator.offset))
    again = estimator_from_dict(json.loads(json.dumps(estimator_to_dict(estimator))), 10)
    assert np.array_equal(again.probability(part.whole.z_held_out), fitted.held_out)
    with pytest.raises(InputError, match="calibrated already"):
        calibrate(estimator, 1.0, 0.0)


def test_contributions_of_a_forest_point_where_the_features_do(prepared, models):
    _, features, _ = prepared
    model = models["RandomForest"]
    row = features.iloc[1]
    table = model.contributions(row)
    assert table["coefficient"].isna().all()
    sizes = table["contribution"].abs().to_numpy()
    assert (np.diff(sizes) <= 0).all()
    assert sizes[0] > 0
    neutral = features.iloc[[1]].copy()
    neutral[table["feature"][0]] = model.mean[model.feature_names.index(table["feature"][0])]
    odds = [
        np.log(p / (1 - p)) for p in (model.predict_proba(f).iloc[0] for f in (features.iloc[[1]], neutral))
    ]
    assert table["contribution"][0] == pytest.approx(odds[0] - odds[1])


def test_a_harmonised_model_wants_to_know_the_scanner():
    features, outcome = cohort(n_patients=40, n_features=40, seed=2)
    patients = np.repeat(np.arange(40), 2)
    scanner = np.where(patients % 4 < 2, "Avanto", "Prisma")
    shifted = features.copy()
    shifted[scanner == "Prisma"] = features[scanner == "Prisma"] * 1.5 + 10
    rows = np.arange(80)
    part = prepare_training(
        shifted, outcome.to_numpy(), patients, Selection(dlr_steps(k=5)), rows, rows[:0], scanner=scanner
    )
    model = to_portable_model("Rad", tune_and_fit("LR", part), part, None, {})
    assert isinstance(model, PortableClassifier)
    named = pd.Series(scanner, index=features.index)
    again = load_model(model.to_json())
    probability = again.predict_proba(shifted, named)
    assert np.array_equal(probability, model.predict_proba(shifted, named))
    assert probability.to_numpy() == pytest.approx(model.estimator.probability(part.whole.z_train))
    assert auc(outcome, probability) > 0.9
    with pytest.raises(InputError, match=r"name the scanner of every case \(Avanto, Prisma\)"):
        model.predict_proba(shifted)
    with pytest.raises(InputError, match="scanner 'Ingenia' is not among"):
        model.predict_proba(shifted, named.replace("Prisma", "Ingenia"))
    total = model.contributions(shifted.iloc[[0]], "Avanto")["contribution"].sum() + model.estimator.intercept
    assert total == pytest.approx(np.log(probability.iloc[0] / (1 - probability.iloc[0])))


def test_bad_tables_are_refused_as_by_the_linear_model(prepared, models):
    _, features, _ = prepared
    model = models["ExtraTrees"]
    name = model.feature_names[0]
    with pytest.raises(InputError, match=f"lacks the column '{name}'"):
        model.predict_proba(features.drop(columns=name))
    other = features.copy()
    other.attrs["preset_sha256"] = "b" * 64
    with pytest.raises(InputError, match="extract again with the preset of the model"):
        model.predict_proba(other)


def test_an_unknown_or_absent_classifier_is_named(prepared, monkeypatch):
    with pytest.raises(InputError, match="'CatBoost' is not known; choose from LR, SVM"):
        tune_and_fit("CatBoost", prepared[0])
    monkeypatch.setattr(classify.importlib.util, "find_spec", lambda name: None)
    assert available_classifiers() == ["LR", "SVM", "KNN", "RandomForest", "ExtraTrees", "MLP"]
    with pytest.raises(MissingDependencyError, match="'xgboost' is needed to fit the classifier 'XGBoost'"):
        tune_and_fit("XGBoost", prepared[0])


@pytest.mark.parametrize(
    ("key", "damage", "message"),
    [
        ("RandomForest", lambda c: c.update(kind="pickle"), "kind 'pickle', which is not known"),
        ("RandomForest", lambda c: c.pop("roots"), "lacks the entry 'roots'"),
        ("RandomForest", lambda c: c["left"].__setitem__(0, 0), "children after their node"),
        ("RandomForest", lambda c: c["feature"].__setitem__(0, 99), "its own features"),
        ("RandomForest", lambda c: c["right"].__setitem__(0, 10**9), "children after their node"),
        ("RandomForest", lambda c: c["roots"].__setitem__(0, -3), "roots among its nodes"),
        (
            "RandomForest",
            lambda c: c["threshold"].__setitem__(0, float("nan")),
            "finite numbers as 'threshold'",
        ),
        ("RandomForest", lambda c: c.update(strict="no"), "true or false as 'strict'"),
        ("MLP", lambda c: c["biases"].pop(), "one bias a layer"),
        ("SVM", lambda c: c["weights"].pop(), "one weight a support vector"),
        ("KNN", lambda c: c.update(k=0), "neighbours"),
        ("KNN", lambda c: c.update(cases="all"), "does not hold numbers"),
        ("LR", lambda c: c.update(intercept=None), "a finite number as 'intercept'"),
    ],
)
def test_damaged_numbers_are_refused(cores, key, damage, message):
    content = json.loads(json.dumps(cores[key]))
    p = 10
    estimator_from_dict(content, p)
    damage(content)
    with pytest.raises(InputError, match=message):
        estimator_from_dict(content, p)


def test_a_damaged_classifier_inside_its_calibration_is_refused(models):
    content = models["RandomForest"].to_dict()["core"]
    for damage, message in (
        ({"inner": content}, "not calibrated twice"),
        ({"inner": {"kind": "pickle"}}, "'pickle', which is not known"),
        ({"inner": [1]}, "does not hold numbers"),
        ({"slope": None}, "a finite number as 'slope'"),
    ):
        with pytest.raises(InputError, match=message):
            estimator_from_dict(content | damage, 10)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda c: c.update(format="x"), "of the kind 'x'"),
        (lambda c: c.pop("core"), "lacks the entry 'core'"),
        (lambda c: c["sd"].__setitem__(0, 0.0), "positive standard deviations"),
        (lambda c: c.update(core=[1]), "something else than numbers"),
        (lambda c: c["mean"].pop(), "finite means"),
    ],
)
def test_a_damaged_model_file_is_refused(models, damage, message):
    content = models["KNN"].to_dict()
    damage(content)
    with pytest.raises(InputError, match=message):
        load_model(json.dumps(content))


def test_a_file_that_is_no_json_object_is_refused():
    with pytest.raises(InputError, match="not JSON"):
        load_model("{")
    with pytest.raises(InputError, match="JSON object"):
        load_model("[1]")
