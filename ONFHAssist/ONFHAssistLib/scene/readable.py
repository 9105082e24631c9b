"""Numbers of our tables as a reader wants them in Slicer's table views: 25.3 mm, and not 25.3351.

Slicer writes six digits of every number. The tables keep them all, for whatever is computed from them; only what a view
shows is rounded, to the decimals that :func:`.tables.table_from_columns` was given for the column.
"""

from __future__ import annotations

import math
from typing import Any

from .attributes import ROLE
from .tables import DECIMALS_PREFIX, EMPTY_PREFIX, PERCENT

_of_layout: list[Any] = []
_NONE = "–"  # in place of a number that is not there


def format_number(text: str, decimals: int) -> str:
    """A number's text with so many decimals; below the last of them "<0.0001", none for NaN; other text as it is."""
    try:
        value = float(text)
    except ValueError:
        return text
    if math.isnan(value):
        return _NONE
    least = 10.0**-decimals
    if 0.0 < abs(value) < 0.5 * least:
        return f"{'<' if value > 0 else '>-'}{least:.{decimals}f}"
    return f"{value:.{decimals}f}"


def format_share(text: str) -> str:
    """A share of 1 as whole per cent, as the home panel and the report have it; "<1%" and ">99%" next to the ends."""
    try:
        value = float(text)
    except ValueError:
        return text
    if math.isnan(value):
        return _NONE
    if 0.0 < value < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= value < 1.0 else f"{100 * value:.0f}%"


def _readable(text: str, decimals: str | None, reason: str) -> str:
    if not text:
        return reason
    if not decimals:
        return _NONE if text == "nan" else text
    return format_share(text) if decimals == PERCENT else format_number(text, int(decimals))


class ReadableTable:
    """Rounds the cells of a ``qMRMLTableView`` that shows one of our tables; tables of others stay as they are.

    The view's model is a copy of the table as text. It is rewritten, in silence, after each change, and the node is not
    touched. (A delegate in Python would be the usual way, but Slicer ends when it asks one for a text while Python is
    calling it, as PythonQt of 5.11 does.)

    Args:
        view: of a panel or of the layout; keep this object as long.
    """

    def __init__(self, view: Any) -> None:
        import qt

        self.view, self._due = view, False
        self._timer = qt.QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.connect("timeout()", self.round)
        view.tableModel().connect("dataChanged(QModelIndex,QModelIndex)", self._changed)
        self.round()

    def _changed(self, *_cells: Any) -> None:
        """Once for all cells that are filled now."""
        if not self._due:
            self._due = True
            self._timer.start()

    def round(self) -> None:
        """Rewrite the cells of columns that have decimals, or something to say of empty ones."""
        self._due = False
        node, model = self.view.mrmlTableNode(), self.view.tableModel()
        if node is None or getattr(self.view, "transposed", False):
            return
        ours = bool(node.GetAttribute(ROLE))
        silent = model.blockSignals(True)  # else Slicer takes it for what a user typed
        changed = False
        first = int(node.GetUseFirstColumnAsRowHeader())
        for column in range(first, node.GetNumberOfColumns()):
            name = node.GetColumnName(column)
            decimals = node.GetAttribute(DECIMALS_PREFIX + name)
            reasons = (node.GetAttribute(EMPTY_PREFIX + name) or "").split("\n")
            for row in range(model.rowCount() if ours or decimals or any(reasons) else 0):
                cell = model.index(row, column - first)
                before = str(cell.data() or "")
                after = _readable(before, decimals, reasons[row] if row < len(reasons) else "")
                if after != before:
                    changed = bool(model.setData(cell, after)) or changed
        model.blockSignals(silent)
        if changed:
            self.view.resizeColumnsToContents()
            self.view.viewport().update()


def make_layout_readable() -> None:
    """:class:`ReadableTable` for the table view of the layout, where this application has one."""
    import slicer

    widget = slicer.app.layoutManager().tableWidget(0)
    if widget is not None and (not _of_layout or _of_layout[0].view is not widget.tableView()):
        _of_layout[:] = [ReadableTable(widget.tableView())]
