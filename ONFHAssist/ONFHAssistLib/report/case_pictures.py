"""Pictures of a hip for the report: coronal and sagittal slices through the head, outlined, with the heat."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from ..evaluate.figures import save_figure
from ..image import Image
from ..segment.labels import HEAD, NECROSIS, head_mask

FIELD_MM, PIXEL_MM = 110.0, 0.5
COLOURS = {"head": "#57b5e8", "necrosis": "#e69f00"}
HEAT_FROM = 0.25  # as in the slices
BRIGHTEST_PERCENT = 99.7


def draw_hip(
    image: Image, labels: Image, side: str, path: Path, heat: Image | None = None
) -> tuple[Path, tuple[float, float, float]]:
    """Coronal and sagittal slice through the centre of one femoral head as a PNG file.

    Radiological orientation: the patient's right is on the left of the coronal slice, the front on the left of the
    sagittal one.

    Args:
        labels: label image on the grid of ``image``; its head of ``side`` must not be empty.
        heat: 0..1, shown in a second row where it is given.

    Returns:
        The path and the centre of the slices in LPS mm.
    """
    mask = head_mask(labels.array, side)
    centre = labels.index_to_point(np.argwhere(mask).mean(axis=0)[::-1])
    rows = 1 if heat is None else 2
    figure = Figure(figsize=(8, 4 * rows), layout="constrained", facecolor="black")
    axes = figure.subplots(rows, 2, squeeze=False)
    top = float(np.percentile(image.array, BRIGHTEST_PERCENT))
    for column, grid in enumerate(slices_through(centre).values()):
        grey = _flat(image.resampled_to(grid))
        parts = {
            "head": _flat(labels.like(mask.astype(np.float32)).resampled_to(grid)),
            "necrosis": _flat(
                labels.like((labels.array == NECROSIS[side]).astype(np.float32)).resampled_to(grid)
            ),
        }
        for row in range(rows):
            ax = axes[row, column]
            ax.set_axis_off()
            ax.imshow(grey, cmap="gray", vmin=0.0, vmax=max(top, 1e-6))
            if row == 1:
                warm = _flat(heat.resampled_to(grid))
                ax.imshow(np.ma.masked_less(warm, HEAT_FROM), cmap="inferno", vmin=0.0, vmax=1.0, alpha=0.6)
            for part, values in parts.items():
                if values.max() > 0.5:
                    ax.contour(values, [0.5], colors=COLOURS[part], linewidths=1.4)
    return save_figure(figure, path, dpi=110), tuple(float(c) for c in centre)


def slices_through(centre: np.ndarray) -> Mapping[str, Image]:
    """Empty one-slice grids "coronal" and "sagittal" of 110 mm around a point (LPS mm), feet at the bottom of row 0."""
    count = round(FIELD_MM / PIXEL_MM)
    half = 0.5 * (count - 1) * PIXEL_MM
    x, y, z = (float(c) for c in centre)
    spacing = (PIXEL_MM,) * 3
    return {
        "coronal": Image(np.zeros((count, 1, count), np.float32), spacing, (x - half, y, z - half)),
        "sagittal": Image(np.zeros((count, count, 1), np.float32), spacing, (x, y - half, z - half)),
    }


def _flat(image: Image) -> np.ndarray:
    """The one slice as a picture, the patient's head up."""
    return np.squeeze(image.array)[::-1]


def sides_of(labels: Image) -> list[str]:
    """Sides whose head is outlined, right before left."""
    return [side for side in HEAD if head_mask(labels.array, side).any()]
