"""The folder of one's own models: chosen on the home panel, used by every step, kept for the next session."""

from __future__ import annotations

import os

import pytest
from support.waiting import wait_for

from ONFHAssistLib.bundles.bundle import load_bundle, save_bundle

METADATA = {
    "name": "outliner-unet", "kind": "outliner", "version": "9.1.0", "task": "t", "description": "d", "authors": "a",
    "copyright": "c", "changelog": {}, "intended_use": "i", "training_data": "t", "metrics": {}, "accepts": {},
    "network_data_format": {},
}  # fmt: skip


@pytest.fixture
def folder(tmp_path, monkeypatch, slicer_app):
    import slicer

    monkeypatch.setenv("ONFHASSIST_MODELS", "")
    monkeypatch.delenv("ONFHASSIST_MODELS")
    save_bundle(tmp_path / "ours/outliner-unet", METADATA, "# Card", model_json={"ours": 1})
    yield tmp_path / "ours"
    os.environ.pop("ONFHASSIST_MODELS", None)
    slicer.app.userSettings().remove("ONFHAssist/OwnModels")


def test_the_folder_that_is_chosen_is_used_named_and_kept(panel, folder):
    import slicer

    from ONFHAssistLib.ui.panels.own_models import apply_setting

    ui = panel("ONFHAssist").ui
    assert ui.modelsGroup.collapsed
    assert "come with the extension" in ui.ownModelsLabel.text
    ui.ownModelsEdit.currentPath = str(folder)
    assert "<b>outliner-unet</b> 9.1.0" in ui.ownModelsLabel.text
    assert load_bundle("outliner-unet").path == folder / "outliner-unet"
    assert slicer.app.userSettings().value("ONFHAssist/OwnModels") == str(folder)
    del os.environ["ONFHASSIST_MODELS"]  # the next session
    apply_setting()
    assert os.environ["ONFHASSIST_MODELS"] == str(folder)


def test_a_damaged_bundle_is_named_and_an_empty_path_goes_back(panel, folder):
    (folder / "outliner-unet/models/model.json").write_text("{}", encoding="utf-8")
    ui = panel("ONFHAssist").ui
    ui.ownModelsEdit.currentPath = str(folder)
    assert "is refused: models/model.json was changed" in ui.ownModelsLabel.text
    ui.ownModelsEdit.currentPath = str(folder / "not there")
    assert "is no folder" in ui.ownModelsLabel.text
    assert os.environ["ONFHASSIST_MODELS"] == str(folder)
    ui.ownModelsEdit.currentPath = ""
    assert "come with the extension" in ui.ownModelsLabel.text
    assert load_bundle("outliner-unet").version != "9.1.0"


def test_the_worker_starts_anew_when_the_folder_changes(slicer_app, folder):
    from ONFHAssistLib.ui.jobs import Job, JobRunner

    runner, results = JobRunner(), []

    def ask():
        before = len(results)
        runner.submit(Job("nonsense", lambda _folder: {}, on_result=results.append, on_error=results.append))
        wait_for(lambda: len(results) > before)
        return runner.process_id

    try:
        first = ask()
        assert ask() == first
        os.environ["ONFHASSIST_MODELS"] = str(folder)
        assert ask() != first
    finally:
        runner.shutdown()
