"""Extraction settings as files: PyRadiomics' own parameter files, read unchanged and checked before use.

The keys, their types and their ranges are those of PyRadiomics 3.0.1
(https://pyradiomics.readthedocs.io/en/latest/customization.html).
"""

from __future__ import annotations

import difflib
import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ..core.errors import InputError
from ..core.resources import resource_path
from .names import DEPRECATED, FEATURES, IMAGE_TYPES, REMOVED, wanted_features

SECTIONS = ("imageType", "featureClass", "setting", "voxelSetting")
INTERPOLATORS = (
    "sitkNearestNeighbor", "sitkLinear", "sitkBSpline", "sitkGaussian", "sitkLabelGaussian",
    "sitkHammingWindowedSinc", "sitkCosineWindowedSinc", "sitkWelchWindowedSinc", "sitkLanczosWindowedSinc",
    "sitkBlackmanWindowedSinc",
)  # fmt: skip
# What is wrong with a value, as the words for what is expected; None where it is right.
Check = Callable[[Any], str | None]
_WEIGHTINGS = ("euclidean", "manhattan", "infinity", "no_weighting")


@dataclass(frozen=True)
class Preset:
    """What to extract, and how.

    Attributes:
        name: the name of a shipped preset, or the stem of the file.
        settings: PyRadiomics' ``setting`` and ``voxelSetting`` together; only what the file states.
        image_types: image type to the settings that hold for it alone, in order.
        feature_classes: class to the features named in the file (empty: all of the class), in order.
        sha256: of the file, with line ends as "\\n"; it travels with every table.
        path: the file.
        description: the first comment of the file.

    Example:
        >>> preset = load_preset("dlr-mri")
        >>> list(preset.image_types), len(preset.features_of("glcm"))
        (['Original', 'LoG', 'Wavelet'], 22)
        >>> preset.settings["resampledPixelSpacing"], preset.settings["binWidth"]
        ([1, 1, 1], 5)
        >>> coarse = preset.with_settings(binWidth=25)  # the change has a hash of its own
        >>> coarse.name, coarse.sha256 == preset.sha256
        ('dlr-mri*', False)
    """

    name: str
    settings: Mapping[str, Any]
    image_types: Mapping[str, Mapping[str, Any]]
    feature_classes: Mapping[str, tuple[str, ...]]
    sha256: str
    path: Path | None = None
    description: str = ""

    def parameters(self) -> dict[str, dict]:
        """The preset as the dictionary that PyRadiomics' extractor takes."""
        setting = {k: v for k, v in self.settings.items() if v is not None and k not in _VOXEL_KEYS}
        # With a whole number as width NumPy 2 adds it to 8-bit grey values in 8 bits, and the upper edge overflows.
        setting.update({k: float(v) for k, v in setting.items() if k == "binWidth"})
        return {
            "imageType": {name: dict(own) for name, own in self.image_types.items()},
            "featureClass": {name: list(listed) for name, listed in self.feature_classes.items()},
            "setting": setting,
        }

    @property
    def label(self) -> int:
        """Label of the region in a mask, where nobody says another: the file's, else 1 as in PyRadiomics."""
        return int(self.settings.get("label", 1))

    @property
    def layer(self) -> int | None:
        """Layer that the file takes of a mask whose segments overlap (``label_channel``), from 0; None: it names none."""
        layer = self.settings.get("label_channel")
        return None if layer is None else int(layer)

    def require_regions(self) -> None:
        """Refuse settings for maps where features of a region are wanted.

        Raises:
            InputError: the file has a section ``voxelSetting``.
        """
        if any(key in self.settings for key in _VOXEL_KEYS):
            raise InputError(
                f"The preset {self.name} is for voxel-based extraction (its section voxelSetting). Maps are made in "
                "ONFHExtract with the button Make map (in scripts by extract.feature_maps.feature_map); for the features "
                "of a region take that section out."
            )

    def features_of(self, feature_class: str) -> tuple[str, ...]:
        """Features of a class that this preset reports, in order; empty where the class is not asked for."""
        if feature_class not in self.feature_classes:
            return ()
        return wanted_features(feature_class, self.feature_classes[feature_class])

    def with_settings(self, **settings: object) -> Preset:
        """This preset with other settings; its hash then covers both the file and the change.

        Raises:
            InputError: an unknown key or a value outside its range.
        """
        _check_settings(settings, f"the change of preset {self.name}", _KEYS)
        changed = json.dumps(settings, sort_keys=True, default=str)
        digest = hashlib.sha256(f"{self.sha256} {changed}".encode()).hexdigest()
        merged = MappingProxyType({**self.settings, **settings})
        return Preset(f"{self.name}*", merged, self.image_types, self.feature_classes, digest, self.path)

    def __reduce__(self) -> tuple:
        plain = (
            dict(self.settings),
            {k: dict(v) for k, v in self.image_types.items()},
            dict(self.feature_classes),
        )
        return (Preset, (self.name, *plain, self.sha256, self.path, self.description))


# checks of values -----------------------------------------------------------------------------------------


