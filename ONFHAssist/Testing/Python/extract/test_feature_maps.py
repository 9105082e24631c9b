"""Voxel-wise maps: PyRadiomics' values where it is installed, back on the grid of the input, cancelled in time."""

from __future__ import annotations

import numpy as np
import pytest
import SimpleITK as sitk  # noqa: N813 - its documented short name
from support.random_regions import preset_of
from support.regions import ball, skip_without

from ONFHAssistLib.core.errors import Cancelled, InputError
from ONFHAssistLib.extract.feature_maps import feature_map
from ONFHAssistLib.imaging.image import Image

NAMES = {
    "firstorder": ("Mean", "Entropy", "Range", "90Percentile", "Skewness"),
    "glcm": ("Contrast", "JointEntropy", "Idmn", "Imc1"),
    "glrlm": ("RunEntropy", "ShortRunEmphasis", "RunPercentage"),
    "glszm": ("ZoneEntropy", "LargeAreaEmphasis"),
    "gldm": ("DependenceEntropy", "LargeDependenceEmphasis"),
    "ngtdm": ("Busyness", "Strength", "Coarseness"),
}


@pytest.mark.parametrize("radius", [1, 2])
def test_maps_equal_pyradiomics(radius: int) -> None:
    skip_without("pyradiomics")
    from radiomics.featureextractor import RadiomicsFeatureExtractor

    image, mask = ball((6, 7, 8), (1.0, 1.3, 2.0), seed=6)
    preset = preset_of({"binWidth": 60}, None, NAMES)
    extractor = RadiomicsFeatureExtractor(
        {**preset.parameters(), "voxelSetting": {"kernelRadius": radius}}, additionalInfo=False
    )
    with np.errstate(all="ignore"):
        theirs = extractor.execute(
            image.to_sitk(), sitk.Cast(mask.to_sitk(), sitk.sitkUInt32), voxelBased=True
        )
    where = np.nonzero(mask.array)
    box = tuple(slice(axis.min(), axis.max() + 1) for axis in where)
    for name, volume in theirs.items():
        ours = feature_map(image, mask, name, preset, radius)
        # PyRadiomics keeps a border of the kernel's radius around the region
        start = [round(float(v)) for v in image.point_to_index(volume.GetOrigin())][::-1]
        inner = tuple(slice(s.start - o, s.stop - o) for s, o in zip(box, start, strict=True))
        expected = np.nan_to_num(sitk.GetArrayFromImage(volume)[inner]) * (mask.array[box] > 0)
        np.testing.assert_allclose(ours.array[box], expected, rtol=1e-5, atol=1e-5, err_msg=name)


def test_map_of_a_step_is_high_at_the_step_and_zero_outside() -> None:
    array = np.zeros((7, 12, 12), np.float32)
    array[:, :, 6:] = 200
    image = Image(array, (1.0, 1.0, 1.0))
    inside = np.zeros_like(array, np.uint8)
    inside[1:-1, 1:-1, 1:-1] = 1
    found = feature_map(image, image.like(inside), "original_glcm_Contrast", preset_of({"binWidth": 25}))
    assert (found.array[inside == 0] == 0).all()
    assert (found.array[2:5, 2:-2, 5:7] > 1).all()
    assert (found.array[2:5, 2:-2, 2:4] == 0).all()


@pytest.mark.parametrize("direction", [(1, 0, 0, 0, 1, 0, 0, 0, 1), (0, -1, 0, 1, 0, 0, 0, 0, -1)])
def test_map_of_a_resampled_image_comes_back_on_the_input(direction: tuple) -> None:
    shape, spacing = (8, 20, 20), (1.0, 1.0, 3.0)
    grid = Image(np.zeros(shape, np.float32), spacing, (10.0, -5.0, 30.0), direction)
    z, y, x = np.meshgrid(*(np.arange(n) for n in shape), indexing="ij")
    image = grid.like((100 * (x >= 10) + 20 * (y % 2)).astype(np.float32))
    mask = grid.like(((abs(z - 4) < 3) & (abs(y - 10) < 6) & (abs(x - 10) < 6)).astype(np.uint8))
    preset = preset_of({"binWidth": 10, "resampledPixelSpacing": [1.0, 1.0, 1.5]})
    found = feature_map(image, mask, "original_firstorder_Range", preset)
    assert found.same_grid(image)
    assert found.metadata["feature"] == "original_firstorder_Range"
    strong = found.array[4] > 80
    assert strong[8:13, 9:11].all()
    assert not strong[:, :8].any()
    assert not strong[:, 12:].any()


def test_progress_runs_to_one_and_cancel_stops() -> None:
    image, mask = ball()
    shares: list[float] = []
    feature_map(
        image, mask, "original_firstorder_Mean", preset_of({}), progress=lambda s, _t: shares.append(s)
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with pytest.raises(Cancelled):
        feature_map(image, mask, "original_glcm_Contrast", preset_of({}), cancelled=lambda: len(shares) > 0)


@pytest.mark.parametrize(
    ("name", "radius", "part"),
    [
        ("original_shape_Sphericity", 1, "as a whole"),
        ("original_glcm_Contrst", 1, "no feature"),
        ("wavelet-LLH_glcm_Contrast", 1, "makes no image 'wavelet-LLH'"),
        ("original_glcm_Contrast", 0, "at least 1"),
    ],
)
def test_a_map_that_cannot_be_is_refused(name: str, radius: int, part: str) -> None:
    with pytest.raises(InputError) as caught:
        feature_map(*ball(), name, preset_of({}), radius)
    assert part in str(caught.value)
