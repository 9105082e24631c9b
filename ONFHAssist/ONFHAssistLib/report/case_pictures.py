"""Pictures of a hip for the report: coronal and sagittal slices through the head, outlined, with the heat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from ..core.vectors import as_point
from ..evaluate.figures.spoken import speak
from ..exam.shown_window import window_about
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, head_mask
from ..imaging.subvoxel import REACH_MM, signed_distance

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

FIELD_MM, PIXEL_MM = 110.0, 0.5
COLOURS = {"head": "#57b5e8", "necrosis": "#e69f00"}
HEAT_FROM = 0.25  # as in the slices
SCALE_MM = 20.0
# What stands at the left and the right edge of each picture.
EDGES = {"coronal": ("R", "L"), "sagittal": ("A", "P")}


def draw_hip(
    image: Image,
    labels: Image,
    side: str,
    path: Path,
    heat: Image | None = None,
    window: tuple[float, float] | None = None,
) -> tuple[Path, tuple[float, float, float]]:
    """Coronal and sagittal slice through the centre of one femoral head as a PNG file.

    Radiological orientation: the patient's right is on the left of the coronal slice, the front on the left of the
    sagittal one. Between the slices of the scan, image and outlines are interpolated.

    Args:
        labels: label image on the grid of ``image``; its head of ``side`` must not be empty.
        heat: 0..1, shown in a second row where it is given.
        window: grey values shown as black and as white; by :func:`window_of` where it is not given.

    Returns:
        The path and the centre of the slices in LPS mm.
    """
    centre = centre_of(labels, side)
    low, high = window or window_of(image, labels, [side])
    outlines = _distances(labels, side)
    rows = 1 if heat is None else 2
    figure = Figure(figsize=(8, 4 * rows), facecolor="black")
    axes = figure.subplots(rows, 2, squeeze=False)
    figure.subplots_adjust(0, 0, 1, 1, wspace=0.01, hspace=0.01)
    for column, (name, grid) in enumerate(slices_through(centre).items()):
        grey = _flat(image.resampled_to(grid))
        lines = {
            part: _flat(distance.resampled_to(grid, fill=REACH_MM)) for part, distance in outlines.items()
        }
        for row in range(rows):
            ax = axes[row, column]
            ax.set_axis_off()
            ax.imshow(grey, cmap="gray", vmin=low, vmax=high)
            if heat is not None and row == 1:
                warm = _flat(heat.resampled_to(grid))
                shown = ax.imshow(
                    np.ma.masked_less(warm, HEAT_FROM), cmap="inferno", vmin=0.0, vmax=1.0, alpha=0.6
                )
            _draw_outlines(ax, lines)
            _letters(ax, EDGES[name])
        _scale_bar(axes[0, column])
    if heat is not None:
        _heat_legend(axes[1, 1], shown)
    speak(figure)
    figure.savefig(path, dpi=110, facecolor="black")
    return path, as_point(centre)


def draw_contrasts(
    images: Sequence[Image], labels: Image, side: str, path: Path, windows: Sequence[tuple[float, float]]
) -> Path:
    """Coronal and sagittal slice through the centre of one head on several series, a row each, with the same outlines.

    Args:
        images: in the frame of ``labels``. windows: of each, grey values shown as black and as white.
    """
    centre = centre_of(labels, side)
    outlines = _distances(labels, side)
    figure = Figure(figsize=(8, 4 * len(images)), facecolor="black")
    axes = figure.subplots(len(images), 2, squeeze=False)
    figure.subplots_adjust(0, 0, 1, 1, wspace=0.01, hspace=0.01)
    for column, (name, grid) in enumerate(slices_through(centre).items()):
        lines = {
            part: _flat(distance.resampled_to(grid, fill=REACH_MM)) for part, distance in outlines.items()
        }
        for ax, image, (low, high) in zip(axes[:, column], images, windows, strict=True):
            ax.set_axis_off()
            ax.imshow(_flat(image.resampled_to(grid)), cmap="gray", vmin=low, vmax=high)
            _draw_outlines(ax, lines)
            _letters(ax, EDGES[name])
        _scale_bar(axes[0, column])
    speak(figure)
    figure.savefig(path, dpi=110, facecolor="black")
    return path


def centre_of(labels: Image, side: str) -> np.ndarray:
    """Middle of the outlined head (its necrosis included), LPS mm."""
    return labels.index_to_point(np.argwhere(head_mask(labels.array, side)).mean(axis=0)[::-1])


def window_of(image: Image, labels: Image, sides: Sequence[str]) -> tuple[float, float]:
    """Grey values to be shown as black and as white: what lies around the heads fills the range.

    One window for both hips, so that they can be compared.
    """
    return window_about(image, [centre_of(labels, side) for side in sides])


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


def outlined_sides(labels: Image) -> list[str]:
    """Sides whose head is outlined, right before left."""
    return [side for side in HEAD if head_mask(labels.array, side).any()]


def _distances(labels: Image, side: str) -> dict[str, Image]:
    """Signed distance to the outline of the head and of the necrosis (where there is one), cropped to the hip."""
    masks = {"head": head_mask(labels.array, side), "necrosis": labels.array == NECROSIS[side]}
    found = np.argwhere(masks["head"])
    low = np.maximum(found.min(axis=0) - 4, 0)
    part = tuple(slice(a, b + 5) for a, b in zip(low, found.max(axis=0), strict=True))
    origin = tuple(labels.index_to_point(low[::-1]))
    return {
        name: signed_distance(Image(mask[part].astype(np.uint8), labels.spacing, origin, labels.direction))
        for name, mask in masks.items()
        if mask.any()
    }


def _draw_outlines(ax: Axes, distances: Mapping[str, np.ndarray]) -> None:
    for part, distance in distances.items():
        if distance.min() < 0.0 < distance.max():
            ax.contour(distance, [0.0], colors=COLOURS[part], linewidths=1.4)


def _flat(image: Image) -> np.ndarray:
    """The one slice as a picture, the patient's head up."""
    return np.squeeze(image.array)[::-1]


def _letters(ax: Axes, edges: tuple[str, str]) -> None:
    for x, text in zip((0.03, 0.97), edges, strict=True):
        ax.text(
            x, 0.5, text, color="white", fontsize=13, ha="center", va="center", transform=ax.transAxes, alpha=0.85
        )  # fmt: skip


def _scale_bar(ax: Axes) -> None:
    share = SCALE_MM / FIELD_MM
    ax.plot([0.05, 0.05 + share], [0.04, 0.04], color="white", lw=2.5, transform=ax.transAxes)
    ax.text(0.05, 0.055, f"{SCALE_MM:.0f} mm", color="white", fontsize=10, transform=ax.transAxes)


def _heat_legend(ax: Axes, shown: AxesImage) -> None:
    """A narrow colour bar inside the picture."""
    inset = ax.inset_axes((0.55, 0.05, 0.38, 0.025))
    bar = ax.figure.colorbar(shown, cax=inset, orientation="horizontal", ticks=[0, 0.5, 1])
    bar.ax.tick_params(colors="white", labelsize=9, pad=1)
    bar.ax.xaxis.set_ticks_position("top")
    bar.outline.set_edgecolor("white")
    ax.text(0.74, 0.135, "heat", color="white", fontsize=10, ha="center", transform=ax.transAxes)
