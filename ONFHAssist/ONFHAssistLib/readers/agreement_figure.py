"""The Bland-Altman plot: differences of two readers against their means, with limits of agreement."""

from __future__ import annotations

import matplotlib.style
from matplotlib.figure import Figure

from .agreement import BlandAltman

_POINT, _LINE, _BAND = "#0072B2", "#333333", "#56B4E9"


def draw_bland_altman(agreement: BlandAltman, name: str, unit: str, readers: tuple[str, str]) -> Figure:
    """Figure that belongs to no window.

    Args:
        agreement: of one number.
        name: of it, such as "Combined necrotic angle".
        unit: "deg", "ml" or "".
        readers: names of the first and the second.
    """
    with matplotlib.style.context("default"):
        figure = Figure(figsize=(5.6, 4.0), layout="constrained")
        axes = figure.add_subplot()
    unit_text = f" ({unit})" if unit else ""
    lines = (
        (agreement.limits[1], agreement.upper_interval, "+1.96 SD"),
        (agreement.bias, agreement.bias_interval, "bias"),
        (agreement.limits[0], agreement.lower_interval, "-1.96 SD"),
    )
    for value, interval, text in lines:
        axes.axhspan(*interval, color=_BAND, alpha=0.25, lw=0)
        axes.axhline(value, color=_LINE, lw=1.1, ls="-" if text == "bias" else "--")
        axes.annotate(
            f"{text}\n{value:.2f}",
            (1.01, value),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=8,
            color=_LINE,
        )
    axes.axhline(0.0, color=_LINE, lw=0.6, ls=":")
    axes.plot(
        agreement.means, agreement.differences, "o", ms=4.5, mfc=_POINT, mec="white", mew=0.5, alpha=0.9
    )
    axes.set_xlabel(f"Mean of both readers{unit_text}", fontsize=9)
    axes.set_ylabel(f"{readers[1]} less {readers[0]}{unit_text}", fontsize=9)
    axes.set_title(f"{name}, {agreement.n} hips", fontsize=11, loc="left", fontweight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9)
    reach = max(abs(agreement.lower_interval[0]), abs(agreement.upper_interval[1]))
    reach = 1.12 * max(reach, abs(agreement.differences).max(), 1e-6)
    axes.set_ylim(-reach, reach)
    return figure
