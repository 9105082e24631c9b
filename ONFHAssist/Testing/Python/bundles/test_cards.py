"""Model cards: the shared half is on every card, filled from the metadata that the bundle is saved with."""

import pytest

from ONFHAssistLib.bundles.bundle import load_bundle
from ONFHAssistLib.bundles.cards import CardSection, accepts_list, images_sentence, model_card
from ONFHAssistLib.bundles.kinds import KINDS

HEADINGS = ("Intended use", "What it learned from", "Figures", "Input", "What it is not", "Files")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_card_has_the_shared_half(kind):
    metadata = {"command": "onfh train x", **load_bundle(KINDS[kind].standard[0]).metadata}
    card = model_card(
        metadata, "One paragraph.", limits="Judge it first.", sections=[CardSection("Own", "Ours.")]
    )
    order = [card.index(f"\n## {heading}\n") for heading in HEADINGS]
    assert order == sorted(order)
    assert card.startswith(f"# {metadata['name']}\n\nOne paragraph.\n")
    assert order[2] < card.index("## Own\n\nOurs.") < order[3]
    for told in (
        KINDS[kind].answers,
        metadata["intended_use"],
        "not a medical device",
        metadata["training_data"],
        f"Made by `{metadata['command']}`.",
        "Real images: none."
        if load_bundle(KINDS[kind].standard[0]).simulated_only
        else "Real images: those named",
        "It is not a diagnosis. Judge it first.",
        f"Kind `{kind}`, version {metadata['version']}.",
        f"onfh bundles verify {metadata['name']}",
    ):
        assert told in card, told
    for name, m in metadata["metrics"].items():
        assert f"| {name} | {m['value']:.3f} | {m['low']:.3f} to {m['high']:.3f} |" in card


def test_what_is_accepted_is_said_with_hashes_beside_what_they_are_of():
    told = accepts_list(load_bundle("dlr-mri").metadata["accepts"]).splitlines()
    assert "- modality: MR" in told
    assert "- voxels, mm: 0.3 to 6" in told
    assert "- preset of the radiomics: dlr-mri (0089f17febc3)" in told
    assert "- backbone of the deep features: backbone-resnet18 (6c3cc55e0420)" in told
    assert not [line for line in told if "sha256" in line]
    own = accepts_list({"preset": None, "preset_sha256": "a" * 64})
    assert own == "- preset of the radiomics: one of its own (aaaaaaaaaaaa)"


def test_real_images_are_named_with_their_licence():
    public = [{"name": "Hip MRI set", "licence": "CC BY 4.0"}, {"name": "Other", "licence": "CC0"}]
    assert (
        images_sentence({"training_images": public}) == "Real images: Hip MRI set (CC BY 4.0); Other (CC0)."
    )
    hospital = {"training_data": "Trained on 31 outlined hips of 20 patients of one hospital."}
    assert "grants no licence" in images_sentence(hospital)


def test_a_card_without_figures_or_command_leaves_their_place_out():
    metadata = dict(load_bundle("rad-dlr-mri").metadata) | {"metrics": {}, "command": ""}
    card = model_card(metadata, "What.", limits="Limits.")
    assert "## Figures" not in card
    assert "Made by" not in card
