"""The plan with its hash, plain models, checklists and the sections of a report, from small runs."""

import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.cli import run
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.develop.planning import plan_analysis
from ONFHAssistLib.develop.reporting.parts import baseline_section, instability_section
from ONFHAssistLib.develop.reporting.plan import deviations, read_plan
from ONFHAssistLib.early.comparators import (
    CLINICAL,
    compare_plain_models,
    encode_columns,
    plain_model_table,
)
from ONFHAssistLib.early.develop import checked_cohort
from ONFHAssistLib.early.repeated import permutation_p
from ONFHAssistLib.evaluate.reporting.conformal import cross_conformal_sets, set_summary
from ONFHAssistLib.evaluate.reporting.instability import Instability
from ONFHAssistLib.report.checklists.checklists import checklists
from ONFHAssistLib.report.checklists.run_facts import RunFacts
from ONFHAssistLib.tabular.firth import FirthLogistic
from ONFHAssistLib.tabular.protocol import DlrProtocol

SENTENCES = dict.fromkeys(
    (
        "cohort", "outcome", "sample_size", "missing", "partition", "predictors", "building", "final", "measures",
        "uncertainty", "comparison", "output", "software", "specification", "internal", "flow", "explained",
    ),
    "known",
)  # fmt: skip


@pytest.fixture(scope="module")
def hips():
    """80 patients with two hips: features with a signal, clinical columns with another, folds by patient."""
    rng = np.random.default_rng(4)
    patient = np.repeat(np.arange(80), 2)
    sick = np.repeat(rng.random(80) < 0.5, 2).astype(int)
    features = pd.DataFrame(
        rng.normal(size=(160, 12)), columns=[f"original_firstorder_F{k}" for k in range(12)]
    )
    features.iloc[:, 0] += 1.4 * sick
    clinical = pd.DataFrame(
        {"age": 45 + 4 * sick + rng.normal(0, 8, 160), "sex": rng.choice(["F", "M"], 160)}
    )
    clinical.loc[3, "age"] = np.nan
    return features, clinical, sick, patient, patient % 4


def test_firth_is_the_known_solution_where_one_exists():
    alone = FirthLogistic.fit(np.empty((10, 0)), np.array([1] * 3 + [0] * 7))
    assert alone.probability(np.empty((1, 0)))[0] == pytest.approx(
        3.5 / 11
    )  # half a hip is added to each class
    # one group all with the outcome: the log-odds ratio of the table with a half in every cell (Heinze and Schemper)
    x = np.repeat([0.0, 1.0], [10, 6])[:, None]
    fitted = FirthLogistic.fit(x, np.array([1] * 4 + [0] * 6 + [1] * 6))
    assert fitted.coefficients[1] == pytest.approx(np.log(6.5 * 6.5 / (0.5 * 4.5)), abs=1e-6)


def test_plain_models_answer_for_hips_that_did_not_fit_them(hips):
    features, clinical, outcome, patient, fold = hips
    held = compare_plain_models(features, clinical, outcome, patient, fold)
    assert next(iter(held)) == CLINICAL and held.notna().all(axis=None) and held.shape[1] == 5
    flipped = outcome.copy()
    flipped[fold == 0] = 1 - flipped[fold == 0]
    again = compare_plain_models(features, clinical, flipped, patient, fold, clinical_alone=True)
    np.testing.assert_allclose(again[CLINICAL][fold == 0], held[CLINICAL][fold == 0])
    table = plain_model_table(held, held["Ridge"].to_numpy(), outcome, patient, fold).set_index("model")
    assert table.loc["Ridge", ["gain", "p"]].tolist() == [0.0, 1.0]
    assert (
        table.loc["Ridge", "auc"] > 0.75
        and table.loc[CLINICAL, "gain_high"] > table.loc[CLINICAL, "gain"] > 0
    )


def test_every_hip_twice_moves_no_p_and_no_bound_of_plain_models_and_prediction_sets(hips):
    features, clinical, outcome, patient, fold = hips
    held = compare_plain_models(features, clinical, outcome, patient, fold, clinical_alone=True)
    held["Other"] = np.random.default_rng(1).permutation(held[CLINICAL].to_numpy())
    probability = held[CLINICAL].to_numpy()
    for figures in (
        lambda k: plain_model_table(
            pd.concat([held] * k), *(np.tile(a, k) for a in (probability, outcome, patient, fold))
        ),
        lambda k: set_summary(
            np.tile(outcome, k),
            cross_conformal_sets(*(np.tile(a, k) for a in (outcome, probability, fold, patient)), 0.9),
            np.tile(patient, k),
            0.9,
        ).drop(columns="hips"),
    ):
        once, twice = (figures(k).select_dtypes("number").to_numpy() for k in (1, 2))
        assert twice == pytest.approx(once, rel=1e-6, abs=1e-9, nan_ok=True)


