"""Three planes through one hip: what is true in one colour, what was found in another, in radiological orientation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from matplotlib.patheffects import withStroke

from ONFHAssistLib.core.vectors import as_point
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance

from .outlines import cropped_around
from .table import RealHip

TRUE, FOUND = "#ffd23f", "#4cc3ff"  # told apart with every kind of colour vision, and from grey
FIELD_MM, PIXEL_MM = 100.0, 0.5
WINDOW_MM, WINDOW_PERCENT = 38.0, (1.0, 99.0)
SCALE_MM = 20.0
_FAR_MM = 50.0
_HEAD_LINE, _LESION_LINE = 1.1, 2.0
# Axis of LPS that each plane stands on, and what is at its left and right edge.
PLANES = {"coronal": (1, "R", "L"), "sagittal": (0, "A", "P"), "axial": (2, "R", "L")}


@dataclass(frozen=True)
class View:
    """What is drawn of one hip.

    Attributes:
        image: grey values.
        title: on the picture.
        centre: of the place that is looked at when no lesion leads elsewhere, LPS mm. radius: of the ball about it, mm.
        true_sphere: centre and radius of the true head; None of a head that is none.
        found: labels that were found, on any grid; None without. found_sides: whose outlines are drawn.
        truth: true labels, on any grid; None without. side: whose of them.
    """

    image: Image
    title: str
    centre: tuple[float, float, float]
    radius: float
    side: str
    true_sphere: tuple[tuple[float, float, float], float] | None = None
    found: Image | None = None
    found_sides: Sequence[str] = field(default_factory=tuple)
    truth: Image | None = None

    @property
    def hip(self) -> RealHip:
        """The ball as a hip, for cropping."""
        return RealHip(0, Path(), "", self.side, self.centre, self.radius, "")


def draw_view(view: View, path: Path) -> str:
    """Coronal, sagittal and axial slice as a PNG file.

    The patient's right is at the left of the coronal and axial slice, the front at the left of the sagittal and at the
    top of the axial one. The slices run through the true necrosis, else through the found one, else through the head.

    Returns:
        What the slices run through, in words.
    """
    lesions, heads = _distances(view)
    point, through = _slices_through(view)
    low, high = _window(view)
    figure = Figure(figsize=(12, 4.35), facecolor="black")
    axes = figure.subplots(1, 3)
    figure.subplots_adjust(0, 0, 1, 0.92, wspace=0.01)
    for ax, (plane, (axis, left, right)) in zip(axes, PLANES.items(), strict=True):
        grid = _slice_grid(point, axis)
        ax.set_axis_off()
        ax.imshow(_flat(view.image.resampled_to(grid, fill=low), axis), cmap="gray", vmin=low, vmax=high)
        for parts, width in ((heads, _HEAD_LINE), (lesions, _LESION_LINE)):
            for colour, distance in parts:
                flat = _flat(distance.resampled_to(grid, fill=_FAR_MM), axis)
                if flat.min() < 0.0 < flat.max():
                    ax.contour(flat, [0.0], colors=colour, linewidths=width)
        _draw_sphere(ax, view, point, axis)
        for x, text in ((0.03, left), (0.97, right)):
            _write(ax, x, 0.5, text, 14)
        _write(ax, 0.5, 0.955, plane, 12)
    _scale_bar(axes[0])
    figure.text(0.012, 0.96, view.title, color="white", fontsize=13, va="center")
    figure.text(0.988, 0.96, "found", color=FOUND, fontsize=13, va="center", ha="right")
    figure.text(0.93, 0.96, "true (sphere dashed)", color=TRUE, fontsize=13, va="center", ha="right")
    figure.savefig(path, dpi=110, facecolor="black")
    return through


def _distances(view: View) -> tuple[list[tuple[str, Image]], list[tuple[str, Image]]]:
    """Signed distances to the lesions and to the heads, each with its colour, the true ones first."""
    lesions: list[tuple[str, Image]] = []
    heads: list[tuple[str, Image]] = []
    sources: list[tuple[str, Image, str]] = []
    if view.truth is not None:
        sources.append((TRUE, view.truth, view.side))
    if view.found is not None:
        sources += [(FOUND, view.found, side) for side in view.found_sides]
    for colour, labels, side in sources:
        part = cropped_around(labels, view.hip)
        for mask, where in ((necrosis_mask(part.array, side), lesions), (head_mask(part.array, side), heads)):
            if mask.any() and not (where is heads and colour == TRUE):  # the true head is its sphere
                where.append((colour, signed_distance(part.like(mask.astype(np.uint8)))))
    return lesions, heads


def _slices_through(view: View) -> tuple[np.ndarray, str]:
    for labels, sides, words in (
        (view.truth, (view.side,), "the middle of the true necrosis"),
        (view.found, view.found_sides, "the middle of the necrosis that was found"),
    ):
        for side in sides if labels is not None else ():
            assert labels is not None
            part = cropped_around(labels, view.hip)
            dead = np.argwhere(necrosis_mask(part.array, side))
            if len(dead):
                return part.index_to_point(dead.mean(axis=0)[::-1]), words
    return np.array(view.centre), "the centre of the head"


def _slice_grid(point: np.ndarray, axis: int) -> Image:
    """An empty slice of 100 mm around a point, across one axis of LPS."""
    count = round(FIELD_MM / PIXEL_MM)
    size = np.full(3, count)
    size[axis] = 1
    corner = point - 0.5 * (size - 1) * PIXEL_MM
    return Image(np.zeros(size[::-1], np.uint8), (PIXEL_MM,) * 3, as_point(corner))


def _flat(image: Image, axis: int) -> np.ndarray:
    """The one slice as a picture: the head up, or of an axial one the front up."""
    flat = np.squeeze(image.array)
    return flat if axis == 2 else flat[::-1]


def _draw_sphere(ax: Axes, view: View, point: np.ndarray, axis: int) -> None:
    """The circle in which a plane cuts the true sphere."""
    if view.true_sphere is None:
        return
    centre, radius = np.array(view.true_sphere[0]), view.true_sphere[1]
    offset = centre - point
    squared = radius**2 - offset[axis] ** 2
    if squared <= 0.0:
        return
    across, up = [i for i in range(3) if i != axis]
    middle = 0.5 * (round(FIELD_MM / PIXEL_MM) - 1)
    row = offset[up] / PIXEL_MM
    place = (middle + offset[across] / PIXEL_MM, middle + (row if axis == 2 else -row))
    ax.add_patch(
        Circle(
            place, math.sqrt(squared) / PIXEL_MM, fill=False, ec=TRUE, lw=_HEAD_LINE, ls=(0, (6, 3)), zorder=3
        )
    )


def _window(view: View) -> tuple[float, float]:
    """Grey values shown as black and white: what lies about the head fills the range."""
    image = view.image
    middle = image.point_to_index(np.array(view.centre))[::-1]
    reach = np.ceil(WINDOW_MM / np.asarray(image.spacing[::-1]))
    low, high = np.maximum(middle - reach, 0).astype(int), np.maximum(middle + reach, 0).astype(int) + 1
    values = image.array[tuple(slice(a, b) for a, b in zip(low, high, strict=True))]
    if not values.size:
        values = image.array
    dark, bright = np.nanpercentile(values, WINDOW_PERCENT)
    return float(dark), float(max(bright, dark + 1e-6))


def _scale_bar(ax: Axes) -> None:
    share = SCALE_MM / FIELD_MM
    for colour, width in (("black", 4.5), ("white", 2.5)):
        ax.plot([0.05, 0.05 + share], [0.04, 0.04], color=colour, lw=width, transform=ax.transAxes)
    _write(ax, 0.05 + 0.5 * share, 0.075, f"{SCALE_MM:.0f} mm", 11)


def _write(ax: Axes, x: float, y: float, text: str, size: float) -> None:
    """White with a black rim, so that it can be read on fat and on cortex."""
    rim = [withStroke(linewidth=2.5, foreground="black")]
    ax.text(
        x,
        y,
        text,
        color="white",
        fontsize=size,
        ha="center",
        va="center",
        transform=ax.transAxes,
        path_effects=rim,
    )
