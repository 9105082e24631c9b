"""Pictures of survival: Kaplan-Meier with numbers at risk, a patient among the cohort, calibration, AUC over time.

Each function returns a matplotlib Figure that belongs to no window; :func:`.binary.save_figure` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ...core.language import text as _
from ..survival.calibration import CalibrationCurve, CalibrationGroups
from ..survival.outcome import KaplanMeier, LogRank, kaplan_meier
from ..survival.usefulness import DecisionCurve

# Okabe and Ito: told apart with any colour vision, and in this order by their lightness in print
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00")
_STYLES = ("-", "--", "-.", ":", (0, (6, 1, 1, 1, 1, 1)), (0, (8, 3)))  # as many, for print in grey
_SIGNS = 8  # about so many on a curve
_GREY = "#666666"


def _clean(ax: Axes) -> None:
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color="#E5E5E5", lw=0.7)
    ax.set_axisbelow(True)


def _survival_axis(ax: Axes, last: float, months: str) -> None:
    ax.set_xlim(0, last)
    ax.set_ylim(0, 1.03)
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.set_ylabel("No-collapse survival")
    ax.set_xlabel(f"Time since drilling ({months})")
    step = next((s for s in (6, 12, 24, 60, 120, 365) if last / s <= 8), last / 6)
    ax.set_xticks(np.arange(0, last + 1e-9, step))
    _clean(ax)


def _step(ax: Axes, curve: KaplanMeier, colour: str, style: Any, label: str) -> None:
    t = np.concatenate([[0.0], curve.times])
    survival, low, high = (np.concatenate([[1.0], v]) for v in (curve.survival, curve.low, curve.high))
    ax.step(t, survival, where="post", color=colour, ls=style, lw=1.8, label=label)
    ax.fill_between(t, low, high, step="post", color=colour, alpha=0.13, lw=0)
    left = curve.censored > 0
    ax.plot(curve.times[left], curve.survival[left], "|", color=colour, ms=5, mew=0.9)


def _p(value: float) -> str:
    return "p < 0.001" if value < 0.001 else f"p = {value:.3f}"


def draw_kaplan_meier(
    groups: Mapping[str, tuple[np.ndarray, np.ndarray]],
    *,
    patients: Mapping[str, np.ndarray] | None = None,
    test: LogRank | None = None,
    p: float | None = None,
    test_name: str = "Log-rank",
    until: float | None = None,
    unit: str = "months",
    title: str = "",
) -> Figure:
    """Curves of named groups (time, event) with log-log bands, censoring marks and numbers at risk below.

    Args:
        groups: name -> (time, event), in the order of the legend.
        patients: name -> patient of each hip; the bands are then clustered by patient.
        test, or p with test_name: written into the figure.
        until: right end of the time axis; by default the longest follow-up.
        unit, title: of the axis and the figure.
    """
    last = until or max(float(time.max()) for time, _ in groups.values())
    figure = Figure(figsize=(7, 4.6 + 0.27 * len(groups)), layout="constrained")
    ax, below = figure.subplots(2, 1, height_ratios=[10, 1.1 + 0.75 * len(groups)], sharex=True)
    below.set_axis_off()
    curves = {name: kaplan_meier(*data, (patients or {}).get(name)) for name, data in groups.items()}
    for (name, curve), colour, style in zip(curves.items(), COLOURS, _STYLES, strict=False):
        told = f"{name} ({int(curve.at_risk[0])} hips, {int(curve.events.sum())} collapsed)"
        _step(ax, curve, colour, style, told)
    _survival_axis(ax, last, unit)
    ax.tick_params(labelbottom=True)
    ax.legend(loc="lower left", frameon=False, fontsize=9)
    shown = p if test is None else test.p
    if shown is not None:
        ax.text(
            0.98, 0.97, f"{test_name} {_p(shown)}", transform=ax.transAxes, ha="right", va="top", fontsize=9
        )
    below.set_ylim(-len(groups) + 0.2, 1.1)
    below.text(0, 0.75, "Hips at risk", fontsize=9, color=_GREY, ha="left", va="center")
    for row, ((name, curve), colour) in enumerate(zip(curves.items(), COLOURS, strict=False)):
        below.text(
            -0.015 * last, -row, name, color=colour, fontsize=9, ha="right", va="center", fontweight="bold"
        )
        for month in ax.get_xticks():
            count = str(int(curve.number_at_risk([month])[0]))
            below.text(month, -row, count, fontsize=9, ha="center" if month else "left", va="center")
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    return figure


def draw_patient_curve(
    months: npt.ArrayLike,
    survival: npt.ArrayLike,
    low: npt.ArrayLike,
    high: npt.ArrayLike,
    references: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    marks: Sequence[float] = (36, 60),
    unit: str = "months",
    title: str = "",
    note: str = "",
) -> Figure:
    """A patient's survival with its 95% interval against reference curves name -> (months, survival).

    The figures at ``marks`` are written beside their points. References whose name starts with "low", "high" or "all"
    have fixed colours, lines and signs, so that they are told apart without colour.
    """
    at, own, lower, upper = (np.asarray(values, float) for values in (months, survival, low, high))
    figure = Figure(figsize=(7, 4.6), layout="constrained")
    ax = figure.add_subplot()
    styles = {"low": (COLOURS[2], "--", "s"), "high": (COLOURS[3], "-.", "x"), "all": (_GREY, ":", "")}
    for name, (times, values) in references.items():
        kind = next((k for k in styles if name.lower().startswith(k)), "all")
        colour, style, sign = styles[kind]
        every = max(len(times) // _SIGNS, 1)
        ax.plot(
            times,
            values,
            color=colour,
            ls=style,
            lw=1.5,
            marker=sign,
            markevery=every,
            mfc="white",
            label=name,
        )
    ax.fill_between(at, lower, upper, color=COLOURS[0], alpha=0.18, lw=0, label="95% interval")
    shown = [int(np.argmin(abs(at - mark))) for mark in marks if at[0] <= mark <= at[-1]]
    ax.plot(at, own, color=COLOURS[0], lw=2.4, marker="o", markevery=shown, label="This hip")
    for mark in marks:
        if at[0] <= mark <= at[-1]:
            value, bottom, top = (float(np.interp(mark, at, v)) for v in (own, lower, upper))
            ax.plot([mark], [value], "o", color=COLOURS[0], ms=6, zorder=5)
            ax.annotate(
                _("{share:.0%} ({low:.0%} to {high:.0%})").format(share=value, low=bottom, high=top),
                (mark, value),
                xytext=(-9, -15 if value > 0.15 else 15),
                textcoords="offset points",
                fontsize=9,
                ha="right",
                color=COLOURS[0],
                fontweight="bold",
                bbox={"boxstyle": "round,pad=0.2", "fc": "white", "ec": "none", "alpha": 0.8},
            )
    _survival_axis(ax, float(at[-1]), unit)
    ax.legend(loc="lower left", frameon=False, fontsize=9)
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    if note:
        figure.supxlabel(note, fontsize=8, color=_GREY)
    return figure


def draw_calibration(
    panels: Mapping[str, tuple[CalibrationGroups, CalibrationCurve | None]], *, title: str = ""
) -> Figure:
    """Observed against predicted survival, a panel for each name (such as "36 months"): groups, curve, diagonal."""
    figure = Figure(figsize=(4.3 * len(panels), 4.5), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, len(panels)))
    for ax, (name, (groups, curve)) in zip(axes, panels.items(), strict=True):
        ax.plot([0, 1], [0, 1], color=_GREY, lw=1, ls="--", label="Perfect")
        if curve is not None:
            ax.fill_between(
                1 - curve.predicted, 1 - curve.high, 1 - curve.low, color=COLOURS[0], alpha=0.15, lw=0
            )
            ax.plot(
                1 - curve.predicted, 1 - curve.observed, color=COLOURS[0], lw=1.8, label="Smooth, 95% band"
            )
            text = f"ICI {curve.ici.value:.3f}\nobserved : expected {curve.observed_to_expected.value:.2f}"
            ax.text(0.03, 0.97, text, transform=ax.transAxes, va="top", fontsize=9)
        seen, low, high = 1 - groups.observed, 1 - groups.high, 1 - groups.low
        ax.errorbar(
            1 - groups.predicted,
            seen,
            yerr=[np.maximum(seen - low, 0), np.maximum(high - seen, 0)],
            fmt="o",
            color=COLOURS[1],
            capsize=3,
            ms=6,
            lw=1.3,
            label="Groups, 95% interval",
        )
        ax.set(xlim=(0, 1), ylim=(0, 1), title=name, aspect="equal")
        ax.set_xlabel("Predicted no-collapse survival")
        ax.xaxis.set_major_formatter(PercentFormatter(1.0))
        ax.yaxis.set_major_formatter(PercentFormatter(1.0))
        _clean(ax)
    axes[0].set_ylabel("Observed (Kaplan-Meier)")
    axes[-1].legend(loc="lower right", frameon=False, fontsize=8.5)
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    return figure


def draw_time_dependent_auc(
    curves: Mapping[str, tuple[Sequence[float], Sequence[float], Sequence[float], Sequence[float]]],
    *,
    unit: str = "months",
    title: str = "",
) -> Figure:
    """AUC over time of each model: name -> (months, auc, low, high); the band is drawn for the last one."""
    figure = Figure(figsize=(7, 4.4), layout="constrained")
    ax = figure.add_subplot()
    ax.axhline(0.5, color=_GREY, lw=1, ls="--")
    for k, ((name, (months, auc, low, high)), colour) in enumerate(
        zip(curves.items(), COLOURS, strict=False)
    ):
        last = k == len(curves) - 1
        width = 2.2 if last else 1.5
        ax.plot(months, auc, color=colour, ls=_STYLES[k], lw=width, marker="o", ms=3, label=name)
        if last:
            ax.fill_between(months, low, high, color=colour, alpha=0.13, lw=0, label=f"{name}, 95% interval")
    ax.set_ylim(0.4, 1.0)
    ax.set_xlabel(f"Time since drilling ({unit})")
    ax.set_ylabel("Time-dependent AUC")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 3, 6, 10]))
    ax.legend(facecolor="white", edgecolor="none", framealpha=1.0, fontsize=9, loc="lower right", ncols=2)
    _clean(ax)
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    return figure


def draw_decision_curves(curves: Mapping[str, DecisionCurve], month: float, *, title: str = "") -> Figure:
    """Net benefit of each model over thresholds, with acting on all hips and on none; the last one's band."""
    figure = Figure(figsize=(7, 4.4), layout="constrained")
    ax = figure.add_subplot()
    first = next(iter(curves.values()))
    ax.plot(first.thresholds, first.everyone, color=_GREY, lw=1.3, ls="--", label="Act on all")
    ax.axhline(0, color=_GREY, lw=1.3, ls=":", label="Act on none")
    for k, ((name, curve), colour) in enumerate(zip(curves.items(), COLOURS, strict=False)):
        ax.plot(curve.thresholds, curve.model, color=colour, ls=_STYLES[k], lw=1.8, label=name)
        if k == len(curves) - 1 and np.isfinite(curve.low).any():
            ax.fill_between(
                curve.thresholds,
                curve.low,
                curve.high,
                color=colour,
                alpha=0.13,
                lw=0,
                label=f"{name}, 95% band",
            )
    top = max(float(c.model.max()) for c in curves.values())
    ax.set_ylim(-0.15 * top, 1.15 * top)
    # beyond the last threshold at which any model is of use there is nothing to see
    of_use = [float(c.thresholds[c.model > 0.01 * top].max(initial=0.1)) for c in curves.values()]
    ax.set_xlim(0, min(1.0, first.thresholds.max(), 1.25 * max(of_use)))
    ax.set_xlabel(f"Risk of collapse by {month:g} months from which one would act")
    ax.set_ylabel("Net benefit")
    ax.xaxis.set_major_formatter(PercentFormatter(1.0))
    ax.legend(frameon=False, fontsize=9)
    _clean(ax)
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    return figure


