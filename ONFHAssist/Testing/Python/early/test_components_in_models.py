"""Principal components of deep features as an option of the protocol: inside the folds, in the model, in the bundle."""

import json

import numpy as np
import pandas as pd
import pytest
from support.feature_cohorts import cohort

from ONFHAssistLab import cli
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.names import is_deep
from ONFHAssistLib.develop.dlr import protocol_from_options
from ONFHAssistLib.develop.validate_dlr import evaluate_dlr
from ONFHAssistLib.early.develop import format_selection_counts, run_dlr_protocol
from ONFHAssistLib.early.external_validation import load_model_bundle
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier, load_model
from ONFHAssistLib.tabular.protocol import DlrProtocol
from ONFHAssistLib.tabular.selection.components import DeepComponents

DEEP = 30


@pytest.fixture(scope="module")
def hips():
    """100 hips of 50 patients: 30 radiomics, and 30 deep features that are 5 hidden numbers seen 30 times."""
    features, outcome = cohort(n_patients=50, n_features=60, n_related=6, effect=0.7)
    rng = np.random.default_rng(4)
    hidden = rng.normal(size=(100, 5)) * [4, 3, 2, 1.5, 1] + 1.5 * outcome.to_numpy()[:, None]
    deep = hidden @ rng.normal(size=(5, DEEP)) + 0.1 * rng.normal(size=(100, DEEP))
    names = {name: f"DL_{j}" for j, name in enumerate(features.columns[:DEEP])}
    table = features.rename(columns=names)
    table[list(names.values())] = deep
    table.attrs = features.attrs
    return table, outcome


@pytest.fixture(scope="module")
def result(hips):
    protocol = DlrProtocol(
        classifiers=("LR", "SVM"), components=4, k=8, bootstraps=100, outer_folds=2, inner_folds=2
    )
    return run_dlr_protocol(*hips, protocol=protocol)


def test_the_components_of_the_test_part_come_from_the_training_part_alone(result, hips):
    """The model of the split, from its JSON, gives the held-out probabilities again; components of all hips do not."""
    part = result.predictions.query("validation == 'split' and group == 'DL'").merge(result.chosen)
    model = load_model(result.split_models["DL"].to_json())
    rows = part["row"].to_numpy()
    again = model.predict_proba(hips[0].iloc[rows]).to_numpy()
    assert again == pytest.approx(part["probability"].to_numpy(), abs=1e-12)
    everybody = DeepComponents(4).fit(hips[0].filter(regex="^DL_")).table(list(model.components.names))
    assert np.abs(everybody.mean - model.components.mean).max() > 1e-3


def test_the_funnel_says_what_became_of_the_deep_features(result):
    lines = dict(line.split(": ") for line in format_selection_counts(result).splitlines())
    assert lines["DLR"].startswith("60 -> ")
    assert lines["DL"].startswith("30 -> ")
    first = result.selection_logs["DLR"][0]
    assert first.step.startswith("30 deep features to 4 components (")
    assert (first.n_in, first.n_out, len(first.removed)) == (60, 34, 30)
    assert result.selection_logs["DLR"][1].n_in == 34
    assert not result.selection_logs["Rad"][0].step.endswith("variance)")


def test_a_model_reads_the_deep_features_and_weighs_the_components(result, hips):
    table, _ = hips
    model = result.models["DLR"]
    assert isinstance(model, PortableClassifier)
    used = [name for name in model.terms if name.startswith("DLPC_")]
    assert used
    assert sum(map(is_deep, model.feature_names)) == DEEP
    parts = model.contributions(table.iloc[[3]])
    assert set(parts["feature"]) == set(model.terms)
    shown = parts.set_index("feature")["value"]
    all_four = DeepComponents(4).fit(table).transform(table.iloc[[3]])
    assert shown[used].to_numpy() == pytest.approx(all_four[used].to_numpy()[0])
    with pytest.raises(InputError, match="lacks the column 'DL_7'"):
        model.predict_proba(table.drop(columns="DL_7"))


