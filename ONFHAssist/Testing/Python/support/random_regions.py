"""Random images, regions and settings for hypothesis, down to two voxels and one grey level."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st

from ONFHAssistLib.extract.presets import Preset
from ONFHAssistLib.imaging.image import Image

CLASSES = dict.fromkeys(("shape", "firstorder", "glcm", "glrlm", "glszm", "gldm", "ngtdm"), ())


def preset_of(settings: dict, images: dict | None = None, classes: dict | None = None) -> Preset:
    """A preset without a file."""
    return Preset(
        "random", MappingProxyType(settings), images or {"Original": {}}, classes or CLASSES, "0" * 64
    )


def _values(kind: str, shape: tuple[int, int, int], rng: np.random.Generator) -> np.ndarray:
    return {
        "constant": lambda: np.full(shape, float(rng.integers(0, 100)) * 1.1),
        "few levels": lambda: rng.integers(0, 3, shape) * 25.0,
        "noise": lambda: rng.normal(100, 40, shape),
        "high contrast": lambda: rng.normal(0, 200, shape),
        "smooth": lambda: np.cumsum(rng.normal(0, 30, shape), axis=2) + 50,
    }[kind]()


@st.composite
def regions(draw: st.DrawFn) -> tuple[Image, Image]:
    """An image of at most 8 voxels an axis and a region of two voxels or more that may touch every border."""
    shape = draw(st.tuples(*[st.integers(1, 8)] * 3).filter(lambda s: s[0] * s[1] * s[2] >= 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    kinds = ["constant", "few levels", "noise", "high contrast", "smooth"]
    array = _values(draw(st.sampled_from(kinds)), shape, rng)
    kind = draw(st.sampled_from([np.float32, np.int16, np.uint8]))
    array = (np.clip(array, 0, 255) if kind is np.uint8 else array).astype(kind)
    mask = rng.random(shape) < draw(st.sampled_from([0.1, 0.3, 0.6, 0.95]))
    mask.flat[rng.choice(mask.size, 2, replace=False)] = True
    if mask.all():  # PyRadiomics wants a voxel outside
        mask.flat[rng.integers(mask.size)] = False
    spacing = draw(st.tuples(*[st.sampled_from([0.5, 0.7, 1.0, 1.3, 3.27])] * 3))
    image = Image(array, spacing, tuple(rng.normal(0, 50, 3)))
    return image, image.like(mask.astype(np.uint8))


def _sometimes(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), values)


@st.composite
def texture_settings(draw: st.DrawFn) -> dict:
    """Settings of binning and matrices."""
    choice = {
        "binWidth": st.sampled_from([0.3, 1, 5, 25.0]),
        "binCount": _sometimes(st.sampled_from([1, 8, 32])),
        "distances": _sometimes(st.sampled_from([[1], [2], [1, 2]])),
        "weightingNorm": _sometimes(st.sampled_from(["euclidean", "manhattan", "infinity", "no_weighting"])),
        "symmetricalGLCM": _sometimes(st.booleans()),
        "force2D": _sometimes(st.booleans()),
        "force2Ddimension": _sometimes(st.integers(0, 2)),
        "gldm_a": _sometimes(st.integers(0, 2)),
        "voxelArrayShift": _sometimes(st.just(100)),
    }
    drawn = {key: draw(values) for key, values in choice.items()}
    return {"minimumROIDimensions": 1, **{key: value for key, value in drawn.items() if value is not None}}


@st.composite
def preparation_settings(draw: st.DrawFn) -> dict:
    """Settings of normalisation, resampling, cropping and resegmentation."""
    choice = {
        "binWidth": st.sampled_from([5, 25.0]),
        "normalize": _sometimes(st.booleans()),
        "normalizeScale": st.just(100),
        "removeOutliers": _sometimes(st.just(2)),
        "resampledPixelSpacing": _sometimes(
            st.lists(st.sampled_from([0, 0.6, 1.0, 2.0]), min_size=3, max_size=3)
        ),
        "interpolator": st.sampled_from(["sitkBSpline", "sitkLinear", "sitkNearestNeighbor"]),
        "padDistance": _sometimes(st.integers(0, 7)),
        "preCrop": _sometimes(st.booleans()),
        "resegmentRange": _sometimes(st.sampled_from([[0.0, 120.0], [40.0]])),
        "resegmentShape": _sometimes(st.booleans()),
    }
    drawn = {key: draw(values) for key, values in choice.items()}
    return {"minimumROIDimensions": 1, **{key: value for key, value in drawn.items() if value is not None}}
