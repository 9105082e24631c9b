"""Formula and meaning of every feature, in plain text, for the feature browser.

Formulas: PyRadiomics 3.0.1's documentation and the IBSI reference manual, in this project's words. Symbols: x grey
value, n number of voxels, i and j grey levels (bins), p(i, j) share of neighbouring pairs, N(i, s) number of runs,
zones or dependences of level i and size s, m their number.
"""

from __future__ import annotations

# feature -> (formula, meaning)
FIRST_ORDER = {
    "10Percentile": (
        "10th percentile of x",
        "Grey value below which a tenth of the region lies: its dark part.",
    ),
    "90Percentile": (
        "90th percentile of x",
        "Grey value above which a tenth of the region lies: its bright part.",
    ),
    "Energy": ("sum of (x + shift)^2", "Brightness and size together; grows with the number of voxels."),
    "Entropy": (
        "-sum of p(i) log2 p(i)",
        "Disorder of the grey levels: bits needed to tell the level of a voxel.",
    ),
    "InterquartileRange": ("75th - 25th percentile of x", "Spread of the middle half of the grey values."),
    "Kurtosis": ("mean((x - mean)^4) / variance^2", "Weight of the tails; 3 for a normal distribution."),
    "Maximum": ("max x", "Brightest voxel."),
    "MeanAbsoluteDeviation": ("mean |x - mean|", "Average distance from the mean grey value."),
    "Mean": ("sum of x / n", "Average grey value."),
    "Median": ("50th percentile of x", "Middle grey value, insensitive to outliers."),
    "Minimum": ("min x", "Darkest voxel."),
    "Range": ("max x - min x", "Distance of the brightest from the darkest voxel."),
    "RobustMeanAbsoluteDeviation": (
        "mean |x - mean|, x between the 10th and 90th percentile",
        "Average distance from the mean without the tails.",
    ),
    "RootMeanSquared": (
        "sqrt(mean (x + shift)^2)",
        "Size of the grey values, independent of the number of voxels.",
    ),
    "Skewness": ("mean((x - mean)^3) / variance^1.5", "Asymmetry: positive with a long bright tail."),
    "StandardDeviation": ("sqrt(variance)", "Spread of the grey values (deprecated: the root of Variance)."),
    "TotalEnergy": ("voxel volume x Energy", "Energy scaled by the volume of a voxel."),
    "Uniformity": ("sum of p(i)^2", "Sameness of the grey levels: 1 where all voxels share one bin."),
    "Variance": ("mean (x - mean)^2", "Squared spread of the grey values."),
}
GLCM = {
    "Autocorrelation": ("sum of i j p(i,j)", "Coarseness weighted by brightness."),
    "ClusterProminence": (
        "sum of (i + j - mx - my)^4 p(i,j)",
        "Skewness and asymmetry of pairs, tails weighted most.",
    ),
    "ClusterShade": (
        "sum of (i + j - mx - my)^3 p(i,j)",
        "Asymmetry of pairs: positive with clusters of bright pairs.",
    ),
    "ClusterTendency": ("sum of (i + j - mx - my)^2 p(i,j)", "Grouping of voxels with similar grey levels."),
    "Contrast": ("sum of (i - j)^2 p(i,j)", "Local variation: large where neighbours differ much."),
    "Correlation": (
        "sum of (i - mx)(j - my) p(i,j) / (sx sy)",
        "Linear dependence of neighbouring grey levels, -1 to 1.",
    ),
    "DifferenceAverage": ("sum of |i - j| p(i,j)", "Average difference of neighbours."),
    "DifferenceEntropy": (
        "-sum of d(k) log2 d(k), d(k) share of |i - j| = k",
        "Disorder of the differences of neighbours.",
    ),
    "DifferenceVariance": ("sum of (k - mean)^2 d(k)", "Unevenness of the differences of neighbours."),
    "Id": ("sum of p(i,j) / (1 + |i - j|)", "Local homogeneity: near 1 where neighbours are alike."),
    "Idm": ("sum of p(i,j) / (1 + (i - j)^2)", "Local homogeneity with a quadratic penalty."),
    "Idmn": (
        "sum of p(i,j) / (1 + (i - j)^2 / Ng^2)",
        "Idm with differences relative to the number of levels.",
    ),
    "Idn": ("sum of p(i,j) / (1 + |i - j| / Ng)", "Id with differences relative to the number of levels."),
    "Imc1": (
        "(HXY - HXY1) / max(HX, HY)",
        "Information shared by neighbours, relative to their entropy; 0 if none.",
    ),
    "Imc2": ("sqrt(1 - exp(-2 (HXY2 - HXY)))", "Information shared by neighbours, 0 (independent) to 1."),
    "InverseVariance": ("sum over i != j of p(i,j) / (i - j)^2", "Share of small but real differences."),
    "JointAverage": ("sum of i p(i,j)", "Average grey level of the pairs."),
    "JointEnergy": ("sum of p(i,j)^2", "Sameness of the pairs: large where few kinds of pairs repeat."),
    "JointEntropy": ("-sum of p(i,j) log2 p(i,j)", "Disorder of the pairs."),
    "MCC": (
        "root of the second largest eigenvalue of Q",
        "Maximal correlation: complexity of the texture, 0 to 1.",
    ),
    "MaximumProbability": ("max p(i,j)", "Share of the most frequent pair."),
    "SumAverage": (
        "sum of (i + j) p(i,j)",
        "Average brightness of pairs; twice JointAverage in a symmetric matrix.",
    ),
    "SumEntropy": ("-sum of s(k) log2 s(k), s(k) share of i + j = k", "Disorder of the brightness of pairs."),
    "SumSquares": ("sum of (i - mx)^2 p(i,j)", "Variance of the grey levels of pairs."),
}
SHAPE = {
    "Elongation": (
        "sqrt(minor variance / major variance)",
        "1 for a round cross-section, towards 0 for a long one.",
    ),
    "Flatness": ("sqrt(least variance / major variance)", "1 for a ball, 0 for a plane."),
    "LeastAxisLength": ("4 sqrt(least variance), mm", "Shortest axis of the ellipsoid that fits the region."),
    "MajorAxisLength": (
        "4 sqrt(largest variance), mm",
        "Longest axis of the ellipsoid that fits the region.",
    ),
    "Maximum2DDiameterColumn": (
        "largest distance in a column plane, mm",
        "Largest diameter in the planes of x and z.",
    ),
    "Maximum2DDiameterRow": (
        "largest distance in a row plane, mm",
        "Largest diameter in the planes of y and z.",
    ),
    "Maximum2DDiameterSlice": ("largest distance in a slice, mm", "Largest diameter within the slices."),
    "Maximum3DDiameter": ("largest distance of two surface points, mm", "Largest diameter in space."),
    "MeshVolume": ("volume inside the surface mesh, mm^3", "Volume of the region, edges smoothed."),
    "MinorAxisLength": ("4 sqrt(middle variance), mm", "Middle axis of the ellipsoid that fits the region."),
    "Sphericity": ("(36 pi V^2)^(1/3) / A", "Roundness: 1 for a sphere, smaller for any other shape."),
    "SurfaceArea": ("area A of the surface mesh, mm^2", "Surface of the region."),
    "SurfaceVolumeRatio": ("A / V, 1/mm", "Compactness; falls with size."),
    "VoxelVolume": ("n x voxel volume, mm^3", "Volume by counting voxels."),
    "Compactness1": ("V / (sqrt(pi) A^1.5)", "Compactness (deprecated: follows from Sphericity)."),
    "Compactness2": ("36 pi V^2 / A^3", "Compactness (deprecated: Sphericity cubed)."),
    "SphericalDisproportion": ("A / (36 pi V^2)^(1/3)", "Inverse of Sphericity (deprecated)."),
}
SHAPE_2D = {
    "Elongation": (
        "sqrt(minor variance / major variance)",
        "1 for a round outline, towards 0 for a long one.",
    ),
    "MajorAxisLength": ("4 sqrt(larger variance), mm", "Longer axis of the ellipse that fits the outline."),
    "MaximumDiameter": ("largest distance of two outline points, mm", "Largest diameter."),
    "MeshSurface": ("area A inside the outline, mm^2", "Area, edges smoothed."),
    "MinorAxisLength": ("4 sqrt(smaller variance), mm", "Shorter axis of the ellipse that fits the outline."),
    "Perimeter": ("length P of the outline, mm", "Length around the region."),
    "PerimeterSurfaceRatio": ("P / A, 1/mm", "Compactness; falls with size."),
    "PixelSurface": ("n x pixel area, mm^2", "Area by counting pixels."),
    "Sphericity": ("2 sqrt(pi A) / P", "Roundness: 1 for a circle."),
    "SphericalDisproportion": ("P / (2 sqrt(pi A))", "Inverse of Sphericity (deprecated)."),
}
NGTDM = {
    "Busyness": (
        "sum of p(i) s(i) / sum of |i p(i) - j p(j)|",
        "Rapid changes between a voxel and its neighbourhood.",
    ),
    "Coarseness": ("1 / sum of p(i) s(i)", "Large where neighbourhoods change slowly: a coarse texture."),
    "Complexity": (
        "sum of |i - j| (p(i) s(i) + p(j) s(j)) / (p(i) + p(j)) / n",
        "Many rapid and large changes.",
    ),
    "Contrast": (
        "sum of p(i) p(j) (i - j)^2 / (Ng (Ng - 1)) x sum of s(i) / n",
        "Large differences of levels that lie next to each other.",
    ),
    "Strength": ("sum of (p(i) + p(j)) (i - j)^2 / sum of s(i)", "Distinct, easily seen primitives."),
}


