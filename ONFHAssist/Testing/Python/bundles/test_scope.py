"""The one check of an image against what a model accepts; how a series looks is tested in imaging/test_contrast."""

import numpy as np
import pytest

from ONFHAssistLib.bundles.scope import Scope, check_scope
from ONFHAssistLib.imaging.image import Image

ACCEPTS = {"modality": ["MR"], "sequence": ["T2", "T2 FS"], "spacing_mm": [0.3, 6.0]}
LEARNED = "the model was trained on"


def image(spacing=(1.0, 1.0, 4.0), shape=(8, 20, 20), **facts):
    return Image(np.zeros(shape, np.float32), spacing, metadata=facts)


def test_an_image_as_the_model_accepts_it_is_within_scope():
    scope = check_scope(image(modality="MR", sequence="T2"), ACCEPTS, LEARNED)
    assert scope == Scope()
    assert scope.out_of_scope == scope.warnings == ()


def test_each_fact_is_named_with_what_was_learned_from():
    scope = check_scope(image((1.0, 1.0, 9.0), modality="CT", sequence="T1"), ACCEPTS, LEARNED)
    assert scope.out_of_scope == (
        "The image's modality is CT; the model was trained on MR.",
        "The image's sequence is T1; the model was trained on T2, T2 FS.",
        "The voxels of 1.00 x 1.00 x 9.00 mm are outside the 0.3 to 6 mm of the training images.",
    )


@pytest.mark.parametrize("strict", [True, False])
def test_what_an_image_does_not_state_excludes_an_answer_of_a_model_without_another_guard(strict):
    scope = check_scope(image(modality="MR"), ACCEPTS, LEARNED, strict=strict)
    sentence = (
        "The image does not state its sequence; the model was trained on T2, T2 FS. Say which sequence it is."
    )
    assert scope.unsaid == (sentence,)
    assert scope.out_of_scope == ((sentence,) if strict else ())
    assert scope.warnings == (() if strict else (sentence,))


def test_doubts_never_exclude_and_features_far_away_do():
    scope = Scope(("a.",), ("b.",), ("c.",)).with_against(["far."])
    assert scope.out_of_scope == ("a.", "far.")
    assert scope.warnings == ("c.", "b.")
    assert all(isinstance(part, tuple) for part in (scope.out_of_scope, scope.warnings, scope.against))


def test_a_radiograph_is_judged_within_its_plane_and_a_short_field_of_view_is_named():
    accepts = {"modality": ["DX", "CR"], "spacing_mm": [0.05, 0.9]}
    radiograph = image((0.4, 0.4, 1.0), (1, 100, 100), modality="DX")
    assert check_scope(radiograph, accepts, LEARNED).out_of_scope == ()
    narrow = check_scope(image((1.0, 1.0, 1.0)), {"field_of_view_mm": 40.0}, LEARNED)
    assert narrow.out_of_scope == (
        "The field of view is 8 mm along one axis; below 40 mm a femoral head may be cut off.",
    )


def test_a_bundle_that_says_nothing_of_its_input_excludes_nothing():
    assert check_scope(image(), {}, LEARNED) == Scope()


def test_a_series_that_is_no_plain_spin_echo_is_against_every_answer_and_a_stated_agent_is_open():
    adc = check_scope(image(modality="MR", series_kind="ADC map"), ACCEPTS, LEARNED)
    assert adc.out_of_scope == (
        "By its header the image is an ADC map; the model was trained on T2, T2 FS of plain spin echoes.",
    )
    unread = check_scope(image(modality="MR", series_kind="dynamic"), {}, LEARNED)
    assert unread.out_of_scope == (
        "By its header the image is one phase of a dynamic series; the model was trained on other images.",
    )
    assert check_scope(image(modality="MR", series_kind="gradient echo"), {}, LEARNED) == Scope()
    silent = check_scope(image(modality="MR", series_kind="contrast-enhanced"), ACCEPTS, LEARNED, strict=True)
    assert silent.out_of_scope == (
        "By its header the image is a series with contrast agent, which names no sequence; the model was trained on "
        "T2, T2 FS. Say which sequence it is.",
    )
    said = image(modality="MR", series_kind="contrast-enhanced", sequence="T2")
    assert check_scope(said, ACCEPTS, LEARNED, strict=True) == Scope(strict=True)
