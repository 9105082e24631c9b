"""Label images of balls on thick slices and turned grids, whose agreement is known."""

import numpy as np

from ONFHAssistLib.imaging.image import Image

THICK = (0.8, 0.8, 4.5)


def ball(radius, centre=(0.0, 0.0, 0.0), spacing=THICK, label=1, direction=None):
    """Label image of a ball in mm about the middle of a 70 mm cube; ``centre`` is along the grid's own axes."""
    size = [round(70.0 / s) for s in spacing]
    axes = [(np.arange(n) - 0.5 * (n - 1)) * s - c for n, s, c in zip(size, spacing, centre, strict=True)]
    x, y, z = np.meshgrid(*axes, indexing="ij")
    array = np.where(x**2 + y**2 + z**2 <= radius**2, label, 0).T.astype(np.uint8)
    return Image(
        array, spacing, direction=tuple(np.eye(3).ravel() if direction is None else direction.ravel())
    )


def necrotic(opening, direction=None):
    head = ball(24, spacing=(1.0, 1.0, 1.0))
    points = head.points() - head.index_to_point(0.5 * (np.array(head.size) - 1))
    angle = np.degrees(np.arccos(points[..., 2] / np.maximum(np.linalg.norm(points, axis=-1), 1e-6)))
    return head.like(np.where((head.array == 1) & (angle < opening), 3, head.array).astype(np.uint8))
