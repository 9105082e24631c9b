"""Shape features of a region, in space and in a plane (PyRadiomics 3.0.1, ``shape.py``, ``shape2D.py``, ``cshape.c``).

The surface is the marching-cubes mesh at half height. A cube's share of surface and volume depends only on which of
its corners are inside, so a table for the spacing at hand replaces all geometry. Diameters are the largest distances
between points of the mesh.
"""

from __future__ import annotations

import numpy as np

from .mesh import farthest, mesh_diameters, mesh_surface_volume

_NEGATIVE_ROUNDING = -1e-10


def shape_features(mask: np.ndarray, spacing: tuple[float, float, float]) -> dict[str, float]:
    """Features of a region in space.

    Args:
        mask: bool (z, y, x), cropped to the bounding box of the region.
        spacing: (x, y, z) in mm.
    """
    step = np.array(spacing[::-1], float)
    padded = np.pad(mask, 1)
    surface, volume = mesh_surface_volume(padded, step)
    slices, columns, rows, whole = mesh_diameters(padded, step)
    least, minor, major = _axis_variances(padded, step)
    cubed = (36 * np.pi * volume**2) ** (1.0 / 3.0)
    voxels = int(np.count_nonzero(mask))
    return {
        "Elongation": _root_ratio(minor, major),
        "Flatness": _root_ratio(least, major),
        "LeastAxisLength": _axis_length(least),
        "MajorAxisLength": _axis_length(major),
        "Maximum2DDiameterColumn": columns,
        "Maximum2DDiameterRow": rows,
        "Maximum2DDiameterSlice": slices,
        "Maximum3DDiameter": whole,
        "MeshVolume": volume,
        "MinorAxisLength": _axis_length(minor),
        "Sphericity": cubed / surface,
        "SurfaceArea": surface,
        "SurfaceVolumeRatio": _ratio(surface, volume),
        "VoxelVolume": voxels * float(step[0] * step[2] * step[1]),
        "Compactness1": volume / (surface ** (3.0 / 2.0) * float(np.sqrt(np.pi))),
        "Compactness2": (36.0 * np.pi) * (volume**2.0) / (surface**3.0),
        "SphericalDisproportion": _ratio(surface, cubed),
    }


def shape_features_2d(mask: np.ndarray, spacing: tuple[float, float]) -> dict[str, float]:
    """Features of a region in a plane.

    Args:
        mask: bool (rows, columns), cropped to the bounding box.
        spacing: (rows, columns) in mm.
    """
    step = np.asarray(spacing, float)
    padded = np.pad(mask, 1)
    perimeter, surface = _outline(padded, step[0], step[1])
    points = _edge_points_2d(padded) * step
    minor, major = _axis_variances(padded, step)
    voxels = int(np.count_nonzero(mask))
    sphericity = 2 * float(np.sqrt(np.pi * surface)) / perimeter
    return {
        "Elongation": _root_ratio(minor, major),
        "MajorAxisLength": _axis_length(major),
        "MaximumDiameter": float(
            np.sqrt(farthest(np.ascontiguousarray(np.pad(points, ((0, 0), (0, 1)))), 0.0))
        ),
        "MeshSurface": surface,
        "MinorAxisLength": _axis_length(minor),
        "Perimeter": perimeter,
        "PerimeterSurfaceRatio": _ratio(perimeter, surface),
        "PixelSurface": voxels * float(step[0] * step[1]),
        "Sphericity": sphericity,
        "SphericalDisproportion": _ratio(1.0, sphericity),
    }


def _ratio(a: float, b: float) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.float64(a) / np.float64(b))


def _root_ratio(a: float, b: float) -> float:
    if a < 0 or b < 0:
        return float("nan")
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.sqrt(np.float64(a) / np.float64(b)))


def _axis_length(variance: float) -> float:
    return float("nan") if variance < 0 else 4.0 * float(np.sqrt(variance))


def _axis_variances(padded: np.ndarray, step: np.ndarray) -> list[float]:
    """Eigenvalues of the covariance of voxel centres (divided by N), ascending."""
    points = np.array(np.nonzero(padded)).T * step
    points -= points.mean(axis=0)
    points /= np.sqrt(len(points))
    values = np.linalg.eigvals(points.T.copy() @ points).real  # rounding can give them an imaginary part
    values[(values < 0) & (values > _NEGATIVE_ROUNDING)] = 0
    return sorted(float(value) for value in values)


# in a plane -----------------------------------------------------------------------------------------------------


def _outline(padded: np.ndarray, row: float, column: float) -> tuple[float, float]:
    """Perimeter and enclosed area of the marching-squares outline; corners that touch diagonally stay apart."""
    corners = np.array([(0, 0), (0, 1), (1, 1), (1, 0)])
    middles = (corners + np.roll(corners, -1, axis=0)) / 2.0  # middle k lies between corners k and k + 1
    scale = np.array([row, column])
    views = [padded[dy : padded.shape[0] - 1 + dy, dx : padded.shape[1] - 1 + dx] for dy, dx in corners]
    perimeter, doubled = 0.0, 0.0
    for first in range(4):
        # a stretch of inside corners from ``first`` to ``last`` gives one line, from its near edge to its far edge
        for length in range(1, 4):
            stretch = [(first + k) % 4 for k in range(length)]
            before, after = (first - 1) % 4, (first + length) % 4
            match = ~views[before] & ~views[after]
            for corner in stretch:
                match = match & views[corner]
            y, x = np.nonzero(match)
            if not len(y):
                continue
            place = np.stack([y, x], axis=1)
            a = (place + middles[before]) * scale
            b = (place + middles[stretch[-1]]) * scale
            doubled += float(np.sum(a[:, 0] * b[:, 1] - b[:, 0] * a[:, 1]))
            perimeter += len(y) * float(
                np.sqrt((((middles[before] - middles[stretch[-1]]) * scale) ** 2).sum())
            )
    return perimeter, doubled / 2.0


def _edge_points_2d(padded: np.ndarray) -> np.ndarray:
    """Middles between neighbouring pixels of which one is inside, in pixels (row, column)."""
    down = np.argwhere(padded[1:] != padded[:-1]) + np.array([0.5, 0.0])
    across = np.argwhere(padded[:, 1:] != padded[:, :-1]) + np.array([0.0, 0.5])
    return np.concatenate([down, across])
