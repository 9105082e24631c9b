"""Bundles of one's own in the modules: offered by kind, and used by *Run all* where there is no shipped one."""

import shutil

import pytest
from support.bundle_folders import copy_of

from ONFHAssistLib.core.resources import resource_path


@pytest.fixture
def own(tmp_path, monkeypatch):
    folder = tmp_path / "ours"
    folder.mkdir()
    monkeypatch.setenv("ONFHASSIST_MODELS", str(folder))
    return folder


@pytest.fixture
def no_shipped_stager(tmp_path, monkeypatch):
    import ONFHAssistLib.core.resources as resources

    ignore = shutil.ignore_patterns("stage-onfhnet", "SampleData")
    shutil.copytree(resource_path(), tmp_path / "Resources", ignore=ignore)
    monkeypatch.setattr(resources, "RESOURCES", tmp_path / "Resources")


def test_run_all_gives_the_stage_with_an_own_bundle_where_none_is_shipped(slicer_app, own, no_shipped_stager):
    from ONFHAssistLib.ui.panels.run_all import _drop_unavailable_tasks

    steps = ["stage"]
    assert "so no stage is given" in _drop_unavailable_tasks(steps)[0]
    assert steps == []
    copy_of_stager(own / "stadien")
    steps = ["stage"]
    assert _drop_unavailable_tasks(steps) == []
    assert steps == ["stage"]


def copy_of_stager(folder):
    """The shipped stager, which this test's Resources lack."""
    import ONFHAssistLib

    models = ONFHAssistLib.__path__[0] + "/../Resources/Models"
    shutil.copytree(f"{models}/stage-onfhnet", folder)


def test_models_of_one_s_own_are_offered_by_their_kind(panel, own):
    predict, survival = (
        panel("ONFHPredict"),
        panel("ONFHSurvival"),
    )  # which were opened before there is a model
    copy_of("rad-dlr-mri", own / "hip centre A")
    copy_of("dlrc-xray", own / "nach-bohrung")
    predict.update_panel()
    survival.update_panel()
    offered = ["dlr-mri", "rad-dlr-mri", "hip centre A"]
    assert [row["name"] for row in predict.logic.bundles()] == offered
    shown = [predict.ui.bundleCombo.itemText(number) for number in range(predict.ui.bundleCombo.count)]
    assert shown[:3] == offered
    assert predict.ui.bundleCombo.currentText == predict.parameters.bundle
    combo = survival.ui.modelCombo
    titles = [combo.itemText(number) for number in range(combo.count)]
    assert "DLRC nomogram (dlrc-xray)" in titles
    assert "DLRC nomogram (nach-bohrung)" in titles
    assert not [title for title in titles if "hip centre A" in title]
    assert combo.currentIndex == 0
    shutil.rmtree(own / "nach-bohrung")
    survival.update_panel()
    assert "DLRC nomogram (nach-bohrung)" not in [combo.itemText(number) for number in range(combo.count)]
