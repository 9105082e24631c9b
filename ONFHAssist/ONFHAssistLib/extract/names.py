"""The features that each class has, in the order in which PyRadiomics 3.0.1 reports them.

Deprecated features that PyRadiomics still computes when a preset names them are kept apart: "all features" of a
class never includes them. Those that PyRadiomics only warns about (for example GLCM Dissimilarity) yield nothing.
"""

from __future__ import annotations

import re

FEATURES: dict[str, tuple[str, ...]] = {
    "firstorder": (
        "10Percentile", "90Percentile", "Energy", "Entropy", "InterquartileRange", "Kurtosis", "Maximum",
        "MeanAbsoluteDeviation", "Mean", "Median", "Minimum", "Range", "RobustMeanAbsoluteDeviation",
        "RootMeanSquared", "Skewness", "TotalEnergy", "Uniformity", "Variance",
    ),
    "glcm": (
        "Autocorrelation", "ClusterProminence", "ClusterShade", "ClusterTendency", "Contrast", "Correlation",
        "DifferenceAverage", "DifferenceEntropy", "DifferenceVariance", "Id", "Idm", "Idmn", "Idn", "Imc1", "Imc2",
        "InverseVariance", "JointAverage", "JointEnergy", "JointEntropy", "MCC", "MaximumProbability", "SumAverage",
        "SumEntropy", "SumSquares",
    ),
    "gldm": (
        "DependenceEntropy", "DependenceNonUniformity", "DependenceNonUniformityNormalized", "DependenceVariance",
        "GrayLevelNonUniformity", "GrayLevelVariance", "HighGrayLevelEmphasis", "LargeDependenceEmphasis",
        "LargeDependenceHighGrayLevelEmphasis", "LargeDependenceLowGrayLevelEmphasis", "LowGrayLevelEmphasis",
        "SmallDependenceEmphasis", "SmallDependenceHighGrayLevelEmphasis", "SmallDependenceLowGrayLevelEmphasis",
    ),
    "glrlm": (
        "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "GrayLevelVariance", "HighGrayLevelRunEmphasis",
        "LongRunEmphasis", "LongRunHighGrayLevelEmphasis", "LongRunLowGrayLevelEmphasis", "LowGrayLevelRunEmphasis",
        "RunEntropy", "RunLengthNonUniformity", "RunLengthNonUniformityNormalized", "RunPercentage", "RunVariance",
        "ShortRunEmphasis", "ShortRunHighGrayLevelEmphasis", "ShortRunLowGrayLevelEmphasis",
    ),
    "glszm": (
        "GrayLevelNonUniformity", "GrayLevelNonUniformityNormalized", "GrayLevelVariance",
        "HighGrayLevelZoneEmphasis", "LargeAreaEmphasis", "LargeAreaHighGrayLevelEmphasis",
        "LargeAreaLowGrayLevelEmphasis", "LowGrayLevelZoneEmphasis", "SizeZoneNonUniformity",
        "SizeZoneNonUniformityNormalized", "SmallAreaEmphasis",
        "SmallAreaHighGrayLevelEmphasis", "SmallAreaLowGrayLevelEmphasis", "ZoneEntropy", "ZonePercentage",
        "ZoneVariance",
    ),
    "ngtdm": ("Busyness", "Coarseness", "Complexity", "Contrast", "Strength"),
    "shape": (
        "Elongation", "Flatness", "LeastAxisLength", "MajorAxisLength", "Maximum2DDiameterColumn",
        "Maximum2DDiameterRow", "Maximum2DDiameterSlice", "Maximum3DDiameter", "MeshVolume", "MinorAxisLength",
        "Sphericity", "SurfaceArea", "SurfaceVolumeRatio", "VoxelVolume",
    ),
    "shape2D": (
        "Elongation", "MajorAxisLength", "MaximumDiameter", "MeshSurface", "MinorAxisLength", "Perimeter",
        "PerimeterSurfaceRatio", "PixelSurface", "Sphericity",
    ),
}  # fmt: skip

# Computed only when a preset names them.
DEPRECATED: dict[str, tuple[str, ...]] = {
    "firstorder": ("StandardDeviation",),
    "shape": ("Compactness1", "Compactness2", "SphericalDisproportion"),
    "shape2D": ("SphericalDisproportion",),
}

# Accepted in a preset, because PyRadiomics accepts them, but never reported.
REMOVED: dict[str, tuple[str, ...]] = {
    "glcm": ("Dissimilarity", "Homogeneity1", "Homogeneity2", "SumVariance"),
    "gldm": ("DependencePercentage", "GrayLevelNonUniformityNormalized"),
}

IMAGE_TYPES = (
    "Exponential", "Gradient", "LBP2D", "LBP3D", "LoG", "Logarithm", "Original", "Square", "SquareRoot", "Wavelet",
)  # fmt: skip

_FAMILIES = (
    (re.compile(r"original$"), "Original"),
    (re.compile(r"wavelet\d*-[LH]+$"), "Wavelet"),
    (re.compile(r"log-sigma-.+-mm-3D$"), "LoG"),
    (re.compile(r"squareroot$"), "SquareRoot"),
    (re.compile(r"square$"), "Square"),
    (re.compile(r"logarithm$"), "Logarithm"),
    (re.compile(r"exponential$"), "Exponential"),
    (re.compile(r"gradient$"), "Gradient"),
    (re.compile(r"lbp-2D$"), "LBP2D"),
    (re.compile(r"lbp-3D-.+$"), "LBP3D"),
)


def split_name(feature: str) -> tuple[str, str, str]:
    """Image, class and feature of a full name.

    ``wavelet-HLH_gldm_DependenceVariance`` gives ``("wavelet-HLH", "gldm", "DependenceVariance")``.

    Raises:
        ValueError: not a name of this form.
    """
    parts = feature.split("_")
    if len(parts) != 3 or parts[1] not in FEATURES:
        raise ValueError(f"{feature!r} is not of the form image_class_Feature")
    return parts[0], parts[1], parts[2]


def image_type_of(image: str) -> str:
    """The image type (``Wavelet``) that an image name (``wavelet-HLH``) belongs to."""
    for pattern, family in _FAMILIES:
        if pattern.match(image):
            return family
    raise ValueError(f"{image!r} is not an image that PyRadiomics names")


def wanted_features(feature_class: str, listed: tuple[str, ...]) -> tuple[str, ...]:
    """Features that a preset's list asks for, in reporting order; an empty list means all but deprecated ones."""
    if not listed:
        return FEATURES[feature_class]
    removed = REMOVED.get(feature_class, ())
    return tuple(dict.fromkeys(name for name in listed if name not in removed))