def _number(
    low: float | None = None, above: float | None = None, high: float | None = None, infinite: bool = False
) -> Check:
    def check(value: Any) -> str | None:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        good = good and (math.isfinite(value) or (infinite and not math.isnan(value)))
        good = good and (low is None or value >= low) and (above is None or value > above)
        limits = [
            f"at least {low:g}" if low is not None else "",
            f"above {above:g}" if above is not None else "",
        ]
        limits.append(f"at most {high:g}" if high is not None else "")
        wanted = ", ".join(text for text in limits if text)
        return None if good and (high is None or value <= high) else f"a number {wanted}".strip()

    return check


def _whole(low: int | None = None, high: int | None = None) -> Check:
    number = _number(low=low, high=high)

    def check(value: Any) -> str | None:
        wanted = number(value)
        if wanted is None and float(value).is_integer():
            return None
        return (wanted or number(None) or "a number").replace("a number", "a whole number")

    return check


def _each(check_one: Check, length: tuple[int, ...] = ()) -> Check:
    def check(value: object) -> str | None:
        size = " or ".join(str(n) for n in length)
        if not isinstance(value, list | tuple) or (length and len(value) not in length):
            return f"a list of {size} numbers" if length else "a list of numbers"
        return next((f"a list with each {wanted}" for wanted in map(check_one, value) if wanted), None)

    return check


def _one_of(*names: str, none: bool = False) -> Check:
    return lambda value: None if value in names or (none and value is None) else "one of " + ", ".join(names)


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _wavelet(value: object) -> str | None:
    import pywt

    known = pywt.wavelist(kind="discrete")
    if value in known:
        return None
    near = difflib.get_close_matches(str(value), known, 1)
    return "a discrete wavelet of PyWavelets" + (
        f", for example {near[0]}" if near else ", for example coif1"
    )


def _interpolator(value: object) -> str | None:
    if (
        value is None
        or value in INTERPOLATORS
        or (isinstance(value, int) and 1 <= value <= len(INTERPOLATORS))
    ):
        return None
    return "one of " + ", ".join(INTERPOLATORS)


def _any_number(value: object) -> str | None:
    """Not a number included: it marks what lies outside a map."""
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "a number or nan"


_VOXEL_KEYS: dict[str, Check] = {
    "kernelRadius": _whole(1), "maskedKernel": _flag, "initValue": _any_number, "voxelBatch": _whole(1),
}  # fmt: skip
_KEYS: dict[str, Check] = {
    "minimumROIDimensions": _whole(1, 3),
    "minimumROISize": _whole(1),
    "geometryTolerance": _number(above=0),
    "correctMask": _flag,
    "additionalInfo": _flag,
    "label": _whole(1),
    "label_channel": _whole(0),
    "binWidth": _number(above=0),
    "binCount": _whole(1),
    "normalize": _flag,
    "normalizeScale": _number(above=0),
    "removeOutliers": _number(above=0),
    "resampledPixelSpacing": _each(_number(low=0), (2, 3)),
    "interpolator": _interpolator,
    "padDistance": _whole(0),
    "distances": _each(_whole(1)),
    "force2D": _flag,
    "force2Ddimension": _whole(0, 2),
    "resegmentRange": _each(_number(infinite=True), (1, 2)),
    "resegmentMode": _one_of("absolute", "relative", "sigma"),
    "resegmentShape": _flag,
    "preCrop": _flag,
    "sigma": _each(_number(above=0)),
    "start_level": _whole(0),
    "level": _whole(1),
    "wavelet": _wavelet,
    "gradientUseSpacing": _flag,
    "lbp2DRadius": _number(above=0),
    "lbp2DSamples": _whole(1),
    "lbp2DMethod": _one_of("default", "ror", "uniform", "var"),
    "lbp3DLevels": _whole(1),
    "lbp3DIcosphereRadius": _number(above=0),
    "lbp3DIcosphereSubdivision": _whole(0),
    "voxelArrayShift": _whole(),
    "symmetricalGLCM": _flag,
    "weightingNorm": _one_of(*_WEIGHTINGS, none=True),
    "gldm_a": _whole(0),
}
# They act before any filter, once for all images; PyRadiomics passes over them in silence where one image type has them.
_OF_ALL_IMAGES = {
    "minimumROIDimensions", "minimumROISize", "geometryTolerance", "correctMask", "additionalInfo", "label",
    "label_channel", "normalize", "normalizeScale", "removeOutliers", "resampledPixelSpacing", "interpolator",
    "padDistance", "resegmentRange", "resegmentMode", "resegmentShape", "preCrop",
}  # fmt: skip
_MAY_BE_NULL = {
    "minimumROISize", "binCount", "removeOutliers", "resampledPixelSpacing", "interpolator", "resegmentRange",
    "weightingNorm", "geometryTolerance",
}  # fmt: skip


def _unknown(kind: str, key: object, known: Iterable[str], where: str) -> InputError:
    known = list(known)
    lowered = {name.lower(): name for name in known}
    near = difflib.get_close_matches(str(key).lower(), lowered, 1, cutoff=0.5)
    hint = f"did you mean {lowered[near[0]]!r}?" if near else f"known are {', '.join(known)}."
    return InputError(f"{where} has the unknown {kind} {key!r}; {hint}")


