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
def tube_distance(x, y, z, points, axis, square, radii, stretch, out):
    """Distance to a chain of cones in stretched space; ``out`` is overwritten.

    Args:
        x, y, z: coordinates along each axis, float32.
        points: (n, 3) float32, already stretched.
        axis: (n - 1, 3) float32, from each point to the next. square: (n - 1,) float32, its squared length, never 0;
            sums over an axis take Numba seconds to compile.
        radii: (n,) float32.
        stretch: (3, 3) float32.
        out: float32 (len(z), len(y), len(x)).
    """
    n = points.shape[0] - 1
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
def soft_tissue(tissue, partner, share, fields, tiles, axes, body):  # noqa: C901
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
                    near - f(7.5) + f(0.5) * middle,
                    f(0.75) + f(0.75) * coarse + f(0.35) * middle - f(0.5) * (next_near - near),
                )
                muscle = max(muscle, at_depth - f(1.6) + edge, skin + f(3))
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
        grains: periodic texture of marrow and of soft tissue, and 1 for every tissue value inside bone.
        plane: index of the plane.
        weight: of the slice profile.
        tables: water, fat and texture of every tissue.
        total: (2, row, column) float32, added to.
    """
    marrow, soft, in_bone = grains
    water, fat, texture = tables
    n = soft.shape[0]
    f = np.float32
    for r in range(tissue.shape[1]):
        for c in range(tissue.shape[2]):
            a, b = tissue[plane, r, c], partner[plane, r, c]
            if a == AIR and b == AIR:
                continue
            part = f(share[plane, r, c]) / f(255)
            tile = marrow if in_bone[a] else soft
            grain = tile[plane % n, r % n, c % n]
            grain = weight * min(max(f(1) + texture[a] * grain, f(0.05)), f(3))
            rest = f(1) - part
            total[0, r, c] += grain * (water[a] * part + water[b] * rest)
            total[1, r, c] += grain * (fat[a] * part + fat[b] * rest)


@njit(cache=True, inline="always")
def _warped(field, cell, part):
    """Displacement of one axis inside a cell of its control points, trilinear."""
    k, j, i = cell
    c, b, a = part
    one = np.float32(1.0)
    low = (one - b) * ((one - a) * field[k, j, i] + a * field[k, j, i + 1])
    low += b * ((one - a) * field[k, j + 1, i] + a * field[k, j + 1, i + 1])
    high = (one - b) * ((one - a) * field[k + 1, j, i] + a * field[k + 1, j, i + 1])
    high += b * ((one - a) * field[k + 1, j + 1, i] + a * field[k + 1, j + 1, i + 1])
    return (one - c) * low + c * high


@njit(cache=True, inline="always")
def _sampled(maps, signal, texture, grains, shift, at):
    """Signal of the fine voxel nearest to a point; 0 outside the map."""
    tissue, partner, share, _ = maps
    marrow, soft, in_bone = grains
    f = np.float32
    if min(at) < f(-0.5):
        return f(0)
    z, y, x = int(at[0] + f(0.5)), int(at[1] + f(0.5)), int(at[2] + f(0.5))
    if z >= tissue.shape[0] or y >= tissue.shape[1] or x >= tissue.shape[2]:
        return f(0)
    a = tissue[z, y, x]
    part = f(share[z, y, x]) / f(255)
    value = signal[a] * part + signal[partner[z, y, x]] * (f(1) - part)
    if texture[a] > f(0):
        n = soft.shape[0]
        u, v, w = (z + shift[0]) % n, (y + shift[1]) % n, (x + shift[2]) % n
        tile = marrow if in_bone[a] else soft
        value *= max(f(1) + texture[a] * tile[u, v, w], f(0.05))
    return value


@njit(cache=True)
def render(maps, geometry, samples, tables, chemistry, grains, shift, image, labels):
    """A volume of random contrast and geometry from a fine map.

    Args:
        maps: tissue, partner, share and labels of the fine map, uint8 (z, y, x).
        geometry: (3, 4) float32, target index (z, y, x, 1) to fine index (z, y, x), and (3, n, n, n) float32
            displacements in fine voxels, spread over the target.
        samples: (s, 3) float32, offsets of sub-voxel samples in fine voxels.
        tables: signal of water, of fat, and texture of every tissue.
        chemistry: float32 (3,), how far fat appears from where it is, in fine voxels (z, y, x), and the cosine of
            the phase between water and fat (1 in phase and for spin echoes, -1 out of phase).
        grains: periodic texture of marrow and of soft tissue, and 1 for every tissue value inside bone.
        shift: of the texture, int64 (3,).
        image: float32 target, overwritten.
        labels: uint8 target, overwritten.
    """
    to_fine, warp = geometry
    water, fat, texture = tables
    fat_shift, cosine = chemistry
    apart = np.any(fat != np.float32(0))
    truth = maps[3]
    f = np.float32
    cells = f(warp.shape[1] - 1)
    at = np.empty(3, np.float32)
    for k in range(image.shape[0]):
        wk = f(k) * cells / f(image.shape[0])
        for j in range(image.shape[1]):
            wj = f(j) * cells / f(image.shape[1])
            for i in range(image.shape[2]):
                wi = f(i) * cells / f(image.shape[2])
                cell = (int(wk), int(wj), int(wi))
                part = (wk - f(cell[0]), wj - f(cell[1]), wi - f(cell[2]))
                for c in range(3):
                    at[c] = _warped(warp[c], cell, part)
                    at[c] += (
                        to_fine[c, 0] * f(k) + to_fine[c, 1] * f(j) + to_fine[c, 2] * f(i) + to_fine[c, 3]
                    )
                z, y, x = (
                    int(np.floor(at[0] + f(0.5))),
                    int(np.floor(at[1] + f(0.5))),
                    int(np.floor(at[2] + f(0.5))),
                )
                within = 0 <= z < truth.shape[0] and 0 <= y < truth.shape[1] and 0 <= x < truth.shape[2]
                labels[k, j, i] = truth[z, y, x] if within else 0
                total, oily = f(0), f(0)
                for s in range(samples.shape[0]):
                    point = (at[0] + samples[s, 0], at[1] + samples[s, 1], at[2] + samples[s, 2])
                    total += _sampled(maps, water, texture, grains, shift, point)
                    if apart:
                        point = (point[0] - fat_shift[0], point[1] - fat_shift[1], point[2] - fat_shift[2])
                        oily += _sampled(maps, fat, texture, grains, shift, point)
                # Water and fat of a voxel add as vectors: opposed, they cancel where they share a voxel.
                if cosine < f(1):
                    total = np.sqrt(max(total * total + oily * oily + f(2) * cosine * total * oily, f(0)))
                else:
                    total += oily
                image[k, j, i] = total / f(samples.shape[0])


@njit(cache=True)
def project_plane(plane, low, step, magnified, pixels, total):
    """Add one plane square to the beam to the line integrals on the detector, linear in between.

    Args:
        plane: attenuation (z, x) float32 of a plane, times its thickness.
        low: z and x of its first voxel relative to the central ray, mm.
        step: voxel size in mm.
        magnified: detector mm for one mm in the plane.
        pixels: z of the first detector row (top), x of the first column, pixel size; mm on the detector.
        total: float32 (rows, columns), added to.
    """
    nz, nx = plane.shape
    for r in range(total.shape[0]):
        fz = ((pixels[0] - r * pixels[2]) / magnified - low[0]) / step
        k = int(np.floor(fz))
        if k < 0 or k >= nz - 1:
            continue
        az = np.float32(fz - k)
        for c in range(total.shape[1]):
            fx = ((pixels[1] + c * pixels[2]) / magnified - low[1]) / step
            i = int(np.floor(fx))
            if i < 0 or i >= nx - 1:
                continue
            ax = np.float32(fx - i)
            upper = plane[k, i] + ax * (plane[k, i + 1] - plane[k, i])
            lower = plane[k + 1, i] + ax * (plane[k + 1, i + 1] - plane[k + 1, i])
            total[r, c] += upper + az * (lower - upper)
