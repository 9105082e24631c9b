"""From images to a validated bundle, the bundle on other hips, and the study again: on a tiny cohort."""

import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from ONFHAssistLab import cli
from ONFHAssistLab.studies.dlr.reproduction import reproduce_dlr
from ONFHAssistLab.training.dlr import train_dlr
from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.bundles.patients import LEARNED_PATIENTS, patients_learned_from
from ONFHAssistLib.case.cohort_features import read_cases
from ONFHAssistLib.core.errors import Cancelled, InputError
from ONFHAssistLib.develop.validate_dlr import evaluate_dlr
from ONFHAssistLib.early import published
from ONFHAssistLib.early.external_validation import load_model_bundle
from ONFHAssistLib.evaluate.binary.discrimination import auc_by_patient, threshold_metrics
from ONFHAssistLib.extract.deep import NAMES
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table
from ONFHAssistLib.update.bundles import update_bundle

HIPS = 70
PRESET = """
imageType: {Original: {}}
featureClass: {shape: [MeshVolume, Sphericity, SurfaceArea], firstorder: , glcm: [Contrast, Correlation, Idm]}
setting: {binWidth: 20}
"""
QUICK = {"classifiers": ["LR"], "bootstraps": 100, "outer_folds": 2, "inner_folds": 2, "k": 8}


