"""The marching-cubes mesh of a region: surface, volume and diameters (PyRadiomics 3.0.1, ``cshape.c``)."""

from __future__ import annotations

from functools import cache

import numpy as np
from numba import njit

from .mesh_table import triangles

# surface and volume ---------------------------------------------------------------------------------------------


def case_table(step: np.ndarray) -> np.ndarray:
    """Surface, six times the volume at the origin, and how it changes with the place of the cube; shape (256, 5)."""
    case, corners = _all_triangles()
    a, b, c = (corners * step).transpose(1, 0, 2)
    ab, bc, ca = np.cross(a, b), np.cross(b, c), np.cross(c, a)
    normal = ab + bc + ca
    share = np.column_stack([0.5 * np.sqrt((normal**2).sum(axis=1)), (ab * c).sum(axis=1), normal])
    table = np.zeros((256, 5))
    np.add.at(table, case, share)
    table[128:] = table[127::-1] * np.array([1, -1, -1, -1, -1])
    return table


@cache
def _all_triangles() -> tuple[np.ndarray, np.ndarray]:
    """Case and corner points of every triangle."""
    found = [triangles(case) for case in range(128)]
    return np.repeat(np.arange(128), [len(one) for one in found]), np.concatenate(found)


def mesh_surface_volume(padded: np.ndarray, step: np.ndarray) -> tuple[float, float]:
    """Surface in mm^2 and volume in mm^3 of the mesh around a mask with an empty border; step is (z, y, x) in mm."""
    surface, volume = _march(np.ascontiguousarray(padded), case_table(step), step)
    return surface, volume / 6.0


@njit("Tuple((float64, float64))(boolean[:, :, ::1], float64[:, ::1], float64[::1])", cache=True, nogil=True)
def _march(mask, table, step):
    surface, volume = 0.0, 0.0
    for z in range(mask.shape[0] - 1):
        for y in range(mask.shape[1] - 1):
            # corners 0, 3, 4, 7 of the first cube; moving on along x, its far face becomes the near one
            near = (
                mask[z, y, 0]
                | (mask[z, y + 1, 0] << 3)
                | (mask[z + 1, y, 0] << 4)
                | (mask[z + 1, y + 1, 0] << 7)
            )
            for x in range(mask.shape[2] - 1):
                a, b = mask[z, y, x + 1], mask[z, y + 1, x + 1]
                c, d = mask[z + 1, y, x + 1], mask[z + 1, y + 1, x + 1]
                case = near | (a << 1) | (b << 2) | (c << 5) | (d << 6)
                near = a | (b << 3) | (c << 4) | (d << 7)
                if 0 < case < 255:
                    surface += table[case, 0]
                    volume += (
                        table[case, 1]
                        + z * step[0] * table[case, 2]
                        + y * step[1] * table[case, 3]
                        + x * step[2] * table[case, 4]
                    )
    return surface, volume


# diameters ------------------------------------------------------------------------------------------------------


def mesh_diameters(padded: np.ndarray, step: np.ndarray) -> tuple[float, float, float, float]:
    """Largest distance in mm between mesh points of one slice, one column plane, one row plane, and of all."""
    found: list[float] = []
    for axis in range(3):
        halves = _points_in_planes(np.ascontiguousarray(np.moveaxis(padded, axis, 0)))
        points = (halves / 2.0) * np.array([0.0, *np.delete(step, axis)])
        found.append(_farthest_in_groups(points, halves[:, 0]))
    points = (_edge_points(np.ascontiguousarray(padded)) / 2.0) * step
    found.append(farthest(points, max(found)))
    slices, columns, rows, space = (float(np.sqrt(squared)) for squared in found)
    return slices, columns, rows, space


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _ends(line):
    """First and last index that is set, (-1, -1) where none is."""
    first, last = -1, -1
    for k in range(line.shape[0]):
        if line[k]:
            last = k
            if first < 0:
                first = k
    return first, last


@njit(cache=True, nogil=True)
def _changes(line, other):
    """First and last index at which two lines differ, (-1, -1) where they are the same."""
    first, last = -1, -1
    for k in range(line.shape[0]):
        if line[k] != other[k]:
            last = k
            if first < 0:
                first = k
    return first, last


