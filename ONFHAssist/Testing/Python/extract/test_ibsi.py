"""The IBSI digital phantom: every published consensus value, to its published digits."""

from __future__ import annotations

import json
import math

import pytest
from support.regions import ibsi_phantom, skip_without
from support.shared_data import shared_data

from ONFHAssistLib.extract.radiomics import ENGINES, extract_radiomics

_RUNS = {
    "sre": "ShortRunEmphasis", "lre": "LongRunEmphasis", "lgre": "LowGrayLevelRunEmphasis",
    "hgre": "HighGrayLevelRunEmphasis", "srlge": "ShortRunLowGrayLevelEmphasis",
    "srhge": "ShortRunHighGrayLevelEmphasis", "lrlge": "LongRunLowGrayLevelEmphasis",
    "lrhge": "LongRunHighGrayLevelEmphasis", "glnu": "GrayLevelNonUniformity",
    "glnu_norm": "GrayLevelNonUniformityNormalized", "rlnu": "RunLengthNonUniformity",
    "rlnu_norm": "RunLengthNonUniformityNormalized", "r_perc": "RunPercentage", "gl_var": "GrayLevelVariance",
    "rl_var": "RunVariance", "rl_entr": "RunEntropy",
}  # fmt: skip
_ZONES = {
    "sze": "SmallAreaEmphasis", "lze": "LargeAreaEmphasis", "lgze": "LowGrayLevelZoneEmphasis",
    "hgze": "HighGrayLevelZoneEmphasis", "szlge": "SmallAreaLowGrayLevelEmphasis",
    "szhge": "SmallAreaHighGrayLevelEmphasis", "lzlge": "LargeAreaLowGrayLevelEmphasis",
    "lzhge": "LargeAreaHighGrayLevelEmphasis", "glnu": "GrayLevelNonUniformity",
    "glnu_norm": "GrayLevelNonUniformityNormalized", "zsnu": "SizeZoneNonUniformity",
    "zsnu_norm": "SizeZoneNonUniformityNormalized", "z_perc": "ZonePercentage", "gl_var": "GrayLevelVariance",
    "zs_var": "ZoneVariance", "zs_entr": "ZoneEntropy",
}  # fmt: skip
_DEPENDENCE = {
    "lde": "SmallDependenceEmphasis", "hde": "LargeDependenceEmphasis", "lgce": "LowGrayLevelEmphasis",
    "hgce": "HighGrayLevelEmphasis", "ldlge": "SmallDependenceLowGrayLevelEmphasis",
    "ldhge": "SmallDependenceHighGrayLevelEmphasis", "hdlge": "LargeDependenceLowGrayLevelEmphasis",
    "hdhge": "LargeDependenceHighGrayLevelEmphasis", "glnu": "GrayLevelNonUniformity",
    "dcnu": "DependenceNonUniformity", "dcnu_norm": "DependenceNonUniformityNormalized",
    "gl_var": "GrayLevelVariance", "dc_var": "DependenceVariance", "dc_entr": "DependenceEntropy",
}  # fmt: skip
_PAIRS = {
    "joint_max": "MaximumProbability", "joint_avg": "JointAverage", "joint_var": "SumSquares",
    "joint_entr": "JointEntropy", "diff_avg": "DifferenceAverage", "diff_var": "DifferenceVariance",
    "diff_entr": "DifferenceEntropy", "sum_avg": "SumAverage", "sum_entr": "SumEntropy", "energy": "JointEnergy",
    "contrast": "Contrast", "inv_diff": "Id", "inv_diff_norm": "Idn", "inv_diff_mom": "Idm",
    "inv_diff_mom_norm": "Idmn", "inv_var": "InverseVariance", "corr": "Correlation",
    "auto_corr": "Autocorrelation", "clust_tend": "ClusterTendency", "clust_shade": "ClusterShade",
    "clust_prom": "ClusterProminence", "info_corr1": "Imc1", "info_corr2": "Imc2",
}  # fmt: skip
_FIRST_ORDER = {
    "stat_mean": "Mean", "stat_var": "Variance", "stat_skew": "Skewness", "stat_kurt": "Kurtosis",
    "stat_median": "Median", "stat_min": "Minimum", "stat_p10": "10Percentile", "stat_p90": "90Percentile",
    "stat_max": "Maximum", "stat_iqr": "InterquartileRange", "stat_range": "Range",
    "stat_mad": "MeanAbsoluteDeviation", "stat_rmad": "RobustMeanAbsoluteDeviation", "stat_energy": "Energy",
    "stat_rms": "RootMeanSquared", "ih_entropy": "Entropy", "ih_uniformity": "Uniformity",
}  # fmt: skip
_SHAPE = {
    "morph_volume": "MeshVolume", "morph_vol_approx": "VoxelVolume", "morph_area_mesh": "SurfaceArea",
    "morph_av": "SurfaceVolumeRatio", "morph_sphericity": "Sphericity", "morph_diam": "Maximum3DDiameter",
    "morph_pca_maj_axis": "MajorAxisLength", "morph_pca_min_axis": "MinorAxisLength",
    "morph_pca_least_axis": "LeastAxisLength", "morph_pca_elongation": "Elongation",
    "morph_pca_flatness": "Flatness",
}  # fmt: skip
_TONE = ("coarseness", "contrast", "busyness", "complexity", "strength")

