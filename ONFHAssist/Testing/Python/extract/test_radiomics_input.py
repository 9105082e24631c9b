"""What the extraction refuses, in one sentence, and what it records about what it did."""

from __future__ import annotations

import numpy as np
import pytest
from support.random_regions import preset_of
from support.regions import ball, skip_without

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.extract.presets import load_preset
from ONFHAssistLib.extract.radiomics import ENGINES, extract_radiomics, relative_difference
from ONFHAssistLib.imaging.image import Image


def refused(
    image: Image, mask: Image, preset: object = "dlr-mri", label: object = 1, engine: str = "native"
) -> str:
    skip_without(engine)
    with pytest.raises(InputError) as caught:
        extract_radiomics(image, mask, preset, label, engine)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def painted(image: Image, *corners: tuple[int, int, int], label: int = 1) -> Image:
    """A mask of the named voxels (z, y, x)."""
    array = np.zeros(image.array.shape, np.uint8)
    for corner in corners:
        array[corner] = label
    return image.like(array)


@pytest.mark.parametrize("engine", ENGINES)
def test_mask_on_another_grid(engine: str) -> None:
    image, mask = ball()
    shifted = Image(mask.array, mask.spacing, (0.5, 0.0, 0.0))
    assert "another grid" in refused(image, shifted, engine=engine)
    assert "another grid" in refused(image, Image(mask.array[:-1]), engine=engine)


def test_mask_that_is_off_by_rounding_is_taken() -> None:
    image, mask = ball()
    nearly = Image(mask.array, (1.00001, 1.0, 1.0), (1e-4, 0.0, 0.0))
    assert (
        extract_radiomics(image, nearly, "ibsi").features == extract_radiomics(image, mask, "ibsi").features
    )


def test_empty_mask_and_absent_label() -> None:
    image, mask = ball()
    assert "mask is empty" in refused(image, mask.like(np.zeros_like(mask.array)))
    two = mask.like(mask.array * 3)
    assert refused(image, two) == "Label 1 is not in the mask; it holds 3."
    assert "Label 4 or 5" in refused(image, two, label=(4, 5))
    assert "at least one label" in refused(image, two, label=())


def test_mask_with_nan() -> None:
    image, mask = ball()
    broken = mask.array.astype(np.float32)
    broken[0, 0, 0] = np.nan
    assert "whole-number labels" in refused(image, mask.like(broken))


def test_nan_in_the_region_is_counted_and_nan_elsewhere_refused_where_it_would_spread() -> None:
    image, mask = ball()
    z, y, x = np.argwhere(mask.array)[10]
    array = image.array.copy()
    array[z, y, x] = np.nan
    assert "in 1 voxels of the region" in refused(image.like(array), mask)
    array = image.array.copy()
    array[0, 0, 0] = np.inf
    assert "outside the region" in refused(image.like(array), mask)
    clean = extract_radiomics(image, mask, "ibsi").features
    assert extract_radiomics(image.like(array), mask, "ibsi").features == clean


def test_region_that_is_too_small_or_too_flat() -> None:
    image, _ = ball()
    assert "single voxel" in refused(image, painted(image, (5, 5, 5)), "ibsi")
    line = painted(image, (5, 5, 5), (5, 5, 6), (5, 5, 7))
    assert "along 1 of the three axes" in refused(image, line, "ibsi")
    plane = painted(image, (5, 5, 5), (5, 6, 5), (5, 5, 6))
    small = load_preset("ibsi").with_settings(minimumROISize=50)
    assert "3 voxels; the preset ibsi* wants more than 50" in refused(image, plane, small)
    assert len(extract_radiomics(image, plane, "ibsi").features) == 107


def test_region_that_is_too_small_only_after_resampling() -> None:
    image, _ = ball()
    block = painted(image, *((z, y, x) for z in (5, 6) for y in (5, 6) for x in (5, 6)))
    coarse = load_preset("ibsi").with_settings(resampledPixelSpacing=[5, 5, 5])
    text = refused(image, block, coarse)
    assert "grid of the features" in text or "left after resampling" in text


