"""Training a tiny stager from a cohort on disk to a bundle, and refusing what is not one."""

import json
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from support.stage_parts import ball_cohort, pelvis, shrink_networks

from ONFHAssistLab.training.stage.augment import NO_AUGMENTATION, Augmentation, central_crop, make_batch
from ONFHAssistLab.training.stage.card import _learned_from
from ONFHAssistLab.training.stage.data import load_cohort, read_rows
from ONFHAssistLab.training.stage.fit import WindowedHips, assign_folds, focal_loss, outline_loss
from ONFHAssistLab.training.stage.protocol import TrainingPlan, train_stage
from ONFHAssistLib.bundles.bundle import NO_PATIENT
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.stage.answer import ANSWERS
from ONFHAssistLib.stage.stager import load_stager, stage_hips


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    return ball_cohort(tmp_path_factory.mktemp("cohort"))


@pytest.fixture(scope="module")
def tiny():
    with pytest.MonkeyPatch.context() as patch:
        shrink_networks(patch)
        yield


@pytest.fixture(scope="module")
def trained(cohort, tiny, tmp_path_factory):
    work = tmp_path_factory.mktemp("work")
    plan = TrainingPlan(extra_patients=0, calibration_patients=0, base_epochs=1, fold_epochs=1, folds=2)
    result = train_stage(cohort, work / "bundle", work, plan)
    return work, plan, result


def test_a_cohort_becomes_a_bundle_that_stages_a_volume(trained, cohort):
    work, _plan, result = trained
    assert set(result["metrics"]) >= {"macro_auc", "share_right", "ece"}
    stager = load_stager(result["bundle"])
    assert len(stager.network.members) == 2
    assert "4 patients" in stager.statement
    volume, right, left = pelvis((3.0, 3.0, 3.0))
    staging = stage_hips(volume, [right, left], stager)
    assert all(hip.stage in ANSWERS for hip in staging.hips)
    assert (work / "ours-mulpoolfusion-7" / "log.csv").read_text(encoding="utf-8").count("fold") == 4


def test_a_cohort_that_nobody_calls_simulated_is_taken_for_patients(trained):
    bundle = load_stager(trained[2]["bundle"]).bundle
    assert not bundle.simulated_only
    assert "It was not tested in another hospital." in bundle.metadata["training_data"]
    card = (bundle.path / "docs/README.md").read_text(encoding="utf-8")
    assert "Real images: those named above." in card
    assert "onfh train stage --cohort COHORT" in card
    simulated = {"cohort": {"table_sha256": "0" * 64, "made_by": "onfh simulate"}}
    counts = {"train": {"hips": 8, "patients": 4}}
    setting = SimpleNamespace(hips=3, sequences=("T2",))
    assert NO_PATIENT in _learned_from(TrainingPlan(), counts, setting, simulated)
    assert NO_PATIENT not in _learned_from(
        TrainingPlan(), counts, setting, {**simulated, "further": {"table_sha256": "1" * 64}}
    )


def test_a_run_that_is_started_again_trains_nothing_twice(trained, cohort):
    work, plan, result = trained
    log = (work / "ours-mulpoolfusion-7" / "log.csv").read_text(encoding="utf-8")
    again = train_stage(cohort, work / "bundle2", work, plan)
    assert (work / "ours-mulpoolfusion-7" / "log.csv").read_text(encoding="utf-8") == log
    np.testing.assert_equal(again["metrics"], result["metrics"])


def changed(bundle, target):
    import shutil

    shutil.copytree(bundle, target)
    return target


def rehash(folder, name):
    """List a changed file's new hash, as a forger would."""
    path = folder / "configs/metadata.json"
    metadata = json.loads(path.read_text(encoding="utf-8"))
    metadata["sha256"][name] = sha256_of_file(folder / name)
    path.write_text(json.dumps(metadata), encoding="utf-8")


