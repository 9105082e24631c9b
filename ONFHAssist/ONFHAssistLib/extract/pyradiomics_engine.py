"""PyRadiomics as the second engine, for those who have it: the reference that the native engine is measured by."""

from __future__ import annotations

import logging
from collections.abc import Callable

import numpy as np
import radiomics
import SimpleITK as sitk  # noqa: N813 - its documented short name
from radiomics.featureextractor import RadiomicsFeatureExtractor

from ..core.errors import InputError
from ..imaging.image import Image
from .names import image_type_of, split_name
from .presets import Preset

_DEFAULT_TOLERANCE = 1e-6  # ITK's own; PyRadiomics sets it for the whole process and never back


def extract(
    image: Image, region: Image, preset: Preset, report: Callable[[float, str], None]
) -> dict[str, float]:
    """Features of the voxels of ``region`` that are 1.

    Raises:
        InputError: PyRadiomics refuses the region, or leaves out an image type that the preset asks for.
    """
    radiomics.logger.setLevel(logging.CRITICAL)
    extractor = RadiomicsFeatureExtractor(preset.parameters(), additionalInfo=False, label=1)
    mask = sitk.Cast(region.to_sitk(), sitk.sitkUInt32)
    report(0.05, "PyRadiomics is at work")
    try:
        with np.errstate(all="ignore"):
            raw = extractor.execute(_exact(image), mask)
    except (ValueError, AssertionError) as error:
        raise InputError(f"PyRadiomics refuses this region with preset {preset.name}: {error}.") from error
    finally:
        sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(_DEFAULT_TOLERANCE)
        sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(_DEFAULT_TOLERANCE)
    features = {name: _number(value) for name, value in raw.items() if not name.startswith("diagnostics")}
    _check_complete(features, preset)
    return features


def _exact(image: Image) -> sitk.Image:
    # Half precision and booleans have no ITK type; everything else goes in as it is.
    if image.array.dtype == np.float16:
        image = image.like(image.array.astype(np.float32))
    return image.to_sitk()


def _number(value: object) -> float:
    array = np.asarray(value)
    return float(array.real) if array.dtype.kind == "c" else float(array)


def _check_complete(features: dict[str, float], preset: Preset) -> None:
    """PyRadiomics only logs a warning when a filter lacks its package; here that is an error."""
    done = {image_type_of(split_name(name)[0]) for name in features if split_name(name)[1][:5] != "shape"}
    textures = [name for name in preset.feature_classes if not name.startswith("shape")]
    missing = [name for name in preset.image_types if name in {"LBP2D", "LBP3D"} and name not in done]
    if textures and missing:
        raise InputError(
            f"PyRadiomics leaves out {' and '.join(missing)} here (it needs scikit-image for LBP2D, trimesh and an "
            "older SciPy for LBP3D); use the native engine."
        )