FEATURE_OF = {
    **{tag: f"original_shape_{name}" for tag, name in _SHAPE.items()},
    **{tag: f"original_firstorder_{name}" for tag, name in _FIRST_ORDER.items()},
    **{f"cm_{tag}_3D_avg": f"original_glcm_{name}" for tag, name in _PAIRS.items()},
    **{f"rlm_{tag}_3D_avg": f"original_glrlm_{name}" for tag, name in _RUNS.items()},
    **{f"szm_{tag}_3D": f"original_glszm_{name}" for tag, name in _ZONES.items()},
    **{f"ngl_{tag}_3D": f"original_gldm_{name}" for tag, name in _DEPENDENCE.items()},
    **{f"ngt_{tag}_3D": f"original_ngtdm_{tag.capitalize()}" for tag in _TONE},
}
DIFFERENT = {"stat_kurt", "morph_pca_maj_axis", "morph_pca_min_axis", "morph_pca_least_axis"}


def agrees(value: float, published: float) -> bool:
    """Whether ``value`` rounds to what was published with three significant digits."""
    digit = 10.0 ** (math.floor(math.log10(abs(published))) - 2)
    return abs(value - published) <= 0.5 * digit * (1 + 1e-9)


@pytest.fixture(scope="module", params=ENGINES)
def phantom_features(request: pytest.FixtureRequest) -> dict[str, float]:
    skip_without(request.param)
    return extract_radiomics(*ibsi_phantom(), "ibsi", engine=request.param).features


@pytest.fixture(scope="module")
def published() -> dict[str, float]:
    return json.loads(shared_data("ibsi_digital_phantom", "reference_3d_average.json").read_text())


def test_every_published_tag_has_a_feature(published: dict) -> None:
    assert set(published) == set(FEATURE_OF)


@pytest.mark.parametrize("tag", sorted(set(FEATURE_OF) - DIFFERENT))
def test_feature_equals_the_published_consensus(tag: str, phantom_features: dict, published: dict) -> None:
    value = phantom_features[FEATURE_OF[tag]]
    assert agrees(value, published[tag]), f"{FEATURE_OF[tag]} is {value}, published {published[tag]}"


def test_kurtosis_is_not_reduced_by_three(phantom_features: dict, published: dict) -> None:
    value = phantom_features["original_firstorder_Kurtosis"]
    assert not agrees(value, published["stat_kurt"])
    assert agrees(value - 3, published["stat_kurt"])


@pytest.mark.parametrize("tag", sorted(DIFFERENT - {"stat_kurt"}))
def test_axis_lengths_divide_the_covariance_by_all_voxels(
    tag: str, phantom_features: dict, published: dict
) -> None:
    value = phantom_features[FEATURE_OF[tag]]
    assert not agrees(value, published[tag])
    assert agrees(value * math.sqrt(74 / 73), published[tag])