def size_features(small: str, large: str, size: str, thing: str) -> dict[str, tuple[str, str]]:
    """Texts of a class that counts things of a size: runs, zones or dependences.

    Args:
        small, large: words of the feature names ("ShortRun", "LongRun").
        size: what the size is called in a sentence ("length").
        thing: plural ("runs").
    """
    low, high = "LowGrayLevel", "HighGrayLevel"
    return {
        f"{small}Emphasis": ("sum of N(i,s) / s^2 / m", f"Share of {thing} of small {size}: a fine texture."),
        f"{large}Emphasis": ("sum of N(i,s) s^2 / m", f"Share of {thing} of great {size}: a coarse texture."),
        f"{small}{low}Emphasis": ("sum of N(i,s) / (s^2 i^2) / m", f"Dark {thing} of small {size}."),
        f"{small}{high}Emphasis": ("sum of N(i,s) i^2 / s^2 / m", f"Bright {thing} of small {size}."),
        f"{large}{low}Emphasis": ("sum of N(i,s) s^2 / i^2 / m", f"Dark {thing} of great {size}."),
        f"{large}{high}Emphasis": ("sum of N(i,s) s^2 i^2 / m", f"Bright {thing} of great {size}."),
        "GrayLevelNonUniformity": (
            "sum over i of (sum over s of N)^2 / m",
            f"Unevenness of the grey levels of {thing}; small where they are spread evenly.",
        ),
        "GrayLevelNonUniformityNormalized": (
            "sum over i of (sum over s of N)^2 / m^2",
            f"The same, independent of the number of {thing}.",
        ),
        "GrayLevelVariance": ("sum of (i - mean)^2 N(i,s) / m", f"Variance of the grey levels of {thing}."),
    }


