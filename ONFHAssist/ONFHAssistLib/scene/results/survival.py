"""Step 4 in the scene: survival of a hip by any model, and what came of a development, as tables and charts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from slicer.i18n import tr as _

from ...core.provenance import provenance
from ...survival.names import TITLES
from ..attributes import OUTLINES
from ..case import move_to_case_folder, text_node
from ..images.ownership import find_node, title_of
from ..plots import BLUE, GREEN, GREY, ORANGE, Series, chart, legend_line
from ..summary import MEASURED_ANGLE, SAME_ANGLE_DEG, result_rows
from ..tables import PERCENT, columns_of, table_from_columns
from ..transaction import Steps, run_all_steps
from ..volumes import image_from_volume

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLScalarVolumeNode, vtkMRMLTableNode

    from ...survival.answer import SurvivalAnswer
    from ...survival.calculator import Calculator
    from ...survival.published.clinical import ClinicalInput

_BLACK = (0.15, 0.15, 0.15)
_MODEL_COLOURS = {"clinical": GREY, "radiomics": BLUE, "dl": GREEN, "dlrc": ORANGE}
_MODEL_LINES = {"clinical": "dash", "radiomics": "dot", "dl": "dashdot", "dlrc": "solid"}
_PROBABILITIES = dict.fromkeys(("survival", "low", "high"), PERCENT)


def survival_to_scene(
    volume: vtkMRMLScalarVolumeNode | None, side: str, findings: ClinicalInput
) -> dict[str, Any]:
    """:func:`survival_in_steps`, all at once."""
    return run_all_steps(survival_in_steps(volume, side, findings))


def survival_in_steps(
    volume: vtkMRMLScalarVolumeNode | None, side: str, findings: ClinicalInput
) -> Steps[dict[str, Any]]:
    """One hip on the published clinical model, as :func:`model_survival_to_scene`."""
    from ...case.survival import answer_of_findings

    return (yield from answer_in_steps(volume, side, answer_of_findings(findings)))


def model_survival_to_scene(
    volume: vtkMRMLScalarVolumeNode | None, side: str, calculator: Calculator, values: Mapping[str, float]
) -> dict[str, Any]:
    """:func:`model_survival_in_steps`, all at once."""
    return run_all_steps(model_survival_in_steps(volume, side, calculator, values))


def model_survival_in_steps(
    volume: vtkMRMLScalarVolumeNode | None, side: str, calculator: Calculator, values: Mapping[str, float]
) -> Steps[dict[str, Any]]:
    """One hip on a model that was developed: table at the model's months, curve with interval, and chart.

    Args:
        volume: of the case, whose study gathers the results; None leaves them at the top.
        calculator: from :func:`.survival.calculator.load_calculator`.
        values: of all covariates.

    Returns:
        Nodes ``table``, ``curve`` and ``chart``.
    """
    from ...case.survival import answer_of_values

    return (yield from answer_in_steps(volume, side, answer_of_values(calculator, values)))


def mark_source_measurement(
    volume: vtkMRMLScalarVolumeNode | None, nodes: Mapping[str, Any], side: str, angle_deg: float
) -> None:
    """Let table, curve and chart of a survival go out of date with the measurement whose angle they were given.

    An angle that the reader set by hand, and that is not the measured one, rests on no outlines.
    """
    table = find_node("vtkMRMLTableNode", "measurements", volume)
    measured = [row["combined_necrotic_angle"] for row in result_rows("measurements", side, volume)]
    if table is not None and measured and abs(measured[0] - angle_deg) < SAME_ANGLE_DEG:
        for node in nodes.values():
            node.SetAttribute(OUTLINES, table.GetAttribute(OUTLINES))
            node.SetAttribute(MEASURED_ANGLE, f"{measured[0]:.4f}")


def answer_in_steps(
    volume: vtkMRMLScalarVolumeNode | None, side: str, answer: SurvivalAnswer
) -> Steps[dict[str, Any]]:
    """One hip's answer as nodes ``table`` (at the model's months), ``curve`` (with interval) and ``chart``."""
    record = {**provenance(None if volume is None else image_from_volume(volume)), **answer.findings}
    table = table_from_columns(
        title_of(_("No-collapse survival {side}").format(side=side), volume),
        answer.estimate.as_dict(),
        role="survival",
        provenance=record,
        units={"months": "month"},
        titles=_curve_titles(),
        descriptions={"low": _("95% interval, lower end"), "high": _("95% interval, upper end")},
        decimals={"months": 0, **_PROBABILITIES},
        side=side,
        node=find_node("vtkMRMLTableNode", "survival", volume, side),
    )
    yield
    curve, groups = answer.curve, answer.references
    curve_table = table_from_columns(
        title_of(_("No-collapse survival curve {side}").format(side=side), volume),
        {**curve.as_dict(), **{name: list(points) for name, points in groups.items()}},
        role="survival curve",
        provenance=record,
        units={"months": "month"},
        titles={**_curve_titles(), **{name: group_name(name) for name in groups}},
        decimals={"months": 1, **_PROBABILITIES, **dict.fromkeys(groups, PERCENT)},
        side=side,
        node=find_node("vtkMRMLTableNode", "survival curve", volume, side),
    )
    yield
    node = _hip_chart(volume, side, curve_table, groups, answer.model, record)
    if volume is not None:
        move_to_case_folder(volume, [table, curve_table, node])
    return {"table": table, "curve": curve_table, "chart": node}


def _curve_titles() -> dict[str, str]:
    return {"months": _("time"), "survival": _("survival"), "low": _("low"), "high": _("high")}


def group_name(name: str) -> str:
    """A group of hips that a curve is compared with, as people read it; the names are those of a calculator."""
    return {
        "Low-risk group of the study": _("Low-risk group of the study"),
        "High-risk group of the study": _("High-risk group of the study"),
        "Low-risk group of the cohort": _("Low-risk group of the cohort"),
        "High-risk group of the cohort": _("High-risk group of the cohort"),
        "Average hip of the cohort": _("Average hip of the cohort"),
    }.get(name, name)


def model_name(title: str) -> str:
    """A model as people read it; one that somebody developed is called as he called it."""
    return _("Published clinical model (DLRC)") if title == "Published clinical model (DLRC)" else title


def _hip_chart(
    volume: vtkMRMLScalarVolumeNode | None,
    side: str,
    table: vtkMRMLTableNode,
    groups: Iterable[str],
    model: str,
    record: Mapping[str, str],
) -> vtkMRMLPlotChartNode:
    compared = [_group_series(name, table) for name in groups]
    series = [
        Series(_("This hip ({side})").format(side=side), table, "months", "survival", colour=BLUE, width=4),
        Series(_("95% interval, low"), table, "months", "low", line="dash", colour=BLUE),
        Series(_("95% interval, high"), table, "months", "high", line="dash", colour=BLUE),
        *compared,
    ]
    return chart(
        title_of(_("No-collapse survival {side}").format(side=side), volume),
        series,
        # It fits a quarter of the window.
        title=_("No collapse, hip {side}: {model}").format(side=side, model=model_name(model)),
        x_title=_("months after surgery"),
        y_title=_("probability of no collapse"),
        below=[
            _("thick line: this hip; dashed: its 95% interval"),
            *(legend_line([one]) for one in compared),
        ],
        role="survival chart",
        provenance=record,
        y_range=(0.0, 1.0),
        side=side,
        node=find_node("vtkMRMLPlotChartNode", "survival chart", volume, side),
    )


def _group_series(name: str, table: vtkMRMLTableNode) -> Series:
    """A group to compare with: low risk dotted and green, high risk dash-dotted and orange, others solid and grey."""
    kind = name.partition("-")[0].lower()
    line, colour = {"low": ("dot", GREEN), "high": ("dashdot", ORANGE)}.get(kind, ("solid", GREY))
    return Series(group_name(name), table, "months", name, line=line, width=3, colour=colour)


def development_to_scene(result: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`ONFHAssistLib.develop.survival.develop_survival` answered, as tables and charts.

    Returns:
        ``tables`` (name -> node), ``charts`` (name -> node) and ``report`` (text node with the path of the page).
    """
    record = provenance(report=result["report"])
    titles = {
        "performance": _("Model performance"),
        "comparison": _("Model comparison"),
        "univariate": _("Univariate survival models"),
    }
    tables = {
        name: _table(title, name, Path(result["tables"][name]), record)
        for name, title in titles.items()
        if name in result["tables"]
    }
    charts = {}
    for name, path in result["tables"].items():
        if name.startswith("curve_"):
            kind = name.removeprefix("curve_")
            source = _table(_("Curve {kind}").format(kind=kind.replace("_", " ")), name, Path(path), record)
            charts[kind] = _chart(kind, source, record)
    link = text_node(_("Survival report"), result["report"], "survival report", record)
    return {"tables": tables, "charts": charts, "report": link}


