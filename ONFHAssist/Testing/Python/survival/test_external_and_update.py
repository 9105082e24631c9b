"""A finished survival model on hips from elsewhere, and brought up to date on them."""

import json

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLib.bundles.bundle import load_bundle, save_bundle
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patient_digests, patients_learned_from
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.develop.validate_survival import validate_survival
from ONFHAssistLib.evaluate.survival.outcome import Outcome
from ONFHAssistLib.survival.cox.clinical_selection import encode
from ONFHAssistLib.survival.cox.model import CoxModel
from ONFHAssistLib.survival.develop.cohort_table import CohortTable
from ONFHAssistLib.survival.develop.missing import UsualHips
from ONFHAssistLib.survival.develop.models import DevelopedModel, restrict_encoding
from ONFHAssistLib.survival.external.cohort import load_named_model, read_external_hips
from ONFHAssistLib.survival.external.evaluation import evaluate_survival
from ONFHAssistLib.update.bundles import update_bundle
from ONFHAssistLib.update.closed_test import closed_test

COLUMNS = {"patient": "case", "time": "months", "event": "collapse"}
FINDINGS = ["arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg"]

pytestmark = pytest.mark.usefixtures("coarse_figures")


def hips(n, seed, factor=1.0, slope=1.0):
    """A row a hip, two a patient; ``factor`` on the hazard, ``slope`` on what the findings do."""
    rng = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "case": [f"P{k // 2:03d}" for k in range(n)],
            "side": ["R", "L"] * (n // 2),
            "arco_stage": rng.choice(["I", "II", "IIIA"], n),
            "bone_marrow_oedema": rng.integers(0, 2, n),
            "combined_necrotic_angle_deg": rng.normal(211, 45, n).round(1),
        }
    )
    log_hazard = 0.9 * ((table["arco_stage"] == "IIIA") + table["bone_marrow_oedema"] - 0.8)
    log_hazard += 0.9 * ((table["combined_necrotic_angle_deg"] >= 211) - 0.5)
    time = 80 * rng.weibull(1.5, n) * np.exp(-(slope * log_hazard + np.log(factor)) / 1.5)
    left = rng.uniform(10, 90, n)
    table["months"] = np.minimum(time, left).round(1) + 0.1
    return table.assign(collapse=(time <= left).astype(int))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    table = hips(300, 1)
    encoding = encode(table, FINDINGS)
    covariates = encoding.apply(table)
    names = ["arco_stage=IIIA", "bone_marrow_oedema", *encoding.covariates[-1:]]
    cox = CoxModel().fit(
        covariates, Outcome(table["months"].to_numpy(), table["collapse"].to_numpy(bool)), names
    )
    usual = UsualHips.of([covariates], names)
    model = DevelopedModel("clinical", restrict_encoding(encoding, names), {}, cox, 0.0, usual=usual)
    text = ("version", "task", "description", "authors", "copyright", "intended_use")
    facts = dict.fromkeys(text, "A model.") | {
        "name": "parent",
        "kind": "survival",
        "training_data": "300 hips.",
    }
    empty = ("changelog", "metrics", "accepts", "network_data_format")
    folder = tmp_path_factory.mktemp("bundles") / "parent"
    save_bundle(folder, facts | {name: {} for name in empty}, "card", model_json=model.to_dict())
    return folder


@pytest.fixture(scope="module")
def higher(tmp_path_factory):
    """A hospital whose hips collapse at more than twice the rate."""
    path = tmp_path_factory.mktemp("hips") / "higher.csv"
    hips(160, 7, factor=2.2).to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def updated(bundle, higher, tmp_path_factory):
    out = tmp_path_factory.mktemp("updated") / "ours"
    return update_bundle({"table": higher, "bundle": bundle, "out": out, "hospital": "Hospital B", **COLUMNS})


def judged(path, bundle, out, **more):
    arguments = {"cohort": path, "bundle": str(bundle), "out": out, "months": [36], "bootstraps": 100}
    return validate_survival(arguments | COLUMNS | more)


def test_a_model_from_elsewhere_is_judged_with_every_figure(bundle, higher, updated, tmp_path):
    found = judged(higher, bundle, tmp_path / "report", against=updated["bundle"])
    metrics = found["metrics"]
    before, after = (metrics[f"{n} Observed : expected 36 months"] for n in ("parent", "ours"))
    assert before["low"] > 1.3
    assert after["low"] < 1 < after["high"]
    assert metrics["parent Calibration intercept 36 months"]["low"] > 0.3
    slope = metrics["parent Calibration slope 36 months"]
    assert slope["low"] < 1 < slope["high"]
    assert metrics["parent C-index"] == metrics["ours C-index"]
    assert metrics["Difference of the Brier score 36 months"]["value"] < -0.01
    assert {"performance", "predictions", "comparison", "decision"} == set(found["tables"])
    decision = pd.read_csv(found["tables"]["decision"])
    assert (decision["low"] <= decision["high"]).all()
    assert (tmp_path / "report" / "figures" / "calibration_parent.png").is_file()
    assert (found["hips"], found["patients"]) == (160, 80)