@pytest.mark.filterwarnings("error")
def test_a_spacing_beyond_all_reason_is_refused_without_a_word_of_numpy() -> None:
    image, mask = ball()
    preset = load_preset("dlr-mri").with_settings(resampledPixelSpacing=[1e20, 1e20, 1e20])
    assert "left after resampling" in refused(image, mask, preset)


@pytest.mark.parametrize("engine", ENGINES)
def test_constant_region_gives_what_pyradiomics_gives(engine: str) -> None:
    skip_without(engine)
    image, mask = ball()
    features = extract_radiomics(
        image.like(np.full_like(image.array, 42.0)), mask, "ibsi", engine=engine
    ).features
    assert features["original_firstorder_Variance"] == 0
    assert features["original_firstorder_Skewness"] == 0
    assert features["original_glcm_MCC"] == 1
    assert features["original_glcm_Correlation"] == 1
    assert features["original_glszm_ZonePercentage"] == pytest.approx(1 / mask.array.sum())
    assert features["original_ngtdm_Coarseness"] == 1e6
    assert np.isfinite(list(features.values())).all()


def test_constant_image_cannot_be_normalised() -> None:
    image, mask = ball()
    assert "same value everywhere" in refused(image.like(np.full_like(image.array, 42.0)), mask)


def test_a_filter_that_gives_no_numbers_is_named() -> None:
    image, mask = ball()
    zeros = image.like(np.zeros_like(image.array))
    assert "square image is not finite" in refused(zeros, mask, preset_of({}, {"Square": {}}))


def test_too_many_grey_levels_and_too_harsh_resegmentation() -> None:
    image, mask = ball()
    assert "choose a wider one" in refused(image, mask, preset_of({"binWidth": 1e-5}))
    assert "leaves 0 voxels" in refused(image, mask, preset_of({"resegmentRange": [9000, 9999]}))


def test_2d_shape_needs_one_slice() -> None:
    image, mask = ball()
    preset = preset_of({"force2D": True}, None, {"shape2D": ()})
    assert "a region in one slice" in refused(image, mask, preset)


def test_unknown_engine_and_spacing_of_zero() -> None:
    image, mask = ball()
    with pytest.raises(InputError, match="native or pyradiomics"):
        extract_radiomics(image, mask, "ibsi", engine="fast")
    with pytest.raises(InputError, match="three positive lengths"):
        Image(image.array, (0.0, 1.0, 1.0))


def test_merged_labels_are_one_region() -> None:
    image, mask = ball()
    halves = mask.array.astype(np.int32)
    halves[:, :, 9:] *= 3
    merged = extract_radiomics(image, mask.like(halves), "ibsi", label=(1, 3))
    assert merged.features == extract_radiomics(image, mask, "ibsi").features
    assert merged.provenance["labels"] == [1, 3]


def test_geometry_of_the_image_does_not_matter_where_nothing_is_resampled() -> None:
    image, mask = ball()
    turned = (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, -1.0)
    oblique = Image(image.array, image.spacing, (40.0, -30.0, 700.0), turned)
    features = extract_radiomics(oblique, oblique.like(mask.array), "ibsi").features
    assert features == extract_radiomics(image, mask, "ibsi").features


def test_provenance_and_progress() -> None:
    image, mask = ball()
    shares: list[float] = []
    result = extract_radiomics(image, mask, "dlr-mri", progress=lambda share, _text: shares.append(share))
    assert result.provenance["preset_sha256"] == load_preset("dlr-mri").sha256
    assert result.provenance["software"]["numpy"] == np.__version__
    assert result.provenance["region_voxels"] == mask.array.sum()
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(shares)


def test_relative_difference_of_nan_is_none_only_where_both_are() -> None:
    assert relative_difference(float("nan"), float("nan")) == 0.0
    assert relative_difference(1.0, float("nan")) == float("inf")
    assert relative_difference(2.0, 1.0) == 0.5
