"""``onfh train stage``, ``evaluate stage`` and ``reproduce onfhnet`` on a tiny cohort, as a shell would see them."""

import json

import numpy as np
import pandas as pd
import pytest
import torch
from support.case_results import predicted_result, stage_answer, staged_result
from support.stage_parts import ball_cohort, pelvis, shrink_networks

from ONFHAssistLab.training.stage import protocol as stage_protocol
from ONFHAssistLab.training.stage.protocol import TrainingPlan, train_stage
from ONFHAssistLib.case.result import HipResult
from ONFHAssistLib.cli.predict import reading_cells, stage_cells, with_sequence
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file

SPLITS = ("train",) * 3 + ("validation",) + ("test",) * 2 + ("external",) * 3
TEXT = {"truth": str, "called": str}
TINY = TrainingPlan(extra_patients=0, calibration_patients=0, base_epochs=1, fold_epochs=1, folds=2)
QUICK = ("--no-detect", "--bootstraps", 30)

pytestmark = pytest.mark.usefixtures("coarse_figures")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """(cohort, bundle, work) of networks of two channels."""
    work = tmp_path_factory.mktemp("study")
    (work / "cohort").mkdir()
    cohort = ball_cohort(work / "cohort", SPLITS)
    with pytest.MonkeyPatch.context() as patch:
        shrink_networks(patch)
        train_stage(cohort, work / "bundle", work, TINY)
        yield cohort, work / "bundle", work


