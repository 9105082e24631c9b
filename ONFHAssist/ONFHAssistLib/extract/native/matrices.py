"""The texture matrices, counted in one walk over the region.

Definitions: PyRadiomics 3.0.1 and the IBSI reference manual (GLCM, GLRLM, GLSZM, GLDM/NGLDM, NGTDM), one matrix a
direction for GLCM and GLRLM. Rows are the grey levels that occur, by rank; the kernels see -1 outside the region.
"""

from __future__ import annotations

import numpy as np
from numba import njit

_FIELD = "int32[::1]"
_VOXELS = "int64[::1]"


@njit(cache=True, nogil=True)  # typed by its caller: a cached caller never loads it
def _root(parent, x):
    """First voxel of the zone of ``x``; the path is halved on the way."""
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


@njit(
    f"void({_FIELD}, {_VOXELS}, int64[::1], boolean, int32[:, :, ::1], int32[:, :, ::1], int32[::1])",
    cache=True,
    nogil=True,
)
def walk(field, voxels, offsets, symmetric, pairs, runs, parent):
    """GLCM, runs of two and more, and zones, from the neighbour ahead in each direction.

    Args:
        field: rank of the grey level, -1 outside the region, flat on the padded array.
        voxels: flat index of each voxel, ascending.
        offsets: of the neighbours ahead; all positive.
        symmetric: keep pairs as an upper triangle (i <= j), each counted once.
        pairs: pairs[a, i, j] counts voxels of level i whose neighbour along a has level j; empty to leave out.
        runs: runs[a, i, n - 1] counts runs of n >= 2 voxels of level i along a; empty to leave out.
        parent: joins voxels of one zone; starts as every index itself; empty to leave out.
    """
    count_pairs, count_runs, join = pairs.shape[0] > 0, runs.shape[0] > 0, parent.shape[0] > 0
    for a in range(
        offsets.shape[0]
    ):  # outside, so that the matrix of one direction stays in the nearest cache
        step = offsets[a]
        for v in range(voxels.shape[0]):
            here = voxels[v]
            i = field[here]
            j = field[here + step]
            if j < 0:
                continue
            if count_pairs:
                if symmetric:
                    pairs[a, min(i, j), max(i, j)] += 1
                else:
                    pairs[a, i, j] += 1
            if j != i:
                continue
            if count_runs and field[here - step] != i:
                length = 2
                ahead = here + 2 * step
                while field[ahead] == i:
                    length += 1
                    ahead += step
                runs[a, i, length - 1] += 1
            if (
                join and parent[here] != parent[here + step]
            ):  # in a large zone nearly all point at one voxel already
                one, two = _root(parent, here), _root(parent, here + step)
                first = min(one, two)
                parent[one], parent[two] = first, first
                parent[here], parent[here + step] = first, first


@njit("int64(int32[:, :, ::1], int64[::1])", cache=True, nogil=True)
def add_single_runs(runs, counts):
    """Runs of one voxel are the voxels of a level that no longer run took; gives back the longest run."""
    longest = 1
    for a in range(runs.shape[0]):
        for i in range(runs.shape[1]):
            rest = counts[i]
            for n in range(1, runs.shape[2]):
                if runs[a, i, n]:
                    rest -= (n + 1) * runs[a, i, n]
                    longest = max(longest, n + 1)
            runs[a, i, 0] += rest
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


@njit(f"Tuple((int32[::1], int64[::1]))({_FIELD}, {_VOXELS}, int32[::1])", cache=True, nogil=True)
def list_zones(field, voxels, parent):
    """GLSZM: level and size of every connected zone of one level."""
    levels = np.empty(voxels.shape[0], np.int32)
    sizes = np.zeros(voxels.shape[0], np.int64)
    number = np.empty(parent.shape[0], np.int32)
    zones = 0
    for v in range(voxels.shape[0]):
        here = voxels[v]
        root = _root(parent, here)
        if root == here:  # the first voxel of a zone comes first
            number[here] = zones
            levels[zones] = field[here]
            zones += 1
        sizes[number[root]] += 1
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
