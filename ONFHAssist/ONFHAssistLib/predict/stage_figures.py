"""Figures of the stager: confusion of three stages, heat over slices beside the outline."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from .evaluate_stage import STAGES, confusion

HEAT_COLOURS = "inferno"


def draw_stage_confusion(stages: np.ndarray, called: np.ndarray, title: str | None = None) -> Figure:
    """Counts and shares of each true stage, which the shade shows; (n,) and (n,) of 0, 1, 2."""
    matrix = confusion(stages, called)
    share = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    figure = Figure(figsize=(3.8, 3.5), layout="constrained")
    axes = figure.add_subplot()
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for i in range(3):
        for j in range(3):
            colour = "white" if share[i, j] > 0.55 else "black"
            axes.text(
                j,
                i,
                f"{matrix[i, j]}\n{share[i, j]:.0%}",
                ha="center",
                va="center",
                color=colour,
                fontsize=11,
            )
    axes.set_xticks(range(3), STAGES)
    axes.set_yticks(range(3), STAGES)
    axes.set(xlabel="Stage given", ylabel="True stage")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    if title:
        axes.set_title(title, fontsize=11, loc="left", fontweight="bold")
    return figure


def draw_heat(
    cases: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray, str]], threshold: float = 0.25
) -> Figure:
    """Crops with heat and outline, one column a hip: as scanned, with heat over it, both in the slice of most heat.

    Args:
        cases: (crop 0..1, heat 0..1, necrosis mask, caption), each array (32, 112, 64) as in :mod:`.head_crop`.
        threshold: heat below is not shown.
    """
    figure = Figure(figsize=(2.0 * len(cases) + 0.5, 4.6), layout="constrained")
    grid = figure.subplots(2, len(cases), squeeze=False)
    shown = None
    for column, (crop, heat, necrosis, caption) in enumerate(cases):
        weight = (heat * (heat >= 0.5)).sum(axis=(1, 2)) if heat.max() >= 0.5 else necrosis.sum(axis=(1, 2))
        k = int(weight.argmax()) if weight.any() else crop.shape[0] // 2
        for row in range(2):
            axes = grid[row, column]
            axes.imshow(crop[k], cmap="gray", vmin=0, vmax=1, aspect=64 / 112)
            axes.set_axis_off()
        over = np.ma.masked_less(heat[k], threshold)
        shown = grid[1, column].imshow(over, cmap=HEAT_COLOURS, vmin=0, vmax=1, alpha=0.55, aspect=64 / 112)
        if necrosis[k].any():
            grid[1, column].contour(necrosis[k], [0.5], colors="cyan", linewidths=0.9)
        grid[0, column].set_title(caption, fontsize=8)
    if shown is not None:
        figure.colorbar(shown, ax=grid[1, :].tolist(), shrink=0.8, label="heat")
    return figure