def _check_settings(settings: Mapping, where: str, known: Mapping[str, Check]) -> None:
    for key, value in settings.items():
        if key not in known:
            raise _unknown("setting", key, known, where)
        if value is None and key in _MAY_BE_NULL:
            continue
        wanted = known[key](value)
        if wanted:
            raise InputError(f"{where} sets {key} to {value!r}; it should be {wanted}.")


def _section(document: Mapping, name: str, where: str) -> Mapping:
    part = document.get(name)
    if part is None:
        return {}
    if not isinstance(part, Mapping):
        raise InputError(f"{where} has a section {name!r} that is not a list of 'key: value' lines.")
    return part


def _image_types(part: Mapping, where: str) -> Mapping[str, Mapping[str, Any]]:
    for name, own in part.items():
        if name not in IMAGE_TYPES:
            raise _unknown("image type", name, IMAGE_TYPES, where)
        if own is not None and not isinstance(own, Mapping):
            raise InputError(f"{where} gives image type {name!r} the value {own!r}; write '{name}: {{}}'.")
        _check_settings(own or {}, f"{where} (image type {name})", _KEYS)
        misplaced = next((key for key in own or {} if key in _OF_ALL_IMAGES), None)
        if misplaced:
            raise InputError(
                f"{where} sets {misplaced} for image type {name!r} alone, where it has no effect; write it under "
                "'setting'."
            )
    chosen = {name: MappingProxyType(dict(own or {})) for name, own in part.items()}
    return MappingProxyType(chosen or {"Original": MappingProxyType({})})


def _feature_classes(part: Mapping, where: str) -> Mapping[str, tuple[str, ...]]:
    chosen: dict[str, tuple[str, ...]] = {}
    for name, listed in part.items():
        if name not in FEATURES:
            raise _unknown("feature class", name, FEATURES, where)
        if listed is not None and not isinstance(listed, list):
            raise InputError(
                f"{where} gives feature class {name!r} the value {listed!r}; list features or none."
            )
        known = FEATURES[name] + DEPRECATED.get(name, ()) + REMOVED.get(name, ())
        for feature in listed or ():
            if feature not in known:
                raise _unknown(f"{name} feature", feature, known, where)
        chosen[name] = tuple(listed or ())
    return MappingProxyType(chosen or dict.fromkeys(FEATURES, ()))


# reading --------------------------------------------------------------------------------------------------


def list_presets() -> list[str]:
    """Names of the presets that come with ONFHAssist, sorted."""
    return sorted(path.stem for path in resource_path("Presets").glob("*.yaml"))


def _find(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.suffix.lower() in {".yaml", ".yml", ".json"} or path.is_file():
        if not path.is_file():
            raise InputError(f"The preset file {path} does not exist.")
        return path
    shipped = resource_path("Presets", f"{name_or_path}.yaml")
    if not shipped.is_file():
        raise _unknown("preset name", str(name_or_path), list_presets(), "The call")
    return shipped


def _description(text: str) -> str:
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines).strip()


def load_preset(name_or_path: str | Path | Preset) -> Preset:
    """Read and check a preset.

    Args:
        name_or_path: one of :func:`list_presets`, or the path of a PyRadiomics parameter file (YAML or JSON).
            A :class:`Preset` is handed back as it is.

    Raises:
        InputError: the file does not exist or is not YAML; a section, setting, image type, class or feature is
            unknown (the nearest known name is suggested); a value is of the wrong kind or out of range.
    """
    if isinstance(name_or_path, Preset):
        return name_or_path
    path = _find(name_or_path)
    return _parsed(path, path.read_bytes())


@lru_cache(maxsize=32)
def _parsed(path: Path, content: bytes) -> Preset:
    """The preset of a file's content, parsed once: YAML takes 30 ms, and a case asks for its preset five times."""
    import yaml  # not with Slicer: the panels list engines and presets before anything is installed

    from .yaml_numbers import load_yaml

    where = f"The preset {path.name}"
    try:
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        document = load_yaml(text)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = str(getattr(error, "problem", None) or "it is not text")
        raise InputError(f"{where} is not a readable YAML file: {reason}.") from error
    if not isinstance(document, Mapping):
        raise InputError(
            f"{where} holds no settings; it needs sections such as imageType, featureClass, setting."
        )
    for section in document:
        if section not in SECTIONS:
            raise _unknown("section", section, SECTIONS, where)
    setting, voxel = _section(document, "setting", where), _section(document, "voxelSetting", where)
    _check_settings(setting, where, _KEYS)
    _check_settings(voxel, where, _VOXEL_KEYS)
    return Preset(
        name=path.stem,
        settings=MappingProxyType({**setting, **voxel}),
        image_types=_image_types(_section(document, "imageType", where), where),
        feature_classes=_feature_classes(_section(document, "featureClass", where), where),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        path=path,
        description=_description(text),
    )
