"""The feature browser's catalogue: complete, in the engines' order, and found by words."""

from __future__ import annotations

import pytest
from support.random_regions import preset_of
from support.regions import ball

from ONFHAssistLib.extract.catalogue import describe_feature, feature_names_of, find_features, image_names_of
from ONFHAssistLib.extract.names import DEPRECATED, FEATURES
from ONFHAssistLib.extract.radiomics import extract_radiomics


@pytest.mark.parametrize("feature_class", list(FEATURES))
def test_every_feature_has_a_formula_and_a_meaning(feature_class: str) -> None:
    for feature in (*FEATURES[feature_class], *DEPRECATED.get(feature_class, ())):
        entry = describe_feature(f"original_{feature_class}_{feature}")
        assert len(entry.formula) >= 5
        assert entry.meaning.endswith(".")
        assert entry.mappable == (not feature_class.startswith("shape"))


def test_entry_of_a_filtered_texture() -> None:
    entry = describe_feature("wavelet-HLH_gldm_DependenceVariance")
    assert (entry.image, entry.image_type) == ("wavelet-HLH", "Wavelet")
    assert (entry.feature_class, entry.feature) == ("gldm", "DependenceVariance")
    assert "detail along it" in entry.image_meaning


def test_deep_features_are_known_up_to_511() -> None:
    assert describe_feature("DL_511").feature_class == "deep"
    for wrong in ("DL_512", "original_glcm_Nothing", "sum_glcm_Contrast", "Contrast"):
        with pytest.raises(ValueError, match=r"."):
            describe_feature(wrong)


@pytest.mark.parametrize(
    "images",
    [
        {"Original": {}, "LoG": {"sigma": [2, 3.5]}, "Wavelet": {"level": 2}},
        {"LBP3D": {"lbp3DLevels": 3}, "Gradient": {}, "Exponential": {}, "SquareRoot": {}, "Square": {}},
        {"Wavelet": {}, "LBP2D": {}},
    ],
)
def test_names_of_a_preset_are_those_that_the_engine_gives(images: dict) -> None:
    flat = {"force2D": True} if "LBP2D" in images else {}
    preset = preset_of(
        {"binWidth": 25, **flat}, images, {"shape": (), "firstorder": (), "ngtdm": ("Busyness",)}
    )
    image, mask = ball((9, 10, 11))
    features = list(extract_radiomics(image, mask, preset, engine="native").features)
    assert feature_names_of(preset) == features
    assert image_names_of(preset) == list(
        dict.fromkeys(n.split("_")[0] for n in features if "_shape_" not in n)
    )


def test_names_of_the_shipped_presets() -> None:
    assert {name: len(feature_names_of(name)) for name in ("dlr-mri", "full-3d", "dlrc-xray", "ibsi")} == {
        "dlr-mri": 1197, "full-3d": 2060, "dlrc-xray": 1032, "ibsi": 107,
    }  # fmt: skip


def test_search_takes_words_in_any_order_and_filters() -> None:
    names = feature_names_of("dlr-mri")
    found = find_features(names, "haralick") + find_features(
        names, "run EMPHASIS long", image_type="Original"
    )
    assert {entry.feature for entry in found} == {
        "LongRunEmphasis", "LongRunLowGrayLevelEmphasis", "LongRunHighGrayLevelEmphasis",
    }  # fmt: skip
    assert len(find_features(names, feature_class="ngtdm")) == 65
    assert len(find_features(names, "roundness")) == 1
