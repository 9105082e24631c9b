"""A bundle with a model for each kind of marrow: kept, chosen by the image, judged and brought up to date."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from ONFHAssistLib.bundles.bundle import save_bundle
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.early.external_validation import evaluate_bundle, probabilities_of, thresholds_of
from ONFHAssistLib.early.head_to_head import head_to_head, refuse_units_of
from ONFHAssistLib.early.predictor import load_predictor
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.tabular.by_sequence import ModelBySequence, SequencePart, load_model
from ONFHAssistLib.tabular.harmonisation import ScannerTable
from ONFHAssistLib.tabular.linear_model import LinearModel
from ONFHAssistLib.tabular.portable_classifier import PortableClassifier
from ONFHAssistLib.tabular.portable_models import PortableLinear
from ONFHAssistLib.tabular.tables.feature_table import FeatureTable, TableSource, read_feature_table
from ONFHAssistLib.update.binary import update_probability

MEAN = "original_firstorder_Mean"
BRIGHT = LinearModel("Rad", (MEAN,), (10.0,), (2.0,), (1.5,), 0.2, threshold=0.7)
DARK = LinearModel(
    "Rad", (MEAN, "original_firstorder_Energy"), (5.0, 1.0), (1.0, 0.5), (-1.0, 0.8), -0.3, threshold=0.3
)
MODEL = ModelBySequence(
    "Rad", (SequencePart("bright", ("T1", "T2"), BRIGHT), SequencePart("dark", ("T2 FS", "STIR"), DARK))
)


def test_a_part_that_was_harmonised_is_refused_since_no_scanner_reaches_it():
    scanners = ScannerTable(("north", "south"), np.ones((2, 1)), np.zeros((2, 1)))
    line = PortableLinear(np.ones(1), 0.0)
    model = PortableClassifier("Rad", "LR", (MEAN,), np.zeros(1), np.ones(1), line, scanners=scanners)
    with pytest.raises(InputError, match="harmonised over scanners, which a model by sequence cannot apply"):
        ModelBySequence("Rad", (SequencePart("bright", ("T1",), model),))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    accepts = {
        "preset": "dlr-mri",
        "modality": ["MR"],
        "sequence": list(MODEL.sequences),
        "spacing_mm": [0.3, 6.0],
    }
    metadata = {
        "name": "rad-both", "kind": "probability", "version": "1.0", "task": "t", "description": "d", "authors": "a",
        "copyright": "c", "changelog": {"1.0": "made"}, "intended_use": "Research.",
        "training_data": "Trained on 4 hips.", "metrics": {}, "accepts": accepts, "network_data_format": {},
        "command": "",
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("own") / "rad-both"
    save_bundle(folder, metadata, "# rad-both\n", model_json=MODEL.to_dict())
    return folder


def cohort(n=120, seed=0, shift=0.0, sequences=("T1", "STIR")):
    """Hips whose outcome follows the log-odds of their own part, plus ``shift``."""
    rng = np.random.default_rng(seed)
    index = pd.MultiIndex.from_product([[f"P{k}" for k in range(n // 2)], ["R", "L"]], names=["case", "side"])
    sequence = pd.Series([sequences[k // 2 % len(sequences)] for k in range(n)], index=index, name="sequence")
    bright = sequence.isin(("T1", "T2"))
    features = pd.DataFrame(
        {MEAN: np.where(bright, rng.normal(10, 2, n), rng.normal(5, 1, n)),
         "original_firstorder_Energy": rng.normal(1, 0.5, n)}, index=index,
    )  # fmt: skip
    odds = np.where(bright, by_hand(BRIGHT, features), by_hand(DARK, features))
    outcome = pd.Series((rng.random(n) < expit(odds + shift)).astype(int), index=index, name="early_onfh")
    patients = pd.Series(index.get_level_values("case"), index=index)
    return FeatureTable(features, outcome, patients, {"Rad": list(features)}, sequence=sequence), odds


def by_hand(model, features):
    values = features[list(model.feature_names)].to_numpy()
    return (values - model.mean) / np.array(model.sd) @ np.array(model.coefficients) + model.intercept


def test_each_hip_is_answered_by_the_part_of_its_sequence_also_after_saving():
    table, odds = cohort()
    again = load_model(MODEL.to_json())
    np.testing.assert_allclose(probabilities_of(again, table), expit(odds), rtol=1e-12)
    bright = table.sequence == "T1"
    assert set(thresholds_of(again, table)[bright]) == {0.7}
    assert set(thresholds_of(again, table)[~bright]) == {0.3}
    order = np.random.default_rng(1).permutation(len(odds))
    mixed = again.predict_proba(table.features.iloc[order], table.sequence)  # aligned by hip, not by place
    np.testing.assert_allclose(mixed, expit(odds)[order], rtol=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda c: c.update(format_version=2), "'onfhassist.by_sequence', version 1, is expected"),
        (lambda c: c["parts"][1].pop("sequences"), "lacks the entry 'sequences'"),
        (lambda c: c["parts"][1]["sequences"].append("T1"), "each of its sequences in one part alone"),
        (lambda c: c.update(parts=[]), "needs at least one part"),
        (lambda c: c["parts"][0]["model"].update(sd=[0.0]), "standard deviation that is not positive"),
        (lambda c: c["parts"][0].update(model=MODEL.to_dict()), "'onfhassist.classifier', version 1"),
    ],
)
def test_a_damaged_file_is_refused(change, message):
    content = json.loads(MODEL.to_json())
    change(content)
    with pytest.raises(InputError, match=message):
        load_model(content)


def test_hips_without_a_sequence_or_with_another_one_are_refused():
    table, _ = cohort(n=8)
    with pytest.raises(InputError, match="T1, T2 and for T2 FS, STIR; give the table a column 'sequence'"):
        probabilities_of(MODEL, replace(table, sequence=None))
    with pytest.raises(
        InputError, match="does not answer for the sequence 'PD'; it does for T1, T2, T2 FS, STIR"
    ):
        probabilities_of(MODEL, replace(table, sequence=table.sequence.replace("STIR", "PD")))


@pytest.mark.parametrize(
    ("stated", "part"),
    [("T1", "bright (T1, T2)"), ("STIR", "dark (T2 FS, STIR)"), ("DWI", "bright (T1, T2)")],
)
def test_the_image_chooses_the_part_and_the_provenance_names_it(bundle, stated, part):
    image = Image(
        np.zeros((4, 8, 8), np.float32), (1.0, 1.0, 4.0), metadata={"modality": "MR", "sequence": stated}
    )
    predictor = load_predictor(bundle)
    told = predictor.for_image(image)
    assert told.provenance(image, "native")["model_part"] == part
    assert told.model == (BRIGHT if part.startswith("bright") else DARK)
    assert bool(predictor.scope(image).out_of_scope) == (stated == "DWI")
    with pytest.raises(InputError, match="a model for each kind of sequence"):
        predictor.answer(None, {})


def test_hips_from_elsewhere_are_judged_at_the_threshold_of_their_part(bundle, tmp_path):
    table, odds = cohort()
    hips = pd.concat([table.features, table.outcome, table.sequence], axis=1)
    hips.to_csv(tmp_path / "hips.csv")
    read = read_feature_table(TableSource(tmp_path / "hips.csv", "early_onfh"))
    _, result, prevalence = evaluate_bundle(bundle, read, bootstraps=100)
    limit = np.where(table.sequence == "T1", 0.7, 0.3)
    sick = table.outcome.to_numpy() == 1
    expected = (expit(odds) >= limit)[sick].mean()
    assert result.figure("external", "Rad", "sensitivity")[0] == pytest.approx(expected)
    assert list(result.models) == ["Rad, bright", "Rad, dark"]
    share = float(sick.mean())
    row = prevalence.iloc[int((prevalence["prevalence"] - 0.5).abs().argmin())]
    moved = expit(np.log(limit / (1 - limit)) - np.log(share / (1 - share)))
    false = (expit(odds) >= limit) & ~sick
    lost = 0.5 * (moved / (1 - moved))[false].sum() / (~sick).sum()
    assert row["net_benefit"] == pytest.approx(0.5 * expected - lost)
    pairs = head_to_head(bundle, "rad-dlr-mri", replace(read, features=every_feature(read)), 50)
    assert set(pairs["figure"]) >= {"Difference of AUC", "IDI"}


def every_feature(table):
    """The table with all columns that the shipped model reads, at their means."""
    model = load_predictor("rad-dlr-mri").model
    parts = [part.model for part in model.parts] if isinstance(model, ModelBySequence) else [model]
    means = {n: m for one in parts for n, m in zip(one.feature_names, one.mean, strict=True)}
    more = pd.DataFrame(
        {n: np.full(len(table.features), m) for n, m in means.items()}, index=table.features.index
    )
    both = pd.concat([table.features, more[[n for n in more if n not in table.features]]], axis=1)
    both.attrs.update(table.features.attrs)
    return both


def test_an_update_moves_the_parts_that_the_hips_are_for():
    table, odds = cohort(n=240, shift=1.5)
    found = update_probability(MODEL, table, "in the large")
    np.testing.assert_allclose(probabilities_of(found.model, table), expit(odds + found.intercept), rtol=1e-9)
    assert found.intercept == pytest.approx(1.5, abs=0.5)
    called = probabilities_of(MODEL, table) >= thresholds_of(MODEL, table)
    again = probabilities_of(found.model, table) >= thresholds_of(found.model, table)
    np.testing.assert_array_equal(called, again)
    t1, _ = cohort(n=120, shift=1.5, sequences=("T1",))
    alone = update_probability(MODEL, t1, "in the large")
    assert alone.model.parts[1].model == DARK
    assert alone.model.parts[0].model != BRIGHT
    assert "No hip has the sequence T2 FS or STIR: that part stays as it was." in alone.warnings
    with pytest.raises(InputError, match="coefficients: they are not fitted anew"):
        update_probability(MODEL, table, "refit")


def test_units_are_looked_at_part_by_part():
    table, _ = cohort(n=40)
    refuse_units_of(MODEL, table)
    bright = (table.sequence == "T1").to_numpy()
    features = table.features.copy()
    features.loc[bright, MEAN] *= 1000
    with pytest.raises(InputError, match="in other units"):
        refuse_units_of(MODEL, replace(table, features=features))
