"""Grids for tests: oblique, flipped and anisotropic, as scanners make them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from ONFHAssistLib.imaging.image import Image

angles = st.floats(-20.0, 20.0)
spacings = st.tuples(*(st.floats(0.4, 5.0),) * 3)
origins = st.tuples(*(st.floats(-300.0, 300.0),) * 3)
AXES = [np.eye(3), np.diag([-1, 1, 1]), np.diag([1, -1, -1]), np.eye(3)[[0, 2, 1]].T, np.eye(3)[[2, 0, 1]].T]


@st.composite
def directions(draw: st.DrawFn) -> tuple[float, ...]:
    """Rotated and possibly mirrored or permuted axes, row-major."""
    turn = Rotation.from_euler("xyz", [draw(angles) for _ in range(3)], degrees=True).as_matrix()
    return tuple((turn @ draw(st.sampled_from(AXES))).ravel())


@st.composite
def grids(draw: st.DrawFn, low: int = 3, high: int = 9) -> Image:
    """A small image with every voxel of another value, on any geometry."""
    shape = tuple(draw(st.integers(low, high)) for _ in range(3))
    array = np.arange(np.prod(shape), dtype=np.int16).reshape(shape)
    return Image(array, draw(spacings), draw(origins), draw(directions()))


def centred(
    size: tuple[int, int, int], spacing: tuple[float, ...], direction: tuple, centre: np.ndarray
) -> Image:
    """An empty float image (x, y, z ``size``) whose middle voxel position is ``centre`` (LPS mm)."""
    image = Image(np.zeros(size[::-1], np.float32), spacing, (0, 0, 0), direction)
    shift = np.asarray(centre) - image.index_to_point(0.5 * (np.asarray(size) - 1))
    return Image(image.array, spacing, tuple(shift), direction)
