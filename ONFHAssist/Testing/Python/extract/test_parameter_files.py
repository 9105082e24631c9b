"""PyRadiomics' parameter files as people have them: every key acts or is refused, numbers are those of YAML 1.2."""

import math

import numpy as np
import pytest

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.cohort import extract_cohort
from ONFHAssistLib.extract.feature_maps import feature_map
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.extract.radiomics import ENGINES, extract_radiomics, pyradiomics_available
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

LABEL_2 = """\
imageType:
  Original: {}
featureClass:
  shape: ['VoxelVolume']
  firstorder: ['Mean']
setting:
  binWidth: 25
  label: 2
"""
FOR_MAPS = """\
# as PyRadiomics' own example for maps
imageType:
  Original: {}
featureClass:
  firstorder: ['Mean']
setting:
  binWidth: 25
  force2D: true
voxelSetting:
  kernelRadius: 2
  maskedKernel: true
  initValue: nan
  voxelBatch: 10000
"""


def regions():
    """(image, mask): a ramp with region 1 of 256 voxels and mean 102, region 2 of 144 voxels and mean 219."""
    z, y, x = np.mgrid[0:10, 0:24, 0:24]
    mask = np.zeros((10, 24, 24), np.uint8)
    mask[3:7, 4:12, 4:12], mask[3:7, 14:20, 14:20] = 1, 2
    image = Image((x * 10 + y * 3 + z).astype(np.int16))
    return image, image.like(mask)


def preset_of(folder, text, name="params.yaml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_the_label_of_the_file_is_measured_where_nobody_names_one(tmp_path, engine):
    if engine == "pyradiomics" and not pyradiomics_available():
        pytest.skip("PyRadiomics is not installed")
    image, mask = regions()
    preset = preset_of(tmp_path, LABEL_2)
    found = extract_radiomics(image, mask, preset, engine=engine)
    assert found.features == {"original_shape_VoxelVolume": 144.0, "original_firstorder_Mean": 219.0}
    assert found.provenance["labels"] == [2]
    named = extract_radiomics(image, mask, preset, 1, engine=engine)
    assert named.features == {"original_shape_VoxelVolume": 256.0, "original_firstorder_Mean": 102.0}


def test_the_label_of_the_file_holds_for_the_rows_of_a_cohort_that_name_none(tmp_path):
    image, mask = regions()
    write_image(image, tmp_path / "image.nrrd")
    write_image(mask, tmp_path / "mask.nrrd")
    rows = "case,image,mask,label\nA,image.nrrd,mask.nrrd,\nB,image.nrrd,mask.nrrd,1\n"
    (tmp_path / "cohort.csv").write_text(rows, encoding="utf-8")
    result = extract_cohort(tmp_path / "cohort.csv", preset_of(tmp_path, LABEL_2), tmp_path / "out")
    lines = result.table.read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["A,,,2,144.0,219.0", "B,,,1,256.0,102.0"]


def test_a_label_that_the_mask_lacks_is_named_with_those_it_holds(tmp_path):
    preset = preset_of(tmp_path, "setting: {label: 255}")
    with pytest.raises(InputError, match="Label 255 is not in the mask; it holds 1, 2"):
        extract_radiomics(*regions(), preset)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1e-6", 1e-6),
        ("1E3", 1000.0),
        ("5e-05", 5e-5),
        (".5", 0.5),
        ("25", 25),
        ("010", 10),
        ("0x10", 16),
        ("2.", 2.0),
    ],
)
def test_numbers_are_those_of_yaml_1_2(tmp_path, written, number):
    found = load_preset(preset_of(tmp_path, f"setting: {{binWidth: {written}}}")).settings["binWidth"]
    assert found == number
    assert type(found) is type(number)


@pytest.mark.parametrize("written", ["nan", ".nan", "NaN"])
def test_nan_is_a_number_where_a_map_may_be_filled_with_it_and_nowhere_else(tmp_path, written):
    preset = load_preset(preset_of(tmp_path, f"voxelSetting: {{initValue: {written}}}"))
    assert math.isnan(preset.settings["initValue"])
    with pytest.raises(InputError, match="binWidth to nan; it should be a number above 0"):
        load_preset(preset_of(tmp_path, f"setting: {{binWidth: {written}}}"))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("setting: {binWidth: .inf}", "binWidth to inf"),
        ("setting: {binWidth: 1:30}", "binWidth to '1:30'"),
        (
            "setting: {label_channel: -1}",
            "label_channel to -1; it should be a whole number at least 0",
        ),
        ("setting: {label: 0}", "label to 0; it should be a whole number at least 1"),
        (
            "imageType: {Original: {label: 2}}",
            "sets label for image type 'Original' alone, where it has no effect",
        ),
        ("imageType: {LoG: {sigma: [2], normalize: true}}", "write it under 'setting'"),
        ("setting:\n  binWidth: 5\n  binWidth: 25\n", "the key 'binWidth' stands there twice"),
        ("setting: {binWidth: 5}\nsetting: {binCount: 8}\n", "the key 'setting' stands there twice"),
    ],
)
def test_a_key_that_cannot_act_is_refused_with_what_to_write(tmp_path, text, part):
    with pytest.raises(InputError) as caught:
        load_preset(preset_of(tmp_path, text))
    assert part in str(caught.value)


@pytest.mark.parametrize("text", ["setting: {label_channel: 0}", "imageType: {Original: {binWidth: 10}}"])
def test_a_key_that_acts_or_says_what_is_so_anyway_is_taken(tmp_path, text):
    assert extract_radiomics(*regions(), preset_of(tmp_path, text)).features


def test_a_file_for_maps_says_what_to_use_instead_and_makes_maps(tmp_path):
    image, mask = regions()
    preset = preset_of(tmp_path, FOR_MAPS)
    with pytest.raises(
        InputError, match=r"voxel-based extraction .* button Make map .* take that section out"
    ):
        extract_radiomics(image, mask, preset)
    (tmp_path / "cohort.csv").write_text("case,image,mask\nA,i.nrrd,m.nrrd\n", encoding="utf-8")
    with pytest.raises(InputError, match="voxel-based extraction"):
        extract_cohort(tmp_path / "cohort.csv", preset, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    found = feature_map(image, mask, "original_firstorder_Mean", preset)
    inside = mask.array == 1
    assert found.metadata["kernel_radius"] == "2"
    assert np.isnan(found.array[~inside]).all()
    assert np.isfinite(found.array[inside]).all()
    assert found.array[5, 8, 8] == pytest.approx(image.array[3:7, 6:11, 6:11].mean())
    open_kernel = load_preset(
        preset_of(tmp_path, FOR_MAPS.replace("maskedKernel: true", "maskedKernel: false"))
    )
    with pytest.raises(InputError, match="sets maskedKernel to false"):
        feature_map(image, mask, "original_firstorder_Mean", open_kernel)