def draw_lasso(
    penalties: np.ndarray,
    coef: np.ndarray,
    deviance: np.ndarray,
    deviance_se: np.ndarray,
    chosen: Mapping[str, float],
    *,
    title: str = "",
) -> Figure:
    """Path of the coefficients, (l, p) per standard deviation, and the cross-validated deviance, both over log penalty.

    ``chosen`` names penalties, such as {"min": 0.05, "1se": 0.12}.
    """
    figure = Figure(figsize=(10, 4.3), layout="constrained")
    path, valid = figure.subplots(1, 2)
    x = np.log10(penalties)
    for k in np.flatnonzero((coef != 0).any(axis=0)):
        path.plot(x, coef[:, k], lw=1)
    valid.errorbar(
        x, deviance, yerr=deviance_se, fmt="o", ms=3.5, color=COLOURS[1], ecolor="#BBBBBB", lw=0.9, capsize=2
    )
    for ax in (path, valid):
        _clean(ax)
        ax.invert_xaxis()
        ax.set_xlabel("log10 penalty (weaker to the right)")
        for (name, penalty), style in zip(chosen.items(), ("--", ":"), strict=False):
            ax.axvline(np.log10(penalty), color=_GREY, lw=1, ls=style)
            count = int((coef[np.argmin(np.abs(penalties - penalty))] != 0).sum())
            ax.text(
                np.log10(penalty),
                1.01,
                f"{name} ({count})",
                transform=ax.get_xaxis_transform(),
                ha="center",
                fontsize=8.5,
            )
    path.set_ylabel("Log hazard ratio per SD")
    valid.set_ylabel("Partial likelihood deviance per event")
    if title:
        figure.suptitle(title, fontsize=11, fontweight="bold", x=0.02, ha="left")
    return figure
