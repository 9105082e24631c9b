"""The course of a patient's hips as one picture: volume, surface, angle over months, with the stage at each date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from .result import FollowUp, HipFollowUp, Interval
from .tracks import NEW

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = {"R": "#0072B2", "L": "#D55E00"}  # Okabe and Ito
LINES = {"R": "o-", "L": "X--"}  # the hips are told apart without colour, too
NAMES = {"R": "Right hip", "L": "Left hip"}
_ROW = {"R": 0.88, "L": 0.76}  # of the height, where the time of a collapse is drawn
_OFFSET = {"R": -0.12, "L": 0.12}  # months, so that bars of two hips do not hide each other


def draw_timeline(result: FollowUp, path: Path) -> Path:
    """Draw it as a PNG file."""
    from matplotlib.figure import Figure

    from ..evaluate.figures.binary import save_figure

    figure = Figure(figsize=(7.5, 7.6), layout="constrained")
    axes = figure.subplots(3, 1, sharex=True)
    for hip in result.hips:
        _growth(axes[0], hip)
        _surface(axes[1], hip)
        _angle(axes[2], hip)
    titles = (
        "Necrosis since the first date (ml)",
        "Depth of the surface since then (mm)",
        "Combined necrotic angle (degrees)",
    )
    for ax, title in zip(axes, titles, strict=True):
        ax.set_title(title, loc="left", fontsize=10)
        ax.spines[["top", "right"]].set_visible(False)
        ax.grid(axis="y", color="#E5E5E5", lw=0.7)
        ax.set_axisbelow(True)
    for ax in axes[:2]:
        ax.axhline(0.0, color="#666666", lw=0.8)
    months = [state.months for hip in result.hips for state in hip.states]
    room = max(0.06 * (max(months) - min(months)), 0.5)
    axes[2].set_xlim(min(months) - room, max(months) + room)
    axes[2].set_xlabel(
        f"Months since {_start(result)}; bars: between which a number lies with 90% (simulated pairs)"
    )
    axes[0].legend(frameon=False, fontsize=9, loc="upper left")
    save_figure(figure, path)
    return path


def _start(result: FollowUp) -> str:
    """From which months count; a hip that was outlined later than the other counts from its own first date."""
    starts = {hip.since or result.since for hip in result.hips}
    return starts.pop() if len(starts) == 1 else "the first examination of each hip"


def _growth(ax: Axes, hip: HipFollowUp) -> None:
    rows = [
        (state.months, one.growth)
        for state, one in zip(hip.states[1:], hip.changes, strict=True)
        if one.growth
    ]
    _line(ax, hip, [(month, one.ml, one.low, one.high) for month, one in rows], NAMES[hip.side])
    for state, one in zip(hip.states[1:], hip.changes, strict=True):
        if any(track.state == NEW for track in one.tracks):
            ax.annotate(
                "drilled",
                (state.months, 0),
                (0, -13),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=COLOURS[hip.side],
            )


def sunk_of(hip: HipFollowUp) -> list[tuple[float, Interval]]:
    """Months and by how much the surface sank, of each date whose surface could be read."""
    changes = zip(hip.states[1:], hip.changes, strict=True)
    return [(state.months, one.sunk_told) for state, one in changes if one.sunk_told is not None]


def _surface(ax: Axes, hip: HipFollowUp) -> None:
    _line(ax, hip, [(month, one.value, one.low, one.high) for month, one in sunk_of(hip)], NAMES[hip.side])
    if hip.collapse.collapsed and not hip.collapse.at_start:
        row, colour, across = _ROW[hip.side], COLOURS[hip.side], ax.get_xaxis_transform()
        ends = [hip.collapse.after_months, hip.collapse.months]
        ax.plot(ends, [row, row], color=colour, lw=3, alpha=0.5, transform=across, solid_capstyle="butt")
        ax.text(ends[0], row + 0.015, f" {NAMES[hip.side].lower()} collapsed in between", color=colour, fontsize=8,
                va="bottom", transform=across)  # fmt: skip


def _line(ax: Axes, hip: HipFollowUp, rows: list[tuple[float, float, float, float]], label: str) -> None:
    start = hip.states[0].months
    table = np.array([(start, 0.0, 0.0, 0.0), *rows])
    colour = COLOURS[hip.side]
    ax.plot(table[:, 0], table[:, 1], LINES[hip.side], color=colour, lw=1.6, ms=6, label=label)
    bars = np.abs(table[1:, 2:].T - table[1:, 1])
    ax.errorbar(
        table[1:, 0] + _OFFSET[hip.side],
        table[1:, 1],
        bars,
        fmt="none",
        ecolor=colour,
        elinewidth=1.1,
        capsize=3,
    )


def _angle(ax: Axes, hip: HipFollowUp) -> None:
    rows = np.array([(s.months, s.combined_necrotic_angle) for s in hip.states])
    ax.plot(rows[:, 0], rows[:, 1], LINES[hip.side], color=COLOURS[hip.side], lw=1.6, ms=6)
    above = 7 if hip.side == "R" else -14
    for state, (month, angle) in zip(hip.states, rows, strict=True):
        if state.stage and np.isfinite(angle):
            ax.annotate(
                f"stage {state.stage}",
                (month, angle),
                (0, above),
                textcoords="offset points",
                ha="center",
                fontsize=8,
                color=COLOURS[hip.side],
            )
