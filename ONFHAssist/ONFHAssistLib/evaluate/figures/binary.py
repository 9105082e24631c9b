"""Figures that journals take: ROC, calibration, decision curve, LASSO, weights, a patient's contributions, confusion.

Each function returns a matplotlib Figure that belongs to no window; :func:`save_figure` writes it. Models are told
apart by colour (Okabe and Ito, for any colour vision) and by line style (for print in grey).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MultipleLocator, PercentFormatter

from ...core.atomic_files import atomic_file
from ...core.errors import InputError
from ..binary.calibration import brier_score, calibration_bins, calibration_curve, calibration_line
from ..binary.discrimination import Estimate, auc_by_patient, confusion_counts, roc_curve
from ..binary.usefulness import TREAT_ALL, TREAT_NONE
from .spoken import speak

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#8C6D31")
STYLES = ("-", "--", "-.", (0, (1, 1)), (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (7, 2)), (0, (2, 2)))
GREY, RAISES, LOWERS = "#6B6B6B", "#D55E00", "#0072B2"
Scores = Mapping[str, tuple[np.ndarray, np.ndarray]]


def save_figure(figure: Figure, path: str | Path, dpi: int = 300) -> Path:
    """Write PNG, SVG, PDF or TIFF by the suffix, in the chosen language; the file appears only when it is whole.

    Raises:
        InputError: another suffix.
    """
    path = Path(path)
    if path.suffix.lower() not in (".png", ".svg", ".pdf", ".tif", ".tiff"):
        raise InputError(f"The figure {path.name} should end in .png, .svg, .pdf or .tif.")
    speak(figure)
    with atomic_file(path) as part:
        figure.savefig(part, dpi=dpi, facecolor="white", bbox_inches="tight", pad_inches=0.05)
    return path


def _axes(width: float = 4.6, height: float = 4.3, title: str | None = None) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(width, height), layout="constrained")
    axes = figure.add_subplot()
    _clean(axes)
    if title:
        axes.set_title(title, fontsize=11, loc="left", fontweight="bold")
    return figure, axes


def _clean(axes: Axes) -> None:
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=9)
    axes.set_axisbelow(True)


def _style(k: int) -> dict[str, Any]:
    return {"color": COLOURS[k % len(COLOURS)], "linestyle": STYLES[k % len(STYLES)], "linewidth": 1.6}


_INSIDE, _LONG = 4, 14  # models, and letters of a name, that have room beside the curves


def draw_roc(
    models: Scores,
    title: str | None = None,
    level: float = 0.95,
    areas: Mapping[str, Estimate] | None = None,
) -> Figure:
    """ROC curves of several models, best first in the legend, with AUC and its interval.

    Args:
        models: name to outcome (0/1) and probability, each of shape (n,).
        areas: name to AUC with an interval that knows patients and folds; None takes every row as its own patient.
    """
    figure, axes = _axes(title=title)
    figures = areas or {name: auc_by_patient(*scores, None, level) for name, scores in models.items()}
    longest = max(len(name) for name in models)
    for k, (name, scores) in enumerate(models.items()):
        curve = roc_curve(*scores)
        label = f"{name:<{longest}}  {figures[name]}"
        axes.plot(curve["false_positive_rate"], curve["sensitivity"], label=label, clip_on=False, **_style(k))
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls=":")
    _unit_square(axes, "1 - specificity", "Sensitivity")
    handles, labels = axes.get_legend_handles_labels()
    order = sorted(range(len(handles)), key=lambda i: -figures[list(models)[i]].value)
    below = len(models) > _INSIDE or longest > _LONG
    if below:  # a list so wide would lie over the curves
        figure.set_size_inches(figure.get_figwidth(), figure.get_figheight() + 0.16 * (len(models) + 2))
    axes.legend(
        [handles[i] for i in order],
        [labels[i] for i in order],
        title=f"AUC ({level:.0%} CI)",
        loc="upper center" if below else "lower right",
        bbox_to_anchor=(0.5, -0.13) if below else None,
        frameon=False,
        prop={"family": "monospace", "size": 7.5},
        title_fontsize=8,
        handlelength=2.6,
    )
    return figure


def _unit_square(axes: Axes, x: str, y: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=x, ylabel=y, aspect="equal")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MultipleLocator(0.2))


def draw_calibration(
    models: Scores,
    title: str | None = None,
    bins: int = 5,
    patients: Mapping[str, np.ndarray] | None = None,
) -> Figure:
    """Smooth calibration curves, groups of cases with Wilson's interval, and where the probabilities lie.

    Args:
        models: name to outcome (0/1) and probability, each of shape (n,).
        bins: groups of like size for the points.
        patients: name to the patient of every row, for the intervals; None takes every row as its own patient.
    """
    figure = Figure(figsize=(4.6, 5.2), layout="constrained")
    axes, below = figure.subplots(2, 1, height_ratios=[5, 1], sharex=True)
    _clean(axes)
    _clean(below)
    if title:
        axes.set_title(title, fontsize=11, loc="left", fontweight="bold")
    axes.plot([0, 1], [0, 1], color=GREY, lw=0.8, ls=":", label="Perfect")
    for k, (name, (outcome, probability)) in enumerate(models.items()):
        style = _style(k)
        curve = calibration_curve(outcome, probability)
        units = None if patients is None else patients[name]
        groups = calibration_bins(outcome, probability, bins, patients=units)
        label = f"{name}: {_calibration_words(outcome, probability)}"
        axes.plot(curve["predicted"], curve["observed"].clip(0, 1), label=label, **style)
        error = [groups["observed"] - groups["low"], groups["high"] - groups["observed"]]
        # the points of several models stand side by side where they would hide each other
        x = groups["predicted"] + 0.006 * (k - (len(models) - 1) / 2)
        axes.errorbar(
            x,
            groups["observed"],
            yerr=np.maximum(error, 0),
            fmt="os^Dv"[k % 5],
            color=style["color"],
            ms=4,
            lw=0.9,
            capsize=2,
        )
        counts, edges = np.histogram(probability, np.linspace(0, 1, 21))
        below.stairs(counts, edges, color=style["color"], lw=1.2, linestyle=style["linestyle"])
    axes.set(xlim=(0, 1), ylim=(-0.02, 1.02), ylabel="Observed share of events")
    axes.legend(loc="lower right", frameon=False, fontsize=7.5, handlelength=2.6)
    below.set(xlabel="Predicted probability", ylabel="Hips", ylim=(0, None))
    return figure


def _calibration_words(outcome: np.ndarray, probability: np.ndarray) -> str:
    words = f"Brier {brier_score(outcome, probability):.3f}"
    try:
        return f"{words}, slope {calibration_line(outcome, probability).slope.value:.2f}"
    except InputError:
        return words


def draw_decision_curve(curve: pd.DataFrame, title: str | None = None, band: bool = True) -> Figure:
    """Net benefit over the threshold probability.

    Args:
        curve: as :func:`usefulness.decision_curve` gives it.
        band: shade the intervals of the models.
    """
    figure, axes = _axes(5.2, 4.0, title)
    k = 0
    for name, part in curve.groupby("model", sort=False):
        if name in (TREAT_ALL, TREAT_NONE):
            look: dict[str, Any] = {"color": GREY, "lw": 1.0, "ls": "-" if name == TREAT_NONE else ":"}
            axes.plot(part["threshold"], part["net_benefit"], label=name, zorder=1, **look)
            continue
        axes.plot(part["threshold"], part["net_benefit"], label=name, zorder=3, **_style(k))
        if band:
            axes.fill_between(
                part["threshold"], part["low"], part["high"], color=COLOURS[k % len(COLOURS)], alpha=0.1, lw=0
            )
        k += 1
    top = curve.loc[curve["model"] == TREAT_ALL, "net_benefit"].max()
    best = max(top, curve["net_benefit"].max())
    axes.set(
        xlim=(0, 1),
        ylim=(-0.15 * best - 0.02, 1.25 * best),
        xlabel="Threshold probability",
        ylabel="Net benefit",
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1.0))
    axes.legend(loc="upper right", frameon=False, fontsize=8, handlelength=2.6)
    return figure


def draw_lasso_path(
    names: Sequence[str],
    lambdas: np.ndarray,
    coefficients: np.ndarray,
    chosen: float,
    title: str | None = None,
    labelled: int = 5,
) -> Figure:
    """Coefficients over the penalty; the features kept at ``chosen`` in colour, the largest of them named.

    Args:
        lambdas: penalties, shape (m,). coefficients: shape (p, m).
        chosen: the penalty that was taken.
        labelled: how many features are named.
    """
    figure, axes = _axes(6.2, 4.0, title)
    x = -np.log10(lambdas)
    at = int(np.argmin(np.abs(np.log(lambdas / chosen))))
    kept = coefficients[:, at] != 0
    order = np.argsort(-np.abs(coefficients[:, at]), kind="stable")
    for rank, j in enumerate(order):
        if not kept[j]:
            axes.plot(x, coefficients[j], color="#C8C8C8", lw=0.7, zorder=1)
        elif rank < labelled:
            axes.plot(x, coefficients[j], zorder=3, label=_short(names[j]), **_style(rank))
        else:
            axes.plot(x, coefficients[j], color="#7A7A7A", lw=0.9, zorder=2)
    axes.axvline(-np.log10(chosen), color="black", lw=0.9, ls="--")
    axes.axhline(0, color="black", lw=0.6)
    counts = f"{kept.sum()} of {len(names)} features at λ = {chosen:.3g}"
    axes.set(xlabel="-log10(λ): weaker penalty to the right", ylabel="Coefficient", xlim=(x.min(), x.max()))
    axes.legend(
        loc="center left",
        bbox_to_anchor=(1.0, 0.5),
        frameon=False,
        fontsize=7,
        title=counts,
        title_fontsize=8,
    )
    return figure


def draw_lasso_error(
    lambdas: np.ndarray,
    error: np.ndarray,
    error_se: np.ndarray,
    counts: np.ndarray,
    lambda_min: float,
    lambda_1se: float,
    title: str | None = None,
) -> Figure:
    """Cross-validated error over the penalty with one standard error, and the number of features above.

    Args:
        lambdas, error, error_se, counts: shape (m,); ``counts`` is the number of features at each penalty.
    """
    figure, axes = _axes(5.2, 4.0)
    x = -np.log10(lambdas)
    axes.fill_between(x, error - error_se, error + error_se, color="#0072B2", alpha=0.18, lw=0)
    axes.plot(x, error, color="#0072B2", lw=1.6)
    for value, name, style in ((lambda_min, "minimum", "--"), (lambda_1se, "one standard error", ":")):
        axes.axvline(-np.log10(value), color="black", lw=1.0, ls=style, label=f"λ {name}: {value:.3g}")
    axes.set(xlabel="-log10(λ): weaker penalty to the right", ylabel="Mean squared error (cross-validated)")
    axes.set_xlim(x.min(), x.max())
    axes.legend(loc="upper right", frameon=False, fontsize=8)
    above = axes.twiny()
    above.set_xlim(axes.get_xlim())
    ticks = np.linspace(0, len(x) - 1, 9).round().astype(int)
    above.set_xticks(x[ticks], [str(int(counts[t])) for t in ticks], fontsize=8)
    above.set_xlabel("Features", fontsize=9)
    above.spines[["right"]].set_visible(False)
    if title:
        figure.suptitle(title, fontsize=11, x=0.02, ha="left", fontweight="bold")
    return figure


def draw_weights(
    names: Sequence[str], weights: npt.ArrayLike, title: str | None = None, most: int = 25
) -> Figure:
    """Weights of a linear model, log-odds a standard deviation, the largest on top."""
    values = np.asarray(weights, float)
    order = np.argsort(-np.abs(values), kind="stable")[:most][::-1]
    figure, axes = _axes(6.4, 1.2 + 0.24 * len(order), title)
    colours = [RAISES if values[j] > 0 else LOWERS for j in order]
    axes.barh(np.arange(len(order)), values[order], color=colours, height=0.7)
    axes.set_yticks(np.arange(len(order)), [_short(names[j]) for j in order], fontsize=8)
    axes.axvline(0, color="black", lw=0.8)
    axes.set_ylim(-0.6, len(order) - 0.4)
    axes.set_xlabel("Weight (log-odds for one standard deviation): right raises, left lowers the probability")
    axes.xaxis.label.set_fontsize(8)
    return figure


def draw_contributions(
    contributions: pd.DataFrame, intercept: float, title: str | None = None, most: int = 12
) -> Figure:
    """Waterfall from the intercept to the log-odds of one case, with the probability at both ends.

    Args:
        contributions: as ``LinearModel.contributions`` gives them, the largest first.
        intercept: log-odds of a case with every feature at its training mean.
        most: features shown; the others are summed in one bar.
    """
    shown = contributions.head(most)
    rest = contributions["contribution"].iloc[most:]
    labels = [f"{_short(row.feature)}  (z {row.z:+.1f})" for row in shown.itertuples()]
    steps = shown["contribution"].to_numpy(float)
    if len(rest):
        labels.append(f"{len(rest)} other features")
        steps = np.append(steps, rest.sum())
    ends = intercept + np.cumsum(steps)
    starts = np.append(intercept, ends[:-1])
    n = len(steps)
    figure, axes = _axes(6.8, 1.5 + 0.28 * n, title)
    y = np.arange(n)[::-1]
    axes.barh(y, steps, left=starts, color=[RAISES if s > 0 else LOWERS for s in steps], height=0.7)
    for k in range(n - 1):
        axes.plot([ends[k], ends[k]], [y[k] + 0.35, y[k + 1] - 0.35], color=GREY, lw=0.6)
    span = max(starts.max(), ends.max()) - min(starts.min(), ends.min())
    for k in range(n):
        right = max(starts[k], ends[k])
        axes.text(right + 0.015 * span, y[k], f"{steps[k]:+.2f}", va="center", fontsize=7.5)
    axes.set_yticks(y, labels, fontsize=8)
    axes.axvline(intercept, color=GREY, lw=0.8, ls=":")
    axes.axvline(ends[-1], color="black", lw=1.0)
    low, high = min(starts.min(), ends.min()), max(starts.max(), ends.max())
    axes.set(xlim=(low - 0.06 * span, high + 0.13 * span), ylim=(-0.7, n - 0.3), xlabel="Log-odds")
    base, final = (1 / (1 + np.exp(-value)) for value in (intercept, ends[-1]))
    axes.text(
        0.0,
        1.01,
        f"average hip {base:.0%} (dotted)  →  this hip {final:.0%} (line)",
        transform=axes.transAxes,
        fontsize=8.5,
        va="bottom",
    )
    if title:
        axes.set_title(title, fontsize=11, loc="left", fontweight="bold", pad=18)
    return figure


def draw_confusion(
    outcome: np.ndarray,
    probability: np.ndarray,
    threshold: float | np.ndarray,
    classes: tuple[str, str] = ("Healthy", "ONFH"),
    title: str | None = None,
) -> Figure:
    """Confusion matrix at a threshold: counts, and the share of each true class, which the shade shows."""
    count = confusion_counts(outcome, probability, threshold)
    matrix = np.array([[count["tn"], count["fp"]], [count["fn"], count["tp"]]])
    share = matrix / matrix.sum(axis=1, keepdims=True)
    figure, axes = _axes(3.6, 3.4, title)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1)
    for i in range(2):
        for j in range(2):
            colour = "white" if share[i, j] > 0.55 else "black"
            axes.text(
                j,
                i,
                f"{matrix[i, j]}\n{share[i, j]:.0%}",
                ha="center",
                va="center",
                color=colour,
                fontsize=12,
            )
    axes.set_xticks([0, 1], classes)
    axes.set_yticks([0, 1], classes, rotation=90, va="center")
    axes.set(xlabel="Predicted", ylabel="True")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return figure


def _short(name: str, most: int = 44) -> str:
    """A feature's name without the word that all of a kind share, cut in the middle where it is long."""
    text = str(name).removeprefix("original_").replace("-mm-3D", "mm").replace("log-sigma-", "LoG ")
    text = text.replace("-0mm", " mm").replace("_", " ")
    return text if len(text) <= most else f"{text[: most // 2]}…{text[-most // 2 + 1 :]}"