def readers_of(cohort, path, **stages):
    """A table of readers: name to the stage that they give every hip, or "truth"."""
    rows = pd.read_csv(cohort / "cohort.csv", dtype=str)
    lines = ["case,side,reader,stage"]
    for name, stage in stages.items():
        for row in rows[rows["split"].isin(("test", "external"))].itertuples():
            given = row.ficat_arlet_stage if stage == "truth" else stage
            lines.append(f"{row.case},{row.side},{name},{given}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_study_is_reproduced_with_its_table_beside_ours(study, onfh_json, tmp_path):
    cohort, bundle, _work = study
    result = onfh_json(
        "reproduce",
        "onfhnet",
        "--cohort",
        cohort,
        "--bundle",
        bundle,
        "--further",
        cohort,
        "--out",
        tmp_path,
        *QUICK,
    )
    sets = {"internal", "validation", "external", "unseen scanner", "internal, further", "external, prisma"}
    assert set(result["metrics"]) >= sets
    assert result["metrics"]["internal"]["hips"]["value"] == 4
    assert result["metrics"]["internal, further"]["hips"]["value"] == 12  # 18 less the external ones
    table = pd.read_csv(result["table"], dtype=TEXT)
    assert table.groupby("set").size().to_dict() == {
        "internal": 4, "validation": 2, "external": 6, "unseen scanner": 6, "internal, further": 12,
    }  # fmt: skip
    internal = table[table["set"] == "internal"]
    assert result["metrics"]["internal"]["share_right"]["value"] == pytest.approx(
        (internal["called"] == internal["truth"]).mean()
    )
    beside = pd.read_csv(result["against_paper"]).set_index(["set", "figure"])
    assert beside.loc[("internal", "macro_auc"), "paper"] == 0.9514
    assert beside.loc[("internal", "macro_auc"), "ours"] == pytest.approx(
        result["metrics"]["internal"]["macro_auc"]["value"]
    )
    assert beside.loc[("internal, further", "macro_auc"), "paper"] == 0.9514
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for words in ("ours are on simulated patients", "0.951", "Adebayo", "re-initialised", "data:image/png"):
        assert words in page
    drawn = {path.name for path in (tmp_path / "figures").glob("*.png")}
    assert drawn >= {
        "roc_internal.png", "confusion_internal.png", "confusion_unseen_scanner.png", "randomisation.png",
    }  # fmt: skip
    stored = json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8"))
    assert set(stored["randomisation"]["cascade"]) > {"classifier", "stem"}


def test_the_study_can_be_reproduced_from_its_training_on(study, onfh_json, tmp_path, monkeypatch):
    cohort, _bundle, work = study
    monkeypatch.setattr(stage_protocol, "TrainingPlan", lambda: TINY)
    result = onfh_json(
        "reproduce", "onfhnet", "--cohort", cohort, "--train", "--work", work, "--out", tmp_path, *QUICK
    )
    metadata = json.loads((tmp_path / "bundle/configs/metadata.json").read_text(encoding="utf-8"))
    assert metadata["plan"]["folds"] == TINY.folds
    assert result["bundle"].startswith("bundle ")
    assert result["metrics"]["internal"]["hips"]["value"] == 4
    kept = list((work / "answers").glob("*/*.json"))
    assert len(kept) == 6  # a file a scan: 1 validation, 2 test and 3 external patients


def test_up_to_three_readers_are_compared_by_mcnemars_test(study, onfh_json, tmp_path):
    cohort, bundle, _work = study
    readers = readers_of(cohort, tmp_path / "readers.csv", expert="truth", always0="0", always2="II")
    result = onfh_json(
        "evaluate",
        "stage",
        cohort,
        "--bundle",
        bundle,
        "--readers",
        readers,
        "--out",
        tmp_path / "out",
        *QUICK,
    )
    table = pd.read_csv(result["table"], dtype=TEXT)
    evaluated = table[table["set"].isin(("internal", "external"))]
    right = evaluated["called"] == evaluated["truth"]
    rows = pd.DataFrame(result["readers"])
    assert list(rows["reader"].unique()) == ["always0", "always2", "expert"]
    # the internal hips, and the external ones of each scanner by themselves
    assert list(rows["set"].unique()) == ["internal", "external, prisma", "external, ingenia"]
    by_name = rows.groupby("reader")[["hips", "only_stager", "only_reader"]].sum()
    assert by_name.loc["expert"].tolist() == [10, 0, int((~right).sum())]
    assert (rows.loc[rows["reader"] == "expert", "reader_kappa"] == 1).all()
    zero = evaluated["truth"] == "0"
    assert by_name.loc["always0", "only_stager"] == int((right & ~zero).sum())
    assert by_name.loc["always0", "only_reader"] == int((~right & zero).sum())
    assert "McNemar" in (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert pd.read_csv(tmp_path / "out/tables/readers.csv")["reader"].tolist() == rows["reader"].tolist()


def test_a_fourth_reader_is_refused_before_anything_is_judged(study, onfh, tmp_path):
    cohort, bundle, _work = study
    readers = readers_of(cohort, tmp_path / "readers.csv", a="0", b="I", c="II", d="truth")
    code, _out, err = onfh(
        "evaluate",
        "stage",
        cohort,
        "--bundle",
        bundle,
        "--readers",
        readers,
        "--out",
        tmp_path / "out",
        *QUICK,
    )
    assert code != 0
    assert "4 readers; up to 3 are compared" in err
    assert not (tmp_path / "out").exists()


def test_kept_networks_are_calibrated_anew_on_their_own_cohort_only(study, onfh, onfh_json, tmp_path):
    cohort, bundle, work = study
    options = ("--networks", bundle, "--calibration-patients", 0, "--work", work)
    result = onfh_json(
        "train", "stage", "--cohort", cohort, "--further", cohort, "--out", tmp_path / "new", *options
    )
    assert result["metrics"]["hips"]["value"] == 4 + 12
    before, after = (
        torch.load(folder / "models/model.pt", weights_only=True) for folder in (bundle, tmp_path / "new")
    )
    networks = [name for name in before if not name.startswith("scope.")]
    assert all(torch.equal(before[name], after[name]) for name in networks)
    metadata = json.loads((tmp_path / "new/configs/metadata.json").read_text(encoding="utf-8"))
    assert metadata["origin"]["cohort"]["table_sha256"] == sha256_of_file(cohort / "cohort.csv")
    assert metadata["accepts"]["sequence"] == ["T2"]
    assert np.isfinite([m["value"] for m in metadata["metrics"].values()]).all()
    (tmp_path / "other").mkdir()
    other = ball_cohort(tmp_path / "other", SPLITS[1:])
    code, _out, err = onfh("train", "stage", "--cohort", other, "--out", tmp_path / "no", *options)
    assert code != 0
    assert "was trained on another cohort" in err
    assert not (tmp_path / "no").exists()


def test_a_table_says_out_of_scope_in_place_of_the_answer():
    stage = stage_answer("II", {"0": 0.1, "I": 0.2, "II": 0.7})
    against = ["The image's sequence is T1."]
    assert reading_cells(predicted_result({"R": 0.99}).hip("R")) == (0.99, "early osteonecrosis likely")
    assert reading_cells(predicted_result({"R": 0.99}, out_of_scope=against).hip("R")) == (
        "-",
        "out of scope",
    )
    assert stage_cells(staged_result({"R": stage}).hip("R")) == ("II", "0.10 / 0.20 / 0.70", 0.04)
    assert stage_cells(staged_result({"R": stage}, against).hip("R")) == ("out of scope", "-", "-")
    problem = HipResult("R", failures={"stage": "Hip R is not staged: one value everywhere."})
    assert stage_cells(problem) == ("-", "Hip R is not staged: one value everywhere.", "-")


def test_a_sequence_is_stated_where_the_file_says_none_and_never_against_it(tmp_path):
    volume = pelvis((6.0, 6.0, 6.0))[0]
    stated = with_sequence(volume, "T2 FS", tmp_path / "hip.nii.gz")
    assert (stated.metadata["modality"], stated.metadata["sequence"]) == ("MR", "T2 FS")
    assert with_sequence(volume, None, tmp_path / "hip.nii.gz") is volume
    with pytest.raises(InputError, match=r"the header of .* says T2 FS"):
        with_sequence(stated, "T1", tmp_path / "hip.nii.gz")
    gradient = volume.like(volume.array, modality="MR", series_kind="gradient echo")
    with pytest.raises(InputError, match=r"the header of .* says gradient echo; leave --sequence out"):
        with_sequence(gradient, "T1", tmp_path / "hip.nii.gz")
    enhanced = volume.like(volume.array, modality="MR", series_kind="contrast-enhanced")
    assert with_sequence(enhanced, "T1", tmp_path / "hip.nii.gz").metadata["sequence"] == "T1"
    with pytest.raises(InputError, match="'T9'; T1, T2"):
        with_sequence(volume, "T9", tmp_path / "hip.nii.gz")
