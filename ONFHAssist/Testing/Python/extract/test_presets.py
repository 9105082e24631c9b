"""Presets: PyRadiomics' parameter files read unchanged, and wrong ones refused with a useful sentence."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.presets import list_presets, load_preset

TEXTURES = ("firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm")


def written(folder: Path, text: str, name: str = "mine.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_shipped_presets_are_listed() -> None:
    assert list_presets() == ["dlr-mri", "dlrc-xray", "full-3d", "ibsi"]


def test_dlr_preset_asks_for_the_features_of_the_study() -> None:
    preset = load_preset("dlr-mri")
    images = 1 + 8 + len(preset.image_types["LoG"]["sigma"])
    per_class = {name: len(preset.features_of(name)) for name in TEXTURES}
    assert per_class == {"firstorder": 18, "glcm": 22, "glrlm": 16, "glszm": 16, "gldm": 14, "ngtdm": 5}
    assert images * sum(per_class.values()) + len(preset.features_of("shape")) == 1197
    assert not {"SumAverage", "MCC"} & set(preset.features_of("glcm"))
    assert preset.settings["resampledPixelSpacing"] == [1, 1, 1]


@pytest.mark.parametrize("name", list_presets())
def test_each_shipped_preset_explains_itself_and_survives_pickling(name: str) -> None:
    preset = load_preset(name)
    assert len(preset.description) > 60
    assert pickle.loads(pickle.dumps(preset)) == preset


def test_hash_is_of_the_text_whatever_its_line_ends(tmp_path: Path) -> None:
    text = "setting:\n  binWidth: 5\n"
    unix = written(tmp_path, text)
    windows = tmp_path / "windows.yaml"
    windows.write_bytes(text.replace("\n", "\r\n").encode())
    assert (
        load_preset(unix).sha256 == load_preset(windows).sha256 == hashlib.sha256(text.encode()).hexdigest()
    )


def test_a_changed_setting_changes_the_hash() -> None:
    preset = load_preset("dlr-mri")
    changed = preset.with_settings(binWidth=25)
    assert changed.settings["binWidth"] == 25
    assert changed.sha256 != preset.sha256
    assert preset.settings["binWidth"] == 5


def test_omitted_sections_mean_the_original_image_and_all_classes(tmp_path: Path) -> None:
    preset = load_preset(written(tmp_path, "setting: {binWidth: 10}"))
    assert list(preset.image_types) == ["Original"]
    assert set(preset.feature_classes) == {*TEXTURES, "shape", "shape2D"}


def test_voxel_settings_are_read_with_the_others(tmp_path: Path) -> None:
    preset = load_preset(written(tmp_path, "voxelSetting: {kernelRadius: 2, maskedKernel: false}"))
    assert preset.settings["kernelRadius"] == 2
    assert "kernelRadius" not in preset.parameters()["setting"]


def test_json_is_read_as_well(tmp_path: Path) -> None:
    preset = load_preset(written(tmp_path, '{"setting": {"binCount": 32}}', "mine.json"))
    assert preset.settings["binCount"] == 32


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("setting: {binwidht: 5}", "'binWidth'"),
        ("setting: {resampledPixelSpaceing: [1, 1, 1]}", "'resampledPixelSpacing'"),
        ("settings: {binWidth: 5}", "'setting'"),
        ("imageType: {Wavelets: {}}", "'Wavelet'"),
        ("imageType: {log: {}}", "'LoG'"),
        ("imageType: {LoG: {sigmas: [2]}}", "'sigma'"),
        ("featureClass: {GLCM: }", "'glcm'"),
        ("featureClass: {glcm: [Contrst]}", "'Contrast'"),
        ("voxelSetting: {kernelradius: 1}", "'kernelRadius'"),
    ],
)
def test_unknown_key_is_named_with_the_nearest_known(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InputError, match=r"mine\.yaml") as caught:
        load_preset(written(tmp_path, text))
    assert f"did you mean {named}" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("setting: {binWidth: 0}", "binWidth to 0; it should be a number above 0"),
        ("setting: {binWidth: wide}", "binWidth"),
        ("setting: {binCount: 2.5}", "a whole number"),
        ("setting: {force2D: 1}", "true or false"),
        ("setting: {force2Ddimension: 3}", "at most 2"),
        ("setting: {resampledPixelSpacing: [1]}", "2 or 3"),
        ("setting: {resampledPixelSpacing: [1, -1, 1]}", "at least 0"),
        ("setting: {interpolator: bspline}", "sitkBSpline"),
        ("setting: {weightingNorm: euklid}", "euclidean"),
        ("imageType: {Wavelet: {wavelet: coif99}}", "coif"),
        ("imageType: {LoG: {sigma: [0]}}", "above 0"),
        ("imageType: [Original]", "imageType"),
        ("just text", "no settings"),
        ("setting: {binWidth: 5", "not a readable YAML"),
    ],
)
def test_bad_value_is_named_with_what_would_be_accepted(tmp_path: Path, text: str, part: str) -> None:
    with pytest.raises(InputError) as caught:
        load_preset(written(tmp_path, text))
    assert part in str(caught.value)


def test_yaml_tags_are_not_executed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a readable YAML"):
        load_preset(written(tmp_path, "setting: !!python/object/apply:os.system ['true']"))


def test_missing_file_and_unknown_name_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        load_preset(tmp_path / "absent.yaml")
    with pytest.raises(InputError, match="did you mean 'dlr-mri'"):
        load_preset("dlr-mr")
