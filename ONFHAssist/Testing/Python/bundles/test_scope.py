"""The one check of an image against what a model accepts; how a series looks is tested in imaging/test_contrast."""

import numpy as np
import pytest

from ONFHAssistLib.bundles.scope import Scope, check_scope
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import heads_from_labels
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


@pytest.fixture(scope="module")
def sample():
    """``sample("t1", sequence=...)``: the scope of a series of the sample patient whose file states this alone."""
    folder = resource_path("SampleData")
    heads = heads_from_labels(read_mask(folder / "onfh-right-stage2-outlines.nrrd"))

    series = {name: read_image(folder / f"onfh-right-stage2-{name}.nrrd") for name in ("t1", "t2fs")}

    def scope(name, accepts, **facts):
        found = series[name]
        silent = Image(found.array, found.spacing, found.origin, found.direction, facts)
        return check_scope(silent, {"modality": ["MR"], "sequence": accepts}, LEARNED, heads, strict=True)

    return scope


ALL = ["T1", "T2", "T2 FS", "STIR", "PD FS"]


@pytest.mark.parametrize(
    ("name", "stated", "looks"), [("t1", "T2 FS", "T1-weighted"), ("t2fs", "T1", "fat-suppressed")]
)
@pytest.mark.parametrize("accepts", [ALL, ["T1", "T2 FS"]])
def test_a_stated_sequence_that_the_image_contradicts_is_against_an_answer(
    sample, name, stated, looks, accepts
):
    scope = sample(name, accepts, modality="MR", sequence=stated)
    assert scope.out_of_scope == (f"The image states {stated} but looks {looks}; check which series it is.",)


def test_a_file_that_states_nothing_is_in_scope_where_every_sequence_of_its_looks_is_accepted(sample):
    t1, suppressed = sample("t1", ALL), sample("t2fs", ALL)
    assert t1.out_of_scope == suppressed.out_of_scope == ()
    assert t1.warnings == (
        "The image does not state its sequence; that it is T1-weighted (T1) was read from the image.",
    )
    assert "fat-suppressed (T2 FS or STIR or PD FS) was read" in suppressed.warnings[0]
    assert sample("t1", ["T1"]).out_of_scope == ()
    only_one = sample("t2fs", ["T1", "T2 FS"])  # it may as well be STIR
    assert len(only_one.out_of_scope) == 2  # neither modality nor sequence is known
    assert "looks fat-suppressed, as T2 FS and STIR and PD FS do" in only_one.out_of_scope[1]


def test_looks_are_no_statement_for_a_series_whose_header_says_that_it_is_another_kind(sample):
    scope = sample("t2fs", ALL, modality="MR", series_kind="derived")
    assert "derived from other images, which names no sequence" in scope.out_of_scope[0]
    assert (
        sample("t2fs", ALL, modality="MR", series_kind="ADC map")
        .out_of_scope[0]
        .startswith("By its header the image is an ADC map")
    )
    assert "modality is CT" in sample("t1", ALL, modality="CT").out_of_scope[0]


def test_t2_and_its_fat_suppressed_kin_are_only_doubted_beside_each_other(sample):
    scope = sample("t2fs", ALL, modality="MR", sequence="T2")
    assert scope.out_of_scope == ()
    assert scope.warnings == ("The image states T2 but looks fat-suppressed; check which series it is.",)
