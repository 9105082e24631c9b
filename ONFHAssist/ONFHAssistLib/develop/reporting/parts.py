"""Sections that the reports of both studies share: Table 1, subgroups, checklists; each writes its table too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from ...core.atomic_files import write_text
from ...early.checklists import checklist_markdown
from ...evaluate.figures.binary import save_figure
from ...evaluate.figures.reporting import draw_instability, draw_learning_curve, draw_subgroups
from ...evaluate.reporting.baseline import baseline_table
from ...evaluate.reporting.instability import Instability
from ...report.case_page import Picture, Section
from ...report.checklists.checklists import checklist_sections, checklists
from ...report.checklists.run_facts import RunFacts
from ...report.figure_texts import interval_text, is_missing, p_text
from ...survival.names import readable_covariate

_DPI = 150
TABLE_1 = "Table 1"  # begins the titles of the sections that stand at the front of a report
BASELINE_NOTE = (
    "Mean ± SD where a column is about symmetric, else median and quartiles; counts with shares. p: Wald test with the "
    "patient as the unit, so that two hips of one patient do not count twice. Difference: largest standardised "
    "difference of two groups; 0.1 is small (Austin 2009), and unlike p it does not grow with the number of hips."
)


def baseline_section(
    clinical: pd.DataFrame,
    groups: Sequence[object] | pd.Series,
    patients: np.ndarray,
    out: Path,
    *,
    title: str = f"{TABLE_1}: the hips at baseline",
    name: str = "baseline",
) -> list[Section]:
    """Table 1 by ``groups``; nothing where there is one group only or no column."""
    if not clinical.shape[1] or len(set(map(str, groups))) < 2:
        return []
    table = baseline_table(clinical, groups, patients)
    write_text(out / "tables" / f"{name}.csv", table.to_csv(index=False))
    names = list(table.columns[4 : table.columns.get_loc("method")])
    counts = {n: int(np.sum(np.asarray(groups).astype(str) == n)) for n in names if n != "all"}
    heads = [f"All ({len(clinical)})", *(f"{n} ({count})" for n, count in counts.items())]
    rows = []
    for row in table.to_dict("records"):
        words = readable_covariate(row["variable"])
        if row["level"]:
            words = f"{words}: {str(row['level']).replace('_', ' ')}"
        if row["missing"] and not is_missing(row["difference"]):
            words = f"{words} ({row['missing']} missing)"
        ends = ("", "")
        if isinstance(row["method"], str) and row["method"]:
            ends = (p_text(row["p"]), "–" if is_missing(row["difference"]) else f"{row['difference']:.2f}")
        rows.append((words, *(str(row[n]) for n in names), *ends))
    return [Section(title, "", ("", *heads, "p", "Difference"), rows, note=BASELINE_NOTE)]


def subgroup_section(table: pd.DataFrame, out: Path, *, model: str, what: str) -> Section:
    """Subgroups as forest plot and table, from :mod:`...evaluate.reporting.subgroups`."""
    write_text(out / "tables" / "subgroups.csv", table.to_csv(index=False))
    figure = draw_subgroups(table, f"{model}, held-out hips", what, readable_covariate)
    path = save_figure(figure, out / "figures" / "subgroups.png", _DPI)
    rows = [
        (
            f"{readable_covariate(row['variable'])} {str(row['level']).replace('_', ' ')}".strip(),
            f"{row['events']} of {row['hips']}",
            interval_text(row["value"], row["low"], row["high"]),
            interval_text(row["difference"], row["difference_low"], row["difference_high"]),
            p_text(row["p_holm"]),
        )
        for row in table.to_dict("records")
    ]
    columns = ("", "With the event", what, "Less the other hips", "p of a difference (Holm)")
    text = (
        "An interval that does not hold the figure of all hips is no proof of a difference; the p is that of the "
        "interaction, adjusted for the number of variables."
    )
    return Section(
        "Subgroups", text, columns, rows, [Picture(path, f"{model} in subgroups")], wide=True,
        note="95% intervals with the patient as the unit, given these models: what models gain and lose with other "
        "training hips is not in them, unlike those of the figures above. Under 5 hips of a kind there is no figure.",
    )  # fmt: skip


def instability_section(found: Instability, out: Path, *, model: str, what: str) -> Section:
    """How much single answers depend on which hips the model was developed on."""
    write_text(out / "tables" / "instability.csv", found.table().to_csv(index=False))
    figure = draw_instability(
        found, f"{model}, {len(found.repeated)} developments on bootstrap samples", what
    )
    path = save_figure(figure, out / "figures" / "instability.png", _DPI)
    summary = found.summary()
    rows = [
        (f"Mean absolute difference of the {what}", f"{summary['mape']:.3f}"),
        ("The same, 95% of the hips are below", f"{summary['mape_largest']:.3f}"),
        ("Mean width of what 95% of the models answer", f"{summary['interval_width']:.3f}"),
    ]
    if "changed_class" in summary:
        rows += [
            ("Models that call a hip otherwise, mean", f"{summary['changed_class']:.1%}"),
            ("Hips that a tenth of the models or more call otherwise", f"{summary['often_changed']:.1%}"),
        ]
    text = (
        "The development was repeated on bootstrap samples of patients, and every model answered for every hip. A model "
        "can be right on the whole and still give one hip an answer that other hips would have changed."
    )
    return Section(
        "How stable single answers are", text, ("", model), rows, [Picture(path, "Instability of single answers")],
        wide=True, note="Riley and Collins, Biom J 2023;65:2200302.",
    )  # fmt: skip


def learning_section(found: pd.DataFrame, out: Path, *, title: str, event: str, what: str) -> Section:
    """How a held-out figure grows with the number of events that a model learned from.

    Args:
        found: ``model``, ``share``, ``events``, ``value``, ``low``, ``high``.
        title: of the picture. event: words for hips with the event. what: the figure.
    """
    write_text(out / "tables" / "learning_curve.csv", found.to_csv(index=False))
    path = save_figure(draw_learning_curve(found, title, what), out / "figures" / "learning_curve.png", _DPI)
    rows = [
        (
            row["model"],
            f"{row['share']:.0%}",
            f"{row['events']:.0f}",
            interval_text(row["value"], row["low"], row["high"]),
        )
        for row in found.to_dict("records")
    ]
    text = (
        "Models developed on a share of the training patients and judged on the same held-out folds. A curve that still "
        "climbs at its end says that more hips would help."
    )
    columns = ("Model", "Patients", event, f"{what}, mean (middle 95% of folds and draws)")
    words = f"{what} over {event.lower()}"
    return Section("Learning curve", text, columns, rows, [Picture(path, words)])


def checklist_parts(facts: RunFacts, out: Path) -> list[Section]:
    """TRIPOD+AI, CLAIM and PROBAST+AI as sections, and as Markdown files beside the page."""
    for name, table in checklists(facts).items():
        write_text(out / f"{name.replace(' ', '-')}.md", checklist_markdown(table, name))
    return checklist_sections(facts)


def attempt(make: Callable[[], list[Section]], failures: list[str], what: str) -> list[Section]:
    """The sections of ``make``; where the hips are too few for them a sentence says so and the report goes on."""
    from ...core.errors import InputError

    try:
        return make()
    except InputError as error:
        failures.append(f"{what} left out: {error}")
        return []
