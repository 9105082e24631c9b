"""One self-contained HTML page of a regression of collapse on findings, with its tables and the curves of both events."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from ..core.atomic_files import write_text
from ..evaluate.figures.binary import save_figure
from ..evaluate.figures.survival import COLOURS
from ..evaluate.survival.competing import aalen_johansen
from ..evaluate.survival.outcome import kaplan_meier
from ..survival.names import readable_covariate
from ..survival.regress.analysis import CAUSE, COMPETING, SUBDISTRIBUTION, Regression
from .case_page import CasePage, Picture, Section, write_case_page
from .figure_texts import interval_text, p_text

BANNER = "For research, not for diagnosis. These are associations in one cohort, not effects of a treatment."
WORDS = {
    CAUSE: "Collapse (cause-specific hazard)",
    SUBDISTRIBUTION: "Collapse (Fine and Gray: risk itself)",
    COMPETING: "Competing event (cause-specific hazard)",
}


def write_regression(
    found: Regression, out: Path, provenance: Mapping[str, str]
) -> tuple[Path, dict[str, Path]]:
    """Tables, the figure and ``index.html`` into ``out``; the page, and the tables by name."""
    tables = {"hazard_ratios": found.ratios}
    tables |= {"held_out": found.held_out} if len(found.held_out) else {}
    tables |= {"interval_censoring": found.interval.reset_index()} if len(found.interval) else {}
    written = {
        name: write_text(out / "tables" / f"{name}.csv", table.to_csv(index=False))
        for name, table in tables.items()
    }
    (out / "figures").mkdir(parents=True, exist_ok=True)
    picture = save_figure(draw_incidence(found), out / "figures" / "cumulative_incidence.png", 150)
    design = found.design
    other = 0 if design.competing is None else int(design.competing.sum())
    patients = design.time.size if design.patient is None else np.unique(design.patient).size
    words = f"{design.time.size} hips of {patients} patients, {int(design.event.sum())} collapses"
    page = CasePage(
        title="Collapse and findings: regression",
        banner=BANNER,
        summary=(),
        sections=[
            Section("Hips", f"{words}{f', {other} competing events' if other else ''}."),
            Section(
                "Warnings",
                "" if found.warnings else "None.",
                ("What to keep in mind",),
                [(w,) for w in found.warnings],
            ),
            _ratios(found),
            *_held_out(found),
            *_interval(found),
            Section(
                "Figure", columns=("",), pictures=[Picture(picture, "Risk over time, 95% bands by patients")]
            ),
        ],
        provenance=provenance,
        files={"tables/": "every table as CSV", "figures/": "the figure"},
    )
    return write_case_page(page, out / "index.html"), written


def _ratios(found: Regression) -> Section:
    models = list(dict.fromkeys(found.ratios["model"]))
    cells: dict[str, dict[str, str]] = {}
    for row in found.ratios.itertuples():
        text = f"{interval_text(row.hr, row.low, row.high)}, p {p_text(row.p)}"
        cells.setdefault(row.covariate, {})[row.model] = text
    rows = [(readable_covariate(name), *(c.get(m, "–") for m in models)) for name, c in cells.items()]
    return Section(
        "Hazard ratios",
        columns=("", *(WORDS[m] for m in models)),
        rows=rows,
        note="95% intervals and p with patients as clusters (sandwich variance). A cause-specific ratio says what a "
        "finding does among hips that are still at risk, Fine and Gray's what it does to the share that "
        "collapses at all.",
    )


def _held_out(found: Regression) -> list[Section]:
    if not len(found.held_out):
        return []
    models = list(dict.fromkeys(found.held_out["model"]))
    cells: dict[str, dict[str, str]] = {}
    for row in found.held_out.itertuples():
        cells.setdefault(f"{row.figure} at {row.month:g} months", {})[row.model] = interval_text(
            row.value, row.low, row.high
        )
    rows = [(name, *(c.get(m, "–") for m in models)) for name, c in cells.items()]
    return [
        Section(
            "How good the risks are, on held-out hips",
            columns=("", *(WORDS[m] for m in models)),
            rows=rows,
            note="Cross-validated by patients; hips with a competing event are controls of the AUC, and observed risks "
            "are Aalen and Johansen's.",
        )
    ]


def _interval(found: Regression) -> list[Section]:
    if not len(found.interval):
        return []
    rows = [
        (
            readable_covariate(str(name)),
            interval_text(row["exact"], row["exact_low"], row["exact_high"]),
            interval_text(row["interval"], row["interval_low"], row["interval_high"]),
        )
        for name, row in found.interval.iterrows()
    ]
    return [
        Section(
            "What the visits hide",
            "A collapse that was seen at a visit happened some time before it.",
            columns=("", "As if on the day of the visit", "Between the visits"),
            rows=rows,
            note="Sensitivity analysis: hazard ratios of Weibull models, intervals not clustered.",
        )
    ]


def draw_incidence(found: Regression) -> Figure:
    """Risk of collapse and of the competing event over time, and what censoring the competing event would say."""
    design = found.design
    figure = Figure(figsize=(7, 4.4), layout="constrained")
    ax = figure.add_subplot()
    events = {"Collapse": (design.event, design.competing)}
    if design.competing is not None:
        events["Competing event"] = (design.competing, design.event)
    for (name, (event, other)), colour in zip(events.items(), COLOURS, strict=False):
        curve = aalen_johansen(design.time, event, other, design.patient)
        t = np.concatenate([[0.0], curve.times])
        risk, low, high = (np.concatenate([[0.0], v]) for v in (curve.risk, curve.low, curve.high))
        ax.step(t, risk, where="post", color=colour, lw=1.8, label=name)
        ax.fill_between(t, low, high, step="post", color=colour, alpha=0.13, lw=0)
    if design.competing is not None:
        plain = kaplan_meier(design.time, design.event)
        ax.step(
            plain.times,
            1 - plain.survival,
            where="post",
            color="#666666",
            ls="--",
            lw=1.3,
            label="Collapse, if competing events were censored",
        )
    ax.set(
        xlabel="Time since drilling (months)", ylabel="Risk", ylim=(0, 1), xlim=(0, float(design.time.max()))
    )
    ax.yaxis.set_major_formatter(PercentFormatter(1.0))
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, fontsize=9, loc="upper left")
    return figure
