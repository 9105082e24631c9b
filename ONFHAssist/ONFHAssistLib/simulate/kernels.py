"""The inner loops of the simulator, compiled by numba: one pass over the voxels instead of a dozen temporary arrays.

All arrays are (z, y, x). Compiled code is cached beside this file.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from .tissues import Tissue

AIR, SKIN, SUBCUTANEOUS = int(Tissue.AIR), int(Tissue.SKIN), int(Tissue.SUBCUTANEOUS_FAT)
DEEP_FAT, MUSCLE, FIBROUS = int(Tissue.DEEP_FAT), int(Tissue.MUSCLE), int(Tissue.FIBROUS)
FASCIA, ORGAN = int(Tissue.FASCIA), int(Tissue.ORGAN)
PURE = 250  # a voxel with a larger share than this is one tissue
FASTMATH = {"nnan", "ninf", "nsz", "arcp", "contract"}  # no reassociation: the same bytes everywhere


@njit(cache=True, fastmath=FASTMATH)
def tube_distance(x, y, z, points, radii, stretch, out):
    """Distance to a chain of cones in stretched space; ``out`` is overwritten.

    Args:
        x, y, z: coordinates along each axis, float32.
        points: (n, 3) float32, already stretched.
        radii: (n,) float32.
        stretch: (3, 3) float32.
        out: float32 (len(z), len(y), len(x)).
    """
    n = points.shape[0] - 1
    axis = points[1:] - points[:-1]
    square = np.maximum((axis * axis).sum(axis=1), np.float32(1e-6))
    for k in range(len(z)):
        for j in range(len(y)):
            bx = stretch[0, 1] * y[j] + stretch[0, 2] * z[k]
            by = stretch[1, 1] * y[j] + stretch[1, 2] * z[k]
            bz = stretch[2, 1] * y[j] + stretch[2, 2] * z[k]
            for i in range(len(x)):
                px = bx + stretch[0, 0] * x[i]
                py = by + stretch[1, 0] * x[i]
                pz = bz + stretch[2, 0] * x[i]
                best = np.float32(1e9)
                for s in range(n):
                    dx, dy, dz = px - points[s, 0], py - points[s, 1], pz - points[s, 2]
                    t = (dx * axis[s, 0] + dy * axis[s, 1] + dz * axis[s, 2]) / square[s]
                    t = min(max(t, np.float32(0.0)), np.float32(1.0))
                    dx -= t * axis[s, 0]
                    dy -= t * axis[s, 1]
                    dz -= t * axis[s, 2]
                    d = np.sqrt(dx * dx + dy * dy + dz * dz) - (radii[s] + t * (radii[s + 1] - radii[s]))
                    best = min(best, d)
                out[k, j, i] = best


@njit(cache=True, inline="always")
def _put(tissue, partner, share, distance, fill, inverse):
    """One voxel painted with ``fill``: new tissue, partner and share."""
    part = np.float32(0.5) - distance * inverse
    if part >= np.float32(0.5):
        return fill, tissue, np.uint8(min(part, np.float32(1.0)) * np.float32(255.0))
    if part > np.float32(0.02):
        return tissue, fill, np.uint8((np.float32(1.0) - part) * np.float32(255.0))
    return tissue, partner, share


@njit(cache=True)
def paint(tissue, partner, share, distance, fill, inverse, only, restricted):
    """Fill the inside of a signed distance; ``only`` limits it where ``restricted``."""
    nz, ny, nx = distance.shape
    value = np.uint8(fill)
    for k in range(nz):
        for j in range(ny):
            for i in range(nx):
                if restricted and not only[k, j, i]:
                    continue
                t, p, s = _put(
                    tissue[k, j, i], partner[k, j, i], share[k, j, i], distance[k, j, i], value, inverse
                )
                tissue[k, j, i], partner[k, j, i], share[k, j, i] = t, p, s


@njit(cache=True)
def mix(partner, share, where, other, amount):
    """Let ``amount`` (0..0.49) of another tissue into voxels that are pure."""
    nz, ny, nx = where.shape
    for k in range(nz):
        for j in range(ny):
            for i in range(nx):
                part = min(amount[k, j, i], np.float32(0.49))
                if where[k, j, i] and part > np.float32(0.01) and share[k, j, i] > PURE:
                    partner[k, j, i] = other
                    share[k, j, i] = np.uint8(np.float32(255.0) * (np.float32(1.0) - part))


@njit(cache=True)
def crop(tile, offset, out):
    """Part of a periodic texture from ``offset`` on, into ``out``."""
    n = tile.shape[0]
    for k in range(out.shape[0]):
        for j in range(out.shape[1]):
            row = tile[(k + offset[0]) % n, (j + offset[1]) % n]
            i0 = offset[2] % n
            for i in range(out.shape[2]):
                out[k, j, i] = row[i0]
                i0 += 1
                if i0 == n:
                    i0 = 0


@njit(cache=True, inline="always")
def _between(field, k, j, i):
    """Value of a half-resolution field at a full-resolution index, linear."""
    k0, j0, i0 = k >> 1, j >> 1, i >> 1
    k1, j1, i1 = k0 + (k & 1), j0 + (j & 1), i0 + (i & 1)
    total = field[k0, j0, i0] + field[k0, j0, i1] + field[k0, j1, i0] + field[k0, j1, i1]
    total += field[k1, j0, i0] + field[k1, j0, i1] + field[k1, j1, i0] + field[k1, j1, i1]
    return total * np.float32(0.125)


@njit(cache=True)
def soft_tissue(tissue, partner, share, fields, tiles, axes, body):
    """Skin, fat, fascia and muscles of the whole map.

    Args:
        tissue, partner, share: the canvas.
        fields: nearest muscle, second muscle, depth under the fascia; half resolution, mm.
        tiles: coarse, middle and fibre texture, periodic.
        axes: x, y, z of the canvas, float32.
        body: inverse spacing, mean fat in mm, 1 for women, fat in muscle, level of the cleft.
    """
    best, second, depth = fields
    coarse_tile, middle_tile, fibre_tile = tiles
    xs, ys, zs = axes
    inverse, fat, woman, infiltration, cleft = body
    n = coarse_tile.shape[0]
    f = np.float32
    for k in range(len(zs)):
        z = zs[k]
        high = min(max((z - f(30)) / f(80), f(0)), f(1))
        for j in range(len(ys)):
            y = ys[j]
            front = min(max(-y / f(60), f(0)), f(1))
            lean = f(0.72) + f(0.55) * min(max(y / f(90), f(-0.6)), f(1.0)) + f(0.35) * high * front
            for i in range(len(xs)):
                at_depth = _between(depth, k, j, i)
                if at_depth > f(2.4) * fat + f(6):
                    continue
                x = xs[i]
                coarse, middle = coarse_tile[k % n, j % n, i % n], middle_tile[k % n, j % n, i % n]
                width = lean + (f(0.1) + f(0.25) * woman) * min(abs(x) / f(150), f(1))
                skin = at_depth - fat * min(max(width, f(0.35)), f(2.0)) - coarse
                if z < cleft + f(0.1) * abs(y):
                    skin = max(skin, f(1.2) - abs(x + f(2) * coarse))
                t, p, s = _put(
                    tissue[k, j, i], partner[k, j, i], share[k, j, i], skin, np.uint8(SKIN), inverse
                )
                t, p, s = _put(t, p, s, skin + f(1.9), np.uint8(SUBCUTANEOUS), inverse)
                if s > PURE and t == SUBCUTANEOUS and abs(middle) < f(0.09) and at_depth > 2:
                    p, s = np.uint8(FASCIA), np.uint8(f(255) * (f(0.55) + f(3) * abs(middle)))
                edge = f(0.6) * middle
                t, p, s = _put(
                    t, p, s, max(at_depth - f(3.2) + edge, skin + f(3.5)), np.uint8(FASCIA), inverse
                )
                t, p, s = _put(
                    t, p, s, max(at_depth - f(2.2) + edge, skin + f(4)), np.uint8(DEEP_FAT), inverse
                )
                sheet = abs(coarse - f(0.4) * middle)
                if t == DEEP_FAT and s > PURE:
                    if sheet < f(0.12):
                        p, s = np.uint8(FIBROUS), np.uint8(f(255) * (f(0.58) + f(2.2) * sheet))
                    elif middle > f(1.2):
                        p, s = (
                            np.uint8(ORGAN),
                            np.uint8(f(255) * (f(1) - min(f(0.3) * (middle - f(1.2)), f(0.45)))),
                        )
                near, next_near = _between(best, k, j, i), _between(second, k, j, i)
                muscle = max(
                    near - f(3.6) + f(0.5) * middle, f(0.75) + f(0.3) * coarse - f(0.5) * (next_near - near)
                )
                muscle = max(muscle, skin + f(3))
                t, p, s = _put(t, p, s, muscle, np.uint8(MUSCLE), inverse)
                if muscle < f(-1.0) and s > PURE:
                    streak = fibre_tile[k % n, (j + 17) % n, (i + 40) % n] - (f(2.1) - f(1.5) * infiltration)
                    part = f(0.35) * streak
                    if abs(coarse) < f(0.035):
                        part = max(part, f(0.25) + f(0.2) * infiltration)
                    if part > f(0.01):
                        p, s = np.uint8(DEEP_FAT), np.uint8(f(255) * (f(1) - min(part, f(0.45))))
                tissue[k, j, i], partner[k, j, i], share[k, j, i] = t, p, s


@njit(cache=True)
def slice_signal(tissue, partner, share, grains, plane, weight, tables, total):
    """Add one plane of the fine map to the water and fat signal of a slice.

    Args:
        tissue, partner, share: (slice, row, column).
        grains: fine and middle periodic texture.
        plane: index of the plane.
        weight: of the slice profile.
        tables: water, fat and texture of every tissue.
        total: (2, row, column) float32, added to.
    """
    fine, middle = grains
    water, fat, texture = tables
    n = fine.shape[0]
    f = np.float32
    for r in range(tissue.shape[1]):
        for c in range(tissue.shape[2]):
            a, b = tissue[plane, r, c], partner[plane, r, c]
            if a == AIR and b == AIR:
                continue
            part = f(share[plane, r, c]) / f(255)
            grain = f(0.75) * fine[plane % n, r % n, c % n] + f(0.65) * middle[plane % n, r % n, c % n]
            grain = weight * min(max(f(1) + texture[a] * grain, f(0.05)), f(3))
            rest = f(1) - part
            total[0, r, c] += grain * (water[a] * part + water[b] * rest)
            total[1, r, c] += grain * (fat[a] * part + fat[b] * rest)