def test_a_tampered_bundle_is_refused_by_name_before_anything_is_loaded(trained, tmp_path, monkeypatch):
    bundle = trained[2]["bundle"]
    monkeypatch.setattr(torch, "load", lambda *_given, **_named: pytest.fail("weights were read"))
    byte = changed(bundle, tmp_path / "byte")
    content = bytearray((byte / "models/model.pt").read_bytes())
    content[len(content) // 2] ^= 1
    (byte / "models/model.pt").write_bytes(bytes(content))
    with pytest.raises(InputError, match=r"models/model.pt was changed"):
        load_stager(byte)
    missing = changed(bundle, tmp_path / "missing")
    (missing / "docs/README.md").unlink()
    with pytest.raises(InputError, match=r"docs/README.md is missing"):
        load_stager(missing)
    field = changed(bundle, tmp_path / "field")
    metadata = json.loads((field / "configs/metadata.json").read_text(encoding="utf-8"))
    del metadata["intended_use"]
    (field / "configs/metadata.json").write_text(json.dumps(metadata), encoding="utf-8")
    with pytest.raises(InputError, match="intended_use"):
        load_stager(field)
    network = changed(bundle, tmp_path / "network")
    settings = json.loads((network / "configs/inference.json").read_text(encoding="utf-8"))
    settings["network"] = "os.system"
    (network / "configs/inference.json").write_text(json.dumps(settings), encoding="utf-8")
    rehash(network, "configs/inference.json")
    with pytest.raises(InputError, match=r"the network 'os.system'"):
        load_stager(network)


def test_a_pickle_inside_the_weights_is_refused(trained, tmp_path):
    folder = changed(trained[2]["bundle"], tmp_path / "pickle")
    torch.save({"evil": np.random.default_rng}, folder / "models/model.pt")
    rehash(folder, "models/model.pt")
    with pytest.raises(InputError, match="not a plain state dict"):
        load_stager(folder)


def test_weights_of_another_network_are_refused(trained, tmp_path):
    folder = changed(trained[2]["bundle"], tmp_path / "other")
    torch.save({"stem.weight": torch.zeros(1)}, folder / "models/model.pt")
    rehash(folder, "models/model.pt")
    with pytest.raises(InputError, match="do not fit its network"):
        load_stager(folder)


def test_both_hips_of_a_patient_are_in_one_fold():
    patients = np.array([f"p{i // 2}" for i in range(40)])
    fold = assign_folds(patients, 5, 1)
    assert sorted(np.bincount(fold)) == [8] * 5
    assert all(len(set(fold[patients == p])) == 1 for p in patients)
    with pytest.raises(InputError, match="too few"):
        assign_folds(patients[:4], 5, 1)


def test_a_batch_without_augmentation_is_the_windowed_crop(cohort, tmp_path):
    hips = WindowedHips(load_cohort(cohort, tmp_path, splits=("train",)))
    x, outlines = make_batch(
        hips.hips.crops[:2], hips.hips.labels[:2], hips.windows[:2], np.random.default_rng(0), NO_AUGMENTATION
    )
    low, high = hips.windows[0]
    expected = np.clip((central_crop(hips.hips.crops[0]).astype(np.float32) - low) / (high - low), 0, 1)
    np.testing.assert_allclose(x[0, 0].numpy(), expected, atol=2e-3)
    share = (central_crop(hips.hips.labels[0]) > 0).mean()
    assert float(outlines[0, 0].mean()) == pytest.approx(share, abs=0.01)
    turned, _ = make_batch(
        hips.hips.crops[:2], hips.hips.labels[:2], hips.windows[:2], np.random.default_rng(0), Augmentation()
    )
    assert float((turned - x).abs().mean()) > 0.01


def test_focal_loss_without_focus_is_cross_entropy_and_with_it_looks_at_the_hard():
    logits, target = torch.tensor([[3.0, 0, 0], [0, 0.2, 0]]), torch.tensor([0, 1])
    plain = torch.nn.functional.cross_entropy(logits, target)
    torch.testing.assert_close(focal_loss(logits, target, 0.0), plain)
    p = torch.softmax(logits, 1)[[0, 1], target]
    torch.testing.assert_close(focal_loss(logits, target, 2.0), (-((1 - p) ** 2) * p.log()).mean())


def test_hips_without_outlines_add_nothing_to_the_loss_of_the_outlines():
    logits, share = torch.randn(2, 2, 2, 2, 2), torch.rand(2, 2, 2, 2, 2)
    known = torch.tensor([True, False])
    first = outline_loss(logits, share, known)
    share[1] = 0.0
    torch.testing.assert_close(outline_loss(logits, share, known), first)
    assert float(outline_loss(logits, share, torch.tensor([False, False]))) == 0.0


def test_a_cohort_with_a_wrong_cell_is_refused_by_its_place(cohort, tmp_path):
    text = (cohort / "cohort.csv").read_text(encoding="utf-8")
    for old, new, named in (
        (",train,", ",training,", "training"),
        ("ficat_arlet_stage", "stage", "ficat_arlet_stage"),
    ):
        path = tmp_path / "cohort.csv"
        path.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(InputError, match=named):
            read_rows(path)
    with pytest.raises(InputError, match=r"cohort.csv"):
        read_rows(tmp_path / "nowhere.csv".replace("nowhere", "cohort2"))
