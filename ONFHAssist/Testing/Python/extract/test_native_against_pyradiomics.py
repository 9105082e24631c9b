"""The native engine gives PyRadiomics' numbers: names, order, values, and NaN in the same places."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from support.random_regions import CLASSES, preparation_settings, preset_of, regions, texture_settings
from support.regions import ball, ibsi_phantom, real_hip, skip_without

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.extract.cohort import read_cohort
from ONFHAssistLib.extract.presets import Preset, load_preset
from ONFHAssistLib.extract.radiomics import compare_engines, extract_radiomics
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image

RELATIVE = 1e-9
# Below this share of the largest grey value (or of 1) a value is the rounding error of a zero.
ROUNDING = 1e-12
EXAMPLES = int(os.environ.get("ONFH_EXAMPLES", "36"))  # make check-engines has a thousand
_quick = settings(
    max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.fixture(autouse=True)
def _pyradiomics() -> None:
    skip_without("pyradiomics")


def assert_same(ours: dict[str, float], theirs: dict[str, float], scale: float) -> None:
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        assert np.isnan(ours[name]) == np.isnan(value), f"{name}: {ours[name]} against {value}"
        if not np.isnan(value):
            assert ours[name] == pytest.approx(value, rel=RELATIVE, abs=ROUNDING * scale), name


def both(image: Image, mask: Image, preset: Preset) -> tuple[dict, dict]:
    """Features of both engines; where PyRadiomics refuses, the native engine has to refuse as well."""
    try:
        theirs = extract_radiomics(image, mask, preset, engine="pyradiomics").features
    except (InputError, RuntimeError):
        with pytest.raises(InputError):
            extract_radiomics(image, mask, preset, engine="native")
        return {}, {}
    return extract_radiomics(image, mask, preset, engine="native").features, theirs


def size_of(image: Image) -> float:
    return max(1.0, float(np.abs(image.array.astype(float)).max()))


@given(region=regions(), chosen=texture_settings())
@_quick
def test_any_small_region_with_any_texture_setting(region: tuple[Image, Image], chosen: dict) -> None:
    image, mask = region
    assert_same(*both(image, mask, preset_of(chosen)), scale=size_of(image))


@given(region=regions(), chosen=preparation_settings())
@_quick
def test_any_small_region_with_any_preparation(region: tuple[Image, Image], chosen: dict) -> None:
    image, mask = region
    # Where an axis has two voxels ITK's spline reads beyond its memory, and PyRadiomics' numbers change by the run.
    assume(
        2 not in image.size
        or "resampledPixelSpacing" not in chosen
        or chosen["interpolator"] != "sitkBSpline"
    )
    assert_same(*both(image, mask, preset_of(chosen)), scale=max(100.0, size_of(image)))


def test_two_slices_are_resampled_to_values_between_theirs() -> None:
    image = Image(np.stack([np.full((6, 6), 100), np.full((6, 6), 200)]).astype(np.int16), (1.0, 1.0, 4.0))
    mask = image.like(np.pad(np.ones((2, 4, 4), np.uint8), ((0, 0), (1, 1), (1, 1))))
    preset = preset_of(
        {"resampledPixelSpacing": [1, 1, 1]}, None, {"firstorder": ("Minimum", "Mean", "Maximum")}
    )
    found = extract_radiomics(image, mask, preset, engine="native").features
    # A cubic spline through two mirrored points overshoots nothing; beyond the outer voxel centres it turns back.
    assert 100 <= found["original_firstorder_Minimum"] < 110
    assert 190 < found["original_firstorder_Maximum"] <= 200
    assert found["original_firstorder_Mean"] == pytest.approx(150, abs=1)


@pytest.mark.parametrize("shape", [(9, 12, 11), (12, 10, 14)])
@pytest.mark.parametrize(
    "images",
    [
        {"Wavelet": {"wavelet": "haar", "level": 2}},
        {"Wavelet": {"wavelet": "db2", "start_level": 1}},
        {"LoG": {"sigma": [1, 2.5]}},
        {"Square": {}, "SquareRoot": {}, "Logarithm": {}, "Exponential": {}},
        {"Gradient": {}, "Original": {"binWidth": 10}},
        {"Gradient": {"gradientUseSpacing": False}},
    ],
    ids="+".join,
)
def test_every_filter(shape: tuple[int, int, int], images: dict) -> None:
    image, mask = ball(shape, spacing=(0.9, 1.1, 2.0), seed=4)
    classes = {"firstorder": (), "glcm": (), "gldm": ()}
    assert_same(*both(image, mask, preset_of({"binWidth": 25}, images, classes)), scale=1000.0)


def test_a_filter_that_an_image_is_too_small_for_is_left_out_by_both() -> None:
    image, mask = ball((3, 9, 9))
    ours, theirs = both(image, mask, preset_of({}, {"Original": {}, "LoG": {"sigma": [2.0]}}))
    assert list(ours) == list(theirs)
    assert not any(name.startswith("log") for name in ours)


def test_plane_of_a_radiograph() -> None:
    rng = np.random.default_rng(5)
    image = Image(rng.normal(2000, 300, (1, 40, 44)).astype(np.float32), (0.4, 0.4, 1.0))
    y, x = np.mgrid[:40, :44]
    mask = image.like(((y - 20) ** 2 + (x - 22) ** 2 < 240)[None].astype(np.uint8))
    xray = load_preset("dlrc-xray")
    without_lbp = {name: own for name, own in xray.image_types.items() if name != "LBP2D"}
    preset = Preset("plane", xray.settings, without_lbp, xray.feature_classes, "0" * 64)
    ours, theirs = both(image, mask, preset)
    assert len(ours) == 10 * 93 + 9
    assert_same(ours, theirs, scale=100.0)


def test_deprecated_shape_features_when_a_preset_names_them() -> None:
    image, mask = ball()
    named = {"shape": ("Compactness1", "Compactness2", "SphericalDisproportion", "MeshVolume"),
             "firstorder": ("StandardDeviation",), "glcm": ("Dissimilarity", "Contrast")}  # fmt: skip
    ours, theirs = both(image, mask, preset_of({}, None, named))
    assert list(ours) == [f"original_shape_{name}" for name in named["shape"]] + [
        "original_firstorder_StandardDeviation", "original_glcm_Contrast"]  # fmt: skip
    assert_same(ours, theirs, scale=1.0)


def test_a_mask_on_its_own_grid_with_correct_mask() -> None:
    image, mask = ball((12, 14, 16))
    moved = Image(mask.array[1:-1, 1:-1, 1:-1], (1.0, 1.0, 1.0), (1.2, 0.9, 1.0))
    for chosen in ({}, {"resampledPixelSpacing": [0.8, 0.8, 1.5]}):
        preset = preset_of({"correctMask": True, **chosen})
        assert_same(*both(image, moved, preset), scale=1000.0)


def test_real_hip() -> None:
    ours, theirs = both(*real_hip(), load_preset("dlr-mri"))
    assert len(ours) == 1197
    assert_same(ours, theirs, scale=1.0)


def test_simulated_hip_with_its_necrosis_merged(tmp_path: Path) -> None:
    names = ("onfh-right-stage2-t2fs.nrrd", "onfh-right-stage2-outlines.nrrd")
    paths = [resource_path("SampleData", name) for name in names]
    # A table of the columns of a simulated cohort: the head of the side is both of its labels.
    row = ",".join(("A", "R", *map(str, paths)))
    (tmp_path / "cohort.csv").write_text(f"case,side,image,segmentation\n{row}\n", encoding="utf-8")
    (case,) = read_cohort(tmp_path / "cohort.csv")
    image, mask = read_image(case.image), read_mask(case.mask)
    assert {1, 3} <= set(np.unique(mask.array))
    ours, theirs = (
        extract_radiomics(image, mask, "dlr-mri", case.label, engine).features
        for engine in ("native", "pyradiomics")
    )
    assert_same(ours, theirs, scale=1.0)


def test_ibsi_phantom() -> None:
    ours, theirs = both(*ibsi_phantom(), load_preset("ibsi"))
    assert_same(ours, theirs, scale=1.0)


def test_many_grey_levels() -> None:
    image, mask = ball((10, 11, 12))
    assert len(np.unique(np.floor(image.array[mask.array > 0]))) > 200
    assert_same(
        *both(image, mask, preset_of({"binWidth": 1}, None, {**CLASSES, "glcm": ("MCC", "Imc2")})), scale=1.0
    )


def test_the_number_of_threads_changes_nothing() -> None:
    from ONFHAssistLib.extract.native import extract

    image, mask = ball()
    preset = load_preset("dlr-mri")
    runs = [extract(image, mask, preset, lambda _share, _text: None, threads) for threads in (1, 3)]
    assert runs[0] == runs[1]


def test_comparison_names_the_largest_difference_and_the_speed() -> None:
    outcome = compare_engines(*ball(), preset_of({"binWidth": 10}))
    assert outcome["largest_difference"] < RELATIVE
    assert outcome["feature"] in outcome["native"].features
    assert outcome["speedup"] > 0
