"""Names of features in words."""

import pytest

from ONFHAssistLib.extract.catalogue import feature_names_of
from ONFHAssistLib.extract.feature_words import feature_in_words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wavelet-LLH_glszm_SmallAreaEmphasis", "small area emphasis (GLSZM), wavelet LLH"),
        ("log-sigma-0-5-mm-3D_glcm_Imc1", "information measure of correlation 1 (GLCM), LoG 0.5 mm"),
        ("original_firstorder_90Percentile", "90th percentile (first order)"),
        ("original_shape2D_MeshSurface", "mesh surface (shape)"),
        ("lbp-3D-m1_ngtdm_Busyness", "busyness (NGTDM), lbp 3D m1"),
        ("12 other features", "12 other features"),
        ("age_years", "age_years"),
    ],
)
def test_a_name_reads_as_words(name, words):
    assert feature_in_words(name) == words


def test_no_two_features_of_a_preset_read_alike():
    names = feature_names_of("full-3d")

    assert len({feature_in_words(name) for name in names}) == len(names)