def test_without_the_option_and_for_radiomics_alone_nothing_changes(result, hips):
    assert isinstance(result.models["Rad"], LinearModel) or result.models["Rad"].components is None
    plain = run_dlr_protocol(
        *hips,
        feature_groups={"Rad": [c for c in hips[0] if not is_deep(c)]},
        protocol=DlrProtocol(classifiers=("LR", "SVM"), k=8, bootstraps=100, outer_folds=2, inner_folds=2),
    )
    for metric in ("auc", "brier"):
        assert plain.figure("nested", "Rad", metric) == result.figure("nested", "Rad", metric)


def test_components_follow_harmonisation(hips):
    table, outcome = hips
    scanner = pd.Series(np.repeat(["A", "B"], 50), index=table.index)
    protocol = DlrProtocol(
        classifiers=("LR",), components=0.9, k=8, bootstraps=100, outer_folds=0, inner_folds=2
    )
    found = run_dlr_protocol(table, outcome, protocol=protocol, scanner=scanner)
    part = found.predictions.query("group == 'DLR'")
    rows = part["row"].to_numpy()
    model = load_model(found.split_models["DLR"].to_json())
    again = model.predict_proba(table.iloc[rows], scanner.iloc[rows]).to_numpy()
    assert again == pytest.approx(part["probability"].to_numpy(), abs=1e-12)


@pytest.mark.parametrize(
    ("given", "expected"), [(None, None), ("32", 32), (16, 16), ("0.95", 0.95), (1, 1), ("8.0", 8)]
)
def test_the_option_is_a_number_or_a_share(given, expected):
    assert protocol_from_options({"components": given, "classifiers": ["LR"]}).components == expected


@pytest.mark.parametrize("given", ["0", "-3", "2.5", "many", 0])
def test_anything_else_is_refused_by_its_value(given):
    with pytest.raises(
        InputError, match=f"option components is '{given}'; a whole number such as 32, or a share"
    ):
        protocol_from_options({"components": given})
    with pytest.raises(InputError, match=r"'components' of the protocol is 2\.5"):
        DlrProtocol(components=2.5)


def test_the_command_writes_a_bundle_that_others_can_judge(hips, tmp_path, capfd):
    table, outcome = hips
    rows = table.reset_index()
    rows.insert(2, "early_onfh", outcome.to_numpy())
    rows.to_csv(tmp_path / "hips.csv", index=False)
    call = [
        "train",
        "dlr",
        "--cohort",
        tmp_path / "hips.csv",
        "--out",
        tmp_path / "dlr-parts",
        "--classifier",
        "LR",
    ]
    call += ["--components", "4", "--folds", "0", "--bootstraps", "100", "--json"]
    assert cli.run([str(part) for part in call]) == 0
    answer = json.loads(capfd.readouterr().out)
    _, model = load_model_bundle(answer["bundle"])
    assert model.components.weights.shape == (len(model.components.names), DEEP)
    card = (tmp_path / "dlr-parts/docs/README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in card for name in model.terms)
    assert "DL_7" not in card
    content = json.loads((tmp_path / "dlr-parts/models/model.json").read_text(encoding="utf-8"))
    assert content["format_version"] == 2
    assert content["training"]["protocol"]["components"] == 4
    evaluated = evaluate_dlr(answer["bundle"], tmp_path / "hips.csv", tmp_path / "judged", bootstraps=100)
    assert evaluated["metrics"]["auc"]["value"] > 0.7
    assert cli.run([str(part) for part in [*call, "--components", "90"]]) == 2
    assert "90 components cannot be had from" in capfd.readouterr().err


def test_a_hip_is_predicted_with_a_model_of_components_as_with_any_other(result, hips):
    model = load_model(result.models["DLR"].to_json())
    model.require_applicable()
    assert model.applicable
    alone = model.predict_proba(hips[0].iloc[[7]]).iloc[0]
    assert alone == pytest.approx(model.predict_proba(hips[0]).iloc[7], abs=1e-12)
