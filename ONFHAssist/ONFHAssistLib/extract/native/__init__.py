"""The native engine: PyRadiomics' features in numba, without a compiler to install.

Importing this package is cheap. Its kernels are compiled on the first use on a machine (some ten seconds, with
progress) and cached on disk, beside the sources or, where these are read-only, in the user's cache folder; later uses
load them in a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from ...image import Image
from ..presets import Preset

Progress = Callable[[float, str], None]
_KERNELS = ("spline", "log", "discretise", "firstorder", "matrices", "glcm", "texture", "mesh", "engine")


def load_kernels(report: Progress) -> None:
    """Load the kernels, compiling those that are not in the cache; the share runs from 0 to 1."""
    for done, name in enumerate(_KERNELS):
        report(done / len(_KERNELS), f"Loading kernels: {name} (compiled on the first use)")
        import_module(f".{name}", __name__)
    report(1.0, "Kernels loaded")


def extract(
    image: Image, region: Image, preset: Preset, report: Progress, threads: int = 1
) -> dict[str, float]:
    """See :func:`.engine.extract`."""
    from .engine import extract as run

    return run(image, region, preset, report, threads)


__all__ = ["extract", "load_kernels"]