def test_competing_events_are_counted_and_not_censored(bundle, higher, tmp_path):
    table = pd.read_csv(higher)
    table["collapse"] = table["collapse"].where(table.index % 4 != 0, 2)
    table.to_csv(tmp_path / "competing.csv", index=False)
    found = judged(tmp_path / "competing.csv", bundle, tmp_path / "report")
    assert found["competing"] == 40
    table["collapse"] = table["collapse"].replace(2, 0)
    table.to_csv(tmp_path / "censored.csv", index=False)
    wrong = judged(tmp_path / "censored.csv", bundle, tmp_path / "wrong")
    ratio, too_high = (f["metrics"]["Observed : expected 36 months"]["value"] for f in (found, wrong))
    assert ratio < too_high - 0.1
    assert "too high" in (tmp_path / "report" / "index.html").read_text(encoding="utf-8")


def test_a_model_that_meets_a_patient_it_learned_from_says_so(bundle, higher, tmp_path):
    """A JSON model of a development; an update adds its own patients to those of before."""
    ids = sorted({f"P{k:03d}" for k in range(4)})
    content = json.loads((bundle / "models/model.json").read_text(encoding="utf-8"))
    path = tmp_path / "clinical.json"
    path.write_text(json.dumps(content | {LEARNED_PATIENTS: patient_digests(ids)}), encoding="utf-8")
    answer = validate_survival(
        {"cohort": higher, "bundle": str(path), "out": tmp_path / "out", "bootstraps": 100, **COLUMNS}
    )
    assert answer["warnings"][0].startswith("4 of these 80 patients have an id of a patient that clinical")
    later = patient_digests([12, "Q7"], patient_digests(ids))
    assert patients_learned_from(later, ["p003", " q7 ", "12.0", "Q8"]) == ["12", "p003", "q7"]
    assert patients_learned_from(None, ids) == []


def test_another_unit_is_named_by_its_magnitude(bundle, higher, tmp_path):
    table = pd.read_csv(higher)
    table["combined_necrotic_angle_deg"] = np.deg2rad(table["combined_necrotic_angle_deg"])
    table.to_csv(tmp_path / "radians.csv", index=False)
    with pytest.raises(
        InputError, match=r"'combined_necrotic_angle_deg' has a median of 3.6.* about 5[78] times smaller"
    ):
        judged(tmp_path / "radians.csv", bundle, tmp_path / "report")
    with pytest.raises(InputError, match="None of the months 500"):
        judged(higher, bundle, tmp_path / "report", months=[500])


def figures(path, bundle):
    """Every figure of an evaluation without its page, and what it tells."""
    source = CohortTable(path, "case", "months", "collapse")
    found = evaluate_survival([load_named_model(bundle)], read_external_hips(source), [36.0], 100)
    return found.performance.set_index("figure")[["value", "low", "high"]], found.warnings


@pytest.fixture(scope="module")
def whole(bundle, higher):
    return figures(higher, bundle)[0]


def test_gaps_are_filled_by_the_models_own_expectation_and_told(bundle, higher, whole, tmp_path):
    table = pd.read_csv(higher)
    table.loc[::5, "bone_marrow_oedema"] = np.nan
    table.loc[1::6, "combined_necrotic_angle_deg"] = np.nan
    table.to_csv(tmp_path / "gaps.csv", index=False)
    found, warnings = figures(tmp_path / "gaps.csv", bundle)
    told = [w for w in warnings if w.startswith("Empty: ")]
    assert (
        told and "bone_marrow_oedema in 32 of 160 hips, combined_necrotic_angle_deg in 27 of 160" in told[0]
    )
    assert (
        whole.loc["C-index", "value"] - 0.06 < found.loc["C-index", "value"] < whole.loc["C-index", "value"]
    )
    model = DevelopedModel.from_dict(load_bundle(bundle).model_json())
    hip = table[["arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg"]].iloc[[0]]
    names, usual = list(model.cox.names_), model.usual
    at = names.index("bone_marrow_oedema")
    others = [k for k in range(len(names)) if k != at]
    known = model.covariates(hip, {}).to_numpy()[0, others]
    slope = np.linalg.solve(usual.covariance[np.ix_(others, others)], usual.covariance[others, at])
    expected = usual.mean[at] + (known - usual.mean[others]) @ slope
    assert model.covariates(hip, {}).iloc[0, at] == pytest.approx(expected)
    assert model.covariates(hip.assign(bone_marrow_oedema=1), {}).iloc[0, at] == 1


def test_a_gap_from_which_nothing_can_be_learned_is_refused(bundle, higher, tmp_path):
    def refused(table, words):
        table.to_csv(tmp_path / "gaps.csv", index=False)
        with pytest.raises(InputError, match=words):
            judged(tmp_path / "gaps.csv", bundle, tmp_path / "report")

    table, findings = pd.read_csv(higher), ["arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg"]
    refused(table.assign(bone_marrow_oedema=np.nan), "empty in every row; an imputation has nothing to learn")
    most = table.assign(bone_marrow_oedema=table["bone_marrow_oedema"].where(table.index < 60))
    refused(most, "empty in 100 of 160 rows; at most half")
    table.loc[7, findings] = np.nan
    refused(table, "has no value of anything that the model asks for")
    content = load_bundle(bundle).model_json()
    del content["usual"]
    before = DevelopedModel.from_dict(content)
    with pytest.raises(InputError, match="'bone_marrow_oedema' is empty in row 7"):
        before.covariates(table.assign(arco_stage="II", combined_necrotic_angle_deg=200.0), {})