def validation_to_scene(result: Mapping[str, Any]) -> vtkMRMLTableNode:
    """What :func:`ONFHAssistLib.develop.validate_survival.validate_survival` answered: its figures as a table."""
    record = provenance(report=result["report"])
    path = Path(result["tables"]["performance"])
    return _table(_("Survival model on other hips"), "validation", path, record)


def columns_from_csv(path: Path) -> dict[str, list]:
    """Columns of a CSV file: floats where every cell is a number or empty, else text."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))
    return {name: _as_numbers([row[k] for row in rows[1:]]) for k, name in enumerate(rows[0])}


def _as_numbers(cells: list[str]) -> list:
    try:
        return [float(cell) if cell else float("nan") for cell in cells]
    except ValueError:
        return cells


def _table(title: str, role: str, path: Path, record: Mapping[str, str]) -> vtkMRMLTableNode:
    return table_from_columns(
        title,
        columns_from_csv(path),
        role=f"development {role}",
        provenance=record,
        node=find_node("vtkMRMLTableNode", f"development {role}", None),
    )


def _chart(kind: str, table: vtkMRMLTableNode, record: Mapping[str, str]) -> vtkMRMLPlotChartNode:
    columns = [table.GetColumnName(i) for i in range(table.GetNumberOfColumns())]
    model = kind.rpartition("_")[2]
    model = TITLES.get(model, model)
    if kind.startswith("kaplan_meier"):
        title, x, y = (
            _("Held-out risk groups, {model} model").format(model=model),
            _("months after surgery"),
            _("probability of no collapse"),
        )
        colours, lines = {"low_risk": GREEN, "high_risk": ORANGE}, {"high_risk": "dash"}
    elif kind.startswith("decision"):
        title = _("Decision curves at {months} months").format(months=model)
        x, y = _("risk from which one would act"), _("net benefit")
        colours, lines = {"act_on_all": _BLACK, **_MODEL_COLOURS}, {"act_on_all": "dash", **_MODEL_LINES}
    else:
        title = _("Calibration at {months} months").format(months=model)
        x, y = _("predicted no-collapse survival"), _("observed")
        colours, lines = {"observed": BLUE, "perfect": GREY}, {"perfect": "dash"}
    series = [
        Series(
            TITLES.get(name) or curve_name(name),
            table,
            columns[0],
            name,
            line=lines.get(name, "solid"),
            colour=colours.get(name, BLUE),
        )
        for name in columns[1:]
    ]
    high = not kind.startswith("decision")  # curves that reach into the corner of the legend
    return chart(
        title,
        series,
        title=title,
        x_title=x,
        below=[legend_line(series)] if high else [],
        y_title=y,
        role=f"development {kind}",
        provenance=record,
        y_range=_benefits(table) if kind.startswith("decision") else (0.0, 1.0),
        node=find_node("vtkMRMLPlotChartNode", f"development {kind}", None),
    )


def curve_name(name: str) -> str:
    """A curve of a development as people read it, by the column of its table."""
    return {
        "low_risk": _("Low risk"),
        "high_risk": _("High risk"),
        "act_on_all": _("Act on all"),
        "observed": _("Observed"),
        "perfect": _("Perfect"),
    }.get(name, name.replace("_", " ").capitalize())


def _benefits(table: vtkMRMLTableNode) -> tuple[float, float]:
    """Range of net benefit that shows the models; acting on all hips falls far below it at high thresholds."""
    columns = columns_of(table)
    top = max(max(columns[name]) for name in columns if name not in ("threshold", "act_on_all"))
    return -0.15 * top, 1.15 * top
