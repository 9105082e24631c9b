"""A patient who moves between the series of an examination: each hip rigidly, as a whole, by a few mm and degrees.

From 35 mm beside the midline outward everything moves with its hip, exactly rigidly; in between the two motions pass
smoothly into each other. The joint does not bend: head, neck and socket keep their places to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numba import njit
from scipy.spatial.transform import Rotation

from ONFHAssistLib.imaging.image import Image

from ..anatomy.patient import Patient

BETWEEN_MM = 35.0  # to either side of the midline, where one motion passes into the other


def draw_pose(
    rng: np.random.Generator, centre: np.ndarray, most_mm: float, most_degrees: float
) -> np.ndarray:
    """A random rigid motion, 4 x 4, LPS mm of the patient at rest to LPS mm of the patient as scanned.

    Args:
        centre: LPS mm about which it turns; it is shifted by up to ``most_mm`` itself, by whole mm along each axis, so
            that on a map of 1 mm, whose nearest voxels :func:`moved` takes, the pose is exact for small turns too.
    """
    way, axis = rng.normal(size=(2, 3))
    shift = way / np.linalg.norm(way) * rng.uniform(0.0, most_mm)
    whole = np.rint(shift)
    shift = whole if np.linalg.norm(whole) <= most_mm else np.trunc(shift)
    turn = Rotation.from_rotvec(axis / np.linalg.norm(axis) * np.radians(rng.uniform(0.0, most_degrees)))
    pose = np.eye(4)
    pose[:3, :3] = turn.as_matrix()
    pose[:3, 3] = centre + shift - pose[:3, :3] @ centre
    return pose


def moved(patient: Patient, poses: Mapping[str, np.ndarray], seed: int) -> Patient:
    """The patient with each hip in another pose.

    Args:
        poses: side to its motion (:func:`draw_pose`).
        seed: of the marrow's grain, which belongs to the scanner's grid and would else stay where it was, so that
            series could be aligned by it. It is drawn anew and tells nothing.

    Returns:
        Maps and labels on the same grid, nearest voxels; centres of the truth where they are now.
    """
    maps = (patient.tissue, patient.partner, patient.share, patient.labels)
    out = [np.empty_like(one.array) for one in maps]
    grid = patient.tissue
    x = grid.index_to_point(np.stack([np.arange(grid.size[0]), *np.zeros((2, grid.size[0]))], axis=1))[:, 0]
    at = np.clip((x - patient.midline_x + BETWEEN_MM) / (2 * BETWEEN_MM), 0.0, 1.0)
    left = at * at * (3.0 - 2.0 * at)
    back = [np.linalg.inv(grid.affine) @ np.linalg.inv(poses[side]) @ grid.affine for side in ("R", "L")]
    _pull(tuple(one.array for one in maps), tuple(out), left, back[0], back[1])
    truth = {
        side: facts | {"centre": _at(poses[side], facts["centre"])} for side, facts in patient.truth.items()
    }
    tissue, partner, share, labels = (grid.like(one) for one in out)
    parameters = replace(patient.parameters, seed=seed)
    return Patient(parameters, tissue, partner, share, labels, truth)


def placed(image: Image, offset: np.ndarray) -> Image:
    """The image in another frame of reference, whose origin is moved by ``offset`` mm."""
    x, y, z = (float(a + b) for a, b in zip(image.origin, offset, strict=True))
    return replace(image, origin=(x, y, z))


def _at(pose: np.ndarray, point: tuple[float, float, float] | None) -> tuple[float, float, float] | None:
    if point is None:
        return None
    x, y, z = (float(v) for v in pose[:3, :3] @ np.asarray(point) + pose[:3, 3])
    return x, y, z


@njit(cache=True)
def _pull(maps, out, left, r, s):
    """Each voxel from where it was: source index by the motions ``r`` and ``s``, mixed by ``left`` along x."""
    nz, ny, nx = maps[0].shape
    for k in range(nz):
        for j in range(ny):
            for i in range(nx):
                w = left[i]
                u = 1.0 - w
                x = u * (r[0, 0] * i + r[0, 1] * j + r[0, 2] * k + r[0, 3])
                x += w * (s[0, 0] * i + s[0, 1] * j + s[0, 2] * k + s[0, 3])
                y = u * (r[1, 0] * i + r[1, 1] * j + r[1, 2] * k + r[1, 3])
                y += w * (s[1, 0] * i + s[1, 1] * j + s[1, 2] * k + s[1, 3])
                z = u * (r[2, 0] * i + r[2, 1] * j + r[2, 2] * k + r[2, 3])
                z += w * (s[2, 0] * i + s[2, 1] * j + s[2, 2] * k + s[2, 3])
                a = min(max(int(np.floor(x + 0.5)), 0), nx - 1)
                b = min(max(int(np.floor(y + 0.5)), 0), ny - 1)
                c = min(max(int(np.floor(z + 0.5)), 0), nz - 1)
                out[0][k, j, i] = maps[0][c, b, a]
                out[1][k, j, i] = maps[1][c, b, a]
                out[2][k, j, i] = maps[2][c, b, a]
                out[3][k, j, i] = maps[3][c, b, a]