@njit("int64[:, ::1](boolean[:, :, ::1])", cache=True, nogil=True)
def _edge_points(mask):
    """Twice the index (z, y, x) of the outermost crossings on every line of voxels.

    The farthest pair of a set lies at the ends of lines, so inner crossings are left out.
    """
    nz, ny, nx = mask.shape
    count = 0
    found = np.empty((2 * (nz * ny + nz * nx + ny * nx), 3), np.int64)
    for axis in range(3):
        for p in range(ny if axis == 0 else nz):
            for q in range(ny if axis == 2 else nx):
                first, last = _ends(
                    mask[:, p, q] if axis == 0 else (mask[p, :, q] if axis == 1 else mask[p, q, :])
                )
                if first < 0:
                    continue
                for end in (2 * first - 1, 2 * last + 1):
                    found[count, axis] = end
                    found[count, 1 if axis == 0 else 0] = 2 * p
                    found[count, 1 if axis == 2 else 2] = 2 * q
                    count += 1
    return found[:count].copy()


@njit(cache=True, nogil=True)
def _put(found, count, plane, p, q):
    found[count, 0], found[count, 1], found[count, 2] = plane, p, q
    return count + 1


@njit("int64[:, ::1](boolean[:, :, ::1])", cache=True, nogil=True)
def _points_in_planes(mask):
    """Mesh points as twice their index (plane, row, column), plane being the first axis.

    Whole planes hold crossings along their rows and columns; between two planes lie the crossings of the first axis.
    Of the points on one line only the ends are kept.
    """
    planes, rows, columns = mask.shape
    found = np.empty((2 * planes * (2 * rows + columns), 3), np.int64)
    count = 0
    for k in range(planes):
        for p in range(rows):
            first, last = _ends(mask[k, p, :])
            if first >= 0:
                count = _put(found, count, 2 * k, 2 * p, 2 * first - 1)
                count = _put(found, count, 2 * k, 2 * p, 2 * last + 1)
            if k + 1 < planes:
                first, last = _changes(mask[k, p, :], mask[k + 1, p, :])
                if first >= 0:
                    count = _put(found, count, 2 * k + 1, 2 * p, 2 * first)
                    count = _put(found, count, 2 * k + 1, 2 * p, 2 * last)
        for q in range(columns):
            first, last = _ends(mask[k, :, q])
            if first >= 0:
                count = _put(found, count, 2 * k, 2 * first - 1, 2 * q)
                count = _put(found, count, 2 * k, 2 * last + 1, 2 * q)
    return found[:count].copy()


def farthest(points: np.ndarray, best: float) -> float:
    """The larger of ``best`` and the largest squared distance between two points, shape (n, 3)."""
    return _farthest_in_groups(points, np.zeros(len(points), np.int64), best)


def _farthest_in_groups(points: np.ndarray, group: np.ndarray, best: float = 0.0) -> float:
    """The larger of ``best`` and the largest squared distance between two points of one group.

    Two points can only be farther apart than the best so far if their distances from a centre add up to more, so the
    points of a group are taken from the outside inwards and most pairs are never looked at. They are sorted here, since
    a sort within a kernel takes two seconds to compile.
    """
    _, number = np.unique(group, return_inverse=True)
    sizes = np.bincount(number)
    centre = np.column_stack([np.bincount(number, points[:, k]) / sizes for k in range(3)])
    radius = np.sqrt(((points - centre[number]) ** 2).sum(axis=1))
    order = np.lexsort((-radius, number))
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    return float(_farthest_of_sorted(np.ascontiguousarray(points[order]), radius[order], starts, best))


@njit("float64(float64[:, ::1], float64[::1], int64[::1], float64)", cache=True, nogil=True)
def _farthest_of_sorted(points, radius, starts, best):
    reach = np.sqrt(best) * (1.0 - 1e-12)
    for g in range(starts.shape[0] - 1):
        for p in range(starts[g], starts[g + 1]):
            if 2.0 * radius[p] < reach:
                break
            for q in range(p + 1, starts[g + 1]):
                if radius[p] + radius[q] < reach:
                    break
                dz, dy, dx = (
                    points[p, 0] - points[q, 0],
                    points[p, 1] - points[q, 1],
                    points[p, 2] - points[q, 2],
                )
                squared = dz * dz + dy * dy + dx * dx
                if squared > best:
                    best = squared
                    reach = np.sqrt(best) * (1.0 - 1e-12)
    return best
