"""Which bundle answers where nobody chose, and which can be chosen: by kind, the user's own among them."""

import shutil

import pytest
from support.bundle_folders import copy_of, describe_anew

from ONFHAssistLib.bundles import defaults
from ONFHAssistLib.bundles.bundle import load_bundle, models_folder
from ONFHAssistLib.bundles.kinds import DETECTOR, KINDS, PROBABILITY, STAGER, SURVIVAL
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path


@pytest.fixture
def own(tmp_path, monkeypatch):
    """An empty folder of the user's own bundles."""
    folder = tmp_path / "ours"
    folder.mkdir()
    monkeypatch.setenv("ONFHASSIST_MODELS", str(folder))
    return folder


@pytest.fixture
def without(tmp_path, monkeypatch):
    """Take shipped bundles away, by name, in this test."""
    import ONFHAssistLib.core.resources as resources

    place = tmp_path / "Resources"
    shutil.copytree(resource_path("Models"), place / "Models")
    shutil.copy(resource_path("LICENSE-models.txt"), place)
    shutil.copytree(resource_path("Presets"), place / "Presets")

    def take(*names):
        for name in names:
            shutil.rmtree(place / "Models" / name)
        monkeypatch.setattr(resources, "RESOURCES", place)

    return take


def test_the_shipped_bundle_of_each_kind_answers_where_nobody_chose():
    named = {kind: defaults.default(kind) for kind in KINDS}
    assert named == {kind: KINDS[kind].standard[0] for kind in KINDS}
    assert defaults.available(PROBABILITY)[:2] == ("dlr-mri", "rad-dlr-mri")


def test_a_bundle_of_another_name_is_offered_by_its_kind_and_changes_no_answer_by_lying_there(own):
    from ONFHAssistLib.survival.calculator import shipped_models

    for name, ours in (
        ("rad-dlr-mri", "hip centre A"),
        ("stage-onfhnet", "stadien"),
        ("dlrc-xray", "nach-bohrung"),
    ):
        copy_of(name, own / ours)
    assert [row["name"] for row in defaults.list_predictors()] == ["dlr-mri", "rad-dlr-mri", "hip centre A"]
    assert [row["name"] for row in defaults.list_stagers()] == ["stage-onfhnet", "stadien"]
    assert [row["name"] for row in defaults.list_survival_models()] == ["dlrc-xray", "nach-bohrung"]
    assert list(shipped_models()) == ["dlrc-xray", "nach-bohrung"]
    assert defaults.default_predictor() == "dlr-mri"
    assert defaults.default_stager() == "stage-onfhnet"
    assert defaults.default_survival() == "dlrc-xray"


def test_a_bundle_whose_name_lies_about_its_kind_is_offered_by_its_kind(own):
    copy_of("rad-dlr-mri", own / "stage-misnamed")
    assert "stage-misnamed" in defaults.available(PROBABILITY)
    assert "stage-misnamed" not in defaults.available(STAGER)


def test_a_bundle_of_another_name_is_used(own):
    from ONFHAssistLib.early.external_validation import load_model_bundle
    from ONFHAssistLib.survival import calculator

    copy_of("rad-dlr-mri", own / "hip centre A")
    copy_of("dlrc-xray", own / "nach-bohrung")
    assert load_model_bundle("hip centre A")[0].path == own / "hip centre A"
    assert calculator.load_calculator("nach-bohrung").months == (36.0, 60.0)


def test_the_users_own_bundle_of_the_same_name_takes_the_shipped_one_s_place(own):
    from ONFHAssistLib.stage.stager import load_stager

    copy_of("stage-onfhnet", own / "stage-onfhnet")
    assert defaults.default_stager() == "stage-onfhnet"
    assert load_stager().bundle.path == own / "stage-onfhnet"


def test_an_own_stager_is_the_default_where_none_is_shipped(own, without):
    from ONFHAssistLib.stage.stager import load_stager

    copy_of("stage-onfhnet", own / "stadien")
    without("stage-onfhnet")
    assert not defaults.is_available("stage-onfhnet")
    assert defaults.available(STAGER) == ("stadien",)
    assert defaults.default_stager() == "stadien"
    assert load_stager().bundle.path == own / "stadien"


def test_own_networks_answer_where_none_are_shipped(own, without):
    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.segment.detector import load_detector
    from ONFHAssistLib.segment.outliner import load_outliner

    for name, ours in (
        ("detector-3dc-yolox", "finder"),
        ("outliner-unet", "drawer"),
        ("backbone-resnet18", "eye"),
    ):
        copy_of(name, own / ours)
    without("detector-3dc-yolox", "outliner-unet", "backbone-resnet18")
    assert load_detector().bundle.path == own / "finder"
    assert load_outliner().bundle.path == own / "drawer"
    assert load_backbone().name == "backbone-resnet18 0.1.0"
    assert defaults.default_backbone() == "eye"


def test_the_users_own_come_before_other_shipped_ones(own, without):
    copy_of("rad-dlr-mri", own / "zuletzt")
    without("dlr-mri", "rad-dlr-mri")
    assert defaults.available(PROBABILITY) == ("zuletzt", "dlr-published")
    assert defaults.default_predictor() == "zuletzt"


def test_without_any_the_shipped_bundle_s_name_stands_for_what_is_missing(without):
    without("stage-onfhnet")
    assert defaults.available(STAGER) == ()
    assert defaults.default_stager() == "stage-onfhnet"
    with pytest.raises(InputError, match="no model bundle 'stage-onfhnet'"):
        load_bundle(defaults.default_stager())


def test_a_damaged_bundle_of_one_s_own_is_at_hand_and_refused_not_passed_over(own):
    from ONFHAssistLib.segment.detector import load_detector

    copy_of("detector-3dc-yolox", own / "detector-3dc-yolox")
    (own / "detector-3dc-yolox/LICENSE").write_text("ours", encoding="utf-8")
    assert defaults.available(DETECTOR) == ("detector-3dc-yolox",)
    assert defaults.list_of(DETECTOR) == []
    with pytest.raises(InputError, match="LICENSE was changed"):
        load_detector()


def test_a_folder_that_is_gone_is_no_matter_of_a_default_but_of_its_use(monkeypatch, tmp_path):
    monkeypatch.setenv("ONFHASSIST_MODELS", str(tmp_path / "nowhere"))
    assert defaults.default_predictor() == "dlr-mri"
    assert defaults.available(SURVIVAL) == ("dlrc-xray",)
    with pytest.raises(InputError, match="nowhere', which is no folder"):
        load_bundle("dlr-mri")


def test_the_command_lists_the_kinds(own, capsys):
    import json

    from ONFHAssistLib import cli

    describe_anew(copy_of("stage-onfhnet", own / "stadien"), kind="oracle")
    assert cli.run(["bundles", "list", "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)["bundles"]}
    assert {rows[path.name]["kind"] for path in models_folder().iterdir()} == set(KINDS)
    assert {"name", "kind", "version", "sha256", "valid", "problem"} <= set(rows["dlr-mri"])
    assert "its kind 'oracle' is not known" in rows["stadien"]["problem"]
    assert cli.run(["bundles", "list"]) == 0
    assert "backbone" in capsys.readouterr().out
