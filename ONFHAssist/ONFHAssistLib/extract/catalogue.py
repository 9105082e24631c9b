"""The catalogue of features: class, image, formula and meaning of each, for a browser that finds and sorts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..core.names import is_deep
from . import feature_texts as texts
from .names import FEATURES, image_type_of, split_name
from .presets import Preset, load_preset

CLASS_TITLES = {
    "firstorder": "First order",
    "shape": "Shape",
    "shape2D": "Shape in a plane",
    "glcm": "Grey level co-occurrence (GLCM)",
    "glrlm": "Grey level run length (GLRLM)",
    "glszm": "Grey level size zone (GLSZM)",
    "gldm": "Grey level dependence (GLDM)",
    "ngtdm": "Neighbouring grey tone difference (NGTDM)",
    "deep": "Deep features (ResNet18)",
}
CLASS_MEANINGS = {
    "firstorder": "How the grey values of the region are distributed, wherever they lie.",
    "shape": "Size and form of the outline; grey values play no part.",
    "shape2D": "Size and form of the outline in one plane.",
    "glcm": "How often two grey levels lie next to each other; the mean over 13 directions.",
    "glrlm": "How long a grey level stays the same along a line; the mean over 13 directions.",
    "glszm": "How large connected zones of one grey level are.",
    "gldm": "How many neighbours of a voxel have its grey level.",
    "ngtdm": "How far a voxel is from the mean of its neighbours.",
    "deep": "What a network trained on pictures responds to in the slice where the region is largest.",
}
IMAGE_MEANINGS = {
    "Original": "The image as prepared (normalised and resampled where the preset says so).",
    "Wavelet": "A wavelet band; one letter an axis (x, y, z): L keeps the coarse part, H the detail along it.",
    "LoG": "Laplacian of Gaussian: edges and spots of the size of sigma.",
    "Square": "Grey values squared, scaled to their range: contrast of the bright part.",
    "SquareRoot": "Square root of the grey values: contrast of the dark part.",
    "Logarithm": "Logarithm of the grey values: contrast of the dark part, more strongly.",
    "Exponential": "Exponential of the grey values: contrast of the brightest part.",
    "Gradient": "Steepness of the grey values: edges of any direction.",
    "LBP2D": "Local binary pattern in the slice: which neighbours are brighter, as a code.",
    "LBP3D": "Local binary pattern on a sphere, invariant to rotation.",
}
_TEXTS = {
    "firstorder": texts.FIRST_ORDER,
    "shape": texts.SHAPE,
    "shape2D": texts.SHAPE_2D,
    "glcm": texts.GLCM,
    "glrlm": texts.RUNS,
    "glszm": texts.ZONES,
    "gldm": texts.DEPENDENCES,
    "ngtdm": texts.NGTDM,
}


@dataclass(frozen=True)
class FeatureInfo:
    """What is to be said about one feature.

    Attributes:
        name: full name, for example ``wavelet-HLH_gldm_DependenceVariance``.
        image: ``wavelet-HLH``; empty for deep features.
        image_type: ``Wavelet``.
        feature_class: ``gldm``.
        feature: ``DependenceVariance``.
        formula: plain text.
        meaning: one sentence on the feature.
        image_meaning: one sentence on the image.
        mappable: whether a voxel-wise map of it can be made.
    """

    name: str
    image: str
    image_type: str
    feature_class: str
    feature: str
    formula: str
    meaning: str
    image_meaning: str
    mappable: bool


def describe_feature(name: str) -> FeatureInfo:
    """The catalogue entry of a feature by its full name.

    Raises:
        ValueError: no feature has this name.
    """
    if is_deep(name) and int(name[3:]) < 512:
        formula = f"average pooling of channel {name[3:]} of the last block"
        return FeatureInfo(name, "", "", "deep", name, formula, CLASS_MEANINGS["deep"], "", mappable=False)
    image, feature_class, feature = split_name(name)
    known = _TEXTS[feature_class]
    if feature not in known:
        raise ValueError(f"{feature!r} is not a feature of {feature_class}")
    formula, meaning = known[feature]
    kind = image_type_of(image)
    mappable = not feature_class.startswith("shape")
    return FeatureInfo(
        name, image, kind, feature_class, feature, formula, meaning, IMAGE_MEANINGS[kind], mappable
    )


def find_features(
    names: Iterable[str], text: str = "", feature_class: str = "", image_type: str = ""
) -> list[FeatureInfo]:
    """Entries of ``names`` that match all that is given.

    Args:
        names: full names, for example the columns of a table.
        text: every word of it must occur in the name, the formula or the meaning; case does not matter.
        feature_class: for example "glcm".
        image_type: for example "Wavelet".
    """
    words = text.lower().split()
    found = []
    for entry in map(describe_feature, names):
        haystack = f"{entry.name} {entry.formula} {entry.meaning} {CLASS_TITLES[entry.feature_class]}".lower()
        fits = (not feature_class or entry.feature_class == feature_class) and (
            not image_type or entry.image_type == image_type
        )
        if fits and all(word in haystack for word in words):
            found.append(entry)
    return found


def image_names_of(preset: Preset | str) -> list[str]:
    """Names of the images that a preset makes of a volume large enough for all of its filters, in order."""
    preset = load_preset(preset)
    found: list[str] = []
    for kind, own in preset.image_types.items():
        settings = {**preset.settings, **own}
        found += _IMAGES.get(kind, lambda _settings, kind=kind: [kind.lower()])(settings)
    return found


def feature_names_of(preset: Preset | str) -> list[str]:
    """Full names of the features that a preset gives, in the order of the engines."""
    preset = load_preset(preset)
    found = [f"original_shape_{name}" for name in preset.features_of("shape")]
    if preset.settings.get("force2D", False):
        found += [f"original_shape2D_{name}" for name in preset.features_of("shape2D")]
    for image in image_names_of(preset):
        for feature_class in preset.feature_classes:
            if not feature_class.startswith("shape"):
                found += [f"{image}_{feature_class}_{name}" for name in preset.features_of(feature_class)]
    return found


def _wavelet_images(settings: dict) -> list[str]:
    axes = 2 if settings.get("force2D", False) else 3
    bands = [format(k, f"0{axes}b").replace("0", "L").replace("1", "H") for k in range(1, 2**axes)]
    levels = int(settings.get("level", 1))
    found = [
        f"wavelet{'' if level == 1 else level}-{band}" for level in range(1, levels + 1) for band in bands
    ]
    return [*found, f"wavelet{'' if levels == 1 else levels}-{'L' * axes}"]


_IMAGES = {
    "LoG": lambda settings: [
        f"log-sigma-{str(s).replace('.', '-')}-mm-3D" for s in settings.get("sigma", [])
    ],
    "Wavelet": _wavelet_images,
    "LBP2D": lambda _settings: ["lbp-2D"],
    "LBP3D": lambda settings: [
        *(f"lbp-3D-m{level + 1}" for level in range(int(settings.get("lbp3DLevels", 2)))),
        "lbp-3D-k",
    ],
}
assert set(_TEXTS) == set(FEATURES)
