"""Label images of hips of known geometry: a ball with a neck, and a cone of necrosis."""

import numpy as np
import SimpleITK as sitk  # noqa: N813

from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.measure import hip as m

NECK = 0.5  # the head ends this share of the radius down the neck


def hip(centre, radius, side, axis=None, opening=0.0, depth=0.0, spacing=(1.0, 1.0, 1.0), direction=None):
    """A ball with a neck stump; necrosis is the cone of half-angle ``opening`` about ``axis``, ``depth`` mm deep."""
    direction = np.eye(3) if direction is None else direction
    half = radius + 14.0
    size = np.ceil(2 * half / np.array(spacing)).astype(int)
    origin = np.array(centre) - direction @ (0.5 * (size - 1) * np.array(spacing))
    grid = Image(np.zeros(size[::-1], np.uint8), spacing, tuple(origin), tuple(direction.ravel()))
    offset = grid.points() - centre
    distance = np.linalg.norm(offset, axis=-1)
    lateral = m.lateral_axis(side)
    neck = 0.8 * lateral + np.array([0, 0, -0.6])
    down = offset @ neck
    aside = np.linalg.norm(offset - down[..., None] * neck, axis=-1)
    head = (distance < radius) & (down < 0.8 * radius)
    head |= (aside < 0.7 * radius) & (down > 0) & (down < radius)
    labels = np.where(head, HEAD[side], 0).astype(np.uint8)
    if axis is not None:
        axis = np.array(axis, float) / np.linalg.norm(axis)
        angle = np.degrees(np.arccos(np.clip(offset @ axis / np.maximum(distance, 1e-6), -1, 1)))
        labels[head & (angle < opening) & (distance > radius - depth)] = NECROSIS[side]
    return grid.like(labels)


def rotation(x, y, z):
    t = sitk.Euler3DTransform((0, 0, 0), *np.radians([x, y, z]))
    return np.array(t.GetMatrix()).reshape(3, 3)


def thick_hip(side="L", turn=(8, -5, 12), noise=0):
    """An image of 4.8 mm slices of a hip with a cone of necrosis, and its outlines on voxels of a fifth of a slice."""
    centre = (80.0 if side == "L" else -80.0, 5.0, -30.0)
    axis = (0, -np.sin(np.radians(45)), np.cos(np.radians(45)))
    fine = hip(centre, 24.0, side, axis, 65.0, 15.0, (1.0, 1.0, 0.96), rotation(*turn))
    slices = fine.size[2] // 5
    fine = fine.cropped((0, 0, 0), (*fine.size[:2], 5 * slices))
    thick = Image(
        np.random.default_rng(noise).normal(300, 20, (slices, *fine.array.shape[1:])).astype(np.float32),
        (1.0, 1.0, 4.8),
        tuple(fine.index_to_point((0, 0, 2))),
        fine.direction,
        {"modality": "MR"},
    )
    return thick, fine
