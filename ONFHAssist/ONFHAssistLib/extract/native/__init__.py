"""The native engine: PyRadiomics' features in numba, without a compiler to install.

Importing this package is cheap. Its kernels are compiled on the first use on a machine (some ten seconds, with
progress) and cached on disk, beside the sources or, where these are read-only, in the user's cache folder; later uses
load them in a fraction of a second. What has other work to do before it needs them can have them compiled beside it
(:func:`compile_in_background`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from ...core.progress import Progress
from ...imaging.image import Image
from ..presets import Preset

_KERNELS = (
    "spline",
    "log",
    "discretise",
    "firstorder",
    "matrices",
    "glcm",
    "texture",
    "shape.mesh",
    "engine",
)
_BACKGROUND_COMPILERS: list[subprocess.Popen] = []  # at most one


def compile_in_background() -> bool:
    """Start to compile the kernels in a process of their own, where none are in the cache yet; whether it was started.

    :func:`load_kernels` waits for it. The process belongs to the group of this one, so that killing the group ends it.
    """
    if _BACKGROUND_COMPILERS or _cached():
        return False
    code = f"from {__name__} import load_kernels; load_kernels(lambda _share, _text: None)"
    with suppress(OSError):
        _BACKGROUND_COMPILERS.append(
            subprocess.Popen(
                [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
    return bool(_BACKGROUND_COMPILERS)


def _cached() -> bool:
    """Whether there are compiled kernels on the disk, or no telling."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    here = Path(__file__).parent
    if not chosen and not os.access(here, os.W_OK):
        return True
    return next(Path(chosen or here).rglob("*.nbi"), None) is not None


def _wait_for_background(report: Progress) -> None:
    while _BACKGROUND_COMPILERS:
        with suppress(subprocess.TimeoutExpired):
            _BACKGROUND_COMPILERS[0].wait(timeout=0.5)
            _BACKGROUND_COMPILERS.clear()
            return
        report(0.0, "Compiling the kernels, once on this computer")


def load_kernels(report: Progress) -> None:
    """Load the kernels, compiling those that are not in the cache; the share runs from 0 to 1."""
    _wait_for_background(report)
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


__all__ = ["compile_in_background", "extract", "load_kernels"]
