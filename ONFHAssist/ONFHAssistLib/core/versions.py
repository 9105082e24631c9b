"""Versions of the software that a result depends on."""

from __future__ import annotations

import platform
from importlib import metadata

from .. import __version__

_PACKAGES = {
    "native": ("numba", "numpy", "PyWavelets", "scipy", "SimpleITK"),
    "pyradiomics": ("pyradiomics", "numpy", "PyWavelets", "SimpleITK"),
    "deep": ("torch", "monai", "numpy"),
}


def software_versions(engine: str) -> dict[str, str]:
    """Package to version for what ``engine`` computes with; packages that are not installed are left out."""
    versions = {"onfhassist": __version__, "python": platform.python_version()}
    for package in _PACKAGES[engine]:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return versions
