"""Pictures for the further tables of a report: instability, subgroups, ROC at a time, prediction sets, learning.

As those of :mod:`.binary`: a matplotlib Figure that belongs to no window; models are told apart by colour and line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from ..binary.smoothing import lowess
from ..reporting.instability import Instability
from ..reporting.subgroups import EVERYONE
from .binary import COLOURS, GREY, _clean, _style, _unit_square


def _title(figure: Figure, title: str | None) -> None:
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.01, ha="left")


def draw_instability(found: Instability, title: str | None = None, what: str = "probability") -> Figure:
    """Repeated answers over the original, error and change of class of each hip (Riley and Collins 2023, figures 2 to 4).

    Args:
        what: is predicted, for the axes.
    """
    with_class = bool(np.isfinite(found.threshold))
    figure = Figure(figsize=(12.2 if with_class else 8.4, 4.2), layout="constrained")
    axes = figure.subplots(1, 3 if with_class else 2)
    x, summary = found.original, found.summary()
    order = np.argsort(x)
    cloud = axes[0]
    cloud.plot(
        np.tile(x, len(found.repeated)), found.repeated.ravel(), ".", color=COLOURS[0], ms=1.5, alpha=0.12
    )
    cloud.plot([0, 1], [0, 1], color="black", lw=0.9, ls=":", label="the same answer")
    for bound, label in zip(found.interval(), ("95% of the models", None), strict=True):
        smooth = lowess(x[order], bound[order])
        cloud.plot(x[order], np.clip(smooth, 0, 1), color=COLOURS[1], lw=1.5, ls="--", label=label)
    cloud.set(
        xlim=(0, 1),
        ylim=(0, 1),
        xlabel=f"Original {what}",
        ylabel=f"Of {len(found.repeated)} repeated models",
    )
    cloud.legend(loc="upper left", frameon=False, fontsize=8)
    error = axes[1]
    error.plot(x, found.error(), "o", color=COLOURS[0], ms=3.2, alpha=0.6, mew=0)
    error.axhline(summary["mape"], color=COLOURS[1], lw=1.3, ls="--", label=f"mean {summary['mape']:.3f}")
    error.set(xlim=(0, 1), ylim=(0, None), xlabel=f"Original {what}", ylabel="Mean absolute difference")
    error.legend(loc="upper right", frameon=False, fontsize=8)
    if with_class:
        changed = axes[2]
        changed.plot(x, found.changed_class(), "o", color=COLOURS[0], ms=3.2, alpha=0.6, mew=0)
        changed.axvline(found.threshold, color=GREY, lw=0.9, ls=":", label=f"threshold {found.threshold:.2f}")
        label = f"mean {summary['changed_class']:.1%}"
        changed.axhline(summary["changed_class"], color=COLOURS[1], lw=1.3, ls="--", label=label)
        changed.set(
            xlim=(0, 1), ylim=(0, 1), xlabel=f"Original {what}", ylabel="Models that call the hip otherwise"
        )
        changed.yaxis.set_major_formatter(PercentFormatter(1.0))
        changed.legend(loc="upper right", frameon=False, fontsize=8)
    for ax in axes:
        _clean(ax)
    _title(figure, title)
    return figure


def draw_subgroups(
    table: pd.DataFrame, title: str | None = None, what: str = "AUC", words: Callable[[str], str] = str
) -> Figure:
    """Forest plot of :func:`..reporting.subgroups.subgroup_auc`: each subgroup with its interval, and p of interaction.

    Args:
        words: how a variable is called in front of people.
    """
    lines: list[tuple[str, pd.Series | None]] = []
    for variable, part in table.groupby("variable", sort=False):
        if variable == EVERYONE:
            lines.append(("All hips", part.iloc[0]))
            continue
        lines.append((words(str(variable)), None))
        lines += [(f"    {str(row['level']).replace('_', ' ')}", row) for _, row in part.iterrows()]
    figure = Figure(figsize=(8.2, 1.3 + 0.27 * len(lines)), layout="constrained")
    left, ax = figure.subplots(1, 2, width_ratios=[1.15, 1.5], sharey=True)
    left.set_axis_off()
    whole = float(table.iloc[0]["value"])
    ax.axvline(whole, color=GREY, lw=0.9, ls=":")
    shown = table[["low", "high"]].to_numpy(float)
    bottom = min(0.5, float(np.nanmin(shown)) if np.isfinite(shown).any() else 0.5)
    for place, (text, row) in enumerate(lines):
        y = -place
        weight = "bold" if row is None else "normal"
        left.text(0.0, y, text, fontsize=8.5, va="center", fontweight=weight)
        if row is None:
            p = table.loc[table["variable"].map(lambda v, t=text: words(str(v)) == t), ["p", "p_holm"]].iloc[
                0
            ]
            if np.isfinite(p["p"]):
                note = f"p of a difference {_p(p['p'])}, Holm {_p(p['p_holm'])}"
                ax.text(
                    1.02, y, note, fontsize=7.5, va="center", color=GREY, transform=ax.get_yaxis_transform()
                )
            continue
        left.text(
            0.98,
            y,
            f"{row['events']:.0f} of {row['hips']:.0f} hips",
            fontsize=8,
            va="center",
            ha="right",
            color=GREY,
        )
        if not np.isfinite(row["value"]):
            ax.text(bottom, y, "too few", fontsize=8, va="center", color=GREY)
            continue
        style = {"color": "black" if place == 0 else COLOURS[0]}
        ax.plot([row["low"], row["high"]], [y, y], lw=1.4, **style)
        ax.plot(row["value"], y, "D" if place == 0 else "s", ms=5, **style)
        figures = f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
        ax.text(1.02, y, figures, fontsize=8, va="center", transform=ax.get_yaxis_transform())
    ax.set(
        xlim=(bottom - 0.02, 1.01),
        ylim=(-len(lines) + 0.4, 0.6),
        xlabel=f"{what} with 95% interval",
        yticks=[],
    )
    left.set_xlim(0, 1)
    _clean(ax)
    ax.spines["left"].set_visible(False)
    _title(figure, title)
    return figure


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def draw_timed_roc(
    panels: Mapping[str, Mapping[str, tuple[pd.DataFrame, str]]], title: str | None = None
) -> Figure:
    """ROC curves at times, a panel each (such as "36 months"): model to (points, AUC as text for the legend)."""
    figure = Figure(figsize=(4.5 * len(panels), 4.6), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(panels)))
    for ax, (name, models) in zip(axes, panels.items(), strict=True):
        _clean(ax)
        longest = max(len(model) for model in models)
        for k, (model, (points, area)) in enumerate(models.items()):
            label = f"{model:<{longest}}  {area}"
            ax.plot(
                points["false_positive_rate"], points["sensitivity"], label=label, clip_on=False, **_style(k)
            )
        ax.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls=":")
        _unit_square(ax, "1 - specificity", "Sensitivity")
        ax.set_title(name, fontsize=10, loc="left")
        ax.legend(
            title="AUC (95% CI)",
            loc="lower right",
            frameon=False,
            prop={"family": "monospace", "size": 7.5},
            title_fontsize=8,
            handlelength=2.6,
        )
    _title(figure, title)
    return figure


def draw_prediction_sets(
    table: pd.DataFrame, title: str | None = None, classes: tuple[str, str] = ("0", "1")
) -> Figure:
    """Coverage of each class over what was promised, and how many hips get one class, both or none.

    Args:
        table: :func:`..reporting.conformal.set_summary` of several levels, one below the other.
    """
    figure = Figure(figsize=(8.6, 4.1), layout="constrained")
    cover, size = figure.subplots(1, 2)
    cover.plot([0.5, 1], [0.5, 1], color=GREY, lw=0.8, ls=":", label="as promised")
    names = {"all hips": "all hips", "0": classes[0], "1": classes[1]}
    for k, (of, part) in enumerate(table.groupby("of", sort=False)):
        style = _style(k)
        error = [part["coverage"] - part["low"], part["high"] - part["coverage"]]
        x = part["promised"] + 0.003 * (k - 1)
        cover.errorbar(
            x,
            part["coverage"],
            yerr=np.maximum(error, 0),
            capsize=2,
            marker="o",
            ms=4,
            label=names[of],
            **style,
        )
    low = min(0.7, float(table["low"].min()) - 0.02)
    span = (float(table["promised"].min()) - 0.03, 1.0)
    cover.set(xlim=span, ylim=(low, 1.01), xlabel="Promised coverage", ylabel="Sets that hold the truth")
    cover.legend(loc="lower right", frameon=False, fontsize=8)
    whole = table[table["of"] == "all hips"]
    labels = {"single": "one class", "both": "both: undecided", "none": "none: unlike either"}
    base = np.zeros(len(whole))
    at = np.arange(len(whole))
    for k, (column, text) in enumerate(labels.items()):
        share = whole[column].to_numpy(float)
        size.bar(at, share, bottom=base, width=0.7, color=(COLOURS[0], "#B9C7D3", COLOURS[1])[k], label=text)
        base = base + share
    size.set_xticks(at, [f"{level:.0%}" for level in whole["promised"]])
    size.set(ylim=(0, 1), xlabel="Promised coverage", ylabel="Hips")
    for axis in (cover.xaxis, cover.yaxis, size.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    size.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, fontsize=8, frameon=False)
    for ax in (cover, size):
        _clean(ax)
    _title(figure, title)
    return figure


def draw_learning_curve(table: pd.DataFrame, title: str | None = None, what: str = "AUC") -> Figure:
    """Held-out figure over the number of hips with the event in the training part.

    Args:
        table: ``model``, ``events``, ``value``, ``low``, ``high``: mean and the middle 95% of repeated draws.
    """
    figure = Figure(figsize=(5.4, 4.0), layout="constrained")
    ax = figure.add_subplot()
    for k, (model, part) in enumerate(table.groupby("model", sort=False)):
        style = _style(k)
        ax.plot(part["events"], part["value"], marker="o", ms=4, label=model, **style)
        ax.fill_between(part["events"], part["low"], part["high"], color=style["color"], alpha=0.1, lw=0)
    ax.axhline(0.5, color=GREY, lw=0.8, ls=":")
    ax.set(xlabel="Hips with the event in the training part", ylabel=f"Held-out {what}", ylim=(0.4, 1.0))
    ax.legend(loc="best", frameon=False, fontsize=8)
    _clean(ax)
    _title(figure, title)
    return figure
