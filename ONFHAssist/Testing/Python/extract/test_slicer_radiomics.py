"""What SlicerRadiomics is handed and what it answers, without Slicer."""

import json
import math

import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.extract.slicer_radiomics import (
    compare_features,
    features_of_row,
    write_parameter_file,
)


@pytest.mark.parametrize("name", ["dlr-mri", "dlrc-xray", "full-3d"])
def test_pyradiomics_reads_the_parameter_file_as_the_preset_itself(name, tmp_path):
    radiomics = pytest.importorskip("radiomics.featureextractor")
    preset = load_preset(name)

    from_file = radiomics.RadiomicsFeatureExtractor(str(write_parameter_file(preset, tmp_path)))
    direct = radiomics.RadiomicsFeatureExtractor(preset.parameters())

    assert from_file.settings == direct.settings
    assert from_file.enabledImagetypes == direct.enabledImagetypes
    assert from_file.enabledFeatures == direct.enabledFeatures


def test_the_parameter_file_is_json_of_pyradiomics_sections(tmp_path):
    content = json.loads(write_parameter_file(load_preset("dlr-mri"), tmp_path).read_text(encoding="utf-8"))

    assert set(content) == {"imageType", "featureClass", "setting"}
    assert content["imageType"]["LoG"] == {"sigma": [2.0, 3.0, 4.0, 5.0]}
    assert isinstance(content["setting"]["binWidth"], float)


def test_features_are_told_from_the_other_columns():
    row = {
        "Image": "a.nrrd",
        "Mask": "b.nrrd",
        "diagnostics_Versions_PyRadiomics": "v3.1.0",
        "original_glcm_Id": "0.5",
    }

    assert features_of_row(row) == {"original_glcm_Id": 0.5}


@pytest.mark.parametrize("row", [{"Image": "a"}, {}, {"original_glcm_Id": "none"}])
def test_an_answer_without_numbers_is_refused_in_a_sentence(row):
    with pytest.raises(InputError, match="SlicerRadiomics answered"):
        features_of_row(row)


def test_the_largest_difference_is_relative_and_named():
    found = compare_features({"a": 1.0, "b": -2.0, "c": 0.0}, {"a": 1.1, "b": -2.0, "c": 0.0})

    assert found.largest == ("a", pytest.approx(0.1 / 1.1))
    assert (found.shared, found.differences["b"], found.differences["c"]) == (3, 0.0, 0.0)


def test_what_one_program_alone_gives_is_no_agreement():
    found = compare_features({"a": 1.0, "b": 1.0}, {"a": 1.0, "d": 2.0})

    assert found.shared == 1
    assert math.isnan(found.differences["b"]) and math.isnan(found.differences["d"])


@pytest.mark.parametrize(
    ("ours", "theirs", "apart"),
    [
        (math.nan, math.nan, 0.0),
        (math.nan, 1.0, 2.0),
        (math.inf, 1.0, 2.0),
        (1.0, -1.0, 2.0),
        (0.0, 1e-300, 1.0),
    ],
)
def test_numbers_that_are_none_differ_as_far_as_can_be(ours, theirs, apart):
    assert compare_features({"a": ours}, {"a": theirs}).differences["a"] == apart


def test_nothing_shared_has_no_largest_difference():
    assert compare_features({}, {"a": 1.0}).largest == ("", 0.0)
