"""One self-contained HTML page of an internal-external validation: figures of each centre, pooled, and forests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from ..core.atomic_files import write_text
from ..evaluate.centres import InternalExternal
from ..evaluate.figures.binary import save_figure
from ..evaluate.figures.survival import COLOURS
from ..survival.names import TITLES
from .case_page import CasePage, Picture, Section, write_case_page
from .figure_texts import interval_text, range_text

BANNER = (
    "For research, not for diagnosis. Each centre was judged by models that were developed without it. The prediction "
    "interval, not the interval of the mean, says what a further hospital should expect."
)
NEUTRAL = {
    "C-index": 0.5,
    "AUC": 0.5,
    "Calibration in the large": 0.0,
}  # what says nothing, or is right; else 1
SURVIVAL = "No-collapse survival: internal-external validation by centre"


def write_centres(
    found: InternalExternal, out: Path, provenance: Mapping[str, str], title: str = SURVIVAL
) -> tuple[Path, dict[str, Path]]:
    """Tables, forests and ``index.html`` into ``out``; the page, and the tables by name."""
    over, each, written = centre_sections(found, out)
    page = CasePage(
        title=title,
        banner=BANNER,
        summary=(),
        sections=[
            Section(
                "Warnings",
                "" if found.warnings else "None.",
                ("What to keep in mind",),
                [(w,) for w in found.warnings],
            ),
            over,
            each,
        ],
        provenance=provenance,
        files={"tables/": "every table as CSV", "figures/": "every figure"},
    )
    return write_case_page(page, out / "index.html"), written


def centre_sections(found: InternalExternal, out: Path) -> tuple[Section, Section, dict[str, Path]]:
    """Over the centres as a table, and centre by centre as forests; their CSV files by name."""
    tables = {"centres": found.centres, "pooled": pooled_table(found)}
    written = {
        name: write_text(out / "tables" / f"{name}.csv", table.to_csv(index=False))
        for name, table in tables.items()
    }
    (out / "figures").mkdir(parents=True, exist_ok=True)
    pictures = [
        Picture(
            save_figure(draw_forest(found, model), out / "figures" / f"forest_{model}.png", 150),
            f"{TITLES.get(model, model)}, centre by centre",
        )
        for model in found.pooled
    ]
    rows = [
        (
            f"{TITLES.get(model, model)}, {figure}",
            interval_text(one.mean.value, one.mean.low, one.mean.high),
            "–" if np.isnan(one.low_next) else range_text(f"{one.low_next:.3f}", f"{one.high_next:.3f}"),
            f"{one.i2:.0%}",
            str(one.centres),
        )
        for model, figures in found.pooled.items()
        for figure, one in figures.items()
    ]
    columns = ("", "Mean (95%)", "Next centre (95%)", "Between centres (I²)", "Centres")
    note = (
        "Random effects, restricted maximum likelihood, Hartung and Knapp's interval; C and AUC on the logit scale, "
        "observed : expected on the logarithm's."
    )
    over = Section("Over the centres", columns=columns, rows=rows, note=note)
    return over, Section("Centre by centre", columns=("",), pictures=pictures, wide=True), written


def pooled_table(found: InternalExternal) -> pd.DataFrame:
    """A row a model and figure."""
    return pd.DataFrame(
        [
            {
                "model": model,
                "figure": figure,
                **one.mean.as_dict(),
                "low_next": one.low_next,
                "high_next": one.high_next,
                "tau2": one.tau2,
                "i2": one.i2,
                "centres": one.centres,
            }
            for model, figures in found.pooled.items()
            for figure, one in figures.items()
        ]
    )


def draw_forest(found: InternalExternal, model: str) -> Figure:
    """A panel a figure: each centre with its interval, below them the mean and what to expect next."""
    mine = found.centres[found.centres["model"] == model]
    names = list(dict.fromkeys(mine["centre"]))
    figure = Figure(figsize=(3.7 * len(found.figures), 1.4 + 0.35 * (len(names) + 2)), layout="constrained")
    for ax, wanted in zip(figure.subplots(1, len(found.figures), sharey=True), found.figures, strict=True):
        ax.axvline(NEUTRAL.get(wanted, 1.0), color="#666666", lw=1, ls="--")
        rows = mine[mine["figure"] == wanted].set_index("centre")
        for place, name in enumerate(names):
            if name in rows.index:
                row = rows.loc[name]
                ax.plot([row["low"], row["high"]], [place, place], color=COLOURS[0], lw=1.4)
                ax.plot(row["value"], place, "s", color=COLOURS[0], ms=5)
        one = found.pooled[model].get(wanted)
        if one is not None:
            ax.plot([one.mean.low, one.mean.high], [len(names)] * 2, color=COLOURS[1], lw=3)
            ax.plot(one.mean.value, len(names), "D", color=COLOURS[1], ms=6)
            if not np.isnan(one.low_next):
                ax.plot([one.low_next, one.high_next], [len(names) + 1] * 2, color=COLOURS[1], lw=1.2, ls=":")
        ax.set_yticks(range(len(names) + 2), [*names, "Mean", "Next centre"])
        ax.set_title(wanted, fontsize=10)
        ax.spines[["top", "right"]].set_visible(False)
    ax.invert_yaxis()
    return figure
