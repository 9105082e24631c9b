"""The image types: filtered versions of the prepared image (PyRadiomics 3.0.1, ``imageoperations.py``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import product
from threading import Lock
from typing import Any

import numpy as np
import pywt
import SimpleITK as sitk  # noqa: N813 - its documented short name

from .log import laplacian_of_gaussian
from .prepare import PreparedImage

Task = tuple[str, Callable[[], np.ndarray]]


def filtered_images(prepared: PreparedImage, kind: str, settings: Mapping[str, Any]) -> Iterator[Task]:
    """Name and maker of each image of one type, in PyRadiomics' order.

    The maker gives the whole filtered array (z, y, x); nothing is computed before it is called, so images can be made
    in parallel.
    """
    yield from _KINDS[kind](prepared, settings)


def _original(prepared: PreparedImage, _settings: Mapping[str, Any]) -> Iterator[Task]:
    yield "original", lambda: prepared.array


def _log(prepared: PreparedImage, settings: Mapping[str, Any]) -> Iterator[Task]:
    size = np.array(prepared.array.shape[::-1])
    if size.min() < 4:
        return  # PyRadiomics leaves LoG out, with a warning in its log
    for sigma in settings.get("sigma", []):
        if (size >= np.ceil(sigma / np.asarray(prepared.spacing)) + 1).all():
            name = f"log-sigma-{str(sigma).replace('.', '-')}-mm-3D"
            yield name, partial(laplacian_of_gaussian, prepared.array, prepared.spacing, float(sigma))


def _gradient(prepared: PreparedImage, settings: Mapping[str, Any]) -> Iterator[Task]:
    def make() -> np.ndarray:
        magnitude = sitk.GradientMagnitudeImageFilter()
        magnitude.SetUseImageSpacing(bool(settings.get("gradientUseSpacing", True)))
        return sitk.GetArrayFromImage(magnitude.Execute(prepared.to_sitk()))

    yield "gradient", make


# wavelets -------------------------------------------------------------------------------------------------------


def _wavelet(prepared: PreparedImage, settings: Mapping[str, Any]) -> Iterator[Task]:
    axes = [2, 1, 0]
    if settings.get("force2D", False):
        axes.remove(int(settings.get("force2Ddimension", 0)))
    bands = _Bands(prepared.array, tuple(axes), settings)
    smooth = "a" * len(axes)
    levels = int(settings.get("level", 1))
    for level in range(1, levels + 1):
        prefix = "wavelet" if level == 1 else f"wavelet{level}"
        for band in bands.names:
            if band != smooth:
                yield f"{prefix}-{_letters(band)}", partial(bands.image, level, band)
    prefix = "wavelet" if levels == 1 else f"wavelet{levels}"
    yield f"{prefix}-{_letters(smooth)}", lambda: bands.image(levels, smooth)


def _letters(band: str) -> str:
    return band.replace("a", "L").replace("d", "H")


class _Bands:
    """Stationary wavelet bands, each level computed when first asked for."""

    def __init__(self, array: np.ndarray, axes: tuple[int, ...], settings: Mapping[str, Any]) -> None:
        odd = [n % 2 for n in array.shape]
        self._crop = tuple(slice(None, -1 if one else None) for one in odd)
        self._axes = axes
        self._wavelet = pywt.Wavelet(settings.get("wavelet", "coif1"))
        self._smooth = "a" * len(axes)
        data = np.pad(array, [(0, one) for one in odd], mode="wrap")  # the transform needs even lengths
        self._skip = int(settings.get("start_level", 0))
        self._data, self._lock = data, Lock()
        self._levels: list[dict[str, np.ndarray]] = []
        # PyWavelets' order: the letters count up, the last axis fastest
        self.names = ["".join(letters) for letters in product("ad", repeat=len(axes))]

    def _transform(self, data: np.ndarray) -> dict[str, np.ndarray]:
        return pywt.swtn(data, self._wavelet, level=1, start_level=0, axes=self._axes)[0]

    def _start(self) -> np.ndarray:
        data = self._data
        for _ in range(self._skip):
            data = self._transform(data)[self._smooth]
        return data

    def image(self, level: int, band: str) -> np.ndarray:
        """A band of a level, counted from 1."""
        with self._lock:
            while len(self._levels) < level:
                before = self._levels[-1][self._smooth] if self._levels else self._start()
                self._levels.append(self._transform(before))
        return self._levels[level - 1][band][self._crop]


# point by point -------------------------------------------------------------------------------------------------


def _square(prepared: PreparedImage, _settings: Mapping[str, Any]) -> Iterator[Task]:
    def make() -> np.ndarray:
        values = prepared.array.astype(np.float64)
        return (1 / np.sqrt(np.abs(values).max()) * values) ** 2

    yield "square", make


def _square_root(prepared: PreparedImage, _settings: Mapping[str, Any]) -> Iterator[Task]:
    def make() -> np.ndarray:
        values = prepared.array.astype(np.float64)
        return np.sign(values) * np.sqrt(np.abs(values) * np.abs(values).max())

    yield "squareroot", make


def _logarithm(prepared: PreparedImage, _settings: Mapping[str, Any]) -> Iterator[Task]:
    def make() -> np.ndarray:
        values = prepared.array.astype(np.float64)
        high = np.abs(values).max()
        values = np.sign(values) * np.log(np.abs(values) + 1)
        return values * (high / np.abs(values).max())

    yield "logarithm", make


def _exponential(prepared: PreparedImage, _settings: Mapping[str, Any]) -> Iterator[Task]:
    def make() -> np.ndarray:
        values = prepared.array.astype(np.float64)
        high = np.abs(values).max()
        return np.exp(np.log(high) / high * values)

    yield "exponential", make


# local binary patterns ------------------------------------------------------------------------------------------


def _lbp2d(prepared: PreparedImage, settings: Mapping[str, Any]) -> Iterator[Task]:
    from .lbp import lbp_2d

    yield "lbp-2D", lambda: lbp_2d(prepared.array, settings)


def _lbp3d(prepared: PreparedImage, settings: Mapping[str, Any]) -> Iterator[Task]:
    from .lbp import Lbp3D

    pattern = Lbp3D(prepared.array, prepared.mask, settings)
    for level in range(pattern.levels):
        yield f"lbp-3D-m{level + 1}", partial(pattern.image, level)
    yield "lbp-3D-k", lambda: pattern.image(pattern.levels)


_KINDS: dict[str, Callable[[PreparedImage, Mapping[str, Any]], Iterator[Task]]] = {
    "Original": _original,
    "LoG": _log,
    "Wavelet": _wavelet,
    "Square": _square,
    "SquareRoot": _square_root,
    "Logarithm": _logarithm,
    "Exponential": _exponential,
    "Gradient": _gradient,
    "LBP2D": _lbp2d,
    "LBP3D": _lbp3d,
}
