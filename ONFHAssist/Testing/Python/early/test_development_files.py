import json

import numpy as np
import pandas as pd
import pytest
from support.feature_cohorts import cohort

from ONFHAssistLib import cli
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.early import published
from ONFHAssistLib.early.checklists import clear_checklist, metrics_checklist, metrics_score
from ONFHAssistLib.early.curves import curve_tables
from ONFHAssistLib.early.develop import run_dlr_protocol
from ONFHAssistLib.early.development_files import write_development
from ONFHAssistLib.early.external_validation import load_model_bundle
from ONFHAssistLib.early.published import SELECTION_COUNTS, published_dlr_formula
from ONFHAssistLib.evaluate.binary.discrimination import auc
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import load_model
from ONFHAssistLib.tabular.protocol import DlrProtocol


@pytest.fixture(scope="module")
def result():
    features, outcome = cohort(n_patients=40, n_features=40)
    groups = {"Rad": list(features.columns[:25]), "All": list(features.columns)}
    protocol = DlrProtocol(classifiers=("LR", "KNN"), k=6, bootstraps=100, outer_folds=3, inner_folds=3)
    return run_dlr_protocol(features, outcome, None, groups, protocol), features


def test_everything_is_written_and_reads_back(result, tmp_path, monkeypatch):
    found, features = result
    from ONFHAssistLib.evaluate.figures import binary as figures

    save = figures.save_figure
    monkeypatch.setattr(figures, "save_figure", lambda figure, path: save(figure, path, dpi=40))
    written = write_development(found, tmp_path / "out")
    assert all(path.stat().st_size > 100 for path in written.values())
    assert not list(tmp_path.rglob(".part-*"))
    again = pd.read_csv(written["performance"], float_precision="round_trip")
    pd.testing.assert_frame_equal(again, found.performance)
    left = pd.read_csv(written["left All"])
    assert len(left) == 40 - len(found.models["All"].feature_names)
    model = load_model(written["model All"].read_text(encoding="utf-8"))
    assert model.predict_proba(features).equals(found.models["All"].predict_proba(features))
    lines = written["CLEAR"].read_text(encoding="utf-8").splitlines()[2:]
    assert {len(line.replace("\\|", "").split("|")) for line in lines} == {7}
    run = json.loads(written["run"].read_text(encoding="utf-8"))
    assert run["facts"]["patients"] == 40
    assert run["complete"] is True
    drawn = {name.removeprefix("figure ") for name in written if name.startswith("figure")}
    assert {"roc split Rad", "roc nested", "calibration nested", "decision split", "lasso path All"} <= drawn


def test_clear_has_its_58_items_and_fills_in_what_the_run_knows(result):
    table = clear_checklist(result[0]).set_index("item")
    assert list(table.index) == list(range(1, 59))
    assert table.loc[15, "topic"] == "Data split"
    assert table.loc[15, "detail"].startswith(
        "split by patient, stratified: 56 training, 24 test hips; nested"
    )
    assert table.loc[27, "detail"] == "features before selection: Rad 25, All 40"
    assert table.loc[33, "topic"] == "Dimension reduction"
    assert "Mann-Whitney p < 0.05" in table.loc[33, "detail"]
    assert table.loc[58, "topic"] == "Ready-to-use system shared"
    # what only the author can know is not claimed
    assert (table.loc[[1, 8, 11, 18, 20, 44, 52, 53], "answer"] == "author").all()


def test_metrics_has_its_30_items_whose_weights_sum_to_one(result):
    table = metrics_checklist(result[0]).set_index("item")
    assert list(table.index) == list(range(1, 31))
    assert table["weight"].sum() == pytest.approx(1.0, abs=5e-4)
    assert table.loc[22, "topic"] == "Calibration assessed"
    assert table.loc[22, "answer"] == "yes"
    assert table.loc[27, "answer"] == "author"
    assert table.loc[16, "answer"] == "yes"
    low, high = metrics_score(table)
    assert 20 < low < 50
    assert high == pytest.approx(100)