def test_the_permutation_test_tells_a_signal_from_none(hips):
    features, _, outcome, patient, _ = hips
    protocol = DlrProtocol(classifiers=("LR",), outer_folds=2, inner_folds=2, test_share=0)
    index = pd.MultiIndex.from_arrays([patient, np.tile(["R", "L"], 80)], names=["case", "side"])
    table = features.set_axis(index)
    groups = {"signal": list(table.columns[:4]), "none": list(table.columns[4:8])}
    cohort = checked_cohort(table, pd.Series(outcome, index), None, groups, None)
    found = permutation_p(cohort, protocol, "LR", 3).set_index("model")
    assert found.loc["signal", "p"] == 0.25  # none of three deals is as good
    assert found.loc["none", "p"] > 0.25 and (found["deals"] == 3).all()
    flat = table.assign(**{table.columns[8]: 1.0})
    alone = checked_cohort(flat, pd.Series(outcome, index), None, {"flat": [flat.columns[8]]}, None)
    nothing = permutation_p(alone, protocol, "LR", 2).iloc[0]
    assert np.isnan(nothing["auc"]) and np.isnan(nothing["p"])


def test_clinical_columns_are_scaled_by_the_training_hips_and_levels_of_others_are_unknown():
    table = pd.DataFrame({"age": [1.0, 3.0, np.nan, 100.0], "stage": ["I", "II", "I", "IV"]})
    encoded = encode_columns(table, np.array([0, 1, 2]))
    assert encoded[2, 0] == pytest.approx(0.0, abs=1e-12)  # the median of 1 and 3
    np.testing.assert_array_equal(encoded[:, 1], [0, 1, 0, 0])


def test_a_plan_carries_its_hash_and_names_what_was_done_otherwise(tmp_path):
    table = tmp_path / "cohort.csv"
    table.write_text("case,side\n", encoding="utf-8")
    plan = plan_analysis(
        tmp_path / "p.json", "dlr", {"outer_folds": 4}, {"outcome": "onfh"}, "AUC of DLR", table
    )
    done = {**plan.protocol, "outer_folds": 5, "workers": 8}
    assert deviations(plan, plan.protocol, {"outcome": "onfh"}, table) == []
    assert deviations(plan, done, {"outcome": "sick"}) == [
        ("outer folds", "4", "5"),
        ("column of the outcome", "onfh", "sick"),
    ]
    table.write_text("case,side,age\n", encoding="utf-8")
    assert deviations(plan, plan.protocol, {"outcome": "onfh"}, table)[0][0] == "table of the cohort"


def test_a_plan_that_was_changed_afterwards_is_refused(tmp_path, capsys):
    path = tmp_path / "p.json"
    asked = ["plan", "analysis", "--study", "dlrc", "--out", str(path), "--setting", "folds=4", "--json"]
    assert run(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert read_plan(path, "dlrc").sha256 == told["sha256"] and told["protocol"]["folds"] == 4
    with pytest.raises(InputError, match="plans the study 'dlrc'"):
        read_plan(path, "dlr")
    content = json.loads(path.read_text(encoding="utf-8"))
    content["protocol"]["folds"] = 10
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="changed after it was written"):
        read_plan(path, "dlrc")
    with pytest.raises(InputError, match="no analysis plan"):
        path.write_text("[]", encoding="utf-8")
        read_plan(path, "dlrc")


def test_checklists_have_every_item_and_answer_only_what_the_run_knows():
    tables = checklists(RunFacts(**SENTENCES))
    assert {name: len(table) for name, table in tables.items()} == {
        "TRIPOD+AI": 52, "CLAIM 2024": 44, "PROBAST+AI prompts": 34,
    }  # fmt: skip
    tripod = tables["TRIPOD+AI"].set_index("item")
    assert tripod.loc["12a", "answer"] == "yes" and tripod.loc["17", "answer"] == "author"
    assert tripod.loc["18c", "answer"] == "author"  # no plan was given
    planned = checklists(RunFacts(**SENTENCES, plan="of Monday"))["TRIPOD+AI"].set_index("item")
    assert planned.loc["18c", ["answer", "detail"]].tolist() == ["yes", "of Monday"]
    prompts = tables["PROBAST+AI prompts"]
    assert (prompts["answer"] == "author").all()  # the judgement is the assessor's
    assert prompts["section"].str.startswith("Development").sum() == 16
    assert (prompts["detail"] == "known").sum() == 20  # what this run can remind of
    assert tables["CLAIM 2024"].set_index("item").loc["20", "answer"] == "yes"


def test_sections_write_their_tables_and_say_what_they_hold(hips, tmp_path):
    _, clinical, outcome, patient, _ = hips
    (section,) = baseline_section(clinical, np.where(outcome, "with", "without"), patient, tmp_path)
    written = pd.read_csv(tmp_path / "tables" / "baseline.csv")
    assert section.rows[0][0] == "Age (1 missing)" and written.loc[0, "missing"] == 1
    assert section.columns[1] == "All (160)" and section.rows[0][1] == written.loc[0, "all"]
    assert baseline_section(clinical, ["one"] * 160, patient, tmp_path) == []
    repeated = np.clip(np.linspace(0, 1, 160) + np.array([[-0.05], [0.05]]), 0, 1)
    found = Instability(np.linspace(0, 1, 160), repeated, 0.5)
    told = instability_section(found, tmp_path, model="DLR", what="probability")
    assert (
        told.rows[0][1] == f"{found.summary()['mape']:.3f}"
        and (tmp_path / "figures/instability.png").is_file()
    )
