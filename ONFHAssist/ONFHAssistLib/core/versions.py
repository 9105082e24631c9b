"""Versions of the software that a result depends on."""

from __future__ import annotations

import platform
from functools import cache
from importlib import metadata

from .. import __version__

_PACKAGES = {
    "native": ("numba", "numpy", "PyWavelets", "scipy", "SimpleITK"),
    "pyradiomics": ("pyradiomics", "numpy", "PyWavelets", "SimpleITK"),
    "deep": ("torch", "monai", "numpy"),
}


@cache
def version_of(package: str) -> str:
    """Version of an installed package, looked up once: reading a package's description takes milliseconds.

    Raises:
        importlib.metadata.PackageNotFoundError: it is not installed (looked up again the next time).
    """
    return metadata.version(package)


def software_versions(engine: str) -> dict[str, str]:
    """Package to version for what ``engine`` computes with; packages that are not installed are left out."""
    versions = {"onfhassist": __version__, "python": platform.python_version()}
    for package in _PACKAGES[engine]:
        try:
            versions[package] = version_of(package)
        except metadata.PackageNotFoundError:
            continue
    return versions