def test_too_many_features_for_the_hips_are_admitted():
    features, outcome = cohort(n_patients=20, n_features=40, n_related=20, effect=1.5)
    quick = DlrProtocol(classifiers=("LR",), outer_folds=0, inner_folds=2, bootstraps=100, limit=1.0, k=40)
    found = run_dlr_protocol(features, outcome, None, {"Rad": list(features)}, quick)
    if len(found.models["Rad"].feature_names) <= 4:
        pytest.fail("the cohort should keep more than four features")
    table = metrics_checklist(found).set_index("item")
    assert table.loc[16, "answer"] == "no"
    assert metrics_score(table)[1] < 100


def test_a_cancelled_run_claims_nothing_that_was_not_done(result, tmp_path):
    features = result[1]
    outcome = cohort(n_patients=40, n_features=40)[1]
    found = run_dlr_protocol(
        features, outcome, protocol=DlrProtocol(classifiers=("LR",)), cancelled=lambda: True
    )
    table = clear_checklist(found).set_index("item")
    assert (table.loc[[15, 38, 39, 40, 41, 47], "answer"] == "author").all()
    written = write_development(found, tmp_path)
    assert "performance" not in written
    assert json.loads(written["run"].read_text(encoding="utf-8"))["complete"] is False


def test_the_published_formula_refuses_to_predict_and_says_why(result):
    model = published_dlr_formula()
    assert len(model.feature_names) == 12
    assert model.intercept == -0.2678082691039214
    with pytest.raises(
        InputError, match="'DLR as published' cannot be applied: the mean and standard deviation"
    ):
        model.predict_proba(result[1])
    assert load_model(model.to_json()) == model
    assert SELECTION_COUNTS["DLR"]["all"] == SELECTION_COUNTS["Rad"]["all"] + SELECTION_COUNTS["DL"]["all"]


def test_the_reference_bundle_is_the_printed_formula_and_refuses_before_any_work(tmp_path, capsys):
    bundle, model = load_model_bundle("dlr-published")
    assert model == published_dlr_formula()
    card = (bundle.path / "docs/README.md").read_text(encoding="utf-8")
    assert all(f"`{name}` | {weight:+.6f}" in card for name, weight in published.TERMS.items())
    assert "**It refuses to predict**" in card
    image = resource_path("SampleData", "onfh-right-stage2-t2fs.nrrd")
    outlines = resource_path("SampleData", "onfh-right-stage2-outlines.nrrd")
    arguments = ["predict", image, "--segmentation", outlines, "--out", tmp_path / "out"]
    assert cli.run([str(a) for a in [*arguments, "--bundle", "dlr-published"]]) == 2
    assert "the mean and standard deviation of its features were never published" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_curves_of_the_charts_are_those_of_the_predictions(result):
    found = result[0]
    curves = curve_tables(found)
    roc = curves["roc nested All"]
    assert set(roc.columns) == {"x, LR", "LR", "x, KNN", "KNN", "x, chance", "chance"}
    part = found.predictions.query("validation == 'nested' and group == 'All' and classifier == 'KNN'")
    area = np.trapezoid(roc["KNN"], roc["x, KNN"])
    # the curve of cross-validation pools folds, its figure is the mean of theirs
    assert area == pytest.approx(auc(part["outcome"], part["probability"]))
    tested = curves["roc split All"]
    area = np.trapezoid(tested["KNN"], tested["x, KNN"])
    assert area == pytest.approx(found.figure("split", "All", "auc", "KNN")[0])
    decision = curves["decision split"].set_index("threshold")
    long = found.decision.query("validation == 'split' and model == 'Treat all'").set_index("threshold")
    assert decision["Treat all"].tolist() == long["net_benefit"].tolist()
    model = found.models["All"]
    if isinstance(model, LinearModel):
        weights = curves["weights All"]
        assert set(weights["feature"]) == set(model.feature_names)
        assert weights["weight"].abs().is_monotonic_decreasing
    path = found.paths["All"]
    kept = curves["lasso path All"]
    at = np.argmin(np.abs(np.log(path.lambdas / path.chosen)))
    assert all(kept.iloc[at, 1:] != 0)
    assert len(kept.columns) - 1 == (path.coefficients[:, at] != 0).sum()
