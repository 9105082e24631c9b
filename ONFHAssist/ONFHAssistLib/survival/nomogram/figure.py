"""The nomogram as a picture in the manner of the DLRC paper, with one patient marked if wanted."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .nomogram import Nomogram, PatientPoints

_PATIENT = "#D55E00"
_INK = "#222222"
_WIDTH = 9.5
_NAMES = 2.6  # inches that names of rows take
_LIKE_SURVIVAL = "{month:g}-month no-collapse survival"


def _scale(
    ax: Axes,
    y: float,
    name: str,
    labels: list[str],
    positions: np.ndarray,
    narrow: float,
    minor: np.ndarray | None = None,
) -> None:
    """One horizontal axis at height ``y``; labels that would touch their neighbour go below the line."""
    ax.plot([positions.min(), positions.max()], [y, y], color=_INK, lw=1.1, solid_capstyle="butt")
    if minor is not None:
        ax.vlines(minor, y, y + 0.07, color=_INK, lw=0.5)
    order = np.argsort(positions)
    last_above = last_below = -np.inf
    for k in order:
        x = positions[k]
        width = narrow * (1.15 * len(labels[k]) + 1.2)  # letters take more of a narrower axis
        above = x - last_above >= width
        if not above and x - last_below < width:
            continue  # no room on either side: the tick of the neighbour has to do
        ax.vlines(x, y, y + (0.13 if above else -0.13), color=_INK, lw=0.9)
        ax.text(
            x,
            y + (0.2 if above else -0.2),
            labels[k],
            ha="center",
            va="bottom" if above else "top",
            fontsize=8,
        )
        if above:
            last_above = x
        else:
            last_below = x
    ax.text(-3, y, name, ha="right", va="center", fontsize=9.5, color=_INK)


def _mark(ax: Axes, x: float, y: float, text: str) -> None:
    """A patient's dot on an axis, and its reading in the margin, where no tick can cover it."""
    ax.plot([x], [y], marker="o", ms=7, color=_PATIENT, zorder=5)
    ax.text(104, y, text, ha="left", va="center", fontsize=9.5, fontweight="bold", color=_PATIENT)


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e4 else f"{value:.3g}"


def _wrapped(name: str, width: float) -> str:
    """The name of a row, over two lines in a narrow figure."""
    return name if width >= _WIDTH else "\n".join(textwrap.wrap(name, 24, break_long_words=False))


def draw_nomogram(
    scales: Nomogram,
    *,
    patient: PatientPoints | None = None,
    labels: Mapping[str, str] | None = None,
    levels: Mapping[str, tuple[str, str]] | None = None,
    title: str = "",
    width: float = _WIDTH,
) -> Figure:
    """Draw points, one axis for each covariate, total points and survival at each month.

    Args:
        scales: from :func:`.nomogram.nomogram`.
        patient: from :meth:`Nomogram.patient`; marked on every axis, total and survival in numbers.
        labels: what to call a covariate, such as {"arco_stage=IIIA": "ARCO stage"}.
        levels: names of the two levels of a 0/1 covariate, such as ("I-II", "IIIA"); "no" and "yes" by default.
        title: above the figure.
        width: of the figure in inches; labels that have no room are left out.
    """
    labels, levels = labels or {}, levels or {}
    rows = len(scales.axes) + 2 + len(scales.survival)
    figure = Figure(figsize=(width, 0.6 * rows + (0.8 if title else 0.4)), layout="constrained")
    ax = figure.add_subplot()
    narrow = (_WIDTH - _NAMES) / (width - _NAMES)
    y = float(rows)
    if patient is not None:
        ax.text(104, y, "Patient", ha="left", va="center", fontsize=9.5, color=_PATIENT)
    hundred = np.arange(0, 101, 10.0)
    _scale(ax, y, "Points", [f"{v:g}" for v in hundred], hundred, narrow, np.arange(0, 101, 2.0))
    for axis in scales.axes:
        y -= 1
        name = labels.get(axis.name, axis.name)
        names = [_number(v) for v in axis.values]
        if axis.discrete:
            names = list(levels.get(axis.name, ("no", "yes")))
        _scale(ax, y, _wrapped(name, width), names, axis.points, narrow)
        if patient is not None:
            points = patient.points[axis.name]
            _mark(ax, float(np.clip(points, 0, 100)), y, f"{points:.1f}")
            ax.plot([points, points], [y, rows], color=_PATIENT, lw=0.7, ls=":", zorder=1)
    y -= 1
    stretch = 100.0 / scales.total[-1]
    ticks = scales.total
    _scale(ax, y, "Total points", [_number(v) for v in ticks], ticks * stretch, narrow)
    if patient is not None:
        ax.plot([patient.total * stretch] * 2, [y, 1], color=_PATIENT, lw=0.7, ls=":", zorder=1)
        _mark(ax, float(np.clip(patient.total * stretch, 0, 100)), y, f"{patient.total:.1f}")
    for months in scales.survival:
        y -= 1
        inside = (months.points >= 0) & (months.points <= scales.total[-1])
        shown = months.survival[inside]
        name = _wrapped(_LIKE_SURVIVAL.format(month=months.month), width)
        if shown.size:
            _scale(ax, y, name, [f"{v:g}" for v in shown], months.points[inside] * stretch, narrow)
        if patient is not None:
            _mark(
                ax,
                float(np.clip(patient.total * stretch, 0, 100)),
                y,
                f"{patient.survival[months.month]:.1%}",
            )
    ax.set_xlim(-1, 112 if patient is not None else 102)
    ax.set_ylim(0.3, rows + 0.7)
    ax.set_axis_off()
    if title:
        figure.suptitle(title, fontsize=11, x=0.02, ha="left", fontweight="bold")
    return figure