RUNS = {
    **size_features("ShortRun", "LongRun", "length", "runs"),
    "LowGrayLevelRunEmphasis": ("sum of N(i,s) / i^2 / m", "Share of dark runs."),
    "HighGrayLevelRunEmphasis": ("sum of N(i,s) i^2 / m", "Share of bright runs."),
    "RunLengthNonUniformity": ("sum over s of (sum over i of N)^2 / m", "Unevenness of the lengths of runs."),
    "RunLengthNonUniformityNormalized": (
        "sum over s of (sum over i of N)^2 / m^2",
        "The same, independent of their number.",
    ),
    "RunPercentage": ("m / n", "Fineness: 1 where every run is a single voxel."),
    "RunVariance": ("sum of (s - mean)^2 N(i,s) / m", "Variance of the lengths of runs."),
    "RunEntropy": ("-sum of N/m log2(N/m)", "Disorder of runs in level and length."),
}
ZONES = {
    **size_features("SmallArea", "LargeArea", "size", "zones"),
    "LowGrayLevelZoneEmphasis": ("sum of N(i,s) / i^2 / m", "Share of dark zones."),
    "HighGrayLevelZoneEmphasis": ("sum of N(i,s) i^2 / m", "Share of bright zones."),
    "SizeZoneNonUniformity": ("sum over s of (sum over i of N)^2 / m", "Unevenness of the sizes of zones."),
    "SizeZoneNonUniformityNormalized": (
        "sum over s of (sum over i of N)^2 / m^2",
        "The same, independent of their number.",
    ),
    "ZonePercentage": ("m / n", "Fineness: 1 where every zone is a single voxel."),
    "ZoneVariance": ("sum of (s - mean)^2 N(i,s) / m", "Variance of the sizes of zones."),
    "ZoneEntropy": ("-sum of N/m log2(N/m)", "Disorder of zones in level and size."),
}
DEPENDENCES = {
    **size_features("SmallDependence", "LargeDependence", "dependence", "neighbourhoods"),
    "LowGrayLevelEmphasis": ("sum of N(i,s) / i^2 / m", "Share of dark voxels."),
    "HighGrayLevelEmphasis": ("sum of N(i,s) i^2 / m", "Share of bright voxels."),
    "DependenceNonUniformity": (
        "sum over s of (sum over i of N)^2 / m",
        "Unevenness of how many neighbours are alike.",
    ),
    "DependenceNonUniformityNormalized": (
        "sum over s of (sum over i of N)^2 / m^2",
        "The same, independent of the voxels.",
    ),
    "DependenceVariance": ("sum of (s - mean)^2 N(i,s) / m", "Variance of how many neighbours are alike."),
    "DependenceEntropy": ("-sum of N/m log2(N/m)", "Disorder of level and alike neighbours together."),
}
