"""The texture matrices, counted in one walk over the region.

Definitions: PyRadiomics 3.0.1 and the IBSI reference manual (GLCM, GLRLM, GLSZM, GLDM/NGLDM, NGTDM), one matrix a
direction for GLCM and GLRLM. Rows are the grey levels that occur, by rank; the kernels see -1 outside the region.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_FIELD = "int32[::1]"
_VOXELS = "int64[::1]"


@njit(f"void({_FIELD}, {_VOXELS}, int64[::1], boolean, int32[:, :, ::1])", cache=True, nogil=True)
def count_pairs(field, voxels, offsets, symmetric, pairs):
    """GLCM: pairs[a, i, j] counts voxels of level i whose neighbour along a has level j.

    A symmetric matrix is kept as its upper triangle (i <= j), each pair counted once.
    """
    for v in range(voxels.shape[0]):
        here = voxels[v]
        i = field[here]
        for a in range(offsets.shape[0]):
            j = field[here + offsets[a]]
            if j >= 0:
                if symmetric and j < i:
                    pairs[a, j, i] += 1
                else:
                    pairs[a, i, j] += 1


@njit(f"int64({_FIELD}, {_VOXELS}, int64[::1], int32[:, :, ::1])", cache=True, nogil=True)
def count_runs(field, voxels, offsets, runs):
    """GLRLM: runs[a, i, n - 1] counts runs of n voxels of level i along a; gives back the longest run."""
    longest = 1
    for v in range(voxels.shape[0]):
        here = voxels[v]
        i = field[here]
        for a in range(offsets.shape[0]):
            step = offsets[a]
            if field[here - step] != i:
                length = 1
                ahead = here + step
                while field[ahead] == i:
                    length += 1
                    ahead += step
                runs[a, i, length - 1] += 1
                longest = max(longest, length)
    return longest


@njit(
    f"void({_FIELD}, {_VOXELS}, int64[::1], int64[::1], int64, int32[:, ::1], int64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def count_neighbours(field, voxels, offsets, gray, alpha, dependence, tone_counts, tone_sums):
    """GLDM and NGTDM, both directions of each offset.

    dependence[i, d] counts voxels of level i with d neighbours whose level differs by at most ``alpha``;
    tone_sums[i] adds up how far voxels of level i are from the mean level of their neighbours.
    """
    for v in range(voxels.shape[0]):
        here = voxels[v]
        i = field[here]
        level = gray[i]
        alike = 0
        count = 0
        total = 0
        for a in range(offsets.shape[0]):
            step = offsets[a]
            ahead = field[here + step]
            if ahead >= 0:
                count += 1
                other = gray[ahead]
                total += other
                if abs(other - level) <= alpha:
                    alike += 1
            behind = field[here - step]
            if behind >= 0:
                count += 1
                other = gray[behind]
                total += other
                if abs(other - level) <= alpha:
                    alike += 1
        dependence[i, alike] += 1
        tone_counts[i] += 1
        if count > 0:
            tone_sums[i] += abs(level - total / count)


@njit(f"Tuple((int32[::1], int64[::1]))({_FIELD}, {_VOXELS}, int64[::1])", cache=True, nogil=True)
def find_zones(field, voxels, offsets):
    """GLSZM: level and size of every connected zone of one level (all neighbours of the offsets)."""
    done = np.zeros(field.shape[0], np.bool_)
    stack = np.empty(voxels.shape[0], np.int64)
    levels = np.empty(voxels.shape[0], np.int32)
    sizes = np.empty(voxels.shape[0], np.int64)
    zones = 0
    for v in range(voxels.shape[0]):
        seed = voxels[v]
        if done[seed]:
            continue
        level = field[seed]
        done[seed] = True
        stack[0] = seed
        top = 1
        size = 0
        while top > 0:
            top -= 1
            here = stack[top]
            size += 1
            for a in range(offsets.shape[0]):
                for there in (here + offsets[a], here - offsets[a]):
                    if field[there] == level and not done[there]:
                        done[there] = True
                        stack[top] = there
                        top += 1
        levels[zones] = level
        sizes[zones] = size
        zones += 1
    return levels[:zones].copy(), sizes[:zones].copy()


@njit(
    f"boolean[::1]({_FIELD}, {_VOXELS}, int64[:, ::1], int64[:, ::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def lines_with_two(field, voxels, places, steps, offsets, size):
    """For each direction, whether any line along it meets the region in two voxels or more.

    PyRadiomics leaves a direction out of the GLRLM where none does. ``places`` are the voxels' (z, y, x) in the box.
    """
    found = np.zeros(offsets.shape[0], np.bool_)
    for a in range(offsets.shape[0]):
        for v in range(voxels.shape[0]):
            z, y, x = places[v, 0], places[v, 1], places[v, 2]
            here = voxels[v]
            while True:
                z += steps[a, 0]
                y += steps[a, 1]
                x += steps[a, 2]
                here += offsets[a]
                if z < 0 or y < 0 or x < 0 or z >= size[0] or y >= size[1] or x >= size[2]:
                    break
                if field[here] >= 0:
                    found[a] = True
                    break
            if found[a]:
                break
    return found