def test_every_hip_twice_moves_no_figure_of_an_evaluation(bundle, higher, whole, tmp_path):
    table = pd.read_csv(higher)
    twice = pd.concat([table, table.assign(side=table["side"] + "2")])
    twice.to_csv(tmp_path / "twice.csv", index=False)
    again = figures(tmp_path / "twice.csv", bundle)[0]
    assert list(again.index) == list(whole.index)
    assert again.to_numpy() == pytest.approx(whole.to_numpy(), rel=0.01, abs=0.002, nan_ok=True)


def test_the_closed_test_takes_the_simplest_update_that_the_hips_allow():
    free = {"original": 0, "in the large": 1, "slope": 2, "refit": 4}
    cases = {
        "original": (-100.0, -99.0, -98.0, -97.0),
        "in the large": (-120.0, -99.0, -98.0, -97.0),
        "slope": (-120.0, -110.0, -98.0, -97.0),
        "refit": (-120.0, -115.0, -110.0, -97.0),
    }
    for expected, values in cases.items():
        assert closed_test(dict(zip(free, values, strict=True)), free).method == expected
    # half as many patients as hips: half of the evidence
    assert closed_test(dict(zip(free, cases["slope"], strict=True)), free, effective=0.1).method == "original"


def test_more_collapses_everywhere_ask_for_the_baseline_alone(updated, bundle):
    assert updated["method"] == "in the large"
    assert "Closed test procedure" in updated["choice"]
    new = load_bundle(updated["bundle"])
    parent = load_bundle(bundle)
    step = new.metadata["descent"][-1]
    assert (step["parent"], step["parent_sha256"], step["hips"]) == ("parent", parent.sha256, 160)
    assert "Hospital B" in new.metadata["training_data"]
    assert "300 hips." in new.metadata["training_data"]
    card = (new.path / "docs" / "README.md").read_text(encoding="utf-8")
    assert "## Descent" in card
    assert parent.sha256[:12] in card
    old, fresh = (DevelopedModel.from_dict(b.model_json()).cox for b in (parent, new))
    assert fresh.coef_ == pytest.approx(old.coef_)
    factor = fresh.baseline_.hazard / old.baseline_.hazard
    assert factor == pytest.approx(factor[0])
    assert 1.6 < factor[0] < 3.2
    table = pd.DataFrame([fresh.means_], columns=fresh.names_)
    narrow, wide = (
        np.diff([e[0, 0] for e in c.survival_interval(table, [36.0])[1:]])[0] for c in (old, fresh)
    )
    assert wide > narrow


def test_findings_that_mean_less_ask_for_the_slope_and_a_fitting_model_for_nothing(bundle, tmp_path):
    hips(200, 7, slope=0.3, factor=1.3).to_csv(tmp_path / "flat.csv", index=False)
    call = {"bundle": bundle, "out": tmp_path / "new", **COLUMNS}
    found = update_bundle({"table": tmp_path / "flat.csv", **call})
    assert found["method"] == "slope"
    assert found["metrics"]["Slope of the log hazard, before"]["high"] < 0.8
    assert found["metrics"]["Slope of the log hazard, after"]["value"] == pytest.approx(1.0, abs=0.15)
    hips(200, 8).to_csv(tmp_path / "same.csv", index=False)
    same = update_bundle({"table": tmp_path / "same.csv", **call, "out": tmp_path / "none"})
    assert (same["method"], same["bundle"]) == ("original", "")
    assert not (tmp_path / "none").exists()
    refit = update_bundle({"table": tmp_path / "same.csv", **call, "method": "refit"})
    content = json.loads((tmp_path / "new" / "models" / "model.json").read_text(encoding="utf-8"))
    assert refit["method"] == "refit"
    assert content["cox"]["n"] == 200


def test_an_update_needs_its_columns_and_no_competing_event(bundle, higher, tmp_path):
    with pytest.raises(InputError, match="needs the column of the patient"):
        update_bundle({"table": higher, "bundle": bundle, "out": tmp_path / "x", **COLUMNS, "patient": None})
    table = pd.read_csv(higher)
    table.assign(collapse=table["collapse"].where(table.index > 20, 2)).to_csv(
        tmp_path / "c.csv", index=False
    )
    with pytest.raises(InputError, match="21 competing events"):
        update_bundle({"table": tmp_path / "c.csv", "bundle": bundle, "out": tmp_path / "x", **COLUMNS})
    with pytest.raises(InputError, match="give the new one a folder of its own"):
        update_bundle({"table": higher, "bundle": bundle, "out": bundle, **COLUMNS})
