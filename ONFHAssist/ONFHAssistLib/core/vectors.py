"""Places and indices in three dimensions as plain tuples of three, which a type checker can count."""

from __future__ import annotations

from collections.abc import Iterable
from typing import SupportsFloat, SupportsInt

import numpy as np

Point = tuple[float, float, float]  # (x, y, z), in LPS mm where nothing else is said
Index = tuple[int, int, int]
Box = tuple[slice, slice, slice]  # of an array (z, y, x)


def as_point(values: Iterable[SupportsFloat]) -> Point:
    """Three numbers, for example of an array, as a tuple of floats.

    Raises:
        ValueError: not three.

    Example:
        >>> as_point([1, 2.5, 3])
        (1.0, 2.5, 3.0)
    """
    x, y, z = (float(value) for value in values)
    return x, y, z


def as_index(values: Iterable[SupportsInt]) -> Index:
    """Three whole numbers, for example of an array, as a tuple.

    Raises:
        ValueError: not three.
    """
    x, y, z = (int(value) for value in values)
    return x, y, z


def as_box(slices: Iterable[slice]) -> Box:
    """Three slices, along z, y and x, as a tuple.

    Raises:
        ValueError: not three.
    """
    z, y, x = slices
    return z, y, x


def box_of(mask: np.ndarray) -> Box | None:
    """Slices (z, y, x) around what is set in a mask; None where nothing is.

    Example:
        >>> mask = np.zeros((3, 4, 5), bool)
        >>> mask[1, 2:4, 3] = True
        >>> box_of(mask)
        (slice(1, 2, None), slice(2, 4, None), slice(3, 4, None))
    """
    planes = np.flatnonzero(mask.any(axis=(1, 2)))
    if not planes.size:
        return None
    front = mask[planes[0] : planes[-1] + 1].any(axis=0)
    ends = (planes, np.flatnonzero(front.any(axis=1)), np.flatnonzero(front.any(axis=0)))
    return as_box(slice(int(found[0]), int(found[-1]) + 1) for found in ends)
