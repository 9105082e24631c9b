"""Radiomics features of one region: the entry point, its checks, and the choice between two engines.

``native`` is this project's own engine (:mod:`.native`); ``pyradiomics`` calls PyRadiomics 3.0.1 where that is
installed. Names, order and values are PyRadiomics' in both.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from ..core.errors import InputError, MissingDependencyError
from ..core.progress import Progress
from ..imaging.image import Image
from .presets import Preset, load_preset

ENGINES = ("native", "pyradiomics")
DEFAULT_ENGINE = "native"


@dataclass(frozen=True)
class RadiomicsResult:
    """Features of one region.

    Attributes:
        features: PyRadiomics' name to value, in PyRadiomics' order. NaN where PyRadiomics gives NaN.
        engine: "native" or "pyradiomics".
        preset: name of the preset.
        preset_sha256: hash of its file.
        seconds: time of the extraction itself, kernels loaded.
        provenance: software versions, settings, label, voxels of the region, sizes and spacing, time of day (UTC).

    Example:
        >>> z, y, x = np.mgrid[:12, :12, :12]
        >>> image = Image(((3 * x + 5 * y + 7 * z) % 11).astype(np.float32), spacing=(1.0, 1.0, 1.0))
        >>> mask = image.like(((x - 6) ** 2 + (y - 6) ** 2 + (z - 6) ** 2 <= 16).astype(np.uint8))
        >>> result = extract_radiomics(image, mask, preset="ibsi")
        >>> result.engine, len(result.features), result.provenance["region_voxels"]
        ('native', 107, 257)
        >>> round(result.features["original_firstorder_Mean"], 3)
        4.953
    """

    features: dict[str, float]
    engine: str
    preset: str
    preset_sha256: str
    seconds: float
    provenance: dict[str, Any] = field(default_factory=dict)


def extract_radiomics(
    image: Image,
    mask: Image,
    preset: str | Path | Preset = "dlr-mri",
    label: int | Iterable[int] | None = None,
    engine: str = DEFAULT_ENGINE,
    progress: Progress | None = None,
    threads: int = 1,
) -> RadiomicsResult:
    """Extract the features that a preset asks for from one region.

    Args:
        image: grey values, shape (z, y, x); a radiograph has one slice.
        mask: labels on the same grid.
        preset: name of a shipped preset, path of a PyRadiomics parameter file, or a loaded preset.
        label: label of the region; several labels are merged (femoral head = head and necrosis). None takes the preset's,
            which is 1 where its file names none.
        engine: "native" or "pyradiomics".
        progress: called with a share between 0 and 1 and a text; the first use on a machine compiles the kernels.
        threads: cores for the native engine; the numbers do not depend on it.

    Raises:
        InputError: the mask is on another grid (and the preset does not set ``correctMask``), empty, without the
            label, too small, or flat in too many dimensions; the image is not finite in the region, or elsewhere
            where the preset's normalisation, resampling or filters would spread it; the engine is unknown; the preset is
            for maps.
        MissingDependencyError: PyRadiomics is wanted and not installed.
    """
    preset = load_preset(preset)
    preset.require_regions()
    label = preset.label if label is None else label
    if engine not in ENGINES:
        raise InputError(f"The engine {engine!r} is unknown; choose native or pyradiomics.")
    report = progress or (lambda _share, _text: None)
    region = region_mask(image, mask, label, preset)
    check_region(image, region, preset)
    if engine == "native":
        _load_native(lambda share, text: report(0.1 * share, text))
    report(0.1, f"Extracting features with {engine}")
    started = time.perf_counter()
    features = _ENGINES[engine](
        image, region, preset, lambda share, text: report(0.1 + 0.9 * share, text), threads
    )
    seconds = time.perf_counter() - started
    report(1.0, f"{len(features)} features")
    return RadiomicsResult(
        features=features,
        engine=engine,
        preset=preset.name,
        preset_sha256=preset.sha256,
        seconds=seconds,
        provenance=_provenance(image, region, preset, label, engine),
    )


def compare_engines(
    image: Image,
    mask: Image,
    preset: str | Path | Preset = "dlr-mri",
    label: int | Iterable[int] | None = None,
) -> dict[str, Any]:
    """Run both engines on one region.

    Returns:
        ``native`` and ``pyradiomics`` (:class:`RadiomicsResult`), ``largest_difference`` (relative), ``feature``
        (where it is; ``None`` when all are equal) and ``speedup`` (seconds of PyRadiomics over native).
    """
    extract_radiomics(
        image, mask, preset, label, "native"
    )  # loads compiled code, so that the times compare work
    results = {engine: extract_radiomics(image, mask, preset, label, engine) for engine in ENGINES}
    ours, theirs = results["native"].features, results["pyradiomics"].features
    if list(ours) != list(theirs):
        odd = sorted(set(ours) ^ set(theirs))
        raise RuntimeError(f"the engines report different features: {odd[:5]}")
    difference, feature = 0.0, None
    for name, value in theirs.items():
        gap = relative_difference(ours[name], value)
        if gap > difference:
            difference, feature = gap, name
    speedup = results["pyradiomics"].seconds / max(results["native"].seconds, 1e-9)
    return {**results, "largest_difference": difference, "feature": feature, "speedup": speedup}


def relative_difference(a: float, b: float) -> float:
    """Difference of two values over the larger of them; 0 for two NaN, infinite where only one is NaN."""
    if np.isnan(a) or np.isnan(b):
        return 0.0 if np.isnan(a) and np.isnan(b) else float("inf")
    if a == b:
        return 0.0
    return abs(a - b) / max(abs(a), abs(b))


# checks ---------------------------------------------------------------------------------------------------


def labels_of(label: int | Iterable[int]) -> tuple[int, ...]:
    """The labels asked for, as a tuple."""
    if isinstance(label, int | np.integer):
        return (int(label),)
    labels = tuple(int(one) for one in label)
    if not labels:
        raise InputError("No label was given; name at least one label of the mask.")
    return labels


def region_mask(image: Image, mask: Image, label: int | Iterable[int], preset: Preset) -> Image:
    """The region as 0 and 1, on the geometry of the image where the two agree.

    Raises:
        InputError: see :func:`extract_radiomics`.
    """
    labels = labels_of(label)
    if mask.array.dtype.kind == "f" and not np.isfinite(mask.array).all():
        raise InputError("The mask holds NaN or infinite values; it needs whole-number labels.")
    region = np.isin(mask.array, labels)
    if not region.any():
        present = [int(value) for value in np.unique(mask.array) if value != 0]
        if not present:
            raise InputError("The mask is empty: no voxel is outlined; outline the region first.")
        wanted = " or ".join(str(one) for one in labels)
        raise InputError(f"Label {wanted} is not in the mask; it holds {', '.join(map(str, present))}.")
    tolerance = max(1e-3, float(preset.settings.get("geometryTolerance") or 0.0) * image.spacing[0])
    if image.same_grid(mask, tolerance):
        return image.like(region.astype(np.uint8))
    if not preset.settings.get("correctMask", False):
        image.require_same_grid(mask, "the image", "The mask")
    return mask.like(region.astype(np.uint8))


def check_region(image: Image, region: Image, preset: Preset) -> None:
    """Raise :class:`InputError` where the region is too small or the image is not finite where it matters."""
    where = np.nonzero(region.array)
    count, minimum = len(where[0]), preset.settings.get("minimumROISize")
    if minimum is not None and count <= minimum:
        raise InputError(
            f"The region has {count} voxels; the preset {preset.name} wants more than {minimum} (minimumROISize)."
        )
    extended = sum(int(axis.max() > axis.min()) for axis in where)
    wanted = int(preset.settings.get("minimumROIDimensions", 2))
    if extended == 0:
        raise InputError("The region is a single voxel; features need at least two.")
    if extended < wanted:
        raise InputError(
            f"The region extends along {extended} of the three axes; the preset {preset.name} wants at least "
            f"{wanted} (minimumROIDimensions)."
        )
    _check_finite(image, region, preset)


def _check_finite(image: Image, region: Image, preset: Preset) -> None:
    if image.array.dtype.kind != "f":
        return
    bad = ~np.isfinite(image.array)
    if not bad.any():
        return
    inside = int(bad[region.array > 0].sum()) if image.same_grid(region) else 0
    if inside:
        raise InputError(
            f"The image is NaN or infinite in {inside} voxels of the region; replace them first."
        )
    spreads = preset.settings.get("normalize") or preset.settings.get("resampledPixelSpacing")
    if spreads or set(preset.image_types) != {"Original"}:
        raise InputError(
            f"The image is NaN or infinite in {int(bad.sum())} voxels outside the region, and the preset "
            f"{preset.name} normalises, resamples or filters across them; replace them first."
        )


# engines --------------------------------------------------------------------------------------------------


def native_available() -> bool:
    """Whether the native engine can run here (numba is installed)."""
    return importlib.util.find_spec("numba") is not None


def pyradiomics_available() -> bool:
    """Whether PyRadiomics is installed."""
    return importlib.util.find_spec("radiomics") is not None


def _load_native(report: Progress) -> None:
    if not native_available():
        raise MissingDependencyError("numba", "extract features with the native engine")
    from .native import load_kernels

    load_kernels(report)


def _run_native(
    image: Image, region: Image, preset: Preset, report: Progress, threads: int
) -> dict[str, float]:
    from .native import extract

    return extract(image, region, preset, report, threads)


def _run_pyradiomics(
    image: Image, region: Image, preset: Preset, report: Progress, _threads: int
) -> dict[str, float]:
    if not pyradiomics_available():
        raise MissingDependencyError("pyradiomics", "extract features with the PyRadiomics engine")
    from .pyradiomics_engine import extract

    return extract(image, region, preset, report)


_ENGINES = {"native": _run_native, "pyradiomics": _run_pyradiomics}


def _provenance(image: Image, region: Image, preset: Preset, label: int | Iterable[int], engine: str) -> dict:
    from ..core.versions import software_versions

    return {
        "engine": engine,
        "preset": preset.name,
        "preset_sha256": preset.sha256,
        "settings": {k: list(v) if isinstance(v, list | tuple) else v for k, v in preset.settings.items()},
        "labels": list(labels_of(label)),
        "region_voxels": int(np.count_nonzero(region.array)),
        "image_size": list(image.size),
        "image_spacing_mm": list(image.spacing),
        "image": {k: image.metadata[k] for k in ("source", "series_uid", "sequence") if k in image.metadata},
        "software": software_versions(engine),
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
    }
