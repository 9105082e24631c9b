"""What came of a development of Rad, DL and DLR models in the scene: tables and charts; and a table node as CSV."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...core.provenance import provenance
from ..case import known_folder, text_node
from ..images.ownership import FOLDER_OF, find_node
from ..plots import BLUE, GREEN, GREY, ORANGE, Series, bar_legend, chart
from ..tables import columns_of, table_from_columns
from .survival import columns_from_csv

if TYPE_CHECKING:
    from slicer import vtkMRMLPlotChartNode, vtkMRMLTableNode

FOLDER = "DLR development"  # its name in scenes of version 0.1, and what a program finds it by since
X = "x, "  # begins the column of a curve's own x axis, see predict.curves
_BLACK, _PURPLE, _SKY, _YELLOW = (0.15, 0.15, 0.15), (0.80, 0.47, 0.65), (0.34, 0.71, 0.91), (0.90, 0.62, 0.0)
_COLOURS = (BLUE, ORANGE, GREEN, _PURPLE, _SKY, _YELLOW, (0.45, 0.25, 0.1), (0.4, 0.4, 0.0))
_PLAIN = {"chance": GREY, "ideal": GREY, "Treat all": _BLACK, "Treat none": GREY, "low": GREY, "high": GREY}
_MAX_CURVES = 9
_OF_SHARES = ("roc", "calibration")
_KINDS = ("roc", "calibration", "decision", "lasso path", "lasso error", "weights", "waterfall")


def development_to_scene(result: Mapping[str, Any]) -> dict[str, Any]:
    """What :func:`ONFHAssistLib.develop.dlr.develop_dlr` answered, as tables, charts and a link to the report.

    Returns:
        ``tables`` (name -> node), ``charts`` (title -> node), ``report`` (text node). Tables and charts of an earlier
        development are refilled.
    """
    record = provenance(report=result["report"])
    files = {name: Path(path) for name, path in result["tables"].items()}
    titles = {
        "summary": _("DLR summary"),
        "performance": _("DLR performance"),
        "calibration": _("DLR calibration"),
        "comparisons": _("DLR comparisons"),
        "funnel": _("DLR selection"),
        "predictions": _("DLR held-out probabilities"),
    }
    tables = {
        name: _table(title, name, columns_from_csv(files[name]), record)
        for name, title in titles.items()
        if name in files
    }
    charts: dict[str, Any] = {}
    for name, path in files.items():
        kind = name.removeprefix("curve ")
        if name.startswith("curve ") and _kind_of(kind) is not None:
            node = _chart(kind, columns_from_csv(path), record)
            charts[node.GetName()] = node
    link = text_node(_("DLR report"), result["report"], "dlr report", record)
    _gather([*tables.values(), *charts.values(), link])
    return {"tables": tables, "charts": charts, "report": link}


def validation_to_scene(result: Mapping[str, Any]) -> vtkMRMLTableNode:
    """What :func:`ONFHAssistLib.develop.validate_dlr.validate_dlr` answered: its figures as a table."""
    record = provenance(report=result["report"])
    columns = columns_from_csv(Path(result["tables"]["performance"]))
    node = _table(_("Probability on other hips"), "validation", columns, record)
    _gather([node])
    return node


def table_to_csv(node: vtkMRMLTableNode, path: Path) -> Path:
    """A table node as CSV with all digits, for the worker."""
    content = columns_of(node)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(content)
        for row in zip(*content.values(), strict=True):
            writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in row])
    return path


def _gather(nodes: list[Any]) -> None:
    """One folder for all of it, since a development belongs to no patient."""
    hierarchy = slicer.vtkMRMLSubjectHierarchyNode.GetSubjectHierarchyNode(slicer.mrmlScene)
    root = hierarchy.GetSceneItemID()
    folder = known_folder(root, FOLDER, FOLDER) or hierarchy.CreateFolderItem(root, _("DLR development"))
    hierarchy.SetItemAttribute(folder, FOLDER_OF, FOLDER)
    for node in nodes:
        item = hierarchy.GetItemByDataNode(node) or hierarchy.CreateItem(folder, node)
        hierarchy.SetItemParent(item, folder)


def _kind_of(name: str) -> str | None:
    return next((kind for kind in _KINDS if name == kind or name.startswith(f"{kind} ")), None)


def _texts_of(kind: str) -> tuple[str, str, str]:
    """Title, x axis and y axis of a kind of chart."""
    return {
        "roc": (_("ROC"), _("1 - specificity"), _("sensitivity")),
        "calibration": (_("Calibration"), _("predicted probability"), _("observed share")),
        "decision": (_("Decision curves"), _("probability from which one would act"), _("net benefit")),
        "lasso path": (_("LASSO path"), _("-log10(penalty)"), _("coefficient")),
        "lasso error": (_("LASSO error"), _("-log10(penalty)"), _("mean squared error, cross-validated")),
        "weights": (
            _("Weights"),
            _("number of the feature, largest first"),
            _("log-odds for one standard deviation"),
        ),
        "waterfall": (
            _("Waterfall of a test hip"),
            _("number of the feature, in the order of its step"),
            _("log-odds reached"),
        ),
    }[kind]


def _curve_name(name: str) -> str:
    """A curve as people read it, by the column of its table; models are called as they are."""
    return {
        "chance": _("chance"),
        "ideal": _("ideal"),
        "Treat all": _("Treat all"),
        "Treat none": _("Treat none"),
        "low": _("low"),
        "high": _("high"),
        "mean": _("mean"),
    }.get(name, name)


def _table(title: str, role: str, columns: Mapping[str, list], record: Mapping[str, str]) -> vtkMRMLTableNode:
    role = f"dlr {role}"
    return table_from_columns(
        title, columns, role=role, provenance=record, node=find_node("vtkMRMLTableNode", role, None)
    )


def _chart(name: str, columns: dict[str, list], record: Mapping[str, str]) -> vtkMRMLPlotChartNode:
    kind = _kind_of(name) or "roc"  # the caller asks for known kinds only
    title, x, y = _texts_of(kind)
    rest = name.removeprefix(kind).strip()
    bars = kind in ("weights", "waterfall")
    if bars:
        columns = {"bar": list(range(1, len(columns["feature"]) + 1)), **columns}
    table = _table(f"{title} {rest}".strip(), f"curve {name}", columns, record)
    parts = {"split": _("test part"), "nested": _("nested cross-validation")}
    words = ", ".join(parts.get(word, word) for word in rest.split())
    return chart(
        f"{title} {rest}".strip(),
        _bars(table, columns) if bars else _lines(table, columns),
        title=f"{title}: {words}" if words else title,
        x_title=x,
        y_title=y,
        below=bar_legend(columns["feature"]) if bars else (),
        role=f"dlr {name}",
        provenance=record,
        y_range=_benefits(columns) if kind == "decision" else (0.0, 1.0) if kind in _OF_SHARES else None,
        node=find_node("vtkMRMLPlotChartNode", f"dlr {name}", None),
    )


def _lines(table: vtkMRMLTableNode, columns: Mapping[str, list]) -> list[Series]:
    shared = next(iter(columns))
    names = [
        name for name in columns if not name.startswith(X) and (f"{X}{name}" in columns or name != shared)
    ]
    names = names[:_MAX_CURVES]  # the largest come first; a legend of thirty hides the curves
    own = {name: f"{X}{name}" if f"{X}{name}" in columns else shared for name in names}
    colours = iter(_COLOURS * (1 + len(names) // len(_COLOURS)))
    return [
        Series(
            _curve_name(name),
            table,
            own[name],
            name,
            line="dash" if name in _PLAIN else "solid",
            colour=_PLAIN[name] if name in _PLAIN else next(colours),
        )
        for name in names
    ]


def _bars(table: vtkMRMLTableNode, columns: Mapping[str, list]) -> list[Series]:
    """Bars with the features as labels; a waterfall's end at the log-odds that each step reached."""
    names = [name for name in columns if name not in ("bar", "feature", "contribution")]
    return [
        Series(_curve_name(name), table, "bar", name, "bar", colour=BLUE, label_column="feature")
        for name in names
    ]


def _benefits(columns: Mapping[str, list]) -> tuple[float, float]:
    """Range of net benefit that shows the models; treating all falls far below it at high thresholds."""
    top = max(max(values) for name, values in columns.items() if name not in ("threshold", *_PLAIN))
    return -0.15 * top, 1.15 * top
