"""The native engine: PyRadiomics' features in numba, without a compiler to install.

Importing this package is cheap. Its kernels are compiled on the first use on a machine (some ten seconds, with
progress) and cached on disk, beside the sources or, where these are read-only, in the user's cache folder; later uses
load them in a fraction of a second. What has other work to do before it needs them can have them compiled beside it
(:func:`compile_in_background`), and takes the rest from the other end of the list when it has none left.

Kernels are written with loops where a slice is assigned or an array sorted: Numba compiles these as code of its own, a
second or two each.
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
)
_COMPILING = "Compiling the kernels, once on this computer"
_BACKGROUND_COMPILERS: list[subprocess.Popen] = []  # at most one


def compile_in_background() -> bool:
    """Start to compile the kernels in a process of their own, where the cache lacks some; whether it was started.

    :func:`load_kernels` shares the work with it. The process belongs to the group of this one, so that killing the group
    ends it.
    """
    if _BACKGROUND_COMPILERS or not _not_compiled():
        return False
    code = f"from {__name__} import load_kernels; load_kernels(lambda _share, _text: None)"
    with suppress(OSError):
        _BACKGROUND_COMPILERS.append(
            subprocess.Popen(
                [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
    return bool(_BACKGROUND_COMPILERS)


def _not_compiled() -> list[str]:
    """Names of :data:`_KERNELS` of which nothing is in the cache on the disk; none where there is no telling."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    here = Path(__file__).parent
    if not chosen and not os.access(here, os.W_OK):
        return []
    found = {path.name.split(".")[0] for path in Path(chosen or here).rglob("*.nbi")}
    return [name for name in _KERNELS if name.split(".")[-1] not in found]


def _compile_with_background(report: Progress) -> None:
    """Compile, from the last kernels on, what the process beside has not come to, and wait for it to end."""
    taken: set[str] = set()
    while _BACKGROUND_COMPILERS:
        report(0.0, _COMPILING)
        left = [name for name in _not_compiled() if name not in taken]
        if len(left) > 1:  # it may be at the first of them
            import_module(f".{left[-1]}", __name__)
            taken.add(left[-1])
            continue
        with suppress(subprocess.TimeoutExpired):
            _BACKGROUND_COMPILERS[0].wait(timeout=0.5)
            _BACKGROUND_COMPILERS.clear()


def load_kernels(report: Progress) -> None:
    """Load the kernels, compiling those that are not in the cache; the share runs from 0 to 1."""
    _compile_with_background(report)
    for done, name in enumerate(_KERNELS):
        report(done / len(_KERNELS), f"Loading kernels: {name} (compiled on the first use)")
        import_module(f".{name}", __name__)
    import_module(".engine", __name__)
    report(1.0, "Kernels loaded")


def extract(
    image: Image, region: Image, preset: Preset, report: Progress, threads: int = 1
) -> dict[str, float]:
    """See :func:`.engine.extract`."""
    from .engine import extract as run

    return run(image, region, preset, report, threads)


__all__ = ["compile_in_background", "extract", "load_kernels"]
