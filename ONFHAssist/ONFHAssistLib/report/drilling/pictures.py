"""Pictures of a drilling plan: cuts along the wires, seen from the front and from above."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from ...core.vectors import as_point
from ...drilling.bone import HipBone
from ...drilling.plan import PlannedHip
from ...drilling.rules import DrillingRules
from ...exam.shown_window import window_about
from ...imaging.image import Image

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FIELD_MM, PIXEL_MM = 150.0, 0.6
SCALE_MM = 20.0
PICTURE_INCH = 5.0  # of each of the two
EDGED = [withStroke(linewidth=2.5, foreground="black")]  # text that is read over fat as over muscle
BONE, LESION, WIRE, BROKEN = "#57b5e8", "#e69f00", "#7dff7d", "#ff3030"
FRONT, ABOVE = "from the front", "from above"
_EDGES = {FRONT: ("R", "L", "H", "F"), ABOVE: ("R", "L", "A", "P")}


def cuts_along(hip: PlannedHip) -> dict[str, Image]:
    """Empty one-slice grids through the middle of the wires: upright along them, and along them from front to back.

    The first holds the mean direction of the wires and the patient's long axis, as the view from the front shows them;
    the second the same direction and the way to the back, as an axial view of the hip does.
    """
    entry, tip = (
        np.array([getattr(wire, end) for wire in hip.plan.wires]).mean(axis=0) for end in ("entry", "tip")
    )
    along = (tip - entry) / np.linalg.norm(tip - entry)
    flat = along * np.array([1.0, 1.0, 0.0])
    flat = flat / np.linalg.norm(flat) * np.sign(flat[0])  # to the patient's left, as a radiologist looks
    slanted = along * np.sign(along[0])
    back = np.array([0.0, 1.0, 0.0]) - slanted[1] * slanted
    back /= np.linalg.norm(back)
    middle = 0.5 * (entry + tip)
    return {FRONT: _cut(middle, flat, np.array([0.0, 0.0, -1.0])), ABOVE: _cut(middle, slanted, back)}


def _cut(middle: np.ndarray, right: np.ndarray, down: np.ndarray) -> Image:
    count = round(FIELD_MM / PIXEL_MM)
    corner = middle - 0.5 * (count - 1) * PIXEL_MM * (right + down)
    direction = np.stack([right, down, np.cross(right, down)], axis=1)
    return Image(
        np.zeros((1, count, count), np.uint8), (PIXEL_MM,) * 3, as_point(corner), tuple(direction.ravel())
    )


def draw_plan(image: Image, hip: PlannedHip, rules: DrillingRules, path: Path) -> Path:
    """Both cuts side by side as a PNG file; wires are projected onto them as thick as they are, red if a rule is broken.

    Raises:
        ValueError: a hip without wires.
    """
    bone = hip.bone
    if bone is None or not hip.plan.wires:
        raise ValueError("a hip without wires has no picture")
    low, high = window_about(image, [bone.centre])
    figure = Figure(figsize=(2 * PICTURE_INCH, PICTURE_INCH), facecolor="black")
    axes = figure.subplots(1, 2)
    figure.subplots_adjust(0, 0, 1, 1, wspace=0.01)
    floats = image.like(np.asarray(image.array, np.float32))
    for ax, (name, grid) in zip(axes, cuts_along(hip).items(), strict=True):
        ax.set_axis_off()
        ax.imshow(floats.resampled_to(grid).array[0], cmap="gray", vmin=low, vmax=high)
        for mask, colour in ((np.asarray(bone.bone.array) != 0, BONE), (bone.lesion, LESION)):
            share = _share(bone, mask, grid)
            if share.max() > 0.5 > share.min():
                ax.contour(share, [0.5], colors=colour, linewidths=1.3)
        _draw_wires(ax, hip, grid, rules.diameter_mm)
        _letters(ax, name)
    figure.savefig(path, dpi=110, facecolor="black")
    return path


def _share(bone: HipBone, mask: np.ndarray, grid: Image) -> np.ndarray:
    share: np.ndarray = bone.bone.like(mask.astype(np.float32)).resampled_to(grid).array[0]
    return share


def _draw_wires(ax: Axes, hip: PlannedHip, grid: Image, diameter_mm: float) -> None:
    wide = diameter_mm / FIELD_MM * 72.0 * PICTURE_INCH  # points
    broken = {number for check in hip.plan.checks if not check.kept for number in check.wires}
    for wire in hip.plan.wires:
        (x0, y0, _), (x1, y1, _) = grid.point_to_index(np.array([wire.entry, wire.tip]))
        colour = BROKEN if wire.number in broken else WIRE
        ax.plot([x0, x1], [y0, y1], color=colour, lw=wide, alpha=0.4, solid_capstyle="butt")
        ax.plot([x0, x1], [y0, y1], color=colour, lw=0.8, solid_capstyle="butt")
        out = np.array([x0 - x1, y0 - y1]) / max(np.hypot(x0 - x1, y0 - y1), 1e-6)
        x, y = np.array([x0, y0]) + (8.0 + 9.0 * (wire.number % 2)) * out
        ax.text(
            x, y, str(wire.number), color=colour, fontsize=10, ha="center", va="center", path_effects=EDGED
        )
    ax.set_xlim(-0.5, grid.size[0] - 0.5)
    ax.set_ylim(grid.size[1] - 0.5, -0.5)


def _letters(ax: Axes, name: str) -> None:
    left, right, top, bottom = _EDGES[name]
    places = ((0.02, 0.5, left), (0.98, 0.5, right), (0.5, 0.97, top), (0.5, 0.03, bottom))
    for x, y, text in places:
        ax.text(
            x,
            y,
            text,
            color="white",
            fontsize=12,
            ha="center",
            va="center",
            transform=ax.transAxes,
            path_effects=EDGED,
        )
    ends = [0.05, 0.05 + SCALE_MM / FIELD_MM]
    ax.plot(ends, [0.05, 0.05], color="white", lw=2.5, transform=ax.transAxes, path_effects=EDGED)
    ax.text(
        0.05,
        0.065,
        f"{SCALE_MM:.0f} mm",
        color="white",
        fontsize=9,
        transform=ax.transAxes,
        path_effects=EDGED,
    )
