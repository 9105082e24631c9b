"""Images and regions that the extraction tests share."""

from __future__ import annotations

import numpy as np
import pytest
from support.shared_data import shared_data

from ONFHAssistLib.extract import radiomics
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image

SPHERE_CENTRE, SPHERE_RADIUS = (-89.1, 24.2, -743.8), 25.1  # of the README beside the real hip


def real_hip() -> tuple[Image, Image]:
    """The real T1 hip and the sphere of its femoral head."""
    image = read_image(shared_data("real_hip_t1", "hip_right_t1.nii.gz"))
    distance = np.linalg.norm(image.points() - np.array(SPHERE_CENTRE), axis=-1)
    return image, image.like((distance <= SPHERE_RADIUS).astype(np.uint8))


def ibsi_phantom() -> tuple[Image, Image]:
    """The IBSI digital phantom and its region."""
    folder = shared_data("ibsi_digital_phantom")
    return read_image(folder / "phantom.nii.gz"), read_mask(folder / "mask.nii.gz")


def ball(
    shape: tuple[int, int, int] = (14, 16, 18),
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0),
    seed: int = 0,
) -> tuple[Image, Image]:
    """A smooth random image with an ellipsoid that fills most of it; shape is (z, y, x)."""
    rng = np.random.default_rng(seed)
    grid = np.stack(np.meshgrid(*(np.linspace(-1, 1, n) for n in shape), indexing="ij"))
    array = 400 + 120 * np.sin(3 * grid[2]) + 60 * grid[0] * grid[1] + rng.normal(0, 25, shape)
    inside = (grid**2).sum(0) <= 0.72
    image = Image(array.astype(np.float32), spacing)
    return image, image.like(inside.astype(np.uint8))


def skip_without(engine: str) -> None:
    """Skip the calling test where ``engine`` cannot run."""
    if engine == "pyradiomics" and not radiomics.pyradiomics_available():
        pytest.skip("PyRadiomics is not installed")
