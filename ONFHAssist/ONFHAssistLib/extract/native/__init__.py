"""The native engine: PyRadiomics' features in numba, without a compiler to install.

Kernels are compiled on first use and cached on disk, beside the sources or in the user's cache folder.
"""

from .engine import extract

__all__ = ["extract"]
