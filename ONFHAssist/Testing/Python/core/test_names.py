"""What a column is, by its name alone: one answer for every table of the project."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ONFHAssistLib.core.names import (
    FEATURE_CLASSES,
    copied_feature,
    feature_class,
    is_clinical,
    is_deep,
    is_feature,
    is_radiomics,
)
from ONFHAssistLib.early.published import published_dlr_formula
from ONFHAssistLib.extract.deep import NAMES
from ONFHAssistLib.extract.names import FEATURES

IMAGES = st.sampled_from(
    ["original", "wavelet-HLH", "log-sigma-2-0-mm-3D", "square", "lbp-3D-m1", "gradient", "exponential"]
)


@given(image=IMAGES, kind=st.sampled_from(FEATURE_CLASSES), data=st.data())
def test_every_feature_that_is_extracted_is_a_radiomics_feature(image, kind, data):
    name = f"{image}_{kind}_{data.draw(st.sampled_from(sorted(FEATURES[kind])))}"
    assert is_radiomics(name)
    assert not is_deep(name)
    assert feature_class(name) == kind
    assert not is_clinical(name)


def test_deep_features_and_the_published_formula_are_features():
    assert all(is_deep(name) and feature_class(name) == "deep" for name in NAMES)
    assert all(map(is_feature, published_dlr_formula().feature_names))


@pytest.mark.parametrize(
    "name",
    [
        "head_ml",
        "shape",
        "DL_x",
        "DL_3_mean",
        "DLPC_3",
        "first_order_visit",
        "head_shape_index",
        "glcm_Contrast",
        7,
    ],
)
def test_findings_and_outcomes_are_no_features(name):
    assert not is_feature(name)
    assert is_clinical(name)
    assert feature_class(name) == ""


@pytest.mark.parametrize("name", ["case", "side", "preset_sha256"])
def test_keys_are_neither_features_nor_findings(name):
    assert not is_feature(name)
    assert not is_clinical(name)


def test_a_column_that_a_program_renamed_is_known_for_what_it_was():
    assert copied_feature("original_glcm_Contrast.1") == "original_glcm_Contrast"
    assert copied_feature("DL_7.12") == "DL_7"
    assert copied_feature("original_glcm_Contrast") is None
    assert copied_feature("angle.1") is None
