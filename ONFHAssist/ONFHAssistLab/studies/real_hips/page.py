"""The page of an evaluation on real hips: what was judged, every figure beside what is wanted, the worst hips."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from ONFHAssistLib.report.case_page import CasePage, Picture, Section, write_case_page

from .figure_maker import (
    ANSWERS,
    COUNT,
    FINDING,
    LESIONS,
    MM,
    NUMBER,
    OUTLINE,
    SHARE,
    WITH_WITHHELD,
    RealFigure,
    Wanted,
)
from .table import HEALTHY

BANNER = (
    "For research, not for diagnosis. Judged is the whole chain as it is shipped: find, outline, measure, "
    "probability and stage, on images with known femoral heads."
)
FILES = {
    "hips.csv": "one row a hip: what is true, what was found, every error, what is wrong in words",
    "extra_heads.csv": "heads that were found where no row names one",
    "metrics.json": "every figure with its interval, number and target",
    "pictures/": "the worst hips",
}
INTERVALS = (
    "95% intervals by resampling patients, both hips of a patient together; where all or none agree, Wilson's bound with "
    "a count a patient. A worst value and a single patient have none."
)
_MET = {True: "yes", False: "no", None: ""}
_ORDER = (
    "First heads that were missed, made up or on the wrong side, then wrong answers and lost or made-up lesions, then "
    "outlines, then places; last, answers that would have been wrong and were withheld. Within each the largest first. "
    "The patient's right is at the left of the coronal and axial picture, the front at the left of the sagittal one."
)
_TEXTS = {
    FINDING: "A head counts as found within 20 mm of its true centre.",
    OUTLINE: (
        "Where true outlines are given, against them on their voxels; else against the articular part of the true "
        "sphere, above a plane 0.4 radii down the neck, at 1 mm. Surfaces: the mean distance of a hip "
        "(from a sphere along its radii), then over hips."
    ),
    LESIONS: (
        "A lesion is found where an outlined necrosis touches the true one (where only its volume is known: where any is "
        "outlined). A head that was not found has lost its lesion."
    ),
    ANSWERS: (
        "An answer that the product withholds (out of scope) is no answer: it counts neither as right nor as wrong. "
        "Beside each figure stands what it would have been, had nothing been withheld. The target is held against what "
        "was given."
    ),
}


def write_real_page(
    folder: Path,
    *,
    table: str,
    hips: pd.DataFrame,
    images: pd.DataFrame,
    figures: Sequence[RealFigure],
    worst: Sequence[tuple[str, Picture | None, str]],
    provenance: Mapping[str, str | Mapping[str, str]],
) -> Path:
    """Write ``index.html``.

    Args:
        table: name of the table. hips, images: a row each.
        worst: heading, picture (None where none can be drawn) and what is wrong, the worst first.
    """
    page = CasePage(
        title="ONFHAssist on real hips",
        subtitle=_counts(table, hips, images),
        banner=BANNER,
        summary=(),
        sections=[
            *_short(figures),
            *(
                _figures(group, figures)
                for group in (FINDING, OUTLINE, LESIONS, ANSWERS)
                if _shown(group, figures)
            ),
            *_refusals(images),
            *_worst(worst),
        ],
        provenance=provenance,
        files=FILES,
    )
    return write_case_page(page, folder / "index.html")


def _counts(table: str, hips: pd.DataFrame, images: pd.DataFrame) -> str:
    healthy = int((hips["truth"] == HEALTHY).sum())
    sequences = hips.drop_duplicates("image")["sequence"].replace("", "not stated").value_counts()
    listed = ", ".join(f"{name} {count}" for name, count in sequences.items())
    return (
        f"{table}: {_n(len(hips), 'hip')} of {_n(hips['patient'].nunique(), 'patient')} in {_n(len(images), 'image')}; "
        f"{healthy} healthy, {len(hips) - healthy} with a necrosis. Images by sequence: {listed}."
    )


def _n(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _short(figures: Sequence[RealFigure]) -> list[Section]:
    """What is reached and what is not, in a glance."""
    wanted = [f for f in figures if f.wanted is not None and f.of]
    lists = {
        "Reached": [f for f in wanted if f.met],
        "Not reached": [f for f in wanted if f.met is False],
        "Open": [f for f in wanted if f.met is None],
    }
    rows = []
    for words, found in lists.items():
        for figure in found:
            here = value_text(figure) if figure.met is not None else _without_answers(figure, figures)
            rows.append((words, figure.words, here, wanted_text(figure.wanted, figure.kind)))
    return [Section("What is wanted", columns=("", "Figure", "Here", "Wanted"), rows=rows)] if rows else []


def _without_answers(figure: RealFigure, figures: Sequence[RealFigure]) -> str:
    """That no answer was given, and what it would have been."""
    held = next((f for f in figures if f.name == figure.name + WITH_WITHHELD), None)
    if held is None or math.isnan(held.value):
        return "no answer"
    return f"withheld; would have been {value_text(held)}"


def _shown(group: str, figures: Sequence[RealFigure]) -> list[RealFigure]:
    return [f for f in figures if f.group == group and f.of]


def _figures(group: str, figures: Sequence[RealFigure]) -> Section:
    rows = [
        (
            figure.words,
            value_text(figure),
            interval_text(figure),
            n_text(figure),
            wanted_text(figure.wanted, figure.kind),
            _MET[figure.met],
        )
        for figure in _shown(group, figures)
    ]
    columns = ("Figure", "Here", "95% interval", "n", "Wanted", "Reached")
    return Section(group, _TEXTS[group], columns, rows, note=INTERVALS if group == FINDING else "")


def number_text(kind: str, value: float) -> str:
    """A number as the page writes it: "96%", "0.57 mm", "0.912", "3"."""
    if math.isnan(value):
        return "–"
    if kind == SHARE:
        return f"{100 * value:.0f}%" if round(1000 * value) % 10 == 0 else f"{100 * value:.1f}%"
    if kind == MM:
        return f"{value:.2f} mm"
    return f"{value:.3f}" if kind == NUMBER else f"{value:.0f}"


def value_text(figure: RealFigure) -> str:
    """The figure without its interval."""
    return number_text(figure.kind, figure.value)


def interval_text(figure: RealFigure) -> str:
    """ "88% to 100%"; a dash where there is none."""
    if math.isnan(figure.low):
        return "–"
    low, high = figure.low, figure.high
    if figure.kind == COUNT:
        low, high = math.floor(low), math.ceil(high)
    return f"{number_text(figure.kind, low)} to {number_text(figure.kind, high)}"


def n_text(figure: RealFigure) -> str:
    """ "22", or "3 of 22" where the others got no answer."""
    return str(figure.n) if figure.n == figure.of else f"{figure.n} of {figure.of}"


def wanted_text(wanted: Wanted | None, kind: str = "") -> str:
    """ "at least 0.95" in the figure's own unit; "" where nothing is wanted."""
    if wanted is None:
        return ""
    limit = f"{wanted.limit:g}" if not kind else number_text(kind, wanted.limit)
    if wanted.limit == 0 and not wanted.at_least:
        return "none"
    if wanted.limit == 1 and kind == SHARE:
        return "all"
    return f"{'at least' if wanted.at_least else 'at most'} {limit}"


def _refusals(images: pd.DataFrame) -> list[Section]:
    refused = images[images["refused"].astype(bool)]
    if refused.empty:
        return []
    rows = [(str(row["image"]), str(row["refusal"])) for row in refused.to_dict("records")]
    return [Section("Images without an answer", columns=("Image", "What the product said"), rows=rows)]


def _worst(worst: Sequence[tuple[str, Picture | None, str]]) -> list[Section]:
    sections = [Section("The worst hips", _ORDER)] if worst else []
    for number, (title, picture, wrong) in enumerate(worst, 1):
        heading = f"{number}. {title}"
        pictures = () if picture is None else (picture,)
        sections.append(Section(heading, wrong, pictures=pictures, wide=True))
    return sections


def figure_rows(figures: Sequence[RealFigure]) -> list[tuple[Any, ...]]:
    """What is wanted and what came out, as the command shows it; the page has all figures."""
    wanted = {f.name for f in figures if f.wanted is not None}
    return [
        (f.words, value_text(f), interval_text(f), n_text(f), wanted_text(f.wanted, f.kind), _MET[f.met])
        for f in figures
        if f.of and f.name.removesuffix(WITH_WITHHELD) in wanted
    ]
