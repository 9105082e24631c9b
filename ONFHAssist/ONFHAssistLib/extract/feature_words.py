"""The name of a feature in words, for axes and tables that a radiologist reads."""

from __future__ import annotations

import re

_CLASSES = {"firstorder": "first order", "shape": "shape", "shape2D": "shape"}
_SHORT = {
    "Id": "inverse difference",
    "Idn": "inverse difference, normalised",
    "Idm": "inverse difference moment",
    "Idmn": "inverse difference moment, normalised",
    "Imc1": "information measure of correlation 1",
    "Imc2": "information measure of correlation 2",
    "MCC": "maximal correlation coefficient",
}
_LOG = re.compile(r"log-sigma-(\d+)-(\d+)-mm")


def feature_in_words(name: str) -> str:
    """A radiomics name in words; any other name as it is.

    Example:
        >>> feature_in_words("wavelet-HLH_gldm_DependenceVariance")
        'dependence variance (GLDM), wavelet HLH'
        >>> feature_in_words("log-sigma-2-0-mm-3D_firstorder_10Percentile")
        '10th percentile (first order), LoG 2 mm'
        >>> feature_in_words("original_shape_Sphericity"), feature_in_words("DL_241")
        ('sphericity (shape)', 'DL_241')
    """
    parts = name.split("_")
    if len(parts) != 3:
        return name
    image, feature_class, feature = parts
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", feature).lower().replace("0 percentile", "0th percentile")
    words = _SHORT.get(feature, words)
    shown = f"{words} ({_CLASSES.get(feature_class, feature_class.upper())})"
    where = _image_in_words(image)
    return f"{shown}, {where}" if where else shown


def _image_in_words(image: str) -> str:
    if image == "original":
        return ""
    sigma = _LOG.match(image)
    if sigma:
        return f"LoG {float(f'{sigma[1]}.{sigma[2]}'):g} mm"
    return image.replace("-", " ")
