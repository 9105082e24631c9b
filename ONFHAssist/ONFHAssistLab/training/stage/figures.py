"""Figures of the stager: confusion of three stages, heat over slices beside the outline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from ONFHAssistLib.stage.evaluation import STAGES, confusion

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
    figure = Figure(figsize=(2.0 * len(cases) + 0.9, 4.2), layout="constrained")
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


def draw_randomisation(
    examples: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray, str]],
    cascade: Mapping[str, float],
    between_members: float,
) -> Figure:
    """Heat of trained and of re-initialised networks on the same hips, and how alike they are part by part.

    Args:
        examples: (crop, heat, heat of new weights, caption), arrays (32, 112, 64).
        cascade: part of the network down to which all weights are new, to the mean SSIM.
        between_members: mean SSIM of two trained networks; NaN leaves it out.
    """
    figure = Figure(figsize=(1.8 * len(examples) + 4.4, 4.1), layout="constrained")
    (pictures, curve), *_ = figure.subfigures(1, 2, squeeze=False, width_ratios=(1.8 * len(examples), 4.4))
    grid = pictures.subplots(2, len(examples), squeeze=False)
    shown = None
    for column, (crop, heat, fresh, caption) in enumerate(examples):
        for row, own in enumerate((heat, fresh)):
            axes = grid[row, column]
            k = int((heat * (heat >= 0.5)).sum(axis=(1, 2)).argmax())
            axes.imshow(crop[k], cmap="gray", vmin=0, vmax=1, aspect=64 / 112)
            shown = axes.imshow(own[k], cmap=HEAT_COLOURS, vmin=0, vmax=1, alpha=0.5, aspect=64 / 112)
            axes.set(xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
        grid[0, column].set_title(caption, fontsize=8)
    for row, words in enumerate(("trained", "new weights")):
        grid[row, 0].set_ylabel(words, fontsize=10)
    pictures.colorbar(shown, ax=grid.ravel().tolist(), shrink=0.7, label="heat")
    axes = curve.subplots()
    places = np.arange(len(cascade) + 1)
    axes.plot(places, [1.0, *cascade.values()], "o-", color="tab:blue", label="trained against new weights")
    if np.isfinite(between_members):
        axes.axhline(between_members, color="grey", linestyle="--", label="two trained networks")
    axes.set_xticks(places, ["none", *cascade], rotation=60, ha="right", fontsize=9)
    axes.set(ylim=(-0.05, 1.05), ylabel="SSIM of the heatmaps")
    axes.set_xlabel("new weights from the answer down to")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9)
    return figure