def ball(radius, centre=12.0, size=24):
    grid = np.mgrid[:size, :size, :size]
    return ((grid - centre) ** 2).sum(axis=0) < radius**2


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """A folder as ``onfh simulate --protocol dlr`` leaves it: balls whose grain is a little coarser in necrosis."""
    folder = tmp_path_factory.mktemp("cohort")
    rng = np.random.default_rng(3)
    rows = []
    for k in range(HIPS):
        case, side, sick = f"C{k:03d}", "RL"[k % 2], k % 5 in (1, 3)
        head = ball(9 + rng.normal(0, 0.4))
        noise = rng.normal(0, 30 + 10 * sick + rng.normal(0, 4), (24, 24, 24))
        image = Image(np.where(head, 300, 100) + noise.astype(np.float32), (1.0, 1.0, 1.0))
        image = image.like(image.array.astype(np.float32))
        labels = head.astype(np.uint8) * HEAD[side]
        if sick:
            labels[ball(4 + rng.random())] = NECROSIS[side]
        row = {
            "case": case,
            "side": side,
            "included": 1,
            "early_onfh": int(sick),
            "part": "train" if k < 50 else "test",
        }
        row["image"] = write_image(image, folder / f"{case}.nii.gz").name
        row["segmentation"] = write_image(image.like(labels), folder / f"{case}_s.nii.gz").name
        rows.append(row)
    rows.append({**rows[0], "case": "C999", "included": 0, "image": "absent.nii.gz"})
    pd.DataFrame(rows).to_csv(folder / "cohort.csv", index=False)
    (folder / "cohort.json").write_text(json.dumps({"protocol": "dlr", "seed": 3}), encoding="utf-8")
    (folder / "preset.yaml").write_text(PRESET, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(cohort, tmp_path_factory):
    """(answer, out, work) of the reproduction."""
    out, work = tmp_path_factory.mktemp("out") / "report", tmp_path_factory.mktemp("work")
    shares = []
    result = reproduce_dlr(
        cohort,
        out,
        work,
        preset=cohort / "preset.yaml",
        options=QUICK,
        progress=lambda s, t: shares.append(s),
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    return result, out, work


@pytest.fixture(scope="module")
def trained(cohort, study, tmp_path_factory):
    """Bundle of the DLR model, on the features that the reproduction left."""
    out = tmp_path_factory.mktemp("bundles") / "dlr-tiny"
    return train_dlr(
        cohort, out, work=study[2], preset=cohort / "preset.yaml", options={**QUICK, "command": "onfh x"}
    )


def tables_of(work):
    files = (work / "radiomics" / "features.csv", work / "deep" / "features.csv")
    return {"table": work / "hips.csv", "features": files}


def test_every_published_figure_stands_beside_the_ones_here(study):
    result, out, _ = study
    table = pd.read_csv(result["against_paper"]).set_index(["section", "what"])
    assert table.loc[("Patients", "patients"), ["paper", "split"]].tolist() == [150, HIPS]
    assert table.loc[("Patients", "early osteonecrosis"), "split"] == 28
    assert table.loc[("Features", "deep"), ["paper", "split"]].tolist() == [512, 512]
    assert table.loc[("Features", "shape"), "split"] == 3
    row = table.loc[("DLR model", "AUC, test part")]
    assert (row["paper"], row["paper_low"], row["paper_high"]) == (0.968, 0.909, 1.0)
    performance = pd.read_csv(result["tables"]["performance"])
    mine = performance.query(
        "validation == 'split' and group == 'DLR' and metric == 'auc' and interval == 'logit DeLong by patient'"
    )
    assert row["split"] in mine["value"].to_list()
    assert table.loc[("DLR model", "AUC, training part"), "split"] >= 0.8
    assert len(table) == 5 + 8 + 3 * 6 + len(published.FIGURES)
    for line, group in zip(result["beside"], ("Rad", "DL", "DLR"), strict=True):
        counts = published.SELECTION_COUNTS[group]
        assert line.startswith(
            f"{group}: {result['funnel'][group]} (paper: {counts['all']} -> {counts['Mann-Whitney']}"
        )
    assert table.loc[("Funnel, DLR", "all"), "split"] == int(result["funnel"]["DLR"].split(" -> ")[0])
    page = (out / "index.html").read_text(encoding="utf-8")
    for words in (
        "simulated",
        "Beside the paper",
        "CLEAR",
        "METRICS",
        "study&#39;s outlines give away",
        "drove the answer of one test hip",
    ):
        assert words.lower() in page.lower(), words


def test_the_studys_outlines_know_the_answer_and_ours_do_not(study):
    told = pd.read_csv(study[0]["outlines"]).set_index("what")
    assert told.loc["Volume of the region alone", "study"] == 1.0
    assert told.loc["Volume of the region alone", "head"] < 0.75
    assert told.loc["Shape alone", "study"] > 0.99


def test_a_run_goes_on_with_the_features_that_are_there(study, cohort, tmp_path, capsys):
    result, _, work = study
    before = {p: p.stat().st_mtime_ns for p in work.rglob("cases/*.json")}
    assert len(before) == 4 * HIPS
    arguments = ["reproduce", "dlr", "--cohort", cohort, "--out", tmp_path / "again", "--work", work]
    arguments += ["--preset", cohort / "preset.yaml", "--bootstraps", 100, "--classifier", "LR"]
    assert cli.run([str(a) for a in [*arguments, "--folds", 0, "--no-study-outlines", "--json"]]) == 0
    again = json.loads(capsys.readouterr().out)
    assert {p: p.stat().st_mtime_ns for p in work.rglob("cases/*.json")} == before
    assert again["outlines"] is None
    first = [line.split(" -> ")[:3] for line in (result["funnel"]["DLR"], again["funnel"]["DLR"])]
    assert first[0] == first[1]


def test_the_study_runs_with_components_in_place_of_the_deep_features(study, cohort, tmp_path, capsys):
    arguments = ["reproduce", "dlr", "--cohort", cohort, "--out", tmp_path / "parts", "--work", study[2]]
    arguments += [
        "--preset",
        cohort / "preset.yaml",
        "--bootstraps",
        100,
        "--classifier",
        "LR",
        "--components",
        6,
    ]
    assert cli.run([str(a) for a in [*arguments, "--folds", 0, "--no-study-outlines", "--json"]]) == 0
    result = json.loads(capsys.readouterr().out)
    funnel = pd.read_csv(result["tables"]["funnel"]).query("validation == 'split' and group == 'DL'")
    assert funnel["step"].iloc[0].startswith("512 deep features to 6 components")
    assert funnel[["went_in", "came_out"]].iloc[0].tolist() == [512, 6]
    compared = pd.read_csv(result["against_paper"]).set_index(["section", "what"])
    assert compared.loc[("Funnel, DL", "all"), "split"] == 512
    used = load_model_bundle(result["bundles"]["DL"])[1]
    assert set(used.terms) <= {f"DLPC_{k}" for k in range(6)}


def test_the_bundle_says_what_it_learned_from_and_how_well(trained):
    bundle = load_bundle(trained["bundle"])
    assert bundle.name == "dlr-tiny"
    assert "70 simulated patients of protocol dlr, seed 3" in bundle.metadata["training_data"]
    assert set(trained["metrics"]) == set(bundle.metadata["metrics"])
    assert {"DLR nested auc", "DLR split sensitivity", "DLR nested brier"} <= set(trained["metrics"])
    card = (bundle.path / "docs/README.md").read_text(encoding="utf-8")
    auc = trained["metrics"]["DLR nested auc"]
    assert f"{auc['value']:.3f} ({auc['low']:.3f} to {auc['high']:.3f})" in card
    assert "onfh x" in card
    assert "ten hips a feature are asked for" in card
    assert "The backbone of the deep features learned from other hips beforehand: Trained on 120" in card
    assert bundle.metadata["accepts"]["preset"] is None  # not one that comes with the extension
    assert bundle.metadata["accepts"]["backbone"] == "backbone-resnet18"
    assert len(bundle.metadata["accepts"]["preset_sha256"]) == 64


def test_a_bundle_predicts_the_same_in_another_process(trained, study):
    source = tables_of(study[2])
    script = (
        "import sys, json\n"
        "from pathlib import Path\n"
        "from ONFHAssistLib.early.external_validation import load_model_bundle\n"
        "from ONFHAssistLib.tabular.tables.feature_table import TableSource, read_feature_table\n"
        "bundle, hips, *files = map(Path, sys.argv[1:])\n"
        "table = read_feature_table(TableSource(hips, 'early_onfh', features=tuple(files)))\n"
        "print(json.dumps(load_model_bundle(bundle)[1].predict_proba(table.features).tolist()))\n"
    )
    command = [sys.executable, "-c", script, trained["bundle"], source["table"], *source["features"]]
    done = subprocess.run(
        [str(c) for c in command], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    table = read_feature_table(TableSource(source["table"], "early_onfh", features=source["features"]))
    here = load_model_bundle(trained["bundle"])[1].predict_proba(table.features)
    assert json.loads(done.stdout) == here.tolist()


def test_a_bundle_is_judged_on_a_table_with_every_figure(trained, study, tmp_path):
    source = tables_of(study[2])
    result = evaluate_dlr(trained["bundle"], **source, out=tmp_path / "judged", bootstraps=100)
    predictions = pd.read_csv(result["tables"]["predictions"])
    columns = (predictions[name].to_numpy() for name in ("outcome", "probability", "patient"))
    expected = auc_by_patient(*columns)
    found = result["metrics"]["auc"]
    assert (found["value"], found["low"], found["high"]) == (expected.value, expected.low, expected.high)
    at = threshold_metrics(
        predictions["outcome"], predictions["probability"], predictions["threshold"].iloc[0]
    )
    for name in ("accuracy", "sensitivity", "specificity", "ppv", "npv", "f1"):
        assert result["metrics"][name]["value"] == pytest.approx(at.loc[name, "value"])
    assert {"brier", "ece", "slope", "intercept", "hosmer_lemeshow_p"} <= set(result["metrics"])
    assert {"decision", "calibration", "prevalence", "performance"} <= set(result["tables"])
    assert (tmp_path / "judged" / "index.html").is_file()
    assert result["hips"] == HIPS


def test_evaluate_refuses_what_the_bundle_was_not_made_for(trained, study, tmp_path, capsys):
    radiomics, deep = (pd.read_csv(p) for p in tables_of(study[2])["features"])
    hips = pd.read_csv(study[2] / "hips.csv")
    whole = hips.merge(radiomics, on=["case", "side"]).merge(deep, on=["case", "side"])

    def refused(table):
        path = tmp_path / "hips.csv"
        table.to_csv(path, index=False)
        out = tmp_path / "out"
        code = cli.run(
            [str(a) for a in ("evaluate", "dlr", path, "--bundle", trained["bundle"], "--out", out)]
        )
        assert code == 2
        assert not out.exists()
        return capsys.readouterr().err

    used = load_model_bundle(trained["bundle"])[1].feature_names
    assert f"lacks the column '{used[0]}' that the model 'DLR' uses" in refused(whole.drop(columns=used[0]))
    message = refused(whole.assign(preset_sha256="f" * 64))
    assert "extracted with the preset ffffffffffff" in message
    assert "extract again with the preset of the model" in message
    assert "has one class only: all 70 cases are 0" in refused(whole.assign(early_onfh=0))
    assert "infinite value" in refused(whole.assign(**{used[0]: np.inf}))
    assert "holds the text 'x'" in refused(whole.assign(**{used[0]: "x"}))
    assert f"feature '{used[0]}' is missing for case C000 R" in refused(whole.assign(**{used[0]: np.nan}))
    assert "C000 R more than once" in refused(pd.concat([whole, whole.iloc[:1]]))


def test_deep_features_of_another_backbone_are_refused(trained, study, tmp_path):
    source = tables_of(study[2])
    manifest = json.loads((study[2] / "deep" / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "features.csv").write_bytes(source["features"][1].read_bytes())
    (tmp_path / "manifest.json").write_text(
        json.dumps(manifest | {"backbone_sha256": "e" * 64}), encoding="utf-8"
    )
    files = (source["features"][0], tmp_path / "features.csv")
    uses_deep = set(load_model_bundle(trained["bundle"])[1].feature_names) & set(NAMES)
    if not uses_deep:
        pytest.fail("the DLR model should use a deep feature here")
    with pytest.raises(
        InputError, match="made with the backbone eeeeeeeeeeee, the bundle dlr-tiny was trained with"
    ):
        evaluate_dlr(trained["bundle"], source["table"], tmp_path / "out", features=files)


def test_a_split_of_ones_own_and_a_table_of_features_train_too(study, cohort, tmp_path):
    source = tables_of(study[2])
    table = pd.read_csv(source["table"]).merge(
        pd.read_csv(cohort / "cohort.csv")[["case", "part"]], on="case"
    )
    table.to_csv(tmp_path / "own.csv", index=False)
    options = {**QUICK, "split": "part", "features": source["features"][:1], "outer_folds": 0}
    result = train_dlr(tmp_path / "own.csv", tmp_path / "rad-own", group="Rad", options=options)
    predictions = pd.read_csv(result["tables"]["predictions"])
    assert sorted(set(predictions["case"])) == [f"C{k:03d} {'RL'[k % 2]}" for k in range(50, HIPS)]
    metadata = load_bundle(result["bundle"]).metadata
    assert "not tested in another hospital" in metadata["training_data"]
    # whose hips it learned from is known by digest, and an evaluation on some of them says so
    assert patients_learned_from(metadata[LEARNED_PATIENTS], ["c000", "C049", "X1"]) == ["c000", "c049"]
    assert "C000" not in json.dumps(metadata)
    others = table.assign(case=[f"X{k}" if k >= 20 else case for k, case in enumerate(table["case"])])
    radiomics = pd.read_csv(source["features"][0])
    renamed = dict(zip(table["case"], others["case"], strict=True))
    others.to_csv(tmp_path / "others.csv", index=False)
    radiomics.assign(case=radiomics["case"].map(renamed)).to_csv(tmp_path / "radiomics.csv", index=False)
    asked = {
        "bundle": result["bundle"],
        "table": tmp_path / "others.csv",
        "features": [tmp_path / "radiomics.csv"],
    }
    newer = update_bundle({**asked, "out": tmp_path / "newer", "method": "slope"})
    ids = load_bundle(newer["bundle"]).metadata[LEARNED_PATIENTS]
    assert patients_learned_from(ids, ["X30", "C001", "30", "Y1"]) == ["c001", "x30"]
    judged = evaluate_dlr(
        result["bundle"], tmp_path / "others.csv", tmp_path / "judged", features=[tmp_path / "radiomics.csv"],
        bootstraps=100,
    )  # fmt: skip
    assert f"20 of these {HIPS} patients have an id of a patient that rad-own" in judged["warnings"][0]
    with pytest.raises(InputError, match="The cohort gives Rad; the group 'DLR' is not among them"):
        train_dlr(tmp_path / "own.csv", tmp_path / "dlr-own", options=options)


def test_without_a_cohort_the_studys_patients_are_simulated_and_gone_on_with(tmp_path, monkeypatch):
    from ONFHAssistLab.simulate import cohort as simulated

    asked = []

    def stopped(protocol, cases, seed, out, *, resume, progress):
        asked.append((protocol, cases, seed, resume))
        out.mkdir(parents=True, exist_ok=True)
        (out / "cohort.json").write_text("{}", encoding="utf-8")
        raise Cancelled("stopped")

    monkeypatch.setattr(simulated, "simulate_cohort", stopped)
    for _ in range(2):
        with pytest.raises(Cancelled):
            reproduce_dlr(None, tmp_path / "out", tmp_path / "work", seed=7)
    assert asked == [("dlr", None, 7, False), ("dlr", None, 7, True)]


def test_a_folder_that_is_no_cohort_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"holds no cohort\.csv; give a folder with one"):
        read_cases(tmp_path, "early_onfh")
    (tmp_path / "cohort.csv").write_text("case,side,image,segmentation\nA,R,i,s\n", encoding="utf-8")
    with pytest.raises(InputError, match="lacks the column 'early_onfh'"):
        read_cases(tmp_path, "early_onfh")
    (tmp_path / "cohort.csv").write_text("case,side,image,segmentation,y\nA,X,i,s,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="the side of case A is 'X'; R or L"):
        read_cases(tmp_path / "cohort.csv", "y")
