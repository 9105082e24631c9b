"""Kinds of bundles: what a bundle states is used, what one of 0.1.0 does not state is found out, the rest is refused."""

import json

import pytest
from support.bundle_folders import as_0_1_0, copy_of, describe_anew

from ONFHAssistLib.bundles.bundle import (
    METADATA,
    list_bundles,
    load_bundle,
    models_folder,
    same_model,
    save_bundle,
)
from ONFHAssistLib.bundles.kinds import (
    BACKBONE,
    DETECTOR,
    FEMUR,
    KINDS,
    OUTLINER,
    PROBABILITY,
    STAGER,
    SURVIVAL,
)
from ONFHAssistLib.bundles.loading import load
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file

SHIPPED = {
    "backbone-resnet18": BACKBONE,
    "detector-3dc-yolox": DETECTOR,
    "dlr-mri": PROBABILITY,
    "dlr-published": PROBABILITY,
    "dlrc-xray": SURVIVAL,
    "femur-unet": FEMUR,
    "outliner-unet": OUTLINER,
    "rad-dlr-mri": PROBABILITY,
    "stage-onfhnet": STAGER,
}
RETRAINED = (  # since 0.1.0
    "detector-3dc-yolox", "outliner-unet", "stage-onfhnet", "dlr-mri", "rad-dlr-mri", "dlrc-xray",
)  # fmt: skip


def test_every_shipped_bundle_states_its_kind():
    assert {row["name"]: row["kind"] for row in list_bundles()} == SHIPPED
    for name, kind in SHIPPED.items():
        assert json.loads((models_folder() / name / METADATA).read_text(encoding="utf-8"))["kind"] == kind
    for kind in KINDS.values():
        assert [SHIPPED[name] for name in kind.standard] == [kind.name] * len(kind.standard)


def test_the_table_knows_the_networks_and_formats_that_the_rooms_open():
    from ONFHAssistLib.extract import deep
    from ONFHAssistLib.stage.muldensenet import NETWORKS
    from ONFHAssistLib.survival.cox import model as cox
    from ONFHAssistLib.survival.develop import models
    from ONFHAssistLib.tabular import by_sequence, linear_model, portable_classifier

    assert set(KINDS[STAGER].networks) == set(NETWORKS)
    assert KINDS[BACKBONE].networks == (deep.NETWORK,)
    formats = {one.FORMAT for one in (linear_model, portable_classifier, by_sequence)}
    assert set(KINDS[PROBABILITY].formats) == formats
    assert set(KINDS[SURVIVAL].formats) == {models.FORMAT, cox.FORMAT}


@pytest.mark.parametrize("name", sorted({*SHIPPED} - {"femur-unet"}))  # it came after 0.1.0
def test_a_bundle_of_0_1_0_has_the_hash_that_it_is_remembered_by_and_its_kind_is_found_out(name, tmp_path):
    old = load_bundle(as_0_1_0(copy_of(name, tmp_path / "ours")))  # a name of its own
    new = load_bundle(name)
    assert "kind" not in old.metadata
    assert old.kind == SHIPPED[name]
    if name in RETRAINED:  # another model, which is not taken for that of 0.1.0
        assert "earlier_sha256" not in new.metadata
        assert not same_model(old.sha256, new.sha256)
        return
    assert list(new.metadata["earlier_sha256"]) == [old.sha256]
    assert same_model(old.sha256, new.sha256)
    assert same_model(new.sha256, old.sha256)
    other = load_bundle("rad-dlr-mri" if name != "rad-dlr-mri" else "dlr-mri")
    assert not same_model(old.sha256, other.sha256)


def test_every_network_of_0_1_0_opens_and_the_dlr_model_finds_its_backbone(tmp_path, monkeypatch):
    from ONFHAssistLib.early.predictor import load_predictor
    from ONFHAssistLib.extract.deep import load_backbone
    from ONFHAssistLib.segment.detector import load_detector
    from ONFHAssistLib.segment.outliner import load_outliner
    from ONFHAssistLib.stage.stager import load_stager
    from ONFHAssistLib.survival import calculator

    for name in SHIPPED:
        as_0_1_0(copy_of(name, tmp_path / name))
    monkeypatch.setenv("ONFHASSIST_MODELS", str(tmp_path))
    for opened in (load_detector(), load_outliner(), load_stager()):
        assert opened.bundle.path.parent == tmp_path
    new = models_folder() / "backbone-resnet18"
    assert load_backbone(new).sha256 != load_backbone().sha256
    assert load_predictor("dlr-mri").backbone.sha256 == load_backbone().sha256
    assert calculator.load_calculator("dlrc-xray").title == "DLRC model (dlrc-xray)"
    monkeypatch.delenv("ONFHASSIST_MODELS")
    assert (
        load_predictor(tmp_path / "dlr-mri").backbone.sha256
        == load_backbone().sha256
        == sha256_of_file(new / METADATA)
    )


def test_a_bundle_of_0_1_0_that_only_its_name_tells_is_taken_by_its_name(tmp_path):
    old = as_0_1_0(copy_of("dlrc-xray", tmp_path / "dlrc-ours"))
    (old / "models/model.json").write_text('{"ours": 1}', encoding="utf-8")
    describe_anew(old, model_format=None)
    assert load_bundle(old).kind == SURVIVAL
    unknown = old.rename(tmp_path / "ours")
    assert load_bundle(unknown).kind is None
    with pytest.raises(
        InputError, match=r"does not say what kind of model it is; a stager \(kind 'stager'\) is needed"
    ):
        load(unknown, STAGER, lambda bundle: bundle)


def test_an_unknown_kind_is_refused_in_one_sentence(tmp_path):
    bundle = describe_anew(copy_of("rad-dlr-mri", tmp_path / "ours"), kind="oracle")
    with pytest.raises(InputError) as refused:
        load_bundle(bundle)
    assert str(refused.value) == (
        "Bundle ours is refused: its kind 'oracle' is not known (detector, outliner, femur finder, backbone, stager, "
        "probability, survival are)."
    )


def test_another_kind_is_refused_in_one_sentence_that_names_both():
    from ONFHAssistLib.early.external_validation import load_model_bundle
    from ONFHAssistLib.segment.detector import load_detector
    from ONFHAssistLib.survival import calculator

    with pytest.raises(InputError) as refused:
        load_detector("rad-dlr-mri")
    assert str(refused.value) == (
        "Bundle rad-dlr-mri is a probability model (kind 'probability'); a detector (kind 'detector') is needed here."
    )
    with pytest.raises(
        InputError, match=r"is a stager \(kind 'stager'\); a probability model \(kind 'probability'\)"
    ):
        load_model_bundle("stage-onfhnet")
    with pytest.raises(
        InputError, match=r"is a backbone \(kind 'backbone'\); a survival model \(kind 'survival'\)"
    ):
        calculator.load_calculator("backbone-resnet18")


def test_a_bundle_is_written_with_its_kind_and_never_with_the_past_of_another(tmp_path):
    metadata = dict(load_bundle("rad-dlr-mri").metadata)
    saved = save_bundle(tmp_path / "ours", metadata, "# Card", model_json={"format": "x"})
    assert saved.kind == PROBABILITY
    assert "earlier_sha256" not in saved.metadata
    assert not same_model(saved.sha256, load_bundle("rad-dlr-mri").sha256)
    with pytest.raises(ValueError, match="the kind None is not one of"):
        save_bundle(tmp_path / "more", metadata | {"kind": None}, "# Card", model_json={})
