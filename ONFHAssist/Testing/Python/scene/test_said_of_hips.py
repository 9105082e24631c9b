"""What a step says of hips: right before left, what holds of both once."""

import pytest


@pytest.fixture
def said_of_hips(slicer_app):
    from ONFHAssistLib.scene.results.warnings import said_of_hips

    return said_of_hips


def test_a_sentence_on_both_hips_is_said_once(said_of_hips):
    said = {side: [f"The acetabular edge {side} cannot be found here; mark it by hand."] for side in "RL"}

    assert said_of_hips(said) == [
        "Both hips: The acetabular edge R, L cannot be found here; mark it by hand."
    ]


def test_sentences_on_one_hip_keep_its_name_and_their_order(said_of_hips):
    said = {"R": ["No edge.", "The right one only."], "L": ["The left one only.", "No edge."]}

    assert said_of_hips(said) == [
        "Both hips: No edge.",
        "Right: The right one only.",
        "Left: The left one only.",
    ]


def test_one_hip_alone_is_named(said_of_hips):
    assert said_of_hips({"L": ["No edge."]}) == ["Left: No edge."]
